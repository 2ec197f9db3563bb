"""Sections have headings that name them, once each, and stand in the order of the text."""

from __future__ import annotations

from bot.models.documents import PartialDate
from tests.unit.knowledge.importing.drafts import only

LONG = "符合条件的申请人可以向户籍所在地的乡镇人民政府提出书面申请，并且提交有关材料。"


def test_headings_nest_and_none_is_empty() -> None:
    """A heading without text of its own is carried by the sections under it."""
    made = only(
        "a.txt", f"办法\n一、申请\n（一）条件。{LONG}\n（二）材料。{LONG}\n二、审核\n{LONG}"
    )
    assert made.headings == ["一、申请 （一）条件", "一、申请 （二）材料", "二、审核"]
    assert made.texts["一、申请 （一）条件"] == f"（一）条件。{LONG}"


def test_items_of_a_list_are_no_sections() -> None:
    """Numbered lines under an article or a short heading stay its text."""
    made = only(
        "a.txt", "办法\n第一条 应当提交：\n（一）身份证；\n（二）户口簿。\n第二条 本办法施行。"
    )
    assert made.texts == {
        "第一条": "应当提交：\n（一）身份证；\n（二）户口簿。",
        "第二条": "本办法施行。",
    }


def test_an_article_that_is_quoted_is_no_heading() -> None:
    """依照 第三条 规定 at the head of a line stays text."""
    made = only("a.txt", f"办法\n第一条 {LONG}\n第三条规定的情形除外，由有关部门另行处理。")
    assert made.headings == ["第一条"]


def test_headings_that_are_the_same_get_a_number() -> None:
    """Two attachments may both have 一、; the names differ."""
    made = only("a.txt", f"通知\n一、申请\n{LONG}\n一、申请\n{LONG}别的。")
    assert made.headings == ["一、申请", "一、申请（2）"]


def test_attachments_and_signatures_stand_apart() -> None:
    """Who signed is a section, and what is attached begins anew with its own headings."""
    text = f"通知\n一、申请\n{LONG}\n某市民政局\n2024年9月1日\n附件1\n材料清单\n一、清单\n{LONG}"
    made = only("a.txt", text)
    assert made.headings == ["一、申请", "落款", "附件1 一、清单"]
    assert made.texts["落款"] == "某市民政局\n2024年9月1日"
    assert made.fields.issued == PartialDate(2024, 9, 1)
    assert made.fields.issuer == "某市民政局"


def test_what_was_guessed_is_marked() -> None:
    """Each guess has 待核对 behind it; what is missing stands as a comment; nothing else does."""
    text = only("a.txt", f"某市民政局关于发放津贴的通知\n{LONG}").draft.text
    lines = text.split("\n")
    assert lines[0] == "# yaml-language-server: $schema=../../document.schema.json"
    for field in ("title", "wording", "issuer", "  publisher"):
        assert any(line.startswith(f"{field}: ") and "# 待核对" in line for line in lines), field
    assert "# number:  # 没有找到文号，知道就写上" in lines
    assert not any("待核对" in line for line in lines[lines.index("sections:") :])


def test_a_term_of_years_gives_the_last_day() -> None:
    """有效期五年 counts from the day on which the paper takes effect."""
    made = only("a.txt", f"办法\n{LONG}\n本办法自二〇二四年八月一日起施行，有效期五年。")
    assert str(made.fields.effective_from) == "2024-08-01"
    assert str(made.fields.effective_until) == "2029-07-31"


def test_an_end_that_is_stated_beside_the_start_is_found() -> None:
    """自…起施行，至…止 gives both days: else citizens were told that the paper states no end."""
    made = only("a.txt", f"办法\n{LONG}\n本办法自2025年1月1日起施行，至2026年12月10日止。")
    assert str(made.fields.effective_from) == "2025-01-01"
    assert str(made.fields.effective_until) == "2026-12-10"
