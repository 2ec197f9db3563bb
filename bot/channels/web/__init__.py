"""The HTTP door: every route of policybot."""
