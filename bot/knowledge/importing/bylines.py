"""Know the lines that name who wrote or signed a text, and when."""

from __future__ import annotations

import re

from bot.text.figures import searchable

_PAPERS = r"[\u4e00-\u9fff]{2,8}?(?:日报|晚报|时报|早报|新闻网|网|社)"
# 湖南日报9月4日讯(记者 …), 新华社北京9月4日电, 本报讯
_DATELINE = re.compile(
    rf"{_PAPERS}[\u4e00-\u9fff]{{0,6}}?\d{{1,2}}月\d{{1,2}}日[讯电]|本报讯|本报[\u4e00-\u9fff]{{0,4}}\d{{1,2}}月"
)
_WRITERS = re.compile(
    r"[^。，；：]{0,24}(?:记者|通讯员|见习生|评论员)\s*[^。，；：]{2,40}|[文图][/／].{2,20}"
)
_NAMES = re.compile(r"(?:[\u4e00-\u9fff]{2,4}\s+){1,5}[\u4e00-\u9fff]{2,4}")
_ORGANS = re.compile(
    r"(?:[\u4e00-\u9fff]{2,24}(?:政府|办公厅|办公室|委员会|厅|局|部|委|院|署|会|中心|银行|公司)"
    r"[、\s]*){1,6}"
)
_DAY = re.compile(r"\s*\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日\s*")
_LONGEST = 60  # characters: of four writers with their papers
_PAPER = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|时报|早报|新闻网|电视台)|新华社|新华网|人民网"
)


def is_dateline(text: str) -> bool:
    """Tell whether a paragraph begins with the paper and the day of a report."""
    return _DATELINE.match(text) is not None


def is_byline(text: str) -> bool:
    """Tell whether a paragraph only names the writers of what follows."""
    if len(text) > _LONGEST:
        return False
    return bool(_WRITERS.fullmatch(text) or _NAMES.fullmatch(text))


def paper_in(text: str) -> str:
    """Find the name of a paper in a text; empty for none."""
    found = _PAPER.search(text)
    return found[0] if found else ""


def is_signature(text: str) -> bool:
    """Tell whether a paragraph only names organs, as at the end of an official paper."""
    return len(text) <= 2 * _LONGEST and _ORGANS.fullmatch(text) is not None


def is_day(text: str) -> bool:
    """Tell whether a paragraph is a day and nothing else: 2024年9月1日, 二〇二四年九月一日."""
    return len(text) <= _LONGEST and _DAY.fullmatch(searchable(text)) is not None
