"""The minutes of an audit (biên bản rà soát), laid out after Nghị định 30/2020/NĐ-CP, in a Word file an office goes on editing.

``templates/audit.docx`` is an ordinary Word document with places in double braces: an office may change its wording and look in
Word. ``audit_word_template`` builds the one that comes with the product.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate

from pipeline.report.audit_view import ORDER, Places, band, counts, decided_by, extras_in_order, in_order, left_out, party_name, stands
from pipeline.report.texts import Texts, percent, texts, vn_date
from schemas.coverage import Audit, AuditRow, Verdict
from schemas.record import Record

TEMPLATE = Path(__file__).parent / "templates" / "audit.docx"
_LISTED: tuple[Verdict, ...] = ("contradicted", "not_covered", "partial", "needs_review")
# ZIP members carry a time; a fixed one keeps the bytes of equal content equal.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def write_audit_word(audit: Audit, path: Path, records: Iterable[Record] = (), *, template: Path = TEMPLATE) -> None:
    """Write the minutes of one audit. ``template``: an office's own form with the same places. Same audit, same bytes."""
    document = DocxTemplate(template)
    document.render(context(audit, Places(records)), autoescape=True)
    made = io.BytesIO()
    document.save(made)
    path.write_bytes(stable(made.getvalue()))


def context(audit: Audit, places: Places) -> dict[str, Any]:
    """What the places of the template hold."""
    t, c = texts("vi"), counts(audit)
    rows = in_order(audit)
    below = places.record(audit.child)
    return {
        "party": bool(below and below.document.regime == "party"),
        "parent": _party(audit, "parent", places),
        "child": _party(audit, "child", places),
        "issuer": (audit.child.issuer or "……………………").upper(),
        "duties": c.duties,
        "waiting": c.waiting,
        "people": c.people,
        "applicable": c.applicable,
        "verdicts": [
            {"word": t(f"verdict.{v}"), "count": c.by_verdict[v], "stands": c.standing[v], "share": _share(v, c.standing[v], c.applicable)}
            for v in ORDER
        ],
        "decided": percent(c.decided, c.applicable),
        "covered": percent(c.covered, c.applicable),
        "groups": _groups(rows, audit, places, t),
        "settled": [_row(n, row, audit, places, t) for n, row in enumerate((r for r in rows if r.verdict == stands(r) == "covered"), 1)],
        "not_checked": [{"what": n.what, "why": n.why} for n in audit.not_checked],
        "extra": [
            {"text": e.text, "relation": t.of("coverage_relation", e.relation)} for e in extras_in_order(audit) if e.relation != "repeats"
        ],
    }


def _share(verdict: Verdict, count: int, applicable: int) -> str:
    return "" if verdict == "not_applicable" else percent(count, applicable)


def _party(audit: Audit, side: str, places: Places) -> dict[str, str]:
    party = audit.parent if side == "parent" else audit.child
    record = places.record(party)
    own = record.document if record else None
    title = f": “{own.title}”" if own and own.title else ""
    day = f" ngày {vn_date(own.issued_on)}" if own and own.issued_on else ""
    kind = own.kind if own and own.kind else "Văn bản"
    number = f" số {party.key}" if party.key else " (không số)"
    issuer = f" của {party.issuer}" if party.issuer else ""
    return {"name": party_name(party), "full": f"{kind}{number}{day}{issuer}{title}", "file": party.name}


def _groups(rows: list[AuditRow], audit: Audit, places: Places, t: Texts) -> list[dict[str, Any]]:
    """Rows to talk about, by verdict; groups and rows numbered from 1. A gap stays under the machine's word beside what a person says
    of it; what a person alone calls a gap stands under theirs."""
    groups: list[dict[str, Any]] = []
    for verdict in _LISTED:
        own = [row for row in rows if verdict == (row.verdict if row.verdict in _LISTED else stands(row))]
        if own:
            listed = [_row(n, row, audit, places, t) for n, row in enumerate(own, 1)]
            groups.append({"number": len(groups) + 1, "word": t(f"verdict.{verdict}"), "count": len(own), "rows": listed})
    return groups


def _row(number: int, row: AuditRow, audit: Audit, places: Places, t: Texts) -> dict[str, Any]:
    page = places.duty_page(audit.parent, row.duty)
    where = [t("summary.section", section=row.section)] if row.section else []
    first = row.evidence[0] if row.evidence else None
    below = (first.page or places.page(audit.child, first.start)) if first else None
    return {
        "number": number,
        "where": ", ".join([*where, *([t("summary.page", page=page)] if page else [])]),
        "duty": row.text,
        "said": "\n".join(e.text for e in row.evidence) or t("audit.no_evidence"),
        "below": f"({t('summary.page', page=below)})" if below else "",
        "reason": row.reason,
        "missing": "; ".join(m for m in left_out(row) if m not in row.reason),
        "band": band(row, t),
        "decision": decided_by(row, t),
    }


def stable(packed: bytes) -> bytes:
    """The same Word file with its parts in one order and without times of day."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name in sorted(source.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            out.writestr(zipfile.ZipInfo(name, _ZIP_TIME), source.read(name), compress_type=zipfile.ZIP_DEFLATED)
    return made.getvalue()
