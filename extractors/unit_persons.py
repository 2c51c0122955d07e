"""Persons named in a plan: «đồng chí Trần Văn Bảy - Phó Trưởng phòng Tư pháp», «Cô Phó Hiệu trưởng Lê Thị Mai».

A form of address, then the office, the name or both; the office may follow the name behind a dash or a comma. Without a form of address
a name is no addressee here (it would take in places and bodies). Source: domain.md 6.2; the annotation guide: one string per addressee.
"""

from __future__ import annotations

from functools import cache

import regex

from extractors.rulebook import alternation, lexicon
from extractors.unit_names import Name, list_names
from extractors.unit_np import parse_one
from extractors.unit_words import Words

_REACH = 260


_SURNAMES = {"đoàn", "lâm", "mai", "lê", "khu", "vũ", "văn", "cao", "hà", "chu", "tổng"}
"""First words of bodies and offices that are surnames too."""


@cache
def _person() -> regex.Pattern[str]:
    titles = alternation([row["word"] for row in lexicon("roles") if row["kind"] in ("title", "team-head")])
    bodies = alternation(sorted({row["word"].split()[0] for row in (*lexicon("roles"), *lexicon("body_kinds"))} - _SURNAMES))
    return regex.compile(
        rf"(?i:các\s+)?(?i:đồng\s+chí|đ/c|ông|bà|thầy|cô)\s*:?\s+(?:(?i:phó\s+)?(?i:{titles})\s+)?(?!(?i:{bodies})(?!\w))"
        r"(?:\p{Lu}\p{Ll}*\s+){1,4}\p{Lu}\p{Ll}+(?!\w)"
    )


_FIRST = frozenset("đôbtcĐÔBTC")
"""Letters with which a form of address begins."""
_OFFICE = regex.compile(r"\s*(?:[-–—]|,)\s*(?=\p{Lu})")
_ALSO = regex.compile(r"\s*(?:[,;]\s*(?:và\s+)?|và\s+)")


def persons(text: str, start: int, end: int) -> list[Name]:
    """Persons listed at ``start``, each with the office behind the name; [] where none stands there."""
    out: list[Name] = []
    at = start
    if text[start : start + 1] not in _FIRST:
        return out
    while found := _person().match(text, at, min(end, at + _REACH)):
        last = _with_office(text, found.end(), end)
        out.append(Name(at, last, text[at:last]))
        also = _ALSO.match(text, last, end)
        if also is None:
            break
        at = also.end()
    return out


def _with_office(text: str, at: int, end: int) -> int:
    """End of «… - Phó Trưởng phòng Tư pháp» behind a name, ``at`` where no office stands there."""
    joint = _OFFICE.match(text, at, end)
    if joint is None:
        return at
    words = Words(text, joint.end(), min(end, joint.end() + _REACH))
    np = parse_one(words, 0)
    if np is None or np.cls != "role":
        return at
    listed, _ = list_names(words, 0)
    return listed[0].end
