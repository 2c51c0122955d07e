"""Persons told apart by where they live, work or trade: «Các hộ dân sống ven sông A, kênh B | không đổ rác», «Tiểu thương buôn bán trong
chợ | sắp xếp hàng hóa».

What they do there takes a place and nothing else, so that the next act is their predicate; bodies are told by what is «nơi» («chi bộ nơi
quản lý hồ sơ | giữ liên lạc …»). Source: domain.md 4.4, 6.2; GUIDE: as the text names it.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import binds, in_one_line
from extractors.unit_qualifiers import NOMINAL, acts, acts_surely
from extractors.unit_restrictions import SHORT, refrains, tells_act
from extractors.unit_words import Words

_REACH = 24
"""Words that the place may have."""
_DWELLS = word_class("unit_grammar", "dwells")
_WHERE = word_class("unit_grammar", "where")
_PERSONS = frozenset({"staff", "member", "person", "public", "community", "enterprise"})


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


_HELD = ("đang", "đã", "bị", "được", "để", "không", "nơi")
"""Words behind which a verb still tells of the place."""


def behind_where(words: Words, since: int) -> int:
    """«ủy ban kiểm tra nơi thụ lý | chuyển hồ sơ …», «chi bộ nơi đảng viên sinh hoạt | thường xuyên theo dõi …»: the first act behind what
    is at the place, one at least, that is not told of it."""
    if words.word(since) == "có":
        return 0  # what a place has is told by other means («xã nơi có tuyến đường | thống kê …»)
    for j in range(since, min(len(words), since + _REACH)):
        if not in_one_line(words, j) or words.word(j) in ("và", "hoặc"):
            return 0
        if j > since + 1 and words.word(j - 1) not in _HELD and (binds(words, j) or _acts(words, j) or _predicate(words, j)):
            return j
    return 0


def _acts(words: Words, j: int) -> bool:
    """A verb of one syllable that offices do, with what it is done to; or «tổ chức» and what is held («tổ chức | xác minh»)."""
    verb = words.hit(j, "verb")
    if verb is not None and not _of_noun(words, j) and words.low[j : j + 2] == ["tổ", "chức"]:
        return words.hit(verb[0], "verb", "not") is not None
    if _of_noun(words, j) or words.hit(j, "field", "head") is not None:
        return False
    return words.word(j) in SHORT or tells_act(words, j, verb, "act")


_CASES = (["vụ", "việc"], ["sự", "việc"], ["công", "việc"], ["làm", "việc"])
"""Nouns whose last word makes a noun of a verb elsewhere («việc | tổ chức»)."""


def _of_noun(words: Words, j: int) -> bool:
    return words.low[j - 1] in NOMINAL and words.low[j - 2 : j] not in _CASES


def _where(words: Words, j: int) -> bool:
    return words.adjacent(j) and (words.word(j) in _WHERE or " ".join(words.low[j : j + 2]) in _WHERE)


def _predicate(words: Words, j: int) -> bool:
    """«không» with what must not be done, an adverb with its verb, or a verb that is surely one."""
    if words.word(j) == "không":
        return refrains(words, j)
    manner = words.hit(j, "adverb")
    if manner is not None:
        return acts(words, manner[0])
    return acts_surely(words, j) and not _of_noun(words, j) and words.hit(j, "field", "trade", "not") is None


__all__ = ["behind_where", "dwelling_end"]
