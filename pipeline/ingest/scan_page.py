"""One picture of a page → its words, tables and what the picture alone can tell; then, with the whole document known, its layout.

The picture is dropped as soon as its page is read: a page holds 9 MB, a document of 60 pages would not fit the limit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import fmean

import numpy as np

from pipeline.ingest.legacy import syllable_share
from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.pdf_columns import join_stretches
from pipeline.ingest.pdf_furniture import EDGE_SHARE
from pipeline.ingest.pdf_lines import Line
from pipeline.ingest.pdf_page import PageLayout
from pipeline.ingest.pdf_tables import Grid, GridCell, find_grids
from pipeline.ingest.scan_image import PageImage, Place
from pipeline.ingest.scan_lines import line_of, measure_words, rows_of
from pipeline.ingest.scan_marks import add_dashes, count_stems
from pipeline.ingest.scan_ocr import Word, find_turn, recognise
from pipeline.ingest.scan_repair import mend_cell, mend_row
from pipeline.ingest.scan_rulings import find_edges

POOR, POOR_SHARE = 60.0, 0.6  # mean confidence, share of Vietnamese syllables: below both the page may be upside down
ERASED = 1.2  # points on each side of a ruling of a table that are painted over
NOISE = 45.0  # confidence below which signs without a letter or figure are specks
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang\s*)?[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*/\s*\d{1,3})?")
_WORD_SIGN = re.compile(r"[^\W_]")
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
    rows: list[list[Word]] = field(default_factory=list)
    crowded: bool = False

    @property
    def blank(self) -> bool:
        return not self.words


def read_picture(picture: PageImage, number: int) -> ReadPage:
    """Recognise one page. Raises what ``recognise`` raises."""
    if picture.blank:
        return ReadPage(number, picture.place)
    page = _recognised(picture, number)
    if _looks_wrong(page.words):
        turn = find_turn(picture.gray, picture.place.dpi)
        if turn:
            picture = picture.turned(turn)
            page = _recognised(picture, number)
    page.words = [word for word in page.words if not _is_speck(word)]
    add_dashes(page.words, picture)
    page.strokes = measure_words(page.words, picture)
    page.stems = count_stems(page.words, picture)
    return page


def _recognised(picture: PageImage, number: int) -> ReadPage:
    page = ReadPage(number, picture.place, edges=find_edges(picture))
    grids = find_grids(page.edges, number)
    page.grids, page.crowded = grids or [], grids is None
    gray = _without_rulings(picture, page) if page.grids else picture.gray
    page.words = recognise(gray, picture.place.dpi)
    return page


def _looks_wrong(words: Sequence[Word]) -> bool:
    if not words:
        return True
    poor = fmean(word.confidence for word in words) < POOR
    return poor and syllable_share(" ".join(word.text for word in words)) < POOR_SHARE


def _is_speck(word: Word) -> bool:
    return word.confidence < NOISE and _SPECK.fullmatch(word.text) is not None


def _without_rulings(picture: PageImage, page: ReadPage) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """The picture with the rulings of its tables painted over: read as they stand, they swallow the figures beside them."""
    gray, scale = picture.gray.copy(), picture.place.dpi / 72
    for edge in page.edges:
        x, y = (edge.x0 + edge.x1) / 2, (edge.y0 + edge.y1) / 2
        if any(g.bounds[0] - 3 <= x <= g.bounds[2] + 3 and g.bounds[1] - 3 <= y <= g.bounds[3] + 3 for g in page.grids):
            x0, y0, x1, y1 = (round(v * scale) for v in (edge.x0 - ERASED, edge.y0 - ERASED, edge.x1 + ERASED, edge.y1 + ERASED))
            gray[max(0, y0) : y1 + 1, max(0, x0) : x1 + 1] = 255
    return gray


def mend_page(page: ReadPage, body: float) -> None:
    """Sort the words of a page into cells and stretches of lines and mend each; ``body`` is the size of most of the document."""
    cells = [cell for grid in page.grids for cell in grid.cells]
    held: dict[int, list[Word]] = {}
    for word in page.words:
        held.setdefault(_cell_of(word, cells), []).append(word)
    page.rows = []
    mended: list[Word] = []
    for place, words in sorted(held.items()):
        rows = rows_of(words, body)
        for row in rows:
            mend_row(row, page.stems)
        if place >= 0 and cells[place].column == 0 and len(words) == 1:
            mend_cell(words)
        if place >= 0:
            cells[place].lines = join_stretches([line_of(row, page.number, body) for row in rows])
        else:
            page.rows = rows
        mended += [word for row in rows for word in row]
    page.words = mended


def _cell_of(word: Word, cells: Sequence[GridCell]) -> int:
    x, y = (word.x0 + word.x1) / 2, word.middle
    return next((n for n, c in enumerate(cells) if c.bounds[0] <= x <= c.bounds[2] and c.bounds[1] <= y <= c.bounds[3]), -1)


def lay_out(page: ReadPage, body: float) -> PageLayout:
    """The page as the PDF reader's layout takes it. A page number alone at the edge is furniture, whatever it counts to."""
    wide, high = page.place.size
    lines = [line_of(row, page.number, body) for row in page.rows]
    lines.sort(key=lambda line: (round(line.baseline, 1), line.x0))
    furniture = [line for line in _edge_lines(lines, high) if _is_page_number(line, lines)]
    kept = [line for line in lines if line not in furniture]
    return PageLayout(
        page.number, wide, high, "scan", kept, page.grids, page.edges, furniture=furniture, crowded=page.crowded,
    )  # fmt: skip


def _edge_lines(lines: Sequence[Line], high: float) -> list[Line]:
    ends = [*lines[:1], *lines[-1:]] if len(lines) > 1 else list(lines)
    return [line for line in ends if line.baseline < EDGE_SHARE * high or line.baseline > (1 - EDGE_SHARE) * high]


def _is_page_number(line: Line, lines: Sequence[Line]) -> bool:
    alone = not any(other is not line and abs(other.baseline - line.baseline) < 0.5 * line.size for other in lines)
    return alone and _PAGE_NUMBER.fullmatch(line.text) is not None
