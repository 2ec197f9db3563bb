"""What must hold between the fields of a file, and between files.

The checks read the trees as typed, not the converted documents: so they also find the mistakes
of a file whose fields have others, and one `policybot check` shows all.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from bot.errors import Problem
from bot.knowledge.quantities import day_or_none, ratio_or_none
from bot.knowledge.quoting import problems_of_rules
from bot.knowledge.reading import EACH, FieldPath, Reading, shown
from bot.knowledge.scalars import ID

SATURDAY = 5
UNFILLED = "请填写"  # with what a draft says that was imported and not filled in

_Edges = dict[tuple[str, str], tuple[Reading, FieldPath]]


def problems_within(reading: Reading) -> Iterator[Problem]:
    """Check what must hold between the fields of one document's file."""
    yield from _equal_headings(reading)
    yield from _dates_in_order(reading)
    yield from problems_of_rules(reading)
    yield from _overlapping_rates(reading)


def problems_of_draft(reading: Reading) -> Iterator[Problem]:
    """Name what an import could not know and nobody has filled in since."""
    for name in ("publisher", "title"):
        for path, text in reading.texts("source", name):
            if text.startswith(UNFILLED):
                yield reading.problem(path, "这里还没有填写", "写上真正的来源，如单位或网站的名称")


def problems_between(readings: tuple[Reading, ...]) -> Iterator[Problem]:
    """Check what must hold between all documents' files: ids and superseding."""
    first: dict[str, str] = {}
    for reading in readings:
        name = document_id(reading.path)
        if not ID.fullmatch(name):
            remedy = "文件名只用小写字母、数字和连字符，最多 40 个，如 trade-in.yaml"
            yield Problem(reading.path, 0, 0, "", f"文件名 {shown(name)} 不能作编号", remedy)
        elif name in first:
            remedy = "给其中一个文件换名；文件名在所有文件夹里不能重复"
            yield Problem(reading.path, 0, 0, "", f"与 {first[name]} 同名", remedy)
        else:
            first[name] = reading.path
    yield from _superseding(readings, set(first))


def document_id(path: str) -> str:
    """Give the id of a document from its file's path: the stem of the name."""
    return PurePosixPath(path).stem


def _equal_headings(reading: Reading) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, heading in reading.texts("sections", EACH, "heading"):
        if heading in first:
            what = f"小标题 {shown(heading)} 重复，第 {first[heading]} 行已有"
            yield reading.problem(path, what, "换一个说法；一个文件里小标题不能重复")
        elif heading:
            first[heading] = reading.values[path].line


def _dates_in_order(reading: Reading) -> Iterator[Problem]:
    for (earlier, begun), (later, ended) in _DATES_IN_ORDER:
        for _, start in reading.texts(*earlier):
            for path, end in reading.texts(*later):
                first, last = day_or_none(_first_day(start)), day_or_none(end)
                if first and last and first > last:
                    what = f"{ended} {last} 早于{begun} {start}"
                    remedy = f"核对 {'.'.join(earlier)} 和 {'.'.join(later)}"
                    yield reading.problem(path, what, remedy)


def _first_day(period: str) -> str:
    return f"{period}-01-01"[: len("YYYY-MM-DD")] if len(period) < len("YYYY-MM-DD") else period


# Pairs of fields with what they are called; the first may be a month or a year.
_DATES_IN_ORDER = (
    ((("effective_from",), "开始日期"), (("effective_until",), "结束日期")),
    ((("issued",), "发文日期"), (("effective_until",), "结束日期")),
    ((("source", "reported"), "报道日期"), (("source", "published"), "见报日期")),
)


def _overlapping_rates(reading: Reading) -> Iterator[Problem]:
    """Check that of a benefit's rates one at most holds for anybody."""
    grades = {
        path[:4]: (path, grade)
        for path, grade in reading.texts("benefits", EACH, "rates", EACH, "when", "等级")
    }
    first: dict[tuple[FieldPath, str], int] = {}
    for rate, _ in reading.texts("benefits", EACH, "rates", EACH, "rate"):
        path, grade = grades.get(rate[:4], (rate, ""))
        if not grade and (*rate[:4], "when") in reading.values:
            continue  # a condition that nobody knows is told already
        others = [line for (rule, _), line in first.items() if rule == rate[:2]]
        if (rate[:2], grade) in first and grade:
            what = f"等级 {shown(grade)} 的比例重复，第 {first[rate[:2], grade]} 行已有"
            yield reading.problem(path, what, "同样的条件只写一个比例")
        elif others and ((rate[:2], "") in first or not grade):
            what = f"与第 {others[0]} 行的比例重叠：有一个没有写条件，对谁都算"
            remedy = "给每个比例写上条件，如 when: {等级: 1}，或只留一个"
            yield reading.problem(path, what, remedy)
        first.setdefault((rate[:2], grade), reading.values[path].line)


def _superseding(readings: tuple[Reading, ...], known: set[str]) -> Iterator[Problem]:
    edges: _Edges = {}
    for reading in readings:
        own = document_id(reading.path)
        for path, other in reading.texts("supersedes", EACH, "id"):
            if other == own:
                yield reading.problem(path, "文件不能取代自己", "写被取代的另一份文件")
            elif other in known:
                edges[own, other] = (reading, path)
            elif ID.fullmatch(other):
                near = get_close_matches(other, known - {own}, n=1)
                remedy = f"是不是 {near[0]}" if near else _OTHER_FILE
                yield reading.problem(path, f"没有 {other} 这份文件", remedy)
    yield from _circles(edges)


_OTHER_FILE = "写 documents 里另一份文件的文件名，不带 .yaml"


def _circles(edges: _Edges) -> Iterator[Problem]:
    """Report every circle once, at the reference that closes it."""
    while True:
        followed: dict[str, list[str]] = {}
        for own, other in edges:
            followed.setdefault(own, []).append(other)
        try:
            TopologicalSorter(followed).prepare()
        except CycleError as error:
            circle: list[str] = error.args[1][::-1]
            reading, path = edges.pop((circle[0], circle[1]))
            what = f"互相取代，绕成一圈：{' → '.join(circle)}"
            yield reading.problem(path, what, "只让较新的文件取代较旧的")
        else:
            return


def problems_of_synonyms(reading: Reading) -> Iterator[Problem]:
    """Check that every word stands in one group of synonyms, and none stands alone."""
    first: dict[str, int] = {}
    sizes: dict[FieldPath, int] = {}
    for path, word in reading.texts("synonyms", EACH, EACH):
        sizes[path[:2]] = sizes.get(path[:2], 0) + 1
        if word in first:
            what = f"{shown(word)} 在第 {first[word]} 行已有"
            yield reading.problem(path, what, "一个词只放在一组里，意思相同的并成一组")
        elif word:
            first[word] = reading.values[path].line
    for path, size in sizes.items():
        if size == 1:
            yield reading.problem(path, "这一组只有一个词", "加上同义的词，或删掉这一组")


def problems_of_workdays(reading: Reading) -> Iterator[Problem]:
    """Check that each day is of its file's year, stands once, and that weekends are made up."""
    year, seen = year_of(reading.path), set[date]()
    for name in ("off", "worked"):
        for path, text in reading.texts(name, EACH):
            day = day_or_none(text)
            if day is None:
                continue
            if day.year != year:
                yield reading.problem(path, f"{text} 不是{year}年的日子", f"只写{year}年的日子")
            elif day in seen:
                yield reading.problem(path, f"{text} 写了两次", "删掉其中一个")
            elif name == "worked" and day.weekday() < SATURDAY:
                remedy = "worked 只写调休上班的周六、周日"
                yield reading.problem(path, f"{text} 不是周六或周日", remedy)
            seen.add(day)


def year_of(path: str) -> int:
    """Give the year that the name of a file of working days says."""
    return int(PurePosixPath(path).stem)


def problems_of_calibration(reading: Reading) -> Iterator[Problem]:
    """Check that nothing is answered from less support than it is refused below."""
    thresholds = {
        name: ratio_or_none(text)
        for name in ("refuse_below", "answer_from")
        for _, text in reading.texts(name)
    }
    refuse_below, answer_from = (thresholds.get(name) for name in ("refuse_below", "answer_from"))
    if refuse_below is not None and answer_from is not None and answer_from < refuse_below:
        remedy = f"写成不小于 {refuse_below:g} 的数，或运行 policybot calibrate 重新生成"
        yield reading.problem(("answer_from",), "answer_from 比 refuse_below 小", remedy)
