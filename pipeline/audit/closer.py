"""A closer look at what would be covered: numbers, what was added so that less is owed, what was left out; and at bans that the child
answers with a permission.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import replace

from extractors.reasons import said
from extractors.unit_words import fold
from pipeline.audit.candidates import Chosen, Pair, permitted
from pipeline.audit.clauses import split_acts
from pipeline.audit.comparison import numbers_between
from pipeline.audit.finding import Finding, contrary_reason, listed, short
from pipeline.audit.matching import DutyMatch
from pipeline.audit.naming import quoted
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
            missing=_given_up(one, match, chosen, pair), slots=tuple(dict.fromkeys((*found.slots, *weak))),
        )  # fmt: skip
    lost = omitted(match, chosen, found.acts, pair)
    more = tuple((n, round(min(match.scores.get(n, 0.0), 1.0), 3)) for n in lost.further)
    if not lost.missing:
        return replace(found, evidence=(*found.evidence, *more)) if more else found
    return replace(
        found, verdict="partial", relation="narrower", confidence=0.65, rule="acts.omitted",
        reason=said("omitted", lacks=listed(lost.missing)), missing=lost.missing, evidence=(*found.evidence, *more),
    )  # fmt: skip


def _given_up(one: Slot, match: DutyMatch, chosen: Chosen, pair: Pair) -> tuple[str, ...]:
    """What the parent says in the place of the child's weakening or limiting words; where they are a mere addition, the whole act
    that is no longer owed as it stands above."""
    above, child = match.item.duty.text, one.child or ""
    below = next((t for n, _, _ in chosen if child in (t := pair.child.items[n].duty.text)), "")
    ours, theirs = list(_WORD.finditer(above)), list(_WORD.finditer(below))
    at = below.find(child)
    steps = difflib.SequenceMatcher(None, [fold(m.group()) for m in ours], [fold(m.group()) for m in theirs], autojunk=False).get_opcodes()
    if one.slot == "qualifier" and one.parent:
        return (one.parent,)
    for tag, a, b, c, d in steps if child else ():
        if tag != "replace" or theirs[c].start() >= at + len(child) or theirs[d - 1].end() <= at:
            continue
        start, end = ours[a].start(), ours[b - 1].end()
        weight = sum(t.weight for t in match.item.tokens if start <= t.start - match.item.duty.start < end and t.weight >= _COUNTS)
        if weight >= _SAYS and not re.search(r"[;.:]", above[start:end]):
            return (quoted(above, start, end),)
    have = set(_WORD.findall(fold(next((a.text for a in split_acts(below) if child in a.text), below))))
    acts = sorted(match.acts, key=lambda a: -len(have.intersection(_WORD.findall(fold(a.act.text)))))
    return (acts[0].act.text,)


_COUNTS, _SAYS = 0.3, 2.0
"""Least weight of a word that says something, and of words in whose place a weakening stands."""
_WORD = re.compile(r"[^\W_]+")


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
