"""From checked fields to the types of bot.models, which know no library."""

from __future__ import annotations

from bot.knowledge.quoting import find_quote
from bot.knowledge.schema import (
    CalibrationFields,
    DocumentFields,
    JudgementFields,
    JudgementsFields,
    OfficeFields,
    WorkdaysFields,
)
from bot.knowledge.schema_parts import (
    BenefitFields,
    ConditionFields,
    SourceFields,
    TimeLimitFields,
)
from bot.models.calibration import UNCALIBRATED, Calibration
from bot.models.documents import (
    Benefit,
    Contact,
    Document,
    Limit,
    NotStated,
    Office,
    Rate,
    Section,
    Service,
    Source,
    Supersession,
    TimeLimit,
    Wording,
    Workdays,
)
from bot.models.judgements import Floors, Judgement, Judgements, Kind, PassageName


def document_of(name: str, fields: DocumentFields) -> Document:
    """Make a document, with the stem of its file's name as its id."""
    return Document(
        id=name,
        title=fields.title,
        wording=Wording(fields.wording),
        source=_source_of(fields.source),
        sections=tuple(Section(s.heading, s.text, s.asks) for s in fields.sections),
        region=fields.region,
        issuer=fields.issuer,
        number=fields.number,
        issued=fields.issued,
        topics=fields.topics,
        also_called=fields.also_called,
        effective_from=fields.effective_from,
        effective_until=fields.effective_until,
        supersedes=tuple(Supersession(s.id, s.how) for s in fields.supersedes),
        owner=fields.owner,
        review_by=fields.review_by,
        not_stated=tuple(NotStated(n.about, n.asks) for n in fields.not_stated),
        benefits=tuple(_benefit_of(benefit, fields) for benefit in fields.benefits),
        time_limits=tuple(_time_limit_of(limit, fields) for limit in fields.time_limits),
        services=tuple(
            Service(s.name, s.code, s.materials, s.window, s.fee, s.time_limit)
            for s in fields.services
        ),
    )


def office_of(fields: OfficeFields) -> Office:
    """Make the office."""
    return Office(
        name=fields.name,
        contact=Contact(fields.contact.name, fields.contact.phone),
        welcome=fields.welcome,
        disclaimer=fields.disclaimer,
        privacy=fields.privacy,
        hot_topics=fields.hot_topics,
    )


def calibration_of(fields: CalibrationFields | None) -> Calibration:
    """Make the calibration; without a file it is the default."""
    return Calibration(fields.refuse_below, fields.answer_from) if fields else UNCALIBRATED


def workdays_of(year: int, fields: WorkdaysFields) -> Workdays:
    """Make the days off of a year."""
    return Workdays(year, fields.off, fields.worked, fields.notice)


def judgements_of(fields: JudgementsFields) -> Judgements:
    """Make the judged questions with their floors."""
    floors = fields.floors
    return Judgements(
        floors=Floors(
            recall_at_1=floors.recall_at_1,
            off_topic_answered=floors.off_topic_answered,
            near_miss_answered=floors.near_miss_answered,
            answerable_refused=floors.answerable_refused,
        ),
        questions=tuple(_judgement_of(judgement) for judgement in fields.judgements),
    )


def _source_of(fields: SourceFields) -> Source:
    return Source(fields.publisher, fields.title, fields.reported, fields.published, fields.url)


def _benefit_of(fields: BenefitFields, document: DocumentFields) -> Benefit:
    limit = fields.limit
    return Benefit(
        name=fields.name,
        items=fields.items,
        rates=tuple(Rate(_conditions_of(rate.when), rate.rate) for rate in fields.rates),
        quote=_quote_of(fields.quote, document),
        cap=fields.cap,
        limit=Limit(limit.per, limit.of, limit.count) if limit else None,
    )


def _conditions_of(fields: ConditionFields) -> tuple[tuple[str, str], ...]:
    return (("等级", fields.grade),) if fields.grade else ()


def _time_limit_of(fields: TimeLimitFields, document: DocumentFields) -> TimeLimit:
    return TimeLimit(
        item=fields.item,
        days=fields.within.days,
        working=fields.within.working,
        quote=_quote_of(fields.quote, document),
        also_called=fields.also_called,
        counted_from=fields.counted_from,
    )


def _quote_of(quote: str, document: DocumentFields) -> str:
    """Give a quote exactly as its section has it, so that it can be found there again."""
    return find_quote(quote, (section.text for section in document.sections)) or quote


def _judgement_of(fields: JudgementFields) -> Judgement:
    answers = [PassageName(name.document, name.heading) for name in fields.also]
    if fields.document:
        answers.insert(0, PassageName(fields.document, fields.heading))
    return Judgement(
        question=fields.question,
        kind=Kind(fields.unanswerable or Kind.ANSWERABLE),
        answers=tuple(answers),
        asked_on=fields.asked_on,
        after=fields.after,
        kept=fields.kept,
    )
