"""Pure Chinese text: one form for what means the same, and the places of the country."""
