"""Speed and memory as ratios inside one run (``make bench``). CPU time, medians; no absolute time is asserted anywhere.

The floor is one bare ``re`` pattern for numbered citations over the same text: what a machine can do at all. Everything else
is told as a share of it, so figures from different machines compare. ``--profile`` shows where the record's time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from spacy.language import Language

from extractors import EXTRACTORS, load, read_source
from extractors.citations import find_citations
from extractors.normalize import assemble, from_text
from extractors.plan import Plan
from pipeline.audit.coverage import audit
from pipeline.ingest import read
from pipeline.scoring import SETS
from schemas.document import SourceDocument

UNIT = "triệu ký tự/s"
ROUNDS = 7
LONG = 8
"""Times the text for the test of linearity."""
MANY = 200
"""Documents for the test of memory."""
AUDITS = "200"
"""Plans under one directive by default: seconds. ``--audit 200,10000`` takes two minutes more."""
GRAPHS = "1000,5000"
"""Documents of the graphs built by default: a minute. ``--graph 10000,100000`` is what the aims are set for (20 minutes)."""
TURNS = 3
"""Builds of each graph."""


@dataclass(frozen=True)
class Line:
    """One figure: ``share`` is dimensionless (of the floor, of the short text, of the small batch); ``aim`` what is wanted."""

    name: str
    value: float
    unit: str
    share: float | None = None
    of: str = ""
    aim: str = ""


def apart(script: str, *arguments: object) -> dict[str, Any]:
    """What a script beside this one measures, in a process of its own so that time and peak of memory are its own."""
    command = [sys.executable, str(Path(__file__).with_name(script)), *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def cpu(work: Callable[[], object], rounds: int | None = None) -> float:
    """Median CPU seconds of one call after a warm-up."""
    work()
    times = []
    for _ in range(rounds or ROUNDS):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return statistics.median(times)


FLOOR = re.compile(r"[A-ZĐ]\w+(?:\s\w+){0,2}\s+(?:số\s+)?\d{1,4}(?:/\d{4})?[-/][\w/.&-]+(?:\s+ngày\s+\d{1,2}/\d{1,2}/\d{4})?")
"""Kind, number and date, no field read, nothing resolved."""


def sources() -> list[SourceDocument]:
    """Canonical documents of every set at hand."""
    return [assemble(read(path)) for goldset in SETS if goldset.present for path in goldset.files().values()]


def text_lines(found: Sequence[SourceDocument]) -> list[Line]:
    texts = [s.text for s in found]
    size = sum(map(len, texts))
    nlp = load(spans=False)
    bare = size / cpu(lambda: [list(FLOOR.finditer(t)) for t in texts])
    cites = size / cpu(lambda: [find_citations(t) for t in texts])
    whole = size / cpu(lambda: [read_source(nlp, s) for s in found])
    return [
        Line("sàn: một mẫu re trần (loại, số, ngày)", bare / 1e6, UNIT),
        Line("viện dẫn đủ trường", cites / 1e6, UNIT, cites / bare, "sàn"),
        Line("cả bản ghi, không lớp từ loại", whole / 1e6, UNIT, whole / bare, "sàn"),
        _first_sight(size),
        *_long_lines(found, nlp, size),
    ]


def _first_sight(size: int) -> Line:
    """Each half of the texts in a process that has read the other half only."""
    halves = [apart("first_sight.py", half) for half in (0, 1)]
    first, again = (sum(half[key] for half in halves) for key in ("first", "again"))
    return Line("cả bản ghi, văn bản gặp lần đầu", size / first / 1e6, UNIT, again / first, "đọc lại")


def _long_lines(found: Sequence[SourceDocument], nlp: Language, size: int) -> list[Line]:
    """The same characters in documents eight times as long: a page of a thick plan must not cost more than one of a thin."""
    texts = [s.text for s in found]
    joined = ["\n".join(texts[i : i + LONG]) for i in range(0, len(texts), LONG)]
    plain, long = [from_text(t) for t in texts], [from_text(t) for t in joined]
    ways = (
        ("viện dẫn", lambda: [find_citations(t) for t in texts], lambda: [find_citations(t) for t in joined]),
        ("bản ghi", lambda: [read_source(nlp, s) for s in plain], lambda: [read_source(nlp, s) for s in long]),
    )
    out = []
    for name, short_way, long_way in ways:
        short, spent = cpu(short_way), cpu(long_way)
        out.append(Line(f"{name}, văn bản dài gấp {LONG}", size / spent / 1e6, UNIT, short / spent, "văn bản thường", "≥ 0.95"))
    return out


_START = "import time; start = time.process_time(); {}; print(time.process_time() - start)"


def start_lines() -> list[Line]:
    """Cold start in fresh processes: import and load, against importing spaCy alone; compiled modules are kept, as after a first start."""

    def median(code: str, kept: str) -> float:
        env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": kept}
        command = [sys.executable, "-c", _START.format(code)]
        runs = [subprocess.run(command, capture_output=True, text=True, check=True, env=env) for _ in range(6)]
        return statistics.median(float(run.stdout) for run in runs[1:])

    with tempfile.TemporaryDirectory() as kept:
        spacy = median("import spacy", kept)
        ours = median("import extractors; extractors.load()", kept)
    return [
        Line("khởi động: import spacy", spacy, "s CPU"),
        Line("khởi động: import extractors và load()", ours, "s CPU", ours / spacy, "import spacy", "≤ 1 s"),
    ]


_MEMORY = """
import sys
from peaks import peak
from pathlib import Path
from pipeline.process import process_file
paths = [Path(p) for p in sys.argv[2:]]
seen = []
for i in range(int(sys.argv[1])):
    process_file(paths[i % len(paths)])
    if i + 1 in (len(paths), int(sys.argv[1])):
        seen.append(peak())
print(*seen)
"""


def memory_lines() -> list[Line]:
    """Peak memory after each document once, and after many."""
    paths = [str(p) for goldset in SETS if goldset.present for p in goldset.files().values()]
    script = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}){_MEMORY}"
    run = subprocess.run([sys.executable, "-c", script, str(MANY), *paths], capture_output=True, text=True, check=True)
    once, many = (float(n) for n in run.stdout.split())
    return [
        Line(f"bộ nhớ đỉnh sau {len(paths)} văn bản", once, "MB"),
        Line(f"bộ nhớ đỉnh sau {MANY} văn bản", many, "MB", many / once, f"{len(paths)} văn bản", "≤ 1.1"),
    ]


def reading_lines() -> list[Line]:
    """Readers, file to canonical text, by type; the share is of the whole way to the record."""
    nlp, out = load(spans=False), []
    for suffix in (".txt", ".docx", ".pdf"):
        paths = [p for goldset in SETS[:1] for p in goldset.files().values() if p.suffix == suffix]
        documents = [assemble(read(p)) for p in paths]
        size = sum(len(d.text) for d in documents)
        spent = cpu(lambda paths=paths: [assemble(read(p)) for p in paths], 3)
        rest = cpu(lambda documents=documents: [read_source(nlp, d) for d in documents], 3)
        out.append(Line(f"đọc {suffix}", size / spent / 1e6, UNIT, spent / (spent + rest), "cả đường đến bản ghi"))
    return out


def form_lines() -> list[Line]:
    """Readers by form of the file, against the bare libraries and programs they stand on."""
    from forms import figures

    return [Line(*figure) for figure in figures()]


def pipeline_lines(found: Sequence[SourceDocument]) -> list[Line]:
    """Graph of all records and audits of all gold pairs of the corpus."""
    from pipeline.graph import build

    nlp = load(spans=False)
    corpus = SETS[0]
    records = {name: read_source(nlp, assemble(read(path))) for name, path in corpus.files().items()}
    spent = cpu(lambda: build(list(records.values())), 3)
    out = [Line("dựng đồ thị bộ mẫu", len(records) / spent, "văn bản/s")]
    pairs = [path.stem.split("-", 1) for path in sorted(corpus.coverage.glob("*.json"))]
    spent = cpu(lambda: [audit(records[a], records[b]) for a, b in pairs], 3)
    return [*out, Line("rà soát mẹ – con", len(pairs) / spent, "cặp/s")]


def audit_lines(sizes: Sequence[int]) -> list[Line]:
    """One directive over several numbers of plans in a stream: what a plan costs, and whether memory stands still."""
    out: list[Line] = []
    for size in sizes:
        seen = apart("audit_scale.py", size)
        grown, tenth = seen["peak"] - seen["early"], max(size // 10, 1)
        name = f"rà soát {size} kế hoạch"
        out += [
            Line(f"{name}: một cặp", seen["pair"], "s CPU", aim="≤ 0.3 s"),
            Line(f"{name}: tất cả", seen["seconds"], "s CPU", 1000 * seen["seconds"] / size, "ms/kế hoạch", "200 kế hoạch ≤ 5 s"),
            Line(f"{name}: bộ nhớ đỉnh", seen["peak"], "MB", 1024 * grown / (size - tenth), f"KB thêm mỗi kế hoạch sau {tenth}"),
        ]
    return out


def graph_lines(sizes: Sequence[int]) -> list[Line]:
    """Graph of made corpora of several sizes in the store: what a document costs as they grow, and what a question does. The sizes
    are built in turns, as a machine is not equally fast all the time; medians."""
    out, first = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        stores = {size: Path(folder) / f"{size}.db" for size in sizes}
        for size in sizes:
            apart("graph_scale.py", "fill", stores[size], size)
        turns = [{size: apart("graph_scale.py", "build", stores[size], size) for size in sizes} for _ in range(TURNS)]
        asked = {size: apart("graph_scale.py", "ask", stores[size], size) for size in sizes}
    for size in sizes:
        seen = asked[size]
        spent = statistics.median(turn[size]["build"] for turn in turns)
        highest, documents = max(turn[size]["peak"] for turn in turns), turns[0][size]["documents"]
        each = 1000 * spent / documents
        first = first or each
        name = f"đồ thị {size} văn bản"
        grown = (None, "", "") if size == sizes[0] else (each / first, f"{sizes[0]} văn bản", "≤ 1.15")
        out += [
            Line(f"{name}: dựng từ kho", spent, "s CPU"),
            Line(f"{name}: mỗi văn bản", each, "ms CPU", *grown),
            Line(f"{name}: bộ nhớ đỉnh", highest, "MB", 1024 * highest / documents, "KB/văn bản"),
        ]
        for label, key in (
            ("chain", "chain"), ("impact", "impact"), (f"impact, {seen['cited']} nơi dẫn", "law"), ("nhận thêm một văn bản", "update"),
        ):  # fmt: skip
            _, middle, worst = seen[key]
            out.append(Line(f"{name}: {label}", middle, "ms, trung vị", worst, "ms, chậm nhất", "≤ 50" if key != "update" else ""))
    return out


def step_lines(found: Sequence[SourceDocument]) -> list[Line]:
    """CPU time of each step of the pipeline as a share of all steps."""
    times: dict[str, list[float]] = {name: [] for name, _, _ in EXTRACTORS}
    for _ in range(ROUNDS):
        total = dict.fromkeys(times, 0.0)
        for source in found:
            plan = Plan(source)
            for name, step, _ in EXTRACTORS:
                start = time.process_time()
                plan = step(plan)
                total[name] += time.process_time() - start
        for name, seconds in total.items():
            times[name].append(seconds)
    medians = {name: statistics.median(values) for name, values in times.items()}
    whole = sum(medians.values())
    return [Line(f"bước {name}", 1000 * value / len(found), "ms/văn bản", value / whole, "mọi bước") for name, value in medians.items()]


def profile(found: Sequence[SourceDocument], top: int = 25) -> str:
    """Functions of ours by own time and by cumulated time over all records."""
    nlp = load(spans=False)
    for source in found:
        read_source(nlp, source)
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(3):
        for source in found:
            read_source(nlp, source)
    profiler.disable()
    out = io.StringIO()
    stats = pstats.Stats(profiler, stream=out)
    stats.strip_dirs().sort_stats("tottime").print_stats(top)
    stats.sort_stats("cumtime").print_stats(r"^(?!.*spacy).*$", 2 * top)
    return out.getvalue()


def show(lines: Sequence[Line]) -> str:
    wide = max(42, *(len(line.name) + 2 for line in lines))
    out = [f"{'':<{wide}}{'':>10} {'':<15}{'tỉ lệ':>8}  so với"]
    for line in lines:
        share = "" if line.share is None else f"{line.share:.3f}"
        aim = f" ({line.aim})" if line.aim else ""
        out.append(f"{line.name:<{wide}}{line.value:>10.3f} {line.unit:<15}{share:>8}  {line.of}{aim}".rstrip())
    return "\n".join(out)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Đo tốc độ và bộ nhớ theo tỉ lệ trong cùng một lần chạy.")
    parser.add_argument("--json", action="store_true", help="in dạng JSON")
    parser.add_argument("--profile", action="store_true", help="chỉ in nơi tốn thời gian nhất của bản ghi")
    parser.add_argument("--graph", metavar="SỐ,SỐ", default=GRAPHS, help="số văn bản của các đồ thị dựng thử, ví dụ 10000,100000")
    parser.add_argument("--audit", metavar="SỐ,SỐ", default=AUDITS, help="số kế hoạch rà soát với một văn bản trên, ví dụ 200,10000")
    parser.add_argument("--only-graph", action="store_true", help="chỉ đo đồ thị")
    options = parser.parse_args(arguments)
    sizes = [int(size) for size in options.graph.split(",") if size]
    found = [] if options.only_graph else sources()
    if options.profile:
        sys.stdout.write(profile(found))
        return 0
    lines: list[Line] = []
    if not options.only_graph:
        lines += [
            *text_lines(found),
            *step_lines(found),
            *start_lines(),
            *memory_lines(),
            *reading_lines(),
            *form_lines(),
            *pipeline_lines(found),
        ]
        lines += audit_lines([int(size) for size in options.audit.split(",") if size])
    lines += graph_lines(sizes)
    sys.stdout.write((json.dumps([vars(line) for line in lines], ensure_ascii=False) if options.json else show(lines)) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
