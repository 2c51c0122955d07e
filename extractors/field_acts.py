"""Who does it, told with the act of each: «Đơn vị chủ trì: Phòng A xây dựng chương trình, mời báo cáo viên; Văn phòng phối hợp bố trí
hội trường», «Phối hợp: Sở A, đề nghị Hội B cử người tham gia». Source: domain.md 3.4, 4.5.

A field line gives names; what each is to do there is no part of its name. Names that are themselves worded as acts («Tổ rà soát hộ
nghèo», «đơn vị vận hành nhà máy», «Phòng Theo dõi thi hành pháp luật») stay whole.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Literal

from extractors.rulebook import rules, word_class
from extractors.unit_names import Name, list_names, parse_list
from extractors.unit_persons import persons
from extractors.unit_predicates import predicate_follows
from extractors.unit_qualifiers import Np
from extractors.unit_stands import SET_UP
from extractors.unit_words import Words

Role = Literal["lead", "support"]
_HELPS = word_class("unit_grammar", "helping-act")
_LONGEST = 520
"""Characters of the longest value that is asked."""
_ROLES = word_class("unit_grammar", "role-act")
"""Acts that are the word of a role where nothing is done to anything."""
_PARTS = SET_UP | {"division", "agency", "agency-unit", "organisation"}
"""Kinds of bodies that are nothing yet without what they are for."""
_SHARED = 64
"""Values remembered: the parts of one duty and the rows beside it ask for the same, one after the other."""
_BOUND = word_class("unit_grammar", "bound")


@lru_cache(maxsize=_SHARED)
def by_acts(text: str, start: int, end: int, home: Role) -> tuple[tuple[Role, int, int], ...]:
    """Spans of those who lead and help in a value of the field ``home``; () where none is told an act or the value says more."""
    if end - start > _LONGEST:
        return ()
    words = Words(text, start, end)
    out: list[tuple[Role, int, int]] = []
    at, told = 0, False
    while at < len(words):
        asked = _asked(words, at)
        named, j = _named(words, asked, end)
        if not named:
            return ()
        if j >= len(words) or (again := _asks_next(words, j)):
            told = told or (asked > at and bool(out))
            out.append((home, named[0].start, named[-1].end))
            if j >= len(words):
                break
            told, at = True, again
            continue
        act = _act(words, at, j, named) or (words.word(j) if asked > at and predicate_follows(words, asked, j) else "")
        if not act and (again := next((k for k in range(j, len(words)) if _asks_next(words, k)), 0)):
            rest = by_acts(text, words.start(again + 1), end, home)  # «Phòng Theo dõi thi hành pháp luật, | mời …»
            return (*out, (home, named[0].start, words.end(again)), *rest) if rest else ()
        if not act or words.low[j : j + 3] in (["phối", "hợp", "với"], ["phối", "hợp", "cùng"], ["phối", "hợp", "giữa"]):
            return ()
        behind = _behind(words, j, act)
        told = told or asked > at or act not in _ROLES or behind
        helping = home == "lead" and act in _HELPS and (bool(out) or len(named) > 1)
        out += _spans(named, home, helping=helping, first=not out)
        at = _next_doer(words, j, end)
    if not told:
        return ()
    role, first, last = out[0]
    asks = rules("duties").pattern("asks_first").match(text[start:first]) is not None  # stays with the names: it makes a request
    return ((role, start if asks else first, last), *out[1:])


def _named(words: Words, at: int, end: int) -> tuple[list[Name], int]:
    """Persons or bodies at word ``at`` and the word behind them."""
    if at >= len(words):
        return [], at
    if met := persons(words.text, words.start(at), end):
        return met, next((k for k in range(at, len(words)) if words.start(k) >= met[-1].end), len(words))
    return list_names(words, at)


def _asked(words: Words, at: int) -> int:
    """The word behind «đề nghị», «mời» at ``at``."""
    asks = rules("duties").pattern("asks_to_join").match(words.text, words.start(at))
    return words.from_offset(asks.end(), at) if asks else at


def _asks_next(words: Words, j: int) -> int:
    """The word «đề nghị» behind the comma at ``j``, 0 where another stands there."""
    return j + 1 if words.word(j) in (",", ";") and j + 1 < len(words) and _asked(words, j + 1) > j + 1 else 0


def _spans(named: list[Name], home: Role, *, helping: bool, first: bool) -> list[tuple[Role, int, int]]:
    """«A, B phối hợp cung cấp số liệu»: the first leads, where nobody before does; else all have the part ``home``."""
    if not helping:
        return [(home, named[0].start, named[-1].end)]
    leads: list[tuple[Role, int, int]] = [("lead", named[0].start, named[0].end)] if first else []
    return [*leads, ("support", named[len(leads)].start, named[-1].end)]


def _act(words: Words, at: int, j: int, named: list[Name]) -> str:
    """The act at word ``j`` behind the names from ``at`` on; "" where the word goes on with the name or is none."""
    if words.cap(j) or not words.adjacent(j) or words.word(j - 1) in ("và", "hoặc", "-"):
        return ""  # «Phòng Xây dựng, kiểm tra và | theo dõi thi hành pháp luật»
    found = words.hit(j, "verb", "modal")
    if found is None:
        return ""
    said = str(found[1]["word"])
    listed = parse_list(words, at)
    last = listed[-1] if listed else None
    if last is None or persons(words.text, words.start(at), named[-1].end):
        return said
    if last.cls == "head" and last.bare and not any(np.determiner for np in listed):
        whole = last.kind in _PARTS and last.row["word"] == " ".join(words.low[last.first : j])
        if whole or not words.cap(last.first):
            return ""  # «Tổ | lập hồ sơ», «đơn vị | vận hành nhà máy»
    if said in _BOUND or any(words.low[j : j + len(act)] == act for act in _sure()):
        return said
    if found[0] >= len(words) or found[1]["class"] != "verb" or (last.cls != "name" and _holds_act(words, last)):
        return ""
    told = last.proper or last.closed or not last.bare or any(words.cap(k) for k in range(last.first + 1, last.last))
    closed = last.cls in ("name", "level") or (told and last.kind not in SET_UP and (last.cls == "head" or last.title))
    return said if closed else ""


@cache
def _sure() -> list[list[str]]:
    return [word.split() for word in sorted(word_class("unit_grammar", "sure-act"))]


def _holds_act(words: Words, np: Np) -> bool:
    """Whether the name ends in an act with a capital («Phòng Theo dõi | thi hành pháp luật»), which what follows may go on with."""
    for k in range(max(np.first, np.last - 3), np.last):
        hit = words.hit(k, "verb") if words.cap(k) else None
        if hit is not None and hit[0] == np.last:
            return True
    return False


def _behind(words: Words, j: int, act: str) -> bool:
    """Whether the act is done to something."""
    k = j + len(act.split())
    return k < len(words) and words.word(k) not in (";", ",", ".")


def _next_doer(words: Words, j: int, end: int) -> int:
    """The word where the next who is told an act begins: behind a semicolon any name, behind a comma one with an act of its own."""
    for k in range(j + 1, len(words)):
        mark = words.word(k - 1)
        if mark not in (";", ",", "."):
            continue
        asked = _asked(words, k)
        if asked == k and not (words.cap(k) or words.hit(k, "determiner", "role")):
            continue
        named, after = _named(words, asked, end)
        if named and ";" in words.low[asked:after]:
            continue  # «…, mời | báo cáo viên; Văn phòng bố trí xe»
        acts = after < len(words) and (predicate_follows(words, k, after) if asked > k else _act(words, k, after, named) != "")
        if named and (acts or (after >= len(words) and mark != "," and asked == k)):  # «…, mời | báo cáo viên» is the act itself
            return k
    return len(words)
