"""A closer look at what would be covered: numbers, what was added so that less is owed, what was left out; and at bans that the child
answers with a permission.
"""

from __future__ import annotations

from dataclasses import replace

from extractors.reasons import said
from pipeline.audit.candidates import Chosen, Pair, permitted
from pipeline.audit.comparison import numbers_between
from pipeline.audit.finding import Finding, contrary_reason, listed, short
from pipeline.audit.matching import DutyMatch
from pipeline.audit.omissions import omitted
from pipeline.audit.weakening import weakened
from schemas.coverage import Slot


def checked(found: Finding, match: DutyMatch, chosen: Chosen, pair: Pair) -> Finding:
    """A covered duty as partial where the child adds what makes less owed, or leaves something out inside an act."""
    apart = numbers_between(match, [n for n, _, _ in chosen], pair)
    if apart:
        one = apart[0]
        slots = tuple(dict.fromkeys((*found.slots, *apart)))
        if one.child is not None:
            reason = contrary_reason(one)
            return replace(
                found, verdict="contradicted", relation="overlaps", confidence=0.75, rule="slot.number", reason=reason, slots=slots
            )
        reason = said("not_stated", slot=one.parent)
        return replace(
            found, verdict="partial", relation="narrower", confidence=0.6, rule="slot.number", reason=reason, missing=(one.parent or "",),
            slots=slots,
        )  # fmt: skip
    weak = weakened(match.item, [pair.child.items[n] for n, _, _ in chosen])
    if weak:
        one = weak[0]
        key = "weaker" if one.slot == "modality" else "narrowed"
        return replace(
            found, verdict="partial", relation="narrower", confidence=0.65, rule=f"slot.{one.slot}", reason=said(key, words=one.child),
            missing=(one.child or "",), slots=tuple(dict.fromkeys((*found.slots, *weak))),
        )  # fmt: skip
    lost = omitted(match, chosen, found.acts, pair)
    more = tuple((n, round(min(match.scores.get(n, 0.0), 1.0), 3)) for n in lost.further)
    if not lost.missing:
        return replace(found, evidence=(*found.evidence, *more)) if more else found
    return replace(
        found, verdict="partial", relation="narrower", confidence=0.65, rule="acts.omitted",
        reason=said("omitted", lacks=listed(lost.missing)), missing=lost.missing, evidence=(*found.evidence, *more),
    )  # fmt: skip


def answered_by_leave(found: Finding, match: DutyMatch, pair: Pair) -> Finding:
    """A ban that the child answers with a permission: named, where it would pass for a mere gap or for an answer."""
    number = permitted(match, pair) if found.verdict != "contradicted" else None
    if number is None or (found.verdict == "covered" and number not in {n for n, _ in found.evidence}):
        return found
    words = pair.child.items[number].duty.text
    slot = Slot(slot="polarity", parent=match.item.duty.text, child=words, agrees=False)
    apart = any(s.child is not None for s in numbers_between(match, (number,), pair))
    reason = said("permitted", passage=short(words))
    return replace(
        found, verdict="contradicted" if apart else "needs_review", relation="overlaps", confidence=0.6 if apart else 0.5,
        rule="slot.permission", reason=reason, evidence=((number, round(min(match.scores.get(number, 0.0), 1.0), 3)),),
        missing=found.missing or (match.item.duty.text,), slots=tuple(dict.fromkeys((*found.slots, slot))),
        lost=tuple(one for one in found.lost if one[0] != number),
    )  # fmt: skip
