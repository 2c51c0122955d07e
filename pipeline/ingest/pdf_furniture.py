"""What stands on a page but not in the flow: page numbers, running heads, seals of electronic signatures, footnotes.

Page numbers are known by place and sequence, running heads by repetition, footnotes by size and the short ruling above them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.ingest.pdf_chars import Edge
from pipeline.ingest.pdf_lines import Line

EDGE_SHARE = 0.12  # of the page height at top and bottom where furniture stands
NOTE_SIZE = 0.9  # of the size of the body: footnotes are smaller (10 against 14 points)
REPEATED_ON = 3  # pages; fewer are no proof of a running head
_NUMBER = re.compile(r"(?i)(?:trang\s*)?[-–—]?\s*(\d{1,4})\s*[-–—]?(?:\s*/\s*\d{1,4})?")
_NOTE_HEAD = re.compile(r"^\(?(\d{1,3}|\*{1,3}|[†‡])\)?(?=\s|[A-ZĐÀ-Ỹ“(])[.)]?\s*")
_SEAL = re.compile(
    r"(?i)^(?:người ký|ký bởi|được ký bởi|signed by|signature valid|email|cơ quan|tổ chức|thời gian ký|ngày ký|ký ngày)\s*(?::|$)"
)
_TYPED_RULE = re.compile(r"[_\-–—=~ ]{3,}")  # a line drawn with signs under the motto or the title
_DIGITS = re.compile(r"\d+")


@dataclass(slots=True, eq=False)
class Note:
    """A footnote: its mark as printed and its lines; ``text_starts`` is the offset in the first line behind the mark."""

    mark: str
    page: int
    lines: list[Line] = field(default_factory=list)


def split_furniture(pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> tuple[list[list[Line]], list[list[Line]]]:
    """(lines of the flow, furniture), page by page."""
    outer = [[x for x in lines if _at_edge(x, height)] for lines, height in zip(pages, heights, strict=True)]
    rules = {id(line) for lines in pages for line in lines if _TYPED_RULE.fullmatch(line.text)}
    gone = _page_numbers(outer) | _running(outer) | _seals(pages) | rules
    keep = [[line for line in lines if id(line) not in gone] for lines in pages]
    drop = [[line for line in lines if id(line) in gone] for lines in pages]
    return keep, drop


def _at_edge(line: Line, height: float) -> bool:
    return line.baseline < EDGE_SHARE * height or line.baseline > (1 - EDGE_SHARE) * height


def _page_numbers(outer: Sequence[Sequence[Line]]) -> set[int]:
    """Lines of a number only, first or last on their page, that count up with the pages (from any start)."""
    found: list[tuple[int, Line]] = []  # (number less place of page, line)
    for place, lines in enumerate(outer):
        ends = {id(line): line for line in (*lines[:1], *lines[-1:])}
        for line in ends.values():
            if match := _NUMBER.fullmatch(line.text):
                found.append((int(match[1]) - place, line))
    shifts = Counter(shift for shift, _ in found)
    return {id(line) for shift, line in found if shifts[shift] >= 2 or shift == 1}


def _running(outer: Sequence[Sequence[Line]]) -> set[int]:
    """Lines that stand at the same height on most pages, numbers in them apart."""
    places = Counter[tuple[str, int]]()
    for lines in outer:
        places.update({_running_key(line) for line in lines})
    least = max(REPEATED_ON, len(outer) * 0.4)
    return {id(line) for lines in outer for line in lines if places[_running_key(line)] >= least}


def _running_key(line: Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.baseline / 4)


def _seals(pages: Sequence[Sequence[Line]]) -> set[int]:
    """The box that an electronic signature prints on a page: at least two of its field names in small type."""
    gone: set[int] = set()
    for lines in pages:
        seal = [line for line in lines if line.size <= 10.5 and _SEAL.match(line.text)]
        if len(seal) >= 2:
            gone |= {id(line) for line in seal}
    return gone


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """Size of most characters of the flow, in points; 0.0 without lines."""
    sizes = Counter[float]()
    for lines in pages:
        for line in lines:
            sizes[round(line.size * 2) / 2] += line.count
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


def split_notes(lines: Sequence[Line], edges: Sequence[Edge], size: float, page: int, left: float) -> tuple[list[Line], list[Note]]:
    """(lines of the flow, footnotes of the page). A first note without a mark goes on from the page before: its mark is "".

    Notes are the lines at the foot under a short ruling, if smaller or beginning with a mark that hangs in the text above; without a
    ruling they must be both.
    """
    ordered = sorted(lines, key=lambda line: line.baseline)
    start = len(ordered)
    while start and ordered[start - 1].size < NOTE_SIZE * size:
        start -= 1
    rule = _note_rule(ordered, edges, left)
    marks = {mark for line in ordered for mark, at in line.marks if at}
    if rule is not None:
        below = next((i for i, line in enumerate(ordered) if line.top >= rule - 2), len(ordered))
        marked = below < len(ordered) and _mark_of(ordered[below]) in marks
        start = below if marked else max(start, below)
    else:
        start = next((i for i in range(start, len(ordered)) if _mark_of(ordered[i]) in marks), len(ordered))
    return ordered[:start], _notes(ordered[start:], page)


def _note_rule(lines: Sequence[Line], edges: Sequence[Edge], left: float) -> float | None:
    """Height of the ruling above footnotes: 40 to 260 points long at the left margin, with text over and smaller text under it."""
    if not lines:
        return None
    rules = [e.y0 for e in edges if e.horizontal and 40 <= e.x1 - e.x0 <= 260 and abs(e.x0 - left) <= 12]
    rules = [y for y in rules if any(line.bottom <= y + 2 for line in lines) and lines[-1].top >= y - 2]
    return max(rules) if rules else None


def _mark_of(line: Line) -> str | None:
    if line.marks and line.marks[0][1] == 0:
        return line.marks[0][0]
    match = _NOTE_HEAD.match(line.text)
    return match[1] if match else None


def _notes(lines: Sequence[Line], page: int) -> list[Note]:
    notes: list[Note] = []
    expected = ""
    for line in lines:
        mark = _mark_of(line)
        if mark is not None and (not notes or not mark.isdigit() or mark == expected):
            notes.append(Note(mark, page, [line]))
            expected = str(int(mark) + 1) if mark.isdigit() else ""
        elif notes:
            notes[-1].lines.append(line)
        else:
            notes.append(Note("", page, [line]))
    return notes


def note_text(line: Line, first: bool) -> str:
    """Text of a line of a footnote, the mark of its first line taken off."""
    if not first or (line.marks and line.marks[0][1] == 0):
        return line.text
    match = _NOTE_HEAD.match(line.text)
    return line.text[match.end() :] if match else line.text
