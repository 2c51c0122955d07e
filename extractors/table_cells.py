"""What one cell of a task table holds: a mark of who leads or helps, or names one below the other."""

from __future__ import annotations

import re

from extractors.rulebook import rules
from extractors.units import find_units
from schemas.document import Cell

DOERS = frozenset({"lead", "support", "helpers"})
"""Fields of a row that name who does it."""
RING = re.compile(r"[○oO]$")
_OPEN_END = re.compile(r"(?:[,;:&+/–-]|(?<!\w)(?:và|cùng|với|của|thuộc))\s*$")


def crossed(cell: str) -> str | None:
    """What a mark in the column of a body makes of it: «x», «CT» the leader, «PH» a helper."""
    book = rules("duties")
    return "lead" if book.pattern("cross").match(cell) else "support" if book.pattern("cross_helps").match(cell) else None


def names_by_line(text: str, cell: Cell) -> list[tuple[int, int]]:
    """Spans of a cell in which bodies stand one below the other without a mark («Các thôn» over «Hội Phụ nữ xã»): each line begins
    with a name and the line above has come to its end."""
    spans = [(cell.start, cell.end)]
    for at in cell.lines:
        start, end = spans[-1]
        above, below = text[start:at].rstrip(), text[at:end]
        if not _OPEN_END.search(above) and below[:1].isupper() and _begins_with_name(above) and _begins_with_name(below):
            spans[-1:] = [(start, start + len(above)), (at, end)]
    return spans


def _begins_with_name(words: str) -> bool:
    named = find_units(words)
    return bool(named) and named[0].start == 0
