"""Tests of answering: what a citizen is told, and what never."""
