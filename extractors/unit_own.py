"""Names that a text itself writes out: alone on a line, in a cell, among the recipients.

Where «4. Phòng Đăng ký kinh doanh và Tài chính doanh nghiệp» is a heading, the same words before a predicate are that name, whatever
the lexicons say of «kinh doanh». Source: domain.md 6.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import regex

from extractors.rulebook import rules, word_class
from extractors.signs import starts
from extractors.unit_words import WHOLE, Words

_ACTS = frozenset().union(*(word_class("unit_attributes", kind) for kind in ("field-act", "under-act", "over-act", "peer-act")))
_LONG = 14
"""Words that such a name may have."""
_TOLD = ("modal", "adverb", "stop", "role", "link", "open")


@lru_cache(maxsize=4)
def _own(text: str) -> dict[str, list[list[str]]]:
    """Folded words of the names that stand alone in a text and occur once more, the longest first, by their second word."""
    found: dict[str, list[list[str]]] = {}
    for name in _again(text, {m["name"].rstrip(" ,*_") for m in _alone(text)}):
        if _is_name(words := Words(name)):
            found.setdefault(words.low[1], []).append(words.low)
    for names in found.values():
        names.sort(key=len, reverse=True)
    return found


def _alone(text: str) -> Iterator[regex.Match[str]]:
    """What ``finditer`` of the rule gives, asked only where a line or a cell begins."""
    alone, after = rules("units").pattern("lone_name"), 0
    for at in sorted({0, *(at + 1 for at in starts(text, "\n")), *starts(text, "|\t")}):
        found = alone.match(text, at) if at >= after else None
        if found:
            after = found.end()
            yield found


def _again(text: str, names: set[str]) -> set[str]:
    """Those of the names that occur more than once: one walk over the places of their first words, however many names there are."""
    sizes = sorted({len(name) for name in names})
    ends: dict[str, int] = {}
    again: set[str] = set()
    for at in starts(text, {name.split()[0] for name in names}):
        for size in sizes:
            name = text[at : at + size]
            if name in names and at >= ends.get(name, 0):
                again.update((name,) if name in ends else ())
                ends[name] = at + size
    return again


def _is_name(words: Words) -> bool:
    """Whether nothing in a line tells what a body does: no predicate, no act but those that are fields of work, no second body."""
    i = 1
    while i < len(words):
        kinds = words.at(i)
        whole = words.hit(i, "field", "pair", "tail")
        verb = kinds.get("verb")
        if whole and (verb is None or verb[0] <= whole[0]):
            i = whole[0]
            continue
        if any(kind in kinds for kind in _TOLD) or (words.word(i) in (",", "và", "-") and words.hit(i + 1, "head", "name", "determiner")):
            return False
        if verb and not words.cap(i) and verb[1]["word"] not in _ACTS:
            return False
        i = verb[0] if verb else i + 1
    return 3 < len(words) <= _LONG


def own_end(words: Words, first: int, last: int) -> int:
    """The end of the name at ``first`` as the text writes it elsewhere, ``last`` where that is no longer one."""
    if len(words.text) < WHOLE:
        return last
    for name in _own(words.text).get(words.word(first + 1), ()):
        if words.low[first : first + len(name)] == name:
            return max(last, first + len(name))
    return last
