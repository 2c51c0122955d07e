"""What people decided, laid over what the machine read. A decision outlives the rebuild; one whose ends have changed since
is reported as suspect instead of being believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import fold_key
from pipeline.graph.resolve import Identity
from pipeline.graph.shape import Graph, edge_data
from schemas.graph import Decision, GraphFinding


def source_stamp(evidence: Iterable[object]) -> str:
    """Stamp of what an edge rests on: its quotes, not their places, so that a shifted text stays what it was."""
    quotes = sorted({" ".join(str(getattr(e, "quote", "")).split()) for e in evidence})
    return hashlib.sha256("\n".join(quotes).encode()).hexdigest()[:16]


def target_stamp(node: dict[str, Any]) -> str:
    """Stamp of the document an edge points at; "" while it is not in hand."""
    return str(node.get("sha256") or "")[:16]


class Decisions:
    """Decisions sorted by what they are about."""

    def __init__(self, decisions: Iterable[Decision]) -> None:
        ordered = sorted(decisions, key=lambda d: d.model_dump_json())
        self.identities = [d for d in ordered if d.kind == "identity"]
        self.edges = [d for d in ordered if d.kind == "edge"]
        self.refused_identities: set[tuple[str, str]] = set()

    def apply_identities(self, index: GraphIndex, identities: dict[str, Identity]) -> list[GraphFinding]:
        """Confirmed: the document in hand becomes the identity. Refused: never proposed again."""
        if not self.identities:
            return []
        findings: list[GraphFinding] = []
        by_name = _several((name, doc) for doc in sorted(index.documents) for name in {doc, open_node(doc), index.documents[doc].sha256})
        by_fold = _several((identities[name].fold, name) for name in sorted(identities))
        for decision in self.identities:
            docs = by_name.get(decision.source, [])
            names = [decision.target] if decision.target in identities else by_fold.get(fold_key(decision.target), [])
            if len(docs) != 1 or len(names) != 1:
                findings.append(_lost(decision))
                continue
            doc, identity = docs[0], identities[names[0]]
            if decision.verdict == "refused":
                self.refused_identities.add((doc, identity.id))
            elif doc not in identity.holders:
                _merge(index, identity, doc)
        return findings

    def apply_edges(self, graph: Graph) -> list[GraphFinding]:
        """Sets the status of edges decided upon, and adds those that a person knows and no text says."""
        if not self.edges:
            return []
        findings: list[GraphFinding] = []
        by_name = _several((name, node) for node in sorted(graph) for name in _names_of(node, graph.nodes[node]))
        for decision in self.edges:
            ends = [by_name.get(end, []) or by_name.get(fold_key(end), []) for end in (decision.source, decision.target)]
            if any(len(e) != 1 for e in ends):
                findings.append(_lost(decision))
                continue
            (source,), (target,) = ends
            finding = self._apply_edge(graph, decision, source, target)
            findings += [finding] if finding else []
        return findings

    def _apply_edge(self, graph: Graph, decision: Decision, source: str, target: str) -> GraphFinding | None:
        relation = decision.relation or "implements"
        if not graph.has_edge(source, target, relation):
            if decision.verdict == "confirmed":
                _add_by_hand(graph, source, target, relation)
            return None
        data = graph.edges[source, target, relation]
        if not self._changed(decision, data, graph.nodes[target]):
            data["status"] = decision.verdict
            return None
        data["status"] = "suspect"
        text = f"Căn cứ của quyết định về {graph.nodes[source]['name']} → {graph.nodes[target]['name']} đã thay đổi; cần xem lại."
        return GraphFinding("GRAPH-SUSPECT", "warning", text, (source, target))

    @staticmethod
    def _changed(decision: Decision, data: dict[str, Any], target: dict[str, Any]) -> bool:
        evidence = data.get("evidence")
        ours = source_stamp(evidence if isinstance(evidence, tuple) else ())
        theirs = target_stamp(target)
        return bool(
            (decision.source_stamp and decision.source_stamp != ours)
            or (decision.target_stamp and theirs and decision.target_stamp != theirs)
        )


def open_node(document: str) -> str:
    """Node id of a document in hand that has no number."""
    return "doc:" + hashlib.sha256(document.encode()).hexdigest()[:16]


def _several(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _names_of(node: str, data: dict[str, Any]) -> set[str]:
    """What a decision may call a node: its id, its number, its file's hash."""
    key = {fold_key(data["key"])} if data["key"] else set()
    return {node, *key} | ({data["sha256"]} if data["sha256"] else set())


def _merge(index: GraphIndex, identity: Identity, doc: str) -> None:
    facts = index.documents[doc]
    identity.holders.append(doc)
    identity.issuer = facts.issuer or identity.issuer
    identity.kind = facts.kind or identity.kind
    identity.issued_on = facts.issued_on or identity.issued_on
    identity.notes.append("người dùng xác nhận là văn bản này")


def _add_by_hand(graph: Graph, source: str, target: str, relation: str) -> None:
    parent = relation == "implements"
    graph.add_edge(source, target, key=relation, **edge_data(relation, parent=parent, status="confirmed", rule="graph.decision"))


def _lost(decision: Decision) -> GraphFinding:
    text = f"Quyết định {decision.source} → {decision.target} không còn khớp một văn bản duy nhất; giữ lại, chưa áp dụng."
    return GraphFinding("GRAPH-DECISION-LOST", "warning", text, (decision.source, decision.target))
