"""The working form of a citation while one text is read; it becomes a ``Citation`` at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from extractors.citation_laws import Law
from extractors.plan import Zone
from schemas.record import Citation, CitationForm, Relation


@dataclass(frozen=True, slots=True)
class CitationContext:
    """What is known about the text around: ``kind`` of this document, its own ``key``, date and issuer, abbreviations it introduces,
    the zone of an offset (None: found from the text alone), where footnotes hang (``citation_notes``), where the line ends that gives the
    document its number."""

    kind: str = "Kế hoạch"
    key: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    abbreviations: dict[str, str] = field(default_factory=dict)
    zone_at: Callable[[int], Zone] | None = None
    notes: dict[int, int] = field(default_factory=dict)
    head_end: int = 0


@dataclass(slots=True)
class Draft:
    """A mention on its way. ``core`` is where kind word or number begins, after pinpoints."""

    start: int
    core: int
    end: int
    form: CitationForm
    rule: str
    confidence: float
    kind: str | None = None
    raw_key: str | None = None
    key: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    pinpoints: tuple[str, ...] = ()
    relation: Relation = "cites"
    within: int | None = None
    subject: str | None = None
    antecedent: int | None = None
    review: tuple[str, ...] = ()
    law: Law | None = None
    host: int | None = None
    edge: Relation | None = None
    passive: bool = False

    def citation(self, index: int, text: str) -> Citation:
        """The record's form; ids are c1, c2 … in reading order."""
        return Citation(
            id=f"c{index + 1}", start=self.start, end=self.end, text=text[self.start : self.end], form=self.form, key=self.key,
            kind=self.kind, issued_on=self.issued_on, issuer=self.issuer, pinpoints=self.pinpoints, relation=self.relation,
            within=None if self.within is None else f"c{self.within + 1}", subject=self.subject,
            antecedent=None if self.antecedent is None else f"c{self.antecedent + 1}",
            raw_key=self.raw_key if self.raw_key != self.key else None, rule=self.rule, confidence=round(self.confidence, 2),
            review=self.review,
        )  # fmt: skip
