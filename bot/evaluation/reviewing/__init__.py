"""What a whole knowledge folder needs that no single mistake tells: `policybot review`."""
