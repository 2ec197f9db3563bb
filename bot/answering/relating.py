"""What else can be asked: ways of asking of the sections beside the one that answered.

Each is attached by staff to its own passage, which is therefore found first and never refused.
"""

from __future__ import annotations

from itertools import islice

from bot.models.questions import Answer, Outcome

MOST = 3  # buttons below an answer that a phone shows without scrolling
ANSWERING = frozenset({Outcome.ANSWERED, Outcome.HEDGED})


def related_to(answer: Answer) -> tuple[str, ...]:
    """Give up to three questions that the document of an answer answers elsewhere.

    Of the sections behind the one that answered first, then of those before it.
    """
    if answer.outcome not in ANSWERING or not answer.evidence or answer.choices:
        return ()
    first = answer.evidence[0].hit.passage
    shown = {
        one.hit.passage.heading
        for one in answer.evidence
        if one.hit.passage.document.id == first.document.id
    }
    sections = first.document.sections
    headings = [section.heading for section in sections]
    at = headings.index(first.heading) if first.heading in headings else 0
    beside = (one for one in (*sections[at:], *sections[:at]) if one.heading not in shown)
    asks = dict.fromkeys(one.asks[0] for one in beside if one.asks)
    asks.pop(answer.question, None)
    return tuple(islice(asks, MOST))
