"""The findings of one document (cảnh báo): every check that a single plan decides, in the order of the text.

To add a check: one function in a ``checks_`` module, one line in ``CHECKS`` and one in ``lexicons/checks.csv``.
"""

from __future__ import annotations

from extractors import (
    checks_bodies,
    checks_citation_form,
    checks_citations,
    checks_document,
    checks_duties,
    checks_duty_form,
    checks_form,
    checks_layout,
    checks_structure,
    checks_words,
)
from extractors.checks import RANK, Check
from extractors.plan import Plan
from schemas.record import Finding

CHECKS: tuple[Check, ...] = (
    *checks_document.CHECKS,
    *checks_form.CHECKS,
    *checks_citations.CHECKS,
    *checks_citation_form.CHECKS,
    *checks_structure.CHECKS,
    *checks_layout.CHECKS,
    *checks_words.CHECKS,
    *checks_duties.CHECKS,
    *checks_duty_form.CHECKS,
    *checks_bodies.CHECKS,
)  # fmt: skip


def extract_findings(plan: Plan) -> tuple[Finding, ...]:
    """All findings of a plan whose other parts are done, by place, then severity, then code; the same fault never twice."""
    found = {(f.rule, f.start, f.end, f.message): f for check in CHECKS for f in check(plan)}
    return tuple(sorted(found.values(), key=lambda f: (f.start, f.end, RANK[f.severity], f.rule, f.message)))
