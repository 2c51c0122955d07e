"""Edges again where mentions mean something else now: claims, what they say together, levels inferred, parents reduced,
checks of time, command and circles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, update

from pipeline.graph import checks
from pipeline.graph.build import BY_LEVEL, above
from pipeline.graph.links import LinkReader
from pipeline.graph.shape import Graph, edge_data, node_data
from pipeline.links import rows
from pipeline.links.region import Held, Region, pages
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

Place = tuple[int, int, str]
_E = tables.edges.c
_LOOKS = ("issued_on", "latest", "level", "level_sure", "key", "issuer", "holders")
"""What an edge's checks and the inference by level depend on, at either end."""


class Relinking:
    """``places``: edges that came, went or are said otherwise; ``parents_before``: what the nodes
    whose edges were touched implemented before; ``recount``: documents more (or fewer) that mean each node."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.connection = region.connection
        self.places: set[Place] = set()
        self.parents_before: dict[int, set[int]] = {}
        self.recount: Counter[int] = Counter()

    def run(self, moved: Iterable[int]) -> None:
        """``moved``: documents whose mentions mean other nodes, or who are another node."""
        for n in sorted(moved):
            self._claim(self.region.documents[n])
        self._unhand()
        self._merge()
        for n, by in sorted(self.recount.items()):
            if by and n in self.region.rows:
                row = self.region.node(n)
                self.region.put_node(row | {"citing": row["citing"] + by})
        looks = self.region.changed(*_LOOKS)
        self._infer(looks)
        self.reduce({s for s, _, r in self.places if r == "implements"} | self._below_or_at(looks))

    # --- what each document says ----------------------------------------------------------------------------------------

    def forget(self, document: int) -> None:
        """Takes back all that a document said; its places are merged anew."""
        c = tables.claims.c
        old = self.connection.execute(select(c.source, c.target, c.relation).where(c.document == document)).all()
        self.places |= {(row.source, row.target, row.relation) for row in old}
        self.connection.execute(delete(tables.claims).where(c.document == document))

    def _claim(self, held: Held) -> None:
        self.forget(held.n)
        facts, region = held.facts, self.region
        facts.targets = [region.node(n)["name"] for n in held.target]
        facts.node = region.node(held.node)["name"]
        number = {region.node(n)["name"]: n for n in (*held.target, held.node)}
        slipped = {(facts.id, at) for at, (raw, target) in enumerate(zip(held.raw, held.target, strict=True)) if raw != target}
        said = rows.claims_of(LinkReader(facts, slipped, {}).edges())
        found = [rows.claim_row(held.n, (number[s], number[t], r), draft) for (s, t, r), draft in said.items()]
        if found:
            self.connection.execute(insert(tables.claims), found)
        self.places |= {(row["source"], row["target"], row["relation"]) for row in found}

    def _unhand(self) -> None:
        """Edges that people added go with their ends; where a decision still fits somewhere, it is laid again."""
        gone = [n for n in self.region.before if n not in self.region.rows]
        for page in pages(gone):
            lost = and_(_E.by_hand, or_(_E.source.in_(page), _E.target.in_(page)))
            found = self.connection.execute(select(_E.source, _E.target, _E.relation).where(lost)).all()
            self.places |= {(row.source, row.target, row.relation) for row in found}

    # --- what they say together -----------------------------------------------------------------------------------------

    def _merge(self) -> None:
        c = tables.claims.c
        self._remember({source for source, _, relation in self.places if relation == "implements"})
        for source, target, relation in sorted(self.places):
            place = and_(c.source == source, c.target == target, c.relation == relation)
            said = self.connection.execute(select(c.parent, c.slipped, c.confidence).where(place)).all()
            if not said:
                self._drop(source, target, relation)
                continue
            slipped = all(row.slipped for row in said)
            data = edge_data(
                relation, parent=any(row.parent for row in said), confidence=max(row.confidence for row in said),
                flags=("GRAPH-NUMBER-SLIP",) if slipped else (),
            )  # fmt: skip
            self._write(rows.edge_row(source, target, relation, claimed=data["parent"], data=data))

    def _remember(self, sources: Iterable[int]) -> None:
        for source in sources:
            if source not in self.parents_before:
                targets = self.connection.scalars(select(_E.target).where(_E.source == source, SAID))
                self.parents_before[source] = set(targets)

    def _write(self, row: Row) -> None:
        self._drop(row["source"], row["target"], row["relation"])
        self.connection.execute(insert(tables.edges), row)

    def _drop(self, source: int, target: int, relation: str) -> None:
        self.connection.execute(delete(tables.edges).where(_E.source == source, _E.target == target, _E.relation == relation))

    # --- levels ---------------------------------------------------------------------------------------------------------

    def _infer(self, looks: Collection[int]) -> None:
        """As ``Builder.infer_by_level`` for every parent whose children, own parents or looks have changed."""
        touched = {place for place in self.places if place[2] == "implements"}
        affected = {n for s, t, _ in touched for n in (s, t)} | set(looks)
        sources = {s for s, _, _ in touched}
        for page in pages(looks):
            sources |= set(self.connection.scalars(select(_E.source).where(_E.target.in_(page), SAID, ~_E.inferred)))
        for page in pages(sources):
            affected |= set(self.connection.scalars(select(_E.target).where(_E.source.in_(page), _IMPLEMENTS, _E.claimed)))
        for parent in sorted(affected):
            self._infer_over(parent)

    def _infer_over(self, parent: int) -> None:
        own = self.connection.execute(select(_E.target, _E.inferred).where(_E.source == parent, SAID)).all()
        before = {row.target for row in own if row.inferred}
        wanted: set[int] = set()
        if len(before) == len(own) and self._is_known(parent) and self.region.node(parent)["holders"] == "[]":
            wanted = {root for root in self._others(parent) if self._above(root, parent)}
        if before ^ wanted:
            self._remember([parent])
        for root in sorted(before - wanted):
            self._drop(parent, root, "implements")
        for root in sorted(wanted - before):
            data = edge_data("implements", parent=True, inferred=True, confidence=BY_LEVEL)
            self._write(rows.edge_row(parent, root, "implements", claimed=True, data=data))
        self.places |= {(parent, root, "implements") for root in before ^ wanted}

    def _is_known(self, n: int) -> bool:
        self.region.load_nodes([n])
        return n in self.region.rows and self.region.rows[n]["fold"] is not None

    def _others(self, parent: int) -> set[int]:
        """What the children of a parent implement beside it, not as their parent."""
        child, other = tables.edges.alias(), tables.edges.alias()
        query = (
            select(other.c.target)
            .join(child, child.c.source == other.c.source)
            .where(child.c.target == parent, child.c.relation == "implements", child.c.claimed, ~child.c.inferred, ~child.c.by_hand)
            .where(other.c.relation == "implements", ~other.c.claimed)
        )
        return set(self.connection.scalars(query.distinct()))

    def _above(self, upper: int, lower: int) -> bool:
        if not self._is_known(upper):
            return False
        high, low = self.region.node(upper), self.region.node(lower)
        return above((high["key"], _issuer(high), high["issued_on"]), (low["key"], _issuer(low), low["issued_on"]))

    # --- immediate parents, checks --------------------------------------------------------------------------------------

    def _below_or_at(self, looks: Collection[int]) -> set[int]:
        """Nodes that look otherwise and those that implement them."""
        found = set(looks)
        for page in pages(looks):
            found |= set(self.connection.scalars(select(_E.source).where(_E.target.in_(page), _IMPLEMENTS)))
        return found

    def reduce(self, changed: set[int]) -> None:
        """Reduces and checks what stands at or below the change, on the part of the graph that decides it: all above."""
        affected = changed | self._reach(changed, up=False)
        members = affected | self._reach(affected, up=True)
        edges: list[Any] = []
        for page in pages(members):
            edges += self.connection.execute(select(tables.edges).where(_E.source.in_(page), _IMPLEMENTS)).all()
        self.region.load_nodes(members | {e.target for e in edges})
        graph = Graph()
        nodes = self.region.rows
        for n in sorted({*members, *(e.target for e in edges)}):
            if n in nodes:
                row = nodes[n]
                looks = {k: row[k] for k in ("key", "issued_on", "latest", "level", "level_sure", "issuer")}
                graph.add_node(row["name"], **node_data(name=row["label"], **looks))
        for e in edges:
            data = edge_data("implements", parent=e.claimed, status=e.status or "proposed")
            graph.add_edge(nodes[e.source]["name"], nodes[e.target]["name"], key="implements", **data)
        checks.reduce_parents(graph)
        checks.run(graph)
        for e in edges:
            data = graph.edges[nodes[e.source]["name"], nodes[e.target]["name"], "implements"]
            flags = "\n".join(data["flags"])
            if e.source in affected and (e.parent, e.flags) != (data["parent"], flags):
                place = and_(_E.source == e.source, _E.target == e.target, _E.relation == "implements")
                self.connection.execute(update(tables.edges).where(place).values(parent=data["parent"], flags=flags))

    def _reach(self, starts: Collection[int], *, up: bool) -> set[int]:
        """All nodes over some along whatever may be a parent edge, or under some along those that were or are, breadth first."""
        here, there = (_E.source, _E.target) if up else (_E.target, _E.source)
        counts = () if up else (or_(_E.claimed, _E.parent),)
        seen: set[int] = set()
        front = set(starts)
        while front:
            found: set[int] = set()
            for page in pages(front):
                found |= set(self.connection.scalars(select(there).where(here.in_(page), _IMPLEMENTS, *counts)))
            front = found - seen
            seen |= found
        return seen


_IMPLEMENTS = _E.relation == "implements"
SAID = and_(_IMPLEMENTS, ~_E.by_hand)
"""What texts say or levels suggest; what a person added suggests nothing further."""


def _issuer(row: Row) -> str | None:
    issuer: str | None = row["issuer"]
    return issuer
