"""Two texts cut into what they share and what they do not."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.text.differing import differing

TEXTS = st.text(st.sampled_from("补贴15%20元，\n每件"), max_size=40)


@given(TEXTS, TEXTS)
def test_the_parts_are_the_texts(before: str, after: str) -> None:
    """Joined, the parts are the texts; what is not marked is the same on both sides."""
    old, new = differing(before, after)
    assert ("".join(part for part, _ in old), "".join(part for part, _ in new)) == (before, after)
    shared = ["".join(part for part, differs in side if not differs) for side in (old, new)]
    marked = any(differs for side in (old, new) for _, differs in side)
    assert shared[0] == shared[1] or not marked


def test_a_changed_figure_is_marked_whole() -> None:
    """1,500 for 2,000 is one change, not three digits."""
    old, new = differing("每件最高补贴2,000元，共15%。", "每件最高补贴1,500元，共20%。")
    assert [part for part, differs in old if differs] == ["2,000", "15%"]
    assert [part for part, differs in new if differs] == ["1,500", "20%"]


def test_texts_about_something_else_are_not_marked() -> None:
    """Where almost nothing is shared, marks would only confuse; the same for a missing text."""
    for before, after in (("冰箱补贴标准", "地理标志数量多少"), ("", "冰箱"), ("", "")):
        old, new = differing(before, after)
        assert not any(differs for _, differs in (*old, *new))
