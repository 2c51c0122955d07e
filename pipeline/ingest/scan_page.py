"""One picture of a page → its words, tables and what only the picture can tell: strokes, dashes, figures in narrow cells.

The picture is dropped as soon as its page is read: a page holds 9 MB, a document of 60 pages would not fit the limit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import fmean, median

import numpy as np

from pipeline.ingest.legacy import is_syllable, syllable_share
from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.pdf_tables import Bounds, Grid, GridCell, find_grids
from pipeline.ingest.scan_cells import add_figures, holds, mend_dots, numbers
from pipeline.ingest.scan_image import PageImage, Place
from pipeline.ingest.scan_labels import add_labels
from pipeline.ingest.scan_lines import measure_words
from pipeline.ingest.scan_marks import add_dashes, count_stems
from pipeline.ingest.scan_ocr import Word, find_turn, recognise, recognise_block
from pipeline.ingest.scan_rulings import find_edges

POOR, POOR_SHARE = 60.0, 0.6  # mean confidence, share of Vietnamese syllables: below both the page may be upside down
ERASED = 0.8  # points on each side of a ruling of a table that are painted over
GHOST, LAID_OVER, LEAST_WORDS, TINY = 3, 0.4, 4, 0.4
"""Signs of a ghost at most; share of the lower height that it shares with a line; words of such a line; share of the usual height below
which figures are none."""
NOISE = 45.0  # confidence below which signs without a letter or figure are specks
INK, LEAST_INK = 128, 40  # grey below which a pixel is ink; pixels of a column that holds words
BORDER = 20  # pixels of paper around a column
Picture = np.ndarray[tuple[int, int], np.dtype[np.uint8]]
_SPECK = re.compile(r"[^\w()“”\"%+–-]+")


@dataclass(eq=False)
class ReadPage:
    """A recognised page; ``number`` is its place among the pages read together, from 1. ``lost`` are words taken for specks."""

    number: int
    place: Place
    words: list[Word] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    strokes: dict[int, float] = field(default_factory=dict)
    stems: dict[int, int] = field(default_factory=dict)
    rows: list[list[Word]] = field(default_factory=list)  # stretches of lines outside tables
    cell_rows: dict[int, list[list[Word]]] = field(default_factory=dict)  # the same by place of the cell on its page
    crowded: bool = False
    poor: bool = False  # the words make hardly any sense
    broken: bool = False  # the data of the picture are damaged

    @property
    def blank(self) -> bool:
        return not self.words

    def all_rows(self) -> Iterator[list[Word]]:
        """Stretches outside tables, then those of the cells."""
        yield from self.rows
        for rows in self.cell_rows.values():
            yield from rows


def read_picture(picture: PageImage, number: int) -> ReadPage:
    """Recognise one page. Raises what ``recognise`` raises."""
    if picture.blank:
        return ReadPage(number, picture.place, broken=picture.broken)
    page = _recognised(picture, number)
    if _looks_wrong(page.words):
        turn = find_turn(picture.gray, picture.place.dpi)
        if turn:
            picture = picture.turned(turn)
            page = _recognised(picture, number)
    page.poor = bool(page.words) and _looks_wrong(page.words)
    page.words = without_ghosts([word for word in page.words if not _is_speck(word)])
    add_figures(page.words, page.grids, picture)
    mend_dots(page.words, page.grids)
    add_dashes(page.words, picture)
    add_labels(page.words, page.grids, picture)
    page.strokes = measure_words(page.words, picture)
    page.stems = count_stems(page.words, picture)
    return page


def _recognised(picture: PageImage, number: int) -> ReadPage:
    page = ReadPage(number, picture.place, edges=find_edges(picture), broken=picture.broken)
    grids = find_grids(page.edges, number)
    page.grids, page.crowded = grids or [], grids is None
    gray = _without_rulings(picture, page) if page.grids else picture.gray
    page.words = recognise(gray, picture.place.dpi)
    for grid in page.grids:
        _read_columns(page.words, grid, gray, picture.place.dpi)
    return page


def _area(gray: Picture, bounds: Bounds, dpi: float) -> Picture:
    x0, y0, x1, y1 = (max(0, round(v * dpi / 72)) for v in bounds)
    return gray[y0:y1, x0:x1]


def _read_columns(words: list[Word], grid: Grid, gray: Picture, dpi: float) -> None:
    """Read a table again column by column, in place: lines of cells side by side stand at different heights, and read as lines of the page
    they lose words and take marks above letters for signs. Figures of a numbering column are read better in their lines."""
    columns: dict[tuple[int, int], list[GridCell]] = {}
    for cell in grid.cells:
        if not numbers(cell, grid):
            columns.setdefault((cell.column, cell.column_span), []).append(cell)
    for cells in columns.values():
        left, top = min(c.bounds[0] for c in cells), min(c.bounds[1] for c in cells)
        right, foot = max(c.bounds[2] for c in cells), max(c.bounds[3] for c in cells)
        strip = np.full_like(_area(gray, (left, top, right, foot), dpi), 255)
        for x0, y0, x1, y1 in (cell.bounds for cell in cells):
            inner = _area(gray, (x0, y0, x1, y1), dpi)
            place = _area(strip, (x0 - left, y0 - top, x1 - left, y1 - top), dpi)
            high, wide = min(inner.shape[0], place.shape[0]), min(inner.shape[1], place.shape[1])
            place[:high, :wide] = inner[:high, :wide]
        if (strip < INK).sum() < LEAST_INK:
            continue
        edged = np.pad(strip, BORDER, constant_values=255)
        side, last = BORDER * 72 / dpi, max((word.line for word in words), default=-1) + 1
        found = recognise_block(edged, dpi)
        words[:] = [word for word in words if not found or not any(holds(cell.bounds, word) for cell in cells)]
        for word in found:
            word.x0, word.x1, word.y0, word.y1 = word.x0 + left - side, word.x1 + left - side, word.y0 + top - side, word.y1 + top - side
            word.line += last
            words.append(word)


def _looks_wrong(words: Sequence[Word]) -> bool:
    if not words:
        return True
    poor = fmean(word.confidence for word in words) < POOR
    return poor and syllable_share(" ".join(word.text for word in words)) < POOR_SHARE


def _is_speck(word: Word) -> bool:
    return word.confidence < NOISE and _SPECK.fullmatch(word.text) is not None


def without_ghosts(words: Sequence[Word]) -> list[Word]:
    """Without one or two signs that are no word, read from the marks above the letters of another line: they stand among its words."""
    if not words:
        return []
    usual = median(w.y1 - w.y0 for w in words)
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word)
    long = [(number, row, median(w.y0 for w in row), median(w.y1 for w in row)) for number, row in lines.items() if len(row) >= LEAST_WORDS]
    return [
        word
        for word in words
        if len(word.text) > GHOST
        or (word.text.isdigit() and word.y1 - word.y0 >= TINY * usual)
        or is_syllable(word.text)
        or not any(number != word.line and _among(word, row, top, foot) for number, row, top, foot in long)
    ]


def _among(word: Word, row: Sequence[Word], top: float, foot: float) -> bool:
    """Whether a sign stands inside a line and as high as it."""
    shared = min(word.y1, foot) - max(word.y0, top)
    inside = min(w.x0 for w in row) < word.x0 and word.x1 < max(w.x1 for w in row)
    return inside and shared >= LAID_OVER * min(word.y1 - word.y0, foot - top) and _close(word, row)


def _close(word: Word, row: Sequence[Word]) -> bool:
    """Whether words of the row stand right beside it on both sides, or over it: no gap of a column."""
    reach = 1.5 * (word.y1 - word.y0)
    return any(w.x0 < word.x1 and word.x0 - reach < w.x1 for w in row) and any(w.x1 > word.x0 and w.x0 < word.x1 + reach for w in row)


def _without_rulings(picture: PageImage, page: ReadPage) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The picture with the rulings of its tables painted over: read as they stand, they swallow the figures beside them."""
    gray, scale = picture.gray.copy(), picture.place.dpi / 72
    for edge in page.edges:
        x, y = (edge.x0 + edge.x1) / 2, (edge.y0 + edge.y1) / 2
        if any(g.bounds[0] - 3 <= x <= g.bounds[2] + 3 and g.bounds[1] - 3 <= y <= g.bounds[3] + 3 for g in page.grids):
            x0, y0, x1, y1 = (round(v * scale) for v in (edge.x0 - ERASED, edge.y0 - ERASED, edge.x1 + ERASED, edge.y1 + ERASED))
            gray[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1] = 255
    return gray
