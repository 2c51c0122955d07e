"""Texts read for the first time, for ``bench.py``: words and names that were met before are remembered, so a text read again and again
costs less than the papers that come in. Half of the texts are read to have patterns and lexicons at hand; the other half is timed.

``python tests/bench/first_sight.py 0`` or ``1`` (which half is timed) prints one JSON object.
"""

from __future__ import annotations

import json
import statistics
import sys
import time

from bench import sources

from extractors import load, read_source

AGAIN = 3


def measure(half: int) -> dict[str, float]:
    """CPU seconds of the half read for the first time, and of reading it again."""
    nlp, found = load(spans=False), sources()
    for source in found[1 - half :: 2]:
        read_source(nlp, source)
    times = []
    for _ in range(1 + AGAIN):
        start = time.process_time()
        for source in found[half::2]:
            read_source(nlp, source)
        times.append(time.process_time() - start)
    return {"first": times[0], "again": statistics.median(times[1:])}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
