"""Pinpoints (điểm, khoản, Điều, Mục …): found before a document's name, normalised from the inside out (domain.md 2.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from extractors.rulebook import lexicon, standard, word_class

_LEVEL = {row["unit"]: int(row["level"]) for row in lexicon("citation_pinpoints")}
_LABEL = re.compile(r"thứ\s\w+|[^\W_]+(?:\.[^\W_]+)*|[-–]")
_WINDOW = 170
_RANGE = 60
_SPACE = re.compile(r"\s+")
_LAST = 14
"""Characters that a label at the end takes, and one before it."""
_OF = tuple(word_class("citation_grammar", "of-paper"))


_pattern = partial(standard, "pinpoints")


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A stretch of pinpoints: offsets and labels, most specific first in each ("điểm a khoản 1 điều 4")."""

    start: int
    end: int
    labels: tuple[str, ...]
    level: int


def _split(unit: str, raw: str, ranged: bool) -> list[str]:
    """Labels of one unit; "5 đến 9" and "5 - 9" are ranges, "số" left out."""
    tokens = [t for t in _LABEL.findall(raw) if t not in ("và", "hoặc", "số")]
    out: list[str] = []
    span = False
    for token in tokens:
        if token in ("-", "–", "đến"):
            span = True
            continue
        label = _SPACE.sub(" ", token)
        label = label if unit in ("điểm", "tiết") else label.lower()
        if span and out and out[-1].isdigit() and label.isdigit() and 0 < int(label) - int(out[-1]) <= _RANGE:
            out.extend(str(n) for n in range(int(out[-1]) + 1, int(label)))
        span = False
        out.append(label)
    return out


def _goes_on(parts: list[tuple[str, list[str]]], i: int, tight: set[int]) -> bool:
    """Whether the unit belongs to a higher one named behind it: in "Điều 8, khoản 2 Điều 9" no comma parts khoản 2 from Điều 9."""
    higher = next((j for j in range(i + 1, len(parts)) if _LEVEL[parts[j][0]] > _LEVEL[parts[i][0]]), None)
    return higher in tight


def normalise(parts: list[tuple[str, list[str]]], tight: set[int]) -> tuple[str, ...]:
    """Labels of units in text order. A higher unit takes in all lower ones before it; a lower one after its host ("Mục II,
    điểm 3") is joined to that host. ``tight``: which units stand right behind the one before them, without comma or "và"."""
    items: list[tuple[str, int]] = []
    for at, (unit, labels) in enumerate(parts):
        level = _LEVEL[unit]
        named = [f"{unit} {label}" for label in labels]
        below = [i for i, (_, top) in enumerate(items) if top < level]
        if below:
            for i in below:
                items[i] = (f"{items[i][0]} {named[0]}", level)
            named = named[1:]
        elif len(items) == 1 and items[0][1] > level and " " in items[0][0] and not _goes_on(parts, at, tight):
            host = items.pop()
            items.extend((f"{name} {host[0]}", host[1]) for name in named)
            continue
        items.extend((name, level) for name in named)
    return tuple(dict.fromkeys(name for name, _ in items))


def _unit(found: re.Match[str]) -> str:
    return _SPACE.sub(" ", found["unit"].lower())


def _chain(text: str, found: list[re.Match[str]], base: int) -> Pinpoint:
    parts: list[tuple[str, list[str]]] = []
    tight: set[int] = set()
    last_end = -1
    for match in found:
        unit = _unit(match)
        labels = _split(unit, match["labels"], True)
        between = text[base + last_end : base + match.start()] if last_end >= 0 else ""
        if parts and "đến" in between and parts[-1][0] == unit and parts[-1][1][-1].isdigit() and labels[0].isdigit():
            first, last = int(parts[-1][1][-1]), int(labels[0])
            if 0 < last - first <= _RANGE:
                parts[-1][1].extend(str(n) for n in range(first + 1, last + 1))
                last_end = match.end()
                continue
        if last_end >= 0 and not _pattern("apart").search(between):
            tight.add(len(parts))
        parts.append((unit, labels))
        last_end = match.end()
    level = max(_LEVEL[unit] for unit, _ in parts)
    return Pinpoint(base + found[0].start(), base + found[-1].end(), normalise(parts, tight), level)


def _may_end(window: str) -> bool:
    """Whether a label, or a label and «của», may end here; most windows end in a long word and are looked at no further."""
    words = window[-_LAST:].replace(",", " ").split()
    last = words[-1] if words else ""
    if last.endswith(_OF):
        return _pattern("label_end_of").search(window[-40:]) is not None
    wordy = len(last) > 4 and last.isalpha() and last[-1] not in "IVXLC"
    return not wordy and _pattern("label_end").search(window[-_LAST:]) is not None


def pinpoints_before(text: str, at: int, floor: int = 0) -> Pinpoint | None:
    """The pinpoints that end right before ``at``, where a document's name begins; none before ``floor``."""
    base = max(floor, at - _WINDOW)
    window = text[base:at]
    if not _may_end(window):
        return None
    found = list(_pattern("unit").finditer(window))
    if not found or not _pattern("to_document").fullmatch(window, found[-1].end()):
        return None
    kept = [found[-1]]
    for match in reversed(found[:-1]):
        if not _pattern("gap").fullmatch(window, match.end(), kept[0].start()):
            break
        kept.insert(0, match)
    return _chain(text, kept, base)


def pinpoints_from(text: str, at: int) -> Pinpoint | None:
    """The pinpoints that begin at ``at``."""
    found = _pattern("unit").match(text, at)
    if not found:
        return None
    kept = [found]
    while len(kept) < 8:
        gap = _pattern("gap").match(text, kept[-1].end())
        following = _pattern("unit").match(text, gap.end()) if gap else None
        if not following:
            break
        kept.append(following)
    return _chain(text, kept, 0)


def annexed(text: str, at: int) -> re.Match[str] | None:
    """ "kèm theo" directly after the name of an annex."""
    return _pattern("annexed").match(text, at)
