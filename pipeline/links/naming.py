"""One number resolved anew: which documents of the world it names, now that one more text has or cites it."""

from __future__ import annotations

import json
from collections import Counter

from sqlalchemy import update

from pipeline.graph.build import identity_data
from pipeline.graph.facts import DocumentFacts
from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import parts, same_period, symbol_level
from pipeline.graph.names import core
from pipeline.graph.resolve import Identity, KeyResolver, KeyResult, fullest, most_common
from pipeline.links import rows
from pipeline.links.region import Held, Region
from pipeline.links.rows import TEXTS, Said
from pipeline.store import graph_tables as tables


class Naming:
    """``renamed``: documents any of whose mentions, or who themselves, now are another node."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.renamed: set[int] = set()

    def resolve(self, fold: str, old: Held | None, new: Held | None) -> None:
        """``old`` and ``new``: the document as it was and is, None where it was not known or is gone; what they say may be all
        there is to do."""
        if not self._joins(fold, old, new):
            self._anew(fold, new)

    # --- the usual case: a text cites a document as everyone does, or gives it another date ------------------------------

    def _joins(self, fold: str, old: Held | None, new: Held | None) -> bool:
        """Whether what is said comes to, or goes from, the one document that the number names, and nothing else changes: a number
        that one body in the country gives. The date that most texts give is believed, and other dates of its period are slips
        of it; as long as it stands, no other text means anything else. Laws cited by all are not resolved over again."""
        symbol_is_unique = symbol_level(parts(fold).issuer)[2] or not parts(fold).recurs
        if not symbol_is_unique or any(held.facts.fold == fold for held in (old, new) if held):
            return False
        known = self.region.nodes(tables.nodes.c.fold == fold)
        if len(known) != 1:
            return False
        row, date = known[0], known[0]["issued_on"]
        said = Said(json.loads(row["said"]))
        written = set(said.counts[TEXTS])
        at = [i for i, m in enumerate(new.facts.mentions) if m.fold == fold] if new else []
        before = [m for m in old.facts.mentions if m.fold == fold] if old else []
        said.add(before, -1)
        citing = row["raw_citing"] + bool(at) - bool(before)
        if new:
            said.add([new.facts.mentions[i] for i in at])
            limit = new.facts.issued_on or new.facts.latest
            if at and date and limit and date > limit and not any(new.facts.mentions[i].issued_on for i in at):
                return False
        holders = self._held(json.loads(row["holders"]))
        if not citing or not _stands(fold, date, written | set(said.counts[TEXTS]), said, holders):
            return False
        self._put(row["n"], _from_said(fold, date, said, holders), said, holders, raw_citing=citing)
        if new:
            self._point(new, [(i, row["n"]) for i in at])
        return True

    # --- the general case ---------------------------------------------------------------------------------------------

    def _anew(self, fold: str, new: Held | None) -> None:
        region = self.region
        numbers = sorted({*region.with_number(fold), *([new.n] if new and any(m.fold == fold for m in new.facts.mentions) else [])})
        region.load(numbers)
        by_id = {region.documents[n].facts.id: region.documents[n] for n in numbers}
        index = GraphIndex()
        index.documents = {name: held.facts for name, held in by_id.items()}
        index.holders = {fold: {name for name, held in by_id.items() if held.facts.fold == fold}}
        index.citing = {fold: [name for name, held in by_id.items() if fold in held.facts.places]}
        result = KeyResolver(index, fold).run()
        old = [row["n"] for row in region.nodes(tables.nodes.c.fold == fold)]
        numbered = self._match(result, by_id, set(old))
        for n in old:
            if n not in numbered.values():
                region.drop_node(n)
        said = {id(i): Said() for i in result.identities}
        points: dict[str, list[tuple[int, int]]] = {}
        for doc, at, identity in result.targets:
            points.setdefault(doc, []).append((at, numbered[id(identity)]))
        named = {identity.id: said[id(identity)] for identity in result.identities}
        for (doc, name), places in rows.by_document(result).items():
            named[name].add([by_id[doc].facts.mentions[at] for at in places])
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
        self.region.put_node(rows.node_row(n, identity.id, data, identity=identity, said=said.to_json(), raw_citing=raw_citing))

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


def _stands(fold: str, date: str | None, written: set[str], said: Said, holders: list[DocumentFacts]) -> bool:
    """Whether a date was and is believed of the one document of a number: as ``KeyResolver`` orders dates."""
    if not written:
        return date is None or any(h.issued_on for h in holders)
    if date is None or not all(same_period(fold, other, date) for other in written):
        return False
    if any(h.issued_on for h in holders):
        return all(h.issued_on == date for h in holders)
    texts, times = said.counts[TEXTS], said.counts["issued_on"]
    return date == min(texts, key=lambda d: (-texts[d], -times[d], d), default=None)


def _from_said(fold: str, date: str | None, said: Said, holders: list[DocumentFacts]) -> Identity:
    """The one identity of a number from the counts of what is said: as ``KeyResolver`` describes it."""
    first = holders[0] if holders else None
    key = (first.key if first else None) or most_common(said.counts["key"]) or fold
    words = max((core(i) for i in said.counts["issuer"]), key=lambda c: (len(c), sorted(c)), default=frozenset())
    return Identity(
        key, key, fold, date,
        (first.kind if first else None) or most_common(said.counts["kind"]),
        (first.issuer if first else None) or fullest(said.counts["issuer"]),
        first.core if first and first.core else words,
        [d.id for d in holders], [], 0, Counter(said.counts["issued_on"]), Counter(said.counts["subject"]),
    )  # fmt: skip
