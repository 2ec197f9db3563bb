"""A hostile file ends in one line, reaches nothing, and costs the parent next to nothing."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.errors import DraftError
from bot.knowledge.files import StaffFile
from bot.knowledge.importing.placing import place
from bot.knowledge.importing.sandbox import Limits, import_file
from bot.knowledge.schema import DocumentFields
from bot.knowledge.sheets import read_sheet
from tests.faults.hostile_files import MARKER, Hostile, hostile_files
from tests.unit.knowledge.staff_files import write_folder

COUNT = 60
AT_ONCE = 2  # as many as there are cores
MOST_MEMORY = 20 << 20  # bytes that the parent may need more
LIMITS = Limits(memory=1 << 30, seconds=40)


def attempt(one: Hostile, incoming: Path, knowledge: Path) -> str:
    """Import a file as the command does; give the message, or nothing where it was drafted."""
    try:
        drafts = import_file(incoming / one.name, lambda _done, _of: None, LIMITS).drafts
    except DraftError as error:
        return str(error)
    for draft in drafts:
        written = place(draft, knowledge, "unsorted").read_bytes()
        assert MARKER.encode() not in written
        assert not read_sheet(DocumentFields, StaffFile("draft.yaml", written)).problems
    return ""


def listing(folder: Path) -> set[str]:
    """Name all that lies in a folder, but for drafts."""
    return {str(path) for path in folder.rglob("*") if "drafts" not in path.parts}


@pytest.mark.skipif(sys.platform != "linux", reason="limits and memory are Linux's")
@pytest.mark.timeout(240)
def test_hostile_files_end_in_a_message(tmp_path: Path) -> None:
    """Of 60 hostile files none escapes, each is refused in a line or gives drafts that pass."""
    knowledge = write_folder(tmp_path / "knowledge")
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    (tmp_path / "secret").write_text(MARKER, "utf-8")
    files = hostile_files(COUNT, tmp_path)
    for one in files:
        one.put(incoming / one.name)
    before = listing(tmp_path)
    started = _memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", "ascii")  # forgets the peak so far
    with ThreadPoolExecutor(AT_ONCE) as pool:
        messages = list(pool.map(lambda one: attempt(one, incoming, knowledge), files))
    assert _memory("VmHWM") - started <= MOST_MEMORY
    assert listing(tmp_path) == before
    assert len(files) == COUNT
    assert not any("\n" in message or "Traceback" in message for message in messages)
    refused = {one.kind for one, message in zip(files, messages, strict=True) if message}
    assert refused >= {"zip bomb", "sheet bomb", "pdf bomb", "100 MB", "entity", "traversal"}
    assert refused >= {"link", "no file", "encrypted", "old", "wrong kind", "empty", "nested"}


def _memory(name: str) -> int:
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith(name))


@pytest.mark.parametrize(
    ("limits", "message"),
    [(Limits(memory=1 << 30, seconds=0), "秒还没有读完"), (Limits(memory=60 << 20), "中断|内存")],
    ids=("time", "memory"),
)
@pytest.mark.skipif(sys.platform != "linux", reason="limits are Linux's")
def test_a_child_that_takes_too_much_is_ended(
    tmp_path: Path, limits: Limits, message: str
) -> None:
    """What takes too long or too much memory is killed, and the message says so."""
    path = tmp_path / "a.txt"
    path.write_text("第一条 制定本办法。\n" * 1000, "utf-8")
    with pytest.raises(DraftError, match=message):
        import_file(path, lambda _done, _of: None, limits)
