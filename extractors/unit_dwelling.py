"""Persons told apart by where they live, work or trade: «Các hộ dân sống ven sông A, kênh B | không đổ rác», «Tiểu thương buôn bán trong
chợ | sắp xếp hàng hóa».

What they do there takes a place and nothing else, so that the next act is their predicate. Source: domain.md 4.4, 6.2; GUIDE: as the text
names it.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import in_one_line
from extractors.unit_qualifiers import NOMINAL, acts, acts_surely
from extractors.unit_words import Words

_REACH = 24
"""Words that the place may have."""
_DWELLS = word_class("unit_grammar", "dwells")
_WHERE = word_class("unit_grammar", "where")
_PERSONS = frozenset({"staff", "member", "person", "public", "community", "enterprise"})
_NO_DENIAL = word_class("unit_grammar", "no-denial")


def dwelling_end(words: Words, noun: int, since: int) -> int:
    """The word behind the place at which those of the noun at word ``noun`` live or work, as told from word ``since`` on, where their
    predicate begins; 0 where no place is told or no predicate follows."""
    several = words.hit(noun, "determiner")
    who = words.hit(several[0] if several else noun, "role", "head")
    if who is None or who[1].get("kind") not in _PERSONS:
        return 0
    since += words.word(since) == "đang"
    size = next((n for n in (2, 1) if " ".join(words.low[since : since + n]) in _DWELLS), 0)
    place = since + size
    if not size or not _where(words, place):
        return 0
    for j in range(place + 1, min(len(words), place + _REACH)):
        if words.word(j) == "," and words.adjacent(j + 1) and words.hit(j + 1, "verb", "modal", "adverb", "determiner", "role") is None:
            continue
        if not in_one_line(words, j) and not (words.word(j - 1) == "," and words.word(j).isalnum()):
            return 0
        if j > place + 1 and words.word(j - 1) != "," and _predicate(words, j):
            return j
    return 0


def _where(words: Words, j: int) -> bool:
    return words.adjacent(j) and (words.word(j) in _WHERE or " ".join(words.low[j : j + 2]) in _WHERE)


def _predicate(words: Words, j: int) -> bool:
    """«không» with what must not be done, an adverb with its verb, or a verb that is surely one."""
    if words.word(j) == "không":
        return words.word(j + 1) not in _NO_DENIAL and words.word(j + 1).isalpha() and words.hit(j + 1, "role", "head") is None
    manner = words.hit(j, "adverb")
    if manner is not None:
        return acts(words, manner[0])
    return acts_surely(words, j) and words.low[j - 1] not in NOMINAL and words.hit(j, "field", "trade", "not") is None


__all__ = ["dwelling_end"]
