"""The record: everything extracted from one document. Schema ``trienkhai/record/1``.

Offsets are half open and count characters of ``text``; ``text[start:end]`` equals the item's ``text``, always. Fields here
may grow; those of the published format keep names and meanings.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

RECORD_SCHEMA: Literal["trienkhai/record/1"] = "trienkhai/record/1"

Regime = Literal["party", "state", "front", "union"]
CitationForm = Literal["full", "name", "short", "self", "anaphora"]
Relation = Literal["implements", "based_on", "amends", "replaces", "repeals", "guides", "promulgates", "cites"]
RELATIONS: tuple[Relation, ...] = ("implements", "based_on", "amends", "replaces", "repeals", "guides", "promulgates", "cites")
DeadlineKind = Literal["date", "range", "recurring", "continuous", "relative", "event"]
Modality = Literal["obligation", "prohibition", "permission", "sanction", "request"]
Severity = Literal["error", "warning", "note"]
Confidence = Annotated[float, Field(ge=0, le=1)]


class Model(BaseModel):
    """Base of all record parts: frozen, unknown fields refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(Model):
    """The file. ``pages`` is None where the format has none."""

    name: str
    sha256: str
    media_type: str
    pages: int | None = None
    ocr_pages: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    part: str | None = None


class Page(Model):
    number: int
    start: int
    end: int


class Region(Model):
    """Where ``text[start:end]`` stands in the file: page and box (points, origin top left), or line, or path in a Word file.
    ``raw`` is what stood there before cleaning, where it differs; ``repair`` names the rule that changed a reading."""

    start: int
    end: int
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    line: int | None = None
    path: str | None = None
    confidence: Confidence | None = None
    raw: str | None = None
    repair: str | None = None


class Item(Model):
    """Anything extracted: a span with the rule that found it and its confidence. ``review`` says why a person should look."""

    start: int
    end: int
    text: str
    rule: str
    confidence: Confidence = 1.0
    review: tuple[str, ...] = ()


class FieldSource(Model):
    """Provenance of one field of ``Document``: the span it was read from, rule and confidence."""

    start: int
    end: int
    text: str
    rule: str
    confidence: Confidence = 1.0


class Document(Model):
    """Identity (số, ký hiệu, nơi ban hành, trích yếu …) as the text gives it. ``issued_on`` is an ISO date."""

    key: str | None = None
    kind: str | None = None
    number: str | None = None
    symbol: str | None = None
    regime: Regime | None = None
    issued_on: str | None = None
    place: str | None = None
    issuer: str | None = None
    superior: str | None = None
    title: str | None = None
    signer: str | None = None
    signer_position: str | None = None
    signing_authority: str | None = None
    recipients: tuple[str, ...] = ()
    abbreviations: dict[str, str] = Field(default_factory=dict)
    provenance: dict[str, FieldSource] = Field(default_factory=dict)
    issued_between: tuple[str | None, str | None] | None = None


class Section(Model):
    """A numbered heading or item that contains others. ``start``/``end`` cover heading and content."""

    id: str
    label: str
    title: str
    level: int
    parent: str | None
    start: int
    end: int
    kind: str = "section"
    rule: str = "structure.heading"
    confidence: Confidence = 1.0


class Citation(Item):
    """One mention of one document (viện dẫn)."""

    id: str
    form: CitationForm
    key: str | None = None
    kind: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    pinpoints: tuple[str, ...] = ()
    relation: Relation = "cites"
    within: str | None = None
    subject: str | None = None
    antecedent: str | None = None
    raw_key: str | None = None


class Unit(Item):
    """A mention of a body, a group of bodies or a role of persons. ``name`` is its full form in this document, ``body`` the
    identity in the registry where known, ``members`` the rule that says who belongs to a collective."""

    id: str
    name: str
    kind: str
    body: str | None = None
    members: str | None = None


class Deadline(Item):
    """An expression that says when or how often (thời hạn). ``due`` is an ISO date, or an ISO duration for ``relative``.

    ``rrules`` are the rules its dates follow where ``rrule`` alone says less: all cycles of "quý, 6 tháng, năm", the window
    of "Quý I hằng năm". ``side``: before, by, in, from, after, within. ``anchor``: the words of the event a term counts from."""

    id: str
    kind: DeadlineKind
    start_on: str | None = None
    due: str | None = None
    inclusive: bool = True
    rrule: str | None = None
    rrules: tuple[str, ...] = ()
    side: str | None = None
    grain: str | None = None
    anchor: str | None = None
    working_days: bool = False


class Role(Model):
    """Who does what in a duty: ``role`` is lead, support, report_to, advise, approve …; ``unit`` the mention it comes from."""

    role: str
    name: str
    unit: str | None = None
    rule: str
    confidence: Confidence = 1.0


class Duty(Item):
    """One duty (nhiệm vụ) after the annotation guide."""

    id: str
    section: str
    modality: Modality
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    product: str | None = None
    roles: tuple[Role, ...] = ()
    heading: str = ""
    lead_in: str | None = None
    action: str | None = None
    object: str | None = None
    clarity: dict[str, bool] = Field(default_factory=dict)
    modality_rule: str = ""
    lead_rule: str = ""


class Link(Model):
    target: str
    relation: Relation
    parent: bool = False
    citations: tuple[str, ...] = ()
    rule: str = "relations.strongest"
    confidence: Confidence = 1.0


class Edge(Model):
    source: str
    target: str
    relation: Relation
    citations: tuple[str, ...] = ()
    rule: str = "relations.nested"
    confidence: Confidence = 1.0


class Finding(Model):
    """What an auditor would mark in the plan (code of the catalogue)."""

    rule: str
    severity: Severity
    message: str
    start: int
    end: int
    text: str
    confidence: Confidence = 1.0


class Record(Model):
    """One document, read."""

    schema_: Literal["trienkhai/record/1"] = Field(default=RECORD_SCHEMA, alias="schema")
    source: Source
    text: str
    pages: tuple[Page, ...] = ()
    regions: tuple[Region, ...] = ()
    document: Document = Document()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    units: tuple[Unit, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    duties: tuple[Duty, ...] = ()
    links: tuple[Link, ...] = ()
    edges: tuple[Edge, ...] = ()
    findings: tuple[Finding, ...] = ()

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    def to_json(self, *, indent: int | None = None) -> str:
        """JSON text, the same bytes for the same record."""
        return self.model_dump_json(by_alias=True, indent=indent)

    def page_at(self, offset: int) -> int | None:
        """1-based page that holds the character, None where the file has no pages."""
        for page in self.pages:
            if page.start <= offset < page.end:
                return page.number
        return None


def record_json_schema() -> dict[str, Any]:
    """JSON Schema of the record, as published in ``schemas/json/record.json``."""
    return Record.model_json_schema(by_alias=True)
