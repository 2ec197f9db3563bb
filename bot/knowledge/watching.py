"""Being told that files change: by the system where it can tell, at intervals everywhere.

The only door of watchfiles. Network mounts and some containers tell nothing; whoever listens
looks at the folder by itself now and then, so what arrives here only makes it sooner.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from watchfiles import watch

from bot.telemetry import log

TICK = 0.1  # seconds between looks at the clock; costs a few microseconds each


def changes_told(folders: tuple[Path, ...]) -> Iterator[bool]:
    """Give, without end, at least once in a `TICK`, whether the system told of a change.

    Where it cannot tell of any (no such folder, too many watched ones), it is always False.
    """
    milliseconds = int(TICK * 1000)
    try:
        for told in watch(
            *(folder.resolve() for folder in folders),
            watch_filter=None,  # names are judged where the folder is listed
            debounce=milliseconds,
            step=10,  # milliseconds without a change after which those so far are told
            rust_timeout=milliseconds,
            yield_on_timeout=True,
            raise_interrupt=False,
            ignore_permission_denied=True,
        ):
            yield bool(told)
    except OSError as error:
        log.warning("no word of changes (%s): looking at intervals", error.strerror or error)
    while True:
        time.sleep(TICK)
        yield False
