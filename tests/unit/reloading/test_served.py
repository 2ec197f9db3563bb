"""The copy of what serves is whole at every moment, and says whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError, SettingsError
from bot.knowledge.files import StaffFile
from bot.reloading import served
from bot.reloading.opening import Place, open_served
from tests.unit.builders import cache_folder
from tests.unit.knowledge.staff_files import DOCUMENT, DOCUMENT_PATH, write_folder


def place_of(top: Path) -> Place:
    """Give a knowledge folder and an empty data folder."""
    return Place(write_folder(top / "knowledge"), top / "data", cache_folder())


def copied(data: Path) -> dict[str, bytes]:
    """Give the files of the copy."""
    return {one.path: one.content for one in served.read_copy(data)}


def test_what_serves_first_is_the_folder_as_it_is(tmp_path: Path) -> None:
    """The first start copies the folder; judgements do not serve and are not copied."""
    place = place_of(tmp_path)
    open_served(place)
    assert served.is_copy_of(place.data, place.knowledge)
    assert set(copied(place.data)) == {
        DOCUMENT_PATH,
        "office.yaml",
        "lexicon.txt",
        "synonyms.yaml",
    }


def test_a_folder_that_breaks_later_serves_as_it_did(tmp_path: Path) -> None:
    """A later start opens the last good version, broken or gone as the folder may be."""
    place = place_of(tmp_path)
    before = open_served(place)
    (place.knowledge / DOCUMENT_PATH).write_text("title：坏\n", "utf-8")
    assert open_served(place).fingerprint == before.fingerprint
    place.knowledge.rename(tmp_path / "elsewhere")
    assert open_served(place).fingerprint == before.fingerprint


def test_a_folder_that_never_served_must_be_good(tmp_path: Path) -> None:
    """Without a last good version there is nothing to fall back on."""
    place = place_of(tmp_path)
    (place.knowledge / DOCUMENT_PATH).write_text("title：坏\n", "utf-8")
    with pytest.raises(KnowledgeError):
        open_served(place)
    with pytest.raises(SettingsError):
        open_served(Place(tmp_path / "nowhere", place.data, place.cache))


def test_another_folder_does_not_serve_what_this_one_did(tmp_path: Path) -> None:
    """A data folder keeps the copy of one knowledge folder; for another it begins anew."""
    place = place_of(tmp_path)
    before = open_served(place)
    changed = DOCUMENT.replace("2000元", "3000元")
    other = Place(
        write_folder(tmp_path / "other", {DOCUMENT_PATH: changed}), place.data, place.cache
    )
    assert open_served(other).fingerprint != before.fingerprint
    assert copied(place.data)[DOCUMENT_PATH] == changed.encode()


def test_changes_that_were_not_whole_are_dropped_and_whole_ones_finished(tmp_path: Path) -> None:
    """Wherever the machine stops, the copy is as before the change or as after it."""
    served.store_changes(tmp_path, [StaffFile("documents/a.yaml", b"old")], ())
    coming, ready = tmp_path / "served.coming", tmp_path / "served.ready"
    (coming / "files" / "documents").mkdir(parents=True)
    (coming / "files" / "documents" / "a.yaml").write_bytes(b"half")
    served.finish_changes(tmp_path)
    assert copied(tmp_path) == {"documents/a.yaml": b"old"}
    (coming / "removed").write_text("documents/b.yaml\n")
    coming.rename(ready)
    (tmp_path / "served" / "documents" / "b.yaml").write_bytes(b"to go")
    served.finish_changes(tmp_path)
    assert copied(tmp_path) == {"documents/a.yaml": b"half"}
    assert not ready.exists()


def test_changes_put_files_in_and_take_files_out(tmp_path: Path) -> None:
    """Stored together, they are there together."""
    served.store_changes(tmp_path, [StaffFile("documents/a.yaml", b"1")], ())
    served.store_changes(tmp_path, [StaffFile("documents/b.yaml", b"2")], ("documents/a.yaml",))
    assert copied(tmp_path) == {"documents/b.yaml": b"2"}
