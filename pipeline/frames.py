"""Records as tables for research (bảng dữ liệu): one row a document, citation, deadline, duty or role. Needs pandas (``[research]``).

Every frame has its columns even where it has no rows, and a column ``file`` to join by; dates are ``datetime64``, unknown
ones NaT. Rows stand in the order of the records and of their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pipeline.graph.names import level_of
from schemas.errors import UsageError
from schemas.record import Duty, Record

if TYPE_CHECKING:
    import pandas as pd

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOCUMENT = (
    "file",
    "key",
    "kind",
    "regime",
    "level",
    "issuer",
    "issued_on",
    "title",
    "pages",
    "characters",
    "citations",
    "deadlines",
    "duties",
)
_CITATION = (
    "file",
    "document",
    "id",
    "key",
    "form",
    "kind",
    "issued_on",
    "issuer",
    "relation",
    "pinpoints",
    "text",
    "start",
    "end",
    "rule",
    "confidence",
)
_DEADLINE = ("file", "document", "id", "kind", "start_on", "due", "due_text", "rrule", "text", "start", "end", "rule", "confidence")
_DUTY = (
    "file",
    "document",
    "issuer",
    "id",
    "section",
    "modality",
    "lead",
    "support",
    "due",
    "citations",
    "product",
    "text",
    "start",
    "end",
    "rule",
    "confidence",
)
_ROLE = ("file", "document", "issuer", "duty", "role", "name", "modality", "due", "rule", "confidence")


def _pandas() -> ModuleType:
    try:
        import pandas
    except ImportError as error:
        raise UsageError("Thiếu thư viện pandas để lập bảng dữ liệu.", remedy="Cài thêm: pip install 'trienkhai[research]'.") from error
    return pandas


def _frame(rows: Iterable[Sequence[Any]], columns: Sequence[str], dates: Sequence[str]) -> pd.DataFrame:
    pandas = _pandas()
    frame: pd.DataFrame = pandas.DataFrame(list(rows), columns=list(columns))
    for name in dates:
        frame[name] = pandas.to_datetime(frame[name], errors="coerce")
    return frame


def documents_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A row a document: identity, level, and how much was found in it."""
    rows = []
    for r in records:
        d = r.document
        level = level_of(d.key, d.issuer)[0]
        counts = (len(r.text), len(r.citations), len(r.deadlines), len(r.duties))
        rows.append((r.source.name, d.key, d.kind, d.regime, level, d.issuer, d.issued_on, d.title, r.source.pages, *counts))
    return _frame(rows, _DOCUMENT, ("issued_on",))


def citations_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A row a mention of a document; ``pinpoints`` joined by ``; ``."""
    return _frame(
        (
            (
                r.source.name,
                r.document.key,
                c.id,
                c.key,
                c.form,
                c.kind,
                c.issued_on,
                c.issuer,
                c.relation,
                "; ".join(c.pinpoints),
                c.text,
                c.start,
                c.end,
                c.rule,
                c.confidence,
            )
            for r in records
            for c in r.citations
        ),
        _CITATION,
        ("issued_on",),
    )


def deadlines_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A row a deadline; ``due_text`` keeps what is no date (ISO durations of relative terms)."""
    return _frame(
        (
            (
                r.source.name,
                r.document.key,
                d.id,
                d.kind,
                d.start_on,
                _date(d.due),
                d.due,
                d.rrule,
                d.text,
                d.start,
                d.end,
                d.rule,
                d.confidence,
            )
            for r in records
            for d in r.deadlines
        ),
        _DEADLINE,
        ("start_on", "due"),
    )


def duties_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A row a duty; ``lead``, ``support`` and ``citations`` joined by ``; ``, ``due`` the earliest date among its deadlines."""
    rows = []
    for r in records:
        dues, keys = _dues(r), {c.id: c.key for c in r.citations}
        for d in r.duties:
            cited = "; ".join(dict.fromkeys(k for i in d.citations if (k := keys.get(i))))
            who = ("; ".join(d.lead), "; ".join(d.support))
            place = (d.text, d.start, d.end, d.rule, d.confidence)
            head = (r.source.name, r.document.key, r.document.issuer, d.id, d.section, d.modality)
            rows.append((*head, *who, _earliest(d, dues), cited, d.product, *place))
    return _frame(rows, _DUTY, ("due",))


def roles_frame(records: Iterable[Record]) -> pd.DataFrame:
    """A row a body in a duty, with what it does there (``lead``, ``support``, ``approve`` …)."""
    rows = []
    for r in records:
        dues = _dues(r)
        for d in r.duties:
            for role, name, rule, confidence in _roles(d):
                rows.append(
                    (r.source.name, r.document.key, r.document.issuer, d.id, role, name, d.modality, _earliest(d, dues), rule, confidence)
                )
    return _frame(rows, _ROLE, ("due",))


def _roles(duty: Duty) -> list[tuple[str, str, str, float]]:
    """Roles with their provenance; leads and supporters that have none come from the duty itself."""
    found = {(r.role, r.name): (r.role, r.name, r.rule, r.confidence) for r in duty.roles}
    for role, names in (("lead", duty.lead), ("support", duty.support)):
        for name in names:
            found.setdefault((role, name), (role, name, duty.lead_rule or duty.rule, duty.confidence))
    return list(found.values())


def _date(due: str | None) -> str | None:
    return due if due and _DATE.fullmatch(due) else None


def _dues(record: Record) -> dict[str, str]:
    return {d.id: due for d in record.deadlines if (due := _date(d.due))}


def _earliest(duty: Duty, dues: dict[str, str]) -> str | None:
    return min((dues[i] for i in duty.deadlines if i in dues), default=None)
