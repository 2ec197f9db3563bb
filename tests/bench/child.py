"""What is measured in a fresh process: building an index, and opening it cold.

`python -m tests.bench.child build|open SYSTEM CORPUS SIZE INDEX [JAR]` prints one JSON object.
"""

from __future__ import annotations

import json
import resource
import shutil
import sys
import time
from dataclasses import asdict
from pathlib import Path

from tests.bench.choice import system_named
from tests.bench.lucene import InJava
from tests.bench.systems import System
from tests.bench.terms import Terms
from tests.bench.timing import KIB, NANOSECONDS, Memory, memory_of, peak_memory


def build(system: System, terms: Terms, folder: Path) -> dict[str, float]:
    """Build an index; give seconds of wall time, and the peak of memory in bytes."""
    system.missing()  # imports what is needed, which is not building
    shutil.rmtree(folder, ignore_errors=True)  # what a build that failed left
    folder.mkdir(parents=True)
    start = time.perf_counter()
    system.build(terms, folder)
    seconds = time.perf_counter() - start
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * KIB
    return {
        "seconds": seconds,
        "peak": max(peak_memory(), children),
        "size": sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
    }


def open_cold(system: System, terms: Terms, folder: Path) -> dict[str, float]:
    """Give milliseconds from opening to the first answer, imports apart, and memory after all.

    Files may still be in the page cache, as they are after a restart of the service. Memory
    is what was added since before opening; of a process of Java, all that it holds.
    """
    system.missing()
    questions = terms.questions()
    before = memory_of("self")
    start = time.perf_counter()
    first = system.open(terms, folder, questions[:1])
    first.answer(0)
    opening = (time.perf_counter() - start) * 1000
    if isinstance(first, InJava):
        opening = first.opening / NANOSECONDS
        before = Memory(0, 0, 0)
    first.close()
    del first  # else what it maps would count twice
    opened = system.open(terms, folder, questions)
    for number in range(len(questions)):
        opened.answer(number)
    after = memory_of(opened.process())
    opened.close()
    grown = {name: value - getattr(before, name) for name, value in asdict(after).items()}
    return {"opening": opening, **grown}


def main() -> None:
    """Do what the command line says."""
    what, name, corpus, size, folder, *jar = sys.argv[1:]
    system = system_named(name, Path(jar[0]) if jar else None)
    measure = {"build": build, "open": open_cold}[what]
    found = measure(system, Terms(Path(corpus), int(size)), Path(folder))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
