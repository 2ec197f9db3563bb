"""Load a knowledge folder: all of it, or every problem in it at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import KnowledgeError, Problem
from bot.knowledge.converting import calibration_of, document_of, office_of
from bot.knowledge.files import (
    Found,
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
from bot.models.documents import Corpus, Document, Passage

CALIBRATION = "calibration.yaml"
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
    synonyms = read.synonyms.fields if read.synonyms else None
    return Corpus(
        documents=tuple(document for document, _ in pieces),
        passages=tuple(passage for _, passages in pieces for passage in passages),
        office=office_of(office),
        lexicon=read.lexicon.words,
        synonyms=synonyms.synonyms if synonyms else (),
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
    return signature_of(folder, (*OTHER_FILES, CALIBRATION))


def _files_in(folder: Path) -> tuple[StaffFile, ...]:
    names = (*OTHER_FILES, CALIBRATION)
    others = (file for name in names for file in find_file(folder, name).files)
    return (*find_documents(folder).files, *others)


def read_folder(folder: Path, calibrated: bool = True, known: Known | None = None) -> Folder:
    """Read and check every file that a corpus is made of; its problems are not raised here.

    Of files of `known` documents only what ties them to others is checked.
    """
    check_folder(folder)
    found = find_documents(folder)
    office, lexicon, synonyms = (find_file(folder, name) for name in OTHER_FILES)
    calibration = find_file(folder, CALIBRATION) if calibrated else Found((), ())
    others = (office, lexicon, synonyms, calibration)
    read = Folder(
        files=(*found.files, *(file for other in others for file in other.files)),
        documents=tuple(
            _known_sheet(file, known) or read_sheet(DocumentFields, file) for file in found.files
        ),
        office=next((read_sheet(OfficeFields, file) for file in office.files), None),
        lexicon=next((read_words(file) for file in lexicon.files), _NO_WORDS),
        synonyms=next((read_sheet(SynonymFields, file) for file in synonyms.files), None),
        calibration=next(
            (read_sheet(CalibrationFields, file) for file in calibration.files), None
        ),
        problems=(*found.problems, *(one for other in others for one in other.problems)),
    )
    return replace(read, problems=tuple(sorted((*read.problems, *_problems_in(read)))))


def _known_sheet(file: StaffFile, known: Known | None) -> Sheet[DocumentFields] | None:
    """Stand for the file of a known document by what ties it to others."""
    document = known.document(source_of(file)) if known else None
    if document is None:
        return None
    ties: Tree = {"supersedes": [{"id": one.document} for one in document.supersedes]}
    return Sheet(Reading(file.path, ties, {}, {}, ()), None, ())


OTHER_FILES = ("office.yaml", "lexicon.txt", "synonyms.yaml")


def _problems_in(read: Folder) -> Iterator[Problem]:
    """Give the problems of the files that could be opened, and of those that are missing."""
    for sheet in read.documents:
        yield from sheet.problems
        yield from sheet.untold(problems_within(sheet.reading))
    yield from problems_between(tuple(sheet.reading for sheet in read.documents))
    yield from read.lexicon.problems
    if read.synonyms:
        yield from read.synonyms.problems
        yield from problems_of_synonyms(read.synonyms.reading)
    if read.calibration:
        yield from read.calibration.problems
        yield from problems_of_calibration(read.calibration.reading)
    if read.office:
        yield from read.office.problems
    unopened = {problem.path for problem in read.problems}
    if not read.office and "office.yaml" not in unopened:
        remedy = "新建 office.yaml，写上单位名称、联系方式、欢迎语、声明和隐私提示"
        yield Problem("office.yaml", 0, 0, "", "没有这个文件", remedy)
    if not read.documents and not any(path.startswith("documents") for path in unopened):
        remedy = "在 documents 文件夹里放政策文件，一份政策一个 .yaml 文件"
        yield Problem("documents", 0, 0, "", "没有任何政策文件", remedy)
