"""Coverage audits against gold verdicts: accuracy, how much was answered at all, false «covered», first evidence.

Gold is one file a pair: ``{"parent", "child", "rows": [{"text", "verdict", "children": [text …]}]}``. A parent duty that the
audit does not list counts as wrong; rows are paired by text in reading order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.scoring_match import SAME_DUTY, SAME_PHRASE, align, overlap, overlaps
from pipeline.scoring_record import Miss
from schemas.coverage import Audit, AuditRow

JUDGED = ("covered", "partial", "contradicted", "not_covered", "not_applicable")
ANSWERS = (*JUDGED, "needs_review", "missing")


@dataclass(frozen=True)
class CoverageScore:
    """``table`` counts (gold verdict, our verdict); ``first_right`` of ``with_children`` rows show the right child duty first."""

    table: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_right: int = 0
    with_children: int = 0

    def __add__(self, other: CoverageScore) -> CoverageScore:
        return CoverageScore(self.table + other.table, self.first_right + other.first_right, self.with_children + other.with_children)

    @property
    def total(self) -> int:
        return self.table.total()

    def _wanted(self, verdict: str) -> int:
        return sum(n for (gold, _), n in self.table.items() if gold == verdict)

    def _said(self, verdict: str) -> int:
        return sum(n for (_, have), n in self.table.items() if have == verdict)

    @property
    def false_covered(self) -> int:
        """Duties called covered that gold does not call so: the costliest error of an audit."""
        return self._said("covered") - self.table["covered", "covered"]

    def figures(self) -> dict[str, float]:
        """Shares from 0 to 1, better upwards."""
        right = sum(self.table[v, v] for v in JUDGED)
        answered = self.total - self._said("needs_review")
        f1 = [2 * self.table[v, v] / (wanted + self._said(v)) for v in JUDGED if (wanted := self._wanted(v))]
        said = self._said("covered")
        return {
            "verdict.accuracy": right / self.total if self.total else 0.0,
            "verdict.answered": answered / self.total if self.total else 0.0,
            "verdict.accuracy_answered": right / answered if answered else 0.0,
            "verdict.macro_f1": sum(f1) / len(f1) if f1 else 0.0,
            "covered.precision": 1 - self.false_covered / said if said else 1.0,
            "evidence.top1": self.first_right / max(1, self.with_children),
        }


def _first_right(row: Mapping[str, Any], answer: AuditRow | None) -> bool:
    first = answer.evidence[0].text if answer is not None and answer.evidence else ""
    return any(overlap(first, child) >= SAME_PHRASE or (first and first in child) for child in row["children"])


def score_pair(gold: Mapping[str, Any], audit: Audit | None, name: str) -> tuple[CoverageScore, list[Miss]]:
    """One audit against its gold; ``audit`` None where the pair could not be audited."""
    rows: list[Mapping[str, Any]] = gold["rows"]
    answers = audit.rows if audit is not None else ()
    pairs = dict(align(overlaps([r["text"] for r in rows], [a.text for a in answers], SAME_DUTY)))
    table: Counter[tuple[str, str]] = Counter()
    misses: list[Miss] = []
    first = of = 0
    for i, row in enumerate(rows):
        answer = answers[pairs[i]] if i in pairs else None
        have = answer.verdict if answer is not None else "missing"
        table[row["verdict"], have] += 1
        if have != row["verdict"]:
            misses.append(Miss(name, "verdict", "wrong", f"cần {row['verdict']}, có {have}: {row['text'][:110]}"))
        if row["children"]:
            of += 1
            right = _first_right(row, answer)
            first += right
            if not right:
                shown = answer.evidence[0].text[:70] if answer is not None and answer.evidence else "–"
                misses.append(Miss(name, "evidence", "wrong", f"{row['text'][:70]} <> {shown}"))
    return CoverageScore(table, first, of), misses


def score_coverage(golds: Mapping[str, Mapping[str, Any]], audits: Mapping[str, Audit]) -> tuple[dict[str, CoverageScore], list[Miss]]:
    """Scores by pair name; sum them with ``coverage_total``."""
    scores: dict[str, CoverageScore] = {}
    misses: list[Miss] = []
    for name, gold in golds.items():
        scores[name], found = score_pair(gold, audits.get(name), name)
        misses += found
    return scores, misses


def coverage_total(scores: Iterable[CoverageScore]) -> CoverageScore:
    return sum(scores, CoverageScore())
