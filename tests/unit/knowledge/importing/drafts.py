"""Import a file without a child process, and read its drafts as the loader will."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge.files import StaffFile
from bot.knowledge.importing.conversion import convert
from bot.knowledge.importing.outcome import Account, Draft
from bot.knowledge.importing.readers import read
from bot.knowledge.schema import DocumentFields
from bot.knowledge.sheets import read_sheet


@dataclass(frozen=True)
class Made:
    """A draft as written and as read again."""

    draft: Draft
    fields: DocumentFields

    @property
    def headings(self) -> list[str]:
        """Give the headings of its sections."""
        return [section.heading for section in self.fields.sections]

    @property
    def texts(self) -> dict[str, str]:
        """Give the texts of its sections by their headings."""
        return {section.heading: section.text for section in self.fields.sections}

    @property
    def text(self) -> str:
        """Give the texts of all its sections."""
        return "\n".join(section.text for section in self.fields.sections)


def made_of(name: str, content: bytes | str) -> tuple[tuple[Made, ...], Account]:
    """Make the drafts of a file; give also the account of its characters."""
    whole = content.encode() if isinstance(content, str) else content
    drafts, account = convert(name, read(name, whole, lambda _done, _of: None))
    return tuple(_read(draft) for draft in drafts), account


def only(name: str, content: bytes | str) -> Made:
    """Make the one draft of a file."""
    drafts, _ = made_of(name, content)
    assert len(drafts) == 1
    return drafts[0]


def reasons(account: Account) -> dict[str, tuple[str, ...]]:
    """Give what was dropped by its reasons."""
    return {kind.reason: kind.texts for kind in account.dropped}


def _read(draft: Draft) -> Made:
    sheet = read_sheet(DocumentFields, StaffFile("draft.yaml", draft.text.encode()))
    assert sheet.fields
    assert not sheet.problems
    return Made(draft, sheet.fields)
