"""All problems of all files are told at once, and each broken file as what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError, Problem
from bot.knowledge.loading import load
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    SHORT_DOCUMENT,
    Files,
    write_folder,
)


def problems_of(folder: Path, content: str | bytes) -> tuple[Problem, ...]:
    """Give what is reported for a folder whose one document has this content."""
    files = {DOCUMENT_PATH: content, "documents/short.yaml": SHORT_DOCUMENT}
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(folder, files))
    return caught.value.problems


def test_all_mistakes_of_a_file_are_found_at_once(tmp_path: Path) -> None:
    """A wrong date hides neither a wrong quote, nor an unknown field, nor a hidden character."""
    changed = (
        DOCUMENT.replace("until: 2026-12-31", "until: 2026-02-30")
        .replace("quote: 受理后", "quote: 受理之后")
        .replace("issuer: 省", "isuer: 省")
        .replace("heading: 办理时限", "heading: 补贴标准\N{ZERO WIDTH SPACE}")
        .replace("cap: 2000元", "cap: 2000元\n    cap: 1元")
    )
    problems = problems_of(tmp_path, changed)
    assert [problem.line for problem in problems] == [3, 13, 20, 20, 32, 40]
    assert "重复" in "".join(problem.what for problem in problems if problem.line == 20)


def test_all_files_are_reported_at_once(tmp_path: Path) -> None:
    """A file that cannot be read hides no problem of another one, and makes none."""
    changes: Files = {
        DOCUMENT_PATH: "title：甲\nwording: 摘编\n",
        "documents/short.yaml": SHORT_DOCUMENT + "supersedes: [{id: trade-in, how: 升级}]\nx: 1\n",
        "office.yaml": "name: 甲\ncontact: {name: 乙, phone: 热线}\n",
        "synonyms.yaml": "synonyms:\n  - [甲, 乙]\n  - [丙]\n  - [丁, 甲]\n",
        "lexicon.txt": "甲 乙\n".encode("utf-16"),
    }
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(tmp_path, changes))
    assert [(p.path, p.line, p.column, p.field) for p in caught.value.problems] == [
        (DOCUMENT_PATH, 1, 6, ""),
        ("documents/short.yaml", 8, 1, "x"),
        ("lexicon.txt", 1, 1, ""),
        ("office.yaml", 1, 1, "disclaimer"),
        ("office.yaml", 1, 1, "privacy"),
        ("office.yaml", 1, 1, "welcome"),
        ("office.yaml", 2, 27, "contact.phone"),
        ("synonyms.yaml", 3, 5, "synonyms[1]"),
        ("synonyms.yaml", 4, 9, "synonyms[2][1]"),
    ]
    assert "9处" in str(caught.value)


def test_a_lexicon_has_one_word_a_line(tmp_path: Path) -> None:
    """Two words on a line are reported at the second one."""
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(tmp_path, {"lexicon.txt": "国补\n两新 两重\n"}))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == ("lexicon.txt", 2, 4)


def test_documents_cannot_supersede_each_other_in_a_circle(tmp_path: Path) -> None:
    """Each circle is reported once, with all who are in it; a chain is none."""
    follows = {"a": "b", "b": "c", "c": "a", "d": "a", "e": "f", "f": "e"}
    files = {
        f"documents/{name}.yaml": f"{SHORT_DOCUMENT}supersedes: [{{id: {other}, how: 升级}}]\n"
        for name, other in follows.items()
    }
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(tmp_path, files))
    problems = caught.value.problems
    assert [(problem.line, problem.column) for problem in problems] == [(7, 19), (7, 19)]
    circles = sorted("".join(sorted(set(problem.what) & set("abcdef"))) for problem in problems)
    assert circles == ["abc", "ef"]


@pytest.mark.parametrize(
    ("content", "place", "what", "remedy"),
    [
        (DOCUMENT.encode("gbk"), (1, 8), "0xBA", "GBK"),
        (DOCUMENT.encode("utf-16"), (1, 1), "UTF-16", "UTF-8"),
        (DOCUMENT.encode("utf-16-le"), (1, 1), "UTF-16", "UTF-8"),
        (DOCUMENT.encode().replace("摘编".encode(), b"\xe6\x91\xff"), (2, 10), "0xE6", "损坏"),
        (DOCUMENT.encode()[:-3], (41, 49), "0xE6", "保存完整"),
        (b"", (1, 1), "空的", "写上内容"),
        ("# 以后再写\n", (1, 1), "空的", "写上内容"),
        ("- 甲\n", (1, 1), "最外层不是字段", "title: …"),
        ("甲" * 400_000, (0, 0), "超过 1 MB", "拆成"),
    ],
    ids=lambda value: str(value)[:12],
)
def test_what_is_no_yaml_text_is_told_apart(
    tmp_path: Path, content: str | bytes, place: tuple[int, int], what: str, remedy: str
) -> None:
    """Wrong encodings, damaged and empty files are named as what they are."""
    (problem,) = problems_of(tmp_path, content)
    assert (problem.line, problem.column) == place
    assert what in problem.what
    assert remedy in problem.remedy
