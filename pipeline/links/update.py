"""One document into the stored graph, or out of it, without building anew: the same rows as ``bulk`` would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, delete, func, insert, select

from pipeline.graph.build import open_data
from pipeline.graph.decisions import open_node
from pipeline.graph.facts import DocumentFacts, facts_of
from pipeline.links import rows
from pipeline.links.bulk import rebuild_graph
from pipeline.links.deciding import Identities, settle
from pipeline.links.naming import Naming
from pipeline.links.offering import Offering
from pipeline.links.region import Held, Region, pages
from pipeline.links.relinking import Relinking
from pipeline.links.rows import Said
from pipeline.links.slipping import Slipping
from pipeline.store import graph_tables as tables
from pipeline.store import tables as facts_tables
from schemas.record import Record

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from pipeline.store import Store

# One change costs as much as some hundred documents of a rebuild; above this share of the store the rebuild is cheaper.
_SHARE = 200
_FEW = 20


def sync_graph(store: Store) -> int:
    """Take into the graph what the store has learnt since: one by one where it is little, all anew where it is much. The
    number of documents taken in or out."""
    with store.transaction() as connection:
        changed = sorted(connection.scalars(select(tables.changes.c.document)))
        if not changed:
            return 0
        known = connection.scalar(select(func.count()).select_from(tables.documents)) or 0
    documents = [d for d in changed if d not in (tables.DECISIONS, tables.IDENTITIES)]
    if len(documents) > max(_FEW, known // _SHARE) or tables.IDENTITIES in changed:
        rebuild_graph(store)
        return len(documents)
    for document in changed:
        with store.transaction(writes=True) as connection:
            followed = True
            if document == tables.DECISIONS:
                settle(connection)
            else:
                followed = _sync_one(connection, document)
            connection.execute(delete(tables.changes).where(tables.changes.c.document == document))
        if not followed:
            rebuild_graph(store)
            break
    return len(documents)


def _sync_one(connection: Connection, document: str) -> bool:
    c = facts_tables.documents.c
    text = connection.scalar(select(c.record).where(c.id == document))
    facts = facts_of(Record.model_validate_json(text)) if text is not None else None
    name = facts.id if facts else document.replace("#", ":")
    change = Change(connection)
    followed = change.can_follow(name, facts)
    if followed:
        change.run(name, facts)
    return followed


def update_graph(store: Store, record: Record) -> bool:
    """Take one stored record into the graph; True where it was not there before. An earlier reading of the same file is
    replaced. Raises ``StoreError``."""
    facts = facts_of(record)
    with store.transaction(writes=True) as connection:
        change = Change(connection)
        new = change.region.number_of(facts.id) is None
        followed = change.can_follow(facts.id, facts)
        if followed:
            change.run(facts.id, facts)
            own = facts.id.replace(":", "#")
            connection.execute(delete(tables.changes).where(tables.changes.c.document == own))
    if not followed:
        rebuild_graph(store)
    return new


class Change:
    """One document put, replaced or taken out. One use."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.region = Region(connection)
        self.identities = Identities(connection)

    def can_follow(self, document: str, facts: DocumentFacts | None) -> bool:
        """Whether the change can be worked in by itself; where it touches what people said of identities, all is built anew."""
        before = self.region.number_of(document)
        known = [facts] if facts else []
        if before is not None:
            self.region.load([before])
            known.append(self.region.documents[before].facts)
        return not any(map(self.identities.concern, known))

    def run(self, document: str, facts: DocumentFacts | None) -> None:
        """``facts`` None takes the document out. Only for what ``can_follow`` allows."""
        region = self.region
        relinking = Relinking(region)
        before = region.number_of(document)
        old = self._remove(before, relinking) if before is not None else None
        new = self._add(facts) if facts else None
        folds = {fold for held in (old, new) if held for fold in _numbers(held.facts)}
        naming, slipping = Naming(region), Slipping(region)
        for fold in sorted(folds):
            naming.resolve(fold, old, new)
        renamed = naming.renamed | ({new.n} if new else set())
        slipping.run(renamed)
        moved = renamed | slipping.moved | self._divided()
        for n in moved:
            held = region.documents[n]
            relinking.recount.update(set(held.target) - held.was)
            relinking.recount.subtract(held.was - set(held.target))
        relinking.run(moved)
        Offering(region, relinking.parents_before, self.identities).run(moved)
        settle(self.connection)

    def _divided(self) -> set[int]:
        """Documents whose mentions of one number mean several documents, of which one has another name now: where as many mean
        the one as the other, the name decides which of them a link goes to."""
        ours, theirs = tables.mentions.alias(), tables.mentions.alias()
        our_number, their_number = tables.nodes.alias(), tables.nodes.alias()
        beside = and_(theirs.c.document == ours.c.document, theirs.c.target != ours.c.target)
        same = and_(their_number.c.n == theirs.c.raw, their_number.c.fold == our_number.c.fold)
        divided = select(ours.c.document).join(theirs, beside).join(our_number, our_number.c.n == ours.c.raw).join(their_number, same)
        divided = divided.distinct()
        found: set[int] = set()
        for page in pages(self.region.changed("name")):
            found |= set(self.connection.scalars(divided.where(ours.c.target.in_(page))))
        self.region.load(found)
        return found

    def _add(self, facts: DocumentFacts) -> Held:
        n = self.region.next_number("documents")
        node = 0
        if facts.fold is None:
            node = self.region.next_number("nodes")
            data = open_data(facts)
            self.region.put_node(rows.node_row(node, open_node(facts.id), data, identity=None, said=Said().to_json(), raw_citing=0))
        nowhere = [0] * len(facts.mentions)
        held = Held(n, facts, node, facts.fold is None, list(nowhere), list(nowhere), rows.duties_at(facts), frozenset())
        self.connection.execute(insert(tables.documents), rows.document_row(n, facts, node, is_open=held.open))
        self.connection.execute(insert(tables.facts), rows.facts_row(n, facts))
        found = rows.mention_rows(n, nowhere, nowhere, held.duties)
        if found:
            self.connection.execute(insert(tables.mentions), found)
        self.region.documents[n] = held
        return held

    def _remove(self, n: int, relinking: Relinking) -> Held:
        """Takes out a document and returns it as it was."""
        self.region.load([n])
        held = self.region.documents.pop(n)
        relinking.recount.subtract(held.was)
        relinking.forget(n)
        self.connection.execute(delete(tables.mentions).where(tables.mentions.c.document == n))
        self.connection.execute(delete(tables.facts).where(tables.facts.c.document == n))
        self.connection.execute(delete(tables.documents).where(tables.documents.c.n == n))
        if held.open:
            self.connection.execute(delete(tables.candidates).where(tables.candidates.c.document == held.node))
            self.region.drop_node(held.node)
        return held


def _numbers(facts: DocumentFacts) -> set[str]:
    return {m.fold for m in facts.mentions} | ({facts.fold} if facts.fold else set())
