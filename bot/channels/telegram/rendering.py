"""Answer → messages: what stands in them and which buttons hang below; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.channels.telegram.markup import Run, html_of, part_of, plain_of, sendable, split, stripped
from bot.channels.telegram.pressing import choice_callback, passage_callback
from bot.models.questions import FOUND, Answer, Block, BlockKind, Evidence, Span

LONGEST_CALLBACK = 64  # bytes of UTF-8: Telegram refuses a whole message for one byte more
LONGEST_LABEL = 30  # characters of a heading: more is cut off on a phone anyway
QUOTATION = "blockquote expandable"
KEPT_TOGETHER = (BlockKind.SOURCE, BlockKind.STATUS)
UNFOLD = "展开全文"


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message; `callback` is what Telegram sends back, at most 64 bytes."""

    label: str
    callback: str

    def __post_init__(self) -> None:
        if not 0 < len(self.callback.encode()) <= LONGEST_CALLBACK:
            raise ValueError(f"a callback of 1 to {LONGEST_CALLBACK} bytes: {self.callback!r}")


@dataclass(frozen=True, slots=True)
class Message:
    """A message as Telegram takes it: HTML, the same as plain text, one button a row."""

    html: str
    text: str
    buttons: tuple[Button, ...] = ()


def messages_of(answer: Answer) -> tuple[Message, ...]:
    """Render an answer as one or more messages; the buttons hang below the last."""
    return _messages(answer.blocks, _buttons_of(answer))


def notice_of(*paragraphs: str, topics: tuple[str, ...] = ()) -> tuple[Message, ...]:
    """Render paragraphs of our own, with topics as buttons that ask for them."""
    blocks = tuple(Block(BlockKind.NOTE, paragraph) for paragraph in paragraphs)
    return _messages(blocks, tuple(_choice_buttons(topics)))


def _messages(blocks: tuple[Block, ...], buttons: tuple[Button, ...]) -> tuple[Message, ...]:
    parts = tuple(split(_runs_of(blocks)))
    return tuple(
        Message(html_of(part), plain_of(part), buttons if place == len(parts) else ())
        for place, part in enumerate(parts, start=1)
    )


def _runs_of(blocks: tuple[Block, ...]) -> tuple[Run, ...]:
    runs: list[Run] = []
    before: BlockKind | None = None
    for block in blocks:
        inner = stripped(_marked(block))
        if not inner:
            continue
        if before:
            together = before in KEPT_TOGETHER and block.kind in KEPT_TOGETHER
            runs.append(Run("\n" if together else "\n\n"))
        runs.extend(inner)
        before = block.kind
    return tuple(runs)


def _marked(block: Block) -> tuple[Run, ...]:
    """Cut a block at its bold spans; spans may overlap, be out of order or out of range."""
    outer = (QUOTATION,) if block.kind is BlockKind.QUOTE else ()
    whole = (Run(sendable(block.text), outer),)
    runs: list[Run] = []
    position = 0
    for start, end in _in_order(block.bold, len(block.text)):
        runs.extend(part_of(whole, position, start))
        runs.extend(Run(run.text, (*outer, "b")) for run in part_of(whole, start, end))
        position = end
    return (*runs, *part_of(whole, position, len(block.text)))


def _in_order(spans: tuple[Span, ...], length: int) -> Iterator[tuple[int, int]]:
    reached = 0
    for span in sorted(spans, key=lambda span: span.start):
        start, end = max(span.start, reached), min(span.end, length)
        if start < end:
            yield start, end
            reached = end


def _buttons_of(answer: Answer) -> tuple[Button, ...]:
    labels = (*(choice.label for choice in answer.choices), *answer.related)
    choices = _choice_buttons(labels)
    if answer.outcome not in FOUND or not answer.evidence:
        return tuple(choices)
    first, *further = answer.evidence
    passages = [_passage_button(answer.edition, each) for each in further]
    if _is_folded(first):
        passages.insert(0, _passage_button(answer.edition, first, UNFOLD))
    return (*passages, *choices)


def _is_folded(evidence: Evidence) -> bool:
    return len(evidence.excerpt.text.strip()) < len(evidence.hit.passage.text.strip())


def _passage_button(edition: str, evidence: Evidence, label: str = "") -> Button:
    heading = label or evidence.citation.heading.strip() or evidence.citation.title.strip()
    return Button(_cut_label(heading), passage_callback(edition, evidence.hit.ordinal))


def _choice_buttons(labels: tuple[str, ...]) -> Iterator[Button]:
    """Give a button for each label; not cut, because pressing one asks its label."""
    for index, label in enumerate(labels):
        if label.strip():
            yield Button(sendable(label).strip(), choice_callback(index))


def _cut_label(label: str) -> str:
    label = sendable(label)
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"
