"""Support: how much of a question a passage holds, and what its two thresholds decide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.drafting import draft_of
from bot.answering.support import Support, support_of
from bot.models.calibration import Calibration
from bot.models.documents import Passage
from bot.models.questions import Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import read_query
from tests.unit import builders

DAY = date(2026, 11, 22)
TEXTS = {
    "缴费标准": "城乡居民养老保险每年缴费分为十二个档次，最低200元。",
    "参保登记": "参保人到村级服务点办理登记，携带户口簿。",
}
PENSION = builders.document("p", "养老保险缴费办法", TEXTS)
ASKED = "养老保险每年缴费档次"


def pension(**fields: str) -> Edition:
    """Give the edition of one document on pensions."""
    synonyms = (("养老保险", "社保"),)
    return builders.edition_of(replace(PENSION, **fields), synonyms=synonyms)  # type: ignore[arg-type]


def support(question: str, edition: Edition, *beside: Passage) -> Support:
    """Measure the support of the first passage."""
    return support_of(edition.corpus.passages[0], read_query(question, edition), edition, beside)


def test_what_a_passage_says_itself_is_well_supported() -> None:
    """A question in the passage's own words is held, every word of it."""
    found = support(ASKED, pension())
    assert found.cover > 0.8
    assert found.missing == ()


@given(st.text("养老保险缴费档次冰箱手机abc 0，？", max_size=30))
def test_a_cover_is_a_share(question: str) -> None:
    """Whatever is asked, the cover is never above 1, and not below what one place costs."""
    assert -0.1 <= support(question, pension()).cover <= 1


@pytest.mark.parametrize("question", ["火星上的水母怎么养", "asdf qwer", "？？", "200"])
def test_what_a_passage_does_not_speak_of_is_not_supported(question: str) -> None:
    """Other subjects, noise and a figure alone have next to no support."""
    assert support(question, pension()).cover < 0.2


def test_words_in_another_order_are_supported_less() -> None:
    """The words may all be there: that they stand together as they are asked says more."""
    edition = pension()
    turned = support("档次缴费每年养老保险", edition)
    assert turned.missing == ()
    assert turned.cover < 0.9 * support(ASKED, edition).cover


def test_a_synonym_supports_as_the_word_does() -> None:
    """Staff said that both mean the same."""
    edition = pension()
    other = support("社保每年缴费档次", edition)
    assert "社保" in other.held
    assert other.cover > support("医保每年缴费档次", edition).cover


def test_one_held_word_is_little_to_go_by() -> None:
    """A question of one word is held to the full and still has less support than a longer one."""
    edition = pension()
    assert support("缴费", edition).cover < support(ASKED, edition).cover


def test_amounts_of_a_question_do_not_count() -> None:
    """A question brings its own figures, whether the passage has them or not."""
    edition = pension()
    assert support(f"{ASKED}，3000元", edition).cover == support(ASKED, edition).cover


def test_the_rest_of_the_document_supports_the_words_only() -> None:
    """What another passage found says adds to the cover, and is not said to be held here."""
    edition = pension()
    question = "养老保险户口簿"
    alone = support(question, edition)
    together = support(question, edition, edition.corpus.passages[1])
    assert alone.cover < together.cover < 0.9
    assert "户口簿" in together.missing


def test_a_place_that_is_not_held_costs_where_no_region_decides() -> None:
    """A document without a region may be of anywhere; one with a region is judged by it."""
    place = "长沙市"
    without = support(f"{place}{ASKED}", pension()).cover
    assert without < support(f"{place}{ASKED}", pension(region="湖南省")).cover


@pytest.mark.parametrize(
    ("calibration", "outcome"),
    [
        (Calibration(0.0, 0.0), Outcome.ANSWERED),
        (Calibration(0.0, 1.0), Outcome.HEDGED),
        (Calibration(1.0, 1.0), Outcome.NO_ANSWER),
    ],
)
def test_the_calibration_decides_between_three_outcomes(
    calibration: Calibration, outcome: Outcome
) -> None:
    """Below the first threshold a question is refused, below the second hedged, else answered."""
    corpus = replace(builders.corpus(PENSION), calibration=calibration)
    assert draft_of("养老保险每年缴费有几个档次", builders.edition(corpus), DAY).outcome is outcome


def test_the_question_that_staff_wrote_needs_no_support() -> None:
    """An ask of a passage is answered by it, whatever the thresholds say."""
    document = builders.document(sections=TEXTS, asks={"缴费标准": ("一年交多少",)})
    corpus = replace(builders.corpus(document), calibration=Calibration(1.0, 1.0))
    found = draft_of("一年交多少", builders.edition(corpus), DAY)
    assert found.outcome is not Outcome.NO_ANSWER
    assert found.evidence[0].hit.passage.heading == "缴费标准"
