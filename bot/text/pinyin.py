"""Spell hanzi in Latin letters, for names of files. The only door of pypinyin (extra `import`)."""

from __future__ import annotations

from pypinyin import lazy_pinyin


def syllables_of(text: str) -> tuple[str, ...]:
    """Give the syllables of a text without tones; what is no hanzi stays as it is, together."""
    return tuple(lazy_pinyin(text))
