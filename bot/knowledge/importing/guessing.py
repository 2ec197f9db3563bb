"""Guess what a document says of itself: title, issuer, number, dates. A person checks each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.knowledge.importing.blocks import Block, Clues, Dropped, Kind
from bot.knowledge.importing.bylines import is_day, is_signature, paper_in
from bot.knowledge.importing.dates import day_in, first_day, last_day
from bot.knowledge.importing.heads import Head, head_of
from bot.text.normalise import normalise
from bot.text.places import find_places, place_named

_MOST_SIGNED = 6  # lines of organs that sign together
_ORGAN = r"(?:政府|办公厅|办公室|委员会|厅|局|部|委|院|署|会|中心|银行|公司)"
_ISSUER_IN_TITLE = re.compile(
    rf"((?:[\u4e00-\u9fff]{{2,24}}?{_ORGAN}[、\s]*){{1,6}})(?:办公厅|办公室)?关于"
)
_URL = re.compile(r"https?://[^\s/?#]+\S*")
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
    head = head_of(blocks, clues)
    rest = tuple(block for place, block in enumerate(blocks) if place not in head.taken)
    text = "\n".join(block.text for block in rest)
    title = head.title or clues.title or name
    signature, signed = _signature(blocks)
    issuer = _listed(
        head.labelled.get("issuer") or head.red_head or _issuer_in(title) or signature
    )
    issued = day_in(head.labelled.get("issued", "")) or signed
    copied = (title if head.is_title_copied else "", head.number if head.is_number_copied else "")
    found = Guessed(
        title=title,
        publisher=_publisher(blocks, clues, head, issuer),
        issuer=issuer,
        number=head.number,
        issued=issued,
        region=_region(issuer) or _region(title),
        effective_from=first_day(text, issued),
        published=day_in(clues.published) or day_in(head.labelled.get("published", "")),
        url=clues.url if _URL.fullmatch(clues.url) else "",
        added="".join((*copied, head.added)),
        dropped=head.dropped,
    )
    return replace(found, effective_until=last_day(text, found.effective_from)), rest


def _publisher(blocks: Sequence[Block], clues: Clues, head: Head, issuer: str) -> str:
    labelled = head.labelled.get("publisher", "").partition(" ")[0]
    paper = paper_in("\n".join(block.text for block in blocks))
    return clues.publisher or labelled or issuer or paper or _UNKNOWN_PUBLISHER


def _issuer_in(title: str) -> str:
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
