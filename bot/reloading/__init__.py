"""From a changed staff file to a new edition in service, beside and never inside what serves.

Doors: `renewing.Renewal` for the serving process · `status.read_status`, `confirming.confirm`
for commands. The way of a change: a child process (keeper) is told of it, waits until the file
settles, reads it, chooses the versions that serve and writes their edition; the serving process
maps that and swaps one reference.
"""
