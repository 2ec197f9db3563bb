"""What is judged: questions with the passages that answer them, and floors to hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a judged question is: one the knowledge answers, or one of two that it does not."""

    ANSWERABLE = "answerable"
    NEAR_MISS = "near_miss"
    OFF_TOPIC = "off_topic"


@dataclass(frozen=True, slots=True)
class PassageName:
    """A passage as judgements name it: its document's id and its heading."""

    document: str
    heading: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """A question as people type it, the passages that answer it, and the day it is asked on.

    `after` are what the same person asked just before, in order.
    """

    question: str
    kind: Kind
    answers: tuple[PassageName, ...]
    asked_on: date
    kept: bool
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Floors:
    """The measures of the kept half below (or above) which an evaluation fails, as shares."""

    recall_at_1: float
    off_topic_answered: float
    near_miss_answered: float
    answerable_refused: float


@dataclass(frozen=True, slots=True)
class Judgements:
    """All judged questions of a knowledge folder with their floors."""

    floors: Floors
    questions: tuple[Judgement, ...]
