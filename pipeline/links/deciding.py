"""What people decided on edges, in the stored graph: the decisions of the store laid over its edges, as ``graph.decisions``
lays them over a graph in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, insert, or_, select, update

from pipeline.graph.decisions import OPEN, by_hand, ends_of, names_of, open_node, several, source_stamp, status_of, target_stamp
from pipeline.graph.facts import DocumentFacts, facts_of
from pipeline.graph.keys import fold_key
from pipeline.graph.links import LinkReader
from pipeline.links import rows
from pipeline.links.region import Region, pages
from pipeline.links.relinking import Relinking
from pipeline.store import Decision as Kept
from pipeline.store import graph_tables as tables
from pipeline.store import tables as facts_tables
from schemas.graph import Decision, Evidence
from schemas.record import Record

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store import Store

Place = tuple[int, int, str]
_E, _N = tables.edges.c, tables.nodes.c
_ID = re.compile(re.escape(tables.DECISION) + r"(?P<source>.+) -(?P<relation>[a-z_]+)-> (?P<target>.+)", re.S)
_VERDICTS = ("confirmed", "refused")
_SUFFIX = re.compile(r"[@#~]")
"""What begins that which tells several documents of one number apart, in the ids of the graph."""


def decision_id(source: str, relation: str, target: str) -> str:
    """Under what the store keeps a decision on an edge."""
    return f"{tables.DECISION}{source} -{relation}-> {target}"


def graph_decisions(store: Store) -> list[Decision]:
    """The decisions on edges and identities that are in force, as the graph takes them."""
    with store.transaction() as connection:
        return _in_force(connection)


def _in_force(connection: Connection) -> list[Decision]:
    c = facts_tables.decisions.c
    wanted = select(c.id, c.verdict, c.child_stamp, c.parent_stamp, c.who, c.note)
    ours = and_(c.id >= tables.DECISION, c.id < tables.DECISION[:-1] + ";")
    last = {row.id: row for row in connection.execute(wanted.where(ours).order_by(c.id, c.at, c.who))}
    found = ((row, _ID.fullmatch(row.id)) for row in last.values() if row.verdict in _VERDICTS)
    return [
        Decision(
            kind="identity" if named["relation"] == tables.MAY_BE else "edge", verdict=row.verdict, by=row.who, note=row.note,
            source_stamp=row.child_stamp, target_stamp=row.parent_stamp, **named.groupdict(),
        )
        for row, named in found
        if named
    ]  # fmt: skip


def keep_decision(store: Store, decision: Decision, at: str, words: str = "") -> Kept:
    """Keep a person's word on an edge; ``at`` is ISO time. The stamps of ``decision`` say what it was taken on, ``words`` are
    the quotes, one a line."""
    kept = Kept(
        id=decision_id(decision.source, decision.relation or "implements", decision.target), verdict=decision.verdict, who=decision.by,
        parent_stamp=decision.target_stamp, child_stamp=decision.source_stamp, note=decision.note, at=at,
        child_words=words,
    )  # fmt: skip
    store.decide(kept)
    return kept


class Identities:
    """What people said files without a number are, or are not. Such a word is worked in where the graph is built anew; one
    document is followed by itself as long as neither it nor a number it has or cites is spoken of."""

    def __init__(self, connection: Connection) -> None:
        self._decisions = [d for d in _in_force(connection) if d.kind == "identity"]
        self._sources = {d.source for d in self._decisions}
        self._folds = {fold_key(_SUFFIX.split(d.target)[0]) for d in self._decisions}
        self._by_other_names = any(not d.source.startswith(OPEN) for d in self._decisions)

    def concern(self, facts: DocumentFacts) -> bool:
        """Whether a document coming in or going out may change what a word means."""
        if self._by_other_names or open_node(facts.id) in self._sources:
            return True
        return not self._folds.isdisjoint({m.fold for m in facts.mentions} | {facts.fold or ""})

    def refused(self, facts: DocumentFacts, rows_: Iterable[rows.Row]) -> set[tuple[str, str]]:
        """The document with each of the identities that it is said not to be, as ``CandidateFinder`` takes them."""
        own = [d for d in self._decisions if d.verdict == "refused" and d.source == open_node(facts.id)]
        named = [(str(row["name"]), str(row["fold"])) for row in rows_]
        return {(facts.id, name) for d in own for name, fold in named if d.target == name or fold == fold_key(d.target)}


def settle(connection: Connection) -> None:
    """Gives the edges of the stored graph what the decisions in force make of them; parents are reduced anew where that
    changes what counts."""
    wanted = _places(connection, [d for d in _in_force(connection) if d.kind == "edge"])
    before = {(e.source, e.target, e.relation): e for e in connection.execute(select(tables.edges).where(tables.DECIDED))}
    touched = before.keys() - wanted.keys()
    for place in touched:
        _take_back(connection, place, before[place])
    edges = _edges_at(connection, wanted)
    for place, (decision, sha256) in wanted.items():
        if _lay(connection, place, edges.get(place), decision, sha256):
            touched.add(place)
    changed = {source for source, _, relation in touched if relation == "implements"}
    if changed:
        Relinking(Region(connection)).reduce(changed)


def _places(connection: Connection, decisions: Iterable[Decision]) -> dict[Place, tuple[Decision, str | None]]:
    """The edges decided on, each with its decision and the hash of the file it points at; names that fit no document, or
    several, are left until they do."""
    ordered = sorted(decisions, key=lambda d: d.model_dump_json())
    plain = {end for d in ordered for end in (d.source, d.target)}
    folds = {fold_key(end) for end in plain}
    rows_: list[Any] = []
    for column, names in ((_N.name, plain | folds), (_N.fold, folds), (_N.sha256, plain)):
        for page in pages(names):
            query = select(_N.n, _N.name, _N.key, _N.sha256).where(column.in_(page), or_(_N.citing > 0, _N.in_hand))
            rows_ += connection.execute(query).all()
    known = {row.n: row for row in rows_}
    by_name = several((name, n) for n in sorted(known) for name in names_of(known[n].name, known[n].key, known[n].sha256))
    found: dict[Place, tuple[Decision, str | None]] = {}
    for decision in ordered:
        ends = ends_of(decision, by_name)
        if ends:
            found[(*ends, decision.relation or "implements")] = (decision, known[ends[1]].sha256)
    return found


def _edges_at(connection: Connection, places: Iterable[Place]) -> dict[Place, Any]:
    edges: dict[Place, Any] = {}
    for page in pages({source for source, _, _ in places}):
        for edge in connection.execute(select(tables.edges).where(_E.source.in_(page))):
            edges[edge.source, edge.target, edge.relation] = edge
    return edges


def _at(place: Place) -> Any:
    return and_(_E.source == place[0], _E.target == place[1], _E.relation == place[2])


def _take_back(connection: Connection, place: Place, edge: Any) -> None:
    if edge.by_hand:
        connection.execute(delete(tables.edges).where(_at(place)))
    else:
        connection.execute(update(tables.edges).where(_at(place)).values(status="", stamp=""))


def _lay(connection: Connection, place: Place, edge: Any, decision: Decision, sha256: str | None) -> bool:
    """Lays one decision over its edge; whether that changed something."""
    said = edge is not None and not edge.by_hand
    stamp = (edge.stamp or source_stamp(() if edge.inferred else evidence_of(connection, place))) if said else ""
    status = status_of(decision, stamp if said else None, target_stamp({"sha256": sha256}))
    if status is None:
        if edge is not None:
            _take_back(connection, place, edge)
        return edge is not None
    if edge is None:
        data = by_hand(place[2])
        connection.execute(insert(tables.edges), rows.edge_row(*place, claimed=data["parent"], data=data, status=status))
        return True
    if (edge.status, edge.stamp) == (status, stamp):
        return False
    connection.execute(update(tables.edges).where(_at(place)).values(status=status, stamp=stamp))
    return bool(edge.status != status)


def evidence_of(connection: Connection, place: Place) -> list[Evidence]:
    """The words that an edge rests on, read again from the documents that say it."""
    c, d, m = tables.claims.c, tables.documents.c, tables.mentions.c
    saying = select(c.document).where(c.source == place[0], c.target == place[1], c.relation == place[2])
    evidence: list[Evidence] = []
    name = {n: str(connection.scalar(select(_N.name).where(_N.n == n))) for n in place[:2]}
    for document in connection.execute(select(d.n, d.id, _N.name).join(tables.nodes, _N.n == d.node).where(d.n.in_(saying))).all():
        own = facts_tables.documents.c
        text = connection.scalar(select(own.record).where(own.id == document.id.replace(":", "#")))
        if text is None:
            continue
        facts = facts_of(Record.model_validate_json(text), duties=False)
        facts.node = document.name
        means = select(_N.name).join(tables.mentions, m.target == _N.n).where(m.document == document.n).order_by(m.at)
        facts.targets = list(connection.scalars(means))
        drafts = rows.claims_of(LinkReader(facts, (), {}).edges())
        draft = drafts.get((name[place[0]], name[place[1]], place[2]))
        evidence += draft.evidence if draft else []
    return evidence
