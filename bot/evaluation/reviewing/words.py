"""Words that no document has, and characters that only look like hanzi."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bot.errors import Problem
from bot.evaluation.reviewing.findings import Finding, Matter, Shelf
from bot.knowledge.decoding import decode
from bot.knowledge.files import StaffFile, find_file
from bot.knowledge.judgements import JUDGEMENTS
from bot.models.documents import Document
from bot.text.figures import searchable

LEXICON = "lexicon.txt"
# CJK radicals supplement, Kangxi radicals, compatibility ideographs and their supplement: copied
# from a PDF they look like the hanzi, and match none.
_LOOKALIKE = re.compile("[\u2e80-\u2eff\u2f00-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]")
_FIRST_RADICAL, _LAST_RADICAL = "\u2e80", "\u2fdf"


def words(shelf: Shelf) -> Iterator[Finding]:
    """Name groups of synonyms and words of the lexicon that no document has."""
    text = "\n".join(_all_text(document) for document in shelf.edition.corpus.documents)
    synonyms = shelf.edition.corpus.synonyms
    for place, group in enumerate(synonyms):
        if shelf.read.synonyms and not any(searchable(word) in text for word in group):
            what = f"{'、'.join(group)} 在文件里一个也没有"
            remedy = "删掉这一组，或加上文件里的说法"
            note = shelf.read.synonyms.reading.problem(("synonyms", place), what, remedy)
            yield Finding(Matter.WORDS, note)
    known = "\n".join((text, *(searchable(word) for group in synonyms for word in group)))
    for file in find_file(shelf.folder, LEXICON).files:
        yield from _lexicon(file, known)


def _all_text(document: Document) -> str:
    parts = [document.title, *document.also_called, *document.topics]
    parts += [part for one in document.sections for part in (one.heading, one.text, *one.asks)]
    parts += [part for one in document.not_stated for part in (one.about, *one.asks)]
    parts += [item for one in document.benefits for item in one.items]
    parts += [item for one in document.time_limits for item in (one.item, *one.also_called)]
    return searchable("\n".join(parts))


def _lexicon(file: StaffFile, known: str) -> Iterator[Finding]:
    for line, content in enumerate((decode(file.path, file.content).text or "").split("\n"), 1):
        word = content.partition("#")[0].strip()
        if word and searchable(word) not in known:
            what = f"“{word}”在文件和同义词里都没有"
            yield Finding(
                Matter.WORDS, Problem(file.path, line, 1, "", what, "删掉这一行，或核对写法")
            )


def radicals(shelf: Shelf) -> Iterator[Finding]:
    """Name characters that look like a hanzi and are another one, once a line."""
    for file in (*shelf.read.files, *find_file(shelf.folder, JUDGEMENTS).files):
        text = decode(file.path, file.content).text or ""
        for line, content in enumerate(text.split("\n"), 1):
            found = next((one for one in _LOOKALIKE.finditer(content) if _is_alike(one[0])), None)
            if found:
                what = f"“{found[0]}”（U+{ord(found[0]):04X}）看着像汉字，其实不是，问了也找不到"
                remedy = f"删掉重新输入{_meant(found[0])}"
                note = Problem(file.path, line, found.start() + 1, "", what, remedy)
                yield Finding(Matter.RADICALS, note)


def _is_alike(character: str) -> bool:
    """Leave out the dozen hanzi that stand among the compatibility ideographs by accident."""
    is_radical = _FIRST_RADICAL <= character <= _LAST_RADICAL
    return is_radical or unicodedata.normalize("NFKC", character) != character


def _meant(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    return f"“{plain}”" if plain != character else ""
