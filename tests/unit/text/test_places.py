"""Places: which are known, which a text names, and which it only seems to name."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.places import Place, all_places, find_places, is_within, place_named


def named(name: str) -> Place:
    """Give the place with a name that must exist."""
    place = place_named(name)
    assert place is not None, name
    return place


def found(text: str) -> list[tuple[str, str]]:
    """Pairs of the words of the text and the full name of the place that they name."""
    return [
        (text[mention.start : mention.end], mention.place.name) for mention in find_places(text)
    ]


def children(parent: str) -> list[Place]:
    """Give the places directly below one."""
    return [place for place in all_places() if place.parent == named(parent)]


def test_the_table_has_every_unit_of_province_and_prefecture_level() -> None:
    """There is one root, 34 provinces, 333 prefectures, and the counties of 湖南 only."""
    levels = Counter(place.level for place in all_places())
    assert levels == {"国家": 1, "省": 34, "市": 333, "区县": 122}


@pytest.mark.parametrize(
    ("province", "count"),
    [
        *(("北京市", 0), ("台湾省", 0), ("河北省", 11), ("内蒙古自治区", 12), ("黑龙江省", 13)),
        *(("江苏省", 13), ("安徽省", 16), ("山东省", 16), ("湖北省", 13), ("湖南省", 14)),
        *(("广东省", 21), ("四川省", 21), ("云南省", 16), ("甘肃省", 14), ("青海省", 8)),
        *(("新疆维吾尔自治区", 14), ("西藏自治区", 7), ("海南省", 4), ("宁夏回族自治区", 5)),
    ],
)
def test_each_province_has_all_its_prefectures(province: str, count: int) -> None:
    """The number of prefectures of a province is the official one; municipalities have none."""
    assert len(children(province)) == count


@pytest.mark.parametrize(
    ("city", "count"),
    [
        *(("长沙市", 9), ("株洲市", 9), ("湘潭市", 5), ("衡阳市", 12), ("邵阳市", 12)),
        *(("岳阳市", 9), ("常德市", 9), ("张家界市", 4), ("益阳市", 6), ("郴州市", 11)),
        *(("永州市", 11), ("怀化市", 12), ("娄底市", 5), ("湘西土家族苗族自治州", 8)),
    ],
)
def test_each_city_of_hunan_has_all_its_counties(city: str, count: int) -> None:
    """The number of counties of a city in 湖南 is the official one."""
    assert len(children(city)) == count


def test_no_two_places_within_one_parent_share_a_name() -> None:
    """A full name is given once within its parent."""
    names = Counter((place.parent, place.name) for place in all_places())
    assert names.most_common(1)[0][1] == 1


def test_every_full_name_is_found_in_itself() -> None:
    """The full name of a place names that place, as a text and as a name."""
    for place in all_places()[1:]:
        assert found(place.name) == [(place.name, place.name)]
        assert place_named(place.name) == place


def test_every_chain_of_full_names_names_its_last_place() -> None:
    """湖南省益阳市资阳区 is one mention of 资阳区."""
    for place in all_places():
        chain, above = place.name, place.parent
        while above is not None and above.parent is not None:
            chain, above = above.name + chain, above.parent
        assert place_named(chain) == place


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("湖南", "湖南省"), ("广东省", "广东省"), ("长沙", "长沙市"), ("桑植", "桑植县")),
        *(
            ("内蒙古", "内蒙古自治区"),
            ("广西", "广西壮族自治区"),
            ("宁夏自治区", "宁夏回族自治区"),
        ),
        *(("香港", "香港特别行政区"), ("澳门", "澳门特别行政区"), ("台湾", "台湾省")),
        *(("湘西", "湘西土家族苗族自治州"), ("湘西州", "湘西土家族苗族自治州")),
        *(("恩施州", "恩施土家族苗族自治州"), ("伊犁", "伊犁哈萨克自治州")),
        *(("江华", "江华瑶族自治县"), ("通道县", "通道侗族自治县"), ("安化县", "安化县")),
        *(("锡林郭勒", "锡林郭勒盟"), ("喀什", "喀什地区"), ("津市", "津市市")),
        *(("喀什地区", "喀什地区"), ("长沙县", "长沙县"), ("南县", "南县")),
    ],
)
def test_a_place_is_known_by_the_names_that_people_use(text: str, name: str) -> None:
    """Full names, short names and names without the peoples in them are recognised."""
    assert found(f"我在{text}。") == [(text, name)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("吉林", "吉林省"), ("吉林市", "吉林市"), ("吉林省吉林市", "吉林市")),
        *(("海南", "海南省"), ("海南州", "海南藏族自治州"), ("青海海南", "海南藏族自治州")),
        *(("湘潭", "湘潭市"), ("湘潭县", "湘潭县"), ("衡阳衡阳县", "衡阳县")),
    ],
)
def test_of_places_with_one_name_the_higher_is_meant(text: str, name: str) -> None:
    """A shared short name means the higher unit, unless a suffix or the place before decides."""
    assert found(text) == [(text, name)]
    assert named(text).name == name


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("长沙市芙蓉区怎么办", [("长沙市芙蓉区", "芙蓉区")]),
        ("湖南省长沙市岳麓区", [("湖南省长沙市岳麓区", "岳麓区")]),
        ("湖南长沙人", [("湖南长沙", "长沙市")]),
        ("长沙的芙蓉区", [("长沙", "长沙市"), ("芙蓉区", "芙蓉区")]),
        ("从株洲到湘潭", [("株洲", "株洲市"), ("湘潭", "湘潭市")]),
        ("长沙株洲湘潭", [("长沙", "长沙市"), ("株洲", "株洲市"), ("湘潭", "湘潭市")]),
        ("衡阳县衡阳市", [("衡阳县", "衡阳县"), ("衡阳市", "衡阳市")]),
    ],
)
def test_touching_names_are_one_mention_only_when_each_lies_in_the_one_before(
    text: str, mentions: list[tuple[str, str]]
) -> None:
    """A chain from above to below is one mention of its last place; other names stay apart."""
    assert found(text) == mentions


@pytest.mark.parametrize(
    ("bare", "clear", "name"),
    [
        *(("来宾", "来宾市", "来宾市"), ("来宾", "广西来宾", "来宾市")),
        *(("资阳", "资阳区", "资阳区"), ("资阳", "资阳市", "资阳市")),
        *(("资阳", "四川资阳", "资阳市"), ("资阳", "益阳资阳", "资阳区")),
        *(("安康", "陕西安康", "安康市"), ("朝阳", "朝阳市", "朝阳市")),
        *(("黄山", "安徽黄山", "黄山市"), ("中山", "广东省中山", "中山市")),
        *(("凤凰", "湘西凤凰", "凤凰县"), ("芙蓉", "长沙芙蓉", "芙蓉区")),
        *(("大理", "大理州", "大理白族自治州"), ("会同", "湖南会同县", "会同县")),
    ],
)
def test_an_ordinary_word_is_a_place_only_with_its_suffix_or_after_its_parent(
    bare: str, clear: str, name: str
) -> None:
    """来宾 means guests, 广西来宾 and 来宾市 the city."""
    assert found(f"请{bare}们") == []
    assert found(f"在{clear}的人") == [(clear, name)]


@pytest.mark.parametrize(
    "text",
    [
        *("买中山装", "孙中山先生", "出海口在哪", "海口味小吃", "河南岸的房子", "湘江西岸"),
        *("大同小异", "世界大同", "东西安全", "三明治", "在东方", "平安回家", "去黄山旅游"),
        *("南京东路", "北京路", "中山二路", "韶山中路", "芙蓉大道", "上海大街"),
        *(
            "医保定点医院",
            "社保定期待遇",
            "均衡水平",
            "经济南部地区",
            "四平方米",
            "今天津贴发了吗",
        ),
        *("普通化妆品", "最新化妆品", "投资兴业", "公安化解矛盾", "推广安全知识", "完成都没问题"),
        *("重大连续工程", "客运城市", "复合肥补贴", "巩固原有成果", "聚焦作风", "主营口罩"),
        *("关怀化解", "日常德育", "洞庭湖南部", "西南通道", "每天水费", "规定西部", "大理石"),
        *("部门会同县级以上政府", "中方代表", "绿色通道", "苍南县", "街道县区", "佛罗里达州"),
        *("湘", "粤", "湘A牌照", "全国", "道", ""),
    ],
)
def test_words_that_only_look_like_places_name_none(text: str) -> None:
    """A name inside a longer word or across two words is no mention, nor is a lone hanzi."""
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("陕西安全生产", [("陕西", "陕西省")]),
        ("西安全市", [("西安", "西安市")]),
        ("上海人", [("上海", "上海市")]),
        ("上海一路向西", [("上海", "上海市")]),
        ("云南白药", [("云南", "云南省")]),
        ("长沙海关", [("长沙", "长沙市")]),
        ("长沙路况", [("长沙", "长沙市")]),
        ("长沙芙蓉中路", [("长沙", "长沙市")]),
        ("湖南省会同有关部门", [("湖南省", "湖南省")]),
        ("湖南通道县", [("湖南通道县", "通道侗族自治县")]),
        ("有关怀化的政策", [("怀化", "怀化市")]),
        ("今日常德天气", [("常德", "常德市")]),
        ("提高新化县收入", [("新化县", "新化县")]),
        ("投资资兴", [("资兴", "资兴市")]),
        ("延长江西试点", [("江西", "江西省")]),
        ("益阳光伏补贴", [("益阳", "益阳市")]),
        ("天津市市民", [("天津市", "天津市")]),
        ("岳阳楼门票", [("岳阳", "岳阳市")]),
    ],
)
def test_a_real_place_beside_a_misleading_word_is_still_found(
    text: str, mentions: list[tuple[str, str]]
) -> None:
    """What hides a false name leaves the true one."""
    assert found(text) == mentions


@given(st.text(alphabet="湖南省长沙市吉林海口出河岸资阳区路的 a", max_size=40))
def test_mentions_are_in_order_and_do_not_overlap(text: str) -> None:
    """Each mention lies in the text, after the one before it."""
    end = 0
    for mention in find_places(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@pytest.mark.parametrize("name", ["国家", "全国"])
def test_the_whole_country_is_the_root(name: str) -> None:
    """国家 and 全国 as names are the root, which has no parent and in which every place lies."""
    root = named(name)
    assert (root.name, root.level, root.parent) == ("国家", "国家", None)
    assert all(is_within(place, root) for place in all_places())


@pytest.mark.parametrize(
    ("name", "full"),
    [("资阳", "资阳市"), ("来宾", "来宾市"), ("会同", "会同县"), ("湖南长沙", "长沙市")],
)
def test_a_name_given_as_such_needs_no_suffix(name: str, full: str) -> None:
    """Where a name is expected, short names count that a text would need more for."""
    assert named(name).name == full


@pytest.mark.parametrize("name", ["", "湘", "中山装", "长沙人", "长沙株洲", "亚洲", "道", " "])
def test_what_is_no_name_of_a_place_is_none(name: str) -> None:
    """A string that is not wholly one place's name gives None."""
    assert place_named(name) is None


def test_a_place_lies_within_itself_and_all_above_it_only() -> None:
    """益阳市 is within 益阳市, 湖南省 and 国家, but not within its counties or its neighbours."""
    city = named("益阳市")
    assert city.parent == named("湖南省")
    assert all(is_within(city, named(outer)) for outer in ("益阳市", "湖南省", "国家"))
    assert not any(is_within(city, named(outer)) for outer in ("资阳区", "长沙市", "四川省"))
    assert is_within(named("资阳区"), named("湖南"))


def test_finding_is_fast_enough_for_every_question() -> None:
    """A question of 50 characters takes less than 0.2 ms, once the table is loaded."""
    question = "我户口在湖南省益阳市安化县，现在长沙市岳麓区上班，想问家电以旧换新补贴"
    question += "能不能在株洲申请呢，谢谢你们了"
    assert len(question) >= 50
    find_places(question)
    rounds = []
    for _ in range(20):
        start = time.perf_counter()
        find_places(question)
        rounds.append(time.perf_counter() - start)
    assert min(rounds) < 0.0002


@pytest.mark.parametrize("name", ["河北省安平县", "浙江省义乌市", "四川省达州市渠县"])
def test_a_county_outside_the_table_is_known_by_what_is_above_it(name: str) -> None:
    """A county of another province can be named with its province, and lies within it."""
    place, above = place_named(name), place_named(name[:3])
    assert place is not None
    assert above is not None
    assert place.level == "区县"
    assert is_within(place, above)
