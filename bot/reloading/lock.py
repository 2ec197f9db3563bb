"""One serving process a data folder: a lock that ends with the process, however that ends."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO

if sys.platform != "win32":  # there nothing stops a second service, and none seems to run
    import fcntl

FILE = "serving.lock"


def take_lock(data: Path) -> IO[bytes] | None:
    """Take the lock of a data folder for as long as the file is open; None where it is taken.

    Raises `OSError` where the folder cannot be written.
    """
    data.mkdir(parents=True, exist_ok=True)
    file = (data / FILE).open("wb")
    if sys.platform == "win32":
        return file
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        return None
    return file


def is_serving(data: Path) -> bool:
    """Tell whether a process serves with this data folder."""
    if sys.platform == "win32" or not (data / FILE).exists():
        return False
    try:
        with (data / FILE).open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
