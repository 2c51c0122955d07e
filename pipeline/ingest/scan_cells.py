"""Figures read again by themselves: those of the numbering column of a table, half of which recognition of a whole page drops, and the
printed day or month of a date that it took for letters (11 read as TT).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf_tables import Bounds, Grid, GridCell
from pipeline.ingest.scan_image import PageImage
from pipeline.ingest.scan_lines import extent
from pipeline.ingest.scan_ocr import Word, recognise_figures

NARROW = 0.12  # of the width of the table: a numbering column is narrower
INSET = 2.0  # points between a cell's ruling and what counts as its ink
GAP = 14.0  # points of paper between two figures of the strip
TALLEST = 22.0  # points: higher ink is no line of figures
LEAST_INK = 3.5  # points high: less is a speck
_ROMAN = re.compile(r"[IVX]{2,5}[.)]?")
_FIGURE = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5})[.)]?")
READ_AGAIN = 80.0  # confidence: figures read worse are read again
FIGURE_HEIGHT = (0.5, 0.85)  # sizes: printed figures are 0.68 high; handwriting is not
PAD = 1.0  # points around a word that is read again
FIGURE_AGAIN = "figure_again"


@dataclass(frozen=True, slots=True)
class _Crop:
    ink: NDArray[np.uint8]
    x0: float
    y0: float
    old: tuple[Word, ...]


def add_figures(words: list[Word], grids: Sequence[Grid], page: PageImage) -> None:
    """Read again the first cells of rows that hold ink but no plain figure, and days and months of dates that are no figures.

    What is found stands in place of the old reading, which is kept as raw."""
    cells = [cell for grid in grids for cell in grid.cells if _numbers(cell, grid)]
    crops = [crop for cell in cells if (crop := _crop(cell, words, page)) is not None] + _dates(words, page)
    if not crops:
        return
    roman = any(_ROMAN.fullmatch(word.text) for cell in cells for word in words if _holds(cell.bounds, word))
    scale, last = page.place.dpi / 72, max((word.line for word in words), default=0)
    strip, tops = _strip(crops, scale)
    best: dict[int, Word] = {}
    for found in recognise_figures(strip, page.place.dpi, roman):
        n = sum(found.middle * scale >= top for top in tops) - 1
        if n >= 0 and _FIGURE.fullmatch(found.text):
            best[n] = max(best.get(n, found), found, key=lambda word: word.confidence)
    for n, found in sorted(best.items()):
        crop, y = crops[n], crops[n].y0 - (tops[n] + GAP * scale / 2) / scale
        old, shift = crop.old, crop.x0 - GAP
        if old and found.confidence <= max(word.confidence for word in old):
            continue  # read better the first time
        line = old[0].line if old else last + 1 + n
        raw = " ".join(word.raw or word.text for word in old)
        box = found.x0 + shift, found.y0 + y, found.x1 + shift, found.y1 + y
        words[:] = [word for word in words if word not in old]
        words.append(Word(found.text, *box, found.confidence, line, raw, FIGURE_AGAIN))


def _dates(words: Sequence[Word], page: PageImage) -> list[_Crop]:
    """Printed words between "ngày", "tháng" and "năm" that are not read as figures."""
    crops = []
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        between = (before.text.lower(), after.text.lower()) in (("ngày", "tháng"), ("tháng", "năm"))
        if not between or before.line != after.line or word.text.isdigit() or word.confidence >= READ_AGAIN:
            continue
        size = median((w.y1 - w.y0) / sum(reach) for w in (before, after) if (reach := extent(w.text)) is not None)
        if not FIGURE_HEIGHT[0] * size <= word.y1 - word.y0 <= FIGURE_HEIGHT[1] * size:
            continue
        scale = page.place.dpi / 72
        x0, y0 = max(0, round((word.x0 - PAD) * scale)), max(0, round((word.y0 - PAD) * scale))
        crop = page.gray[y0 : round((word.y1 + PAD) * scale), x0 : round((word.x1 + PAD) * scale)]
        crops.append(_Crop(np.ascontiguousarray(crop), x0 / scale, y0 / scale, (word,)))
    return crops


def _numbers(cell: GridCell, grid: Grid) -> bool:
    return cell.column == 0 and cell.column_span == 1 and cell.bounds[2] - cell.bounds[0] <= NARROW * (grid.bounds[2] - grid.bounds[0])


def _crop(cell: GridCell, words: Sequence[Word], page: PageImage) -> _Crop | None:
    """The ink of a cell where it is one low line and not yet read as a plain figure or as words."""
    inside = tuple(w for w in words if _holds(cell.bounds, w))
    text = "".join(w.text for w in inside)
    if len(text) > 4 or (_FIGURE.fullmatch(text) and min(w.confidence for w in inside) >= READ_AGAIN):
        return None
    scale = page.place.dpi / 72
    x0, y0, x1, y1 = (round(v * scale) for v in _inner(cell.bounds))
    crop = page.gray[y0:y1, x0:x1]
    rows, columns = np.nonzero(crop < page.threshold)
    if len(rows) < 6:
        return None
    top, foot, left, right = rows.min(), rows.max() + 1, columns.min(), columns.max() + 1
    if not LEAST_INK * scale <= foot - top <= TALLEST * scale or right - left > 4 * TALLEST * scale:
        return None
    return _Crop(np.ascontiguousarray(crop[top:foot, left:right]), (x0 + left) / scale, (y0 + top) / scale, inside)


def _inner(bounds: Bounds) -> Bounds:
    return bounds[0] + INSET, bounds[1] + INSET, bounds[2] - INSET, bounds[3] - INSET


def _holds(bounds: Bounds, word: Word) -> bool:
    return bounds[0] <= (word.x0 + word.x1) / 2 <= bounds[2] and bounds[1] <= word.middle <= bounds[3]


def _strip(crops: Sequence[_Crop], scale: float) -> tuple[NDArray[np.uint8], list[float]]:
    """The crops one under the other on paper, and where each one's share begins, in pixels."""
    gap = round(GAP * scale)
    wide = max(crop.ink.shape[1] for crop in crops) + 2 * gap
    strip = np.full((sum(crop.ink.shape[0] + gap for crop in crops) + gap, wide), 255, np.uint8)
    tops, y = [], gap
    for crop in crops:
        high, across = crop.ink.shape
        strip[y : y + high, gap : gap + across] = crop.ink
        tops.append(y - gap / 2)
        y += high + gap
    return strip, tops
