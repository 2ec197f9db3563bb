"""The tests of retrieval: analyzer, index, retriever, excerpts, cues and editions."""
