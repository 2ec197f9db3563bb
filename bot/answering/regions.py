"""Whether a passage speaks for the places that a question names."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.models.documents import Passage
from bot.retrieval.edition import searched_text
from bot.text.normalise import normalise
from bot.text.places import Place, find_places, is_within, place_named


class Reach(StrEnum):
    """How a passage's region stands to the places that a question names."""

    NAMED = "named"  # its own region, or the passage names the place
    ABOVE = "above"  # a rule of a higher level, which may apply
    BELOW = "below"  # a rule of a part of the place only
    PARTLY = "partly"  # one of the places is its own, another is not
    OUTSIDE = "outside"  # another place: never shown as if it applied


ORDER = (Reach.NAMED, Reach.ABOVE, Reach.BELOW, Reach.OUTSIDE)  # from best to worst


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
    own = any(one.reach is Reach.NAMED for one in reaches)
    return Regional(Reach.PARTLY, worst.place) if own and worst.reach is Reach.OUTSIDE else worst


def _reach(passage: Passage, place: Place) -> Reach:
    region = place_named(passage.document.region)
    if region is None or region == place:
        return Reach.NAMED
    mentions = find_places(normalise(searched_text(passage)))
    if any(mention.place == place for mention in mentions):
        return Reach.NAMED
    if is_within(place, region):
        return Reach.ABOVE
    return Reach.BELOW if is_within(region, place) else Reach.OUTSIDE
