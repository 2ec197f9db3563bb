"""What a merge request shows of a change: whole, escaped and short enough."""

from __future__ import annotations

from html.parser import HTMLParser

from bot.cli.changes_markdown import LONGEST, markdown_of
from bot.evaluation.comparing import Change, Group, Kind, Put, Said
from bot.evaluation.documents import DocumentChange, Fate
from bot.evaluation.report import Report
from bot.models.questions import Outcome, Status
from tests.unit.evaluation.test_comparing import TODAY

HOSTILE = "</td></table>\n\n<script>alert(1)</script> @staff #12 !3 `x` | * _ [a](b) & 20%"
OURS = {"details", "summary", "table", "tr", "th", "td", "del", "ins", "br", "i"}


def said(text: str, **fields: str) -> Said:
    """Give what one side said."""
    named = {"document": "a", "title": "办法", "heading": "标准", **fields}
    return Said(Outcome.ANSWERED, text=text, status=Status.UNCONFIRMED, **named)


def report(before: Said, after: Said, questions: tuple[str, ...], groups: int = 1) -> Report:
    """Make a report of groups that are alike."""
    group = Group(Kind.FIGURE, before, after, questions, 0)
    changes = tuple(Change(Kind.FIGURE, Put(one, TODAY), before, after) for one in questions)
    documents = (DocumentChange("a", before.title, Fate.CHANGED, edited=(before.heading,)),)
    counts = {kind: len(changes) if kind is Kind.FIGURE else 0 for kind in Kind}
    return Report(
        "origin/main", 9, documents, (), (), (), 0, 0, counts, (group,) * groups, changes
    )


class Tags(HTMLParser):
    """Collects the tags of a page as a browser sees them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag; ours have no attributes."""
        assert not attrs
        self.seen.append(tag)


def test_old_and_new_stand_side_by_side() -> None:
    """The passages are collapsed under their questions, what differs marked."""
    text = markdown_of(
        report(said("最高2000元。"), said("最高1500元。"), ("最高多少", "封顶几千"))
    )
    assert "<summary>2个问题：最高多少｜封顶几千</summary>" in text
    assert "<td>最高<del>2000</del>元。</td><td>最高<ins>1500</ins>元。</td>" in text
    assert "| 数字变了 | 2 |" in text
    assert "和 origin/main 比：问了9个问题，2个的回答变了。" in text


def test_nothing_that_staff_wrote_is_markup() -> None:
    """Whatever stands in a file, no tag, link, mention or reference comes of it."""
    hostile = said(HOSTILE, title=HOSTILE, heading=HOSTILE)
    text = markdown_of(report(hostile, said("x"), (HOSTILE,)))
    assert set(Tags(text).seen) <= OURS
    assert "@staff" not in text
    assert "#12" not in text
    for table in text.split("<table>")[1:]:
        assert "\n\n" not in table.split("</table>")[0]
    assert text.count("<table>") == text.count("</table>") == 1


def test_a_comment_is_never_too_long() -> None:
    """What is left out is said, so that nobody takes a part for all."""
    text = markdown_of(report(said("甲" * 400), said("乙" * 400), ("问" * 50,), groups=500))
    assert len(text) < LONGEST + 1_000
    assert "还有" in text.rsplit("\n", 2)[-2]
    assert text.count("<details>") == text.count("</details>")
