"""Have a file read by a child process that can do no harm, and take only text from it."""

from __future__ import annotations

import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from bot.errors import DraftError
from bot.knowledge.decoding import LARGEST_FILE
from bot.knowledge.importing import child
from bot.knowledge.importing.formats import LARGEST_SOURCE
from bot.knowledge.importing.outcome import Account, Draft, Refusal, Step, from_line

_LINE_BYTES = 2 * LARGEST_FILE  # a draft is a staff file at most; JSON escapes line ends
_MOST_LINES = 100  # drafts and one account; a page has ten articles
_MOST_BYTES = 8 << 20  # of all drafts of a file: two million characters of hanzi have six


@dataclass(frozen=True, slots=True)
class Limits:
    """What a child may use: bytes of memory, and seconds, of its CPU and by the clock."""

    memory: int = 1 << 30  # a PDF file of 2,000 pages takes 300 MB
    seconds: int = 120  # 300 pages take 10; a slow machine takes three times as long


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as imported: its drafts, not written yet, and the account of its characters."""

    drafts: tuple[Draft, ...]
    account: Account


def import_file(
    path: Path, progress: Callable[[int, int], None], limits: Limits | None = None
) -> Imported:
    """Make the drafts of a file in a child process; nothing is written.

    Raises `DraftError`, with what is wrong and the remedy, for every file that cannot be drafted.
    """
    name = printable(path.name)
    _check(path, name)
    allowed = limits or Limits()
    imported, is_late = _in_child(path, name, progress, allowed)
    if imported:
        return imported
    if is_late:
        what = f"{allowed.seconds} 秒还没有读完"
        raise DraftError(name, what, "拆成几个小文件，或另存为 docx 再导入")
    remedy = "文件可能损坏；请另存为 docx，或把正文复制到 txt 再导入"
    raise DraftError(name, "读的时候中断了", remedy)


def _in_child(
    path: Path, name: str, progress: Callable[[int, int], None], limits: Limits
) -> tuple[Imported | None, bool]:
    """Run the child to its end; give what it told, and whether it was killed for being late."""
    context = get_context("spawn")  # a fork would show the child all that this process knows
    ours, theirs = context.Pipe(duplex=False)
    given = (path, limits.memory, limits.seconds, theirs)
    process = context.Process(target=child.run, args=given, daemon=True)
    process.start()
    theirs.close()
    watch = threading.Timer(limits.seconds, process.kill)
    watch.start()
    try:
        imported = _heard(name, ours, progress)
    finally:
        is_late = not watch.is_alive()
        watch.cancel()
        process.kill()
        process.join()
        ours.close()
    return imported, is_late


def printable(name: str) -> str:
    """Give a name of a file on one line: nothing in it moves what stands beside it."""
    return "".join(one if one.isprintable() else "�" for one in name)


def _check(path: Path, name: str) -> None:
    """Refuse what need not be read to be refused."""
    try:
        found = path.lstat()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise DraftError(name, "打不开", "检查文件名，以及有没有读取权限") from error
    if stat.S_ISLNK(found.st_mode):
        raise DraftError(name, "这是指向别处的链接", "请给出文件本身")
    if stat.S_ISDIR(found.st_mode):
        raise DraftError(name, "这是文件夹", "请给出里面的文件，可以一次给出几个")
    if not stat.S_ISREG(found.st_mode):
        raise DraftError(name, "这不是普通文件", "请给出文件本身")
    if found.st_size > LARGEST_SOURCE:
        what = f"文件超过 {LARGEST_SOURCE >> 20} MB"
        raise DraftError(name, what, "删掉图片或拆成几个文件再导入")


def _heard(name: str, teller: Connection, progress: Callable[[int, int], None]) -> Imported | None:
    """Listen until the account comes; None where the child ends before, or says nonsense."""
    drafts: list[Draft] = []
    size = steps = 0
    try:
        while len(drafts) < _MOST_LINES and size < _MOST_BYTES:
            line = teller.recv_bytes(_LINE_BYTES)
            told = from_line(line)
            if isinstance(told, Refusal):
                raise DraftError(name, told.what, told.remedy)
            if isinstance(told, Account):
                return Imported(tuple(drafts), told)
            if isinstance(told, Step):
                steps = told.of
                progress(told.done, told.of)
            else:
                drafts.append(told)
                size += len(line)
    except (EOFError, OSError, ValueError):
        return None
    finally:
        progress(steps, steps)  # however it ended, it has
    return None
