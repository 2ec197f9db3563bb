"""The numbers that Word and WPS count themselves: 一、 or 第三条 stand nowhere in the text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.text.numerals import in_chinese

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_PLACEHOLDER = re.compile(r"%([1-9])")
_LETTERS = 26


@dataclass(frozen=True, slots=True)
class ListLevel:
    """A level of a numbered list: from where it counts, in what, and the text around it."""

    start: int
    form: str
    text: str


class Numbering:
    """Counts the numbered paragraphs of a document in order."""

    def __init__(self, lists: Mapping[str, Mapping[int, ListLevel]]) -> None:
        self._lists = lists
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def next_label(self, number_id: str, level: int) -> str:
        """Give the label of the next paragraph on a level; empty for bullets and no list."""
        levels = self._lists.get(number_id, {})
        if level not in levels or levels[level].form in ("bullet", "none"):
            return ""
        counts = self._counts[number_id]
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]

        def written(match: re.Match[str]) -> str:
            shown = int(match[1]) - 1
            at = levels.get(shown, levels[level])
            return in_form(counts.get(shown, at.start), at.form)

        return _PLACEHOLDER.sub(written, levels[level].text)


def in_form(number: int, form: str) -> str:
    """Write a number as a form of WordprocessingML (ECMA-376, ST_NumberFormat) does."""
    return _FORMS.get(form, str)(number)


def _chinese(number: int) -> str:
    return in_chinese(str(number))


def _circled(number: int) -> str:
    return _CIRCLED[number - 1] if 0 < number <= len(_CIRCLED) else str(number)


def _lower_letter(number: int) -> str:
    return chr(ord("a") + (number - 1) % _LETTERS) * ((number - 1) // _LETTERS + 1)


def _upper_letter(number: int) -> str:
    return _lower_letter(number).upper()


_FORMS: Mapping[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital"),
        _chinese,
    ),
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedCircle": _circled,
    "lowerLetter": _lower_letter,
    "upperLetter": _upper_letter,
}
