"""Drafts are written beside what is served, over nothing, and publishing is moving the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import DraftError, SettingsError
from bot.knowledge.checking import find_problems
from bot.knowledge.importing.outcome import Draft, Refusal, Step, from_line, to_line
from bot.knowledge.importing.placing import check_topic, place
from bot.knowledge.loading import load
from tests.unit.knowledge.importing.drafts import only
from tests.unit.knowledge.importing.office_files import NOTICE, docx_of
from tests.unit.knowledge.staff_files import write_folder


@pytest.fixture
def draft() -> Draft:
    """The draft of a notice."""
    return only("通知.docx", docx_of(NOTICE)).draft


def test_a_draft_is_never_served_and_its_file_passes_where_it_is_moved(
    tmp_path: Path, draft: Draft
) -> None:
    """The corpus is the same with and without drafts; moved to documents, the file is served."""
    knowledge = write_folder(tmp_path / "knowledge")
    before = load(knowledge)
    path = place(draft, knowledge, "appliances")
    assert path.parent == knowledge / "drafts" / "appliances"
    assert load(knowledge) == before
    moved = knowledge / "documents" / "appliances" / path.name
    path.rename(moved)
    assert find_problems(knowledge) == ()
    titles = {document.title for document in load(knowledge).documents}
    assert draft.title in titles


def test_no_file_is_written_over_and_no_id_is_taken_twice(tmp_path: Path, draft: Draft) -> None:
    """A name that a draft or a document has already gets the next free number."""
    knowledge = write_folder(tmp_path / "knowledge")
    first, second = (place(draft, knowledge, topic) for topic in ("one", "two"))
    assert second.stem == f"{first.stem}-2"
    moved = knowledge / "documents" / first.name
    first.rename(moved)
    assert place(draft, knowledge, "one").stem == f"{first.stem}-3"
    assert moved.read_text("utf-8") == draft.text


@pytest.mark.parametrize("topic", ["..", "a/b", "/a", "", ".hidden", "a\\b", "a" * 41, "a\n"])
def test_a_topic_is_the_name_of_a_folder(topic: str) -> None:
    """What leads elsewhere, or is no name, is refused before anything is read."""
    with pytest.raises(SettingsError, match="--topic"):
        check_topic(topic)


def test_a_link_in_place_of_the_folder_is_refused(tmp_path: Path, draft: Draft) -> None:
    """Nothing is written through links that lead out of the knowledge folder."""
    knowledge = write_folder(tmp_path / "knowledge")
    outside = tmp_path / "outside"
    outside.mkdir()
    (knowledge / "drafts").symlink_to(outside)
    with pytest.raises(DraftError, match="链接"):
        place(draft, knowledge, "appliances")
    assert not list(outside.iterdir())


def test_the_child_tells_in_plain_lines(draft: Draft) -> None:
    """What comes out of the child is JSON of known fields; anything else is refused."""
    for told in (draft, Step(1, 2), Refusal("错了", "改")):
        assert from_line(to_line(told)) == told
    for line in (b"", b"\xff", b"[]", b'["Step", {"done": "x", "of": 1}]', b'["os", {}]', b"{}"):
        with pytest.raises(ValueError):  # noqa: PT011  # whichever part of it is wrong
            from_line(line)
