"""How good: the product on any BEIR folders, beside plain BM25 and Lucene as they come.

`python -m tests.bench.quality --beir DIR [MORE…] [--beir DIR…] --split dev` asks the questions of
each DIR, with the documents of MORE indexed beside its own. Writes `quality.txt`, `quality.json`
and `quality.svg` into `--out`.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jieba
from rank_bm25 import BM25Okapi
from rich.table import Table

from bot.evaluation.measures import found_share_at, mean, ndcg_at, reciprocal_rank
from tests.bench.libraries import best
from tests.bench.lucene import Java, debian_jars, find_jar, ranked_by, write_rows
from tests.bench.product import ranked_by_product
from tests.bench.report import environment, in_words, keep, plot_measures, show, table_of

DEPTH = 10  # documents a question
CJK = "org.apache.lucene.analysis.cjk.CJKAnalyzer"
SMART = "org.apache.lucene.analysis.cn.smart.SmartChineseAnalyzer"

Ranking = dict[str, tuple[str, ...]]  # of each question, the best documents


@dataclass(frozen=True, slots=True)
class Folders:
    """A BEIR folder, whose questions are asked, and those that are indexed with it."""

    asked: Path
    more: tuple[Path, ...] = ()

    @property
    def all(self) -> tuple[Path, ...]:
        """Give every folder that is indexed."""
        return (self.asked, *self.more)

    @property
    def name(self) -> str:
        """Name them all."""
        return " + ".join(folder.name for folder in self.all)


@dataclass(frozen=True, slots=True)
class Way:
    """A way of ranking: its name, why it cannot be taken here, and what ranks."""

    name: str
    missing: str
    rank: Callable[[Folders, str, Path], Ranking]


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for."""
    options = _options().parse_args(given)
    options.out = options.out.resolve()
    options.out.mkdir(parents=True, exist_ok=True)
    ways = [
        way
        for way in all_ways(options.lucene_jar, options.out)
        if not options.ways or way.name in options.ways
    ]
    where = environment()
    found: dict[str, dict[str, dict[str, float]]] = {}
    parts: list[Table | str] = [in_words(where), f"split {options.split}; documents are ranked"]
    for asked, *more in options.beir:
        folders = Folders(asked, tuple(more))
        passing = options.out / "quality" / folders.name
        shutil.rmtree(passing, ignore_errors=True)
        passing.mkdir(parents=True)
        found[folders.name] = _measured(ways, folders, options.split, passing)
        parts.append(_table(folders.name, found[folders.name]))
    parts += [f"{way.name}: absent, {way.missing}" for way in ways if way.missing]
    parts.append(plot_measures(found, in_words(where), options.out / "quality.svg"))
    show(parts, options.out / "quality.txt")
    keep({"environment": where, "split": options.split, **found}, options.out / "quality.json")


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quality", description=__doc__)
    parser.add_argument(
        "--beir",
        type=Path,
        nargs="+",
        action="append",
        required=True,
        metavar="DIR",
        help="its questions are asked; further folders are indexed with it; may be repeated",
    )
    parser.add_argument("--split", default="test")
    parser.add_argument("--ways", nargs="*", default=[], help="these only, by name")
    parser.add_argument("--lucene-jar", type=Path)
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    return parser


def all_ways(jar: Path | None, out: Path) -> tuple[Way, ...]:
    """Give every way of ranking, whether or not it can be taken here."""
    nine = Java(find_jar(jar, out), out / "java")
    eight = Java(debian_jars(), out / "java8")
    smart = eight.missing() if eight.jars else "the analyzer is in Debian's liblucene8-java"
    return (
        Way("policybot", "", lambda folders, split, _: ranked_by_product(folders.all, split)),
        Way("jieba + rank_bm25", "", by_rank_bm25),
        Way("Lucene 9.9, CJK", nine.missing(), _by_lucene(nine, CJK)),
        Way("Lucene 8.7, smartcn", smart, _by_lucene(eight, SMART)),
    )


def by_rank_bm25(folders: Folders, split: str, _: Path) -> Ranking:
    """Rank whole documents by jieba's words and BM25Okapi, both by their defaults."""
    names, texts = zip(*documents_of(folders), strict=True)
    scorer = BM25Okapi([jieba.lcut(text) for text in texts])
    ranking = {}
    for query, text in questions_of(folders.asked, split):
        top = best(scorer.get_scores(jieba.lcut(text)), DEPTH)
        ranking[query] = tuple(names[ordinal] for ordinal in top)
    return ranking


def _by_lucene(java: Java, analyzer: str) -> Callable[[Folders, str, Path], Ranking]:
    def rank(folders: Folders, split: str, passing: Path) -> Ranking:
        documents, questions = passing / "documents.tsv", passing / "questions.tsv"
        write_rows(documents, documents_of(folders))
        write_rows(questions, questions_of(folders.asked, split))
        index = passing / analyzer.rpartition(".")[2]
        return dict(ranked_by(java, analyzer, documents, questions, index))

    return rank


def documents_of(folders: Folders) -> Iterator[tuple[str, str]]:
    """Give name and text of each document, its title before it, on one line."""
    for folder in folders.all:
        for row in _rows(folder / "corpus.jsonl"):
            text = f"{row.get('title') or ''} {row['text'] or ''}"
            yield str(row["_id"]), " ".join(text.encode("utf-8", "ignore").decode().split())


def questions_of(folder: Path, split: str) -> Iterator[tuple[str, str]]:
    """Give name and text of each question that the split judges, on one line."""
    judged = relevant_of(folder, split)
    for row in _rows(folder / "queries.jsonl"):
        if str(row["_id"]) in judged:
            yield str(row["_id"]), " ".join(str(row["text"]).split())


def _rows(path: Path) -> Iterator[dict[str, object]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def relevant_of(folder: Path, split: str) -> dict[str, set[str]]:
    """Give the documents that answer each question, by the judgements of a split."""
    relevant: dict[str, set[str]] = {}
    with (folder / "qrels" / f"{split}.tsv").open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        for query, document, score in rows:
            if float(score) > 0:
                relevant.setdefault(query, set()).add(document)
    return relevant


def measures_of(
    ranking: Mapping[str, Sequence[str]], relevant: Mapping[str, set[str]]
) -> dict[str, float]:
    """Give the means over all judged questions; one without a ranking counts as nothing found."""
    pairs = [(ranking.get(query, ()), right) for query, right in relevant.items()]
    found = {
        f"recall@{k}": mean([found_share_at(k, ranked, right) for ranked, right in pairs])
        for k in (1, 5, 10)
    }
    found["MRR@10"] = mean([reciprocal_rank(ranked[:10], right) for ranked, right in pairs])
    found["nDCG@10"] = mean([ndcg_at(10, ranked, right) for ranked, right in pairs])
    return found


def _measured(
    ways: Iterable[Way], folders: Folders, split: str, passing: Path
) -> dict[str, dict[str, float]]:
    relevant = relevant_of(folders.asked, split)
    return {
        way.name: measures_of(way.rank(folders, split, passing), relevant)
        for way in ways
        if not way.missing
    }


def _table(name: str, found: Mapping[str, Mapping[str, float]]) -> Table:
    columns = next(iter(found.values()))
    rows = [[way, *(f"{value:.3f}" for value in values.values())] for way, values in found.items()]
    return table_of(f"\n{name}", (name, *columns), rows)


if __name__ == "__main__":
    main()
