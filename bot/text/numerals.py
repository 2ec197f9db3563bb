"""Numerals in Chinese, in digits or in both (一万二, 12,000, 1.2万) → plain digits.

The only door of cn2an. It reads 三五 as 35 and cuts decimals of 1.23456万, so what it is given
is first held to the grammar of one whole number, and digits are counted here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from cn2an import an2cn, cn2an

NUMERALS = "零〇一二两三四五六七八九十百千万亿"
LONGEST = 24  # characters; no amount in a policy has more, and a bound keeps every scan linear
MOST_DIGITS = 16  # 9,999 trillion: what is longer names an account or a person

DIGITS = r"[0-9]{1,16}(?:\.[0-9]{1,8})?"
GROUPED = r"[0-9]{1,3}(?:,[0-9]{3}){1,4}(?:\.[0-9]{1,8})?"
CHINESE = rf"[{NUMERALS}]{{1,{LONGEST}}}(?:点[零〇一二三四五六七八九]{{1,8}}[万亿]{{0,2}})?"
MULTIPLE = r"(?:[百千]万亿|[百千]?[万亿]|万亿|[百千])"
MIXED = rf"(?!0[0-9])(?:{GROUPED}|{DIGITS}){MULTIPLE}(?:[0-9]{{1,8}}{MULTIPLE}?){{0,2}}"

_ONE = "[一二两三四五六七八九]"
_LOW = f"(?:[一二三四五六七八九]?十{_ONE}?|{_ONE})"
_HUNDREDS = f"{_ONE}百(?:[零〇]{_ONE}|[一二三四五六七八九]?十{_ONE}?)?"
_THOUSANDS = f"{_ONE}千(?:[零〇][一二三四五六七八九]?十{_ONE}?|[零〇]{_ONE}|{_HUNDREDS})?"
_MYRIAD = f"(?:{_THOUSANDS}|{_HUNDREDS}|{_LOW})"
_SPOKEN = (
    f"(?:{_ONE}千)?{_ONE}百{_ONE}|{_ONE}千{_ONE}"  # 三百五, 三千五: the last says the next rank
)
_END = f"(?:{_THOUSANDS}|{_HUNDREDS}|[零〇](?:{_HUNDREDS}|{_LOW})|{_ONE})?"
_MILLIONS = f"{_MYRIAD}亿(?:[零〇]{_MYRIAD}(?:万{_END})?|{_THOUSANDS}万{_END}|{_ONE})?"
GRAMMAR = re.compile(f"{_SPOKEN}|{_MILLIONS}|{_MYRIAD}万(?:亿|{_END})|{_MYRIAD}")
SPOKEN = re.compile(f".*亿{_ONE}")
YEAR = re.compile(r"(?:一九|二[零〇])[零〇一二三四五六七八九]{2}")
PART = re.compile(rf"({DIGITS})({MULTIPLE})?")
UNITS = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


@lru_cache(maxsize=4096)  # the same few thousand numerals come again and again; cn2an takes 10 µs
def in_digits(numeral: str) -> str | None:
    """Give a numeral in plain digits; None where it is not one exact number (三五, 万一, 千)."""
    if numeral[0].isascii():
        return _counted(numeral.replace(",", ""))
    whole, point, decimals = numeral.replace("〇", "零").partition("点")
    if GRAMMAR.fullmatch(whole) is None:
        return None
    if SPOKEN.fullmatch(whole):
        whole += "千万"  # 一亿二: cn2an raises KeyError
    amount = Decimal(cn2an(whole, "normal"))
    if not point:
        return _plain(amount)
    digits = decimals.rstrip("万亿")
    amount += Decimal("0." + cn2an(digits, "direct"))
    return _plain(amount * _times(decimals[len(digits) :]))


@lru_cache(maxsize=512)
def in_year(numeral: str) -> str | None:
    """Give a year said digit by digit (二〇二四) in digits, None where it is none."""
    return cn2an(numeral, "direct") if YEAR.fullmatch(numeral) else None


@lru_cache(maxsize=512)
def in_chinese(digits: str) -> str:
    """Give a whole number in Chinese, as ordinals are written: 12 → 十二."""
    return str(an2cn(digits))


def _counted(numeral: str) -> str | None:
    """Add up parts like 1亿2000万 and 3万5千; each must fit below the multiple before it."""
    amount, last = Decimal(0), 0
    for number, multiple in PART.findall(numeral):
        part = Decimal(number)
        if last and not multiple and part < 10:  # noqa: PLR2004  # 3万5: a digit says the next rank
            part *= last // 10
        part *= _times(multiple)
        if last and part >= last:
            return None
        amount += part
        last = _times(multiple)
    return _plain(amount)


def _times(multiple: str) -> int:
    times = 1
    for unit in multiple:
        times *= UNITS[unit]
    return times


def _plain(amount: Decimal) -> str | None:
    digits = f"{amount:f}"
    if "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    return digits if len(digits.partition(".")[0]) <= MOST_DIGITS else None
