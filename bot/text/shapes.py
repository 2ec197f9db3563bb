"""Hanzi that people mistake for one another by their looks."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

# Groups of what handwriting, dictation and reading from paper confuse, and sound does not tell.
GROUPS = (
    *("己已巳", "末未", "券卷", "土士", "口囗", "日曰", "干千于", "天夭", "人入", "折拆", "贷货"),
    *("享亨", "拔拨", "免兔", "晚挽", "延廷", "冶治", "酒洒", "旱早", "崇祟", "茶荼", "栗粟"),
    *("戊戌戍", "睛晴", "孤狐", "扰拢", "设没", "住往", "代伐", "处外", "历厉", "今令", "午牛"),
    *("刀刁力", "几凡", "乌鸟", "失矢", "木本", "王玉", "手毛", "白自", "间问", "材村", "准淮"),
    *("特待侍", "税悦", "陪赔", "管菅", "场扬", "损捐"),
)


@cache
def _looks() -> Mapping[str, str]:
    return {one: group.replace(one, "") for group in GROUPS for one in group}


def looks_like(hanzi: str) -> str:
    """Give the hanzi that one is mistaken for, in one string; empty for most."""
    return _looks().get(hanzi, "")
