"""Which code made what is kept: folders are named by it, so that nobody measures a stale one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from hashlib import blake2b
from pathlib import Path

from tests.bench.report import version_of

ROOT = Path(__file__).parents[2]
INDEX = (
    "hashing",
    "counting",
    "compiling",
    "container",
)  # files that decide what a compiled index holds
CUTTERS = ("jieba", "rjieba")  # the last that the analyzer loads cuts the words


@cache
def analyzer_code() -> str:
    """Name what the terms of made passages depend on: how they are made, folded and cut."""
    bench = (ROOT / "tests/bench" / name for name in ("corpora.py", "terms.py"))
    cutting = (ROOT / "bot/retrieval" / name for name in ("analyzer.py", "function_words.txt"))
    return _named((*bench, *cutting, *sorted((ROOT / "bot/text").glob("*.py"))))


@cache
def index_code() -> str:
    """Name what the product's index depends on beside its terms."""
    bench = ROOT / "tests/bench/product.py"
    return _named((bench, *(ROOT / f"bot/retrieval/{name}.py" for name in INDEX)))


def _named(paths: Iterable[Path]) -> str:
    digest = blake2b(digest_size=4)
    for path in paths:
        digest.update(path.read_bytes())
    for name in CUTTERS:
        digest.update(version_of(name).encode())
    return digest.hexdigest()
