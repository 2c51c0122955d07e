"""From candidates and slots to a verdict per act and per duty, with the sentence that a person can check.

The order is fixed: does the duty bind the issuer at all; is it taken over by reference or fulfilled by the plan itself; which acts
stand in the child; do the slots of what stands there agree. Only the two shares in ``Thresholds`` are tuned, and only on pairs
that are not then judged with them (``pipeline.audit.calibrate``).
"""

from __future__ import annotations

from dataclasses import replace

from extractors.addressee import Applicability
from extractors.reasons import said
from pipeline.audit.applicability import applicability
from pipeline.audit.candidates import (
    ActVerdict,
    Chosen,
    Pair,
    act_verdict,
    candidates_of,
    choose,
    counterpart,
    general_sanction,
    nearest,
    only_asked,
    other_matter,
    part_of,
    punishes,
    same_both_ways,
    why_lost,
)
from pipeline.audit.closer import answered_by_leave, checked
from pipeline.audit.comparison import VERBATIM, compare, late_for
from pipeline.audit.doing import answers_difficulties, reports_difficulties
from pipeline.audit.finding import Finding, Lost, contrary_reason, listed, short
from pipeline.audit.matching import NEAR, DutyMatch, best_share
from pipeline.audit.naming import left_out
from pipeline.audit.references import Reference, sent_on, taken_over
from pipeline.audit.terms import Item, says
from schemas.coverage import CoverageRelation, Slot, Verdict


def not_applicable(item: Item, applies: Applicability) -> Finding:
    """A duty that does not bind the issuer; nothing in the child is looked at."""
    return Finding(item, "not_applicable", None, 0.95, f"applicability.{applies.rule}", applies.words, applies)


def judge(match: DutyMatch, pair: Pair) -> Finding:
    """The verdict on one duty of the parent."""
    applies = applicability(match.item.duty, pair.child.record.document)
    if applies.verdict == "does_not":
        return not_applicable(match.item, applies)
    if applies.rule == "counterpart" and says("only_watches", match.item.duty.text):
        return replace(not_applicable(match.item, applies), confidence=0.8)
    reference = taken_over(match.item, pair.parent, pair.child, pair.references)
    direct = answered_by_leave(_direct(match, pair, applies), match, pair)
    if reference and not _said_outright(direct):
        if reference.state != "unclear":
            return _by_reference(match, reference, applies, pair)
        if direct.verdict in ("not_covered", "needs_review"):
            return _unclear_reference(direct, reference)
    if applies.rule == "party_universal" and not says("passed_on", match.item.duty.text):
        return Finding(match.item, "not_applicable", None, 0.8, f"applicability.{applies.rule}", applies.words, applies)
    found = direct.verdict not in ("not_covered", "needs_review") and direct.rule != "match.part"
    if applies.rule == "unknown" and direct.verdict == "not_covered":
        reason = said("not_taken_up", applies=applies.words)
        return replace(direct, verdict="needs_review", confidence=0.4, rule="applicability.unknown", reason=reason)
    if applies.verdict == "unsure" and not found and applies.rule in _SOFT:
        reason = said("not_taken_up", applies=applies.words)
        return Finding(match.item, "not_applicable", None, 0.7, f"applicability.{applies.rule}", reason, applies, lost=direct.lost)
    return direct


_SOFT = {"counterpart", "party_universal", "own_units", "public_units", "commanded", "people", "title", "school_owner"}
"""Unsure cases that bind the issuer only if its plan takes them up."""


def _said_outright(direct: Finding) -> bool:
    """Whether the child's own words decide before any reference: a copy of the duty, or something that goes against it."""
    return direct.verdict == "contradicted" or (direct.verdict == "covered" and min(a.share for a in direct.acts) >= VERBATIM)


def _unclear_reference(direct: Finding, found: Reference) -> Finding:
    """A reference that may mean this duty, to a place that the parent does not have: a person decides."""
    return replace(
        direct, verdict="needs_review", relation="overlaps", confidence=0.4, rule="reference.unclear",
        reason=said("unclear_reference", cited=found.citation.text), evidence=((found.number, 0.5),),
    )  # fmt: skip


def _by_reference(match: DutyMatch, found: Reference, applies: Applicability, pair: Pair) -> Finding:
    acts = tuple(ActVerdict(a, "reference", 1.0) for a in match.acts)
    evidence = ((found.number, 1.0),)
    if found.state == "own":
        base = Finding(match.item, "partial", "narrower", 0.65, "reference.narrowed", "", applies, evidence, acts)
        late = late_for(match.item.duty, (pair.child.items[found.number].duty,), pair)
        if late:
            reason = contrary_reason(late[0], rarer=late[1])
            return replace(base, verdict="contradicted", relation="overlaps", rule="slot.deadline", reason=reason, slots=late[:1])
        if found.weak:
            return replace(base, reason=said("narrowed", words=found.weak), missing=(found.weak,))
    reason = said("by_reference", cited=found.citation.text)
    if found.state == "list":
        reason = said("by_list", cited=found.citation.text)
    confidence = 0.95 if found.state == "own" else 0.75
    return Finding(
        match.item,
        "covered",
        "by_reference",
        confidence,
        "reference.provision",
        reason,
        applies,
        evidence,
        acts,
        provision=None if found.state == "own" else found.citation.text,
    )


def _direct(match: DutyMatch, pair: Pair, applies: Applicability) -> Finding:
    """Verdict from the child's own words."""
    candidates = candidates_of(match, pair)
    if reports_difficulties(match.item.duty):
        candidates = [c for c in candidates if answers_difficulties(match.item.duty, pair.child.items[c[0]].duty)]
    same = counterpart(match, candidates, pair)
    chosen = choose(match, candidates, pair) or general_sanction(match, candidates, pair) or same
    acts = _sent_with_plan(tuple(act_verdict(act, chosen, pair, rewritten=bool(same)) for act in match.acts), pair)
    planned = [a.state == "document" for a in acts]
    if all(planned) or (not chosen and any(planned)):
        return _by_document(match, acts, applies, pair)
    lost = tuple((n, s, why_lost(rel)) for n, s, rel in candidates if n not in {c[0] for c in chosen})[:NEAR]
    if not chosen:
        return _absent(match, candidates, acts, applies, lost, pair)
    return _present(match, candidates, chosen, acts, applies, lost, pair, rewritten=bool(same))


def _sent_with_plan(acts: tuple[ActVerdict, ...], pair: Pair) -> tuple[ActVerdict, ...]:
    """«…, gửi về Bộ trước ngày …» after a plan that the child itself is: done where the child names that body as a recipient."""
    out: list[ActVerdict] = []
    for act in acts:
        done = out and out[-1].state == "document" and sent_on(act.match.act.text, pair.child.record)
        out.append(replace(act, state="document", share=1.0) if done else act)
    return tuple(out)


def _absent(match: DutyMatch, candidates: Chosen, acts: tuple[ActVerdict, ...], applies: Applicability, lost: Lost, pair: Pair) -> Finding:
    best = candidates[0][1] if candidates else 0.0
    missing = tuple(a.match.act.text for a in acts if a.state != "document")
    asked = only_asked(match, pair)
    if asked is not None:
        reason = said("asked_only", passage=short(pair.child.items[asked].duty.text))
        return Finding(match.item, "not_covered", None, 0.6, "request.outside", reason, applies, (), acts, missing, (), lost)
    near = nearest(match, candidates, pair)
    if near:
        base = Finding(match.item, "needs_review", None, 0.0, "", "", applies, (), acts, missing, (), lost)
        return _near(base, match, near, missing, pair)
    reason = said("absent")
    confidence = round(min(0.95, 0.95 - best), 2)
    return Finding(match.item, "not_covered", None, confidence, "match.absent", reason, applies, (), acts, missing, (), lost)


def _near(base: Finding, match: DutyMatch, near: Chosen, missing: tuple[str, ...], pair: Pair) -> Finding:
    """Not found, yet something comes near: a part of the duty, another matter of the same topic, or for a person to decide. The
    passage is named in any case."""
    number, score, _ = near[0]
    text = pair.child.items[number].duty.text
    part = part_of(match, near, pair)
    if not part and other_matter(match, near, pair):
        reason = said("other_matter", passage=short(text))
        return replace(
            base, verdict="not_covered", relation=None, confidence=0.6, rule="match.other", reason=reason, evidence=(), missing=missing
        )
    found = replace(
        base,
        verdict="needs_review",
        relation="overlaps",
        confidence=round(min(score, 0.5), 2),
        rule="match.near",
        reason=said("near", passage=short(text)),
        evidence=((number, round(min(score, 1.0), 3)),),
        missing=missing,
        lost=tuple(one for one in base.lost if one[0] != number),
    )
    return _part(found, pair) if part else found


def _part(found: Finding, pair: Pair) -> Finding:
    """The same where what the child says is a part of the parent's duty."""
    missing = left_out(found, pair) or found.missing
    reason = said("part", lacks=listed(missing))
    confidence = max(found.confidence, 0.5)
    return replace(found, verdict="partial", relation="narrower", confidence=confidence, rule="match.part", reason=reason, missing=missing)


def _by_document(match: DutyMatch, acts: tuple[ActVerdict, ...], applies: Applicability, pair: Pair) -> Finding:
    missing = tuple(a.match.act.text for a in acts if a.state != "document")
    late = tuple(compare(match, [], acts, pair).contrary)
    verdict: Verdict = "contradicted" if late else "partial" if missing else "covered"
    reason = said("own_plan_lacks", lacks=short(missing[0])) if missing else said("own_plan")
    if late:
        reason = said("own_plan_late", day=late[0].child, due=late[0].parent)
    return Finding(match.item, verdict, "fulfilled_by_document", 0.85, "document.own_plan", reason, applies, (), acts, missing, late)


def _present(
    match: DutyMatch,
    candidates: Chosen,
    chosen: Chosen,
    acts: tuple[ActVerdict, ...],
    applies: Applicability,
    lost: Lost,
    pair: Pair,
    *,
    rewritten: bool,
) -> Finding:
    """Verdict where at least one duty of the child was found that could answer."""
    compared = compare(match, chosen, acts, pair)
    found, contrary = tuple(compared.slots), tuple(compared.contrary)
    held = any(a.state in ("full", "document") for a in acts)
    evidence = tuple((n, round(min(s, 1.0), 3)) for n, s, _ in chosen)
    base = Finding(
        match.item, "covered", None, 0.0, "", "", applies, evidence, acts, (), found, lost,
        earlier=compared.earlier, addressee=compared.addressee,
    )  # fmt: skip
    firm = rewritten or evidence[0][1] >= FIRM
    if contrary and firm and (held or any(a.state in ("open", "close") for a in acts)):
        one = contrary[0]
        reason = contrary_reason(one, rarer=one in compared.rarer)
        return replace(base, verdict="contradicted", relation="overlaps", confidence=0.85, rule=f"slot.{one.slot}", reason=reason)
    said_of_all = all(a.state == "full" or (a.state == "open" and (a.share >= HEARD or len(acts) == 1)) for a in acts)
    whole = said_of_all and all(s.agrees for s in found)
    if whole and same_both_ways(match, candidates, pair):
        return checked(_covered(base, match, chosen, pair), match, chosen, pair)
    considered = [*chosen, *(c for c in candidates if c not in chosen)]
    if not held:
        return _sanctioned(base, pair) or _weak(base, match, considered, pair)
    if not _substantial(acts) and evidence[0][1] < pair.limits.found:
        lacks = tuple(a.match.act.text for a in acts)
        near = nearest(match, considered, pair)
        if near:
            return _near(base, match, near, lacks, pair)
        reason = said("minor")
        return replace(base, verdict="not_covered", evidence=(), confidence=0.7, rule="acts.minor", reason=reason, missing=lacks)
    partial = _partial(base, contrary)
    if partial is not None:
        return partial
    unheard = _beside_a_copy(base)
    if unheard is not None:
        return unheard
    if not contrary and (rewritten or _carried(acts) >= CARRIED):
        return checked(_covered(base, match, chosen, pair), match, chosen, pair)
    reason = said("thin")
    return replace(base, verdict="needs_review", relation="overlaps", confidence=0.5, rule="acts.thin", reason=reason)


HEARD = 0.4
"""Least share of an act among several for the rewriting of the whole duty to hold it too."""
COPIED = 0.85
"""Least share of an act that stands in the evidence word for word, or nearly."""
FIRM = 0.45
"""Least share of the whole duty in the evidence for a slot to speak against the parent."""
CARRIED = 0.6
"""Least share of the whole duty for «covered»; below it only the one duty that stands out as its rewriting will do."""
MAIN = 0.35
"""Share of a duty's weight from which acts found without its first one still answer it in part."""


def _carried(acts: tuple[ActVerdict, ...]) -> float:
    total = sum(a.match.weight for a in acts) or 1.0
    return sum(a.match.weight * a.share for a in acts) / total


def _substantial(acts: tuple[ActVerdict, ...]) -> bool:
    """Whether what was found is more than a tail («… báo cáo kết quả») that many duties share."""
    if acts[0].state != "missing" or any(a.state == "document" for a in acts):
        return True
    total = sum(a.match.weight for a in acts) or 1.0
    return sum(a.match.weight for a in acts if a.state in ("full", "open", "close")) / total >= MAIN


def _partial(base: Finding, contrary: tuple[Slot, ...]) -> Finding | None:
    """The same finding as partial where an act, an addressee, a date or a number is left out; None where nothing is."""
    missing = tuple(a.match.act.text for a in base.acts if a.state == "missing")
    lacks = missing + tuple(a.match.act.text for a in base.acts if a.state == "open")
    gaps = tuple(s for s in base.slots if s.slot in ("deadline", "number") and not s.agrees and s not in contrary)
    what = tuple(s.parent or "" for s in gaps)
    part = replace(base, verdict="partial", relation="narrower", missing=lacks + tuple(w for w in what if not any(w in a for a in lacks)))
    if lacks:
        reason = said("lacks", lacks=short(lacks[0]))
        return replace(part, confidence=0.7 if missing else 0.6, rule="acts.missing", reason=reason)
    addressee = next((s.parent for s in base.slots if s.slot == "addressee" and not s.agrees), None)
    if addressee:
        reason = said("not_given_to", name=addressee)
        return replace(part, confidence=0.7, rule="addressee.narrower", reason=reason, missing=tuple(addressee.split("; ")))
    if gaps:
        return replace(part, confidence=0.65, rule=f"slot.{gaps[0].slot}", reason=said("not_stated", slot=what[0]), missing=what)
    return None


def _beside_a_copy(base: Finding) -> Finding | None:
    """Where one act is copied, another that is only near the words of the evidence is not rewritten but left out."""
    unheard = tuple(a.match.act.text for a in base.acts if a.state == "close" and a.share < HEARD)
    if not unheard or not any(a.share >= COPIED for a in base.acts):
        return None
    reason = said("lacks", lacks=short(unheard[0]))
    return replace(base, verdict="partial", relation="narrower", missing=unheard, confidence=0.6, rule="acts.missing", reason=reason)


def _covered(base: Finding, match: DutyMatch, chosen: Chosen, pair: Pair) -> Finding:
    relation = "narrower" if any(s.slot == "qualifier" for s in base.slots) else _relation(match, chosen, pair)
    worst = min(a.share for a in base.acts)
    reason = said("all")
    return replace(base, relation=relation, confidence=round(min(0.98, 0.6 + 0.4 * worst), 2), rule="acts.all", reason=reason)


def _sanctioned(base: Finding, pair: Pair) -> Finding | None:
    """A general sanction answers a particular one in part: who is punished or how is left out."""
    keys: set[str | None] = {c.key for c in base.item.citations if c.key and c.form != "self"}
    general = [e for e in base.evidence if punishes(pair.child.items[e[0]], keys)]
    if base.item.duty.modality != "sanction" or not general:
        return None
    lacks = tuple(a.match.act.text for a in base.acts)
    reason = said("general_sanction")
    evidence = (*general, *(e for e in base.evidence if e not in general))
    return replace(
        base,
        verdict="partial",
        relation="narrower",
        confidence=0.6,
        rule="sanction.general",
        reason=reason,
        missing=lacks,
        evidence=evidence,
    )


def _weak(base: Finding, match: DutyMatch, considered: Chosen, pair: Pair) -> Finding:
    """No act stands whole in what was found: a person decides, or it is a gap."""
    lacks = tuple(a.match.act.text for a in base.acts)
    best = max(a.share for a in base.acts)
    other = next((s for s in base.slots if s.slot == "addressee" and not s.agrees), None)
    if other and base.addressee == "other" and any(a.state == "open" for a in base.acts):
        reason = said("given_to_others", name=other.parent)
        return replace(base, verdict="not_covered", evidence=(), confidence=0.6, rule="addressee.other", reason=reason, missing=lacks)
    if any(a.state == "close" for a in base.acts) and not any(a.state == "open" for a in base.acts):
        lacks = left_out(base, pair) or lacks
        reason = said("rewritten", lacks=listed(lacks))
        return replace(base, verdict="partial", relation="narrower", confidence=0.5, rule="acts.rewritten", reason=reason, missing=lacks)
    near = nearest(match, considered, pair)
    if any(a.state == "open" for a in base.acts):
        if part_of(match, near, pair):
            return _part(base, pair)
        reason = said("open")
        return replace(
            base, verdict="needs_review", relation="overlaps", confidence=round(best, 2), rule="acts.open", reason=reason, missing=lacks
        )
    if near:
        return _near(base, match, near, lacks, pair)
    reason = said("few_words")
    return replace(
        base, verdict="not_covered", evidence=(), confidence=round(0.9 - best, 2), rule="acts.none", reason=reason, missing=lacks
    )


def _relation(match: DutyMatch, chosen: Chosen, pair: Pair) -> CoverageRelation:
    """equal; broader, where the child says much more than the parent; overlaps, where it says it in other words."""
    numbers = tuple(c[0] for c in chosen)
    ours = sum(a.weight for a in match.acts)
    held = sum(a.weight * best_share(a, numbers, pair.child) for a in match.acts)
    if not ours or held / ours < 0.9:
        return "overlaps"
    size = sum(match.item.terms.values())
    return "equal" if sum(sum(pair.child.items[n].terms.values()) for n in numbers) <= 1.6 * size else "broader"
