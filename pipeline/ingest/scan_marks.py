"""What the picture shows and recognition drops: dashes at the head of a line, the number of strokes in a Roman figure.

On the real scan tesseract drops all nine list dashes; their ink stands left of the first word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from statistics import median

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.scan_image import PageImage
from pipeline.ingest.scan_lines import baseline_of, extent
from pipeline.ingest.scan_ocr import Word

DASH_REACH = 4.0  # sizes left of the first word
DASH_WIDTH = (0.18, 0.75)  # sizes: a hyphen of Times is 0.33, a dash 0.5
DASH_HEIGHT = 0.16
DASH_PLACE = (0.12, 0.45)  # sizes above the baseline
_ROMAN = re.compile(r"^[IlH1|]{1,4}(?=$|[/.,;:)\-]|V)")
DROPPED_DASH = "dropped_dash"


def add_dashes(words: list[Word], page: PageImage) -> None:
    """Put a "-" before the lines whose dash is on the picture but was not read, in place."""
    fresh: list[Word] = []
    for _, group in groupby(sorted(words, key=lambda w: w.line), key=lambda w: w.line):
        row = sorted(group, key=lambda w: w.x0)
        sizes = [(w.y1 - w.y0) / sum(reach) for w in row if (reach := extent(w.text)) is not None]
        if not sizes or not row[0].text[0].isalpha():
            continue
        dash = _dash(row[0], baseline_of(row, median(sizes)), median(sizes), page)
        if dash is not None:
            fresh.append(dash)
    words.extend(dash for dash in fresh if not any(w.x0 < dash.x1 and dash.x0 < w.x1 and w.y0 < dash.y1 and dash.y0 < w.y1 for w in words))


def _dash(first: Word, baseline: float, size: float, page: PageImage) -> Word | None:
    """The dash left of a word: one level bar of ink at half the height of small letters, nothing else above or below."""
    scale = page.place.dpi / 72
    left, right = first.x0 - DASH_REACH * size, first.x0 - 0.08 * size
    top, foot = baseline - 0.75 * size, baseline + 0.2 * size
    crop = page.gray[max(0, round(top * scale)) : round(foot * scale), max(0, round(left * scale)) : round(right * scale)]
    if crop.size == 0:
        return None
    rows, columns = np.nonzero(crop < page.threshold)
    if len(rows) < 4:
        return None
    # The very edge may hold ink of what stands farther left; only ink parted from it counts.
    inside = columns > 1
    rows, columns = rows[inside], columns[inside]
    if len(rows) < 4:
        return None
    wide, high = (columns.max() - columns.min() + 1) / scale, (rows.max() - rows.min() + 1) / scale
    middle = baseline - (top + (rows.min() + rows.max() + 1) / 2 / scale)
    level = DASH_WIDTH[0] * size <= wide <= DASH_WIDTH[1] * size and high <= DASH_HEIGHT * size and wide >= 1.6 * high
    if not level or not DASH_PLACE[0] * size <= middle <= DASH_PLACE[1] * size or len(rows) < 0.5 * wide * high * scale**2:
        return None
    x0, y0 = left + columns.min() / scale, top + rows.min() / scale
    # 90: the ink is plain, but what it means was not read. Its raw reading is empty.
    return Word("-", x0, y0, x0 + wide, y0 + high, 90.0, first.line, "", DROPPED_DASH)


def count_stems(words: Iterable[Word], page: PageImage) -> dict[int, int]:
    """How many upright strokes stand at the head of each word that may be a Roman figure, by ``id``: III has 3, IV has 1."""
    scale = page.place.dpi / 72
    counts = {}
    for word in words:
        bare = word.text.lstrip('(“"')
        if _ROMAN.match(bare) and bare == word.text:
            crop = page.gray[int(word.y0 * scale) : int(word.y1 * scale) + 1, int(word.x0 * scale) : int(word.x1 * scale) + 1]
            counts[id(word)] = count_strokes(np.asarray(crop < page.threshold))
    return counts


def count_strokes(ink: NDArray[np.bool_]) -> int:
    """Leading runs of columns inked over the whole middle, thin and near each other."""
    rows = np.nonzero(ink.any(axis=1))[0]
    if len(rows) < 6:
        return 0
    high = rows[-1] - rows[0] + 1
    band = ink[rows[0] + high * 2 // 10 : rows[0] + high * 8 // 10 + 1]  # a slash is nowhere inked over all of it
    full: NDArray[np.bool_] = np.asarray(band.mean(axis=0) > 0.9)
    touched: NDArray[np.bool_] = np.asarray(band.any(axis=0))
    count, at, last = 0, 0, None
    while at < len(touched):
        if not touched[at]:
            at += 1
            continue
        end = at
        while end < len(touched) and touched[end]:
            end += 1
        thin = end - at <= 0.3 * high
        if not (thin and full[at:end].any()) or (last is not None and at - last > 0.45 * high):
            break
        count, last, at = count + 1, end, end
    return count
