"""Start a new document: a commented file under drafts/, which nobody is answered from.

What must be filled in is left blank, so that `check` names it where the file is moved to
documents/ too early.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from bot.knowledge.loading import Folder, read_folder
from bot.knowledge.relations import document_id
from bot.knowledge.rewriting import written_scalar
from bot.knowledge.saving import Writing
from bot.knowledge.scalars import ID

DRAFTS = "drafts"
DOCUMENTS = "documents"
_TOPIC_FOLDER = re.compile(r"\w[\w-]{0,39}")  # a name that any system can hold, hanzi included
_TEXT_INDENT = 6  # columns before the lines of a text, as in all files
_TEMPLATE = """\
# yaml-language-server: $schema=../../document.schema.json
# 草稿：放在 drafts 里不会用来回答。没有内容的必填项都要填；以“# ”开头的是说明，
# 用得着的字段去掉前面的“# ”再填，用不着的整行删掉。填好后移到 {published}。
title: {title}
wording: 摘编  # 摘编：自己整理的话；原文：逐字照录，回答时加引号
source:
  publisher:   # 必填：谁发布的，如 湖南日报、某县人民政府网
  # title: 报道或网页的标题
  # reported: 2026-01-31
  # url: https://www.example.gov.cn/policy
# region: 湖南省             # 管哪里
# issuer: 某某局             # 发文机关
# number: 某政发〔2026〕1号  # 文号
# issued: 2026-01            # 发文的日、月或年
{topics}
# also_called: [群众的叫法]
# effective_from: 2026-01-01   # 哪天起施行，文件没写就不要写
# effective_until: 2026-12-31  # 有效到哪天（含当天）
# review_by: 2026-12-31        # 哪天之前复核一次
sections:
  - heading:   # 必填：小标题
    asks: []   # 群众怎么问，写五到十条：[怎么交, 交多少]
    text: |   # 必填：正文从下一行写起，每行前面空六格
{indent}
"""


@dataclass(frozen=True, slots=True)
class Start:
    """What a new document begins with; `topic` is the name of its folder."""

    document: str
    title: str
    topic: str

    @property
    def path(self) -> str:
        """Give where the draft lies."""
        return f"{DRAFTS}/{self.topic}/{self.document}.yaml"

    @property
    def published(self) -> str:
        """Give where it is moved to, to be served."""
        return f"{DOCUMENTS}/{self.topic}/{self.document}.yaml"


def start(folder: Path, begun: Start) -> Writing:
    """Work out the draft of a new document.

    Raises `SettingsError` where its id, title or topic cannot be, or its id is taken.
    """
    read = read_folder(folder)
    _check(folder, read, begun)
    content = _TEMPLATE.format(
        published=begun.published,
        title=written_scalar(begun.title.strip()),
        topics=_topics(read, begun.topic),
        indent=" " * _TEXT_INDENT,
    )
    return Writing(begun.path, None, content.encode())


def _check(folder: Path, read: Folder, begun: Start) -> None:
    if not ID.fullmatch(begun.document):
        remedy = "编号只用小写字母、数字和连字符，最多 40 个，如 pension-2026"
        raise SettingsError("ID", begun.document, remedy)
    if not _TOPIC_FOLDER.fullmatch(begun.topic):
        remedy = "主题是文件夹的名字，只用文字、数字和连字符，如 pension"
        raise SettingsError("--topic", begun.topic, remedy)
    if not begun.title.strip() or not begun.title.isprintable():
        raise SettingsError("--title", begun.title, "写成一行文件名称")
    taken = [one.reading.path for one in read.documents]
    drafts = sorted((folder / DRAFTS).rglob("*.yaml"))
    taken += [path.relative_to(folder).as_posix() for path in drafts]
    same = next((path for path in taken if document_id(path) == begun.document), None)
    if same:
        raise SettingsError("ID", begun.document, f"{same} 已经用了这个编号，换一个")


def _topics(read: Folder, folder: str) -> str:
    """Write the topics that the documents of the same folder mostly have."""
    counted: Counter[str] = Counter()
    for sheet in read.documents:
        if sheet.fields and sheet.reading.path.split("/")[1:-1] == [folder]:
            counted.update(sheet.fields.topics)
    common = ", ".join(written_scalar(topic) for topic, _ in counted.most_common(1))
    return f"topics: [{common}]" if common else "# topics: [主题的名称]"
