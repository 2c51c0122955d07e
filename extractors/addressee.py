"""Whom a duty addresses, as classes; and whether that binds the issuer of a lower plan.

``classify`` reads a name into parts (kind, regime, level); ``applies`` holds the parts against the issuer: identity first for
named bodies, then ``lexicons/applicability.csv``. A mixed collective applies to each of its parts. Source: domain.md 6.1, 6.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal

from extractors.addressee_names import acting_for, core_of, elsewhere, has_place, may_own, plural_of, without_role
from extractors.reasons import Said, said
from extractors.registry import level_of, resolve
from extractors.rulebook import Row, lexicon
from extractors.unit_names import parse_list
from extractors.unit_qualifiers import Np
from extractors.unit_words import Words, fold

Verdict = Literal["applies", "does_not", "unsure"]

_PARTY_GENERIC = {"party-committee", "party-organisation", "party-cell"}
_OPEN = "open"
_ACTS = {"inspect": "inspectorate", "justice": "justice", "press": "press", "elected": "elected"}
_CASES = {"elected": "state", "justice": "state", "inspectorate": "state", "press": "any"}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of addressee inside a name: ``words`` as written, ``proper`` where it is one named body, ``role`` for persons."""

    words: str
    kind: str
    regime: str
    level: str
    proper: bool = False
    role: bool = False

    @property
    def code(self) -> str:
        """``regime:kind:level`` for the applicability table; ``any`` where open."""
        return f"{self.regime or 'any'}:{self.kind}:{self.level or 'any'}"


@dataclass(frozen=True, slots=True)
class Addressee:
    """A name read as an addressee. ``kind`` and ``regime`` are ``mixed`` where the parts differ; ``members`` are the parts."""

    name: str
    kind: str
    regime: str
    level: str
    collective: bool
    role: bool
    members: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Applicability:
    """Whether a duty binds the issuer, the rule that decided, and one sentence for the auditor."""

    verdict: Verdict
    rule: str
    words: str


@lru_cache(maxsize=4096)
def classify(name: str) -> Addressee:
    """Kinds, regimes and levels in ``name``; kind ``unknown`` where no unit begins there."""
    words = Words(name)
    i = 0
    while i < min(len(words), 4) and not (found := parse_list(words, i)):
        i += 1
    if i >= len(words) or not found:
        return Addressee(name, "unknown", "", "", False, False)
    parts: list[Part] = []
    universal = _universal(words, found)
    for np in found:
        parts.extend(_parts(words, np, universal))
    parts = _tied(_grouped(parts))
    kinds = list(dict.fromkeys(p.kind for p in parts))
    regimes = list(dict.fromkeys(p.regime for p in parts))
    levels = list(dict.fromkeys(p.level for p in parts if p.level))
    collective = len(found) > 1 or any(np.determiner or np.plural for np in found)
    return Addressee(
        name,
        kinds[0] if len(kinds) == 1 else "mixed",
        regimes[0] if len(regimes) == 1 else "mixed",
        levels[0] if len(levels) == 1 else "",
        collective,
        any(p.role for p in parts),
        tuple(parts),
    )


def _universal(words: Words, found: list[Np]) -> bool:
    """«Các cấp ủy, tổ chức đảng»: a directive to the whole Party, not to one kind of committee."""
    return (
        found[0].determiner
        and len(found) > 1
        and all(np.kind in _PARTY_GENERIC and not np.level and not np.closed and not np.row["level"] for np in found)
    )


def _parts(words: Words, np: Np, universal: bool) -> list[Part]:
    """Parts of one conjunct: the bodies inside a role decide («người đứng đầu | cấp ủy»), else the head itself."""
    text = words.text[words.start(np.first) : words.end(np.last)]
    spoken = _spoken_level(words, np)
    level = "" if spoken == _OPEN else spoken or np.row.get("level", "")
    kind, regime = np.kind, np.row.get("regime", "")
    if universal:
        return [Part(text, "party-universal", "party", level)]
    if np.cls == "role":
        inner = _inner_body(words, np)
        if inner is None:
            return [Part(text, kind, "" if np.row["kind"] in ("head", "member") else regime, level, False, True)]
        return [Part(text, inner["kind"], inner["regime"], level or inner["level"], np.proper, True)]
    if np.cls == "head" and kind in ("agency", "organisation"):
        act = _act(words, np)
        if act:
            return [Part(text, act, _CASES[act], level)]
    if kind == "sector" and "tỉnh" in fold(text):
        kind, regime = "department", "state"
    if kind in ("department", "ministry", "board", "sector") and not np.proper and np.bare and np.determiner:
        regime = "state" if kind in ("department", "ministry") else regime
    return [Part(text, kind, regime, level, np.proper or np.cls == "name")]


def _spoken_level(words: Words, np: Np) -> str:
    """Level said by the name itself. «trực thuộc Trung ương» is one step below the centre, «trực thuộc Tỉnh ủy» leaves it open."""
    for i in range(np.first, np.last):
        link = words.hit(i, "link")
        if link and words.word(i) in ("trực", "thuộc"):
            return "province" if words.low[link[0] : link[0] + 2] == ["trung", "ương"] else _OPEN
    return level_of(words, np) or ("province" if np.last - np.first > 1 and words.low[np.last - 1] == "tỉnh" else "")


def _inner_body(words: Words, np: Np) -> Row | None:
    """The most telling body inside a role: «lãnh đạo cơ quan | ủy ban kiểm tra» is about the inspection committee."""
    best: Row | None = None
    i = np.first
    while i < np.last:
        hit = words.hit(i, "head", "name")
        if hit is None or hit[0] > np.last or words.hit(i, "role", "qualifier", "activity") not in (None, hit):
            longer = words.hit(i, "role", "qualifier", "activity", "determiner")
            i = longer[0] if longer else i + 1
            continue
        if best is None or (not best["regime"] and hit[1]["regime"]):
            best = hit[1]
        i = hit[0]
    return best


def _act(words: Words, np: Np) -> str:
    """Kind of authority by its field of work: «cơ quan | điều tra» → justice; mixed fields of inspection stay neutral."""
    for i in range(np.first, np.last):
        hit = words.hit(i, "activity", "qualifier")
        if hit and hit[0] <= np.last and hit[1]["members"] in _ACTS:
            act = _ACTS[hit[1]["members"]]
            if act == "inspectorate":
                return act if hit[1]["word"] == "thanh tra" else ""
            return act
    return ""


def _grouped(parts: list[Part]) -> list[Part]:
    """«các sở, ban, ngành», «các bộ, ngành»: the vague members are of the kind of the first."""
    lead = next((p for p in parts if p.kind in ("department", "ministry") and not p.proper), None)
    if lead is None:
        return parts
    return [Part(p.words, lead.kind, lead.regime, p.level) if p.kind in ("board", "sector") and not p.proper else p for p in parts]


def _tied(parts: list[Part]) -> list[Part]:
    """A role without a body takes the body of the role after it: «người đứng đầu, thành viên cấp ủy»; a list of Party bodies and
    neutral roles keeps the roles neutral (a head of an agency is meant too)."""
    out: list[Part] = []
    for n, part in enumerate(parts):
        after = parts[n + 1] if n == 0 and len(parts) > 1 else None
        if after and part.role and part.kind in ("head", "member") and not part.regime and after.role and after.regime == "party":
            part = Part(part.words, after.kind, "party", after.level, False, True)
        out.append(part)
    return out


# ---- applicability --------------------------------------------------------------------------------------------------
def applies(addressee: Addressee | str | Iterable[str], issuer: str, *, on: str | None = None) -> Applicability:
    """Whether a duty of ``addressee`` binds ``issuer`` (the child's issuer as its text names it), at the ISO date ``on``.

    Several names (a list of leads) bind if one of them does. No names at all: unsure.
    """
    if isinstance(addressee, Addressee):
        return _applies_one(addressee, issuer, on)
    names = [addressee] if isinstance(addressee, str) else list(addressee)
    if not names:
        return Applicability("unsure", "no_addressee", said("no_addressee"))
    found = [_applies_one(classify(name), issuer, on) for name in names]
    return _strongest(found)


def _strongest(found: list[Applicability]) -> Applicability:
    for verdict in ("applies", "unsure", "does_not"):
        for one in found:
            if one.verdict == verdict:
                return one
    return found[0]


def _applies_one(addressee: Addressee, issuer: str, on: str | None) -> Applicability:
    if addressee.kind == "unknown":
        return Applicability("unsure", "unknown", said("unknown_addressee", name=addressee.name))
    return _strongest([_part_applies(part, issuer, on, _told(part, addressee)) for part in addressee.members])


_BARE = 2
"""Syllables of a member that only runs on («UBND các xã, | phường»; «các sở, | ban, | ngành»)."""


def _told(part: Part, addressee: Addressee) -> str:
    """The words of a part as they are told to a reader, with the bare members that run on from them: «UBND các xã, phường»."""
    name, members = addressee.name, addressee.members
    start = name.find(part.words)
    end = start + len(part.words)
    for after in members[members.index(part) + 1 :]:
        at = name.find(after.words, end)
        if start < 0 or at < 0 or after.role or after.proper or len(after.words.split()) > _BARE:
            break
        end = at + len(after.words)
    return name[start:end] if start >= 0 else part.words


def _part_applies(part: Part, issuer: str, on: str | None, told: str) -> Applicability:
    if part.proper:
        named = _named(part, issuer, on)
        if named:
            return named
    code = issuer_code(issuer, on)
    for row in lexicon("applicability"):
        if fnmatchcase(part.code, row["addressee"]) and any(fnmatchcase(c, row["issuer"]) for c in code):
            return _from_row(row, part, issuer, code, told)
    return Applicability("unsure", "unknown", said("undecided"))


def _from_row(row: Row, part: Part, issuer: str, code: tuple[str, ...], told: str) -> Applicability:
    verdict = row["verdict"]
    reason = Said(row["reason"].replace(";", ","), row["reason_en"])
    if verdict == "same_level":
        own = code[0].rpartition(":")[2]
        verdict = "applies" if part.level in ("", own) else "unsure" if own == "any" else "does_not"
        if verdict == "applies":
            reason = Said("Cùng loại, cùng cấp với cơ quan ban hành", "Of the same kind and level as the issuer")
    result: Verdict = "applies" if verdict == "applies" else "does_not" if verdict == "does_not" else "unsure"
    small = Said(reason[0].lower() + reason[1:], reason.en[0].lower() + reason.en[1:])
    return Applicability(result, row["rule"], said("by_table", name=told, reason=small, issuer=issuer))


@lru_cache(maxsize=1024)
def issuer_code(issuer: str, on: str | None = None) -> tuple[str, ...]:
    """``regime:kind:level`` of an issuer, the most telling first; a second code with kind ``education`` for the school sector."""
    found = resolve(acting_for(issuer), on=on) or resolve(issuer, on=on)
    if found is None:
        return ("any:unknown:any",)
    level = found.level or "any"
    out = [f"{found.regime or 'any'}:{found.kind}:{level}"]
    if "giáo dục" in fold(issuer) and found.kind in ("department", "division", "ministry", "party-committee"):
        out.append(f"{found.regime}:education:{level}")
    return tuple(out)


def _named(part: Part, issuer: str, on: str | None) -> Applicability | None:
    """Identity of a named body with the issuer; None lets the table decide (a bare kind that happens to be capitalised)."""
    name = without_role(part.words) if part.role else part.words
    body, own = resolve(name, on=on, issuer=issuer), resolve(issuer, on=on)
    if part.role and body is None:
        body = resolve(" ".join(part.words.split()[1:]), on=on, issuer=issuer)
    core, mine = core_of(name), core_of(issuer)
    if plural_of(core, mine):
        return Applicability("applies", "each", said("includes", name=part.words, issuer=issuer))
    same = body and own and body.body and body.body == own.body and own.kind != "people-committee" and not elsewhere(core, mine)
    if core == mine or same:
        return Applicability("applies", "self", said("is_issuer", name=part.words))
    if len(core) < len(mine) and mine[: len(core)] == core and part.kind not in ("department", "ministry"):
        return Applicability("applies", "self", said("short_name", name=part.words))
    if core[: len(mine)] == mine and core[len(mine) : len(mine) + 1] == ("các",):
        return Applicability("applies", "each", said("includes", name=part.words, issuer=issuer))
    if mine and core[-len(mine) :] == mine and len(core) > len(mine):
        return Applicability("applies", "own_unit", said("belongs", name=part.words))
    if not may_own(core, mine):
        return Applicability("does_not", "other_body", said("not_of", name=part.words, issuer=issuer))
    if (body and own and part.level == "agency") or (body and body.how == "deictic"):
        return Applicability("applies", "own_unit", said("inner_unit", name=part.words))
    if body and own and _counterpart(part, body.level, own.regime, own.level):
        return Applicability("unsure", "counterpart", said("counterpart", name=part.words, issuer=issuer))
    government = part.kind in ("people-committee", "people-council", "place")
    unplaced = not has_place(part.words)
    if unplaced and ((government and part.level and own and own.level == part.level) or part.kind == "school"):
        return None
    return Applicability("does_not", "other_body", said("other_body", name=part.words, issuer=issuer))


def _counterpart(part: Part, level: str, own_regime: str, own_level: str) -> bool:
    """A superior's inspection committee, for a Party issuer that has its own."""
    return part.kind == "party-inspection" and own_regime == "party" and level not in ("", own_level) and level != "agency"


__all__ = ["Addressee", "Applicability", "Part", "applies", "classify", "issuer_code"]
