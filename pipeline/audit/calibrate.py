"""Thresholds chosen on some judged pairs and tried on another: what the audit is worth on plans it was not tuned on.

``leave_one_out`` tunes on all pairs but one and judges that one, for each in turn. Under about ten judged pairs the product ships
bands, not percentages; the table says how far a tuned share carries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from extractors.unit_words import fold
from pipeline.audit.applicability import applicability
from pipeline.audit.candidates import Pair, Thresholds, claims_of
from pipeline.audit.matching import DutyMatch, match, prepare
from pipeline.audit.references import references
from pipeline.audit.verdicts import judge
from schemas.coverage import VERDICTS
from schemas.record import Record

GRID: tuple[Thresholds, ...] = tuple(
    Thresholds(full, low, found) for full, low, found in product((0.5, 0.55, 0.6, 0.65), (0.34, 0.38, 0.42), (0.26, 0.3, 0.34))
)
"""Shares tried. Finer steps would fit noise: one pair holds 14 to 75 duties."""
FALSE_COVERED_COSTS = 3.0
"""A false «covered» costs what three right answers bring."""


@dataclass(frozen=True)
class Judged:
    """A pair with a reader's verdicts, ``(duty text, verdict)`` each."""

    name: str
    parent: Record
    child: Record
    gold: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Line:
    """One line of the table: the pair left out, the shares tuned without it, and the figures it then gets."""

    name: str
    limits: Thresholds
    duties: int
    accuracy: float
    answered: float
    covered_precision: float
    macro_f1: float


Verdicts = tuple[tuple[str, str], ...]
"""``(gold, found)`` for every judged duty of a pair; ``missing`` where the duty was not extracted."""


class _Ready:
    """A pair with everything that does not depend on thresholds."""

    def __init__(self, judged: Judged) -> None:
        self.name = judged.name
        self.above, self.below = prepare(judged.parent), prepare(judged.child)
        self.matches = match(self.above, self.below)
        binding = [m for m in self.matches if applicability(m.item.duty, judged.child.document).verdict != "does_not"]
        self.references, self.claims = references(self.below), claims_of(binding)
        self.rows = _aligned(judged.gold, self.matches)

    def verdicts(self, limits: Thresholds) -> Verdicts:
        pair = Pair(self.above, self.below, self.references, limits, self.claims)
        return tuple((gold, judge(found, pair).verdict if found else "missing") for gold, found in self.rows)


def _plain(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .;:,/")


def _aligned(gold: Iterable[tuple[str, str]], matches: Sequence[DutyMatch]) -> tuple[tuple[str, DutyMatch | None], ...]:
    """Gold verdicts with the duty of that text: the same words, else one inside the other."""
    left = {n: _plain(m.item.duty.text) for n, m in enumerate(matches)}
    out: list[tuple[str, DutyMatch | None]] = []
    for text, verdict in gold:
        wanted = _plain(text)
        same = [n for n, have in left.items() if have == wanted]
        near = same or [n for n, have in left.items() if len(have) > 20 and (have in wanted or wanted in have)]
        out.append((verdict, matches[near[0]] if near else None))
        if near:
            del left[near[0]]
    return tuple(out)


def utility(verdicts: Verdicts) -> float:
    """Right answers less what false «covered» cost."""
    right = sum(gold == found for gold, found in verdicts)
    return right - FALSE_COVERED_COSTS * sum(found == "covered" != gold for gold, found in verdicts)


def figures(name: str, limits: Thresholds, verdicts: Verdicts) -> Line:
    total = len(verdicts) or 1
    covered = [gold for gold, found in verdicts if found == "covered"]
    scores = []
    for verdict in VERDICTS:
        have, want = sum(f == verdict for _, f in verdicts), sum(g == verdict for g, _ in verdicts)
        if want:
            scores.append(2 * sum(g == f == verdict for g, f in verdicts) / (have + want))
    return Line(
        name=name, limits=limits, duties=len(verdicts), accuracy=sum(g == f for g, f in verdicts) / total,
        answered=1 - sum(f == "needs_review" for _, f in verdicts) / total,
        covered_precision=covered.count("covered") / len(covered) if covered else 1.0,
        macro_f1=sum(scores) / len(scores) if scores else 1.0,
    )  # fmt: skip


def best_limits(tables: Sequence[dict[Thresholds, Verdicts]], grid: Sequence[Thresholds] = GRID) -> Thresholds:
    """The shares with the highest utility over all pairs; of equals the ones nearest the shipped default."""
    default = Thresholds()

    def key(limits: Thresholds) -> tuple[float, float]:
        away = abs(limits.full - default.full) + abs(limits.low - default.low) + abs(limits.found - default.found)
        return (-sum(utility(table[limits]) for table in tables), away)

    return min(grid, key=key)


def leave_one_out(pairs: Iterable[Judged], grid: Sequence[Thresholds] = GRID) -> tuple[Line, ...]:
    """For each pair the figures with shares tuned on all the others, and a last line ``all`` over all of them together."""
    ready = [_Ready(pair) for pair in pairs]
    tables = [{limits: one.verdicts(limits) for limits in grid} for one in ready]
    lines: list[Line] = []
    every: list[tuple[str, str]] = []
    for n, one in enumerate(ready):
        limits = best_limits([t for m, t in enumerate(tables) if m != n] or tables, grid)
        found = tables[n][limits]
        lines.append(figures(one.name, limits, found))
        every.extend(found)
    return (*lines, figures("all", best_limits(tables, grid), tuple(every)))


def as_text(lines: Iterable[Line]) -> str:
    """The table as Markdown."""
    out = ["| cặp | nhiệm vụ | đúng | có trả lời | macro-F1 | covered đúng | ngưỡng |", "|---|---:|---:|---:|---:|---:|---|"]
    for line in lines:
        limits = f"{line.limits.full:.2f} / {line.limits.low:.2f} / {line.limits.found:.2f}"
        out.append(
            f"| {line.name} | {line.duties} | {line.accuracy:.3f} | {line.answered:.3f} | {line.macro_f1:.3f} "
            f"| {line.covered_precision:.3f} | {limits} |"
        )
    return "\n".join(out)
