"""Answer → plain text and the JSON object of the API: one form for every channel.

The object is an interface that stays (version 1); fields without content are empty, never
absent.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.models.documents import PartialDate
from bot.models.questions import Answer, BlockKind, Citation, Computed, Evidence

CLOSE = {BlockKind.SOURCE, BlockKind.STATUS}  # lines that stand together without an empty line


def plain_text(answer: Answer) -> str:
    """Write what the citizen reads, choices numbered at the end."""
    parts: list[str] = []
    previous = None
    for block in answer.blocks:
        if parts:
            parts.append("\n" if block.kind in CLOSE and previous in CLOSE else "\n\n")
        parts.append(block.text)
        previous = block.kind
    choices = [f"{number}. {one.label}" for number, one in enumerate(answer.choices, 1)]
    if choices:
        parts.append("\n\n" + "\n".join(choices))
    return "".join(parts)


def answer_object(answer: Answer) -> dict[str, Any]:
    """Write an answer as the object of `POST /api/v1/ask` and `policybot ask --json`."""
    return {
        "id": answer.id,
        "question": answer.question,
        "outcome": answer.outcome.value,
        "text": plain_text(answer),
        "passages": [_passage(evidence) for evidence in answer.evidence],
        "computed": [_computed(one) for one in answer.computed],
        "choices": [{"label": one.label, "question": one.question} for one in answer.choices],
        "related": list(answer.related),
        "parts": [answer_object(part) for part in answer.parts],
        "conversation": answer.conversation.id,
        "edition": answer.edition,
    }


def _passage(evidence: Evidence) -> dict[str, Any]:
    passage = evidence.hit.passage
    return {
        "document": passage.document.id,
        "heading": passage.heading,
        "title": passage.document.title,
        "text": passage.text,
        "excerpt": evidence.excerpt.text,
        "score": round(evidence.hit.score, 6),
        "matched_terms": list(evidence.hit.matched_terms),
        "status": evidence.status.value,
        "citation": _citation(evidence.citation),
    }


def _computed(one: Computed) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "amount": "" if one.amount is None else str(one.amount),
        "day": _day(one.day),
        "not_before": _day(one.not_before),
        "steps": list(one.steps),
        "assumptions": list(one.assumptions),
        "quote": one.quote,
        "document": one.document,
        "heading": one.heading,
    }


def _citation(citation: Citation) -> dict[str, Any]:
    source = citation.source
    return {
        "title": citation.title,
        "heading": citation.heading,
        "wording": citation.wording.value,
        "issuer": citation.issuer,
        "number": citation.number,
        "region": citation.region,
        "issued": _partial(citation.issued),
        "effective_from": _day(citation.effective_from),
        "effective_until": _day(citation.effective_until),
        "source": {
            "publisher": source.publisher,
            "title": source.title,
            "reported": _day(source.reported),
            "published": _day(source.published),
            "url": source.url,
        },
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _partial(day: PartialDate | None) -> str:
    if day is None:
        return ""
    return "-".join(f"{number:02d}" for number in (day.year, day.month, day.day) if number)
