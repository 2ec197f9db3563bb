"""What an import could not know has to be filled in before a draft is served."""

from __future__ import annotations

from pathlib import Path

from bot.knowledge.checking import find_problems
from tests.unit.knowledge.staff_files import DOCUMENT, DOCUMENT_PATH, write_folder


def test_a_source_that_was_not_filled_in_is_named(tmp_path: Path) -> None:
    """Else citizens would read the request to fill it in as where the rule comes from."""
    unfilled = DOCUMENT.replace("publisher: 湖南日报", "publisher: 请填写发布的单位或网站")
    write_folder(tmp_path, {DOCUMENT_PATH: unfilled})
    (problem,) = find_problems(tmp_path)
    assert (problem.field, problem.what) == ("source.publisher", "这里还没有填写")
