"""The tests of the web channel, through its ASGI door."""
