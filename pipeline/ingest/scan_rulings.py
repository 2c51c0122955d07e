"""Ruling lines on the picture of a page, as the edges a table finder takes. Needs OpenCV (the extra [scan])."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.scan_image import PageImage

Ink = NDArray[np.uint8]

try:
    import cv2
except ImportError:
    cv2 = None  # type: ignore[assignment]

ACROSS = 24.0  # points: a dash of letters is shorter, a narrow column (STT) hardly
DOWN = 13.0  # points: the strokes of 14 pt letters are shorter, a row of one line is higher
THICK = 3.5  # points: thicker is a bar of a picture
MAX_EDGES = 3_000
FAINT = 50  # grey values under the paper: a hairline at 200 dpi is no darker
BROKEN = 1.0  # points a printed ruling may be interrupted by scanning


def available() -> bool:
    """Whether rulings can be found at all; without, tables are read as plain lines."""
    return cv2 is not None


def find_edges(page: PageImage) -> list[Edge]:
    """Rulings in points of the upright page; empty without OpenCV, and on pictures that consist of lines."""
    if cv2 is None or page.blank:
        return []
    paper = int(np.percentile(page.gray[::8, ::8], 75))
    ink = (page.gray < max(page.threshold, paper - FAINT)).view(np.uint8)
    scale = page.place.dpi / 72
    across = [Edge(x0, y, x1, y) for x0, x1, y in _runs(ink, round(ACROSS * scale), scale)]
    if not across:
        return []
    edges = across + [Edge(x, y0, x, y1) for y0, y1, x in _runs(np.ascontiguousarray(ink.T), round(DOWN * scale), scale)]
    return edges if len(edges) <= MAX_EDGES else []


def _runs(ink: Ink, length: int, scale: float) -> list[tuple[float, float, float]]:
    """(begin, end, middle across), in points, of level runs of ink at least ``length`` pixels long. A slightly slanting line is several
    runs one above the other: thickening joins them."""
    closed = np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, max(3, round(BROKEN * scale))), np.uint8)), np.uint8)
    wanted = np.nonzero(_may_hold(closed, length))[0]
    if not len(wanted):
        return []
    # Most rows hold letters only: what follows looks at the others, and their neighbours into which thickening reaches.
    kept = np.unique(np.clip(np.concatenate((wanted - 1, wanted, wanted + 1)), 0, len(ink) - 1))
    places = np.cumsum(np.concatenate(([0], 1 + (np.diff(kept) > 1))))  # an empty row parts those that are no neighbours
    band = np.zeros((int(places[-1]) + 1, ink.shape[1]), np.uint8)
    at = places[np.searchsorted(kept, wanted)]
    band[at] = cv2.morphologyEx(closed[wanted], cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(band, np.ones((3, 1), np.uint8)), connectivity=8)
    runs = []
    for left, top, wide, high, _area in stats[1:count].tolist():
        if high <= THICK * scale:
            row = int(kept[np.searchsorted(places, top)])
            runs.append((left / scale, (left + wide) / scale, round((2 * row + high) / 2 / scale, 2)))
    return runs


def _may_hold(ink: Ink, length: int) -> NDArray[np.bool_]:
    """Rows with enough inked bytes of eight pixels in a row to hold a run of ``length`` pixels."""
    full = np.packbits(ink, axis=1) == 255
    least = max(1, (length - 7) // 8)
    beside = full[:, : full.shape[1] - least + 1].copy()
    for n in range(1, least):
        beside &= full[:, n : full.shape[1] - least + 1 + n]
    return np.asarray(beside.any(axis=1))
