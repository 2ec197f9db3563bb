"""Write files into the knowledge folder: whole or not at all, and never outside it."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RewriteError

_NEW_FILE_MODE = 0o644  # what editors give: the service's user reads what staff wrote
_MODE_BITS = 0o777


@dataclass(frozen=True, slots=True)
class Writing:
    """What a file is to hold, and what it held when that was worked out; None: no such file."""

    path: str
    before: bytes | None
    after: bytes


def save(folder: Path, writings: tuple[Writing, ...]) -> None:
    """Write all writings, each by a file beside it that takes its place; modes are kept.

    All are on disk before the first takes its place, so that a full disk changes none. Raises
    `RewriteError` where a path leads out of the folder, a file has changed meanwhile, or
    nothing can be written; then no file is half written.
    """
    with contextlib.ExitStack() as stack:
        staged = [stack.enter_context(_staged(folder, writing)) for writing in writings]
        for writing, target, _ in staged:
            if _content(target) != writing.before:
                raise RewriteError(writing.path, "文件刚刚被别人改过", "再运行一次")
        for writing, target, beside in staged:
            _take_place(writing, beside, target)


@contextlib.contextmanager
def _staged(folder: Path, writing: Writing) -> Iterator[tuple[Writing, Path, Path]]:
    """Write the new content beside its place; what is left of that is removed in the end."""
    target = _target(folder, writing)
    beside: Path | None = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
        beside = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(writing.after)
            file.flush()
            os.fsync(file.fileno())
        mode = _NEW_FILE_MODE if writing.before is None else target.stat().st_mode & _MODE_BITS
        beside.chmod(mode)
    except OSError as error:
        _remove(beside)
        raise _not_written(writing, error) from error
    try:
        yield writing, target, beside
    finally:
        _remove(beside)


def _remove(beside: Path | None) -> None:
    if beside:
        with contextlib.suppress(OSError):  # it has taken its place, or is a hidden leftover
            beside.unlink(missing_ok=True)


def _take_place(writing: Writing, beside: Path, target: Path) -> None:
    try:
        beside.replace(target)
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the new name survives a power cut too
        finally:
            os.close(folder)
    except OSError as error:
        raise _not_written(writing, error) from error


def _target(folder: Path, writing: Writing) -> Path:
    """Follow links, so that a link stays one; none may lead out of the folder."""
    try:
        target = (folder / writing.path).resolve()
        inside = target.is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        inside = False
    if not inside:
        raise RewriteError(writing.path, "这是指向别处的链接", "把文件本身放进知识文件夹")
    return target


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _not_written(writing: Writing, error: OSError) -> RewriteError:
    reason = error.strerror or type(error).__name__
    return RewriteError(writing.path, f"写不进去（{reason}）", "检查磁盘空间和文件夹的写入权限")
