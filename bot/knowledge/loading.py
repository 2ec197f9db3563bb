"""Load a knowledge folder: all of it, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.knowledge.converting import calibration_of, document_of, office_of
from bot.knowledge.files import (
    StaffFile,
    check_folder,
    digest_of,
    find_documents,
    find_file,
    signature_of,
)
from bot.knowledge.passages import passages_of
from bot.knowledge.reading import Reading
from bot.knowledge.relations import (
    document_id,
    problems_between,
    problems_of_calibration,
    problems_of_synonyms,
    problems_within,
)
from bot.knowledge.schema import (
    CalibrationFields,
    DocumentFields,
    OfficeFields,
    SynonymFields,
)
from bot.knowledge.sheets import Sheet, WordList, read_sheet, read_words
from bot.models.documents import Corpus, Document, Office, Passage

OFFICE = "office.yaml"
CALIBRATION = "calibration.yaml"
NAMES = (OFFICE, "lexicon.txt", "synonyms.yaml", CALIBRATION)  # all that serve beside documents
_NO_WORDS = WordList((), ())


@dataclass(frozen=True, slots=True)
class Folder:
    """A knowledge folder as read: what could be understood of it, and all its problems."""

    files: tuple[StaffFile, ...]
    documents: tuple[Sheet[DocumentFields], ...]
    office: Sheet[OfficeFields] | None
    lexicon: WordList
    synonyms: Sheet[SynonymFields] | None
    calibration: Sheet[CalibrationFields] | None
    problems: tuple[Problem, ...]


def load(folder: Path, calibrated: bool = True) -> Corpus:
    """Load a knowledge folder; the same bytes give the same corpus.

    Where not `calibrated`, calibration.yaml is not looked at, so that it can be made anew.
    Raises `KnowledgeError` with all problems of all files, and `SettingsError` where there is
    no such folder.
    """
    read = read_folder(folder, calibrated)
    office = read.office.fields if read.office else None
    if read.problems or office is None:
        raise KnowledgeError(read.problems)
    documents = tuple(
        document_of(document_id(sheet.reading.path), sheet.fields)
        for sheet in read.documents
        if sheet.fields
    )
    passages = tuple(passage for document in documents for passage in passages_of(document))
    return corpus_with(read, documents, passages, office_of(office))


def corpus_with(
    read: Folder, documents: tuple[Document, ...], passages: tuple[Passage, ...], office: Office
) -> Corpus:
    """Make a corpus of documents with their passages, and of the other files of a folder."""
    synonyms = read.synonyms.fields if read.synonyms else None
    return Corpus(
        documents=documents,
        passages=passages,
        office=office,
        lexicon=read.lexicon.words,
        synonyms=synonyms.synonyms if synonyms else (),
        digest=digest_of(read.files),
        calibration=calibration_of(read.calibration.fields if read.calibration else None),
    )


def digest(folder: Path) -> str:
    """Name the bytes of a knowledge folder without reading what they say.

    Raises `SettingsError` where there is no such folder.
    """
    check_folder(folder)
    return digest_of(_files_in(folder))


def signature(folder: Path) -> str:
    """Name the state of a knowledge folder without reading a file; empty where that is unsafe.

    Raises `SettingsError` where there is no such folder.
    """
    check_folder(folder)
    return signature_of(folder, NAMES)


def _files_in(folder: Path) -> tuple[StaffFile, ...]:
    others = (file for name in NAMES for file in find_file(folder, name).files)
    return (*find_documents(folder).files, *others)


def read_folder(folder: Path, calibrated: bool = True) -> Folder:
    """Read and check every file that a corpus is made of; its problems are not raised here."""
    check_folder(folder)
    names = NAMES if calibrated else NAMES[:-1]
    found = (find_documents(folder), *(find_file(folder, name) for name in names))
    files = tuple(file for one in found for file in one.files)
    unread = tuple(problem for one in found for problem in one.problems)
    read = understood(files)
    own = (*unread, *own_problems(read))
    unopened = frozenset(problem.path for problem in unread)
    shared = shared_problems(tuple(sheet.reading for sheet in read.documents), files, unopened)
    return replace(read, problems=tuple(sorted((*own, *shared))))


def understood(files: tuple[StaffFile, ...]) -> Folder:
    """Read files, each by itself, as the folder that they make; nothing is judged yet."""
    named = {file.path: file for file in files}
    office, lexicon, synonyms, calibration = (named.get(name) for name in NAMES)
    documents = (file for file in files if file.path not in NAMES)
    return Folder(
        files=files,
        documents=tuple(read_sheet(DocumentFields, file) for file in documents),
        office=read_sheet(OfficeFields, office) if office else None,
        lexicon=read_words(lexicon) if lexicon else _NO_WORDS,
        synonyms=read_sheet(SynonymFields, synonyms) if synonyms else None,
        calibration=read_sheet(CalibrationFields, calibration) if calibration else None,
        problems=(),
    )


def own_problems(read: Folder) -> Iterator[Problem]:
    """Give the problems that each file of a folder has by itself, whatever the others say."""
    for sheet in read.documents:
        yield from sheet.problems
        yield from problems_within(sheet.reading)
    yield from read.lexicon.problems
    if read.synonyms:
        yield from read.synonyms.problems
        yield from problems_of_synonyms(read.synonyms.reading)
    if read.calibration:
        yield from read.calibration.problems
        yield from problems_of_calibration(read.calibration.reading)
    if read.office:
        yield from read.office.problems


def shared_problems(
    documents: tuple[Reading, ...],
    files: Collection[StaffFile],
    unopened: Collection[str] = (),
) -> Iterator[Problem]:
    """Give the problems between the documents of a folder, and of what is missing in it.

    `unopened`: paths that are there and cannot be read, which is a problem of its own.
    """
    yield from problems_between(documents)
    if OFFICE not in unopened and not any(file.path == OFFICE for file in files):
        remedy = "新建 office.yaml，写上单位名称、联系方式、欢迎语、声明和隐私提示"
        yield Problem(OFFICE, 0, 0, "", "没有这个文件", remedy)
    if not documents and not any(path.startswith("documents") for path in unopened):
        remedy = "在 documents 文件夹里放政策文件，一份政策一个 .yaml 文件"
        yield Problem("documents", 0, 0, "", "没有任何政策文件", remedy)
