"""Footnotes of a scanned page: the small figures that lead to them are read as quotation marks or bars, if at all.

Under a short ruling, in small type, each note begins with its number; above it as many words must end in a raised sign. Where the two
agree, the signs become the marks they are, in order; where they do not, nothing is changed and the note is put up for review.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.ingest.legacy import is_syllable
from pipeline.ingest.pdf_furniture import NOTE_SIZE
from pipeline.ingest.scan_lines import line_of
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_page import ReadPage
from pipeline.ingest.scan_repair import relabel
from schemas.document import Doubt
from schemas.text import Box, PageAnchor

RULE = (40.0, 260.0)  # points: length of the ruling above footnotes
AT_LEFT = 15.0  # points from the leftmost words where it begins
NOTE_MARK = "note_mark"
LOOSE = "chú thích cuối trang: không rõ được đánh dấu ở chỗ nào trong bài"
_HEAD = re.compile(r"\(?(\d{1,2}|[|lI!\]])\)?")
_MARKED = re.compile(r"(?P<word>[“\"(]*[^\W\d_]+)(?:['’‘”\"°*][:'’”\"]?|\d)(?P<rest>[;,.:)]?)")


def hang_notes(page: ReadPage, body: float) -> list[Doubt]:
    """Give the words of a page the marks of its notes, in place; doubts name notes that hang nowhere."""
    ruling = _ruling(page)
    if ruling is None:
        return []
    notes = [row for row in page.rows if row[0].middle > ruling and line_of(row, page.number, body).size < NOTE_SIZE * body]
    heads = _heads(notes)
    if not heads:
        return []
    marked = _marked([row for row in page.rows if row[0].middle < ruling])
    if len(marked) != len(heads):
        return [_loose(head, page) for head, _ in heads]
    for (head, number), word in zip(heads, marked, strict=True):
        found = _MARKED.fullmatch(word.text)
        if found is not None:
            relabel(word, found["word"] + found["rest"], NOTE_MARK)
            word.mark, word.mark_at = str(number), len(found["word"])
        if head.text != str(number):
            relabel(head, str(number), NOTE_MARK)
    return []


def _ruling(page: ReadPage) -> float | None:
    """Height of the lowest short ruling at the left margin in the lower half, tables apart."""
    left = min((row[0].x0 for row in page.rows), default=0.0)
    places = [
        edge.y0
        for edge in page.edges
        if edge.horizontal and RULE[0] <= edge.x1 - edge.x0 <= RULE[1] and abs(edge.x0 - left) <= AT_LEFT
        if edge.y0 > 0.5 * page.place.size[1] and not any(g.bounds[1] - 3 <= edge.y0 <= g.bounds[3] + 3 for g in page.grids)
    ]
    return max(places) if places else None


def _heads(rows: Sequence[Sequence[Word]]) -> list[tuple[Word, int]]:
    """First words that number the notes, one after the other; a bar can only be the 1."""
    heads: list[tuple[Word, int]] = []
    for row in sorted(rows, key=lambda row: row[0].middle):
        found = _HEAD.fullmatch(row[0].text) if len(row) > 1 else None
        if found is None:
            continue
        number = int(found[1]) if found[1].isdigit() else 1
        if not heads or number == heads[-1][1] + 1:
            heads.append((row[0], number))
    return heads


def _marked(rows: Sequence[Sequence[Word]]) -> list[Word]:
    """Words of the text that end in a sign which closes no quotation, or in a figure, in reading order."""
    words, opened = list[Word](), 0
    for word in (word for row in rows for word in row):
        closes = opened > 0 and re.search(r"[”\"]", word.text[1:]) is not None
        found = _MARKED.fullmatch(word.text)
        if found is not None and not closes and is_syllable(found["word"].lstrip('“"(').lower()):
            words.append(word)
        opened = max(0, opened + word.text[:1].count("“") + word.text[:1].count('"') - closes)
    return words


def _loose(head: Word, page: ReadPage) -> Doubt:
    box = page.place.back(Box(head.x0, head.y0, head.x1, head.y1))
    return Doubt(head.text, PageAnchor(page.number, box, round(head.confidence / 100, 3)), LOOSE, 0.5)
