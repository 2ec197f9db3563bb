"""All that one comparison found, for whoever prints it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.evaluation.comparing import Change, Group, Kind, Put, Side, grouped
from bot.evaluation.documents import DocumentChange, document_changes, other_changes


@dataclass(frozen=True, slots=True)
class Report:
    """What changed between two states of the knowledge, `against` naming the earlier one.

    `asked` counts questions. `added` and `removed` are judged questions; those that are kept
    are in `kept_added` and `kept_removed` as numbers only. `counts` has every kind.
    """

    against: str
    asked: int
    documents: tuple[DocumentChange, ...]
    others: tuple[str, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept_added: int
    kept_removed: int
    counts: Mapping[Kind, int]
    groups: tuple[Group, ...]
    changes: tuple[Change, ...]


def report_of(
    before: Side,
    after: Side,
    puts: tuple[Put, ...],
    changes: tuple[Change, ...],
    *,
    against: str,
    day: date,
) -> Report:
    """Gather what changed; `day` is the one as of which documents are in force."""
    added = [put for put in puts if put.after and not put.before]
    removed = [put for put in puts if put.before and not put.after]
    return Report(
        against=against,
        asked=len(puts),
        documents=document_changes(before.edition, after.edition, day),
        others=other_changes(before.edition.corpus, after.edition.corpus),
        added=tuple(put.question for put in added if not put.kept),
        removed=tuple(put.question for put in removed if not put.kept),
        kept_added=sum(put.kept for put in added),
        kept_removed=sum(put.kept for put in removed),
        counts={kind: sum(one.kind is kind for one in changes) for kind in Kind},
        groups=grouped(changes),
        changes=tuple(
            sorted(changes, key=lambda one: (list(Kind).index(one.kind), one.put.question))
        ),
    )
