"""Why a question is refused: each reason by what the passage and its document hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.answering.items import other_business, other_subsidy, unlisted_item
from bot.answering.support import QUANTITY, Support, share_held
from bot.answering.verdicts import Verdict
from bot.models.documents import Document, Passage
from bot.models.explanations import Reason
from bot.models.questions import Outcome
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.figures import searchable
from bot.text.normalise import normalise

FULL_COVER = 0.7  # an entry of `not_stated` that holds this much is what is asked about
PUNCTUATION = re.compile(r"[\W_]+")
# A kind of money; where it is asked for and not held, another kind is no answer.
MONEY = re.compile(r".*(补贴|补助|补助金|津贴|奖金|奖励|费|费用|款|押金|赔偿|补偿)")


def is_attached(query: Query, passage: Passage) -> bool:
    """Tell whether staff wrote this very question, or heading, for this passage."""
    asked = PUNCTUATION.sub("", normalise(query.text))
    ways = (passage.heading, *passage.asks)
    return any(PUNCTUATION.sub("", normalise(way)) == asked for way in ways)


def is_meant(query: Query, silent: Passage, edition: Edition) -> bool:
    """Tell whether a question says all of what an entry of `not_stated` is about, or of an ask.

    Else the entry only speaks of the same subject, and what it leaves open was not asked.
    """
    asked = searchable(query.text)
    return any(
        all(
            share_held(word, asked, edition) == 1
            for word in edition.analyzer.analyze_query(way).words
            if not QUANTITY.fullmatch(word)
        )
        for way in (silent.heading, *silent.asks)
    )


def refusal_of(
    query: Query, passage: Passage, support: Support, edition: Edition
) -> Verdict | None:
    """Give the verdict of a question that the passage found first must not answer, else None."""
    if passage.stated and is_attached(query, passage):
        return None
    silent = _named_silent(query, passage, edition)
    is_full = not passage.stated and support.cover >= FULL_COVER
    if not silent and is_full and is_meant(query, passage, edition):
        silent = passage
    if silent:
        return replace(_refused(Reason.NOT_STATED), silent=silent)
    unlisted = unlisted_item(query, passage.document, edition)
    if unlisted:
        listing = passage.document
        return replace(_refused(Reason.UNLISTED), listing=listing, unlisted=unlisted)
    other = _other_matter(query, passage, support, edition)
    return other or _unsupported(query, passage, support, edition)


def _refused(reason: Reason, word: str = "") -> Verdict:
    return Verdict(Outcome.NO_ANSWER, reasons=(reason,), word=word)


def _unsupported(
    query: Query, passage: Passage, support: Support, edition: Edition
) -> Verdict | None:
    """Refuse what is held too little, and say what a document leaves open where that is asked."""
    calibration = edition.corpus.calibration
    unsupported = _refused(Reason.UNSUPPORTED)
    if not passage.stated:
        carried = support.cover >= calibration.answer_from and is_meant(query, passage, edition)
        return replace(_refused(Reason.NOT_STATED), silent=passage) if carried else unsupported
    return unsupported if support.cover < calibration.refuse_below else None


def _silent_in_scheme(document: Document, edition: Edition) -> Iterator[Passage]:
    """Give what a document and those that follow it leave open: they are one matter."""
    catalogue = edition.catalogue
    followers = (one.document for one in catalogue.followers.get(document.id, ()))
    scheme = {document.id, *followers}
    ordinals = sorted(at for one in scheme for at in catalogue.silent.get(one, ()))
    return (edition.corpus.passages[ordinal] for ordinal in ordinals)


def _named_silent(query: Query, first: Passage, edition: Edition) -> Passage | None:
    """Find the entry of `not_stated` whose subject (手机, 电话) the question names.

    It is one of the scheme that was found first, and the passage that was found first does
    not hold the subject.
    """
    asked, held = normalise(query.text), normalise(first.text)
    for passage in _silent_in_scheme(first.document, edition):
        about = normalise(passage.heading)
        if about in asked and about not in held:
            return passage
    return None


def _other_matter(
    query: Query, passage: Passage, support: Support, edition: Edition
) -> Verdict | None:
    """Refuse what is about another business, subsidy or kind of money than the rule."""
    if business := other_business(query, passage, edition):
        return _refused(Reason.OTHER_BUSINESS, business)
    if subsidy := other_subsidy(query, passage.document, edition):
        return _refused(Reason.OTHER_SUBSIDY, subsidy)
    money = _missing_money(query, support)
    return _refused(Reason.OTHER_MONEY, money) if money else None


def _missing_money(query: Query, support: Support) -> str:
    """Give the kind of money that is asked for and not held: 专利补贴多少, 给多少奖金."""
    if query.cue is None or query.cue.name not in {"金额", "金额或比例", "数量"}:
        return ""
    return next((word for word in support.missing if MONEY.fullmatch(word)), "")
