"""The tests of storage: conversations in memory."""
