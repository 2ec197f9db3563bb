"""Load judgements.yaml: questions with the passages that answer them, and floors to hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TypeAlias

from bot.errors import KnowledgeError, Problem, SettingsError
from bot.knowledge.converting import judgements_of
from bot.knowledge.files import SETTING, Found, check_folder, find_file
from bot.knowledge.loading import Folder
from bot.knowledge.reading import EACH, FieldPath, Reading, Tree, shown
from bot.knowledge.relations import document_id
from bot.knowledge.schema import JudgementsFields
from bot.knowledge.sheets import Sheet, read_sheet
from bot.models.documents import Corpus, Document
from bot.models.judgements import Judgement, Judgements

JUDGEMENTS = "judgements.yaml"

# The headings of each document by its id; None where its file cannot be read at present.
Headings: TypeAlias = Mapping[str, frozenset[str] | None]


def load_judgements(folder: Path, corpus: Corpus) -> Judgements:
    """Load the judged questions and check that the corpus has every passage that they name.

    Raises `KnowledgeError` with all problems of the file, and `SettingsError` where the folder
    or the file is missing: knowledge without judgements is as it should be, but not judged.
    """
    check_folder(folder)
    found = find_file(folder, JUDGEMENTS)
    if not found.files and not found.problems:
        remedy = (
            f"这里没有 {JUDGEMENTS}，没有可打分的问题；新建这个文件，写上 floors 和 judgements"
        )
        raise SettingsError(SETTING, str(folder), remedy)
    sheet, problems = read_judgements(found, headings_of(corpus.documents))
    if problems or sheet is None or sheet.fields is None:
        raise KnowledgeError(problems)
    return judgements_of(sheet.fields)


def judgements_as_written(folder: Path) -> tuple[Judgement, ...]:
    """Load the judged questions, also those whose passage the corpus does not have any more.

    A folder may have none. Raises `KnowledgeError` where the file cannot be read.
    """
    check_folder(folder)
    found = find_file(folder, JUDGEMENTS)
    if found.problems:
        raise KnowledgeError(found.problems)
    for sheet in (read_sheet(JudgementsFields, file) for file in found.files):
        if sheet.fields is None:
            raise KnowledgeError(sheet.problems)
        return judgements_of(sheet.fields).questions
    return ()


def read_judgements(
    found: Found, headings: Headings
) -> tuple[Sheet[JudgementsFields] | None, tuple[Problem, ...]]:
    """Read and check the file; the sheet is None where there is none that can be opened."""
    if not found.files:
        return None, found.problems
    sheet = read_sheet(JudgementsFields, found.files[0])
    problems = (*sheet.problems, *sheet.untold(_problems_in(sheet.reading, headings)))
    return sheet, tuple(sorted(problems))


def headings_in(folder: Folder) -> Headings:
    """Give the headings of all documents of a folder as read, with or without problems."""
    return {
        document_id(sheet.reading.path): _headings_in(sheet.reading) for sheet in folder.documents
    }


def _headings_in(reading: Reading) -> frozenset[str] | None:
    return frozenset(text for _, text in reading.texts("sections", EACH, "heading")) or None


def headings_of(documents: Iterable[Document]) -> Headings:
    """Give the headings of documents by their ids."""
    return {
        document.id: frozenset(section.heading for section in document.sections)
        for document in documents
    }


def _problems_in(reading: Reading, headings: Headings) -> Iterator[Problem]:
    yield from _equal_questions(reading)
    tree = reading.tree
    judgements = tree.get("judgements") if isinstance(tree, dict) else None
    for index, judgement in enumerate(judgements if isinstance(judgements, list) else ()):
        if isinstance(judgement, dict):
            path = ("judgements", index)
            yield from _kind_in_doubt(reading, path, judgement)
            yield from _unknown_passages(reading, path, judgement, headings)


def _equal_questions(reading: Reading) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, question in reading.texts("judgements", EACH, "question"):
        if question in first:
            what = f"问题“{shown(question)}”重复，第 {first[question]} 行已有"
            yield reading.problem(path, what, "删掉其中一条，几处都能回答的写在 also 里")
        elif question:
            first[question] = reading.values[path].line


def _kind_in_doubt(
    reading: Reading, path: FieldPath, judgement: dict[str, Tree]
) -> Iterator[Problem]:
    """A judgement names its passage, document and heading, or says that there is none."""
    passage = [name for name in ("document", "heading") if judgement.get(name)]
    if judgement.get("unanswerable"):
        if passage or judgement.get("also"):
            remedy = "答不了的只写 unanswerable，答得了的写 document 和 heading"
            at = (*path, "unanswerable")
            yield reading.problem(at, "既写了答案的位置，又写了答不了", remedy)
    elif not passage:
        remedy = "写 document 和 heading；答不了的写 unanswerable: near_miss 或 off_topic"
        yield reading.problem(path, "没有写答案在哪里", remedy)
    elif len(passage) == 1:
        missing = "heading" if passage == ["document"] else "document"
        remedy = "document 和 heading 要一起写"
        yield reading.problem((*path, missing), f"缺少 {missing}", remedy)


def _unknown_passages(
    reading: Reading, path: FieldPath, judgement: dict[str, Tree], headings: Headings
) -> Iterator[Problem]:
    yield from _unknown_passage(reading, path, judgement, headings)
    also = judgement.get("also")
    for index, name in enumerate(also if isinstance(also, list) else ()):
        if isinstance(name, dict):
            yield from _unknown_passage(reading, (*path, "also", index), name, headings)


def _unknown_passage(
    reading: Reading, path: FieldPath, name: dict[str, Tree], headings: Headings
) -> Iterator[Problem]:
    document, heading = (_text(name.get(part)) for part in ("document", "heading"))
    if document not in headings:
        near = get_close_matches(document, headings, n=1)
        remedy = f"是不是 {near[0]}" if near else "写 documents 里的文件名，不带 .yaml"
        what = f"没有 {shown(document)} 这份文件"
        if document:
            yield reading.problem((*path, "document"), what, remedy)
        return
    known = headings[document]
    if known is not None and heading and heading not in known:
        near = get_close_matches(heading, known, n=1)
        remedy = f"是不是 {near[0]}" if near else f"可以写：{'、'.join(sorted(known))}"
        what = f"{document} 里没有小标题 {shown(heading)}"
        yield reading.problem((*path, "heading"), what, remedy)


def _text(node: Tree | None) -> str:
    return node.strip() if isinstance(node, str) else ""
