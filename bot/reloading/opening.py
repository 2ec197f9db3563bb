"""What serves at the start: the last good version of each file, else the folder as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.errors import KnowledgeError
from bot.knowledge.loading import digest, load, signature
from bot.reloading.served import (
    begin_copy,
    finish_changes,
    folder_of,
    is_copy_of,
    own_copy,
)
from bot.retrieval.building import FOLDER, SUFFIX, Origin, open_or_build
from bot.retrieval.container import map_file
from bot.retrieval.edition import Edition, open_edition
from bot.telemetry import log


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of a service: what staff write, what the bot writes, what can be made anew."""

    knowledge: Path
    data: Path
    cache: Path | None


def origin_of(folder: Path) -> Origin:
    """Give a knowledge folder as what an edition is built from."""
    return Origin(partial(load, folder), partial(digest, folder), partial(signature, folder))


def open_served(place: Place) -> Edition:
    """Open the edition of what served last; where nothing has served, of the folder as it is.

    Raises `SettingsError` where there is no such folder, `KnowledgeError` with its problems,
    `EditionError`, and `OSError` where the data folder cannot keep a copy of the files.
    """
    finish_changes(place.data)
    if is_copy_of(place.data, place.knowledge):
        try:
            return _open(place, folder_of(place.data))
        except KnowledgeError as error:  # good once; this version of the program knows better
            log.warning("what served last is not taken over: %s", error)
    edition = _open(place, place.knowledge)
    begin_copy(place.data, place.knowledge)
    if digest(folder_of(place.data)) != edition.corpus.digest:  # it has changed meanwhile
        edition = _open(place, folder_of(place.data))
    own_copy(place.data, place.knowledge)
    return edition


def edition_named(data: Path, fingerprint: str) -> Edition:
    """Open an edition that lies in a data folder. Raises `EditionError`."""
    return open_edition(map_file(data / FOLDER / f"{fingerprint}{SUFFIX}"))


def _open(place: Place, folder: Path) -> Edition:
    return open_or_build(origin_of(folder), place.data, place.cache)
