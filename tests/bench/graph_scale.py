"""The graph at scale, for ``bench.py``: a made corpus in a store, the graph built from it in a stream, questions asked of it.

Each step is a process of its own, so that time and peak of memory are its own: ``python tests/bench/graph_scale.py STEP STORE DOCUMENTS``
with STEP one of ``fill``, ``build``, ``ask`` prints one JSON object.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from peaks import peak
from sqlalchemy import select

from pipeline.graph.synthetic import Generator
from pipeline.links import chain_from_store, impact_from_store, rebuild_graph, update_graph
from pipeline.store import Store
from pipeline.store import graph_tables as tables
from schemas.record import Record

MENTIONS = 20
"""Citations of one document: 100,000 documents make two million."""
ASKED = 200
LATE = 10
"""Documents taken in one by one after the build."""


def fill(path: Path, documents: int) -> dict[str, Any]:
    """A store of so many records, no graph yet."""
    with Store.open(path) as store:
        for record in islice(_made(documents), documents):
            store.put(record)
    return {}


def build(path: Path, documents: int) -> dict[str, Any]:
    """CPU seconds of one build from the store, and the peak in MB."""
    with Store.open(path) as store:
        start = time.process_time()
        built = rebuild_graph(store)
        return {"documents": built, "build": time.process_time() - start, "peak": peak()}


def ask(path: Path, documents: int) -> dict[str, Any]:
    """Milliseconds of questions and of one document more (first, median, worst) by the clock on the wall."""
    with Store.open(path) as store:
        names, cited = _names(store)
        late = islice(_made(documents), documents, documents + LATE)
        asked = random.Random(1).sample(names, min(ASKED, len(names)))
        return {
            "cited": cited[1],
            "chain": _times(lambda n: chain_from_store(store, n), asked),
            "impact": _times(lambda n: impact_from_store(store, n), asked),
            "law": _times(lambda n: impact_from_store(store, n), [cited[0]] * 5),
            "update": _times(lambda record: (store.put(record), update_graph(store, record)), late),
        }


def _made(documents: int) -> Iterator[Record]:
    """The records of the corpus, and behind them those that come late."""
    return Generator(seed=1, mentions=MENTIONS).records(documents + LATE)


def _names(store: Store) -> tuple[list[str], tuple[str, int]]:
    """Documents in hand, and the document that most others cite with their number."""
    n = tables.nodes.c
    with store.transaction() as connection:
        names = list(connection.scalars(select(n.name).where(n.in_hand).order_by(n.name)))
        most = connection.execute(select(n.name, n.citing).order_by(n.citing.desc()).limit(1)).one()
    return names, (most.name, most.citing)


def _times(ask: Callable[[Any], object], things: Iterable[Any]) -> list[float]:
    times = []
    for thing in things:
        start = time.perf_counter()
        ask(thing)
        times.append(1000 * (time.perf_counter() - start))
    return [times[0], statistics.median(times), max(times)]


STEPS = {"fill": fill, "build": build, "ask": ask}

if __name__ == "__main__":
    sys.stdout.write(json.dumps(STEPS[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))) + "\n")
