"""Does a duty of the parent bind the issuer of the child, and does the child give it to the kind of addressee that was meant?

The table is data (``lexicons/applicability.csv``, read by ``extractors.addressee``); here the duty's own words are added: an
opening subject narrower than its heading, and discipline of Party organisations, which no State body can impose.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractors.addressee import Applicability, Part, applies, classify
from extractors.reasons import said
from extractors.rulebook import rules
from pipeline.audit.doing import recipients, reports
from pipeline.audit.terms import CACHED, says
from schemas.record import Document, Duty

_PERSONS = {"staff", "person"}
_OWN = {
    "party-inspection",
    "front",
    "mass-organisation",
    "press",
    "enterprise",
    "public",
    "court",
    "procuracy",
    "elected",
    "people-council",
}


@lru_cache(maxsize=256)
def _applies(names: tuple[str, ...], issuer: str, on: str | None) -> Applicability:
    return applies(names, issuer, on=on)


def applicability(duty: Duty, child: Document) -> Applicability:
    """Whether ``duty`` binds the issuer of ``child``; unsure where the child names no issuer."""
    if not child.issuer:
        return Applicability("unsure", "no_issuer", said("no_issuer"))
    names = duty.lead
    subject = _own_subject(duty)
    if subject:
        own = _applies((subject,), child.issuer, child.issued_on)
        if own.verdict == "does_not" and own.rule == "party_only":
            return own
    if child.regime not in (None, "party") and says("party_offender", duty.text):
        return Applicability("does_not", "party_discipline", said("party_discipline"))
    if reports(duty) and any(_applies((name,), child.issuer, child.issued_on).rule == "self" for name in recipients(duty)[:1]):
        return Applicability("does_not", "own_recipient", said("own_recipient", issuer=child.issuer))
    if not names:
        return Applicability("applies", "no_addressee", said("for_everyone"))
    return _or_supports(_applies(tuple(names), child.issuer, child.issued_on), duty, child)


def supporter(duty: Duty, child: Document) -> str | None:
    """The name under which ``duty`` has the issuer of ``child`` take part (phối hợp), without being given the duty itself."""
    if not child.issuer:
        return None
    return next((name for name in duty.support if _applies((name,), child.issuer, child.issued_on).verdict == "applies"), None)


def _or_supports(found: Applicability, duty: Duty, child: Document) -> Applicability:
    """A duty of others as it is told to the issuer that the same sentence names for support."""
    name = supporter(duty, child) if found.verdict == "does_not" else None
    if name is None:
        return found
    itself = _applies((name,), child.issuer or "", child.issued_on).rule == "self"
    words = said("supporter" if itself else "supporter_among", applies=found.words, issuer=child.issuer, name=name)
    return Applicability(found.verdict, found.rule, words)


def _own_subject(duty: Duty) -> str | None:
    """Subject that opens the sentence («Tổ chức đảng bị kỷ luật | phải …») where the addressee came from the heading."""
    return _subject_of(duty.text) if duty.lead_rule in ("", "lead.heading_for", "lead.heading_name") else None


@lru_cache(maxsize=CACHED)
def _subject_of(text: str) -> str | None:
    found = rules("audit").pattern("opening_subject").match(text)
    if found is None:
        return None
    subject = str(found.group("subject"))
    return subject if classify(subject).members else None


@dataclass(frozen=True, slots=True)
class AddresseeMatch:
    """``relation``: same, narrower (``missing`` names the addressees left out), other (none is met), unknown."""

    relation: str
    missing: tuple[str, ...] = ()


def _group(part: Part) -> str:
    if part.kind in ("team-head", "team-member", "member"):
        return part.kind
    if part.kind in _PERSONS:
        return "person"
    if part.kind in _OWN:
        return part.kind
    return "head" if part.role else "body"


def _met(group: str, groups: set[str]) -> bool:
    if group in groups:
        return True
    if group == "body" and "charged" in groups:
        return True
    bodies = groups - {"person", "team-head", "team-member", "member", "charged"}
    if group in ("body", "head"):
        return bool(bodies) or (group == "head" and "member" in groups)
    if group == "person":
        return bool(groups & {"team-head", "team-member", "member"})
    if group in ("team-member", "member"):
        return "person" in groups
    return False


def addressee_match(parent: tuple[str, ...], child: tuple[str, ...], issuer: str, on: str | None) -> AddresseeMatch:
    """Whether the child's addressees are of the kinds that the parent means.

    Bodies are met by any unit of the issuer, by its head and by the staff it charges with the work, not by its ordinary members; parts
    that do not bind the issuer (Party bodies before a State department) do not count."""
    return _addressee_match(parent, child, issuer, on)


def _led_by_party(name: str) -> tuple[Part, ...]:
    """The body that a Party organisation leads from within («Đảng ủy | Mặt trận Tổ quốc tỉnh»): what is given to the one is given
    to the other."""
    found = rules("audit").pattern("party_within").match(name)
    return classify(name[found.end() :]).members if found else ()


def _whole(part: Part, names: tuple[str, ...], met: list[Part]) -> str:
    """The name that a part comes from, where none of its parts is met: «các sở, ban, ngành», not three pieces of it."""
    for name in names:
        members = classify(name).members
        if part in members and not any(p in met for p in members):
            return name
    return part.words


@lru_cache(maxsize=CACHED)
def _addressee_match(parent: tuple[str, ...], child: tuple[str, ...], issuer: str, on: str | None) -> AddresseeMatch:
    groups = {_group(part) for name in child for part in (*classify(name).members, *_led_by_party(name))}
    if any(says("charged", name) for name in child):
        groups.add("charged")
    parts = [part for name in parent for part in classify(name).members]
    if not groups or not parts:
        return AddresseeMatch("unknown")
    bound = [p for p in parts if _applies((p.words,), issuer, on).verdict != "does_not"] or parts
    ordinary = groups <= {"person", "team-member", "charged"}
    compared = [p for p in bound if p.role or _group(p) != "body" or ordinary]
    met = [p for p in compared if _met(_group(p), groups)]
    missing = tuple(dict.fromkeys(_whole(p, parent, met) for p in compared if p not in met))
    if not missing:
        return AddresseeMatch("same")
    return AddresseeMatch("narrower" if met or len(compared) < len(bound) else "other", missing)
