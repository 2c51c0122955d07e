"""The audit of one child against one parent: every duty of the parent is a row, with its verdict, its evidence and its reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from extractors.reasons import shown
from pipeline.audit.applicability import applicability
from pipeline.audit.binding import DecisionLike, bind, exit_code, stamp_of
from pipeline.audit.candidates import Pair, Thresholds, claims_of
from pipeline.audit.extras import extras, not_checked
from pipeline.audit.finding import Finding
from pipeline.audit.matching import Side, match, prepare
from pipeline.audit.references import references
from pipeline.audit.verdicts import judge, not_applicable
from schemas.coverage import VERDICTS, Audit, AuditRow, Clause, Evidence, NearMiss, Party
from schemas.record import Record


def audit(
    parent: Record, child: Record, *, decisions: Iterable[DecisionLike] = (), limits: Thresholds | None = None, language: str = "vi"
) -> Audit:
    """Audit of ``child`` against ``parent``; rows in the parent's order, with the decisions that people took on them. Reasons are in
    ``language`` (vi, en), the words of the documents as they are."""
    return bind(audit_sides(prepare(parent), prepare(child), limits=limits, language=language), decisions, (parent, child))


def audit_sides(parent: Side, child: Side, *, limits: Thresholds | None = None, language: str = "vi") -> Audit:
    """``audit`` for records already prepared."""
    findings, pair = judged(parent, child, limits=limits)
    rows = tuple(row_of(f, pair, language) for f in findings)
    extra, measures = extras(parent, child, findings, pair.limits, language)
    summary = summary_of(rows)
    return Audit(
        parent=party_of(parent.record), child=party_of(child.record), rows=rows, extra=extra, summary=summary,
        measures=rates(summary) | measures, not_checked=not_checked(parent, child, findings, language),
    )  # fmt: skip


def judged(parent: Side, child: Side, *, limits: Thresholds | None = None) -> tuple[list[Finding], Pair]:
    """What is decided about each duty of the parent, in its order, before any of it becomes a row."""
    applies = [applicability(item.duty, child.record.document) for item in parent.items]
    matches = match(parent, child, [n for n, a in enumerate(applies) if a.verdict != "does_not"])
    pair = Pair(parent, child, references(child), limits or Thresholds(), claims_of(matches))
    found = iter(judge(m, pair) for m in matches)
    return [
        not_applicable(item, a) if a.verdict == "does_not" else next(found) for item, a in zip(parent.items, applies, strict=True)
    ], pair


def audit_duty(parent: Side, number: int, child: Side, *, claims: Mapping[int, float] | None = None) -> AuditRow:
    """The row of one duty alone, for trying things out. ``claims`` as in ``Pair``; without them nothing is claimed by others."""
    pair = Pair(parent, child, references(child), Thresholds(), claims or {})
    single = replace(parent, items=(parent.items[number],))
    return row_of(judge(match(single, child)[0], pair), pair)


def summary_of(rows: Iterable[AuditRow]) -> dict[str, int]:
    """Rows per verdict, with ``duties`` (all) and ``applicable`` (all that bind the issuer)."""
    count = Counter(row.verdict for row in rows)
    total = sum(count.values())
    return {"duties": total, "applicable": total - count["not_applicable"], **{str(v): count[v] for v in VERDICTS}}


def rates(summary: dict[str, int]) -> dict[str, float]:
    """``decided_rate`` and ``covered_rate``, both of the applicable duties; 1 where none applies."""
    applicable = summary["applicable"]
    decided = (applicable - summary["needs_review"]) / applicable if applicable else 1.0
    covered = summary["covered"] / applicable if applicable else 1.0
    return {"decided_rate": round(decided, 4), "covered_rate": round(covered, 4)}


def party_of(record: Record) -> Party:
    return Party(key=record.document.key, name=record.source.name, sha256=record.source.sha256, issuer=record.document.issuer)


def band(confidence: float) -> str:
    """cao, vừa, thấp: bands, since there is not gold enough for percentages."""
    return "cao" if confidence >= 0.85 else "vừa" if confidence >= 0.65 else "thấp"


def row_of(found: Finding, pair: Pair, language: str = "vi") -> AuditRow:
    """One finding as a row, with its places in the child and its stamp."""
    duty = found.item.duty
    below = pair.child.record
    evidence = tuple(
        Evidence(duty=d.id, start=d.start, end=d.end, text=d.text, score=score, page=below.page_at(d.start))
        for d, score in ((pair.child.items[n].duty, s) for n, s in found.evidence)
    )
    lost = tuple(
        NearMiss(duty=d.id, start=d.start, end=d.end, text=d.text, score=round(min(score, 1.0), 3), why=shown(why, language))
        for d, score, why in ((pair.child.items[n].duty, s, w) for n, s, w in found.lost)
    )
    acts = tuple(
        Clause(start=duty.start + a.match.act.start, end=duty.start + a.match.act.start + len(a.match.act.text), text=a.match.act.text,
               covered=a.state in ("full", "document", "reference"), score=round(a.share, 3))
        for a in found.acts
    )  # fmt: skip
    return AuditRow(
        duty=duty.id, text=duty.text, section=duty.section, addressees=duty.lead, verdict=found.verdict, relation=found.relation,
        confidence=found.confidence, band=band(found.confidence), reason=shown(found.reason, language), rule=found.rule,
        applicability=shown(found.applies.words, language),
        evidence=evidence, missing=found.missing, clauses=acts, slots=found.slots, near_misses=lost,
        stamp=stamp_of(duty, (pair.child.items[n].duty for n, _ in found.evidence), below),
    )  # fmt: skip


__all__ = ["audit", "audit_duty", "audit_sides", "band", "exit_code", "judged", "party_of", "rates", "summary_of"]
