"""What an edit of the knowledge did to documents: added, removed, changed, no longer in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum

from bot.answering.validity import OVER, status_on
from bot.models.documents import Corpus, Document, Section
from bot.retrieval.edition import Edition

_TOLD_APART = {"id", "sections"}  # an id never changes; sections are told by heading


class Fate(StrEnum):
    """What became of a document."""

    ADDED = "added"
    CHANGED = "changed"
    RETIRED = "retired"  # it is over on the day, and was not
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that differs; `fields` are changed fields, the rest headings of sections.

    `renamed` pairs the old with the new heading of a section whose text stayed.
    """

    id: str
    title: str
    fate: Fate
    fields: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()


def document_changes(before: Edition, after: Edition, day: date) -> tuple[DocumentChange, ...]:
    """Tell what became of each document that differs, as of a day, in order of ids."""
    old, new = ({one.id: one for one in edition.corpus.documents} for edition in (before, after))
    found: list[DocumentChange] = []
    for name in sorted({*old, *new}):
        if name not in new:
            found.append(DocumentChange(name, old[name].title, Fate.REMOVED))
        elif name not in old:
            found.append(DocumentChange(name, new[name].title, Fate.ADDED))
        else:
            ended = _is_over(new[name], after, day) and not _is_over(old[name], before, day)
            if ended or old[name] != new[name]:
                found.append(_change(old[name], new[name], ended))
    return tuple(found)


def other_changes(before: Corpus, after: Corpus) -> tuple[str, ...]:
    """Name the other files whose content differs and counts for answers."""
    files = {
        "office.yaml": (before.office, after.office),
        "synonyms.yaml": (before.synonyms, after.synonyms),
        "lexicon.txt": (before.lexicon, after.lexicon),
        "calibration.yaml": (before.calibration, after.calibration),
    }
    return tuple(name for name, (old, new) in files.items() if old != new)


def _is_over(document: Document, edition: Edition, day: date) -> bool:
    return status_on(document, edition.catalogue, day) in OVER


def _change(old: Document, new: Document, ended: bool) -> DocumentChange:
    before, after = ({one.heading: one for one in document.sections} for document in (old, new))
    renamed = dict(_renamed(before, after))
    return DocumentChange(
        id=new.id,
        title=new.title,
        fate=Fate.RETIRED if ended else Fate.CHANGED,
        fields=tuple(_differing(old, new)),
        edited=tuple(name for name in after if name in before and before[name] != after[name]),
        added=tuple(name for name in after if name not in {*before, *renamed.values()}),
        removed=tuple(name for name in before if name not in {*after, *renamed}),
        renamed=tuple(renamed.items()),
    )


def _differing(old: Document, new: Document) -> Iterator[str]:
    for field in fields(Document):
        if field.name not in _TOLD_APART and getattr(old, field.name) != getattr(new, field.name):
            yield field.name


def _renamed(before: dict[str, Section], after: dict[str, Section]) -> Iterator[tuple[str, str]]:
    texts = {one.text: name for name, one in after.items() if name not in before}
    for name, section in before.items():
        if name not in after and section.text in texts:
            yield name, texts.pop(section.text)
