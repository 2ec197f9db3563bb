"""A citizen in the terminal: the README's first command and what it promises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.journeys.product import DAY, ROOT, chat, run

STRANGE = {
    "nothing": " ",
    "ten thousand characters": "冰箱" * 5000,
    "emoji": "😀👍🏽👨‍👩‍👧",
    "invisible": "\u200b\u200d\ufeff\u202e",
    "control": "\x01\x02\x1b[31m",
    "markup": "<script>alert(1)</script><b>",
    "lone surrogate": "\ud800冰箱",
    "other scripts": "Сколько стоит ไทย",
}


def test_a_question_gets_the_figure_and_its_source() -> None:
    """The main job: a right, cited answer with its validity, in one command."""
    done = run("ask", "--date", DAY, "一级能效冰箱补多少")
    assert done.returncode == 0
    for part in ("20%", "2000元", "出处：", "湖南日报", "未载明"):
        assert part in done.stdout


def test_words_of_a_question_may_come_apart() -> None:
    """A question of several arguments is one question."""
    apart = run("ask", "--json", "--date", DAY, "财产登记", "几天办好")
    assert json.loads(apart.stdout)["question"] == "财产登记 几天办好"


def test_a_conversation_keeps_its_subject_until_an_empty_line() -> None:
    """「那洗衣机呢」 means the subsidy before it, and nothing in a new conversation."""
    first, follow, fresh = chat("一级能效冰箱补多少", "那洗衣机呢", "", "那洗衣机呢")
    assert first["outcome"] == follow["outcome"] == "answered"
    assert "一级能效洗衣机补多少" in follow["text"]
    assert follow["passages"][0]["heading"] == first["passages"][0]["heading"]
    assert fresh["text"] != follow["text"]
    assert first["conversation"] == follow["conversation"] != fresh["conversation"]


def test_a_follow_up_on_what_no_rule_lists_gets_no_figure() -> None:
    """A phone is not an appliance of the list, however it is asked for."""
    _, phone, dishwasher = chat("一级能效冰箱补多少", "那手机呢", "洗碗机补多少钱")
    for answer in (phone, dishwasher):
        assert answer["outcome"] == "no_answer"
        assert "%" not in answer["text"]
        assert "12345" in answer["text"]


def test_the_same_question_gives_the_same_bytes_in_another_process() -> None:
    """Neither the process nor its hash seed changes a byte."""
    questions = ("一级能效冰箱补多少", "补贴", "广东省家电补贴", "你好", "益阳办房产证要几天")
    assert chat(*questions, PYTHONHASHSEED="1") == chat(*questions, PYTHONHASHSEED="2")


@pytest.mark.parametrize("name", STRANGE)
def test_a_strange_question_ends_in_an_outcome(name: str) -> None:
    """Whatever is typed gets an outcome and no figure out of nothing."""
    (answer,) = chat(STRANGE[name])
    assert answer["outcome"] in {"too_vague", "no_answer", "declined", "answered", "hedged"}
    assert answer["text"]


def test_bytes_that_are_not_utf8_end_in_an_outcome() -> None:
    """A line in another encoding is answered, not fallen over."""
    done = run("chat", "--json", "--date", DAY, typed="一级能效\n".encode("gbk"))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1


def test_the_talk_without_json_is_for_people() -> None:
    """The plain chat prints answers and no object."""
    done = run("chat", "--date", DAY, typed="补贴\n1\n")
    assert done.returncode == 0
    assert "1. " in done.stdout
    assert "出处：" in done.stdout
    assert '{"' not in done.stdout


@pytest.mark.parametrize("day", ["2026-02-30", "昨天", "2026-1-1", ""])
def test_an_unknown_date_is_wrong_usage(day: str) -> None:
    """A day that does not exist ends with 2 and the form to write."""
    done = run("ask", "--date", day, "财产登记几天")
    assert done.returncode == 2
    assert "YYYY-MM-DD" in done.stderr
    assert done.stdout == ""


def test_the_day_decides_what_holds() -> None:
    """On a day before the report, the earlier rule had not been followed yet."""
    before = json.loads(run("ask", "--json", "--date", "2024-07-15", "家电补贴最高多少").stdout)
    after = json.loads(run("ask", "--json", "--date", DAY, "家电补贴最高多少").stdout)
    assert before["passages"][0]["document"] == "appliance-trade-in-june-2024"
    assert after["passages"][0]["document"] == "appliance-trade-in"


def test_a_missing_knowledge_folder_is_a_wrong_setting(tmp_path: Path) -> None:
    """A folder that does not exist ends with 2 and the name of the setting."""
    done = run("ask", "你好", POLICYBOT_KNOWLEDGE=str(tmp_path / "nowhere"))
    assert done.returncode == 2
    assert "POLICYBOT_KNOWLEDGE" in done.stderr


def test_an_empty_knowledge_folder_is_a_problem_of_the_knowledge(tmp_path: Path) -> None:
    """An empty folder ends with 1 and says what to put there; nothing is written into it."""
    empty = tmp_path / "knowledge"
    empty.mkdir()
    for command in (["check"], ["ask", "你好"], ["evaluate"]):
        done = run(*command, "--knowledge", str(empty))
        assert done.returncode == 1
        assert "documents" in done.stdout + done.stderr
    assert not list(empty.iterdir())


def test_every_mistake_is_named_with_its_place(tmp_path: Path) -> None:
    """`check` prints path, line, column and remedy of all mistakes, as text and as JSON."""
    folder = tmp_path / "documents" / "a"
    folder.mkdir(parents=True)
    (folder / "one.yaml").write_text("title：坏\n", "utf-8")
    (folder / "two.yaml").write_text("title: 好\ntitle: 好\n", "utf-8")
    done = run("check", "--knowledge", str(tmp_path))
    assert done.returncode == 1
    assert "documents/a/one.yaml:1:" in done.stdout
    assert "documents/a/two.yaml:2:" in done.stdout
    found = json.loads(run("check", "--json", "--knowledge", str(tmp_path)).stdout)
    assert {"path", "line", "column", "field", "what", "remedy"} == set(found["problems"][0])


def test_the_shipped_knowledge_passes(tmp_path: Path) -> None:
    """`check` on the shipped knowledge ends with 0, from any folder."""
    done = run("check", "--knowledge", str(ROOT / "knowledge"), folder=tmp_path)
    assert done.returncode == 0, done.stdout


def test_a_data_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    """The cache is only tried: a file in its place changes nothing."""
    (tmp_path / "var").write_text("", "utf-8")
    data = str(tmp_path / "var")
    (answer,) = chat("一级能效冰箱补多少", POLICYBOT_DATA=data)
    assert answer["outcome"] == "answered"


def test_a_wrong_setting_is_named() -> None:
    """A port that is no number ends with 2, one line and no traceback."""
    done = run("serve", POLICYBOT_PORT="eighty")
    assert done.returncode == 2
    assert "POLICYBOT_PORT" in done.stderr
    assert len(done.stderr.splitlines()) == 1
