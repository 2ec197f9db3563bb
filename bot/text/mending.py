"""Put common hanzi for the characters of radicals that PDF files give instead: ⻓ → 长, ⼈ → 人.

They look the same and nobody can search for them. The radicals of the Kangxi block have NFKC
forms; those of the supplement have none but two, so that a table of Unicode's property
Equivalent_Unified_Ideograph (version 15.0) stands here.
"""

from __future__ import annotations

import re
import unicodedata

_FIRST = 0x2E80  # of the block CJK Radicals Supplement
# One for each code from there on; what has no equivalent, or is not assigned, is itself.
_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬"
    "牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶"
    "辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)
_KANGXI = range(0x2F00, 0x2FD6)  # the block Kangxi Radicals as far as it is assigned
_COMPATIBLE = range(0xF900, 0xFB00)  # the block CJK Compatibility Ideographs: 﨑, 龜
_FORMS = {
    **{chr(_FIRST + place): hanzi for place, hanzi in enumerate(_SUPPLEMENT)},
    **{chr(code): unicodedata.normalize("NFKC", chr(code)) for code in (*_KANGXI, *_COMPATIBLE)},
}
_MENDED = {radical: hanzi for radical, hanzi in _FORMS.items() if radical != hanzi}
_TABLE = str.maketrans(_MENDED)
_RADICAL = re.compile(f"[{''.join(_MENDED)}]")


def mend(text: str) -> str:
    """Replace every character of these blocks by the hanzi that it looks like."""
    return text.translate(_TABLE)


def radicals_in(text: str) -> tuple[str, ...]:
    """Give the characters of a text that `mend` would replace, each once, in order."""
    return tuple(dict.fromkeys(_RADICAL.findall(text)))
