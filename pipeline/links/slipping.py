"""Numbers written wrong, looked at anew where one document changed what is known of them and of their neighbours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlalchemy import and_, select, update

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import forms
from pipeline.graph.slips import FEW, SlipFinder
from pipeline.links.region import Held, Region, identity_of
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

MANY = 500  # named by more documents than this, a number is looked at from its neighbours' side
_N = tables.nodes.c
_TELLING = ("name", "raw_citing", "issued_on", "core", "kind", "holders", "said")
"""What the judgement of a slip depends on, at either end."""


class Slipping:
    """``moved``: documents any of whose mentions now mean another node."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self.moved: set[int] = set()

    def run(self, renamed: Iterable[int]) -> None:
        affected = set(renamed) | self._affected()
        self.region.load(affected)
        held = [self.region.documents[n] for n in sorted(affected) if n in self.region.documents]
        near = self._load_near(held)
        index = GraphIndex()
        for one in held:
            one.facts.targets = [self.region.node(n)["name"] for n in one.raw]
            index.documents[one.facts.id] = one.facts
        numbered = {row["name"]: n for n, row in near.items()}
        finder = SlipFinder(index, {row["name"]: identity_of(row) for row in near.values()})
        finder.run()
        for one in held:
            means = [numbered[finder.folds.get((one.facts.id, t), t)] for t in one.facts.targets if t]
            self._point(one, means)

    def _point(self, held: Held, means: list[int]) -> None:
        m = tables.mentions.c
        for at, node in enumerate(means):
            if held.target[at] != node:
                held.target[at] = node
                self.moved.add(held.n)
                self.region.connection.execute(update(tables.mentions).where(m.document == held.n, m.at == at).values(target=node))

    def _affected(self) -> set[int]:
        """Documents in which the judgement of a slip may come out otherwise, since one of two numbers a slip apart has changed:
        those that name both, and those that name a rare one whose day the other shares."""
        found: set[int] = set()
        for n in self.region.changed(*_TELLING):
            states = self.region.states(n)
            if states[0]["number"] is None:
                continue
            found |= self._naming_both(n, states)
            if any(map(_rare, states)):
                found |= self.region.citing(n, raw=True)
            for day in sorted({state["issued_on"] for state in states} - {None}):
                for other in self._of_day(states[0], day):
                    if other["n"] != n and _rare(other) and not (_same_look(states) and self._weigh_alike(states, other)):
                        found |= self.region.citing(other["n"], raw=True)
        return found

    def _naming_both(self, n: int, states: list[Row]) -> set[int]:
        """Documents that name a node and a neighbour of it, if the two compare otherwise than before. Sought from the side that
        fewer documents name: a law is named by tens of thousands, and of its neighbours there are some dozens."""
        if max(state["raw_citing"] for state in states) > MANY:
            others = self._neighbours(states[0])
        else:
            others = self.region.nodes(_N.n.in_(self._beside(n, states[0])))
        found: set[int] = set()
        for other in others:
            if other["n"] != n and not (_same_look(states) and self._weigh_alike(states, other)):
                found |= self._both(n, other["n"]) if other["raw_citing"] else set()
        return found

    def _beside(self, n: int, row: Row) -> list[int]:
        """Neighbours of a node that a document names beside it."""
        ours, theirs = tables.mentions.alias(), tables.mentions.alias()
        query = (
            select(theirs.c.raw)
            .join(ours, ours.c.document == theirs.c.document)
            .join(tables.nodes, _N.n == theirs.c.raw)
            .where(ours.c.raw == n, theirs.c.raw != n, _N.symbol == row["symbol"], _N.number.in_(near_numbers(row["number"])))
        )
        return list(self.region.connection.scalars(query.distinct()))

    def _both(self, first: int, second: int) -> set[int]:
        rare, other = sorted((first, second), key=lambda n: self.region.node(n)["raw_citing"] if n in self.region.rows else 0)
        ours, theirs = tables.mentions.alias(), tables.mentions.alias()
        beside = select(theirs.c.at).where(theirs.c.document == ours.c.document, theirs.c.raw == other).exists()
        return set(self.region.connection.scalars(select(ours.c.document).where(ours.c.raw == rare, beside).distinct()))

    def _weigh_alike(self, states: list[Row], other: Row) -> bool:
        """Whether two numbers compare as before: one more among thousands that cite a law changes nothing for its misspellings."""
        others = self.region.states(other["n"])
        if len(others) == 2 and not _same_look(others):
            return False
        return _weights(states[0], others[0]) == _weights(states[-1], others[-1])

    def _neighbours(self, row: Row) -> list[Row]:
        return self.region.nodes(and_(_N.symbol == row["symbol"], _N.number.in_(near_numbers(row["number"]))))

    def _of_day(self, row: Row, day: str) -> list[Row]:
        """Neighbours dated on a day. By day and not by number: a number below a hundred is any body's of any year."""
        near = near_numbers(row["number"])
        alike = select(_N.n, _N.number).where(_N.symbol == row["symbol"], _N.issued_on == day)
        found = [n for n, number in self.region.connection.execute(alike) if number in near]
        self.region.load_nodes(found)
        return [self.region.node(n) for n in found]

    def _load_near(self, held: list[Held]) -> dict[int, Row]:
        """Identities that the documents name, and those of the same symbol and day as a rare one of them, a slip apart."""
        self.region.load_nodes({n for one in held for n in one.raw})
        near = {n: self.region.node(n) for one in held for n in one.raw}
        for row in list(near.values()):
            if row["issued_on"] and row["number"] is not None and _rare(row):
                near |= {other["n"]: other for other in self._of_day(row, row["issued_on"])}
        return near


def _rare(row: Row) -> bool:
    """Whether a number is sought among those of its day, too, not only among those that stand beside it."""
    return not _held(row) and bool(row["raw_citing"] <= FEW)


def _held(row: Row) -> bool:
    return bool(row["holders"] != "[]")


def _same_look(states: list[Row]) -> bool:
    """Whether a node was and is, and differs at most in how often it is cited."""
    if len(states) < 2:
        return False
    old, new = states
    subjects = [set(json.loads(row["said"]).get("subject", {})) for row in states]
    return subjects[0] == subjects[1] and all(old[k] == new[k] for k in ("name", "issued_on", "core", "kind", "holders"))


def _weights(first: Row, second: Row) -> tuple[bool, ...]:
    """All that ``SlipFinder`` asks of how often two numbers are cited."""
    a, b = first["raw_citing"], second["raw_citing"]
    return (a < b, a == b, a >= 3 * b, b >= 3 * a, a < 2, b < 2, a <= FEW, b <= FEW)


@lru_cache(maxsize=4096)
def near_numbers(number: int) -> tuple[int, ...]:
    """The number itself and all that one slip of the hand makes of it: what ``near_number`` accepts."""
    made = {text for written in forms(number) for text in _slipped(written) if text and text.strip("0")}
    return tuple(sorted({int(text) for text in made if text in forms(int(text))} | {number}))


def _slipped(digits: str) -> Iterator[str]:
    for i in range(len(digits) + 1):
        head, tail = digits[:i], digits[i:]
        for d in "0123456789":
            yield head + d + tail
            yield head + d + tail[1:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
