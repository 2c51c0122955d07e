"""Numbers written wrong, looked at anew where one document changed what is known of them and of their neighbours."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache

from sqlalchemy import and_, tuple_, update

from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import forms
from pipeline.graph.slips import FEW, SlipFinder
from pipeline.links.region import Held, Region, identity_of, pages
from pipeline.links.rows import Row
from pipeline.store import graph_tables as tables

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
        """Documents that name one of two numbers a slip apart, of which one has changed."""
        found: set[int] = set()
        for n in self.region.changed(*_TELLING):
            states = self.region.states(n)
            if states[0]["number"] is None:
                continue
            for other in self._neighbours(states[0]):
                if other["n"] == n:
                    continue
                if _retold(states):
                    found |= self.region.citing(n, raw=True) & self.region.citing(other["n"], raw=True)
                if not any(_same_day(state, other) for state in states):
                    continue
                if _same_look(states) and self._weigh_alike(states, other):
                    continue
                most, least = max(s["raw_citing"] for s in states), min(s["raw_citing"] for s in states)
                if not _held(other) and other["raw_citing"] <= most:
                    found |= self.region.citing(other["n"], raw=True)
                if not all(_held(s) for s in states) and least <= other["raw_citing"]:
                    found |= self.region.citing(n, raw=True)
        return found

    def _weigh_alike(self, states: list[Row], other: Row) -> bool:
        """Whether two numbers compare as before: one more among thousands that cite a law changes nothing for its misspellings."""
        others = self.region.states(other["n"])
        if len(others) == 2 and not _same_look(others):
            return False
        return _weights(states[0], others[0]) == _weights(states[-1], others[-1])

    def _neighbours(self, row: Row) -> list[Row]:
        c = tables.nodes.c
        return self.region.nodes(and_(c.symbol == row["symbol"], c.number.in_(near_numbers(row["number"]))))

    def _load_near(self, held: list[Held]) -> dict[int, Row]:
        """Identities that the documents name, and those of the same symbol and day as one of them."""
        self.region.load_nodes({n for one in held for n in one.raw})
        c = tables.nodes.c
        near = {n: self.region.node(n) for one in held for n in one.raw}
        days = {(row["symbol"], row["issued_on"]) for row in near.values() if row["issued_on"] and not _held(row)}
        for page in pages(days):
            near |= {row["n"]: row for row in self.region.nodes(tuple_(c.symbol, c.issued_on).in_(page))}
        return near


def _held(row: Row) -> bool:
    return bool(row["holders"] != "[]")


def _retold(states: list[Row]) -> bool:
    """Whether a node came, went, or has another date or body: what one text may show a slip by."""
    return len(states) < 2 or any(states[0][k] != states[1][k] for k in ("name", "issued_on", "core"))


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


def _same_day(first: Row, second: Row) -> bool:
    return first["issued_on"] == second["issued_on"] or first["issued_on"] is None or second["issued_on"] is None


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
