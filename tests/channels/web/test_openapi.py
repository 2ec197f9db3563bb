"""The description of the API describes what the API does."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.channels.web.conftest import ASK, asked

QUESTIONS = ("一级能效冰箱补多少", "停车一小时多少钱", "家电补贴", "手机补多少", "你好", "")


@pytest.fixture
async def described(client: httpx.AsyncClient) -> dict[str, Any]:
    """Give the OpenAPI document."""
    reply = await client.get("/openapi.json")
    assert reply.status_code == 200
    document: dict[str, Any] = reply.json()
    return document


def resolved(schema: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference to its schema; an answer without an explanation is the last of two."""
    schema = schema.get("anyOf", [schema])[-1]
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    return found


def differences(value: Any, schema: dict[str, Any], document: dict[str, Any]) -> list[str]:
    """List where a value has other keys or types than its schema says."""
    schema = resolved(schema, document)
    kinds = {"object": dict, "array": list, "string": str, "number": (int, float)}
    if not isinstance(value, kinds[schema["type"]]):  # type: ignore[arg-type]
        return [f"{value!r} is no {schema['type']}"]
    if isinstance(value, list):
        return [one for member in value for one in differences(member, schema["items"], document)]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    properties = schema["properties"]
    wrong = [f"key {key}" for key in set(value) ^ set(properties)]
    wrong += [f"optional {key}" for key in set(properties) - set(schema.get("required", ()))]
    for key in set(value) & set(properties):
        wrong += differences(value[key], properties[key], document)
    return wrong


@pytest.mark.parametrize("question", QUESTIONS)
async def test_an_answer_has_the_described_keys(
    client: httpx.AsyncClient, described: dict[str, Any], question: str
) -> None:
    """Every key that is returned is described and required, and none is missing."""
    schema = described["paths"][ASK]["post"]["responses"]["200"]["content"]["application/json"]
    written = await asked(client, question=question)
    assert differences(written, schema["schema"], described) == []


@pytest.mark.parametrize(("status", "body"), [("422", b"{}"), ("413", b"a" * 100_000)])
async def test_a_refusal_has_the_described_form(
    client: httpx.AsyncClient, described: dict[str, Any], status: str, body: bytes
) -> None:
    """What is refused is described as it is answered, for clients that are generated."""
    reply = await client.post(ASK, content=body, headers={"content-type": "application/json"})
    assert str(reply.status_code) == status
    responses = described["paths"][ASK]["post"]["responses"]
    assert status in responses
    schema = responses[status]["content"]["application/json"]["schema"]
    assert differences(reply.json(), schema, described) == []


async def test_a_question_is_described_as_it_is_read(described: dict[str, Any]) -> None:
    """The question is required, the two other fields are not, and no other is taken."""
    operation = described["paths"][ASK]["post"]
    schema = resolved(operation["requestBody"]["content"]["application/json"]["schema"], described)
    assert set(schema["properties"]) == {"question", "conversation", "date"}
    assert schema["required"] == ["question"]
    assert schema["additionalProperties"] is False


async def test_every_address_is_described(described: dict[str, Any]) -> None:
    """The two routes and nothing else."""
    assert set(described["paths"]) == {ASK, "/healthz"}
    assert set(described["paths"][ASK]) == {"post"}
