"""Which row of a list a question names by number: 第33类, 72周岁. Its neighbours read alike."""

from __future__ import annotations

import re

from bot.text.figures import searchable
from bot.text.normalise import normalise

# Money, days and shares are what rules give, 八类 is how many there are; an ordinal or an age
# says which row.
NUMBER = r"(?:\d+|[一二三四五六七八九十百]+)"
ROW = re.compile(
    rf"(第{NUMBER}(?=[类档组批期线栋层号])|{NUMBER}(?=周岁))(类|档|组|批|期|线|栋|层|号|周岁)"
)


def rows_named(text: str) -> tuple[str, ...]:
    """Give the rows that a text names, as it writes them and as texts are searched."""
    found = (
        match[0] for form in (normalise(text), searchable(text)) for match in ROW.finditer(form)
    )
    return tuple(dict.fromkeys(found))


def names_other_row(question: str, sentence: str) -> bool:
    """Tell whether a sentence is about other rows of the kind that a question names."""
    asked = {match[2]: match[1] for match in ROW.finditer(searchable(question))}
    held: dict[str, set[str]] = {}
    for match in ROW.finditer(searchable(sentence)):
        held.setdefault(match[2], set()).add(match[1])
    return any(unit in held and number not in held[unit] for unit, number in asked.items())
