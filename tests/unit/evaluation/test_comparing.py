"""Which answers an edit changes, and which of the changes is worst."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.evaluation.comparing import Change, Kind, Side, change_of, grouped, puts_of
from bot.evaluation.documents import DocumentChange, Fate, document_changes, other_changes
from bot.evaluation.report import Report, report_of
from bot.models.documents import Document
from bot.models.judgements import Judgement, PassageName
from bot.models.judgements import Kind as JudgementKind
from tests.unit.builders import document, edition_of

TODAY = date(2026, 11, 2)
LIMIT = "财产登记自受理之日起2个工作日内办结，地点在市民服务中心一楼。"
CAP = "一级能效的冰箱按售价的20%补贴，每件最高补贴2000元。"
ASKS = {"办理时限": ("财产登记几天办好",), "补贴标准": ("冰箱最高补贴多少",)}


def office(limit: str = LIMIT, cap: str = CAP, **fields: Any) -> Document:
    """Make a document of two sections with an ask each."""
    texts = {"办理时限": limit, "补贴标准": cap}
    return document(sections=texts, asks=ASKS, **fields)


def judged(question: str, heading: str, kept: bool = False) -> Judgement:
    """Judge that a section of the document answers a question."""
    answers = (PassageName("a", heading),)
    return Judgement(question, JudgementKind.ANSWERABLE, answers, TODAY, kept)


def side(*documents: Document, judgements: tuple[Judgement, ...] = ()) -> Side:
    """Give one state of the knowledge."""
    return Side(edition_of(*documents), judgements)


def changes(before: Side, after: Side) -> dict[str, Change]:
    """Give what changes, by question."""
    puts = puts_of(before, after, TODAY)
    found = (change_of(put, before.edition, after.edition) for put in puts)
    return {one.put.question: one for one in found if one}


def kinds(before: Side, after: Side) -> dict[str, Kind]:
    """Give how each question changes."""
    return {question: one.kind for question, one in changes(before, after).items()}


def test_nothing_changes_without_an_edit() -> None:
    """The same knowledge gives the same answers."""
    assert not changes(side(office()), side(office()))


def test_a_changed_figure_is_named_for_its_question_alone() -> None:
    """The other section's question is not listed."""
    after = side(office(cap=CAP.replace("2000", "1500")))
    found = changes(side(office()), after)
    assert {question: one.kind for question, one in found.items()} == {
        "冰箱最高补贴多少": Kind.FIGURE
    }
    assert "2000" in found["冰箱最高补贴多少"].before.text
    assert "1500" in found["冰箱最高补贴多少"].after.text


def test_other_words_are_the_least_of_changes() -> None:
    """A sentence in other words with the same figures is no changed figure."""
    after = side(office(limit=LIMIT.replace("地点在", "办理地点在")))
    assert kinds(side(office()), after) == {"财产登记几天办好": Kind.WORDING}


def test_what_is_removed_is_lost() -> None:
    """Asks of the earlier state are put too, so that what they lose is seen."""
    before = side(office(), document("b", "公园办法", {"公园": "公园每天六点开门。"}))
    after = side(document("b", "公园办法", {"公园": "公园每天六点开门。"}))
    assert set(kinds(before, after).values()) == {Kind.LOST}
    assert set(kinds(after, before).values()) == {Kind.GAINED}


def test_a_stolen_question_is_named() -> None:
    """A new document that comes first for another one's ask stands elsewhere."""
    asks = {"时限": ("财产登记几天办好", "财产登记多久", "财产登记要几天")}
    thief = document("b", "登记手册", {"时限": "财产登记几天办好，请看财产登记手册。"}, asks)
    assert kinds(side(office()), side(office(), thief))["财产登记几天办好"] is Kind.ELSEWHERE


def test_a_document_that_is_over_changes_its_status() -> None:
    """The same passage with another status counts."""
    over = office(effective_until=date(2026, 10, 31))
    assert set(kinds(side(office()), side(over)).values()) == {Kind.STATUS}


def test_a_judgement_that_passed_and_fails_is_worst() -> None:
    """So is one whose heading was renamed, until it is renamed in the judgement too."""
    before = side(office(), judgements=(judged("财产登记几天办好", "办理时限"),))
    texts = {"多久办好": LIMIT, "补贴标准": CAP}
    asks = {"多久办好": ASKS["办理时限"], "补贴标准": ASKS["补贴标准"]}
    renamed = document(sections=texts, asks=asks)
    after = side(renamed, judgements=before.judgements)
    assert kinds(before, after) == {"财产登记几天办好": Kind.BROKEN}
    mended = side(renamed, judgements=(judged("财产登记几天办好", "多久办好"),))
    assert kinds(before, mended) == {"财产登记几天办好": Kind.WORDING}
    assert kinds(after, mended) == {"财产登记几天办好": Kind.BETTER}


def test_a_judgement_of_one_side_alone_breaks_nothing() -> None:
    """Added and removed ones are named; each is asked, and counts for its own side."""
    wrong = judged("财产登记几天办好", "补贴标准")
    before, after = side(office()), side(office(), judgements=(wrong,))
    assert not changes(after, before)
    report = reported(before, after)
    assert (report.added, report.removed) == (("财产登记几天办好",), ())
    assert report.counts[Kind.BROKEN] == 0
    assert reported(after, before).removed == ("财产登记几天办好",)


def reported(before: Side, after: Side) -> Report:
    """Gather the report as the command does."""
    puts = puts_of(before, after, TODAY)
    found = tuple(changes(before, after).values())
    return report_of(before, after, puts, found, against="HEAD", day=TODAY)


def test_each_question_is_put_once_a_day() -> None:
    """A judged question that is an ask too is one question; on another day it is two."""
    today = side(office(), judgements=(judged("财产登记几天办好", "办理时限"),))
    assert len(puts_of(today, today, TODAY)) == 2
    assert len(puts_of(today, today, date(2027, 1, 1))) == 3


def test_questions_that_change_alike_stand_together() -> None:
    """Kept ones are counted and not named; the worst come first."""
    kept = judged("财产登记要几天办好", "办理时限", kept=True)
    open_one = judged("财产登记多少天办好", "办理时限")
    before = side(office(), judgements=(kept, open_one))
    after = side(
        office(LIMIT.replace("2个", "3个"), CAP.replace("每件", "一件")),
        judgements=before.judgements,
    )
    groups = grouped(changes(before, after).values())
    assert [one.kind for one in groups] == [Kind.FIGURE, Kind.WORDING]
    assert groups[0].questions == ("财产登记多少天办好", "财产登记几天办好")
    assert groups[0].kept == 1


def test_what_became_of_documents_is_told() -> None:
    """Added, changed, removed, no longer in force, each with its sections and fields."""
    before = edition_of(office(), document("b"), document("c"), document("d"))
    edited = document(
        sections={"多久办好": LIMIT, "补贴标准": CAP + "以实际为准。", "地点": "一楼。"}
    )
    over = document("b", effective_until=date(2026, 10, 31))
    after = edition_of(edited, over, document("c"), document("e"))
    renamed = (("办理时限", "多久办好"),)
    sections = (("补贴标准",), ("地点",), ())
    assert document_changes(before, after, TODAY) == (
        DocumentChange("a", edited.title, Fate.CHANGED, (), *sections, renamed),
        DocumentChange("b", over.title, Fate.RETIRED, ("effective_until",)),
        DocumentChange("d", over.title, Fate.REMOVED),
        DocumentChange("e", over.title, Fate.ADDED),
    )


def test_other_files_that_changed_are_named() -> None:
    """Synonyms and words change answers as well as documents do."""
    before = edition_of(document())
    after = edition_of(document(), synonyms=(("冰箱", "雪柜"),), lexicon=("国补",))
    assert other_changes(before.corpus, after.corpus) == ("synonyms.yaml", "lexicon.txt")
