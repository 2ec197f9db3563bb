"""The benches: how fast and how good the product is beside others, one command each."""
