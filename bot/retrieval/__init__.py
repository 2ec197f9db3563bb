"""From a corpus to hits: analyzer, index, retriever, excerpts, and the edition of one load."""
