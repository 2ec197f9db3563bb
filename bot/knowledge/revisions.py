"""The knowledge folder as it was at a revision of git; the only door of the program git."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from bot.errors import SettingsError

OPTION: Final = "--against"
_OF_HOOKS = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"})
_LONGEST_WAIT = 120  # seconds: archiving 20,000 files takes 2, and nothing is fetched


@contextmanager
def folder_against(knowledge: Path, against: str) -> Iterator[Path]:
    """Give a folder, or the knowledge folder as it was at a revision, in a temporary folder.

    What names a folder is one, also where a revision has the same name. Raises `SettingsError`
    where it is neither, or git cannot tell.
    """
    if against and Path(against).is_dir():
        yield Path(against)
        return
    with tempfile.TemporaryDirectory(prefix="policybot-") as passing:
        target = Path(passing)
        _unpack(_archive(knowledge, against), target)
        yield target


def _archive(knowledge: Path, against: str) -> bytes:
    """Have git pack the folder as it was; only the folder itself, whatever lies around it."""
    folder = knowledge.resolve()
    if not folder.is_dir():
        raise _wrong(against, f"没有 {knowledge} 这个文件夹")
    inside, complaint = _git(folder, "rev-parse", "--is-inside-work-tree")
    if inside.strip() != b"true":
        remedy = f"没有这个文件夹；{knowledge} 也不在能用的 git 仓库里（{complaint}）"
        raise _wrong(against, remedy)
    commit = b""
    if against and not against.startswith("-") and "\0" not in against:  # "-" begins an option
        named = f"{against}^{{commit}}"
        commit, _ = _git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", named)
    if not commit:
        remedy = "没有这个文件夹，git 里也没有这个版本；CI 里要先取得全部历史（git fetch）"
        raise _wrong(against, remedy)
    name = commit.decode("ascii").strip()
    packed, _ = _git(folder, "archive", "--format=tar", name, "--", ".")
    if not packed:
        raise _wrong(against, f"那个版本里还没有 {knowledge} 这个文件夹")
    return packed


def _git(folder: Path, *arguments: str) -> tuple[bytes, str]:
    """Give what git prints, nothing where it fails, and the first line of its complaint.

    Where a hook of git runs this, its own variables must not lead to another repository.
    """
    outer = {name: value for name, value in os.environ.items() if name not in _OF_HOOKS}
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],  # noqa: S607  # git is wherever PATH has it
            capture_output=True,
            timeout=_LONGEST_WAIT,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**outer, "LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0"},
        )
    except FileNotFoundError:
        raise SettingsError(OPTION, "", "这台机器没有安装 git，请写一个文件夹") from None
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        raise SettingsError(OPTION, "", f"git 运行不了（{type(error).__name__}）") from error
    complaint = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
    return (done.stdout if done.returncode == 0 else b""), complaint


def _unpack(packed: bytes, target: Path) -> None:
    """Write the plain files of an archive; links and what leads elsewhere are left out."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            path = PurePosixPath(member.name)
            content = archive.extractfile(member) if member.isfile() else None
            if content is None or path.is_absolute() or ".." in path.parts:
                continue
            place = target / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content.read())


def _wrong(against: str, remedy: str) -> SettingsError:
    return SettingsError(OPTION, against, remedy)
