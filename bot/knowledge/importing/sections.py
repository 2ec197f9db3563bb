"""From blocks to sections: each under the heading that names it, and no character lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.knowledge.importing.blocks import Block, Kind
from bot.knowledge.importing.headings import LONGEST_HEADING, SIGNATURE, Opening, Rank, opening_of
from bot.text.normalise import sentences

LONGEST_SECTION = 2_000  # characters: some screens; what is longer is cut between paragraphs
PREAMBLE = "开头"  # the heading of what stands before the first one
WHOLE = "正文"  # and of a text without any


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A section of a draft. `added` has the characters in it that its source has not."""

    heading: str
    text: str
    added: str


@dataclass(slots=True, eq=False)
class _Node:
    """A heading that was met; it is spent once a section has said it."""

    rank: int
    text: str
    added: str = ""
    is_spent: bool = False


@dataclass(slots=True)
class _Part:
    """The text under a heading, with the headings that it stands under."""

    above: tuple[_Node, ...]
    blocks: list[Block] = field(default_factory=list)


def sections_of(blocks: Sequence[Block]) -> tuple[DraftSection, ...]:
    """Cut blocks into sections with headings that are unique; the same characters, in order."""
    named: set[str] = set()
    parts = _with_text(_parts(_ranked(blocks)))
    sections = (piece for part in parts for piece in _pieces(part, len(parts) == 1))
    return tuple(_unique(section, named) for section in sections)


def _ranked(blocks: Sequence[Block]) -> list[tuple[Block, Opening | None]]:
    """Give each block with the heading it opens; numbers rank as their styled likes do."""
    found: list[tuple[Block, Opening | None]] = []
    is_in_article = False
    for place, block in enumerate(blocks):
        following = blocks[place + 1] if place + 1 < len(blocks) else None
        opening = opening_of(block, following, is_in_article)
        if opening:
            is_in_article = opening.rank == Rank.ARTICLE or (
                is_in_article and opening.rank == Rank.PLAIN
            )
        found.append((block, opening))
    return found


def _parts(ranked: Sequence[tuple[Block, Opening | None]]) -> list[_Part]:
    stack: list[_Node] = []
    parts = [_Part(())]
    for block, opening in ranked:
        if opening is None:
            parts[-1].blocks.append(block)
            continue
        while stack and (stack[-1].rank >= opening.rank or stack[-1].text == SIGNATURE):
            stack.pop()
        added = "" if opening.is_copied else block.added
        stack.append(_Node(opening.rank, opening.heading, added, opening.is_copied))
        parts.append(_Part(tuple(stack)))
        if opening.rest:
            rest_added = block.added if opening.is_copied else ""
            parts[-1].blocks.append(Block(Kind.PARAGRAPH, opening.rest, added=rest_added))
    return parts


def _with_text(parts: Sequence[_Part]) -> list[_Part]:
    """Leave out headings without text: the next part stands under them, or they become text."""
    kept: list[_Part] = []
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else _Part(())
        if _only_names_attachment(part, following):
            following.blocks[:0] = part.blocks
            part.blocks.clear()
        if part.blocks:
            kept.append(part)
            continue
        before = kept[-1] if kept else _Part(())
        unsaid = [
            node
            for node in part.above
            if not node.is_spent and node not in before.above and node not in following.above
        ]
        if not unsaid:
            continue
        lines = [Block(Kind.PARAGRAPH, node.text, added=node.added) for node in unsaid]
        for node in unsaid:
            node.is_spent = True
        if _is_first_below(part, before, following):
            following.blocks[:0] = lines
            continue
        if not kept:
            kept.append(_Part(()))
        kept[-1].blocks.extend(lines)
    return kept


def _is_first_below(part: _Part, before: _Part, following: _Part) -> bool:
    """Tell whether a heading is the first thing under one that the next part is under too."""
    above = part.above[-2] if len(part.above) > 1 else None
    return above is not None and above in following.above and above not in before.above


def _only_names_attachment(part: _Part, following: _Part) -> bool:
    """Tell whether under 附件1 stands but its title, and what it holds stands below."""
    is_attachment = len(part.above) == 1 and part.above[0].rank == Rank.ATTACHMENT
    is_above = bool(part.above) and part.above[-1] in following.above
    text = "".join(block.text for block in part.blocks)
    return is_attachment and is_above and len(text) <= LONGEST_HEADING and "。" not in text


def _pieces(part: _Part, is_only: bool) -> Iterator[DraftSection]:
    heading, unsaid, added = _name(part.above)
    heading = heading or (WHOLE if is_only else PREAMBLE)
    if not part.above:
        added = heading
    lines = [
        *(Block(Kind.PARAGRAPH, node.text, added=node.added) for node in unsaid),
        *part.blocks,
    ]
    cut = tuple(_cut(lines))
    for number, piece in enumerate(cut, 1):
        text = "\n".join(line.text for line in piece)
        more = "".join(line.added for line in piece)
        if number == 1:
            yield DraftSection(heading, text, added + more)
        else:
            yield DraftSection(heading, text, heading + more)


def _name(above: tuple[_Node, ...]) -> tuple[str, tuple[_Node, ...], str]:
    """Give a section's heading, the headings above that it has no room for, what is repeated."""
    if not above:
        return "", (), ""
    shown = [above[-1]]
    for node in reversed(above[:-1]):
        if sum(len(one.text) + 1 for one in shown) + len(node.text) > LONGEST_HEADING:
            break
        shown.insert(0, node)
    unsaid = tuple(node for node in above if node not in shown and not node.is_spent)
    own = above[-1].text
    if len(own) > LONGEST_HEADING and not above[-1].is_spent:
        unsaid = (*unsaid, above[-1])
        shown[-1] = _Node(above[-1].rank, f"{own[: LONGEST_HEADING - 1]}…", is_spent=True)
    added = "".join(node.text if node.is_spent else node.added for node in shown)
    for node in (*shown, *unsaid):
        node.is_spent = True
    return " ".join(node.text for node in shown), unsaid, added


def _cut(lines: Sequence[Block]) -> Iterator[list[Block]]:
    """Cut a long section between its blocks; a table that is cut says its header again."""
    piece: list[Block] = []
    header: Block | None = None
    for line in (part for whole in lines for part in _short(whole)):
        if line.kind is not Kind.ROW:
            header = None
        elif header is None:
            header = line
        if piece and sum(len(one.text) for one in piece) + len(line.text) > LONGEST_SECTION:
            yield piece
            piece = [replace(header, added=header.text)] if header and header is not line else []
        piece.append(line)
    yield piece


def _short(block: Block) -> Iterator[Block]:
    """Cut a paragraph that is longer than a section at ends of sentences, else anywhere."""
    start = end = 0
    for _, sentence_end in sentences(block.text):
        if sentence_end - start > LONGEST_SECTION and end > start:
            yield replace(block, text=block.text[start:end], added="")
            start = end
        end = sentence_end
        while end - start > LONGEST_SECTION:
            yield replace(block, text=block.text[start : start + LONGEST_SECTION], added="")
            start += LONGEST_SECTION
    yield replace(block, text=block.text[start:])


def _unique(section: DraftSection, named: set[str]) -> DraftSection:
    heading, number = section.heading, 1
    while heading in named:
        number += 1
        heading = f"{section.heading}（{number}）"
    named.add(heading)
    return replace(section, heading=heading, added=section.added + heading[len(section.heading) :])
