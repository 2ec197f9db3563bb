"""When a file that changes may be read: once it has stayed the same for a while. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bot.knowledge.files import FileState

# Seconds: editors write a file of 1 MB in well under 0.1 s; slower copies, which come in
# pieces over a network, keep changing it. Of what is visible after 2 s this is the smaller part.
QUIET = 0.3


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that changed: its state (None: gone), and the moment (s) since which it has it."""

    state: FileState | None
    since: float


@dataclass(frozen=True, slots=True)
class Settling:
    """Which states of files were read, and which changes are still waited for."""

    read: Mapping[str, FileState] = field(default_factory=dict)
    pending: Mapping[str, Pending] = field(default_factory=dict)

    def ripe(self, now: float) -> tuple[str, ...]:
        """Give the files that have stayed the same for long enough to be read."""
        return tuple(path for path, one in self.pending.items() if now - one.since >= QUIET)


def seen(before: Settling, states: Mapping[str, FileState], now: float) -> Settling:
    """Take in the present states of all files at a moment (in seconds of a steady clock)."""
    pending: dict[str, Pending] = {}
    for path in sorted({*states, *before.read}):
        state = states.get(path)
        if state == before.read.get(path):
            continue
        known = before.pending.get(path)
        pending[path] = known if known and known.state == state else Pending(state, now)
    return Settling(before.read, pending)


def taken(before: Settling, paths: Collection[str]) -> Settling:
    """Take pending files as read."""
    states = {path: before.pending[path].state for path in paths}
    read = {path: state for path, state in before.read.items() if path not in states}
    read |= {path: state for path, state in states.items() if state}
    pending = {path: one for path, one in before.pending.items() if path not in states}
    return Settling(read, pending)
