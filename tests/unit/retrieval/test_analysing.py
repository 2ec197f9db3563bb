"""Analysing: counts of terms, taken over from an earlier edition where documents are the same."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import EditionError
from bot.models.documents import Corpus
from bot.retrieval import analysing
from bot.retrieval.analysing import Counting, Progress, analyse, silent
from bot.retrieval.analyzer import HANZI, Analyzer
from bot.retrieval.assembling import assemble
from bot.retrieval.container import Container, unpack
from bot.retrieval.counting import Counts, count, count_pairs, joined, passages_of
from bot.retrieval.edition import FIELDS, asked_text, searched_text, words_of
from bot.retrieval.groundwork import groundwork_of
from bot.retrieval.hashing import hash_of
from tests.unit import builders
from tests.unit.builders import cache_folder, corpus, document

PASSAGES = st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), max_size=7)
HELD = list[dict[int, int]]  # of each passage: how often it holds the term of a hash


def read(counts: Counts, field: int = 0) -> HELD:
    """Give each passage's terms of a field by hash, with how often they stand in it."""
    held: HELD = [{} for _ in range(counts.size)]
    rows = np.repeat(np.arange(len(counts.hashes)), counts.held)
    for row, passage, frequency in zip(rows, counts.passages, counts.frequencies, strict=True):
        if counts.fields[row] == field:
            held[int(passage)][int(counts.hashes[row])] = int(frequency)
    return held


def expected(passages: Iterable[Sequence[str]], field: str = "words") -> HELD:
    """Count with the standard library."""
    return [
        {hash_of(field, term): often for term, often in Counter(passage).items()}
        for passage in passages
    ]


def assert_ordered(counts: Counts) -> None:
    """Check that rows come by hash, and postings of a row by passage."""
    assert (np.diff(counts.hashes.astype(object)) > 0).all()
    rows = np.repeat(np.arange(len(counts.hashes)), counts.held)
    places = list(zip(rows.tolist(), counts.passages.tolist(), strict=True))
    assert places == sorted(set(places))


@given(PASSAGES, PASSAGES)
def test_terms_are_counted_passage_by_passage(one: list[list[str]], two: list[list[str]]) -> None:
    """Empty passages count as passages, and fields do not mix."""
    size = min(len(one), len(two))
    counts = count({"words": one[:size], "asks": two[:size]})
    assert_ordered(counts)
    assert read(counts, 0) == expected(one[:size])
    assert read(counts, 1) == expected(two[:size], "asks")
    assert counts.lengths.tolist() == [[*map(len, one[:size])], [*map(len, two[:size])]]


@given(st.lists(st.text(st.sampled_from("甲乙㐀a，\n丙"), max_size=9), max_size=6))
def test_pairs_are_those_of_the_analyzer(texts: list[str]) -> None:
    """Counted all at once, texts hold the pairs that they hold one by one."""
    pairs = [builders.analyzer().analyze(text).bigrams for text in texts]
    assert read(count_pairs(texts, "bigrams", HANZI)) == expected(pairs, "bigrams")


@given(st.lists(PASSAGES, min_size=1, max_size=3), st.randoms())
def test_parts_joined_are_the_whole(parts: list[list[list[str]]], chance: object) -> None:
    """It does not matter in how many parts passages were counted, nor which went to which."""
    whole = [passage for part in parts for passage in part]
    order = list(range(len(whole)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    given, start = [], 0
    for part in parts:
        ordinals = np.array(sorted(order[start : start + len(part)]), dtype=np.int64)
        given.append((count({"words": [whole[at] for at in ordinals]}), ordinals))
        start += len(part)
    assert read(joined(given)) == expected(whole)
    assert_ordered(joined(given))
    assert joined(given).lengths.tolist() == [[len(passage) for passage in whole]]


@given(PASSAGES, st.data())
def test_some_passages_are_taken_as_they_are(
    passages: list[list[str]], data: st.DataObject
) -> None:
    """What the others held is gone, and so are terms that only they held."""
    kept = [data.draw(st.booleans()) for _ in passages]
    taken = passages_of(count({"words": passages}), np.array(kept, dtype=np.bool_))
    assert read(taken) == expected(
        [one for one, stays in zip(passages, kept, strict=True) if stays]
    )
    assert (taken.held > 0).all()


def analysed(
    knowledge: Corpus, earlier: Container | None = None, progress: Progress = silent
) -> Counts:
    """Count a corpus."""
    ground = groundwork_of(knowledge, earlier)
    return analyse(ground, words_of(knowledge), cache_folder(), progress)


def container_of(knowledge: Corpus) -> Container:
    """Compile a corpus as an earlier edition would hold it."""
    words, ground = words_of(knowledge), groundwork_of(knowledge, None)
    pieces = assemble(ground, analyse(ground, words, cache_folder()), words, cache_folder())
    return unpack(b"".join(pieces))


def counted(counts: Counts) -> dict[str, HELD]:
    """Give the counts of every field."""
    assert_ordered(counts)
    return {field: read(counts, number) for number, field in enumerate(FIELDS)}


OLD = (
    document("a", sections={"标准": "冰箱补贴20%。", "时限": "2个工作日办结。"}),
    document("b", sections={"标准": "手机不在补贴范围内。"}, asks={"标准": ("手机补吗",)}),
    document("c", "另一份", sections={"说明": "财产登记。"}),
)
CHANGED = document("b", sections={"标准": "手机补贴15%。", "新的": "平板也补贴。"})


@pytest.mark.parametrize(
    "documents",
    [
        pytest.param(OLD, id="the same"),
        pytest.param((OLD[2], OLD[0], OLD[1]), id="another order"),
        pytest.param((OLD[0], CHANGED, OLD[2]), id="one changed"),
        pytest.param((CHANGED,), id="none of them"),
        pytest.param((*OLD, document("d", sections={"新": "全新。"})), id="one more"),
    ],
)
def test_what_is_taken_over_is_what_would_be_counted(documents: tuple[object, ...]) -> None:
    """Whatever came, went or moved, the edition is byte by byte one from scratch."""
    now = corpus(*documents)  # type: ignore[arg-type]
    earlier = container_of(corpus(*OLD))
    assert counted(analysed(now, earlier)) == counted(analysed(now))
    words, ground = words_of(now), groundwork_of(now, earlier)
    counts = analyse(ground, words, cache_folder())
    pieces = assemble(ground, counts, words, cache_folder())
    scratch = container_of(now)
    again = unpack(b"".join(pieces))
    assert again.about == scratch.about
    assert {name: bytes(text) for name, text in again.texts.items()} == dict(scratch.texts)
    for name, array in again.arrays.items():
        assert array.dtype == scratch.arrays[name].dtype
        assert array.tolist() == scratch.arrays[name].tolist()


def test_a_document_that_did_not_change_is_not_analysed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the changed document's texts go to the analyzer."""
    earlier, seen = container_of(corpus(*OLD)), []
    really = Counting.batch

    def noting(counting: Counting, texts: Sequence[tuple[str, str]]) -> Counts:
        seen.extend(text for text, _ in texts)
        return really(counting, texts)

    monkeypatch.setattr(Counting, "batch", noting)
    analysed(corpus(OLD[0], CHANGED, OLD[2]), earlier)
    assert len(seen) == 2
    assert all("手机" in text or "平板" in text for text in seen)


def test_every_field_holds_what_the_analyzer_says() -> None:
    """Words and pairs of texts, and of how people ask for them."""
    knowledge = corpus(*OLD)
    analyzer = Analyzer(words_of(knowledge), cache_folder())
    searched = [analyzer.analyze(searched_text(one)) for one in knowledge.passages]
    asked = [analyzer.analyze(asked_text(one)) for one in knowledge.passages]
    assert counted(analysed(knowledge)) == {
        "words": expected((one.words for one in searched), "words"),
        "bigrams": expected((one.bigrams for one in searched), "bigrams"),
        "asks": expected((one.words for one in asked), "asks"),
        "asked_bigrams": expected((one.bigrams for one in asked), "asked_bigrams"),
    }


def test_processes_count_what_one_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large corpus is shared out; the counts come in order, and progress ends with all."""
    many = corpus(*(document(f"d{n}", sections={"一": f"第{n}份文件的补贴。"}) for n in range(7)))
    alone = counted(analysed(many))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(analysing, "ALONE", 1)
    monkeypatch.setattr(analysing, "BATCH", 3)
    shared = analysed(many, None, lambda done, of: told.append((done, of)))
    assert counted(shared) == alone
    assert told == [(0, 7), (3, 7), (6, 7), (7, 7)]


def ended(_texts: object) -> Counts:
    """Stand for a process that the system ends."""
    os._exit(9)


def test_a_process_that_is_ended_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A helper that the system ends is no reason to wait for ever."""
    monkeypatch.setattr(analysing, "ALONE", 0)
    monkeypatch.setattr(analysing, "_count_batch", ended)
    with pytest.raises(EditionError, match="中断"):
        analysed(corpus(*OLD))
