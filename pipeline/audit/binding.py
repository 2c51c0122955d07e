"""Decisions of people, bound to what they were taken on: a change on either side makes them suspect, with the difference.

A row's stamp has two halves, ``parent:child``. The parent's half digests the duty, its section heading and its addressees; the
child's half the spans of evidence with their headings and addressees, or, where there is no evidence, all duties of the child,
since any new one could answer. Neither knows the machine's verdict, and where the machine points at other evidence than it did
while the words that were decided on still stand, the decision stands too: a better engine does not disturb it.
"""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal, Protocol

from extractors.unit_words import fold
from pipeline.audit.terms import CACHED
from schemas.coverage import Audit, AuditRow, Change, RowDecision
from schemas.record import Duty, Record

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
    @property
    def parent_words(self) -> str: ...
    @property
    def child_words(self) -> str: ...


@lru_cache(maxsize=CACHED)
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
    return f"{_digest(duty_parts(duty))}:{_digest(_child_parts(evidence, child))}"


def _child_parts(evidence: Iterable[Duty], child: Record) -> Iterator[str]:
    below = tuple(evidence) or child.duties
    return (part for duty in below for part in duty_parts(duty))


def words_of(row: AuditRow, parent: Record, child: Record) -> tuple[str, str]:
    """What the two stamps of a row are taken from, in words, one piece a line: to be kept with a decision, and to be held against
    what was kept with one."""
    wanted = {e.duty for e in row.evidence}
    above = [duty_parts(d) for d in parent.duties if d.id == row.duty]
    order = {e.duty: n for n, e in enumerate(row.evidence)}
    evidence = sorted((d for d in child.duties if d.id in wanted), key=lambda d: order[d.id])
    return _lines(above[0] if above else ()), _lines(_child_parts(evidence, child))


def _lines(parts: Iterable[str]) -> str:
    return "\n".join(" ".join(part.split()) for part in parts if part)


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


def bind(audit: Audit, decisions: Iterable[DecisionLike], records: tuple[Record, Record] | None = None) -> Audit:
    """The audit with the decisions on its rows; machine verdicts stay as they are. With the ``records`` of parent and child the
    decisions that have become suspect say what has changed."""
    found = latest(decisions)
    if not found:
        return audit
    rows = tuple(_bound(row, found.get(row_id(audit, row)), records) for row in audit.rows)
    return audit.model_copy(update={"rows": rows})


def _bound(row: AuditRow, decision: DecisionLike | None, records: tuple[Record, Record] | None) -> AuditRow:
    if decision is None:
        return row
    now = stamp(row)
    sides = (("parent", decision.parent_stamp, now[0]), ("child", decision.child_stamp, now[1]))
    changed = tuple(side for side, before, after in sides if before != after)
    if "child" in changed and records and _still_said(decision, records[1]):
        changed = tuple(side for side in changed if side != "child")
    state: Literal["valid", "suspect"] = "suspect" if changed else "valid"
    diff = _diff(decision, words_of(row, *records)) if changed and records else ()
    bound = RowDecision(
        verdict=decision.verdict, state=state, who=decision.who, at=decision.at, note=decision.note, changed=changed, diff=diff
    )
    return row.model_copy(update={"decision": bound})


_GAPS = ("not_covered", "not_applicable", "needs_review")


def _still_said(decision: DecisionLike, child: Record) -> bool:
    """Whether every duty of the child that the decision was taken on stands unchanged, addressees and heading included. A word
    that nothing answers needs more: that the child has no other duty either."""
    kept = [_plain(line) for line in decision.child_words.split("\n") if line]
    if not kept:
        return False
    said: dict[str, list[tuple[str, ...]]] = {}
    for duty in child.duties:
        parts = tuple(_plain(part) for part in duty_parts(duty) if part)
        said.setdefault(parts[0], []).append(parts)
    at = found = 0
    while at < len(kept):
        longest = max((len(p) for p in said.get(kept[at], ()) if tuple(kept[at : at + len(p)]) == p), default=0)
        if not longest:
            return False
        at, found = at + longest, found + 1
    return decision.verdict not in _GAPS or found == len(child.duties)


def _diff(decision: DecisionLike, now: tuple[str, str]) -> tuple[Change, ...]:
    """Pieces that differ on each side; nothing for a side whose words were not kept. Spacing and tone marks are no difference."""
    out: list[Change] = []
    sides: tuple[tuple[Literal["parent", "child"], str, str], ...] = (
        ("parent", decision.parent_words, now[0]), ("child", decision.child_words, now[1]),
    )  # fmt: skip
    for side, before, after in sides:
        if not before:
            continue
        old, new = before.split("\n"), after.split("\n")
        matcher = difflib.SequenceMatcher(None, [_plain(p) for p in old], [_plain(p) for p in new], autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            if tag != "equal":
                out.extend(Change(side=side, sign="-", text=piece) for piece in old[a:b])
                out.extend(Change(side=side, sign="+", text=piece) for piece in new[c:d])
    return tuple(out)


def is_open(row: AuditRow) -> bool:
    """Whether a row still waits: a gap without a valid decision, or with one that confirms the gap without saying why."""
    if row.verdict not in OPEN_VERDICTS:
        return False
    decision = row.decision
    if decision is None or decision.state == "suspect":
        return True
    return decision.verdict in OPEN_VERDICTS and not decision.note.strip()


def suspects(audit: Audit) -> tuple[AuditRow, ...]:
    """Rows of a bound audit whose decision has lost its ground; what changed stands in ``row.decision.diff``."""
    return tuple(row for row in audit.rows if row.decision is not None and row.decision.state == "suspect")


def exit_code(audit: Audit, decisions: Iterable[DecisionLike] = ()) -> int:
    """0 clean, 1 open gaps or contradictions, 2 decisions that a change made suspect."""
    bound = bind(audit, decisions)
    if any(row.decision is not None and row.decision.state == "suspect" for row in bound.rows):
        return 2
    return 1 if any(is_open(row) for row in bound.rows) else 0
