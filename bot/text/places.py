"""Recognise places of China in a question: 湖南, 长沙市芙蓉区, 湘西州, 桑植.

The names stand in `places.txt`, with the words that look like places and are not. The table is
read on first use, so that importing this module costs little.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

Level = Literal["国家", "省", "市", "区县"]
_Use = Literal["anywhere", "after_parent", "never"]

_LEVELS: tuple[Level, ...] = ("国家", "省", "市", "区县")
_ROOT_NAMES = ("国家", "全国")
_INDENT = 2  # spaces a level in places.txt, as its head says
_SHORTEST = 2  # characters: one hanzi (道 of 道县) is never a place by itself
_SUFFIXES = (  # longest first: 阿里地区 loses 地区, not 区
    *("特别行政区", "自治区", "自治州", "自治县", "地区"),
    *("省", "市", "县", "区", "盟"),
)
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,12}[县区市旗]")
_PLAIN_SUFFIX = {"自治州": "州", "自治县": "县"}  # 湘西州, 江华县: how people say it
_ENTRY = re.compile(r"(?P<base>[^()]+)\((?P<people>[^()]+)\)(?P<suffix>[^()]+)")
# 南京东路, 芙蓉中路, 中山二路 are streets of other cities; 长沙路况, 湖南路桥, 上海一路 are not.
_STREET = re.compile(
    r"(?:[东西南北中][一二三四五六七八九十]?|[二三四五六七八九十])?路(?![况网面边段桥上费灯口政线由军])"
    r"|[东西南北中]?(?:大道|大街(?!小巷))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of administration with its full official name and the unit above it.

    `parent` is None only for 国家, the root.
    """

    name: str
    level: Level
    parent: Place | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that a text names, with where it does: `text[start:end]`."""

    place: Place
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Reading:
    """One place that a word may stand for, and where the word may be read so."""

    place: Place
    use: _Use
    is_short: bool


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    """The table compiled for search.

    A word without readings hides the names in it. `lengths` has, by first character, how long
    the words are that begin with it, longest first.
    """

    places: tuple[Place, ...]
    words: Mapping[str, tuple[_Reading, ...]]
    lengths: Mapping[str, tuple[int, ...]]


def find_places(text: str) -> tuple[Mention, ...]:
    """Find the places that a normalised, Simplified text names, from left to right.

    At each position the longest name wins; mentions do not overlap. Names that follow each other
    directly, each within the one before, are one mention of the last: 湖南省长沙市芙蓉区 is one
    mention of 芙蓉区. Where units share a name the higher one is meant (吉林: the province),
    unless the place before says otherwise (青海海南: the prefecture).
    """
    gazetteer = _gazetteer()
    mentions: list[Mention] = []
    position = 0
    while position < len(text):
        before = mentions[-1] if mentions and mentions[-1].end == position else None
        end, place = _read(gazetteer, text, position, before.place if before else None)
        if place and before and is_within(place, before.place):
            mentions[-1] = Mention(place, before.start, end)
        elif place:
            mentions.append(Mention(place, position, end))
        position = end
    return tuple(mentions)


def place_named(name: str) -> Place | None:
    """Give the place with this full or short name, or None if there is no such place.

    国家 and 全国 give the root; a chain such as 湖南省长沙市 gives its last place, also where
    that is a county which is not in the table (河北省安平县). Short names
    that a text needs more for (资阳, 会同) are taken here: the whole string is meant as a name.
    """
    gazetteer = _gazetteer()
    if name in _ROOT_NAMES:
        return gazetteer.places[0]
    readings = gazetteer.words.get(name)
    if readings:
        return readings[0].place
    mentions = find_places(name)
    if len(mentions) != 1 or mentions[0].start != 0:
        return None
    place, rest = mentions[0].place, name[mentions[0].end :]
    if not rest:
        return place
    # Counties outside the table, named with the unit above them: 河北省安平县.
    return Place(rest, "区县", place) if _COUNTY.fullmatch(rest) else None


def is_within(inner: Place, outer: Place) -> bool:
    """Tell whether a place is the other one or lies in it."""
    place: Place | None = inner
    while place is not None:
        if place == outer:
            return True
        place = place.parent
    return False


def all_places() -> tuple[Place, ...]:
    """Give every place of the table, the root first, each before the places in it."""
    return _gazetteer().places


def _read(
    gazetteer: _Gazetteer, text: str, start: int, before: Place | None
) -> tuple[int, Place | None]:
    """Give where the word at `start` ends, and the place it names, if it names one."""
    for length in gazetteer.lengths.get(text[start], ()):
        word = text[start : start + length]
        readings = gazetteer.words.get(word)
        if readings is None:
            continue
        end = start + len(word)  # at the end of the text a word is shorter than asked for
        if not readings:
            return end, None
        place = _choose(readings, before, is_street=_STREET.match(text, end) is not None)
        if place:
            return end, place
    return start + 1, None


def _choose(
    readings: tuple[_Reading, ...], before: Place | None, *, is_street: bool
) -> Place | None:
    usable = [r for r in readings if r.use != "never" and not (r.is_short and is_street)]
    if before:
        for reading in usable:
            if reading.place != before and is_within(reading.place, before):
                return reading.place
    return next((r.place for r in usable if r.use == "anywhere"), None)


@cache
def _gazetteer() -> _Gazetteer:
    sections = _sections(_table())
    uses: dict[str, _Use] = dict.fromkeys(_words_of(sections["after parent"]), "after_parent")
    uses.update(dict.fromkeys(_words_of(sections["never"]), "never"))
    words: dict[str, list[_Reading]] = {word: [] for word in _words_of(sections["words"])}
    root = Place(_LEVELS[0], _LEVELS[0], None)
    places = [root]
    for place, clear_names, short in _units(sections["places"], root):
        places.append(place)
        for name in clear_names:
            words.setdefault(name, []).append(_Reading(place, "anywhere", is_short=False))
        if short:
            use = uses.get(short, "anywhere")
            words.setdefault(short, []).append(_Reading(place, use, is_short=True))
    ordered = {word: tuple(sorted(found, key=_rank)) for word, found in words.items()}
    return _Gazetteer(tuple(places), ordered, _lengths(ordered))


def _table() -> str:
    # Imported here: it takes 4 ms, which a command that names no place need not wait for.
    from importlib.resources import files

    return files("bot.text").joinpath("places.txt").read_text(encoding="utf-8")


def _sections(table: str) -> Mapping[str, list[str]]:
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for written in table.splitlines():
        line = written.partition("#")[0].rstrip()
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line:
            lines.append(line)
    return sections


def _words_of(lines: list[str]) -> Iterator[str]:
    return (word for line in lines for word in line.split())


def _units(lines: list[str], root: Place) -> Iterator[tuple[Place, tuple[str, ...], str]]:
    """Give each place with its names that leave no doubt and its short name, "" for none."""
    path = [root]
    for line in lines:
        depth = (len(line) - len(line.lstrip())) // _INDENT + 1
        del path[depth:]
        parent = path[depth - 1]
        for entry in line.split():
            clear_names, short = _spellings(entry)
            place = Place(clear_names[0], _LEVELS[depth], parent)
            path[depth:] = [place]
            yield place, clear_names, short


def _spellings(entry: str) -> tuple[tuple[str, ...], str]:
    """Split an entry of the table into its clear names, the full one first, and its short one."""
    split = _ENTRY.fullmatch(entry)
    if split:
        base, suffix = split["base"], split["suffix"]
        plain = base + _PLAIN_SUFFIX.get(suffix, suffix)
        return (base + split["people"] + suffix, base + suffix, plain), base
    suffix = next(suffix for suffix in _SUFFIXES if entry.endswith(suffix))
    base = entry.removesuffix(suffix)
    return (entry,), base if len(base) >= _SHORTEST else ""


def _rank(reading: _Reading) -> int:
    return _LEVELS.index(reading.place.level)


def _lengths(words: Mapping[str, tuple[_Reading, ...]]) -> Mapping[str, tuple[int, ...]]:
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[0], set()).add(len(word))
    return {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()}
