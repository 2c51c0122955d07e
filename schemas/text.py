"""Places in a file and the map from canonical text back to them.

``Anchor`` says where a run of characters stands in the source file, in the terms of its format. ``TextMap`` joins
canonical text to anchors; it is built while cleaning, never by comparing texts afterwards.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in points (1/72 inch), origin at the top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    def join(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))


@dataclass(frozen=True, slots=True)
class PageAnchor:
    """Place in a PDF or scan. ``confidence`` is the reader's own, 0 to 1; 1.0 for a text layer."""

    page: int
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class WordAnchor:
    """Place in a Word file: a path such as ``body/p[12]`` or ``tbl[2]/r[3]/c[4]/p[1]``; page approximate, if known."""

    path: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class LineAnchor:
    """Place in a text file: 1-based line."""

    line: int


Anchor = PageAnchor | WordAnchor | LineAnchor


@dataclass(frozen=True, slots=True)
class Segment:
    """``text[start:end]`` of the canonical text came from ``anchor``. ``raw`` is kept where cleaning changed characters;
    ``repair`` names the rule where a reading was corrected (OCR), never silently."""

    start: int
    end: int
    anchor: Anchor
    raw: str | None = None
    repair: str | None = None


@dataclass(frozen=True, slots=True)
class TextMap:
    """Canonical text ↔ place in the file: segments in order of ``start``, not overlapping."""

    segments: tuple[Segment, ...] = ()

    def overlapping(self, start: int, end: int) -> Iterator[Segment]:
        """Segments that share characters with ``[start, end)``, in order."""
        i = max(0, bisect_right(self.segments, start, key=lambda s: s.start) - 1)
        for segment in self.segments[i:]:
            if segment.start >= end:
                return
            if segment.end > start:
                yield segment

    def page_at(self, offset: int) -> int | None:
        """1-based page of a character, None where the format has no pages."""
        for segment in self.overlapping(offset, offset + 1):
            anchor = segment.anchor
            if isinstance(anchor, (PageAnchor, WordAnchor)):
                return anchor.page
        return None

    def line_at(self, offset: int) -> int | None:
        """1-based line of a character in a text file, else None."""
        for segment in self.overlapping(offset, offset + 1):
            if isinstance(segment.anchor, LineAnchor):
                return segment.anchor.line
        return None
