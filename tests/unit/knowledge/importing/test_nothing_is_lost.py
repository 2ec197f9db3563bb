"""Every character of a file is in a draft or listed, whatever the file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge.decoding import LARGEST_FILE
from bot.knowledge.importing.blocks import Block, Extract, Kind, Unreadable
from bot.knowledge.importing.conversion import convert
from bot.knowledge.importing.coverage import cover
from bot.knowledge.importing.sections import LONGEST_SECTION
from tests.unit.knowledge.importing.drafts import made_of, only
from tests.unit.knowledge.importing.office_files import Table, docx_of, pdf_of, xlsx_of

HANZI = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
SENTENCE = st.text(HANZI, min_size=1, max_size=60).map(lambda text: f"{text}。")
NUMBERS = (
    "第一章 ",
    "第二节 ",
    "第三条 ",
    "一、",
    "二、",
    "（一）",
    "（二）",
    "1.",
    "2、",
    "附件1",
    "问：",
    "答：",
    "",
)
LINE = st.tuples(
    st.sampled_from(NUMBERS), st.text(HANZI, max_size=50), st.sampled_from(("", "。", "："))
)
LINES = st.lists(st.one_of(SENTENCE, LINE.map("".join)), min_size=1, max_size=25).filter(
    lambda lines: any(line.strip() for line in lines)
)
CELL = st.text(HANZI, max_size=6)
ROWS = st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=4).map(tuple)


def bare(text: str) -> str:
    """Leave out whitespace."""
    return "".join(text.split())


@given(LINES)
@settings(max_examples=60)
def test_any_plain_text_survives_line_by_line(lines: list[str]) -> None:
    """Each word of each line stands whole in a draft, from its title through headings and texts.

    Between a heading and what follows on its line a draft may say which one it is.
    """
    drafts, account = made_of("a.txt", "\n".join(lines))
    assert account.characters == len(bare("".join(lines)))
    assert all(len(set(draft.headings)) == len(draft.headings) for draft in drafts)
    flat = "".join(
        bare(draft.fields.title + "".join(f"{name}{text}" for name, text in draft.texts.items()))
        for draft in drafts
    )
    dropped = "".join(bare(text) for kind in account.dropped for text in kind.texts)
    assert all(word in flat + dropped for line in lines for word in line.split())


@given(st.lists(st.one_of(SENTENCE, LINE.map("".join), ROWS.map(Table)), min_size=1, max_size=9))
@settings(max_examples=25)
def test_any_word_file_survives(contents: list[str | Table]) -> None:
    """Paragraphs, headings and tables of random hanzi are all accounted for."""
    texts = [
        c if isinstance(c, str) else "".join("".join(row) for row in c.rows) for c in contents
    ]
    length = len(bare("".join(texts)))
    if not length:
        return
    _, account = made_of("a.docx", docx_of(contents))
    assert account.characters == length


@given(st.lists(SENTENCE, min_size=3, max_size=20))
@settings(max_examples=15)
def test_any_printed_text_survives(paragraphs: list[str]) -> None:
    """Wrapped lines are joined to the paragraphs that were printed."""
    _, account = made_of("a.pdf", pdf_of(paragraphs))
    assert account.characters == len("".join(paragraphs))


@given(st.lists(st.lists(st.one_of(st.integers(-(10**14), 10**14), CELL), max_size=4), min_size=1))
@settings(max_examples=25)
def test_any_sheet_survives(rows: list[list[object]]) -> None:
    """Whatever stands in cells is in a row."""
    if not any(bare(str(cell)) for row in rows for cell in row):
        return
    drafts, _ = made_of("a.xlsx", xlsx_of({"Sheet1": rows}))
    for row in rows:
        for cell in row:
            assert bare(str(cell)) in bare(drafts[0].draft.text)


@pytest.mark.parametrize(
    ("source", "kept", "dropped", "added", "expected"),
    [
        ("甲乙丙", ["甲乙丙"], [], [], ("", "")),
        ("甲 乙\n丙", ["甲"], ["丙乙"], [], ("", "")),
        ("甲乙甲", ["甲乙"], [], [], ("甲", "")),
        ("甲", ["甲章甲"], [], ["章甲"], ("", "")),
        ("甲", ["甲乙"], [], [], ("", "乙")),
        ("甲乙", ["甲章"], [], ["章"], ("乙", "")),
    ],
)
def test_coverage_counts_every_character(
    source: str, kept: list[str], dropped: list[str], added: list[str], expected: tuple[str, str]
) -> None:
    """What is neither kept nor dropped is lost; a copy cannot stand for it unless declared."""
    found = cover(source, kept, dropped, added)
    assert (found.lost, found.invented) == expected
    assert found.is_whole == (expected == ("", ""))


def test_a_loss_on_the_way_stops_the_import() -> None:
    """Where blocks have less than the file, nothing is drafted and the message shows it."""
    blocks = (Block(Kind.PARAGRAPH, "第一段话说了很多。"), Block(Kind.PARAGRAPH, "第二段也说了。"))
    source = "第一段话说了很多。第二段也说了。第三段丢了。"
    with pytest.raises(Unreadable, match="有6个字没能放进草稿"):
        convert("a.txt", Extract(blocks, source))


def test_a_long_paragraph_is_cut_at_sentences() -> None:
    """No section is longer than a few screens, and none is cut within a sentence."""
    made = only("a.txt", "申请人应当提交材料。" * 1_000)
    assert all(len(text) <= LONGEST_SECTION for text in made.texts.values())
    assert all(text.endswith("。") for text in made.texts.values())


def test_what_one_staff_file_cannot_hold_becomes_several() -> None:
    """A paper of more than a megabyte is parted between sections; each part can be loaded."""
    drafts, _ = made_of("a.txt", "\n".join(f"第{n}项规定{'很长' * 200}。" for n in range(1_200)))
    assert len(drafts) > 1
    assert all(len(draft.draft.text.encode()) <= LARGEST_FILE for draft in drafts)


def test_paragraphs_said_twice_are_reported() -> None:
    """A long paragraph that stands twice is named, and kept."""
    twice = "为提升办事便利度，该局依托平台实现市县数据互通，延伸便民服务点。"
    drafts, account = made_of("a.txt", f"{twice}\n另外一段说的是别的事情。\n{twice}")
    assert drafts[0].text.count(twice) == 2
    assert account.repeated == (f"{twice[:24]}… ×2",)
