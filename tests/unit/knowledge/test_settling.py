"""A file is read once it has been left alone for a while, whatever the others do."""

from __future__ import annotations

from bot.knowledge.files import FileState
from bot.knowledge.settling import QUIET, Settling, seen, taken


def state(size: int) -> FileState:
    """Give a state of a file."""
    return FileState(size, 1, 1, 1, fresh=False)


def test_a_changed_file_is_ripe_after_it_was_quiet() -> None:
    """Not at once, and not while it still changes; then until it is read."""
    settling = seen(Settling(), {"a": state(1)}, 0.0)
    assert settling.ripe(0.0) == ()
    settling = seen(settling, {"a": state(2)}, QUIET)
    assert settling.ripe(QUIET) == ()
    settling = seen(settling, {"a": state(2)}, 2 * QUIET)
    assert settling.ripe(2 * QUIET) == ("a",)
    settling = seen(taken(settling, ("a",)), {"a": state(2)}, 3 * QUIET)
    assert not settling.pending


def test_a_file_that_never_rests_holds_up_no_other() -> None:
    """Each file settles by itself."""
    settling = Settling()
    for step in range(10):
        settling = seen(settling, {"busy": state(step), "calm": state(1)}, step * QUIET / 2)
    assert settling.ripe(9 * QUIET / 2) == ("calm",)


def test_a_file_is_gone_only_when_it_stays_away() -> None:
    """Editors delete a file and make it anew; in between it is not gone."""
    read = Settling({"a": state(1)})
    away = seen(read, {}, 0.0)
    assert away.ripe(QUIET / 2) == ()
    assert seen(away, {"a": state(1)}, QUIET).pending == {}
    assert away.ripe(QUIET) == ("a",)
    assert taken(away, ("a",)) == Settling()
