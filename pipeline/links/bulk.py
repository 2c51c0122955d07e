"""The whole graph into the store at once: the builder's one pass, its working kept as rows.

A large corpus is slower by what it holds in memory at once: each table is written as soon as its rows are known, and what they were
made of is given up.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, delete, insert

from extractors.collector import paused
from pipeline.graph import checks
from pipeline.graph.build import Builder, identity_data, open_data
from pipeline.graph.decisions import OPEN
from pipeline.graph.facts import DocumentFacts
from pipeline.graph.index import GraphIndex
from pipeline.graph.links import Draft, LinkReader, Place, merge
from pipeline.graph.resolve import Identity, KeyResult
from pipeline.links import rows
from pipeline.links.deciding import graph_decisions, settle
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables
from pipeline.store.database import unwiped

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store import Store
    from schemas.graph import Decision
    from schemas.record import Record

_PAGE = 5_000  # rows written at once
_TEXTS = 250  # documents linked before their rows are written
_CHECKED = ("name", "issued_on", "latest", "level", "level_sure", "issuer")  # of a node, what checks ask
_WALKED = ("implements", "replaces", "repeals")  # edges that checks walk along


class Recorder(Builder):
    """The builder, keeping what the graph itself forgets: numbers as written, and what is said of each."""

    def __init__(self, index: GraphIndex, decisions: Iterable[Decision]) -> None:
        super().__init__(index, decisions)
        self.every: dict[str, Identity] = {}
        self.said: dict[str, tuple[bytes, int]] = {}

    def take(self, result: KeyResult) -> None:
        """Findings are not kept in the store."""
        last, targets = "", []
        for doc, at, identity in result.targets:
            if doc != last:
                last, targets = doc, self.index.documents[doc].targets
            targets[at] = identity.id
        said = rows.said_of(result)
        for identity in result.identities:
            self.identities[identity.id] = self.every[identity.id] = identity
            self.said[identity.id] = said[identity.id].to_json().encode(), len(identity.citing)

    def name_documents(self) -> None:
        super().name_documents()
        self.findings = []
        self.index.citing, self.index.vocabularies = {}, {}

    def link_one(self, facts: DocumentFacts, dates: dict[str, str | None]) -> Iterator[tuple[Place, Draft]]:
        """What a document says of each edge, before others have their say."""
        for place, draft in rows.claims_of(LinkReader(facts, self.moved, dates).edges()).items():
            yield place, draft
            merge(self.drafts, place, draft)

    def check(self) -> None:
        """Parents and flags, by the few edges that they depend on."""
        for (source, target, relation), draft in self.drafts.items():
            if relation in _WALKED and source in self.graph and target in self.graph:
                self.graph.add_edge(source, target, key=relation, parent=draft.parent, status="", flags=(), evidence=())
        checks.reduce_parents(self.graph)
        checks.run(self.graph)


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
    recorder.resolve()
    recorder.name_documents()
    with store.transaction(writes=True) as connection, unwiped(connection):
        for table in (*tables.GRAPH, tables.changes):
            connection.execute(delete(table))
        with _unindexed(connection):
            _Writer(recorder, connection).write()
        settle(connection)
    recorder.graph.clear()  # its views point back at it, a circle that only the collector would find
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
    """Rows of resolved documents. Documents are numbered in their order, nodes in that in which documents have or cite them: rows
    that are asked for together lie together, and are sorted sooner."""

    def __init__(self, recorder: Recorder, connection: Connection) -> None:
        self.recorder, self.connection = recorder, connection
        self.open = {facts.node: facts for facts in recorder.documents if facts.node.startswith(OPEN)}
        self.node = {name: n for n, name in enumerate([*recorder.every, *self.open], 1)}

    def write(self) -> None:
        self._put(tables.nodes, self._nodes())
        self._put(tables.files, self._files())
        self._link()
        self.recorder.infer_by_level()
        self.recorder.propose()
        self._put(tables.candidates, self._candidates())
        self.recorder.check()
        self._put(tables.edges, self._edges())

    def _nodes(self) -> Iterator[Row]:
        recorder = self.recorder
        for name, n in self.node.items():
            identity = recorder.every.pop(name, None)
            said, raw = recorder.said.pop(name, (b"{}", 0))
            if identity is None:
                data = open_data(self.open[name])
                said = rows.Said().to_json().encode()
            elif name in recorder.identities:
                data = identity_data(identity, [recorder.index.documents[d] for d in identity.holders])
            else:  # a number that is nothing but a slip: kept, since it may turn out to be a document after all
                data = identity_data(identity, ()) | {"citing": 0}
            if identity is None or name in recorder.identities:
                recorder.graph.add_node(name, **{k: data[k] for k in _CHECKED})
            yield rows.node_row(n, name, data, identity=identity, said=said.decode(), raw_citing=raw)

    def _files(self) -> Iterator[Row]:
        for name, n in self.node.items():
            facts = self.open.get(name)
            identity = self.recorder.identities.get(name)
            held = [facts] if facts else [self.recorder.index.documents[d] for d in identity.holders] if identity else []
            yield from ({"name": file, "node": n} for file in sorted({file for facts in held for file in facts.names}))

    def _link(self) -> None:
        """Documents with their mentions and claims. What they say is given up but for the targets of those without a number, which
        candidates are judged by."""
        recorder, node = self.recorder, self.node
        dates = {name: identity.issued_on for name, identity in recorder.identities.items()}
        slips: dict[str, list[tuple[int, str]]] = {}
        for (doc, at), written in recorder.moved.items():
            slips.setdefault(doc, []).append((at, written))
        numbered = enumerate(recorder.documents, 1)
        while page := list(islice(numbered, _TEXTS)):
            mentions: list[Row] = []
            documents: list[Row] = []
            packed: list[Row] = []
            claims: list[Row] = []
            for n, facts in page:
                means = [node[target or ""] for target in facts.targets]
                raw = list(means)
                for at, written in slips.get(facts.id, ()):
                    raw[at] = node[written]
                mentions += rows.mention_rows(n, raw, means, rows.duties_at(facts))
                documents.append(rows.document_row(n, facts, node[facts.node], is_open=facts.node in self.open))
                packed.append(rows.facts_row(n, facts))
                for (source, target, relation), draft in recorder.link_one(facts, dates):
                    claims.append(rows.claim_row(n, (node[source], node[target], relation), draft))
                facts.strip(targets=facts.node not in self.open)
            self._put(tables.mentions, mentions)
            self._put(tables.documents, documents)
            self._put(tables.facts, packed)
            self._put(tables.claims, claims)

    def _edges(self) -> Iterator[Row]:
        recorder, node = self.recorder, self.node
        leading: dict[str, list[Place]] = {}
        for place in recorder.drafts:
            if place[0] in recorder.graph and place[1] in recorder.graph:
                leading.setdefault(place[0], []).append(place)
        for source, n in node.items():
            # many short sorts: one of all edges grows faster than the graph
            for to, place in sorted((node[place[1]], place) for place in leading.pop(source, ())):
                draft = recorder.drafts.pop(place)
                found = recorder.graph.succ[source][place[1]][place[2]] if place[2] in _WALKED else None
                yield rows.draft_row(n, to, place[2], draft, found)

    def _candidates(self) -> Iterator[Row]:
        place: dict[str, int] = {}
        for found in self.recorder.candidates:
            place[found.document] = place.get(found.document, 0) + 1
            yield {
                "document": self.node[found.document], "place": place[found.document], "identity": self.node[found.identity],
                "score": found.score, "reasons": "\n".join(found.reasons),
            }  # fmt: skip

    def _put(self, table: Table, found: Iterable[Row]) -> None:
        """Through the driver itself: working out the parameters row by row cost as much as all of the writing."""
        compiled = insert(table).compile(dialect=self.connection.dialect)
        laid_out = itemgetter(*compiled.positiontup) if compiled.positional and compiled.positiontup else None
        more = iter(found)
        while page := list(islice(more, _PAGE)):
            values: Sequence[Any] = list(map(laid_out, page)) if laid_out else page
            self.connection.exec_driver_sql(str(compiled), values)
