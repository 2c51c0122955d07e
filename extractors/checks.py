"""Groundwork of the checks (phép kiểm): the catalogue of codes and the making of one finding.

A finding is about the plan, never about our reading of it, except for the ``READ-`` codes. ``lexicons/checks.csv`` holds
code, severity, scope, title, why and example of every check; a check is one function from a plan to its findings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from extractors.plan import Plan
from extractors.rulebook import lexicon
from schemas.errors import RulebookError
from schemas.record import Finding, Record, Severity

_SEVERITIES: dict[str, Severity] = {"error": "error", "warning": "warning", "note": "note"}
RANK: dict[Severity, int] = {"error": 0, "warning": 1, "note": 2}

Check = Callable[[Plan], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Code:
    """One line of the catalogue. ``scope``: *document* where one document decides, *store* where others are needed."""

    code: str
    severity: Severity
    scope: str
    title: str
    why: str
    example: str


@cache
def catalogue() -> dict[str, Code]:
    """Every code, in the order of the catalogue; ``RulebookError`` where a line has no known severity or a code comes twice."""
    out: dict[str, Code] = {}
    for row in lexicon("checks"):
        code, severity = row["code"], _SEVERITIES.get(row["severity"])
        if severity is None or code in out:
            raise RulebookError(f"checks.csv: mã “{code}” trùng hoặc có mức “{row['severity']}” không dùng được")
        out[code] = Code(code, severity, row["scope"], row["title"], row["why"], row["example"])
    return out


def finding(plan: Plan | Record, code: str, start: int, end: int, message: str, confidence: float = 1.0) -> Finding:
    """A finding over ``text[start:end]``; severity is the catalogue's. An empty span means the document as a whole."""
    severity = catalogue()[code].severity
    return Finding(
        rule=code, severity=severity, message=message, start=start, end=end, text=plan.text[start:end], confidence=confidence
    )  # fmt: skip


def day(iso: str) -> str:
    """An ISO date as Vietnamese offices write it: 2024-03-05 → 05/3/2024 (month below 3 padded, Nghị định 30/2020/NĐ-CP)."""
    year, month, date = iso.split("-")
    return f"{date}/{month if int(month) < 3 else int(month)}/{year}"
