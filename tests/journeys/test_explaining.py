"""A clerk asks the command why."""

from __future__ import annotations

import json

import pytest

from tests.journeys.product import DAY, run


def test_a_refusal_is_explained_in_words() -> None:
    """One command says why a question is refused, and what to change in which file."""
    done = run("explain", "--date", DAY, "公积金", "怎么提取")
    assert done.returncode == 0
    for part in ("拒答", "支持度", "refuse_below", "asks", "synonyms.yaml", "找到的段落"):
        assert part in done.stdout


def test_a_follow_up_is_explained_as_an_object() -> None:
    """`--after` makes the conversation, and `--json` writes the answer with its explanation."""
    arguments = ("--after", "一级能效冰箱补多少", "--after", "你好", "--json", "--date", DAY)
    done = run("explain", *arguments, "那洗衣机呢")
    written = json.loads(done.stdout)
    assert written["outcome"] == "answered"
    readings = written["explanation"]["readings"]
    assert readings[-1] == {"step": "with_subject", "text": "一级能效洗衣机补多少"}
    asked = run("ask", "--json", "--date", DAY, readings[-1]["text"])
    assert written["passages"] == json.loads(asked.stdout)["passages"]


@pytest.mark.parametrize(
    ("arguments", "named"),
    [((), "QUESTION"), (("--date", "2026-02-30", "冰箱"), "YYYY-MM-DD")],
)
def test_wrong_usage_is_named(arguments: tuple[str, ...], named: str) -> None:
    """No question, or a day that does not exist, ends with 2 and nothing on standard output."""
    done = run("explain", *arguments)
    assert done.returncode == 2
    assert named in done.stderr
    assert done.stdout == ""
