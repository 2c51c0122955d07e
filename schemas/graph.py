"""The directive graph: its levels, relations, evidence, decisions, candidates and findings. Schema ``trienkhai/graph/1``.

A *mention* is a citation in one document; an *identity* is what mentions speak of (key + period + issuer); a *document* is
a file in hand. The graph's nodes are identities and documents in hand; edges run from child to parent: the source
implements, is based on, amends … the target.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ConfigDict, Field

from schemas.record import RELATIONS, Confidence, Model, Severity

GRAPH_SCHEMA: Literal["trienkhai/graph/1"] = "trienkhai/graph/1"

Level = Literal["central", "ministry", "province", "department", "district", "commune", "unit"]
LEVELS: tuple[Level, ...] = ("central", "ministry", "province", "department", "district", "commune", "unit")
"""Who commands whom, from the top. A plan never stands under a document of a later level."""

NodeType = Literal["document", "provision", "body", "duty"]
EdgeStatus = Literal["proposed", "confirmed", "refused", "suspect"]
"""``proposed``: read by machine. ``suspect``: a confirmed edge whose ends have changed, or one that goes against time,
command or leads back to itself."""

STRUCTURE_RELATIONS: tuple[str, ...] = ("part_of", "issued_by", "assigns", "led_by", "supported_by", "may_be")
"""Edges that join optional nodes: provision → document, document → body, document → duty, duty → body; ``may_be`` leads
from a document in hand without a number to an identity it is a candidate for."""

GRAPH_RELATIONS: tuple[str, ...] = (*RELATIONS, *STRUCTURE_RELATIONS)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a document says so: ``start``/``end`` count characters of that document's text."""

    document: str
    start: int
    end: int
    quote: str
    rule: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document in hand without a number that may be a cited identity. ``score`` 0 to 1; ``reasons`` Vietnamese phrases."""

    document: str
    identity: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphFinding:
    """What is wrong or doubtful between documents. ``nodes`` are node ids; ``evidence`` may be empty."""

    code: str
    severity: Severity
    message: str
    nodes: tuple[str, ...]
    evidence: tuple[Evidence, ...] = ()


class Decision(Model):
    """What a person decided; outlives every rebuild of the graph.

    ``kind`` *identity*: the document in hand ``source`` (sha256, or node id) is, or is not, the identity ``target`` (node id
    or key). *edge*: the relation between two nodes holds or not. Stamps are those shown when the decision was made; where
    one has changed since, the decision is reported as suspect instead of being believed.
    """

    kind: Literal["identity", "edge"]
    source: str
    target: str
    relation: str | None = None
    verdict: Literal["confirmed", "refused"]
    source_stamp: str = ""
    target_stamp: str = ""
    by: str = ""
    note: str = ""


class GraphNode(Model):
    """One row of the None-free node table that every export shares."""

    id: str
    type: NodeType
    key: str = ""
    name: str
    kind: str = ""
    regime: str = ""
    level: str = ""
    issuer: str = ""
    issued_on: str = ""
    title: str = ""
    in_hand: bool = False
    files: str = ""
    sha256: str = ""
    citing: int = 0
    mentions: int = 0
    notes: str = ""


class GraphEdge(Model):
    """One row of the None-free edge table. ``evidence`` counts the mentions; quote and place are those of the first."""

    source: str
    target: str
    relation: str
    parent: bool = False
    status: EdgeStatus = "proposed"
    confidence: Confidence = 1.0
    inferred: bool = False
    flags: str = ""
    conflicts: str = ""
    evidence: int = 0
    document: str = ""
    start: int = 0
    end: int = 0
    quote: str = ""
    rule: str = ""
    stamp: str = ""


class GraphTables(Model):
    """The graph as two tables, in sorted order."""

    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]


class LinkedNode(Model):
    """A node of the node-link form: all that the graph knows of it."""

    id: str
    type: NodeType
    key: str | None
    name: str
    kind: str | None
    regime: str | None
    level: Level | None
    level_sure: bool
    issuer: str | None
    issued_on: str | None
    latest: str | None
    title: str | None
    in_hand: bool
    files: tuple[str, ...]
    sha256: str | None
    citing: int
    mentions: int
    notes: tuple[str, ...]


class LinkedEdge(Model):
    """An edge of the node-link form, from the lower document to the upper; ``key`` is the relation, one edge of a kind."""

    source: str
    target: str
    key: str
    relation: str
    parent: bool
    status: EdgeStatus
    confidence: Confidence
    inferred: bool
    evidence: tuple[Evidence, ...]
    flags: tuple[str, ...]
    conflicts: tuple[str, ...]
    rule: str
    reasons: tuple[str, ...]


class GraphHead(Model):
    """What holds for the whole graph. ``options``: which optional nodes were asked for."""

    schema_: Literal["trienkhai/graph/1"] = Field(alias="schema")
    options: dict[str, bool]
    findings: tuple[GraphFinding, ...]
    candidates: tuple[Candidate, ...]

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class NodeLink(Model):
    """The graph as node-link JSON: without loss, and readable by networkx."""

    directed: Literal[True]
    multigraph: Literal[True]
    graph: GraphHead
    nodes: tuple[LinkedNode, ...]
    edges: tuple[LinkedEdge, ...]


def graph_json_schema() -> dict[str, Any]:
    """JSON Schema of the node-link form, as published in ``schemas/json/graph.json``."""
    return NodeLink.model_json_schema(by_alias=True)
