"""`policybot confirm`: say that a change which is held is meant."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from bot.cli.options import settings_with
from bot.cli.status import NEVER, explained
from bot.knowledge.versions import CONFIRMABLE, Confirmation, Withheld
from bot.reloading.confirming import confirm as leave
from bot.reloading.lock import is_serving
from bot.reloading.status import read_status


def confirm(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE]…", help="文件名、编号或路径，不写则确认全部等待确认的"),
    ] = None,
) -> None:
    """确认等待确认的改动：大段删掉的、像没有保存完整的、不见了的文件。"""
    data = settings_with(None).data
    found = read_status(data)
    if found is None:
        raise _refused(NEVER)
    waiting = tuple(
        one.withheld for one in found.report.held if one.withheld.reason in CONFIRMABLE
    )
    wanted = [_named(name, waiting) for name in names] if names else list(waiting)
    if not wanted:
        raise _refused("没有等待确认的改动。")
    for one in wanted:
        leave(data, Confirmation(one.path, one.content))
        print(f"已确认 {explained(one)}，直到换上")
    after = "几秒后换上" if is_serving(data) else "服务没有运行，下次启动时采用"
    print(f"只对现在这个样子的文件有效，再改动要重新确认。{after}，用 policybot status 查看。")


def _named(name: str, waiting: tuple[Withheld, ...]) -> Withheld:
    """Find what a name means: a path in the folder or of this machine, a file's name or id."""
    path = PurePosixPath(Path(name).as_posix())
    for one in waiting:
        known = PurePosixPath(one.path)
        ends = path.parts[-len(known.parts) :] == known.parts
        if ends or name in {known.name, known.stem}:
            return one
    raise _refused(f"{name} 没有等待确认的改动；有哪些，请看 policybot status。")


def _refused(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(1)
