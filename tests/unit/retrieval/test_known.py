"""What an earlier edition has read: unchanged files are not read again, and nothing is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError
from bot.knowledge import loading
from bot.knowledge.loading import load
from bot.knowledge.records import Known
from bot.models.documents import Corpus
from bot.retrieval.building import write_edition
from bot.retrieval.container import map_file, unpack
from bot.retrieval.edition import known_in
from tests.unit.builders import cache_folder
from tests.unit.knowledge.staff_files import DOCUMENT_PATH, FOLDER, write_folder

DOCUMENT = str(FOLDER[DOCUMENT_PATH])
OTHER_PATH = "documents/others/second.yaml"
OTHER = """\
title: 另一份办法
wording: 摘编
source: {publisher: 湖南日报}
sections:
  - heading: 长文
    text: |
LINES
not_stated:
  - {about: 申请地点, asks: [在哪申请]}
""".replace("LINES", "      每一件都要登记，登记以后再审核。\n" * 40)


def known_of(corpus: Corpus, data: Path) -> Known:
    """Give what an edition of a corpus knows."""
    data.mkdir(exist_ok=True)
    return known_in(unpack(map_file(write_edition(corpus, data, cache_folder()))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a knowledge folder of two documents, one of several passages and something unsaid."""
    return write_folder(tmp_path / "knowledge", {OTHER_PATH: OTHER})


@pytest.fixture
def known(folder: Path, tmp_path: Path) -> Known:
    """Give what the edition of that folder knows."""
    return known_of(load(folder), tmp_path / "data")


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({}, id="the same"),
        pytest.param({DOCUMENT_PATH: DOCUMENT.replace("20%", "25%")}, id="one changed"),
        pytest.param({"documents/third.yaml": OTHER.replace("另一", "第三")}, id="one more"),
        pytest.param({"documents/third.yaml": OTHER}, id="the same bytes in another file"),
        pytest.param({"lexicon.txt": "登记以后\n"}, id="another word"),
    ],
)
def test_a_folder_loads_alike_whatever_is_known(
    folder: Path, known: Known, files: dict[str, str]
) -> None:
    """Documents, passages and all else are those of a load that knows nothing."""
    write_folder(folder, files)
    assert load(folder, known) == load(folder)


def test_a_file_that_is_gone_is_gone(folder: Path, known: Known) -> None:
    """What an earlier edition held is no reason to hold it."""
    (folder / OTHER_PATH).unlink()
    assert load(folder, known) == load(folder)


def test_only_changed_files_are_read(
    folder: Path, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of documents, those that are known are not read as YAML again."""
    write_folder(folder, {OTHER_PATH: OTHER.replace("另一", "第二")})
    read: list[str] = []
    really = loading.read_sheet

    def noting(model: object, file: loading.StaffFile) -> object:
        read.append(file.path)
        return really(model, file)  # type: ignore[arg-type, type-var]

    monkeypatch.setattr(loading, "read_sheet", noting)
    load(folder, known)
    assert [path for path in read if path.startswith("documents/")] == [OTHER_PATH]


@pytest.mark.parametrize(
    ("path", "content"),
    [
        pytest.param(f"documents/again/{Path(DOCUMENT_PATH).name}", DOCUMENT, id="an id twice"),
        pytest.param(
            OTHER_PATH, OTHER + "supersedes: [{id: nowhere, how: 取代}]\n", id="follows nothing"
        ),
        pytest.param(OTHER_PATH, OTHER.replace("wording: 摘编\n", ""), id="a field missing"),
    ],
)
def test_problems_are_those_of_a_full_load(
    folder: Path, known: Known, path: str, content: str
) -> None:
    """What is wrong in a changed file or between files is named in the same words and place."""
    write_folder(folder, {path: content})
    with pytest.raises(KnowledgeError) as expected:
        load(folder)
    with pytest.raises(KnowledgeError) as raised:
        load(folder, known)
    assert raised.value.problems == expected.value.problems != ()


def test_a_known_document_that_lost_what_it_follows_is_a_problem(
    folder: Path, tmp_path: Path
) -> None:
    """A file that did not change is judged anew against those that did."""
    name = Path(DOCUMENT_PATH).stem
    write_folder(folder, {OTHER_PATH: OTHER + f"supersedes: [{{id: {name}, how: 取代}}]\n"})
    known = known_of(load(folder), tmp_path / "data")
    (folder / DOCUMENT_PATH).rename((folder / DOCUMENT_PATH).with_name("renamed.yaml"))
    with pytest.raises(KnowledgeError) as raised:
        load(folder, known)
    assert [problem.path for problem in raised.value.problems] == [OTHER_PATH]
