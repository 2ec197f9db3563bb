"""Measuring: judgements and BEIR folders, answered by the product itself."""
