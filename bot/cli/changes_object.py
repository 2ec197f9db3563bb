"""What changed, as the JSON object of `policybot changes --format json`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from bot.evaluation.comparing import Change, Said
from bot.evaluation.report import Report


def object_of(report: Report) -> dict[str, Any]:
    """Write the report; the words of kept questions are left out, and counted."""
    return {
        "against": report.against,
        "asked": report.asked,
        "counts": {kind.value: count for kind, count in report.counts.items()},
        "documents": [asdict(one) for one in report.documents],
        "other_files": list(report.others),
        "judgements_added": list(report.added),
        "judgements_removed": list(report.removed),
        "changes": [_change(one) for one in report.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind.value,
        "question": "" if change.put.kept else change.put.question,
        "kept": change.put.kept,
        "day": change.put.day.isoformat(),
        "before": _said(change.before),
        "after": _said(change.after),
    }


def _said(said: Said) -> dict[str, Any]:
    return {
        "outcome": said.outcome.value,
        "document": said.document,
        "heading": said.heading,
        "text": said.text,
        "status": said.status.value if said.status else "",
        "lead": said.lead,
        "right": said.right,
    }
