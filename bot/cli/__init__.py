"""The commands; only they print and exit."""
