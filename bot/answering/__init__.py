"""Question → answer: pure and synchronous; `service.ask` is the door."""
