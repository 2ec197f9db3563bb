"""How fast: terms → ten passages, beside other libraries, on the same terms in the same run.

`python -m tests.bench.speed [--sizes 10000 100000] [--beir DIR…]`; see `--help`. Writes
`speed.txt`, `speed.json` and `speed.svg` into `--out`, and keeps corpora and indexes there.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from rich.table import Table

from tests.bench.choice import all_systems
from tests.bench.lucene import find_jar
from tests.bench.measuring import Place, Row, measure
from tests.bench.report import environment, in_words, keep, plot_times, show, table_of
from tests.bench.systems import System
from tests.bench.terms import WEIGHTS, Measured, kept_terms, measured
from tests.bench.timing import Cost

MEGABYTE = 1e6
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


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    options = _options().parse_args(given)
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    jars = find_jar(options.lucene_jar, options.out)
    systems = [
        system
        for system in all_systems(jars[0] if jars else None)
        if not options.systems or system.name in options.systems
    ]
    measures = []
    for size in options.sizes:
        terms = kept_terms(options.out, size, options.questions, options.beir)
        place = Place(terms, options.out / "indexes" / terms.folder.name, jars)
        measures.append((measured(terms), measure(systems, place, options.rounds)))
    _report(systems, measures, options.out)


def _report(
    systems: Sequence[System],
    measures: Sequence[tuple[Measured, Sequence[Row]]],
    out: Path,
) -> None:
    """Print and write all that was measured."""
    where = environment()
    parts: list[Table | str] = [in_words(where)]
    parts += [f"{system.name}: {system.note}" for system in systems]
    kept: dict[str, object] = {"environment": where}
    times: dict[str, dict[int, tuple[float, float]]] = {}
    for corpus, rows in measures:
        parts += [_table(corpus, rows), *_notes(rows)]
        kept[str(corpus.passages)] = [asdict(corpus), *(_kept(row) for row in rows)]
        for row in rows:
            if row.cost:
                by_size = times.setdefault(row.system, {})
                by_size[corpus.passages] = (row.cost.cpu_p50, row.cost.cpu_p99)
    parts.append(plot_times(times, in_words(where), out / "speed.svg"))
    show(parts, out / "speed.txt")
    keep(kept, out / "speed.json")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.speed", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000])
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


def _kept(row: Row) -> dict[str, object]:
    cost = _figures(row.cost) if row.cost else None
    return {**asdict(row), "cost": cost}


def _figures(cost: Cost) -> dict[str, object]:
    """Give all but the passages found, of which there are thousands."""
    return {**asdict(cost), "passages": None}


if __name__ == "__main__":
    main()
