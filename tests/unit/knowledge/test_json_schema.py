"""The schema by which editors help staff: fresh, in Chinese, and named in every document."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.knowledge.json_schema import document_schema

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
SCHEMA = KNOWLEDGE / "document.schema.json"
NO_EXAMPLE = {"sections", "benefits", "time_limits", "code"}  # their own fields have examples


def fields_of(node: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give every field that the schema knows, however deep, with its name."""
    for name, field in node.get("properties", {}).items():
        yield name, field
        yield from fields_of(field)
        yield from fields_of(field.get("items", {}))


def test_the_schema_is_fresh() -> None:
    """`python -m bot.knowledge.json_schema knowledge/document.schema.json` changes nothing."""
    assert SCHEMA.read_text("utf-8") == document_schema()


def test_every_field_is_described_in_chinese_with_an_example() -> None:
    """Who rests on a field in an editor reads what it is and how it looks, in no English word."""
    fields = list(fields_of(json.loads(document_schema())))
    assert len(fields) > 40
    for name, field in fields:
        assert re.search("[一-鿿]", field["description"]), name
        assert field.get("examples") or name in NO_EXAMPLE, name


def test_every_document_names_its_schema() -> None:
    """The first line of each shipped document tells editors where its schema lies."""
    documents = sorted(KNOWLEDGE.glob("documents/*/*.yaml"))
    assert documents
    for path in documents:
        first = path.read_text("utf-8").partition("\n")[0]
        assert first.startswith("# yaml-language-server: $schema="), path.name
        assert (path.parent / first.partition("=")[2]).resolve() == SCHEMA.resolve()
