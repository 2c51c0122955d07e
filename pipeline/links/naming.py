"""One number resolved anew: which documents of the world it names, now that one more text has or cites it."""

from __future__ import annotations

import json
from collections import Counter

from sqlalchemy import update

from pipeline.graph.build import identity_data
from pipeline.graph.index import DocumentFacts, GraphIndex
from pipeline.graph.keys import parts, symbol_level
from pipeline.graph.names import core
from pipeline.graph.resolve import Identity, KeyResolver, KeyResult, fullest, most_common
from pipeline.links import rows
from pipeline.links.region import Held, Region
from pipeline.links.rows import Said
from pipeline.store import graph_tables as tables


class Naming:
    """``renamed``: documents any of whose mentions, or who themselves, now are another node."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.renamed: set[int] = set()

    def resolve(self, fold: str, new: Held | None) -> None:
        """``new``: the document taken in, where it was not known before; its mentions may then be all there is to do."""
        if new is None or not self._joins(fold, new):
            self._anew(fold)

    # --- the usual case: a text cites a document as everyone does -------------------------------------------------------

    def _joins(self, fold: str, new: Held) -> bool:
        """Whether the new mentions only add to the one document that the number names, and nothing else changes: a number
        that one body in the country gives, with its date or none. Laws cited by all are not resolved over again."""
        if new.facts.fold == fold or not (symbol_level(parts(fold).issuer)[2] or not parts(fold).recurs):
            return False
        known = self.region.nodes(tables.nodes.c.fold == fold)
        if len(known) != 1:
            return False
        row, date = known[0], known[0]["issued_on"]
        at = [i for i, m in enumerate(new.facts.mentions) if m.fold == fold]
        dates = {new.facts.mentions[i].issued_on for i in at} - {None}
        limit = new.facts.issued_on or new.facts.latest
        if dates - {date} or (not dates and date and limit and date > limit):
            return False
        said = Said(json.loads(row["said"]))
        for i in at:
            said.add(new.facts.mentions[i])
        holders = self._held(json.loads(row["holders"]))
        identity = _from_said(fold, date, said, holders)
        self._put(row["n"], identity, said, holders, raw_citing=row["raw_citing"] + 1)
        self._point(new, [(i, row["n"]) for i in at])
        return True

    # --- the general case ---------------------------------------------------------------------------------------------

    def _anew(self, fold: str) -> None:
        region = self.region
        numbers = region.with_number(fold)
        region.load(numbers)
        by_id = {region.documents[n].facts.id: region.documents[n] for n in numbers}
        index = GraphIndex()
        index.documents = {name: held.facts for name, held in by_id.items()}
        index.holders = {fold: {name for name, held in by_id.items() if held.facts.fold == fold}}
        index.citing = {fold: {name for name, held in by_id.items() if any(m.fold == fold for m in held.facts.mentions)}}
        result = KeyResolver(index, fold).run()
        old = [row["n"] for row in region.nodes(tables.nodes.c.fold == fold)]
        numbered = self._match(result, by_id, set(old))
        for n in old:
            if n not in numbered.values():
                region.drop_node(n)
        said = {id(i): Said() for i in result.identities}
        points: dict[str, list[tuple[int, int]]] = {}
        for doc, at, identity in result.targets:
            said[id(identity)].add(by_id[doc].facts.mentions[at])
            points.setdefault(doc, []).append((at, numbered[id(identity)]))
        for identity in result.identities:
            holders = [by_id[d].facts for d in identity.holders]
            self._put(numbered[id(identity)], identity, said[id(identity)], holders, raw_citing=len(identity.citing))
            for doc in identity.holders:
                self._own(by_id[doc], numbered[id(identity)])
        for doc in sorted(points):
            self._point(by_id[doc], points[doc])

    def _match(self, result: KeyResult, by_id: dict[str, Held], old: set[int]) -> dict[int, int]:
        """A node keeps its number while most of who has and cites it stay."""
        votes: Counter[tuple[int, int]] = Counter()
        place = {id(identity): i for i, identity in enumerate(result.identities)}
        for doc, at, identity in result.targets:
            votes[place[id(identity)], by_id[doc].raw[at]] += 1
        for i, identity in enumerate(result.identities):
            for doc in identity.holders:
                votes[i, by_id[doc].node] += 1
        numbered: dict[int, int] = {}
        free = set(old)
        for (i, n), _ in sorted(votes.items(), key=lambda v: (-v[1], v[0])):
            if n in free and id(result.identities[i]) not in numbered:
                numbered[id(result.identities[i])] = n
                free.discard(n)
        for identity in result.identities:
            if id(identity) not in numbered:
                numbered[id(identity)] = self.region.next_number("nodes")
        return numbered

    # --- writing ------------------------------------------------------------------------------------------------------

    def _held(self, documents: list[str]) -> list[DocumentFacts]:
        numbers = [n for d in documents if (n := self.region.number_of(d)) is not None]
        self.region.load(numbers)
        return [self.region.documents[n].facts for n in numbers]

    def _put(self, n: int, identity: Identity, said: Said, holders: list[DocumentFacts], *, raw_citing: int) -> None:
        known = self.region.rows.get(n)
        data = identity_data(identity, holders) | {"citing": known["citing"] if known else 0}
        self.region.put_node(rows.node_row(n, identity.id, data, identity=identity, said=said, raw_citing=raw_citing))

    def _own(self, held: Held, node: int) -> None:
        if held.node != node:
            held.node = node
            self.renamed.add(held.n)
            self.region.connection.execute(update(tables.documents).where(tables.documents.c.n == held.n).values(node=node))

    def _point(self, held: Held, points: list[tuple[int, int]]) -> None:
        m = tables.mentions.c
        for at, node in points:
            if held.raw[at] != node:
                held.raw[at] = node
                self.renamed.add(held.n)
                place = update(tables.mentions).where(m.document == held.n, m.at == at)
                self.region.connection.execute(place.values(raw=node))


def _from_said(fold: str, date: str | None, said: Said, holders: list[DocumentFacts]) -> Identity:
    """The one identity of a number from the counts of what is said: as ``KeyResolver`` describes it."""
    first = holders[0] if holders else None
    key = (first.key if first else None) or most_common(list(said.counts["key"].elements())) or fold
    issuers = list(said.counts["issuer"].elements())
    words = max((core(i) for i in said.counts["issuer"]), key=lambda c: (len(c), sorted(c)), default=frozenset())
    return Identity(
        key, key, fold, date,
        (first.kind if first else None) or most_common(list(said.counts["kind"].elements())),
        (first.issuer if first else None) or fullest(issuers),
        first.core if first and first.core else words,
        [d.id for d in holders], set(), 0, said.counts["issued_on"], said.counts["subject"],
    )  # fmt: skip
