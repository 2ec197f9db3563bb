"""From where a corpus comes to an edition in service: mapped where it lies, else built first.

Building never happens in the process that serves: a child reads, analyses and writes the file,
and ends. The serving process maps it.
"""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeAlias

from bot.errors import EditionError, PolicyBotError
from bot.knowledge.records import Known
from bot.models.documents import Corpus
from bot.retrieval.analysing import Progress, analyse, silent
from bot.retrieval.assembling import assemble
from bot.retrieval.container import Container, map_file, unpack, write_file
from bot.retrieval.edition import (
    Edition,
    analysis_of,
    code_of_compiling,
    fingerprint_of,
    known_in,
    open_edition,
    words_of,
)
from bot.retrieval.groundwork import groundwork_of
from bot.telemetry import log

FOLDER = "editions"  # in the data folder
SUFFIX = ".edition"
NOTE = ".seen"
KEPT_NOTES = 20  # of as many states of knowledge folders; one is a hundred bytes
Read: TypeAlias = Callable[[Known | None], Corpus]

KEPT = 3  # editions in the folder: the present one, and two to come back to or to build upon


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a corpus comes from: how to read it, and how to name what it holds.

    `digest` names the bytes of its files, `signature` what the system says of these files
    without reading them (empty where that could miss a change). `read` is given the documents
    that need not be read again, if there are any; it goes to another process, so it is a
    function of a module, or a partial of such.
    """

    read: Read
    digest: Callable[[], str]
    signature: Callable[[], str]


@dataclass(frozen=True, slots=True)
class Told:
    """What the child tells: how far it is, where the edition lies, or why there is none."""

    done: int = 0
    of: int = 0
    path: Path | None = None
    error: PolicyBotError | None = None


def open_or_build(
    origin: Origin, data: Path, cache_folder: Path | None, progress: Progress = silent
) -> Edition:
    """Map the edition of what the origin holds now; where there is none, have it built.

    Raises what reading the origin raises, and `EditionError`.
    """
    folder = data / FOLDER
    signature = origin.signature()
    fingerprint = _noted(folder, signature) or fingerprint_of(origin.digest())
    known = _opened(folder / f"{fingerprint}{SUFFIX}", cache_folder)
    if known:
        _note(folder, signature, fingerprint)
        return known
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        with tempfile.TemporaryDirectory() as passing:  # mapped, it stays readable once unlinked
            built = build(origin, Path(passing), cache_folder, progress)
            return open_edition(map_file(built), cache_folder)
    return open_edition(map_file(build(origin, folder, cache_folder, progress)), cache_folder)


def _opened(path: Path, cache_folder: Path | None) -> Edition | None:
    """Open an edition that is there and sound."""
    if not path.exists():
        return None
    try:
        return open_edition(map_file(path), cache_folder)
    except EditionError as error:
        log.warning("edition %s is built again: %s", path.stem, error)
        return None


def _noted(folder: Path, signature: str) -> str:
    """Give the fingerprint of the edition that was opened for these very files before."""
    note = folder / f"{signature}{NOTE}"
    try:
        fingerprint, code = note.read_text("ascii").split()
    except (OSError, ValueError):
        return ""
    return fingerprint if signature and code == code_of_compiling() else ""


def _note(folder: Path, signature: str, fingerprint: str) -> None:
    """Remember which edition files belong to, so that they need not be read the next time."""
    note = folder / f"{signature}{NOTE}"
    if not signature or note.exists():
        return
    try:
        for other in sorted(folder.glob(f"*{NOTE}"))[KEPT_NOTES:]:
            other.unlink(missing_ok=True)
        content = f"{fingerprint} {code_of_compiling()}".encode("ascii")
        write_file((memoryview(content),), note)
    except OSError as error:
        log.debug("no note of the edition in service: %s", error)


def build(origin: Origin, folder: Path, cache_folder: Path | None, progress: Progress) -> Path:
    """Have a child process write the edition into a folder; give its path.

    Raises what reading the origin raises, and `EditionError`, also where the child dies.
    """
    context = get_context("spawn")  # a fork would carry the caller's locks and threads along
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_build, args=(origin.read, folder, cache_folder, theirs))
    child.start()
    theirs.close()
    try:
        while True:
            told: Told = ours.recv()
            if told.error:
                raise told.error
            if told.path:
                return told.path
            progress(told.done, told.of)
    except EOFError:
        raise EditionError("建索引的进程中断了，可能是内存不足") from None
    finally:
        child.join()
        ours.close()


def _build(read: Read, folder: Path, cache_folder: Path | None, teller: Connection) -> None:
    """Do the work of the child, and tell how it ended."""
    gc.disable()  # the process ends soon; looking for garbage in what is read takes a third
    try:
        corpus = read(_known(folder))
        path = write_edition(corpus, folder, cache_folder, lambda *far: teller.send(Told(*far)))
        open_edition(map_file(path), cache_folder)  # compiles loops here, where nobody waits
        teller.send(Told(path=path))
    except PolicyBotError as error:
        teller.send(Told(error=error))
    except MemoryError:
        teller.send(Told(error=EditionError("内存不足")))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        teller.send(Told(error=EditionError(f"写不进 {folder}（{reason}）")))


def write_edition(
    corpus: Corpus, folder: Path, cache_folder: Path | None, progress: Progress = silent
) -> Path:
    """Analyse, compile and write a corpus in this process; give the path of the edition."""
    words = words_of(corpus)
    ground = groundwork_of(corpus, _earlier(folder, analysis_of(words)))
    counts = analyse(ground, words, cache_folder, progress)
    pieces = assemble(ground, counts, words, cache_folder)
    path = folder / f"{fingerprint_of(corpus.digest)}{SUFFIX}"
    write_file(pieces, path)
    for other in _newest(folder)[KEPT:]:
        other.unlink(missing_ok=True)
    return path


def _newest(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"*{SUFFIX}"), key=lambda path: -path.stat().st_mtime_ns)


def _known(folder: Path) -> Known | None:
    """Find the newest sound edition of files that the present code has read."""
    code = code_of_compiling()
    for container in _sound(folder):
        if container.about.get("code") == code and container.texts["sources"]:
            return known_in(container)
    return None


def _earlier(folder: Path, analysis: str) -> Container | None:
    """Find the newest sound edition whose texts were analysed as they would be now."""
    return next((one for one in _sound(folder) if one.about["analysis"] == analysis), None)


def _sound(folder: Path) -> Iterator[Container]:
    """Give the sound editions in a folder, the newest first."""
    for path in _newest(folder):
        try:
            yield unpack(map_file(path))
        except EditionError:
            continue


def edition_in_memory(corpus: Corpus, cache_folder: Path | None = None) -> Edition:
    """Make a small corpus an edition in this process, without a file."""
    words, ground = words_of(corpus), groundwork_of(corpus, None)
    pieces = assemble(ground, analyse(ground, words, cache_folder), words, cache_folder)
    return open_edition(b"".join(pieces), cache_folder)
