"""Figures in the numbering column of a table, read again: on a whole page recognition drops half of those that stand alone in a cell.

Set side by side on one line they are read: 4 of 5 of the dropped ones, against none when they stand one under the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf_tables import Bounds, Grid, GridCell
from pipeline.ingest.scan_image import PageImage
from pipeline.ingest.scan_ocr import Word, recognise_line

NARROW = 0.12  # of the width of the table: a numbering column is narrower
INSET = 2.0  # points between a cell's ruling and what counts as its ink
GAP = 11.0  # points of paper between two figures of the strip; swept from 4 to 18
TALLEST = 22.0  # points: higher ink is no line of figures
LEAST_INK = 3.5  # points high: less is a speck
_FIGURE = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,2}|[IVX]{1,5})[.)]?")
_ROMAN = re.compile(r"[IVX]{2,5}[.)]?")
# What figures that stand alone are taken for; "S8" is one 8 read as two.
_BARS = (("S8", "8"), ("S", "5"), ("§", "8"), ("l", "1"), ("I", "1"), ("L", "1"), ("|", "1"), ("]", "1"), ("O", "0"), ("Z", "2"))
READ_AGAIN = 80.0  # confidence: figures read worse are read again
FIGURE_AGAIN, DOT_AGAIN = "figure_again", "dot_again"
_TWO = re.compile(r"[1-9][1-9]")


@dataclass(frozen=True, slots=True)
class Crop:
    ink: NDArray[np.uint8]
    x0: float
    y0: float
    old: tuple[Word, ...]


def add_figures(words: list[Word], grids: Sequence[Grid], page: PageImage) -> None:
    """Read again the first cells of rows that hold ink but no plain figure, in place; the old reading is kept as raw."""
    cells = [cell for grid in grids for cell in grid.cells if numbers(cell, grid)]
    crops = [crop for cell in cells if (crop := _crop(cell, words, page)) is not None]
    if not crops or any(_ROMAN.fullmatch(word.text) for cell in cells for word in words if holds(cell.bounds, word)):
        return  # what looks like bars may be Roman there
    scale, last = page.place.dpi / 72, max((word.line for word in words), default=0)
    strip, places = strip_of(crops, scale)
    found = recognise_line(strip, page.place.dpi)
    for n, (text, sure) in sorted(_shared(found, [x / scale for x in places], crops, scale).items()):
        crop = crops[n]
        if not _FIGURE.fullmatch(text) or (crop.old and _plain(crop.old) and sure <= min(word.confidence for word in crop.old)):
            continue
        high, wide = (size / scale for size in crop.ink.shape)
        raw = " ".join(word.raw or word.text for word in crop.old)
        mended = (raw, FIGURE_AGAIN) if raw not in ("", text) else (None, None)  # what was not read at all was not mended
        line = crop.old[0].line if crop.old else last + 1 + n
        words[:] = [word for word in words if word not in crop.old]
        words.append(Word(text, crop.x0, crop.y0, crop.x0 + wide, crop.y0 + high, sure, line, *mended))


def mend_dots(words: list[Word], grids: Sequence[Grid]) -> None:
    """Give back the dot that «1.1» lost between «1» and «1.2», in place: «11» behind «1», «12» behind what was «1.1»."""
    for grid in grids:
        before = ""
        for cell in sorted((c for c in grid.cells if numbers(c, grid)), key=lambda c: c.row):
            inside = [word for word in words if holds(cell.bounds, word)]
            if len(inside) != 1:
                before = "" if inside else before
                continue
            text = inside[0].text.rstrip(".)")
            if _TWO.fullmatch(text) and (before, text[1]) in ((text[0], "1"), (f"{text[0]}.{int(text[1]) - 1}", text[1])):
                text = f"{text[0]}.{text[1]}"
                inside[0].raw, inside[0].repair, inside[0].text = inside[0].raw or inside[0].text, DOT_AGAIN, text
            before = text


def _plain(words: Sequence[Word]) -> bool:
    return _FIGURE.fullmatch("".join(word.text for word in words)) is not None


def _shared(found: Sequence[Word], places: Sequence[float], crops: Sequence[Crop], scale: float) -> dict[int, tuple[str, float]]:
    """Text and confidence by crop. A word over several crops is shared out where it has a sign for each."""
    shared: dict[int, tuple[str, float]] = {}
    for word in found:
        middles = [place + crop.ink.shape[1] / scale / 2 for place, crop in zip(places, crops, strict=True)]
        over = [n for n, x in enumerate(middles) if word.x0 - 2 <= x <= word.x1 + 2]
        text = word.text
        for read, meant in _BARS:
            text = text.replace(read, meant)
        if len(over) == 1:
            before, sure = shared.get(over[0], ("", word.confidence))
            shared[over[0]] = (before + text, min(sure, word.confidence))
        elif len(over) == len(text):
            shared.update({n: (sign, word.confidence) for n, sign in zip(over, text, strict=True)})
    return shared


def numbers(cell: GridCell, grid: Grid) -> bool:
    return cell.column == 0 and cell.column_span == 1 and cell.bounds[2] - cell.bounds[0] <= NARROW * (grid.bounds[2] - grid.bounds[0])


def _crop(cell: GridCell, words: Sequence[Word], page: PageImage) -> Crop | None:
    """The ink of a cell where it is one low line and not yet read as a plain figure or as words."""
    inside = tuple(w for w in words if holds(cell.bounds, w))
    text = "".join(w.text for w in inside)
    if len(text) > 4 or (len(text) > 2 and text.isalpha()) or (_FIGURE.fullmatch(text) and min(w.confidence for w in inside) >= READ_AGAIN):
        return None
    scale = page.place.dpi / 72
    x0, y0, x1, y1 = (round(v * scale) for v in _inner(cell.bounds))
    crop = page.gray[y0:y1, x0:x1]
    rows, columns = np.nonzero(crop < page.threshold)
    if len(rows) < 6:
        return None
    top, foot, left, right = int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1
    if not LEAST_INK * scale <= foot - top <= TALLEST * scale or right - left > 4 * TALLEST * scale:
        return None
    return Crop(np.ascontiguousarray(crop[top:foot, left:right]), (x0 + left) / scale, (y0 + top) / scale, inside)


def _inner(bounds: Bounds) -> Bounds:
    return bounds[0] + INSET, bounds[1] + INSET, bounds[2] - INSET, bounds[3] - INSET


def holds(bounds: Bounds, word: Word) -> bool:
    return bounds[0] <= (word.x0 + word.x1) / 2 <= bounds[2] and bounds[1] <= word.middle <= bounds[3]


def strip_of(crops: Sequence[Crop], scale: float) -> tuple[NDArray[np.uint8], list[float]]:
    """The crops side by side on one line of paper, and where each begins, in pixels."""
    gap = round(GAP * scale)
    high = max(crop.ink.shape[0] for crop in crops)
    strip = np.full((high + 2 * gap, sum(crop.ink.shape[1] + gap for crop in crops) + gap), 255, np.uint8)
    places, x = [], gap
    for crop in crops:
        tall, wide = crop.ink.shape
        strip[gap + high - tall : gap + high, x : x + wide] = crop.ink
        places.append(float(x))
        x += wide + gap
    return strip, places
