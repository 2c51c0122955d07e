"""What opens a conjunct before its head: «các», «hai», «Ông», «Các đồng chí». Source: domain.md 6.2."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from extractors.rulebook import word_class
from extractors.unit_words import Words, key_of

_OPENERS = frozenset({"determiner", "name", "head", "role", "level"})
"""Classes of words with which a conjunct begins."""
_FEW = word_class("unit_grammar", "few")
"""Numbers in the place of «các»."""


def _by_first_word(phrases: Iterable[Sequence[str]]) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {}
    for words in phrases:
        found.setdefault(words[0], []).append(list(words))
    return found


_ADDRESSES = _by_first_word(a.split() for a in sorted(word_class("unit_grammar", "address"), key=lambda a: (-len(a), a)))
"""Forms of address before several office holders («Các ông (bà) | Trưởng phòng»), the longest first."""
_CALLED = word_class("unit_grammar", "form-of-address") | word_class("unit_grammar", "comrade") - {"đồng chí"}
_POLITE = _by_first_word(key_of(a) for a in sorted(_CALLED))
"""Forms of address before one of them, but for the one that is a role by itself."""


def opening(words: Words, i: int) -> tuple[bool, int] | None:
    """Whether several are meant, and the word where the head begins; None where no conjunct opens at ``i``."""
    kinds = words.at(i)
    word = words.word(i)
    few = word in _FEW and _counted_off(words, i)
    if not few and _OPENERS.isdisjoint(kinds):  # half of all calls: what follows a comma or «và» is no unit
        polite = _politely(words, i) if word in _POLITE else 0
        return (False, i + polite) if polite else None
    k, several = i, False
    if (det := kinds.get("determiner")) and words.adjacent(det[0]) and not (words.hit(k, "name") and words.cap(k)):
        several, k = True, det[0]
    elif few:
        several, k = True, i + 1
    if not several:
        return False, k + _politely(words, k)
    if words.word(k) == "đồng" and words.word(k + 1) == "chí" and words.hit(k + 2, "role", "head"):
        k += 2  # «Các đồng chí | ủy viên …»: a form of address
    elif said := _said(words, k, _ADDRESSES):
        k += len(said) if words.hit(k + len(said), "role", "head") else 0  # «Các ông (bà) | Trưởng phòng …»
    return True, k


def _counted_off(words: Words, i: int) -> bool:
    """«hai | tỉnh Lào Cai và Phú Thọ», «ba | xã vùng hạn»: few places or bodies, counted in a word."""
    return words.adjacent(i + 1) and not words.cap(i + 1) and words.hit(i + 1, "level", "head") is not None


def _politely(words: Words, k: int) -> int:
    """How many words of address stand before one office holder: «Ông | Chủ tịch UBND xã», «Đ/c | Trưởng phòng»; 0 where none do."""
    said = _said(words, k, _POLITE)
    holder = words.hit(k + len(said), "role") if said and words.cap(k + len(said)) and words.adjacent(k + 1) else None
    return len(said) if holder is not None and "t" in holder[1]["traits"] else 0


def _said(words: Words, k: int, phrases: Mapping[str, list[list[str]]]) -> list[str]:
    """The first of the phrases that stands at ``k``; empty where none does."""
    here = words.word(k)
    if here in phrases:
        for phrase in phrases[here]:
            if words.low[k : k + len(phrase)] == phrase:
                return phrase
    return []
