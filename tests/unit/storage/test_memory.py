"""Conversations in memory: how long, for whom and how many are remembered."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from bot.clock import SHANGHAI
from bot.models.questions import Asker, Conversation
from bot.storage.memory import MOST, ConversationsInMemory

NOW = datetime(2026, 11, 2, 9, tzinfo=SHANGHAI)
ASKER = Asker("telegram", "1")
SAID = Conversation("1", "一级能效冰箱补多少")
NOTHING = Conversation()


def test_an_unknown_asker_has_an_empty_conversation() -> None:
    """Nobody has to be introduced."""
    assert ConversationsInMemory().load(ASKER, NOW) == NOTHING


@pytest.mark.parametrize(
    ("pause", "remembered"),
    [
        (timedelta(0), SAID),
        (timedelta(minutes=29, seconds=59), SAID),
        (timedelta(minutes=30), NOTHING),
        (timedelta(days=1), NOTHING),
    ],
)
def test_a_conversation_ends_after_half_an_hour(
    pause: timedelta, remembered: Conversation
) -> None:
    """After thirty minutes without a question the subject is forgotten."""
    conversations = ConversationsInMemory()
    conversations.store(ASKER, SAID, NOW)
    assert conversations.load(ASKER, NOW + pause) == remembered


def test_each_question_prolongs_the_conversation() -> None:
    """The half hour counts from the last question, not from the first."""
    conversations = ConversationsInMemory()
    conversations.store(ASKER, SAID, NOW)
    conversations.store(ASKER, SAID, NOW + timedelta(minutes=20))
    assert conversations.load(ASKER, NOW + timedelta(minutes=45)) == SAID


def test_loading_alone_does_not_prolong_it() -> None:
    """Only what is stored counts."""
    conversations = ConversationsInMemory()
    conversations.store(ASKER, SAID, NOW)
    conversations.load(ASKER, NOW + timedelta(minutes=29))
    assert conversations.load(ASKER, NOW + timedelta(minutes=31)) == NOTHING


def test_time_zones_do_not_matter() -> None:
    """A moment is the same moment in every zone."""
    conversations = ConversationsInMemory()
    conversations.store(ASKER, SAID, NOW)
    assert conversations.load(ASKER, NOW.astimezone(UTC) + timedelta(minutes=29)) == SAID
    assert conversations.load(ASKER, NOW.astimezone(UTC) + timedelta(minutes=31)) == NOTHING


def test_the_last_conversation_replaces_the_one_before() -> None:
    """An asker has one conversation at a time."""
    conversations = ConversationsInMemory()
    conversations.store(ASKER, SAID, NOW)
    conversations.store(ASKER, NOTHING, NOW)
    assert conversations.load(ASKER, NOW) == NOTHING


def test_askers_do_not_share_a_conversation() -> None:
    """Another channel, chat, thread or person is another asker."""
    conversations = ConversationsInMemory()
    askers = [Asker(*named) for named in product(("telegram", "web"), "12", ("", "7"), "89")]
    for number, asker in enumerate(askers):
        conversations.store(asker, Conversation(str(number)), NOW)
    loaded = [conversations.load(asker, NOW).id for asker in askers]
    assert loaded == [str(number) for number in range(len(askers))]


def test_the_one_unused_for_longest_goes_first() -> None:
    """At most so many are remembered; who asked again since is not the one to go."""
    conversations = ConversationsInMemory()
    askers = [Asker("web", str(number)) for number in range(MOST + 1)]
    for asker in askers[:MOST]:
        conversations.store(asker, SAID, NOW)
    conversations.store(askers[0], SAID, NOW)
    conversations.store(askers[MOST], SAID, NOW)
    forgotten = [asker for asker in askers if conversations.load(asker, NOW) == NOTHING]
    assert forgotten == [askers[1]]


def test_many_threads_may_store_and_load_at_once() -> None:
    """Nothing is lost or mixed up between threads."""
    conversations = ConversationsInMemory()

    def talk(person: int) -> set[str]:
        asker = Asker("web", str(person))
        heard = set()
        for turn in range(300):
            conversations.store(asker, Conversation(f"{person}/{turn}"), NOW)
            heard.add(conversations.load(asker, NOW).id)
        return heard

    with ThreadPoolExecutor(8) as threads:
        heard = list(threads.map(talk, range(8)))
    assert heard == [{f"{person}/{turn}" for turn in range(300)} for person in range(8)]
