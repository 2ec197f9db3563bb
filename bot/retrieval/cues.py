"""What kind of thing a question asks for, and how a sentence shows that it holds one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.text.normalise import normalise


@dataclass(frozen=True, slots=True)
class Cue:
    """A kind of answer: how questions ask for it, and what a sentence that gives it holds."""

    name: str
    asked: re.Pattern[str]
    given: re.Pattern[str]


ASKING = re.compile(
    r"吗|嘛|么|呢|多少|几|哪|谁|什么|啥|怎|咋|如何|多久|能不能|是不是|有没有|可不可以|要不要|会不会"
    r"|是否|行不|[不没]$|[?？]"
)

# In order: the first that fits a question is its kind, so the narrower stand before the wider.
CUES = (
    Cue("电话", re.compile(r"电话|号码|热线|打哪个|联系方式"), re.compile(r"\d{3,}")),
    Cue(
        "天数",
        re.compile(r"(几|多少)个?(工作)?[天日]|多久|多长时间|多快"),
        re.compile(r"\d+个?(工作日|天|日|小时|个月)|24小时|当[天日场]|即时|立等"),
    ),
    Cue(
        "地点",
        re.compile(
            r"(在|去|到|上|从)?(哪里|哪儿|哪个(地方|窗口|网站|平台|小?程序|软件|app)|什么地方)"
            r"(上|能|可以|可|去|来)*(办|领|交|申请|申领|报名|下载|买|拿|取|登记|投诉|反映|举报|查|咨询|打印)"
        ),
        re.compile(r"窗口|服务中心|办理点|平台|网站|app|热线|\d号|地址|[街路]\d"),
    ),
    Cue(
        "时间",
        re.compile(r"什么时候|啥时候|何时|哪一?年|哪一?天|几[月号]|几点|多会"),
        re.compile(r"\d+[年月日点]|当[天日]"),
    ),
    Cue(
        "比例",
        re.compile(r"百分之几|几成|几个(百分)?点|几折|百分比|比例|占比"),
        re.compile(r"\d%|\d折|分之"),
    ),
    Cue(
        "金额",
        re.compile(
            r"(多少|好多)个?[钱元块亿]|几[元块]|几个亿|[赔罚奖花收交卖贷]到?了?多少"
            r"|(费用?|奖金|押金|罚款)(是|要)?多少|(多少|几).{0,4}(费|奖金|押金|定金|资金|金额|罚款|贷款|款)"
        ),
        re.compile(r"\d[万亿]?元|免费"),
    ),
    Cue(
        "金额或比例",
        re.compile(r"(补|补贴|补助|减|便宜|优惠|返|报销?)个?多少"),
        re.compile(r"\d(%|[万亿]?元)"),
    ),
    Cue("数量", re.compile(r"多少|几万|几[个件种类家项次台份人场]"), re.compile(r"\d")),
)


def is_asking(text: str) -> bool:
    """Tell whether a text asks by its form, rather than names a subject."""
    return ASKING.search(normalise(text)) is not None


def cue_of(question: str) -> Cue | None:
    """Find what kind of thing a question asks for, None where nothing tells."""
    folded = normalise(question)
    return next((cue for cue in CUES if cue.asked.search(folded)), None)
