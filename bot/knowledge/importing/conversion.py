"""From what was read of a file to its drafts, with every character accounted for. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.knowledge.decoding import LARGEST_FILE
from bot.knowledge.files import StaffFile
from bot.knowledge.importing.articles import articles_of
from bot.knowledge.importing.blocks import (
    Block,
    Clues,
    Dropped,
    Extract,
    Kind,
    Unreadable,
)
from bot.knowledge.importing.bylines import paper_in
from bot.knowledge.importing.characters import bare, clean, hidden_in
from bot.knowledge.importing.coverage import Coverage, cover
from bot.knowledge.importing.drafting import draft_text, marked_fields, missing_fields
from bot.knowledge.importing.guessing import Guessed, guess
from bot.knowledge.importing.naming import slug_of
from bot.knowledge.importing.outcome import Account, Draft, DroppedKind
from bot.knowledge.importing.sections import DraftSection, sections_of
from bot.knowledge.relations import problems_within
from bot.knowledge.schema import DocumentFields
from bot.knowledge.sheets import read_sheet

MOST_CHARACTERS = 2_000_000  # 2,000 full pages: what has more is no one document
_SECTION_BYTES = LARGEST_FILE * 3 // 4  # of sections in a draft: heads and indents come on top
_MOST_ARTICLES = 40  # of a page; a newspaper has ten
_REPEATED_FROM = 20  # characters: shorter paragraphs are the same by chance
_SHOWN = 24  # characters of a paragraph in a message: enough to find it
HIDDEN = "看不见的字符"


@dataclass(frozen=True, slots=True)
class _Piece:
    """What becomes one draft: guesses, sections, and what these have that the file has not."""

    guessed: Guessed
    sections: tuple[DraftSection, ...]
    added: tuple[str, ...]


def convert(name: str, extract: Extract) -> tuple[tuple[Draft, ...], Account]:
    """Make the drafts of what was read of a file; `name` is the file's, without folders.

    Raises `Unreadable` where there is nothing to draft, or a character would be lost.
    """
    if len(extract.source) > MOST_CHARACTERS:
        remedy = f"拆成几个文件，每个不超过 {MOST_CHARACTERS // 10_000} 万字"
        raise Unreadable("文字太多", remedy)
    cleaned = _cleaned(extract)
    if not cleaned.blocks:
        raise Unreadable("没有文字", "如果是扫描件或图片，先做文字识别，存为 docx 或 txt 再导入")
    pieces = tuple(_pieces(cleaned, _stem(name)))
    notes = (extract.clues.note,) if extract.clues.note else ()
    drafts = tuple(_draft(piece, name, notes, len(pieces) == 1) for piece in pieces)
    taken = tuple(one for piece in pieces for one in piece.guessed.dropped)
    dropped = (*cleaned.dropped, *taken)
    read_back = tuple(_kept(draft) for draft in drafts)
    added = (text for piece in pieces for text in piece.added)
    coverage = cover(cleaned.source, read_back, (one.text for one in dropped), added)
    if not coverage.is_whole:
        raise _incomplete(coverage)
    kinds = (*_kinds(dropped), *_hidden(extract.source))
    repeated = _repeated(cleaned.blocks)
    return drafts, Account(coverage.characters, kinds, repeated, extract.clues.note)


def _hidden(source: str) -> tuple[DroppedKind, ...]:
    """Name the characters that nobody sees; they count as none of the file's."""
    codes = sorted({f"U+{ord(one):04X}" for one in hidden_in(source)})
    return (DroppedKind(HIDDEN, 0, tuple(codes)),) if codes else ()


def _incomplete(coverage: Coverage) -> Unreadable:
    lost = coverage.lost
    what = f"有{len(lost)}个字没能放进草稿（{lost[:_SHOWN]}）" if lost else "草稿比原文多出了字"
    return Unreadable(what, "没有写草稿；请用 Word 或 WPS 另存为 docx，或把文字复制到 txt 再导入")


def _stem(name: str) -> str:
    return clean(name.rpartition(".")[0] or name).strip() or "未命名"


def _cleaned(extract: Extract) -> Extract:
    """Clean all texts alike, so that what is compared was mended in the same way."""
    blocks = (
        replace(block, text=" ".join(clean(block.text).split()), added=clean(block.added))
        for block in extract.blocks
    )
    clues = extract.clues
    return Extract(
        tuple(block for block in blocks if block.text),
        clean(extract.source),
        tuple(Dropped(one.reason, clean(one.text)) for one in extract.dropped),
        Clues(
            *(clean(text) for text in (clues.title, clues.publisher, clues.published, clues.url))
        ),
    )


def _pieces(extract: Extract, stem: str) -> Iterator[_Piece]:
    articles = articles_of(extract.blocks)
    if len(articles) > _MOST_ARTICLES:
        articles = (extract.blocks,)
    clues = extract.clues
    if (
        len(articles) > 1 and not clues.publisher
    ):  # a page is of one paper, also where it is not said
        clues = replace(clues, publisher=paper_in("\n".join(one.text for one in extract.blocks)))
    for article in articles:
        guessed, rest = guess(article, clues, stem)
        sections = sections_of(rest) or (
            DraftSection("正文", guessed.title, f"正文{guessed.title}"),
        )
        for number, part in enumerate(_parted(sections)):
            title = guessed.title if number == 0 else f"{guessed.title}（{number + 1}）"
            added = guessed.added if number == 0 else title + guessed.number
            yield _Piece(
                replace(guessed, title=title, dropped=() if number else guessed.dropped),
                part,
                (added, *(section.added for section in part)),
            )


def _parted(sections: Sequence[DraftSection]) -> Iterator[tuple[DraftSection, ...]]:
    """Part sections that one staff file could not hold, in order."""
    part: list[DraftSection] = []
    size = 0
    for section in sections:
        here = len(f"{section.heading}{section.text}".encode())
        if part and size + here > _SECTION_BYTES:
            yield tuple(part)
            part, size = [], 0
        part.append(section)
        size += here
    yield tuple(part)


def _draft(piece: _Piece, name: str, notes: Sequence[str], is_only: bool) -> Draft:
    return Draft(
        slug=slug_of(piece.guessed.title, name, is_only),
        title=piece.guessed.title,
        text=draft_text(piece.guessed, piece.sections, clean(name), notes),
        sections=len(piece.sections),
        marked=marked_fields(piece.guessed),
        missing=missing_fields(piece.guessed),
    )


def _kept(draft: Draft) -> str:
    """Read a draft as the loader will, and give all that it holds of its source.

    Raises `Unreadable` where `policybot check` would find something wrong with it.
    """
    sheet = read_sheet(DocumentFields, StaffFile("draft.yaml", draft.text.encode()))
    problems = (*sheet.problems, *problems_within(sheet.reading))
    if problems or sheet.fields is None:
        first = problems[0]
        what = f"做成的草稿通不过检查（{first.field}：{first.what}）"
        raise Unreadable(what, "没有写草稿；请把正文复制到 txt 再导入")
    sections = (f"{one.heading}\n{one.text}" for one in sheet.fields.sections)
    return "\n".join((sheet.fields.title, sheet.fields.number, *sections))


def _kinds(dropped: Sequence[Dropped]) -> tuple[DroppedKind, ...]:
    reasons = dict.fromkeys(one.reason for one in dropped)
    found = []
    for reason in reasons:
        texts = [one.text for one in dropped if one.reason == reason]
        count = sum(len(bare(text)) for text in texts)
        said = Counter(" ".join(text.split()) for text in texts)
        shown = tuple(text if times == 1 else f"{text} ×{times}" for text, times in said.items())
        found.append(DroppedKind(reason, count, shown))
    return tuple(found)


def _repeated(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Give the beginnings of long paragraphs that stand in the file more than once."""
    counted = Counter(bare(block.text) for block in blocks if block.kind is not Kind.ROW)
    return tuple(
        f"{text[:_SHOWN]}… ×{times}" if len(text) > _SHOWN else f"{text} ×{times}"
        for text, times in counted.items()
        if times > 1 and len(text) >= _REPEATED_FROM
    )
