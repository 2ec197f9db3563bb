"""Read the head of an official paper: title, number, red head, bars and tables of facts."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.knowledge.importing.blocks import BETWEEN_CELLS, Block, Clues, Dropped, Kind
from bot.knowledge.importing.characters import bare, close_up
from bot.knowledge.importing.headings import number_of

_HEAD = 15  # blocks: a red head, number, title of three lines and its notes have ten
_LONGEST_TITLE = 120  # characters: of three issuers and a name in 《》; a bar of facts has fewer
_MOST_BESIDE = 15  # characters beside a number on its line: who signs, not what it is quoted for
_LONGEST_TITLE_LINE = 60
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s?[〔［\[（(【]\s?(?:19|20)\d{2}\s?[〕］\]）)】]\s?第?\s?\d{1,5}\s?号"
)
_RED_HEAD = re.compile(r"[\u4e00-\u9fff\s、]{3,40}文件")
_TITLE_END = re.compile(
    r"(?:通知|办法|细则|规定|方案|意见|公告|通告|公报|指南|条例|决定|批复|函|问答|要点|措施|规划|计划"
    r"|标准|目录|清单|解读|须知|规则|规程|制度|章程|说明|手册|政策|流程|一览表)(?:[（(][^）)]{1,12}[）)])?[》”]?"
)
_NOT_TITLE = re.compile(r"(?:签发人|份号|密级|特急|加急|索引号|发布|来源|日期|浏览|字号|主题)")
_LABELS = {
    "title": ("标题", "名称", "信息名称"),
    "issuer": ("发文机关", "发布机构", "发文单位", "制定机关", "发布单位"),
    "number": ("文号", "发文字号", "发文文号"),
    "issued": ("成文日期", "印发日期", "发文日期"),
    "published": ("发布日期", "发布时间", "公开日期", "发文时间"),
    "publisher": ("来源", "信息来源", "文章来源"),
}
_LABELLED = re.compile(
    "({})\\s*[:：]\\s*([^\\s|:：][^|:：]*?)(?=\\s{{1,}}[\\u4e00-\\u9fff]{{2,6}}\\s*[:：]|\\s*\\||\\s*$)".format(
        "|".join(label for labels in _LABELS.values() for label in labels)
    )
)
_BAR = re.compile(
    r"(?:发布|发表|更新|公开)(?:时间|日期)\s*[:：]|(?:信息|文章)?来源\s*[:：].{0,40}(?:时间|日期)\s*[:：]"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands at the head of a document; empty where nothing was found.

    `labelled` has what stands behind labels such as 发文机关, by the field it is for. `taken`
    are the places of blocks that are text no more: title and number, which the draft has as
    fields, and those in `dropped`. `added` are characters of blocks taken that the file has not.
    """

    title: str
    is_title_copied: bool
    number: str
    is_number_copied: bool
    red_head: str
    labelled: Mapping[str, str]
    taken: frozenset[int]
    added: str
    dropped: tuple[Dropped, ...]


def head_of(blocks: Sequence[Block], clues: Clues) -> Head:
    """Read the head of a document."""
    labelled = dict(_labelled(blocks[:_HEAD]))
    title, of_title = _title(blocks, clues, labelled)
    number, of_number = _number(blocks, labelled)
    whole = {*of_title, *(() if of_number is None else (of_number,))}
    free = [
        (place, block)
        for place, block in enumerate(blocks[:_HEAD])
        if place not in whole and block.kind is not Kind.ROW
    ]
    heads = [place for place, block in free if _RED_HEAD.fullmatch(block.text)]
    bars = [place for place, block in free if _is_bar(block)]
    return Head(
        title=title,
        is_title_copied=not of_title,
        number=number,
        is_number_copied=of_number is None,
        red_head=blocks[heads[0]].text.strip().removesuffix("文件") if heads else "",
        labelled=labelled,
        taken=frozenset((*whole, *heads, *bars)),
        added="".join(blocks[place].added for place in whole),
        dropped=(
            *(Dropped("红头，发文机关见 issuer", blocks[at].text) for at in heads),
            *(Dropped("信息栏，日期和来源见 source", blocks[at].text) for at in bars),
        ),
    )


def _is_bar(block: Block) -> bool:
    return _BAR.match(block.text) is not None and len(block.text) <= _LONGEST_TITLE


def _labelled(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Find what stands behind a label: 发文机关：…, or in the next cell."""
    fields = {label: field for field, labels in _LABELS.items() for label in labels}
    for block in blocks:
        for match in _LABELLED.finditer(block.text):
            yield fields[match[1]], match[2].strip()
        cells = [bare(cell).rstrip(":：") for cell in block.text.split(BETWEEN_CELLS)]
        for label, value in itertools.pairwise(cells):
            if label in fields and value and value not in fields:
                yield fields[label], value


def _title(
    blocks: Sequence[Block], clues: Clues, labelled: Mapping[str, str]
) -> tuple[str, tuple[int, ...]]:
    """Find the title with the places of its lines; no places where it is only quoted."""
    head = list(enumerate(blocks[:_HEAD]))
    styled = [place for place, block in head if block.kind is Kind.HEADING and block.level == 0]
    if styled:
        return _joined(blocks, styled), tuple(styled)
    for place, block in head:
        same = bare(block.text) in (bare(clues.title), bare(labelled.get("title", "")))
        if same and block.kind is not Kind.ROW:
            return block.text, (place,)
    first = [place for place, block in head if block.kind is Kind.HEADING and block.level == 1]
    if first and len([b for b in blocks if b.kind is Kind.HEADING and b.level == 1]) == 1:
        return blocks[first[0]].text, (first[0],)
    lines = _title_lines(head)
    if lines:
        return _joined(blocks, lines), tuple(lines)
    is_heading = bool(head) and head[0][1].kind is Kind.HEADING
    if is_heading and not head[0][1].added and "title" not in labelled:
        return blocks[0].text, (0,)
    return labelled.get("title", ""), ()


def _title_lines(head: Sequence[tuple[int, Block]]) -> list[int]:
    """Give the places of the short lines at the head that end like a title, or of the first."""
    lines: list[int] = []
    for place, block in head:
        text = block.text
        is_body = block.kind is Kind.ROW or len(text) > _LONGEST_TITLE_LINE
        if is_body or text.endswith(("：", ":", "。", "；")) or number_of(text) is not None:
            break
        if _RED_HEAD.fullmatch(text) or _NUMBER.search(text) or _NOT_TITLE.match(text):
            if lines:
                break
            continue
        if block.kind is Kind.HEADING:
            continue
        lines.append(place)
        if _TITLE_END.fullmatch(bare(text)[-14:]) or _ends_title(text):
            return lines
    return lines[:1]


def _ends_title(text: str) -> bool:
    found = list(_TITLE_END.finditer(text))
    return bool(found) and found[-1].end() == len(text)


def _joined(blocks: Sequence[Block], places: Sequence[int]) -> str:
    return close_up("\n".join(blocks[place].text for place in places))


def _number(blocks: Sequence[Block], labelled: Mapping[str, str]) -> tuple[str, int | None]:
    """Find the number of the document, and the place where it stands alone on its line."""
    if "number" in labelled:
        return labelled["number"], None
    for place, block in enumerate(blocks[:_HEAD]):
        match = _NUMBER.search(block.text)
        if match and block.kind is not Kind.ROW and number_of(block.text) is None:
            inner = block.text.strip("（）() ")
            if match[0] == inner and len(block.text) == len(inner):
                return block.text, place
            if len(block.text) - len(match[0]) <= _MOST_BESIDE:
                return match[0], None
    return "", None
