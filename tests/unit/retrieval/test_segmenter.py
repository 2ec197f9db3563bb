"""Segmenters: jieba and rjieba cut alike, and words are kept whole."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.retrieval.dictionary import dictionary, entry_of
from bot.retrieval.segmenter import FastSegmenter, PlainSegmenter, Segmenter, keep_whole
from bot.text.figures import searchable
from tests.unit.builders import cache_folder

ROOT = Path(__file__).parents[3]
SHIPPED = sorted(ROOT.joinpath("knowledge").rglob("*.yaml"))
LEXICON = ROOT.joinpath("knowledge/lexicon.txt").read_text("utf-8").split()
RARE = ("补贴", "5g手机", "一网通办app", "e.g.", "a𠀀b", "㐂㐂", "鿖鿗", "——", "")
ADDED = (*map(searchable, LEXICON), *RARE)
ODD = [
    *"补贴的了八零一二三百万元123abcXYZ+#&._%-—·~/\\()[]〔〕《》'\" \n\u3000",
    *"🏠👨𠀀𠮷㐂㐀鿖鿗﨑éßжあア한½",
]
TEXTS = st.lists(
    st.one_of(st.sampled_from([*ODD, *ADDED]), st.characters(exclude_categories=("Cs",)))
).map("".join)


@cache
def both() -> tuple[Segmenter, Segmenter]:
    """Give jieba and rjieba with the same words added."""
    pytest.importorskip("rjieba")
    phrases = files("bot.retrieval").joinpath("function_words.txt").read_text("utf-8").split()
    plain, fast = PlainSegmenter(cache_folder()), FastSegmenter()
    for cutter in (plain, fast):
        keep_whole(cutter, ADDED, phrases)
    return plain, fast


def assert_alike(text: str) -> None:
    """Hold both ways of cutting of both segmenters together."""
    plain, fast = both()
    assert fast.cut(text) == plain.cut(text)
    assert fast.cut_for_search(text) == plain.cut_for_search(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_both_cut_the_shipped_knowledge_alike(path: Path) -> None:
    """Every file of the shipped knowledge gives the same words."""
    assert_alike(searchable(path.read_text("utf-8")))


@given(TEXTS)
def test_both_cut_any_text_alike(text: str) -> None:
    """Latin, digits, pictures and rare hanzi give the same words, folded or not."""
    assert_alike(text)
    assert_alike(searchable(text))


@pytest.mark.parametrize("power", range(15))
def test_both_cut_texts_of_any_length_alike(power: int) -> None:
    """No length is cut in another way, those of powers of two included."""
    for length in (2**power - 1, 2**power, 2**power + 1):
        assert_alike(("家电补贴a1，八八八。" * length)[:length])


def test_both_decide_ties_alike() -> None:
    """八八八 may be 八/八八 or 八八/八, equally likely: rounding decides, and does so alike."""
    doubled = [chr(code) for code in range(0x4E00, 0x9FA6) if entry_of(chr(code) * 2)]
    assert len(doubled) > 900
    for character in doubled:
        assert_alike(f"补贴{character * 3}标准{character * 5}")


def test_a_word_that_is_a_phrase_of_others_is_kept_whole() -> None:
    """能不能 is one word, in jieba and in rjieba, and so is every added name."""
    for cutter in both():
        assert cutter.cut("能不能办") == ["能不能", "办"]
        assert cutter.cut("5g手机一网通办app") == ["5g手机", "一网通办app"]


@pytest.mark.parametrize("word", ["没有这个词", "有没", "", "\ud800", "补 贴", "\n", "的 3188252"])
def test_what_the_dictionary_does_not_list_is_unknown(word: str) -> None:
    """Beginnings of words, spaces, breaks and surrogates are no words."""
    assert entry_of(word) is None


@cache
def _lines() -> dict[str, int]:
    lines = files("jieba").joinpath("dict.txt").read_text("utf-8").splitlines()
    return {line.split(" ")[0]: int(line.split(" ")[1]) for line in lines}


def test_every_tenth_word_of_the_dictionary_is_found() -> None:
    """Halving finds each word with its own count, and the total is their sum."""
    for word, frequency in list(_lines().items())[::10]:
        entry = dictionary().entry(word)
        assert entry is not None
        assert entry.frequency == frequency
    assert dictionary().total == sum(_lines().values())


@pytest.fixture(params=["missing", "spoilt"])
def broken_cache(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Give a cache folder that is not there, then one whose file is spoilt."""
    if request.param == "missing":
        yield tmp_path / "nowhere"
        return
    (tmp_path / f"jieba-{dictionary().name}.cache").write_bytes(b"\x00spoilt")
    yield tmp_path


def test_a_cache_that_cannot_be_used_costs_only_time(broken_cache: Path) -> None:
    """Neither a missing folder nor a spoilt file changes a word or stops the start."""
    text = "一级能效的家电按售价的20%补贴"
    assert PlainSegmenter(broken_cache).cut(text) == PlainSegmenter(cache_folder()).cut(text)


def test_a_cache_of_another_dictionary_is_left_alone(tmp_path: Path) -> None:
    """The cache is named by jieba's version and its dictionary's bytes, so none outlives them."""
    (tmp_path / "jieba.cache").write_bytes(b"of an older jieba")
    PlainSegmenter(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {
        "jieba.cache",
        f"jieba-{dictionary().name}.cache",
    }
