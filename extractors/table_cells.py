"""What one cell of a task table holds: a mark of who leads or helps, or names one below the other."""

from __future__ import annotations

import re

from extractors import labels
from extractors.rulebook import rules
from extractors.units import find_units
from schemas.document import Cell

DOERS = frozenset({"lead", "support", "helpers"})
"""Fields of a row that name who does it."""
RING = re.compile(r"[○oO]$")


def crossed(cell: str) -> str | None:
    """What a mark in the column of a body makes of it: «x», «CT» the leader, «PH» a helper."""
    book = rules("duties")
    return "lead" if book.pattern("cross").match(cell) else "support" if book.pattern("cross_helps").match(cell) else None


def names_by_line(text: str, cell: Cell) -> list[tuple[int, int]]:
    """Spans of a cell in which bodies stand one below the other («Các thôn» over «Hội Phụ nữ xã»): each line has a dash, or it begins
    with a name and the line above has come to its end; and of one in which such lines have run together."""
    spans = [(cell.start, cell.end)]
    listed, book = labels.dashed(text[cell.start : cell.end]), rules("duties")
    for at in cell.lines:
        start, end = spans[-1]
        above, below = text[start:at].rstrip(), text[at:end]
        named = not book.pattern("cell_open_end").search(above) and _begins_with_name(above) and _begins_with_name(below)
        if (listed and labels.dashed(below)) or (named and (below[:1].isupper() or book.pattern("opens_many").match(below))):
            spans[-1:] = [(start, start + len(above)), (at, end)]
    return [part for span in spans for part in _run_together(text, *span)]


def _run_together(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Names between which nothing stands: «Công an tỉnh | Hội Nông dân tỉnh | Sở Công Thương», where the first has come to its end."""
    book = rules("duties")
    parts, closed, between = [start], book.pattern("name_at_end"), book.pattern("between_in_cell")
    for found in book.pattern("name_run_on").finditer(text, start, end):
        left = text[parts[-1] : found.start()]
        ended = closed.match(between.split(left)[-1])
        if ended and (found["alone"] or not ended["lone"]) and not book.pattern("cell_open_end").search(left) and _begins_with_name(left):
            parts.append(found.end())
    return [(a, len(text[a:b].rstrip()) + a) for a, b in zip(parts, [*parts[1:], end], strict=True)]


def _begins_with_name(words: str) -> bool:
    named = find_units(words)
    return bool(named) and named[0].start == 0
