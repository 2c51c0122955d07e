"""All checks together: what extraction found in each document, what needs other documents, what an audit shows.

``run_checks`` never opens the store or a file; it takes records and audits.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from extractors.checks import RANK, Code, catalogue, finding
from pipeline.audit.checks_store import STORE_CHECKS, StoreCheck
from pipeline.audit.library import Library
from schemas.coverage import Audit, AuditRow, Slot
from schemas.errors import UsageError
from schemas.record import Finding, Record

AuditCheck = Callable[[Audit, Record], Iterator[Finding]]
DRIFT_SLOTS = frozenset({"number", "qualifier", "polarity", "modality"})


@dataclass(frozen=True, slots=True)
class Located:
    """A finding with its place in the file: ``page`` from 1 where the format has pages, ``line`` of a text file, else the
    paragraph counted from 1 (in the page, where there is one)."""

    file: str
    page: int | None
    line: int
    finding: Finding

    @property
    def code(self) -> Code:
        return catalogue()[self.finding.rule]


def _span(row: AuditRow) -> tuple[int, int]:
    return (row.evidence[0].start, row.evidence[0].end) if row.evidence else (0, 0)


def _slots(audit: Audit) -> Iterator[tuple[AuditRow, Slot]]:
    """Compared slots that disagree."""
    return ((row, slot) for row in audit.rows for slot in row.slots if not slot.agrees)


def _parent(audit: Audit) -> str:
    return audit.parent.key or audit.parent.name


def deadline_after_parent(audit: Audit, record: Record) -> Iterator[Finding]:
    """DL-AFTER-PARENT: a compared deadline that the child sets later; only where the auditor counts it against the parent."""
    for row, slot in _slots(audit):
        if slot.slot == "deadline" and slot.parent and slot.child and row.verdict in ("contradicted", "partial"):
            start, end = _span(row)
            at = record.text.find(slot.child, start)
            place = (at, at + len(slot.child)) if at >= 0 else (start, end)
            message = f"{_parent(audit)} ({row.duty}) yêu cầu “{slot.parent}”, kế hoạch này đặt “{slot.child}”. Đặt lại thời hạn."
            yield finding(record, "DL-AFTER-PARENT", *place, message, row.confidence)


def cover_missing(audit: Audit, record: Record) -> Iterator[Finding]:
    """COVER-MISSING: a duty of the superior that concerns this issuer and has no answer."""
    for row in audit.rows:
        if row.verdict == "not_covered":
            message = f"Chưa có nhiệm vụ {row.duty} của {_parent(audit)}: “{row.text[:120].strip()}”. Bổ sung hoặc ghi rõ lý do."
            yield finding(record, "COVER-MISSING", 0, 0, message, row.confidence)


def cover_extra(audit: Audit, record: Record) -> Iterator[Finding]:
    """COVER-EXTRA: a duty of this plan without a counterpart above."""
    duties = {duty.id: duty for duty in record.duties}
    for extra in audit.extra:
        duty = duties.get(extra.duty)
        if duty is not None:
            message = f"Nhiệm vụ này không có trong {_parent(audit)}. Kiểm tra thẩm quyền và nguồn lực."
            yield finding(record, "COVER-EXTRA", duty.start, duty.end, message)


def cover_drift(audit: Audit, record: Record) -> Iterator[Finding]:
    """COVER-DRIFT: the same duty with a changed number, condition or force."""
    for row, slot in _slots(audit):
        if slot.slot in DRIFT_SLOTS and row.evidence:
            change = f"“{slot.parent or 'không có'}” thành “{slot.child or 'không có'}”"
            message = f"Khác {_parent(audit)} ở nhiệm vụ {row.duty}: {change}. Xem lại."
            yield finding(record, "COVER-DRIFT", *_span(row), message, row.confidence)


AUDIT_CHECKS: tuple[AuditCheck, ...] = (deadline_after_parent, cover_missing, cover_extra, cover_drift)
CHECKS: tuple[StoreCheck | AuditCheck, ...] = (*STORE_CHECKS, *AUDIT_CHECKS)
"""What is checked beyond one document; the checks of one document are ``extractors.findings.CHECKS``."""


def _wanted(select: tuple[str, ...], ignore: tuple[str, ...]) -> set[str]:
    """Codes left after ``--select`` and ``--ignore``: whole codes or beginnings ("CIT", "DUTY-TIME")."""
    codes = list(catalogue())
    for pattern in (*select, *ignore):
        if not any(code.startswith(pattern) for code in codes):
            near = get_close_matches(pattern, codes, n=3)
            hint = f" Có phải {', '.join(near)}?" if near else ""
            raise UsageError(f"Không có mã kiểm tra “{pattern}”.{hint}", remedy="Chạy «trienkhai explain MÃ», hoặc xem danh mục các mã.")
    chosen = {c for c in codes if not select or c.startswith(select)}
    return {c for c in chosen if not (ignore and c.startswith(ignore))}


def _places(record: Record) -> Callable[[int], tuple[int | None, int]]:
    """Page and line of an offset; lines of text files come from the reader, others are paragraphs of the page."""
    lines = [(r.start, r.line) for r in record.regions if r.line is not None]
    starts = [start for start, _ in lines]

    def place(offset: int) -> tuple[int | None, int]:
        page = record.page_at(min(offset, max(0, len(record.text) - 1)))
        if lines:
            return page, lines[max(0, bisect_right(starts, offset) - 1)][1] or 1
        since = next((p.start for p in record.pages if p.number == page), 0)
        return page, record.text.count("\n", since, offset) + 1

    return place


def _located(record: Record, found: Iterable[Finding]) -> list[Located]:
    place = _places(record)
    name = f"{record.source.name} ({record.source.part})" if record.source.part else record.source.name
    return [Located(name, *place(f.start), f) for f in found]


def run_checks(
    records: Iterable[Record],
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    audits: Iterable[Audit] = (),
) -> list[Located]:
    """Findings of all records, document by document in the order given, by place, severity and code.

    ``audits`` add what they show about the child they audited (matched by the file's checksum). Raises ``UsageError`` for a code
    or beginning of a code that no check has.
    """
    wanted = _wanted(select, ignore)
    library = Library.of(records)
    by_child: dict[str, list[Audit]] = {}
    for audit in audits:
        by_child.setdefault(audit.child.sha256, []).append(audit)
    out: list[Located] = []
    for record in library.records:
        found = {_key(f): f for f in record.findings}
        for check in STORE_CHECKS:
            found |= {_key(f): f for f in check(library, record)}
        for audit in by_child.get(record.source.sha256, ()):
            for audit_check in AUDIT_CHECKS:
                found |= {_key(f): f for f in audit_check(audit, record)}
        kept = sorted((f for f in found.values() if f.rule in wanted), key=lambda f: (f.start, f.end, RANK[f.severity], f.rule, f.message))
        out += _located(record, kept)
    return out


def _key(found: Finding) -> tuple[str, int, int, str]:
    return found.rule, found.start, found.end, found.message
