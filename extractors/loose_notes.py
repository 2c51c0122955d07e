"""Footnotes in text copied out of a PDF, whose marks have become plain figures («theo chỉ đạo của Chính phủ1 …», «1 Công văn số …»).

A note is taken as one only where a line begins with its figure and a capital, the figures count up, and the same figure hangs on a
word further up. What goes on below the note goes on from the line above it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from extractors import labels
from extractors.loose_lines import Line
from extractors.rulebook import rules

_REACH, _LINES = 90, 9
"""Lines of a page, within which mark and note stand; lines of a note at most."""


class LooseNote(NamedTuple):
    """The lines of a footnote, the first of them with its figure, and the line that it hangs on, counted without the lines of notes.
    ``mark`` counts the notes of the text: figures begin anew on every page."""

    mark: str
    lines: tuple[Line, ...]
    host: int


def by_line(notes: Sequence[LooseNote]) -> dict[int, list[str]]:
    """Marks of the notes that hang on a line."""
    out: dict[int, list[str]] = {}
    for note in notes:
        out.setdefault(note.host, []).append(note.mark)
    return out


def part(lines: Sequence[Line]) -> tuple[list[Line], list[LooseNote]]:
    """The lines of the text, and the footnotes that stood between them."""
    opens = rules("unwrap").pattern("note_line")
    if not any(opens.match(line.text) for line in lines):
        return list(lines), []
    marks = _marks(lines)
    kept: list[Line] = []
    notes: list[LooseNote] = []
    places: list[int] = []
    i = last = 0
    after, resumes = -1, False
    while i < len(lines):
        found = opens.match(lines[i].text)
        mark = int(found["mark"]) if found else 0
        end = _end(lines, i, mark + 1) if found and mark in (1, last + 1) else None
        host = None if end is None else _host(marks.get(mark, []), after if mark != 1 else -1, i)
        if end is not None and host is None and _parts_sentence(lines, i, end):
            host = i - 1
        if host is None or end is None:
            places.append(i)
            kept.append(replace(lines[i], blank_before=False) if resumes else lines[i])
            resumes = False
            i += 1
            continue
        notes.append(LooseNote(str(len(notes) + 1), tuple(lines[i:end]), host))
        last, after, i, resumes = mark, host, end, True
    # a note to a note hangs where that one does
    return kept, [note._replace(host=max(0, bisect_right(places, note.host) - 1)) for note in notes]


def _marks(lines: Sequence[Line]) -> dict[int, list[int]]:
    """Lines that hold a figure at the end of a word, by figure."""
    out: dict[int, list[int]] = {}
    hangs = rules("unwrap").pattern("note_mark")
    for i, line in enumerate(lines):
        for found in hangs.finditer(line.text):
            out.setdefault(int(found["mark"]), []).append(i)
    return out


def _parts_sentence(lines: Sequence[Line], start: int, end: int) -> bool:
    """The lines stand in the midst of a sentence, whose mark was lost: «… cập nhật dữ | 1 Theo Kế hoạch … . | liệu thường xuyên»."""
    if start == 0 or end >= len(lines):
        return False
    above, below = lines[start - 1].text, lines[end].text
    broken = above[-1].isalpha() and below[0].islower() and labels.find(below) is None
    return broken and not rules("unwrap").pattern("number_follows").search(above)


def _host(places: Sequence[int], after: int, note: int) -> int | None:
    """The nearest line above the note that holds its mark and stands not before the host of the note before."""
    return next((i for i in reversed(places) if max(after, note - _REACH) <= i < note), None)


def _end(lines: Sequence[Line], start: int, following: int) -> int | None:
    """Behind the last line of a note: it ends with a full stop, or where the next note or an item begins."""
    opens = rules("unwrap").pattern("note_line")
    for i in range(start, min(len(lines), start + _LINES)):
        behind = lines[i + 1].text if i + 1 < len(lines) else ""
        nxt = opens.match(behind)
        if lines[i].text.endswith((".", ".”", ";")) or not behind or (nxt and int(nxt["mark"]) == following) or labels.find(behind):
            return i + 1
    return None
