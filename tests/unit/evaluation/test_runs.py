"""Runs: BEIR folders ranked by the product, written in TREC format."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.evaluation.beir import Ranked, rank_all, read_corpus, read_queries, write_all
from bot.models.questions import Outcome
from tests.unit.builders import edition
from tests.unit.evaluation.beir_folders import CORPUS, Rows, folder

DAY = date(2026, 11, 2)


def ranked(folders: Iterable[Path], queries: Path) -> tuple[Ranked, ...]:
    """Rank the documents of folders for the queries of a file."""
    asked = read_queries(queries.parent, "", queries)
    return tuple(rank_all(asked, edition(read_corpus(folders)), DAY))


def ranked_in(path: Path, corpus: Rows, *questions: str) -> tuple[Ranked, ...]:
    """Rank made-up documents for questions, in a folder written for them."""
    queries = [{"_id": f"q{number}", "text": text} for number, text in enumerate(questions)]
    written = folder(path, corpus, queries)
    return ranked([written], written / "queries.jsonl")


def names(one: Ranked) -> list[str]:
    """Give the ids of the ranked documents, best first."""
    return [name for name, _ in one.documents]


@pytest.fixture(scope="module")
def answered(tmp_path_factory: pytest.TempPathFactory) -> tuple[Ranked, ...]:
    """Rank the small folder for its queries."""
    written = folder(tmp_path_factory.mktemp("beir"))
    return ranked([written], written / "queries.jsonl")


def test_the_document_that_answers_comes_first(answered: tuple[Ranked, ...]) -> None:
    """Each query is ranked by the product's own search."""
    assert [names(one)[:1] for one in answered] == [["d1"], ["d2"], []]


def test_outcomes_are_those_of_the_product(answered: tuple[Ranked, ...]) -> None:
    """What is answered and refused is told beside the ranking."""
    assert [one.outcome for one in answered] == [
        Outcome.ANSWERED,
        Outcome.ANSWERED,
        Outcome.NO_ANSWER,
    ]
    assert answered[0].texts[0] == "一级能效的冰箱按售价的20%补贴。"
    assert answered[2].texts == ()


def test_at_most_ten_documents_and_three_texts(tmp_path: Path) -> None:
    """A run has ten documents, each once, however many passages of the first ones match."""
    rows = [{"_id": f"long{number}", "text": "补贴标准为20%。" * 400} for number in range(3)]
    filler = "为了方便群众，制定本办法。" * 20
    rows += [{"_id": f"d{number}", "text": f"{filler}补贴{number}"} for number in range(9)]
    rows += [{"_id": f"x{number}", "text": f"别的事项{number}"} for number in range(90)]
    (one,) = ranked_in(tmp_path, rows, "补贴标准是多少")
    assert len(names(one)) == len(set(names(one))) == 10
    assert names(one)[:3] == ["long0", "long1", "long2"]
    assert all(name.startswith("d") for name in names(one)[3:])
    written = "".join(row["text"] for row in rows)
    assert 0 < len(one.texts) <= 3
    assert all(0 < len(text) <= 300 and text in written for text in one.texts)


def test_a_document_counts_as_its_best_passage(tmp_path: Path) -> None:
    """A document is ranked by the part that answers, not by its first part, last or sum."""
    filler = "为了方便群众，制定本办法。" * 40
    rows = [
        {"_id": "long", "text": f"冰箱。{filler}冰箱补贴标准为售价的20%。{filler}冰箱。"},
        {"_id": "poor", "text": "冰箱的保养。" * 3},
        *({"_id": f"x{number}", "text": f"别的事项{number}"} for number in range(9)),
    ]
    (one,) = ranked_in(tmp_path, rows, "冰箱补贴标准")
    assert names(one) == ["long", "poor"]
    assert one.documents[0][1] > one.documents[1][1]


def test_queries_are_cleaned_as_the_product_does(tmp_path: Path) -> None:
    """Empty, unseen, broken and over-long queries are answered without an error."""
    padded = " " * 600 + "\x00补贴\x07"
    questions = ("", "🏠", "паспорт", padded, "冰箱补贴" * 500)
    found = ranked_in(tmp_path, CORPUS, *questions)
    assert [names(one)[:1] for one in found[:4]] == [[], [], [], ["d1"]]
    assert len(found) == len(questions)


def test_an_id_that_stands_in_two_folders_is_ranked_once(tmp_path: Path) -> None:
    """Documents of one id count as one: the run names the id once, with its best score."""
    one = folder(tmp_path / "one", [{"_id": "same", "text": "冰箱的保养和维修。"}])
    two = folder(
        tmp_path / "two",
        [
            {"_id": "same", "text": "冰箱补贴标准。"},
            *({"_id": f"x{number}", "text": f"别的事项{number}"} for number in range(8)),
        ],
    )
    both = ranked([one, two], one / "queries.jsonl")[0]
    alone = ranked([two], one / "queries.jsonl")[0]
    assert names(both) == names(alone) == ["same"]


def test_a_run_is_written_in_the_format_of_trec(
    tmp_path: Path, answered: tuple[Ranked, ...]
) -> None:
    """Six columns a line, ranks from 1, in folders that are made where they are missing."""
    run = tmp_path / "deep" / "run.trec"
    assert write_all(answered, run, None, None) == 3
    rows = [line.split(" ") for line in run.read_text("utf-8").splitlines()]
    assert [row[0] for row in rows][:1] == ["q1"]
    assert all(len(row) == 6 and row[1] == "Q0" and row[5] == "policybot" for row in rows)
    for one in answered:
        own = [row for row in rows if row[0] == one.query.id]
        assert [row[3] for row in own] == [str(rank + 1) for rank in range(len(own))]
        assert [row[2] for row in own] == names(one)
        assert [float(row[4]) for row in own] == pytest.approx(
            [score for _, score in one.documents], abs=1e-6
        )


def test_texts_and_outcomes_have_a_line_for_every_query(
    tmp_path: Path, answered: tuple[Ranked, ...]
) -> None:
    """Queries without a ranking stand in them too, as JSON lines."""
    texts, outcomes = tmp_path / "texts.jsonl", tmp_path / "outcomes.jsonl"
    write_all(answered, tmp_path / "run.trec", texts, outcomes)
    shown = [json.loads(line) for line in texts.read_text("utf-8").splitlines()]
    ended = [json.loads(line) for line in outcomes.read_text("utf-8").splitlines()]
    assert shown == [{"_id": one.query.id, "texts": list(one.texts)} for one in answered]
    assert ended == [{"_id": one.query.id, "outcome": one.outcome.value} for one in answered]


def test_a_run_of_no_queries_is_an_empty_file(tmp_path: Path) -> None:
    """Nothing asked is no error."""
    assert write_all((), tmp_path / "run.trec", None, None) == 0
    assert (tmp_path / "run.trec").read_text("utf-8") == ""


def test_a_run_that_cannot_be_written_is_a_wrong_setting(tmp_path: Path) -> None:
    """A path that is a folder is told in one line, like every wrong option."""
    with pytest.raises(SettingsError):
        write_all((), tmp_path, None, None)


def command(*arguments: str, data: Path) -> subprocess.CompletedProcess[str]:
    """Run `policybot evaluate` in a process of its own."""
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "bot", "evaluate", *arguments],
        cwd=Path(__file__).parents[3],
        env={"POLICYBOT_DATA": str(data), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_the_command_ranks_a_folder(tmp_path: Path) -> None:
    """One line from a folder to a run; what is told on the way goes to standard error."""
    more = [{"_id": "e1", "text": "财产登记另见一网通办。"}]
    one, two = folder(tmp_path / "one"), folder(tmp_path / "two", more)
    run = tmp_path / "run.trec"
    done = command(
        *("--beir", str(one), "--split", "test", "--corpus", str(two), "--run", str(run)),
        data=tmp_path / "var",
    )
    assert (done.returncode, done.stdout) == (0, "")
    rows = [line.split() for line in run.read_text("utf-8").splitlines()]
    assert {row[0] for row in rows} == {"q1", "q2"}
    assert {"d1", "d2", "e1"} <= {row[2] for row in rows}


def test_the_command_tells_a_missing_folder_in_one_line(tmp_path: Path) -> None:
    """A wrong path exits with 2, without a traceback."""
    done = command(
        *("--beir", str(tmp_path / "none"), "--run", str(tmp_path / "run")), data=tmp_path / "var"
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert "corpus.jsonl" in done.stderr
