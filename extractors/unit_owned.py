"""Bodies set up for a work, and staff, whose name tells the work and whose they are: «Tổ giúp việc cải cách hành chính của Sở | tổng
hợp …», «Ban Chỉ đạo phòng, chống tham nhũng của Bộ | họp …», «công chức tiếp công dân của xã | phân loại …».

Behind the owner the predicate stands without a comma, so that what stands between the common noun and the owner is the name, though it
begins with a verb; «Hội đồng | đánh giá công vụ của Sở.» tells what it does. ``Np`` is the conjunct under construction.
Source: domain.md 6.1.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.rulebook import word_class
from extractors.unit_binding import binds
from extractors.unit_qualifiers import Np, acts, acts_surely
from extractors.unit_words import Words

_PAPERS = word_class("unit_grammar", "paper-of")
_REACH = 14
"""Words that the work may have."""


def owned_work(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """Takes the work and the owner behind ``np`` into it, where the predicate follows the owner."""
    k = np.last
    staff = np.cls == "role" and np.kind == "staff" and np.bare and words.hit(k, "verb") is not None
    set_up = np.cls == "head" and not np.determiner and words.cap(np.first) and (np.kind != "division" or np.bare)
    if not (staff or set_up) or np.closed or np.inner or np.level:
        return False
    if not words.adjacent(k) or words.cap(k) or not words.word(k).isalpha() or words.hit(k, "modal", "adjunct", "adverb"):
        return False
    for j in range(k + 1, min(len(words), k + _REACH)):
        if words.word(j) == "của":
            return _owned(words, np, j + 1, parse_one)
        inside = words.word(j).isalpha() or (words.word(j) == "," and not words.cap(j + 1))
        if not inside or words.hit(j, "modal", "adjunct", "determiner", "name") or not words.adjacent(j):
            return False
    return False


def _owned(words: Words, np: Np, j: int, parse_one: Callable[..., Np | None]) -> bool:
    owner = parse_one(words, j, inside=True) if words.adjacent(j) else None
    if owner is None or owner.determiner or owner.cls == "role" or owner.open or not words.adjacent(owner.last):
        return False
    whole = len(str(owner.row.get("word", "")).split()) == owner.last - j  # «của Sở», «của Chi cục», no name
    if not whole or " ".join(words.low[j - 3 : j - 1]) in _PAPERS:
        return False  # «Ban Chỉ đạo | xem xét tờ trình của Sở …»
    end, manner = owner.last, words.hit(owner.last, "adverb")
    verb = words.hit(end, "verb") is not None and words.hit(end, "field", "not", "head") is None
    told = binds(words, end) or acts_surely(words, end) or verb
    if not (told or (manner is not None and acts(words, manner[0]))):
        return False
    np.last, np.bare, np.closed, np.inner = end, False, True, True
    return True


__all__ = ["owned_work"]
