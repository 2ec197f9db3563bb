"""Hanzi → how they sound, without tones, in pinyin; the only door of pypinyin.

pypinyin takes 0.2 s and 57 MB to load, so it is only met while an edition is built: what a
question needs is kept there.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

FIRST, LAST = 0x4E00, 0x9FFF  # where the hanzi lie that people type
COMMON = "gb2312"  # its 6,763 hanzi; all 20,992 take three times as long and are never typed
# What many do not tell apart: zh and z, ang and an, n and l, f and hu. In this order.
ALIKE = (
    *(("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("n", "l")),
    *(("f", "hu"), ("huu", "hu"), ("huei", "hui")),
)


def sounds_of_hanzi() -> tuple[str, ...]:
    """Give the usual sound of each hanzi from `FIRST` to `LAST`, empty for uncommon hanzi."""
    every = map(chr, range(FIRST, LAST + 1))
    return sounds_of(one.encode(COMMON, "ignore").decode(COMMON) for one in every)


def sounds_of(words: Iterable[str]) -> tuple[str, ...]:
    """Give the sound of each word in plain letters: 银行 → yinhang; empty where it has none."""
    return tuple(map(_sound_of, words))


@lru_cache(
    maxsize=200_000
)  # 30 MB for all of jieba's words; a process that builds again needs them
def _sound_of(word: str) -> str:
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(word, errors="ignore"))


def syllables_of(text: str) -> tuple[str, ...]:
    """Give the syllables of a text without tones; what is no hanzi stays as it is, together."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(text))


def folded_sound(letters: str) -> str:
    """Write sounds that people mix up in one way: zhuang → zual, fei → hui."""
    for written, kept in ALIKE:
        letters = letters.replace(written, kept)
    return letters


def across(folded: str) -> str:
    """Write folded sounds that stand together as one: yin-gai as ying-ai."""
    return folded.replace("lg", "l")
