"""The acts inside one duty (các vế): split where a new act begins, purposes apart, fragments joined to what they belong to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors.rulebook import lexicon, rules
from extractors.unit_words import fold

_WORD = re.compile(r"[^\W_]+")
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
        strong = found.group()[:1] == ";" or text[found.start() - 1 : found.start()] in (".", "!", "?")
        piece, rest = text[start : found.start()], text[found.end() :]
        if len(_words(piece)) < (2 if strong else MIN_WORDS) or len(_words(rest)) < 2:
            continue
        if not strong and (_ends_in_verb(piece) or _in_row(piece) or not _begins_act(rest)):
            continue
        cuts.append((start, found.start()))
        start = found.end()
    cuts.append((start, len(text)))
    out = [_act(text, a, b) for a, b in cuts if text[a:b].strip(" .;,:/")]
    return tuple(out) or (Act(0, len(text), text),)


def _ends_in_verb(piece: str) -> bool:
    """Whether a row of verbs goes on («kiểm tra và | giám sát …»); «kế hoạch thực hiện» is a noun."""
    return _verb_at(_words(piece), end=True) > 0 and not rules("audit").pattern("own_plan").search(piece)


@cache
def _verbs() -> dict[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Verbs as words, each with the words after it that make a noun of it."""
    return {
        tuple(fold(row["verb"]).split()): tuple(tuple(fold(n).split()) for n in row["not_before"].split("|") if n)
        for row in lexicon("audit_acts")
    }


def _verb_at(words: list[str], *, end: bool = False) -> int:
    """Number of words of the verb that opens (or with ``end`` closes) the words, 0 if none does."""
    for size in (3, 2, 1):
        verb = tuple(words[-size:] if end else words[:size])
        if verb in _verbs():
            after = [] if end else words[size:]
            return 0 if any(tuple(after[: len(n)]) == n for n in _verbs()[verb]) else size
    return 0


def _begins_act(rest: str) -> bool:
    """Whether an act begins here: an adverb that opens one, or a verb with words of its own before the next comma
    («…, kiểm tra, giám sát việc …» is a row of verbs with one object, not three acts)."""
    words = _words(re.split(r"[,;:]|\bvà\b", rest, maxsplit=1)[0])
    if rules("audit").pattern("act_opener").match(rest) or words[:1] == ["đồng"]:
        return True
    size = _verb_at(words)
    return 0 < size < len(words)


def makes_plan(text: str) -> bool:
    """Whether an act is to draw up a plan."""
    return rules("audit").pattern("makes_plan").search(text) is not None


def begins_with_verb(text: str) -> bool:
    """Whether a verb of an act opens a piece."""
    return _verb_at(_words(text)) > 0


def _in_row(piece: str) -> bool:
    """Whether the comma stands in a row of short pieces («bổ nhiệm, phong hàm, công nhận chức danh, khen thưởng»)."""
    parts = re.split(r",", re.split(r"[;:]", piece)[-1])
    return len(parts) >= 3 and all(len(_words(p)) <= 5 for p in parts[-2:])


def _words(piece: str) -> list[str]:
    return _WORD.findall(fold(piece))


def _act(text: str, start: int, end: int) -> Act:
    while end > start and text[end - 1] in " .;,:/":
        end -= 1
    piece = text[start:end]
    purpose = tuple((start + m.start(), start + m.end()) for m in rules("audit").pattern("purpose").finditer(piece) if m.start() > 0)
    return Act(start, end, piece, purpose)
