"""The tests of evaluation: measures, judging and BEIR folders."""
