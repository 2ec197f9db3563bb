"""The product as a whole: style, documentation, and how well it answers."""
