"""HTML and saved web pages (.html, .mht, a page renamed .doc), parsed offline: nothing a page links to is ever fetched.

Blocks follow the displayed page: a forced line break ends a paragraph, list items carry the label a browser draws, tables keep
their spans. Tables that hold other tables are page layout of a portal; their cells are read in order as running text.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree
from lxml import html as lxml_html

from pipeline.ingest.decode import decode
from pipeline.ingest.layout import is_letterhead
from pipeline.ingest.legacy import Family, decode_family, family_of_font
from pipeline.ingest.sniff import HTML, MHTML
from pipeline.ingest.word_columns import columns
from schemas.document import BlockKind, Piece, RawBlock, RawCell, RawDocument, Revision
from schemas.errors import Damaged, EmptyFile, TooLarge, WrongType
from schemas.text import LineAnchor

MAX_DEPTH = 200  # nested elements; Word's own HTML stays under 30
MAX_CELLS = 100_000

_SKIP = frozenset("script style noscript template head svg math iframe object embed select button textarea title meta link".split())
_BLOCK = frozenset(
    "p div h1 h2 h3 h4 h5 h6 li ul ol dl dt dd blockquote center section article main header footer aside address form fieldset hr "
    "body pre nav figure figcaption td th tr table".split()
)
_BOLD = frozenset({"b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_META_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?([\w-]+)", re.I)
_LEGACY_FONT = re.compile(r"(?:face|font-family)\s*[=:][^>;]{0,80}?(?:\.Vn[A-Z]|VNI-)", re.I)
_FONT_FAMILY = re.compile(r"font-family\s*:\s*([^;]+)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_TAB = re.compile(r"(?<=\S)(?: *\t[ \t\u00a0]*|[ \u00a0]{6,})(?=\S)")
"""What sets two words apart on one line: a tab that is none of the page's own indents, or hard blanks in its place."""
_DELETED = frozenset({"del", "s", "strike"})
_NOTE_HREF = re.compile(r"#_(?:ftn|edn)(\d{1,3})$")
_NOTE_BLOCK = re.compile(r"(?:ftn|edn)(\d{1,3})$")


def read_html(data: bytes, name: str, *, declared: str | None = None, media_type: str = HTML, digest: str | None = None) -> RawDocument:
    """Read a page. ``declared`` is a charset from outside (a mail header); the page's own is looked up.

    Raises ``EmptyFile`` (no text), ``BadEncoding``, ``TooLarge`` (nested too deep, table too large), ``Damaged``.
    """
    meta = _META_CHARSET.search(data[:8192])
    fonts = _LEGACY_FONT.search(data.decode("latin-1")) is not None
    decoded = decode(data, declared=declared or (meta[1].decode("ascii") if meta else None), legacy_fonts=fonts)
    flow = _Flow()
    flow.element(_body(decoded.text), _Style(), 0)
    flow.flush()
    if not flow.blocks:
        raise EmptyFile("Trang không có chữ nào.")
    blocks = tuple(_without_tabs(block) for block in columns(flow.blocks))
    warnings = decoded.warnings + (("Có đoạn dùng phông TCVN3/VNI; đã chuyển sang Unicode.",) if flow.converted else ())
    sha256 = digest or hashlib.sha256(data).hexdigest()
    return RawDocument(name, sha256, media_type, blocks, encoding=decoded.encoding, revisions=tuple(flow.gone), warnings=warnings)


def read_mhtml(data: bytes, name: str) -> RawDocument:
    """Read the first HTML part of a saved page; lines are counted inside that part."""
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                charset = part.get_content_charset()
                return read_html(payload, name, declared=charset, media_type=MHTML, digest=hashlib.sha256(data).hexdigest())
    raise WrongType("Trang lưu trữ không có phần HTML.")


def _without_tabs(block: RawBlock) -> RawBlock:
    """A block whose tabs set nothing side by side: a browser shows them as blanks."""
    if not any("\t" in piece.text for piece in block.pieces):
        return block
    return replace(block, pieces=tuple(replace(p, text=p.text.replace("\t", " ")) for p in block.pieces))


def _body(text: str) -> etree._Element:
    text = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).replace("\0", "")
    parser = lxml_html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        if not re.sub(r"<[^>]*>", "", text).strip():
            raise EmptyFile("Trang không có chữ nào.") from error
        raise Damaged("Trang HTML hỏng, không đọc được.") from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise TooLarge("Trang HTML lồng nhau quá sâu.")
    body = root.find("body")
    return root if body is None else body


@dataclass(frozen=True, slots=True)
class _Style:
    """What text inherits from the elements around it."""

    bold: bool = False
    centered: bool | None = None
    family: Family | None = None
    kind: BlockKind = "paragraph"
    note: str | None = None
    lines: bool = False  # inside <pre>


@dataclass(slots=True)
class _Flow:
    """Collects running text to paragraphs while walking the tree once."""

    blocks: list[RawBlock] = field(default_factory=list)
    converted: bool = False
    gone: list[Revision] = field(default_factory=list)
    _parts: list[tuple[str, str, bool]] = field(default_factory=list)  # shown, as it stands in the page, bold
    _notes: list[str] = field(default_factory=list)
    _label: str | None = None
    _level: int | None = None
    _line: int = 1
    _style: _Style = field(default_factory=_Style)

    def element(self, node: etree._Element, style: _Style, depth: int) -> None:
        """Read one element and its descendants; its tail belongs to the caller."""
        if depth > MAX_DEPTH:
            raise TooLarge("Trang HTML lồng nhau quá sâu.")
        tag = node.tag if isinstance(node.tag, str) else ""
        if tag in _SKIP or not tag or node.get("hidden") is not None or _HIDDEN.search(node.get("style") or ""):
            return
        if tag == "br":
            self.flush(keep_label=not self._has_text())
            return
        if tag == "a" and self._note_reference(node):
            return
        if tag in _DELETED:
            words = _BLANKS.sub(" ", "".join(map(str, node.itertext()))).strip()
            self.gone += [Revision("delete", words, None, None, LineAnchor(_line_of(node, self._line)))] if words else []
            return
        if "mso-tab-count" in (node.get("style") or ""):
            self._parts.append(("\t", "\t", style.bold))
            return
        style = _inherit(node, tag, style)
        if tag == "table":
            self.flush()
            self._table(node, style, depth)
            return
        if tag in _BLOCK:
            self.flush(keep_label=not self._has_text())
            self._style, self._line = style, _line_of(node, self._line)
        if tag in ("ul", "ol"):
            self._list(node, style, depth)
        else:
            self._inside(node, style, depth)
        if tag in _BLOCK:
            self.flush(keep_label=tag != "li" and not self._has_text())

    def _inside(self, node: etree._Element, style: _Style, depth: int) -> None:
        self._text(node.text, style, node)
        for child in node:
            self.element(child, style, depth + 1)
            if isinstance(child.tag, str) and child.tag in _BLOCK:
                self._style = style
            self._text(child.tail, style, child)

    def _list(self, node: etree._Element, style: _Style, depth: int) -> None:
        labels = _Labels(node)
        level = (self._level or 0) + 1 if self._level is not None else 0
        for child in node:
            if child.tag == "li":
                self.flush()
                self._label, before, self._level = labels.next(child), self._level, level
                self.element(child, style, depth + 1)
                self._label, self._level = None, before
            else:
                self.element(child, style, depth + 1)

    def _text(self, text: str | None, style: _Style, node: etree._Element) -> None:
        if not text:
            return
        if not self._has_text():
            self._line, self._style = _line_of(node, self._line), style
        if style.lines:
            for number, line in enumerate(text.splitlines()):
                anchor = LineAnchor(_line_of(node, 1) + number)
                self.blocks.append(RawBlock("paragraph", (Piece(line, anchor),), style="line" if line.strip() else "blank"))
            return
        shown = decode_family(text, style.family) if style.family else text
        self.converted = self.converted or shown != text
        self._parts.append((shown, text, style.bold))

    def _has_text(self) -> bool:
        return any(shown.strip() for shown, _, _ in self._parts)

    def _note_reference(self, node: etree._Element) -> bool:
        """A mark in running text that points at a footnote: noted, kept out of the words."""
        found = _NOTE_HREF.search(node.get("href") or "")
        if found is None or not (node.get("name") or node.get("id") or "").startswith(("_ftnref", "_ednref")):
            return found is None and (node.get("href") or "").startswith(("#_ftnref", "#_ednref"))
        self._notes.append(found[1])
        return True

    def flush(self, *, keep_label: bool = False) -> None:
        """End the paragraph. ``keep_label``: nothing was said yet, the label of the list item waits for its first words."""
        shown = _displayed("".join(part for part, _, _ in self._parts))
        if shown.replace("\u00a0", "").strip():
            raw = _displayed("".join(part for _, part, _ in self._parts))
            bold = all(bold for part, _, bold in self._parts if part.strip())
            label = self._label if self._label and not shown.startswith(self._label) else None
            piece = Piece(shown, LineAnchor(self._line), bold=bold, raw=raw if raw != shown else None)
            style = self._style
            self.blocks.append(
                RawBlock(
                    style.kind, (piece,), label=label, level=self._level if label else None, note=style.note, notes=tuple(self._notes),
                    centered=style.centered,
                )
            )  # fmt: skip
            self._label = None
            self._notes.clear()
        elif not keep_label:
            self._label = None
        self._parts.clear()

    def _table(self, node: etree._Element, style: _Style, depth: int) -> None:
        rows = list(_rows(node))
        if node.find(".//table") is not None or max((len(row) for row, _ in rows), default=0) <= 1:
            for row, _ in rows:
                for cell in row:
                    self.element(cell, style, depth + 1)
            return
        cells, taken = list[RawCell](), set[tuple[int, int]]()
        for r, (row, in_head) in enumerate(rows):
            column = 0
            for cell in row:
                while (r, column) in taken:
                    column += 1
                down, across = min(_span(cell, "rowspan"), len(rows) - r), _span(cell, "colspan")
                taken.update((r + i, column + j) for i in range(down) for j in range(across))
                if len(taken) > MAX_CELLS:
                    raise TooLarge(f"Bảng có hơn {MAX_CELLS} ô.")
                inner = _Flow()
                inner.element(cell, style, depth + 1)
                inner.flush()
                self.converted = self.converted or inner.converted
                self.gone += inner.gone
                cells.append(RawCell(r, column, tuple(inner.blocks), down, across, in_head or cell.tag == "th"))
                column += across
        if any(cell.paragraphs for cell in cells):
            self.blocks.append(RawBlock("table", cells=tuple(cells), layout=is_letterhead(cells)))


def _displayed(text: str) -> str:
    return "\t".join(_BLANKS.sub(" ", part) for part in _TAB.split(text)).strip(" ")


def _line_of(node: etree._Element, default: int) -> int:
    line: object = node.sourceline
    return line if isinstance(line, int) else default


def _rows(table: etree._Element) -> Iterator[tuple[list[etree._Element], bool]]:
    """Rows of this table (not of tables inside it) with their cells, and whether they stand in its head."""
    for child in table:
        if child.tag == "tr":
            yield [cell for cell in child if cell.tag in ("td", "th")], False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child:
                if row.tag == "tr":
                    yield [cell for cell in row if cell.tag in ("td", "th")], child.tag == "thead"


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), 1000) if value.isascii() and value.isdigit() and len(value) < 6 else 1


def _inherit(node: etree._Element, tag: str, style: _Style) -> _Style:
    css = node.get("style") or ""
    weight = re.search(r"font-weight\s*:\s*(\w+)", css)
    bold = style.bold or tag in _BOLD
    if weight:
        bold = weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)
    align = re.search(r"text-align\s*:\s*(\w+)", css)
    where = (align[1] if align else node.get("align") or ("center" if tag == "center" else "")).lower()
    centered = (where == "center") if where else style.centered
    face = node.get("face") if tag == "font" else None
    if found := _FONT_FAMILY.search(css):
        face = found[1]
    family = family_of_font(face.split(",")[0].strip(" '\"")) if face else style.family
    kind, note = style.kind, style.note
    if tag == "nav":
        kind = "furniture"
    elif found := _NOTE_BLOCK.fullmatch(node.get("id") or ""):
        kind, note = "footnote", found[1]
    return _Style(bold, centered, family, kind, note, style.lines or tag == "pre")


class _Labels:
    """Labels a browser draws for the items of one list."""

    def __init__(self, node: etree._Element) -> None:
        css = node.get("style") or ""
        self.none = re.search(r"list-style(?:-type)?\s*:[^;]*\bnone\b", css) is not None
        self.ordered = node.tag == "ol"
        kind = re.search(r"list-style-type\s*:\s*([\w-]+)", css)
        self.kind = _CSS_KINDS.get(kind[1], "1") if kind else (node.get("type") or "1")
        self.number = _integer(node.get("start"), 1)

    def next(self, item: etree._Element) -> str | None:
        if self.none or "none" in (item.get("style") or "").partition("list-style")[2][:20]:
            return None
        if not self.ordered:
            return "-"
        self.number = _integer(item.get("value"), self.number)
        label = f"{_numeral(self.number, self.kind)}."
        self.number += 1
        return label


_CSS_KINDS = {"lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i", "upper-roman": "I"}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _numeral(number: int, kind: str) -> str:
    if number < 1 or kind not in ("a", "A", "i", "I") or (kind in "iI" and number > 3999):
        return str(number)
    text = ""
    if kind in "aA":
        while number:
            number, rest = divmod(number - 1, 26)
            text = chr(ord("a") + rest) + text
    else:
        for value, sign in _ROMAN:
            count, number = divmod(number, value)
            text += sign * count
    return text.upper() if kind in "AI" else text


__all__ = ["read_html", "read_mhtml"]
