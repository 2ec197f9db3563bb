"""The copy of the staff's files as they serve: the last good version of each, on disk.

Its changes are first written beside it as a whole, then moved into it; where the machine stops
in between, the rest is moved at the next start. So it never holds half of a change.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.knowledge.files import StaffFile, find_documents, find_file
from bot.knowledge.loading import NAMES
from bot.retrieval.container import write_file

FOLDER = "served"
_COMING = "served.coming"  # changes that are being written
_READY = "served.ready"  # changes that are whole, and not all moved yet
_REMOVED = "removed"  # in a folder of changes: paths that are to go, one a line
_FILES = "files"
_ORIGIN = "served.from"  # names the knowledge folder that the copy is of


def folder_of(data: Path) -> Path:
    """Give where the copy lies in a data folder."""
    return data / FOLDER


def is_copy_of(data: Path, knowledge: Path) -> bool:
    """Tell whether the data folder holds a whole copy of this knowledge folder's files."""
    try:
        return (data / _ORIGIN).read_text("utf-8") == _name_of(knowledge)
    except (OSError, UnicodeDecodeError):
        return False


def read_copy(data: Path) -> tuple[StaffFile, ...]:
    """Read all files of the copy."""
    folder = folder_of(data)
    found = (find_documents(folder), *(find_file(folder, name) for name in NAMES))
    return tuple(file for one in found for file in one.files)


def begin_copy(data: Path, knowledge: Path) -> None:
    """Copy the files of a knowledge folder as they are, in place of what was copied before.

    It counts only once `own_copy` says so: they may have problems. Raises `OSError`.
    """
    forget_copy(data)
    shutil.rmtree(folder_of(data), ignore_errors=True)
    folder_of(data).mkdir(parents=True)
    found = (find_documents(knowledge), *(find_file(knowledge, name) for name in NAMES))
    for file in (file for one in found for file in one.files):
        _written(folder_of(data) / file.path, file.content)
    if hasattr(os, "sync"):
        os.sync()  # once for all: 10,000 files one by one would take a minute


def own_copy(data: Path, knowledge: Path) -> None:
    """Let the copy count as that of a knowledge folder. Raises `OSError`."""
    write_file((memoryview(_name_of(knowledge).encode()),), data / _ORIGIN)


def forget_copy(data: Path) -> None:
    """Let the copy count no more."""
    (data / _ORIGIN).unlink(missing_ok=True)
    for name in (_COMING, _READY):
        shutil.rmtree(data / name, ignore_errors=True)


def store_changes(data: Path, files: Iterable[StaffFile], removed: Iterable[str]) -> None:
    """Put new versions of files into the copy and take others out, all or nothing.

    Raises `OSError`; the copy is then as it was.
    """
    finish_changes(data)
    coming = data / _COMING
    shutil.rmtree(coming, ignore_errors=True)
    coming.mkdir(parents=True)
    for file in files:
        with _written(coming / _FILES / file.path, file.content).open("rb") as written:
            os.fsync(written.fileno())
    write_file((memoryview("".join(f"{path}\n" for path in removed).encode()),), coming / _REMOVED)
    coming.rename(data / _READY)
    finish_changes(data)


def finish_changes(data: Path) -> None:
    """Move changes that are whole into the copy; does nothing where there are none."""
    ready, folder = data / _READY, folder_of(data)
    if not (ready / _REMOVED).exists():
        return
    for name in (ready / _REMOVED).read_text("utf-8").splitlines():
        (folder / name).unlink(missing_ok=True)
    for path in _files_below(ready / _FILES):
        place = folder / path.relative_to(ready / _FILES)
        place.parent.mkdir(parents=True, exist_ok=True)
        path.replace(place)
    shutil.rmtree(ready)


def _written(path: Path, content: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def _files_below(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _name_of(knowledge: Path) -> str:
    return str(knowledge.resolve())
