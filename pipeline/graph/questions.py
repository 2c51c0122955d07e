"""Questions asked of the graph: chain, children, impact, timeline, siblings, duplicates; others in ``gaps`` and ``ways``.

Every function takes the graph of ``build`` and a document as a user names it (node id, number with or without marks, file
name, start of a sha256) and returns a plain dataclass. ``UsageError`` where a name fits no document, or several.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from pipeline.graph.checks import children_of, live, parents_of
from pipeline.graph.keys import days_between, fold_key, strip_marks
from pipeline.graph.names import rank
from pipeline.graph.shape import Graph
from schemas.errors import UsageError
from schemas.graph import LEVELS, Candidate

LEVEL_NAMES = {
    "central": "Trung ương",
    "ministry": "Bộ, ban, ngành trung ương",
    "province": "Tỉnh, thành phố",
    "department": "Sở, ban, ngành tỉnh",
    "district": "Huyện, quận, thị xã",
    "commune": "Xã, phường, đặc khu",
    "unit": "Đơn vị, chi bộ",
}
"""Names of levels as a user reads them."""

# A ministry is a step beside the province, and the district tier ended on 01/7/2025: neither is missed in a chain.
_EXPECTED = ("central", "province", "department")
_MOST_WAYS = 40


@dataclass(frozen=True, slots=True)
class Step:
    """A document in an answer. ``status``, ``inferred`` and ``flags`` belong to the edge that leads up from it."""

    id: str
    key: str | None
    name: str
    kind: str | None
    level: str | None
    issuer: str | None
    issued_on: str | None
    in_hand: bool
    files: tuple[str, ...]
    status: str | None = None
    inferred: bool = False
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Ways from a document up to its roots, each from the root down; documents not in hand; levels no document stands on;
    candidates as (document in hand, cited identity, score and reasons)."""

    document: Step
    paths: tuple[tuple[Step, ...], ...]
    missing: tuple[Step, ...]
    missing_levels: tuple[str, ...]
    candidates: tuple[tuple[Step, Step, Candidate], ...]


def find(graph: Graph, name: str) -> str:
    """Node of the document that a user names."""
    if name in graph:
        return name
    fold, flat = fold_key(name), strip_marks(name).replace(" ", "")
    documents: list[tuple[str, dict[str, Any]]] = [(n, d) for n, d in graph.nodes(data=True) if d["type"] == "document"]
    for fits in (
        [n for n, d in documents if d["key"] and fold_key(d["key"]) == fold],
        [n for n, d in documents if name in d["files"] or (len(name) >= 6 and str(d["sha256"] or "").startswith(name))],
        [n for n, d in documents if d["key"] and strip_marks(d["key"]).replace(" ", "") == flat],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise UsageError(f"“{name}” chỉ {len(fits)} văn bản: {', '.join(sorted(fits))}.", remedy="Ghi rõ một trong các mã vừa nêu.")
    raise UsageError(f"Không có văn bản nào tên hoặc số “{name}” trong đồ thị.", remedy="Kiểm tra lại số, ký hiệu hoặc tên tệp.")


def step(graph: Graph, node: str, parent: str | None = None) -> Step:
    """A node as an answer shows it; with ``parent``, the edge to it as well."""
    data = graph.nodes[node]
    edge = graph.edges[node, parent, "implements"] if parent else {}
    return Step(
        node,
        data["key"],
        data["name"],
        data["kind"],
        data["level"],
        data["issuer"],
        data["issued_on"],
        data["in_hand"],
        data["files"],
        edge.get("status"),
        edge.get("inferred", False),
        edge.get("flags", ()),
    )


def chain(graph: Graph, name: str) -> Chain:
    """Up to the root. Circles are cut where they close; at most 40 ways are followed."""
    start = find(graph, name)
    paths: list[tuple[Step, ...]] = []
    stack: list[tuple[str, ...]] = [(start,)]
    while stack and len(paths) < _MOST_WAYS:
        way = stack.pop()
        up = [p for p in parents_of(graph, way[-1]) if p not in way]
        stack.extend((*way, p) for p in reversed(up))
        if not up:
            steps = [step(graph, n, way[i + 1] if i + 1 < len(way) else None) for i, n in enumerate(way)]
            paths.append(tuple(reversed(steps)))
    seen = {s.id: s for path in paths for s in path}
    missing = tuple(s for s in seen.values() if not s.in_hand)
    return Chain(step(graph, start), tuple(paths), missing, _missing_levels(graph, paths), _candidates(graph, set(seen)))


def _missing_levels(graph: Graph, paths: Iterable[tuple[Step, ...]]) -> tuple[str, ...]:
    """Levels of command between root and document on which no document stands, where the ends' levels are known. A document
    that one of the chain carries out beside its parent counts: a school under its ward also carries out its department's plan."""
    lacking: set[str] = set()
    for path in paths:
        levels = {s.level for s in path if s.level}
        levels |= {graph.nodes[upper]["level"] for s in path for upper in parents_of(graph, s.id, immediate=False)}
        if levels & {"district", "commune"}:
            levels.add("department")  # districts and communes answer to the province, not to its departments
        if len(path) > 1:
            top, bottom = rank(path[0].level), rank(path[-1].level)
            lacking |= {level for level in _EXPECTED if top < rank(level) < bottom and top >= 0 and level not in levels}
    return tuple(level for level in LEVELS if level in lacking)


def _candidates(graph: Graph, nodes: set[str]) -> tuple[tuple[Step, Step, Candidate], ...]:
    offered = (c for c in graph.graph.get("candidates", ()) if c.identity in nodes or c.document in nodes)
    return tuple((step(graph, c.document), step(graph, c.identity), c) for c in offered)


def _short(s: Step, *, here: bool) -> str:
    hold = f"{', '.join(s.files)}, có trong tay" if s.in_hand else "chỉ được dẫn"
    kind = (s.kind or "văn bản").lower()
    label = f"{kind} này" if here and not s.key else s.key or kind
    return f"{label} ({hold})"


def render_chain(answer: Chain) -> str:
    """One line per way, from the root to the document; Vietnamese."""
    return "\n".join(" → ".join(_short(s, here=s.id == answer.document.id) for s in path) for path in answer.paths)


def explain_chain(answer: Chain) -> str:
    """The chain and what a person should know of it: what is missing, inferred or in doubt; candidates for what is missing."""
    lines = [render_chain(answer)]
    if answer.missing:
        lines.append("Chưa có trong tay: " + ", ".join(s.name for s in answer.missing) + ".")
    if answer.missing_levels:
        lines.append("Không thấy văn bản ở cấp: " + ", ".join(LEVEL_NAMES[level] for level in answer.missing_levels) + ".")
    for path in answer.paths:
        for upper, lower in pairwise(path):
            if lower.inferred:
                lines.append(f"Suy ra theo cấp, chưa có văn bản nói rõ: {lower.name} thực hiện {upper.name}.")
            if lower.flags:
                lines.append(f"Cần xem lại {lower.name} → {upper.name}: {', '.join(lower.flags)}.")
    for document, identity, candidate in answer.candidates:
        score = f"{candidate.score:.2f}".replace(".", ",")
        lines.append(f"{document.name} có thể là {identity.name} (điểm {score}): {'; '.join(candidate.reasons)}.")
    return "\n".join(dict.fromkeys(lines))


def children(graph: Graph, name: str, *, deep: bool = False) -> tuple[Step, ...]:
    """Documents whose parent this is; ``deep``: on all levels below, nearest first."""
    start = find(graph, name)
    return tuple(step(graph, node, parent) for node, parent in _below(graph, start, deep=deep))


def _below(graph: Graph, start: str, *, deep: bool = True) -> list[tuple[str, str]]:
    """(document, the parent it was reached from), breadth first."""
    found: dict[str, str] = {}
    queue = deque([start])
    while queue:
        at = queue.popleft()
        for child in children_of(graph, at):
            if child not in found and child != start:
                found[child] = at
                if deep:
                    queue.append(child)
    return list(found.items())


def siblings(graph: Graph, name: str) -> tuple[Step, ...]:
    """Other documents under the same immediate parents."""
    start = find(graph, name)
    found = {child: parent for parent in parents_of(graph, start) for child in children_of(graph, parent) if child != start}
    return tuple(step(graph, child, found[child]) for child in sorted(found))


@dataclass(frozen=True, slots=True)
class Impact:
    """What hangs on a document. ``plans`` stand below it and have to follow; ``changed_by``: those that amend, replace or
    repeal it; ``others`` only refer to it. Duties that cite the document stand in ``duties_citing``, all duties of the plans
    below in ``duties``; None where the graph was built without duties.

    ``citing`` counts the others by relation, the strongest first, and ``duties_citing_count`` those duties: a law is cited
    by tens of thousands, of whom an answer may hold the first only."""

    document: Step
    changed_by: tuple[tuple[str, Step], ...]
    plans: tuple[Step, ...]
    others: tuple[tuple[str, Step], ...]
    bodies: tuple[str, ...]
    duties: tuple[str, ...] | None
    duties_citing: tuple[str, ...] | None
    citing: tuple[tuple[str, int], ...] = ()
    duties_citing_count: int | None = None


ENDING = ("amends", "replaces", "repeals")
REFERRING = ("implements", "based_on", "guides", "cites")
"""Relations of those that only refer to a document, the strongest first."""


def impact(graph: Graph, name: str) -> Impact:
    """Plans, duties and bodies below a document that was amended or replaced."""
    start = find(graph, name)
    below = _below(graph, start)
    inside = {n for n, _ in below}
    changed, others = [], []
    for source, _, data in sorted(graph.in_edges(start, data=True), key=lambda e: (e[0], e[2]["relation"])):
        relation = data["relation"]
        if live(data) and graph.nodes[source]["type"] == "document" and source not in inside:
            if relation in ENDING:
                changed.append((relation, step(graph, source)))
            elif relation in REFERRING:
                others.append((relation, step(graph, source)))
    duties = _duties_of(graph, [n for n, _ in below])
    known = graph.graph["options"]["duties"]
    citing = sorted(u for u, _, k in graph.in_edges(start, keys=True) if k == "cites" and graph.nodes[u]["type"] == "duty")
    bodies = {graph.nodes[n]["issuer"] for n in inside} | {
        graph.nodes[v]["name"] for d in duties for _, v, k in graph.out_edges(d, keys=True) if k in ("led_by", "supported_by")
    }
    return Impact(
        step(graph, start),
        tuple(changed),
        tuple(step(graph, n, p) for n, p in below),
        tuple(others),
        tuple(sorted(b for b in bodies if b)),
        tuple(duties) if known else None,
        tuple(citing) if known else None,
        count_by_relation(Counter(relation for relation, _ in others)),
        len(citing) if known else None,
    )


def count_by_relation(counts: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    """Numbers of referring documents as an answer gives them."""
    return tuple((relation, counts[relation]) for relation in REFERRING if counts.get(relation))


def _duties_of(graph: Graph, nodes: Iterable[str]) -> list[str]:
    return sorted(v for n in nodes for _, v, k in graph.out_edges(n, keys=True) if k == "assigns")


@dataclass(frozen=True, slots=True)
class Moment:
    """A document below a directive. ``days`` from the directive, ``days_from_parent`` from its own parent; None undated."""

    document: Step
    depth: int
    days: int | None
    days_from_parent: int | None
    parent: Step


@dataclass(frozen=True, slots=True)
class Timeline:
    """``by_level``: (level or "", documents dated, median days from the directive), from the top."""

    directive: Step
    moments: tuple[Moment, ...]
    by_level: tuple[tuple[str, int, float], ...]


def timeline(graph: Graph, name: str) -> Timeline:
    """Days from a directive to every document below it; dated ones first, in order of time."""
    start = find(graph, name)
    origin = graph.nodes[start]["issued_on"]
    depth = {start: 0}
    moments = []
    for node, parent in _below(graph, start):
        depth[node] = depth[parent] + 1
        when = graph.nodes[node]["issued_on"]
        days = days_between(origin, when)
        own = days_between(graph.nodes[parent]["issued_on"], when)
        moments.append(Moment(step(graph, node, parent), depth[node], days, own, step(graph, parent)))
    moments.sort(key=lambda m: (m.days is None, m.days or 0, m.document.id))
    spans: dict[str, list[int]] = {}
    for moment in moments:
        if moment.days is not None:
            spans.setdefault(moment.document.level or "", []).append(moment.days)
    levels = tuple((level, len(spans[level]), float(median(spans[level]))) for level in (*LEVELS, "") if level in spans)
    return Timeline(step(graph, start), tuple(moments), levels)


@dataclass(frozen=True, slots=True)
class Group:
    """Documents that look like one. ``reason``: *same_number*, *same_title* or *candidate*."""

    reason: str
    documents: tuple[Step, ...]
    files: tuple[str, ...]


def duplicates(graph: Graph) -> tuple[Group, ...]:
    """Several files of one number; documents in hand with one title and issuer; unnumbered ones that may be a cited one."""
    groups: list[Group] = []
    titled: dict[tuple[str, str], list[str]] = {}
    for node in sorted(n for n, d in graph.nodes(data=True) if d["type"] == "document" and d["in_hand"]):
        data = graph.nodes[node]
        if len(data["files"]) > 1:
            groups.append(Group("same_number", (step(graph, node),), data["files"]))
        if data["title"] and data["issuer"]:
            titled.setdefault((strip_marks(data["title"]), strip_marks(data["issuer"])), []).append(node)
    for nodes in titled.values():
        if len(nodes) > 1:
            alike = tuple(step(graph, n) for n in nodes)
            groups.append(Group("same_title", alike, tuple(f for s in alike for f in s.files)))
    for candidate in graph.graph.get("candidates", ()):
        document = step(graph, candidate.document)
        groups.append(Group("candidate", (document, step(graph, candidate.identity)), document.files))
    return tuple(groups)
