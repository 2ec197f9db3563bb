"""The front doors: each turns its own messages into questions and answers into its own form."""
