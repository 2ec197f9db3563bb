"""The tests of the knowledge room."""
