"""The mistakes that people make in a document's file, with exact place and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import KnowledgeError, Problem
from bot.knowledge.loading import load
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    SHORT_DOCUMENT,
    Mistake,
    spoil,
    write_folder,
)

SYNTAX = (
    Mistake("title: 湖南", "title▶：湖南", "全角冒号", "title: …"),
    Mistake("issuer: 省", "issuer▶：省", "全角冒号", "issuer: …"),
    Mistake("  - heading: 补贴标准", "  - heading▶：补贴标准", "全角冒号", "heading: …"),
    Mistake("    text: |\n      一级", "    text▶：|\n      一级", "全角冒号", "text: …"),
    Mistake("region: 湖南", "region▶:湖南", "没有空格", "region: …"),
    Mistake("  publisher: 湖", "▶\tpublisher: 湖", "制表符", "空格"),
    Mistake("    asks: [一级", "  ▶\tasks: [一级", "制表符", "空格"),
    Mistake("title: 湖南", 'title: ▶"湖南', "引号没有关上", "补上"),
    Mistake("wording: 摘编\nissuer: 省商务厅", "wording: ▶'摘\nissuer: '省'", "没有关上", "补上"),
    Mistake("issuer: 省商务厅", "issuer: '省' ▶商务厅", "引号后面还有字", "一对引号"),
    Mistake("issuer: 省商务厅", 'issuer: "省▶\\商务厅"', "反斜杠", "单引号"),
    Mistake("topics: [家电以旧换新]", "topics: ▶[家电以旧换新", "括号没有关上", "]"),
    Mistake("window: 一楼}\n", "window: 一楼▶｝\n", "全角括号", "}"),
    Mistake("[冰箱, 洗衣机]", "[冰箱, 洗衣机▶］", "全角括号", "]"),
    Mistake("消费者, of", "消费者▶，of", "全角逗号", "半角逗号"),
    Mistake("{等级: 1}, rate", "{等级: 1} ▶rate", "少了逗号", "半角逗号"),
    Mistake("issuer: 省商务厅", "issuer: 来源▶: 省商务厅", "又有冒号", "加引号"),
    Mistake("issuer: 省", "issuer: ▶@省", "不能以 @ 开头", "加引号"),
    Mistake("issuer: 省", "issuer: ▶%省", "不能以 % 开头", "加引号"),
    Mistake("issuer: 省", "issuer: ▶& 省", "不能以 & 开头", "加引号"),
    Mistake("issuer: 省", "  ▶issuer: 省", "缩进不对", "左对齐"),
    Mistake("    asks: [一级", "   ▶asks: [一级", "缩进不对", "左对齐"),
    Mistake("      每件最高", "     ▶每件最高", "缩进不对", "左对齐"),
    Mistake("    text: |\n      一级", "    text: |▶一级", "| 后面还有字", "下一行"),
    Mistake("issuer: 省", "issuer: ▶- 省", "写在同一行", "另起一行"),
    Mistake("issuer: 省商务厅", "▶省商务厅", "没有“字段: ”", "字段: 值"),
    Mistake("issuer: 省", "issuer: ▶] 省", "多了“]”", "删掉"),
    Mistake("not_stated:\n", "▶---\nnot_stated:\n", "两份文档", "一个文件"),
    Mistake("    cap: 2", "    ▶[cap]: 2", "不能当字段名", "加引号"),
    Mistake("issuer: 省", "issuer: ▶\N{ZERO WIDTH SPACE}省", "U+200B", "删"),
    Mistake("issuer: 省", "issuer: ▶\x08省", "U+0008", "删掉"),
    Mistake("issuer: 省", "issuer: 省▶\N{REPLACEMENT CHARACTER}", "U+FFFD", "重新输入"),
    Mistake("issuer: 省", "issuer: ▶&a 省", "锚点", "加引号", "issuer"),
    Mistake("issuer: 省商务厅", "issuer: ▶*a", "引用", "加引号", "issuer"),
    Mistake("issuer: 省", "issuer: ▶!a 省", "标签", "加引号", "issuer"),
    Mistake("issuer: 省商务厅", 'issuer: ▶"省\\u200b"', "看不见的字符", "转义", "issuer"),
    Mistake("issuer: 省商务厅", "issuer: ▶省\n  商务厅", "连到了第 4 行", "写在一行", "issuer"),
    Mistake("[冰箱, 洗衣机]", "[▶冰箱\n      洗衣机]", "连到了第", "逗号", "benefits[0].items[0]"),
    Mistake("issuer: 省商务厅", "issuer: 甲\n▶issuer: 乙", "第 3 行已有", "合并", "issuer"),
)

FIELDS = (
    Mistake("title: 湖南省家电以旧换新补贴办法", "▶title:", "没有填写", "title: …", "title"),
    Mistake("title: 湖南省家电以旧换新补贴办法\n", "▶", "缺少 title", "title: …", "title"),
    Mistake(
        "  publisher: 湖南日报\n  rep", "  ▶rep", "缺少 publisher", "加一行", "source.publisher"
    ),
    Mistake(
        "  - heading: 办理时限\n    text",
        "  - ▶text",
        "缺少 heading",
        "加一行",
        "sections[1].heading",
    ),
    Mistake("heading: 办理时限", "▶heading: ''", "没有填写", "heading: …", "sections[1].heading"),
    Mistake(
        "effective_until: 2",
        "▶effective_untill: 2",
        "没有 effective_untill 这个字段",
        "是不是 effective_until",
        "effective_untill",
    ),
    Mistake(
        "  publisher: 湖",
        "  ▶颜色: 甲\n  publisher: 湖",
        "没有 颜色 这个字段",
        "publisher、title、reported、published、url",
        "source.颜色",
    ),
    Mistake(
        "publisher: 湖南日报\n",
        "publisher: 湖南日报\n  title▶：甲: 乙\n",
        "全角冒号",
        "title: …",
    ),
    Mistake(
        "{name: 补贴申请, ",
        "{name: 补贴申请, ▶fee：免费, ",
        "全角冒号",
        "fee: …",
        "services[0].fee：免费",
    ),
    Mistake(
        "{name: 补贴申请, ",
        "{name: 补贴申请, ▶fee:免费, ",
        "没有空格",
        "fee: …",
        "services[0].fee:免费",
    ),
    Mistake(
        "limit: {per: 消费者, of: 每类, count: 1}",
        "limit: ▶per：消费者",
        "全角冒号",
        "per: …",
        "benefits[0].limit",
    ),
    Mistake(
        "limit: {per: 消费者, of: 每类, count: 1}",
        "limit: ▶每人一件",
        "下级字段",
        "{per: …, of: …}",
        "benefits[0].limit",
    ),
    Mistake("wording: 摘编", "wording: ▶摘要", "摘要 不在可选", "原文、摘编", "wording"),
    Mistake("topics: [家电以旧换新]", "topics: ▶家电以旧换新", "要写列表", "[甲, 乙]", "topics"),
    Mistake("[冰箱, 洗衣机]", "[▶冰箱，洗衣机]", "“，”", "[甲, 乙]", "benefits[0].items[0]"),
    Mistake("[冰箱, 洗衣机]", "▶[]", "列表是空的", "至少写一项", "benefits[0].items"),
    Mistake(
        "asks: [在哪申请]",
        "asks: [在哪申请, ▶{a: b}]",
        "要写文字",
        "一段文字",
        "not_stated[0].asks[1]",
    ),
    Mistake(
        "asks: [在哪申请]", "asks: [在哪申请, ▶'']", "是空的", "写上内容", "not_stated[0].asks[1]"
    ),
    Mistake("issuer: 省商务厅", "issuer: ▶|\n  省\n  商务厅", "只能写一行", "删掉换行", "issuer"),
    Mistake(
        "until: 2026-12-31",
        "until: ▶2026-02-30",
        "2026-02-30 不是有效日期",
        "YYYY-MM-DD",
        "effective_until",
    ),
    Mistake(
        "until: 2026-12-31",
        "until: ▶2026年12月31日",
        "不是有效日期",
        "YYYY-MM-DD",
        "effective_until",
    ),
    Mistake(
        "until: 2026-12-31", "until: ▶2026-1-1", "不是有效日期", "YYYY-MM-DD", "effective_until"
    ),
    Mistake(
        "until: 2026-12-31",
        "until: ▶２０２６-12-31",
        "不是有效日期",
        "YYYY-MM-DD",
        "effective_until",
    ),
    Mistake("until: 2026-12-31", "until: ▶2206-12-31", "2206 年", "1949", "effective_until"),
    Mistake("issued: 2024-06", "issued: ▶2024-13", "不是有效日期", "2024-06", "issued"),
    Mistake("region: 湖南省", "region: ▶火星", "不认识的地区 火星", "全称", "region"),
    Mistake("url: https", "url: ▶ftp", "不是网址", "https://", "source.url"),
    Mistake(
        "url: https://example.org/a",
        "url: ▶javascript:alert(1)",
        "不是网址",
        "https://",
        "source.url",
    ),
    Mistake("rate: 15%", "rate: ▶0.15", "0.15 不是百分比", "20%", "benefits[0].rates[1].rate"),
    Mistake("rate: 15%", "rate: ▶150%", "不是百分比", "100%", "benefits[0].rates[1].rate"),
    Mistake(
        "{等级: 2}", "{▶面积: 2}", "没有 面积 这个字段", "等级", "benefits[0].rates[1].when.面积"
    ),
    Mistake(
        "{等级: 2}", "{等级: ▶6}", "6 不在可选", "1、2、3、4、5", "benefits[0].rates[1].when.等级"
    ),
    Mistake(
        "{等级: 2}",
        "{等级: ▶1}",
        "等级 1 的比例重复",
        "只写一个",
        "benefits[0].rates[1].when.等级",
    ),
    Mistake("cap: 2000元", "cap: ▶2000", "2000 不是金额", "2000元", "benefits[0].cap"),
    Mistake("count: 1", "count: ▶一件", "不是件数", "整数", "benefits[0].limit.count"),
    Mistake(
        "within: 2个工作日", "within: ▶两天", "不是时限", "2个工作日", "time_limits[0].within"
    ),
    Mistake("within: 2个工作日", "within: ▶0日", "不是时限", "10日", "time_limits[0].within"),
    Mistake(
        "    quote: 受理后2个工作日内办结。",
        "    quote: ▶受理后2个工作日内办结！",
        "找不到",
        "逐字复制",
        "time_limits[0].quote",
    ),
    Mistake(
        "    quote: 每件最高",
        "    quote: ▶补贴。每件最高",
        "找不到",
        "逐字复制",
        "benefits[0].quote",
    ),
    Mistake(
        "heading: 办理时限",
        "heading: ▶补贴标准",
        "重复，第 15 行已有",
        "换一个说法",
        "sections[1].heading",
    ),
    Mistake(
        "until: 2026-12-31",
        "until: ▶2024-08-31",
        "早于开始日期 2024-09-01",
        "effective_from",
        "effective_until",
    ),
    Mistake(
        "not_stated:",
        "supersedes: [{id: ▶none, how: 取代}]\nnot_stated:",
        "没有 none",
        "文件名",
        "supersedes[0].id",
    ),
    Mistake(
        "not_stated:",
        "supersedes: [{id: ▶A.yaml, how: 取代}]\nnot_stated:",
        "不是文件名",
        "不带 .yaml",
        "supersedes[0].id",
    ),
    Mistake(
        "not_stated:",
        "supersedes: [{id: ▶trade-in, how: 取代}]\nnot_stated:",
        "取代自己",
        "另一份",
        "supersedes[0].id",
    ),
    Mistake(
        "not_stated:",
        "supersedes: [{id: short, how: ▶替代}]\nnot_stated:",
        "不在可选",
        "升级、取代、废止",
        "supersedes[0].how",
    ),
)


def problems_of(folder: Path, content: str | bytes) -> tuple[Problem, ...]:
    """Give what is reported for a folder whose one document has this content."""
    files = {DOCUMENT_PATH: content, "documents/short.yaml": SHORT_DOCUMENT}
    with pytest.raises(KnowledgeError) as caught:
        load(write_folder(folder, files))
    return caught.value.problems


@pytest.mark.parametrize("mistake", [*SYNTAX, *FIELDS], ids=lambda mistake: mistake.new[:30])
def test_every_mistake_has_its_place_and_its_remedy(tmp_path: Path, mistake: Mistake) -> None:
    """One mistake gives one problem, at the character that is wrong, with what to do."""
    content, line, column = spoil(DOCUMENT, mistake)
    (problem,) = problems_of(tmp_path, content)
    assert (problem.path, problem.line, problem.column) == (DOCUMENT_PATH, line, column)
    assert problem.field == mistake.field
    assert mistake.what in problem.what
    assert mistake.remedy in problem.remedy


@pytest.mark.parametrize(
    "mistake", [*FIELDS[5:7], *FIELDS[8:10]], ids=lambda mistake: mistake.field
)
def test_a_problem_reads_as_one_line(tmp_path: Path, mistake: Mistake) -> None:
    """What is shown of a problem has its file, place, field, fault and remedy on one line."""
    content, line, column = spoil(DOCUMENT, mistake)
    (problem,) = problems_of(tmp_path, content)
    start = f"{DOCUMENT_PATH}:{line}:{column} {mistake.field}: "
    assert str(problem) == f"{start}{problem.what}，{problem.remedy}"
