"""Lucene as a system: a small Java program of ours, compiled when first needed.

Lucene itself is never part of the repository. The jar is the one given, or the one inside a
wheel of pyserini 0.25.0 that was put into the folder of the benches (`pip download --no-deps`).
"""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tests.bench.systems import Answered, Opened
from tests.bench.terms import Question, Terms

SOURCE = Path(__file__).with_name("LuceneBench.java")
WARM_UP = 10  # rounds over all questions, 3,000 searches, after which Java has compiled itself
MEMORY = "-Xmx2g"  # of Java's own; the index is mapped, not held
# Debian's liblucene8-java: the analyzer for Chinese is not in pyserini's jar.
DEBIAN = Path("/usr/share/java")
DEBIAN_JARS = ("core", "analyzers-common", "analyzers-smartcn")


@dataclass(frozen=True, slots=True)
class Java:
    """Jars of Lucene, and the folder that our compiled program goes to."""

    jars: tuple[Path, ...]
    folder: Path

    def missing(self) -> str:
        """Tell whether there is a Java with its compiler, and Lucene; compiles our program."""
        absent = [name for name in ("java", "javac") if shutil.which(name) is None]
        if absent:
            return f"{absent[0]} is not installed"
        if not self.jars:
            return "no jar of Lucene (--lucene-jar)"
        self._compile()
        return ""

    @property
    def _path(self) -> str:
        return ":".join(str(jar.resolve()) for jar in self.jars)

    def _compile(self) -> None:
        compiled = self.folder / "LuceneBench.class"
        if compiled.exists() and compiled.stat().st_mtime > SOURCE.stat().st_mtime:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        command = [str(shutil.which("javac")), "-nowarn", "-XDsuppressNotes", "-cp", self._path]
        subprocess.run([*command, "-d", str(self.folder), str(SOURCE)], check=True)

    def command(self, *given: object) -> list[str]:
        """Give the command that runs our program."""
        java = [str(shutil.which("java")), MEMORY, "-cp", f"{self.folder}:{self._path}"]
        return [*java, "LuceneBench", *map(str, given)]


def find_jar(given: Path | None, folder: Path) -> tuple[Path, ...]:
    """Give the jar that was named, or unpack one from a wheel in the folder."""
    if given is not None:
        return (given,)
    unpacked = folder / "lucene.jar"
    for wheel in sorted(folder.glob("pyserini-*.whl")):
        if not unpacked.exists():
            _unpack(wheel, unpacked)
    return (unpacked,) if unpacked.exists() else ()


def _unpack(wheel: Path, jar: Path) -> None:
    with zipfile.ZipFile(wheel) as inside:
        named = [name for name in inside.namelist() if name.endswith("fatjar.jar")]
        jar.write_bytes(inside.read(named[0]))


def debian_jars() -> tuple[Path, ...]:
    """Give the jars of Debian's Lucene 8, which has the analyzer for Chinese; none if absent."""
    found = [sorted(DEBIAN.glob(f"lucene-{name}-8*.jar")) for name in DEBIAN_JARS]
    return tuple(jars[-1] for jars in found) if all(found) else ()


class Lucene:
    """Lucene 9.9 in a process of its own, timed inside it."""

    name = "Lucene 9.9"
    index = "lucene"
    note = "BM25Similarity(.9, .5), boosted terms, MMapDirectory, one segment, warmed up"
    largest = 1_000_000

    def __init__(self, java: Java) -> None:
        self._java = java

    def missing(self) -> str:
        """Tell what of Java and Lucene is not there."""
        return self._java.missing()

    def build(self, terms: Terms, folder: Path) -> None:
        """Index the file of terms."""
        self._run("index", terms.path, folder)

    def _run(self, *given: object) -> None:
        subprocess.run(self._java.command(*given), check=True, stderr=subprocess.DEVNULL)

    def open(self, terms: Terms, folder: Path, questions: Sequence[Question]) -> Opened:
        """Start a Java that answers one question a line."""
        file = terms.folder / "questions.tsv"
        write_rows(file, (_columns(question) for question in questions))
        rounds = WARM_UP if len(questions) > 1 else 0
        return InJava(self._java.command("serve", folder, file, rounds))


def _columns(question: Question) -> Iterator[str]:
    for field, term, weight in question.terms():
        yield f"{field}:{weight}:{term}"


def write_rows(path: Path, rows: Iterable[Iterable[str]]) -> None:
    """Write rows of columns parted by tabs."""
    with path.open("w", encoding="utf-8") as lines:
        for row in rows:
            lines.write("\t".join(row) + "\n")


class InJava:
    """An index that a process of Java holds; `opening` is what it took to the first answer."""

    def __init__(self, command: Sequence[str]) -> None:
        self._java = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            bufsize=1,
        )
        self.opening = int(self._answers.readline())  # nanoseconds

    @property
    def _answers(self) -> IO[str]:
        if self._java.stdout is None:
            raise BrokenPipeError
        return self._java.stdout

    def answer(self, number: int) -> Answered:
        """Have one question answered; Java times the search itself."""
        if self._java.stdin is None:
            raise BrokenPipeError
        self._java.stdin.write(f"{number}\n")
        wall, cpu, *passages = map(int, self._answers.readline().split())
        return Answered(wall, cpu, tuple(passages))

    def process(self) -> str:
        """Name the process of Java."""
        return str(self._java.pid)

    def close(self) -> None:
        """Let Java end by itself: its input ends."""
        if self._java.stdin is not None:
            self._java.stdin.close()
        self._java.wait()
        self._answers.close()


def ranked_by(
    java: Java, analyzer: str, documents: Path, questions: Path, folder: Path
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Rank whole documents by one of Lucene's analyzers and its defaults: (query, documents)."""
    command = java.command("rank", analyzer, documents, questions, folder)
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    for line in done.stdout.splitlines():
        name, *found = line.split("\t")
        yield name, tuple(found)
