"""A newspaper's page becomes a draft for each article; a paper's parts stay one."""

from __future__ import annotations

from tests.unit.knowledge.importing.drafts import made_of, only

BODY = "报道说，全市今年继续发放补贴，申请人可以到窗口办理，也可以在网上办理，五个工作日办结。"
PAGE = f"""让服务更近 让办事更快

——写在某市改革之际

某某日报全媒体记者 张三 通讯员 李四

{BODY}

窗口服务提质增效

{BODY}申请材料也精简了许多，群众反映良好，广大市民纷纷点赞，并且

表示满意。

全市补贴再升级

某某日报9月4日讯(记者 王五){BODY}

益阳深化改革——

身在益阳，办事不难

赵六 钱七一 孙八

{BODY}
"""


def test_a_page_of_several_articles_becomes_several_drafts() -> None:
    """Each article begins at the headline above its byline or dateline."""
    drafts, _ = made_of("page.txt", PAGE)
    titles = [draft.fields.title for draft in drafts]
    assert titles == ["让服务更近 让办事更快", "全市补贴再升级", "身在益阳，办事不难"]
    assert {draft.fields.source.publisher for draft in drafts} == {"某某日报"}
    assert "益阳深化改革——" in drafts[2].text


def test_a_paragraph_that_a_column_broke_is_one_again() -> None:
    """A line that ends within a sentence goes on after the empty line."""
    drafts, _ = made_of("page.txt", PAGE)
    assert "并且表示满意。" in drafts[0].text
    assert "窗口服务提质增效" in drafts[0].headings


def test_one_byline_makes_no_page() -> None:
    """A single report is one draft, with its byline in the text."""
    made = only("a.txt", f"让服务更近\n\n本报讯(记者 张三){BODY}\n\n{BODY}")
    assert made.fields.title == "让服务更近"
    assert made.text.count(BODY) == 2
