"""Candidates again for documents without a number, where one document changed what they may be."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import and_, delete, insert, or_, select

from pipeline.graph.candidates import CandidateFinder
from pipeline.graph.index import GraphIndex
from pipeline.links import rows
from pipeline.links.deciding import Identities
from pipeline.links.region import Region, identity_of, pages
from pipeline.links.relinking import SAID
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

_C, _D, _E = tables.nodes.c, tables.documents.c, tables.edges.c


class Offering:
    """One use per change."""

    def __init__(self, region: Region, parents_before: dict[int, set[int]], identities: Identities) -> None:
        """``parents_before``: what the changed nodes implemented before the change."""
        self.region = region
        self.connection = region.connection
        self.parents_before = parents_before
        self.identities = identities

    def run(self, moved: Iterable[int]) -> None:
        """``moved``: documents whose mentions mean other nodes."""
        for n in sorted(self._affected(set(moved))):
            self._offer(n)

    def _affected(self, moved: set[int]) -> set[int]:
        """Open documents that cite, share a body with or stand beside an identity that looks otherwise."""
        cores: set[str] = set()
        beside: set[int] = set()
        cited = set(self.region.changed("key", "issued_on"))
        changed = self._changed()
        relinked = {n for n, old in self.parents_before.items() if old != self._parents(n)}
        self.region.load_nodes(relinked)
        for n in changed | relinked:
            for row in self.region.states(n):
                if row["holders"] == "[]" and row["fold"]:
                    cores |= {row["core"]} - {""}
                    beside |= self._parents(n) | self.parents_before.get(n, set())
        found = moved & set(self.connection.scalars(select(_D.n).where(_D.open)))
        open_ones = select(_D.n).where(_D.open)
        for words in pages(cores):
            found |= set(self.connection.scalars(open_ones.where(_D.core.in_(words))))
        implementing = open_ones.join(tables.edges, and_(_E.source == _D.node, SAID))
        for page in pages(beside):
            found |= set(self.connection.scalars(implementing.where(_E.target.in_(page))))
        mentions = tables.mentions.c
        citing = open_ones.join(tables.mentions, mentions.document == _D.n)
        for page in pages(cited):
            found |= set(self.connection.scalars(citing.where(mentions.target.in_(page))))
        return found

    def _changed(self) -> set[int]:
        """Nodes that came, went, or look otherwise."""
        return {n for n in self.region.before if len(states := self.region.states(n)) == 1 or _look(states[0]) != _look(states[1])}

    def _parents(self, n: int) -> set[int]:
        return set(self.connection.scalars(select(_E.target).where(_E.source == n, SAID)))

    # --- one document -------------------------------------------------------------------------------------------------

    def _offer(self, n: int) -> None:
        region = self.region
        region.load([n])
        held = region.documents[n]
        facts = held.facts
        region.load_nodes({*held.target, held.node})
        facts.targets = [region.node(t)["name"] for t in held.target]
        mine = self._parents(held.node)
        dates = sorted(date for t in set(held.target) if (date := region.node(t)["issued_on"]))
        pool = self._pool(rows.join_core(facts.core), dates[-2] if len(dates) > 1 else "", mine)
        region.load_nodes(mine)
        used = {row["n"]: row for row in (*pool, *(region.node(t) for t in {*held.target, *mine} if region.node(t)["fold"]))}
        identities = {row["name"]: identity_of(row) for row in used.values()}
        parents = self._parents_of([row["n"] for row in pool])
        index = GraphIndex()
        for row in pool:
            identity = identities[row["name"]]
            if not identity.subjects:  # judged by the titles of those that cite it
                numbers = region.citing(row["n"])
                region.load(numbers)
                index.documents |= {region.documents[d].facts.id: region.documents[d].facts for d in numbers}
                identity.citing = {region.documents[d].facts.id for d in numbers}
        names = {region.node(p)["name"] for p in mine}
        refused = self.identities.refused(facts, used.values())
        found = CandidateFinder(index, identities, parents, {facts.id: names}, refused).candidates(facts)
        c = tables.candidates.c
        self.connection.execute(delete(tables.candidates).where(c.document == held.node))
        number = {row["name"]: row["n"] for row in used.values()}
        made = [
            {"document": held.node, "place": place, "identity": number[f.identity], "score": f.score, "reasons": "\n".join(f.reasons)}
            for place, f in enumerate(found, 1)
        ]
        if made:
            self.connection.execute(insert(tables.candidates), made)

    def _pool(self, core: str, floor: str, mine: set[int]) -> list[Row]:
        """Identities not in hand, of the same body and not older than ``floor`` (which the finder would leave out too), or
        under the same parents."""
        beside = select(_E.source).where(_E.target.in_(sorted(mine)), SAID)
        under = _C.n.in_(beside)
        of_body = and_(_C.core == core, or_(_C.issued_on.is_(None), _C.issued_on >= floor))
        near = or_(of_body, under) if core else under
        return self.region.nodes(and_(_C.holders == "[]", _C.fold.is_not(None), _C.citing > 0, near))

    def _parents_of(self, numbers: list[int]) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for page in pages(numbers):
            pairs = self.connection.execute(select(_E.source, _E.target).where(_E.source.in_(page), SAID)).all()
            self.region.load_nodes({p.target for p in pairs})
            for p in pairs:
                found.setdefault(self.region.node(p.source)["name"], set()).add(self.region.node(p.target)["name"])
        return found


def _look(row: Row) -> tuple[object, ...]:
    """What a candidate's score and reasons depend on."""
    subjects = tuple(sorted(json.loads(row["said"]).get("subject", {})))
    plain = tuple(row[k] for k in ("name", "key", "kind", "issuer", "issued_on", "core", "holders", "level"))
    return (*plain, subjects, row["citing"] > 0, row["citing"] if not subjects else 0)
