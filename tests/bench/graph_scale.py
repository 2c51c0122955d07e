"""The graph at scale, for ``bench.py``: a made corpus in a store, the graph built from it in a stream, questions asked of it.

Run by itself in a process of its own, so that the peak of memory is the graph's: ``python tests/bench/graph_scale.py DOCUMENTS``
prints one JSON object.
"""

from __future__ import annotations

import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from peaks import peak
from sqlalchemy import select

from pipeline.graph.synthetic import Generator
from pipeline.links import chain_from_store, impact_from_store, rebuild_graph, update_graph
from pipeline.store import Store
from pipeline.store import graph_tables as tables

MENTIONS = 20
"""Citations of one document: 100,000 documents make two million."""
ASKED = 200
LATE = 10
"""Documents taken in one by one after the build."""


def measure(documents: int) -> dict[str, Any]:
    """CPU seconds of the build, peak MB, and milliseconds of questions (first, median, worst) by the clock on the wall."""
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "kho.db") as store:
        records = Generator(seed=1, mentions=MENTIONS).records(documents + LATE)
        late = [next(records) for _ in range(LATE)]
        for record in records:
            store.put(record)
        before = peak()
        start = time.process_time()
        built = rebuild_graph(store)
        spent = time.process_time() - start
        after = peak()
        names, cited = _names(store)
        pick = random.Random(1)
        asked = pick.sample(names, min(ASKED, len(names)))
        out: dict[str, Any] = {"documents": built, "build": spent, "before": before, "peak": after, "cited": cited[1]}
        out["chain"] = _times(lambda n: chain_from_store(store, n), asked)
        out["impact"] = _times(lambda n: impact_from_store(store, n), asked)
        out["law"] = _times(lambda n: impact_from_store(store, n), [cited[0]] * 5)
        out["update"] = _times(lambda record: (store.put(record), update_graph(store, record)), late)
        return out


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


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
