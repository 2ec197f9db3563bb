"""The tests of what goes wrong outside the code: broken files, lost processes."""
