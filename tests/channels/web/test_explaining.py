"""`?explain=1`: the same answer with how it came about, and nothing more without it."""

from __future__ import annotations

import json

import httpx
import pytest

from bot.channels.wire import answer_object
from tests.channels.web.conftest import ASK, Recorder, asked, refusal
from tests.unit.answering.asking import DAY, ask, small

QUESTIONS = ("一级能效冰箱补多少", "手机补多少", "家电补贴", "你好", "广东冰箱补多少", "")
KEYS = {
    *("day", "readings", "kind", "terms", "hits", "support", "reasons", "rules", "parts"),
}


async def explained(client: httpx.AsyncClient, question: str, explain: str) -> httpx.Response:
    """Ask in a named conversation on a fixed day, so that the bytes can be compared."""
    fields = {"question": question, "conversation": "c1", "date": DAY.isoformat()}
    return await client.post(f"{ASK}?explain={explain}", json=fields)


@pytest.mark.parametrize("question", QUESTIONS)
async def test_without_it_the_bytes_are_the_answers(
    client: httpx.AsyncClient, question: str
) -> None:
    """An answer that is not explained is, to the byte, what every channel writes."""
    written = answer_object(ask(question, small(), DAY))
    expected = json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()
    fields = {"question": question, "conversation": "c1", "date": DAY.isoformat()}
    assert (await client.post(ASK, json=fields)).content == expected
    assert (await explained(client, question, "0")).content == expected


@pytest.mark.parametrize("question", QUESTIONS)
async def test_an_explanation_is_one_more_field(client: httpx.AsyncClient, question: str) -> None:
    """The answer is the same, and beside it stand all fields of the explanation."""
    reply = await explained(client, question, "1")
    written = reply.json()
    explanation = written.pop("explanation")
    assert written == answer_object(ask(question, small(), DAY))
    assert set(explanation) == KEYS
    assert explanation["day"] == DAY.isoformat()
    assert all(one["said"] for one in explanation["reasons"])


async def test_hits_tell_what_each_term_gave(client: httpx.AsyncClient) -> None:
    """A hit has its terms with their scores, its features and where its terms stand."""
    explanation = (await explained(client, QUESTIONS[0], "1")).json()["explanation"]
    first = explanation["hits"][0]
    assert first["shown"] == 1
    assert any(one["text"] == "冰箱" and one["score"] > 0 for one in first["terms"])
    assert sum(one["score"] for one in first["features"]) == pytest.approx(first["score"], 1e-4)
    marked = [first["text"][one["start"] : one["end"]] for one in first["highlights"]]
    assert any("级" in text for text in marked)


async def test_a_follow_up_is_explained_with_its_subject(client: httpx.AsyncClient) -> None:
    """An explained question goes on in its conversation, and is remembered in it."""
    first = await client.post(f"{ASK}?explain=1", json={"question": QUESTIONS[0]})
    conversation = first.json()["conversation"]
    sent = {"question": "那洗衣机呢", "conversation": conversation}
    second = (await client.post(f"{ASK}?explain=1", json=sent)).json()
    steps = [one["step"] for one in second["explanation"]["readings"]]
    assert steps == ["typed", "with_subject"]


@pytest.mark.parametrize("value", ["2", "maybe", "是", ""])
async def test_another_value_is_refused(client: httpx.AsyncClient, value: str) -> None:
    """A value that is neither yes nor no is refused by its name, with the remedy."""
    message = refusal(await explained(client, QUESTIONS[0], value), 422)
    assert message == "explain：请写 1 或 0"


async def test_a_fault_while_explaining_has_a_reference(
    client: httpx.AsyncClient, recorder: Recorder
) -> None:
    """Nothing of the fault itself reaches the person."""
    recorder.fault = ValueError("secret")
    message = refusal(await explained(client, QUESTIONS[0], "1"), 500)
    assert "编号" in message
    assert "secret" not in message


async def test_the_explanation_is_described(client: httpx.AsyncClient) -> None:
    """The parameter and the field stand in the description of the API."""
    document = (await client.get("/openapi.json")).json()
    names = [one["name"] for one in document["paths"][ASK]["post"]["parameters"]]
    assert names == ["explain"]
    assert "explanation" in document["components"]["schemas"]["ExplainedObject"]["required"]
    assert (await asked(client, question="你好")).keys() == set(
        document["components"]["schemas"]["AnswerObject"]["properties"]
    )
