"""The catalogue: what answering knows of all documents without walking over them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.models.documents import (
    Benefit,
    NotStated,
    PartialDate,
    Rate,
    Supersession,
    TimeLimit,
)
from bot.retrieval.catalogue import Follower, named_in
from tests.unit import builders

BENEFIT = Benefit("补贴", ("冰箱", "Ａ类"), (Rate((), Decimal("0.2")),), "每件最高补贴2000元")
LIMIT = TimeLimit("重特大项目审查", 30, True, "一级能效的家电", ("大项目审查",))


def test_followers_are_found_by_what_they_follow() -> None:
    """In order of documents, each with how it follows and from when it counts."""
    found = builders.catalogue(
        builders.document("old"),
        builders.document("b", "乙", supersedes=(Supersession("old", "升级"),)),
        builders.document(
            "c", "丙", issued=PartialDate(2026, 2), supersedes=(Supersession("old", "废止"),)
        ),
    )
    assert found.followers == {
        "old": (Follower("b", "乙", "升级", ""), Follower("c", "丙", "废止", "2026-02-28"))
    }


def test_a_name_is_of_the_past_only_where_no_other_document_has_it() -> None:
    """What people call the rule that holds, too, does not ask for the earlier one."""
    found = builders.catalogue(
        builders.document("old", "旧办法", also_called=("國補", "旧国补")),
        builders.document(
            "new", "办法", also_called=("国补",), supersedes=(Supersession("old", "升级"),)
        ),
    )
    assert found.past_names == {"旧办法", "旧国补"}
    assert found.subjects.split("\n") == ["国补", "旧国补", "国补"]


def test_months_are_those_of_followed_documents() -> None:
    """A year without a month, and a document that nothing follows, give none."""
    found = builders.catalogue(
        builders.document("june", issued=PartialDate(2024, 6)),
        builders.document("year", issued=PartialDate(2024)),
        builders.document(
            "new",
            issued=PartialDate(2024, 9),
            supersedes=(Supersession("june", "升级"), Supersession("year", "升级")),
        ),
    )
    assert found.past_months == {6}


def test_topics_stand_once_in_order() -> None:
    """A topic of several documents is named once, where it was met first."""
    found = builders.catalogue(
        builders.document("a", topics=("乙", "甲")), builders.document("b", topics=("甲", "丙"))
    )
    assert found.topics == ("乙", "甲", "丙")


def test_entries_of_not_stated_are_found_by_document() -> None:
    """Their ordinals lead to the passages of the corpus."""
    one = builders.document("a", not_stated=(NotStated("申请地点"), NotStated("电话")))
    other = builders.document("b", not_stated=(NotStated("费用"),))
    corpus = builders.corpus(one, other)
    silent = builders.catalogue(one, other).silent
    names = {name: [corpus.passages[at].heading for at in found] for name, found in silent.items()}
    assert names == {"a": ["申请地点", "电话"], "b": ["费用"]}


def test_items_are_found_by_every_spelling() -> None:
    """Folded, without the end that all share, with synonyms; only benefits list items."""
    edition = builders.edition_of(
        builders.document("x", sections={"一": "甲。", "二": "乙。"}),
        builders.document("a", benefits=(BENEFIT,)),
        builders.document("b", time_limits=(LIMIT,), benefits=(BENEFIT,)),
        synonyms=(("冰箱", "雪柜"),),
    )
    assert edition.catalogue.items == {
        **dict.fromkeys(("冰箱", "雪柜", "a类"), (2, 3)),
        **dict.fromkeys(("重特大项目审查", "重特大项目", "大项目审查"), (3,)),
    }
    assert edition.catalogue.listed == dict.fromkeys(("冰箱", "雪柜", "a类"), ("a", "b"))


@given(st.text("甲乙丙", max_size=8), st.frozensets(st.text("甲乙丙", min_size=1, max_size=4)))
def test_names_in_a_text_are_those_that_it_holds(text: str, names: frozenset[str]) -> None:
    """Looking up every part of the text finds what looking for every name would."""
    assert set(named_in(text, names)) == {name for name in names if name in text}


def test_a_catalogue_is_plain() -> None:
    """It holds texts, numbers and tuples only, so that any file can keep it."""
    day = date(2026, 1, 1)
    old = builders.document("old", issued=PartialDate(2025, 6), not_stated=(NotStated("电话"),))
    new = builders.document(
        "new", effective_from=day, supersedes=(Supersession("old", "升级"),), benefits=(BENEFIT,)
    )
    values = [*asdict(builders.catalogue(old, new)).values()]
    plain: set[type] = set()
    while values:
        value = values.pop()
        if isinstance(value, dict):
            values += [*value, *value.values()]
        elif isinstance(value, tuple | frozenset):
            values += value
        else:
            plain.add(type(value))
    assert plain == {str, int}
