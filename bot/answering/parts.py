"""One message → its questions, each with the background that is told before it."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.answering.smalltalk import is_small_talk
from bot.retrieval.cues import is_asking

MOST = 3  # questions answered at once: what a phone screen holds, folded
PIECE = re.compile(r"[^？?！!。；;\n]+[？?！!。；;\n]*")
ENDS = re.compile(r"[？?！!。；;\s]+$")
NUMBER = re.compile(r"^\s*(\d{1,2}|[一二三四五六七八九])\s*[.、．)）:：]\s*(?!\d)")
AND_ASKED = re.compile(
    r"[，,]\s*(?=(还有|另外|以及|再问|顺便问|再有)[^，,]{2,})|\s+(?=\d{1,2}\s*[.、．)）]\s*\D)"
)


def parts_of(text: str) -> tuple[str, ...]:
    """Cut a message into its questions; what asks nothing goes with the question that follows.

    A message of one question, or of none, is one part as it stands.
    """
    parts: list[str] = []
    told = ""
    for piece in _pieces(text):
        asked = ENDS.sub("", piece)
        told += NUMBER.sub("", piece)
        if is_asking(asked) and not is_small_talk(asked):
            parts.append(told.strip())
            told = ""
    if len(parts) < 2:  # noqa: PLR2004 - one question is no list
        return (text,)
    return (*parts[:-1], parts[-1] + told)


def _pieces(text: str) -> list[str]:
    return [piece for one in PIECE.findall(text) for piece in _cut(one)]


def _cut(piece: str) -> list[str]:
    places = [0, *(one.end() for one in AND_ASKED.finditer(piece)), len(piece)]
    return [piece[start:end] for start, end in pairwise(places)]
