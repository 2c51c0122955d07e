"""Whose work a duty of the lower plan is: its issuer's own, or that of a body that it can only ask (đề nghị, kiến nghị, đề xuất).

A plan binds its issuer, the issuer's units and the bodies it commands. What it asks of a body above or beside it is not done by
being asked, so it carries no duty that the parent lays on the issuer itself.
"""

from __future__ import annotations

from functools import lru_cache

from extractors.addressee import applies, classify
from extractors.registry import resolve
from extractors.rulebook import rules
from pipeline.audit.terms import Item
from schemas.record import Duty, Record

_LEVELS = {"central": 0, "province": 1, "district": 2, "commune": 3}
_FEW = 256
"""Names of bodies of which an answer is kept: those of the plan at hand."""
_OWN = frozenset({"self", "own_unit", "each"})


def asks_outside(item: Item, record: Record) -> bool:
    """Whether all that a duty of ``record`` tells is asked of a body outside its issuer, or laid on one that stands above it."""
    issuer = record.document.issuer or ""
    asked = asked_of(item.duty)
    if asked:
        return not issuer or not _own(asked, issuer, record.document.issued_on)
    return bool(issuer and item.duty.lead) and all(_above(name, issuer, record.document.issued_on) for name in item.duty.lead)


def _asked(text: str) -> str | None:
    found = rules("audit").pattern("asks").match(text)
    return str(found["body"]) if found and classify(found["body"]).members else None


def asked_of(duty: Duty) -> str | None:
    """The words after «Đề nghị …» with which a duty opens, where they name a body; a heading or lead-in that asks counts too. Who is
    encouraged is not asked in place of the issuer: its encouraging is the work."""
    if duty.modality == "request" and duty.lead and not _asked(duty.text) and not rules("audit").pattern("encourages").match(duty.text):
        return "; ".join(duty.lead)
    return _asked(duty.text)


@lru_cache(maxsize=_FEW)
def _own(words: str, issuer: str, on: str | None) -> bool:
    first = classify(words).members[:1]
    return bool(first) and applies((first[0].words,), issuer, on=on).rule in _OWN


@lru_cache(maxsize=_FEW)
def _above(name: str, issuer: str, on: str | None) -> bool:
    """Whether a named body stands on a level above the issuer's."""
    body, own = resolve(name, on=on, issuer=issuer), resolve(issuer, on=on)
    if body is None or own is None or _own(name, issuer, on):
        return False
    ours, theirs = _LEVELS.get(own.level or ""), _LEVELS.get(body.level or "")
    return ours is not None and theirs is not None and theirs < ours
