"""The tests of the channels, each through its own front door."""
