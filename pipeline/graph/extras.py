"""Nodes on demand: provisions (pinpointed parts), bodies and duties, and the edges that join them to documents."""

from __future__ import annotations

from typing import Any

from pipeline.graph.facts import DocumentFacts, DutyFacts
from pipeline.graph.index import GraphIndex
from pipeline.graph.names import fold_name, name_level
from pipeline.graph.resolve import evidence_of
from pipeline.graph.shape import Graph, edge_data, node_data
from schemas.graph import Evidence


def _edge(graph: Graph, source: str, target: str, relation: str, evidence: tuple[Evidence, ...], rule: str, confidence: float) -> None:
    if graph.has_edge(source, target, relation):
        graph.edges[source, target, relation]["evidence"] += evidence
        return
    graph.add_edge(source, target, key=relation, **edge_data(relation, evidence=evidence, rule=rule, confidence=confidence))


def _node(graph: Graph, name: str, node_type: str, label: str, **more: Any) -> None:
    if name not in graph:
        graph.add_node(name, **node_data(type=node_type, name=label, **more))


def add_provisions(graph: Graph, index: GraphIndex) -> None:
    """A node for every pinpointed provision: ``131-QĐ/TW::điều 4``, part of its document, cited by the document that points."""
    for doc in sorted(index.documents):
        facts = index.documents[doc]
        for at, (mention, target) in enumerate(zip(facts.mentions, facts.targets, strict=True)):
            if not target or target == facts.node or target not in graph:
                continue
            for pinpoint in mention.pinpoints:
                name = f"{target}::{pinpoint}"
                _node(graph, name, "provision", f"{pinpoint} {graph.nodes[target]['name']}", kind="Điều khoản")
                span = (evidence_of(facts, at),)
                _edge(graph, name, target, "part_of", (), "graph.pinpoint", mention.confidence)
                _edge(graph, facts.node, name, "cites", span, mention.rule, mention.confidence)


def body_id(name: str) -> str:
    """Id of a body by its name. Generic names («Sở Y tế») without a place are one node: places are the reader's to add."""
    return "body:" + fold_name(name).replace(" ", "-")


def add_bodies(graph: Graph, index: GraphIndex) -> None:
    """A node for every issuer, with ``issued_by`` from its documents."""
    for node in sorted(n for n, d in graph.nodes(data=True) if d["type"] == "document" and d["issuer"]):
        issuer = graph.nodes[node]["issuer"]
        _add_body(graph, issuer)
        _edge(graph, node, body_id(issuer), "issued_by", (), "graph.issuer", 1.0)


def _add_body(graph: Graph, name: str) -> None:
    level, sure = name_level(name)
    _node(graph, body_id(name), "body", name, level=level, level_sure=sure)


def add_duties(graph: Graph, index: GraphIndex) -> None:
    """A node for every duty, with ``assigns`` from its document and ``led_by``/``supported_by`` to bodies."""
    for doc in sorted(index.documents):
        facts = index.documents[doc]
        for duty in facts.duties:
            _add_duty(graph, facts, duty)


def _add_duty(graph: Graph, facts: DocumentFacts, duty: DutyFacts) -> None:
    name = f"{facts.node}::{facts.sha256[:8]}::{duty.id}"
    _node(
        graph, name, "duty", f"{graph.nodes[facts.node]['name']} · {duty.id}", kind=duty.modality, title=duty.text,
        issuer=graph.nodes[facts.node]["issuer"], issued_on=duty.due, in_hand=True,
    )  # fmt: skip
    span = (Evidence(facts.id, duty.start, duty.end, duty.text, duty.rule, duty.confidence),)
    _edge(graph, facts.node, name, "assigns", span, duty.rule, duty.confidence)
    for relation, bodies in (("led_by", duty.lead), ("supported_by", duty.support)):
        for body in bodies:
            _add_body(graph, body)
            _edge(graph, name, body_id(body), relation, span, duty.rule, duty.confidence)
    for at in duty.at:
        target = facts.targets[at]
        if target and target in graph and target != facts.node:
            _edge(graph, name, target, "cites", (evidence_of(facts, at),), duty.rule, duty.confidence)
