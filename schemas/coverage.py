"""The audit of one child against one parent. Schema ``trienkhai/audit/1``."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from schemas.record import Confidence, Model

AUDIT_SCHEMA: Literal["trienkhai/audit/1"] = "trienkhai/audit/1"
Verdict = Literal["covered", "partial", "contradicted", "not_covered", "not_applicable", "needs_review"]
VERDICTS: tuple[Verdict, ...] = ("covered", "partial", "contradicted", "not_covered", "needs_review", "not_applicable")
CoverageRelation = Literal["equal", "narrower", "broader", "overlaps", "by_reference", "fulfilled_by_document"]


class Party(Model):
    key: str | None
    name: str
    sha256: str
    issuer: str | None = None


class Evidence(Model):
    """A span of the child that answers the parent's duty; ``duty`` is None where it stands outside duties."""

    duty: str | None
    start: int
    end: int
    text: str
    score: float
    page: int | None = None


class NearMiss(Model):
    """A child span that was considered and lost, and why."""

    duty: str | None
    start: int
    end: int
    text: str
    score: float
    why: str


class Slot(Model):
    """One compared slot: deadline, number, polarity, citation, addressee, qualifier, modality."""

    slot: str
    parent: str | None
    child: str | None
    agrees: bool


class Clause(Model):
    """One act of the parent's duty and whether the child carries it."""

    start: int
    end: int
    text: str
    covered: bool
    score: float = 0.0


class Change(Model):
    """One piece that differs since a decision was taken: on which side, whether it went (``-``) or came (``+``), its words."""

    side: Literal["parent", "child"]
    sign: Literal["-", "+"]
    text: str


class RowDecision(Model):
    """What a person decided on a row. ``state``: valid, or suspect where a side has changed since; ``changed`` names the sides
    (parent, child), ``diff`` the pieces that went and came."""

    verdict: str
    state: Literal["valid", "suspect"]
    who: str
    at: str
    note: str = ""
    changed: tuple[str, ...] = ()
    diff: tuple[Change, ...] = ()


class AuditRow(Model):
    duty: str
    text: str
    section: str
    addressees: tuple[str, ...] = ()
    verdict: Verdict
    relation: CoverageRelation | None = None
    confidence: Confidence
    band: str = ""
    reason: str
    rule: str = ""
    applicability: str = ""
    evidence: tuple[Evidence, ...] = ()
    missing: tuple[str, ...] = ()
    clauses: tuple[Clause, ...] = ()
    slots: tuple[Slot, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    stamp: str = ""
    decision: RowDecision | None = None


class Extra(Model):
    duty: str
    text: str
    relation: str
    why: str = ""


class NotChecked(Model):
    """What the audit did not look at. ``kind``: level (a plan between the two), provision, purpose, section (of the
    parent, without a duty that was read), identity."""

    what: str
    why: str
    kind: str = ""


class Audit(Model):
    schema_: Literal["trienkhai/audit/1"] = Field(default=AUDIT_SCHEMA, alias="schema")
    parent: Party
    child: Party
    rows: tuple[AuditRow, ...]
    extra: tuple[Extra, ...] = ()
    summary: dict[str, int] = Field(default_factory=dict)
    measures: dict[str, float] = Field(default_factory=dict)
    not_checked: tuple[NotChecked, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self, *, indent: int | None = None) -> str:
        return self.model_dump_json(by_alias=True, indent=indent)


def audit_json_schema() -> dict[str, Any]:
    """JSON Schema of the audit, as published in ``schemas/json/audit.json``."""
    return Audit.model_json_schema(by_alias=True)
