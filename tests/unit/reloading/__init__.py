"""Tests of the room that renews what serves."""
