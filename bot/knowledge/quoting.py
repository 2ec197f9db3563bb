"""What rules say must stand in their document: the quote word for word, and every figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TypeAlias

from bot.errors import Problem
from bot.knowledge.quantities import COUNT, DURATION, MONEY, SHARE, UNCAPPED
from bot.knowledge.reading import EACH, FieldPath, Reading, shown
from bot.text.figures import figure_terms, searchable
from bot.text.numerals import NUMERALS, in_chinese

_CALENDAR = re.compile(r"个?(?:自然|日历)日")
_COUNTERS = "件台套个部辆项份次张种人户笔宗"  # what is paid for is counted by one of these
_Figures: TypeAlias = dict[tuple[str | int, ...], str]
_FIGURES: dict[str, _Figures] = {  # fields of a rule that hold a figure, with what they are called
    "benefits": {("rates", EACH, "rate"): "比例", ("cap",): "金额", ("limit", "count"): "件数"},
    "time_limits": {("within",): "时限"},
}
_ALL_WORKING = re.compile(r"[为指按(]工作日")  # 本办法所称日均为工作日: then 2日 is 2个工作日
_CAP = re.compile(r"(?:最高|最多|至多|上限|封顶|不超过)[^。；，\n]{0,10}?[0-9.]+元")
_SHOWN = 5  # figures of a section in a message: who looks for his own finds it among so many


def find_quote(quote: str, texts: Iterable[str]) -> str | None:
    """Find a quote word for word in one of the texts; give it exactly as the text has it.

    Only whitespace at line ends may differ.
    """
    pattern = _pattern_of(quote)
    found = (pattern.search(text) for text in texts)
    return next((match[0] for match in found if match), None)


def _pattern_of(quote: str) -> re.Pattern[str]:
    lines = (re.escape(line.rstrip()) for line in quote.strip().split("\n"))
    return re.compile(r"[^\S\n]*\n".join(lines))


def problems_of_rules(reading: Reading) -> Iterator[Problem]:
    """Check that every rule's quote stands in a section, and its figures in the same section."""
    texts = [text for _, text in reading.texts("sections", EACH, "text") if text]
    sure = _all_read(reading, len(texts))
    for rules, figures in _FIGURES.items():
        for path, quote in reading.texts(rules, EACH, "quote"):
            pattern = _pattern_of(quote)
            quoted = [text for text in texts if pattern.search(text)]
            if not quote:
                continue
            if quoted:
                yield from _unstated(reading, path[:2], figures, "\n".join(quoted))
            elif sure:
                what = "引文在本文件任何一节的正文里都找不到"
                yield reading.problem(path, what, "从正文里逐字复制，标点也要相同，不跨节")


def _all_read(reading: Reading, count: int) -> bool:
    """Tell whether every section's text was read as it stands, so that a quote can be missed."""
    sections = reading.tree.get("sections") if isinstance(reading.tree, dict) else None
    begin = reading.values[("sections",)].line if sections else 0
    mended = any(line > begin for line in reading.touched)
    return isinstance(sections, list) and len(sections) == count and not mended


def _unstated(
    reading: Reading, rule: FieldPath, figures: _Figures, text: str
) -> Iterator[Problem]:
    """Report the figures of a rule that do not stand in the sections that it quotes."""
    folded = _CALENDAR.sub("日", searchable(text))
    for field, called in figures.items():
        for path, value in reading.texts(*rule, *field):
            if value == UNCAPPED:
                yield from _capped(reading, path, folded)
            elif not _is_stated(value, folded):
                what = f"{called} {shown(value)} 在引文所在的一节里没有"
                yield reading.problem(path, what, _remedy(value, folded))


def _is_stated(value: str, folded: str) -> bool:
    """Tell whether a figure stands in a text; what is no figure is for the schema to report."""
    if COUNT.fullmatch(value):
        forms = {value, in_chinese(value), *(["两"] if value == "2" else [])}
        counted = "|".join(sorted(forms))
        return re.search(f"(?<![0-9.{NUMERALS}])(?:{counted})[{_COUNTERS}]", folded) is not None
    if not any(kind.fullmatch(value) for kind in (SHARE, MONEY, DURATION)):
        return True
    wanted = searchable(value)
    days = re.sub(r"\D.*", "", wanted)
    forms = {wanted}
    if wanted.endswith("日") and ("工作" not in wanted or _ALL_WORKING.search(folded)):
        forms |= {f"{days}日", f"{days}天"}
    return not forms.isdisjoint(figure_terms(folded))


def _remedy(value: str, folded: str) -> str:
    kind = value[-1:]
    alike = [term for term in dict.fromkeys(figure_terms(folded)) if term[-1:] in (kind, "天")]
    if COUNT.fullmatch(value) or not alike:
        return "照原文改，或换成写着它的引文"
    return f"这一节写的是 {'、'.join(alike[:_SHOWN])}，照它改，或换成写着它的引文"


def _capped(reading: Reading, path: FieldPath, folded: str) -> Iterator[Problem]:
    stated = _CAP.search(folded)
    if stated:
        what = f"写了{UNCAPPED}，引文所在的一节里却有“{stated[0]}”"
        yield reading.problem(path, what, "把金额写在 cap 里，如 cap: 2000元")
