"""A bar on standard error for work that takes long enough to be seen."""

from __future__ import annotations

from rich.console import Console
from rich.progress import Progress as Bar
from rich.progress import TaskID

from bot.retrieval.analysing import Progress

WORTH_SHOWING = 2_000  # passages; fewer are analysed in under a second


def shown_progress(what: str, worth_showing: int = WORTH_SHOWING) -> Progress:
    """Give what draws the bar, of that many steps or more; it ends itself when all is done."""
    bar = Bar(console=Console(stderr=True))
    tasks: list[TaskID] = []

    def show(done: int, of: int) -> None:
        if of < worth_showing or (done >= of and not tasks):
            return
        if not tasks:
            tasks.append(bar.add_task(what, total=of))
            bar.start()
        bar.update(tasks[0], completed=done)
        if done >= of:
            bar.stop()

    return show
