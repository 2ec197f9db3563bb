"""Which version of each staff file serves: the present one, or the last good one. Pure.

A broken file keeps its last good version in service. So does one that has lost much of its text,
that looks cut off or that is gone, until someone says that it is meant. What does not fit the
others is kept back alone: all else goes into service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from bot.errors import Problem
from bot.knowledge.checked import CheckedFile, content_hash, problems_together
from bot.knowledge.loading import CALIBRATION, OFFICE
from bot.knowledge.relations import document_id
from bot.knowledge.shrinking import is_cut_short, share_lost

MOST_LOST = 0.2  # of a text: of half-written files that parse, most have lost more than this
# An office's card and a calibration are written anew as a whole; a lost line says nothing there.
REWRITTEN = (OFFICE, CALIBRATION)

Versions: TypeAlias = Mapping[str, CheckedFile]
Change: TypeAlias = tuple[tuple[str, CheckedFile | None], ...]  # paths that change together


class Reason(StrEnum):
    """Why the present version of a file does not serve."""

    BROKEN = "broken"
    CONFLICT = "conflict"
    SHRUNK = "shrunk"
    CUT_SHORT = "cut_short"
    GONE = "gone"


CONFIRMABLE = (Reason.SHRUNK, Reason.CUT_SHORT, Reason.GONE)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Someone's word that a version of a file is meant; `content` is its hash, empty: gone."""

    path: str
    content: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file whose present version does not serve, and why.

    `content` is the hash of that version, empty where the file is gone; `serving` tells whether
    an earlier version serves on; `lost` is the share of its text that is missing, from 0 to 1.
    """

    path: str
    reason: Reason
    content: str
    serving: bool
    lost: float = 0.0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """The versions that are to serve, in order of path, and what is withheld."""

    files: tuple[CheckedFile, ...]
    withheld: tuple[Withheld, ...]


def choose_versions(
    served: Versions, present: Versions, confirmed: frozenset[Confirmation] = frozenset()
) -> Choice:
    """Choose which version of each file serves, from those that serve and those that are there.

    What serves now must have no problems together.
    """
    changes: list[Change] = []
    withheld: list[Withheld] = []
    for change in _changes(served, present):
        against = _against(change, confirmed, served)
        if against:
            withheld.append(against)
        else:
            changes.append(change)
    files, refused = _fitting(served, tuple(changes))
    for change in refused:
        problems = problems_together(tuple(_changed(files, (change,)).values()))
        withheld.append(_withheld(change, Reason.CONFLICT, served, problems=problems))
    ordered = tuple(files[path] for path in sorted(files))
    return Choice(ordered, tuple(sorted(withheld, key=lambda one: one.path)))


def _changes(served: Versions, present: Versions) -> Iterator[Change]:
    """Give what differs; a document's file that moved to another folder is one change."""
    gone = {document_id(path): path for path in served if path not in present}
    moved: set[str] = set()
    for path, new in present.items():
        old = served.get(path)
        if old and old.file.content == new.file.content:
            continue
        before = gone.get(document_id(path)) if new.ties and not old else None
        if before is None:
            yield ((path, new),)
        else:
            moved.add(before)
            yield ((before, None), (path, new))
    for path in sorted({*gone.values()} - moved):
        yield ((path, None),)


def _against(
    change: Change, confirmed: frozenset[Confirmation], served: Versions
) -> Withheld | None:
    """Tell what speaks against a change, whatever the other files say."""
    old = served.get(change[0][0])
    path, new = change[-1]
    if new and new.problems:
        return _withheld(change, Reason.BROKEN, served, problems=new.problems)
    if old is None or Confirmation(path, content_hash(new.file if new else None)) in confirmed:
        return None
    if new is None:
        return _withheld(change, Reason.GONE, served, lost=1.0)
    lost = _share_lost(old, new)
    if is_cut_short(old.file.content.rstrip(), new.file.content.rstrip()):
        return _withheld(change, Reason.CUT_SHORT, served, lost=lost)
    if lost > MOST_LOST:
        return _withheld(change, Reason.SHRUNK, served, lost=lost)
    return None


def _withheld(
    change: Change,
    reason: Reason,
    served: Versions,
    *,
    lost: float = 0.0,
    problems: tuple[Problem, ...] = (),
) -> Withheld:
    path, new = change[-1]
    content = content_hash(new.file if new else None)
    return Withheld(path, reason, content, change[0][0] in served, round(lost, 3), problems)


def _share_lost(old: CheckedFile, new: CheckedFile) -> float:
    if old.document and new.document:
        return share_lost(old.document, new.document)
    if old.path in REWRITTEN:
        return 0.0
    before, after = (set(one.file.content.split(b"\n")) for one in (old, new))
    return len(before - after) / len(before)


def _fitting(served: Versions, changes: tuple[Change, ...]) -> tuple[Versions, tuple[Change, ...]]:
    """Apply as many changes as fit together; give the versions, and the changes that do not fit.

    One that does not fit at first may fit after another, so the rest is tried until none does.
    """
    files, refused = served, changes
    while refused:
        before = len(refused)
        files, refused = _applied(files, refused)
        if len(refused) == before:
            break
    return files, refused


def _applied(files: Versions, changes: tuple[Change, ...]) -> tuple[Versions, tuple[Change, ...]]:
    """Apply all changes, or else the halves by themselves, down to single ones that do not fit."""
    tried = _changed(files, changes)
    if not problems_together(tuple(tried.values())):
        return tried, ()
    if len(changes) == 1:
        return files, changes
    half = len(changes) // 2
    files, first = _applied(files, changes[:half])
    files, second = _applied(files, changes[half:])
    return files, (*first, *second)


def _changed(files: Versions, changes: tuple[Change, ...]) -> Versions:
    changed = dict(files)
    for path, new in (one for change in changes for one in change):
        if new is None:
            changed.pop(path, None)
        else:
            changed[path] = new
    return dict(sorted(changed.items()))
