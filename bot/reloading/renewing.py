"""The serving process's side: starts the keeper, maps what it has built, tells what serves.

A thread of its own waits for the keeper. Mapping an edition takes milliseconds; everything that
takes longer is done by the keeper. Whoever asks meanwhile keeps the edition that they took.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from bot.errors import EditionError
from bot.ports import Clock
from bot.reloading.keeper import Renewed, keep
from bot.reloading.opening import Place
from bot.reloading.status import VERSION, Held, Report, Status, read_status, write_status
from bot.retrieval.container import map_file
from bot.retrieval.edition import Edition, open_edition
from bot.telemetry import log

FIRST_WAIT = 1.0  # seconds before a keeper that died is started again; doubled each time
LONGEST_WAIT = 60.0
LIVED = 60.0  # seconds after which a keeper that dies counts as having died for the first time
DIED = "看管知识文件夹的进程中断了，正在重新启动"


class Renewal:
    """Keeps what serves up to date with a knowledge folder, from `start` until `stop`.

    `renew` is called with each new edition, from another thread.
    """

    def __init__(
        self, place: Place, edition: Edition, renew: Callable[[Edition], None], clock: Clock
    ) -> None:
        self._place, self._renew, self._clock = place, renew, clock
        earlier = read_status(place.data)
        held = earlier.report.held if earlier else ()
        self._status = _status_of(place, edition, clock.now(), Report(held=held))
        self._logged: tuple[Held, ...] = ()
        self._stopping = threading.Event()
        self._child: SpawnProcess | None = None
        self._thread = threading.Thread(target=self._run, name="renewal", daemon=True)

    def start(self) -> None:
        """Start to look after the folder."""
        self._write()
        self._thread.start()

    def stop(self) -> None:
        """End the keeper, in whatever it is doing: all that it writes is whole or not there."""
        self._stopping.set()
        if self._child and self._child.pid:
            self._child.kill()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        wait = 0.0
        while not self._stopping.is_set():
            start = time.monotonic()
            self._with_keeper()
            if self._stopping.is_set():
                return
            again = 0.0 if time.monotonic() - start > LIVED else wait * 2
            wait = min(max(again, FIRST_WAIT), LONGEST_WAIT)
            log.error("the keeper of the knowledge folder died, starting it again")
            self._report(replace(self._status.report, trouble=DIED))
            self._stopping.wait(wait)

    def _with_keeper(self) -> None:
        """Run one keeper until it ends."""
        context = get_context("spawn")  # a fork would carry the caller's locks and threads along
        ours, theirs = context.Pipe()
        place = self._place
        given = (place.knowledge, place.data, place.cache, theirs, self._status.report.held)
        self._child = child = context.Process(target=keep, args=given, name="keeper")
        try:
            child.start()
            theirs.close()
            if self._stopping.is_set():
                child.kill()
            self._listen(ours)
        except (EOFError, OSError) as error:
            log.debug("the keeper has ended: %s", error)
        finally:
            ours.close()
            if child.pid:
                child.join()

    def _listen(self, keeper: Connection) -> None:
        while True:
            told: Renewed = keeper.recv()
            if told.path is None:
                self._report(told.report)
            else:
                keeper.send(self._mapped(told, told.path))

    def _mapped(self, told: Renewed, path: Path) -> bool:
        """Put an edition into service; tell whether that went well."""
        try:
            edition = open_edition(map_file(path), self._place.cache)
        except EditionError as error:
            log.error("the edition in service stays: %s", error)
            return False
        self._renew(edition)
        self._log(told.report)
        took = round(time.monotonic() - told.noticed, 3)
        self._status = replace(
            _status_of(self._place, edition, self._clock.now(), told.report), reload_took=took
        )
        self._write()
        log.info("edition %s in service after %.1f s", edition.fingerprint, took)
        return True

    def _log(self, report: Report) -> None:
        """Log what is newly withheld; of what was withheld before, all at the start."""
        for one in report.held:
            if one not in self._logged:
                log.warning("withheld: %s (%s)", one.withheld.path, one.withheld.reason)
        self._logged = report.held
        if report.trouble and report.trouble != self._status.report.trouble:
            log.error("the knowledge is not renewed: %s", report.trouble)

    def _report(self, report: Report) -> None:
        self._log(report)
        self._status = replace(self._status, report=report)
        self._write()

    def _write(self) -> None:
        try:
            write_status(self._place.data, self._status)
        except OSError as error:
            log.warning("status.json cannot be written: %s", error.strerror)


def _status_of(place: Place, edition: Edition, now: datetime, report: Report) -> Status:
    return Status(
        version=VERSION,
        process=os.getpid(),
        knowledge=str(place.knowledge.resolve()),
        edition=edition.fingerprint,
        since=now,
        documents=len(edition.corpus.documents),
        passages=len(edition.corpus.passages),
        report=report,
    )
