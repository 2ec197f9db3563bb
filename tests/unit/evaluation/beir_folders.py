"""Small BEIR folders, written as such sets are published."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Rows = Iterable[dict[str, Any]]

CORPUS: Rows = (
    {"_id": "d1", "title": "家电补贴", "text": "一级能效的冰箱按售价的20%补贴。"},
    {"_id": "d2", "title": "财产登记", "text": "财产登记2个工作日内办结。"},
    {"_id": "d3", "title": "", "text": "知识产权质押融资由省局负责。", "metadata": {"x": 1}},
    {"_id": "d4", "title": "没有正文", "text": ""},
)
QUERIES: Rows = (
    {"_id": "q1", "text": "一级能效冰箱补贴多少"},
    {"_id": "q2", "text": "财产登记几天办结"},
    {"_id": "q3", "text": "火星上有没有水母"},
)


def lines(rows: Rows) -> str:
    """Write rows as JSON lines."""
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def folder(path: Path, corpus: Rows = CORPUS, queries: Rows = QUERIES) -> Path:
    """Write a BEIR folder, with judgements of q1 and q2 in `test` and of q3 in `dev`."""
    (path / "qrels").mkdir(parents=True)
    (path / "corpus.jsonl").write_text(lines(corpus), "utf-8")
    (path / "queries.jsonl").write_text(lines(queries), "utf-8")
    header = "query-id\tcorpus-id\tscore\n"
    (path / "qrels" / "test.tsv").write_text(f"{header}q1\td1\t1\nq2\td2\t1\n", "utf-8")
    (path / "qrels" / "dev.tsv").write_text(f"{header}q3\td3\t1\n", "utf-8")
    return path
