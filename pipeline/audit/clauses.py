"""The acts inside one duty (các vế): split where a new act begins, purposes apart, fragments joined to what they belong to."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.rulebook import rules
from extractors.unit_words import fold

MIN_WORDS = 4
"""A piece of fewer words is no act of its own («, kiểm tra,» inside a row of verbs) and stays with its neighbour."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act at ``[start, end)`` of the duty's text; ``purpose`` lists the stretches (same offsets) that only say what it is for."""

    start: int
    end: int
    text: str
    purpose: tuple[tuple[int, int], ...] = ()


def split_acts(text: str) -> tuple[Act, ...]:
    """Acts of one duty in order; together they hold all of its words. Source: domain.md 6.3."""
    cuts: list[tuple[int, int]] = []
    start = 0
    for found in rules("audit").pattern("clause_break").finditer(text):
        strong = found.group()[:1] in ";" or text[found.start() - 1 : found.start()] in (".", "!", "?")
        piece, rest = text[start : found.start()], text[found.end() :]
        if _words(piece) < (2 if strong else MIN_WORDS) or _words(rest.split(";")[0].split(",")[0]) < 2:
            continue
        cuts.append((start, found.start()))
        start = found.end()
    cuts.append((start, len(text)))
    out = [_act(text, a, b) for a, b in cuts if text[a:b].strip(" .;,:/")]
    return tuple(out) or (Act(0, len(text), text),)


def _words(piece: str) -> int:
    return len(fold(piece).split())


def _act(text: str, start: int, end: int) -> Act:
    while end > start and text[end - 1] in " .;,:/":
        end -= 1
    piece = text[start:end]
    purpose = tuple((start + m.start(), start + m.end()) for m in rules("audit").pattern("purpose").finditer(piece) if m.start() > 0)
    return Act(start, end, piece, purpose)
