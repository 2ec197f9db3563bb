"""What must hold between the fields of a file, and between files.

The checks read the trees as typed, not the converted documents: so they also find the mistakes
of a file whose fields have others, and one `policybot check` shows all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import PurePosixPath

from bot.errors import Problem
from bot.knowledge.reading import EACH, FieldPath, Reading, shown
from bot.knowledge.scalars import ID, day_or_none, ratio_or_none

_Edges = dict[tuple[str, str], tuple[Reading, FieldPath]]


def problems_within(reading: Reading) -> Iterator[Problem]:
    """Check what must hold between the fields of one document's file."""
    yield from _equal_headings(reading)
    yield from _dates_in_order(reading)
    yield from _quotes_that_stand_nowhere(reading)
    yield from _equal_conditions(reading)


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


def find_quote(quote: str, texts: Iterable[str]) -> str | None:
    """Find a quote word for word in one of the texts; give it exactly as the text has it.

    Only whitespace at line ends may differ.
    """
    lines = (re.escape(line.rstrip()) for line in quote.strip().split("\n"))
    pattern = re.compile(r"[^\S\n]*\n".join(lines))
    found = (pattern.search(text) for text in texts)
    return next((match[0] for match in found if match), None)


def _equal_headings(reading: Reading) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for path, heading in reading.texts("sections", EACH, "heading"):
        if heading in first:
            what = f"小标题 {shown(heading)} 重复，第 {first[heading]} 行已有"
            yield reading.problem(path, what, "换一个说法；一个文件里小标题不能重复")
        elif heading:
            first[heading] = reading.values[path].line


def _dates_in_order(reading: Reading) -> Iterator[Problem]:
    for _, start in reading.texts("effective_from"):
        for path, end in reading.texts("effective_until"):
            first, last = day_or_none(start), day_or_none(end)
            if first and last and first > last:
                what = f"结束日期 {last} 早于开始日期 {first}"
                yield reading.problem(path, what, "核对 effective_from 和 effective_until")


def _quotes_that_stand_nowhere(reading: Reading) -> Iterator[Problem]:
    texts = [text for _, text in reading.texts("sections", EACH, "text")]
    for rules in ("benefits", "time_limits"):
        for path, quote in reading.texts(rules, EACH, "quote"):
            if quote and find_quote(quote, texts) is None:
                what = "引文在本文件任何一节的正文里都找不到"
                yield reading.problem(path, what, "从正文里逐字复制，标点也要相同，不跨节")


def _equal_conditions(reading: Reading) -> Iterator[Problem]:
    first: dict[tuple[FieldPath, str], int] = {}
    for path, grade in reading.texts("benefits", EACH, "rates", EACH, "when", "等级"):
        case = (path[:3], grade)
        if case in first:
            what = f"等级 {shown(grade)} 的比例重复，第 {first[case]} 行已有"
            yield reading.problem(path, what, "同样的条件只写一个比例")
        first.setdefault(case, reading.values[path].line)


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
                remedy = "写 documents 里另一份文件的文件名，不带 .yaml"
                yield reading.problem(path, f"没有 {other} 这份文件", remedy)
    yield from _circles(edges)


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
