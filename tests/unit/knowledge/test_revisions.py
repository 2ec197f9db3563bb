"""The knowledge folder as it was at a revision of git, whatever staff type for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.knowledge.loading import load
from bot.knowledge.revisions import folder_against
from tests.unit.knowledge.git_folders import commit_all, git
from tests.unit.knowledge.staff_files import DOCUMENT_PATH, write_folder

NAME = "知识 库"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A folder in the subfolder of a repository, changed since its one commit."""
    folder = write_folder(tmp_path / "office" / "sub" / NAME)
    (tmp_path / "office" / "other.txt").write_text("not knowledge", "utf-8")
    commit_all(tmp_path / "office")
    (folder / DOCUMENT_PATH).write_text("title: 改到一半\n", "utf-8")
    return folder


def test_a_revision_is_read_as_it_was(knowledge: Path) -> None:
    """The folder alone is there, without what was changed since or lies around it."""
    with folder_against(knowledge, "HEAD") as other:
        assert load(other).documents[0].title == "湖南省家电以旧换新补贴办法"
        names = {path.name for path in other.iterdir()}
    assert not other.exists()
    assert names >= {"documents", "office.yaml"}
    assert "other.txt" not in names


def test_a_folder_goes_before_a_revision(knowledge: Path, tmp_path: Path) -> None:
    """What names a folder is that folder, and stays where it is."""
    folder = write_folder(tmp_path / "before")
    with folder_against(knowledge, str(folder)) as other:
        assert other == folder
    assert folder.is_dir()


@pytest.mark.parametrize(
    "against",
    ["", "nowhere", "-h", "--output=stolen", "HEAD; touch stolen", "$(touch stolen)", "HEAD:sub",
     "HEAD^{tree}", "a\0b", "..", "HEAD --", "\n", "--upload-pack=touch stolen"],
)  # fmt: skip
def test_a_hostile_name_is_no_option(
    knowledge: Path, against: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is no revision ends in a message; nothing of it is carried out."""
    monkeypatch.chdir(knowledge / "documents")
    if Path(against or "x").is_dir():
        against = "...."
    with (
        pytest.raises(SettingsError, match="--against"),
        folder_against(knowledge, against),
    ):
        pass
    assert not list(tmp_path.rglob("stolen*"))


def test_outside_a_repository_only_folders_count(tmp_path: Path) -> None:
    """Where there is no git, the message says so."""
    folder = write_folder(tmp_path)
    with pytest.raises(SettingsError, match="git 仓库"), folder_against(folder, "HEAD"):
        pass


def test_a_hook_of_git_reads_the_same(
    knowledge: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variables that git sets for its hooks lead to no other repository."""
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path))
    with folder_against(knowledge, "main") as other:
        assert (other / DOCUMENT_PATH).is_file()


def test_a_revision_from_before_the_folder_is_told(tmp_path: Path) -> None:
    """An early state of the repository may have no knowledge."""
    (tmp_path / "README").write_text("x", "utf-8")
    commit_all(tmp_path)
    git(tmp_path, "branch", "early")
    folder = write_folder(tmp_path / "knowledge")
    with pytest.raises(SettingsError, match="还没有"), folder_against(folder, "early"):
        pass


def test_a_link_in_a_revision_leads_nowhere(tmp_path: Path) -> None:
    """Links of an old state are left out, so that none is followed out of it."""
    folder = write_folder(tmp_path / "knowledge")
    (folder / "documents" / "link.yaml").symlink_to("/etc/passwd")
    commit_all(tmp_path)
    with folder_against(folder, "main") as other:
        assert (other / DOCUMENT_PATH).is_file()
        assert not (other / "documents" / "link.yaml").exists()
