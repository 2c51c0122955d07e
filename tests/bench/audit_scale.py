"""One directive over many plans in a stream, for ``bench.py``: CPU time and peak memory as the number of plans grows.

The plans are those of the corpus with other words in every duty, so that no cache answers for them. ``rollup`` keeps a letter a duty
and plan; what it returns names every plan, so memory grows with that and with nothing else. Run by itself in a process of its own, so that the peak is the audit's:
``python tests/bench/audit_scale.py PLANS`` prints one JSON object.
"""

from __future__ import annotations

import bisect
import itertools
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from peaks import peak

from extractors import load, read_source
from extractors.normalize import assemble
from pipeline.audit.coverage import audit
from pipeline.audit.rollup import rollup
from pipeline.ingest import read
from schemas.record import Record

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
PARENT, CHILDREN = "a03_kh145ubnd", ("a04_kh77sgddt", "a05_kh118syt", "a06_kh33ubnd", "a13_kh52snnmt")


def records() -> dict[str, Record]:
    """The directive and the plans below it, by name."""
    nlp = load(spans=False)
    return {n: read_source(nlp, assemble(read(next(SAMPLES.glob(f"{n}.*"))))) for n in (PARENT, *CHILDREN)}


def varied(plan: Record, number: int) -> Record:
    """The plan with words of its own at the end of every duty; all places moved along."""
    ends = sorted({duty.end for duty in plan.duties})
    more = f" tại cụm số {number}, khu {number * 7 % 101}"
    cuts = [0, *ends, len(plan.text)]
    text = more.join(plan.text[a:b] for a, b in itertools.pairwise(cuts))

    def moved(item: Any, *, longer: bool = False) -> Any:
        start = item.start + len(more) * bisect.bisect_right(ends, item.start)
        end = item.end + len(more) * (bisect.bisect_left(ends, item.end) + longer)
        return item.model_copy(update={"start": start, "end": end, "text": text[start:end]})

    return plan.model_copy(
        update={
            "text": text, "source": plan.source.model_copy(update={"name": f"{number}.txt"}),
            "duties": tuple(moved(d, longer=True) for d in plan.duties), "citations": tuple(map(moved, plan.citations)),
            "deadlines": tuple(map(moved, plan.deadlines)),
        }
    )  # fmt: skip


def stream(plans: Sequence[Record], count: int, seen: dict[str, float]) -> Iterator[Record]:
    """``count`` plans, one at a time; ``seen`` gets the peak memory (MB) after a tenth of them."""
    for number in range(count):
        yield varied(plans[number % len(plans)], number)
        if number + 1 == max(count // 10, 1):
            seen["early"] = peak()


def measure(count: int) -> dict[str, float]:
    """CPU seconds for one pair and for ``count`` plans, peak memory (MB) after a tenth of them and at the end."""
    found, seen = records(), {}  # type: ignore[var-annotated]
    parent, plans = found[PARENT], [found[n] for n in CHILDREN]
    audit(parent, plans[0])
    begin = time.process_time()
    audit(parent, varied(plans[0], 0))
    seen["pair"] = time.process_time() - begin
    begin = time.process_time()
    made = rollup(parent, stream(plans, count, seen))
    seen |= {"seconds": time.process_time() - begin, "peak": peak(), "plans": float(len(made.plans))}
    return seen


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(int(sys.argv[1]))) + "\n")
