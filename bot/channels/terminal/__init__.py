"""The terminal: a question on a line, an answer as text."""
