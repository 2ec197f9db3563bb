"""Importing office files: long ones in seconds with nothing lost, hostile ones without an escape.

`python -m tests.bench.imports [--pages 300] [--hostile 300]`; see `--help`. Takes the extra
`import` and reportlab. Writes `imports.txt` and `imports.json` into `--out`.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.errors import DraftError
from bot.knowledge.importing.placing import place
from bot.knowledge.importing.sandbox import import_file
from tests.bench.corpora import made_passages
from tests.bench.report import environment, in_words, keep, show, table_of
from tests.bench.timing import KIB
from tests.faults.hostile_files import MARKER, Hostile, hostile_files
from tests.unit.knowledge.importing.office_files import docx_of, pdf_of
from tests.unit.knowledge.staff_files import write_folder

PAGE = 1_080  # characters of hanzi on a page that is full
MEBIBYTE = 1 << 20


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.imports", description=__doc__)
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--hostile", type=int, default=300)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    options = parser.parse_args(given)
    options.out.mkdir(parents=True, exist_ok=True)
    where = environment()
    with tempfile.TemporaryDirectory() as folder:
        long = _long(Path(folder), options.pages)
        hostile = _hostile(Path(folder), options.hostile)
    names = ("file", "pages", "characters", "seconds", "CPU seconds", "coverage", "sections")
    kinds = [(kind, *map(str, counts)) for kind, counts in hostile["kinds"].items()]
    parts = [
        in_words(where),
        table_of(f"\nFiles of {options.pages} pages", names, long),
        table_of("\nHostile files", ("kind", "files", "refused", "drafted"), kinds),
        f"escapes {hostile['escapes']}, parent memory + {hostile['memory']:.1f} MiB, "
        f"slowest {hostile['slowest']:.1f} s",
    ]
    show(parts, options.out / "imports.txt")
    keep({"environment": where, "long": long, "hostile": hostile}, options.out / "imports.json")


def _paragraphs(pages: int) -> list[str]:
    """Give numbered articles of made text that fill so many pages."""
    made = made_passages(pages * PAGE // 200)
    return [f"第{number}条 {passage}" for number, passage in enumerate(made, 1)]


def _long(folder: Path, pages: int) -> list[tuple[str, ...]]:
    """Import a Word and a PDF file of so many pages; give a row of figures for each."""
    paragraphs = _paragraphs(pages)
    files = {
        "long.docx": docx_of(paragraphs, "某省人民政府公报"),
        "long.pdf": pdf_of(paragraphs, "某省人民政府公报", numbered=True),
    }
    rows = []
    for name, content in files.items():
        path = folder / name
        path.write_bytes(content)
        steps: list[int] = []
        start, used = time.perf_counter(), _used()
        imported = import_file(path, lambda _done, of, steps=steps: steps.append(of))
        times = f"{time.perf_counter() - start:.1f}", f"{_used() - used:.1f}"
        sections = sum(draft.sections for draft in imported.drafts)
        counted = steps[-1] if name.endswith("pdf") else pages
        characters = imported.account.characters
        # Less than all of a file is never drafted.
        rows.append((name, str(counted), f"{characters:,}", *times, "100 %", str(sections)))
    return rows


def _used() -> float:
    """Give the seconds of CPU that children took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _hostile(folder: Path, count: int) -> dict[str, object]:
    """Import hostile files one after another; tell what became of them."""
    knowledge = write_folder(folder / "knowledge")
    (folder / "secret").write_text(MARKER, "utf-8")
    files = hostile_files(count, folder)
    ends: dict[str, Counter[str]] = {}
    escapes, slowest = 0, 0.0
    before = _listing(folder)
    started = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5", "ascii")
    for one, path in _put(files, folder):
        start = time.perf_counter()
        end, written = _end_of(path, knowledge)
        slowest = max(slowest, time.perf_counter() - start)
        ends.setdefault(one.kind, Counter())[end] += 1
        escapes += any(MARKER.encode() in draft.read_bytes() for draft in written)
        _remove(path)
    grown = _status("VmHWM") - started
    escapes += len(_listing(folder) - before)
    kinds = {
        kind: (found.total(), found["refused"], found["drafted"]) for kind, found in ends.items()
    }
    memory = grown / MEBIBYTE
    return {"kinds": kinds, "escapes": escapes, "memory": memory, "slowest": slowest}


def _put(files: Sequence[Hostile], folder: Path) -> Iterator[tuple[Hostile, Path]]:
    for one in files:
        path = folder / one.name
        one.put(path)
        yield one, path


def _end_of(path: Path, knowledge: Path) -> tuple[str, tuple[Path, ...]]:
    try:
        imported = import_file(path, lambda _done, _of: None)
        drafts = imported.drafts
        return "drafted", tuple(place(draft, knowledge, "unsorted") for draft in drafts)
    except DraftError:
        return "refused", ()


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _listing(folder: Path) -> set[str]:
    """Name all that lies in a folder, but for drafts."""
    return {str(path) for path in folder.rglob("*") if "drafts" not in path.parts}


def _status(name: str) -> int:
    """Give a figure of memory of this process in bytes."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) * KIB for line in lines if line.startswith(name))


if __name__ == "__main__":
    main()
