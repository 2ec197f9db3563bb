"""Whether a slip is one: what a right question might have meant is left as it was typed.

Measured on 2,022 right questions of three public sets: one was changed wrongly, two were
misspelt. Each doubt keeps some of them, and leaves a few slips as they are.
"""

from __future__ import annotations

import re

from bot.retrieval.dictionary import entry_of
from bot.retrieval.index import SearchTerm
from bot.retrieval.known_terms import PLAIN, USUAL
from bot.retrieval.slips import FIELDS, PAIRS, Asked, Part, Slip
from bot.text.numerals import NUMERALS
from bot.text.places import find_places

LONG = 4  # hanzi; that so many but one agree with a known term is no chance
CHANGED = 3  # hanzi of a term for each one that may differ
LOOKED_AT = 10  # passages in which a term must stand beside other words of the question
SHARE = 0.3  # of these words; long questions tell stories that no passage holds
# A person by what stands beside the name: 我叫李晓明, 张建国科长.
PERSON = re.compile(
    r"(?:叫|姓名|名字|姓)[是为:]?[\u4e00-\u9fff]{1,4}"
    r"|[\u4e00-\u9fff]{1,3}(?=先生|女士|小姐|同志|老师|局长|科长|处长|主任|书记|师傅|医生|律师|经理)"
)
UNITS = frozenset("省市县区州旗镇乡村屯街路巷")  # what the name of a place ends in


def is_likely(slip: Slip, asked: Asked) -> bool:
    """Tell whether a stretch of a question is a misspelt term, and no word of its own."""
    if not slip.changed:
        return True
    return _may_change(slip) and _fits(slip, asked) and not _is_protected(slip, asked.folded)


def _fits(slip: Slip, asked: Asked) -> bool:
    """Tell whether the question makes more sense with the term; a short one must prove it."""
    length = len(slip.meant)
    if length >= LONG and not _is_grammar(slip, asked):
        return True
    if _is_written(slip, asked):
        return False
    if length > PLAIN:
        return length >= LONG or not _is_grammar(slip, asked) or _is_joined(slip, asked)
    sure = not _is_grammar(slip, asked) and not _may_be_other(slip, asked)
    return (sure or _is_joined(slip, asked)) and _belongs(slip, asked)


def _may_change(slip: Slip) -> bool:
    """Tell whether few hanzi differ, none in a known word, and no usual word is the whole."""
    return (
        len(slip.changed) <= max(1, len(slip.meant) // CHANGED)
        and all(part.loose for part in slip.changed_parts)
        and all(len(part.word) < len(slip.meant) for part in slip.parts if part.usual)
    )


def _is_protected(slip: Slip, folded: str) -> bool:
    """Tell whether the slip touches a number, a place or a person."""
    written = {folded[at] for at in slip.changed}
    written |= {slip.meant[at - slip.start] for at in slip.changed}
    if written & set(NUMERALS) or folded[slip.start - 1 : slip.start].isdigit():
        return True
    if folded[slip.end : slip.end + 1] in UNITS:
        return True
    named = [(one.start, one.end) for one in find_places(folded)]
    named += [one.span() for one in PERSON.finditer(folded)]
    return any(start <= at < end for start, end in named for at in slip.changed)


def _is_grammar(slip: Slip, asked: Asked) -> bool:
    """Tell whether a function word would be changed, or is half of what is no noun (见到)."""
    if any(part.asking for part in slip.changed_parts):
        return True
    holds = len(slip.meant) <= PLAIN and any(part.asking for part in slip.parts)
    return holds and not asked.edition.analyzer.is_noun(slip.meant)


def _is_written(slip: Slip, asked: Asked) -> bool:
    """Tell whether the corpus writes a changed hanzi beside those that stand beside it here.

    For a short term one side is enough. A function word beside the slip says nothing of a hanzi
    that is none itself: 校的 is written of 高校的.
    """
    outside = [one for one in asked.parts if one.asking and one not in slip.parts]
    if any(part.asking for part in slip.changed_parts):
        outside = []
    silent = {place for one in outside for place in (one.start, one.end - 1)}
    firsts = {first for at in slip.changed for first in (at - 1, at) if first >= 0}
    pairs = [asked.folded[at : at + 2] for at in firsts if not silent & {at, at + 1}]
    known = asked.knows(pairs, PAIRS)
    return all(known) if len(slip.meant) >= LONG else any(known)


def _may_be_other(slip: Slip, asked: Asked) -> bool:
    """Tell whether a hanzi beside the slip may be a piece of the same word (医护 beside 名医)."""
    beside = [one for one in asked.parts if one.end == slip.start or one.start == slip.end]
    loose = [part for part in beside if part.loose]
    if not slip.exact:
        return bool(loose)
    asking = any(part.asking for part in slip.parts)
    edges = (max(part.start, slip.start) for part in loose if not part.asking)
    return any(asking or _is_usual(asked.folded[at - 1 : at + 1]) for at in edges)


def _is_usual(word: str) -> bool:
    entry = entry_of(word)
    return entry is not None and entry.frequency >= USUAL


def _is_joined(slip: Slip, asked: Asked) -> bool:
    """Tell whether the corpus writes the term right beside the word that it stands by here."""
    saying = [part for part in asked.parts if _says(part)]
    pairs = [part.word[-1] + slip.meant[0] for part in saying if part.end == slip.start]
    pairs += [slip.meant[-1] + part.word[0] for part in saying if part.start == slip.end]
    return any(asked.knows(pairs, PAIRS))


def _says(part: Part) -> bool:
    """Tell whether a part is a word that the corpus knows, and more than grammar."""
    return len(part.word) > 1 and not part.loose and not part.asking


def _belongs(slip: Slip, asked: Asked) -> bool:
    """Tell whether some passage holds the term and some of the question's other words.

    Without other words a question of one rare word (补铁吃什么) is left as it is.
    """
    others = {part.word for part in asked.parts if _says(part) and part not in slip.parts}
    if not others:
        return entry_of(slip.typed) is None
    index = asked.edition.index
    terms = [SearchTerm(field, word, 1.0) for field in FIELDS for word in (slip.meant, *others)]
    found = [ordinal for ordinal, _ in index.search(terms, LOOKED_AT)]
    held = index.weigh(terms, found).held.reshape(len(FIELDS), -1, len(found))
    term, *words = held[0] | held[1]
    return bool((term & (sum(words) >= SHARE * len(words))).any())
