"""Retiring and reviewing a document: what makes sense is written, all else is explained."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeError, PolicyBotError, RewriteError, SettingsError
from bot.knowledge.keeping import Retirement, retire, review
from bot.knowledge.loading import load
from bot.knowledge.saving import save
from tests.unit.knowledge.staff_files import DOCUMENT, DOCUMENT_PATH, SHORT_DOCUMENT, write_folder

TODAY = date(2026, 11, 2)
NEXT_YEAR = date(2027, 11, 2)
NEWER = "documents/appliances/newer.yaml"


def folder_of(tmp_path: Path, **changes: str) -> Path:
    """Write a folder of a dated document, `trade-in`, and `newer`, each as named in changes."""
    document = changes.get("document", DOCUMENT)
    return write_folder(
        tmp_path, {DOCUMENT_PATH: document, NEWER: changes.get("newer", SHORT_DOCUMENT)}
    )


def carried_out(folder: Path, retirement: Retirement) -> None:
    """Retire a document as the command does."""
    save(folder, tuple(edit.writing for edit in retire(folder, retirement, TODAY)))


def test_retiring_writes_the_last_day(tmp_path: Path) -> None:
    """The last day stands in the document's file, and the loader reads it."""
    folder = folder_of(tmp_path)
    carried_out(folder, Retirement("trade-in", date(2026, 11, 30)))
    (kept,) = (one for one in load(folder).documents if one.id == "trade-in")
    assert kept.effective_until == date(2026, 11, 30)
    assert not kept.supersedes


def test_what_follows_says_so_in_its_own_file(tmp_path: Path) -> None:
    """The entry of `supersedes` stands in the file of the document that follows."""
    folder = folder_of(tmp_path)
    carried_out(folder, Retirement("trade-in", date(2026, 11, 30), "newer", "取代"))
    documents = {one.id: one for one in load(folder).documents}
    (said,) = documents["newer"].supersedes
    assert (said.document, said.how) == ("trade-in", "取代")
    assert documents["trade-in"].effective_until == date(2026, 11, 30)


def test_what_is_said_already_is_not_said_twice(tmp_path: Path) -> None:
    """Where the same day or the same follower stands there, only the other is written."""
    folder = folder_of(tmp_path)
    carried_out(folder, Retirement("trade-in", date(2026, 12, 31), "newer", "取代"))
    again = Retirement("trade-in", date(2026, 11, 30), "newer", "取代")
    assert [edit.text for edit in retire(folder, again, TODAY)] == ["effective_until: 2026-11-30"]


WRONG = {
    "unknown": (Retirement("trade-inn", TODAY), {}, "是不是 trade-in"),
    "unknown follower": (Retirement("trade-in", TODAY, "never", "取代"), {}, "没有这份文件"),
    "itself": (Retirement("trade-in", TODAY, "trade-in", "取代"), {}, "不能取代自己"),
    "too early": (Retirement("trade-in", date(2024, 8, 31)), {}, "trade-in.yaml:12"),
    "nothing new": (Retirement("trade-in", date(2026, 12, 31)), {}, "已经是这个日期"),
    "retired": (
        Retirement("trade-in", TODAY),
        {"document": DOCUMENT.replace("2026-12-31", "2025-12-31")},
        "早已失效，有效到 2025-12-31",
    ),
    "another word": (
        Retirement("trade-in", TODAY, "newer", "取代"),
        {"newer": f"{SHORT_DOCUMENT}supersedes: [{{id: trade-in, how: 废止}}]\n"},
        "newer.yaml:7 已写明废止",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_explained(tmp_path: Path, name: str) -> None:
    """The message names what is wrong and where; no file is touched."""
    retirement, changes, told = WRONG[name]
    folder = folder_of(tmp_path, **changes)
    before = (folder / DOCUMENT_PATH).read_bytes()
    with pytest.raises(SettingsError, match="有误") as caught:
        retire(folder, retirement, TODAY)
    assert told in str(caught.value)
    assert (folder / DOCUMENT_PATH).read_bytes() == before


def test_a_circle_is_refused(tmp_path: Path) -> None:
    """A document cannot follow the one that follows it."""
    newer = f"{SHORT_DOCUMENT}supersedes: [{{id: trade-in, how: 取代}}]\n"
    folder = folder_of(tmp_path, newer=newer)
    with pytest.raises(RewriteError, match="绕成一圈"):
        retire(folder, Retirement("newer", NEXT_YEAR, "trade-in", "取代"), TODAY)


def test_a_file_with_problems_is_mended_first(tmp_path: Path) -> None:
    """Its problems are named; problems of other files do not stand in the way."""
    folder = folder_of(tmp_path, document=DOCUMENT.replace("issued: 2024-06", "issued: 2024-13"))
    with pytest.raises(KnowledgeError) as caught:
        review(folder, "trade-in", NEXT_YEAR, TODAY)
    assert [problem.field for problem in caught.value.problems] == ["issued"]
    assert review(folder, "newer", NEXT_YEAR, TODAY).text == "review_by: 2027-11-02"


def test_what_must_be_done_by_hand_is_said(tmp_path: Path) -> None:
    """Where one line does not do, the message gives the line to write."""
    newer = f"{SHORT_DOCUMENT}supersedes: [\n  {{id: trade-in, how: 废止}}]\n"
    document = f"{SHORT_DOCUMENT}"
    folder = folder_of(tmp_path, newer=newer)
    (folder / "documents/appliances/third.yaml").write_text(document, "utf-8")
    with pytest.raises(RewriteError, match="手工") as caught:
        retire(folder, Retirement("third", NEXT_YEAR, "newer", "取代"), TODAY)
    assert "supersedes: [{id: third, how: 取代}]" in str(caught.value)


def test_a_review_lies_ahead(tmp_path: Path) -> None:
    """A day that has passed, or is the one that stands there, is no next review."""
    folder = folder_of(tmp_path)
    save(folder, (review(folder, "newer", NEXT_YEAR, TODAY).writing,))
    for day in (TODAY, NEXT_YEAR):
        with pytest.raises(PolicyBotError):
            review(folder, "newer", day, TODAY)
