"""Change one field of a staff file and nothing else; the only door of ruamel.yaml.

ruamel.yaml keeps comments, order and quotes, but lays out anew what it finds laid out in another
way than its own. So it renders the file twice, without and with the change, and only the line in
which the two renderings differ is taken over into the file as it is: a three-way merge. What
comes out is read again, and given only where exactly the one field differs, by one line.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from io import StringIO
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.scalarstring import ScalarString

from bot.knowledge.reading import Tree
from bot.knowledge.yaml_nodes import read_nodes

# What stands above the sections of a document, in the order of the handbook: a field that a file
# lacks is written behind those that come before it here.
HEAD: Final = (
    "title", "wording", "source", "region", "issuer", "number", "issued", "topics", "also_called",
    "effective_from", "effective_until", "supersedes", "owner", "review_by",
)  # fmt: skip
_NO_FOLDING = 1 << 30  # columns: a line of a file is as long as its writer made it
_USUAL_OFFSET = 2  # columns before the dash of a list's item, as in the handbook
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FIRST_DASH = re.compile(
    r"^supersedes:[^\n]*\n(?:[ ]*(?:#[^\n]*)?\n)*(?P<offset>[ ]*)- ", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A file's new bytes, and its one line that is new or changed (counted from 1)."""

    content: bytes
    line: int
    text: str


def with_field(content: bytes, name: str, value: str) -> Rewritten | None:
    """Set a field of a document to a text; None where that takes more than one line."""

    def edit(fields: CommentedMap) -> None:
        old = fields.get(name)
        new = type(old)(value) if isinstance(old, ScalarString) else value
        _put(fields, name, new)

    def expect(tree: dict[str, Tree]) -> None:
        tree[name] = value

    return _rewritten(content, edit, expect)


def with_supersession(content: bytes, document: str, how: str) -> Rewritten | None:
    """Add what a document supersedes; None where that takes more than one line."""

    def edit(fields: CommentedMap) -> None:
        entry = CommentedMap(id=document, how=how)
        entry.fa.set_flow_style()
        said = fields.get("supersedes")
        if said and isinstance(said, CommentedSeq):
            said.append(entry)
            return
        entries = CommentedSeq([entry])
        entries.fa.set_flow_style()
        _put(fields, "supersedes", entries)

    def expect(tree: dict[str, Tree]) -> None:
        before = tree.get("supersedes") or []
        entry: dict[str, Tree] = {"id": document, "how": how}
        tree["supersedes"] = [*before, entry] if isinstance(before, list) else before

    return _rewritten(content, edit, expect)


def written_scalar(text: str) -> str:
    """Write a text of one line as the value of a field, in quotes only where it needs them."""
    stream = StringIO()
    _yaml(_USUAL_OFFSET).dump(CommentedMap(field=text), stream)
    return stream.getvalue().removeprefix("field:").strip()


def _rewritten(
    content: bytes,
    edit: Callable[[CommentedMap], None],
    expect: Callable[[dict[str, Tree]], None],
) -> Rewritten | None:
    before = read_nodes("", content)
    if before.problems or not isinstance(before.tree, dict):
        return None
    wanted = deepcopy(before.tree)
    expect(wanted)
    mark = BOM_UTF8 if content.startswith(BOM_UTF8) else b""
    lines = _LINE.findall(content.removeprefix(BOM_UTF8).decode("utf-8"))
    for one in _merged(lines, edit):
        after = read_nodes("", one.content)
        if after.tree == wanted and not after.problems:
            return Rewritten(mark + one.content, one.line, one.text)
    return None


def _merged(lines: list[str], edit: Callable[[CommentedMap], None]) -> Iterator[Rewritten]:
    """Take the line that the change makes over into the lines of a file, the best place first."""
    own = [line.rstrip("\r\n") for line in lines]
    try:
        base, theirs = (_rendered(own, change) for change in (None, edit))
    except YAMLError:
        return
    start = _same(base, theirs)
    end = _same(base[start:][::-1], theirs[start:][::-1])
    gone, new = base[start : len(base) - end], theirs[start : len(theirs) - end]
    if len(new) != 1 or len(gone) > 1:
        return
    places = _aligned(base, own)
    if gone:
        if start in places:
            yield _replaced(lines, places[start], new[0])
        return
    if start - 1 in places:
        behind = places[start - 1] + 1
        yield from (_added(lines, at, new[0]) for at in _above_comments(own, behind))


def _above_comments(own: list[str], place: int) -> Iterator[int]:
    """Give a place for a new line above comments that belong to what follows, and the place."""
    above = place
    while above > 1 and (not own[above - 1].strip() or own[above - 1].startswith("#")):
        above -= 1
    yield from dict.fromkeys((above, place))


def _replaced(lines: list[str], place: int, text: str) -> Rewritten:
    ending = lines[place][len(lines[place].rstrip("\r\n")) :]
    return _joined([*lines[:place], text + ending, *lines[place + 1 :]], place, text)


def _added(lines: list[str], place: int, text: str) -> Rewritten:
    """Add a line with the line ends of the file."""
    ending = lines[0][len(lines[0].rstrip("\r\n")) :]
    return _joined([*lines[:place], text + ending, *lines[place:]], place, text)


def _joined(lines: list[str], place: int, text: str) -> Rewritten:
    return Rewritten("".join(lines).encode(), place + 1, text.strip())


def _same(one: list[str], other: list[str]) -> int:
    """Count how many lines two lists have in common at their start."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))


def _aligned(base: list[str], own: list[str]) -> dict[int, int]:
    """Tell which line of the file each rendered line stands for, where that is sure."""
    bare_base, bare_own = (["".join(line.split()) for line in lines] for lines in (base, own))
    if bare_base == bare_own:
        return {at: at for at in range(len(base))}
    found: dict[int, int] = {}
    for _, a, b, c, d in SequenceMatcher(None, bare_base, bare_own, False).get_opcodes():
        if b - a == d - c:
            found.update(zip(range(a, b), range(c, d), strict=True))
    return found


def _rendered(own: list[str], change: Callable[[CommentedMap], None] | None) -> list[str]:
    text = "\n".join(own) + "\n"
    dash = _FIRST_DASH.search(text)
    yaml = _yaml(len(dash["offset"]) if dash else _USUAL_OFFSET)
    fields = yaml.load(text)
    if change:
        change(fields)
    stream = StringIO()
    yaml.dump(fields, stream)
    return stream.getvalue().removesuffix("\n").split("\n")


class _TextsOnly(VersionedResolver):
    """Takes every value for a text, as the loader does: 0571 stays 0571."""

    @property
    def versioned_resolver(self) -> dict[str, list[Any]]:
        return {}


def _yaml(offset: int) -> YAML:
    yaml = YAML(typ="rt")
    yaml.Resolver = _TextsOnly
    yaml.preserve_quotes = True
    yaml.width = _NO_FOLDING
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _put(fields: CommentedMap, name: str, value: object) -> None:
    """Set a field where it stands, or write it behind the fields that come before it."""
    if name in fields:
        fields[name] = value
        return
    names = list(fields)
    earlier = [names.index(one) for one in HEAD[: HEAD.index(name)] if one in fields]
    body = names.index("sections") if "sections" in names else len(names)
    above = [place for place in earlier if place < body]
    fields.insert(max(above or earlier, default=-1) + 1, name, value)
