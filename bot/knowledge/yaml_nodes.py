"""From the bytes of a staff file to a tree of texts with their positions, and every mistake."""

from __future__ import annotations

from collections import Counter

from yaml import CBaseLoader, YAMLError
from yaml.error import MarkedYAMLError

from bot.errors import Problem
from bot.knowledge.decoding import Position, decode
from bot.knowledge.reading import START, Reading
from bot.knowledge.yaml_faults import Explanation, Fault
from bot.knowledge.yaml_lines import slips_in
from bot.knowledge.yaml_mistakes import explain
from bot.knowledge.yaml_tree import TreeBuilder, position_of

_MOST_MENDED = 100  # mistakes of syntax a file: whoever has more is not writing YAML
_MOST_READ = 1 << 20  # characters in all: a long paper is read 17 times, a file of 1 MB twice
_MOST_TRIED = 3  # times a line: what cannot be mended then is not what it seems
_NO_END = (
    "文件末尾没有换行，可能没有保存完整",
    "核对最后一行是否完整，在它末尾按一次回车，再保存",
)


def read_nodes(path: str, content: bytes) -> Reading:
    """Read a file's bytes; whatever is in them, nothing is raised and all problems are given.

    A mistake of syntax is mended as far as anybody can tell what was meant, and reading begins
    again, so that the others are found too; what was mended has a problem and is never served.
    """
    decoded = decode(path, content)
    if decoded.text is None:
        return Reading(path, None, {}, {}, decoded.problems)
    lines = decoded.text.split("\n")
    told: dict[int, Problem] = {}
    touched: set[int] = set()
    for slip in slips_in(decoded.text):
        told[slip.at.line] = _syntax_problem(path, slip.at, slip.what, slip.remedy)
        lines[slip.at.line - 1] = slip.mended
    touched.update(told)
    builder = _read_mending(path, lines, told, touched, clean=not decoded.problems)
    kept = [problem for problem in builder.problems if problem.line not in touched]
    if not told and not builder.stopped and not decoded.text.endswith("\n"):
        at = Position(len(lines), len(lines[-1]))
        kept.append(_syntax_problem(path, at, *_NO_END))
    problems = (*decoded.problems, *told.values(), *kept)
    tree = None if builder.stopped else builder.root
    return Reading(path, tree, builder.values, builder.keys, problems, frozenset(touched))


def _read_mending(
    path: str, lines: list[str], told: dict[int, Problem], touched: set[int], *, clean: bool
) -> TreeBuilder:
    """Read until nothing is left to mend; `told`, `touched` and `lines` take what was found."""
    read = 0
    tries: Counter[int] = Counter()
    while True:
        builder = TreeBuilder(path, tuple(lines), clean)
        text = "\n".join(lines)
        read += len(text)
        found = _feed(builder, text)
        if found is None:
            return builder
        line = found.at.line
        tries[line] += 1
        if line not in touched:
            told[line] = _syntax_problem(path, found.at, found.what, found.remedy)
        touched.update((line, *found.mended))
        hopeless = tries[line] > _MOST_TRIED or len(told) > _MOST_MENDED or read > _MOST_READ
        if not found.mended or hopeless:
            builder.forget_run_on(line)
            builder.stopped = True
            return builder
        for number, mended in found.mended.items():
            lines[number - 1] = mended


def _syntax_problem(path: str, at: Position, what: str, remedy: str) -> Problem:
    return Problem(path, at.line, at.column, "", what, remedy)


def _feed(builder: TreeBuilder, text: str) -> Explanation | None:
    """Give the parser's events to the builder, up to the end or the first that cannot be.

    What the parser complains of is explained and given.
    """
    loader = CBaseLoader(text)
    try:
        while not builder.stopped and loader.check_event():
            builder.take(loader.get_event())
    except MarkedYAMLError as error:
        at, since = position_of(error.problem_mark), position_of(error.context_mark)
        return explain(
            Fault(builder.lines, error.problem or "", error.context or "", at or START, since)
        )
    except YAMLError:
        builder.stop(START, "不是 YAML 文件", "用纯文本编辑器重新保存为 UTF-8")
    finally:
        loader.dispose()
    if builder.root in (None, "") and not builder.stopped:
        builder.stop(START, "文件是空的", "写上内容，或删掉这个文件")
    return None
