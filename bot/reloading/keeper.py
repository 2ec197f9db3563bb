"""The child process that looks after a knowledge folder, so that serving never waits for it.

It keeps the checked files in memory, so that a change costs reading one file and compiling. What
it decides is worked out in `bot.knowledge` (settling, versions); here it is done.
"""

from __future__ import annotations

import gc
import os
import signal
import time
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path

from bot.clock import SystemClock, day_of
from bot.errors import PolicyBotError, Problem
from bot.knowledge.checked import CheckedFile, check_file, corpus_of, unread_file
from bot.knowledge.files import FileState, Listing, find_file, list_files, read_places, state_of
from bot.knowledge.judgements import JUDGEMENTS, headings_of, read_judgements
from bot.knowledge.loading import NAMES
from bot.knowledge.settling import Settling, seen, taken
from bot.knowledge.versions import Confirmation, Reason, Withheld, choose_versions
from bot.knowledge.watching import changes_told
from bot.reloading import confirming, served
from bot.reloading.status import Held, Report, next_due
from bot.retrieval.building import FOLDER, write_edition
from bot.retrieval.container import map_file
from bot.retrieval.edition import open_edition

LOOK = 2.0  # seconds between looks at a folder whose changes nobody tells of
SPARING = 50  # a look may take a fiftieth of the time; at 10,000 files one takes 0.1 s
RETRY = 30.0  # seconds after an edition could not be built: a full disk is seen to by someone
NICENESS = 5  # of 19: answering goes first, and building still gets on on a busy machine
PATIENCE = 60.0  # seconds for the serving process to map an edition; it takes under 1 s
UNKNOWN = FileState(-1, -1, -1, -1, fresh=False)  # of a file that was not looked at yet


@dataclass(frozen=True, slots=True)
class Renewed:
    """The keeper tells: an edition is written, or, without `path`, only the report is new.

    `noticed` is when its change was first seen, in seconds of the machine's steady clock.
    """

    report: Report
    path: Path | None = None
    noticed: float = 0.0


def keep(
    knowledge: Path,
    data: Path,
    cache_folder: Path | None,
    teller: Connection,
    held: tuple[Held, ...],
) -> None:
    """Look after a knowledge folder until the serving process is gone; the child's whole work."""
    for one in (signal.SIGINT, signal.SIGTERM):  # meant for the serving process, which ends this
        signal.signal(one, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    try:
        Keeper(knowledge, data, cache_folder, teller, held).run()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


class Keeper:
    """Looks after one knowledge folder: what serves, what is there, what was told of it."""

    def __init__(
        self,
        knowledge: Path,
        data: Path,
        cache_folder: Path | None,
        teller: Connection,
        held: tuple[Held, ...],
    ) -> None:
        self._knowledge, self._data, self._cache_folder = knowledge, data, cache_folder
        self._teller, self._held = teller, held
        self._served = {one.path: check_file(one) for one in served.read_copy(data)}
        self._present = dict(self._served)  # until the folder says otherwise
        self._settling = Settling(dict.fromkeys(self._served, UNKNOWN))
        self._acted_on: object = None  # what was beside the files when they were last judged
        self._told: Report | None = None
        self._noticed = 0.0
        self._listing_took = 0.0  # seconds; what a build takes says nothing of looking
        self._retry_at = float("inf")

    def run(self) -> None:
        """Look at the folder whenever something tells of a change, and now and then; no end."""
        confirmed = confirming.folder_of(self._data)
        confirmed.mkdir(parents=True, exist_ok=True)
        gc.freeze()  # what is kept for long is not looked through again and again for garbage
        next_look = 0.0
        for told in changes_told((self._knowledge, confirmed)):
            if self._teller.poll():
                self._teller.recv()  # nothing is said here but, by EOFError, that nobody serves
            start = time.monotonic()
            if told or self._settling.pending or start >= min(next_look, self._retry_at):
                self._look(start)
                next_look = time.monotonic() + max(LOOK, self._listing_took * SPARING)

    def _look(self, now: float) -> None:
        """List the folder; read what has settled, and act where anything is new."""
        try:
            listing = list_files(self._knowledge, NAMES)
            self._listing_took = time.monotonic() - now
        except PolicyBotError as error:
            self._acted_on = None  # once it is there again, all is judged and told anew
            self._tell(replace(self._told or Report(), trouble=str(error)))
            return
        if not self._settling.pending:
            self._noticed = now
        self._settling = seen(self._settling, listing.states, now)
        news = self._read(listing, self._settling.ripe(now))
        confirmed = confirming.confirmations(self._data)
        beside = (listing.problems, state_of(self._knowledge / JUDGEMENTS), confirmed)
        if news or beside != self._acted_on or now >= self._retry_at:
            self._acted_on = beside
            self._act(listing.problems, confirmed)

    def _read(self, listing: Listing, ripe: tuple[str, ...]) -> bool:
        """Read files that have settled; tell whether one of them is another than before."""
        before = dict(self._present)
        settled: list[str] = []
        for path in ripe:
            state = self._settling.pending[path].state
            if state is None:
                self._present.pop(path, None)
            elif (version := self._version(path, listing.places[path], state)) is not None:
                self._present[path] = version
            else:
                continue
            settled.append(path)
        self._settling = taken(self._settling, settled)
        return self._present != before

    def _version(self, path: str, place: Path, state: FileState) -> CheckedFile | None:
        """Read and check a file; None where it is no longer in the state that had settled."""
        found = read_places(self._knowledge, (place,))
        now = state_of(place)
        if now is None or replace(now, fresh=state.fresh) != state:
            return None
        if not found.files:
            return unread_file(path, found.problems)
        for known in (self._present.get(path), self._served.get(path)):
            if known and not known.unread and known.file.content == found.files[0].content:
                return known
        return check_file(found.files[0])

    def _act(self, strays: tuple[Problem, ...], confirmed: frozenset[Confirmation]) -> None:
        """Put into service what may go there, and report the rest."""
        choice = choose_versions(self._served, self._present, confirmed)
        files = {one.path: one for one in choice.files}
        withheld = (*choice.withheld, *map(_of_stray, strays))
        report = self._report(withheld, choice.files)
        trouble = self._renew(files, report) if files != self._served else ""
        self._retry_at = time.monotonic() + RETRY if trouble else float("inf")
        self._tell(replace(report, trouble=trouble))
        if not trouble:
            waiting = {Confirmation(one.path, one.content) for one in withheld}
            for one in confirmed - waiting:
                confirming.forget(self._data, one)

    def _report(self, withheld: tuple[Withheld, ...], files: tuple[CheckedFile, ...]) -> Report:
        now = SystemClock().now()
        since = {_version_of(one.withheld): one.since for one in self._held}
        self._held = tuple(Held(one, since.get(_version_of(one), now)) for one in withheld)
        documents = tuple(one.document for one in files if one.document)
        judged = find_file(self._knowledge, JUDGEMENTS)
        _, warnings = read_judgements(judged, headings_of(documents))
        return Report(self._held, warnings, "", next_due(documents, day_of(now)))

    def _renew(self, files: dict[str, CheckedFile], report: Report) -> str:
        """Build the edition of these files and have it put into service; give what prevents it."""
        try:
            path = self._built(tuple(files.values()))
            self._teller.send(Renewed(report, path, self._noticed))
            if not (self._teller.poll(PATIENCE) and self._teller.recv()):
                return "新索引没有换上，仍用原来的"
            self._told = report
            changed = [one.file for one in files.values() if self._served.get(one.path) != one]
            served.store_changes(self._data, changed, self._served.keys() - files.keys())
        except (PolicyBotError, MemoryError) as error:
            return str(error) or "内存不足"
        except OSError as error:
            if isinstance(error, (BrokenPipeError, ConnectionResetError)):
                raise  # nobody serves any more
            return f"写不进 {self._data}（{error.strerror or type(error).__name__}）"
        self._served = files
        return ""

    def _built(self, files: tuple[CheckedFile, ...]) -> Path:
        """Write the edition of files; opening it here compiles loops where nobody waits."""
        folder = self._data / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        path = write_edition(corpus_of(files), folder, self._cache_folder)
        open_edition(map_file(path), self._cache_folder)
        return path

    def _tell(self, report: Report) -> None:
        if report != self._told:
            self._told = report
            self._teller.send(Renewed(report))


def _version_of(withheld: Withheld) -> tuple[str, str, str]:
    return withheld.path, withheld.reason, withheld.content


def _of_stray(problem: Problem) -> Withheld:
    """Report what lies in the folder and is no document's file."""
    return Withheld(problem.path, Reason.BROKEN, "", serving=False, problems=(problem,))
