"""What editors need to complete, explain and check a document's file: its JSON Schema.

`python -m bot.knowledge.json_schema knowledge/document.schema.json` writes it; a test holds it
fresh. It is more lenient than `policybot check`, which has the last word.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from bot.knowledge.schema import DocumentFields

_KEPT = (
    *("type", "description", "examples", "enum", "minimum", "minItems"),
    *("pattern", "patternErrorMessage"),
)
_Node = dict[str, Any]


def document_schema() -> str:
    """Write the JSON Schema of a file under documents/, in draft 7, which all editors know."""
    generated = DocumentFields.model_json_schema(by_alias=True)
    schema = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "政策文件",
        **_inlined(generated, generated.get("$defs", {})),
        "description": "一份政策一个文件；写法见知识库手册 README.md",
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _inlined(node: _Node, definitions: dict[str, _Node]) -> _Node:
    """Keep what an editor shows, with every reference replaced by what it refers to."""
    if "$ref" in node:
        meant = definitions[node["$ref"].rpartition("/")[2]]
        # The docstring of a model is for programmers, the description of its field for staff.
        return {**_inlined(meant, definitions), **_inlined(_without(node, "$ref"), definitions)}
    if "anyOf" in node:
        options = [option for option in node["anyOf"] if option != {"type": "null"}]
        return _inlined({**options[0], **_without(node, "anyOf")}, definitions)
    kept = {name: node[name] for name in _KEPT if name in node}
    if "properties" in node:
        kept = _mapping(node, definitions)
    if "items" in node:
        kept["items"] = _inlined(node["items"], definitions)
    if "enum" in kept:
        kept["enum"] = [*kept["enum"], *(int(one) for one in kept["enum"] if one.isdigit())]
        kept.pop("type", None)
    return kept


def _mapping(node: _Node, definitions: dict[str, _Node]) -> _Node:
    required = node.get("required", [])
    fields = {
        name: _inlined(field, definitions) if name in required else _or_blank(field, definitions)
        for name, field in node["properties"].items()
    }
    return {
        "type": "object",
        "properties": fields,
        "required": required,
        "additionalProperties": False,
    }


def _or_blank(field: _Node, definitions: dict[str, _Node]) -> _Node:
    """A field that may be left out may be left blank."""
    inlined = _inlined(field, definitions)
    if "enum" in inlined:
        return {**inlined, "enum": [*inlined["enum"], None]}
    kinds = inlined["type"] if isinstance(inlined["type"], list) else [inlined["type"]]
    return {**inlined, "type": [*kinds, "null"]}


def _without(node: _Node, name: str) -> _Node:
    return {key: value for key, value in node.items() if key != name}


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(document_schema(), "utf-8")
