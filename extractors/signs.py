"""Where a rule may match at all: looked for once in a whole text by plain search, so that the rule runs only there.

A rule of small cues («phối hợp», «trình», «giao») is asked of every item of a plan. Tried at every letter of every item it costs more
than the reading of what it finds; the words with which it begins stand in ``value.opens`` of the rule.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache

import regex

from extractors.rulebook import Rule, RuleSet


def lower(text: str) -> str:
    """Lower case of the same length: the few characters that grow keep their form."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


lowered = lru_cache(maxsize=4)(lower)
"""The same for the texts of whole plans, which are asked for again and again."""


@lru_cache(maxsize=16)
def _places(text: str, words: tuple[str, ...]) -> list[int]:
    """Offsets of any of the words, in whatever case, in order."""
    return starts(lowered(text), words)


def starts(text: str, words: Iterable[str]) -> list[int]:
    """Offsets at which any of the words stands, in order."""
    found: set[int] = set()
    for word in words:
        at = text.find(word)
        while at >= 0:
            found.add(at)
            at = text.find(word, at + 1)
    return sorted(found)


def each(rule: Rule, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
    """What ``finditer`` of a rule that begins with one of its ``opens`` gives for ``text[start:end]``."""
    places = _places(text, rule.opens)
    after = start
    for at in places[bisect_left(places, start) : bisect_left(places, end)]:
        found = rule.pattern.match(text, at, end) if at >= after else None
        if found:
            after = found.end()
            yield found


def any_in(text: str, signs: Iterable[str]) -> bool:
    """Whether one of the signs stands in a text. Asked of every item: a generator would cost more than the search."""
    for sign in signs:  # noqa: SIM110
        if sign in text:
            return True
    return False


def held(rule: Rule, low: str) -> bool:
    """Whether a text in lower case holds one of the signs without which the rule cannot match."""
    return any_in(low, rule.needs)


def first(book: RuleSet, names: Iterable[str], text: str, low: str) -> regex.Match[str] | None:
    """What the first of the rules that holds at the beginning of a text finds; ``low``: the text in lower case, which says which to ask."""
    for name in names:
        if any_in(low, book[name].needs) and (found := book.pattern(name).match(text)):
            return found
    return None


def search(rule: Rule, text: str) -> regex.Match[str] | None:
    """What ``search`` of a rule gives that ``needs`` signs; most texts hold none."""
    return rule.pattern.search(text) if held(rule, text.lower()) else None


def spoken(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Places where the words stand in whatever case with blanks between them, as whole words, in order."""
    low, parts = lowered(text), [lower(word) for word in words]
    after = 0
    at = low.find(parts[0]) if parts else -1
    while at >= 0:
        end = _end(low, at, parts) if at >= after and not (at and _letter(low[at - 1])) else -1
        if end >= 0:
            yield at, end
            after = end
        at = low.find(parts[0], at + 1)


def _end(low: str, at: int, parts: list[str]) -> int:
    """End of the words that begin at ``at``, -1 where they do not stand there."""
    at += len(parts[0])
    for part in parts[1:]:
        begin = at
        while at < len(low) and low[at].isspace():
            at += 1
        if at == begin or not low.startswith(part, at):
            return -1
        at += len(part)
    return -1 if at < len(low) and _letter(low[at]) else at


def _letter(char: str) -> bool:
    return char.isalnum() or char == "_"


__all__ = ["any_in", "each", "first", "held", "lower", "lowered", "search", "spoken"]
