"""What clerks get wrong, each in a file of its own, and what `policybot check` says of it all.

`python -m tests.unit.knowledge.clerks_mistakes` writes the golden file anew; read the difference
before you commit it, as someone who has never seen YAML.
"""

from __future__ import annotations

import contextlib
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

import typer

from bot.cli.check import check
from tests.unit.knowledge.staff_files import DOCUMENT, MARK, SHORT_DOCUMENT, Files, write_folder

GOLDEN = Path(__file__).with_suffix(".txt")
RATES = """\
    rates:
      - {when: {等级: 1}, rate: 20%}
      - {when: {等级: 2}, rate: 15%}
"""


@dataclass(frozen=True)
class Slip:
    """One change to a valid document; ▶ stands before each character to be pointed at."""

    name: str
    old: str
    new: str


SLIPS = (
    # Signs of full width, and other signs of word processors
    Slip("wide-colon", "title: 湖", "title▶：湖"),
    Slip("wide-colon-nested", "  - heading: 办", "  - heading▶：办"),
    Slip("wide-colon-in-braces", "{about: 申请地点, ", "{▶about：申请地点, "),
    Slip("wide-comma", "[冰箱, 洗衣机]", "[▶冰箱，洗衣机]"),
    Slip("wide-comma-in-braces", "消费者, of", "消费者▶，of"),
    Slip("wide-brackets", "[家电以旧换新]", "▶【家电以旧换新】"),
    Slip("wide-braces", "- {name: 补贴申请, ", "- ▶｛name: 补贴申请, "),
    Slip("wide-closing", "洗衣机]", "洗衣机▶］"),
    Slip("wide-bar", "text: |\n      受理", "text: ▶｜\n      受理"),
    Slip("wide-dash", "  - heading: 办", "  ▶－ heading: 办"),
    Slip("bullet", "  - heading: 办", "  ▶• heading: 办"),
    Slip("numbered", "  - heading: 办", "  ▶2. heading: 办"),
    Slip("wide-digits", "issued: 2024-06", "issued: ▶２０２４-06"),
    Slip("chinese-quotes", "issuer: 省商务厅", "issuer: ▶“省商务厅”"),
    Slip("half-chinese-quotes", "issuer: 省商务厅", "issuer: ▶“省商务厅"),
    Slip("fence", "title: 湖", "▶```yaml\ntitle: 湖"),
    # Blanks and columns
    Slip("tab", "  publisher: 湖", "▶\tpublisher: 湖"),
    Slip("tab-after-spaces", "    asks: [一", "  ▶\tasks: [一"),
    Slip("wide-space", "  publisher: 湖", "▶\u3000publisher: 湖"),
    Slip("wide-space-before-text", "      一级", "▶\u3000\u3000\u3000一级"),
    Slip("no-break-space", "  publisher: 湖", "▶\u00a0\u00a0publisher: 湖"),
    Slip("child-not-indented", "  publisher: 湖南日报\n", "▶publisher: 湖南日报\n"),
    Slip("text-not-indented", "      受理后2", "▶受理后2"),
    Slip("text-too-far-left", "      每件最", "     ▶每件最"),
    Slip("field-too-far-left", "    text: |\n      受", "  ▶text: |\n      受"),
    Slip("field-too-far-right", "issuer: 省", "  ▶issuer: 省"),
    Slip("item-too-far-right", "  - heading: 办", "   ▶- heading: 办"),
    Slip("dash-without-space", "  - heading: 办", "  ▶-heading: 办"),
    Slip("dash-missing", "  - heading: 办", "    ▶heading: 办"),
    Slip("colon-without-space", "region: 湖", "region▶:湖"),
    Slip("no-colon", "issuer: 省", "issuer▶ 省"),
    Slip("no-field", "issuer: 省商务厅", "▶省商务厅"),
    Slip("list-on-the-line", "issuer: 省", "issuer: ▶- 省"),
    Slip("text-on-the-line", "    text: |\n      受理", "    text: |▶受理"),
    Slip("text-without-bar", "    text: |\n      一级", "    text:\n      ▶一级"),
    Slip("two-lines", "issuer: 省商务厅", "issuer: ▶省\n  商务厅"),
    Slip("text-falls-out", "      每件最", "▶每件最"),
    Slip("item-without-dash", "  - {about: 申请地点, asks: [在哪申请]}", "  ▶about: 申请地点"),
    # Quotes, brackets and signs of YAML
    Slip("quote-not-closed", "issuer: 省商务厅", 'issuer: ▶"省商务厅'),
    Slip("quotes-in-quotes", "issuer: 省商务厅", 'issuer: "省"▶商务"厅"'),
    Slip("bracket-not-closed", "[冰箱, 洗衣机]", "▶[冰箱, 洗衣机"),
    Slip("comma-missing", "{等级: 1}, rate", "{等级: 1} ▶rate"),
    Slip("comma-at-the-end", "issuer: 省商务厅", "issuer: ▶省商务厅,"),
    Slip("comma-after-brackets", "[家电以旧换新]", "[家电以旧换新]▶,"),
    Slip("wide-comma-between-quotes", "[冰箱, 洗衣机]", "['冰箱'▶，'洗衣机']"),
    Slip("colon-in-value", "issuer: 省商务厅", "issuer: 来源▶: 省商务厅"),
    Slip("hash-in-value", "issuer: 省商务厅", "issuer: 省商务厅 ▶#2号楼"),
    Slip("hash-in-list", "[冰箱, 洗衣机]", "[冰箱 ▶#1, 洗衣机]"),
    Slip("at-sign", "issuer: 省", "issuer: ▶@省"),
    Slip("question-mark", "issuer: 省", "issuer: ▶? 省"),
    Slip("anchor", "issuer: 省", "issuer: ▶&a 省"),
    Slip("two-documents", "not_stated:\n", "▶---\nnot_stated:\n"),
    Slip("cut-off", "一楼}\n", "一楼▶}"),
    # Characters that nobody sees
    Slip("zero-width", "issuer: 省", "issuer: ▶\u200b省"),
    Slip(
        "zero-width-in-id",
        "not_stated:",
        "supersedes: [{id: sho▶\u200brt, how: 升级}]\nnot_stated:",
    ),
    # Fields
    Slip("unknown-field", "effective_until: 2", "▶effective_untill: 2"),
    Slip("chinese-field", "issuer: 省", "▶发文机关: 省"),
    Slip("capital-field", "issuer: 省", "▶Issuer: 省"),
    Slip("twice", "issuer: 省商务厅", "issuer: 甲\n▶issuer: 乙"),
    Slip("title-missing", "title: 湖南省家电以旧换新补贴办法\n", "▶"),
    Slip("empty-heading", "heading: 办理时限", "▶heading:"),
    Slip("empty-text", "    text: |\n      受理后2个工作日内办结。\n", "    ▶text: |\n"),
    Slip("dots-of-the-example", "issuer: 省商务厅", "issuer: ▶…"),
    Slip("same-heading", "heading: 办理时限", "heading: ▶补贴标准"),
    Slip("not-a-list", "topics: [家电以旧换新]", "topics: ▶家电以旧换新"),
    Slip("wording", "wording: 摘编", "wording: ▶摘要"),
    Slip("two-questions", "[一级能效补多少]", "[▶一级能效补多少、最多补多少]"),
    Slip("two-names", "[家电国补]", "[▶家电国补、以旧换新]"),
    Slip("region", "region: 湖南省", "region: ▶火星"),
    Slip("url", "url: https", "url: ▶www"),
    Slip("not-a-list-of-fields", "not_stated:\n", "supersedes: ▶short\nnot_stated:\n"),
    # Dates
    Slip("no-such-day", "until: 2026-12-31", "until: ▶2026-02-30"),
    Slip("day-in-chinese", "until: 2026-12-31", "until: ▶2026年12月31日"),
    Slip("days-in-wrong-order", "until: 2026-12-31", "until: ▶2024-08-31"),
    Slip(
        "printed-before-reported",
        "reported: 2024-09-04",
        "reported: 2024-09-04\n  published: ▶2024-09-03",
    ),
    # Rules and their quotes
    Slip("quote-not-there", "    quote: 受理后2", "    quote: ▶受理之后2"),
    Slip("rate-not-there", "rate: 15%", "rate: ▶12%"),
    Slip("rate-as-fraction", "rate: 15%", "rate: ▶0.15"),
    Slip("rates-missing", RATES, "▶"),
    Slip("rates-overlap", "{when: {等级: 2}, rate: 15%}", "{rate: ▶15%}"),
    Slip("grade-twice", "{等级: 2}", "{等级: ▶1}"),
    Slip("cap-not-there", "cap: 2000元", "cap: ▶3000元"),
    Slip("cap-without-unit", "cap: 2000元", "cap: ▶2000"),
    Slip("cap-missing", "    cap: 2000元\n", ""),
    Slip("cap-denied", "cap: 2000元", "cap: ▶不设上限"),
    Slip("count-not-there", "count: 1", "count: ▶2"),
    Slip("days-not-there", "within: 2个工作日", "within: ▶5个工作日"),
    Slip("days-of-another-kind", "within: 2个工作日", "within: ▶2日"),
    Slip("days-without-number", "within: 2个工作日", "within: ▶若干个工作日"),
    # Other documents
    Slip("follows-nothing", "not_stated:", "supersedes: [{id: ▶shor, how: 升级}]\nnot_stated:"),
    Slip(
        "follows-itself",
        "not_stated:",
        "supersedes: [{id: ▶follows-itself, how: 升级}]\nnot_stated:",
    ),
)
MOVED = {  # places of slips whose mark would fall outside of the file's own words
    "rates-missing": (26, 5),
    "cap-missing": (26, 5),
}
FOLLOWS = "supersedes: [{{id: {}, how: 升级}}]\n"
# Whole files, with the place that is pointed at; (0, 0) is the file as such.
WHOLE: dict[str, tuple[str | bytes, tuple[int, int] | None]] = {
    "documents/whole/gbk.yaml": (DOCUMENT.encode("gbk"), (1, 8)),
    "documents/whole/utf-16.yaml": (DOCUMENT.encode("utf-16"), (1, 1)),
    "documents/whole/byte-order-mark.yaml": (b"\xef\xbb\xbf" + DOCUMENT.encode(), None),
    "documents/whole/word.yaml": (b"PK\x03\x04\x14\0\x06\0", (1, 1)),
    "documents/whole/empty.yaml": ("# 以后再写\n", (1, 1)),
    "documents/whole/plain.yaml": ("湖南省家电以旧换新补贴办法。\n", (1, 1)),
    "documents/whole/first.yaml": (SHORT_DOCUMENT + FOLLOWS.format("second"), (7, 19)),
    "documents/whole/second.yaml": (SHORT_DOCUMENT + FOLLOWS.format("first"), None),
    "documents/whole/short.yaml": (SHORT_DOCUMENT, (0, 0)),
    "documents/whole/ending.yml": (SHORT_DOCUMENT, (0, 0)),
    "documents/whole/家电.yaml": (SHORT_DOCUMENT, (0, 0)),
    "beside.yaml": (SHORT_DOCUMENT, (0, 0)),
    "office.yml": ("name: 甲\n", (0, 0)),
    "document/elsewhere.yaml": (SHORT_DOCUMENT, None),
    "documents/short.yaml": (SHORT_DOCUMENT, None),
}
STRAY_FOLDER = ("document", 0, 0)


def spoilt(slip: Slip) -> tuple[str, list[tuple[int, int]]]:
    """Make one mistake in a valid document; give it with the places to be pointed at."""
    assert DOCUMENT.count(slip.old) == 1, slip.name
    lines = DOCUMENT.replace(slip.old, slip.new).split("\n")
    places = [
        (number, part + 1) for number, line in enumerate(lines, 1) for part in _marks_in(line)
    ]
    moved = [MOVED[slip.name]] if slip.name in MOVED else places
    return "\n".join(lines).replace(MARK, ""), moved


def _marks_in(line: str) -> list[int]:
    pieces = line.split(MARK)
    return [sum(map(len, pieces[: count + 1])) for count in range(len(pieces) - 1)]


def broken_files() -> tuple[Files, list[tuple[str, int, int]]]:
    """Give all broken files with every place at which one is wrong, in order."""
    files: dict[str, str | bytes] = {name: content for name, (content, _) in WHOLE.items()}
    places = [(name, *place) for name, (_, place) in WHOLE.items() if place]
    for slip in SLIPS:
        name = f"documents/slips/{slip.name}.yaml"
        files[name], found = spoilt(slip)
        places.extend((name, *place) for place in found)
    return files, sorted([*places, STRAY_FOLDER])


def checked(folder: Path) -> str:
    """Give what `policybot check` prints for a folder of all broken files."""
    write_folder(folder, broken_files()[0])
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed), contextlib.suppress(typer.Exit):
        check(knowledge=folder)
    return printed.getvalue()


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        GOLDEN.write_text(checked(Path(name)), "utf-8")
