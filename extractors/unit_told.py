"""What tells persons and bodies apart in a closed form: «Cấp ủy | quản lý đảng viên», «Cơ quan | kế thừa chức năng, nhiệm vụ», «Viên chức |
từ đủ 50 tuổi trở lên», «Tổ giám sát | hoạt động đoàn thanh tra».

The form itself (``rules/units.toml``) says where the description ends; the predicate must stand right behind it. ``Np`` is the conjunct
under construction. Source: domain.md 4.4, 6.2; GUIDE: as the text names it.
"""

from __future__ import annotations

from extractors.rulebook import rules, word_class
from extractors.unit_asides import aside_at
from extractors.unit_binding import binds
from extractors.unit_qualifiers import Np, acts
from extractors.unit_words import Words

_BODIES = frozenset({"agency", "agency-unit", "organisation", "party-committee", "party-cell", "party-organisation"})
_PERSONS = frozenset({"staff", "member", "person", "public", "team-member", "head"})
_TEAMS = frozenset({"team", "board", "council"})
_OVERSEES = tuple(sorted(word_class("unit_grammar", "oversees")))
_TOLD = {"body": "told_body", "person": "told_person", "team": "told_team"}
"""The rule of each sort of those who are told apart."""
OPENS_TOLD = frozenset(word for name in _TOLD.values() for word in rules("units")[name].opens)
"""Words with which such a form begins."""


def told_apart(words: Words, np: Np) -> bool:
    """Takes the form that begins at the end of ``np`` into it, where the predicate follows."""
    sort = _sort(np)
    told = rules("units").pattern(_TOLD[sort]).match(words.text, words.start(np.last), words.end(len(words))) if sort else None
    end = words.from_offset(told.end(), np.last) if told else 0
    if not end or not _acts_behind(words, end):
        return False
    np.describe(end)
    return True


def _sort(np: Np) -> str:
    """Which forms may tell of ``np``; none of a name, or of what is described to its end."""
    if np.open or np.proper or np.elided:
        return ""
    if np.cls == "role":
        if np.kind not in _PERSONS or np.title:
            return ""
        return "team" if _oversees(np) else "person"
    if np.cls != "head" or (np.closed and not _of_powers(np)):
        return ""
    return "body" if np.kind in _BODIES else "team" if np.kind in _TEAMS and _oversees(np) else ""


def _oversees(np: Np) -> bool:
    """«Tổ giám sát», «Người thẩm định»: called by an act that is done to what others did."""
    return np.row.get("word", "").endswith(_OVERSEES)


def _of_powers(np: Np) -> bool:
    """«Cấp có thẩm quyền | quản lý cán bộ»: the power, and then of what."""
    return np.row.get("word", "").endswith("có thẩm quyền")


def _acts_behind(words: Words, j: int) -> bool:
    """A predicate stands at word ``j``, or a comma and what is set off from it."""
    if words.word(j) == ",":
        return aside_at(words, j)
    manner, verb = words.hit(j, "adverb"), words.hit(j, "verb")
    if not words.adjacent(j):
        return False
    return binds(words, j) or words.hit(j, "modal") is not None or verb is not None or bool(manner and acts(words, manner[0]))


__all__ = ["OPENS_TOLD", "told_apart"]
