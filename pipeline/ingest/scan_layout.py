"""Recognised pages, all of a document together, made ready for the PDF reader's layout: mended, set on common margins, cleared.

Every sheet lies differently on the glass: the same margin stands some points farther left or right on each page, and tables that go on
over pages do not meet. The layout compares places over pages, so the pages are moved onto each other first.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from statistics import fmean, median

from rapidfuzz import fuzz

from extractors.rulebook import lexicon
from pipeline.ingest.legacy import is_syllable
from pipeline.ingest.pdf_columns import join_stretches
from pipeline.ingest.pdf_furniture import EDGE_SHARE
from pipeline.ingest.pdf_lines import Line
from pipeline.ingest.pdf_page import PageLayout
from pipeline.ingest.pdf_tables import Grid, GridCell, header_rows
from pipeline.ingest.scan_lines import extent, line_of, rows_of
from pipeline.ingest.scan_notes import hang_notes
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_page import ReadPage
from pipeline.ingest.scan_repair import agree, mend_cell, mend_row, relabel
from pipeline.ingest.scan_vote import vote
from schemas.document import Doubt
from schemas.text import Box, PageAnchor

ENOUGH_LINES = 6  # of a page that tell its margin
FARTHEST = 40.0  # points a page is moved
SNAP = 3.5  # points: a line that begins or ends so near a margin stands on it
SAME_HEAD = 75.0  # of 100: likeness of a repeated head of a table
SCRAP = 60.0  # confidence below which a few letters alone in a line are a stamp or a signature
SCRAP_LETTERS = 5
LOWER_CASE = 0.8  # of the size of the line: capitals so low are small letters
_PAGE_NUMBER = re.compile(r"(?:[Tt]rang\s*)?[-–—]?\s*\d{1,3}\s*[-–—]?(?:\s*/\s*\d{1,3})?")


def prepare(pages: Sequence[ReadPage], body: float) -> list[Doubt]:
    """Mend the words of all pages, fill the tables, move the pages onto common margins. Doubts: what was taken out as unreadable."""
    doubts: list[Doubt] = []
    for page in pages:
        _mend(page, body)
        doubts.extend(_without_scraps(page))
    rows = [row for page in pages for row in page.all_rows()]
    vote(rows)
    agree(word for row in rows for word in row)
    for page in pages:
        doubts.extend(hang_notes(page, body))
    for page in pages:
        _fill(page, body)
    _align(pages)
    _same_heads(pages)
    return doubts


def _mend(page: ReadPage, body: float) -> None:
    """Sort the words of a page into cells and stretches of lines and mend each."""
    cells = [cell for grid in page.grids for cell in grid.cells]
    held: dict[int, list[Word]] = {}
    for word in page.words:
        held.setdefault(_cell_of(word, cells), []).append(word)
    page.rows, page.cell_rows = [], {}
    for place, words in sorted(held.items()):
        rows = rows_of(words, body, cell=place >= 0)
        for row in rows:
            _lower(row, line_of(row, page.number, body).size)
            mend_row(row, page.stems)
            _mend_kind(row)
        if place < 0:
            page.rows = rows
            continue
        if cells[place].column == 0 and len(words) == 1:
            mend_cell(words)
        page.cell_rows[place] = rows


def _fill(page: ReadPage, body: float) -> None:
    """Give the cells their lines, once all words are what they will be."""
    page.words = [word for row in page.all_rows() for word in row]
    for place, cell in enumerate(cell for grid in page.grids for cell in grid.cells):
        cell.lines = join_stretches([line_of(row, page.number, body) for row in page.cell_rows.get(place, ())])


def _cell_of(word: Word, cells: Sequence[GridCell]) -> int:
    x, y = (word.x0 + word.x1) / 2, word.middle
    return next((n for n, c in enumerate(cells) if c.bounds[0] <= x <= c.bounds[2] and c.bounds[1] <= y <= c.bounds[3]), -1)


def _lower(row: Sequence[Word], size: float) -> None:
    """Words read as capitals ("VIỆC", "sỐ") whose ink is only as high as small letters."""
    if sum(word.text.islower() for word in row) < 0.5 * len(row):
        return
    for word in row:
        letters = word.text.strip('“”"(),.;:')
        if len(letters) < 2 or not letters.isalpha() or letters.islower() or letters.istitle():
            continue
        small = word.text.lower()
        if letters[0].islower() and is_syllable(small.strip('“”"(),.;:')):  # "triỂn": no word has a capital inside
            relabel(word, small, "small_letters")
            continue
        as_read, as_small = extent(word.text), extent(small)
        if as_read is None or as_small is None or not is_syllable(letters.lower()):
            continue
        high = word.y1 - word.y0
        if high / sum(as_read) < LOWER_CASE * size and abs(high / sum(as_small) - size) < abs(high / sum(as_read) - size):
            relabel(word, small, "small_letters")


@cache
def _kinds() -> dict[str, str]:
    """Names of kinds of documents without marks → in capitals with marks, where that is one to one."""
    names = {row["kind"].upper() for row in lexicon("kinds")}
    bare = Counter(_bare(name) for name in names)
    return {_bare(name): name for name in names if bare[_bare(name)] == 1}


def _bare(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.replace("Đ", "D")


def _mend_kind(row: Sequence[Word]) -> None:
    """A line in capitals that is the name of a kind of document but for its marks (CHÍ THỊ, KÊ HOẠCH)."""
    text = " ".join(word.text for word in row)
    meant = _kinds().get(_bare(text)) if text.isupper() else None
    if meant is None or meant == text or len(meant.split()) != len(row):
        return
    for word, part in zip(row, meant.split(), strict=True):
        if word.text != part:
            relabel(word, part, "kind_name")


def _without_scraps(page: ReadPage) -> list[Doubt]:
    """Take out lines of a few letters that are no syllables: strokes of a stamp, a signature, a mark of a pen."""
    doubts, kept = [], []
    for row in page.rows:
        text = " ".join(word.text for word in row)
        sure = fmean(word.confidence for word in row)
        at_edge = not EDGE_SHARE <= row[0].y1 / page.place.size[1] <= 1 - EDGE_SHARE  # a page number, it may be
        if at_edge or sum(c.isalnum() for c in text) > SCRAP_LETTERS or sure >= SCRAP or _says_something(row, text):
            kept.append(row)
            continue
        box = Box(row[0].x0, min(w.y0 for w in row), row[-1].x1, max(w.y1 for w in row))
        anchor = PageAnchor(page.number, page.place.back(box), round(sure / 100, 3))
        doubts.append(Doubt(text, anchor, "không đọc được: nét chữ ký, dấu hoặc vết mực", 0.0))
    page.rows = kept
    return doubts


def _says_something(row: Sequence[Word], text: str) -> bool:
    """Whether a short line has a figure or consists of syllables; a single letter is none."""
    if any(c.isdigit() for c in text):
        return True
    return len(text) > 1 and all(is_syllable(word.text.strip(".,;:").lower()) for word in row)


def _align(pages: Sequence[ReadPage]) -> None:
    """Move pages of one shape so that their left margins, else the tables they share, stand at one place."""
    groups: dict[tuple[int, int], list[tuple[ReadPage, float]]] = {}
    for page in pages:
        left = _left(page)
        if left is not None:
            groups.setdefault(_shape(page), []).append((page, left))
    for members in groups.values():
        usual = median(left for _, left in members)
        for page, left in members:
            if abs(usual - left) <= FARTHEST:
                _move(page, usual - left)
    for before, page in pairwise(pages):
        if before.grids and page.grids and _left(page) is None:
            last, first = before.grids[-1], page.grids[0]
            if len(last.lefts) == len(first.lefts) and abs(last.bounds[0] - first.bounds[0]) <= FARTHEST:
                _move(page, last.bounds[0] - first.bounds[0])


def _shape(page: ReadPage) -> tuple[int, int]:
    wide, high = page.place.size
    return round(wide / 30), round(high / 30)


def _left(page: ReadPage) -> float | None:
    """Where most lines of a page begin, in points; None on pages of few lines."""
    starts = [row[0].x0 for row in page.rows if row and row[-1].x1 - row[0].x0 > 0.4 * page.place.size[0]]
    return _outermost(starts, leftmost=True) if len(starts) >= ENOUGH_LINES else None


def _outermost(places: Sequence[float], leftmost: bool) -> float | None:
    """The outermost place at which a good share of the lines stands: the margin, not the indent of a page of short paragraphs."""
    counts = Counter(round(x) for x in places)
    least = max(2.0, 0.12 * len(places))
    often = [x for x in counts if sum(counts[x + d] for d in (-1, 0, 1)) >= least]
    if not often:
        return None
    outer = min(often) + 1 if leftmost else max(often) - 1
    return median(x for x in places if abs(x - outer) <= 2.5)


def _move(page: ReadPage, by: float) -> None:
    if abs(by) < 0.05:
        return
    page.place = replace(page.place, moved=page.place.moved + by)
    for word in page.words:
        word.x0, word.x1 = word.x0 + by, word.x1 + by
    page.edges = [replace(edge, x0=edge.x0 + by, x1=edge.x1 + by) for edge in page.edges]
    for grid in page.grids:
        grid.bounds = (grid.bounds[0] + by, grid.bounds[1], grid.bounds[2] + by, grid.bounds[3])
        grid.lefts = [x + by for x in grid.lefts]
        for cell in grid.cells:
            cell.bounds = (cell.bounds[0] + by, cell.bounds[1], cell.bounds[2] + by, cell.bounds[3])
            for line in cell.lines:
                line.x0, line.x1, line.text_x = line.x0 + by, line.x1 + by, line.text_x + by


def _same_heads(pages: Sequence[ReadPage]) -> None:
    """A head repeated on the next page is read a little differently there: give it the words of the first, so that it is known again."""
    first: Grid | None = None
    for page in pages:
        for grid in page.grids:
            if first is not None and len(first.lefts) == len(grid.lefts) and _alike(first, grid):
                for cell in grid.row(0):
                    cell.lines = next((c.lines for c in first.row(0) if c.column == cell.column), cell.lines)
            elif header_rows(grid):
                first = grid


def _alike(first: Grid, grid: Grid) -> bool:
    a, b = first.row(0), grid.row(0)
    if not header_rows(first) or [c.column for c in a] != [c.column for c in b]:
        return False
    return fuzz.ratio(" ".join(c.text for c in a), " ".join(c.text for c in b)) >= SAME_HEAD


def lay_out(page: ReadPage, body: float) -> PageLayout:
    """The page as the PDF reader's layout takes it. What stands alone at the edge as page numbers do is furniture, whatever it counts."""
    wide, high = page.place.size
    lines = [line_of(row, page.number, body) for row in page.rows]
    lines.sort(key=lambda line: (round(line.baseline, 1), line.x0))
    furniture = [line for line in _edge_lines(lines, high) if _is_page_number(line, lines, wide)]
    kept = [line for line in lines if line not in furniture]
    _snap(kept)
    return PageLayout(
        page.number, wide, high, "scan", kept, page.grids, page.edges, furniture=furniture, crowded=page.crowded,
    )  # fmt: skip


def _snap(lines: Sequence[Line]) -> None:
    """Set lines that begin or end within the shake of scanning of a margin onto it."""
    for start in (True, False):
        edge = _outermost([line.x0 if start else line.x1 for line in lines if line.x1 - line.x0 > 150], leftmost=start)
        if edge is None:
            continue
        for line in lines:
            if start and abs(line.x0 - edge) <= SNAP:
                line.text_x += edge - line.x0 if line.text_x == line.x0 else 0.0
                line.x0 = edge
            elif not start and abs(line.x1 - edge) <= SNAP:
                line.x1 = edge


def _edge_lines(lines: Sequence[Line], high: float) -> list[Line]:
    ends = [*lines[:1], *lines[-1:]] if len(lines) > 1 else list(lines)
    return [line for line in ends if line.baseline < EDGE_SHARE * high or line.baseline > (1 - EDGE_SHARE) * high]


def _is_page_number(line: Line, lines: Sequence[Line], wide: float) -> bool:
    if any(other is not line and abs(other.baseline - line.baseline) < 0.5 * line.size for other in lines):
        return False
    misread = len(line.text) <= 2 and (abs(line.middle - wide / 2) < 0.06 * wide or line.middle > 0.8 * wide)
    return misread or _PAGE_NUMBER.fullmatch(line.text) is not None
