"""Characters of radicals, as PDF files give them, become the hanzi that they look like."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.mending import mend, radicals_in


@pytest.mark.parametrize(
    ("radicals", "hanzi"),
    [
        ("⾼⽼⼈⼯", "高老人工"),
        ("⻓⻔⺠⻅⻚⻋⻢", "长门民见页车马"),
        ("⻁⻘⻬⻰", "虎青齐龙"),
        ("⺟⻳", "母龟"),
    ],
)
def test_radicals_become_hanzi(radicals: str, hanzi: str) -> None:
    """The blocks of Kangxi radicals and of the supplement are mended alike."""
    assert mend(radicals) == hanzi
    assert radicals_in(f"本{radicals}{radicals}文") == tuple(radicals)


def test_all_assigned_radicals_but_those_without_equivalent_are_mended() -> None:
    """Only U+2E80 and what is not assigned stay; nothing is mended twice."""
    blocks = [chr(code) for code in range(0x2E80, 0x2FE0)]
    assigned = [one for one in blocks if unicodedata.name(one, "")]
    assert [one for one in assigned if mend(one) == one] == ["⺀"]
    assert all(mend(mend(one)) == mend(one) for one in blocks)


@given(st.text())
def test_mending_keeps_the_length_and_all_other_characters(text: str) -> None:
    """One character becomes one, so that places in a text stay the same."""
    mended = mend(text)
    assert len(mended) == len(text)
    found = set(radicals_in(text))
    assert all(one == two or one in found for one, two in zip(text, mended, strict=True))
