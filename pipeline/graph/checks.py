"""What must hold between documents: time, command, no circles. Also which of several parents is the immediate one."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import networkx as nx

from pipeline.graph.names import rank
from pipeline.graph.resolve import vn_date
from pipeline.graph.shape import Graph, Simple
from schemas.graph import Evidence, GraphFinding

_ENDING = ("replaces", "repeals")


def live(data: dict[str, Any]) -> bool:
    """Whether an edge counts: everything but what a person refused."""
    return data.get("status") != "refused"


def parents_of(graph: Graph, node: str, *, immediate: bool = True) -> Iterator[str]:
    """Implemented documents of a node, in order; ``immediate``: its parents only."""
    return iter(_told(graph.succ[node], immediate=immediate))


def children_of(graph: Graph, node: str, *, immediate: bool = True) -> Iterator[str]:
    """Documents that implement a node, in order."""
    return iter(_told(graph.pred[node], immediate=immediate))


def _told(ends: Mapping[str, Mapping[str, dict[str, Any]]], *, immediate: bool) -> list[str]:
    """Of the other ends of a node's edges those that carry out, in order: a few of the many that are cited."""
    return sorted(end for end, between in ends.items() if _counts(between.get("implements"), immediate=immediate))


def _counts(data: dict[str, Any] | None, *, immediate: bool) -> bool:
    return data is not None and live(data) and (data["parent"] or not immediate)


def ancestors_of(graph: Graph, node: str) -> set[str]:
    """All documents that a node implements, over any number of levels."""
    seen: set[str] = set()
    queue = deque(parents_of(graph, node))
    while queue:
        at = queue.popleft()
        if at not in seen:
            seen.add(at)
            queue.extend(parents_of(graph, at))
    seen.discard(node)
    return seen


def reduce_parents(graph: Graph) -> None:
    """Keeps as parents those that no other parent of the same document stands below: with D → P → G and D → G, only P. Where
    people have refused every parent, what the document carries out beside them takes their place."""
    for node in _bereft(graph):
        for _, _, data in graph.out_edges(node, data=True):
            if data["relation"] == "implements" and data["status"] != "refused":
                data["parent"] = True
    told = ((node, _told(targets, immediate=True)) for node, targets in graph.adjacency())
    for node, parents in sorted((node, parents) for node, parents in told if len(parents) > 1):
        above = {p: ancestors_of(graph, p) for p in parents}
        for parent in parents:
            others = [q for q in parents if q != parent and parent in above[q] and q not in above[parent]]
            if others:
                graph.edges[node, parent, "implements"]["parent"] = False


def _bereft(graph: Graph) -> list[str]:
    refused = {u for u, _, data in _edges(graph, "implements") if data["parent"] and not live(data)}
    return sorted(node for node in refused if not any(True for _ in parents_of(graph, node)))


def _edges(graph: Graph, relation: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """All edges of one relation, in the order of the graph."""
    for source, targets in graph.adjacency():
        for target, between in targets.items():
            if relation in between:
                yield source, target, between[relation]


def run(graph: Graph) -> list[GraphFinding]:
    """All checks; edges that fail one carry its code in ``flags`` and are suspect unless a person has decided."""
    findings: list[GraphFinding] = []
    edges = [edge for edge in _edges(graph, "implements") if live(edge[2])]
    nodes = dict(graph.nodes.items())
    for source, target, data in edges:
        ends = (source, target)
        findings += _time(nodes[source], nodes[target], ends, data)
        findings += _command(nodes[source], nodes[target], ends, data)
    findings += _cycles(graph, edges)
    findings += _repealed(graph)
    return findings


def _flag(data: dict[str, Any], code: str) -> None:
    flags = data["flags"]
    data["flags"] = (*flags, code) if isinstance(flags, tuple) else (code,)
    if data["status"] == "proposed":
        data["status"] = "suspect"


def _time(child: dict[str, Any], parent: dict[str, Any], ends: tuple[str, str], data: dict[str, Any]) -> list[GraphFinding]:
    when = child["issued_on"] or child.get("latest")
    if not when or not parent["issued_on"] or when >= parent["issued_on"]:
        return []
    _flag(data, "DATE-CHILD-BEFORE-PARENT")
    text = f"{child['name']} (ngày {vn_date(when)}) thực hiện {parent['name']} ban hành sau đó (ngày {vn_date(parent['issued_on'])})."
    return [GraphFinding("DATE-CHILD-BEFORE-PARENT", "error", text, ends, _spans(data))]


def _command(child: dict[str, Any], parent: dict[str, Any], ends: tuple[str, str], data: dict[str, Any]) -> list[GraphFinding]:
    low, high = rank(child["level"]), rank(parent["level"])
    if low < 0 or high < 0 or high <= low or not (child["level_sure"] and parent["level_sure"]):
        return []
    _flag(data, "GRAPH-PARENT-BELOW")
    upper, lower = child["issuer"] or "cấp trên", parent["issuer"] or "không rõ cơ quan"
    text = f"{child['name']} ({upper}) ghi là thực hiện {parent['name']} của cấp dưới ({lower})."
    return [GraphFinding("GRAPH-PARENT-BELOW", "warning", text, ends, _spans(data))]


def _cycles(graph: Graph, edges: Iterable[tuple[str, str, dict[str, Any]]]) -> list[GraphFinding]:
    view: Simple = Simple()
    view.add_edges_from(_between([(u, v) for u, v, d in edges if d["parent"]]))
    findings: list[GraphFinding] = []
    circles = [sorted(c) for c in nx.strongly_connected_components(view) if len(c) > 1]
    for members in sorted(circles):
        inside = set(members)
        for node in members:
            for target in parents_of(graph, node):
                if target in inside:
                    _flag(graph.edges[node, target, "implements"], "GRAPH-CYCLE")
        names = ", ".join(graph.nodes[m]["name"] for m in members)
        findings.append(GraphFinding("GRAPH-CYCLE", "error", f"Các văn bản thực hiện lẫn nhau thành vòng: {names}.", tuple(members)))
    return findings


def _between(edges: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Edges that may be part of a circle: most plans have nothing below them, and what has no parent ends a line. Two rounds leave
    little; more would cost as many as a line is long."""
    for _ in range(2):
        sources, targets = {u for u, _ in edges}, {v for _, v in edges}
        edges = [(u, v) for u, v in edges if u in targets and v in sources]
    return edges


def _repealed(graph: Graph) -> list[GraphFinding]:
    """A plan dated after its directive was replaced or repealed."""
    findings: list[GraphFinding] = []
    ends = {(u, v) for relation in _ENDING for u, v, data in _edges(graph, relation) if live(data)}
    for newer, older in sorted(ends):
        since = graph.nodes[newer]["issued_on"]
        for child in children_of(graph, older, immediate=False):
            when = graph.nodes[child]["issued_on"]
            if since and when and when > since and child != newer:
                names = [graph.nodes[n]["name"] for n in (child, older, newer)]
                text = f"{names[0]} thực hiện {names[1]}, đã bị {names[2]} thay thế hoặc bãi bỏ từ {vn_date(since)}."
                findings.append(GraphFinding("CIT-REPEALED", "error", text, (child, older, newer)))
    return findings


def _spans(data: dict[str, Any]) -> tuple[Evidence, ...]:
    evidence: tuple[Evidence, ...] = data["evidence"]
    return evidence[:3]
