"""What status.json holds is read back as it was, and what is due is told by the day."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

from bot.clock import SHANGHAI
from bot.errors import Problem
from bot.knowledge.versions import Confirmation, Reason, Withheld
from bot.reloading.confirming import confirm, confirmations, folder_of, forget
from bot.reloading.status import (
    Held,
    Report,
    Status,
    due_for_review,
    ending_soon,
    next_due,
    read_status,
    write_status,
)
from tests.unit.builders import document

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=SHANGHAI)
TODAY = NOW.date()
PROBLEM = Problem("documents/a.yaml", 3, 1, "title", "title 没有填写", "写成 title: …")
HELD = Held(Withheld("documents/a.yaml", Reason.BROKEN, "0a", True, 0.0, (PROBLEM,)), NOW)
REPORT = Report((HELD,), (PROBLEM,), "写不进", date(2026, 12, 31))
STATUS = Status(1, 7, "/srv/knowledge", "0123456789ab", NOW, 15, 80, REPORT, 0.4)


def test_a_status_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Everything comes back, and anybody can read it as JSON."""
    write_status(tmp_path, STATUS)
    assert read_status(tmp_path) == STATUS
    written = json.loads((tmp_path / "status.json").read_text("utf-8"))
    assert written["version"] == 1
    assert written["report"]["held"][0]["withheld"]["reason"] == "broken"


def test_a_status_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    """No file, half a file, or one of another version: it is as if nothing had served."""
    assert read_status(tmp_path) is None
    write_status(tmp_path, STATUS)
    path = tmp_path / "status.json"
    whole = path.read_text("utf-8")
    for content in (whole[:-9], whole.replace('"version":1', '"version":2'), "[]", ""):
        path.write_text(content, "utf-8")
        assert read_status(tmp_path) is None


def test_what_is_due_depends_on_the_day() -> None:
    """Review falls due on its day; what ends is told for thirty days, its last day included."""
    documents = (
        document("reviewed", review_by=date(2026, 11, 23)),
        document("due", review_by=TODAY),
        document("overdue", review_by=date(2025, 1, 1)),
        document("ended", effective_until=date(2026, 11, 21)),
        document("last", effective_until=TODAY),
        document("soon", effective_until=date(2026, 12, 22)),
        document("later", effective_until=date(2026, 12, 23)),
    )
    assert [one.id for one in due_for_review(documents, TODAY)] == ["overdue", "due"]
    assert [one.id for one in ending_soon(documents, TODAY)] == ["last", "soon"]
    assert next_due(documents, TODAY) == TODAY
    assert next_due(documents[:1], TODAY) == date(2026, 11, 23)
    assert next_due(documents[2:4], TODAY) is None


def test_a_confirmation_is_kept_until_it_is_forgotten(tmp_path: Path) -> None:
    """One a file: a later word replaces the earlier; what is no confirmation is left out."""
    first, second = Confirmation("documents/a.yaml", "0a"), Confirmation("documents/a.yaml", "")
    assert confirmations(tmp_path) == frozenset()
    confirm(tmp_path, first)
    confirm(tmp_path, second)
    (folder_of(tmp_path) / "other.json").write_text("{", "utf-8")
    assert confirmations(tmp_path) == {second}
    forget(tmp_path, second)
    assert confirmations(tmp_path) == frozenset()
