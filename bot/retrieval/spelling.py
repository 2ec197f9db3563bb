"""Question → what it was meant to say: misspelt terms of the corpus put right, and nothing else.

A word is only put right where the corpus does not know it as it is typed and knows one term
that it sounds or looks like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.retrieval.dictionary import entry_of
from bot.retrieval.edition import Edition
from bot.retrieval.index import SearchTerm
from bot.retrieval.known_terms import USUAL
from bot.retrieval.slips import FIELDS, Part, Slip, parts_of, slips_in
from bot.text.normalise import normalise, origins
from bot.text.numerals import NUMERALS
from bot.text.places import find_places

LOOKED_AT = 10
SHARE = 0.3
LONG = 4
PLAIN = 2
PAIRS = ("bigrams", "asked_bigrams")
# A person by what stands beside the name: 我叫李晓明, 张建国科长.
PERSON = re.compile(
    r"(?:叫|姓名|名字|姓)[是为:]?[\u4e00-\u9fff]{1,4}"
    r"|[\u4e00-\u9fff]{1,3}(?=先生|女士|小姐|同志|老师|局长|科长|处长|主任|书记|师傅|医生|律师|经理)"
)
UNITS = frozenset("省市县区州旗镇乡村屯街路巷")  # what a place's name ends in


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was meant, and each change as (typed, meant); none for most questions."""

    text: str
    changes: tuple[tuple[str, str], ...] = ()


def corrected(text: str, edition: Edition) -> Correction:
    """Put right what is misspelt in a question; anything in doubt stays as it was typed."""
    folded = normalise(text)
    parts = parts_of(folded, edition)
    slips = [one for one in slips_in(parts, edition) if is_likely(one, folded, parts, edition)]
    if not slips:
        return Correction(text)
    chosen = _chosen(slips, edition)
    came_from = origins(text)
    meant = text
    for slip in reversed(chosen):
        start, end = came_from[slip.start], came_from[slip.end - 1] + 1
        meant = f"{meant[:start]}{slip.meant}{meant[end:]}"
    return Correction(meant, tuple((slip.typed, slip.meant) for slip in chosen))


def _chosen(slips: Iterable[Slip], edition: Edition) -> tuple[Slip, ...]:
    """Take the best slip of each stretch, in order; none where two are as good."""
    ranked = sorted(slips, key=_rank, reverse=True)
    chosen: list[Slip] = []
    doubtful: list[Slip] = []
    for slip in ranked:
        if any(_overlap(slip, other) for other in (*chosen, *doubtful)):
            continue
        rivals = [
            one
            for one in ranked
            if _rank(one) == _rank(slip) and _overlap(one, slip) and one.meant != slip.meant
        ]
        (doubtful if rivals else chosen).append(slip)
    return tuple(sorted(chosen, key=lambda slip: slip.start))


def _rank(slip: Slip) -> tuple[int, int, bool]:
    return len(slip.meant), -len(slip.changed), slip.exact


def _overlap(one: Slip, other: Slip) -> bool:
    return one.start < other.end and other.start < one.end


def is_likely(slip: Slip, folded: str, parts: tuple[Part, ...], edition: Edition) -> bool:
    if not slip.changed:
        return True
    asking = any(part.asking for part in slip.changed_parts) or (
        len(slip.meant) <= PLAIN
        and any(part.asking for part in slip.parts)
        and not edition.analyzer.is_noun(slip.meant)
    )
    length = len(slip.meant)
    return (
        len(slip.changed) <= max(1, length // 3)
        and all(length > len(part.word) for part in slip.parts if part.usual)
        and all(part.loose for part in slip.changed_parts)
        and not _is_protected(slip, folded)
        and ((length >= LONG and not asking) or not _is_explained(slip, folded, edition))
        and (length > PLAIN or _belongs(slip, parts, edition))
        and (
            length >= LONG
            or not (asking or (length <= PLAIN and _may_be_other(slip, folded, parts)))
            or _is_joined(slip, folded, parts, edition)
        )
    )


def _may_be_other(slip: Slip, folded: str, parts: tuple[Part, ...]) -> bool:
    """Tell whether a hanzi beside the slip may be a piece of the same word (医护 beside 名医)."""
    beside = [part for part in parts if part.end == slip.start or part.start == slip.end]
    if not slip.exact:
        return any(part.loose for part in beside)
    asking = any(part.asking for part in slip.parts)
    return any(
        asking or _is_usual(folded[(edge := max(part.start, slip.start)) - 1 : edge + 1])
        for part in beside
        if part.loose and not part.asking
    )


def _is_usual(word: str) -> bool:
    entry = entry_of(word)
    return entry is not None and entry.frequency >= USUAL


def _is_joined(slip: Slip, folded: str, parts: tuple[Part, ...], edition: Edition) -> bool:
    """Tell whether the corpus puts the term right beside the word that stands beside it here."""
    pairs = [
        *(
            folded[slip.start - 1] + slip.meant[0]
            for part in parts
            if part.end == slip.start
            if _says(part)
        ),
        *(
            slip.meant[-1] + folded[slip.end]
            for part in parts
            if part.start == slip.end
            if _says(part)
        ),
    ]
    named = [(field, pair) for field in PAIRS for pair in pairs]
    return bool(edition.index.holding(named).any())


def _says(part: Part) -> bool:
    return len(part.word) > 1 and not part.loose and not part.asking


def _is_explained(slip: Slip, folded: str, edition: Edition) -> bool:
    """Tell whether the corpus knows a changed hanzi beside the one that stands by it."""
    around = {folded[at - 1 : at + 1] for at in slip.changed if at}
    around |= {folded[at : at + 2] for at in slip.changed}
    named = [(field, pair) for field in PAIRS for pair in around]
    return bool(edition.index.holding(named).any())


def _belongs(slip: Slip, parts: tuple[Part, ...], edition: Edition) -> bool:
    """Tell whether some passage that holds the term holds a word beside it as well."""
    beside = {part.word for part in parts if _says(part) and part not in slip.parts}
    if not beside:
        return True
    terms = [SearchTerm(field, word, 1.0) for field in FIELDS for word in (slip.meant, *beside)]
    found = [ordinal for ordinal, _ in edition.index.search(terms, LOOKED_AT)]
    held = edition.index.weigh(terms, found).held.reshape(len(FIELDS), -1, len(found)).any(axis=0)
    return bool((held[0] & (held[1:].mean(axis=0) >= SHARE)).any())


def _is_protected(slip: Slip, folded: str) -> bool:
    written = {folded[at] for at in slip.changed} | {
        slip.meant[at - slip.start] for at in slip.changed
    }
    if written & set(NUMERALS) or folded[slip.start - 1 : slip.start].isdigit():
        return True
    named = [(one.start, one.end) for one in find_places(folded)]
    named += [one.span() for one in PERSON.finditer(folded)]
    if any(start <= at < end for start, end in named for at in slip.changed):
        return True
    return folded[slip.end : slip.end + 1] in UNITS
