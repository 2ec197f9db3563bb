"""Every common mistake is named with its place and its remedy, in words held by a golden file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from bot.cli.check import Format, check
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from tests.unit.knowledge.clerks_mistakes import GOLDEN, SLIPS, broken_files, checked
from tests.unit.knowledge.staff_files import DOCUMENT, DOCUMENT_PATH, write_folder

AT_LEAST = 40  # common mistakes, of which the issue wants 25


def test_what_the_check_says_is_as_agreed(tmp_path: Path) -> None:
    """The golden file holds what is printed for every mistake, with its line and its mark."""
    assert checked(tmp_path) == GOLDEN.read_text("utf-8")


def test_every_mistake_is_named_once_and_in_its_place(tmp_path: Path) -> None:
    """Each mistake gives one problem, at the very character, and nothing else is reported."""
    files, places = broken_files()
    problems = find_problems(write_folder(tmp_path, files))
    assert [(one.path, one.line, one.column) for one in problems] == places
    assert all(one.what and one.remedy and "\n" not in str(one) for one in problems)
    assert len(SLIPS) > AT_LEAST


def test_many_mistakes_of_one_file_are_named_at_once(tmp_path: Path) -> None:
    """Mistakes of syntax hide neither each other nor mistakes of fields, rules and quotes."""
    changed = DOCUMENT
    for old, new in (
        ("title: 湖", "title：湖"),
        ("wording: 摘编", "wording:摘编"),
        ("issuer: 省商务厅", 'issuer: "省商务厅'),
        ("[家电以旧换新]", "[家电以旧换新"),
        ("  publisher", "\tpublisher"),
        ("url: https", "url: ftp"),
        ("until: 2026-12-31", "until: 2026-02-30"),
        ("  - heading: 办", "  -heading: 办"),
        ("cap: 2000元", "cap: 3000元"),
        ("count: 1", "count: 一"),
        ("within: 2个", "within: 若干个"),
    ):
        changed = changed.replace(old, new, 1)
    problems = find_problems(write_folder(tmp_path, {DOCUMENT_PATH: changed}))
    assert [one.line for one in problems] == [1, 2, 3, 6, 9, 11, 13, 20, 31, 32, 37]


def test_what_looks_odd_and_is_right_is_accepted(tmp_path: Path) -> None:
    """An area code keeps its zero, a remark after a space is one, and quoted signs are text."""
    changed = DOCUMENT
    for old, new in (
        ("issuer: 省商务厅", "issuer: 0571  # 待核对"),
        ("[家电国补]", "['“两新”', 'A#1, B']"),
        ("每类一件。", "每类一件。\n      \u3000\u3000- 甲：乙 #1\n      title：丙"),
        ("[一级能效补多少]", "[我在益阳，一级能效补多少？]"),
        ("20%补贴", "百分之二十补贴"),
        ("2个工作日内办结。\nnot", "两个工作日内办结。\nnot"),
        ("    quote: 受理后2个", "    quote: 受理后两个"),
    ):
        assert changed.count(old) == 1, old
        changed = changed.replace(old, new)
    document = load(write_folder(tmp_path, {DOCUMENT_PATH: changed})).documents[0]
    assert document.issuer == "0571"
    assert document.also_called == ("“两新”", "A#1, B")


def test_a_merge_request_is_marked_at_every_mistake(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--format github` gives a command a mistake, with what would end one written as %XX."""
    monkeypatch.chdir(tmp_path)
    changed = DOCUMENT.replace("until: 2026-12-31", "until: 100%").replace(
        "title: 湖", "title：湖"
    )
    folder = write_folder(tmp_path / "a,b", {DOCUMENT_PATH: changed, "beside.yaml": "a: b\n"})
    with pytest.raises(typer.Exit) as ended:
        check(knowledge=folder, form=Format.GITHUB)
    assert ended.value.exit_code == 1
    path = "a%2Cb/"
    first, second, third = capsys.readouterr().out.splitlines()
    assert first.startswith(f"::error file={path}beside.yaml::这个文件不会被读到，")
    assert second.startswith(
        f"::error file={path}{DOCUMENT_PATH},line=1,col=6::title 后面是全角冒号"
    )
    at = f"::error file={path}{DOCUMENT_PATH},line=13,col=18::"
    assert third.startswith(f"{at}effective_until: 100%25 不是有效日期，写成 YYYY-MM-DD")


def test_programs_read_the_same_problems(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--json` gives each problem's path, line, column, field, what and remedy."""
    folder = write_folder(tmp_path, {DOCUMENT_PATH: DOCUMENT.replace("cap: 2000元", "cap: 2000")})
    with pytest.raises(typer.Exit) as ended:
        check(knowledge=folder, as_json=True)
    assert ended.value.exit_code == 1
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert list(problem) == ["path", "line", "column", "field", "what", "remedy"]
    assert (problem["line"], problem["column"], problem["field"]) == (31, 10, "benefits[0].cap")


def test_a_folder_without_mistakes_says_how_much_was_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The count of documents and sections shows a file that was put in a wrong place."""
    with pytest.raises(typer.Exit) as ended:
        check(knowledge=write_folder(tmp_path))
    assert ended.value.exit_code == 0
    assert capsys.readouterr().out == "没有发现问题：1份文件，2段。\n"
