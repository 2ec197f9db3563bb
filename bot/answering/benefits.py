"""Benefit rules → amounts: exact decimals, each step shown, and never more than the rule gives.

An amount is price × rate, at most the cap, for as many pieces as the rule pays; only a total is
rounded, half up, to 分 (0.01 yuan).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.answering.purchases import Purchase
from bot.models.documents import Benefit, Rate

FEN = Decimal("0.01")  # the smallest coin: a total is rounded to it
DEAREST = Decimal(10_000_000)  # yuan; no single appliance costs as much: a slip of the finger
GRADE = "等级"  # the one condition of rates that a question can name


class Lack(StrEnum):
    """Why no amount is worked out for a purchase."""

    PRICE = "price"
    SEVERAL_PRICES = "several_prices"
    VAGUE_PRICE = "vague_price"
    NO_PRICE = "no_price"  # zero, below it, or beyond all reason
    SUM = "sum"  # one price for several pieces
    GRADE = "grade"
    SEVERAL_GRADES = "several_grades"
    OUTSIDE = "outside"  # no rate is for this grade


@dataclass(frozen=True, slots=True)
class Amount:
    """What a rule gives for one purchase: `total` in yuan, how it came, and what was left out."""

    total: Decimal
    steps: tuple[str, ...]


def work_out(benefit: Benefit, purchase: Purchase) -> Amount | Lack:
    """Work out what a rule gives for a purchase, or say what of it is missing."""
    price = _price(purchase)
    if isinstance(price, Lack):
        return price
    rate = rate_for(benefit, purchase)
    return rate if isinstance(rate, Lack) else amount_of(benefit, rate, price, purchase.count)


def rate_for(benefit: Benefit, purchase: Purchase) -> Rate | Lack:
    """Find the one rate whose conditions the purchase meets."""
    fixed = [rate for rate in benefit.rates if not rate.when]
    if fixed:
        return fixed[0]
    if not purchase.grades:
        return Lack.GRADE
    if len(purchase.grades) > 1 or purchase.grades[0].endswith("+"):
        return Lack.SEVERAL_GRADES
    wanted = ((GRADE, purchase.grades[0]),)
    return next((rate for rate in benefit.rates if rate.when == wanted), Lack.OUTSIDE)


def amount_of(benefit: Benefit, rate: Rate, price: Decimal, count: int = 1) -> Amount:
    """Multiply, cap, and count: the steps are those that were taken, in their order."""
    exact = price * rate.share
    share = f"{yuan(price)} × {percent(rate.share)}{_condition(rate)} = {yuan(exact)}"
    one, said = exact, ""
    if benefit.cap is not None:
        over = exact > benefit.cap
        one = min(exact, benefit.cap)
        said = f"超过每件上限{yuan(benefit.cap)}，按{yuan(benefit.cap)}补" if over else ""
        said = said or f"未超过每件上限{yuan(benefit.cap)}"
    steps = [f"{share}，{said}" if said else share]
    paid = count if benefit.limit is None else min(count, benefit.limit.count)
    if paid > 1:
        steps.append(f"{yuan(one)} × {paid}件 = {yuan(one * paid)}")
    if benefit.limit and count > paid:
        limit = f"每位{benefit.limit.per}{benefit.limit.of}补{benefit.limit.count}件"
        steps.append(f"{limit}，{count}件中只算{paid}件")
    total = (one * paid).quantize(FEN, ROUND_HALF_UP)
    if total != one * paid:
        steps.append(f"四舍五入到分：{yuan(total)}")
    return Amount(total, tuple(steps))


def _price(purchase: Purchase) -> Decimal | Lack:
    if not purchase.prices:
        return Lack.PRICE
    if not all(one.exact for one in purchase.prices):
        return Lack.VAGUE_PRICE
    if len(purchase.prices) > 1:
        return Lack.SEVERAL_PRICES
    if purchase.together and purchase.count > 1:
        return Lack.SUM
    amount = purchase.prices[0].amount
    return amount if 0 < amount <= DEAREST else Lack.NO_PRICE


def _condition(rate: Rate) -> str:
    """Name what a rate is for: （1级）."""
    named = "、".join(f"{value}级" if name == GRADE else value for name, value in rate.when)
    return f"（{named}）" if named else ""


def grade_of(rate: Rate) -> str:
    """Give the grade that a rate is for, empty where it is for all."""
    return next((value for name, value in rate.when if name == GRADE), "")


def yuan(amount: Decimal) -> str:
    """Write an amount: whole yuan without 分, else with two places or as many as it has."""
    if amount == amount.to_integral_value():
        return f"{amount.to_integral_value():f}元"
    shortened = amount.normalize()
    places = max(2, -int(shortened.as_tuple().exponent))
    return f"{amount:.{places}f}元"


def percent(share: Decimal) -> str:
    """Write a share as a percentage, exactly."""
    whole = (share * 100).normalize()
    return f"{whole:f}%"
