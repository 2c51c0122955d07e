"""Between which days a document without a day of issue must lie (ngày ban hành để trống): by its header, else by its contents."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace

from extractors.plan import Plan
from schemas.record import Document

Bounds = tuple[str | None, str | None]
"""Earliest and latest day, ISO, both included; None where nothing tells."""


def header_bounds(year: int, month: int | None) -> tuple[str, str]:
    """All days that «ngày … tháng 10 năm 2025» or «ngày … tháng … năm 2025» leaves open."""
    last = month or 12
    return f"{year:04d}-{month or 1:02d}-01", f"{year:04d}-{last:02d}-{monthrange(year, last)[1]:02d}"


def content_bounds(plan: Plan) -> Bounds:
    """Its youngest citation, its first fixed deadline (domain.md 5.3)."""
    cited = [c.issued_on for c in plan.citations if c.issued_on and c.form == "full"]
    due = [d.due for d in plan.deadlines if d.kind == "date" and d.due and d.grain == "day"]
    low, high = max(cited, default=None), min(due, default=None)
    return low, (high if high and (not low or low <= high) else None)


def _narrowed(header: Bounds | None, content: Bounds) -> Bounds | None:
    """What both allow; where they contradict each other the header is believed."""
    if header is None:
        return content if any(content) else None
    low, high = max(filter(None, (header[0], content[0])), default=None), min(filter(None, (header[1], content[1])), default=None)
    return header if low and high and low > high else (low, high)


def earliest(document: Document) -> str | None:
    """Day of issue, or the first day that the header leaves open; None where only the contents tell."""
    return document.issued_on or (_header(document) or (None, None))[0]


def latest(document: Document) -> str | None:
    """Day of issue, or the last day that the header leaves open; None where only the contents tell."""
    return document.issued_on or (_header(document) or (None, None))[1]


def _header(document: Document) -> Bounds | None:
    return document.issued_between if "issued_between" in document.provenance else None


def with_bounds(plan: Plan) -> Plan:
    """The plan with ``document.issued_between`` where the day of issue is unknown."""
    own = plan.document
    if own.issued_on or not plan.paragraphs:
        return plan
    return replace(plan, document=own.model_copy(update={"issued_between": _narrowed(own.issued_between, content_bounds(plan))}))
