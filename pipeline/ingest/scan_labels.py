"""Numbers at the head of a line that recognition drops or takes for a line of their own: «II.», «3.», «a)» before a tab.

Word sets the number of an automatic list some way before its words; tesseract then often passes it over. Its ink stands left of the first
word; set side by side on one line, such labels are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median

import numpy as np

from pipeline.ingest.pdf_lines import is_label
from pipeline.ingest.pdf_tables import Grid
from pipeline.ingest.scan_cells import Crop, strip_of
from pipeline.ingest.scan_image import PageImage
from pipeline.ingest.scan_lines import baseline_of, extent
from pipeline.ingest.scan_marks import count_strokes
from pipeline.ingest.scan_ocr import Word, recognise_line

REACH = 5.0  # sizes left of the first word
WIDEST, LOWEST, TALLEST = 2.8, 0.4, 1.15  # sizes of the ink of a label
APART = 0.5  # sizes between the label and the word, at least
READ_AGAIN, LONGEST = 75.0, 4  # confidence and signs of a label that is read again
DROPPED_LABEL, LABEL_AGAIN = "dropped_label", "label_again"
_BARS = re.compile(r"[IlH1L|!]{1,4}[.,]?")
_ROMAN = re.compile(r"[IVX]{1,5}[.]")
_FIGURE = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]|\d{1,2}(?:\.\d{1,2}){1,2}|[a-hđ]\))")
_AS_ROMAN, _AS_FIGURE = str.maketrans("1lL|]!", "IIIIII"), str.maketrans("lI|]!S§OZ", "111115802")


def add_labels(words: list[Word], grids: Sequence[Grid], page: PageImage) -> None:
    """Put labels that stand alone into the line beside them, and those not read at all before their line, in place."""
    lines = [row for row in _lines(words) if not any(_inside(grid, row[0]) for grid in grids)]
    _rejoin(lines)
    crops: list[tuple[Crop, list[Word]]] = []
    for row in lines:
        crop = _doubted(row, page) or (_crop(row, words, page) if row[0].text[0].isalpha() else None)
        if crop is not None:
            crops.append((crop, [word for word in row if word not in crop.old]))
    if not crops:
        return
    scale = page.place.dpi / 72
    strip, places = strip_of([crop for crop, _ in crops], scale)
    found = recognise_line(strip, page.place.dpi)
    for (crop, row), place in zip(crops, places, strict=True):
        high, wide = (size / scale for size in crop.ink.shape)
        x0, x1 = place / scale, place / scale + wide
        read = [w for w in found if w.x0 < x1 and x0 < w.x1 and x0 - 6 <= w.x0 and w.x1 <= x1 + 6]
        old = crop.old[0] if crop.old else None
        text, sure = (_meant(read[0].text, row), read[0].confidence) if len(read) == 1 else ("", 0.0)
        if _capitals(row) and (stems := count_strokes(np.asarray(crop.ink < page.threshold))) and not {"V", "X"} & set(text):
            text = "I" * stems + "." if stems <= 3 and (text or _BARS.fullmatch(old.text if old else "")) else text
        elif old is not None and (meant := _meant(old.text, row)) and (not text or sure <= old.confidence or len(text) > len(meant)):
            text, sure = meant, old.confidence
        if not text or (old is not None and text == old.text):
            continue
        words[:] = [word for word in words if word is not old]
        how = ("", DROPPED_LABEL) if old is None else (old.text, LABEL_AGAIN)
        words.append(Word(text, crop.x0, crop.y0, crop.x0 + wide, crop.y0 + high, min(sure, 89.0), row[0].line, *how))


def _lines(words: Iterable[Word]) -> list[list[Word]]:
    by_line = groupby(sorted(words, key=lambda w: w.line), key=lambda w: w.line)
    return [sorted(group, key=lambda w: w.x0) for _, group in by_line]


def _inside(grid: Grid, word: Word) -> bool:
    x0, y0, x1, y1 = grid.bounds
    return x0 <= (word.x0 + word.x1) / 2 <= x1 and y0 <= word.middle <= y1


def _rejoin(lines: list[list[Word]]) -> None:
    """A label alone on its line goes into the line that stands right of it."""
    for row in list(lines):
        if len(row) > 1 or not is_label(row[0].text):
            continue
        label = row[0]
        for other in lines:
            first = other[0]
            size = first.y1 - first.y0
            shared = min(label.y1, first.y1) - max(label.y0, first.y0)
            if other is not row and 0 < first.x0 - label.x1 <= REACH * size and shared >= 0.4 * min(size, label.y1 - label.y0):
                label.line = first.line
                other.insert(0, label)
                lines.remove(row)
                break


def _doubted(row: Sequence[Word], page: PageImage) -> Crop | None:
    """The ink of a label that was hardly read: a few signs with a gap behind them, or bars before capitals («IL NHIỆM VỤ»)."""
    label, bars = row[0], len(row) > 1 and _BARS.fullmatch(row[0].text) is not None and _capitals(row[1:])
    sure = label.confidence >= READ_AGAIN and (not bars or _ROMAN.fullmatch(label.text) is not None)
    if len(row) < 2 or len(label.text) > LONGEST or sure or label.text in "-–+•*":
        return None
    size, scale = row[1].y1 - row[1].y0, page.place.dpi / 72
    if not bars and not APART * size <= row[1].x0 - label.x1 <= REACH * size:
        return None
    x0, y0, x1, y1 = (round(v * scale) for v in (label.x0 - 0.5, label.y0 - 0.5, label.x1 + 0.5, label.y1 + 0.5))
    return Crop(np.ascontiguousarray(page.gray[max(0, y0) : y1, max(0, x0) : x1]), label.x0 - 0.5, label.y0 - 0.5, (label,))


def _crop(row: Sequence[Word], words: Sequence[Word], page: PageImage) -> Crop | None:
    """The ink left of a line where it is as high and wide as a label and stands alone."""
    sizes = [(w.y1 - w.y0) / sum(reach) for w in row if (reach := extent(w.text)) is not None]
    if not sizes:
        return None
    size, scale = median(sizes), page.place.dpi / 72
    base = baseline_of(row, size)
    left, right = max(0.0, row[0].x0 - REACH * size), row[0].x0 - APART * size
    top, foot = base - 0.95 * size, base + 0.35 * size
    if any(w.x0 < right and left < w.x1 and w.y0 < foot and top < w.y1 for w in words if w is not row[0]):
        return None
    x0, y0 = round(left * scale), max(0, round(top * scale))
    crop = page.gray[y0 : round(foot * scale), x0 : max(x0, round(right * scale))]
    rows, columns = np.nonzero(crop < page.threshold)
    if len(rows) < 12 or columns.min() <= 1:
        return None
    a, b, c, d = int(rows.min()), int(rows.max()) + 1, int(columns.min()), int(columns.max()) + 1
    high, wide = (b - a) / scale, (d - c) / scale
    if not LOWEST * size <= high <= TALLEST * size or wide > WIDEST * size:
        return None
    return Crop(np.ascontiguousarray(crop[a:b, c:d]), (x0 + c) / scale, (y0 + a) / scale, ())


def _capitals(row: Sequence[Word]) -> bool:
    return "".join(w.text for w in row if w.text.isalpha()).isupper()


def _meant(read: str, row: Sequence[Word]) -> str:
    """The label read, or "": a Roman figure before capitals, else a figure or a letter."""
    if _capitals(row) and _ROMAN.fullmatch(text := read.replace(",", ".").translate(_AS_ROMAN)):
        return text
    for text in (read.replace(",", "."), read.replace(",", ".").translate(_AS_FIGURE)):
        if _FIGURE.fullmatch(text):
            return text
    return ""
