"""The process that reads a file which nobody has looked at: little memory, time and nothing else.

It may write no file. What it finds out goes to its parent as lines of JSON.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

from bot.knowledge.importing.blocks import Unreadable
from bot.knowledge.importing.formats import LARGEST_SOURCE
from bot.knowledge.importing.outcome import Refusal, Step, Told, to_line
from bot.knowledge.importing.readers import read

LIBRARIES = ("docx", "pdfplumber", "selectolax", "openpyxl")
_UNINSTALLED = Refusal("没有安装导入功能要用的库", "运行 pip install 'policybot[import]' 后再导入")
_TOO_LARGE = Refusal("读它要用的内存太多", "拆成几个小文件，或另存为 docx 再导入")
_NESTED = Refusal("里面一层套一层，太深了", "把正文复制到 txt 再导入")
_UNEXPECTED = Refusal("读不出来", "文件可能损坏；请另存为 docx，或把正文复制到 txt 再导入")


def run(path: Path, memory: int, seconds: int, teller: Connection) -> None:
    """Read a file within limits (bytes of memory, seconds of CPU) and tell what became of it."""
    _silence()
    _limit(memory, seconds)

    def tell(told: Told) -> None:
        teller.send_bytes(to_line(told))

    try:
        _convert(path, tell)
    except Unreadable as error:
        tell(Refusal(error.what, error.remedy))
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        tell(_UNINSTALLED if missing in LIBRARIES else _UNEXPECTED)
    except MemoryError:
        tell(_TOO_LARGE)
    except RecursionError:
        tell(_NESTED)
    except Exception:  # noqa: BLE001  # a hostile file may raise anything out of four libraries
        tell(_UNEXPECTED)


def _convert(path: Path, tell: Callable[[Told], None]) -> None:
    extract = read(path.name, _content_of(path), lambda done, of: tell(Step(done, of)))
    from bot.knowledge.importing.conversion import convert  # loads much, for files that are sound

    drafts, account = convert(path.name, extract)
    for draft in drafts:
        tell(draft)
    tell(account)


def _content_of(path: Path) -> bytes:
    """Read a plain file, never through a link or out of a pipe."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    handle = os.open(path, flags | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise Unreadable("这不是普通文件", "请给出文件本身")
        content = file.read(LARGEST_SOURCE + 1)
    if len(content) > LARGEST_SOURCE:
        raise Unreadable(f"文件超过 {LARGEST_SOURCE >> 20} MB", "删掉图片或拆成几个文件再导入")
    return content


def _silence() -> None:
    """Send the warnings of libraries nowhere: a person reads one line from the parent."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(memory: int, seconds: int) -> None:
    """Set the limits that the system holds a process to; Windows has none of the kind."""
    if sys.platform == "win32":
        return
    import resource

    for which, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(which, (limit, limit))
