"""The whole graph into the store at once: the builder's one pass, its working kept as rows."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, insert

from extractors.collector import paused
from pipeline.graph.build import Builder, identity_data
from pipeline.graph.decisions import OPEN
from pipeline.graph.index import GraphIndex
from pipeline.graph.links import LinkReader, Place, merge
from pipeline.graph.resolve import Identity, KeyResult
from pipeline.graph.shape import Graph, node_data
from pipeline.links import rows
from pipeline.links.deciding import graph_decisions, settle
from pipeline.links.rows import Row, Said
from pipeline.store import graph_tables as tables
from pipeline.store.database import unwiped

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store import Store
    from schemas.graph import Decision
    from schemas.record import Record

_PAGE = 5_000  # rows written at once


class Recorder(Builder):
    """The builder, keeping what the graph itself forgets: numbers as written, who says what, parents before reduction."""

    def __init__(self, index: GraphIndex, decisions: Iterable[Decision]) -> None:
        super().__init__(index, decisions)
        self.every: dict[str, Identity] = {}
        self.said: dict[str, Said] = {}
        self.claims: list[tuple[str, Place, bool, bool, float]] = []
        self.claimed: set[Place] = set()

    def take(self, result: KeyResult) -> None:
        super().take(result)
        for identity in result.identities:
            self.every[identity.id] = identity
            self.said[identity.id] = Said()
        for (doc, name), at in rows.by_document(result).items():
            self.said[name].add([self.index.documents[doc].mentions[i] for i in at])

    def link(self) -> None:
        dates = {name: identity.issued_on for name, identity in self.identities.items()}
        for facts in self.documents:
            for place, draft in rows.claims_of(LinkReader(facts, self.moved, dates).edges()).items():
                self.claims.append((facts.id, place, draft.parent, draft.slipped, draft.confidence))
                merge(self.drafts, place, draft)

    def assemble(self) -> None:
        self.claimed = {place for place, draft in self.drafts.items() if draft.parent}
        super().assemble()


def rebuild_graph(store: Store, records: Iterable[Record] | None = None) -> int:
    """Write the graph of all stored records anew, in one transaction; the number of documents. ``records`` spares reading
    them back where the caller has them at hand: they must be those of the store."""
    with paused():
        documents = _rebuild(store, records)
    gc.collect(0)  # over the little that is left in caches: put off, it comes in the middle of the first question
    return documents


def _rebuild(store: Store, records: Iterable[Record] | None) -> int:
    """All that is made here is given up on return, before the cycle collector is back to walk over it."""
    index = GraphIndex(records if records is not None else store.records(), quotes=False)
    # what people said of edges is laid over the rows, as after any other change: it alone needs the words they rest on
    recorder = Recorder(index, [d for d in graph_decisions(store) if d.kind == "identity"])
    graph = recorder.run()
    with store.transaction(writes=True) as connection, unwiped(connection):
        for table in (*tables.GRAPH, tables.changes):
            connection.execute(delete(table))
        with _unindexed(connection):
            _Writer(recorder, graph).write(connection)
        settle(connection)
    graph.clear()  # its views point back at it, a circle that only the collector would find
    return len(index)


@contextmanager
def _unindexed(connection: Connection) -> Iterator[None]:
    """Indexes are made when all rows stand: sorted once instead of kept in order row by row, whose cost grows with the table."""
    indexes = [index for table in tables.GRAPH for index in sorted(table.indexes, key=lambda i: str(i.name))]
    for index in indexes:
        index.drop(connection, checkfirst=True)
    yield
    for index in indexes:
        index.create(connection)


class _Writer:
    """Rows of a finished graph. Documents are numbered in their order, nodes in that in which documents have or cite them: rows
    that are asked for together lie together, and are sorted sooner."""

    def __init__(self, recorder: Recorder, graph: Graph) -> None:
        self.recorder, self.graph = recorder, graph
        self.documents = recorder.index.documents
        self.node = {name: n for n, name in enumerate(dict.fromkeys([*recorder.every, *graph]), 1)}
        self.number = {facts.id: n for n, facts in enumerate(recorder.documents, 1)}
        self.raw_citing: dict[str, int] = {}

    def write(self, connection: Connection) -> None:
        _insert(connection, tables.mentions, self._mentions())
        _insert(connection, tables.documents, self._documents())
        _insert(connection, tables.nodes, self._nodes())
        _insert(connection, tables.files, self._files())
        _insert(connection, tables.claims, self._claims())
        _insert(connection, tables.edges, self._edges())
        _insert(connection, tables.candidates, self._candidates())

    def _mentions(self) -> Iterator[Row]:
        for doc, n in self.number.items():
            facts = self.documents[doc]
            raw = [self.recorder.moved.get((doc, at), target or "") for at, target in enumerate(facts.targets)]
            for name in set(raw):
                self.raw_citing[name] = self.raw_citing.get(name, 0) + 1
            means = [self.node[t or ""] for t in facts.targets]
            yield from rows.mention_rows(n, [self.node[r] for r in raw], means, rows.duties_at(facts))

    def _documents(self) -> Iterator[Row]:
        for doc, n in self.number.items():
            facts = self.documents[doc]
            yield rows.document_row(n, facts, self.node[facts.node], is_open=facts.node.startswith(OPEN))

    def _nodes(self) -> Iterator[Row]:
        for name, n in self.node.items():
            identity = self.recorder.every.get(name)
            data = self.graph.nodes[name] if name in self.graph else _hidden(identity)
            said, raw = self.recorder.said.get(name) or Said(), self.raw_citing.get(name, 0)
            yield rows.node_row(n, name, data, identity=identity, said=said, raw_citing=raw)

    def _files(self) -> Iterator[Row]:
        for name, data in self.graph.nodes(data=True):
            yield from ({"name": file, "node": self.node[name]} for file in sorted(set(data["files"])))

    def _claims(self) -> Iterator[Row]:
        for doc, (source, target, relation), parent, slipped, confidence in self.recorder.claims:
            yield {
                "document": self.number[doc], "source": self.node[source], "target": self.node[target], "relation": relation,
                "parent": parent, "slipped": slipped, "confidence": confidence,
            }  # fmt: skip

    def _edges(self) -> Iterator[Row]:
        for source, n in self.node.items():
            for target, between in self.graph.succ.get(source, {}).items():
                for relation, data in between.items():
                    if relation != "may_be":
                        claimed = (source, target, relation) in self.recorder.claimed
                        yield rows.edge_row(n, self.node[target], relation, claimed=claimed, data=data)

    def _candidates(self) -> Iterator[Row]:
        place: dict[str, int] = {}
        for found in self.recorder.candidates:
            place[found.document] = place.get(found.document, 0) + 1
            yield {
                "document": self.node[found.document], "place": place[found.document], "identity": self.node[found.identity],
                "score": found.score, "reasons": "\n".join(found.reasons),
            }  # fmt: skip


def _hidden(identity: Identity | None) -> dict[str, object]:
    """A number that is nothing but a slip: kept, since it may turn out to be a document after all."""
    if identity is None:
        return node_data()
    return identity_data(identity, ()) | {"citing": 0}


def _insert(connection: Connection, table: Table, found: Iterator[Row]) -> None:
    """Through the driver itself: working out the parameters row by row cost as much as all of the writing."""
    compiled = insert(table).compile(dialect=connection.dialect)
    laid_out = itemgetter(*compiled.positiontup) if compiled.positional and compiled.positiontup else None
    while page := list(islice(found, _PAGE)):
        values: list[Any] = [laid_out(row) for row in page] if laid_out else page
        connection.exec_driver_sql(str(compiled), values)
