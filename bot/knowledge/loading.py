"""Load a knowledge folder: all of it, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.knowledge.converting import calibration_of, document_of, office_of, workdays_of
from bot.knowledge.files import (
    StaffFile,
    check_folder,
    digest_of,
    find_documents,
    find_file,
    signature_of,
    source_of,
)
from bot.knowledge.passages import passages_of
from bot.knowledge.reading import Reading, Tree
from bot.knowledge.records import Known
from bot.knowledge.relations import (
    document_id,
    problems_between,
    problems_of_calibration,
    problems_of_draft,
    problems_of_synonyms,
    problems_of_workdays,
    problems_within,
    year_of,
)
from bot.knowledge.schema import (
    CalibrationFields,
    DocumentFields,
    OfficeFields,
    SynonymFields,
    WorkdaysFields,
)
from bot.knowledge.sheets import Sheet, WordList, read_sheet, read_words
from bot.models.documents import Corpus, Document, Office, Passage

OFFICE = "office.yaml"
CALIBRATION = "calibration.yaml"
# Years of which an office may write down the days off; before them the library knows all.
WORKDAYS = tuple(f"workdays/{year}.yaml" for year in range(2024, 2045))
# All that serve beside documents, calibration.yaml last.
NAMES = (OFFICE, "lexicon.txt", "synonyms.yaml", *WORKDAYS, CALIBRATION)
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
    workdays: tuple[Sheet[WorkdaysFields], ...]
    problems: tuple[Problem, ...]


def load(folder: Path, known: Known | None = None, calibrated: bool = True) -> Corpus:
    """Load a knowledge folder; the same bytes give the same corpus.

    Files of `known` documents are not read again. Where not `calibrated`, calibration.yaml is
    not looked at, so that it can be made anew. Raises `KnowledgeError` with all problems of all
    files, and `SettingsError` where there is no such folder.
    """
    read = read_folder(folder, calibrated, known)
    if read.problems and known:
        return load(folder, None, calibrated)  # only a file that is read tells where they stand
    office = read.office.fields if read.office else None
    if read.problems or office is None:
        raise KnowledgeError(read.problems)
    sources = tuple(source_of(file) for file in read.files[: len(read.documents)])
    pieces = tuple(_with_passages(read, sources, known))
    documents = tuple(document for document, _ in pieces)
    passages = tuple(passage for _, passages in pieces for passage in passages)
    return corpus_with(read, documents, passages, office_of(office))


def corpus_with(
    read: Folder, documents: tuple[Document, ...], passages: tuple[Passage, ...], office: Office
) -> Corpus:
    """Make a corpus of documents with their passages, and of all files of their folder."""
    synonyms = read.synonyms.fields if read.synonyms else None
    sources = tuple(source_of(file) for file in read.files[: len(documents)])
    return Corpus(
        documents=documents,
        passages=passages,
        office=office,
        lexicon=read.lexicon.words,
        synonyms=synonyms.synonyms if synonyms else (),
        workdays=tuple(
            workdays_of(year_of(sheet.reading.path), sheet.fields)
            for sheet in read.workdays
            if sheet.fields
        ),
        digest=digest_of(read.files),
        calibration=calibration_of(read.calibration.fields if read.calibration else None),
        sources=sources,
    )


def _with_passages(
    read: Folder, sources: Sequence[str], known: Known | None
) -> Iterator[tuple[Document, Sequence[Passage]]]:
    """Give the documents of a folder without problems, each with its passages."""
    for sheet, source in zip(read.documents, sources, strict=True):
        if sheet.fields:
            document = document_of(document_id(sheet.reading.path), sheet.fields)
            yield document, passages_of(document)
        elif known and (before := known.document(source)):
            yield before, known.passages_of(source)


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


def read_folder(folder: Path, calibrated: bool = True, known: Known | None = None) -> Folder:
    """Read and check every file that a corpus is made of; its problems are not raised here.

    Of files of `known` documents only what ties them to others is checked.
    """
    check_folder(folder)
    names = NAMES if calibrated else NAMES[:-1]
    found = (find_documents(folder), *(find_file(folder, name) for name in names))
    files = tuple(file for one in found for file in one.files)
    unread = tuple(problem for one in found for problem in one.problems)
    read = understood(files, known)
    own = (*unread, *own_problems(read))
    unopened = frozenset(problem.path for problem in unread)
    shared = shared_problems(tuple(sheet.reading for sheet in read.documents), files, unopened)
    return replace(read, problems=tuple(sorted((*own, *shared))))


def understood(files: tuple[StaffFile, ...], known: Known | None = None) -> Folder:
    """Read files, each by itself, as the folder that they make; nothing is judged yet.

    Of files of `known` documents only what ties them to others is there.
    """
    named = {file.path: file for file in files}
    office, lexicon, synonyms = (named.get(name) for name in NAMES[:3])
    calibration = named.get(CALIBRATION)
    workdays = (named[name] for name in WORKDAYS if name in named)
    documents = (file for file in files if file.path not in NAMES)
    return Folder(
        files=files,
        documents=tuple(
            _known_sheet(file, known) or read_sheet(DocumentFields, file) for file in documents
        ),
        office=read_sheet(OfficeFields, office) if office else None,
        lexicon=read_words(lexicon) if lexicon else _NO_WORDS,
        synonyms=read_sheet(SynonymFields, synonyms) if synonyms else None,
        calibration=read_sheet(CalibrationFields, calibration) if calibration else None,
        workdays=tuple(read_sheet(WorkdaysFields, file) for file in workdays),
        problems=(),
    )


def _known_sheet(file: StaffFile, known: Known | None) -> Sheet[DocumentFields] | None:
    """Stand for the file of a known document by what ties it to others."""
    document = known.document(source_of(file)) if known else None
    if document is None:
        return None
    ties: Tree = {"supersedes": [{"id": one.document} for one in document.supersedes]}
    return Sheet(Reading(file.path, ties, {}, {}, ()), None, ())


def own_problems(read: Folder) -> Iterator[Problem]:
    """Give the problems that each file of a folder has by itself, whatever the others say."""
    for sheet in read.documents:
        yield from sheet.problems
        yield from sheet.untold(problems_within(sheet.reading))
        yield from sheet.untold(problems_of_draft(sheet.reading))
    yield from read.lexicon.problems
    if read.synonyms:
        yield from read.synonyms.problems
        yield from problems_of_synonyms(read.synonyms.reading)
    if read.calibration:
        yield from read.calibration.problems
        yield from problems_of_calibration(read.calibration.reading)
    if read.office:
        yield from read.office.problems
    for sheet_of_days in read.workdays:
        yield from sheet_of_days.problems
        yield from sheet_of_days.untold(problems_of_workdays(sheet_of_days.reading))


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
