"""Question → amounts: what a found benefit rule gives for the things and prices that are named."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.answering.benefits import (
    Amount,
    Lack,
    amount_of,
    grade_of,
    work_out,
    yuan,
)
from bot.answering.composing import bold_lead, note
from bot.answering.purchases import Purchase, knows_no_grade, purchases_in, without_grade
from bot.answering.regions import Reach
from bot.answering.replies import lead
from bot.answering.validity import status_on
from bot.answering.verdicts import Verdict
from bot.answering.workings import Working, excerpt_of, holder_of
from bot.models.documents import Benefit
from bot.models.explanations import RuleUse
from bot.models.questions import Block, Choice, Computed, ComputedKind, Hit, Status
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query

ABOUT_MONEY = frozenset(
    {"金额", "金额或比例", "比例", "数量"}
)  # kinds of answer that an amount is
# How much a thing costs, or may cost, is another question, and what is sent back brings nothing.
BACKWARDS = re.compile(
    r"多少钱的|售价是?多少|价格是?多少|卖多少|多少钱一[台件]|退货|退款|退掉|退了"
)
# Each consumer is paid for one of a kind: of several people's pieces none is left out.
EACH = re.compile(r"每人|一人一|各买")
PEOPLE = re.compile(r"我[和跟与]|[和跟与]我|爸|妈|老婆|老公|夫妻|口人|[两2-9]个?人|全家|一家")
GENERAL = re.compile(r"家电|电器|能效|水效")  # speaks of what the rule lists, if of no one item
PAYS = re.compile(r"补|减|返|便宜|优惠|报销|省多少|省几|到手|算")
UNNAMED = "没有说是哪一类，按属于规定列出的品类算"
DETAIL = frozenset({Lack.GRADE, Lack.SEVERAL_GRADES})


def amounts_told(query: Query, verdict: Verdict, edition: Edition, day: date) -> Working | None:
    """Work out what the rule found gives; None where none is meant or no price is named."""
    if hindrance(query, verdict, edition, day):
        return None
    document = verdict.hits[0].passage.document
    for benefit in document.benefits:
        hit = holder_of(benefit.quote, verdict.hits, document.id)
        purchases = purchases_in(query.text, benefit, edition.synonyms)
        meant = purchases[0].item or GENERAL.search(query.text)
        if hit and any(one.prices for one in purchases) and meant:
            return _told(query, benefit, purchases, hit)
    return None


def hindrance(query: Query, verdict: Verdict, edition: Edition, day: date) -> RuleUse | None:
    """Tell why no amount is worked out: a question must ask what a rule pays that is surely meant.

    The rule of the level above a place that is named counts; its caution is said before.
    """
    if not verdict.sure or verdict.lacking:
        return RuleUse.UNSURE
    if verdict.unknown_place or (verdict.place and verdict.reach is not Reach.ABOVE):
        return RuleUse.OTHER_PLACE
    if status_on(verdict.hits[0].passage.document, edition.catalogue, day) is Status.NOT_YET:
        return RuleUse.NOT_YET
    if BACKWARDS.search(query.text):
        return RuleUse.OTHER_KIND
    if query.cue is not None:
        return None if query.cue.name in ABOUT_MONEY else RuleUse.OTHER_KIND
    return None if not query.asks or PAYS.search(query.text) else RuleUse.OTHER_KIND


def _told(query: Query, benefit: Benefit, purchases: Sequence[Purchase], hit: Hit) -> Working:
    if benefit.limit and _of_several_people(query, purchases):
        said = lead(f"补贴按每位{benefit.limit.per}各自算，请说一个人买的是什么、多少钱。")
        return Working((said,), hit, excerpt_of(benefit.quote), missing=True)
    found = [work_out(benefit, one) for one in purchases]
    if len(purchases) == 1:
        return _one(query, benefit, purchases[0], found[0], hit)
    return _several(benefit, purchases, found, hit)


def _of_several_people(query: Query, purchases: Sequence[Purchase]) -> bool:
    """Tell whether several people buy: what each of them is paid is not said by one limit."""
    several = any(one.count > 1 for one in purchases) and PEOPLE.search(query.text)
    return bool(several or EACH.search(query.text))


def _one(
    query: Query, benefit: Benefit, purchase: Purchase, found: Amount | Lack, hit: Hit
) -> Working:
    working = Working((), hit, excerpt_of(benefit.quote))
    if isinstance(found, Amount):
        lines = (bold_lead(f"可补 {yuan(found.total)}。"), *_notes(found.steps))
        lines += () if purchase.item else (note(f"{UNNAMED}。"),)
        return replace(working, lines=lines, computed=(_computed(found, purchase, benefit, hit),))
    if found not in DETAIL:
        return replace(
            working,
            lines=(lead(f"{_lacking(found, benefit, purchase)}。"),),
            missing=found is not Lack.OUTSIDE,
        )
    table = _table(benefit, purchase)
    if found is Lack.GRADE and knows_no_grade(query.text):
        return replace(working, lines=(bold_lead(f"要看等级：{table}。"),))
    asked = bold_lead(f"要看等级：{table}。您这件是几级？")
    return replace(working, lines=(asked,), choices=_choices(query, benefit), missing=True)


def _several(
    benefit: Benefit, purchases: Sequence[Purchase], found: Sequence[Amount | Lack], hit: Hit
) -> Working:
    """Give a line for each thing, and the sum where every one was worked out."""
    amounts = [one for one in found if isinstance(one, Amount)]
    repeated = len({one.item for one in purchases}) < len(purchases)
    lines: list[Block] = []
    if len(amounts) == len(found) and not repeated:
        total = sum((one.total for one in amounts), Decimal(0))
        lines.append(bold_lead(f"共可补 {yuan(total)}。"))
    for purchase, one in zip(purchases, found, strict=True):
        if isinstance(one, Amount):
            said = f"{yuan(one.total)}（{'；'.join(one.steps)}）"
        else:
            said = _table(benefit, purchase) if one in DETAIL else _lacking(one, benefit, purchase)
            said = f"要看等级：{said}" if one in DETAIL else said
        lines.append((note if lines else bold_lead)(f"{purchase.item}：{said}。"))
    computed = tuple(
        _computed(one, purchase, benefit, hit)
        for purchase, one in zip(purchases, found, strict=True)
        if isinstance(one, Amount)
    )
    lacking = any(isinstance(one, Lack) and one is not Lack.OUTSIDE for one in found)
    return Working(
        tuple(lines), hit, excerpt_of(benefit.quote), computed, missing=lacking and not computed
    )


def _notes(steps: Sequence[str]) -> tuple[Block, ...]:
    return tuple(note(f"{step}。") for step in steps)


def _computed(found: Amount, purchase: Purchase, benefit: Benefit, hit: Hit) -> Computed:
    return Computed(
        kind=ComputedKind.BENEFIT,
        quote=benefit.quote,
        document=hit.passage.document.id,
        heading=hit.passage.heading,
        steps=found.steps,
        assumptions=() if purchase.item else (UNNAMED,),
        amount=found.total,
    )


def _lacking(lack: Lack, benefit: Benefit, purchase: Purchase) -> str:
    """Say what has to be said before an amount can be worked out, or why there is none."""
    said = "、".join(yuan(one.amount) for one in purchase.prices)
    if lack is Lack.OUTSIDE:
        paid = "、".join(f"{grade_of(rate)}级" for rate in benefit.rates)
        return f"{purchase.grades[0]}级不在补贴范围内，补贴的是{paid}"
    return {
        Lack.PRICE: "没有说售价，说了才能算出金额",
        Lack.SEVERAL_PRICES: f"说到了几个价格（{said}），请只说一个售价，才能算出金额",
        Lack.VAGUE_PRICE: "价格不是准确的人民币数目，请说准确的售价，才能算出金额",
        Lack.NO_PRICE: f"价格{said}算不出补贴，请核对售价",
        Lack.SUM: "补贴按每件的售价算，请说每件各是多少钱",
    }[lack]


def _table(benefit: Benefit, purchase: Purchase) -> str:
    """Give what each grade brings at the one price that is named."""
    price, count = purchase.prices[0].amount, purchase.count
    amounts = ((rate, amount_of(benefit, rate, price, count)) for rate in benefit.rates)
    return "，".join(f"{grade_of(rate)}级补{yuan(one.total)}" for rate, one in amounts)


def _choices(query: Query, benefit: Benefit) -> tuple[Choice, ...]:
    grades = [grade_of(rate) for rate in benefit.rates]
    known = (Choice(f"{grade}级", f"{grade}级，{without_grade(query.text)}") for grade in grades)
    return (*known, Choice("不知道", f"等级不知道，{without_grade(query.text)}"))
