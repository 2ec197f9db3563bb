"""The edge to the file system: which files of a knowledge folder count, and their bytes."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path, PurePosixPath
from stat import S_ISLNK, S_ISREG

from bot.errors import Problem, SettingsError
from bot.knowledge.decoding import LARGEST_FILE

SETTING = "POLICYBOT_KNOWLEDGE"
FRESH = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use (FAT)
_DOCUMENTS = "documents"
_DOCUMENT_SUFFIX = ".yaml"
_NOT_SERVED = ("drafts",)  # folders that may hold YAML which is no document in force
_SIMILARITY = 0.8  # of 1: finds offices.yaml and office.yml, not a document's own name
_LEFTOVER_ENDS = ("~", ".swp", ".tmp", ".bak", ".part", "___jb_tmp___")
_LEFTOVER_NAMES = ("Thumbs.db", "desktop.ini", "4913")  # vim tries a folder with a file 4913


@dataclass(frozen=True, slots=True)
class StaffFile:
    """A file of the knowledge folder: its path in it, with `/`, and what is in it."""

    path: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileState:
    """What the system says of a file; another version of it has another state.

    `fresh`: written so lately that another change could look the same. That ends with time, so
    that a file is looked at once more when it does.
    """

    size: int
    number: int
    modified: int
    changed: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of a folder by name with their places and states, and what does not belong."""

    places: Mapping[str, Path]
    states: Mapping[str, FileState]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What was looked for: the files that could be read, and problems with the others."""

    files: tuple[StaffFile, ...]
    problems: tuple[Problem, ...]


def check_folder(folder: Path) -> None:
    """Raise `SettingsError` where there is no knowledge folder."""
    if not folder.is_dir():
        remedy = "这个文件夹不存在，用 --knowledge 或这个设置指向知识文件夹"
        raise SettingsError(SETTING, str(folder), remedy)


def find_file(folder: Path, name: str) -> Found:
    """Read a file of the folder by name; that it is not there is no problem here."""
    if not os.path.lexists(folder / name):
        return Found((), ())
    return _read_all(folder, [folder / name])


def find_documents(folder: Path) -> Found:
    """Read all documents' files, in order of their paths; what does not belong is a problem."""
    wanted, problems = _document_paths(folder)
    found = _read_all(folder, list(wanted))
    return Found(found.files, (*problems, *found.problems))


def find_strays(folder: Path, known: Iterable[str]) -> tuple[Problem, ...]:
    """Report YAML files that nobody reads: beside documents/ and not `known`, or elsewhere."""
    names = tuple(known)
    strays: list[Problem] = []
    for path in sorted(folder.iterdir()):
        if _is_ignored(path.name) or path.name in (*names, _DOCUMENTS, *_NOT_SERVED):
            continue
        if path.is_dir():
            strays.extend(_stray_folder(folder, path, names))
        elif _is_yaml(path):
            strays.append(Problem(_name(folder, path), 0, 0, "", _UNREAD, _move_to(path, names)))
    return tuple(strays)


_UNREAD = "这个文件不会被读到"


def _stray_folder(folder: Path, path: Path, names: tuple[str, ...]) -> Iterator[Problem]:
    files = [file for file in path.rglob("*") if _is_yaml(file) and not _is_ignored(file.name)]
    inside = sum(_name(folder, file) not in names for file in files)
    if path.name == "workdays" and inside:
        for file in files:
            if _name(folder, file) not in names:
                remedy = "文件名写成年份，如 workdays/2027.yaml"
                yield Problem(_name(folder, file), 0, 0, "", _UNREAD, remedy)
    elif inside:
        what = f"这个文件夹里有 {inside} 个 .yaml 文件，不会被读到"
        yield Problem(_name(folder, path), 0, 0, "", what, f"移到 {_DOCUMENTS}/<主题>/ 里")


def _move_to(path: Path, names: tuple[str, ...]) -> str:
    near = get_close_matches(path.name.lower(), names, n=1, cutoff=_SIMILARITY)
    if near:
        return f"文件名是不是 {near[0]}"
    return f"政策文件放进 {_DOCUMENTS}/<主题>/，扩展名 .yaml"


def _is_yaml(path: Path) -> bool:
    return path.suffix.lower() in (_DOCUMENT_SUFFIX, ".yml")


def list_files(folder: Path, names: Iterable[str]) -> Listing:
    """List documents' files and other files by name, with their states; no file is read.

    Raises `SettingsError` where there is no such folder.
    """
    check_folder(folder)
    paths, problems = _document_paths(folder)
    places = {_name(folder, path): path for path in (*paths, *(folder / name for name in names))}
    states = {name: state for name, path in places.items() if (state := state_of(path))}
    return Listing({name: places[name] for name in states}, states, problems)


def state_of(path: Path) -> FileState | None:
    """Ask the system for the state of a file; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    fresh = time.time_ns() - found.st_mtime_ns < FRESH
    times = found.st_mtime_ns, found.st_ctime_ns
    return FileState(found.st_size, found.st_ino, *times, fresh)


def read_places(folder: Path, places: Iterable[Path]) -> Found:
    """Read files of the folder by their places; those that cannot be read are problems."""
    return _read_all(folder, list(places))


def signature_of(folder: Path, names: Iterable[str]) -> str:
    """Name the state of a folder's documents and other files by what the system says of them.

    No file is read. Empty where a file is so fresh that another change could look the same.
    """
    paths, _ = _document_paths(folder)
    return signature_of_files((*paths, *(folder / name for name in names)))


def signature_of_files(paths: Iterable[Path]) -> str:
    """Name the state of files by path, size, number and times; empty where one is too fresh."""
    digest = sha256()
    newest = 0
    for path in paths:
        try:
            found = path.stat()
        except OSError:
            digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
            continue
        changed = max(found.st_mtime_ns, found.st_ctime_ns)
        newest = max(newest, changed)
        state = (
            f"{path.absolute()}\0{found.st_size}\0{found.st_ino}\0{found.st_mtime_ns}\0{changed}\0"
        )
        digest.update(state.encode("utf-8", "surrogateescape"))
    return "" if time.time_ns() - newest < FRESH else digest.hexdigest()


def _document_paths(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    problems: list[Problem] = []
    paths: list[Path] = []

    def cannot_open(error: OSError) -> None:
        problems.append(_unreadable(_name(folder, Path(error.filename))))

    top = folder / _DOCUMENTS
    for parent, folders, names in os.walk(top, onerror=cannot_open) if top.is_dir() else ():
        folders[:] = [name for name in folders if not _is_ignored(name)]
        paths.extend(Path(parent) / name for name in names if not _is_ignored(name))
        links = (Path(parent) / name for name in folders)
        problems.extend(_link(_name(folder, path)) for path in links if path.is_symlink())
    strays = [path for path in paths if path.suffix != _DOCUMENT_SUFFIX]
    problems.extend(_stray(_name(folder, path)) for path in strays)
    wanted = sorted(set(paths).difference(strays), key=lambda path: _name(folder, path))
    return tuple(wanted), tuple(problems)


def source_of(file: StaffFile) -> str:
    """Name a file by its path and its bytes."""
    return digest_of((file,))


def digest_of(files: tuple[StaffFile, ...]) -> str:
    """Hash files with their paths; each part's length goes in, so that none can shift."""
    digest = sha256()
    for file in files:
        for part in (file.path.encode(), file.content):
            digest.update(len(part).to_bytes(8))
            digest.update(part)
    return digest.hexdigest()


def _read_all(folder: Path, paths: list[Path]) -> Found:
    files: list[StaffFile] = []
    problems: list[Problem] = []
    inside = {parent: _is_inside(folder, parent) for parent in {path.parent for path in paths}}
    for path in paths:
        read = _read(folder, path, inside[path.parent])
        if isinstance(read, Problem):
            problems.append(read)
        else:
            files.append(read)
    return Found(tuple(files), tuple(problems))


def _is_inside(folder: Path, path: Path) -> bool:
    """Tell whether a path leads into a folder, whatever links there are on the way."""
    return path.resolve().is_relative_to(folder.resolve())


def _read(folder: Path, path: Path, inside: bool) -> StaffFile | Problem:
    """Read a file; `inside`: the folder that it is listed in lies within the knowledge folder."""
    name = _name(folder, path)
    try:
        status = path.lstat()
        if S_ISLNK(status.st_mode):  # only then: following takes longer than reading
            path = path.resolve(strict=True)
            status, inside = path.stat(), _is_inside(folder, path)
        if not inside:
            return _link(name)
        if not S_ISREG(status.st_mode):  # a pipe would be waited for without end
            return Problem(name, 0, 0, "", "这不是普通文件", "把它移出知识文件夹")
        with path.open("rb") as file:
            return StaffFile(name, file.read(LARGEST_FILE + 1))  # one more: too long is seen
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return _unreadable(name)


def _unreadable(name: str) -> Problem:
    return Problem(name, 0, 0, "", "打不开", "检查文件是否还在，以及有没有读取权限")


def _link(name: str) -> Problem:
    return Problem(name, 0, 0, "", "这是指向别处的链接", "把文件或文件夹本身放进知识文件夹")


def _stray(name: str) -> Problem:
    if PurePosixPath(name).suffix.lower() in (".yml", _DOCUMENT_SUFFIX):
        return Problem(name, 0, 0, "", "扩展名不对", "改成 .yaml，字母小写")
    remedy = "移出 documents；政策文件的扩展名是 .yaml"
    return Problem(name, 0, 0, "", "documents 里不能放这个文件", remedy)


def _is_ignored(name: str) -> bool:
    """Tell whether a name is a hidden file's, or one that editors and systems leave behind."""
    leftover = name.startswith((".", "~$", "#")) or name.endswith(_LEFTOVER_ENDS)
    return leftover or name in _LEFTOVER_NAMES


def _name(folder: Path, path: Path) -> str:
    """Write a path as staff read it; what cannot be printed would break whoever prints it."""
    name = path.relative_to(folder).as_posix()
    if name.isprintable():
        return name
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in name)
