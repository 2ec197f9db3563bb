"""`policybot import`: drafts from office files, with an account of every character."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.options import KnowledgeOption, settings_with
from bot.cli.progress import shown_progress
from bot.errors import DraftError
from bot.knowledge.files import check_folder
from bot.knowledge.importing.outcome import Account, Draft, DroppedKind
from bot.knowledge.importing.placing import DEFAULT_TOPIC, check_topic, place
from bot.knowledge.importing.sandbox import import_file, printable

WORTH_SHOWING = 20  # pages; fewer are read in about a second
MOST_SHOWN = 5  # texts dropped for one reason; the others are counted
LONGEST_SHOWN = 30  # characters of each
SEVERAL = 2

FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE…", help="docx、pdf、html、xlsx、md 或 txt 文件，可以几个"),
]
TopicOption = Annotated[
    str,
    typer.Option("--topic", metavar="NAME", help="放进 drafts 下的哪个文件夹"),
]


def import_(
    files: FilesArgument,
    *,
    topic: TopicOption = DEFAULT_TOPIC,
    knowledge: KnowledgeOption = None,
) -> None:
    """把办公文件做成草稿，写到 drafts/<主题>/；草稿不会用来回答，核对后再移到 documents。"""
    folder = settings_with(knowledge).knowledge
    check_folder(folder)
    check_topic(topic)
    done = [_import_one(file, folder, topic) for file in files]
    if any(done):
        target = folder / "documents"
        print("下一步：核对草稿里标有“待核对”的各行，给各段补上 asks，")
        print(f"把文件移到 {target}/<主题>/，再运行 policybot check。", flush=True)
    raise typer.Exit(0 if all(done) else 1)


def _import_one(file: Path, folder: Path, topic: str) -> bool:
    """Import a file and tell of it; a file that cannot be imported does not stop the others."""
    try:
        name = printable(file.name)
        imported = import_file(file, shown_progress(f"读 {name}", WORTH_SHOWING))
        print(f"{name}：{_sum(imported.drafts, imported.account)}")
        for draft in imported.drafts:
            _tell_draft(draft, place(draft, folder, topic))
    except DraftError as error:
        print(error, file=sys.stderr)
        return False
    _tell_account(imported.account)
    return True


def _sum(drafts: tuple[Draft, ...], account: Account) -> str:
    dropped = sum(kind.characters for kind in account.dropped)
    several = f"，一份文件里有 {len(drafts)} 篇" if len(drafts) >= SEVERAL else ""
    return (
        f"覆盖 100%（{account.characters} 字，其中 {account.characters - dropped} 字在草稿里，"
        f"{dropped} 字略去并列在下面）{several}"
    )


def _tell_draft(draft: Draft, path: Path) -> None:
    print(f"  草稿 {path}")
    print(f"    {draft.title}，{draft.sections} 段")
    print(f"    待核对：{'、'.join(('wording', *draft.marked))}")
    if draft.missing:
        print(f"    没有找到：{'、'.join(draft.missing)}")


def _tell_account(account: Account) -> None:
    if account.note:
        print(f"  注意：{account.note}")
    for kind in account.dropped:
        print(f"  略去 {kind.reason} {kind.characters} 字：{_shown(kind)}")
    for paragraph in account.repeated:
        print(f"  重复的段落：{paragraph}")


def _shown(kind: DroppedKind) -> str:
    texts = [
        text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"
        for text in kind.texts[:MOST_SHOWN]
    ]
    more = len(kind.texts) - len(texts)
    return " / ".join(texts) + (f" 等 {len(kind.texts)} 种" if more > 0 else "")
