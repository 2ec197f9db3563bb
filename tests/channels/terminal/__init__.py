"""The tests of the terminal channel: its text and its talk."""
