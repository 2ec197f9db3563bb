"""Evidence → blocks: the words around an answer, in plain Chinese, the answer first."""

from __future__ import annotations

import re
from datetime import date

from bot.answering.validity import successor_of
from bot.models.documents import Document, Office, PartialDate, Passage, Wording
from bot.models.questions import (
    Block,
    BlockKind,
    Citation,
    Evidence,
    Span,
    Status,
)
from bot.retrieval.catalogue import Catalogue

# What decides is bold: a figure with its unit.
FIGURE = re.compile(
    r"[\d,.]*\d(?:\.\d+)?\s*(?:%|％|[万亿]?元|[万亿]?美元|个工作日|年\d+月\d+日|月\d+日|个?小时|天|个月|年|折|[万亿]?[个件种类项家次场台份所])"
)
NAMED_COPIES = 3  # titles of documents that say the same; more would bury the source


def citation_of(passage: Passage) -> Citation:
    """Give what an answer from this passage rests on."""
    document = passage.document
    return Citation(
        title=document.title,
        heading=passage.heading,
        wording=document.wording,
        source=document.source,
        issuer=document.issuer,
        number=document.number,
        region=document.region,
        issued=document.issued,
        effective_from=document.effective_from,
        effective_until=document.effective_until,
    )


def lead_of(evidence: Evidence) -> Block:
    """Give the sentence that answers, its figures bold."""
    excerpt = evidence.excerpt
    return bold_lead(excerpt.text[excerpt.sentence.start : excerpt.sentence.end].strip())


def bold_lead(text: str) -> Block:
    """Give the first line of an answer, its figures bold."""
    bold = tuple(Span(match.start(), match.end()) for match in FIGURE.finditer(text))
    return Block(BlockKind.LEAD, text, bold)


def quote_of(text: str, citation: Citation) -> Block:
    """Give a passage's words, as the rule itself only where the document holds it verbatim."""
    if citation.wording is Wording.ORIGINAL:
        return Block(BlockKind.QUOTE, f"依据：「{text.strip()}」")
    return Block(BlockKind.QUOTE, f"依据（据{citation.source.publisher}报道整理）：{text.strip()}")


def source_of(citation: Citation, copies: tuple[Passage, ...] = ()) -> Block:
    """Name the document, its issuer, where the office took it from, and who says the same."""
    place = f" · {citation.heading}" if citation.heading else ""
    number = f"（{citation.number}）" if citation.number else ""
    issuer = citation.issuer or f"{carrier(citation.wording)}未载明"
    issued = f"，{partial_date(citation.issued)}" if citation.issued else ""
    lines = [f"出处：{citation.title}{number}{place}", f"发布：{issuer}{issued}", _taken(citation)]
    titles = tuple(dict.fromkeys(one.document.title for one in copies))
    if titles:
        named = "".join(f"《{title}》" for title in titles[:NAMED_COPIES])
        more = f"等{len(titles)}件" if len(titles) > NAMED_COPIES else ""
        lines.append(f"同样的内容也见于：{named}{more}")
    return Block(BlockKind.SOURCE, "\n".join(lines))


def _taken(citation: Citation) -> str:
    source = citation.source
    title = f"《{source.title}》" if source.title else ""
    dated = f"，{chinese_date(source.reported)}讯" if source.reported else ""
    if source.published:
        dated += f"，{chinese_date(source.published)}刊发"
    link = f" {source.url}" if source.url else ""
    if citation.wording is Wording.SUMMARY:
        return f"来源：据{source.publisher}{title}{dated}整理{link}"
    return f"来源：{source.publisher}{title}{dated}{link}"


def carrier(wording: Wording) -> str:
    """Name what the knowledge was taken from: the document itself or a report on it."""
    return "文件" if wording is Wording.ORIGINAL else "报道"


def status_of(
    document: Document, status: Status, catalogue: Catalogue, office: Office, day: date
) -> Block:
    """Say whether the rule holds on the day, in words that promise no more than is stated."""
    follower = successor_of(document, catalogue, day) if status is Status.SUPERSEDED else None
    if follower:
        how, title = follower.how, follower.title
        became = f"已升级为《{title}》" if how == "升级" else f"已由《{title}》{how}"
        return Block(BlockKind.STATUS, f"效力：以前的规定，{became}")
    return Block(BlockKind.STATUS, f"效力：{_validity(document, status, office, day)}")


def _validity(document: Document, status: Status, office: Office, day: date) -> str:
    if status is Status.EXPIRED and document.effective_until:
        return f"已过有效期（至{chinese_date(document.effective_until)}）"
    if status is Status.NOT_YET:
        return f"{chinese_date(day)}还不适用（{_appearance(document)}）"
    if status is Status.IN_FORCE:
        return f"现行有效（{_period(document)}）"
    unknown = _unknown_dates(document)
    verify = f"请拨打{office.contact.phone}核实"
    return f"{carrier(document.wording)}未载明{unknown}，是否仍然适用{verify}"


def _appearance(document: Document) -> str:
    """Say what is known of when a document came, and no more: a report is no start."""
    if document.effective_from:
        return f"{chinese_date(document.effective_from)}起施行"
    if document.issued:
        return f"{partial_date(document.issued)}发布"
    reported = document.source.reported
    return f"{chinese_date(reported)}才有报道" if reported else "日期未载明"


def _period(document: Document) -> str:
    start = f"{chinese_date(document.effective_from)}起施行" if document.effective_from else ""
    if document.effective_until:
        return f"{start}，有效期至{chinese_date(document.effective_until)}"
    return f"{start}，{chinese_date(document.review_by)}前复核" if document.review_by else start


def _unknown_dates(document: Document) -> str:
    if document.effective_from:
        return "有效期"
    return "施行日期" if document.effective_until else "施行日期和有效期"


def chinese_date(day: date) -> str:
    """Write a day as 2024年9月4日."""
    return f"{day.year}年{day.month}月{day.day}日"


def partial_date(day: PartialDate) -> str:
    """Write a day, a month or a year as exact as it is known."""
    month = f"{day.month}月" if day.month else ""
    return f"{day.year}年{month}{f'{day.day}日' if day.day else ''}"


def contact_of(office: Office) -> Block:
    """Give the way to a person."""
    text = f"可以拨打 {office.contact.phone}（{office.contact.name}）咨询。"
    start = text.index(office.contact.phone)
    return Block(BlockKind.CONTACT, text, (Span(start, start + len(office.contact.phone)),))


def known_topics(catalogue: Catalogue) -> tuple[Block, ...]:
    """Say what the bot does know about, where its documents name topics."""
    topics = "、".join(catalogue.topics)
    return (note(f"我能回答：{topics}。"),) if topics else ()


def note(text: str) -> Block:
    """Give a line of its own."""
    return Block(BlockKind.NOTE, text)
