"""Loading a folder: what a corpus holds, and which files of a folder it is made of."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.knowledge.checking import find_problems
from bot.knowledge.loading import load
from bot.models.documents import (
    Benefit,
    Contact,
    Document,
    Limit,
    NotStated,
    Office,
    PartialDate,
    Passage,
    Rate,
    Section,
    Service,
    Source,
    Supersession,
    TimeLimit,
    Wording,
)
from tests.unit.knowledge.staff_files import (
    DOCUMENT,
    DOCUMENT_PATH,
    FOLDER,
    JUDGEMENTS,
    SHORT_DOCUMENT,
    write_files,
    write_folder,
)

TRADE_IN = Document(
    id="trade-in",
    title="湖南省家电以旧换新补贴办法",
    wording=Wording.SUMMARY,
    source=Source("湖南日报", reported=date(2024, 9, 4), url="https://example.org/a"),
    sections=(
        Section(
            "补贴标准",
            "一级能效的家电按售价的20%补贴。\n每件最高补贴2000元。二级能效的按15%补贴，每类一件。",
            ("一级能效补多少",),
        ),
        Section("办理时限", "受理后2个工作日内办结。"),
    ),
    region="湖南省",
    issuer="省商务厅",
    issued=PartialDate(2024, 6),
    topics=("家电以旧换新",),
    also_called=("家电国补",),
    effective_from=date(2024, 9, 1),
    effective_until=date(2026, 12, 31),
    not_stated=(NotStated("申请地点", ("在哪申请",)),),
    benefits=(
        Benefit(
            name="家电补贴",
            items=("冰箱", "洗衣机"),
            rates=(
                Rate((("等级", "1"),), Decimal("0.2")),
                Rate((("等级", "2"),), Decimal("0.15")),
            ),
            quote="每件最高补贴2000元。",
            cap=Decimal(2000),
            limit=Limit("消费者", "每类", 1),
        ),
    ),
    time_limits=(
        TimeLimit(
            item="补贴审核",
            days=2,
            working=True,
            quote="受理后2个工作日内办结。",
            also_called=("审核",),
            counted_from="受理次日",
        ),
    ),
    services=(Service("补贴申请", materials=("身份证", "发票"), window="一楼"),),
)


def document_with(folder: Path, old: str, new: str) -> Document:
    """Load the valid folder with one change in its document."""
    assert DOCUMENT.count(old) == 1
    write_folder(folder, {DOCUMENT_PATH: DOCUMENT.replace(old, new)})
    return load(folder).documents[0]


def test_every_field_of_a_document_arrives_converted(tmp_path: Path) -> None:
    """Dates, money, shares and days become what they mean; nothing of the file is lost."""
    assert load(write_folder(tmp_path)).documents == (TRADE_IN,)


def test_the_other_files_of_a_folder_arrive(tmp_path: Path) -> None:
    """Office, synonyms and lexicon are in the corpus; comments and repeated words are not."""
    corpus = load(write_folder(tmp_path))
    assert corpus.office == Office(
        name="示例市政务服务中心",
        contact=Contact("政务服务便民热线", "12345"),
        welcome="您好，请直接输入问题。",
        disclaimer="以主管部门核定为准。",
        privacy="请不要输入身份证号。",
        hot_topics=("补贴标准",),
    )
    assert corpus.synonyms == (("补贴", "补助"), ("冰箱", "电冰箱"))
    assert corpus.lexicon == ("国补", "两新")


def test_the_passages_of_all_documents_follow_in_order(tmp_path: Path) -> None:
    """A document's sections come first, then what it does not state, then the next document."""
    corpus = load(write_folder(tmp_path, {"documents/b/short.yaml": SHORT_DOCUMENT}))
    trade_in, short = corpus.documents
    assert corpus.passages == (
        Passage(trade_in, "补贴标准", trade_in.sections[0].text, ("一级能效补多少",)),
        Passage(trade_in, "办理时限", "受理后2个工作日内办结。"),
        Passage(trade_in, "申请地点", "", ("在哪申请",), stated=False),
        Passage(short, "第一条", "为了方便群众，制定本办法。"),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024", PartialDate(2024)),
        ("2024-06", PartialDate(2024, 6)),
        ("2024-06-15", PartialDate(2024, 6, 15)),
        ("", None),
    ],
)
def test_the_day_of_issue_is_as_exact_as_the_source(
    tmp_path: Path, written: str, meant: PartialDate | None
) -> None:
    """A year, a month or a day is kept as such; a blank field counts as not written."""
    assert document_with(tmp_path, "issued: 2024-06", f"issued: {written}").issued == meant


def test_calendar_days_are_told_from_working_days(tmp_path: Path) -> None:
    """10日 counts calendar days, 2个工作日 counts working days."""
    changed = DOCUMENT.replace("2个工作日", "10日")
    document = load(write_folder(tmp_path, {DOCUMENT_PATH: changed})).documents[0]
    limit = document.time_limits[0]
    assert (limit.days, limit.working) == (10, False)


def test_a_rate_without_condition_always_holds(tmp_path: Path) -> None:
    """A benefit may have one rate for all, no limit, and no cap where that is said."""
    rates = DOCUMENT[DOCUMENT.index("    rates:") : DOCUMENT.index("    quote: 每件")]
    changed = DOCUMENT.replace(rates, "    rates: [{rate: 12.5%}]\n    cap: 不设上限\n")
    changed = changed.replace("每件最高补贴2000元", "每件补贴12.5%")
    benefit = load(write_folder(tmp_path, {DOCUMENT_PATH: changed})).documents[0].benefits[0]
    assert benefit.rates == (Rate((), Decimal("0.125")),)
    assert (benefit.cap, benefit.limit) == (None, None)


def test_a_quote_is_kept_as_its_section_has_it(tmp_path: Path) -> None:
    """Whitespace at line ends may differ; the quote is then found in the section's text."""
    text = "按售价的20%补贴。   \n      每件"
    quote = "quote: |\n      20%补贴。\n      每件最高补贴2000元。  \n"
    changed = DOCUMENT.replace("按售价的20%补贴。\n      每件", text)
    changed = changed.replace("quote: 每件最高补贴2000元。\n", quote)
    write_folder(tmp_path, {DOCUMENT_PATH: changed})
    document = load(tmp_path).documents[0]
    assert document.benefits[0].quote == "20%补贴。   \n每件最高补贴2000元。"
    assert document.benefits[0].quote in document.sections[0].text


def test_superseding_arrives(tmp_path: Path) -> None:
    """A document may follow another one of the folder, in whatever folder that is."""
    changed = SHORT_DOCUMENT + "supersedes: [{id: trade-in, how: 升级}]\n"
    corpus = load(write_folder(tmp_path, {"documents/b/short.yaml": changed}))
    assert corpus.documents[1].supersedes == (Supersession("trade-in", "升级"),)


@pytest.mark.parametrize("change", ["bom", "crlf", "cr", "blanks"])
def test_how_an_editor_saves_makes_no_difference(tmp_path: Path, change: str) -> None:
    """A BOM, other line ends and blank optional fields give the same document."""
    content = {
        "bom": b"\xef\xbb\xbf" + DOCUMENT.encode(),
        "crlf": DOCUMENT.replace("\n", "\r\n").encode(),
        "cr": DOCUMENT.replace("\n", "\r").encode(),
        "blanks": (DOCUMENT + "owner:\nnumber: \nreview_by:\nsupersedes:\n").encode(),
    }[change]
    corpus = load(write_folder(tmp_path, {DOCUMENT_PATH: content}))
    assert corpus.documents == (TRADE_IN,)


def test_a_text_keeps_what_stands_inside_it(tmp_path: Path) -> None:
    """Only whitespace around a text goes; blank lines, indents and signs in it stay."""
    text = "    text: |\n      #1 甲: “乙”\n\n          - 丙 \n      丁\n\n"
    changed = SHORT_DOCUMENT.replace("    text: 为了方便群众，制定本办法。\n", text)
    corpus = load(write_folder(tmp_path, {"documents/short.yaml": changed}))
    assert corpus.documents[1].sections[0].text == "#1 甲: “乙”\n\n    - 丙 \n丁"


def test_lexicon_and_synonyms_may_be_left_out(tmp_path: Path) -> None:
    """A folder needs an office and one document; words are optional."""
    corpus = load(write_folder(tmp_path, {"lexicon.txt": None, "synonyms.yaml": None}))
    assert (corpus.lexicon, corpus.synonyms) == ((), ())


def test_the_same_bytes_give_the_same_corpus(tmp_path: Path) -> None:
    """Two folders with equal files give equal corpora, in whatever order they were written."""
    more = {**FOLDER, "documents/b.yaml": SHORT_DOCUMENT, "documents/a.yaml": SHORT_DOCUMENT}
    one = load(write_files(tmp_path / "one", more))
    two = load(write_files(tmp_path / "two", dict(reversed(more.items()))))
    assert one == two
    assert [document.id for document in one.documents] == ["a", "trade-in", "b"]


@pytest.mark.parametrize("name", ["office.yaml", "synonyms.yaml", "lexicon.txt", DOCUMENT_PATH])
def test_the_digest_changes_with_every_byte(tmp_path: Path, name: str) -> None:
    """A comment more in any file that a corpus comes from gives another digest."""
    before = load(write_folder(tmp_path)).digest
    content = FOLDER[name]
    assert isinstance(content, str)
    after = load(write_folder(tmp_path, {name: content + "# 注\n"})).digest
    assert before != after
    assert len(before) == len(after) == 64


def test_the_digest_leaves_out_what_the_corpus_does_not_hold(tmp_path: Path) -> None:
    """Judgements are no part of a corpus, so a new one needs no new edition."""
    before = load(write_folder(tmp_path)).digest
    after = load(write_folder(tmp_path, {"judgements.yaml": JUDGEMENTS + "# 注\n"})).digest
    assert before == after


def test_a_folder_of_usual_size_loads_fast(tmp_path: Path) -> None:
    """20 documents and 300 judgements take less than 0.15 s of processor time."""
    documents = {f"documents/d{number}.yaml": DOCUMENT for number in range(20)}
    question = "  - {{question: 问题{}, document: d1, heading: 补贴标准, asked_on: 2026-11-02}}\n"
    floors = JUDGEMENTS[: JUDGEMENTS.index("  - ")]
    judgements = floors + "".join(question.format(number) for number in range(300))
    write_folder(tmp_path, {**documents, "judgements.yaml": judgements})
    start = time.process_time()
    assert find_problems(tmp_path) == ()
    assert time.process_time() - start < 0.15


def test_a_corpus_is_made_of_values(tmp_path: Path) -> None:
    """Two documents with the same content are equal and have the same hash."""
    document = load(write_folder(tmp_path)).documents[0]
    assert hash(document) == hash(TRADE_IN)
