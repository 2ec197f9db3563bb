"""Passages and questions → the terms that every system is given, kept in a folder.

`texts.txt` holds a passage a line, `terms.tsv` its terms (words, a tab, bigrams; blanks between
terms), `questions.json` the questions with theirs. What is there already is not made again.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.retrieval.analyzer import Analyzer
from tests.bench.corpora import SEED, made_passages, real_passages
from tests.bench.freshness import analyzer_code

WEIGHTS = {"words": 1.0, "bigrams": 0.5}  # fields in the order of terms.tsv, and what each counts
SHORTEST, LONGEST = 8, 16  # hanzi of a question's content, as in questions that people ask
HANZI = re.compile(rf"[\u4e00-\u9fff]{{{SHORTEST},}}")
TRIES = 50  # passages looked at for each question, so that a corpus without hanzi ends too


@dataclass(frozen=True, slots=True)
class Question:
    """What one question asks every system for: the distinct terms of each field."""

    text: str
    words: tuple[str, ...]
    bigrams: tuple[str, ...]

    def terms(self) -> Iterator[tuple[str, str, float]]:
        """Give (field, term, weight) for each term."""
        for field, found in (("words", self.words), ("bigrams", self.bigrams)):
            for term in found:
                yield field, term, WEIGHTS[field]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a corpus is like: means of distinct terms and postings, by field."""

    passages: int
    questions: int
    terms_of_passage: tuple[float, float]
    terms_of_question: tuple[float, float]
    postings_of_question: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Terms:
    """A folder of analysed passages."""

    folder: Path
    size: int

    @property
    def path(self) -> Path:
        """The file of all terms, for systems that read it themselves."""
        return self.folder / "terms.tsv"

    def passages(self) -> Iterator[tuple[list[str], list[str]]]:
        """Give the words and the bigrams of each passage, in order, with repeats."""
        with self.path.open(encoding="utf-8") as lines:
            for line in lines:
                words, bigrams = line.rstrip("\n").split("\t")
                yield words.split(), bigrams.split()

    def texts(self) -> Iterator[str]:
        """Give the passages as text."""
        with (self.folder / "texts.txt").open(encoding="utf-8") as lines:
            for line in lines:
                yield line.rstrip("\n")

    def questions(self) -> tuple[Question, ...]:
        """Give the questions."""
        rows = json.loads((self.folder / "questions.json").read_text("utf-8"))
        return tuple(
            Question(row["text"], tuple(row["words"]), tuple(row["bigrams"])) for row in rows
        )


def kept_terms(out: Path, size: int, asked: int, folders: Sequence[Path] = ()) -> Terms:
    """Give the terms of made passages, or of those cut from BEIR folders; kept below `out`."""
    kind = "-".join(folder.name for folder in folders) or "made"
    passages = real_passages(folders, size) if folders else made_passages(size)
    folder = out / "corpora" / f"{kind}-{size}-{asked}-{analyzer_code()}"
    return analyse(passages, size, asked, folder)


def analyse(passages: Iterable[str], size: int, asked: int, folder: Path) -> Terms:
    """Write a folder of terms with `asked` questions; one that is complete is taken as it is."""
    terms = Terms(folder, size)
    done = folder / "measured.json"
    if done.exists():
        return terms
    folder.mkdir(parents=True, exist_ok=True)
    analyzer = Analyzer()
    kept = _write(passages, analyzer, terms)
    _write_questions(kept, asked, analyzer, terms)
    done.write_text(json.dumps(_counted(terms)), "utf-8")
    return terms


def measured(terms: Terms) -> Measured:
    """Tell what an analysed corpus and its questions are like."""
    row = json.loads((terms.folder / "measured.json").read_text("utf-8"))
    pairs = {name: tuple(value) for name, value in row.items() if isinstance(value, list)}
    return Measured(row["passages"], row["questions"], **pairs)


def _write(passages: Iterable[str], analyzer: Analyzer, terms: Terms) -> list[str]:
    """Write texts and terms; give passages to ask about, evenly taken from all."""
    every = max(1, terms.size // (100 * TRIES))
    kept = []
    with (
        (terms.folder / "texts.txt").open("w", encoding="utf-8") as texts,
        terms.path.open("w", encoding="utf-8") as lines,
    ):
        for number, text in enumerate(passages):
            found = analyzer.analyze(text)
            texts.write(f"{text}\n")
            lines.write(f"{' '.join(found.words)}\t{' '.join(found.bigrams)}\n")
            if number % every == 0:
                kept.append(text)
    return kept


def _write_questions(kept: Sequence[str], asked: int, analyzer: Analyzer, terms: Terms) -> None:
    rows = []
    for text in _asked(kept, asked):
        content = analyzer.analyze_query(text).content
        words, bigrams = (list(dict.fromkeys(one)) for one in (content.words, content.bigrams))
        rows.append({"text": text, "words": words, "bigrams": bigrams})
    text = json.dumps(rows, ensure_ascii=False)
    (terms.folder / "questions.json").write_text(text, "utf-8")


def _asked(kept: Sequence[str], asked: int) -> Iterator[str]:
    """Take runs of 8 to 16 hanzi out of passages drawn at random."""
    drawing = random.Random(SEED)  # noqa: S311  questions are no secret
    found = 0
    for _ in range(asked * TRIES):
        runs = HANZI.findall(drawing.choice(kept))
        if not runs:
            continue
        run = drawing.choice(runs)
        length = drawing.randint(SHORTEST, min(LONGEST, len(run)))
        start = drawing.randrange(len(run) - length + 1)
        yield run[start : start + length]
        found += 1
        if found == asked:
            return


def _counted(terms: Terms) -> dict[str, object]:
    """Count distinct terms, and the postings that the questions' terms have."""
    questions = terms.questions()
    asked = tuple(
        {term for question in questions for term in getattr(question, field)} for field in WEIGHTS
    )
    postings: tuple[Counter[str], ...] = tuple(Counter() for _ in WEIGHTS)
    distinct = [0 for _ in WEIGHTS]
    for passage in terms.passages():
        for place, found in enumerate(map(set, passage)):
            distinct[place] += len(found)
            postings[place].update(found & asked[place])
    read = [
        sum(counts[term] for question in questions for term in getattr(question, field))
        for counts, field in zip(postings, WEIGHTS, strict=True)
    ]
    taken = [sum(len(getattr(question, field)) for question in questions) for field in WEIGHTS]
    return {
        "passages": terms.size,
        "questions": len(questions),
        "terms_of_passage": [count / terms.size for count in distinct],
        "terms_of_question": [count / len(questions) for count in taken],
        "postings_of_question": [count / len(questions) for count in read],
    }
