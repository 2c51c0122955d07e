"""Document numbers as identities see them: folded, taken apart, and the period within which a number is unique.

State numbers restart each calendar year, party numbers with each committee term; a number that carries its year
(``59/2019/NĐ-CP``) or the National Assembly (``36/2018/QH14``) never recurs (domain.md 1.2).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors.rulebook import lexicon, rules
from schemas.graph import Level

_DASHES = re.compile(r"[‐‑‒–—−]")
_BLANKS = re.compile(r"\s+|\u00ad")
_NUMBER = re.compile(r"^(\d+)([^/\-]*)")
_YEARLY = re.compile(r"^\d+(?:\.\d+)?[/-](?:19|20)\d{2}[/-]")
_PARTY = re.compile(r"^\d+[a-zđ]?-[^/\-]+/(.+)$", re.I)
_STATE = re.compile(r"^\d+[a-zđ]?/(.+)$", re.I)
_CENTRE = re.compile(r"(?<![A-ZĐ])(?:TƯ|T\.Ư|T\.W)$|TƯ$", re.I)


def strip_marks(text: str) -> str:
    """Lower case without Vietnamese marks: «Đất Đỏ» → ``dat do``."""
    flat = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("ð", "d").replace("ɖ", "d"))
    return "".join(c for c in flat if not unicodedata.combining(c))


@lru_cache(maxsize=262_144)
def fold_key(key: str) -> str:
    """What two spellings of one number share: no blanks, one dash, Đ for its look-alikes, TW for TƯ, no leading zeros."""
    folded = unicodedata.normalize("NFC", key).strip()
    if not folded[:1].isdigit():
        return re.sub(r"\s+", " ", folded).casefold()
    folded = _BLANKS.sub("", _DASHES.sub("-", folded)).replace("Ð", "Đ").replace("Ɖ", "Đ").upper()
    folded = _CENTRE.sub("TW", folded)
    return re.sub(r"^0+(?=\d)", "", folded)


@dataclass(frozen=True, slots=True)
class KeyParts:
    """``number`` is None for laws cited by name. ``issuer`` is the symbol's issuer token, upper case ("TW", "UBND")."""

    number: int | None
    suffix: str
    rest: str
    regime: str | None
    issuer: str
    recurs: bool


@lru_cache(maxsize=262_144)
def parts(folded: str) -> KeyParts:
    """The anatomy of a folded key (domain.md 1.2)."""
    found = _NUMBER.match(folded)
    if found is None:
        return KeyParts(None, "", folded, None, "", False)
    rest = folded[found.end() :]
    number = int(found.group(1))
    if _YEARLY.match(folded):
        return KeyParts(number, found.group(2), rest, "state", re.split(r"[/-]", rest)[-1], False)
    party = _PARTY.match(folded)
    if party:
        return KeyParts(number, found.group(2), rest, "party", party.group(1), True)
    state = _STATE.match(folded)
    tokens = state.group(1).split("-") if state else [""]
    issuer = tokens[1] if len(tokens) > 1 and tokens[0] in _KINDS else tokens[0]
    return KeyParts(number, found.group(2), rest, "state" if state else None, issuer, True)


@lru_cache(maxsize=262_144)
def bare_symbol(folded: str) -> str:
    """What follows the number, without marks and case: ``-kh/tu``."""
    return strip_marks(parts(folded).rest)


_KINDS = frozenset(
    ["NQ", "QĐ", "CT", "QC", "QYĐ", "TC", "TB", "HD", "CTR", "KH", "PA", "ĐA", "DA", "BC", "BB", "TTR", "HĐ", "CĐ", "VBHN", "QD", "DU"]
)


@lru_cache(maxsize=4096)
def symbol_level(issuer: str) -> tuple[Level | None, bool, bool]:
    """(level, sure, unique) of an issuer token; ``unique``: one body in the country signs with it."""
    for name, rule in rules("levels").items():
        if name.startswith("symbol_") and rule.pattern.search(issuer):
            return rule.value["level"], bool(rule.value["sure"]), bool(rule.value.get("unique", False))
    return None, False, False


def _scope(issuer: str) -> str:
    level = symbol_level(issuer)[0]
    return "central" if level in ("central", "ministry") else "province" if level in ("province", "department") else "base"


@lru_cache(maxsize=8)
def _terms(scope: str) -> tuple[tuple[str, str, str], ...]:
    return tuple(sorted((row["earliest"], row["latest"], row["label"]) for row in lexicon("committee_terms") if row["scope"] == scope))


@lru_cache(maxsize=65_536)
def _term_of(scope: str, issued_on: str) -> str:
    label = ""
    for _, latest, name in _terms(scope):
        if issued_on >= latest:
            label = name
    return label or issued_on[:4]


def period_of(folded: str, issued_on: str | None) -> str:
    """Label of the numbering period ("2024", "2021-2026"); "" where the number never recurs or the date is unknown."""
    key = parts(folded)
    if not key.recurs or not issued_on:
        return ""
    return _term_of(_scope(key.issuer), issued_on) if key.regime == "party" else issued_on[:4]


def same_period(folded: str, first: str, second: str) -> bool:
    """Whether one number can only have been given once between two dates. Within the months of congresses, where nobody
    knows on which side a date lies, dates less than three years apart count as one term."""
    key = parts(folded)
    if first == second or not key.recurs:
        return True
    if key.regime != "party":
        return first[:4] == second[:4]
    low, high = sorted((first, second))
    for earliest, latest, _ in _terms(_scope(key.issuer)):
        if low < earliest and high >= latest:
            return False
    return abs(int(high[:4]) - int(low[:4])) < 6


def changed_parts(first: str, second: str) -> int:
    """How many of year, month and day differ between two ISO dates; swapped day and month count as one slip."""
    a, b = first.split("-"), second.split("-")
    if len(a) != 3 or len(b) != 3:
        return 3
    if a[0] == b[0] and (a[1], a[2]) == (b[2], b[1]):
        return 1
    return sum(x != y for x, y in zip(a, b, strict=True))


def one_slip(first: str, second: str) -> bool:
    """Whether two digit strings are one slip of the hand apart: a digit changed, dropped, doubled, or two swapped."""
    if first == second or abs(len(first) - len(second)) > 1:
        return False
    short, long = (first, second) if len(first) <= len(second) else (second, first)
    at = 0
    while at < len(short) and short[at] == long[at]:
        at += 1
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return short[at + 1 :] == long[at + 1 :] or (short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :])


def forms(number: int) -> tuple[str, ...]:
    """How a number is written: below ten with a leading zero too (Decree 30)."""
    return (str(number), f"{number:02d}") if number < 10 else (str(number),)


@lru_cache(maxsize=262_144)
def near_number(first: int, second: int) -> bool:
    """Whether two numbers are one slip of the hand apart, as either is written: «05» is «105» without its first digit."""
    if first == second:
        return False
    if first > 9 and second > 9:
        return one_slip(str(first), str(second))
    return any(one_slip(a, b) for a in forms(first) for b in forms(second))


def days_between(first: str | None, second: str | None) -> int | None:
    """Days from the first ISO date to the second; None where one is unknown or impossible."""
    if not first or not second:
        return None
    try:
        return (date.fromisoformat(second) - date.fromisoformat(first)).days
    except ValueError:
        return None
