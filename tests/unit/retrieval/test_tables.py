"""Tables: rows are shown with the line that names their columns."""

from __future__ import annotations

import pytest

from bot.retrieval.excerpts import Sought, excerpt_of

ROWS = "".join(f"| 等级{number} | {number}00元 |\n" for number in range(1, 40))
HEADER = "| 等级 | 补贴 |\n"
RULE = "| --- | --- |\n"


def shown(text: str, term: str, limit: int = 60) -> str:
    """Show the part of a text that a term asks for."""
    return excerpt_of(text, Sought(((term, 10.0),)), limit).text


@pytest.mark.parametrize("rule", ["", RULE])
def test_a_row_is_shown_below_its_header(rule: str) -> None:
    """Far down in a table, the columns' names stand above the row that answers."""
    excerpt = shown(f"补贴如下：\n{HEADER}{rule}{ROWS}", "等级31")
    assert excerpt.startswith(HEADER)
    assert "| 等级31 | 3100元 |" in excerpt
    assert len(excerpt) <= 60


def test_columns_may_be_parted_by_tabs() -> None:
    """A table copied from a sheet has its header too."""
    rows = "".join(f"等级{number}\t{number}00元\n" for number in range(1, 40))
    assert shown(f"等级\t补贴\n{rows}", "等级31").startswith("等级\t补贴\n")


def test_a_table_that_is_shown_from_its_start_has_one_header() -> None:
    """The header is not repeated where it stands in the excerpt anyway."""
    assert shown(f"{HEADER}{ROWS}", "等级1 ").count("等级 |") == 1


def test_text_without_a_table_has_no_header() -> None:
    """A line of prose before the sentence is no header."""
    assert shown("第一行\n第二行补贴\n", "补贴", 6) == "第二行补贴"


def test_without_room_the_header_is_left_out() -> None:
    """A row is never cut so that a long header fits."""
    header = f"| {'很长的列名' * 20} |\n"
    assert "等级31" in shown(header + ROWS, "等级31")


def test_the_marked_sentence_stays_the_row() -> None:
    """The key sentence and the highlights are places in what is shown, header included."""
    excerpt = excerpt_of(HEADER + ROWS, Sought((("等级31", 10.0),)), 60)
    key = excerpt.text[excerpt.sentence.start : excerpt.sentence.end]
    marked = [excerpt.text[span.start : span.end] for span in excerpt.highlights]
    assert (key, marked) == ("| 等级31 | 3100元 |", ["等级31"])
