"""Candidates again for documents without a number, where one document changed what they may be."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import and_, delete, insert, or_, select

from pipeline.graph.candidates import MOST, TITLES, CandidateFinder
from pipeline.graph.index import GraphIndex
from pipeline.graph.resolve import Identity
from pipeline.links import rows
from pipeline.links.deciding import Identities
from pipeline.links.region import Held, Region, identity_of, pages
from pipeline.links.relinking import SAID
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

_N, _D, _E = tables.nodes.c, tables.documents.c, tables.edges.c
Offer = tuple[int, float, str]
"""(identity, score, reasons one a line)"""


class Offering:
    """One use per change."""

    def __init__(self, region: Region, parents_before: dict[int, set[int]], identities: Identities) -> None:
        """``parents_before``: what the changed nodes implemented before the change."""
        self.region = region
        self.connection = region.connection
        self.parents_before = parents_before
        self.identities = identities
        self.altered: dict[int, set[int]] = {}  # identities that score otherwise than before, with what they implement now
        self._seen: dict[int, Identity] = {}

    def run(self, moved: Iterable[int]) -> None:
        """``moved``: documents whose mentions mean other nodes."""
        whole, beside = self._affected(set(moved))
        for n in sorted(whole | beside):
            held = self._open(n)
            if n in whole or not self._compare(held):
                self._write(held, self._found(held, self._pool(held)))

    def _affected(self, moved: set[int]) -> tuple[set[int], set[int]]:
        """Open documents that cite otherwise than before, and those that share a body with or stand beside an identity that
        looks otherwise."""
        cores: set[str] = set()
        parents: set[int] = set()
        relinked = {n for n, old in self.parents_before.items() if old != self._parents(n)}
        self.region.load_nodes(relinked)
        for n in self._changed() | relinked:
            for row in self.region.states(n):
                if row["holders"] == "[]" and row["fold"]:
                    self.altered[n] = self._parents(n)
                    cores |= {row["core"]} - {""}
                    parents |= self.altered[n] | self.parents_before.get(n, set())
        open_ones = select(_D.n).where(_D.open)
        whole: set[int] = set()
        for page in pages(moved):
            whole |= set(self.connection.scalars(open_ones.where(_D.n.in_(page))))
        mentions = tables.mentions.c
        citing = open_ones.join(tables.mentions, mentions.document == _D.n)
        for page in pages(self.region.changed("key", "issued_on")):
            whole |= set(self.connection.scalars(citing.where(mentions.target.in_(page))))
        beside: set[int] = set()
        for words in pages(cores):
            beside |= set(self.connection.scalars(open_ones.where(_D.core.in_(words))))
        implementing = open_ones.join(tables.edges, and_(_E.source == _D.node, SAID))
        for page in pages(parents):
            beside |= set(self.connection.scalars(implementing.where(_E.target.in_(page))))
        return whole, beside

    def _changed(self) -> set[int]:
        """Nodes that came, went, or look otherwise."""
        told = self.region.changed("name", "key", "kind", "issuer", "issued_on", "core", "holders", "level", "said", "citing")
        return {n for n in told if len(states := self.region.states(n)) == 1 or _look(states[0]) != _look(states[1])}

    def _parents(self, n: int) -> set[int]:
        return set(self.connection.scalars(select(_E.target).where(_E.source == n, SAID)))

    # --- one document -------------------------------------------------------------------------------------------------

    def _open(self, n: int) -> Held:
        self.region.load([n])
        held = self.region.documents[n]
        self.region.load_nodes({*held.target, held.node})
        held.facts.targets = [self.region.node(t)["name"] for t in held.target]
        return held

    def _compare(self, held: Held) -> bool:
        """Ranks the altered identities among those offered before: the rest score as they did. False where one of those offered
        is altered itself, as one that was not offered may follow it."""
        c = tables.candidates.c
        before = self.connection.execute(select(tables.candidates).where(c.document == held.node).order_by(c.place)).all()
        if any(row.identity in self.altered for row in before):
            return False
        core, mine = rows.join_core(held.facts.core), self._parents(held.node)
        here = [self.region.node(n) for n in sorted(self.altered) if n in self.region.rows]
        pool = [row for row in here if _offerable(row) and ((core and row["core"] == core) or mine & self.altered[row["n"]])]
        found = self._found(held, pool) if pool else []
        if found:
            known = [(row.identity, row.score, row.reasons) for row in before]
            self.region.load_nodes({n for n, _, _ in known})
            ranked = sorted(known + found, key=lambda f: (-f[1], self.region.node(f[0])["name"]))[:MOST]
            if ranked != known:
                self._write(held, ranked)
        return True

    def _write(self, held: Held, found: list[Offer]) -> None:
        c = tables.candidates.c
        self.connection.execute(delete(tables.candidates).where(c.document == held.node))
        made = [
            {"document": held.node, "place": place, "identity": n, "score": score, "reasons": reasons}
            for place, (n, score, reasons) in enumerate(found, 1)
        ]
        if made:
            self.connection.execute(insert(tables.candidates), made)

    def _found(self, held: Held, pool: list[Row]) -> list[Offer]:
        """What of a pool is offered, best first."""
        region, facts = self.region, held.facts
        mine = self._parents(held.node)
        region.load_nodes(mine)
        used = {row["n"]: row for row in (*pool, *(region.node(t) for t in {*held.target, *mine} if region.node(t)["fold"]))}
        identities = {row["name"]: self._identity(row) for row in used.values()}
        index = GraphIndex()
        for row in pool:
            identity = identities[row["name"]]
            if not identity.subjects:  # judged by the titles of those that cite it
                region.load(first := self._first_citing(row["n"]))
                index.documents |= {region.documents[d].facts.id: region.documents[d].facts for d in first}
                identity.citing = [region.documents[d].facts.id for d in first]
        names = {region.node(p)["name"] for p in mine}
        refused = self.identities.refused(facts, used.values())
        finder = CandidateFinder(index, identities, self._parents_of([row["n"] for row in pool]), {facts.id: names}, refused)
        number = {row["name"]: row["n"] for row in used.values()}
        return [(number[f.identity], f.score, "\n".join(f.reasons)) for f in finder.candidates(facts)]

    def _identity(self, row: Row) -> Identity:
        """Many documents of one body are held against the same identities, which no longer change."""
        if row["n"] not in self._seen:
            self._seen[row["n"]] = identity_of(row)
        return self._seen[row["n"]]

    def _first_citing(self, n: int) -> list[int]:
        """In order of their ids. In two steps: asked at once, the database walks over all documents in that order."""
        ids: list[tuple[str, int]] = []
        for page in pages(self.region.citing(n)):
            ids += [(row.id, row.n) for row in self.connection.execute(select(_D.id, _D.n).where(_D.n.in_(page)))]
        return [number for _, number in sorted(ids)[:TITLES]]

    def _pool(self, held: Held) -> list[Row]:
        """Identities not in hand, of the same body and not older than all that the document cites but one (older ones the finder
        would leave out too), or under the same parents."""
        dates = sorted(date for t in set(held.target) if (date := self.region.node(t)["issued_on"]))
        floor = dates[-2] if len(dates) > 1 else ""
        core = rows.join_core(held.facts.core)
        under = _N.n.in_(select(_E.source).where(_E.target.in_(sorted(self._parents(held.node))), SAID))
        of_body = and_(_N.core == core, or_(_N.issued_on.is_(None), _N.issued_on >= floor))
        near = or_(of_body, under) if core else under
        found = list(self.connection.scalars(select(_N.n).where(_N.holders == "[]", _N.fold.is_not(None), _N.citing > 0, near)))
        self.region.load_nodes(found)
        return [self.region.node(n) for n in found]

    def _parents_of(self, numbers: list[int]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for page in pages(numbers):
            pairs = self.connection.execute(select(_E.source, _E.target).where(_E.source.in_(page), SAID)).all()
            self.region.load_nodes({p.target for p in pairs})
            for p in pairs:
                found.setdefault(self.region.node(p.source)["name"], set()).add(self.region.node(p.target)["name"])
        return found


def _offerable(row: Row) -> bool:
    return bool(row["holders"] == "[]" and row["fold"] is not None and row["citing"] > 0)


def _look(row: Row) -> tuple[object, ...]:
    """What a candidate's score and reasons depend on."""
    subjects = tuple(sorted(json.loads(row["said"]).get("subject", {})))
    plain = tuple(row[k] for k in ("name", "key", "kind", "issuer", "issued_on", "core", "holders", "level"))
    return (*plain, subjects, row["citing"] > 0, row["citing"] if not subjects else 0)
