"""Tables of a Word file: the grid behind merged cells, and whether a table carries data or only places text side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from unicodedata import normalize

from pipeline.ingest.word_package import VAL, Element, child, number, value, w
from pipeline.ingest.word_runs import ALTERNATE, CONTROL, CONTROL_CONTENT, DELETED, INSERTED, MOVED_FROM, MOVED_TO, chosen
from pipeline.ingest.word_styles import Styles
from schemas.document import Piece, RawBlock, RawCell

MAX_SPAN = 63  # Word allows 63 columns; a larger span is damage
_TRANSPARENT = frozenset((w("customXml"), w("smartTag"), INSERTED, MOVED_TO, CONTROL_CONTENT))
_VERTICAL = ("left", "right", "start", "end", "insideV")

# Nghị định 30/2020/NĐ-CP, phụ lục I, phần II (Quốc hiệu, số, chữ ký, nơi nhận); Hướng dẫn 36-HD/VPTW and 05-HD/VPTW for the Party.
HEAD_MARK = re.compile(
    r"(?i)c[ộọ]ng (?:hòa|hoà) xã h[ộọ]i ch[ủũ] ngh[ĩi]a|đ[ảã]ng c[ộọ]ng s[ảã]n vi[ệẹ]t nam|độc lập\s*[-–]\s*tự do"
    r"|^\s*số\s*:?[\s\d.…_]*[-/]\s*(?-i:[A-ZĐƯ])|nơi nhận\s*:?\s*$"
)
SIGN_MARK = re.compile(r"(?im)^[^\S\n]*(?:tm|kt|tl|tuq|q|t/m|k/t|t/l)\s*\.?\s+\w")
_RECIPIENTS = re.compile(r"(?i)\s*nơi nhận\s*:?\s*(?:\n|$)")
_ORDER_HEAD = re.compile(r"(?i)^\s*(?:s?tt|số\s*tt|số thứ tự)\.?\s*$")


def blocks_of(container: Element) -> Iterator[Element]:
    """Block elements (paragraphs, tables, rows, cells) of a container in the final view; wrappers are looked through."""
    for item in container:
        tag = item.tag
        if tag == CONTROL:
            content = child(item, "sdtContent")
            if content is not None:
                yield from blocks_of(content)
        elif tag == ALTERNATE:
            yield from blocks_of(chosen(item))
        elif tag in _TRANSPARENT:
            yield from blocks_of(item)
        elif tag not in (DELETED, MOVED_FROM):
            yield item


@dataclass(slots=True)
class Slot:
    """A cell before its content is read. Rows and columns count from 0, columns over spans."""

    element: Element
    row: int
    column: int
    row_span: int
    column_span: int
    header: bool


def slots(table: Element) -> list[list[Slot]]:
    """Cells row by row as displayed: merged cells once, with their spans; deleted rows left out."""
    rows: list[list[Slot]] = []
    open_merges: dict[int, Slot] = {}
    for line in (r for r in blocks_of(table) if r.tag == w("tr")):
        properties = child(line, "trPr")
        if child(properties, "del") is not None:
            continue
        column = _clamp(number(value(properties, "gridBefore"), 0))
        header = child(properties, "tblHeader") is not None and value(properties, "tblHeader") not in ("0", "false", "off")
        row: list[Slot] = []
        merges: dict[int, Slot] = {}
        for cell in (c for c in blocks_of(line) if c.tag == w("tc")):
            settings = child(cell, "tcPr")
            span = max(1, _clamp(number(value(settings, "gridSpan"), 1)))
            if value(settings, "hMerge") in ("continue", None) and child(settings, "hMerge") is not None and row:
                row[-1].column_span += span
                column += span
                continue
            merge = child(settings, "vMerge")
            above = open_merges.get(column) if merge is not None and merge.get(VAL, "continue") == "continue" else None
            if above is not None:
                above.row_span += 1
                merges[column] = above
            else:
                slot = Slot(cell, len(rows), column, 1, span, header)
                row.append(slot)
                if merge is not None:
                    merges[column] = slot
            column += span
        open_merges = merges
        rows.append(row)
    return rows


def deleted_rows(table: Element) -> Iterator[tuple[str, Element]]:
    """Text and change mark (``w:del``) of rows deleted as a whole."""
    for line in (r for r in blocks_of(table) if r.tag == w("tr")):
        mark = child(child(line, "trPr"), "del")
        if mark is None:
            continue
        text = " ".join("".join(t.text or "" for t in cell.iter(w("t"), w("delText"))) for cell in line.iterchildren(w("tc"))).strip()
        if text:
            yield text, mark


def _clamp(n: int | None) -> int:
    return min(MAX_SPAN, max(0, n or 0))


def is_ruled(table: Element, rows: list[list[Slot]], styles: Styles) -> bool:
    """Whether most cells have a vertical line; a line under a header cell alone rules nothing."""
    properties = child(table, "tblPr")
    drawn = {side: _visible(styles.table_borders(value(properties, "tblStyle")), side) for side in _VERTICAL}
    own = child(properties, "tblBorders")
    for side in _VERTICAL:
        seen = _visible(own, side)
        drawn[side] = drawn[side] if seen is None else seen
    by_table = any(drawn.values())
    cells = [cell for row in rows for cell in row]
    ruled = 0
    for cell in cells:
        borders = child(child(cell.element, "tcPr"), "tcBorders")
        sides = [s for s in (_visible(borders, side) for side in _VERTICAL) if s is not None]
        ruled += any(sides) or (by_table and len(sides) < 2)
    return 2 * ruled > len(cells)


def _visible(borders: Element | None, side: str) -> bool | None:
    style = value(borders, side)
    return None if style is None else style not in ("nil", "none")


def is_layout(cells: list[RawCell], ruled: bool) -> bool:
    """Whether the table only places text: header block, number and date, recipients and signature.

    Decided from lines and content together: such tables have two or three columns and few rows; what they hold is the motto,
    the number, "Nơi nhận", a signing authority. A table with an order column is data whatever its lines.
    """
    if not cells:
        return True
    rows = 1 + max(cell.row for cell in cells)
    width = _width(cells)
    texts = [text_of(cell) for cell in cells]
    if width > 3 or any(_ORDER_HEAD.match(text) for text in texts[:width]):
        return False
    marked = any(HEAD_MARK.search(line) for text in texts for line in text.splitlines())
    if marked and rows <= (4 if ruled else 8):
        return True
    if ruled:
        return False
    return rows <= 3 or (rows <= 8 and any(SIGN_MARK.search(text) for text in texts))


def _width(cells: list[RawCell]) -> int:
    """Cells in the fullest row."""
    return max(Counter(cell.row for cell in cells).values())


def text_of(cell: RawCell) -> str:
    """Text of a cell, its paragraphs on lines of their own."""
    return normalize("NFC", "\n".join("".join(p.text for p in block.pieces) for block in cell.paragraphs if block.kind != "table"))


def with_header(cells: list[RawCell]) -> list[RawCell]:
    """Mark the head of a data table that declares none: a first row all in bold, and the rows its merged cells reach into."""
    if not cells or any(cell.header for cell in cells):
        return cells
    first = [cell for cell in cells if cell.row == 0]
    filled = [piece for cell in first for block in cell.paragraphs for piece in block.pieces if piece.text.strip()]
    if len(first) < 2 or not filled or not all(piece.bold for piece in filled):
        return cells
    last = max(cell.row + cell.row_span for cell in first)
    if last > max(cell.row + cell.row_span for cell in cells) - 1:
        return cells  # nothing would be left under the head
    return [replace(cell, header=True) if cell.row < last else cell for cell in cells]


def all_pieces(block: RawBlock) -> list[Piece]:
    """Pieces of a block and of everything in its cells."""
    return [*block.pieces, *(piece for cell in block.cells for inner in cell.paragraphs for piece in all_pieces(inner))]


def parted(cells: list[RawCell]) -> list[list[RawCell]]:
    """Cut off the rows of recipients and signature at the end of a table.

    Two tables without a paragraph between them grow together, in Word as in LibreOffice; "Nơi nhận:" begins the second one.
    """
    start = next((c.row for c in cells if c.row and _RECIPIENTS.match(text_of(c)) and c.row_span == 1), None)
    if start is None or any(c.row < start < c.row + c.row_span for c in cells):
        return [cells]
    tail = [replace(c, row=c.row - start) for c in cells if c.row >= start]
    if _width(tail) > 3:
        return [cells]
    return [[c for c in cells if c.row < start], tail]


def unwrapped(cells: list[RawCell]) -> list[RawBlock] | None:
    """The blocks of a table that is only a frame: one cell, or one below the other of which one holds a table. None for real tables."""
    framed = len({cell.column for cell in cells}) == 1 and any(b.kind == "table" for cell in cells for b in cell.paragraphs)
    return [b for cell in cells for b in cell.paragraphs] if len(cells) == 1 or framed else None
