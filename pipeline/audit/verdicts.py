"""From candidates and slots to a verdict per act and per duty, with the sentence that a person can check.

The order is fixed: does the duty bind the issuer at all; is it taken over by reference or fulfilled by the plan itself; which acts
stand in the child; do the slots of what stands there agree. Only the two shares in ``Thresholds`` are tuned, and only on pairs
that are not then judged with them (``pipeline.audit.calibrate``).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from extractors.addressee import Applicability
from extractors.rulebook import rules
from pipeline.audit import slots as slot
from pipeline.audit import timing
from pipeline.audit.applicability import AddresseeMatch, addressee_match, applicability
from pipeline.audit.matching import NEAR, ActMatch, DutyMatch, Side, best_share
from pipeline.audit.references import Reference, forbids, own_plan, taken_over
from pipeline.audit.terms import Item
from schemas.coverage import CoverageRelation, Slot, Verdict
from schemas.record import Citation, Duty


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of an act's weight: from ``full`` on it stands in the child, below ``low`` it does not, between a person decides.
    ``found`` is the least share of a duty that makes one duty of the child an answer to it at all."""

    full: float = 0.55
    low: float = 0.38
    found: float = 0.30


@dataclass(frozen=True, slots=True)
class ActVerdict:
    """One act: ``state`` is full, open (a person decides), missing, document or reference."""

    match: ActMatch
    state: str
    share: float


@dataclass(frozen=True)
class Finding:
    """Everything decided about one duty, before it becomes a row."""

    item: Item
    verdict: Verdict
    relation: CoverageRelation | None
    confidence: float
    rule: str
    reason: str
    applies: Applicability
    evidence: tuple[tuple[int, float], ...] = ()
    acts: tuple[ActVerdict, ...] = ()
    missing: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    lost: tuple[tuple[int, float, str], ...] = field(default=())


@dataclass(frozen=True)
class Pair:
    """What every duty of one pair is judged with."""

    parent: Side
    child: Side
    references: tuple[tuple[int, Citation], ...]
    limits: Thresholds

    @property
    def issuer(self) -> str:
        return self.child.record.document.issuer or ""


Chosen = list[tuple[int, float, AddresseeMatch]]
Lost = tuple[tuple[int, float, str], ...]


def judge(match: DutyMatch, pair: Pair) -> Finding:
    """The verdict on one duty of the parent."""
    applies = applicability(match.item.duty, pair.child.record.document)
    if applies.verdict == "does_not":
        return Finding(match.item, "not_applicable", None, 0.95, f"applicability.{applies.rule}", applies.words, applies)
    reference = taken_over(match.item, pair.parent, pair.references)
    direct = _direct(match, pair, applies)
    if reference and not (direct.verdict == "covered" and min(a.share for a in direct.acts) >= _VERBATIM):
        return _by_reference(match, reference, applies)
    if applies.rule == "party_universal" and not rules("audit").pattern("passed_on").search(match.item.duty.text):
        return Finding(match.item, "not_applicable", None, 0.8, f"applicability.{applies.rule}", applies.words, applies)
    if applies.verdict == "unsure" and direct.verdict in ("not_covered", "needs_review") and applies.rule in _SOFT:
        reason = f"{applies.words} Kế hoạch con không có nội dung tương ứng."
        return Finding(match.item, "not_applicable", None, 0.7, f"applicability.{applies.rule}", reason, applies, lost=direct.lost)
    return direct


_VERBATIM = 0.8
"""From this share on an act is a copy: a direct match then goes before a reference, and its polarity can be compared."""
_SOFT = {"counterpart", "party_universal", "own_units", "public_units", "commanded", "people", "title", "unknown", "school_owner"}
"""Unsure cases that bind the issuer only if its plan takes them up."""


def _by_reference(match: DutyMatch, found: Reference, applies: Applicability) -> Finding:
    acts = tuple(ActVerdict(a, "reference", 1.0) for a in match.acts)
    reason = f"Kế hoạch con dẫn chiếu “{found.citation.text}”, điều khoản chứa nội dung này."
    if not found.certain:
        reason = f"Kế hoạch con cấm bằng cách dẫn chiếu “{found.citation.text}”; cần mở điều khoản đó để đối chiếu danh mục."
    confidence = 0.95 if found.certain else 0.75
    return Finding(match.item, "covered", "by_reference", confidence, "reference.provision", reason, applies, ((found.number, 1.0),), acts)


_ADDRESSEE = {"same": 1.0, "unknown": 1.0, "narrower": 0.88, "other": 0.7}
"""What a duty of the child is worth as an answer if it is given to fewer, or to other, addressees than the parent means."""


def _candidates(match: DutyMatch, pair: Pair) -> Chosen:
    """Duties of the child that could answer, best first; the wrong kind of addressee and the wrong force lose ground."""
    duty = match.item.duty
    wanted = {n for n, _ in match.ranked[: 2 * NEAR]} | {n for act in match.acts for n, _ in act.best[:NEAR]}
    if duty.modality == "sanction":
        wanted = {n for n, _ in match.ranked}
    scores = dict(match.ranked)
    out: Chosen = []
    for number in sorted(wanted):
        other = pair.child.items[number].duty
        relation = addressee_match(duty.lead, other.lead, pair.issuer, pair.child.record.document.issued_on)
        score = scores[number] * _ADDRESSEE[relation.relation]
        if not _same_force(duty, other):
            continue
        out.append((number, score, relation))
    return sorted(out, key=lambda c: (-c[1], c[0]))


def _same_force(duty: Duty, other: Duty) -> bool:
    """A sanction is answered by a sanction and a ground of exemption by a ground of exemption, never by an ordinary duty."""
    if duty.modality != "sanction":
        return True
    exempts = rules("audit").pattern("exempts")
    if exempts.search(duty.lead_in or "") or exempts.search(duty.text):
        return exempts.search(other.lead_in or "") is not None or exempts.search(other.text) is not None
    return other.modality == "sanction" or rules("audit").pattern("sanctions").search(other.text) is not None


def _direct(match: DutyMatch, pair: Pair, applies: Applicability) -> Finding:
    """Verdict from the child's own words."""
    candidates = _candidates(match, pair)
    chosen = _choose(match, candidates, pair) or _general_sanction(match, candidates, pair)
    acts = tuple(_act_verdict(act, chosen, pair) for act in match.acts)
    if not chosen and any(a.state == "document" for a in acts):
        return _by_document(match, acts, applies, pair)
    lost = tuple((n, s, _why_lost(rel)) for n, s, rel in candidates if n not in {c[0] for c in chosen})[:NEAR]
    if not chosen:
        return _absent(match, candidates, acts, applies, lost, pair)
    return _present(match, chosen, acts, applies, lost, pair)


def _choose(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """The best duty, and others that bring acts the chosen ones lack."""
    if not candidates or candidates[0][1] < pair.limits.found:
        strong = [c for c in candidates if any(_share(act, c[0]) >= pair.limits.full for act in match.acts)]
        if not strong:
            return []
        candidates = strong + [c for c in candidates if c not in strong]
    chosen = [candidates[0]]
    for candidate in candidates[1:]:
        have = tuple(c[0] for c in chosen)
        for act in match.acts:
            before, alone = best_share(act, have, pair.child), _share(act, candidate[0])
            if (
                before < pair.limits.full
                and alone >= 0.6 * pair.limits.full
                and best_share(act, (*have, candidate[0]), pair.child) >= before + 0.15
            ):
                chosen.append(candidate)
                break
        if len(chosen) == NEAR:
            break
    return chosen


def _share(act: ActMatch, number: int) -> float:
    return next((share for n, share in act.best if n == number), 0.0)


def _act_verdict(act: ActMatch, chosen: Chosen, pair: Pair) -> ActVerdict:
    if own_plan(act.act.text, pair.child.record):
        return ActVerdict(act, "document", 1.0)
    share = best_share(act, tuple(c[0] for c in chosen), pair.child) if chosen else 0.0
    if share >= pair.limits.full:
        return ActVerdict(act, "full" if _has_head(act, chosen, pair) else "open", share)
    return ActVerdict(act, "open" if share >= pair.limits.low else "missing", share)


def _has_head(act: ActMatch, chosen: Chosen, pair: Pair) -> bool:
    """Whether the verb or the object that opens the act stands in the evidence."""
    return not act.heads or any(head in pair.child.items[c[0]].terms for c in chosen for head in act.heads)


def _why_lost(relation: AddresseeMatch) -> str:
    if relation.relation == "other":
        return "giao cho đối tượng khác"
    return "ít nội dung chung hơn đoạn được chọn"


def _absent(match: DutyMatch, candidates: Chosen, acts: tuple[ActVerdict, ...], applies: Applicability, lost: Lost, pair: Pair) -> Finding:
    best = candidates[0][1] if candidates else 0.0
    missing = tuple(a.match.act.text for a in acts if a.state != "document")
    reason = "Không đoạn nào trong phần nhiệm vụ của kế hoạch con mang nội dung này."
    confidence = round(min(0.95, 0.95 - best), 2)
    return Finding(match.item, "not_covered", None, confidence, "match.absent", reason, applies, (), acts, missing, (), lost)


def _by_document(match: DutyMatch, acts: tuple[ActVerdict, ...], applies: Applicability, pair: Pair) -> Finding:
    missing = tuple(a.match.act.text for a in acts if a.state != "document")
    late = _issued_late(match, pair)
    verdict: Verdict = "contradicted" if late else "partial" if missing else "covered"
    reason = "Nhiệm vụ ban hành kế hoạch được hoàn thành bằng chính kế hoạch con."
    if missing:
        reason += f" Còn thiếu: {missing[0]}."
    if late:
        reason = f"Kế hoạch con ban hành muộn hơn hạn “{late.parent}”."
    return Finding(
        match.item, verdict, "fulfilled_by_document", 0.85, "document.own_plan", reason, applies, (), acts, missing, (late,) if late else ()
    )


def _issued_late(match: DutyMatch, pair: Pair) -> Slot | None:
    issued = pair.child.record.document.issued_on
    for deadline in timing.of_duty(match.item.duty, pair.parent.record):
        due = timing.due_of(deadline, pair.parent.record)
        if issued and due and issued > due.isoformat():
            return Slot(slot="deadline", parent=deadline.text, child=issued, agrees=False)
    return None


def _present(match: DutyMatch, chosen: Chosen, acts: tuple[ActVerdict, ...], applies: Applicability, lost: Lost, pair: Pair) -> Finding:
    """Verdict where at least one duty of the child was found that could answer."""
    found, contrary = _slots(match, chosen, acts, pair)
    held = any(a.state in ("full", "document") for a in acts)
    base = Finding(
        match.item, "covered", None, 0.0, "", "", applies, tuple((n, round(min(s, 1.0), 3)) for n, s, _ in chosen), acts, (), found, lost
    )
    if contrary and held:
        one = contrary[0]
        return replace(
            base, verdict="contradicted", relation="overlaps", confidence=0.85, rule=f"slot.{one.slot}", reason=_contrary_reason(one)
        )
    if not held:
        return _sanctioned(base, pair) or _weak(base)
    return _partial(base, contrary) or _covered(base, match, chosen, pair)


def _partial(base: Finding, contrary: tuple[Slot, ...]) -> Finding | None:
    """The same finding as partial where an act, an addressee, a date or a number is left out; None where nothing is."""
    missing = tuple(a.match.act.text for a in base.acts if a.state == "missing")
    lacks = missing + tuple(a.match.act.text for a in base.acts if a.state == "open")
    part = replace(base, verdict="partial", relation="narrower", missing=lacks)
    if lacks:
        reason = f"Kế hoạch con chưa có: {_short(lacks[0])}."
        return replace(part, confidence=0.7 if missing else 0.6, rule="acts.missing", reason=reason)
    addressee = next((s.parent for s in base.slots if s.slot == "addressee" and not s.agrees), None)
    if addressee:
        reason = f"Kế hoạch con không giao cho: {addressee}."
        return replace(part, confidence=0.7, rule="addressee.narrower", reason=reason, missing=tuple(addressee.split("; ")))
    gaps = tuple(s for s in base.slots if s.slot in ("deadline", "number") and not s.agrees and s not in contrary)
    if gaps:
        what = tuple(s.parent or "" for s in gaps)
        return replace(part, confidence=0.65, rule=f"slot.{gaps[0].slot}", reason=f"Kế hoạch con không nêu “{what[0]}”.", missing=what)
    return None


def _covered(base: Finding, match: DutyMatch, chosen: Chosen, pair: Pair) -> Finding:
    relation = "narrower" if any(s.slot == "qualifier" for s in base.slots) else _relation(match, chosen, pair)
    worst = min(a.share for a in base.acts)
    reason = "Mọi vế của nhiệm vụ đều có trong kế hoạch con."
    return replace(base, relation=relation, confidence=round(min(0.98, 0.6 + 0.4 * worst), 2), rule="acts.all", reason=reason)


def _punishes(item: Item, keys: set[str | None]) -> bool:
    """Whether a duty orders breaches of one of these documents to be punished."""
    patterns = rules("audit")
    text = item.duty.text
    return bool(
        {c.key for c in item.citations} & keys and patterns.pattern("sanctions").search(text) and patterns.pattern("breach").search(text)
    )


def _general_sanction(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """The child's general order to punish breaches of the very document whose breach the parent's sanction names."""
    keys: set[str | None] = {c.key for c in match.item.citations if c.key and c.form != "self"}
    if match.item.duty.modality != "sanction" or not rules("audit").pattern("breach").search(match.item.duty.text):
        return []
    return [c for c in candidates if _punishes(pair.child.items[c[0]], keys)][:1]


def _sanctioned(base: Finding, pair: Pair) -> Finding | None:
    """A general sanction answers a particular one in part: who is punished or how is left out."""
    keys: set[str | None] = {c.key for c in base.item.citations if c.key and c.form != "self"}
    general = [e for e in base.evidence if _punishes(pair.child.items[e[0]], keys)]
    if base.item.duty.modality != "sanction" or not general:
        return None
    lacks = tuple(a.match.act.text for a in base.acts)
    reason = "Kế hoạch con chỉ nêu chung việc xử lý vi phạm văn bản này, chưa nêu đối tượng, hình thức như văn bản trên."
    evidence = (*general, *(e for e in base.evidence if e not in general))
    return replace(
        base, verdict="partial", relation="narrower", confidence=0.6, rule="sanction.general", reason=reason, missing=lacks, evidence=evidence
    )


def _weak(base: Finding) -> Finding:
    """No act stands whole in what was found: a person decides, or it is a gap."""
    lacks = tuple(a.match.act.text for a in base.acts)
    best = max(a.share for a in base.acts)
    other = next((s for s in base.slots if s.slot == "addressee" and not s.agrees), None)
    if other and any(a.state == "open" for a in base.acts):
        reason = f"Đoạn gần nhất giao cho đối tượng khác, không giao cho {other.parent}."
        return replace(base, verdict="not_covered", evidence=(), confidence=0.6, rule="addressee.other", reason=reason, missing=lacks)
    if any(a.state == "open" for a in base.acts):
        reason = "Có đoạn gần nghĩa nhưng chưa đủ để kết luận."
        return replace(
            base, verdict="needs_review", relation="overlaps", confidence=round(best, 2), rule="acts.open", reason=reason, missing=lacks
        )
    reason = "Đoạn gần nhất chỉ chung ít từ, không chung việc phải làm."
    return replace(
        base, verdict="not_covered", evidence=(), confidence=round(0.9 - best, 2), rule="acts.none", reason=reason, missing=lacks
    )


def _short(text: str, size: int = 140) -> str:
    return text if len(text) <= size else text[: size - 1].rsplit(" ", 1)[0] + "…"


def _contrary_reason(one: Slot) -> str:
    name = {"deadline": "thời hạn muộn hơn", "number": "con số khác", "polarity": "ngược chiều"}[one.slot]
    return f"Kế hoạch con {name}: “{one.child}” so với “{one.parent}”."


def _relation(match: DutyMatch, chosen: Chosen, pair: Pair) -> CoverageRelation:
    """equal; broader, where the child says much more than the parent; overlaps, where it says it in other words."""
    numbers = tuple(c[0] for c in chosen)
    ours = sum(a.weight for a in match.acts)
    held = sum(a.weight * best_share(a, numbers, pair.child) for a in match.acts)
    if not ours or held / ours < 0.9:
        return "overlaps"
    size = sum(match.item.terms.values())
    return "equal" if sum(sum(pair.child.items[n].terms.values()) for n in numbers) <= 1.6 * size else "broader"


def _slots(match: DutyMatch, chosen: Chosen, acts: tuple[ActVerdict, ...], pair: Pair) -> tuple[tuple[Slot, ...], tuple[Slot, ...]]:
    """All slots of the duty against the evidence, and those that go against the parent."""
    item, duty = match.item, match.item.duty
    below = [pair.child.items[n] for n, _, _ in chosen]
    texts = tuple(i.duty.text for i in below)
    out: list[Slot] = []
    contrary: list[Slot] = []
    time = timing.compare(duty, tuple(i.duty for i in below), pair.parent.record, pair.child.record)
    if time.state != "none":
        out.append(Slot(slot="deadline", parent=time.parent, child=time.child, agrees=time.state == "agrees"))
        if time.state == "later":
            contrary.append(out[-1])
    given = tuple(n for i in below for n in slot.numbers(i, pair.child.record, i.duty.start, i.duty.end))
    for act in acts:
        if act.state != "full":
            continue
        start = duty.start + act.match.act.start
        wanted = slot.numbers(item, pair.parent.record, start, start + len(act.match.act.text))
        changed = slot.compare_numbers(wanted, given)
        out.extend(changed)
        contrary.extend(s for s in changed if s.child is not None)
        ours, theirs = _forbidden(item), any(_forbidden(i) for i in below)
        flip = slot.polarity(act.match.act.text, texts, forbidden=(ours and not theirs, theirs and not ours))
        if flip and act.share >= _VERBATIM:
            out.append(flip)
            contrary.append(flip)
    relation = _addressees(chosen)
    if relation.relation != "unknown":
        names = "; ".join(relation.missing) or "; ".join(duty.lead)
        out.append(
            Slot(slot="addressee", parent=names or None, child="; ".join(below[0].duty.lead) or None, agrees=relation.relation == "same")
        )
    if acts and min(a.share for a in acts) >= _VERBATIM:
        out.extend(Slot(slot="qualifier", parent=None, child=q, agrees=False) for q in slot.qualifiers(duty.text, texts[0]))
    out.extend(slot.citations(item, below))
    return tuple(out), tuple(contrary)


def _forbidden(item: Item) -> bool:
    return item.duty.modality == "prohibition" and forbids(item.duty.lead_in)


def _addressees(chosen: Chosen) -> AddresseeMatch:
    """The addressees met by the evidence together: missing is only what all of it leaves out."""
    known = [c[2] for c in chosen if c[2].relation != "unknown"]
    if not known:
        return AddresseeMatch("unknown")
    missing = tuple(m for m in known[0].missing if all(m in k.missing for k in known))
    if not missing:
        return AddresseeMatch("same")
    return AddresseeMatch("other" if all(k.relation == "other" for k in known) else "narrower", missing)
