"""Files spoilt and cut off, read one after the other; run as a child, which may crash or hang.

`python -m tests.bench.spoilt mutations FIRST COUNT` or `… prefixes FILE`; prints its counts as
JSON. A file that takes longer than `LONGEST` ends the process with a fault.
"""

from __future__ import annotations

import faulthandler
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from bot.errors import Problem
from bot.knowledge.converting import document_of
from bot.knowledge.files import StaffFile
from bot.knowledge.relations import problems_within
from bot.knowledge.schema import DocumentFields
from bot.knowledge.sheets import read_sheet
from bot.knowledge.shrinking import is_cut_short, share_lost
from bot.models.documents import Document
from tests.faults.spoiling import SEED, mutate, real_files

LONGEST = 5  # seconds for a file: the goal for every malformed one
SHRUNK = 0.2  # share of a document's text: who loses more is held until staff confirm it
PATH = "documents/spoilt.yaml"
Read = Callable[[bytes], tuple[Document | None, tuple[Problem, ...]]]


def read(content: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read a document as loading does; none where it has problems."""
    sheet = read_sheet(DocumentFields, StaffFile(PATH, content))
    problems = (*sheet.problems, *sheet.untold(problems_within(sheet.reading)))
    return (None if problems or not sheet.fields else document_of("a", sheet.fields)), problems


def mutations(first: int, count: int) -> Iterator[bytes]:
    """Give spoilt files by their numbers: the same number always gives the same file."""
    files = real_files()
    for number in range(first, first + count):
        chance = random.Random(SEED + number)  # noqa: S311  not for secrets: the same each time
        yield mutate(files[number % len(files)], chance)


def judge_mutations(contents: Iterable[bytes], reading: Read = read) -> Counter[str]:
    """Count the files that are read, refused with place and reason, and refused without."""
    counted: Counter[str] = Counter()
    for content in contents:
        document, problems = reading(content)
        last = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
        told = all(
            1 <= one.line <= last and one.column >= 1 and one.what and one.remedy
            for one in problems
        )
        refused = "refused with place and reason" if problems and told else "refused without"
        counted["read" if document else refused] += 1
    return counted


def judge_prefixes(whole: bytes, reading: Read = read) -> Counter[str]:
    """Count what becomes of each beginning of a file; `lost silently` is what may not be."""
    document, _ = reading(whole)
    assert document
    return Counter(_fate(document, whole, whole[:length], reading) for length in range(len(whole)))


def _fate(document: Document, whole: bytes, content: bytes, reading: Read) -> str:
    left, _ = reading(content)
    if left is None:
        return "refused"
    if left == document:
        return "read whole"
    if share_lost(document, left) > SHRUNK:
        return "held: shrunk by more than 20 %"
    return "held: cut short" if is_cut_short(whole, content) else "lost silently"


def main(what: str, *given: str) -> None:
    """Judge what the command line asks for; print the counts and the slowest file's seconds."""
    slowest = 0.0

    def timed(content: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        nonlocal slowest
        faulthandler.dump_traceback_later(LONGEST, exit=True)
        start = time.process_time()
        found = read(content)
        slowest = max(slowest, time.process_time() - start)
        faulthandler.cancel_dump_traceback_later()
        return found

    if what == "mutations":
        counted = judge_mutations(mutations(*map(int, given)), timed)
    else:
        counted = judge_prefixes(real_files()[int(given[0])], timed)
    print(json.dumps({"counted": counted, "slowest": slowest}))  # noqa: T201  read by the parent


if __name__ == "__main__":
    main(*sys.argv[1:])
