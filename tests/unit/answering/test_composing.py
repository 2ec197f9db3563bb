"""The words around an answer: figures, quotations, sources and the line of validity."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering import composing
from bot.answering.validity import status_on
from bot.models.documents import Document, PartialDate, Source, Supersession, Wording
from bot.models.questions import Evidence, Excerpt, Hit, Span, Status
from tests.unit import builders

DAY = date(2026, 11, 22)
DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))
VALID = re.compile(r"有效(?!期)|正在施行|仍然有效")
DECIDING = re.compile(r"\d[\d,.]*(?:万|亿|万亿)?(?:元|[%％]|个工作日)")


def status_line(document: Document, *others: Document, day: date = DAY) -> str:
    """Give the line of validity as an answer shows it."""
    catalogue = builders.catalogue(document, *others)
    status = status_on(document, catalogue, day)
    return composing.status_of(document, status, catalogue, builders.OFFICE, day).text


def lead(text: str) -> tuple[str, list[str]]:
    """Give the lead of an excerpt that is one sentence, with what is bold in it."""
    hit = Hit(builders.passage(text), 0, 1.0, ())
    excerpt = Excerpt(text, (), Span(0, len(text)))
    citation = composing.citation_of(hit.passage)
    block = composing.lead_of(Evidence(hit, excerpt, citation, Status.UNCONFIRMED))
    return block.text, [block.text[span.start : span.end] for span in block.bold]


@settings(max_examples=200, deadline=None)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "effective_from": DAYS,
            "effective_until": DAYS,
            "review_by": DAYS,
            "issued": st.builds(PartialDate, st.integers(2023, 2028), st.integers(1, 12)),
            "source": st.builds(Source, st.just("湖南日报"), reported=DAYS),
        },
    ),
    st.booleans(),
    DAYS,
)
def test_only_stated_dates_make_a_rule_valid(
    states: dict[str, Any], followed: bool, day: date
) -> None:
    """The line says that a rule holds only where its start is stated and nothing ended it."""
    successor = builders.document("new", supersedes=(Supersession("a", "升级"),))
    document = builders.document(**states)
    line = status_line(document, *([successor] if followed else []), day=day)
    if VALID.search(line):
        assert document.effective_from is not None
        assert document.effective_from <= day
        assert document.effective_until is None or day <= document.effective_until
        assert not followed


@pytest.mark.parametrize(
    ("states", "unknown", "known"),
    [
        ({}, ["施行日期", "有效期"], []),
        ({"effective_from": date(2025, 1, 1)}, ["有效期"], ["施行日期"]),
        ({"effective_until": date(2027, 1, 1)}, ["施行日期"], ["有效期"]),
    ],
    ids=str,
)
def test_an_unconfirmed_line_names_what_is_not_stated_and_whom_to_ask(
    states: dict[str, Any], unknown: list[str], known: list[str]
) -> None:
    """What is missing is named, what is stated is not, and the contact stands in the line."""
    line = status_line(builders.document(**states))
    assert all(word in line for word in unknown)
    assert not any(word in line for word in known)
    assert builders.OFFICE.contact.phone in line


def test_each_status_is_told_apart() -> None:
    """A rule in force, to come, expired, superseded or unconfirmed has a line of its own."""
    start, end = date(2025, 1, 1), date(2025, 12, 31)
    successor = builders.document("new", "新办法", supersedes=(Supersession("a", "废止"),))
    lines = [
        status_line(builders.document(effective_from=start, review_by=date(2027, 1, 1))),
        status_line(builders.document(effective_from=date(2027, 3, 4))),
        status_line(builders.document(effective_from=start, effective_until=end)),
        status_line(builders.document(), successor),
        status_line(builders.document()),
    ]
    assert len(set(lines)) == len(lines)
    assert "2027年3月4日" in lines[1]
    assert "2025年12月31日" in lines[2]
    assert "废止" in lines[3]
    assert "新办法" in lines[3]


def test_how_a_document_was_followed_is_said_in_the_documents_own_word() -> None:
    """An upgrade is never called a repeal."""
    successor = builders.document("new", supersedes=(Supersession("a", "升级"),))
    line = status_line(builders.document(), successor)
    assert "升级" in line
    assert "废止" not in line


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("每件最高补贴2000元。", ["2000元"]),
        ("按售价的15%补贴，再加5％。", ["15%", "5％"]),
        ("补贴1,200.50元。", ["1,200.50元"]),
        ("每年创造近800亿元。", ["800亿元"]),
        ("2个工作日内办结。", ["2个工作日"]),
        ("每位消费者补贴1件。", ["1件"]),
        ("没有数字。", []),
    ],
)
def test_figures_that_decide_are_bold_whole(text: str, figures: list[str]) -> None:
    """A figure is bold with all its digits and its unit."""
    assert lead(text) == (text, figures)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["补", "，", "、", "共", "；"]),
            st.from_regex(r"[1-9]\d{0,6}(\.\d{1,2})?", fullmatch=True),
            st.sampled_from(["元", "万元", "亿元", "%", "个工作日"]),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_part_of_a_figure_is_bold_alone(parts: list[tuple[str, str, str]]) -> None:
    """Amounts, shares and working days are bold as they stand, never cut."""
    text, bold = lead("".join(map("".join, parts)))
    assert bold == DECIDING.findall(text)


@pytest.mark.parametrize("wording", Wording)
def test_only_published_wording_is_quoted(wording: Wording) -> None:
    """An office's summary never stands in quotation marks as if it were the rule itself."""
    passage = builders.passage("每件最高补贴2000元。", wording=wording)
    quote = composing.quote_of(passage.text, composing.citation_of(passage)).text
    assert passage.text in quote
    assert ("「" in quote) is (wording is Wording.ORIGINAL)
    assert ("湖南日报" in quote) is (wording is Wording.SUMMARY)


def test_a_source_names_all_that_is_known() -> None:
    """Title, number, heading, issuer, dates and link of a document can be checked by a person."""
    source = Source(
        "湖南日报", "一篇报道", date(2024, 9, 4), date(2024, 9, 5), "https://example.org/1"
    )
    passage = builders.passage(
        "每件最高补贴2000元。",
        title="补贴办法",
        number="湘商〔2024〕1号",
        issuer="省商务厅",
        issued=PartialDate(2024, 6),
        source=source,
    )
    text = composing.source_of(composing.citation_of(passage)).text
    for known in (
        *("补贴办法", "湘商〔2024〕1号", "补贴标准", "省商务厅", "2024年6月"),
        *("湖南日报", "一篇报道", "2024年9月4日", "2024年9月5日", "https://example.org/1"),
    ):
        assert known in text


@pytest.mark.parametrize("wording", Wording)
def test_an_unknown_issuer_is_said_to_be_unknown(wording: Wording) -> None:
    """No issuer is made up, and the publisher is not taken for it."""
    passage = builders.passage("每件最高补贴2000元。", wording=wording)
    text = composing.source_of(composing.citation_of(passage)).text
    assert f"{composing.carrier(wording)}未载明" in text
    assert "None" not in text


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (PartialDate(2024), "2024年"),
        (PartialDate(2024, 6), "2024年6月"),
        (PartialDate(2024, 6, 5), "2024年6月5日"),
    ],
)
def test_a_date_is_written_as_exact_as_it_is_known(day: PartialDate, text: str) -> None:
    """A month is not made a day, nor a year a month."""
    assert composing.partial_date(day) == text


def test_documents_that_say_the_same_are_named() -> None:
    """Reprints are named below the source by title, each once, a long list by its number."""
    cited = composing.citation_of(builders.passage("补贴20%。"))
    copies = tuple(builders.passage("补贴20%。", title=f"转发{number}") for number in (1, 1, 2))
    assert composing.source_of(cited, copies).text.endswith("也见于：《转发1》《转发2》")
    many = tuple(builders.passage("补贴20%。", title=f"转发{number}") for number in range(9))
    assert composing.source_of(cited, many).text.endswith("《转发0》《转发1》《转发2》等9件")
    assert "也见于" not in composing.source_of(cited).text
