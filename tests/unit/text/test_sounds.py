"""Sounds: pinyin without tones, and one form for what people mix up."""

from __future__ import annotations

import pytest

from bot.text.sounds import FIRST, across, folded_sound, sounds_of, sounds_of_hanzi


def test_a_word_sounds_as_it_is_read_as_a_whole() -> None:
    """A hanzi with several readings takes the one of its word."""
    assert sounds_of(["银行", "步行", "以旧换新"]) == ("yinhang", "buxing", "yijiuhuanxin")


def test_each_common_hanzi_has_its_usual_sound() -> None:
    """The table starts at the first hanzi, and leaves what nobody types empty."""
    sounds = sounds_of_hanzi()
    assert [sounds[ord(one) - FIRST] for one in "证政一"] == ["zheng", "zheng", "yi"]
    assert sounds[ord("鿿") - FIRST] == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("zhengce", "zence"),
        ("shenqing", "senqin"),
        ("guanli", "guangni"),
        ("fujian", "hujian"),
        ("fahui", "huahui"),
    ],
)
def test_sounds_that_people_mix_up_are_one(one: str, other: str) -> None:
    """Zh and z, ch and c, sh and s, n and l, f and h, and finals with and without g are alike."""
    assert folded_sound(one) == folded_sound(other)


@pytest.mark.parametrize("syllables", [("yin", "gai"), ("ying", "ai"), ("fang", "an")])
def test_syllables_join_as_letters_that_were_typed_together(syllables: tuple[str, ...]) -> None:
    """Folded one by one and joined, syllables read like their letters folded at once."""
    joined = across("".join(map(folded_sound, syllables)))
    assert joined == across(folded_sound("".join(syllables)))
