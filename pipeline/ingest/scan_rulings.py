"""Ruling lines on the picture of a page, as the edges a table finder takes. Needs OpenCV (the extra [scan])."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.scan_image import PageImage

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
    ink = (page.gray < max(page.threshold, paper - FAINT)).astype(np.uint8)
    scale = page.place.dpi / 72
    across = _edges(ink, round(ACROSS * scale), scale, level=True)
    if not across:
        return []
    edges = across + _edges(ink, round(DOWN * scale), scale, level=False)
    return edges if len(edges) <= MAX_EDGES else []


def _edges(ink: NDArray[np.uint8], length: int, scale: float, level: bool) -> list[Edge]:
    """Runs of ink at least ``length`` pixels long. A slightly slanting line is several runs one above the other: thickening joins them."""
    shape = (length, 1) if level else (1, length)
    gap = max(3, round(BROKEN * scale))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, gap) if level else (gap, 1), np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(shape[::-1], np.uint8))
    thick = cv2.dilate(runs, np.ones((3, 1) if level else (1, 3), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(thick, connectivity=8)
    edges = []
    for left, top, wide, high, _area in stats[1:count].tolist():
        if (high if level else wide) > THICK * scale:
            continue
        x0, y0, x1, y1 = left / scale, top / scale, (left + wide) / scale, (top + high) / scale
        middle = round((y0 + y1) / 2 if level else (x0 + x1) / 2, 2)
        edges.append(Edge(x0, middle, x1, middle) if level else Edge(middle, y0, middle, y1))
    return edges
