"""Question in Traditional script → words of Taiwan that the corpus has in the mainland's form."""

from __future__ import annotations

from collections.abc import Iterator

from bot.retrieval.slips import FIELDS, HANZI, PAIRS, Asked, Part, Slip
from bot.text.normalise import in_mainland_words

MOST_PARTS = 3  # that make up one such word: 网 际 网路


def regional_slips(text: str, asked: Asked) -> Iterator[Slip]:
    """Find words that the corpus neither knows nor writes, and does know in the other form."""
    if not _is_traditional(text, asked.folded) or in_mainland_words(text) == asked.folded:
        return
    parts = asked.parts
    for first in range(len(parts)):
        for last in range(first + 1, min(first + MOST_PARTS, len(parts)) + 1):
            stretch = parts[first:last]
            slip = _slip(text, stretch)
            if slip is None:
                continue
            whole = len(stretch) == 1 or _slip(text, stretch[1:]) is None
            if whole and not _writes(slip.typed, asked) and _knows(slip.meant, asked):
                yield slip
            break


def _is_traditional(text: str, folded: str) -> bool:
    """Tell whether a text that stays as long when it is folded has a Traditional hanzi."""
    return len(text) == len(folded) and any(
        one != other and HANZI.match(one) for one, other in zip(text, folded, strict=True)
    )


def _slip(text: str, stretch: tuple[Part, ...]) -> Slip | None:
    """Make a slip of parts that the corpus does not know, where their word has another form."""
    if not all(part.loose for part in stretch):
        return None
    start, end = stretch[0].start, stretch[-1].end
    typed = "".join(part.word for part in stretch)
    meant = in_mainland_words(text[start:end])
    return Slip(start, end, typed, meant, stretch, (), exact=True) if meant != typed else None


def _writes(text: str, asked: Asked) -> bool:
    pairs = [text[at : at + 2] for at in range(len(text) - 1)]
    return bool(pairs) and all(asked.knows(pairs, PAIRS))


def _knows(term: str, asked: Asked) -> bool:
    words = asked.edition.analyzer.cut_whole(term)
    return max(map(len, words)) > 1 and all(asked.knows(words, FIELDS))
