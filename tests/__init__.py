"""The tests of policybot, in rooms like those of the code."""
