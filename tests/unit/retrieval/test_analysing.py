"""Analysing: counts of terms, taken over from an earlier edition where texts are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.models.documents import Corpus
from bot.retrieval import analysing
from bot.retrieval.analysing import Analysed, analyse
from bot.retrieval.container import Container, unpack
from bot.retrieval.counting import Counts, count, joined, rows_of
from bot.retrieval.edition import FIELDS, compile_edition
from tests.unit.builders import cache_folder, corpus, document

PASSAGES = st.lists(st.lists(st.sampled_from("甲乙丙丁"), max_size=6), max_size=7)


def read(counts: Counts) -> list[dict[str, int]]:
    """Give each passage's terms with how often they stand in it."""
    ends = np.cumsum(counts.distinct)
    starts = ends - counts.distinct
    return [
        {
            counts.vocabulary[counts.terms[place]]: int(counts.frequencies[place])
            for place in range(start, end)
        }
        for start, end in zip(starts, ends, strict=True)
    ]


def expected(passages: Sequence[Sequence[str]]) -> list[dict[str, int]]:
    """Count with the standard library."""
    return [dict(Counter(passage)) for passage in passages]


@given(PASSAGES)
def test_terms_are_counted_passage_by_passage(passages: list[list[str]]) -> None:
    """Empty passages count as passages."""
    counts = count(passages)
    assert read(counts) == expected(passages)
    assert counts.lengths.tolist() == [len(passage) for passage in passages]


@given(st.lists(PASSAGES, min_size=1, max_size=3))
def test_parts_joined_are_the_whole(parts: list[list[list[str]]]) -> None:
    """It does not matter in how many parts passages were counted."""
    whole = [passage for part in parts for passage in part]
    assert read(joined([count(part) for part in parts])) == expected(whole)


@given(PASSAGES, st.data())
def test_rows_come_in_the_order_asked_for(passages: list[list[str]], data: st.DataObject) -> None:
    """Some of the passages, in any order."""
    order = data.draw(st.lists(st.sampled_from(range(len(passages)))) if passages else st.just([]))
    taken = rows_of(count(passages), np.array(order, dtype=np.int64))
    assert read(taken) == expected([passages[ordinal] for ordinal in order])


def container_of(knowledge: Corpus) -> Container:
    """Compile a corpus as an earlier edition would hold it."""
    analysed = analyse(knowledge, None, cache_folder())
    pieces = compile_edition(knowledge, analysed.counts, analysed.keys, cache_folder())
    return unpack(b"".join(pieces))


def counted(analysed: Analysed) -> dict[str, list[dict[str, int]]]:
    """Give the counts of every field."""
    return {field: read(analysed.counts[field]) for field in FIELDS}


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
    """Whatever came, went or moved, the counts are those of an analysis from scratch."""
    now = corpus(*documents)  # type: ignore[arg-type]
    again = analyse(now, container_of(corpus(*OLD)), cache_folder())
    assert counted(again) == counted(analyse(now, None, cache_folder()))


def test_a_document_that_did_not_change_is_not_analysed_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only the changed document's texts go to the analyzer."""
    earlier, seen = container_of(corpus(*OLD)), []
    really = analysing._count_batch

    def noting(texts: Sequence[tuple[str, str]]) -> dict[str, Counts]:
        seen.extend(text for text, _ in texts)
        return really(texts)

    monkeypatch.setattr(analysing, "_count_batch", noting)
    analyse(corpus(OLD[0], CHANGED, OLD[2]), earlier, cache_folder())
    assert len(seen) == 2
    assert all("手机" in text or "平板" in text for text in seen)


def test_other_words_make_all_texts_be_analysed_again() -> None:
    """A word that must be kept whole can cut any text in another way."""
    now = corpus(*OLD, lexicon=("冰箱补贴",))
    found = analyse(now, container_of(corpus(*OLD)), cache_folder())
    assert "冰箱补贴" in counted(found)["words"][0]


def test_processes_count_what_one_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A large corpus is shared out; the counts come in order, and progress ends with all."""
    many = corpus(*(document(f"d{n}", sections={"一": f"第{n}份文件的补贴。"}) for n in range(7)))
    alone = counted(analyse(many, None, cache_folder()))
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(analysing, "ALONE", 1)
    monkeypatch.setattr(analysing, "BATCH", 3)
    shared = analyse(many, None, cache_folder(), lambda done, of: told.append((done, of)))
    assert counted(shared) == alone
    assert told == [(0, 7), (3, 7), (6, 7), (7, 7)]
