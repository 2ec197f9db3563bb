"""A finding of a review, and the knowledge folder as a review looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.answering.validity import GONE, status_on
from bot.errors import Problem
from bot.knowledge.loading import Folder, read_folder
from bot.knowledge.reading import FieldPath, Reading
from bot.knowledge.relations import document_id
from bot.models.documents import Document
from bot.models.judgements import Judgement
from bot.retrieval.edition import Edition


class Matter(StrEnum):
    """What a finding is about, in the order in which staff read them."""

    DUE = "due"  # a date has passed or is near
    CONFLICT = "conflict"  # two documents in force state different figures
    HOT = "hot"  # a question that the office offers
    ASKS = "asks"  # an ask does not find its own section first
    UNREACHED = "unreached"  # no question finds a section
    WORDS = "words"  # a word that no document has
    RADICALS = "radicals"  # a character that only looks like a hanzi


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: `note` names the place, what was found and what to do."""

    matter: Matter
    note: Problem


@dataclass(frozen=True, slots=True)
class Shelf:
    """A knowledge folder that is free of problems, as read and as an edition, on a day."""

    folder: Path
    read: Folder
    edition: Edition
    judgements: tuple[Judgement, ...]
    today: date

    def holding(self) -> Iterator[Document]:
        """Give the documents that citizens are answered from on the day."""
        for document in self.edition.corpus.documents:
            if status_on(document, self.edition.catalogue, self.today) not in GONE:
                yield document

    def reading(self, document: str) -> Reading:
        """Give a document's file as read, which knows the lines of its fields."""
        readings = (sheet.reading for sheet in self.read.documents)
        return next(one for one in readings if document_id(one.path) == document)

    def place(self, document: str, path: FieldPath) -> str:
        """Name a place in a document's file, for a finding in another file."""
        note = self.reading(document).problem(path, "", "")
        return f"{note.path}:{note.line}"


def shelf_of(
    folder: Path, edition: Edition, judgements: tuple[Judgement, ...], today: date
) -> Shelf:
    """Read the folder of an edition once more, for the places of what is found."""
    return Shelf(folder, read_folder(folder), edition, judgements, today)
