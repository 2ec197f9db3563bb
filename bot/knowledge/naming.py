"""Which field of the schema a written name was meant for."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

_SIMILARITY = 0.6  # of 1: finds effective_untill and sourse, not a word of another meaning
_IN_CHINESE = {  # what people write where a field's English name is wanted
    "title": ("标题", "名称", "文件名称", "题目"),
    "wording": ("措辞", "文字"),
    "source": ("来源", "出处"),
    "publisher": ("发布单位", "发布者", "媒体"),
    "reported": ("报道日期",),
    "published": ("发布日期", "见报日期"),
    "url": ("网址", "链接"),
    "region": ("地区", "适用地区"),
    "issuer": ("发文机关", "发文单位"),
    "number": ("文号",),
    "issued": ("发文日期", "成文日期"),
    "topics": ("主题",),
    "also_called": ("别名", "简称", "又称"),
    "effective_from": ("生效日期", "施行日期", "开始日期"),
    "effective_until": ("失效日期", "有效期", "截止日期", "结束日期"),
    "supersedes": ("取代",),
    "owner": ("责任科室", "负责科室"),
    "review_by": ("复核日期",),
    "sections": ("分节", "章节", "段落", "内容"),
    "heading": ("小标题", "标题", "章节标题"),
    "text": ("正文", "内容"),
    "asks": ("问法", "问题"),
    "not_stated": ("未载明", "没有写的"),
    "about": ("事项", "什么事"),
    "benefits": ("补贴", "补助"),
    "items": ("品类", "范围"),
    "rates": ("比例",),
    "rate": ("比例",),
    "cap": ("上限", "封顶"),
    "limit": ("件数限制", "限制"),
    "quote": ("引文", "原文", "依据"),
    "time_limits": ("时限",),
    "item": ("事项", "什么事"),
    "within": ("时限", "期限"),
    "from": ("起算", "起算日"),
    "services": ("办事事项",),
    "name": ("名称", "事项名称", "单位名称"),
    "phone": ("电话", "电话号码"),
    "contact": ("联系方式",),
    "welcome": ("欢迎语",),
    "hot_topics": ("热门问题",),
    "disclaimer": ("声明",),
    "privacy": ("隐私提示",),
    "synonyms": ("同义词",),
    "question": ("问题",),
    "document": ("文件", "编号"),
}


def nearest(name: str, known: Sequence[str]) -> str:
    """Give the known name that a wrong one is most like or says in Chinese; empty for none."""
    said = (one for one in known if name.strip() in _IN_CHINESE.get(one, ()))
    alike = get_close_matches(name.lower(), known, n=1, cutoff=_SIMILARITY)
    return next(said, alike[0] if alike else "")
