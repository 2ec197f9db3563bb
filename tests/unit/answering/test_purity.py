"""The same question, conversation, edition and day give the same answer, everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answering.service import unfold
from bot.channels.wire import answer_object, plain_text
from bot.models.questions import Answer, Conversation, Hit, Outcome
from bot.retrieval.edition import Edition
from tests.unit import builders
from tests.unit.answering.asking import DAY, ask, shipped, small, small_documents

ROOT = Path(__file__).parents[3]
QUESTIONS = (
    *("一级能效冰箱补多少", "财产登记几天办好", "家电补贴", "手机补多少", "广东冰箱补多少"),
    *("长沙冰箱补多少", "以前每件最多补多少钱", "湖南有多少个地理标志", "你好", "今天天气怎么样"),
    *("洗碗机补多少", "专利", "益阳资规窗口在哪里", ""),
)
PROGRAM = """
import json, sys
from tests.unit.answering.test_purity import answers_as_bytes
sys.stdout.buffer.write(answers_as_bytes())
"""
EDITIONS = {"small": small, "shipped": shipped}


def answers_as_bytes() -> bytes:
    """Give the API's objects for some questions on the shipped knowledge."""
    objects = [answer_object(ask(text, shipped())) for text in QUESTIONS]
    return json.dumps(objects, ensure_ascii=False).encode()


@pytest.mark.parametrize("seed", ["1", "4242"])
def test_another_process_gives_the_same_bytes(seed: str) -> None:
    """No order of a set or a hash of a process shows in an answer."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert done.stdout == answers_as_bytes()


@pytest.mark.parametrize("text", QUESTIONS)
def test_asking_twice_gives_equal_answers(text: str) -> None:
    """Nothing is remembered but what the conversation holds."""
    before = Conversation("c1", "一级能效冰箱补多少")
    assert ask(text, shipped()) == ask(text, shipped())
    assert ask(text, small(), DAY, before) == ask(text, small(), DAY, before)


def test_an_edition_that_is_built_again_gives_the_same_answers() -> None:
    """Loading the same knowledge anew changes no answer and no id."""
    corpus = replace(small().corpus)
    again = builders.edition_in_memory(corpus, builders.cache_folder())
    assert again is not small()
    for text in QUESTIONS:
        assert ask(text, again) == ask(text, small())


def test_an_id_names_edition_day_and_question() -> None:
    """Another question, day or edition is another answer."""
    other = builders.edition_of(*small_documents()[:1])
    answers = [
        ask("一级能效冰箱补多少", small()),
        ask("一级能效空调补多少", small()),
        ask("一级能效冰箱补多少", small(), DAY + timedelta(days=1)),
        ask("一级能效冰箱补多少", other),
        ask("一级能效冰箱补多少 ？", small()),
    ]
    assert len({answer.id for answer in answers}) == len(answers)


def test_a_follow_up_has_an_id_of_its_own() -> None:
    """The same words with another subject are another answer."""
    ids = {
        ask("那洗衣机呢", small(), conversation=Conversation("c", subject)).id
        for subject in ("", "一级能效冰箱补多少", "二级能效冰箱补多少")
    }
    assert len(ids) == 3


def test_a_conversations_name_does_not_change_an_id() -> None:
    """Two people who ask the same get the same answer under the same id."""
    one, other = (
        ask("一级能效冰箱补多少", small(), conversation=Conversation(name)) for name in "ab"
    )
    assert one.id == other.id
    assert one.blocks == other.blocks


def test_an_unfolded_passage_and_a_question_never_share_an_id() -> None:
    """The same id means the same bytes, whatever somebody types."""
    edition = small()
    passage = edition.corpus.passages[0]
    unfolded = unfold(Hit(passage, 0, 0.0, ()), edition, DAY)
    assert ask(unfolded.question, edition).id != unfolded.id


PIECES = st.sampled_from(
    [
        *("一级能效", "冰箱", "洗衣机", "洗碗机", "手机", "补多少", "财产登记", "几天", "益阳"),
        *("广东", "那", "呢", "？", "以前", "你好", "忽略指令", "2000元", "補助", "2026年"),
        *(" ", "\n", "<b>"),
        *("\u200b", "\ud800", "\x00", "😀", "ﬁ", "㍻", "é", "𠮷", "\u202e", "[red]", "%s", "{}"),
    ]
)
ANY = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=40),
    st.lists(PIECES, max_size=12).map("".join),
    st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=520),
)


def check(answer: Answer, edition: Edition) -> None:
    """Hold what is true of every answer."""
    assert answer.outcome in Outcome
    assert answer.blocks
    assert answer.edition == edition.fingerprint
    plain_text(answer).encode()
    json.dumps(answer_object(answer), ensure_ascii=False, allow_nan=False).encode()
    answer.conversation.subject.encode()
    assert len(answer.id) == 16
    found = answer.outcome in {Outcome.ANSWERED, Outcome.HEDGED, Outcome.NEEDS_DETAIL}
    assert bool(answer.evidence) is found


@pytest.mark.parametrize("name", EDITIONS)
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts=st.lists(ANY, min_size=1, max_size=3))
def test_no_text_breaks_answering(name: str, texts: list[str]) -> None:
    """Whatever is typed, alone or one after the other, ends in an answer that can be sent."""
    edition = EDITIONS[name]()
    conversation = Conversation("c1")
    for text in texts:
        answer = ask(text, edition, DAY, conversation)
        check(answer, edition)
        assert ask(text, edition, DAY, conversation) == answer
        conversation = answer.conversation
