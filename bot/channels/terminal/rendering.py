"""Answer → text with rich's markup-free styles: what decides is bold."""

from __future__ import annotations

from rich.text import Text

from bot.channels.wire import CLOSE
from bot.models.questions import Answer, Block, BlockKind

STYLES = {
    BlockKind.UNDERSTOOD: "italic",
    BlockKind.QUOTE: "dim",
    BlockKind.SOURCE: "dim",
    BlockKind.STATUS: "dim",
}


def rendered(answer: Answer) -> Text:
    """Write an answer for a terminal: `wire.plain_text`, and what else can be asked."""
    text = Text()
    previous = None
    for block in answer.blocks:
        if previous is not None:
            text.append("\n" if block.kind in CLOSE and previous in CLOSE else "\n\n")
        text.append(_styled(block))
        previous = block.kind
    for number, choice in enumerate(answer.choices, 1):
        text.append(
            f"\n\n{number}. {choice.label}" if number == 1 else f"\n{number}. {choice.label}"
        )
    if answer.related:
        text.append(f"\n\n还可以问：{'；'.join(answer.related)}", "dim")
    return text


def _styled(block: Block) -> Text:
    text = Text(block.text, style=STYLES.get(block.kind, ""))
    for span in block.bold:
        text.stylize("bold", span.start, span.end)
    return text
