"""Editors complete, explain and check documents by the schema, as staff will see it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.language_server import VARIABLE, LanguageServer, program, running

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
MODELINE = "# yaml-language-server: $schema=../../document.schema.json\n"
pytestmark = pytest.mark.skipif(
    program() is None,
    reason=f"yaml-language-server is not on the PATH and {VARIABLE} names none",
)


@pytest.fixture(scope="module")
def server() -> Iterator[LanguageServer]:
    """Give a server that runs over the shipped knowledge."""
    with running(KNOWLEDGE) as started:
        yield started


@pytest.fixture
def topic(tmp_path: Path) -> Path:
    """Give the folder of a topic, with the schema where modelines look for it."""
    shutil.copy(KNOWLEDGE / "document.schema.json", tmp_path)
    folder = tmp_path / "documents" / "topic"
    folder.mkdir(parents=True)
    return folder


def written(topic: Path, text: str) -> Path:
    """Write a document that names its schema as the shipped ones do."""
    path = topic / "rule.yaml"
    path.write_text(MODELINE + text, "utf-8")
    return path


def test_editors_find_nothing_wrong_with_the_shipped_documents(server: LanguageServer) -> None:
    """What the check accepts the editor accepts too."""
    for path in sorted(KNOWLEDGE.glob("documents/*/*.yaml")):
        assert (path.name, server.open(path)) == (path.name, [])


def test_editors_mark_what_is_wrong(server: LanguageServer, topic: Path) -> None:
    """A wrong date, an unknown field and a missing one are marked where they stand."""
    text = "title: 甲\nwording: 摘要\nsource: {publisher: 乙}\nissued: 六月\ncolour: 红\n"
    faults = server.open(written(topic, text))
    told = {(fault["range"]["start"]["line"], fault["message"]) for fault in faults}
    assert {line for line, _ in told} == {1, 2, 4, 5}
    assert (4, "写成 2024、2024-06 或 2024-06-15") in told
    assert any("sections" in message for line, message in told if line == 1)


def test_editors_explain_every_field(server: LanguageServer, topic: Path) -> None:
    """Where the pointer rests on a field, its description stands in Chinese, with an example."""
    path = written(topic, "title: 甲\nsections:\n  - heading: 乙\n    text: 丙\n")
    server.open(path)
    shown = server.hover(path, 3, 5)
    assert "小标题，同一文件里不能重复" in shown
    assert "补贴标准" in shown


def test_editors_offer_what_may_be_written(server: LanguageServer, topic: Path) -> None:
    """Fields come with their descriptions, and a closed vocabulary with its words."""
    path = written(topic, "title: 甲\nwording: \n\n")
    server.open(path)
    fields = server.completions(path, 3, 0)
    assert {"source", "sections", "effective_from", "not_stated"} <= set(fields)
    assert "哪天起施行" in fields["effective_from"]
    assert {"原文", "摘编"} <= set(server.completions(path, 2, len("wording: ")))
