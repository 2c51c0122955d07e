"""Questions answered from the store: a recursive query brings the part of the graph an answer needs, and the answer is
computed on it by ``pipeline.graph.questions`` itself, so that both ways agree by construction.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Integer, and_, func, literal, or_, select

from extractors.keys import fold
from pipeline.graph import questions
from pipeline.graph.extras import body_id
from pipeline.graph.keys import fold_key, strip_marks
from pipeline.graph.questions import Chain, Impact, Step
from pipeline.graph.shape import Graph, edge_data, node_data
from pipeline.links.update import sync_graph
from pipeline.store import graph_tables as tables
from pipeline.store import tables as facts
from schemas.errors import UsageError
from schemas.graph import Candidate

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select, Subquery

    from pipeline.store import Store

FIRST = 100  # of those that only refer to a document, an answer shows so many
PAGE = 1_000
_NODES, _EDGES = tables.nodes.c, tables.edges.c
_SHOWN = or_(_NODES.citing > 0, _NODES.in_hand)
_STEP = (
    _NODES.n, _NODES.name, _NODES.key, _NODES.label, _NODES.kind, _NODES.level, _NODES.issuer, _NODES.issued_on, _NODES.in_hand,
    _NODES.files, _NODES.sha256,
)  # fmt: skip


def chain_from_store(store: Store, name: str) -> Chain:
    """``questions.chain`` over everything stored. Raises ``UsageError`` where no document or several have the name.

    Stored documents that the graph has not seen are taken in first."""
    sync_graph(store)
    with store.transaction() as connection:
        start = find(connection, name)
        graph, names = _above(connection, start)
    return questions.chain(graph, names[start])


def impact_from_store(store: Store, name: str, *, limit: int = FIRST) -> Impact:
    """``questions.impact`` over everything stored, with duties: ids as the graph names them. Raises ``UsageError``.

    Of the documents that only refer to this one, and of the duties that cite it, the answer holds ``limit`` at most and
    counts all; ``others_from_store`` gives the rest. Names of bodies are spelled as this answer's documents spell them.
    Stored documents that the graph has not seen are taken in first."""
    sync_graph(store)
    with store.transaction() as connection:
        start = find(connection, name)
        citing = _citing(connection, start)
        graph, names = _below(connection, start, [relation for relation, _ in citing], limit)
        answer = replace(questions.impact(graph, names[start]), citing=citing)
        return _with_duties(connection, answer, start, limit)


def others_from_store(store: Store, name: str) -> Iterator[tuple[str, Step]]:
    """All documents that refer to one and do not stand below it, with their relation, the strongest first; read page by
    page. Raises ``UsageError``."""
    sync_graph(store)
    with store.transaction() as connection:
        start = find(connection, name)
    for relation in questions.REFERRING:
        last = 0
        while True:
            with store.transaction() as connection:
                sources = connection.scalars(_referring(start, relation).where(_EDGES.source > last).limit(PAGE)).all()
                part = _Part(connection)
                part.add_nodes(sources)
            yield from ((relation, questions.step(part.graph, part.name[n])) for n in sources if n in part.name)
            if len(sources) < PAGE:
                break
            last = sources[-1]


def find(connection: Connection, name: str) -> int:
    """Node of the document that a user names: as ``questions.find``."""
    exact = connection.scalars(select(_NODES.n).where(_NODES.name == name, _SHOWN)).all()
    if exact:
        return int(exact[0])
    flat = strip_marks(name).replace(" ", "")
    by_file: ColumnElement[bool] = _NODES.n.in_(select(tables.files.c.node).where(tables.files.c.name == name))
    if len(name) >= 6:
        by_file = or_(by_file, and_(_NODES.sha256 >= name, _NODES.sha256 < name + "g"))
    for fits in (_NODES.fold == fold_key(name), by_file, _NODES.flat == flat):
        found = connection.execute(select(_NODES.n, _NODES.name).where(fits, _SHOWN)).all()
        if len(found) == 1:
            return int(found[0].n)
        if found:
            names = ", ".join(sorted(row.name for row in found))
            raise UsageError(f"“{name}” chỉ {len(found)} văn bản: {names}.", remedy="Ghi rõ một trong các mã vừa nêu.")
    raise UsageError(f"Không có văn bản nào tên hoặc số “{name}” trong đồ thị.", remedy="Kiểm tra lại số, ký hiệu hoặc tên tệp.")


def _reach(start: int, *, up: bool) -> Subquery:
    """All documents over (or under) one along parent edges, itself included: a recursive query; circles end by themselves."""
    here, there = (_EDGES.source, _EDGES.target) if up else (_EDGES.target, _EDGES.source)
    reach = select(literal(start, Integer).label("n")).cte("reach", recursive=True)
    step = select(there).join(reach, here == reach.c.n).where(_EDGES.relation == "implements", _EDGES.parent, _EDGES.status != "refused")
    return select(reach.union(step).c.n).subquery()


def _above(connection: Connection, start: int) -> tuple[Graph, dict[int, str]]:
    """The part of the graph over a document, with the candidates for what stands there."""
    reach = _reach(start, up=True)
    members = set(connection.scalars(select(reach.c.n)))
    offered = tables.candidates.c
    found = connection.execute(
        select(tables.candidates)
        .join(tables.documents, tables.documents.c.node == offered.document)
        .where(or_(offered.document.in_(members), offered.identity.in_(members)))
        .order_by(tables.documents.c.id, offered.place)
    ).all()
    names = _Part(connection)
    upward = connection.execute(select(tables.edges).where(_EDGES.source.in_(members), _EDGES.relation == "implements")).all()
    names.add_nodes(members | {edge.target for edge in upward} | {n for row in found for n in (row.document, row.identity)})
    names.put_edges(upward)
    names.graph.graph["candidates"] = tuple(
        Candidate(names.name[r.document], names.name[r.identity], r.score, tuple(r.reasons.split("\n"))) for r in found
    )
    return names.graph, names.name


def _below(connection: Connection, start: int, referring: Iterable[str], limit: int) -> tuple[Graph, dict[int, str]]:
    """The part of the graph under a document, what amends or ends it, and the first of those that refer to it."""
    part = _Part(connection)
    reach = _reach(start, up=False)
    part.add_nodes_of(select(reach.c.n))
    part.add_edges(select(tables.edges).where(_EDGES.target.in_(select(reach.c.n)), _EDGES.relation == "implements", _EDGES.parent))
    around = select(tables.edges).where(_EDGES.target == start)
    found = list(connection.execute(around.where(_EDGES.relation.in_(questions.ENDING))).all())
    for relation in referring:
        if limit > len(found):
            sources = connection.scalars(_referring(start, relation).limit(limit - len(found))).all()
            found += connection.execute(around.where(_EDGES.relation == relation, _EDGES.source.in_(sources))).all()
    part.add_nodes({edge.source for edge in found} - part.name.keys())
    part.put_edges(found)
    return part.graph, part.name


def _referring(start: int, relation: str) -> Select[Any]:
    """Documents that stand in a relation to one without standing below it, by number."""
    reach = _reach(start, up=False)
    ours = (_EDGES.target == start, _EDGES.relation == relation, _EDGES.status != "refused")
    return select(_EDGES.source).where(*ours, _EDGES.source.not_in(select(reach.c.n))).order_by(_EDGES.source)


def _citing(connection: Connection, start: int) -> tuple[tuple[str, int], ...]:
    """How many documents refer to one, by relation: all that point at it, less those below it and those refused. The first
    number comes from an index alone."""
    reach = _reach(start, up=False)
    inside = select(reach.c.n)
    outside = (_EDGES.target == start, _EDGES.source.not_in(inside))
    count = select(_EDGES.relation, func.count().label("number")).where(*outside).group_by(_EDGES.relation)
    counts = Counter({row.relation: row.number for row in connection.execute(count)})
    refused = select(_EDGES.relation).where(*outside, tables.DECIDED, _EDGES.status == "refused")
    counts.subtract(connection.scalars(refused).all())
    return questions.count_by_relation(counts)


class _Part:
    """A part of the graph, with the names of its nodes."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.graph = Graph(options={"duties": False}, candidates=())
        self.name: dict[int, str] = {}

    def add_nodes(self, members: Collection[int]) -> None:
        if members:
            self.add_nodes_of(select(_NODES.n).where(_NODES.n.in_(members)))

    def add_nodes_of(self, members: Select[Any]) -> None:
        for row in self.connection.execute(select(*_STEP).where(_NODES.n.in_(members))):
            self.name[row.n] = row.name
            self.graph.add_node(row.name, **node_data(
                key=row.key, name=row.label, kind=row.kind, level=row.level, issuer=row.issuer, issued_on=row.issued_on,
                in_hand=row.in_hand, files=tuple(json.loads(row.files)), sha256=row.sha256,
            ))  # fmt: skip

    def add_edges(self, query: Select[Any]) -> None:
        self.put_edges(self.connection.execute(query))

    def put_edges(self, found: Iterable[Any]) -> None:
        for row in found:
            if row.source in self.name and row.target in self.name:
                flags = (*(("GRAPH-NUMBER-SLIP",) if row.slipped else ()), *row.flags.split())
                status = row.status or ("suspect" if flags else "proposed")
                looks = {"parent": row.parent, "inferred": row.inferred, "flags": flags, "confidence": row.confidence}
                data = edge_data(row.relation, status=status, **looks)
                self.graph.add_edge(self.name[row.source], self.name[row.target], key=row.relation, **data)


def _with_duties(connection: Connection, answer: Impact, start: int, limit: int) -> Impact:
    """Adds the duties of all plans below, those that cite the document, and the bodies they name."""
    documents = tables.documents.c
    reach = _reach(start, up=False)
    owned = (
        select(_NODES.name, documents.id, facts.duties.c.id.label("duty"), facts.duties.c.text, facts.duties.c.lead, facts.duties.c.support)
        .join(tables.documents, documents.node == _NODES.n)
        .join(facts.duties, facts.duties.c.document == func.replace(documents.id, ":", "#"))
        .where(_NODES.n.in_(select(reach.c.n)), _NODES.n != start)
    )
    rows = _once(sorted(connection.execute(owned).all(), key=lambda r: (r.id, r.duty)))
    bodies = {body_id(name): name for name in reversed(answer.bodies)}
    for row in rows:
        for body in (*row.lead.split("\n"), *row.support.split("\n")):
            if body:
                bodies.setdefault(body_id(body), body)
    citing = _citing_duties(connection, start)
    named = _names_of(connection, {document for document, _ in citing[:limit]})
    return replace(
        answer,
        bodies=tuple(sorted(bodies.values())),
        duties=tuple(sorted({f"{r.name}::{r.id[:8]}::{r.duty}" for r in rows})),
        duties_citing=tuple(sorted(f"{named[document]}::{duty}" for document, duty in citing[:limit])),
        duties_citing_count=len(citing),
    )


def _once(rows: Sequence[Any]) -> list[Any]:
    """Duties of documents, not of files: where a document has several files, what a further one says in the same words is no duty
    more. ``rows`` stand file by file."""
    said: dict[tuple[str, str], str] = {}  # document and words → the file that says so first
    return [row for row in rows if said.setdefault((row.name, fold(row.text)), row.id) == row.id]


def _citing_duties(connection: Connection, start: int) -> list[tuple[int, str]]:
    """(document, duty) of all duties that cite one, its own left out; of several files of a document the first one counts."""
    mentions, documents = tables.mentions.c, tables.documents.c
    query = (
        select(documents.n, documents.node, mentions.duties)
        .join(tables.documents, documents.n == mentions.document)
        .where(mentions.target == start, tables.IN_DUTIES, documents.node != start)
    )
    found = sorted({(document, node, duty) for document, node, duties in connection.execute(query) for duty in duties.split("\n")})
    first: dict[tuple[int, str], int] = {}
    return [(document, duty) for document, node, duty in found if first.setdefault((node, duty), document) == document]


def _names_of(connection: Connection, numbers: Collection[int]) -> dict[int, str]:
    """What the ids of duties of each document begin with."""
    query = select(tables.documents.c.n, tables.documents.c.id, _NODES.name).join(tables.nodes, _NODES.n == tables.documents.c.node)
    return {row.n: f"{row.name}::{row.id[:8]}" for row in connection.execute(query.where(tables.documents.c.n.in_(numbers)))}
