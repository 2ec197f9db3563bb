"""A command that changes one field of a staff file changes one line of it."""

from __future__ import annotations

from collections.abc import Callable
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.rewriting import Rewritten, with_field, with_supersession, written_scalar

ROOT = Path(__file__).parents[3]
SHIPPED = sorted((ROOT / "knowledge" / "documents").rglob("*.yaml"))
BOM = b"\xef\xbb\xbf"

Change = Callable[[bytes], Rewritten | None]
CHANGES: dict[str, tuple[Change, str, Any]] = {
    "until": (lambda old: with_field(old, "effective_until", "2099-12-31"), "effective_until", ""),
    "review": (lambda old: with_field(old, "review_by", "2099-12-31"), "review_by", ""),
    "follows": (lambda old: with_supersession(old, "old-rule", "升级"), "supersedes", []),
}


def parsed(content: bytes) -> Any:
    """Read a file by a loader that is not under test, every scalar as text."""
    return yaml.load(content.decode("utf-8-sig"), yaml.BaseLoader)  # noqa: S506  # texts only


def lines_of(content: bytes) -> list[str]:
    """Cut a file into lines without their ends."""
    return content.decode("utf-8").replace("\r\n", "\n").removesuffix("\n").split("\n")


def hold_to_one_line(before: bytes, after: bytes, name: str) -> None:
    """Fail unless exactly one field and one line differ, and line ends and BOM stayed."""
    old, new = parsed(before), parsed(after)
    assert old.pop(name, None) != new.pop(name)
    assert old == new
    diff = [line for line in ndiff(lines_of(before), lines_of(after)) if line[0] in "+-"]
    assert sum(line[0] == "+" for line in diff) == 1
    assert sum(line[0] == "-" for line in diff) <= 1
    assert after.startswith(BOM) == before.startswith(BOM)
    if b"\r\n" in before:
        assert after.count(b"\n") == after.count(b"\r\n")
    else:
        assert b"\r" not in after


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_document_changes_by_one_line(path: Path, name: str) -> None:
    """With either line end, with and without a BOM, all but one line stay as they were."""
    change, field, _ = CHANGES[name]
    plain = path.read_bytes().replace(b"\r\n", b"\n")
    for content in (plain, plain.replace(b"\n", b"\r\n"), BOM + plain):
        changed = change(content)
        assert changed
        hold_to_one_line(content, changed.content, field)
        assert lines_of(changed.content)[changed.line - 1].strip() == changed.text


ODD = {
    "a comment and a quoted date": (
        "review",
        "title: a\nreview_by:   '2026-01-01'  # 待核对\nsections: []\n",
        "title: a\nreview_by: '2099-12-31'    # 待核对\nsections: []\n",
    ),
    "a blank field": (
        "until",
        "title: a\neffective_until:\nsections: []\n",
        "title: a\neffective_until: 2099-12-31\nsections: []\n",
    ),
    "wide indents, strange lists and octal numbers": (
        "until",
        "number:   0571\nsource:\n    publisher:   x\nsections:\n- heading:   a\n"
        "  asks: [ a,  b ]\n  text: |\n      deep\n\n      # no comment\n",
        "number:   0571\nsource:\n    publisher:   x\neffective_until: 2099-12-31\nsections:\n"
        "- heading:   a\n  asks: [ a,  b ]\n  text: |\n      deep\n\n      # no comment\n",
    ),
    "comments above the sections": (
        "review",
        "title: a\nsource:\n  publisher: x\n\n# 正文从这里开始\nsections: []\n",
        "title: a\nsource:\n  publisher: x\nreview_by: 2099-12-31\n\n# 正文从这里开始\n"
        "sections: []\n",
    ),
    "a list of what is superseded": (
        "follows",
        "title: a\nsupersedes:\n- id: b  # 先\n  how: 取代\n\nsections: []\n",
        "title: a\nsupersedes:\n- id: b  # 先\n  how: 取代\n- {id: old-rule, how: 升级}\n\n"
        "sections: []\n",
    ),
    "a list on one line": (
        "follows",
        "title: a\nsupersedes: [{id: b, how: 取代}]  # 两份\nsections: []\n",
        "title: a\nsupersedes: [{id: b, how: 取代}, {id: old-rule, how: 升级}] # 两份\n"
        "sections: []\n",
    ),
    "sections first": (
        "review",
        "sections: []\ntitle: a\n",
        "sections: []\ntitle: a\nreview_by: 2099-12-31\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_layout_stays(name: str) -> None:
    """However staff lay out a file, what they wrote stays as they wrote it."""
    change, before, after = ODD[name]
    changed = CHANGES[change][0](before.encode())
    assert changed
    assert changed.content.decode() == after


@pytest.mark.parametrize(
    "before",
    [
        "title: a\nsupersedes: [{id: b, how: 取代},\n  {id: c, how: 取代}]\nsections: []\n",
        "title: a\nsupersedes: 旧办法\nsections: []\n",
        "title: a\ntitle: b\n",
        "title: a\nissuer: b",
        "- a\n- b\n",
        "title: [a\n",
        "",
    ],
)
def test_what_takes_more_than_a_line_is_left_alone(before: str) -> None:
    """Where one line does not do, or the file cannot be read, nothing is given."""
    assert with_supersession(before.encode(), "old-rule", "升级") is None


KEYS = ("title", "issuer", "source", "topics", "effective_from", "review_by", "owner", "sections")
VALUES = {
    "source": st.sampled_from(
        ["{publisher: x,  title: y }", "\n  publisher: x", "\n   a:  b\n   c: d"]
    ),
    "topics": st.sampled_from(["[a,  b]", "\n- a\n- b", "\n   - a  # 甲", "[]"]),
    "sections": st.sampled_from(
        ["\n- heading: a\n  text: |\n    b\n\n    c", "\n  - heading: 'a'\n    text: b"]
    ),
    "effective_from": st.sampled_from(["2026-01-01", "'2026-01-01'", '"2026-01-01"']),
}  # fmt: skip
PLAIN = st.sampled_from(
    ["甲", "'甲'", '"甲"', "甲  # 注", "", "一" * 200, ">\n  甲\n  乙", "|-\n  # 甲"]
)
BETWEEN = st.sampled_from(["", "\n", "# 注\n", "\n# 注\n\n"])


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    """Write a file of some fields in some order, as different people lay them out."""
    names = draw(st.permutations(KEYS))
    kept = ["title", *(one for one in names[: draw(st.integers(1, 8))] if one != "title")]
    parts: list[str] = []
    for name in kept:
        value = draw(VALUES.get(name, PLAIN))
        space = "" if value.startswith("\n") or not value else draw(st.sampled_from([" ", "   "]))
        parts.append(f"{draw(BETWEEN)}{name}:{space}{value}\n")
    text = "".join(parts)
    return (text if draw(st.booleans()) else text.replace("\n", "\r\n")).encode()


@given(documents(), st.sampled_from(sorted(CHANGES)))
def test_a_change_is_one_line_or_none_at_all(content: bytes, name: str) -> None:
    """Whatever the layout, what is given differs by one line and one field."""
    change, field, _ = CHANGES[name]
    changed = change(content)
    if changed:
        hold_to_one_line(content, changed.content, field)


@given(documents())
def test_a_date_can_be_set_in_any_usual_layout(content: bytes) -> None:
    """The layouts that people use are no reason to send them to an editor."""
    assert with_field(content, "effective_until", "2099-12-31")


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"]), min_size=1))
def test_a_written_text_is_read_again(text: str) -> None:
    """A text on one line, with quotes where it needs them, means itself."""
    written = written_scalar(text.strip() or "x")
    assert "\n" not in written
    assert parsed(f"title: {written}\n".encode())["title"] == (text.strip() or "x")
