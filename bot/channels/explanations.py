"""Explanation → the JSON object under `explanation`: for the API and `policybot explain --json`.

Unlike the answer's own fields it changes with the ranking and the rules.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from bot.channels.wire import answer_object
from bot.models.explanations import Explained

PLACES = 6  # decimals of scores, as in the answer's own fields


def explained_object(explained: Explained) -> dict[str, Any]:
    """Write an answer as `answer_object` does, with its explanation as one more field."""
    return {**answer_object(explained.answer), "explanation": _written(explained.explanation)}


def _written(value: Any) -> Any:
    """Write any part of an explanation: its fields by their names, days as YYYY-MM-DD."""
    if is_dataclass(value):
        return {field.name: _written(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_written(one) for one in value]
    if isinstance(value, float):
        return round(value, PLACES)
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
