"""Slots of an act against the words that answer it: polarity, numbers, qualifiers, citations. No similarity sees these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.terms import Item
from schemas.coverage import Slot
from schemas.record import Record

_WORD = re.compile(r"[^\W_]+")
_SKIP = {"được", "phải", "để", "bị"}
_NEGATORS = {"không", "chưa", "cấm", "nghiêm"}
_MIN = ("ít nhất", "tối thiểu", "trên", "từ")
_MAX = ("không quá", "tối đa", "chậm nhất", "dưới")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the syllable it counts; ``bound``: min, max or "" for an exact one."""

    value: str
    unit: str
    bound: str
    text: str


@lru_cache(maxsize=8192)
def negated_pairs(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Pairs of neighbouring words right after a negator, and pairs that no negator of their sentence part stands before."""
    low = fold(text)
    minus: set[str] = set()
    plus: set[str] = set()
    for part in re.split(r"[;.:](?:\s|$)", low):
        words = [(m.group(), m.start()) for m in _WORD.finditer(part)]
        ends = [m.end() for m in rules("audit").pattern("negator").finditer(part)]
        first = min((end for end in ends), default=len(part) + 1)
        for i in range(len(words) - 1):
            if words[i + 1][1] < first and words[i + 1][0] not in _NEGATORS:
                plus.add(f"{words[i][0]} {words[i + 1][0]}")
        for end in ends:
            after = [w for w, at in words if at >= end][:4]
            while after and after[0] in _SKIP:
                after.pop(0)
            if len(after) > 1:
                minus.add(f"{after[0]} {after[1]}")
    return frozenset(minus), frozenset(plus - minus)


def _first_pair(text: str) -> str | None:
    words = _WORD.findall(fold(text))[:2]
    return " ".join(words) if len(words) == 2 else None


def polarity(parent: str, children: Iterable[str], *, forbidden: tuple[bool, bool] = (False, False)) -> Slot | None:
    """A disagreeing slot where the same words are commanded on one side and negated on the other. ``forbidden`` says for each side
    whether a lead-in («Nghiêm cấm các hành vi:») negates the item as a whole."""
    minus, plus = _signs(parent, forbidden[0])
    texts = list(children)
    below = [_signs(text, forbidden[1]) for text in texts]
    flipped = [p for p in sorted(minus) if any(p in b[1] for b in below) and not any(p in b[0] for b in below)]
    flipped += [p for p in sorted(plus) if any(p in b[0] for b in below) and not any(p in b[1] for b in below)]
    if not flipped:
        return None
    return Slot(
        slot="polarity",
        parent=_quote(parent, flipped[0]),
        child=next(filter(None, (_quote(t, flipped[0]) for t in texts)), None),
        agrees=False,
    )


def _signs(text: str, forbidden: bool) -> tuple[frozenset[str], frozenset[str]]:
    minus, plus = negated_pairs(text)
    first = _first_pair(text) if forbidden and not minus else None
    return (minus | {first}, plus - {first}) if first else (minus, plus)


def _quote(text: str, pair: str) -> str | None:
    """The pair as written, with the two words before it."""
    found = re.search(r"(?:\S+\s+){0,2}" + r"\W+".join(map(re.escape, pair.split())), fold(text))
    return text[found.start() : found.end()] if found else None


def numbers(record: Record, start: int, end: int) -> tuple[Number, ...]:
    """Numbers of ``record.text[start:end]`` outside citations and time expressions."""
    spans = [(c.start, c.end) for c in record.citations if c.start < end and c.end > start]
    spans += [(d.start, d.end) for d in record.deadlines if d.kind != "event" and d.start < end and d.end > start]
    text = list(record.text[start:end])
    for a, b in spans:
        for i in range(max(0, a - start), min(b, end) - start):
            text[i] = "¦"
    blank = "".join(text)
    out: list[Number] = []
    for found in rules("audit").pattern("number").finditer(blank):
        unit = fold(found.group("unit") or "").split()
        before = fold(blank[max(0, found.start() - 14) : found.start()])
        bound = "min" if any(w in before for w in _MIN) else "max" if any(w in before for w in _MAX) else ""
        value = found.group("number").lstrip("0") or "0"
        out.append(Number(value, unit[0] if unit else "", bound, found.group().strip()))
    return tuple(out)


def compare_numbers(parent: tuple[Number, ...], child: tuple[Number, ...]) -> tuple[Slot, ...]:
    """One slot per number of the parent that the child changes or leaves out; a stricter bound agrees."""
    out: list[Slot] = []
    have = {(n.value, n.unit) for n in child}
    ours = {(n.value, n.unit) for n in parent}
    for number in parent:
        if (number.value, number.unit) in have:
            continue
        rivals = [n for n in child if n.unit == number.unit and (n.value, n.unit) not in ours]
        if any(_stricter(number, rival) for rival in rivals):
            continue
        if number.text.startswith("100%") and not rivals:
            continue  # «100% bếp ăn» and «bếp ăn» both mean all of them
        out.append(Slot(slot="number", parent=number.text, child=rivals[0].text if rivals else None, agrees=False))
    return tuple(out)


def _stricter(parent: Number, child: Number) -> bool:
    try:
        one, other = float(parent.value.replace(",", ".")), float(child.value.replace(",", "."))
    except ValueError:
        return False
    return (parent.bound == "min" and other > one) or (parent.bound == "max" and other < one)


def qualifiers(parent: str, child: str) -> tuple[str, ...]:
    """Conditions and exceptions of the child's words that the parent does not have."""
    above = fold(parent)
    return tuple(m.group().strip() for m in rules("audit").pattern("qualifier").finditer(child) if fold(m.group()).strip() not in above)


def citations(parent: Item, children: Iterable[Item]) -> tuple[Slot, ...]:
    """Documents cited on both sides whose dates or pinpoints differ."""
    out: list[Slot] = []
    below = [c for child in children for c in child.citations]
    for cited in parent.citations:
        same = [c for c in below if c.key == cited.key and c.key and c.form != "self"]
        dates = [c for c in same if c.issued_on and cited.issued_on and c.issued_on != cited.issued_on]
        if dates:
            out.append(Slot(slot="citation", parent=cited.text, child=dates[0].text, agrees=False))
        pins = [c for c in same if c.pinpoints and cited.pinpoints]
        if pins and not any(set(c.pinpoints) & set(cited.pinpoints) for c in pins):
            out.append(Slot(slot="citation", parent=cited.text, child=pins[0].text, agrees=False))
    return tuple(out)
