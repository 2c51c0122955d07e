"""Names printed in capitals back to proper case: «SỞ GIÁO DỤC VÀ ĐÀO TẠO» → «Sở Giáo dục và Đào tạo» (viết hoa theo NĐ 30, Phụ lục II)."""

from __future__ import annotations

import re
from functools import cache

import regex

from extractors.rulebook import lexicon, rules, word_class

_SMALL = word_class("unit_grammar", "small-in-names")
_NO_VOWEL = re.compile(r"(?<![^\W\d_])[bcdđghklmnpqrstvx](?:[bcdđghklmnpqrstvx&]*[bcdđghklmnpqrstvx])(?![^\W\d_])")
"""Letters that no syllable can have: «SỞ GDĐT», «TRƯỜNG THCS»."""


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Patterns of the phrases in proper case and of the names in the register of bodies, longest first, with the first word of each,
    without which it is not looked for."""
    names = {row["name"] for row in lexicon("bodies") if " " in row["name"]}
    rows = sorted(names | {row["phrase"] for row in lexicon("casing")}, key=lambda p: (-len(p), p))
    loose = {p: re.escape(p).replace("\\ và\\ ", " (?:và|&) ").replace("\\ \\-\\ ", " [-–] ") for p in rows}
    return tuple((re.compile(rf"(?<!\w){loose[p]}(?!\w)", re.I), p, p.split(" ")[0].lower()) for p in rows)


def proper(text: str) -> str:
    """Proper case of a name in capitals; a text that is not in capitals comes back as it is, blanks folded."""
    name = " ".join(text.split())
    letters = [c for c in name if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.85 * len(letters):
        return name
    out = name.lower()
    out = out[:1].upper() + out[1:]
    low = name.lower()  # putting phrases into their own case changes no letter
    written: list[tuple[int, int]] = []
    for pattern, phrase, sign in _phrases():
        if sign not in low:
            continue
        for found in pattern.finditer(low):
            (start, end), words = found.span(), _written(phrase, found)
            within = any(a <= start and end <= b for a, b in written)  # «Ban Dân tộc» is no name within «Ủy ban Dân tộc»
            if not within and len(words) == end - start:
                out = out[:start] + words + out[end:]
                written.append((start, end))
    out = _NO_VOWEL.sub(lambda m: m.group().upper(), out)
    out = rules("casing").pattern("bare_place").sub(lambda m: f"{m.group(1)} {_capital(m.group(2))}", out)
    out = rules("casing").pattern("place").sub(_place, out)
    out = rules("casing").pattern("own_name").sub(_tail, out)
    out = rules("casing").pattern("second_body").sub(lambda m: m.group()[:1].upper() + m.group()[1:], out)
    for shown in ("acronym", "roman_end"):
        out = rules("casing").pattern(shown).sub(lambda m: m.group().upper(), out)
    return out


def _written(phrase: str, found: re.Match[str]) -> str:
    words = phrase.replace(" và ", " & ") if "&" in found.group() else phrase
    return words.replace(" - ", " – ") if " – " in found.group() else words


def _place(found: regex.Match[str]) -> str:
    level, name = found.group(1), found.group(2)
    if name.split()[0] in {"ủy", "đoàn", "hội"}:
        return found.group()
    return f"{level} {_capital(name)}"


def _tail(found: regex.Match[str]) -> str:
    return f"{found.group(1)} {_capital(found.group(2))}" if not found.group(2).startswith(("tỉnh", "xã", "phường")) else found.group()


def _capital(name: str) -> str:
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in name.split(" "))


_SAMPLE = 60
"""Characters from which a look at the first quarter pays."""


def is_caps(text: str) -> bool:
    """At least 85 % of the letters are capitals."""
    if len(text) > _SAMPLE:  # too many small letters at the beginning decide already: most paragraphs are read no further
        first = list(filter(str.isalpha, text[: len(text) // 4]))
        if len(first) - sum(map(str.isupper, first)) > 0.15 * len(text) + 1:
            return False
    letters = list(filter(str.isalpha, text))
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)
