"""The tests of the Telegram channel, against a fake Bot API server on loopback."""
