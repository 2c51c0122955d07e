"""The slots of one duty against the evidence chosen for it, and those of them that go against the parent."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.rulebook import rules
from pipeline.audit import slots as slot
from pipeline.audit import timing
from pipeline.audit.applicability import AddresseeMatch
from pipeline.audit.candidates import ActVerdict, Chosen, Pair, share
from pipeline.audit.matching import DutyMatch
from pipeline.audit.references import forbids
from pipeline.audit.terms import Item, says
from schemas.coverage import Slot
from schemas.record import Deadline, Duty, Record

VERBATIM, ALIKE = 0.8, 0.65
"""From this share on an act is a copy: a direct match then goes before a reference, and from
``ALIKE`` on its signs and conditions can be compared."""

_ENDS = re.compile(r"[;!?]|\.\s")


class Comparison:
    """Slots in a fixed order; ``contrary`` are those that go against the parent, ``rarer`` the terms among them that come round
    less often, ``earlier`` says that the child is ahead of it,
    ``addressee`` how the addressees of the evidence relate to the parent's."""

    def __init__(self) -> None:
        self.slots: list[Slot] = []
        self.contrary: list[Slot] = []
        self.rarer: list[Slot] = []
        self.earlier = False
        self.addressee = "unknown"

    def add(self, one: Slot, *, contrary: bool = False) -> None:
        if one not in self.slots:
            self.slots.append(one)
            if contrary:
                self.contrary.append(one)


def compare(match: DutyMatch, chosen: Chosen, acts: tuple[ActVerdict, ...], pair: Pair) -> Comparison:
    """All slots of the duty against the evidence."""
    out = Comparison()
    below = [pair.child.items[n] for n, _, _ in chosen]
    _times(out, match, chosen, acts, pair)
    _numbers_and_signs(out, match.item, below, acts, pair)
    if below:
        _addressee_slot(out, match.item.duty, chosen, below)
        if acts and min(a.share for a in acts) >= ALIKE:
            for words in slot.qualifiers(match.item.duty.text, below[0].duty.text):
                out.add(Slot(slot="qualifier", parent=None, child=words, agrees=False))
    for cited in slot.citations(match.item, below):
        out.add(cited)
    return out


def _times(out: Comparison, match: DutyMatch, chosen: Chosen, acts: tuple[ActVerdict, ...], pair: Pair) -> None:
    """Each deadline of the parent against the evidence of the act it stands in; one in a trailer against all evidence."""
    planned = any(a.state == "document" for a in acts)
    terms = timing.of_duty(match.item.duty, pair.parent.record)
    for deadline in terms:
        act = _act_of(deadline, match.item.duty, acts)
        if act is not None and (act.state == "document" or (planned and says("issuing", act.match.act.text))):
            late = issued_late(deadline, pair)
            if late:
                out.add(late, contrary=True)
            continue
        whole = act is not None and len(acts) > 1 and _closes_all(act, match.item.duty)
        if not chosen or (act is not None and act.state == "missing" and not whole):
            continue
        below = _answering(act, chosen[:1] if whole else chosen, pair)
        check = timing.compare((deadline,), below, pair.parent.record, pair.child.record, beside=terms)
        if check.state == "missing" and deadline.kind == "recurring" and _of_a_plan(deadline, match.item.duty):
            continue
        term = Slot(slot="deadline", parent=check.parent, child=check.child, agrees=check.state == "agrees")
        out.add(term, contrary=check.state == "later")
        out.rarer += [term] if check.rarer else []
        out.earlier = out.earlier or check.earlier
        if check.state == "agrees" and deadline.kind == "recurring":
            answers = [pair.child.items[n].duty for n, _, _ in chosen]
            _day_of_month(out, deadline, match.item.duty, answers)
            _bound_of_times(out, deadline, answers, pair)


def _day_of_month(out: Comparison, deadline: Deadline, duty: Duty, below: list[Duty]) -> None:
    """The day of a monthly report where it stands apart from its rhythm («hằng tháng … trước ngày 15»)."""
    monthly = deadline.rrule == "FREQ=MONTHLY"
    wanted = [int(m["day"]) for m in rules("audit").pattern("day_of_month").finditer(duty.text)] if monthly else []
    if len(wanted) != 1:
        return
    found = [m for d in below for m in rules("audit").pattern("day_of_month").finditer(d.text)]
    kept = [m for m in found if int(m["day"]) <= wanted[0]]
    said = (kept or found)[0].group() if found else None
    out.add(Slot(slot="deadline", parent=f"ngày {wanted[0]}", child=said, agrees=bool(kept)), contrary=bool(found) and not kept)


def _bound_of_times(out: Comparison, deadline: Deadline, below: list[Duty], pair: Pair) -> None:
    """«Ít nhất 01 lần/quý» made «không quá 01 lần/quý»: the bound stands before the rhythm, in neither of its expressions."""
    ours = _times_bound(deadline, pair.parent.record)
    counted = rules("audit").pattern("counted_times")
    rhythms = [d for duty in below for d in timing.of_duty(duty, pair.child.record) if d.kind == "recurring" and counted.search(d.text)]
    theirs = [(d, _times_bound(d, pair.child.record)) for d in rhythms]
    turned = [d for d, bound in theirs if bound and ours and bound != ours]
    if turned and len(turned) == len(theirs):
        said, words = pair.child.record.text, turned[0]
        child = said[max(0, words.start - 12) : words.end].split(" ", 1)[-1]
        out.add(Slot(slot="deadline", parent=deadline.text, child=child, agrees=False), contrary=True)


def _times_bound(deadline: Deadline, record: Record) -> str:
    times = rules("audit").pattern("counted_times").search(deadline.text)
    at = deadline.start + times.start() if times else 0
    return slot.bound_of(record.text[max(0, at - 24) : at], "") if times else ""


def late_for(duty: Duty, below: tuple[Duty, ...], pair: Pair) -> tuple[Slot, bool] | None:
    """A disagreeing slot where these duties set a later term than one of the parent's, and whether it is one less often."""
    terms = timing.of_duty(duty, pair.parent.record)
    for deadline in terms:
        check = timing.compare((deadline,), below, pair.parent.record, pair.child.record, beside=terms)
        if check.state == "later":
            return Slot(slot="deadline", parent=check.parent, child=check.child, agrees=False), check.rarer
    return None


def unsaid(duty: Duty, below: Sequence[Duty], pair: Pair) -> tuple[str, ...]:
    """Terms of the parent's duty that these duties do not set, as written."""
    ours = timing.of_duty(duty, pair.parent.record)
    checks = [(d, timing.compare((d,), tuple(below), pair.parent.record, pair.child.record, beside=ours)) for d in ours]
    return tuple(dict.fromkeys(d.text for d, check in checks if check.state == "missing"))


def _of_a_plan(deadline: Deadline, duty: Duty) -> bool:
    """Whether a rhythm belongs to a plan that the work goes into («vào chương trình kiểm tra hằng năm»), not to the work."""
    return duty.start <= deadline.start < duty.end and says("into_a_plan", duty.text[: deadline.start - duty.start])


def _act_of(deadline: Deadline, duty: Duty, acts: tuple[ActVerdict, ...]) -> ActVerdict | None:
    for act in acts:
        start = duty.start + act.match.act.start
        if start <= deadline.start < start + len(act.match.act.text):
            return act
    return None


def _closes_all(act: ActVerdict, duty: Duty) -> bool:
    """Whether an act ends in «…, hoàn thành trước ngày …» that, in the duty's first sentence, is the term of all its acts."""
    return says("completed_by", act.match.act.text) and not _ENDS.search(duty.text[: act.match.act.start])


def _answering(act: ActVerdict | None, chosen: Chosen, pair: Pair) -> tuple[Duty, ...]:
    """The duty that carries the act best, if it says when; else all that were chosen."""
    duties = tuple(pair.child.items[n].duty for n, _, _ in chosen)
    if act is None:
        return duties
    best = max(chosen, key=lambda c: (share(act.match, c[0]), -c[0]))
    duty = pair.child.items[best[0]].duty
    return (duty,) if timing.of_duty(duty, pair.child.record) else duties


def issued_late(deadline: Deadline, pair: Pair) -> Slot | None:
    """A disagreeing slot where the child, itself the plan that was due, was issued after the parent's date."""
    issued = pair.child.record.document.issued_on
    due = timing.due_of(deadline, pair.parent.record)
    if issued and due and issued > due.isoformat():
        return Slot(slot="deadline", parent=deadline.text, child=issued, agrees=False)
    return None


def _numbers_and_signs(out: Comparison, item: Item, below: list[Item], acts: tuple[ActVerdict, ...], pair: Pair) -> None:
    given = tuple(n for i in below for n in pair.child.numbers(i.duty.start, i.duty.end))
    texts = tuple(i.duty.text for i in below)
    ours, theirs = _forbidden(item), any(_forbidden(i) for i in below)
    for act in acts:
        if act.state != "full" and not (act.state == "open" and act.share >= ALIKE):
            continue
        start = item.duty.start + act.match.act.start
        wanted = pair.parent.numbers(start, start + len(act.match.act.text))
        for changed in slot.compare_numbers(wanted, given):
            out.add(changed, contrary=changed.child is not None)
        flip = slot.polarity(act.match.act.text, texts, forbidden=(ours and not theirs, theirs and not ours))
        if flip and act.share >= ALIKE:
            out.add(flip, contrary=True)


def numbers_between(match: DutyMatch, below: Sequence[int], pair: Pair) -> tuple[Slot, ...]:
    """Numbers of the whole duty that these duties of the child change or leave out, however much of its words they share."""
    items = [pair.child.items[n] for n in below]
    given = tuple(n for i in items for n in pair.child.numbers(i.duty.start, i.duty.end))
    return slot.compare_numbers(pair.parent.numbers(match.item.duty.start, match.item.duty.end), given)


def _addressee_slot(out: Comparison, duty: Duty, chosen: Chosen, below: list[Item]) -> None:
    relation = _addressees(chosen)
    out.addressee = relation.relation
    if relation.relation == "unknown":
        return
    names = "; ".join(relation.missing) or "; ".join(duty.lead)
    given = "; ".join(below[0].duty.lead) or None
    out.add(Slot(slot="addressee", parent=names or None, child=given, agrees=relation.relation == "same"))


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
