"""The options that several commands share, and what they mean."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bot.settings import Settings, read_settings


def parse_day(text: str | date) -> date:
    """Read YYYY-MM-DD; raises `typer.BadParameter` for any other form or no such day."""
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else _wrong_day(text)
    except ValueError:
        return _wrong_day(text)


def _wrong_day(text: str) -> date:
    raise typer.BadParameter(f"{text!r} 不是有效日期，请写成 YYYY-MM-DD，如 2026-11-02")


KnowledgeOption = Annotated[
    Path | None,
    typer.Option(
        "--knowledge", metavar="DIR", help="知识文件夹，默认 POLICYBOT_KNOWLEDGE 或 ./knowledge"
    ),
]
DayOption = Annotated[
    date | None,
    typer.Option("--date", metavar="YYYY-MM-DD", parser=parse_day, help="按哪一天回答，默认今天"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="输出JSON")]


def settings_with(knowledge: Path | None) -> Settings:
    """Read the settings, the knowledge folder replaced where the command names one."""
    settings = read_settings()
    return settings.model_copy(update={"knowledge": knowledge}) if knowledge else settings
