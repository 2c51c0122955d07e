"""What people decided, laid over what the machine read. A decision outlives the rebuild; one whose ends have changed since
is reported as suspect instead of being believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import fold_key
from pipeline.graph.resolve import Identity
from pipeline.graph.shape import Graph, edge_data
from schemas.graph import Decision, GraphFinding


def source_stamp(evidence: Iterable[object]) -> str:
    """Stamp of what an edge rests on: its quotes, not their places, so that a shifted text stays what it was."""
    quotes = sorted({" ".join(str(getattr(e, "quote", "")).split()) for e in evidence})
    return hashlib.sha256("\n".join(quotes).encode()).hexdigest()[:16]


def target_stamp(node: dict[str, object]) -> str:
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
        findings: list[GraphFinding] = []
        for decision in self.identities:
            docs = [d for d in sorted(index.documents) if _is_source(d, decision.source)]
            names = _identity_ids(identities, decision.target)
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
        findings: list[GraphFinding] = []
        for decision in self.edges:
            ends = [_nodes(graph, end) for end in (decision.source, decision.target)]
            if any(len(e) != 1 for e in ends):
                findings.append(_lost(decision))
                continue
            (source,), (target,) = ends
            relation = decision.relation or "implements"
            if not graph.has_edge(source, target, relation):
                if decision.verdict == "confirmed":
                    _add_by_hand(graph, source, target, relation)
                continue
            data = graph.edges[source, target, relation]
            if self._changed(decision, data, graph.nodes[target]):
                data["status"] = "suspect"
                text = f"Căn cứ của quyết định về {graph.nodes[source]['name']} → {graph.nodes[target]['name']} đã thay đổi; cần xem lại."
                findings.append(GraphFinding("GRAPH-SUSPECT", "warning", text, (source, target)))
            else:
                data["status"] = decision.verdict
        return findings

    @staticmethod
    def _changed(decision: Decision, data: dict[str, object], target: dict[str, object]) -> bool:
        evidence = data.get("evidence")
        ours = source_stamp(evidence if isinstance(evidence, tuple) else ())
        theirs = target_stamp(target)
        return bool(
            (decision.source_stamp and decision.source_stamp != ours)
            or (decision.target_stamp and theirs and decision.target_stamp != theirs)
        )


def _is_source(document: str, source: str) -> bool:
    node = "doc:" + hashlib.sha256(document.encode()).hexdigest()[:16]
    return source in (document, node) or (len(source) >= 8 and document.startswith(source))


def _identity_ids(identities: dict[str, Identity], target: str) -> list[str]:
    if target in identities:
        return [target]
    fold = fold_key(target)
    return [name for name in sorted(identities) if identities[name].fold == fold]


def _nodes(graph: Graph, end: str) -> list[str]:
    if end in graph:
        return [end]
    fold = fold_key(end)
    return [n for n, d in graph.nodes(data=True) if (d.get("key") and fold_key(d["key"]) == fold) or d.get("sha256") == end]


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
