"""Services → cards: all that is known of how a business is done, and what is not, at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.answering.composing import bold_lead, note
from bot.answering.regions import Reach, places_in, regional
from bot.answering.verdicts import Verdict
from bot.answering.workings import Working, excerpt_of
from bot.models.documents import Document, Service
from bot.models.questions import Computed, ComputedKind, Hit
from bot.retrieval.edition import Edition
from bot.retrieval.retriever import Query
from bot.text.figures import searchable

# What a card answers, and by which words each line is asked for; days have their own answer.
LINES = {
    "地点": re.compile(r"窗口|哪里办|哪儿办|在哪办|去哪|到哪"),
    "材料": re.compile(
        r"(什么|哪些|啥|几样|需要|要带|要交|准备).{0,3}(材料|资料|证件|手续)|(材料|资料|证件)(清单|有|是|要)"
        r"|带什么|带啥|准备什么|准备啥"
    ),
    "费用": re.compile(r"收费|费用|要钱|多少钱|免费"),
}
WHOLE = re.compile(r"怎么办|怎样办|如何办|咋办|怎么弄|流程|手续|一次性告知|办事指南")
UNKNOWN = "没有写明"


def card_told(
    query: Query, verdict: Verdict, hits: tuple[Hit, ...], edition: Edition
) -> Working | None:
    """Tell all of the service that is named; None where none is, or another place is meant."""
    asked = searchable(query.text)
    if verdict.place or verdict.unknown_place or not hits:
        return None
    wanted = next((name for name, words in LINES.items() if words.search(asked)), "")
    if not wanted and not WHOLE.search(asked):
        return None
    hit = hits[0]
    if regional(hit.passage, places_in(query.text)).reach is not Reach.NAMED:
        return None
    document = hit.passage.document
    service = next((one for one in document.services if searchable(one.name) in asked), None)
    if service is None:
        return None
    own = _holder(service, hits, document) or hit
    quote = _sentence(service, own)
    lines = tuple(_lines(service, edition))
    computed = Computed(
        kind=ComputedKind.SERVICE,
        quote=quote,
        document=document.id,
        heading=own.passage.heading,
        steps=lines,
    )
    first = next((line for line in lines if wanted and line.startswith(wanted)), "")
    title = first or f"（{document.issuer or document.title}）"
    others = (note(line) for line in lines if line != first)
    blocks = (bold_lead(f"{service.name}{title}"), *others)
    return Working(blocks, own, excerpt_of(quote), (computed,))


def _lines(service: Service, edition: Edition) -> Iterator[str]:
    """Give a line for each thing that people need to know, the unknown ones said as such."""
    contact = edition.corpus.office.contact
    ask = f"{UNKNOWN}，请拨打{contact.phone}核实"
    yield f"时限：{service.time_limit or ask}"
    yield f"地点：{service.window or ask}"
    yield f"材料：{'、'.join(service.materials) or ask}"
    yield f"费用：{service.fee or ask}"
    if service.code:
        yield f"事项编码：{service.code}"


def _holder(service: Service, hits: tuple[Hit, ...], document: Document) -> Hit | None:
    own = (hit for hit in hits if hit.passage.document.id == document.id and hit.passage.stated)
    return next((hit for hit in own if service.name in hit.passage.text), None)


def _sentence(service: Service, hit: Hit) -> str:
    """Give the line of the document that names the service."""
    lines = hit.passage.text.splitlines()
    return next((line.strip() for line in lines if service.name in line), "")
