"""Write drafts where nothing is served from and nothing is overwritten."""

from __future__ import annotations

import re
from itertools import count
from pathlib import Path

from bot.errors import DraftError, SettingsError
from bot.knowledge.files import check_folder
from bot.knowledge.importing.outcome import Draft
from bot.knowledge.scalars import ID

DRAFTS = "drafts"
DEFAULT_TOPIC = "unsorted"
_TOPIC = re.compile(r"[\w][\w-]{0,39}")  # a name of a folder: nothing that leads elsewhere
_LINK = "这是指向别处的链接，换成文件夹本身"


def check_topic(topic: str) -> None:
    """Raise `SettingsError` for a topic that cannot be the name of a folder."""
    if not _TOPIC.fullmatch(topic):
        remedy = "只用汉字、字母、数字和 -，最多 40 个，如 appliances"
        raise SettingsError("--topic", topic, remedy)


def place(draft: Draft, knowledge: Path, topic: str) -> Path:
    """Write a draft under drafts/<topic>/; a name that is taken gets a number behind it.

    Names of documents in service count as taken. Raises `DraftError` where it cannot be written.
    """
    check_folder(knowledge)
    check_topic(topic)
    folder = _folder(knowledge, topic)
    taken = {path.stem for path in (knowledge / "documents").rglob("*.yaml")}
    taken.update(path.stem for path in (knowledge / DRAFTS).rglob("*.yaml"))
    slug = draft.slug if ID.fullmatch(draft.slug) else "draft"
    for number in count(1):
        name = slug if number == 1 else f"{slug}-{number}"
        if name not in taken:
            path = folder / f"{name}.yaml"
            try:
                _write(path, draft.text)
            except FileExistsError:
                continue
            except OSError as error:
                raise DraftError(
                    path.name, f"写不进 {folder}", error.strerror or "检查权限"
                ) from error
            return path
    raise AssertionError("numbers do not end")


def _folder(knowledge: Path, topic: str) -> Path:
    """Make the folder of a topic; none of its parts may lead elsewhere."""
    drafts = knowledge / DRAFTS
    folder = drafts / topic
    for part in (drafts, folder):
        if part.is_symlink():
            raise DraftError(str(part), "不能写到这里", _LINK)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DraftError(str(folder), "建不了这个文件夹", error.strerror or "检查权限") from error
    return folder


def _write(path: Path, text: str) -> None:
    """Write a new file, never over another nor through a link; what failed halfway is removed."""
    with path.open("xb") as file:
        try:
            file.write(text.encode())
        except OSError:
            path.unlink(missing_ok=True)
            raise
