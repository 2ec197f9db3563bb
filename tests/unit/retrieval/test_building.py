"""Building: an edition is mapped where it lies, else written by a child and then mapped."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path

import pytest

from bot.errors import EditionError, KnowledgeError, SettingsError
from bot.knowledge import files
from bot.knowledge.loading import digest, load, signature
from bot.knowledge.records import Known
from bot.models.documents import Corpus
from bot.retrieval.building import Origin, edition_in_memory, open_or_build
from bot.retrieval.edition import Edition
from bot.retrieval.index import SearchTerm
from bot.retrieval.retriever import read_query, retrieve
from tests.unit.builders import cache_folder
from tests.unit.knowledge.staff_files import DOCUMENT_PATH, FOLDER, SHORT_DOCUMENT, write_folder


def unread(folder: Path, _known: Known | None = None) -> Corpus:
    """Stand for a folder that must not be read."""
    raise SettingsError("read", str(folder), "不应读取")


def died(_folder: Path, _known: Known | None) -> Corpus:
    """Stand for a process that the system kills."""
    os._exit(9)


def exhausted(_folder: Path, _known: Known | None) -> Corpus:
    """Stand for a corpus that does not fit into the memory."""
    raise MemoryError


def origin_of(folder: Path, read: object = load, signed: str = "") -> Origin:
    """Give a knowledge folder as an origin; without a signature it is told by its bytes."""
    return Origin(partial(read, folder), partial(digest, folder), lambda: signed)  # type: ignore[arg-type]


def opened(origin: Origin, data: Path) -> Edition:
    """Open or build the edition of an origin."""
    return open_or_build(origin, data, cache_folder())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a knowledge folder, and a data folder that holds its edition."""
    folder = write_folder(tmp_path_factory.mktemp("knowledge"))
    data = tmp_path_factory.mktemp("data")
    opened(origin_of(folder, signed="known"), data)
    opened(origin_of(folder, signed="known"), data)  # only now is the signature noted
    return folder, data


def test_a_mapped_edition_holds_what_was_loaded(built: tuple[Path, Path]) -> None:
    """Documents, passages, office and words are equal to those of the folder."""
    folder, data = built
    edition, corpus = opened(origin_of(folder), data), load(folder)
    assert tuple(edition.corpus.documents) == tuple(corpus.documents)
    assert tuple(edition.corpus.passages) == tuple(corpus.passages)
    assert edition.corpus.passages[-1] == corpus.passages[-1]
    assert edition.corpus.passages[:2] == corpus.passages[:2]
    names = ("office", "lexicon", "synonyms", "digest", "calibration")
    assert all(getattr(edition.corpus, name) == getattr(corpus, name) for name in names)
    with pytest.raises(IndexError):
        edition.corpus.passages[len(corpus.passages)]


def test_a_mapped_edition_finds_what_one_in_memory_finds(built: tuple[Path, Path]) -> None:
    """Wherever the arrays lie, hits and scores are the same."""
    folder, data = built
    mapped, held = opened(origin_of(folder), data), edition_in_memory(load(folder), cache_folder())
    assert mapped.fingerprint == held.fingerprint
    for question in ("一级能效冰箱补多少", "补贴"):
        hits = [retrieve(read_query(question, one), one).hits for one in (mapped, held)]
        assert hits[0] == hits[1] != ()


def test_an_edition_that_is_there_is_not_built_again(built: tuple[Path, Path]) -> None:
    """The same bytes need no reading of what they say."""
    folder, data = built
    assert opened(origin_of(folder, unread), data).corpus.passages


def test_files_that_were_seen_before_are_not_even_opened(built: tuple[Path, Path]) -> None:
    """What the system says of the files is enough to know their edition."""
    folder, data = built
    origin = Origin(partial(unread, folder), partial(unread, folder), lambda: "known")  # type: ignore[arg-type]
    assert opened(origin, data).corpus.passages


def test_a_changed_file_gets_an_edition_of_its_own(tmp_path: Path) -> None:
    """The new text is found, and the earlier edition stays to come back to."""
    folder, data = write_folder(tmp_path / "knowledge"), tmp_path / "data"
    first = opened(origin_of(folder), data)
    changed = str(FOLDER[DOCUMENT_PATH]).replace("20%", "25%")
    second = opened(origin_of(write_folder(folder, {DOCUMENT_PATH: changed})), data)
    assert first.fingerprint != second.fingerprint
    assert any("25%补贴" in passage.text for passage in second.corpus.passages)
    assert not any("25%补贴" in passage.text for passage in first.corpus.passages)
    assert len(list((data / "editions").glob("*.edition"))) == 2


def test_other_words_make_all_texts_be_analysed_again(tmp_path: Path) -> None:
    """A word that must be kept whole can cut any text in another way."""
    folder, data = write_folder(tmp_path / "knowledge"), tmp_path / "data"
    word, terms = "售价的", [SearchTerm("words", "售价的", 1.0)]
    assert not opened(origin_of(folder), data).index.search(terms, 1)
    assert any(word in passage.text for passage in load(folder).passages)
    again = opened(origin_of(write_folder(folder, {"lexicon.txt": f"{word}\n"})), data)
    assert again.index.search(terms, 1)


@pytest.mark.parametrize("keep", [0, 100, -1])
def test_a_damaged_edition_is_built_again(
    built: tuple[Path, Path], tmp_path: Path, keep: int
) -> None:
    """Truncated or with a byte flipped, it is replaced by what the files say."""
    folder, data = built
    content = bytearray(next((data / "editions").glob("*.edition")).read_bytes())
    name = next((data / "editions").glob("*.edition")).name
    content[content.rindex("补贴".encode())] ^= 1
    path = tmp_path / "editions" / name
    path.parent.mkdir()
    path.write_bytes(bytes(content[:keep]))
    edition = opened(origin_of(folder), tmp_path)
    assert tuple(edition.corpus.passages) == tuple(load(folder).passages)
    assert path.stat().st_size == len(content)


def test_problems_of_the_files_reach_the_caller(tmp_path: Path) -> None:
    """The child finds them, the caller is told all of them."""
    folder = write_folder(tmp_path / "knowledge", {DOCUMENT_PATH: "title: 甲\n"})
    with pytest.raises(KnowledgeError) as raised:
        opened(origin_of(folder), tmp_path / "data")
    with pytest.raises(KnowledgeError) as expected:
        load(folder)
    assert raised.value.problems == expected.value.problems != ()


@pytest.mark.parametrize(("read", "told"), [(died, "中断"), (exhausted, "内存不足")])
def test_a_child_that_fails_is_an_error_of_ours(tmp_path: Path, read: object, told: str) -> None:
    """Killed or out of memory, the caller is told in one line."""
    folder = write_folder(tmp_path / "knowledge")
    with pytest.raises(EditionError, match=told):
        opened(origin_of(folder, read), tmp_path / "data")


def test_a_data_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    """The edition is then built anew each time, and answers all the same."""
    folder = write_folder(tmp_path / "knowledge")
    (tmp_path / "data").write_text("a file, no folder")
    assert opened(origin_of(folder), tmp_path / "data").corpus.passages[0].text


def test_a_digest_is_the_loaded_corpus_own(tmp_path: Path) -> None:
    """Naming the bytes gives what reading them gives, the calibration included."""
    calibration = {"calibration.yaml": "refuse_below: 0.2\nanswer_from: 0.4\n"}
    plain = write_folder(tmp_path / "plain")
    calibrated = write_folder(tmp_path / "calibrated", calibration)
    assert digest(plain) == load(plain).digest
    assert digest(calibrated) == load(calibrated).digest != digest(plain)


def test_files_that_just_changed_have_no_signature(tmp_path: Path) -> None:
    """A second change within the clock's step could look like the first."""
    assert signature(write_folder(tmp_path)) == ""


def test_a_signature_changes_with_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that was written, came, went or was renamed gives another one, reading does not."""
    monkeypatch.setattr(files, "FRESH", 0)
    path = write_folder(tmp_path) / DOCUMENT_PATH
    seen = [signature(tmp_path)]
    path.read_bytes()
    assert signature(tmp_path) == seen[0] != ""
    path.write_bytes(path.read_bytes())
    seen.append(signature(tmp_path))
    path.with_name("another.yaml").write_bytes(path.read_bytes())
    seen.append(signature(tmp_path))
    path.rename(path.with_name("renamed.yaml"))
    seen.append(signature(tmp_path))
    (tmp_path / "office.yaml").unlink()
    seen.append(signature(tmp_path))
    assert len(set(seen)) == len(seen)


def test_a_document_that_goes_leaves_no_trace(tmp_path: Path) -> None:
    """Built upon an edition with a document more, an edition is the one built from nothing."""
    folder = write_folder(tmp_path / "knowledge", {"documents/short.yaml": SHORT_DOCUMENT})
    opened(origin_of(folder), tmp_path / "data")
    (folder / DOCUMENT_PATH).unlink()
    later = opened(origin_of(folder), tmp_path / "data")
    fresh = opened(origin_of(folder), tmp_path / "fresh")
    assert later.fingerprint == fresh.fingerprint
    name = f"editions/{fresh.fingerprint}.edition"
    assert (tmp_path / "data" / name).read_bytes() == (tmp_path / "fresh" / name).read_bytes()
