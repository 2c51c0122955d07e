"""What is decided about one duty before it becomes a row, and the wording that its reasons share."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractors.addressee import Applicability
from extractors.reasons import Said, said
from pipeline.audit.candidates import ActVerdict
from pipeline.audit.terms import Item
from schemas.coverage import CoverageRelation, Slot, Verdict


@dataclass(frozen=True)
class Finding:
    """Everything decided about one duty, before it becomes a row."""

    item: Item
    verdict: Verdict
    relation: CoverageRelation | None
    confidence: float
    rule: str
    reason: str
    applies: Applicability
    evidence: tuple[tuple[int, float], ...] = ()
    acts: tuple[ActVerdict, ...] = ()
    missing: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    lost: tuple[tuple[int, float, str], ...] = field(default=())
    provision: str | None = None
    earlier: bool = False
    addressee: str = "unknown"


Lost = tuple[tuple[int, float, str], ...]


def short(text: str, size: int = 140) -> str:
    return text if len(text) <= size else text[: size - 1].rsplit(" ", 1)[0] + "…"


def listed(pieces: tuple[str, ...]) -> str:
    return ", ".join(f"«{short(piece)}»" for piece in pieces)


def contrary_reason(one: Slot, *, rarer: bool = False) -> Said:
    """The sentence on a slot that goes against the parent; ``rarer`` where its term is not later but comes round less often."""
    key = {"deadline": "rarer" if rarer else "later", "number": "other_number", "polarity": "contrary"}[one.slot]
    return said(key, child=one.child, parent=one.parent)
