"""What every answer has to be, whatever is asked, on the shipped knowledge and a small one."""

from __future__ import annotations

import re
from datetime import date

import pytest

from bot.answering.drafting import LONGEST_QUESTION, SHOWN
from bot.answering.service import unfold
from bot.answering.validity import GONE, NEAR, asks_for_past
from bot.models.documents import Wording
from bot.models.questions import Answer, BlockKind, Hit, Outcome
from bot.retrieval.edition import Edition
from tests.unit.answering.asking import DAY, ask, shipped, shown, small, texts_of, told

FOUND = {Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL}
DAYS = (date(2024, 7, 1), date(2024, 9, 4), DAY)
FIGURE = re.compile(r"\d[\d.,]*\d|\d")


def ways_of_asking(edition: Edition) -> list[str]:
    """Give every way of asking that the staff wrote, and the names of all subjects."""
    documents = edition.corpus.documents
    asks = [ask for one in edition.corpus.passages for ask in one.asks]
    names = [name for one in documents for name in (one.title, *one.topics, *one.also_called)]
    return list(dict.fromkeys((*asks, *names, *edition.corpus.office.hot_topics)))


@pytest.fixture(scope="module")
def answers() -> list[Answer]:
    """Ask all of it on the shipped knowledge, on days before, at and after its dates."""
    edition = shipped()
    return [ask(text, edition, day) for day in DAYS for text in ways_of_asking(edition)]


def found(answers: list[Answer]) -> list[Answer]:
    """Give the answers that show a passage."""
    some = [answer for answer in answers if answer.outcome in FOUND]
    assert some
    return some


def test_what_is_answered_rests_on_one_to_three_passages(answers: list[Answer]) -> None:
    """An answer shows passages, each once and stated; a refusal shows none."""
    for answer in answers:
        names = [(one.citation.title, one.hit.ordinal) for one in answer.evidence]
        assert (1 <= len(names) <= SHOWN) is (answer.outcome in FOUND), answer.question
        assert len(set(names)) == len(names)
        assert all(one.hit.passage.stated for one in answer.evidence)


def test_passages_come_best_first(answers: list[Answer]) -> None:
    """Of rules that hold the better match stands first, and rules that do not hold are last.

    Staff's own question for a passage, and one for the past, bring theirs to the front, and so
    does being found far better than all that holds.
    """
    for answer in found(answers):
        attached = answer.question in answer.evidence[0].hit.passage.asks
        if not attached and not asks_for_past(answer.question, shipped().catalogue):
            order = [
                (
                    one.status in GONE and not _is_clearly_best(one.hit.score, answer),
                    -one.hit.score,
                )
                for one in answer.evidence
            ]
            assert order == sorted(order), answer.question


def _is_clearly_best(score: float, answer: Answer) -> bool:
    holding = [one.hit.score for one in answer.evidence if one.status not in GONE]
    return max(holding, default=0.0) < NEAR * score


def test_every_figure_of_the_lead_stands_in_the_passage(answers: list[Answer]) -> None:
    """The sentence that answers is the passage's own, figure for figure."""
    for answer in found(answers):
        passage = answer.evidence[0].hit.passage
        said = texts_of(answer, BlockKind.LEAD)
        assert said
        if answer.computed or answer.outcome is Outcome.NEEDS_DETAIL or "不在补贴范围内" in said:
            continue  # a sentence of ours, worked out from the rule or on a grade without a rate
        assert said in passage.text, answer.question
        whole = {section.heading: section.text for section in passage.document.sections}
        assert set(FIGURE.findall(said)) <= set(FIGURE.findall(whole[passage.heading]))


def test_nothing_but_a_published_wording_is_quoted(answers: list[Answer]) -> None:
    """What an office summarised is shown as a summary."""
    for answer in found(answers):
        quote = texts_of(answer, BlockKind.QUOTE)
        original = answer.evidence[0].citation.wording is Wording.ORIGINAL
        assert quote == "" or ("依据：「" in quote) is original


def test_every_answer_names_its_source_and_whether_it_holds(answers: list[Answer]) -> None:
    """Title, publisher and validity stand below every answer."""
    for answer in found(answers):
        citation = answer.evidence[0].citation
        source = texts_of(answer, BlockKind.SOURCE)
        assert citation.title in source
        assert citation.source.publisher in source
        assert texts_of(answer, BlockKind.STATUS)


def test_the_shipped_knowledge_is_never_said_to_be_valid(answers: list[Answer]) -> None:
    """Reports that state no start and no end never make a rule valid."""
    for answer in answers:
        assert not re.search(r"现行有效|有效(?!期|发明|专利)", texts_of(answer, BlockKind.STATUS))


def test_a_caution_stands_before_a_hedged_answer(answers: list[Answer]) -> None:
    """What is not sure is said first, with whom to ask; a sure answer has no caution."""
    phone = shipped().corpus.office.contact.phone
    for answer in found(answers):
        first = answer.blocks[0]
        assert (first.kind is BlockKind.NOTE) is (answer.outcome is Outcome.HEDGED)
        assert first.kind is not BlockKind.NOTE or phone in first.text


def test_a_refusal_names_the_way_to_a_person(answers: list[Answer]) -> None:
    """Who is refused is told whom to call."""
    phone = shipped().corpus.office.contact.phone
    refused = [one for one in answers if one.outcome is Outcome.NO_ANSWER]
    assert refused
    assert all(phone in texts_of(answer, BlockKind.CONTACT) for answer in refused)


def test_bold_and_highlighted_parts_lie_within_their_text(answers: list[Answer]) -> None:
    """A channel can cut out every span that it is given."""
    for answer in answers:
        marked = [(block.text, block.bold) for block in answer.blocks]
        marked += [(one.excerpt.text, one.excerpt.highlights) for one in answer.evidence]
        for text, spans in marked:
            edges = [edge for span in spans for edge in (span.start, span.end)]
            assert edges == sorted(edges)
            assert all(0 <= edge <= len(text) for edge in edges)


def test_no_answer_shows_a_gap() -> None:
    """No answer shows an empty block or the name of an empty value."""
    for edition in (small(), shipped()):
        for text in ways_of_asking(edition):
            answer = ask(text, edition)
            assert answer.blocks
            assert all(block.text.strip() for block in answer.blocks)
            assert "None" not in shown(answer)


def test_a_rule_in_force_by_stated_dates_is_said_to_be() -> None:
    """Stated dates that hold on the day are shown with their start and their end."""
    answer = ask("停车一小时多少钱", small())
    assert answer.outcome is Outcome.ANSWERED
    status = texts_of(answer, BlockKind.STATUS)
    assert "有效" in status
    assert "2025年1月1日" in status
    assert "2030年12月31日" in status


@pytest.mark.parametrize(
    ("day", "holds"), [(date(2024, 12, 31), False), (date(2030, 12, 31), True)]
)
def test_a_rule_is_served_to_the_end_of_its_last_day(day: date, holds: bool) -> None:
    """The day before its start a rule is said not to hold yet, on its last day it holds."""
    status = texts_of(ask("停车一小时多少钱", small(), day), BlockKind.STATUS)
    assert ("现行有效" in status) is holds


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2031, 1, 1), "2030年12月31日"), (date(2024, 12, 31), "2025年1月1日")],
    ids=["expired", "not yet"],
)
@pytest.mark.parametrize("question", ["停车一小时多少钱", "路边停车收费标准是多少"])
def test_a_rule_that_does_not_hold_is_told_where_nothing_else_fits(
    question: str, day: date, said: str
) -> None:
    """Its own question finds it and says from or until when it holds, not some other passage."""
    answer = ask(question, small(), day)
    assert answer.evidence
    assert answer.evidence[0].hit.passage.document.id == "parking"
    assert said in texts_of(answer, BlockKind.STATUS)


def test_a_rule_that_was_followed_is_said_to_be_of_the_past() -> None:
    """Asked for the earlier rule, the answer names what followed it."""
    answer = ask("以前每件最多补多少", small())
    assert "800元" in texts_of(answer, BlockKind.LEAD)
    assert "湖南省家电以旧换新补贴办法" in texts_of(answer, BlockKind.STATUS)


@pytest.mark.parametrize("question", ["家电每件最多补多少钱", "家电补贴每件最高多少"])
def test_the_present_rule_goes_before_the_one_that_it_followed(question: str) -> None:
    """Without a word of the past the old amount is never the one that is told."""
    for edition in (small(), shipped()):
        assert "800元" not in texts_of(ask(question, edition), BlockKind.LEAD)


def test_the_earlier_rule_is_answered_on_the_days_on_which_it_held() -> None:
    """Asked as of a day before the new rule, the amount of that day is told."""
    said = texts_of(ask("家电补贴每件最高多少", small(), date(2024, 9, 3)), BlockKind.LEAD)
    assert "2000元" not in said


@pytest.mark.parametrize("length", [LONGEST_QUESTION + 1, 10_000])
@pytest.mark.parametrize("text", ["字", "一级能效冰箱补多少？", "停车一小时多少钱 "])
def test_a_question_that_is_too_long_is_asked_for_shorter(length: int, text: str) -> None:
    """Over the limit nothing is searched; how long a question may be is said."""
    answer = ask((text * length)[: length - 1] + "吗", small())
    assert answer.outcome is Outcome.TOO_VAGUE
    assert str(LONGEST_QUESTION) in told(answer)
    assert answer.evidence == ()


def test_a_question_of_exactly_the_limit_is_searched() -> None:
    """The limit itself is allowed."""
    question = "停车一小时多少钱"
    answer = ask(question + "啊" * (LONGEST_QUESTION - len(question)), small())
    assert str(LONGEST_QUESTION) not in told(answer)


@pytest.mark.parametrize(
    "question",
    ["<b>停车</b>一小时多少钱", "[停车](http://x.example)一小时多少钱", "*停车*一小时多少钱&amp;"],
)
def test_markup_in_a_question_stays_text(question: str) -> None:
    """Markup is kept as it was typed in the question, and is no part of what is told."""
    answer = ask(question, small())
    assert answer.question == question
    assert not set("<>[]*&") & set(shown(answer))


def test_a_passage_unfolds_whole() -> None:
    """Unfolded, a passage is shown in full with its source and its validity, without a lead."""
    edition = shipped()
    for ordinal, passage in enumerate(edition.corpus.passages):
        if passage.stated:
            answer = unfold(Hit(passage, ordinal, 0.0, ()), edition, DAY)
            assert passage.text.strip() in texts_of(answer, BlockKind.QUOTE)
            assert passage.document.title in texts_of(answer, BlockKind.SOURCE)
            assert texts_of(answer, BlockKind.STATUS)
            assert texts_of(answer, BlockKind.LEAD) == ""
