"""Bodies of one kind told apart by place or number: «UBND các xã: An Lạc, Tân Hòa», «các Phòng Kiểm tra số 1, 2, 3».

Each is a body of its own (GUIDE: «Các Bộ: Công Thương, Tài chính» names two ministries); a collective that names no place stays one.
"""

from __future__ import annotations

import regex

from extractors.rulebook import rules, word_class
from extractors.unit_qualifiers import Np
from extractors.unit_tails import COUNTED, place_run
from extractors.unit_words import Words

_PLACED = word_class("unit_grammar", "listed-level")
"""Levels whose places are listed behind «các»."""
_ALL = {"các"} | word_class("unit_grammar", "few")
_NAMED = word_class("unit_grammar", "listed-body")
"""Heads of bodies whose names are listed behind «các» without the head («Các bệnh viện | Bạch Mai, Việt Đức»)."""
_DIGITS = "0123456789"
NEXT_PLACE = frozenset({":", ",", "v", "c", *_DIGITS})
"""First letters of words behind which places or numbers may be listed («:», «,», «và», «các khu vực 1, 2», «1, 2»)."""
_NUMBERED = ("số", "sở", "vực")
"""Words before the number of one body («Tổ công tác số 1, số 2», «Thuế cơ sở 1, 2»)."""
_REGIONS = (["các", "khu", "vực"], ["các", "cơ", "sở"])


def placed(words: Words, found: list[Np]) -> bool:
    """«UBND các xã: An Lạc, Tân Hòa», «Công an các phường An Lạc và Tân Hòa», «các Đội số 1, 2»: what is listed belongs to the last of
    the conjuncts ``found``, which is drawn out over it."""
    last = found[-1]
    if _numbers(words, last):
        return True
    at = next((m for m in range(last.first, last.last - 1) if words.low[m] in _ALL and words.low[m + 1] in _PLACED), -1) + 2
    if at < 2 and last.cls == "level" and len(found) > 1 and found[-2].plural:
        at = last.first + 1  # «UBND các xã, | phường: An Lạc, Tân Hòa»
    if at < 2 and last.determiner and last.cls == "head" and last.row["word"] in _NAMED:
        at = last.first + 1 + len(last.row["word"].split())  # «Các trạm bơm | Cống Táo, Đồng Tiến»
    if at < 2 or (at < last.last and not words.cap(at)):
        return False
    j, until, runs = at + (words.word(at) == ":"), last.last, 0
    while j < len(words) and words.cap(j) and words.hit(j, "head", "name", "role", "verb", "adverb", "modal") is None:
        k = place_run(words, j)
        if k - j < 2 or not all(words.cap(m) for m in range(j, k)):
            return False
        k += _is_number(words, k) and words.word(k + 1) not in COUNTED  # «A Lưới | 2»
        until, runs = k, runs + 1
        if words.word(k) not in (",", "và"):
            break
        j = k + 1 + (words.word(k + 1) == "và")
    if runs < 2 or until <= last.last:
        return False
    until += words.word(until) == "…"  # a list left open stays one collective
    last.last, last.bare, last.proper, last.closed = until, False, True, True
    return True


def _is_number(words: Words, j: int) -> bool:
    return words.word(j).isdigit() and len(words.word(j)) <= 2


def _numbers(words: Words, np: Np) -> bool:
    """«các Đội Quản lý thị trường số 2 | , 3», «Các thôn | 1, 2 và 3», «Tòa án nhân dân | các khu vực 1, 2»."""
    j, region = np.last, words.low[np.last : np.last + 3] in _REGIONS
    if region:
        j += 3
    elif np.cls == "role" or not (np.determiner or np.plural or words.low[j - 2] in _NUMBERED):
        return False
    elif words.low[j - 1].isdigit():
        j -= 1
    count = 0
    while _is_number(words, j):
        count, j = count + 1, j + 1
        joint = j + 1 + (words.word(j + 1) == "và")
        joint += words.word(joint) == "số"
        if words.word(j) not in (",", "và") or not _is_number(words, joint) or words.start(j + 1) == words.end(j + 1):
            break
        j = joint
    if count < 2 or words.word(j) in COUNTED or j <= np.last or words.hit(j, "head", "role"):
        return False
    np.last, np.bare, np.proper, np.closed = j, False, True, True
    return True


def each_of(name: str) -> list[tuple[int, int, str]]:
    """Offsets and full name of each body that ``name`` tells apart by place or number; empty where it names one, or a group."""
    found = _several(name)
    if found is None:
        return []
    head = found["head"] + found["kind"]
    head = head[:1].upper() + head[1:] if found["each"][:1] == "C" else head
    items = list(rules("units").pattern("one_of_several").finditer(name, found.start("list")))
    return [(0 if n == 0 else m.start(), m.end(), f"{head} {m['item']}") for n, m in enumerate(items)]


def head_of_several(name: str) -> str:
    """«UBND» of «UBND các xã An Lạc, Tân Hòa | và phường Bình Minh»; "" where no body stands before the places."""
    found = _several(name)
    return found["head"].rstrip() if found else ""


def _several(name: str) -> regex.Match[str] | None:
    if "," not in name and " và " not in name:
        return None
    book = rules("units")
    return book.pattern("several_places").fullmatch(name) or book.pattern("several_numbers").fullmatch(name)
