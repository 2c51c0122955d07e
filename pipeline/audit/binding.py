"""Decisions of people, bound to what they were taken on: a change on either side makes them suspect, with the difference.

A row's stamp has two halves, ``parent:child``. The parent's half digests the duty, its section heading and its addressees; the
child's half the spans of evidence with their headings and addressees, or, where there is no evidence, all duties of the child,
since any new one could answer. Neither knows the machine's verdict: a better engine does not disturb a person's decision.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal, Protocol

from extractors.unit_words import fold
from schemas.coverage import Audit, AuditRow, RowDecision
from schemas.record import Duty, Model, Record

OPEN_VERDICTS = ("not_covered", "partial", "contradicted", "needs_review")
"""Verdicts that wait for an answer. A gap that a person has justified leaves this list and stays in the count."""


class DecisionLike(Protocol):
    """What the audit needs of a decision; the store's own type fits."""

    @property
    def id(self) -> str: ...
    @property
    def parent_stamp(self) -> str: ...
    @property
    def child_stamp(self) -> str: ...
    @property
    def verdict(self) -> str: ...
    @property
    def note(self) -> str: ...
    @property
    def who(self) -> str: ...
    @property
    def at(self) -> str: ...


class Suspect(Model):
    """A decision whose ground has moved: which side, and the lines that differ (``-`` before, ``+`` now)."""

    id: str
    duty: str
    changed: tuple[str, ...]
    diff: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def _plain(part: str) -> str:
    return " ".join(fold(part).split())


def _digest(parts: Iterable[str]) -> str:
    joined = "\x1f".join(map(_plain, parts))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def duty_parts(duty: Duty) -> tuple[str, ...]:
    """What a duty means by itself: words, heading and lead-in it stands under, addressees."""
    return (duty.text, duty.heading, duty.lead_in or "", *duty.lead)


def stamp_of(duty: Duty, evidence: Iterable[Duty], child: Record) -> str:
    """``parent:child`` stamp of a row."""
    answering = tuple(evidence)
    below = answering or child.duties
    return f"{_digest(duty_parts(duty))}:{_digest(part for d in below for part in duty_parts(d))}"


def stamp(row: AuditRow) -> tuple[str, str]:
    """Stamps of the parent's and of the child's side of a row, to be kept with a decision."""
    above, _, below = row.stamp.partition(":")
    return above, below


def row_id(audit: Audit, row: AuditRow) -> str:
    """Name of a row that outlives changes of wording: both documents and the duty's place."""
    ends = [party.key or party.name for party in (audit.parent, audit.child)]
    return f"{ends[0]}|{row.duty}|{ends[1]}"


def latest(decisions: Iterable[DecisionLike]) -> dict[str, DecisionLike]:
    """The last decision on each row by its time."""
    out: dict[str, DecisionLike] = {}
    for decision in sorted(decisions, key=lambda d: (d.at, d.who, d.verdict)):
        out[decision.id] = decision
    return out


def bind(audit: Audit, decisions: Iterable[DecisionLike]) -> Audit:
    """The audit with the decisions on its rows; machine verdicts stay as they are."""
    found = latest(decisions)
    if not found:
        return audit
    rows = tuple(_bound(row, found.get(row_id(audit, row))) for row in audit.rows)
    return audit.model_copy(update={"rows": rows})


def _bound(row: AuditRow, decision: DecisionLike | None) -> AuditRow:
    if decision is None:
        return row
    now = stamp(row)
    sides = (("parent", decision.parent_stamp, now[0]), ("child", decision.child_stamp, now[1]))
    changed = tuple(side for side, before, after in sides if before != after)
    state: Literal["valid", "suspect"] = "suspect" if changed else "valid"
    bound = RowDecision(verdict=decision.verdict, state=state, who=decision.who, at=decision.at, note=decision.note, changed=changed)
    return row.model_copy(update={"decision": bound})


def is_open(row: AuditRow) -> bool:
    """Whether a row still waits: a gap without a valid decision, or with one that confirms the gap without saying why."""
    if row.verdict not in OPEN_VERDICTS:
        return False
    decision = row.decision
    if decision is None or decision.state == "suspect":
        return True
    return decision.verdict in OPEN_VERDICTS and not decision.note.strip()


def suspects(audit: Audit, before: Audit | None = None) -> tuple[Suspect, ...]:
    """Suspect decisions of a bound audit; with the audit they were taken on, the difference of both sides."""
    old: Mapping[str, AuditRow] = {row_id(before, row): row for row in before.rows} if before else {}
    out = []
    for row in audit.rows:
        if row.decision is not None and row.decision.state == "suspect":
            name = row_id(audit, row)
            out.append(Suspect(id=name, duty=row.duty, changed=row.decision.changed, diff=_diff(old.get(name), row)))
    return tuple(out)


def _diff(before: AuditRow | None, now: AuditRow) -> tuple[str, ...]:
    if before is None:
        return ()
    lines = difflib.ndiff(_lines(before), _lines(now))
    return tuple(line for line in lines if line[:1] in "+-")


def _lines(row: AuditRow) -> list[str]:
    return [row.text, *row.addressees, *(e.text for e in row.evidence)]


def exit_code(audit: Audit, decisions: Iterable[DecisionLike] = ()) -> int:
    """0 clean, 1 open gaps or contradictions, 2 decisions that a change made suspect."""
    bound = bind(audit, decisions)
    if any(row.decision is not None and row.decision.state == "suspect" for row in bound.rows):
        return 2
    return 1 if any(is_open(row) for row in bound.rows) else 0
