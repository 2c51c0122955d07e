"""Names of bodies as identities compare them: which names can mean one body, and on which level a body stands."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.keys import written_out
from extractors.registry import Match, resolve
from extractors.rulebook import rules, word_class
from pipeline.graph.keys import fold_key, parts, strip_marks, symbol_level
from schemas.graph import LEVELS, Level

_WORDS = re.compile(r"[a-z0-9]+")
_LOOSE = frozenset(map(strip_marks, word_class("graph_grammar", "loose")))


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Words without marks, usual abbreviations written out."""
    return " ".join(_WORDS.findall(written_out(strip_marks(name))))


@lru_cache(maxsize=65_536)
def core(name: str | None) -> frozenset[str]:
    """The words that tell one body from another; empty for no name."""
    if not name:
        return frozenset()
    flat = fold_name(name)
    kept = frozenset(rules("levels").pattern("speaker").sub(" ", flat).split()) - _LOOSE
    return kept or frozenset(flat.split())


def compatible(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two cores can mean one body: one says no more than the other, or nothing is said."""
    return not first or not second or first <= second or second <= first


_ACT = re.compile(r"(?:bộ luật|luật|pháp lệnh|hiến pháp)\b")
_MASS = frozenset(["union", "front"])
_CENTRAL_KINDS = frozenset(["assembly", "government", "party", "president", "prime-minister"])
_PROVINCE_KINDS = frozenset(["front", "mass-organisation", "people-committee", "people-council", "steering-committee"])
_UNIT_KINDS = frozenset(["agency-unit", "division", "office", "school"])


@lru_cache(maxsize=65_536)
def body_of(name: str | None) -> Match | None:
    """The body of the registry behind a name, the organ that signs for it left out; None for a name of no known body."""
    if not name:
        return None
    found = resolve(rules("levels").pattern("standing_organ").sub("", name)) or resolve(name)
    # A kind alone is guessed from single words («Khoa học xã hội»): only of the mass organisations are they telling.
    return found if found and (found.how in ("name", "level") or found.regime in _MASS) else None


def is_mass(name: str | None) -> bool:
    """Whether a name is one of the Front or of a mass organisation, which belong neither to the Party nor to the State."""
    found = body_of(name)
    return found is not None and found.regime in _MASS


def _registered_level(name: str) -> Level | None:
    """Level of a body that no rule knows by its words, from the registry: what stands beside a people's committee is of its
    level, what stands under it one lower."""
    found = body_of(name)
    if found is None:
        return None
    if found.level == "central":
        return "central" if found.kind in _CENTRAL_KINDS else "ministry"
    if found.level == "province" and found.kind != "school":
        return "province" if found.kind in _PROVINCE_KINDS else "department"
    if found.level in ("agency", "school") or found.kind in _UNIT_KINDS:
        return "unit"
    return "commune" if found.level == "commune" else "district" if found.level == "district" else None


@lru_cache(maxsize=65_536)
def name_level(name: str | None) -> tuple[Level | None, bool]:
    """(level, sure) of a body by its name: by its words, else by the registry, which is not sure of it."""
    if not name:
        return None, False
    for rule_name, rule in rules("levels").items():
        if rule_name.startswith("name_") and rule.pattern.search(name):
            return rule.value["level"], bool(rule.value["sure"])
    return _registered_level(name), False


def level_of(key: str | None, issuer: str | None) -> tuple[Level | None, bool]:
    """(level, sure) of a document: the issuer's name says more than the symbol, which is shared by levels."""
    if not key:
        return name_level(issuer)
    folded = fold_key(key)
    known = _level_of(parts(folded).issuer, issuer)
    if known[0] is None and not folded[:1].isdigit():
        return ("central", True) if _ACT.match(folded) else (None, False)
    return known


@lru_cache(maxsize=65_536)
def _level_of(token: str, issuer: str | None) -> tuple[Level | None, bool]:
    """By what the symbol says of its issuer and by the issuer's name: documents differ in their numbers, hardly in these."""
    by_name = name_level(issuer)
    by_symbol, sure, unique = symbol_level(token)
    if unique or (by_symbol and by_name[0] is None):
        return by_symbol, sure
    if by_symbol == by_name[0] and by_symbol is not None and not by_name[1]:
        # «Thành ủy» with the symbol TU is the city's committee under the centre
        return by_symbol, sure
    return by_name


def rank(level: str | None) -> int:
    """0 for the centre, growing downwards; -1 where unknown."""
    return LEVELS.index(level) if level in LEVELS else -1
