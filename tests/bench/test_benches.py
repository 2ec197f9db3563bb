"""The benches run, at a tiny size, and what they are made of holds."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import Problem
from bot.models.documents import Document
from tests.bench import editions, imports, quality, reloads, speed, spoilt, staff
from tests.bench.corpora import PASSAGE, made_passages, real_passages
from tests.bench.freshness import analyzer_code
from tests.bench.libraries import RankBm25, SqliteFts5
from tests.bench.lucene import Java, Lucene
from tests.bench.systems import Answered
from tests.bench.terms import analyse, kept_terms, measured
from tests.bench.timing import agreement, compare, cost_of, percentile
from tests.unit.evaluation.beir_folders import folder

SIZE = 200
RELOADS = 3  # seen by those who ask; the bench has hundreds
MILLISECOND = 1_000_000


def test_made_passages_are_the_same_every_time() -> None:
    """A seed names a corpus, and a smaller corpus is the beginning of a larger one."""
    small = list(made_passages(3))
    assert small == list(made_passages(30))[:3]
    assert small != list(made_passages(3, seed=1))
    assert all(PASSAGE - 30 < len(passage) <= PASSAGE for passage in small)


def test_real_text_is_cycled_until_it_is_enough(tmp_path: Path) -> None:
    """Texts too short for a size come again, with their sentences in another order."""
    texts = [{"_id": str(number), "text": f"{number}号文件。" * 50} for number in range(3)]
    passages = list(real_passages([folder(tmp_path / "set", corpus=texts)], 20))
    assert len(passages) == 20
    assert {len(passage) for passage in passages} == {PASSAGE}
    assert list(real_passages([tmp_path / "set"], 20)) == passages


@pytest.mark.parametrize(
    ("percent", "value"), [(0, 1), (1, 1), (50, 5), (51, 6), (90, 9), (99, 10), (100, 10)]
)
def test_a_percentile_is_one_of_the_values(percent: float, value: float) -> None:
    """The smallest that at least that many do not exceed, whatever the order."""
    assert percentile([3, 1, 2, 10, 9, 8, 7, 6, 5, 4], percent) == value


def test_a_question_costs_the_median_of_its_rounds() -> None:
    """One disturbed round of a question does not count."""
    turns = [Answered(wall * MILLISECOND, MILLISECOND, (7,)) for wall in (2, 900, 3)]
    cost = cost_of([turns])
    assert (cost.wall_p50, cost.wall_p99, cost.cpu_p50) == (3, 3, 1)
    assert cost.passages == ((7,),)


def test_agreement_is_the_share_of_the_reference_that_is_found() -> None:
    """Order does not count, and a question without passages says nothing."""
    assert agreement([(1, 2), (3, 4), ()], [(2, 1), (4, 5), ()]) == pytest.approx(3 / 4)


def test_questions_are_taken_from_the_passages(tmp_path: Path) -> None:
    """Each passage a line, each question's terms distinct, and counted as they are held."""
    terms = analyse(made_passages(SIZE), SIZE, 5, tmp_path / "terms")
    texts = list(terms.texts())
    assert len(texts) == len(list(terms.passages())) == SIZE
    questions = terms.questions()
    assert len(questions) == measured(terms).questions == 5
    for question in questions:
        assert any(question.text in text for text in texts)
        assert len(set(question.words)) == len(question.words)
    held = [set(bigrams) for _, bigrams in terms.passages()]
    read = sum(term in one for question in questions for term in question.bigrams for one in held)
    assert measured(terms).postings_of_question[1] == pytest.approx(read / 5)


def test_other_libraries_find_mostly_the_same(tmp_path: Path) -> None:
    """With the same terms and weights the best ten differ only by k1, b and ties."""
    terms = analyse(made_passages(SIZE), SIZE, 20, tmp_path / "terms")
    SqliteFts5().build(terms, tmp_path)
    questions = terms.questions()
    systems = {
        system.name: system.open(terms, tmp_path, questions)
        for system in (RankBm25(), SqliteFts5())
    }
    costs = compare(systems, len(questions), rounds=1)
    first, second = (cost.passages for cost in costs.values())
    assert (agreement(first, second) or 0) > 0.8
    for opened in systems.values():
        opened.close()


def test_what_is_not_installed_is_named() -> None:
    """A library that cannot be measured says why, rather than being left out."""
    assert Lucene(Java((), Path())).missing()


def test_the_bench_of_speed_runs(tmp_path: Path) -> None:
    """One command measures the systems named and writes table, figures and absences."""
    names = ["policybot (numpy)", "rank_bm25"]
    command = ["--sizes", str(SIZE), "--questions", "5", "--rounds", "1"]
    speed.main([*command, "--systems", *names, "--out", str(tmp_path)])
    written = (tmp_path / "speed.txt").read_text("utf-8")
    assert all(name in written for name in names)
    figures = json.loads((tmp_path / "speed.json").read_text("utf-8"))
    rows = {row["system"]: row for row in figures[str(SIZE)][1:]}
    assert rows["policybot (numpy)"]["agrees"] == 1
    assert figures["environment"]["python"] in written


def test_the_bench_of_editions_runs(tmp_path: Path) -> None:
    """One command builds an edition, opens it in another process and answers."""
    command = ["--sizes", str(SIZE), "--questions", "5", "--rounds", "1"]
    editions.main([*command, "--out", str(tmp_path)])
    figures = json.loads((tmp_path / "editions.json").read_text("utf-8"))[str(SIZE)]
    assert "jieba" in figures["words cut by"]
    assert figures["file, bytes a passage"] > 0
    assert figures["text to answer, cpu_p50 ms"] > 0


def test_kept_terms_are_named_by_the_code_behind_them(tmp_path: Path) -> None:
    """Terms are taken as they are only where the analyzer is the one that made them."""
    kept = kept_terms(tmp_path, 3, 1).folder
    assert kept.name.endswith(analyzer_code())
    assert kept_terms(tmp_path, 3, 1).folder == kept


def test_the_bench_of_quality_runs(tmp_path: Path) -> None:
    """One command ranks a BEIR folder in the ways named and writes a table."""
    folder(tmp_path / "set")
    ways = ["policybot", "jieba + rank_bm25"]
    command = ["--beir", str(tmp_path / "set"), "--out", str(tmp_path / "out")]
    quality.main([*command, "--ways", *ways])
    figures = json.loads((tmp_path / "out" / "quality.json").read_text("utf-8"))
    assert figures["set"]["policybot"]["recall@1"] == 1
    assert figures["set"]["jieba + rank_bm25"]["MRR@10"] == 1
    written = (tmp_path / "out" / "quality.txt").read_text("utf-8")
    assert all(way in written for way in ways)


def test_the_bench_of_staff_files_runs(tmp_path: Path) -> None:
    """One command spoils files, cuts one off at every byte and loads many."""
    command = ["--mutations", "20", "--files", "1", "--passages", "40", "--rounds", "1"]
    assert staff.main([*command, "--out", str(tmp_path)]) == 0
    figures = json.loads((tmp_path / "staff.json").read_text("utf-8"))
    assert sum(figures["mutations"].values()) >= 20
    assert figures["prefixes"]["refused"] > 1000
    assert "lost silently" in (tmp_path / "staff.txt").read_text("utf-8")


def test_the_bench_of_staff_files_sees_what_a_reader_does_wrong() -> None:
    """Beginnings taken for the whole are counted apart, and so are refusals without a place."""
    content = spoilt.real_files()[0]
    document, _ = spoilt.read(content)
    assert document
    shorter = replace(document, not_stated=())

    def careless(cut: bytes) -> tuple[Document | None, tuple[Problem, ...]]:
        return (document if cut == content else shorter), ()

    fates = spoilt.judge_prefixes(content, careless)
    assert fates["held: cut short"] == len(content)
    nowhere = Problem(spoilt.PATH, 0, 0, "", "错", "改")
    counted = spoilt.judge_mutations([b"a", b"b"], lambda _: (None, (nowhere,)))
    assert counted["refused without"] == 2


@pytest.mark.parametrize("fault", ["", "torn"])
def test_no_answer_is_torn_while_knowledge_is_reloaded(tmp_path: Path, fault: str) -> None:
    """Asked without a pause while the file is saved anew: right, or red by a planted fault."""
    verdicts = reloads.Verdicts()
    service = reloads.Service(tmp_path, 50, fault)
    service.renewal.start()

    def asked() -> reloads.Times:
        times = reloads.Times()
        while verdicts.newest < RELOADS and not (fault and verdicts.wrong):
            times += reloads.asked_for(service, 0.1, 200, verdicts)
        return times

    try:
        reloads.saved_for(service, asked, [])
    finally:
        service.renewal.stop()
    assert bool(verdicts.wrong) is bool(fault), verdicts.wrong


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read as Linux tells it")
def test_the_bench_of_imports_runs(tmp_path: Path) -> None:
    """One command imports long and hostile files and writes what became of them."""
    imports.main(["--pages", "2", "--hostile", "3", "--out", str(tmp_path)])
    figures = json.loads((tmp_path / "imports.json").read_text("utf-8"))
    assert [row[0] for row in figures["long"]] == ["long.docx", "long.pdf"]
    assert figures["hostile"]["escapes"] == 0
    assert sum(files for files, _, _ in figures["hostile"]["kinds"].values()) == 3
