"""Characters → printed lines: sorted by baseline and x, blanks from gaps, raised marks of footnotes taken out.

A ``Line`` is a stretch of one printed line without a wide gap; two columns side by side are two lines of one height. ``pdf_columns``
finds gutters among them, ``pdf_flow`` puts the rest together to paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from pipeline.ingest.legacy import decode_family
from pipeline.ingest.pdf_chars import Edge, Glyph, Run
from schemas.text import Box, PageAnchor

ASCENT, DESCENT = 0.9, 0.25  # of the size: box of a line above and below its baseline
SAME_BASELINE = 0.25  # of the smaller size
BLANK = 0.17  # of the size: a gap that wide is a blank (a blank of Times is 0.25, kerning stays under 0.1)
BREAK = 0.85  # of the size: a gap without a blank character that parts two columns (or a label from its text)
BREAK_BLANK = 2.6  # … and with one; justified lines of few words stretch blanks to about 2
MARK_SIZE = 0.8  # of the size of its line: a raised mark is smaller
MARK = re.compile(r"\(?(\d{1,3}|\*{1,3}|[†‡])\)?")
GUARD = "\x01"
STRUCK = "\x02"  # stands where a struck-through character was taken out
BLANKS = frozenset((" ", "\xa0", STRUCK))
_MARK_SIGNS = frozenset("0123456789*†‡() ")
_LABEL = re.compile(r"(?:[-–—+*•▪●○◦■□►➢✓·]|\(?(?:\d{1,3}(?:\.\d{1,3}){0,4}|[IVXLC]{1,6}|[a-zđA-ZĐ])\s?[.)/:-]{0,2})")


@dataclass(slots=True, eq=False)
class Line:
    """A stretch of printed line. ``marks``: (raised mark, offset in ``text`` it stood before). Places in points from the top left.

    ``first_word`` is the width of the first word, ``text_x`` where the words after a label begin (``x0`` without a label)."""

    page: int
    x0: float
    x1: float
    baseline: float
    size: float
    text: str
    bold: bool = False
    italic: bool = False
    first_word: float = 0.0
    text_x: float = 0.0
    marks: list[tuple[str, int]] = field(default_factory=list)
    jumps: int = 0  # neighbours that do not follow each other in content order
    count: int = 0  # characters

    @property
    def top(self) -> float:
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + DESCENT * self.size

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    def anchor(self) -> PageAnchor:
        box = Box(round(self.x0, 1), round(self.top, 1), round(self.x1, 1), round(self.bottom, 1))
        return PageAnchor(self.page, box)


def make_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """Lines of one page or cell, from top to bottom and left to right."""
    by_run: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_run.setdefault(id(glyph[4]), []).append(glyph)
    lines: list[Line] = []
    for row in _rows(_hang_marks(list(by_run.values()))):
        lines.extend(line for part in _split(row) if (line := _line(part, page)) is not None)
    lines.sort(key=lambda line: (round(line.baseline, 1), line.x0))
    return lines


def _rows(groups: list[list[Glyph]]) -> Iterable[list[Glyph]]:
    """Characters of one baseline each. Runs, not characters, are compared: a page has some 50 of them."""
    groups.sort(key=lambda g: (g[0][4].baseline, g[0][3]))
    row: list[Glyph] = []
    base: Run | None = None
    for group in groups:
        run = group[0][4]
        if base is not None and run.baseline - base.baseline <= SAME_BASELINE * min(run.size, base.size):
            row.extend(group)
            if run.size > base.size:
                base = run
        else:
            if row:
                yield row
            row, base = list(group), run
    if row:
        yield row


def _split(row: list[Glyph]) -> Iterable[list[Glyph]]:
    """Cut a row where a gap is too wide for a blank; characters printed twice (false bold) are dropped."""
    row.sort(key=_order)
    part: list[Glyph] = []
    end, blanks = 0.0, False
    for glyph in row:
        x0, x1, text, _, run = glyph
        if text in BLANKS:
            if part:
                part.append(glyph)
                blanks = True
                end = max(end, x1) if text == STRUCK else end
            continue
        if part:
            gap, size = x0 - end, run.size
            if gap > size * (BREAK_BLANK if blanks else BREAK):
                yield part
                part = []
            elif gap < -0.5 * size and _printed_twice(glyph, part):
                continue
        part.append(glyph)
        end, blanks = max(end, x1) if part[:-1] else x1, False
    if part:
        yield part


def _order(glyph: Glyph) -> tuple[float, int]:
    return glyph[0], glyph[3]


def _printed_twice(glyph: Glyph, part: list[Glyph]) -> bool:
    return any(old[2] == glyph[2] and abs(old[0] - glyph[0]) < 0.15 * glyph[4].size for old in part[-3:])


def _line(part: list[Glyph], page: int) -> Line | None:
    while part and part[-1][2] in BLANKS:
        part.pop()
    if not part:
        return None
    pieces, words = _words(part, BLANK)
    if len(words) > 0.45 * len(pieces) > 1 and (limit := _blank_limit(part)) > BLANK:
        pieces, words = _words(part, limit)
    text, marks = _take_marks(_text(pieces))
    if not text:
        return None
    runs = _shares(part)
    main = max(runs, key=lambda pair: pair[1])[0]
    letters = sum(count for _, count in runs)
    bold = sum(count for run, count in runs if run.bold) >= 0.75 * letters
    italic = sum(count for run, count in runs if run.italic) >= 0.75 * letters
    labelled = len(words) > 1 and _LABEL.fullmatch(text.split(" ", 1)[0]) is not None
    jumps = sum(not 0 < b[3] - a[3] <= 4 for a, b in pairwise(part)) if len(runs) > 1 else 0
    return Line(
        page, part[0][0], words[-1][1], main.baseline, main.size, text, bold, italic, words[0][1] - words[0][0],
        words[1][0] if labelled else words[0][0], marks, jumps, len(text) - text.count(" "),
    )  # fmt: skip


def _shares(part: list[Glyph]) -> list[tuple[Run, int]]:
    """Runs of a line with the letters each holds; all characters count where there is no letter."""
    runs = {id(glyph[4]): glyph[4] for glyph in part}
    if len(runs) == 1:
        return [(part[0][4], len(part))]
    counts = dict.fromkeys(runs, 0)
    for glyph in part:
        if glyph[2].isalpha():
            counts[id(glyph[4])] += 1
    if any(counts.values()):
        return [(run, counts[key]) for key, run in runs.items()]
    return [(run, sum(g[4] is run and g[2] not in BLANKS for g in part)) for run in runs.values()]


def _words(part: list[Glyph], limit: float) -> tuple[list[tuple[str, Run]], list[tuple[float, float]]]:
    """(texts with their runs, blanks put in; left and right end of each word). ``limit``: gap, in sizes, that is a blank."""
    pieces: list[tuple[str, Run]] = []
    words: list[tuple[float, float]] = []
    start = end = part[0][0]
    inside = False
    for x0, x1, text, _, run in part:
        if text in BLANKS:
            if inside:
                words.append((start, end))
                pieces.append((" ", run))
            inside = False
            continue
        if inside:
            if x0 - end > limit * run.size and text[0] != GUARD:
                words.append((start, end))
                pieces.append((" ", run))
                start = x0
        else:
            start, inside = x0, True
        pieces.append((text, run))
        end = x1
    if inside:
        words.append((start, end))
    return pieces, words


def _blank_limit(part: list[Glyph]) -> float:
    """Gap, in sizes, that is a blank in this line; wider where the letters are spaced out (K Ế  H O Ạ C H)."""
    inked = [g for g in part if g[2] not in BLANKS]
    if len(inked) < 3:
        return BLANK
    gaps = [(b[0] - a[1]) / b[4].size for a, b in pairwise(inked)]
    if sum(gap > BLANK for gap in gaps) <= 0.45 * len(gaps):
        return BLANK
    return max(BLANK, 1.5 * sorted(gaps)[len(gaps) // 2] + 0.05)


def _text(pieces: list[tuple[str, Run]]) -> str:
    if any(run.family for _, run in pieces):
        parts = []
        for family, group in groupby(pieces, key=lambda piece: piece[1].family):
            joined = "".join(text for text, _ in group)
            parts.append(decode_family(joined, family) if family else joined)
        text = "".join(parts)
    else:
        text = "".join([text for text, _ in pieces])
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
    return " ".join(text.split())


def _hang_marks(groups: list[list[Glyph]]) -> list[list[Glyph]]:
    """Raised marks (¹ of a footnote, ² of m²) become one guarded character of the run they stand on, so that they share its line."""
    marks = [g for g in groups if len(g) <= 6 and all(glyph[2] in _MARK_SIGNS for glyph in g)]
    if not marks:
        return groups
    largest = max(group[0][4].size for group in groups)
    aside = {id(mark) for mark in marks}
    kept = [group for group in groups if id(group) not in aside]
    ordered = sorted(kept, key=lambda group: group[0][4].baseline)
    by_run = {id(group[0][4]): group for group in kept}
    for group in marks:
        text, (x0, _, _, place, run) = "".join(g[2] for g in group).strip(), group[0]
        worth = run.size <= MARK_SIZE * largest and MARK.fullmatch(text)
        start = bisect_left(ordered, run.baseline, key=lambda g: g[0][4].baseline)
        stop = bisect_right(ordered, run.baseline + 0.65 * largest, key=lambda g: g[0][4].baseline)
        host = _host(x0, group[-1][1], run, ordered[start:stop]) if worth else None
        if host is None or id(host) not in by_run:
            kept.append(group)
        else:
            by_run[id(host)].append((x0, group[-1][1], GUARD + text.strip("()") + GUARD, place, host))
    return kept


def _host(x0: float, x1: float, run: Run, groups: list[list[Glyph]]) -> Run | None:
    """The run a raised mark hangs on: 0.15 to 0.65 of its size below, ending before the mark, else beginning after it."""
    after: Run | None = None
    for group in groups:
        other = group[0][4]
        if other is run or run.size > MARK_SIZE * other.size or not 0.15 <= (other.baseline - run.baseline) / other.size <= 0.65:
            continue
        for left, right, text, _, _ in group:
            if text != " " and abs(x0 - right) <= 0.5 * other.size:
                return other
            if text != " " and abs(left - x1) <= 0.6 * other.size:
                after = other
    return after


def _take_marks(text: str) -> tuple[str, list[tuple[str, int]]]:
    if GUARD not in text:
        return text, []
    parts = text.split(GUARD)
    plain, marks = parts[0], []
    for mark, following in zip(parts[1::2], parts[2::2], strict=True):
        marks.append((mark, len(plain)))
        plain += following if plain else following.lstrip()
    return plain, marks


def turned_lines(glyphs: Sequence[Glyph], page: int) -> list[Line]:
    """Text that does not run to the right (narrow column heads, margins, watermarks), in content order, a line for each text object."""
    lines: list[Line] = []
    for _, group in groupby(glyphs, key=lambda glyph: id(glyph[4])):
        part = list(group)
        run, text = part[0][4], _text([(g[2], g[4]) for g in part])
        if text:
            x0, x1 = min(g[0] for g in part), max(g[1] for g in part)
            lines.append(Line(page, x0, x1, run.baseline, run.size, text, run.bold, run.italic, x1 - x0, x0, count=len(part)))
    return lines


def drop_struck(glyphs: Sequence[Glyph], edges: Sequence[Edge]) -> tuple[list[Glyph], list[Glyph]]:
    """(kept with struck ones blanked, struck through).

    A ruling at mid height of small letters crosses out what it covers. Borders never cut letters."""
    rules = sorted((e for e in edges if e.horizontal), key=lambda e: e.y0)
    if not rules:
        return list(glyphs), []
    kept: list[Glyph] = []
    struck: list[Glyph] = []
    near: dict[int, list[Edge]] = {}  # rulings at mid height, found once a run: hardly any run has one
    for glyph in glyphs:
        run = glyph[4]
        if (through := near.get(id(run))) is None:
            through = near[id(run)] = _through(run, rules)
        if through and any(e.x0 - 0.5 <= (glyph[0] + glyph[1]) / 2 <= e.x1 + 0.5 for e in through):
            struck.append(glyph)
            glyph = (glyph[0], glyph[1], STRUCK, glyph[3], glyph[4])
        kept.append(glyph)
    return kept, struck


def _through(run: Run, rules: Sequence[Edge]) -> list[Edge]:
    low, high = run.baseline - 0.42 * run.size, run.baseline - 0.15 * run.size
    return list(rules[bisect_left(rules, low, key=lambda e: e.y0) : bisect_right(rules, high, key=lambda e: e.y0)])


def is_label(text: str) -> bool:
    """Whether a text is nothing but a bullet or a number of a list ("-", "1.", "II.", "a)", "1.1.")."""
    return _LABEL.fullmatch(text) is not None
