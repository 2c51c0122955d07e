"""Items counted inside one paragraph: «…: (1) Trưởng thôn lập danh sách; (2) Công an xã rà soát», and who does each."""

from __future__ import annotations

import re
from itertools import pairwise

from extractors import labels
from extractors.unit_headings import heading_of
from extractors.unit_roles import Assignment, assignment_of

_MARK = re.compile(r"(?:(?<=[:;.,]\s)|^)\(?(\d{1,2}|[a-zđ])\)\s+(?=\S)")
_OPENS = re.compile(r"(?:\A|:\s+)\(?(?:\d{1,2}|[a-zđ])\)\s+(?=\S)")
_NEAR = 180
"""Characters of the longest title before the first item."""
_LONGEST = 900
"""Characters of an item that are asked who acts in them."""


def inline_items(text: str, start: int, end: int, label: str = "") -> list[tuple[int, int]]:
    """Where each counted item begins, at its mark and behind it; [] without a series of two. A paragraph that is itself labelled
    «(1)» goes on with «(2)»."""
    if text.find(")", start, end) < 0:
        return []
    own = labels.parse(label) if label.endswith(")") else None
    want = (labels.ordinal(own.path[-1]) or 0) + 1 if own is not None and own.path else 1
    out: list[tuple[int, int]] = []
    for mark in _MARK.finditer(text[start:end]):
        place = labels.ordinal(mark[1])
        if out and place == 1:
            return []  # two series
        if place == want:
            out.append((start + mark.start(), start + mark.end()))
            want += 1
    return out if len(out) + (own is not None) > 1 else []


def doer_of(text: str, start: int, end: int) -> Assignment | None:
    """Who is told at the very beginning of an item."""
    found = assignment_of(text, start, min(end, start + _LONGEST))
    return found if found.lead and found.rule in {"subject", "assign"} and min(a for a, _ in found.lead) <= start + 5 else None


def _low(names: tuple[str, ...]) -> str:
    return ", ".join(names).lower()


def _above(text: str, start: int, end: int) -> tuple[str, ...]:
    """Who acts or is addressed in the words before the first item («Đối với cơ quan, đơn vị:»)."""
    told = doer_of(text, start, end) if end > start else None
    titled = heading_of(text, start, end) if end - start < _NEAR else None
    return told.lead_names if told else titled.names if titled else ()


def cuts(text: str, start: int, end: int, label: str = "") -> list[int]:
    """Marks of the items that give work to others than the items before them."""
    items = inline_items(text, start, end, label)
    out: list[int] = []
    names = _above(text, start, items[0][0]) if items else ()
    for number, ((mark, body), (after, _)) in enumerate(pairwise([*items, (end, end)])):
        here = doer_of(text, body, after)
        if here is None or _low(here.lead_names) == _low(names):
            continue
        if number or (label.endswith(")") and mark > start):
            out.append(mark)
        names = here.lead_names
    return out


def behind_mark(text: str, start: int, end: int) -> int | None:
    """Where the first counted item begins behind its mark: at the head of a draft, or behind a title with a colon."""
    found = _OPENS.search(text[start : min(end, start + _NEAR)])
    return start + found.end() if found else None
