"""One staff file at a time: read and checked by itself, and kept with what ties it to others.

Whoever watches a folder reads only the files that change; what is kept of the others is enough
to judge how all of them fit together, and to make a corpus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.errors import KnowledgeError, Problem
from bot.knowledge.converting import document_of, office_of
from bot.knowledge.files import StaffFile
from bot.knowledge.loading import (
    NAMES,
    corpus_with,
    own_problems,
    shared_problems,
    understood,
)
from bot.knowledge.passages import passages_of
from bot.knowledge.reading import Reading
from bot.knowledge.relations import document_id
from bot.models.documents import Corpus, Document, Passage

TIES = ("supersedes",)  # the fields of a document's file that speak of other documents


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A staff file with its own problems; a document's also with all that is made of it.

    `ties` holds of its reading what speaks of other documents. A file with problems has neither
    a document nor passages.
    """

    file: StaffFile
    problems: tuple[Problem, ...]
    ties: Reading | None = None
    document: Document | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def path(self) -> str:
        """Give the path in the knowledge folder."""
        return self.file.path

    @property
    def unread(self) -> bool:
        """Tell whether the file is there and could not be read."""
        return bool(self.problems) and not self.file.content


def content_hash(file: StaffFile | None) -> str:
    """Name a version of a file by its bytes; empty where there is no file."""
    return sha256(file.content).hexdigest() if file else ""


def check_file(file: StaffFile) -> CheckedFile:
    """Read a file and find the problems that it has by itself."""
    read = understood((file,))
    problems = tuple(sorted(own_problems(read)))
    sheet = next(iter(read.documents), None)
    if sheet is None:
        return CheckedFile(file, problems)
    ties = _ties(sheet.reading)
    if problems or sheet.fields is None:
        return CheckedFile(file, problems, ties)
    document = document_of(document_id(file.path), sheet.fields)
    return CheckedFile(file, problems, ties, document, passages_of(document))


def unread_file(path: str, problems: tuple[Problem, ...]) -> CheckedFile:
    """Stand for a file that is there and cannot be read."""
    return CheckedFile(StaffFile(path, b""), problems)


def problems_together(files: Sequence[CheckedFile]) -> tuple[Problem, ...]:
    """Find what is wrong with files that have no problems by themselves, taken together."""
    ties = tuple(one.ties for one in files if one.ties)
    return tuple(sorted(shared_problems(ties, [one.file for one in files])))


def corpus_of(files: Sequence[CheckedFile]) -> Corpus:
    """Make the corpus of files that have no problems, equal to that of a folder with them.

    Raises `KnowledgeError` where they have.
    """
    documents = sorted((one for one in files if one.ties), key=lambda one: one.path)
    named = {one.path: one for one in files}
    others = tuple(named[name].file for name in NAMES if name in named)
    read = understood(others)
    if problems := (*problems_together(files), *(p for one in files for p in one.problems)):
        raise KnowledgeError(problems)
    if read.office is None or read.office.fields is None:
        raise KnowledgeError(())  # a missing office is among the problems above
    ordered = tuple(one.file for one in documents)
    return corpus_with(
        replace(read, files=(*ordered, *others)),
        tuple(one.document for one in documents if one.document),
        tuple(passage for one in documents for passage in one.passages),
        office_of(read.office.fields),
    )


def _ties(reading: Reading) -> Reading:
    """Keep of a file's reading what ties it to others, so that all files' fit into memory."""
    tree = reading.tree if isinstance(reading.tree, dict) else {}
    return Reading(
        path=reading.path,
        tree={name: tree[name] for name in TIES if name in tree},
        values={path: at for path, at in reading.values.items() if path and path[0] in TIES},
        keys={},
        problems=(),
    )
