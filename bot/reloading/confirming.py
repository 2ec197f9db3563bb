"""Someone's word that a held version of a file is meant: left as a file, read by the keeper."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from bot.knowledge.records import read, written
from bot.knowledge.versions import Confirmation
from bot.retrieval.container import write_file

FOLDER = "confirmed"
SUFFIX = ".json"
NAME_DIGITS = 16  # hexadecimal: tells the paths of one folder apart


def folder_of(data: Path) -> Path:
    """Give where confirmations lie in a data folder."""
    return data / FOLDER


def confirm(data: Path, confirmation: Confirmation) -> None:
    """Leave a confirmation of exactly this version of a file. Raises `OSError`."""
    path = _place(data, confirmation)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file((memoryview(written(Confirmation, confirmation).encode()),), path)


def confirmations(data: Path) -> frozenset[Confirmation]:
    """Read all confirmations; a file that is none is left out."""
    found: set[Confirmation] = set()
    for path in folder_of(data).glob(f"*{SUFFIX}"):
        try:
            found.add(read(Confirmation, path.read_text("utf-8")))
        except (OSError, ValueError):
            continue
    return frozenset(found)


def forget(data: Path, confirmation: Confirmation) -> None:
    """Take a confirmation back that has been followed, or whose version is no longer there."""
    _place(data, confirmation).unlink(missing_ok=True)


def _place(data: Path, confirmation: Confirmation) -> Path:
    digits = sha256(confirmation.path.encode("utf-8", "surrogateescape")).hexdigest()
    return folder_of(data) / f"{digits[:NAME_DIGITS]}{SUFFIX}"
