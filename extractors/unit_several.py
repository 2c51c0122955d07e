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


def shared_head(words: Words, last: Np) -> Np | None:
    """«Ban Tuyên giáo, | Dân vận», «Chi bộ Công an | và Quân sự xã»: the next body of a kind whose common noun stands before the first
    alone. A first one with its level, or owner, shares nothing («Chi bộ Công an xã, | Quân sự xã»)."""
    joint = words.word(last.last)
    if last.level or last.determiner:
        return None
    j, book = last.last + 1, rules("units").pattern("head_and_field")
    j += words.word(j) == "và"
    if not words.cap(j):
        return None
    said = words.text[words.start(last.first) : words.end(last.last)]
    first = book.fullmatch(f"{last.elided} {said}" if last.elided else said)
    if first is None or (joint == "và" and (first["ban"] or first["branch"]) and not last.elided):
        return None  # «Ban Tuyên giáo và Dân vận» is one body
    head = str(first[str(first.lastgroup)])
    field = book.match(f"{head} {words.text[words.start(j) : words.end(min(len(words), j + _FIELD) - 1)]}")
    if field is None:
        return None
    end = words.start(j) + field.end() - len(head) - 1
    until = next((k for k in range(j + 1, len(words) + 1) if words.end(k) >= end), len(words))
    level = words.hit(until, "level", "name") if words.adjacent(until) else None
    until = level[0] if level else until
    return Np(j, until, False, last.kind, "head", last.row, bare=False, proper=True, level=level is not None, closed=True, elided=head)


_FIELD = 8
"""Words of the longest field of work behind a head that several share."""


def next_school(words: Words, last: Np) -> Np | None:
    """«Trường Tiểu học Kim Đồng, | Lê Lợi và Nguyễn Du | tổ chức …»: schools of one kind by their proper names."""
    if last.kind != "school" or last.determiner or last.cls != "head":
        return None
    size = len(last.row["word"].split())
    if not last.elided and last.last - last.first - size < _PROPER:
        return None  # «Trường Tiểu học, | Trung học cơ sở»: kinds, no names
    j = last.last + 1
    j += words.word(j) == "và"
    until = place_run(words, j) if words.cap(j) else j
    known = words.hit(j, "head", "name", "role", "level", "place", "tail", "field", "pair")
    if known or until - j < _PROPER or until - j > 2 * _PROPER or not all(words.cap(m) for m in range(j, until)):
        return None
    head = last.elided or words.text[words.start(last.first) : words.end(last.first + size)]
    return Np(j, until, False, last.kind, "head", last.row, bare=False, proper=True, closed=True, named=True, elided=head)


_PROPER = 2
"""Syllables of the shortest proper name of a school."""


def head_of_several(name: str) -> str:
    """«UBND» of «UBND các xã An Lạc, Tân Hòa | và phường Bình Minh»; "" where no body stands before the places."""
    found = _several(name)
    return found["head"].rstrip() if found else ""


def _several(name: str) -> regex.Match[str] | None:
    if "," not in name and " và " not in name:
        return None
    book = rules("units")
    return book.pattern("several_places").fullmatch(name) or book.pattern("several_numbers").fullmatch(name)
