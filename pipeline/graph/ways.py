"""The way between two documents: along the line of command where there is one, and which relation each step of it is."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any

from pipeline.graph.checks import live
from pipeline.graph.questions import Step, find, step
from pipeline.graph.shape import Graph

# A step of the line of command before a plan's mention of one further up, and that before any other relation.
_COMMAND, _PAST, _OTHER = (0, 0, 1), (0, 1, 0), (1, 0, 0)
_Cost = tuple[int, int, int]
_State = tuple[str, bool]  # a document, and whether the way reached it as one that is only referred to


@dataclass(frozen=True, slots=True)
class Link:
    """A relation that the way follows, in whichever direction: ``source`` implements, is based on … ``target``."""

    source: Step
    target: Step
    relation: str
    inferred: bool
    suspect: bool

    @property
    def commands(self) -> bool:
        """Whether the step keeps to the line of command."""
        return self.relation == "implements"


@dataclass(frozen=True, slots=True)
class Way:
    """Documents from one end to the other, and the relation between each two; both empty where nothing joins them."""

    steps: tuple[Step, ...]
    links: tuple[Link, ...]


def path(graph: Graph, first: str, second: str) -> Way:
    """The way with the fewest steps outside the line of command; of those the one that leaves out no level, then the shortest.

    Two documents that refer to one law are not joined by it: a way does not go up to it by a reference and down by another."""
    start, goal = find(graph, first), find(graph, second)
    begin: _State = (start, False)
    came: dict[_State, _State | None] = {begin: None}
    best: dict[_State, _Cost] = {begin: (0, 0, 0)}
    queue: list[tuple[_Cost, _State]] = [((0, 0, 0), begin)]
    end: _State | None = None
    while queue:
        cost, at = heappop(queue)
        if at[0] == goal:
            end = at
            break
        if cost > best[at]:
            continue
        for after, price in _around(graph, at):
            total = (cost[0] + price[0], cost[1] + price[1], cost[2] + price[2])
            if after not in best or total < best[after]:
                best[after], came[after] = total, at
                heappush(queue, (total, after))
    nodes: list[str] = []
    while end is not None:
        nodes.append(end[0])
        end = came[end]
    nodes.reverse()
    return Way(tuple(step(graph, n) for n in nodes), tuple(_link(graph, a, b) for a, b in pairwise(nodes)))


def _price(data: dict[str, Any]) -> tuple[int, int, int]:
    if data["relation"] != "implements":
        return _OTHER
    return _COMMAND if data["parent"] else _PAST


def _around(graph: Graph, at: _State) -> list[tuple[_State, _Cost]]:
    """Documents one relation away, with its price, in order."""
    node, referred = at
    found: list[tuple[_State, _Cost]] = []
    for _, upper, data in graph.out_edges(node, data=True):
        if live(data) and graph.nodes[upper]["type"] == "document":
            found.append(((upper, _price(data) == _OTHER), _price(data)))
    for lower, _, data in graph.in_edges(node, data=True):
        if live(data) and graph.nodes[lower]["type"] == "document" and not (referred and _price(data) == _OTHER):
            found.append(((lower, False), _price(data)))
    return sorted(found)


def _link(graph: Graph, one: str, other: str) -> Link:
    between = [
        (_price(data), str(data["relation"]), source, target, data)
        for source, target in ((one, other), (other, one))
        for _, to, data in graph.out_edges(source, data=True)
        if to == target and live(data)
    ]
    _, relation, source, target, data = min(between, key=lambda e: e[:4])
    return Link(step(graph, source), step(graph, target), relation, bool(data["inferred"]), data["status"] == "suspect")


__all__ = ["Link", "Way", "path"]
