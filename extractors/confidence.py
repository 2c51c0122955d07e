"""Confidence as a share of right answers: what each rule said of itself, corrected by how often gold agreed.

``lexicons/confidence.csv`` is written by ``python -m pipeline.calibrate --write``: a row for each rule and each confidence that
it states (``said``), since one rule may state less where its reading is less sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, TypeVar

from extractors.rulebook import lexicon
from schemas.errors import RulebookError
from schemas.record import Duty, Item, Role

I = TypeVar("I", bound=Item)


@cache
def _table() -> dict[tuple[str, str], float]:
    table: dict[tuple[str, str], float] = {}
    for row in lexicon("confidence"):
        key = row["rule"], row["said"]
        try:
            value = float(row["confidence"])
        except ValueError as error:
            raise RulebookError(f"confidence.csv: luật “{row['rule']}”: “{row['confidence']}” không phải là số") from error
        if not 0 <= value <= 1 or key in table:
            raise RulebookError(f"confidence.csv: luật “{row['rule']}”: ngoài khoảng 0–1 hoặc lặp")
        table[key] = value
    return table


def stated(confidence: float) -> str:
    """A stated confidence as it stands in the table."""
    return f"{confidence:.2f}"


@cache
def calibrated(rule: str, default: float) -> float:
    """Share of right answers of ``rule`` where it states ``default``; ``default`` itself where gold has not shown the rule."""
    return _table().get((rule, stated(default)), default)


def _lead(role: Role) -> Role:
    """Gold judges leads alone; other roles keep what their rule states."""
    return role.model_copy(update={"confidence": calibrated(role.rule, role.confidence)}) if role.role == "lead" else role


def with_confidence(items: Iterable[I]) -> tuple[I, ...]:
    """The items with calibrated confidence; leads of duties too."""
    out: list[I] = []
    for item in items:
        update: dict[str, Any] = {"confidence": calibrated(item.rule, item.confidence)}
        if isinstance(item, Duty) and item.roles:
            update["roles"] = tuple(_lead(role) for role in item.roles)
        changed = any(getattr(item, name) != value for name, value in update.items())
        out.append(item.model_copy(update=update) if changed else item)
    return tuple(out)


__all__ = ["calibrated", "stated", "with_confidence"]
