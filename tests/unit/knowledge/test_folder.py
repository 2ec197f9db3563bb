"""Which files of a folder are read, and what is said of those that do not belong there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, Problem, SettingsError
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from tests.unit.knowledge.staff_files import (
    FOLDER,
    SHORT_DOCUMENT,
    Files,
    write_files,
    write_folder,
)


def problems_of(folder: Path, files: Files) -> tuple[Problem, ...]:
    """Write the valid folder with these changes; give what loading it reports."""
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(folder, {**files}))
    return caught.value.problems


def test_what_editors_and_systems_leave_behind_is_ignored(tmp_path: Path) -> None:
    """Hidden, temporary and backup files, and files in hidden folders, are not read."""
    leftovers = (".trade-in.yaml.swp", "trade-in.yaml~", "~$x.yaml", "#x.yaml#", "x.yaml.bak")
    files = {f"documents/{name}": b"\xff" for name in (*leftovers, ".git/x.yaml", "Thumbs.db")}
    corpus = load(write_folder(tmp_path, {**files}))
    assert corpus == load(write_folder(tmp_path / "clean"))


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("documents/a.yml", "改成 .yaml"),
        ("documents/a.YAML", "改成 .yaml"),
        ("documents/deep/notes.docx", "移出 documents"),
        ("documents/Trade_In.yaml", "小写字母、数字和连字符"),
        ("documents/家电.yaml", "小写字母、数字和连字符"),
        (f"documents/{'a' * 41}.yaml", "最多 40 个"),
        ("documents/b/trade-in.yaml", "换名"),
    ],
)
def test_a_file_that_cannot_be_a_document_is_reported(
    tmp_path: Path, name: str, remedy: str
) -> None:
    """Nothing under documents/ is left out silently."""
    (problem,) = problems_of(tmp_path, {name: SHORT_DOCUMENT})
    assert (problem.path, problem.line) == (name, 0)
    assert remedy in problem.remedy


def test_links_that_lead_outside_are_reported(tmp_path: Path) -> None:
    """A link can bring no file into the knowledge that does not lie in its folder."""
    outside = write_files(tmp_path / "outside", {"x.yaml": SHORT_DOCUMENT, "d/y.yaml": "a"})
    folder = write_folder(tmp_path / "knowledge")
    (folder / "documents/x.yaml").symlink_to(outside / "x.yaml")
    (folder / "documents/d").symlink_to(outside / "d")
    (folder / "documents/gone.yaml").symlink_to(outside / "gone.yaml")
    (folder / "documents/ring.yaml").symlink_to(folder / "documents/ring.yaml")
    problems = problems_of(folder, {})
    assert [(problem.path, problem.what) for problem in problems] == [
        ("documents/d", "这是指向别处的链接"),
        ("documents/gone.yaml", "打不开"),
        ("documents/ring.yaml", "打不开"),
        ("documents/x.yaml", "这是指向别处的链接"),
    ]


def test_links_within_the_folder_are_read(tmp_path: Path) -> None:
    """A folder may be mounted as links to a hidden folder in it, as Kubernetes does."""
    folder = write_files(tmp_path / "k", {f"..v1/{name}": text for name, text in FOLDER.items()})
    for name in ("documents", "office.yaml", "lexicon.txt", "synonyms.yaml"):
        (folder / name).symlink_to(Path("..v1") / name)
    assert load(folder).documents == load(write_folder(tmp_path / "plain")).documents


def test_a_file_that_is_no_file_is_reported(tmp_path: Path) -> None:
    """A pipe is not waited for, and a folder in a file's place is no traceback."""
    write_folder(tmp_path, {"lexicon.txt": None})
    os.mkfifo(tmp_path / "documents/pipe.yaml")
    (tmp_path / "lexicon.txt").mkdir()
    problems = problems_of(tmp_path, {"lexicon.txt": None})
    assert [problem.path for problem in problems] == ["documents/pipe.yaml", "lexicon.txt"]


def test_a_folder_without_anything_says_what_to_write(tmp_path: Path) -> None:
    """An empty folder is refused with the files that it needs."""
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path)
    problems = caught.value.problems
    assert [problem.path for problem in problems] == ["documents", "office.yaml"]
    assert ".yaml" in problems[0].remedy


def test_a_folder_that_does_not_exist_is_a_wrong_setting(tmp_path: Path) -> None:
    """Both doors name the setting that points nowhere."""
    for door in (load, find_problems):
        with pytest.raises(SettingsError) as caught:
            door(tmp_path / "none")
        assert caught.value.name == "POLICYBOT_KNOWLEDGE"
        assert caught.value.value == str(tmp_path / "none")
