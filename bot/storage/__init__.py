"""Where things are kept: for now conversations, in memory."""
