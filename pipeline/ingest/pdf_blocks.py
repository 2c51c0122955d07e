"""Pages → blocks of a document: furniture and notes out, columns and tables in, paragraphs joined over pages, notes hung on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from extractors.normalize import joint
from pipeline.ingest.pdf_columns import RECIPIENTS, Columns, carry_on, find_columns
from pipeline.ingest.pdf_flow import Margins, is_centered, margins_of, paragraphs
from pipeline.ingest.pdf_furniture import Note, body_size, note_text, split_furniture, split_notes
from pipeline.ingest.pdf_lines import Line
from pipeline.ingest.pdf_narrow import cell_paragraphs, column_paragraphs
from pipeline.ingest.pdf_page import PageLayout
from pipeline.ingest.pdf_tables import Grid, GridCell, header_rows, join_grids
from schemas.document import Piece, RawBlock, RawCell, Revision

Item = Line | Grid | Columns
Hang = Callable[[Sequence[Line], bool | None], tuple[RawBlock, list[RawBlock]]]


class Blocks:
    """Builds the blocks of one document from its pages."""

    def __init__(self, pages: Sequence[PageLayout]) -> None:
        self._pages = pages
        self._ocr: dict[int, tuple[RawBlock, ...]] = {}
        self._margins: list[Margins] = []
        self._notes: list[Note] = []
        self._printed: dict[int, str] = {}  # id of a note → its mark, unique in the document

    def put_ocr(self, number: int, blocks: tuple[RawBlock, ...]) -> None:
        """Blocks that recognition of characters found on a page."""
        self._ocr[number] = blocks

    def warnings(self) -> list[str]:
        """What a reader of the result should know about these pages."""
        crowded = [str(page.number) for page in self._pages if page.crowded]
        struck = [str(page.number) for page in self._pages if page.struck]
        found = [f"Trang {', '.join(crowded)} có quá nhiều nét vẽ: không tìm bảng trên trang này."] if crowded else []
        if struck:
            found.append(f"Trang {', '.join(struck)} có chữ bị gạch ngang: coi như đã xóa, xem phần sửa đổi.")
        return found

    def revisions(self) -> tuple[Revision, ...]:
        """Words printed struck through: deleted in the final view."""
        return tuple(Revision("delete", line.text, None, None, line.anchor()) for page in self._pages for line in page.struck)

    def build(self) -> tuple[RawBlock, ...]:
        """All blocks in reading order, then notes without a host, then the furniture of all pages."""
        self._lay_out()
        out: list[RawBlock] = []
        flow: list[Line] = []
        table: Grid | None = None
        for page in self._pages:
            if page.number in self._ocr:
                self._flush(flow, table, out)
                flow, table = [], None
                out.extend(self._ocr[page.number])
                continue
            fresh = True
            for item in self._items(page):
                if isinstance(item, Line):
                    self._flush([], table, out)
                    table = None
                    flow.append(item)
                elif isinstance(item, Grid):
                    if table is None or not fresh or not join_grids(table, item):
                        self._flush(flow, table, out)
                        flow, table = [], item
                else:
                    self._flush(flow, table, out)
                    flow, table = [], None
                    out.append(_layout(item, self._margins[item.page - 1]))
                fresh = False
        self._flush(flow, table, out)
        return (*out, *self._loose_notes(), *self._furniture())

    def _lay_out(self) -> None:
        pages = self._pages
        keep, drop = split_furniture([p.lines for p in pages], [p.height for p in pages])
        for page, lines, furniture in zip(pages, keep, drop, strict=True):
            page.lines, page.furniture = lines, page.furniture + furniture
        size = body_size(keep)
        rough = self._measure()
        for page, margins in zip(pages, rough, strict=True):
            page.lines, notes = split_notes(page.lines, page.edges, size, page.number, margins.left)
            page.columns, page.lines = find_columns(page.lines, margins.middle)
            self._take_notes(page, notes)
        for page, following in pairwise(pages):
            last = max(page.columns, key=lambda run: run.top, default=None)
            low = [x.bottom for x in page.lines] + [grid.bounds[3] for grid in page.grids]
            turned = abs(page.width - following.width) > 5
            if last is not None and not turned and RECIPIENTS.match(last.left[0].text) and max(low, default=0) < last.top:
                carry_on(last, following.lines, following.columns, rough[page.number - 1].middle)
        self._margins = self._measure()

    def _measure(self) -> list[Margins]:
        pages = self._pages
        return margins_of([p.lines for p in pages], [p.width for p in pages], [[grid.bounds for grid in p.grids] for p in pages])

    def _take_notes(self, page: PageLayout, notes: list[Note]) -> None:
        if notes and not notes[0].mark and self._notes:
            self._notes[-1].lines.extend(notes.pop(0).lines)
        page.notes = notes
        used = set(self._printed.values())
        for note in notes:
            mark = note.mark if note.mark not in used else f"{note.mark} (tr. {page.number})"
            self._printed[id(note)] = mark
            used.add(mark)
        self._notes.extend(notes)

    @staticmethod
    def _items(page: PageLayout) -> list[Item]:
        items: list[tuple[float, Item]] = [(line.top, line) for line in page.lines]
        items += [(grid.top, grid) for grid in page.grids] + [(columns.top, columns) for columns in page.columns]
        items.sort(key=lambda pair: pair[0])
        return [item for _, item in items]

    def _flush(self, flow: list[Line], table: Grid | None, out: list[RawBlock]) -> None:
        if flow:
            groups = paragraphs(flow, self._margins)
            centered = [is_centered(lines[0], self._margins[lines[0].page - 1]) for lines in groups]
            for n, lines in enumerate(groups):
                block, notes = self._hang(lines, centered[n] or self._fills_title(groups, centered, n))
                out.append(block)
                out.extend(notes)
            flow.clear()
        if table is not None:
            notes_below: list[RawBlock] = []
            out.append(_table(table, self._hang, notes_below))
            out.extend(notes_below)

    def _fills_title(self, groups: list[list[Line]], centered: list[bool], n: int) -> bool:
        """A bold line from margin to margin between bold centred ones is part of their title."""
        if not 0 < n < len(groups) - 1 or len(groups[n]) > 1 or not (centered[n - 1] and centered[n + 1]):
            return False
        line = groups[n][0]
        off = abs(line.middle - self._margins[line.page - 1].middle)
        return off <= 3 and all(group[-1].bold for group in groups[n - 1 : n + 2])

    def _hang(self, lines: Sequence[Line], centered: bool | None) -> tuple[RawBlock, list[RawBlock]]:
        """A paragraph and the footnotes whose marks hang in it; raised figures that are no mark of a note stay text (m2)."""
        marks: list[str] = []
        notes: list[RawBlock] = []
        for line in lines:
            for mark, at in reversed(line.marks):
                note = self._note_of(mark, line.page)
                if note is None:
                    line.text = line.text[:at] + mark + line.text[at:]
            for mark, _ in line.marks:
                note = self._note_of(mark, line.page)
                if note is not None and note.lines:
                    marks.append(self._printed[id(note)])
                    notes.append(self._note_block(note))
            line.marks = []
        indent = round(lines[0].x0 - self._margins[lines[0].page - 1].left, 1) if self._margins else None
        return RawBlock("paragraph", _pieces(lines), notes=tuple(marks), centered=centered, indent=indent), notes

    def _note_of(self, mark: str, page: int) -> Note | None:
        return next((n for n in self._notes if n.mark == mark and n.page == page), None)

    def _note_block(self, note: Note) -> RawBlock:
        texts = [note_text(line, first) for first, line in zip([True] + [False] * len(note.lines), note.lines, strict=False)]
        block = RawBlock("footnote", _pieces(note.lines, texts), note=self._printed[id(note)])
        note.lines = []
        return block

    def _loose_notes(self) -> list[RawBlock]:
        return [self._note_block(note) for note in self._notes if note.lines]

    def _furniture(self) -> list[RawBlock]:
        return [RawBlock("furniture", _pieces([line])) for page in self._pages for line in page.furniture]


def _pieces(lines: Sequence[Line], texts: Sequence[str] | None = None) -> tuple[Piece, ...]:
    """A piece a printed line; the blank that joins it to the next stands at its end, none after the hyphen of a broken number."""
    shown = list(texts) if texts is not None else [line.text for line in lines]
    following = [*shown[1:], ""]
    return tuple(
        Piece(text + joint(text, after), line.anchor(), line.bold, line.italic)
        for line, text, after in zip(lines, shown, following, strict=True)
        if text
    )


def _layout(columns: Columns, margins: Margins) -> RawBlock:
    cells: list[RawCell] = []
    widths = columns.widths(margins.left, margins.right)
    for row, sides in enumerate(columns.rows()):
        for column, lines in enumerate(sides):
            blocks = tuple(RawBlock("paragraph", _pieces(group)) for group in column_paragraphs(lines, widths[column]))
            cells.append(RawCell(row, column, blocks))
    return RawBlock("table", cells=tuple(cells), layout=True)


def _table(grid: Grid, hang: Hang, notes: list[RawBlock]) -> RawBlock:
    heads = header_rows(grid)
    cells = [_cell(cell, cell.row < heads, hang, notes) for cell in grid.cells]
    return RawBlock("table", cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _cell(cell: GridCell, header: bool, hang: Hang, notes: list[RawBlock]) -> RawCell:
    pad = max(1.0, min((line.x0 - cell.bounds[0] for line in cell.lines), default=1.0))
    pad = min(pad, 8.0)
    groups = cell_paragraphs(cell.lines, cell.bounds[0] + pad, cell.bounds[2] - pad)
    blocks: list[RawBlock] = []
    for group in groups:
        block, found = hang(group, None)
        blocks.append(RawBlock("paragraph", block.pieces, notes=block.notes))
        notes.extend(found)
    return RawCell(cell.row, cell.column, tuple(blocks), cell.row_span, cell.column_span, header)
