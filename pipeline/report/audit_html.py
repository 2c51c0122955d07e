"""The audit as one HTML file (rà soát): every pair, every duty of the parent a row, open ones first.

No network and no third-party script; style and script are named by their hashes in a strict content security policy. The page
is complete without scripts, which only filter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from pipeline.audit.binding import is_open
from pipeline.report.audit_view import (
    ORDER,
    Counts,
    Piece,
    Places,
    band,
    changes,
    counts,
    decided_by,
    diff,
    extras_in_order,
    in_order,
    left_out,
    most_open_first,
    new_words,
    party_name,
    suspect,
)
from pipeline.report.pages import TEMPLATES, source_hash
from pipeline.report.texts import Texts, number, percent, texts
from schemas.coverage import Audit, AuditRow, Evidence, Party
from schemas.record import Record

_BAR = 240
MARKS = {"covered": "✓", "partial": "◐", "contradicted": "✗", "not_covered": "○", "needs_review": "?", "not_applicable": "–"}
"""A sign for each verdict, so that colour never stands alone."""


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )


def write_audit_html(audits: Iterable[Audit], path: Path, records: Iterable[Record] = (), *, language: str = "vi") -> None:
    """Write the page. ``records`` give pages and headings where they are in hand. Same audits, same bytes."""
    path.write_text(to_html(list(audits), list(records), language=language), encoding="utf-8")


def to_html(audits: Sequence[Audit], records: Sequence[Record] = (), *, language: str = "vi") -> str:
    """The whole page."""
    t, places = texts(language), Places(records)
    style = (TEMPLATES / "audit.css").read_text(encoding="utf-8")
    script = (TEMPLATES / "audit.js").read_text(encoding="utf-8")
    pairs = [_pair(count, audit, places, t) for count, audit in enumerate(most_open_first(audits), 1)]
    rows = [row for pair in pairs for row in pair["rows"]]
    return (
        _environment()
        .get_template("audit.html.j2")
        .render(
            t=t,
            language=language,
            pairs=pairs,
            verdicts=[(v, t(f"verdict.{v}"), MARKS[v], sum(row["verdict"] == v for row in rows)) for v in ORDER],
            sections=list(dict.fromkeys(row["section"] for row in rows if row["section"])),
            addressees=sorted({name for row in rows for name in row["addressees"]}),
            style=style,
            script=script,
            style_hash=source_hash(style),
            script_hash=source_hash(script),
        )
    )


def _pair(count: int, audit: Audit, places: Places, t: Texts) -> dict[str, Any]:
    c = counts(audit)
    return {
        "id": f"p{count}",
        "parent": _party(audit.parent, places),
        "child": _party(audit.child, places),
        "counts": c,
        "bar": _bar(c, t),
        "decided": percent(c.decided, c.applicable, t.language),
        "covered": percent(c.covered, c.applicable, t.language),
        "people": t("audit.people", count=c.people) if c.people else "",
        "rows": [_row(f"p{count}", row, audit, places, t) for row in in_order(audit)],
        "extra": [{"text": e.text, "relation": t.of("coverage_relation", e.relation), "why": e.why} for e in extras_in_order(audit)],
        "measures": _measures(audit, t),
        "not_checked": audit.not_checked,
    }


def _party(party: Party, places: Places) -> dict[str, str]:
    record = places.record(party)
    title = record.document.title if record else None
    return {"name": party_name(party), "issuer": party.issuer or "", "file": party.name, "title": title or ""}


def _measures(audit: Audit, t: Texts) -> str:
    """Shares of the child's duties that copy the parent, and that are its own."""
    shares = [(name, audit.measures[name]) for name in ("copy_index", "own_share") if name in audit.measures]
    return " ".join(t(f"audit.{name}", share=f"{number(round(100 * value, 1), t.language)}%") for name, value in shares)


def _bar(c: Counts, t: Texts) -> list[dict[str, Any]]:
    """Strips of the summary bar: verdict, left edge and width in drawing units, words."""
    strips, at = [], 0.0
    for verdict in ORDER:
        count = c.by_verdict[verdict]
        if count:
            width = _BAR * count / c.duties
            strips.append({"verdict": verdict, "x": round(at, 2), "width": round(width, 2), "word": f"{t(f'verdict.{verdict}')}: {count}"})
            at += width
    return strips


def _row(pair: str, row: AuditRow, audit: Audit, places: Places, t: Texts) -> dict[str, Any]:
    parent, others = diff(row.text, [e.text for e in row.evidence])
    heading = places.heading(audit.parent, row.section)
    return {
        "id": f"{pair}-{row.duty}".replace(" ", "_"),
        "duty": row.duty,
        "verdict": row.verdict,
        "word": t(f"verdict.{row.verdict}"),
        "mark": MARKS[row.verdict],
        "section": f"{row.section} {heading}".strip(),
        "where": f"{row.section} {new_words(heading, row.text)}".strip(),
        "page": places.duty_page(audit.parent, row.duty),
        "addressees": row.addressees,
        "band": band(row, t),
        "relation": t.of("coverage_relation", row.relation),
        "reason": row.reason,
        "decision": decided_by(row, t),
        "waits": is_open(row),
        "suspect": suspect(row),
        "changes": changes(row, t),
        "applicability": row.applicability,
        "parent": parent if row.evidence else (Piece(" ".join(row.text.split()), True),),
        "evidence": [
            {
                "pieces": pieces,
                "page": e.page or places.page(audit.child, e.start),
                "heading": _under(audit, e, places),
            }
            for e, pieces in zip(row.evidence, others, strict=True)
        ],
        "missing": left_out(row),
        "clauses": row.clauses,
        "slots": [{"name": t.of("slot", s.slot), "parent": s.parent, "child": s.child, "agrees": s.agrees} for s in row.slots],
        "near": [{"text": n.text, "why": n.why, "page": places.page(audit.child, n.start)} for n in row.near_misses],
    }


def _under(audit: Audit, evidence: Evidence, places: Places) -> str:
    """Section and heading of a duty of the child, from its id."""
    section = (evidence.duty or "").split("#")[0]
    return f"{section} {new_words(places.heading(audit.child, section), evidence.text)}".strip()
