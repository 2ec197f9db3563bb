"""BEIR folders: read as they are published, what is broken named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.evaluation.beir import read_corpus, read_queries
from tests.unit.evaluation.beir_folders import CORPUS, folder, lines


def test_a_corpus_is_read_as_published(tmp_path: Path) -> None:
    """Each row is a document, with its id and title; one without text is found by its title."""
    corpus = read_corpus([folder(tmp_path)])
    assert [document.id for document in corpus.documents] == ["d1", "d2", "d3", "d4"]
    assert [document.title for document in corpus.documents][:3] == ["家电补贴", "财产登记", ""]
    assert [passage.document.id for passage in corpus.passages] == ["d1", "d2", "d3", "d4"]
    assert corpus.passages[0].text == "一级能效的冰箱按售价的20%补贴。"


def test_several_folders_make_one_corpus(tmp_path: Path) -> None:
    """The documents of further folders are searched too, after those of the first."""
    more = [{"_id": "e1", "title": "房产", "text": "房产证办理。"}]
    corpus = read_corpus([folder(tmp_path / "one"), folder(tmp_path / "two", more)])
    assert [document.id for document in corpus.documents] == ["d1", "d2", "d3", "d4", "e1"]


def test_the_digest_tells_corpora_apart(tmp_path: Path) -> None:
    """The same rows give the same digest, another text another."""
    other = [*CORPUS, {"_id": "d5", "title": "", "text": "补"}]
    digests = [
        read_corpus([folder(tmp_path / name, rows)]).digest
        for name, rows in (("a", CORPUS), ("b", CORPUS), ("c", other))
    ]
    assert digests[0] == digests[1] != digests[2]


def test_a_text_of_null_is_no_text(tmp_path: Path) -> None:
    """A row whose text is null is like one whose text is empty."""
    row = {"_id": "d1", "title": None, "text": None}
    assert read_corpus([folder(tmp_path, [row])]).passages == ()


def test_a_broken_character_is_dropped(tmp_path: Path) -> None:
    """Half of a surrogate pair, which JSON can escape, is no reason to stop."""
    written = folder(tmp_path)
    (written / "corpus.jsonl").write_text('{"_id": "d1", "text": "\\ud83d补贴"}\n', "utf-8")
    assert [passage.text for passage in read_corpus([written]).passages] == ["补贴"]


@pytest.mark.parametrize(("split", "ids"), [("test", ["q1", "q2"]), ("dev", ["q3"])])
def test_a_split_names_its_queries(tmp_path: Path, split: str, ids: list[str]) -> None:
    """Only the queries that the split judges are asked, in the order of their file."""
    queries = read_queries(folder(tmp_path), split, None)
    assert [query.id for query in queries] == ids


def test_a_file_of_queries_goes_before_the_folder(tmp_path: Path) -> None:
    """All queries of a given file are asked, whatever any split says."""
    path = tmp_path / "mine.jsonl"
    path.write_text(lines([{"_id": 7, "text": "补贴"}, {"_id": "x", "text": "登记"}]), "utf-8")
    queries = read_queries(folder(tmp_path / "beir"), "no-such-split", path)
    assert [(query.id, query.text) for query in queries] == [("7", "补贴"), ("x", "登记")]


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, missing: str) -> None:
    """A person reads which file is not there."""
    written = folder(tmp_path)
    (written / missing).unlink()
    with pytest.raises(SettingsError) as caught:
        (read_corpus([written]), read_queries(written, "test", None))
    assert caught.value.value == str(written / missing)


@pytest.mark.parametrize(
    "line",
    [
        b"{not json",
        b"[]",
        b"7",
        b'"_id text"',
        b"null",
        b'{"_id": "d2"}',
        b'{"text": "x"}',
        b'{"_id": "d2", "text": "\xff\xfe"}',
    ],
)
@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl"])
def test_a_broken_line_is_named_with_its_place(tmp_path: Path, name: str, line: bytes) -> None:
    """What is no JSON, no row or no UTF-8 is told in one line, with the file."""
    written = folder(tmp_path)
    (written / name).write_bytes(b'{"_id": "d1", "text": "x"}\n\n' + line + b"\n")
    with pytest.raises(SettingsError) as caught:
        (read_corpus([written]), read_queries(written, "test", None))
    assert str(written / name) in caught.value.value


def test_judgements_that_are_no_text_are_named(tmp_path: Path) -> None:
    """A split that is no UTF-8 is told in one line too."""
    written = folder(tmp_path)
    (written / "qrels" / "test.tsv").write_bytes(b"q1\td1\t1\n\xff\xfe\n")
    with pytest.raises(SettingsError):
        read_queries(written, "test", None)
