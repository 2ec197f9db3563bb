"""The knowledge that is shipped: it loads, and nothing of it is lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from bot.models.documents import Corpus

KNOWLEDGE = Path(__file__).parents[3] / "knowledge"
FILES = sorted((KNOWLEDGE / "documents").rglob("*.yaml"))


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """Load the shipped knowledge."""
    return load(KNOWLEDGE)


def test_the_shipped_knowledge_has_no_problem() -> None:
    """What staff are given as an example passes the check that they are given."""
    assert [str(problem) for problem in find_problems(KNOWLEDGE)] == []


def test_every_shipped_file_is_a_document(corpus: Corpus) -> None:
    """No file under documents/ is left out."""
    assert [document.id for document in corpus.documents] == [path.stem for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_character_of_a_shipped_section_is_in_its_passages(
    corpus: Corpus, path: Path
) -> None:
    """A section's text, read by PyYAML alone, is that of its passages, joined in order."""
    with path.open("rb") as file:
        sections = yaml.load(file, yaml.BaseLoader)["sections"]  # noqa: S506  texts only
    for section in sections:
        parts = [
            passage.text
            for passage in corpus.passages
            if passage.stated
            and (passage.document.id, passage.heading) == (path.stem, section["heading"])
        ]
        assert "".join(parts) == section["text"].strip()
