"""Guess what a document says of itself: title, issuer, number, dates. A person checks each."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.importing.blocks import BETWEEN_CELLS, Block, Clues, Dropped, Kind
from bot.knowledge.importing.bylines import is_day, is_signature, paper_in
from bot.knowledge.importing.characters import bare, close_up
from bot.knowledge.importing.dates import day_in, first_day, last_day
from bot.knowledge.importing.headings import number_of
from bot.text.normalise import normalise
from bot.text.places import find_places, place_named

_HEAD = 15  # blocks: a red head, number, title of three lines and its notes have ten
_MOST_SIGNED = 6  # lines of organs that sign together
_LONGEST_TITLE = 120  # characters: of three issuers and a name in 《》; a bar of facts has fewer
_LONGEST_TITLE_LINE = 60
_NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s?[〔［\[（(【]\s?(?:19|20)\d{2}\s?[〕］\]）)】]\s?第?\s?\d{1,5}\s?号"
)
_RED_HEAD = re.compile(r"[\u4e00-\u9fff\s、]{3,40}文件")
_ORGAN = r"(?:政府|办公厅|办公室|委员会|厅|局|部|委|院|署|会|中心|银行|公司)"
_ISSUER_IN_TITLE = re.compile(
    rf"((?:[\u4e00-\u9fff]{{2,24}}?{_ORGAN}[、\s]*){{1,6}})(?:办公厅|办公室)?关于"
)
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
_UNKNOWN_PUBLISHER = "请填写发布的单位或网站"


@dataclass(frozen=True, slots=True)
class Guessed:
    """What a draft states beside its sections; empty where nothing was found.

    `added` has the characters of title and number where they are copies of the text.
    """

    title: str
    publisher: str
    issuer: str = ""
    number: str = ""
    issued: str = ""
    region: str = ""
    effective_from: str = ""
    effective_until: str = ""
    published: str = ""
    url: str = ""
    added: str = ""
    dropped: tuple[Dropped, ...] = ()


def guess(blocks: Sequence[Block], clues: Clues, name: str) -> tuple[Guessed, tuple[Block, ...]]:
    """Guess from the head and the tail of a document; give also the blocks that remain text.

    `name` is the file's, for where no title is found. What is taken over whole, such as the
    lines of the title, is text no more.
    """
    labelled = dict(_labelled(blocks[:_HEAD]))
    title, of_title = _title(blocks, clues, labelled)
    taken = set(of_title)
    number, place = _number(blocks, labelled)
    if place is not None:
        taken.add(place)
    heads = [
        place
        for place, block in enumerate(blocks[:_HEAD])
        if _RED_HEAD.fullmatch(block.text) and place not in taken and block.kind is not Kind.ROW
    ]
    bars = [
        place
        for place, block in enumerate(blocks[:_HEAD])
        if _BAR.match(block.text) and len(block.text) <= _LONGEST_TITLE and place not in taken
    ]
    signature, signed = _signature(blocks)
    issuer = _listed(labelled.get("issuer") or _issuer(blocks, heads, title) or signature)
    rest = tuple(
        block for place, block in enumerate(blocks) if place not in taken.union(heads, bars)
    )
    text = "\n".join(block.text for block in rest)
    issued = day_in(labelled.get("issued", "")) or signed
    paper = paper_in("\n".join(block.text for block in blocks[:_HEAD]))
    published = day_in(clues.published) or day_in(labelled.get("published", ""))
    found = Guessed(
        title=title or clues.title or name,
        publisher=clues.publisher
        or labelled.get("publisher", "").partition(" ")[0]
        or issuer
        or paper
        or _UNKNOWN_PUBLISHER,
        issuer=issuer,
        number=number,
        issued=issued,
        region=_region(issuer) or _region(title),
        effective_from=first_day(text, issued),
        published=published,
        url=clues.url if clues.url.startswith(("http://", "https://")) else "",
        added=_added(blocks, taken, "" if of_title else title or clues.title or name)
        + (number if place is None else ""),
        dropped=(
            *(Dropped("红头，发文机关见 issuer", blocks[at].text) for at in heads),
            *(Dropped("信息栏，日期和来源见 source", blocks[at].text) for at in bars),
        ),
    )
    return replace(found, effective_until=last_day(text, found.effective_from)), rest


def _added(blocks: Sequence[Block], taken: set[int], title: str) -> str:
    """Give what title and number have that the text of the file has not."""
    return title + "".join(blocks[place].added for place in taken)


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
    blocks: Sequence[Block], clues: Clues, labelled: dict[str, str]
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


def _number(blocks: Sequence[Block], labelled: dict[str, str]) -> tuple[str, int | None]:
    """Find the number of the document, and the place where it stands alone on its line."""
    if "number" in labelled:
        return labelled["number"], None
    for place, block in enumerate(blocks[:_HEAD]):
        match = _NUMBER.search(block.text)
        if match and block.kind is not Kind.ROW and number_of(block.text) is None:
            inner = block.text.strip("（）() ")
            if match[0] == inner and len(block.text) == len(inner):
                return block.text, place
            if len(block.text) < _LONGEST_TITLE_LINE and "《" not in block.text:
                return match[0], None
    return "", None


def _issuer(blocks: Sequence[Block], heads: Sequence[int], title: str) -> str:
    if heads:
        return blocks[heads[0]].text.strip().removesuffix("文件")
    match = _ISSUER_IN_TITLE.match(title)
    return title[: match.end() - 2] if match else ""


def _signature(blocks: Sequence[Block]) -> tuple[str, str]:
    """Find who signed a document and when: the last names of organs with a day below."""
    for place in range(len(blocks) - 1, 0, -1):
        signed = _signed_above(blocks, place) if is_day(blocks[place].text) else []
        if signed:
            return " ".join(signed), day_in(blocks[place].text)
    return "", ""


def _signed_above(blocks: Sequence[Block], place: int) -> list[str]:
    signed: list[str] = []
    for block in reversed(blocks[max(place - _MOST_SIGNED, 0) : place]):
        if not is_signature(block.text) or block.kind is Kind.ROW:
            break
        signed.insert(0, block.text)
    return signed


def _listed(issuer: str) -> str:
    """Write several issuers with 、 between them."""
    return "、".join(re.split(r"[、\s]+", issuer.strip()))


def _region(text: str) -> str:
    """Give the place that begins a text, as the schema wants it; empty for none."""
    mentions = find_places(normalise(text))
    if mentions and mentions[0].start == 0:
        place = mentions[0].place
        for name in (place.name, f"{place.parent.name if place.parent else ''}{place.name}"):
            if place_named(name) == place:
                return name
    return "国家" if re.match(r"国务院|国家|中华人民共和国|财政部|商务部", text) else ""
