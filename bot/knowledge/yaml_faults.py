"""A parser's complaint about a file, and what it means in the words of whoever wrote it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.knowledge.decoding import Position

_RUNNING_ON = ("simple key", "plain scalar")


@dataclass(frozen=True, slots=True)
class Fault:
    """A parser's complaint about a file: `at` is where it gave up, `since` what it was reading."""

    lines: tuple[str, ...]
    problem: str
    context: str
    at: Position
    since: Position | None

    def line(self, number: int) -> str:
        """Give a line by its number from 1; beyond the end it is empty."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def before(self, number: int) -> int:
        """Give the number of the last line with anything in it before another; 0 for none."""
        number -= 1
        while number > 0 and not self.line(number).strip():
            number -= 1
        return number

    def upwards(self) -> Iterator[int]:
        """Give the numbers of the lines that may be wrong, nearest to the complaint first.

        They reach to where a text that went on too long began, else to the line before.
        """
        ran_on = self.since and self.context.endswith(_RUNNING_ON)
        last = min(self.at.line, len(self.lines))
        yield last
        for number in range(last - 1, 0, -1):
            yield number
            if self.since.line >= number if self.since and ran_on else self.line(number).strip():
                return

    def last_text(self) -> Position:
        """Give where the parser gave up, or the end of the text where that is beyond it."""
        number, column = self.at.line, self.at.column
        while number > 1 and not self.line(number).strip():
            number -= 1
            column = len(self.line(number))
        return Position(number, max(column, 1))

    def with_character(self, at: Position, character: str) -> dict[int, str]:
        """Give the line of a place with that one character replaced."""
        line = self.line(at.line)
        return {at.line: line[: at.column - 1] + character + line[at.column :]}


@dataclass(frozen=True, slots=True)
class Explanation:
    """Where the mistake is, what is wrong and what to do instead, in Chinese.

    `mended` holds lines by number as they may have been meant, so that reading can go on; none
    where nobody can tell.
    """

    at: Position
    what: str
    remedy: str
    mended: dict[int, str] = field(default_factory=dict)
