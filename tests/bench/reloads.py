"""Reloading while citizens ask: is an answer ever torn, late or old, and how soon is a save seen.

`python -m tests.bench.reloads [--passages 5000]`; see `--help`. Questions come at a steady rate
whatever the last one took; each one's time counts from when it was due. Phases with and without
saves take turns, so that other work on the machine falls on both. `--fault` plants a fault that
must turn the figures red. Writes `reloads.txt` and `reloads.json` into `--out`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from bot.app import Delivery
from bot.clock import SystemClock
from bot.knowledge.loading import load
from bot.models.questions import Answer, Asker, Question
from bot.reloading.opening import Place, open_served
from bot.reloading.renewing import Renewal
from bot.retrieval.building import write_edition
from bot.retrieval.edition import Edition
from bot.storage.memory import ConversationsInMemory
from tests.bench.corpora import made_passages
from tests.bench.report import environment, in_words, keep, show, table_of
from tests.bench.timing import percentile

SECTIONS = 10  # of a made document
RULES = (
    "青蛙过路",
    "风筝登记",
    "石磨年检",
    "灯笼备案",
    "竹筏停靠",
    "陶罐补贴",
    "蜂箱迁移",
    "渔网晾晒",
)
OFFICE = """\
name: 示例市政务服务中心
contact: {name: 政务服务便民热线, phone: 12345}
welcome: 您好，请直接输入问题。
disclaimer: 以主管部门核定为准。
privacy: 请不要输入身份证号。
"""
HEAD = "wording: 原文\nsource: {publisher: 示例日报}\nsections:\n"
FAULTS = ("torn", "inside")
ASKED = "from when asked"
RATIO = "p99 / idle p99"
MOST_SLOWED = 2.0  # times: what a reload may cost the slowest hundredth of questions
PATIENCE = 600.0  # seconds for a save to be in service, at 100,000 passages on a busy machine


def watched_document(generation: int) -> str:
    """Write the document that changes: every rule states its generation, and places shift."""
    filling = "".join(
        f"  - heading: 附则{number}\n    text: 附则之{number}。\n"
        for number in range(generation % 3)
    )
    rules = "".join(
        f"  - heading: {rule}\n    asks: [{rule}怎么办, {rule}有什么规定]\n"
        f"    text: {rule}一律按照第{generation}代办法办理，由示例市{rule}科负责解释。\n"
        for rule in RULES
    )
    return f"title: 示例市若干事项办法\n{HEAD}{filling}{rules}"


def make_folder(folder: Path, passages: int) -> Path:
    """Write a knowledge folder of made passages and of the document that changes."""
    documents = folder / "documents"
    (documents / "made").mkdir(parents=True)
    (folder / "office.yaml").write_text(OFFICE, "utf-8")
    texts = tuple(made_passages(passages))
    for number, start in enumerate(range(0, passages, SECTIONS)):
        sections = "".join(
            f"  - heading: 第{place}段\n    text: {text}\n"
            for place, text in enumerate(texts[start : start + SECTIONS])
        )
        path = documents / "made" / f"made-{number:05d}.yaml"
        path.write_text(f"title: 第{number}号办法\n{HEAD}{sections}", "utf-8")
    watched_file(folder).write_text(watched_document(0), "utf-8")
    return folder


def watched_file(folder: Path) -> Path:
    """Give the file that changes; it comes first, so that all places behind it shift."""
    return folder / "documents" / "aaa.yaml"


@dataclass
class Verdicts:
    """What answers said: what was wrong with them, and which generation each edition states."""

    generations: dict[str, int] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    newest: int = 0

    def judge(self, rule: str, answer: Answer, oldest: int) -> None:
        """Hold an answer against its rule; `oldest`: the newest generation seen before it."""
        first = answer.evidence[0].hit.passage if answer.evidence else None
        if first is None or first.heading != rule or rule not in first.text:
            self.wrong.append(f"{rule}: {answer.outcome} {first and first.heading}")
            return
        stated = int(first.text.partition("第")[2].partition("代")[0])
        known = self.generations.setdefault(answer.edition, stated)
        if known != stated or stated < oldest:
            self.wrong.append(
                f"{rule}: {answer.edition} states {stated}, not {known} (>={oldest})"
            )
        if str(stated) not in "".join(block.text for block in answer.blocks):
            self.wrong.append(f"{rule}: the text is of another generation than {stated}")
        self.newest = max(self.newest, stated)


class Service:
    """A delivery with its renewal over a made folder, with a planted fault where one is named."""

    def __init__(self, top: Path, passages: int, fault: str = "") -> None:
        shutil.rmtree(top, ignore_errors=True)
        cache = top / "cache"
        cache.mkdir(parents=True)
        self.place = Place(make_folder(top / "knowledge", passages), top / "data", cache)
        edition = open_served(self.place)
        self.delivery = Delivery(edition, ConversationsInMemory(), SystemClock())
        self.fault, self.generation, self.moments = fault, 0, [0.0]
        self.renewal = Renewal(self.place, edition, self._renew, SystemClock())

    def _renew(self, edition: Edition) -> None:
        if self.fault == "torn":
            before = self.delivery.edition
            self.delivery.renew(replace(edition, corpus=before.corpus))
            time.sleep(0.2)
        self.delivery.renew(edition)
        self.moments.append(time.monotonic())

    def save(self) -> float:
        """Save the next generation; give the seconds until it serves."""
        self.generation += 1
        renewed, start = len(self.moments), time.monotonic()
        watched_file(self.place.knowledge).write_text(watched_document(self.generation), "utf-8")
        if self.fault == "inside":
            write_edition(load(self.place.knowledge), self.place.cache, self.place.cache)
        while len(self.moments) == renewed:
            time.sleep(0.002)
            if time.monotonic() - start > PATIENCE:
                sys.exit("a save was not in service in time")
        return self.moments[-1] - start

    def ask(self, number: int, verdicts: Verdicts) -> None:
        """Ask for one of the rules, as a new asker, and judge the answer."""
        rule = RULES[number % len(RULES)]
        question = Question(f"{rule}怎么办", Asker("bench", str(number)), SystemClock().now())
        verdicts.judge(rule, self.delivery.ask(question), verdicts.newest)


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of each question: from when it was due, and from when it was asked."""

    due: tuple[float, ...] = ()
    own: tuple[float, ...] = ()

    def __add__(self, other: Times) -> Times:
        return Times(self.due + other.due, self.own + other.own)


def asked_for(service: Service, seconds: float, rate: float, verdicts: Verdicts) -> Times:
    """Ask at a steady rate, whatever the last question took."""
    took: list[tuple[float, float]] = []
    start = time.perf_counter()
    for number in range(int(seconds * rate)):
        due = start + number / rate
        time.sleep(max(0.0, due - time.perf_counter()))
        asked = time.perf_counter()
        service.ask(number, verdicts)
        ended = time.perf_counter()
        took.append(((ended - due) * 1000, (ended - asked) * 1000))
    from_due, from_asked = zip(*took, strict=True)
    return Times(from_due, from_asked)


def saved_for(service: Service, asked: Callable[[], Times], took: list[float]) -> Times:
    """Save again and again while questions are asked; give the questions' times."""
    ended = threading.Event()

    def save() -> None:
        while not ended.is_set():
            took.append(service.save())

    saving = threading.Thread(target=save)
    saving.start()
    try:
        return asked()
    finally:
        ended.set()
        saving.join()


def main(given: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for; exit 1 where an answer was wrong or late."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.reloads", description=__doc__)
    parser.add_argument("--passages", type=int, default=5_000)
    parser.add_argument("--rate", type=float, default=500, help="questions a second")
    parser.add_argument("--phase", type=float, default=10, help="seconds of a phase")
    parser.add_argument("--phases", type=int, default=4, help="pairs of phases")
    parser.add_argument("--saves", type=int, default=100, help="saves without questions")
    parser.add_argument("--fault", choices=FAULTS, default="")
    parser.add_argument("--out", type=Path, default=Path("var/bench"))
    options = parser.parse_args(given)
    options.out = options.out.resolve()
    service = Service(options.out / "reloads", options.passages, options.fault)
    service.renewal.start()
    try:
        found, wrong = _measured(service, options)
    finally:
        service.renewal.stop()
    where = environment()
    table = table_of(f"\n{options.passages:,} passages", ("what", "figure"), _rows(found))
    show([in_words(where), table], options.out / "reloads.txt")
    keep(
        {"environment": where, "figures": found, "wrong": wrong[:20]}, options.out / "reloads.json"
    )
    if wrong:
        sys.exit(f"{len(wrong)} answers were wrong, the first: {wrong[0]}")
    if found[f"{ASKED}, {RATIO}"] > MOST_SLOWED:
        sys.exit(f"a question's {RATIO} is over {MOST_SLOWED:g}")


def _measured(service: Service, options: argparse.Namespace) -> tuple[dict[str, float], list[str]]:
    service.save()  # the keeper reads all files first
    alone = [service.save() for _ in range(max(1, options.saves))]
    verdicts, idle, busy = Verdicts(), Times(), Times()
    during: list[float] = []
    asked = partial(asked_for, service, options.phase, options.rate, verdicts)
    asked()  # warms what the first questions load
    for _ in range(options.phases):
        idle += asked()
        busy += saved_for(service, asked, during)
    return {
        "save to in service, p50 s": percentile(alone, 50),
        "save to in service, p99 s": percentile(alone, 99),
        "the same while questions are asked, p50 s": percentile(during, 50),
        "the same while questions are asked, p99 s": percentile(during, 99),
        "reloads while questions were asked": len(during),
        "questions": len(idle.due) + len(busy.due),
        "wrong, torn or mixed answers": len(verdicts.wrong),
        **_compared("from when due", idle.due, busy.due),
        **_compared(ASKED, idle.own, busy.own),
    }, verdicts.wrong


def _compared(what: str, idle: Sequence[float], busy: Sequence[float]) -> dict[str, float]:
    found = {
        f"{what}, {name} p{percent}, ms": percentile(times, percent)
        for name, times in (("idle", idle), ("reloading", busy))
        for percent in (50, 99)
    }
    return {**found, f"{what}, {RATIO}": percentile(busy, 99) / percentile(idle, 99)}


def _rows(found: dict[str, float]) -> list[tuple[str, str]]:
    return [
        (name, f"{value:,.3g}" if value < 1000 else f"{value:,.0f}")
        for name, value in found.items()
    ]


if __name__ == "__main__":
    main()
