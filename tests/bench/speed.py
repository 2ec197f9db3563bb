"""How fast: terms → ten passages, beside other libraries, on the same terms in the same run.

`python -m tests.bench.speed [--sizes 10000 100000] [--beir DIR…]`; see `--help`. Writes
`speed.txt`, `speed.json` and `speed.svg` into `--out`, and keeps corpora and indexes there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.table import Table

from tests.bench.choice import all_systems
from tests.bench.corpora import made_passages, real_passages
from tests.bench.lucene import find_jar
from tests.bench.product import answered, edition_of
from tests.bench.report import environment, in_words, keep, plot_times, show, table_of
from tests.bench.systems import System
from tests.bench.terms import WEIGHTS, Measured, Terms, analyse, measured
from tests.bench.timing import Cost, agreement, compare, cost_of

MEGABYTE = 1e6
REFERENCE = "rank_bm25"
COLUMNS = (
    "system",
    "p50 ms",
    "p99 ms",
    "CPU p50",
    "CPU p99",
    "agrees",
    "build s",
    "peak MB",
    "disk MB",
    "reopen ms",
    "own MB",
    "mapped MB",
)


@dataclass(frozen=True, slots=True)
class Row:
    """Everything measured of one system at one size; `absent` says why nothing was."""

    system: str
    absent: str = ""
    cost: Cost | None = None
    agrees: float | None = None
    build: dict[str, float] | None = None
    cold: dict[str, float] | None = None


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    options = _options().parse_args(given)
    options.out.mkdir(parents=True, exist_ok=True)
    jars = find_jar(options.lucene_jar, options.out)
    systems = [
        system
        for system in all_systems(jars[0] if jars else None)
        if not options.systems or system.name in options.systems
    ]
    where = environment()
    parts: list[Table | str] = [in_words(where)]
    parts += [f"{system.name}: {system.note}" for system in systems]
    kept: dict[str, object] = {"environment": where}
    times: dict[str, dict[int, tuple[float, float]]] = {}
    for size in options.sizes:
        terms = _terms(options, size)
        rows = _measure(systems, terms, options, jars)
        parts += [_table(measured(terms), rows), *_notes(rows)]
        kept[str(size)] = {"corpus": asdict(measured(terms)), "rows": [_kept(row) for row in rows]}
        for row in rows:
            if row.cost:
                times.setdefault(row.system, {})[size] = (row.cost.cpu_p50, row.cost.cpu_p99)
    for size in options.answers:
        cost = _answering(_terms(options, size), options.rounds)
        parts.append(_answers_table(size, cost))
        kept[f"answers {size}"] = {**asdict(cost), "passages": None}
    parts.append(plot_times(times, in_words(where), options.out / "speed.svg"))
    show(parts, options.out / "speed.txt")
    keep(kept, options.out / "speed.json")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
    parser.add_argument(
        "--answers",
        type=int,
        nargs="*",
        default=[],
        metavar="SIZE",
        help="also time question to composed answer at these sizes",
    )
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--beir",
        type=Path,
        nargs="*",
        default=[],
        metavar="DIR",
        help="real text instead of made text",
    )
    parser.add_argument("--systems", nargs="*", default=[], help="these only, by name")
    parser.add_argument("--lucene-jar", type=Path)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    return parser


def _terms(options: argparse.Namespace, size: int) -> Terms:
    kind = "-".join(folder.name for folder in options.beir) or "made"
    passages = real_passages(options.beir, size) if options.beir else made_passages(size)
    folder = options.out / "corpora" / f"{kind}-{size}-{options.questions}"
    return analyse(passages, size, options.questions, folder)


def _measure(
    systems: Sequence[System], terms: Terms, options: argparse.Namespace, jars: Sequence[Path]
) -> list[Row]:
    """Build and open each index in a process of its own, then time all of them together."""
    absent = {system.name: _absence(system, terms.size) for system in systems}
    there = [system for system in systems if not absent[system.name]]
    folders = {
        system.name: options.out / "indexes" / terms.folder.name / system.index for system in there
    }
    builds = {system.name: _built(system, terms, folders[system.name], jars) for system in there}
    colds = {
        system.name: _child("open", system, terms, folders[system.name], jars) for system in there
    }
    questions = terms.questions()
    opened = {system.name: system.open(terms, folders[system.name], questions) for system in there}
    costs = compare(opened, len(questions), options.rounds)
    for one in opened.values():
        one.close()
    reference = costs.get(REFERENCE) or next(iter(costs.values()), None)
    return [
        Row(name, why)
        if why
        else Row(
            name,
            "",
            costs[name],
            agreement(costs[name].passages, reference.passages) if reference else None,
            builds[name],
            colds[name],
        )
        for name, why in absent.items()
    ]


def _absence(system: System, size: int) -> str:
    if size > system.largest:
        return f"not run beyond {system.largest:,} passages"
    return system.missing()


def _built(system: System, terms: Terms, folder: Path, jars: Sequence[Path]) -> dict[str, float]:
    """Build an index that is not there yet; what building took is kept beside it."""
    kept = folder.with_suffix(".json")
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        keep(_child("build", system, terms, folder, jars), kept)
    found: dict[str, float] = json.loads(kept.read_text("utf-8"))
    return found


def _child(
    what: str, system: System, terms: Terms, folder: Path, jars: Sequence[Path]
) -> dict[str, float]:
    given = [what, system.name, terms.folder, terms.size, folder, *jars[:1]]
    command = [sys.executable, "-m", "tests.bench.child", *map(str, given)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _answering(terms: Terms, rounds: int) -> Cost:
    """Time questions to composed answers, on documents made of the passages."""
    edition = edition_of(terms)
    texts = [question.text for question in terms.questions()]
    turns = [[answered(edition, text) for text in texts] for _ in range(rounds + 1)]
    return cost_of(list(zip(*turns[1:], strict=True)))


def _table(corpus: Measured, rows: Sequence[Row]) -> Table:
    fields = ", ".join(
        f"{field} × {weight}: {terms:.1f} terms, {postings:,.0f} postings a question"
        for (field, weight), terms, postings in zip(
            WEIGHTS.items(), corpus.terms_of_question, corpus.postings_of_question, strict=True
        )
    )
    title = (
        f"\n{corpus.passages:,} passages of {sum(corpus.terms_of_passage):.0f} distinct terms, "
        f"{corpus.questions} questions; {fields}"
    )
    return table_of(title, COLUMNS, [_cells(row) for row in rows if row.cost])


def _cells(row: Row) -> list[str]:
    cost, build, cold = row.cost, row.build or {}, row.cold or {}
    if cost is None:
        return [row.system]
    times = [cost.wall_p50, cost.wall_p99, cost.cpu_p50, cost.cpu_p99]
    return [
        row.system,
        *(f"{value:.3g}" for value in times),
        "–" if row.agrees is None else f"{row.agrees:.3f}",
        f"{build['seconds']:.1f}",
        *(f"{build[name] / MEGABYTE:.0f}" for name in ("peak", "size")),
        f"{cold['opening']:.0f}",
        *(f"{cold[name] / MEGABYTE:.0f}" for name in ("own", "mapped")),
    ]


def _notes(rows: Sequence[Row]) -> list[str]:
    return [f"{row.system}: absent, {row.absent}" for row in rows if row.absent]


def _answers_table(size: int, cost: Cost) -> Table:
    cells = [
        f"{value:.3g}" for value in (cost.wall_p50, cost.wall_p99, cost.cpu_p50, cost.cpu_p99)
    ]
    title = f"\nQuestion to composed answer, {size:,} passages"
    return table_of(title, ("system", *COLUMNS[1:5]), [["policybot", *cells]])


def _kept(row: Row) -> dict[str, object]:
    found = asdict(row)
    if row.cost:
        found["cost"] = {**asdict(row.cost), "passages": None}
    return found


if __name__ == "__main__":
    main()
