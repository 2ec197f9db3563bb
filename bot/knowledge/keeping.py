"""What staff do to a document without editing it: retire it, or note that it was reviewed.

Everything is worked out and checked before a file is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from bot.errors import KnowledgeError, Problem, RewriteError, SettingsError
from bot.knowledge.files import StaffFile
from bot.knowledge.loading import Folder, read_folder
from bot.knowledge.relations import document_id, problems_between, problems_within
from bot.knowledge.rewriting import Rewritten, with_field, with_supersession
from bot.knowledge.saving import Writing
from bot.knowledge.schema import DocumentFields
from bot.knowledge.sheets import Sheet, read_sheet


@dataclass(frozen=True, slots=True)
class Edit:
    """A file as it is to be, with the one line that is new or changed (counted from 1)."""

    writing: Writing
    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """Until when a document is served, and what follows it, where something does."""

    document: str
    last_day: date
    follower: str = ""
    how: str = ""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A document's file with what could be read of it."""

    file: StaffFile
    sheet: Sheet[DocumentFields]
    fields: DocumentFields

    def place(self, field: str) -> str:
        at = self.sheet.reading.values.get((field,))
        return f"{self.file.path}:{at.line}" if at else self.file.path


def retire(folder: Path, retirement: Retirement, today: date) -> tuple[Edit, ...]:
    """Work out the lines that retire a document: its last day, and what follows it.

    Raises `SettingsError` for what makes no sense, `KnowledgeError` where a file that would be
    changed has problems, and `RewriteError` where a line must be changed by hand.
    """
    read = read_folder(folder)
    kept = _kept(read, retirement.document, "ID")
    last = retirement.last_day.isoformat()
    edits: list[Edit] = []
    if kept.fields.effective_until != retirement.last_day:
        _check_last_day(kept, retirement.last_day, today)
        what = f"effective_until: {last}"
        edits.append(_edit(kept, with_field(kept.file.content, "effective_until", last), what))
    if retirement.follower:
        edits.extend(_following(read, retirement))
    if not edits:
        raise SettingsError("--on", last, f"{kept.place('effective_until')} 已经是这个日期")
    _check_together(read, edits)
    return tuple(edits)


def review(folder: Path, document: str, until: date, today: date) -> Edit:
    """Work out the line that says by when a document is to be reviewed again.

    Raises as `retire` does.
    """
    read = read_folder(folder)
    kept = _kept(read, document, "ID")
    if until <= today:
        raise SettingsError("--until", str(until), "下次复核的日期要在今天以后")
    if kept.fields.review_by == until:
        raise SettingsError("--until", str(until), f"{kept.place('review_by')} 已经是这个日期")
    what = f"review_by: {until}"
    edit = _edit(kept, with_field(kept.file.content, "review_by", str(until)), what)
    _check_together(read, [edit])
    return edit


def _kept(read: Folder, document: str, option: str) -> _Kept:
    """Find a document's file by id."""
    sheets = {document_id(sheet.reading.path): sheet for sheet in read.documents}
    sheet = sheets.get(document)
    if sheet is None:
        near = get_close_matches(document, sheets, n=1)
        remedy = f"没有这份文件，是不是 {near[0]}" if near else "没有这份文件，编号就是文件名"
        raise SettingsError(option, document, remedy)
    path = sheet.reading.path
    problems = tuple(one for one in read.problems if one.path == path)
    if problems or sheet.fields is None:
        raise KnowledgeError(problems)
    file = next(file for file in read.files if file.path == path)
    return _Kept(file, sheet, sheet.fields)


def _check_last_day(kept: _Kept, last_day: date, today: date) -> None:
    start, end = kept.fields.effective_from, kept.fields.effective_until
    if end and end < today:
        place = kept.place("effective_until")
        remedy = f"它早已失效，有效到 {end}；日期写错了就直接改 {place}"
        raise SettingsError("--on", str(last_day), remedy)
    if start and last_day < start:
        remedy = f"早于它的施行日期 {start}（{kept.place('effective_from')}），核对这两个日期"
        raise SettingsError("--on", str(last_day), remedy)


def _following(read: Folder, retirement: Retirement) -> Iterator[Edit]:
    """Write into the following document's own file what it follows, unless it says so."""
    follower, old, how = retirement.follower, retirement.document, retirement.how
    if follower == old:
        raise SettingsError("--superseded-by", follower, "文件不能取代自己，写接替它的另一份文件")
    kept = _kept(read, follower, "--superseded-by")
    said = next((one for one in kept.fields.supersedes if one.id == old), None)
    if said and said.how != how:
        remedy = f"{kept.place('supersedes')} 已写明{said.how}；写错了就直接改那一行"
        raise SettingsError("--how", how, remedy)
    if not said:
        what = f"supersedes: [{{id: {old}, how: {how}}}]"
        yield _edit(kept, with_supersession(kept.file.content, old, how), what)


def _edit(kept: _Kept, rewritten: Rewritten | None, what: str) -> Edit:
    path = kept.file.path
    if rewritten is None:
        cause = "这个文件的写法特别，自动改会动到别的行"
        raise RewriteError(path, cause, f"请用编辑器手工写上一行 {what}")
    writing = Writing(path, kept.file.content, rewritten.content)
    return Edit(writing, rewritten.line, rewritten.text)


def _check_together(read: Folder, edits: list[Edit]) -> None:
    """Make sure that no problem comes with the edits, a circle of documents for one."""
    new = {edit.writing.path: edit for edit in edits}
    sheets = [
        read_sheet(DocumentFields, StaffFile(path, new[path].writing.after))
        if (path := sheet.reading.path) in new
        else sheet
        for sheet in read.documents
    ]
    readings = tuple(sheet.reading for sheet in sheets)
    problems: list[Problem] = list(problems_between(readings))
    for sheet in sheets:
        if sheet.reading.path in new:
            problems.extend((*sheet.problems, *problems_within(sheet.reading)))
    caused = [one for one in problems if one not in read.problems]
    if caused:
        first = caused[0]
        raise RewriteError(first.path, f"改了以后会有问题：{first.what}", first.remedy)
