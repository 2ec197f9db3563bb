"""Office files become drafts in which nothing is lost."""
