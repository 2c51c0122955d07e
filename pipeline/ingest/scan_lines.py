"""Words of a recognised page → printed lines with baseline, size and weight, as the PDF reader's layout takes them.

Tesseract gives boxes of ink. What a box says of size and baseline depends on the letters in it: "ơn" is x-high, "Ấp" is twice that. The
extents below are those of Times, in which plans are typed; the median over the words of a line is within 3 % of the true size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from statistics import median

import numpy as np

from pipeline.ingest.pdf_lines import Line, is_label
from pipeline.ingest.scan_image import PageImage
from pipeline.ingest.scan_ocr import Word

X_HEIGHT, ASCENDER, CAPITAL, DESCENDER = 0.45, 0.683, 0.662, 0.217  # of the size, Times
_MARK, _CAPITAL_MARK, _SECOND_MARK, _DOT_BELOW = 0.23, 0.23, 0.16, 0.2
_LOW, _TALL = frozenset("acemnorsuvwxz"), frozenset("bdfhklđij")
_DEEP = frozenset("gjpqy")
_BELOW = "\u0323"
_HORN = "\u031b"
SAME_SIZE = 0.14  # of the size of the body: less is the spread of measuring
BREAK, BREAK_RATIO = 0.8, 2.5  # sizes, and times the other blanks of the line: a gap between two columns
WIDE_BREAK = 2.6  # sizes: in any line
LABEL_GAP = 5.0  # sizes: a tab between a label and its text
BOLD = 1.22  # times the strokes of the document: regular to bold is about 1.45
FAINT_STROKE, LONG_RUN = 0.5, 0.28


@lru_cache(maxsize=4_000)
def extent(text: str) -> tuple[float, float] | None:
    """How far the ink of a word goes above and below its baseline, in sizes; None where it has no letter or figure."""
    above, below, seen = 0.0, 0.0, False
    for sign in unicodedata.normalize("NFC", text):
        base, marks = unicodedata.normalize("NFD", sign)[0], unicodedata.normalize("NFD", sign)[1:]
        if not base.isalnum():
            if base in "()[]/":
                above, below = max(above, 0.68), max(below, 0.18 if base != "/" else 0.0)
            continue
        seen = True
        low = base.lower() == base and not base.isdigit()
        top = (X_HEIGHT if base in _LOW or base in "gpqy" else 0.58 if base == "t" else ASCENDER) if low else CAPITAL
        over = [mark for mark in marks if mark not in (_BELOW, _HORN)]
        if over and base != "i":
            top += (_MARK if low else _CAPITAL_MARK) + _SECOND_MARK * (len(over) - 1)
        above = max(above, top)
        below = max(below, DESCENDER if base in _DEEP else 0.0, _DOT_BELOW if _BELOW in marks else 0.0)
    return (above, below) if seen else None


def measure_words(words: Sequence[Word], page: PageImage) -> dict[int, float]:
    """Mean thickness of upright strokes of each word in points, by ``id``; words without ink are left out."""
    scale, strokes = page.place.dpi / 72, dict[int, float]()
    for word in words:
        crop = page.gray[int(word.y0 * scale) : int(word.y1 * scale) + 1, int(word.x0 * scale) : int(word.x1 * scale) + 1]
        if crop.shape[0] < 4 or crop.shape[1] < 4 or not any(c.isalnum() for c in word.text):
            continue
        ink = np.zeros((crop.shape[0], crop.shape[1] + 2), np.int8)
        ink[:, 1:-1] = crop < page.threshold
        change = np.diff(ink, axis=1)
        runs = np.nonzero(change.ravel() == -1)[0] - np.nonzero(change.ravel() == 1)[0]
        runs = runs[runs < max(3.0, LONG_RUN * crop.shape[0] * 1.4)]
        if len(runs) >= 4:
            strokes[id(word)] = float(runs.mean()) / scale
    return strokes


def mark_bold(words: Iterable[Word], strokes: dict[int, float]) -> None:
    """Set ``bold`` on the words whose strokes are plainly thicker than those of most of the document."""
    known = [(word, strokes[id(word)]) for word in words if id(word) in strokes]
    if len(known) < 20:
        return
    usual = median(stroke for _, stroke in known)
    for word, stroke in known:
        word.bold = stroke > BOLD * usual


def body_size(pages: Iterable[Sequence[Word]]) -> float:
    """Size of most words in points; 13.0 where nothing can be measured."""
    sizes = [size for words in pages for _, group in groupby(words, key=lambda w: w.line) for size in _sizes(list(group))]
    return median(sizes) if sizes else 13.0


def _sizes(words: Sequence[Word]) -> list[float]:
    return [(w.y1 - w.y0) / sum(reach) for w in words if (reach := extent(w.raw or w.text)) is not None]


def rows_of(words: Sequence[Word], body: float, *, cell: bool = False) -> list[list[Word]]:
    """Words of stretches of printed lines, from left to right, in the order tesseract saw the lines; in a ``cell`` lines stay whole,
    for few words set from edge to edge stand far apart there."""
    rows: list[list[Word]] = []
    for _, group in groupby(sorted(words, key=lambda w: w.line), key=lambda w: w.line):
        row = sorted(group, key=lambda w: w.x0)
        rows.extend([row] if cell else _split(row, _snapped(_sizes(row), body)))
    return rows


def line_of(row: Sequence[Word], number: int, body: float) -> Line:
    """One stretch as a line of page ``number``; ``body`` is the size of most of the document."""
    return _line(list(row), number, _snapped(_sizes(row), body))


def _snapped(sizes: Sequence[float], body: float) -> float:
    size = median(sizes) if sizes else body
    return round(body, 2) if abs(size - body) <= SAME_SIZE * body else round(min(size, 4 * body), 1)


def _split(row: Sequence[Word], size: float) -> Iterable[list[Word]]:
    gaps = [b.x0 - a.x1 for a, b in pairwise(row)]
    part: list[Word] = []
    for n, word in enumerate(row):
        labelled = n == 1 and is_label(row[0].text) and gaps[0] <= LABEL_GAP * size
        if part and not labelled and _is_break(gaps, n - 1, size):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _is_break(gaps: Sequence[float], n: int, size: float) -> bool:
    others = [gap for i, gap in enumerate(gaps) if i != n]
    usual = max(median(others), 0.2 * size) if others else size
    return gaps[n] > WIDE_BREAK * size or (gaps[n] > BREAK * size and gaps[n] > BREAK_RATIO * usual)


def _line(words: list[Word], number: int, size: float) -> Line:
    letters = sum(len(w.text) for w in words)
    bold = sum(len(w.text) for w in words if w.bold) >= 0.6 * letters
    text = " ".join(w.text for w in words)
    labelled = len(words) > 1 and is_label(words[0].text)
    marks, at = [], 0
    for word in words:
        if word.mark is not None:
            marks.append((word.mark, at + word.mark_at))
        at += len(word.text) + 1
    return Line(
        number, words[0].x0, words[-1].x1, baseline_of(words, size), size, text, bold, False, words[0].x1 - words[0].x0,
        words[1].x0 if labelled else words[0].x0, marks, count=len(text) - text.count(" "),
    )  # fmt: skip


def baseline_of(words: Sequence[Word], size: float) -> float:
    """Height of the baseline in points: the foot of each word less what its letters reach below it."""
    feet = [w.y1 - reach[1] * size for w in words if (reach := extent(w.raw or w.text)) is not None]
    return round(median(feet), 2) if feet else round(median(w.middle for w in words) + 0.25 * size, 2)
