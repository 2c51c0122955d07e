"""Duties as weighted terms: what two duties share, with the words that say little held down.

Terms are syllables and pairs of neighbours after folding (old tone marks, letter case), with synonyms as one concept, citations
as their key and the expressions of time left out (slots compare those). Nothing here knows a threshold.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from extractors.rulebook import lexicon, rules
from extractors.unit_words import fold
from schemas.record import Citation, Duty, Record

_WORD = re.compile(r"[^\W_]+")
_COMMA = re.compile(r",")
PAIR_WEIGHT = 0.5
"""Share of a pair of neighbours against a single word: order counts, but less than the words."""
SUBJECT_WEIGHT = 0.1
CITATION_WEIGHT = 2.0
"""A citation names its content exactly, so it counts for two words."""


class Token(NamedTuple):
    """One comparable word at ``[start, end)`` of the record's text; ``weight`` before rarity is taken in."""

    word: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True)
class Item:
    """A duty ready for comparison."""

    duty: Duty
    tokens: tuple[Token, ...]
    citations: tuple[Citation, ...]
    heading: frozenset[str] = frozenset()
    terms: Mapping[str, float] = field(default_factory=dict)


CACHED = 2048
"""Texts of which an answer is kept: those of a large directive and of the plan at hand. More would only keep plans already done."""


@lru_cache(maxsize=4 * CACHED)
def says(rule: str, text: str) -> bool:
    """Whether a pattern of ``rules/audit.toml`` stands in the text."""
    return rules("audit").pattern(rule).search(text) is not None


def stands(rule: str, text: str) -> bool:
    """The same for words that come once, of which no answer is kept."""
    return rules("audit").pattern(rule).search(text) is not None


@cache
def _weights() -> dict[str, float]:
    return {fold(row["word"]): float(row["weight"]) for row in lexicon("audit_words")}


def _trie(entries: Iterable[tuple[str, str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Phrases by first word, the longest first."""
    out: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in entries:
        words = tuple(_WORD.findall(fold(phrase)))
        out.setdefault(words[0], []).append((words, value))
    return {first: tuple(sorted(rows, key=lambda r: (-len(r[0]), r))) for first, rows in out.items()}


@cache
def _stock() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    return _trie((row["phrase"], row["weight"]) for row in lexicon("stock_phrases"))


@cache
def _concepts() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    return _trie((form, row["concept"]) for row in lexicon("audit_synonyms") for form in row["forms"].split("|"))


def concept_at(words: list[str], i: int, size: int) -> str:
    """The concept of ``size`` words from ``i`` on, the words themselves where none is known."""
    hit = _longest(words[: i + size], i, _concepts())
    return hit[1] if hit and hit[0] == size else " ".join(words[i : i + size])


@cache
def _scopes() -> dict[str, dict[str, tuple[tuple[tuple[str, ...], str], ...]]]:
    regimes = sorted({row["regime"] for row in lexicon("audit_scope")})
    return {r: _trie((row["phrase"], r) for row in lexicon("audit_scope") if row["regime"] == r) for r in regimes}


def _longest(words: list[str], i: int, trie: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]) -> tuple[int, str] | None:
    for phrase, value in trie.get(words[i], ()):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return len(phrase), value
    return None


def _masked(text: str, start: int, spans: Collection[tuple[int, int]]) -> str:
    """``text`` (which begins at ``start`` of the record) with the spans blanked; as long as before."""
    if not spans:
        return text
    out = list(text)
    for a, b in spans:
        for i in range(max(a - start, 0), min(b - start, len(out))):
            out[i] = " "
    return "".join(out)


def _words(text: str, start: int, abbreviations: Mapping[str, str]) -> tuple[list[str], list[tuple[int, int]]]:
    low = fold(text)
    if not abbreviations:
        hits = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(low)]
        return [w.lstrip("0") or "0" if w.isdigit() else w for w, _, _ in hits], [(start + a, start + b) for _, a, b in hits]
    words: list[str] = []
    places: list[tuple[int, int]] = []
    for found in _WORD.finditer(low):
        place = (start + found.start(), start + found.end())
        full = abbreviations.get(text[found.start() : found.end()])
        for word in _WORD.findall(fold(full)) if full else (found.group(),):
            words.append(word.lstrip("0") or "0" if word.isdigit() else word)
            places.append(place)
    return words, places


def _stock_weights(words: list[str]) -> list[float]:
    """Per word: the share left to it by the stock phrase that holds it (the longest at each place), else 1."""
    share = [1.0] * len(words)
    i = 0
    while i < len(words):
        hit = _longest(words, i, _stock()) if words[i] in _stock() else None
        if hit:
            share[i : i + hit[0]] = [float(hit[1])] * hit[0]
        i += hit[0] if hit else 1
    return share


def scope_places(tokens: Iterable[str], regime: str | None) -> set[int]:
    """Indexes of words that belong to the field of another line of command than ``regime``."""
    words = list(tokens)
    out: set[int] = set()
    for owner, trie in _scopes().items():
        if owner == regime or regime is None or (owner == "front" and regime == "party"):
            continue
        for i in range(len(words)):
            hit = _longest(words, i, trie) if words[i] in trie else None
            if hit:
                out.update(range(i, i + hit[0]))
    return out


def tokens_of(
    text: str, start: int, record: Record, *, drop_scope_for: str | None = None, masks: Iterable[tuple[int, int]] = ()
) -> tuple[Token, ...]:
    """Comparable words of ``text``, which stands at ``start`` of ``record.text``. ``masks``: spans that do not count;
    ``drop_scope_for``: regime of the reader for whom words of other lines of command weigh nothing."""
    end = start + len(text)
    inside = [c for c in record.citations if c.start >= start and c.end <= end]
    cited = [c for c in inside if c.key and c.form != "self"]
    words, places = _words(_masked(text, start, [*masks, *((c.start, c.end) for c in inside)]), start, record.document.abbreviations)
    share = _stock_weights(words)
    foreign = scope_places(words, drop_scope_for) if drop_scope_for else set()
    out: list[Token] = []
    i, concepts, weights = 0, _concepts(), _weights()
    while i < len(words):
        hit = _longest(words, i, concepts) if words[i] in concepts else None
        size = hit[0] if hit else 1
        word = hit[1] if hit else words[i]
        base = weights.get(words[i], 1.0) if size == 1 else max(weights.get(w, 1.0) for w in words[i : i + size])
        weight = 0.0 if i in foreign else base * (share[i] if size == 1 else min(share[i : i + size]))
        out.append(Token(word, places[i][0], places[i + size - 1][1], weight))
        i += size
    for citation in cited:
        out.append(Token(f"§{citation.key}", citation.start, citation.end, CITATION_WEIGHT))
        for pin in citation.pinpoints:
            out.append(Token(f"§{citation.key}#{pin}", citation.start, citation.end, CITATION_WEIGHT))
    return tuple(sorted(out, key=lambda t: (t.start, t.end))) if cited else tuple(out)


def with_subject_light(tokens: tuple[Token, ...], duty: Duty) -> tuple[Token, ...]:
    """The words that name who is to act weigh little: addressees are compared by kind, not by words."""
    spans = _subjects(duty)
    if not spans:
        return tokens
    return tuple(
        Token(t.word, t.start, t.end, min(t.weight, SUBJECT_WEIGHT)) if any(a <= t.start < b for a, b in spans) else t for t in tokens
    )


def _subjects(duty: Duty) -> list[tuple[int, int]]:
    low = fold(duty.text)
    spans = []
    for name in duty.lead:
        at = low.find(fold(name))
        if 0 <= at <= 60:
            spans.append((duty.start, duty.start + at + len(name)))
    subject = rules("audit").pattern("opening_subject").match(duty.text)
    if subject:
        spans.append((duty.start + subject.start("subject"), duty.start + subject.end("subject")))
    return spans


def terms_of(tokens: Iterable[Token]) -> dict[str, float]:
    """Weight of each single word and each pair of neighbours that both weigh something."""
    out: dict[str, float] = {}
    last: Token | None = None
    for token in tokens:
        if token.weight <= 0:
            continue
        out[token.word] = max(out.get(token.word, 0.0), token.weight)
        if last is not None:
            pair = f"{last.word} {token.word}"
            out[pair] = max(out.get(pair, 0.0), PAIR_WEIGHT * min(last.weight, token.weight))
        last = token
    return out


def time_masks(record: Record, start: int, end: int, *, events: bool = True) -> list[tuple[int, int]]:
    """Time expressions between two offsets, which slots compare and words do not. What follows a comma inside one is no time;
    with ``events=False`` neither is the event that a term runs from («kể từ khi có từ 02 ca»)."""
    stop = _COMMA if events else rules("audit").pattern("event_begins")
    out = []
    for deadline in record.deadlines:
        if deadline.start < end and deadline.end > start and deadline.kind in ("date", "range", "recurring", "relative"):
            out.append((deadline.start, deadline.start + len(stop.split(deadline.text, maxsplit=1)[0])))
    return out


def items_of(record: Record) -> tuple[Item, ...]:
    """All duties of a record, ready for comparison; time expressions do not count as words."""
    titles = {s.id: s.title for s in record.sections}
    out: list[Item] = []
    for duty in record.duties:
        masks = time_masks(record, duty.start, duty.end)
        found = with_subject_light(tokens_of(duty.text, duty.start, record, masks=masks), duty)
        cited = tuple(c for c in record.citations if c.start >= duty.start and c.end <= duty.end)
        heading = " ".join(filter(None, (titles.get(duty.section, ""), duty.heading, *duty.lead)))
        out.append(Item(duty, found, cited, frozenset(_WORD.findall(fold(heading))), terms_of(found)))
    return tuple(out)


class Rarity:
    """Inverse frequency of a term over the duties of two sides, between about 0.2 and 1, reckoned for the terms that are asked for.
    ``one`` and ``other`` tell for each term the duties that hold it."""

    def __init__(self, total: int, one: Mapping[str, Sequence[int]], other: Mapping[str, Sequence[int]]) -> None:
        self._one, self._other, self._known = one, other, {0: 1.0}
        self._total, self._most = total, math.log(1 + total)

    def of(self, term: str) -> float:
        held = len(self._one.get(term, ())) + len(self._other.get(term, ()))
        if held not in self._known:
            self._known[held] = max(0.15, math.log((1 + self._total) / held) / self._most) if self._most else 1.0
        return self._known[held]
