"""Ruled tables: rulings → cells by pdfplumber's table functions, characters into cells, tables joined over pages.

Only pages with rulings come here, and only rulings go to pdfplumber: its own characters (pdfminer) cost most of its time and
break blanks differently from the rest of the page.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pdfplumber.table import cells_to_tables, edges_to_intersections, intersections_to_cells, merge_edges

from pipeline.ingest.pdf_chars import Edge, Glyph
from pipeline.ingest.pdf_columns import join_stretches
from pipeline.ingest.pdf_flow import WORD_GAP
from pipeline.ingest.pdf_lines import Line, make_lines

SNAP = 3.0  # points: rulings nearer than that are one
MIN_PATHS = 4
MAX_CROSSINGS = 60_000  # pairs of rulings: a table of 200 rows and 20 columns has 4,000
SAME_X = 5.0  # points: columns of a continued table stand at the same place
LINE_FREE = 1.8  # of the size: below the words of a cell a line had room
STRIP = 13.0  # points: the room between a frame and the table in it
CELL_PAD = 5.4  # points between the ruling and the words, as Word sets it
Bounds = tuple[float, float, float, float]


@dataclass(slots=True, eq=False)
class GridCell:
    """A cell with its lines; ``row`` and ``column`` count from 0 over the grid of its table."""

    row: int
    column: int
    row_span: int
    column_span: int
    bounds: Bounds
    lines: list[Line] = field(default_factory=list)
    header: bool = False

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(slots=True, eq=False)
class Grid:
    """A ruled table on one page, later with the rows of its continuations."""

    page: int
    bounds: Bounds
    lefts: list[float]
    rows: int
    cells: list[GridCell]

    @property
    def top(self) -> float:
        return self.bounds[1]

    def row(self, number: int) -> list[GridCell]:
        return [cell for cell in self.cells if cell.row == number]


def find_grids(edges: Sequence[Edge], page: int) -> list[Grid] | None:
    """Tables of one page from top to bottom, without text; None where the rulings are too many to be tables. Frames of one cell are
    no tables."""
    across, down = [e for e in edges if e.horizontal], [e for e in edges if not e.horizontal]
    if len(across) < 2 or len(down) < 2:
        return []
    merged = merge_edges([_plumber_edge(edge) for edge in edges], SNAP, SNAP, SNAP, SNAP)
    level = sum(edge["orientation"] == "h" for edge in merged)
    if level * (len(merged) - level) > MAX_CROSSINGS:
        return None
    found = cells_to_tables(intersections_to_cells(edges_to_intersections(merged, SNAP, SNAP)))
    grids = [grid for cells in found if (grid := _grid([tuple(map(float, cell)) for cell in cells], page)) is not None]  # type: ignore[misc]
    grids.sort(key=lambda grid: (grid.bounds[1], grid.bounds[0]))
    return [g for g in grids if not any(_inside(g.bounds, other.bounds) for other in grids if other is not g)]


def _plumber_edge(edge: Edge) -> dict[str, float | str]:
    size = {"width": edge.x1 - edge.x0, "height": edge.y1 - edge.y0, "orientation": "h" if edge.horizontal else "v"}
    return {"x0": edge.x0, "x1": edge.x1, "top": edge.y0, "bottom": edge.y1, **size}


def _inside(inner: Bounds, outer: Bounds) -> bool:
    return outer[0] - 1 <= inner[0] and outer[1] - 1 <= inner[1] and inner[2] <= outer[2] + 1 and inner[3] <= outer[3] + 1


def _grid(cells: list[Bounds], page: int) -> Grid | None:
    cells = [c for c in cells if c[2] - c[0] >= 4 and c[3] - c[1] >= 4]
    if len(cells) < 2:
        return None
    lefts, tops = _steps(c[0] for c in cells), _steps(c[1] for c in cells)
    made = [
        GridCell(
            _place(tops, c[1]), _place(lefts, c[0]), max(1, _place(tops, c[3] - 4) - _place(tops, c[1]) + 1),
            max(1, _place(lefts, c[2] - 4) - _place(lefts, c[0]) + 1), c,
        )
        for c in cells
    ]  # fmt: skip
    made.sort(key=lambda cell: (cell.row, cell.column))
    bounds = min(c[0] for c in cells), min(c[1] for c in cells), max(c[2] for c in cells), max(c[3] for c in cells)
    return Grid(page, bounds, lefts, len(tops), made)


def _steps(values: object) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not steps or value - steps[-1] > SNAP:
            steps.append(value)
    return steps


def _place(steps: list[float], value: float) -> int:
    return max(0, bisect_right(steps, value + SNAP / 2) - 1)


def fill_grids(grids: Sequence[Grid], glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Put characters into the cells that hold their middle; the characters outside all tables come back."""
    rest: list[Glyph] = []
    held: dict[int, list[Glyph]] = {}
    cells = [cell for grid in grids for cell in grid.cells]
    if not cells:
        return list(glyphs)
    last, sides = cells[0], list(zip(*(cell.bounds for cell in cells), strict=True))
    around = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
    for glyph in glyphs:
        x, y = (glyph[0] + glyph[1]) / 2, glyph[4].baseline - 0.3 * glyph[4].size
        if not _holds(around, x, y):
            rest.append(glyph)
            continue
        if not _holds(last.bounds, x, y):
            last = next((cell for cell in cells if _holds(cell.bounds, x, y)), last)
        if _holds(last.bounds, x, y):
            held.setdefault(id(last), []).append(glyph)
        else:
            rest.append(glyph)
    for grid in grids:
        for cell in grid.cells:
            cell.lines = _cell_lines(held.get(id(cell), ()), grid.page)
        _trim(grid)
    return rest


def _trim(grid: Grid) -> None:
    """Take off the strips that a frame around the table makes of its sides: narrow, and nothing stands in them."""
    for side in (0, -1):
        edges = [*grid.lefts, grid.bounds[2]]
        column = len(grid.lefts) - 1 if side else 0
        strip = [cell for cell in grid.cells if cell.column == column and cell.column_span == 1]
        alone = all(c.column_span == 1 for c in grid.cells if c.column <= column < c.column + c.column_span)
        if len(grid.lefts) < 4 or edges[column + 1] - edges[column] > STRIP or not alone or any(cell.lines for cell in strip):
            continue
        grid.cells = [cell for cell in grid.cells if cell not in strip]
        for cell in () if side else grid.cells:
            cell.column -= 1
        x0, top, x1, bottom = grid.bounds
        grid.bounds = (x0, top, edges[-2], bottom) if side else (edges[1], top, x1, bottom)
        del grid.lefts[column]


def fill_turned(grids: Sequence[Grid], lines: Sequence[Line]) -> list[Line]:
    """Put turned text into the cells where it begins; what is outside all tables comes back."""
    rest: list[Line] = []
    cells = [cell for grid in grids for cell in grid.cells]
    for line in lines:
        cell = next((c for c in cells if _holds(c.bounds, (line.x0 + line.x1) / 2, line.baseline)), None)
        (rest if cell is None else cell.lines).append(line)
    return rest


def _holds(bounds: Bounds, x: float, y: float) -> bool:
    return bounds[0] <= x <= bounds[2] and bounds[1] <= y <= bounds[3]


def _cell_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    return join_stretches(make_lines(glyphs, page)) if glyphs else []


def join_grids(first: Grid, second: Grid) -> bool:
    """Add the rows of ``second``, the continuation on a later page, to ``first``; False where it is another table.

    The columns must stand at the same places. A repeated head is dropped. Where the first column of the first row is empty the row
    was cut by the page break and its words go on in the row above.
    """
    if not _same_columns(first, second):
        return False
    heads = header_rows(first)
    skip = _repeated(first, second, heads)
    rows = [second.row(n) for n in range(skip, second.rows)]
    if rows and _is_cut(first, rows[0], skip):
        _glue(first.row(first.rows - 1), first, rows.pop(0))
        skip += 1
    shift = first.rows - skip
    open_above = {c.column: c for c in first.cells if c.row + c.row_span == first.rows}
    merging = {c.column for c in first.cells if c.row_span > 1 and c.row >= heads}
    merging |= _merged_over(open_above, rows[0]) if rows else set()
    for n, row in enumerate(rows):
        for cell in row:
            cell.row += shift
            above = open_above.get(cell.column) if n == 0 else None
            apart = bool(cell.lines) and (not _goes_on(above, cell) or _stands_apart(above, cell))
            if above is not None and not apart and _merged_on(above, cell, merging):
                above.row_span += cell.row_span
                above.lines.extend(cell.lines)
            else:
                first.cells.append(cell)
    first.rows += len(rows)
    return True


def _merged_over(above: dict[int, GridCell], row: list[GridCell]) -> set[int]:
    """Columns whose cells the page break cut though a row begins there: the words of one go on, others are empty below filled ones."""
    known = [(above[cell.column], cell) for cell in row if cell.column in above and above[cell.column].lines]
    over = {cell.column for before, cell in known if cell.lines and _goes_on(before, cell) and not _stands_apart(before, cell)}
    bare = {cell.column for before, cell in known if not cell.lines and len(before.text) > 3}
    return over | bare if over and bare else set()


def _merged_on(above: GridCell, cell: GridCell, merging: set[int]) -> bool:
    """Whether a cell at the head of a page may be the rest of one merged downwards: printers cut such a cell at the page break.
    ``merging``: columns that have merged cells."""
    long = max(above.row_span, cell.row_span) > 1 or cell.column in merging
    return long and above.column_span == cell.column_span and bool(above.lines)


def _same_columns(first: Grid, second: Grid) -> bool:
    near = abs(first.bounds[0] - second.bounds[0]) <= SAME_X and abs(first.bounds[2] - second.bounds[2]) <= SAME_X
    if not near or not second.lefts:
        return False
    known = [any(abs(x - y) <= SAME_X for y in first.lefts) for x in second.lefts]
    if not all(known):
        return False
    if len(second.lefts) < len(first.lefts):  # only group rows and merged cells here: place them on the first grid
        for cell in second.cells:
            start = min(range(len(first.lefts)), key=lambda i: abs(first.lefts[i] - cell.bounds[0]))
            stop = sum(x < cell.bounds[2] - SAME_X for x in first.lefts)
            cell.column, cell.column_span = start, max(1, stop - start)
    return True


def header_rows(grid: Grid) -> int:
    """Rows at the top that name the columns: all filled cells bold, or a first cell STT; as many as its first cell spans."""
    top = grid.row(0)
    filled = [cell for cell in top if cell.lines]
    if not filled or (len(top) == 1 and grid.rows > 1):
        return 0
    named = filled[0].text.strip(" .").casefold() in ("stt", "tt", "số tt", "số thứ tự")
    if not named and not (len(filled) >= 2 and all(line.bold for cell in filled for line in cell.lines)):
        return 0
    return min(grid.rows, max(1, top[0].row_span))


def _repeated(first: Grid, second: Grid, heads: int) -> int:
    if not heads or second.rows < heads:
        return 0
    for n in range(heads):
        if [_key(c) for c in first.row(n)] != [_key(c) for c in second.row(n)]:
            return 0
    return heads


def _key(cell: GridCell) -> tuple[int, str]:
    return cell.column, "".join(cell.text.split()).casefold()


def _is_cut(first: Grid, row: list[GridCell], skip: int) -> bool:
    """Whether the first row of a continuation is the rest of the row above: its number cell is empty, and it does not begin anew."""
    if not row or row[0].column_span > 1 or row[0].column != 0:
        return False
    above = {cell.column: cell for cell in first.row(first.rows - 1)}
    filled = [cell for cell in row if cell.lines]
    if not filled or len(above) == 1:
        return False
    if row[0].lines:  # no column of numbers
        return 0 in above and all(_goes_on(above.get(cell.column), cell) for cell in filled)
    if first.cells and not any(cell.lines for cell in above.values()):
        return False
    ended = [bool(c.column in above and above[c.column].text.rstrip().endswith((".", ";", "!", "./."))) for c in filled]
    fresh = [not c.lines[0].text[:1].islower() for c in filled]
    whole = len(filled) == len(row) - 1
    firsts = [cell for cell in first.cells if cell.column == 0 and cell.column_span == 1]
    merged = row[0].row_span > 1 or any(cell.row_span > 1 or not cell.lines for cell in firsts if cell.row)
    apart = sum(_stands_apart(above.get(cell.column), cell) for cell in filled) if len(filled) > 1 else 0
    anew = (merged and apart) or apart == len(filled) > 2 or (whole and all(ended)) or (len(filled) > 2 and any(ended))
    free = len(filled) > 1 and all(_line_free(above[c.column]) for c in filled if c.column in above and above[c.column].lines)
    return not (all(fresh) and (anew or free))


def _line_free(cell: GridCell) -> bool:
    """Whether the words of a cell end before the cell does: no page break cut them."""
    last = cell.lines[-1]
    return cell.lines[0].page == last.page and cell.bounds[3] - last.baseline > LINE_FREE * last.size


def _stands_apart(above: GridCell | None, cell: GridCell) -> bool:
    """Whether the words of a cell are no rest of those above: nothing is there, or their first word had room on its last line."""
    if above is None or not above.lines:
        return True
    last, room = above.lines[-1], above.bounds[2] - above.bounds[0] - 2 * CELL_PAD
    return (last.x1 - last.x0) + WORD_GAP * last.size + cell.lines[0].first_word < room


def _goes_on(above: GridCell | None, cell: GridCell) -> bool:
    """Whether the words of a cell are the rest of those above: small letters behind what was not closed, a bullet behind a colon."""
    if above is None or not above.lines:
        return False
    end, begin = above.text.rstrip()[-1:], cell.lines[0].text[:1]
    return begin.islower() and end not in ".;!" if begin not in "-+•" else end == ":"


def _glue(above: list[GridCell], first: Grid, row: list[GridCell]) -> None:
    for cell in row:
        host = next((c for c in above if c.column <= cell.column < c.column + c.column_span), None)
        if host is None:  # the column is covered by a cell merged from above
            host = next((c for c in reversed(first.cells) if c.column <= cell.column < c.column + c.column_span), above[-1])
        host.lines.extend(cell.lines)
        if host.column == cell.column and host.row + host.row_span == first.rows:  # a merged cell goes on beside the rows below
            host.row_span += cell.row_span - 1
