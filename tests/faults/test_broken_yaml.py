"""Files broken by accident or malice: always a report with a place, never a traceback."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, Problem
from bot.knowledge.loading import load
from bot.knowledge.shrinking import is_cut_short, share_lost
from tests.faults.spoiling import SEED, mutate, real_files
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    OFFICE,
    SHORT_DOCUMENT,
    write_files,
    write_folder,
)

MUTATIONS = 500
WHOLE = DOCUMENT.encode()
SHRUNK = 0.2  # share of a document's text: who loses more is held until staff confirm it


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with an office and one document, whose file is spoilt again and again."""
    return write_files(tmp_path, {"office.yaml": OFFICE, DOCUMENT_PATH: DOCUMENT})


def problems_of(folder: Path, content: bytes) -> tuple[Problem, ...]:
    """Load a folder with this document; give its problems, none where it is accepted."""
    (folder / DOCUMENT_PATH).write_bytes(content)
    try:
        load(folder)
    except KnowledgeError as error:
        return error.problems or (Problem("", 0, 0, "", "", ""),)  # refused without a reason
    return ()


def assert_places(problems: tuple[Problem, ...], content: bytes) -> None:
    """Hold that every problem of the document points into its file and says what to do."""
    last = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for problem in problems:
        assert problem.path == DOCUMENT_PATH
        assert 1 <= problem.line <= last
        assert problem.column >= 1
        assert problem.what
        assert problem.remedy


def test_a_spoilt_file_is_read_or_refused_with_a_place(folder: Path) -> None:
    """500 mutations of real files: no exception but KnowledgeError, each with a place."""
    chance = random.Random(SEED)  # noqa: S311  not for secrets: the same files each time
    files = real_files()
    refused = 0
    for number in range(MUTATIONS):
        content = mutate(files[number % len(files)], chance)
        problems = problems_of(folder, content)
        assert_places(problems, content)
        refused += bool(problems)
    assert refused > MUTATIONS // 2  # else the mutations would be too tame to show anything


def test_no_half_written_file_loses_anything_silently(folder: Path) -> None:
    """Each prefix of a file is refused with a place, or loses nothing, or would be held."""
    whole = load(folder).documents[0]
    losing = []
    for length in range(len(WHOLE)):
        content = WHOLE[:length]
        problems = problems_of(folder, content)
        assert_places(problems, content)
        if not problems:
            assert content.endswith(b"\n")  # a file that ends within a line is never accepted
            document = load(folder).documents[0]
            held = share_lost(whole, document) > SHRUNK or is_cut_short(WHOLE, content)
            assert held or document == whole
            losing.append(share_lost(whole, document))
    assert min(losing) < SHRUNK  # else a cut could be told by the share alone


@pytest.mark.parametrize(
    "content",
    [
        "[" * 50_000,
        "{a: " * 50_000,
        "- " * 50_000,
        "? " * 50_000,
        "".join(f"{' ' * depth}a:\n" for depth in range(1000)),
        "a: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a]\n" for n in range(5_000)),
    ],
    ids=["brackets", "braces", "dashes", "questions", "indents", "aliases"],
)
def test_hostile_nesting_does_not_end_the_process(tmp_path: Path, content: str) -> None:
    """What crashes YAML's own loader is a problem with a place, in a process that lives on."""
    folder = write_folder(tmp_path, {"documents/hostile.yaml": content})
    code = (
        "import sys; from pathlib import Path; from bot.knowledge.checking import find_problems; "
        "print(*sorted({p.path for p in find_problems(Path(sys.argv[1]))}))"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert (ended.returncode, ended.stdout.strip()) == (0, "documents/hostile.yaml"), ended.stderr


@pytest.mark.timeout(5)  # seconds: the goal for every malformed file
@pytest.mark.parametrize(
    "content",
    [
        "k" * 1_048_000 + ": 1",
        '"' + "a" * 1_048_000,
        "".join(f"k{number}:\n" for number in range(100_000)),
        "title: x\n" * 100_000,
        SHORT_DOCUMENT + "topics: [" + "，," * 200_000 + "]\n",
        "title：甲\n" + "- " * 500_000,
        "title: 甲" + " " * 1_000_000 + "#乙\n",
        SHORT_DOCUMENT + "topics: [" + "a," * 400_000 + "]\n" + "owner: b: c\n" * 20,
        "title：甲\n" + "a" * 20 + " " * 1_000_000 + "b：\n",
        "\u200b" * 349_000,
        "\0" * 1_048_000,
    ],
    ids=[
        "key",
        "quote",
        "fields",
        "twice",
        "items",
        "dashes",
        "blanks",
        "late",
        "gap",
        "hidden",
        "nul",
    ],
)
def test_a_huge_file_is_refused_within_five_seconds(tmp_path: Path, content: str) -> None:
    """A file just below the size cap cannot keep the check busy, whatever is in it."""
    folder = write_folder(tmp_path, {"documents/huge.yaml": content})
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    assert {problem.path for problem in caught.value.problems} == {"documents/huge.yaml"}
