"""How long the Telegram channel waits, and how often it tries."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """Waiting times in seconds and numbers of tries; the tests bring a quicker one."""

    poll: int = 25  # few requests, and below the 30-60 s after which proxies cut idle connections
    first_call: float = 5.0  # the web pages wait for this call when the process starts
    first_wait: float = 0.5  # long enough for a dropped connection to come back
    longest_wait: float = 30.0  # after an outage people wait no longer than this
    tries: int = 3  # with waits of 0.5 s and 1 s between them: outlives a restart of the server
    longest_flood_wait: float = 60.0  # whoever waits for longer has asked again
    unfinished: float = 7.0  # with the last confirmation (2 s) below the 10 s of stop()
    last_call: float = 2.0  # confirming what was handled is worth no more at the end
    between_conflict_lines: float = 60.0  # a second poller lasts for hours, its log lines need not

    def wait_before(self, attempt: int) -> float:
        """Give the wait before the attempt with this number (2: the first repetition)."""
        doublings = min(attempt - 2, 16)  # 2**16 s is above any longest_wait; no huge powers
        return min(self.longest_wait, self.first_wait * 2.0**doublings)
