"""Editing while it serves: every way of saving, every accident, and a keeper that is killed."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.clock import SystemClock
from bot.knowledge.versions import Confirmation, Reason
from bot.reloading.confirming import confirm, confirmations
from bot.reloading.opening import Place, open_served
from bot.reloading.renewing import Renewal
from bot.reloading.status import Status, read_status
from bot.retrieval.edition import Edition
from tests.unit.builders import cache_folder
from tests.unit.knowledge.staff_files import (
    JUDGEMENTS,
    SHORT_DOCUMENT,
    write_folder,
)

PATIENCE = 30.0  # seconds; a change is in service after half a second on an idle machine
LONG = SHORT_DOCUMENT + "".join(
    f"  - heading: 第{number}条\n    text: 本条规定第{number}项事务由第{number}科办理。\n"
    for number in "二三四五六七八九"
)


@dataclass
class Watched:
    """A folder that is looked after, and every edition that it brought into service."""

    place: Place
    editions: list[Edition] = field(default_factory=list)

    @property
    def file(self) -> Path:
        """Give the file that tests change."""
        return self.place.knowledge / "documents" / "long.yaml"

    def text(self) -> str:
        """Give all that serves of that file, empty where nothing does."""
        passages = self.editions[-1].corpus.passages
        return "".join(one.text for one in passages if one.document.id == "long")

    def status(self) -> Status:
        """Give what status.json says."""
        found = read_status(self.place.data)
        assert found
        return found

    def reasons(self) -> dict[str, Reason]:
        """Give what is withheld, and why."""
        return {
            one.withheld.path.rsplit("/", 1)[-1]: one.withheld.reason
            for one in self.status().report.held
        }

    def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds."""
        end = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < end, self.status()
            time.sleep(0.01)

    def keepers(self) -> list[int]:
        """Give the processes that look after folders for this one."""
        tasks = Path("/proc/self/task").glob("*/children")
        children = [int(pid) for task in tasks for pid in task.read_text().split()]
        return [
            pid for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    """Look after a small folder."""
    top = tmp_path_factory.mktemp("reloading")
    knowledge = write_folder(top / "knowledge", {"documents/long.yaml": LONG})
    watched = Watched(Place(knowledge, top / "data", cache_folder()))
    watched.editions.append(open_served(watched.place))
    renewal = Renewal(watched.place, watched.editions[0], watched.editions.append, SystemClock())
    renewal.start()
    yield watched
    renewal.stop()


@pytest.fixture
def watched(running: Watched) -> Iterator[Watched]:
    """Give the folder as it was at first, and restore it afterwards."""
    before = running.text()
    yield running
    shutil.rmtree(running.place.knowledge / "documents")
    write_folder(running.place.knowledge, {"documents/long.yaml": LONG})
    running.until(lambda: not running.reasons() and running.text() == before)


def in_place(path: Path, text: str) -> None:
    """Save as nano and many others do."""
    path.write_text(text, "utf-8")


def renamed_over(path: Path, text: str) -> None:
    """Save as VS Code on some systems and most careful programs do."""
    passing = path.with_name(f".{path.name}.tmp")
    passing.write_text(text, "utf-8")
    passing.replace(path)


def as_vim(path: Path, text: str) -> None:
    """Save as vim does: try the folder, keep the old file aside, write anew, drop the old."""
    probe = path.with_name("4913")
    probe.write_text("")
    probe.unlink()
    path.with_name(f".{path.name}.swp").write_text("swap")
    aside = path.with_name(f"{path.name}~")
    path.rename(aside)
    path.write_text(text, "utf-8")
    aside.unlink()


def as_office(path: Path, text: str) -> None:
    """Save as WPS and Office do: a lock file beside, delete, create."""
    lock = path.with_name(f"~${path.name}")
    lock.write_text("locked")
    path.unlink()
    time.sleep(0.05)
    path.write_text(text, "utf-8")
    lock.unlink()


def slowly(path: Path, text: str) -> None:
    """Save as a copy over a slow network does, in pieces that parse."""
    pieces = text.split("  - ")
    with path.open("w", encoding="utf-8") as file:
        for number, piece in enumerate(pieces):
            file.write(f"  - {piece}" if number else piece)
            file.flush()
            time.sleep(0.05)


@pytest.mark.parametrize("save", [in_place, renamed_over, as_vim, as_office, slowly])
def test_a_save_of_any_style_is_served_once_and_whole(
    watched: Watched, save: Callable[[Path, str], None]
) -> None:
    """Whatever an editor does on the way, one edition comes of it, and nothing is held."""
    before = len(watched.editions)
    save(watched.file, LONG.replace("第二科", f"{save.__name__}科"))
    watched.until(lambda: f"{save.__name__}科" in watched.text())
    assert len(watched.editions) == before + 1
    assert not watched.reasons()


def test_a_broken_file_waits_while_the_others_go_live(watched: Watched) -> None:
    """Its last good version serves, its problems stand in status.json, and mending it is all."""
    watched.file.write_text(LONG.replace("title:", "title："), "utf-8")
    other = watched.place.knowledge / "documents" / "other.yaml"
    other.write_text(SHORT_DOCUMENT, "utf-8")
    watched.until(lambda: "other" in {one.id for one in watched.editions[-1].corpus.documents})
    watched.until(lambda: watched.reasons() == {"long.yaml": Reason.BROKEN})
    assert "第九科" in watched.text()
    assert watched.status().report.held[0].withheld.problems
    in_place(watched.file, LONG.replace("第二科", "第八科"))
    watched.until(lambda: not watched.reasons() and "第二科" not in watched.text())
    other.unlink()
    watched.until(lambda: watched.reasons() == {"other.yaml": Reason.GONE})
    confirm(watched.place.data, Confirmation("documents/other.yaml", ""))


@pytest.mark.parametrize("reason", [Reason.GONE, Reason.SHRUNK])
def test_what_is_held_serves_after_it_was_confirmed(watched: Watched, reason: Reason) -> None:
    """Gone or shrunk, the old text serves until the word comes, and no longer."""
    if reason is Reason.GONE:
        watched.file.unlink()
    else:
        watched.file.write_text(f"{SHORT_DOCUMENT}owner: 办公室\n", "utf-8")
    watched.until(lambda: watched.reasons() == {"long.yaml": reason})
    assert "第九科" in watched.text()
    held = watched.status().report.held[0].withheld
    confirm(watched.place.data, Confirmation(held.path, held.content))
    watched.until(lambda: "第九科" not in watched.text() and not watched.reasons())
    watched.until(lambda: not confirmations(watched.place.data))
    assert bool(watched.text()) is (reason is Reason.SHRUNK)


def test_a_file_that_comes_back_needs_no_word(watched: Watched) -> None:
    """Restored, it serves on, and no edition was built for nothing."""
    before = len(watched.editions)
    watched.file.unlink()
    watched.until(lambda: watched.reasons() == {"long.yaml": Reason.GONE})
    in_place(watched.file, LONG)
    watched.until(lambda: not watched.reasons())
    assert len(watched.editions) == before


def test_a_storm_of_saves_is_served_by_few_editions(watched: Watched) -> None:
    """200 saves in quick succession come to little work, and the last one is what serves."""
    before = len(watched.editions)
    for number in range(200):
        in_place(watched.file, LONG.replace("第二科", f"第{number}号科"))
        time.sleep(0.005)
    watched.until(lambda: "第199号科" in watched.text())
    assert len(watched.editions) - before <= 5


def test_a_judgement_whose_passage_is_gone_is_named_and_holds_nothing_up(
    watched: Watched,
) -> None:
    """Renaming a section that a judgement names is a warning for staff."""
    named = JUDGEMENTS.replace(
        "document: trade-in, heading: 办理时限", "document: long, heading: 第二条"
    )
    in_place(watched.place.knowledge / "judgements.yaml", named)
    in_place(watched.file, LONG.replace("heading: 第二条", "heading: 第二条之一"))
    watched.until(lambda: bool(watched.status().report.warnings))
    assert "第二条" in str(watched.status().report.warnings[0])
    assert not watched.reasons()
    in_place(watched.place.knowledge / "judgements.yaml", JUDGEMENTS)
    watched.until(lambda: not watched.status().report.warnings)


def test_a_killed_keeper_costs_no_answer_and_no_change(watched: Watched) -> None:
    """Killed with a change on its way, another takes over; the old edition serves meanwhile."""
    (keeper,) = watched.keepers()
    in_place(watched.file, LONG.replace("第二科", "第八科"))
    os.kill(keeper, signal.SIGKILL)
    watched.until(lambda: watched.keepers() not in ([], [keeper]))
    assert watched.text()
    watched.until(lambda: "第二科" not in watched.text())
    watched.until(lambda: not watched.status().report.trouble)


def test_a_data_folder_that_cannot_be_written_leaves_the_old_edition(watched: Watched) -> None:
    """Where no edition can be written, that is said, and what serves serves on."""
    editions, aside = (watched.place.data / name for name in ("editions", "aside"))
    editions.rename(aside)
    editions.write_text("a file, no folder")
    in_place(watched.file, LONG.replace("第二科", "第八科"))
    watched.until(lambda: bool(watched.status().report.trouble))
    assert "第二科" in watched.text()
    editions.unlink()
    aside.rename(editions)
    in_place(watched.file, LONG.replace("第二科", "第九科"))
    watched.until(lambda: "第二科" not in watched.text() and not watched.status().report.trouble)


def test_changes_that_nobody_tells_of_are_found(watched: Watched) -> None:
    """A folder put in place of the watched one, as a mount does, is looked at all the same."""
    knowledge = watched.place.knowledge
    aside = knowledge.with_name("aside")
    knowledge.rename(aside)
    watched.until(lambda: bool(watched.status().report.trouble))
    shutil.copytree(aside, knowledge)
    watched.until(lambda: not watched.status().report.trouble)
    in_place(watched.file, LONG.replace("第二科", "第八科"))
    watched.until(lambda: "第二科" not in watched.text())
