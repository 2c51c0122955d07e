"""How well the graph of a made corpus agrees with what is known of it: precision and recall of links and of parents."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.graph.build import build
from pipeline.graph.keys import fold_key
from pipeline.graph.names import compatible, core
from pipeline.graph.shape import Graph
from pipeline.graph.synthetic import Generator, World


@dataclass(frozen=True, slots=True)
class Score:
    """Of links: right, found and true counts, and the rates."""

    right: int
    found: int
    true: int

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.true if self.true else 1.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One point of the curve. ``links``: document in hand → any made document it cites; ``parents``: → the one it carries
    out; ``merged``: nodes that stand for two documents; ``candidates``: unnumbered documents whose first candidate is right,
    of those offered one."""

    noise: float
    links: Score
    parents: Score
    merged: int
    candidates: Score


def _true_of(world: World) -> dict[str, list[int]]:
    by_fold: dict[str, list[int]] = {}
    for uid, made in world.made.items():
        by_fold.setdefault(fold_key(made.key), []).append(uid)
    return by_fold


def name_nodes(graph: Graph, world: World) -> dict[str, int | None]:
    """Which made document each node stands for; None for a document that was never made."""
    by_fold = _true_of(world)
    named: dict[str, int | None] = {}
    for node, data in graph.nodes(data=True):
        if data["files"]:
            named[node] = world.names[data["files"][0]]
        elif data["key"]:
            fits = by_fold.get(fold_key(data["key"]), [])
            dated = [u for u in fits if world.made[u].issued_on == data["issued_on"]]
            bodies = [u for u in dated or fits if compatible(core(world.made[u].issuer), core(data["issuer"]))]
            choice = bodies if data["issued_on"] is None or dated else []
            named[node] = choice[0] if len(choice) == 1 else None
    return named


def score(graph: Graph, world: World) -> tuple[Score, Score, int, Score]:
    """(links, parents, merged nodes, candidates) of a graph built from the world's records."""
    named = name_nodes(graph, world)
    laws = {n for n, d in graph.nodes(data=True) if d["key"] and "/20" in d["key"]}
    links, parents = set(), set()
    for source, target, relation, data in graph.edges(keys=True, data=True):
        if graph.nodes[source]["in_hand"] and relation != "may_be" and target not in laws and not data["inferred"]:
            pair = (named[source], named[target], target if named[target] is None else "")
            links.add(pair)
            if relation == "implements" and data["parent"]:
                parents.add(pair)
    true_links = {(u, v, "") for u, vs in world.cited.items() for v in vs}
    true_parents = {(u, p, "") for u in world.cited if (p := world.made[u].parent) is not None}
    merged = sum(len(d["files"]) > 1 for _, d in graph.nodes(data=True))
    first: dict[str, str] = {}
    for candidate in graph.graph["candidates"]:
        first.setdefault(candidate.document, candidate.identity)
    cited = {v for vs in world.cited.values() for v in vs}
    open_ones = {u for u in world.cited if not world.made[u].numbered and u in cited}
    hits = sum(named[d] == named[i] for d, i in first.items())
    return (
        Score(len(links & true_links), len(links), len(true_links)),
        Score(len(parents & true_parents), len(parents), len(true_parents)),
        merged,
        Score(hits, len(first), len(open_ones)),
    )


def measure(noise: float, *, documents: int = 1000, seed: int = 1) -> Measured:
    """Builds a made corpus and its graph, and compares."""
    generator = Generator(seed=seed, noise=noise)
    graph = build(generator.records(documents))
    return Measured(noise, *score(graph, generator.world))


def curve(noises: tuple[float, ...] = (0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3), *, documents: int = 1000, seed: int = 1) -> list[Measured]:
    """The measure over several shares of noise."""
    return [measure(noise, documents=documents, seed=seed) for noise in noises]
