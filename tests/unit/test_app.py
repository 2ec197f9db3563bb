"""Delivery: the conversation is loaded, the question asked on its day, the rest stored."""

from __future__ import annotations

import asyncio
import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import Delivery, cache_folder, open_edition, serve
from bot.clock import SHANGHAI
from bot.errors import KnowledgeError, SettingsError
from bot.models.documents import Document
from bot.models.questions import Answer, Asker, BlockKind, Question
from bot.ports import Answering
from bot.retrieval.edition import Edition
from bot.settings import Settings
from bot.storage.memory import ConversationsInMemory
from tests.unit import builders
from tests.unit.answering.asking import KNOWLEDGE, shipped, small, small_documents, texts_of

START = datetime(2026, 11, 22, 9, 0, tzinfo=SHANGHAI)
FIRST = "一级能效冰箱补多少"
FOLLOW_UP = "那洗衣机呢"


class SetClock:
    """Tells the time to which it was set."""

    def __init__(self, moment: datetime) -> None:
        """Set the time."""
        self.moment = moment

    def now(self) -> datetime:
        """Give the set moment."""
        return self.moment


def delivery(day: date | None = None, moment: datetime = START) -> Delivery:
    """Wire answering over the small knowledge."""
    return Delivery(small(), ConversationsInMemory(), SetClock(moment), day)


def asked(
    answering: Answering,
    text: str,
    asker: Asker | None = None,
    minutes: float = 0,
    day: date | None = None,
) -> Answer:
    """Ask some minutes after the start."""
    moment = START + timedelta(minutes=minutes)
    return answering.ask(Question(text, asker or Asker("test", "chat"), moment), day)


def is_followed(answer: Answer) -> bool:
    """Tell whether a follow-up got its subject back."""
    return "一级能效洗衣机补多少" in texts_of(answer, BlockKind.UNDERSTOOD)


def test_delivery_fulfils_the_port() -> None:
    """What channels are given is what they ask for."""
    answering: Answering = delivery()
    assert asked(answering, FIRST).evidence


def test_a_conversation_goes_on() -> None:
    """The next question of the same asker has the subject of the one before."""
    answering = delivery()
    asked(answering, FIRST)
    assert is_followed(asked(answering, FOLLOW_UP, minutes=29))


def test_a_conversation_expires() -> None:
    """After half an hour of silence a follow-up has nothing to go by."""
    answering = delivery()
    asked(answering, FIRST)
    assert not is_followed(asked(answering, FOLLOW_UP, minutes=31))


def test_every_question_keeps_a_conversation_alive() -> None:
    """The half hour is counted from the last question, answered or not."""
    answering = delivery()
    asked(answering, FIRST)
    asked(answering, "谢谢", minutes=20)
    assert is_followed(asked(answering, FOLLOW_UP, minutes=45))


@pytest.mark.parametrize(
    "other",
    [
        Asker("test", "group", "", "bo"),
        Asker("test", "group", "7", "an"),
        Asker("test", "other", "", "an"),
        Asker("web", "group", "", "an"),
    ],
)
def test_two_askers_never_share_a_conversation(other: Asker) -> None:
    """Another person in a group, another thread, chat or channel starts from nothing."""
    answering = delivery()
    one = Asker("test", "group", "", "an")
    asked(answering, FIRST, one)
    assert not is_followed(asked(answering, FOLLOW_UP, other, minutes=1))
    assert is_followed(asked(answering, FOLLOW_UP, one, minutes=2))


def test_an_answer_names_its_conversation() -> None:
    """The id that comes back is the one under which the chat goes on."""
    assert asked(delivery(), FIRST, Asker("web", "c-1")).conversation.id == "c-1"


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2024, 12, 31, 15, 59, tzinfo=UTC), date(2024, 12, 31)),
        (datetime(2024, 12, 31, 16, 0, tzinfo=UTC), date(2025, 1, 1)),
        (datetime(2025, 1, 1, 0, 0, tzinfo=SHANGHAI), date(2025, 1, 1)),
    ],
)
def test_a_question_is_asked_on_its_day_in_shanghai(moment: datetime, day: date) -> None:
    """Midnight is that of Asia/Shanghai, whatever zone the channel writes."""
    question = Question("停车一小时多少钱", Asker("test", "chat"), moment)
    assert delivery().ask(question).id == delivery().ask(question, day).id
    status = texts_of(delivery().ask(question), BlockKind.STATUS)
    assert ("现行有效" in status) is (day >= date(2025, 1, 1))


def test_an_asked_day_goes_before_a_fixed_one_and_that_before_the_question() -> None:
    """The day of the call, else that of the command, else that of the question."""
    one, two, present = date(2025, 5, 1), date(2025, 6, 1), START.date()
    ids = {day: asked(delivery(), FIRST, day=day).id for day in (one, two, present)}
    assert asked(delivery(), FIRST).id == ids[present]
    assert asked(delivery(one), FIRST).id == ids[one]
    assert asked(delivery(one), FIRST, day=two).id == ids[two]


def test_a_passage_unfolds_by_its_ordinal() -> None:
    """The passage that an answer showed is given whole, as of the day of the clock."""
    answering = delivery()
    shown = asked(answering, FIRST).evidence[0].hit
    unfolded = answering.unfold(small().fingerprint, shown.ordinal)
    assert unfolded is not None
    assert shown.passage.text in texts_of(unfolded, BlockKind.QUOTE)


@pytest.mark.parametrize(
    ("edition", "ordinal"), [("", 0), ("000000000000", 0), (None, -1), (None, 10_000)]
)
def test_what_is_not_in_service_is_not_unfolded(edition: str | None, ordinal: int) -> None:
    """A button of another edition, or of no passage, gives nothing."""
    named = small().fingerprint if edition is None else edition
    assert delivery().unfold(named, ordinal) is None


def test_what_a_document_does_not_state_is_not_unfolded_as_its_text() -> None:
    """An entry of what is not stated has no text to show as if it were a rule."""
    passages = small().corpus.passages
    ordinal = next(place for place, one in enumerate(passages) if not one.stated)
    unfolded = delivery().unfold(small().fingerprint, ordinal)
    assert unfolded is None or texts_of(unfolded, BlockKind.QUOTE) == ""


def test_many_threads_may_ask_at_once() -> None:
    """Questions of many askers at the same time get the answers that each gets alone."""
    answering = delivery()
    texts = (FIRST, "财产登记几天办好", "停车一小时多少钱", "手机补多少")
    alone = {text: asked(delivery(), text).id for text in texts}
    start = threading.Barrier(8)

    def ask_all(name: str) -> list[str]:
        start.wait(10)
        return [asked(answering, text, Asker("test", name)).id for text in texts]

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask_all, map(str, range(8))))
    assert answers == [list(alone.values())] * 8


def settings_of(folder: Path, **fields: object) -> Settings:
    """Make settings that read no environment."""
    return Settings(_env_file=None, knowledge=KNOWLEDGE, data=folder, **fields)  # type: ignore[call-arg,arg-type]


def test_the_knowledge_folder_becomes_an_edition(tmp_path: Path) -> None:
    """Opening the same folder gives the same edition, wherever its cache is."""
    assert open_edition(settings_of(tmp_path)).fingerprint == shipped().fingerprint


def test_a_missing_knowledge_folder_is_a_wrong_setting(tmp_path: Path) -> None:
    """The folder that is not there is named."""
    settings = settings_of(tmp_path).model_copy(update={"knowledge": tmp_path / "nowhere"})
    with pytest.raises(SettingsError, match="nowhere"):
        open_edition(settings)


def test_broken_knowledge_is_not_opened(tmp_path: Path) -> None:
    """A folder without an office and documents is refused with its problems."""
    (tmp_path / "documents").mkdir()
    settings = settings_of(tmp_path).model_copy(update={"knowledge": tmp_path})
    with pytest.raises(KnowledgeError):
        open_edition(settings)


def test_a_cache_that_cannot_be_made_costs_nothing(tmp_path: Path) -> None:
    """Where no folder can be made, there is none, and that is no error."""
    (tmp_path / "file").write_text("")
    assert cache_folder(tmp_path / "file") is None
    made = cache_folder(tmp_path / "var")
    assert made is not None
    assert os.access(made, os.W_OK)


def test_a_taken_port_is_a_wrong_setting(tmp_path: Path) -> None:
    """A port that another program holds is named, with its address, before anything is built."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=str(port)):
            asyncio.run(serve(settings_of(tmp_path, host="127.0.0.1", port=port)))


def test_a_fixed_day_is_that_of_an_unfolded_passage() -> None:
    """A passage is unfolded as of the day that was fixed."""
    passages = small().corpus.passages
    ordinal = next(place for place, one in enumerate(passages) if one.document.id == "parking")
    for day, holds in ((date(2024, 1, 1), False), (date(2026, 1, 1), True)):
        unfolded = delivery(day).unfold(small().fingerprint, ordinal)
        assert unfolded is not None
        assert ("现行有效" in texts_of(unfolded, BlockKind.STATUS)) is holds


def test_delivering_leaves_a_question_as_it_was() -> None:
    """A question is only read."""
    question = Question(FIRST, Asker("test", "chat"), START)
    before = replace(question)
    delivery().ask(question)
    assert question == before


def renewed(*documents: Document) -> tuple[Delivery, Edition]:
    """Put an edition of other documents into service after the small knowledge."""
    answering, edition = delivery(), builders.edition_of(*documents)
    answering.renew(edition)
    return answering, edition


def test_the_next_question_gets_the_edition_that_was_put_into_service() -> None:
    """Answers name the edition that they come from, before and after."""
    answering = delivery()
    before = asked(answering, FIRST).edition
    edition = builders.edition_of(*small_documents()[:2])
    answering.renew(edition)
    assert before == small().fingerprint
    assert asked(answering, FIRST).edition == edition.fingerprint == answering.edition.fingerprint


def test_a_button_of_an_earlier_edition_shows_its_own_passage_or_none() -> None:
    """Where the passage still stands it is shown, from the new edition; never another one."""
    old = small()
    rule, *others = small_documents()
    changed = replace(
        rule, sections=(replace(rule.sections[0], text="另有规定。"), *rule.sections[1:])
    )
    answering, edition = renewed(builders.document("aaa", "新的办法"), changed, *others[1:])
    shown = 0
    for ordinal, passage in enumerate(old.corpus.passages):
        unfolded = answering.unfold(old.fingerprint, ordinal)
        stands = any(
            (one.document.id, one.heading, one.text)
            == (passage.document.id, passage.heading, passage.text)
            for one in edition.corpus.passages
        )
        assert (unfolded is not None) is (stands and passage.stated)
        if unfolded:
            shown += 1
            assert passage.text in texts_of(unfolded, BlockKind.QUOTE)
            assert unfolded.edition == edition.fingerprint
    assert 0 < shown < len(old.corpus.passages)


def test_buttons_of_long_ago_are_not_shown() -> None:
    """What served before the last few editions is no longer known."""
    answering = delivery()
    for number in range(3):
        answering.renew(builders.edition_of(*small_documents(), lexicon=(f"词{number}",)))
    assert answering.unfold(small().fingerprint, 0) is None
    assert answering.unfold(answering.edition.fingerprint, 0)
