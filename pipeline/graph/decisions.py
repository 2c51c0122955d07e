"""What people decided, laid over what the machine read. A decision outlives the rebuild; one whose ends have changed since
is reported as suspect instead of being believed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import fold_key
from pipeline.graph.resolve import Identity
from pipeline.graph.shape import Graph, edge_data
from schemas.graph import Decision, GraphFinding

T = TypeVar("T")


def source_stamp(evidence: Iterable[object]) -> str:
    """Stamp of what an edge rests on: its quotes, not their places, so that a shifted text stays what it was."""
    quotes = sorted({" ".join(str(getattr(e, "quote", "")).split()) for e in evidence})
    return hashlib.sha256("\n".join(quotes).encode()).hexdigest()[:16]


def edge_stamp(data: dict[str, Any]) -> str:
    """Stamp of an edge. One that is inferred has no words of its own: its stamp says only that there are none."""
    evidence = data.get("evidence")
    return source_stamp(evidence if isinstance(evidence, tuple) and not data.get("inferred") else ())


def target_stamp(node: dict[str, Any]) -> str:
    """Stamp of the document an edge points at; "" while it is not in hand."""
    return str(node.get("sha256") or "")[:16]


BY_HAND = "graph.decision"
"""Rule of the edges that stand on a person's word alone."""


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
        by_name = several((name, doc) for doc in sorted(index.documents) for name in {doc, open_node(doc), index.documents[doc].sha256})
        by_fold = several((identities[name].fold, name) for name in sorted(identities))
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
        nodes = graph.nodes
        by_name = several((name, node) for node in sorted(graph) for name in names_of(node, nodes[node]["key"], nodes[node]["sha256"]))
        for decision in self.edges:
            ends = ends_of(decision, by_name)
            finding = self._apply_edge(graph, decision, *ends) if ends else _lost(decision)
            findings += [finding] if finding else []
        return findings

    def _apply_edge(self, graph: Graph, decision: Decision, source: str, target: str) -> GraphFinding | None:
        relation = decision.relation or "implements"
        known = graph.has_edge(source, target, relation)
        data = graph.edges[source, target, relation] if known else None
        status = status_of(decision, edge_stamp(data) if data else None, target_stamp(graph.nodes[target]))
        if status is None:
            return None
        if data is None:
            graph.add_edge(source, target, key=relation, **by_hand(relation))
        graph.edges[source, target, relation]["status"] = status
        if status != "suspect":
            return None
        text = f"Căn cứ của quyết định về {graph.nodes[source]['name']} → {graph.nodes[target]['name']} đã thay đổi; cần xem lại."
        return GraphFinding("GRAPH-SUSPECT", "warning", text, (source, target))


def status_of(decision: Decision, source: str | None, target: str) -> str | None:
    """What a decision makes of an edge whose ends have these stamps now; ``source`` None where no text says it (any more).
    None: nothing, as there is nothing to refuse."""
    if source is None and decision.verdict == "refused":
        return None
    ours = decision.source_stamp and decision.source_stamp != source
    theirs = decision.target_stamp and target and decision.target_stamp != target
    return "suspect" if ours or theirs else decision.verdict


def by_hand(relation: str) -> dict[str, Any]:
    """Attributes of an edge that a person knows and no text says."""
    return edge_data(relation, parent=relation == "implements", status="confirmed", rule=BY_HAND)


OPEN = "doc:"
"""How the node ids of documents in hand without a number begin."""


def open_node(document: str) -> str:
    """Node id of a document in hand that has no number."""
    return OPEN + hashlib.sha256(document.encode()).hexdigest()[:16]


def several(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """All values of each name."""
    found: dict[str, list[T]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def names_of(node: str, key: str | None, sha256: str | None) -> set[str]:
    """What a decision may call a node: its id, its number, its file's hash."""
    return {node, *([fold_key(key)] if key else []), *([sha256] if sha256 else [])}


def ends_of(decision: Decision, by_name: Mapping[str, Sequence[T]]) -> tuple[T, T] | None:
    """The two nodes a decision is about; None where a name fits none, or several."""
    source, target = (by_name.get(end) or by_name.get(fold_key(end)) or () for end in (decision.source, decision.target))
    return (source[0], target[0]) if len(source) == len(target) == 1 else None


def _merge(index: GraphIndex, identity: Identity, doc: str) -> None:
    facts = index.documents[doc]
    identity.holders.append(doc)
    identity.issuer = facts.issuer or identity.issuer
    identity.kind = facts.kind or identity.kind
    identity.issued_on = facts.issued_on or identity.issued_on
    identity.notes.append("người dùng xác nhận là văn bản này")


def _lost(decision: Decision) -> GraphFinding:
    text = f"Quyết định {decision.source} → {decision.target} không còn khớp một văn bản duy nhất; giữ lại, chưa áp dụng."
    return GraphFinding("GRAPH-DECISION-LOST", "warning", text, (decision.source, decision.target))
