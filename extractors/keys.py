"""Normal form of a document number (số và ký hiệu) and the comparison key of a text.

``normal_key`` folds every variant that offices, typists and scanners produce into one spelling (domain.md 1.7); it never
guesses a number. ``fold`` is for comparing only, never for showing.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from extractors.remembered import Remembered
from extractors.rulebook import lexicon
from schemas.record import Regime

DASHES = "\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d"
_CHARACTERS = {ord(c): "-" for c in DASHES} | {0xD0: "Đ", 0x189: "Đ", 0xF0: "đ", 0x2044: "/", 0x2215: "/", 0xFF0F: "/"}
_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u200d\ufeff\u2060"}
_FOLDED = tuple((chr(code), char or "") for code, char in (_CHARACTERS | _INVISIBLE).items())
_ODD = re.compile("[" + "".join(re.escape(written) for written, _ in _FOLDED) + "]")
_SPACES = re.compile(r"\s+")
_LEAD = re.compile(r"^(?:số|so)\s*:?\s*(?=\d)", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,3})?(?:[a-zđA-ZĐ](?=[-/]|$))?)(.*)", re.S)
_TONES = str.maketrans({"\u0300": None, "\u0301": None, "\u0303": None, "\u0309": None, "\u0323": None})
_TELEX = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_PAIRS = (("đảm bảo", "bảo đảm"), ("phòng, chống", "phòng chống"), ("qui ", "quy "))
_IY = re.compile(r"^(h|k|l|m|s|t|v|qu)y$")
_WORD = re.compile(r"[^\W_]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Key:
    """A number taken apart. ``key`` is the whole in normal form; ``symbol`` what follows the number without its separator
    ("QĐ/TW", "KH-UBND", "2019/NĐ-CP"); ``kind_abbr`` is None for letters without a kind; ``year`` only in normative numbers;
    ``regime`` follows from the order of the separators (domain.md 1.2), None where there is no symbol."""

    key: str
    number: str
    symbol: str
    kind_abbr: str | None
    year: int | None
    regime: Regime | None
    issuer_symbol: str


def bare_letters(text: str) -> str:
    """Upper case without marks: for looking up what was typed without Vietnamese letters (QD, DU, UBND)."""
    plain = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c)).upper()


@cache
def _short_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["full"]) for row in lexicon("short_names"))


def written_out(flat: str) -> str:
    """A name in small letters without marks, its usual abbreviations written out: «ubnd xa» → ``uy ban nhan dan xa``."""
    for pattern, full in _short_names():
        flat = pattern.sub(full, flat)
    return flat


@cache
def kind_names() -> frozenset[str]:
    """Names of all kinds of documents, folded."""
    return frozenset(fold(row["kind"]) for row in lexicon("kinds"))


@cache
def kind_table() -> dict[str, str]:
    """Kind abbreviations as printed, by their bare letters; where two share them (ĐA, DA) the exact one wins."""
    table: dict[str, str] = {}
    abbrs = {row["abbr"] for row in lexicon("kinds") if row["abbr"]}
    for abbr in sorted(abbrs, key=lambda a: (not a.isascii(), a)):
        table.setdefault(bare_letters(abbr), abbr)
    table["QD"], table["CD"], table["DA"] = "QĐ", "CĐ", "DA"
    return table | {abbr.upper(): abbr for abbr in abbrs} | {"QCH": "QC", "CTR": "CTr", "TTR": "TTr"}


@cache
def symbol_table() -> dict[str, str]:
    """Issuer symbols as printed, by their bare letters, capitals and old spellings."""
    symbols = [row["symbol"] for row in lexicon("symbols")]
    table = {bare_letters(s): s for s in reversed(symbols)} | {s.upper(): s for s in symbols}
    return table | {"TƯ": "TW", "T.Ư": "TW", "T.W": "TW", "TTG": "TTg", "THU": "ThU"}


@cache
def known_symbols() -> frozenset[str]:
    return frozenset(row["symbol"] for row in lexicon("symbols"))


def _issuer_symbol(raw: str) -> str:
    """One part of a symbol in its usual letters."""
    upper = raw.upper()
    if known := symbol_table().get(upper):
        return known
    if raw.endswith(("TƯ", "T.Ư")) and len(raw) > 3:
        return raw.removesuffix("T.Ư").removesuffix("TƯ") + "TW"
    head = re.match(r"[A-ZĐƯ0-9&]{2,}(?=[a-zđ]{2,}$)", raw)
    if head and head.group() in known_symbols():
        return head.group()
    return upper if raw.islower() else raw


def _kind_symbol(raw: str) -> str | None:
    return kind_table().get(raw.upper()) or (kind_table().get(bare_letters(raw)) if raw.isascii() else None)


def _split_stuck(part: str) -> tuple[str, str] | None:
    """ "QĐUBND", "QĐ.UBND" are QĐ and UBND: a kind and a known issuer with the hyphen lost or a point in its place."""
    for cut in (2, 3, 4):
        kind, rest = _kind_symbol(part[:cut]), part[cut:].removeprefix(".")
        if kind and rest and rest.upper() in symbol_table() and len(rest) >= 2:
            return kind, _issuer_symbol(rest)
    return None


def clean_number(raw: str) -> str:
    """NFC, look-alike letters, dashes and slashes folded, blanks, invisible signs and a leading "số" out."""
    text = raw
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_CHARACTERS).translate(_INVISIBLE)
    return _SPACES.sub("", _LEAD.sub("", text.strip()))


@lru_cache(maxsize=8192)
def normal_key(raw: str) -> Key:
    """The number in normal form. ``raw`` may carry "số", blanks and line breaks; a text without a number gives itself back."""
    text = clean_number(raw)
    found = _NUMBER.fullmatch(text)
    if not found:
        return Key(text, "", text, None, None, None, "")
    number, rest = found.groups()
    if not rest:
        return Key(number.lower(), number.lower(), "", None, None, None, "")
    separator, body = rest[0], rest[1:]
    if separator == "/" and _YEAR.match(body) and body[4:5] == "/":
        return _normative(number, body)
    if separator not in "-/":
        separator, body = "-", rest
    if separator == "-":
        return _party(number, body)
    return _state(number, body)


def _parts(body: str) -> list[str]:
    """The parts of a State symbol; before 2011 a slash stood between kind and issuer too (QĐ/UB, CT/UB, QĐ/TTg)."""
    kind, slash, issuer = body.partition("/")
    if slash and "-" not in issuer and "/" not in issuer and kind_table().get(kind.upper()):
        return [kind, issuer]
    return [p for p in body.split("-") if p]


def _normative(number: str, body: str) -> Key:
    year, rest = body[:4], body[5:]
    if re.fullmatch(r"(?:UBTV)?QH\d{1,2}", rest.upper()):
        symbol = rest.upper()
        return Key(f"{number}/{year}/{symbol}", number, f"{year}/{symbol}", None, int(year), "state", re.sub(r"\d+$", "", symbol))
    kind, issuers = _kind_and_issuers(_parts(rest))
    symbol = "-".join(([kind] if kind else []) + issuers)
    return Key(f"{number}/{year}/{symbol}", number, f"{year}/{symbol}", kind, int(year), "state", issuers[0] if issuers else "")


def _kind_and_issuers(parts: list[str]) -> tuple[str | None, list[str]]:
    if not parts:
        return None, []
    kind = _kind_symbol(parts[0])
    if kind is None and len(parts) == 1 and (stuck := _split_stuck(parts[0])):
        return stuck[0], [stuck[1]]
    return (kind, [_issuer_symbol(p) for p in parts[1:]]) if kind else (None, [_issuer_symbol(p) for p in parts])


def _state(number: str, body: str) -> Key:
    kind, issuers = _kind_and_issuers(_parts(body))
    number = number.lower()
    symbol = "-".join(([kind] if kind else []) + issuers)
    return Key(f"{number}/{symbol}", number, symbol, kind, None, _mass(issuers) or "state", issuers[0] if issuers else "")


def _party(number: str, body: str) -> Key:
    head, _, tail = body.partition("/")
    kind = _kind_symbol(head) or (head.upper() if head.islower() else head)
    issuers = [_issuer_symbol(p) for p in _parts(tail)]
    symbol = kind + ("/" + "-".join(issuers) if issuers else "")
    number = number.lower()
    return Key(f"{number}-{symbol}", number, symbol, kind, None, _mass(issuers) or "party", issuers[0] if issuers else "")


@cache
def _mass_symbols() -> dict[str, Regime]:
    """Symbols of Front and unions; of two lines the first counts."""
    rows = [row for row in lexicon("symbols") if row["regime"] in ("front", "union")]
    return {row["symbol"]: "front" if row["regime"] == "front" else "union" for row in reversed(rows)}


def _mass(issuers: list[str]) -> Regime | None:
    """Front and unions have rule books of their own, whichever way their separators run."""
    return _mass_symbols().get(issuers[0]) if issuers else None


def _fold_word(word: str) -> str:
    """Lower case, tone mark as a Telex letter after the syllable, i/y alike: hoà = hòa = "hoaf", uỷ = ủy, kỉ = kỷ."""
    if word.isascii() and not word.isalpha():
        return word.lower()
    marks = unicodedata.normalize("NFD", word.lower())
    tone = "".join(_TELEX[mark] for mark in _TONE.findall(marks))
    base = unicodedata.normalize("NFC", marks.translate(_TONES))
    if base == "hăng":
        base = "hang"
    return _IY.sub(r"\1i", base) + tone


def fold(text: str) -> str:
    """Comparison key of a text: case, tone placement, dashes, blanks and the spelling pairs of domain.md 1.7 folded.

    Not for display, not offset keeping. "Phòng, chống" and "phòng chống", "hoá" and "hóa", "đảm bảo" and "bảo đảm",
    "hằng năm" and "hàng năm" compare equal.
    """
    return _short[text] if len(text) <= 64 else _fold(text)


def _fold(text: str) -> str:
    low = unicodedata.normalize("NFC", text)
    if not low.isascii() and _ODD.search(low):
        for written, kept in _FOLDED:
            low = low.replace(written, kept)  # a good deal faster than translate, which looks every letter up
    low = " ".join(low.lower().split())
    for written, kept in _PAIRS:
        low = low.replace(written, kept)
    return " ".join(map(_stretches.__getitem__, low.split(" ")))


def _fold_stretch(stretch: str) -> str:
    """Folded words and marks between two blanks: texts say the same ones again and again."""
    return _WORD.sub(lambda m: _fold_word(m.group()), stretch)


_stretches = Remembered(_fold_stretch)
_short = Remembered(_fold, 32768)
