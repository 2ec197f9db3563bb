"""Amounts are exact, never above the cap, and follow from the steps that are shown."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.benefits import DEAREST, Amount, Lack, amount_of, work_out, yuan
from bot.answering.purchases import Purchase, purchases_in
from bot.models.documents import Benefit, Limit, Rate
from tests.unit.answering.asking import benefit

RULE = benefit("冰箱", "洗衣机", "家用灶具", "电视")
SYNONYMS = {"家用灶具": ("燃气灶", "灶具"), "电视": ("电视机",)}
PRICES = st.decimals(Decimal("0.01"), DEAREST, places=2)
SHARES = st.decimals(Decimal("0.001"), Decimal(1), places=3)
CAPS = st.one_of(st.none(), st.decimals(Decimal(1), Decimal(5000), places=2))


def rule(share: Decimal, cap: Decimal | None, count: int | None = None) -> Benefit:
    """Make a rule with one rate for all."""
    limit = Limit("消费者", "每类", count) if count else None
    return Benefit("补贴", ("冰箱",), (Rate((), share),), "规定", cap, limit)


def amount(made: Benefit, price: Decimal, count: int = 1) -> Amount:
    """Work out an amount that nothing is missing for."""
    return amount_of(made, made.rates[0], price, count)


def summary(text: str) -> list[tuple[str, list[str], tuple[str, ...], int]]:
    """Give item, prices, grades and count of each purchase."""
    return [
        (one.item, [str(price.amount) for price in one.prices], one.grades, one.count)
        for one in purchases_in(text, RULE, SYNONYMS)
    ]


@pytest.mark.parametrize(
    ("text", "bought"),
    [
        ("5999元的一级冰箱", [("冰箱", ["5999"], ("1",), 1)]),
        ("燃气灶1200 一级水效", [("家用灶具", ["1200"], ("1",), 1)]),
        ("两台3000的冰箱", [("冰箱", ["3000"], (), 2)]),
        ("5999元一级能效", [("", ["5999"], ("1",), 1)]),
        ("二级以上的冰箱5000", [("冰箱", ["5000"], ("2+",), 1)]),
        (
            "一台冰箱3999一台洗衣机2999",
            [("冰箱", ["3999"], (), 1), ("洗衣机", ["2999"], (), 1)],
        ),
        (
            "5000的冰箱3000的洗衣机",
            [("冰箱", ["5000"], (), 1), ("洗衣机", ["3000"], (), 1)],
        ),
        (
            "冰箱5000洗衣机3000",
            [("冰箱", ["5000"], (), 1), ("洗衣机", ["3000"], (), 1)],
        ),
        (
            "一级冰箱2000二级洗衣机1000",
            [("冰箱", ["2000"], ("1",), 1), ("洗衣机", ["1000"], ("2",), 1)],
        ),
        (
            "冰箱和洗衣机都是一级，各5000",
            [("冰箱", ["5000"], ("1",), 1), ("洗衣机", ["5000"], ("1",), 1)],
        ),
        (
            "冰箱5999，洗衣机3999，都是一级",
            [("冰箱", ["5999"], ("1",), 1), ("洗衣机", ["3999"], ("1",), 1)],
        ),
    ],
)
def test_each_thing_keeps_its_own_price_and_grade(
    text: str, bought: list[tuple[str, list[str], tuple[str, ...], int]]
) -> None:
    """What stands beside a thing is about it; what is said for all counts for all."""
    assert summary(text) == bought


@pytest.mark.parametrize(
    ("text", "lack"),
    [
        ("一级冰箱", Lack.PRICE),
        ("5000到6000的一级冰箱", Lack.VAGUE_PRICE),
        ("原价6999现价5999的一级冰箱", Lack.SEVERAL_PRICES),
        ("0元的一级冰箱", Lack.NO_PRICE),
        ("-500元的一级冰箱", Lack.NO_PRICE),
        ("1000000000000元的一级冰箱", Lack.NO_PRICE),
        ("两台一级冰箱一共8000", Lack.SUM),
        ("5999的冰箱", Lack.GRADE),
        ("一级或者二级的冰箱5999", Lack.SEVERAL_GRADES),
        ("二级以上的冰箱5999", Lack.SEVERAL_GRADES),
        ("三级的冰箱5999", Lack.OUTSIDE),
    ],
)
def test_what_is_missing_is_named_and_nothing_made_up(text: str, lack: Lack) -> None:
    """No amount is worked out from half of what the rule needs."""
    (purchase,) = purchases_in(text, RULE, SYNONYMS)
    assert work_out(RULE, purchase) is lack


def test_the_steps_show_price_share_cap_and_pieces() -> None:
    """A reader can follow each step with a pocket calculator."""
    limited = rule(Decimal("0.2"), Decimal(2000), count=1)
    assert amount(limited, Decimal(5999)) == Amount(
        Decimal("1199.80"), ("5999元 × 20% = 1199.80元，未超过每件上限2000元",)
    )
    assert amount(limited, Decimal(12000), 2) == Amount(
        Decimal("2000.00"),
        (
            "12000元 × 20% = 2400元，超过每件上限2000元，按2000元补",
            "每位消费者每类补1件，2件中只算1件",
        ),
    )
    assert amount(rule(Decimal("0.15"), None), Decimal("33.33"), 2) == Amount(
        Decimal("10.00"),
        ("33.33元 × 15% = 4.9995元", "4.9995元 × 2件 = 9.999元", "四舍五入到分：10元"),
    )


@given(PRICES, SHARES, CAPS, st.integers(1, 9), st.one_of(st.none(), st.integers(1, 9)))
def test_an_amount_never_exceeds_cap_times_pieces(
    price: Decimal, share: Decimal, cap: Decimal | None, count: int, limit: int | None
) -> None:
    """The cap holds for each piece, and no more pieces count than the rule pays."""
    found = amount(rule(share, cap, limit), price, count)
    pieces = min(count, limit or count)
    assert found.total >= 0
    assert cap is None or found.total <= cap * pieces
    exact = min(price * share, cap if cap is not None else price) * pieces
    assert found.total == exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


@given(PRICES, PRICES, SHARES, CAPS)
def test_an_amount_never_falls_as_the_price_rises(
    one: Decimal, other: Decimal, share: Decimal, cap: Decimal | None
) -> None:
    """A dearer thing never brings less."""
    low, high = sorted((one, other))
    made = rule(share, cap)
    assert amount(made, low).total <= amount(made, high).total


@given(PRICES, SHARES, CAPS, st.integers(1, 5))
def test_an_amount_can_be_worked_out_again_from_its_steps(
    price: Decimal, share: Decimal, cap: Decimal | None, count: int
) -> None:
    """Every product that is shown is right, and the last figure shown is the total."""
    found = amount(rule(share, cap), price, count)
    said = "；".join(found.steps)
    for left, percent, product in re.findall(r"([\d.]+)元 × ([\d.]+)% = ([\d.]+)元", said):
        assert Decimal(left) * Decimal(percent) / 100 == Decimal(product)
    for left, pieces, product in re.findall(r"([\d.]+)元 × (\d+)件 = ([\d.]+)元", said):
        assert Decimal(left) * int(pieces) == Decimal(product)
    assert yuan(found.total) in said or yuan(found.total) == yuan(price * share)


@given(st.text())
def test_any_question_reads_as_purchases_of_listed_things(text: str) -> None:
    """Nothing that is typed ends in an error or in a thing that the rule does not list."""
    found = purchases_in(text, RULE, SYNONYMS)
    assert found
    for one in found:
        assert one.item in {"", *RULE.items}
        assert isinstance(work_out(RULE, one), Amount | Lack)


def test_a_rate_for_all_asks_for_no_grade() -> None:
    """Where a rule makes no difference between grades, none is asked for."""
    found = work_out(
        rule(Decimal("0.1"), None), Purchase("冰箱", purchases_in("冰箱100元", RULE, {})[0].prices)
    )
    assert isinstance(found, Amount)
    assert found.total == Decimal("10.00")
