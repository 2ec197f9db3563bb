"""Name a draft: a slug that becomes the document's id, from its file's name or its title."""

from __future__ import annotations

import re
from pathlib import PurePath

from bot.text.normalise import normalise
from bot.text.places import find_places
from bot.text.sounds import syllables_of

LONGEST_SLUG = 40  # characters of an id
_ROOM = 4  # characters of it for a number behind, should the name be taken: -123
_QUOTED = re.compile(r"《([^《》]{3,60})》")
_TELLING = re.compile(r"[a-z]{3,}")
_UNTELLING = re.compile(
    r"(?:new|untitled|document|doc|docx|scan|download|file|img|wps|text|page|index)[-\d]*"
)
_OTHER = re.compile(r"[^a-z0-9]+")
_ABOUT = re.compile(
    r".{0,40}?关于(?:印发|发布|公布|做好|进一步|加快|开展|实施|落实|推进|加强|明确|调整)*(?=.{4})"
)
FALLBACK = "draft"


def slug_of(title: str, file_name: str, is_only: bool) -> str:
    """Give a name that an id may have; a file's own where it is telling and has but one draft."""
    own = _OTHER.sub("-", PurePath(file_name).stem.lower()).strip("-")
    is_ascii = PurePath(file_name).stem.isascii()
    if is_only and is_ascii and _TELLING.search(own) and not _UNTELLING.fullmatch(own):
        return own[: LONGEST_SLUG - _ROOM].strip("-")
    return _spelled(_core(title)) or FALLBACK


def _core(title: str) -> str:
    """Give what a title is about: what stands in 《》 or after 关于, without the place before."""
    quoted = _QUOTED.search(title)
    about = quoted[1] if quoted else _ABOUT.sub("", title, count=1)
    folded = normalise(about)
    mentions = find_places(folded)
    starts = mentions and mentions[0].start == 0 and mentions[0].end < len(folded)
    return folded[mentions[0].end :] if starts else folded


def _spelled(text: str) -> str:
    slug = ""
    for syllable in syllables_of(text):
        part = _OTHER.sub("", syllable.lower())
        if len(slug) + len(part) + 1 > LONGEST_SLUG - _ROOM:
            break
        slug += f"-{part}" if part else ""
    return slug.strip("-")
