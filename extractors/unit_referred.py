"""Names that point to where they were named, or say what else one is or is called: «Các cơ quan | nêu tại điểm a Mục II.4 Kế hoạch
này», «Bí thư chi bộ | đồng thời là trưởng phòng hoặc giám đốc trung tâm», «Trưởng đoàn | (tổ trưởng)». ``Np`` is the conjunct under
construction. Source: domain.md 6.2.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.rulebook import rules, word_class
from extractors.unit_qualifiers import Np
from extractors.unit_words import Words

REFERS = word_class("unit_grammar", "refers")
"""Words with which a reference begins."""


def referred(words: Words, np: Np) -> bool:
    """«các đơn vị | quy định tại khoản 2 Mục III Kế hoạch này», «các chi bộ | có tên trong danh sách kèm theo»."""
    k = np.last
    common = np.determiner or np.plural or np.bare or np.cls == "role"
    if np.proper or np.open or np.title or not common or words.word(k) not in REFERS:
        return False
    told = rules("units").pattern("refers_to").match(words.text, words.start(k), words.end(len(words)))
    if told is None:
        return False
    np.last = words.from_offset(told.end(), k)
    np.bare, np.closed = False, True
    return True


def also_is(words: Words, np: Np, parse_one: Callable[..., Np | None]) -> bool:
    """«Đảng viên | đồng thời là người đại diện phần vốn | phải …»: the other office of the same person, where the predicate follows.
    ``parse_one`` reads a name."""
    k = np.last
    if np.cls != "role" or words.low[k : k + 3] != ["đồng", "thời", "là"]:
        return False
    other = parse_one(words, k + 3, inside=True)
    while other is not None and other.cls == "role" and words.word(other.last) in ("hoặc", ",", "và"):
        more = parse_one(words, other.last + 1, inside=True)
        if more is None or more.cls != "role":
            break
        other = more
    if other is None or other.cls != "role" or words.hit(other.last, "modal", "verb", "adverb") is None:
        return False
    np.describe(other.last)
    return True


def described_at(words: Words, j: int) -> bool:
    """Where the description of units begins behind whose they are («thuộc Sở | được giao chủ trì», «trực thuộc Bộ | là đối tượng»)."""
    return words.word(j) == "được" or words.low[j : j + 3] == ["là", "đối", "tượng"]


_TEAM_POSTS = {"team", "team-head", "team-member", "title"}
"""Kinds of teams and of their people."""


def also_called(words: Words, np: Np) -> bool:
    """Takes in the bracket what the same team, or who heads it, is called elsewhere («Trưởng đoàn | (tổ trưởng)»)."""
    if np.kind not in _TEAM_POSTS:
        return False
    told = rules("units").pattern("also_called").match(words.text, words.start(np.last - 1), words.end(len(words)))
    if told is None:
        return False
    np.last = words.from_offset(told.end(), np.last)
    return True
