"""What the bot says where it does not simply answer: cautions, refusals, small talk."""

from __future__ import annotations

from bot.answering.composing import carrier, contact_of, known_topics, note
from bot.answering.regions import Reach
from bot.answering.verdicts import Verdict
from bot.models.documents import Document, Office
from bot.models.explanations import Reason
from bot.models.questions import Block, BlockKind, Outcome
from bot.retrieval.catalogue import Catalogue
from bot.retrieval.edition import Edition


def declined(catalogue: Catalogue) -> tuple[Block, ...]:
    """Answer small talk, abuse and injections with one polite line and what the bot is for."""
    return (lead("我只回答政策问题，请直接说您想问的事。"), *known_topics(catalogue))


def too_long(limit: int) -> tuple[Block, ...]:
    """Ask for a shorter question."""
    return (lead(f"问题太长了，请用{limit}字以内说清想问的一件事。"),)


def one_at_a_time(most: int) -> tuple[Block, ...]:
    """Say that the questions beyond the first few were not answered."""
    return (note(f"一次最多答{most}个问题，其余的请再问一次。"),)


def too_vague() -> tuple[Block, ...]:
    """Ask which is meant; the choices follow."""
    return (lead("您想问哪一件事？请说得具体一点，或者从下面选："),)


def no_answer(verdict: Verdict, edition: Edition) -> tuple[Block, ...]:
    """Refuse clearly: why, the way to a person, and what the bot does know about."""
    office = edition.corpus.office
    if verdict.silent:
        document = verdict.silent.document
        said = f"{carrier(document.wording)}没有写{verdict.silent.heading}。"
        source = Block(BlockKind.SOURCE, f"出处：{document.title}（{document.source.publisher}）")
        return (lead(said), contact_of(office), source)
    if verdict.listing:
        return _unlisted(verdict.unlisted, verdict.listing, office)
    place = verdict.place.name if verdict.place else verdict.unknown_place
    if place:
        said = f"我这里没有{place}的这项规定，不能回答。"
    else:
        said = "我这里没有找到能回答这个问题的规定。"
    return (lead(said), contact_of(office), *known_topics(edition.catalogue))


def _unlisted(thing: str, document: Document, office: Office) -> tuple[Block, ...]:
    items = "、".join(item for benefit in document.benefits for item in benefit.items)
    source = Block(BlockKind.SOURCE, f"出处：{document.title}（{document.source.publisher}）")
    said = lead(f"补贴列出的品类里没有「{thing}」。")
    return (said, note(f"列出的有：{items}。"), contact_of(office), source)


def cautions(verdict: Verdict, office: Office) -> tuple[Block, ...]:
    """Say in front of a hedged answer what about it is not sure: one line, the gravest."""
    if verdict.outcome is not Outcome.HEDGED:
        return ()
    line = _about_place(verdict) or _about_match(verdict)
    return (note(f"{line}，请拨打{office.contact.phone}核实："),)


def _about_place(verdict: Verdict) -> str:
    region = verdict.hits[0].passage.document.region
    place = verdict.place.name if verdict.place else verdict.unknown_place
    if not place:
        return ""
    if verdict.reach is Reach.ABOVE:
        return f"没有找到专门说「{place}」的规定。下面是{region}的规定，可能适用"
    return f"没有找到「{place}」的规定。下面只是{region}的规定"


def _about_match(verdict: Verdict) -> str:
    if Reason.OUT_OF_FORCE in verdict.reasons:
        return "没有找到现在适用的规定。下面的规定这一天不适用，只供了解"
    if verdict.lacking:
        return f"没有找到写明{verdict.lacking}的规定。下面的内容可能有关"
    return "没有找到完全对应的规定。下面的内容可能有关"


def outside_grade(verdict: Verdict) -> Block | None:
    """Say first that the grade asked about gets nothing, where no rate is for it."""
    return lead(verdict.outside_grade) if verdict.outside_grade else None


def lead(text: str) -> Block:
    """Give the first line of a reply."""
    return Block(BlockKind.LEAD, text)
