"""Slots of an act against the words that answer it: polarity, numbers, qualifiers, citations. No similarity sees these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from extractors.rulebook import rules, word_class
from extractors.unit_words import fold
from pipeline.audit.doing import opens_with_verb
from pipeline.audit.terms import CACHED, Item, stands, time_masks
from schemas.coverage import Slot
from schemas.record import Record

_WORD = re.compile(r"[^\W_]+")
_SKIP = word_class("audit_grammar", "skipped")
_NEGATORS = word_class("audit_grammar", "negator")
_SIZES = (2, 4)


@dataclass(frozen=True, slots=True)
class Number:
    """A number and the syllable it counts; ``bound``: min, max, "of" for a threshold that says who or what is meant, "" for an
    exact one."""

    value: str
    unit: str
    bound: str
    text: str


@dataclass(frozen=True, slots=True)
class Signs:
    """Rows of two and of four words (a pair may stand twice, a row of four hardly): right after a negator, before any negator of
    their part of the sentence, and all not right after one; ``stopped`` are those right after a word that may put an end to an act
    («thôi | thu tiền»), which says no to what the other side forbids."""

    minus: frozenset[str]
    clean: frozenset[str]
    plain: frozenset[str]
    stopped: frozenset[str] = frozenset()


@lru_cache(maxsize=CACHED)
def signs(text: str) -> Signs:
    """The signs of a text. A word that ends its part («lô không đạt.») is paired with the word before its negator."""
    low = fold(text)
    minus: set[str] = set()
    clean: set[str] = set()
    plain: set[str] = set()
    stopped: set[str] = set()
    for part in re.split(r"[;.:](?:\s|$)", low):
        words = [(m.group(), m.start()) for m in _WORD.finditer(part)]
        negators = [m.span() for m in rules("audit").pattern("negator").finditer(part)]
        first = min((end for _, end in negators), default=len(part) + 1)
        negators += _stops(part)
        after = {i for _, end in negators if (i := _right_after(words, end)) is not None}
        for start, end in negators:
            minus |= _negated(words, start, end)
        for n in rules("audit").pattern("stopper").finditer(part):
            stopped |= _negated(words, n.start(), n.end())
        for size in _SIZES:
            for i in range(len(words) - size + 1):
                row = [word for word, _ in words[i : i + size]]
                if i not in after and not _NEGATORS.intersection(row):
                    (clean if words[i + size - 1][1] < first else plain).add(" ".join(row))
    return Signs(frozenset(minus), frozenset(clean - minus), frozenset(clean | plain), frozenset(stopped))


def _stops(part: str) -> list[tuple[int, int]]:
    """Places of words that put an end to an act («dừng | cấp phép», «chấm dứt việc | cho thuê»), and so say no to it as «không»
    does; before a comma («hủy bỏ, thu hồi») they are acts of their own."""
    found = rules("audit").pattern("stopper").finditer(part)
    return [m.span() for m in found if m["act"] or (part[m.end() : m.end() + 1] == " " and opens_with_verb(part[m.end() :].lstrip()))]


def _right_after(words: list[tuple[str, int]], end: int) -> int | None:
    """Number of the first word after a negator, helpers skipped."""
    after = [i for i, (_, at) in enumerate(words) if at >= end][:4]
    while after and words[after[0]][0] in _SKIP:
        after.pop(0)
    return after[0] if after else None


def _negated(words: list[tuple[str, int]], start: int, end: int) -> set[str]:
    at = _right_after(words, end)
    if at is None:
        return set()
    rows = {" ".join(w for w, _ in words[at : at + size]) for size in _SIZES if at + size <= len(words)}
    before = [word for word, place in words if place < start]
    return rows or ({f"{before[-1]} {words[at][0]}"} if before else set())


def _first_pair(text: str) -> str | None:
    words = _WORD.findall(fold(text))[:2]
    return " ".join(words) if len(words) == 2 else None


def polarity(parent: str, children: Iterable[str], *, forbidden: tuple[bool, bool] = (False, False)) -> Slot | None:
    """A disagreeing slot where the same words are commanded on one side and negated on the other. ``forbidden`` says for each side
    whether a lead-in («Nghiêm cấm các hành vi:») negates the item as a whole."""
    texts = list(children)
    if not any(forbidden) and not any(map(_negates, (parent, *texts))):
        return None
    ours = _led(parent, forbidden[0])
    below = [_led(text, forbidden[1]) for text in texts]
    no: frozenset[str] = frozenset().union(*(b.minus for b in below))
    stop: frozenset[str] = frozenset().union(*(b.stopped for b in below))
    flipped = [p for p in sorted(ours.minus - no - stop) if any(p in b.clean for b in below)]
    flipped += [p for p in sorted((ours.clean - ours.stopped) & no) if not any(p in b.plain for b in below)]
    if not flipped:
        return None
    child = next(filter(None, (_quote(t, flipped[0]) for t in texts)), None)
    return Slot(slot="polarity", parent=_quote(parent, flipped[0]), child=child, agrees=False)


@lru_cache(maxsize=CACHED)
def _negates(text: str) -> bool:
    """Whether a text says no to anything; where neither side does, none can say the contrary of the other."""
    low = fold(text)
    return rules("audit").pattern("negator").search(low) is not None or bool(_stops(low))


def _led(text: str, forbidden: bool) -> Signs:
    """Signs of an item under a lead-in that forbids."""
    found = signs(text)
    first = _first_pair(text) if forbidden and not found.minus else None
    if first is None:
        return found
    return Signs(found.minus | {first}, found.clean - {first}, found.plain - {first}, found.stopped)


def _quote(text: str, pair: str) -> str | None:
    """The pair as written, with the two words before it."""
    row = r"\W+(?:(?:không|cấm)\W+)?".join(map(re.escape, pair.split()))
    found = re.search(r"(?:\S+\s+){0,2}" + row, fold(text))
    return text[found.start() : found.end()] if found else None


def numbers(record: Record, start: int, end: int) -> tuple[Number, ...]:
    """Numbers of ``record.text[start:end]`` outside citations and time expressions."""
    spans = [(c.start, c.end) for c in record.citations if c.start < end and c.end > start]
    spans += time_masks(record, start, end, events=False)
    text = list(record.text[start:end])
    for a, b in spans:
        for i in range(max(0, a - start), min(b, end) - start):
            text[i] = "¦"
    blank = "".join(text)
    out: list[Number] = []
    for found in rules("audit").pattern("number").finditer(blank):
        unit = fold(found.group("unit") or "").split()
        before = blank[max(0, found.start() - 24) : found.start()]
        if stands("of_the_calendar", before):
            continue
        value = found.group("number").lstrip("0") or "0"
        bound = bound_of(before, blank[found.end("number") : found.end("number") + 40])
        if unit and stands("threshold", before) and stands("measure", unit[0]):
            bound = "of"
        out.append(Number(value, unit[0] if unit else "", bound, found.group().strip()))
    out.extend(Number("24/24", "", "", m.group()) for m in rules("audit").pattern("round_the_clock").finditer(blank))
    return tuple(out)


def bound_of(before: str, after: str) -> str:
    """min, max or "" from the words around a number."""
    if stands("at_least", before) or stands("and_more", after):
        return "min"
    return "max" if stands("at_most", before) or stands("and_less", after) else ""


def compare_numbers(parent: tuple[Number, ...], child: tuple[Number, ...]) -> tuple[Slot, ...]:
    """One slot per number of the parent that the child changes, turns the bound of or leaves out; a stricter bound agrees."""
    out: list[Slot] = []
    have: dict[tuple[str, str], set[str]] = {}
    for n in child:
        have.setdefault((n.value, n.unit), set()).add(n.bound)
    ours = {(n.value, n.unit) for n in parent}
    for number in parent:
        bounds = have.get((number.value, number.unit))
        if bounds is not None:
            if not any(_keeps(number.bound, bound) for bound in bounds):
                turned = next(n for n in child if (n.value, n.unit) == (number.value, number.unit))
                out.append(Slot(slot="number", parent=_bounded(number), child=_bounded(turned), agrees=False))
            continue
        rivals = [n for n in child if n.unit == number.unit and (n.value, n.unit) not in ours]
        if any(_stricter(number, rival) for rival in rivals):
            continue
        if number.text.startswith("100%") and not rivals:
            continue  # «100% bếp ăn» and «bếp ăn» both mean all of them
        out.append(Slot(slot="number", parent=number.text, child=rivals[0].text if rivals else None, agrees=False))
    return tuple(out)


def _keeps(parent: str, child: str) -> bool:
    """Whether a bound on the same number keeps the parent's: an exact number keeps any, a ceiling no floor and no exact number."""
    return child in ("", "of", parent) or parent == "of" or (child == "min" and not parent)


def _bounded(number: Number) -> str:
    return {"min": "ít nhất ", "max": "không quá "}.get(number.bound, "") + number.text


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
