"""Cues: what kind of thing a question asks for, and which sentences give one."""

from __future__ import annotations

import pytest

from bot.retrieval.cues import CUES, cue_of, is_asking


def name_of(question: str) -> str:
    """Name the kind of thing that a question asks for, empty where nothing tells."""
    cue = cue_of(question)
    return cue.name if cue else ""


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("咨询电话是多少", "电话"),
        ("几天办好", "天数"),
        ("多少个工作日办结", "天数"),
        ("审批要多久", "天数"),
        ("什么时候施行", "时间"),
        ("几月份开始", "时间"),
        ("补贴比例是多少", "比例"),
        ("能补百分之几", "比例"),
        ("最高补多少钱", "金额"),
        ("违规罚多少", "金额"),
        ("一级能效补多少", "金额或比例"),
        ("一人能买几台", "数量"),
        ("怎么申请补贴", ""),
        ("补贴标准", ""),
        ("", ""),
    ],
)
def test_a_question_tells_what_kind_of_thing_it_asks_for(question: str, kind: str) -> None:
    """The narrower kind goes before the wider one, and most questions ask for no figure."""
    assert name_of(question) == kind


def test_the_form_of_the_typing_tells_nothing() -> None:
    """Traditional and full-width characters ask for the same."""
    assert name_of("幾天辦好") == "天数"
    assert name_of("電話號碼") == "电话"


@pytest.mark.parametrize(
    ("kind", "text", "given"),
    [
        ("电话", "请拨打12345", True),
        ("电话", "请到窗口咨询", False),
        ("天数", "受理后2个工作日内办结", True),
        ("天数", "当场办结", True),
        ("天数", "尽快办结", False),
        ("比例", "按售价的20%补贴", True),
        ("金额", "每件最高2000元", True),
        ("金额", "不收取费用，免费办理", True),
        ("金额", "给予补贴", False),
        ("金额或比例", "最高3万元", True),
        ("数量", "每类限1件", True),
    ],
)
def test_a_sentence_tells_whether_it_gives_one(kind: str, text: str, given: bool) -> None:
    """A figure of the asked kind stands in the sentence, or a word that says as much."""
    cue = next(cue for cue in CUES if cue.name == kind)
    assert bool(cue.given.search(text)) == given


@pytest.mark.parametrize(
    ("text", "asking"),
    [
        ("冰箱有补贴吗", True),
        ("补多少", True),
        ("怎么申请", True),
        ("能申请不", True),
        ("补贴标准?", True),
        ("補貼標準？", True),
        ("补贴标准", False),
        ("我买了一台冰箱", False),
        ("", False),
    ],
)
def test_a_question_is_known_by_its_form(text: str, asking: bool) -> None:
    """Asking words and question marks ask; a subject named alone does not."""
    assert is_asking(text) == asking
