"""What a review finds in a folder that has no mistakes, and what it leaves in peace."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.evaluation.reviewing.findings import shelf_of
from bot.evaluation.reviewing.review import review
from bot.knowledge.checking import find_problems
from bot.knowledge.judgements import judgements_as_written
from bot.knowledge.loading import load
from bot.retrieval.analysing import silent
from tests.unit.builders import edition
from tests.unit.knowledge.staff_files import OFFICE, SHORT_DOCUMENT, Files, write_files

TODAY = date(2026, 11, 2)
SUBSIDY = """\
title: 湖南省家电以旧换新补贴办法
wording: 摘编
region: 湖南省
topics: [家电以旧换新]
source: {publisher: 湖南日报}
sections:
  - heading: 补贴标准
    asks: [一级能效冰箱补多少, 冰箱最高补贴多少]
    text: |
      一级能效的冰箱按售价的20%补贴，每件最高补贴2000元。
benefits:
  - name: 家电补贴
    items: [冰箱]
    rates: [{when: {等级: 1}, rate: 20%}]
    cap: 2000元
    quote: 一级能效的冰箱按售价的20%补贴，每件最高补贴2000元。
"""
LIMIT = """\
title: 益阳市登记时限
wording: 摘编
region: 益阳市
topics: [益阳登记]
source: {publisher: 湖南日报}
sections:
  - heading: 办结时限
    asks: [财产登记几天办好, 财产登记要几个工作日]
    text: |
      财产登记自受理之日起2个工作日内办结。
time_limits:
  - item: 财产登记
    within: 2个工作日
    quote: 财产登记自受理之日起2个工作日内办结。
"""
ASKS = "    asks: [一级能效冰箱补多少, 冰箱最高补贴多少]\n"
SENTENCE = "一级能效的冰箱按售价的20%补贴，每件最高补贴2000元。"
FOLDER: Files = {
    "office.yaml": OFFICE.replace("[补贴标准]", "[一级能效冰箱补多少]"),
    "synonyms.yaml": "synonyms:\n  - [冰箱, 雪柜]\n",
    "lexicon.txt": "# 用词\n雪柜\n",
    "documents/subsidy.yaml": SUBSIDY,
    "documents/limit.yaml": LIMIT,
}


def found(folder: Path, changes: Files) -> list[str]:
    """Give the findings of a folder with changes, a line each, as staff read them."""
    write_files(folder, {**FOLDER, **changes})
    assert not find_problems(folder)
    shelf = shelf_of(folder, edition(load(folder)), judgements_as_written(folder), TODAY)
    notes = [(one.matter, one.note) for one in review(shelf, silent)]
    return [f"{matter} {note.path}:{note.line} {note.what}" for matter, note in notes]


def test_a_folder_in_order_has_no_findings(tmp_path: Path) -> None:
    """Nothing is said where there is nothing to do."""
    assert found(tmp_path, {}) == []


def other(text: str, rest: str = "", region: str = "益阳市", topic: str = "益阳登记") -> str:
    """Write another document of one section."""
    return (
        f"title: 另一份文件\nwording: 摘编\nregion: {region}\ntopics: [{topic}]\n"
        f"source: {{publisher: 湖南日报}}\nsections:\n"
        f"  - heading: 另外的规定\n    text: {text}\n{rest}"
    )


CASES: dict[str, tuple[Files, str]] = {
    "review past": (
        {"documents/limit.yaml": f"{LIMIT}review_by: 2026-10-31\n"},
        "due documents/limit.yaml:15 复核日期 2026-10-31 已经过了",
    ),
    "review soon": (
        {"documents/limit.yaml": f"{LIMIT}review_by: 2026-12-01\n"},
        "due documents/limit.yaml:15 2026-12-01 以前要复核",
    ),
    "ended": (
        {"documents/limit.yaml": f"{LIMIT}effective_until: 2026-11-01\n"},
        "due documents/limit.yaml:15 有效期到 2026-11-01，已经过了",
    ),
    "ending": (
        {"documents/limit.yaml": f"{LIMIT}effective_until: 2026-11-10\n"},
        "due documents/limit.yaml:15 再过8天失效，有效期到 2026-11-10",
    ),
    "another duration in a text": (
        {"documents/other.yaml": other("财产登记受理后3个工作日内办结，请带身份证件。")},
        "conflict documents/other.yaml:8 财产登记的时限写的是3个工作日，"
        "documents/limit.yaml:13 写的是2个工作日",
    ),
    "another duration of a service": (
        {
            "documents/other.yaml": other(
                "资料要齐。", "services: [{name: 财产登记, time_limit: 三个工作日}]\n"
            )
        },
        "conflict documents/other.yaml:9 财产登记的时限写的是3个工作日，"
        "documents/limit.yaml:13 写的是2个工作日",
    ),
    "another cap": (
        {"documents/z.yaml": SUBSIDY.replace("2000元", "1500元").replace("旧换新补", "旧补")},
        "conflict documents/z.yaml:15 冰箱的补贴上限写的是1500元，"
        "documents/subsidy.yaml:15 写的是2000元",
    ),
    "the same sentence with another figure": (
        {"documents/z.yaml": other(SENTENCE.replace("20%", "10%"), "", "湖南省")},
        "conflict documents/z.yaml:8 “一级能效的冰箱按售价的…%补贴,每件最高补贴…元”写的是"
        "10、2000，"
        "documents/subsidy.yaml:9 写的是20、2000",
    ),
    "a hot question without asks": (
        {"documents/subsidy.yaml": SUBSIDY.replace(ASKS, "")},
        "hot documents/subsidy.yaml:7 热门问题“一级能效冰箱补多少”由“补贴标准”回答，"
        "这一段没有 asks",
    ),
    "a hot question without an answer": (
        {"office.yaml": OFFICE.replace("补贴标准", "火星移民办法")},
        "hot office.yaml:6 热门问题“火星移民办法”没有答案",
    ),
    "an ask of another section": (
        {"documents/limit.yaml": LIMIT.replace("财产登记要几个工作日", "冰箱最高补贴多少")},
        "asks documents/limit.yaml:8 “冰箱最高补贴多少”先找到的是 subsidy 的“补贴标准”",
    ),
    "dead synonyms": (
        {"synonyms.yaml": "synonyms:\n  - [冰箱, 雪柜]\n  - [汽车, 轿车]\n"},
        "words synonyms.yaml:3 汽车、轿车 在文件里一个也没有",
    ),
    "a dead word": (
        {"lexicon.txt": "# 用词\n雪柜\n小轿车  # 车\n"},
        "words lexicon.txt:3 “小轿车”在文件和同义词里都没有",
    ),
    "a radical": (
        {"documents/limit.yaml": LIMIT.replace("益阳登记", "益阳⾼登记")},
        "radicals documents/limit.yaml:4 “⾼”（U+2FBC）看着像汉字，其实不是，问了也找不到",
    ),
    "a radical that NFKC leaves": (
        {"lexicon.txt": "雪柜\n# ⻓\n"},
        "radicals lexicon.txt:2 “⻓”（U+2ED3）看着像汉字，其实不是，问了也找不到",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_is_to_be_looked_at_is_named(tmp_path: Path, name: str) -> None:
    """Each finding names its file and line; nothing else is made of it."""
    changes, told = CASES[name]
    assert told in found(tmp_path, changes)


QUIET: dict[str, Files] = {
    "another region": {
        "documents/z.yaml": SUBSIDY.replace("20", "10").replace("湖南省", "湖北省"),
    },
    "another subsidy": {
        "documents/z.yaml": SUBSIDY.replace("20%", "10%")
        .replace("家电以旧换新", "绿色消费")
        .replace("name: 家电补贴", "name: 绿色补贴")
        .replace("的冰箱按", "的绿色冰箱按"),
    },
    "another year": {
        "documents/y.yaml": other("2023年，全市财产登记的平均办件量是338件，总共有111个县。"),
        "documents/z.yaml": other(
            "2024年，全市财产登记的平均办件量是400件，总共有112个县。"
        ).replace("另一份文件", "第三份文件"),
    },
    "an item of an item": {
        "documents/z.yaml": other("财产登记中材料不齐需要当场补正的，应当在5日内补正。"),
    },
    "a document that is followed": {
        "documents/z.yaml": SUBSIDY.replace("2000元", "800元").replace("20%", "10%")
        + "effective_until: 2026-11-01\n",
        "documents/subsidy.yaml": f"{SUBSIDY}supersedes: [{{id: z, how: 升级}}]\n",
    },
    "a hanzi among compatibility ideographs": {"lexicon.txt": "雪柜\n# 﨎\n"},
    "a review long ahead": {"documents/limit.yaml": f"{LIMIT}review_by: 2027-11-01\n"},
}


@pytest.mark.parametrize("name", QUIET)
def test_a_false_alarm_is_not_raised(tmp_path: Path, name: str) -> None:
    """Staff who are called for nothing stop reading: what may be right is no contradiction."""
    lines = found(tmp_path, QUIET[name])
    assert not [line for line in lines if line.startswith(("conflict", "due", "radicals"))]


def test_two_documents_of_one_title_are_named(tmp_path: Path) -> None:
    """A paper that was imported twice serves twice, and one of them will grow old."""
    twice = {
        "documents/one.yaml": other("居住证首次申领免收工本费。", "    asks: [居住证收费吗]\n"),
        "documents/two.yaml": other("补办居住证收工本费。", "    asks: [补办居住证要钱吗]\n"),
    }
    assert any("是同一地区、同一标题" in line for line in found(tmp_path, twice))


def test_a_section_that_nothing_finds_is_named(tmp_path: Path) -> None:
    """Four documents in the same words: nobody can ask for each of them."""
    same = {f"documents/same-{number}.yaml": SHORT_DOCUMENT for number in range(6)}
    lines = [line for line in found(tmp_path, same) if line.startswith("unreached")]
    assert lines
    assert all("没有问题能找到“第一条”这一段" in line for line in lines)
