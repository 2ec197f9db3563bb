"""The tests of text: normalising and places."""
