"""What a thing costs is read in all the ways it is written, and nothing else is a price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.figures import searchable
from bot.text.prices import prices_in


def amounts(text: str) -> list[Decimal]:
    """Give what the exact prices of a text come to."""
    return [one.amount for one in prices_in(searchable(text)) if one.exact]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5999元的冰箱", "5999"),
        ("5,999的冰箱", "5999"),
        ("６千的空调", "6000"),
        ("一万二的电视", "12000"),
        ("1.2万的电视", "12000"),
        ("五千块钱的冰箱", "5000"),
        ("¥3999.9 洗衣机", "3999.9"),
        ("冰箱，一级，3999", "3999"),
        ("花了2000买灶具", "2000"),
        ("-500元的冰箱", "-500"),
        ("0元的冰箱", "0"),
    ],
)
def test_a_price_is_read_however_it_is_written(text: str, amount: str) -> None:
    """Groups, full width, Chinese numerals, 千 and 万, the sign of the yuan."""
    assert amounts(text) == [Decimal(amount)]


@pytest.mark.parametrize(
    "text",
    [
        "55寸电视",
        "1.5匹空调",
        "500升冰箱",
        "2025国补冰箱",
        "2024年9月4日买的冰箱",
        "BCD-500冰箱",
        "10^12元的冰箱",
        "一级能效冰箱",
        "打12345问冰箱",
        "最高能补2000元吗",
        "补贴上限是2000元吗",
        "15%的补贴",
        "两台冰箱",
    ],
)
def test_what_is_no_price_is_not_taken_for_one(text: str) -> None:
    """Sizes, years, models, grades, shares, counts and what is paid out."""
    assert amounts(text) == []


@pytest.mark.parametrize(
    "text", ["五千到六千的冰箱", "5000-6000的冰箱", "不到6000的冰箱", "6000左右"]
)
def test_a_range_and_about_so_much_are_not_exact(text: str) -> None:
    """Nothing may be worked out from a price that is not known."""
    assert amounts(text) == []
    assert prices_in(searchable(text))


@given(st.text())
def test_any_text_ends_in_prices_that_stand_in_it(text: str) -> None:
    """Spans are in order and hold a figure."""
    searched = searchable(text)
    found = prices_in(searched)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(
        any(character.isdigit() for character in searched[one.start : one.end]) for one in found
    )
