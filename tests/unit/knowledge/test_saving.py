"""A file of the knowledge folder is written whole or not at all, and never outside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import RewriteError
from bot.knowledge.saving import Writing, save


def files_in(folder: Path) -> set[str]:
    """Name all that lies in a folder, hidden files too."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_new_file_comes_with_its_folders(tmp_path: Path) -> None:
    """Folders are made, and nothing else is left."""
    save(tmp_path, (Writing("drafts/a/b.yaml", None, b"x"),))
    assert files_in(tmp_path) == {"drafts/a/b.yaml"}


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    """Who may read and write a file stays as it was."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    save(tmp_path, (Writing("a.yaml", b"old", b"new"),))
    assert path.read_bytes() == b"new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    """What an editor saved in between is not lost, and no other file is written either."""
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_bytes(b"old")
    (tmp_path / "b.yaml").write_bytes(b"edited")
    with pytest.raises(RewriteError, match="别人"):
        save(tmp_path, (Writing("a.yaml", b"old", b"new"), Writing("b.yaml", b"old", b"new")))
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
    assert (tmp_path / "b.yaml").read_bytes() == b"edited"
    assert files_in(tmp_path) == {"a.yaml", "b.yaml"}


def test_a_link_inside_stays_a_link(tmp_path: Path) -> None:
    """Its target is written."""
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "link.yaml").symlink_to("a.yaml")
    save(tmp_path, (Writing("link.yaml", b"old", b"new"),))
    assert (tmp_path / "link.yaml").is_symlink()
    assert (tmp_path / "a.yaml").read_bytes() == b"new"


@pytest.mark.parametrize("name", ["link.yaml", "folder/new.yaml", "../outside/x", "loop"])
def test_nothing_outside_is_written(tmp_path: Path, name: str) -> None:
    """A path that leads out of the folder is refused, by whatever link or dots."""
    outside, folder = tmp_path / "outside", tmp_path / "knowledge"
    for one in (outside, folder):
        one.mkdir()
    (outside / "victim.yaml").write_bytes(b"old")
    (folder / "link.yaml").symlink_to(outside / "victim.yaml")
    (folder / "folder").symlink_to(outside)
    (folder / "loop").symlink_to("loop")
    with pytest.raises(RewriteError, match="没有改动"):
        save(folder, (Writing(name, b"old", b"new"),))
    assert files_in(outside) == {"victim.yaml"}
    assert (outside / "victim.yaml").read_bytes() == b"old"


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A file where a folder must be ends in a message, and leaves nothing behind."""
    (tmp_path / "drafts").write_bytes(b"")
    with pytest.raises(RewriteError, match="写不进去"):
        save(tmp_path, (Writing("drafts/a/b.yaml", None, b"x"),))
    assert files_in(tmp_path) == {"drafts"}
