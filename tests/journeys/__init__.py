"""The product as people start it: the real command, in a process of its own."""
