"""Whether a passage speaks for the places that a question names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.models.documents import Passage
from bot.retrieval.edition import Edition, searched_text
from bot.retrieval.retriever import Query
from bot.text.normalise import normalise
from bot.text.places import Place, find_places, is_within, place_named


class Reach(StrEnum):
    """How a passage's region stands to the places that a question names."""

    NAMED = "named"  # its own region, or the passage names the place
    ABOVE = "above"  # a rule of a higher level, which may apply
    BELOW = "below"  # a rule of a part of the place only
    PARTLY = "partly"  # another place, which the passage or the question names beside its own
    OUTSIDE = "outside"  # another place: never shown as if it applied


ORDER = (Reach.NAMED, Reach.ABOVE, Reach.BELOW, Reach.PARTLY, Reach.OUTSIDE)  # best to worst


# Kinds of places, which jieba's dictionary takes for places.
GENERIC = re.compile(
    r"(城|县|地|社|小|园|景|郊|山|乡|市|省|农|老城|新城|工业|开发|自贸|全)[市区县城]|乡村|农村"
)
ELSEWHERE = re.compile(
    r"外省|省外|外地|外市|外县|国外|境外|全国|(其他|其它|别的|别)(省|市|县|城市|地方|地区)"
)
DENIED = re.compile(r"(不是|不在|除了|除开|除)$")  # 不是益阳的: the place is where it is not


@dataclass(frozen=True, slots=True)
class Regional:
    """How a passage reaches all places that a question names, and the place that it lacks."""

    reach: Reach
    place: Place | None = None


def places_in(question: str) -> tuple[Place, ...]:
    """Find the places that a question names, those left out that only locate another one."""
    named = tuple(mention.place for mention in find_places(normalise(question)))
    return tuple(
        place
        for place in dict.fromkeys(named)
        if not any(other != place and is_within(other, place) for other in named)
    )


def regional(passage: Passage, places: tuple[Place, ...]) -> Regional:
    """Tell how a passage reaches the named places; without any it is taken as named."""
    reaches = [Regional(_reach(passage, place), place) for place in places]
    worst = max(reaches, key=lambda one: ORDER.index(one.reach), default=Regional(Reach.NAMED))
    if not any(one.reach is Reach.NAMED for one in reaches):
        return worst
    if worst.reach is Reach.PARTLY:  # 湖南和江西有合作吗: the passage speaks of both
        return Regional(Reach.NAMED)
    return Regional(Reach.PARTLY, worst.place) if worst.reach is Reach.OUTSIDE else worst


def unknown_place(query: Query, passage: Passage, edition: Edition) -> str:
    """Give a place that the question names and neither the table nor the passage knows.

    Counties of other provinces (海淀区, 义乌) and 外省 are not in the table; a rule of one region
    is not shown as sure for them.
    """
    if place_named(passage.document.region) is None:
        return ""
    asked = normalise(query.text)
    mentions = find_places(asked)
    denied = next((one for one in mentions if DENIED.search(asked[: one.start])), None)
    if denied:
        return f"{asked[denied.start : denied.end]}以外"
    held = normalise(searched_text(passage))
    elsewhere = ELSEWHERE.search(asked)
    if elsewhere and elsewhere[0] not in held:
        return elsewhere[0]
    inside = [range(mention.start, mention.end) for mention in mentions]
    for token in query.tokens:
        at = asked.find(token)
        known = any(at in mention for mention in inside) or token in held
        if GENERIC.fullmatch(token):
            continue
        if not known and edition.analyzer.is_place(token):
            return token
    return ""


def _reach(passage: Passage, place: Place) -> Reach:
    region = place_named(passage.document.region)
    if region is None or region == place:
        return Reach.NAMED
    mentions = find_places(normalise(searched_text(passage)))
    mentioned = any(mention.place == place for mention in mentions)
    if is_within(place, region):
        return Reach.NAMED if mentioned else Reach.ABOVE
    if is_within(region, place):
        return Reach.BELOW
    return Reach.PARTLY if mentioned else Reach.OUTSIDE
