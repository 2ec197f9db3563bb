"""A new document begins as a draft that nobody is answered from."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from bot.knowledge.saving import save
from bot.knowledge.starting import Start, start
from tests.unit.knowledge.staff_files import write_folder

BEGUN = Start("pension", "某县: “养老”保险 #1 办法", "appliances")


def begin(folder: Path, begun: Start) -> Path:
    """Write a draft as the command does; give its path."""
    save(folder, (start(folder, begun),))
    return folder / begun.path


def publish(folder: Path, begun: Start) -> None:
    """Move the draft to the documents."""
    target = folder / begun.published
    target.parent.mkdir(parents=True, exist_ok=True)
    (folder / begun.path).rename(target)


def test_a_draft_is_not_served(tmp_path: Path) -> None:
    """It changes neither the corpus nor what `check` says."""
    folder = write_folder(tmp_path)
    before = load(folder)
    begin(folder, BEGUN)
    assert load(folder) == before
    assert not find_problems(folder)


def test_an_unfinished_draft_does_not_pass(tmp_path: Path) -> None:
    """Moved too early, every field that must be filled in is named."""
    folder = write_folder(tmp_path)
    begin(folder, BEGUN)
    publish(folder, BEGUN)
    fields = {problem.field for problem in find_problems(folder)}
    assert fields == {"source.publisher", "sections[0].heading", "sections[0].text"}


def test_a_filled_draft_passes(tmp_path: Path) -> None:
    """With the blanks filled, every optional field uncommented, it is a document."""
    folder = write_folder(tmp_path)
    path = begin(folder, BEGUN)
    text = path.read_text("utf-8")
    for blank, filled in (
        ("publisher: ", "publisher: 某县人民政府网"),
        ("heading: ", "heading: 缴费标准"),
        ("asks: [] ", "asks: [怎么交, 交多少] "),
        ("\n      \n", "\n      每年最低200元。\n"),
    ):
        assert blank in text
        text = text.replace(blank, filled)
    lines = text.split("\n")
    fields = ("title:", "reported:", "url:", "region:", "issuer:", "number:", "issued:")
    fields += ("also_called:", "effective_from:", "effective_until:", "review_by:")
    for at, line in enumerate(lines):
        if line.strip().removeprefix("# ").startswith(fields):
            lines[at] = line.replace("# ", "", 1)
    path.write_text("\n".join(lines), "utf-8")
    publish(folder, BEGUN)
    assert not find_problems(folder)
    (made,) = (one for one in load(folder).documents if one.id == "pension")
    assert made.title == BEGUN.title
    assert made.topics == ("家电以旧换新",)  # as the other documents of that folder
    assert made.sections[0].text == "每年最低200元。"


@pytest.mark.parametrize(
    ("begun", "told"),
    [
        (Start("trade-in", "办法", "new"), "documents/appliances/trade-in.yaml"),
        (Start("Pension", "办法", "new"), "小写"),
        (Start("../pension", "办法", "new"), "小写"),
        (Start("pension", "办法", "../.."), "主题"),
        (Start("pension", "办法", ".hidden"), "主题"),
        (Start("pension", "办法\n第二行", "new"), "一行"),
        (Start("pension", "  ", "new"), "一行"),
    ],
)
def test_what_cannot_be_is_explained(tmp_path: Path, begun: Start, told: str) -> None:
    """An id that is taken, a path in place of a name or a title of two lines is refused."""
    with pytest.raises(SettingsError) as caught:
        start(write_folder(tmp_path), begun)
    assert told in str(caught.value)


def test_the_id_of_a_draft_is_taken(tmp_path: Path) -> None:
    """A second draft does not overwrite the first."""
    folder = write_folder(tmp_path)
    begin(folder, BEGUN)
    with pytest.raises(SettingsError, match="已经用了"):
        start(folder, Start("pension", "办法", "other"))
