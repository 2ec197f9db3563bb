"""Where a bench ran, and its figures as a table, a plot and a file."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from textwrap import fill
from typing import Any

from rich.console import Console
from rich.table import Table

LIBRARIES = (
    "numpy",
    "numba",
    "jieba",
    "rjieba",
    "rank-bm25",
    "bm25s",
    "tantivy",
)
GIB = 2**30
INCH = 17  # characters of the small print under a plot
WIDTH = 140  # characters of a table where no terminal limits it


def environment() -> dict[str, str]:
    """Tell what a figure depends on beside the code."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "cpu": _first("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else "?"),
        "memory": _memory(),
        "system": platform.platform(),
        "python": platform.python_version(),
        **{name: version_of(name) for name in LIBRARIES},
    }


def in_words(where: Mapping[str, str]) -> str:
    """Write the environment in one line."""
    return ", ".join(f"{name} {value}" for name, value in where.items())


def _first(path: str, name: str) -> str:
    """Give the value of the first line of a file of /proc that has the name."""
    if not Path(path).exists():
        return ""
    lines = Path(path).read_text("utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def _memory() -> str:
    kibibytes = _first("/proc/meminfo", "MemTotal").split()
    return f"{int(kibibytes[0]) * 1024 / GIB:.0f} GiB" if kibibytes else "unknown"


def version_of(name: str) -> str:
    """Give the version of an installed library, else `absent`."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return "absent"


def table_of(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """Lay out rows; the first column is text, the others are figures."""
    table = Table(title=title, title_justify="left")
    for number, name in enumerate(names):
        table.add_column(name, justify="right" if number else "left")
    for row in rows:
        table.add_row(*row)
    return table


def show(parts: Sequence[Table | str], file: Path) -> None:
    """Print tables and lines, and write the same to a file."""
    with file.open("w", encoding="utf-8") as written:
        shown = Console() if sys.stdout.isatty() else Console(width=WIDTH)
        for console in (shown, Console(file=written, width=WIDTH)):
            for part in parts:
                console.print(part, highlight=False)


def keep(found: object, file: Path) -> None:
    """Write figures as JSON."""
    file.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")


def plot_times(
    times: Mapping[str, Mapping[int, tuple[float, float]]], where: str, file: Path
) -> str:
    """Draw p50 and p99 of each system over sizes; give what is missing to do so, or nothing."""
    if version_of("matplotlib") == "absent":
        return "matplotlib is not installed: no plot"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 5), layout="constrained")
    axes = figure.subplots()
    for name, by_size in times.items():
        sizes = list(by_size)
        line = axes.plot(sizes, [by_size[size][0] for size in sizes], marker="o", label=name)
        colour = line[0].get_color()
        axes.plot(sizes, [by_size[size][1] for size in sizes], ":", marker=".", color=colour)
    axes.set(xscale="log", yscale="log", xlabel="passages", ylabel="CPU ms a question")
    axes.set_title("Terms to ten passages, one thread: p50 solid, p99 dotted")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=8)
    _save(figure, where, file)
    return ""


def plot_measures(
    measures: Mapping[str, Mapping[str, Mapping[str, float]]], where: str, file: Path
) -> str:
    """Draw a group of bars for each set, one for each way of ranking: set → way → measure."""
    if version_of("matplotlib") == "absent":
        return "matplotlib is not installed: no plot"
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4 * len(measures) + 2, 4), layout="constrained")
    for axes, (name, ways) in zip(
        figure.subplots(1, len(measures), squeeze=False)[0], measures.items(), strict=True
    ):
        width = 0.8 / len(ways)
        for place, (way, values) in enumerate(ways.items()):
            at = [number + place * width for number in range(len(values))]
            axes.bar(at, list(values.values()), width, label=way)
            axes.set_xticks([number + 0.4 - width / 2 for number in range(len(values))])
            axes.set_xticklabels(list(values), fontsize=7)
        axes.set(title=name, ylim=(0, 1))
    handles, labels = axes.get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside upper center", ncols=len(labels), fontsize=8)
    _save(figure, where, file)
    return ""


def _save(figure: Any, where: str, file: Path) -> None:
    """Write a plot with the environment in small print under it."""
    figure.supxlabel(fill(where, int(INCH * figure.get_figwidth())), fontsize=6)
    figure.savefig(file)
