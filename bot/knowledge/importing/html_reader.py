"""Read web pages as saved by a browser. The only door of selectolax."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from bot.knowledge.importing.blocks import (
    Block,
    Clues,
    Dropped,
    Extract,
    Kind,
    Progress,
    Unreadable,
    row,
)
from bot.knowledge.importing.characters import close_up, decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_HEAD = 4_096  # bytes in which a page says its encoding
_UNSEEN = ["script", "style", "noscript", "template", "iframe", "select", "svg", "textarea"]
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img"),
        *("ins", "kbd", "label", "mark", "nobr", "o:p", "q", "s", "small", "span", "strike"),
        *("strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
_FURNITURE_TAGS = ("nav", "footer", "aside", "button", "form")
_FURNITURE_NAME = re.compile(
    r"\b(?:nav|navbar|menu|footer|foot|header|crumbs?|breadcrumb|sidebar|share|toolbar|copyright"
    r"|banner|pagination|related|bottom|topbar|search|weizhi|dqwz|dibu)\b",
    re.IGNORECASE,
)
_FURNITURE_LINE = re.compile(
    r"(?:当前位置|您(?:现在|当前)?的?位置|首页\s*[>＞»]|字体[:：]|【?(?:打印|关闭|返回顶部|收藏)"
    r"|分享到|扫一扫|版权所有|主办单位[:：]|承办单位[:：]|网站标识码|技术支持[:：]|上一篇|下一篇)"
    r"|.{0,20}(?:ICP备|公网安备)"
)
_LONGEST_FURNITURE_LINE = 120  # characters: a sentence that begins like that is no furniture
_LINKED_SHARE = 0.6  # of an element's characters are links where it is a menu
_FEWEST_LINKS = 3
_LONG_CELL = 200  # characters: what is longer is laid out with a table, not tabulated
_DEEPEST = 200  # elements within each other; pages that are written have 40
_MOST_OPEN = 3_000  # elements; a parser's work grows with the square of them
# Of elements that must be closed; pages leave many others open.
_TAG = re.compile(
    r"<(/?)(?:div|span|table|ul|ol|section|font|b|i|a|em|strong|blockquote)\b", re.IGNORECASE
)
_NESTED = ("网页里一层套一层，太深了", "把正文复制到 txt 再导入")
NAVIGATION = "网页的导航、页脚和按钮"


def read(content: bytes, progress: Progress) -> Extract:
    """Give the headings, paragraphs and tables of a page; menus and footers are dropped."""
    named = _CHARSET.search(content[:_HEAD])
    decoded = decode(content, named[1].decode("ascii") if named else "")
    if _is_piled(decoded.text):
        raise Unreadable(*_NESTED)
    tree = LexborHTMLParser(decoded.text)
    if tree.body is None:
        raise Unreadable("网页里没有正文", "用浏览器打开后另存，或把正文复制到 txt 再导入")
    if _depth(tree.body) > _DEEPEST:
        raise Unreadable(*_NESTED)
    clues = _clues(tree, decoded.note)
    tree.strip_tags(_UNSEEN)
    progress(0, 1)
    walk = _Walk()
    walk.visit(tree.body)
    walk.end_line()
    source = tree.body.text(deep=True)
    return Extract(tuple(walk.blocks), source, tuple(walk.dropped), clues)


def _is_piled(text: str) -> bool:
    """Tell elements that pile up without end, over which a parser would take minutes."""
    depth = 0
    for match in _TAG.finditer(text):
        depth += -1 if match[1] else 1
        if depth > _MOST_OPEN:
            return True
    return False


def _depth(top: LexborNode) -> int:
    """Count how many elements lie within each other at most, without recursion."""
    deepest, waiting = 0, [(top, 1)]
    while waiting and deepest <= _DEEPEST:
        node, depth = waiting.pop()
        deepest = max(deepest, depth)
        waiting.extend((child, depth + 1) for child in node.iter())
    return deepest


def _clues(tree: LexborHTMLParser, note: str) -> Clues:
    """Read what government sites must state in the head of each page."""
    stated = {
        (node.attributes.get("name") or "").lower(): node.attributes.get("content") or ""
        for node in tree.css("meta")
    }
    title = tree.css_first("title")
    return Clues(
        title=close_up(stated.get("articletitle") or (title.text() if title else "")),
        publisher=close_up(stated.get("contentsource") or stated.get("sitename") or ""),
        published=stated.get("pubdate", "").strip(),
        url=stated.get("url", "").strip(),
        note=note,
    )


class _Walk:
    """Walks through a page once and cuts it into lines where a browser would."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.dropped: list[Dropped] = []
        self._line: list[str] = []
        self._level: int | None = None

    def visit(self, node: LexborNode) -> None:
        """Take in an element with all that is in it."""
        for child in node.iter(include_text=True):
            tag = child.tag or ""
            if tag == "-text":
                self._line.append(child.text_content or "")
            elif tag == "br":
                self.end_line()
            elif tag in _INLINE:
                self.visit(child)
            elif not tag.startswith("-"):
                self._visit_block(child, tag)

    def _visit_block(self, node: LexborNode, tag: str) -> None:
        self.end_line()
        if _is_furniture(node, tag):
            text = node.text(deep=True)
            if text.strip():
                self.dropped.append(Dropped(NAVIGATION, close_up(text)))
            return
        if tag == "table" and _is_tabulated(node):
            self.blocks.extend(_rows(node))
            return
        self._level = _HEADINGS.get(tag, self._level)
        self.visit(node)
        self.end_line()
        if tag in _HEADINGS:
            self._level = None

    def end_line(self) -> None:
        """Make a block of what stands in the present line."""
        text = close_up("".join(self._line))
        self._line.clear()
        if not text:
            return
        if _FURNITURE_LINE.match(text) and len(text) <= _LONGEST_FURNITURE_LINE:
            self.dropped.append(Dropped(NAVIGATION, text))
        elif self._level is not None:
            self.blocks.append(Block(Kind.HEADING, text, self._level))
        else:
            self.blocks.append(Block(Kind.PARAGRAPH, text))


def _is_furniture(node: LexborNode, tag: str) -> bool:
    """Tell a menu, a footer or a button from what the page says."""
    if tag in _FURNITURE_TAGS:
        return True
    text = "".join(node.text(deep=True).split())
    is_long = text.count("。") > 1
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
    is_named = tag == "header" or _FURNITURE_NAME.search(names.replace("_", "-"))
    if is_named and not is_long and node.css_first("h1") is None:
        return True
    links = node.css("a")
    if len(links) < _FEWEST_LINKS or tag == "table":
        return False
    linked = sum(len("".join(link.text(deep=True).split())) for link in links)
    return not is_long and linked > len(text) * _LINKED_SHARE


def _is_tabulated(table: LexborNode) -> bool:
    """Tell a table of facts from one that only lays out the page."""
    if any(table.css(f"table {tag}") for tag in ("h1", "h2", "table")):
        return False
    cells = table.css("td, th")
    rows = table.css("tr")
    longest = max((len(cell.text(deep=True).strip()) for cell in cells), default=0)
    return len(cells) > len(rows) and (len(rows) > 1 or longest <= _LONG_CELL)


def _rows(table: LexborNode) -> Iterator[Block]:
    """Give the rows of a table; a cell that spans rows is said again in each of them."""
    spanning: dict[int, tuple[int, str]] = {}
    for caption in table.css("caption"):
        yield Block(Kind.PARAGRAPH, close_up(caption.text(deep=True)))
    for table_row in table.css("tr"):
        cells: list[str] = []
        repeated = ""
        for cell in table_row.css("td, th"):
            repeated += _fill(cells, spanning)
            text = close_up(cell.text(deep=True, separator=" "))
            rows = cell.attributes.get("rowspan") or "1"
            if rows.isdecimal() and int(rows) > 1:
                spanning[len(cells)] = (int(rows) - 1, text)
            cells.append(text)
        repeated += _fill(cells, spanning)
        if cells:
            yield row(tuple(cells), repeated)


def _fill(cells: list[str], spanning: dict[int, tuple[int, str]]) -> str:
    """Add the cells that reach down from rows above, and give their text."""
    repeated = ""
    while (held := spanning.get(len(cells))) is not None:
        left, text = held
        if left > 1:
            spanning[len(cells)] = (left - 1, text)
        else:
            del spanning[len(cells)]
        cells.append(text)
        repeated += text
    return repeated
