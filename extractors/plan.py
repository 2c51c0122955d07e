"""The working paper of one extraction: canonical text, its parts, and what has been found so far.

Each extractor reads a ``Plan`` and returns its findings; the spaCy components store them back. Nothing here leaves the
package: ``extractors.record`` turns a finished plan into a ``Record``.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal

from schemas.document import Paragraph, SourceDocument
from schemas.record import Citation, Deadline, Document, Duty, Edge, Finding, Link, Section, Unit

Zone = Literal["header", "title", "opening", "purpose", "body", "closing", "recipients", "signature", "annex", "footnote"]
"""Where a paragraph stands. ``purpose``: Mục đích, yêu cầu, quan điểm, mục tiêu. ``body`` holds duties; ``annex`` may."""

NodeRole = Literal["heading", "item", "text", "trailer", "row", "other"]


@dataclass(frozen=True, slots=True)
class Node:
    """A paragraph in the outline.

    ``parent`` is the index of the node that owns it (heading, or lead-in item), None at the top. ``section`` is the id of the
    closest numbered heading or item that contains it, itself included when it is numbered ("II.2.1"). ``depth`` counts from 0.
    ``role``: *heading* introduces others and is no duty by itself (it may still command, see duties), *item* a labelled
    paragraph, *text* an unlabelled one, *trailer* a field line ("Thời gian: …"), *row* a table row, *other* anything outside
    the outline. ``lead_in`` is true where the paragraph ends in a colon or announces a list and owns the following items.
    """

    index: int
    role: NodeRole
    depth: int
    parent: int | None
    section: str
    lead_in: bool = False
    field: str | None = None  # of a trailer: lead, support, time, product, other


@dataclass(slots=True)
class Plan:
    """One document on its way to a record. ``paragraphs``, ``zones`` and ``nodes`` run in parallel."""

    source: SourceDocument
    zones: tuple[Zone, ...] = ()
    nodes: tuple[Node, ...] = ()
    sections: tuple[Section, ...] = ()
    document: Document = field(default_factory=Document)
    citations: tuple[Citation, ...] = ()
    units: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    links: tuple[Link, ...] = ()
    edges: tuple[Edge, ...] = ()
    findings: tuple[Finding, ...] = ()
    today: str | None = None  # ISO date, given by the caller; extractors have no clock
    text: str = field(init=False, repr=False, compare=False)
    paragraphs: tuple[Paragraph, ...] = field(init=False, repr=False, compare=False)
    _starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        """What is asked for thousands of times a plan is an attribute and no property."""
        self.text, self.paragraphs = self.source.text, self.source.paragraphs

    def paragraph_at(self, offset: int) -> int:
        """Index of the paragraph that holds ``offset`` (the one before it, where it falls on a line break)."""
        if not self._starts:
            self._starts.extend(p.start for p in self.paragraphs)
        return max(0, bisect_right(self._starts, offset) - 1)

    def zone_at(self, offset: int) -> Zone:
        return self.zones[self.paragraph_at(offset)] if self.zones else "body"

    def words(self, paragraph: Paragraph) -> str:
        """Text of a paragraph without its label."""
        return self.source.text[paragraph.body : paragraph.end]


__all__ = ["Node", "NodeRole", "Plan", "Zone"]
