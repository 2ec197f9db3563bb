"""Editions: one load of the knowledge, searchable and named by its fingerprint."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from bot.knowledge.loading import load
from bot.models.documents import Benefit, Rate, TimeLimit
from bot.retrieval.edition import Edition, fingerprint_of
from bot.retrieval.retriever import read_query, retrieve
from tests.unit.builders import document, edition_of
from tests.unit.knowledge.staff_files import DOCUMENT_PATH, FOLDER, write_folder

RULES = document(
    sections={
        "补贴标准": "一级能效的家电按售价的20%补贴。",
        "办理时限": "受理后2个工作日内办结。",
        "背景": "为了扩大内需，制定本办法。",
    },
    benefits=(
        Benefit(
            name="家电补贴",
            items=("吸油烟机", "洗碗机"),
            rates=(Rate((("等级", "1"),), Decimal("0.2")),),
            quote="按售价的20%补贴",
        ),
    ),
    time_limits=(
        TimeLimit(
            item="补贴审核",
            days=2,
            working=True,
            quote="受理后2个工作日内办结。",
            also_called=("复核把关",),
        ),
    ),
)


def found(question: str, edition: Edition) -> list[str]:
    """Give the headings that a question finds, best first."""
    hits = retrieve(read_query(question, edition), edition).hits
    return [hit.passage.heading for hit in hits]


def fingerprint(folder: Path) -> str:
    """Give the fingerprint of the edition of a knowledge folder."""
    return fingerprint_of(load(folder).digest)


@pytest.mark.parametrize("question", ["洗碗机", "吸油烟机", "洗碗机补贴"])
def test_a_passage_with_a_benefit_is_found_by_its_items(question: str) -> None:
    """The passage that states the rule is found, though it does not name the item."""
    assert found(question, edition_of(RULES))[0] == "补贴标准"


def test_a_passage_with_a_time_limit_is_found_by_its_other_names() -> None:
    """What people call an item leads to the passage that states its time."""
    assert found("复核把关", edition_of(RULES)) == ["办理时限"]


def test_items_are_found_whole_in_a_question() -> None:
    """The names that rules use are words, however the dictionary would cut them."""
    words = edition_of(RULES).analyzer.analyze_query("复核把关要几天，吸油烟机呢").words
    assert {"复核把关", "吸油烟机"} <= set(words)


def test_the_lexicon_and_the_synonyms_are_words() -> None:
    """What staff list as words and as synonyms is kept whole."""
    edition = edition_of(document(), lexicon=("三电一脑",), synonyms=(("国补", "国家补贴款"),))
    assert edition.analyzer.analyze_query("三电一脑国家补贴款").words == ("三电一脑", "国家补贴款")


def test_synonyms_are_those_of_the_group() -> None:
    """Each word leads to all others of its group, in the form in which texts are searched."""
    edition = edition_of(document(), synonyms=(("補貼", "补助", "補助"), ("冰箱", "电冰箱")))
    assert edition.synonyms == {
        "补贴": ("补助",),
        "补助": ("补贴",),
        "冰箱": ("电冰箱",),
        "电冰箱": ("冰箱",),
    }


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the fingerprint of the small knowledge folder as it is."""
    return fingerprint(write_folder(tmp_path_factory.mktemp("original")))


def test_the_same_bytes_have_the_same_fingerprint(original: str, tmp_path: Path) -> None:
    """It is twelve hexadecimal digits, wherever the folder lies."""
    assert re.fullmatch(r"[0-9a-f]{12}", original)
    assert fingerprint(write_folder(tmp_path / "elsewhere")) == original


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (DOCUMENT_PATH, "20%", "25%"),
        ("office.yaml", "示例市", "示范市"),
        ("synonyms.yaml", "补助", "补助款"),
        ("lexicon.txt", "# 分词用词", "# 分词的词"),
    ],
)
def test_a_changed_byte_changes_the_fingerprint(
    original: str, tmp_path: Path, path: str, old: str, new: str
) -> None:
    """Whatever file of the knowledge changes, and be it a comment, answers are named anew."""
    content = FOLDER[path]
    assert isinstance(content, str)
    assert old in content
    assert fingerprint(write_folder(tmp_path, {path: content.replace(old, new)})) != original
