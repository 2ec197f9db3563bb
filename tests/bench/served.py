"""What is measured of an edition in a fresh process: building it, and serving it.

`python -m tests.bench.served build|serve CORPUS SIZE FOLDER ROUNDS` prints one JSON object.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from dataclasses import asdict
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from tests.bench.freshness import CUTTERS
from tests.bench.terms import Terms
from tests.bench.timing import NANOSECONDS, cost_of, memory_of, peak_memory


def build(terms: Terms, folder: Path) -> dict[str, object]:
    """Write the edition of a corpus in memory, then that with one document changed.

    Analysis takes as many processes as there are cores. The peak is of the largest process.
    """
    from tests.bench.product import changed, corpus_of, written

    corpus = corpus_of(terms)
    (folder / "editions").mkdir(parents=True)
    start, before = time.perf_counter(), _cpu_seconds()
    path = written(corpus, folder)
    found = {
        "building, s": time.perf_counter() - start,
        "building, CPU s of all processes": _cpu_seconds() - before,
        "building, peak of memory, bytes a passage": peak_memory() / terms.size,
        "file, bytes a passage": path.stat().st_size / terms.size,
    }
    again = changed(corpus)
    start, before = time.perf_counter(), _cpu_seconds()
    other = written(again, folder)
    found["one document changed, s"] = time.perf_counter() - start
    found["one document changed, CPU s"] = _cpu_seconds() - before
    other.unlink()
    return dict(found)


def _cpu_seconds() -> float:
    """Tell the CPU time of this process and of those that it started and that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def serve(terms: Terms, folder: Path, rounds: int) -> dict[str, object]:
    """Open a written edition, answer one question, then all; memory is what that has added."""
    imports = _imports(folder)
    from tests.bench.product import answered, opened

    texts = [question.text for question in terms.questions()]
    before = memory_of("self")
    start = time.perf_counter_ns()
    edition = opened(terms, folder)
    opening = time.perf_counter_ns() - start
    answered(edition, texts[0])
    first = time.perf_counter_ns() - start
    warm = [answered(edition, text) for text in texts]
    after = asdict(memory_of("self"))
    grown = {name: value - getattr(before, name) for name, value in after.items()}
    cost = asdict(cost_of([[answered(edition, text) for _ in range(rounds)] for text in texts]))
    return {
        "words cut by": [name for name in CUTTERS if name in sys.modules][-1],
        "imports, ms": imports / NANOSECONDS,
        "opening, ms": opening / NANOSECONDS,
        "opening to first answer, ms": first / NANOSECONDS,
        **{f"memory {name}, bytes a passage": of / terms.size for name, of in grown.items()},
        **{f"text to answer, {name} ms": cost[name] for name in cost if name != "passages"},
        "answers without evidence": sum(not one.passages for one in warm),
    }


def _imports(folder: Path) -> int:
    """Import all that serving imports, compiled loops included; give nanoseconds."""
    os.environ.setdefault("NUMBA_CACHE_DIR", str(folder))  # where the product keeps them, too
    start = time.perf_counter_ns()
    import_module("tests.bench.product")
    if find_spec("numba"):
        import_module("bot.retrieval.fast")
    return time.perf_counter_ns() - start


def main() -> None:
    """Do what the command line says."""
    what, corpus, size, folder, rounds = sys.argv[1:]
    terms = Terms(Path(corpus), int(size))
    if what == "build":
        found = build(terms, Path(folder))
    else:
        found = serve(terms, Path(folder), int(rounds))
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
