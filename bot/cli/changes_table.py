"""What changed, in the terminal: the counts, then old and new side by side."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.cli.wording import (
    KINDS,
    counts_of,
    files_of,
    heading_of,
    questions_of,
    summary_of,
    texts_of,
    verdict_of,
)
from bot.evaluation.comparing import Group, Kind
from bot.evaluation.report import Report
from bot.text.differing import Part, differing

OLD, NEW = "bold red", "bold green"


def print_report(report: Report, console: Console) -> None:
    """Print the report; nothing of what staff wrote is taken for markup."""

    def line(text: str, style: str = "") -> None:
        console.print(text, style=style, markup=False, soft_wrap=True)

    line(summary_of(report))
    for name, count in counts_of(report):
        line(f"  {name}：{count}")
    for told in files_of(report):
        line(f"  {told}")
    for kind, groups in groupby(report.groups, key=lambda group: group.kind):
        line(f"\n{KINDS[kind]}", OLD if kind is Kind.BROKEN else "bold")
        for group in groups:
            line(questions_of(group))
            console.print(_side_by_side(group))
    line(verdict_of(report), OLD if report.counts[Kind.BROKEN] else "")


def _side_by_side(group: Group) -> Table:
    table = Table(expand=True)
    for when, said in (("原来", group.before), ("现在", group.after)):
        table.add_column(Text(f"{when} {heading_of(said)}"), ratio=1, overflow="fold")
    old, new = differing(*texts_of(group))
    if old or new:
        table.add_row(_styled(old, OLD), _styled(new, NEW))
    return table


def _styled(parts: tuple[Part, ...], style: str) -> Text:
    return Text.assemble(*((text, style if differs else "") for text, differs in parts))
