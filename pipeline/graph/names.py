"""Names of bodies as identities compare them: which names can mean one body, and on which level a body stands."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.rulebook import rules
from pipeline.graph.keys import fold_key, parts, strip_marks, symbol_level
from schemas.graph import LEVELS, Level

_WORDS = re.compile(r"[a-z0-9]+")
_SHORT = (
    (re.compile(r"\bubnd\b"), "uy ban nhan dan"),
    (re.compile(r"\bhdnd\b"), "hoi dong nhan dan"),
    (re.compile(r"\bubkt\b"), "uy ban kiem tra"),
    (re.compile(r"\bmttq\b"), "mat tran to quoc"),
    (re.compile(r"\bbtv\b"), "ban thuong vu"),
    (re.compile(r"\bbch\b"), "ban chap hanh"),
    (re.compile(r"\bbcd\b"), "ban chi dao"),
    (re.compile(r"\bgd ?(?:&|va) ?dt\b"), "giao duc va dao tao"),
    (re.compile(r"\bldtb ?(?:&|va)? ?xh\b"), "lao dong thuong binh va xa hoi"),
    (re.compile(r"\btp\.? ?hcm\b"), "thanh pho ho chi minh"),
    (re.compile(r"\btp\b\.?"), "thanh pho"),
    (re.compile(r"\bt\.? ?u\b|\btw\b"), "trung uong"),
)
# Who signs for a body is not another body: the standing committee speaks for its committee, the chair for the board.
_SPEAKERS = re.compile(
    r"\b(?:ban thuong vu|thuong truc|ban chap hanh|ban can su dang|dang doan|pho chu tich|chu tich|tong (?=thanh tra)|"
    r"bo truong(?= bo)|giam doc(?= so)|bi thu|dang bo)\b"
)
_LOOSE = frozenset(["va", "cua", "nuoc", "viet", "nam"])


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Words without marks, usual abbreviations written out."""
    flat = strip_marks(name)
    for pattern, full in _SHORT:
        flat = pattern.sub(full, flat)
    return " ".join(_WORDS.findall(flat))


@lru_cache(maxsize=65_536)
def core(name: str | None) -> frozenset[str]:
    """The words that tell one body from another; empty for no name."""
    if not name:
        return frozenset()
    flat = fold_name(name)
    kept = frozenset(_SPEAKERS.sub(" ", flat).split()) - _LOOSE
    return kept or frozenset(flat.split())


def compatible(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two cores can mean one body: one says no more than the other, or nothing is said."""
    return not first or not second or first <= second or second <= first


@lru_cache(maxsize=65_536)
def name_level(name: str | None) -> tuple[Level | None, bool]:
    """(level, sure) of a body by its name."""
    if name:
        for rule_name, rule in rules("levels").items():
            if rule_name.startswith("name_") and rule.pattern.search(name):
                return rule.value["level"], bool(rule.value["sure"])
    return None, False


@lru_cache(maxsize=65_536)
def level_of(key: str | None, issuer: str | None) -> tuple[Level | None, bool]:
    """(level, sure) of a document: the issuer's name says more than the symbol, which is shared by levels."""
    by_name = name_level(issuer)
    if key:
        by_symbol, sure, unique = symbol_level(parts(fold_key(key)).issuer)
        if unique or (by_symbol and by_name[0] is None):
            return by_symbol, sure
        if by_symbol == by_name[0] and by_symbol is not None and not by_name[1]:
            # «Thành ủy» with the symbol TU is the city's committee under the centre
            return by_symbol, sure
    if by_name[0] is None and key and not fold_key(key)[:1].isdigit():
        return ("central", True) if re.match(r"(?:bộ luật|luật|pháp lệnh|hiến pháp)\b", fold_key(key)) else (None, False)
    return by_name


def rank(level: str | None) -> int:
    """0 for the centre, growing downwards; -1 where unknown."""
    return LEVELS.index(level) if level in LEVELS else -1
