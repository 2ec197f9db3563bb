"""Every format of an office gives the same sections; what cannot be read says what to do."""

from __future__ import annotations

import docx
import openpyxl
import pytest

from bot.knowledge.importing.blocks import Unreadable
from bot.knowledge.importing.docx_numbering import ListLevel, Numbering
from tests.unit.knowledge.importing.drafts import made_of, only, reasons
from tests.unit.knowledge.importing.office_files import (
    NOTICE,
    Table,
    columned_pdf,
    docx_of,
    pdf_of,
    saved,
    tabled_pdf,
    xlsx_of,
)

PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>标题_某县</title>
<meta name="ArticleTitle" content="居住证办理问答"><meta name="ContentSource" content="某县公安局">
<meta name="PubDate" content="2025-02-18 09:30"></head><body>
<div class="nav"><a>首页</a><a>政务公开</a><a>互动交流</a></div>
<div><h1>居住证办理问答</h1><p>发布时间：2025-02-18　来源：某县公安局　打印</p>
<p>一、问：哪些人可以申领？</p><p>答：居住半年以上，有合法稳定住所的，<br>可以申领居住证。</p>
<p>二、问：收费吗？</p><p>答：首次申领免收工本费。</p>
<table><tr><th>派出所</th><th>电话</th></tr><tr><td rowspan="2">城关</td><td>123</td></tr>
<tr><td>456</td></tr></table></div>
<script>var hidden = "脚本";</script><footer>版权所有：某县人民政府</footer></body></html>"""
MARKDOWN = (
    "\n".join(
        (
            "# 缴费办法",
            "",
            "## 标准",
            "每年缴费，",
            "最低**200元**。",
            "",
            "| 档次 | 金额 |",
            "| --- | --- |",
        )
    )
    + "\n| 一 | 200元 |\n\n## 时间\n- 每年九月开始缴费；\n- 十二月底结束。\n"
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.docx", docx_of(NOTICE)),
        ("通知.pdf", pdf_of(NOTICE)),
        ("通知.txt", "\n".join(NOTICE).encode()),
    ],
    ids=("docx", "pdf", "txt"),
)
def test_the_same_notice_gives_the_same_draft(name: str, content: bytes) -> None:
    """Title, number, issuer, dates and sections are found in Word, PDF and plain text alike."""
    made = only(name, content)
    fields = made.fields
    assert (
        fields.title == "益阳市商务局 益阳市财政局关于印发《益阳市家电以旧换新补贴实施细则》的通知"
    )
    assert fields.issuer == "益阳市商务局、益阳市财政局"
    assert fields.number == "益商发〔2025〕18号"
    assert str(fields.effective_from) == "2025-04-01"
    assert str(fields.effective_until) == "2025-12-31"
    assert fields.region == "益阳市"
    assert made.headings == ["开头", "一、补贴对象", "二、补贴标准", "三、实施期限", "落款"]
    assert made.texts["二、补贴标准"] == NOTICE[8]
    assert made.texts["开头"] == "\n".join(NOTICE[3:5])


def test_headings_of_word_are_kept_and_numbers_that_it_counts_are_written() -> None:
    """A title, chapters by style and articles by their numbers make the sections."""
    lines = [
        "# 养老保险办法",
        "## 第一章 总则",
        "第一条 制定本办法。",
        "第二条 依照第一条规定办理。",
    ]
    made = only(
        "a.docx", docx_of([*lines, "（一）身份证；", "## 第二章 附则", "第三条 自发布起施行。"])
    )
    assert made.fields.title == "养老保险办法"
    assert made.headings == ["第一章 总则 第一条", "第一章 总则 第二条", "第二章 附则 第三条"]
    assert made.texts["第一章 总则 第二条"] == "依照第一条规定办理。\n（一）身份证；"


def test_tables_become_rows() -> None:
    """A row has its cells between bars, the header first, as the retrieval shows tables."""
    rows = (("类型", "电池", "补贴"), ("铅酸", "锂", "600元"), ("铅酸", "铅", "500元"))
    made = only("a.docx", docx_of(["补贴标准如下表所示。", Table(rows)]))
    assert made.text.endswith("类型 | 电池 | 补贴\n铅酸 | 锂 | 600元\n铅酸 | 铅 | 500元")
    printed = only("a.pdf", tabled_pdf("补贴标准如下表所示。", rows))
    assert "类型 | 电池 | 补贴\n铅酸 | 锂 | 600元\n铅酸 | 铅 | 500元" in printed.text


def test_what_merged_cells_say_is_said_in_each_row() -> None:
    """A row stands for itself: it has the text of the cell that reaches down to it."""
    document = docx.Document()
    table = document.add_table(3, 2)
    book = openpyxl.Workbook()
    texts = (("类型", "补贴"), ("铅酸", "600元"), ("", "500元"))
    for number, cells in enumerate(texts):
        book.active.append(cells)
        for column, text in enumerate(cells):
            table.cell(number, column).text = text
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(1, 0).text = "铅酸"
    book.active.merge_cells("A2:A3")
    for name, save in (("a.docx", document.save), ("a.xlsx", book.save)):
        assert only(name, saved(save)).text == "类型 | 补贴\n铅酸 | 600元\n铅酸 | 500元"


def test_headers_footers_and_page_numbers_are_dropped_and_listed() -> None:
    """What every page repeats is in no draft, and the account names it."""
    long = [f"第{n}点是这样规定的，{'各级各部门应当认真落实，' * 8}不得推诿。" for n in range(40)]
    made, account = made_of("公报.pdf", pdf_of(long, "某省人民政府公报", numbered=True))
    assert "公报" not in made[0].text
    assert set(reasons(account)) == {"每页重复的页眉页脚", "页码"}
    assert made[0].text.split("\n") == long
    word, account = made_of("a.docx", docx_of(["正文在这里。"], "某局文件", "— 1 —"))
    assert reasons(account) == {"页眉页脚": ("某局文件", "— 1 —")}
    assert word[0].text == "正文在这里。"


def test_two_columns_are_read_one_after_the_other() -> None:
    """Lines side by side belong to different paragraphs, on the last page too."""
    paragraphs = [f"{n}号规定如下，{'申请人应当提交材料，' * 6}逾期不予受理。" for n in range(19)]
    made = only("两栏.pdf", columned_pdf(paragraphs))
    assert made.text.split("\n") == paragraphs


def test_a_web_page_loses_its_menus_and_keeps_its_facts() -> None:
    """Menus, footers and the bar of facts are listed; questions become headings."""
    drafts, account = made_of("问答.html", PAGE)
    made = drafts[0]
    assert made.fields.title == "居住证办理问答"
    assert made.fields.source.publisher == "某县公安局"
    assert str(made.fields.source.published) == "2025-02-18"
    assert made.headings == ["一、问：哪些人可以申领？", "二、问：收费吗？"]
    assert made.texts["二、问：收费吗？"].endswith("派出所 | 电话\n城关 | 123\n城关 | 456")
    dropped = " ".join(text for texts in reasons(account).values() for text in texts)
    assert "首页" in dropped
    assert "版权所有" in dropped
    assert "脚本" not in dropped + made.text


def test_a_sheet_is_read_as_it_is_seen() -> None:
    """Shares, days and whole numbers are written as the sheet shows them, sheets are sections."""
    made = only(
        "指南.xlsx", xlsx_of({"时限": [["事项", "天数"], ["登记", 2.0]], "费用": [["免", 0.5]]})
    )
    assert made.texts == {"时限": "事项 | 天数\n登记 | 2", "费用": "免 | 0.5"}


def test_markdown_loses_its_marks_only() -> None:
    """Headings, tables and lists of Markdown become ours; the marks are listed."""
    drafts, account = made_of("a.md", MARKDOWN)
    assert drafts[0].fields.title == "缴费办法"
    assert drafts[0].texts == {
        "标准": "每年缴费，最低200元。\n档次 | 金额\n一 | 200元",
        "时间": "每年九月开始缴费；\n十二月底结束。",
    }
    assert set(reasons(account)) == {"Markdown 的记号"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_plain_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    """What is guessed is said: GBK can be mistaken."""
    text = "\n".join((*NOTICE, "Tel: 0731-12345678"))
    drafts, account = made_of("a.txt", text.encode(encoding))
    assert NOTICE[8] in drafts[0].text
    assert ("GBK" in account.note) == (encoding == "gb18030")


def test_radicals_are_mended_and_what_nobody_sees_is_left_out() -> None:
    """A draft has no character that cannot be searched for or that `check` refuses."""
    drafts, account = made_of("a.txt", "⾼龄津贴由⺠政部⻔\u200b发放，每⽉五⼗元。")
    assert drafts[0].text == "高龄津贴由民政部门发放，每月五十元。"
    assert reasons(account)["看不见的字符"] == ("U+200B",)


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("a.doc", b"x", "另存为 docx"),
        ("a.wps", b"x", "另存为 docx"),
        ("a.xls", b"x", "另存为 xlsx"),
        ("a.jpg", b"\xff\xd8\xff", "文字识别"),
        ("a.ofd", b"x", "另存为 pdf"),
        ("a.rar", b"x", "先解压"),
        ("a", b"x", "另存为其中一种"),
        ("a.docx", b"", "是否保存完整"),
        ("a.docx", b"abc", "重新获取"),
        ("a.txt", bytes(range(256)), "UTF-8"),
        ("a.pdf", pdf_of([""]), "文字识别"),
        ("a.pdf", pdf_of(NOTICE, password="secret"), "不加密"),
        ("a.docx", pdf_of(NOTICE), "改成 .pdf"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(name: str, content: bytes, remedy: str) -> None:
    """Old formats, scans, locked and renamed files have a remedy each."""
    with pytest.raises(Unreadable, match=remedy):
        made_of(name, content)


def test_what_word_counts_itself_is_written_out() -> None:
    """Numbers of lists, which stand nowhere in the file's text, are in the draft."""
    numbering = Numbering(
        {
            "1": {
                0: ListLevel(1, "chineseCounting", "第%1条"),
                1: ListLevel(1, "chineseCounting", "（%2）"),
                2: ListLevel(1, "decimal", "%2.%3"),
            },
            "2": {0: ListLevel(1, "bullet", "•"), 1: ListLevel(3, "lowerLetter", "%2)")},
        }
    )
    places = [("1", 0), ("1", 1), ("1", 1), ("1", 2), ("1", 0), ("1", 1), ("2", 0), ("2", 1)]
    labels = [numbering.next_label(*place) for place in places]
    assert labels == ["第一条", "（一）", "（二）", "二.1", "第二条", "（一）", "", "c)"]


def test_hidden_text_of_a_word_file_is_listed_and_not_taken() -> None:
    """What its writer hid is in no draft; that it was there is said."""
    document = docx.Document()
    document.add_paragraph("某县缴费办法")
    paragraph = document.add_paragraph("一、缴费标准为每年二百元。")
    paragraph.add_run("内部掌握不公开").font.hidden = True
    drafts, account = made_of("a.docx", saved(document.save))
    assert all("内部掌握" not in text for draft in drafts for text in draft.texts.values())
    assert "设为隐藏的文字" in {kind.reason for kind in account.dropped}
