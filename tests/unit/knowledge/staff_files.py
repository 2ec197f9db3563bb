"""A small, valid knowledge folder, and the writing of it: every test spoils its own copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Files: TypeAlias = Mapping[str, str | bytes | None]

DOCUMENT_PATH = "documents/appliances/trade-in.yaml"

DOCUMENT = """\
title: 湖南省家电以旧换新补贴办法
wording: 摘编
issuer: 省商务厅
issued: 2024-06
region: 湖南省
topics: [家电以旧换新]
also_called: [家电国补]
source:
  publisher: 湖南日报
  reported: 2024-09-04
  url: https://example.org/a
effective_from: 2024-09-01
effective_until: 2026-12-31
sections:
  - heading: 补贴标准
    asks: [一级能效补多少]
    text: |
      一级能效的家电按售价的20%补贴。
      每件最高补贴2000元。二级能效的按15%补贴，每类一件。
  - heading: 办理时限
    text: |
      受理后2个工作日内办结。
not_stated:
  - {about: 申请地点, asks: [在哪申请]}
benefits:
  - name: 家电补贴
    items: [冰箱, 洗衣机]
    rates:
      - {when: {等级: 1}, rate: 20%}
      - {when: {等级: 2}, rate: 15%}
    cap: 2000元
    limit: {per: 消费者, of: 每类, count: 1}
    quote: 每件最高补贴2000元。
time_limits:
  - item: 补贴审核
    also_called: [审核]
    within: 2个工作日
    from: 受理次日
    quote: 受理后2个工作日内办结。
services:
  - {name: 补贴申请, materials: [身份证, 发票], window: 一楼}
"""

OFFICE = """\
name: 示例市政务服务中心
contact: {name: 政务服务便民热线, phone: 12345}
welcome: 您好，请直接输入问题。
disclaimer: 以主管部门核定为准。
privacy: 请不要输入身份证号。
hot_topics: [补贴标准]
"""

SYNONYMS = """\
synonyms:
  - [补贴, 补助]
  - [冰箱, 电冰箱]
"""

JUDGEMENTS = """\
floors: {recall_at_1: 0.85, off_topic_answered: 0, near_miss_answered: 0.20, \
answerable_refused: 0.05}
judgements:
  - {question: 一级补多少, document: trade-in, heading: 补贴标准, asked_on: 2026-11-02, kept: true}
  - {question: 几天办好, document: trade-in, heading: 办理时限, asked_on: 2026-11-02, \
also: [{document: trade-in, heading: 补贴标准}]}
  - {question: 手机补多少, unanswerable: near_miss, asked_on: 2026-11-02}
"""

SHORT_DOCUMENT = """\
title: 简短的办法
wording: 原文
source: {publisher: 湖南日报}
sections:
  - heading: 第一条
    text: 为了方便群众，制定本办法。
"""

FOLDER: Files = {
    "office.yaml": OFFICE,
    "synonyms.yaml": SYNONYMS,
    "lexicon.txt": "# 分词用词\n国补\n\n两新  # 简称\n国补\n",
    "judgements.yaml": JUDGEMENTS,
    DOCUMENT_PATH: DOCUMENT,
}


MARK = "▶"


@dataclass(frozen=True)
class Mistake:
    """One change to a valid file, and what must be said about it.

    In `new` the sign ▶ stands before the character that the problem must point at; it is taken
    out before the file is written.
    """

    old: str
    new: str
    what: str
    remedy: str
    field: str = ""


def spoil(content: str, mistake: Mistake) -> tuple[str, int, int]:
    """Make one mistake in a valid file; give the file, and its line and column from 1."""
    assert content.count(mistake.old) == 1
    marked = content.replace(mistake.old, mistake.new)
    before = marked[: marked.index(MARK)].split("\n")
    return marked.replace(MARK, ""), len(before), len(before[-1]) + 1


def write_folder(folder: Path, changes: Files | None = None) -> Path:
    """Write the valid folder with changes; give the folder."""
    return write_files(folder, {**FOLDER, **(changes or {})})


def write_files(folder: Path, files: Files) -> Path:
    """Write files into a folder, by their paths in it; None leaves a file out."""
    for name, content in files.items():
        if content is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
