"""One directive over many plans: who carries which duty, who is missing, what everybody dropped.

``rollup`` takes an iterator of children and keeps one letter per duty and plan, so memory does not grow with their texts. Rates
are of applicable duties, never of all; bodies whose plan is not in hand stand apart from bodies whose plan has gaps; a level that
a plan names between itself and the directive is stated, not inferred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from extractors.addressee import applies, classify
from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.binding import OPEN_VERDICTS, DecisionLike, bind, is_open
from pipeline.audit.candidates import Thresholds
from pipeline.audit.coverage import audit_sides, judged, party_of, rates
from pipeline.audit.extras import not_checked
from pipeline.audit.matching import Side, prepare
from schemas.coverage import VERDICTS, Audit, NotChecked, Party
from schemas.record import Duty, Model, Record

Mode = Literal["each", "any", "named"]
_LETTER = {"covered": "c", "partial": "p", "contradicted": "x", "not_covered": "n", "needs_review": "r", "not_applicable": "-"}
_VERDICT = {letter: verdict for verdict, letter in _LETTER.items()}


class DutyRollup(Model):
    """One duty over all plans. ``mode``: each applicable body must carry it, any one suffices, or the named body alone.

    ``summary`` counts verdicts over the plans; ``satisfied`` is None where no plan in hand is bound by the duty; ``open`` names
    the bound bodies that do not carry it."""

    duty: str
    text: str
    section: str
    addressees: tuple[str, ...]
    mode: Mode
    summary: dict[str, int]
    satisfied: bool | None
    open: tuple[str, ...] = ()


class PlanRollup(Model):
    """One plan: verdicts in the order of the directive's duties as a matrix row, its counts and rates; ``open`` counts rows that
    still wait, justified gaps left out; ``skipped`` are levels between the plan and the directive that are not in hand."""

    body: str
    child: Party
    verdicts: tuple[str, ...]
    summary: dict[str, int]
    measures: dict[str, float]
    open: int
    skipped: tuple[str, ...] = ()


class Rollup(Model):
    """The directive over all plans. ``dropped`` are sections no bound plan carries any duty of, the widest first."""

    parent: Party
    duties: tuple[DutyRollup, ...]
    plans: tuple[PlanRollup, ...]
    dropped: tuple[str, ...]
    missing: tuple[str, ...]
    summary: dict[str, int]
    measures: dict[str, float]

    def to_json(self, *, indent: int | None = None) -> str:
        return self.model_dump_json(indent=indent)


@dataclass(slots=True)
class _Plan:
    """What is kept of one child while the next are read."""

    body: str
    party: Party
    letters: str
    open: int
    skipped: tuple[str, ...]
    names: frozenset[str] = field(default_factory=frozenset)


def mode_of(duty: Duty) -> Mode:
    """each, any or named, from the addressee. A duty without one, or with «một trong các», «hoặc», is anybody's; but a ban
    («Nghiêm cấm …») that names nobody binds everybody, since one who keeps it does not keep it for the others."""
    if not duty.lead and duty.modality == "prohibition":
        return "each"
    if not duty.lead or any(rules("audit").pattern("any_of").search(name) for name in duty.lead):
        return "any"
    parts = [part for name in duty.lead for part in classify(name).members]
    collective = any(classify(name).collective for name in duty.lead)
    return "named" if parts and all(p.proper for p in parts) and not collective else "each"


def rollup(
    parent: Record,
    children: Iterable[Record],
    *,
    expected: Iterable[str] = (),
    decisions: Iterable[DecisionLike] = (),
    limits: Thresholds | None = None,
) -> Rollup:
    """Audit of every child against ``parent``, rolled up. ``expected``: bodies that owe a plan; those without one are ``missing``."""
    above = prepare(parent)
    kept = list(decisions)
    plans = [_decided(above, child, limits, kept) if kept else _machine(above, prepare(child), limits) for child in children]
    return _rolled(parent, plans, tuple(expected))


def rollup_audits(parent: Record, audits: Iterable[Audit], *, expected: Iterable[str] = ()) -> Rollup:
    """The same from audits already made against ``parent``."""
    return _rolled(parent, [_kept(found) for found in audits], tuple(expected))


def _machine(above: Side, below: Side, limits: Thresholds | None) -> _Plan:
    """One plan where nobody has decided anything: no row is made, since a letter a duty is all that is kept."""
    findings, _ = judged(above, below, limits=limits)
    unchecked = not_checked(above, below, findings)
    return _plan_of(party_of(below.record), [f.verdict for f in findings], sum(f.verdict in OPEN_VERDICTS for f in findings), unchecked)


def _decided(above: Side, child: Record, limits: Thresholds | None, decisions: Iterable[DecisionLike]) -> _Plan:
    return _kept(bind(audit_sides(above, prepare(child), limits=limits), decisions, (above.record, child)))


def _kept(found: Audit) -> _Plan:
    return _plan_of(found.child, [row.verdict for row in found.rows], sum(is_open(row) for row in found.rows), found.not_checked)


def _plan_of(child: Party, verdicts: Iterable[str], waiting: int, unchecked: Iterable[NotChecked]) -> _Plan:
    letters = "".join(_LETTER[verdict] for verdict in verdicts)
    skipped = tuple(n.what for n in unchecked if n.kind == "level")
    return _Plan(child.issuer or child.key or child.name, child, letters, waiting, skipped)


def _rolled(parent: Record, plans: list[_Plan], expected: tuple[str, ...]) -> Rollup:
    duties = tuple(_duty(duty, index, plans) for index, duty in enumerate(parent.duties))
    total = Counter(letter for plan in plans for letter in plan.letters)
    summary = _summary(total) | {"plans": len(plans)}
    have = {fold(plan.body) for plan in plans}
    missing = tuple(name for name in dict.fromkeys(expected) if not _in_hand(name, have))
    with_gaps = sum(bool(plan.open) for plan in plans)
    summary |= {"missing": len(missing), "with_gaps": with_gaps}
    return Rollup(
        parent=party_of(parent), duties=duties, plans=tuple(_plan(p) for p in plans), dropped=_dropped(duties), missing=missing,
        summary=summary, measures=rates(summary),
    )  # fmt: skip


def _in_hand(name: str, have: set[str]) -> bool:
    wanted = fold(name)
    return wanted in have or any(body.endswith(wanted) or wanted.endswith(body) for body in have)


def _summary(letters: Mapping[str, int]) -> dict[str, int]:
    total = sum(letters.values())
    counts = {str(v): letters.get(_LETTER[v], 0) for v in VERDICTS}
    return {"duties": total, "applicable": total - counts["not_applicable"], **counts}


def _plan(plan: _Plan) -> PlanRollup:
    summary = _summary(Counter(plan.letters))
    return PlanRollup(
        body=plan.body, child=plan.party, verdicts=tuple(_VERDICT[x] for x in plan.letters), summary=summary, measures=rates(summary),
        open=plan.open, skipped=plan.skipped,
    )  # fmt: skip


def _duty(duty: Duty, index: int, plans: list[_Plan]) -> DutyRollup:
    mode = mode_of(duty)
    column = [(plan.body, plan.letters[index]) for plan in plans]
    bound = [(body, letter) for body, letter in column if letter != "-"]
    if mode == "named":
        own = [(b, x) for b, x in bound if any(applies(n, b).rule in ("self", "each") for n in duty.lead)]
        bound = own or bound
    covered = [body for body, letter in bound if letter == "c"]
    satisfied = None if not bound else bool(covered) if mode == "any" else len(covered) == len(bound)
    waiting = () if satisfied else tuple(body for body, letter in bound if letter != "c")
    return DutyRollup(
        duty=duty.id, text=duty.text, section=duty.section, addressees=duty.lead, mode=mode,
        summary=_summary(Counter(letter for _, letter in column)), satisfied=satisfied, open=waiting,
    )  # fmt: skip


def _dropped(duties: tuple[DutyRollup, ...]) -> tuple[str, ...]:
    """Sections in which some plan is bound and no plan carries anything, without those inside a section already named."""
    bound: Counter[str] = Counter()
    carried: Counter[str] = Counter()
    for duty in duties:
        labels = duty.section.split(".")
        for size in range(1, len(labels) + 1):
            section = ".".join(labels[:size])
            bound[section] += duty.summary["applicable"]
            carried[section] += duty.summary["covered"] + duty.summary["partial"] + duty.summary["contradicted"]
    lost = [s for s in bound if bound[s] and not carried[s]]
    tops = [s for s in lost if not any(s != other and s.startswith(other + ".") for other in lost)]
    return tuple(sorted(tops, key=lambda s: (-bound[s], s)))


__all__ = ["DutyRollup", "PlanRollup", "Rollup", "mode_of", "rollup", "rollup_audits"]
