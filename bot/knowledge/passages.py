"""From a document to its passages: what is indexed and shown. Pure, and no character is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.models.documents import Document, Passage, Section
from bot.text.normalise import before_figure

# Characters: half a screen of a phone, so that a passage can be read in a chat; sections of
# published policies are mostly shorter and stay whole.
LONGEST_PASSAGE = 400

# A sentence with its end and all that still belongs to it: closing quotes, spaces, blank lines.
_SENTENCE = re.compile(r"[^。！？；\n]*+[。！？；\n][。！？；\n”’」』）】》\s]*+|[^。！？；\n]++")


def passages_of(document: Document) -> tuple[Passage, ...]:
    """Give a document's passages in order; what it does not state comes last.

    The texts of a section's passages, joined, are the section's text, character for character.
    """
    stated = (
        Passage(document, section.heading, text, section.asks, part)
        for section in document.sections
        for part, text in enumerate(_parts(section))
    )
    not_stated = (
        Passage(document, entry.about, "", entry.asks, stated=False)
        for entry in document.not_stated
    )
    return (*stated, *not_stated)


def _parts(section: Section) -> Iterator[str]:
    """Cut a long text at ends of sentences into parts of at most `LONGEST_PASSAGE`."""
    text = section.text
    start = end = 0
    for cut in _cuts(text):
        if cut - start > LONGEST_PASSAGE:
            yield text[start:end]
            start = end
        end = cut
    yield text[start:end]


def _cuts(text: str) -> Iterator[int]:
    """Give where the text may be cut: after each sentence, and within one that is too long."""
    for sentence in _SENTENCE.finditer(text):
        at = sentence.start()
        while sentence.end() - at > LONGEST_PASSAGE:
            at = before_figure(text, at + LONGEST_PASSAGE, at + LONGEST_PASSAGE // 2)
            yield at
        yield sentence.end()
