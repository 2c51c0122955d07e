"""Checks of bodies (cơ quan): names that break, orders out of reach, addressees who do not get the plan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extractors.checks import Check, finding
from extractors.keys import fold
from extractors.plan import Plan
from extractors.registry import Match, resolve, spell_out
from extractors.rulebook import rules, word_class
from schemas.record import Duty, Finding, Unit

_RANK = {"central": 0, "province": 1, "district": 2, "commune": 3, "school": 4, "agency": 4}
_BESIDE = frozenset({"front", "mass-organisation", "court", "procuracy", "party-committee"})
"""Kinds that no State body commands; it asks them (đề nghị)."""
_BESIDE_WHY = "không thuộc hệ thống hành chính, không do quyền chỉ đạo của"
_PEERS = frozenset({"department", "people-committee", "people-council", "police", "military"})
_GENERIC = frozenset(map(fold, word_class("unit_grammar", "generic")))
_INSIDE = frozenset({
    "collective", "agency", "role", "person", "team", "steering-committee", "division", "office", "party-office", "agency-unit",
    "party-committee", "party-cell", "party",
})  # fmt: skip
"""Kinds too general to miss, and the issuer's own rooms, which "Các phòng, đơn vị" or the clerk's copy serves."""


def name_malformed(plan: Plan) -> Iterator[Finding]:
    """ORG-NAME-MALFORMED: a comma inside a fixed name."""
    for found in rules("checks").pattern("split_name").finditer(plan.text):
        good = found.group().replace(",", "")
        message = f"“{found.group()}”: dấu phẩy tách đôi tên cơ quan. Viết “{good}”."
        yield finding(plan, "ORG-NAME-MALFORMED", found.start(), found.end(), message)


def out_of_reach(plan: Plan) -> Iterator[Finding]:
    """AUTH-OUT-OF-REACH: a State body orders one above it, beside it or outside the State; each body once.

    Party committees lead every body of their level, so only bodies of a higher level are out of their reach."""
    issuer = plan.document.issuer
    own = resolve(issuer, on=plan.document.issued_on) if issuer else None
    if own is None or issuer is None:
        return
    units, seen = {u.id: u for u in plan.units}, set()
    for duty in plan.duties:
        if duty.modality != "obligation" or not _orders(duty):
            continue
        for role in duty.roles:
            if role.role != "lead" or role.name in seen or role.unit not in units:
                continue
            found = resolve(role.name, on=plan.document.issued_on, issuer=issuer)
            if found and found.body and found.how == "name" and (why := _beyond(own, found, role.name)):
                seen.add(role.name)
                unit = units[role.unit]
                message = f"“{role.name}” {why} {issuer}. Dùng “đề nghị” hoặc “phối hợp” thay cho giao việc."
                yield finding(plan, "AUTH-OUT-OF-REACH", unit.start, unit.end, message, confidence=0.7)


def _orders(duty: Duty) -> bool:
    return duty.lead_rule != "lead.support" and not rules("checks").pattern("asks").search(duty.text, 0, 80)


def _own_members(own: Match, other: Match, name: str) -> bool:
    """Union, Đoàn, Đội, Hội of the issuer itself: named without a level or place by a school, an agency, a hospital. People's
    Committees and Councils have them beside, not inside, but for the union of the office."""
    if other.kind != "mass-organisation" or own.regime != "state" or name.lower().startswith(("các ", "những ", "tổ chức ")):
        return False
    if own.kind in ("people-committee", "people-council"):
        return other.level == "agency"
    return not rules("checks").pattern("placed").search(name)


def _beyond(own: Match, other: Match, name: str) -> str | None:
    """Why the issuer does not command a body; None where it may."""
    same = fold(own.name) == fold(other.name) or own.body == other.body
    if same or own.regime not in ("state", "party") or _own_members(own, other, name):
        return None
    low, high = _RANK.get(own.level), _RANK.get(other.level)
    if own.regime == "state" and other.kind == "mass-organisation":
        return _BESIDE_WHY
    if low is not None and high is not None and high < low and (own.regime == "state" or other.regime == "party"):
        return "là cấp trên, không thuộc quyền chỉ đạo của"
    if own.regime == "party" or own.kind == other.kind in ("court", "procuracy"):  # each commands the lower ones of its own
        return None
    if other.kind in _BESIDE:
        return _BESIDE_WHY
    if own.kind == "department" and other.kind in _PEERS and high is not None and low is not None:
        return "ngang cấp hoặc không trực thuộc, không do quyền chỉ đạo của"
    return None


@cache
def _content(name: str) -> frozenset[str]:
    """Folded words that tell one body from another."""
    return frozenset(w for w in re.findall(r"\w+", fold(spell_out(name))) if w not in _GENERIC)


def not_recipient(plan: Plan) -> Iterator[Finding]:
    """ORG-NOT-RECIPIENT, once: outside bodies that must act but are neither named in "Nơi nhận" nor in a group named there."""
    recipients = plan.document.recipients
    if not recipients or any(rules("checks").pattern("everyone").search(r) for r in recipients):
        return
    issuer, on = plan.document.issuer, plan.document.issued_on
    own = resolve(issuer, on=on) if issuer else None
    groups = {m.kind for r in recipients if re.search(r"\bcác\b|,", r, re.I) and (m := resolve(r, on=on, issuer=issuer))}
    groups |= {"department"} if any(rules("checks").pattern("all_departments").search(r) for r in recipients) else set()
    units: dict[str, Unit] = {u.id: u for u in plan.units}
    missing: dict[str, Unit] = {}
    for duty in plan.duties:
        for role in duty.roles:
            found = resolve(role.name, on=on, issuer=issuer) if role.role == "lead" and role.unit in units else None
            if found is None or role.unit is None or found.kind in _INSIDE or found.kind in groups or found.how == "deictic":
                continue
            if own and _is_own(own, found, role.name):
                continue
            if not _is_named(role.name, recipients) and fold(role.name) not in fold(issuer or ""):
                missing.setdefault(role.name, units[role.unit])
    if missing:
        first = next(iter(missing.values()))
        names = "; ".join(list(missing)[:8]) + ("; …" if len(missing) > 8 else "")
        message = f"Được giao việc nhưng không có trong Nơi nhận ({len(missing)}): {names}. Bổ sung nơi nhận."
        yield finding(plan, "ORG-NOT-RECIPIENT", first.start, first.end, message, confidence=0.7)


def _is_own(own: Match, other: Match, name: str) -> bool:
    """The issuer itself in other words, or an organisation or board inside it («Ban Giám hiệu», «Công đoàn» of a school)."""
    itself = own.kind == other.kind and _content(name) <= _content(own.name) and bool(_content(name))
    inside = own.level == "school" and other.level == "school" and other.kind != "school"
    return itself or inside or _own_members(own, other, name)


def _is_named(name: str, recipients: tuple[str, ...]) -> bool:
    mine = _content(name)
    return not mine or any(len(mine & _content(r)) >= 0.6 * len(mine) for r in recipients)


CHECKS: tuple[Check, ...] = (name_malformed, out_of_reach, not_recipient)
