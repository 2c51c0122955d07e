"""Names printed in capitals back to proper case: «SỞ GIÁO DỤC VÀ ĐÀO TẠO» → «Sở Giáo dục và Đào tạo» (viết hoa theo NĐ 30, Phụ lục II)."""

from __future__ import annotations

import re
from functools import cache, partial

from extractors.rulebook import lexicon

_SMALL = frozenset({"và", "của", "về", "các", "cho", "trong", "tại", "với", "thuộc"})
_LEVEL = re.compile(r"\b(tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+", re.I)
_NO_VOWEL = re.compile(r"(?<![^\W\d_])[bcdđghklmnpqrstvx](?:[bcdđghklmnpqrstvx&]*[bcdđghklmnpqrstvx])(?![^\W\d_])")
"""Letters that no syllable can have: «SỞ GDĐT», «TRƯỜNG THCS»."""
_ACRONYM = re.compile(r"\b(?:ubnd|hđnd|ubkt|ubmttq|mttq|bch|bcđ|tncs|tw|tp|thpt|thcs)\b", re.I)
_LETTERS = r"(?:Sở|Phòng|Công an|Chi cục|Trung tâm) [A-ZĐ&]{2,}|Trường [A-ZĐ]{2,}(?:(?: ?[&,-] ?| và )[A-ZĐ]{2,})*"
_BARE_PLACE = re.compile(rf"^({_LETTERS}) (?!tỉnh|thành|huyện|quận|thị|xã|phường|đặc|và\b)([a-zđ][^,;()]*)$")
"""A place right after the letters of a body: «SỞ GDĐT ĐỒNG THÁP»."""
_SCHOOL = r"(?:Mầm non|Mẫu giáo|Tiểu học|Trung học cơ sở|Trung học phổ thông|Cao đẳng|Đại học)"
"""Kinds of schools in two words or more: what follows is the school's own name."""
_OWN_NAME = re.compile(
    r"((?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) ủy|[Đđ]oàn"
    rf"|[Tt]rường (?:{_SCHOOL}|(?!{_SCHOOL})\w+(?: \w+)*?)) ([a-zđ][^,;()]*)$"
)


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns of the phrases in proper case, with the first word of each, without which it is not looked for."""
    rows = sorted({row["phrase"] for row in lexicon("casing")}, key=lambda p: (-len(p), p))
    loose = {p: re.escape(p).replace("\\ và\\ ", " (?:và|&) ") for p in rows}
    return tuple((re.compile(rf"(?<!\w){loose[p]}(?!\w)", re.I), p, p.split(" ")[0].lower()) for p in rows)


def proper(text: str) -> str:
    """Proper case of a name in capitals; a text that is not in capitals comes back as it is, blanks folded."""
    words = " ".join(text.split())
    letters = [c for c in words if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.85 * len(letters):
        return words
    out = words.lower()
    out = out[:1].upper() + out[1:]
    low = words.lower()  # putting phrases into their own case changes no letter
    for pattern, phrase, sign in _phrases():
        if sign in low:
            out = pattern.sub(partial(_written, phrase), out)
    out = _NO_VOWEL.sub(lambda m: m.group().upper(), out)
    out = _BARE_PLACE.sub(lambda m: f"{m.group(1)} {_capital(m.group(2))}", out)
    out = _LEVEL.sub(lambda m: m.group(), out)
    out = re.sub(r"\b((?i:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)) ([^,;()-]+)", _place, out)
    out = _OWN_NAME.sub(_tail, out)
    return _ACRONYM.sub(lambda m: m.group().upper(), out)


def _written(phrase: str, found: re.Match[str]) -> str:
    return phrase.replace(" và ", " & ") if "&" in found.group() else phrase


def _place(found: re.Match[str]) -> str:
    level, name = found.group(1), found.group(2)
    if name.split()[0] in {"ủy", "đoàn", "hội"}:
        return found.group()
    return f"{level} {_capital(name)}"


def _tail(found: re.Match[str]) -> str:
    return f"{found.group(1)} {_capital(found.group(2))}" if not found.group(2).startswith(("tỉnh", "xã", "phường")) else found.group()


def _capital(name: str) -> str:
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in name.split(" "))
