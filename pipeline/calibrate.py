"""Calibration: how often each rule is right on gold, and whether a stated confidence can be believed.

``python -m pipeline.calibrate --write`` rewrites ``extractors/lexicons/confidence.csv`` from all gold at hand and from the blind
readings in ``corpus/unseen.csv``: rules were written with the gold in sight, so its shares are upper bounds; a reading of
documents that no rule had seen tells what they are worth there. The reliability table judges every item of gold with constants
learnt from the *other* documents alone.
"""

from __future__ import annotations

import argparse
import csv
import io
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from extractors.confidence import stated
from extractors.rulebook import LEXICONS
from pipeline.scoring_record import Judged
from schemas.errors import TrienkhaiError

if TYPE_CHECKING:
    from spacy.language import Language

    from schemas.record import Record

TABLE = LEXICONS / "confidence.csv"
UNSEEN = Path(__file__).parents[1] / "corpus" / "unseen.csv"
WEIGHT = 5.0
"""Pseudo-observations (Laplace's correction) that stand at what the rule states of itself. Two are the classic number; five, because
the rules were written with this gold in sight: six right of six at a stated 0.75 become 0.89, not 1."""
UNSEEN_WEIGHT = 20.0
"""Observations that stand at the share on gold beside those of the blind readings, whose faults have been mended since."""
CEILING = 0.99
"""Two careful readers agree at 0.98 to 1.00; no rule is surer than they are."""
BANDS = (0.0, 0.7, 0.8, 0.9, 0.95, 1.0)
GROUPS = ("citations", "deadlines", "duties", "leads")
_ABOUT = "# rule, said: luật và độ tin cậy luật tự nêu; confidence: tỉ lệ đúng trên đáp án, làm trơn; n: số mục"


Key = tuple[str, str]
Table = Mapping[Key, tuple[float, int]]
Unseen = Mapping[str, tuple[int, int]]
"""Rule → (right, items) in documents that it had not seen."""


def unseen() -> dict[str, list[tuple[str, int, int]]]:
    """Group → (rule, right, items) of the blind readings."""
    with UNSEEN.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    out: dict[str, list[tuple[str, int, int]]] = {group: [] for group in GROUPS}
    for row in rows:
        out[row["group"]].append((row["rule"], int(row["right"]), int(row["n"])))
    return out


def learn(judged: Iterable[Judged], blind: Unseen | None = None) -> dict[Key, tuple[float, int]]:
    """(rule, stated confidence) → (share of right answers, smoothed; items seen). ``blind`` weighs in where it knows the rule."""
    seen: Counter[Key] = Counter()
    right: Counter[Key] = Counter()
    for item in judged:
        key = item.rule, stated(item.confidence)
        seen[key] += 1
        right[key] += item.right
    table: dict[Key, tuple[float, int]] = {}
    for key, n in sorted(seen.items()):
        share = min(CEILING, (right[key] + WEIGHT * float(key[1])) / (n + WEIGHT))
        good, met = (blind or {}).get(key[0], (0, 0))
        table[key] = (min(CEILING, (good + UNSEEN_WEIGHT * share) / (met + UNSEEN_WEIGHT)), n)
    return table


def predicted(item: Judged, table: Table) -> float:
    """What ``extractors.confidence.calibrated`` would say with this table."""
    known = table.get((item.rule, stated(item.confidence)))
    return item.confidence if known is None else known[0]


def left_out(judged: Sequence[Judged]) -> list[Judged]:
    """Every item with the confidence that the other documents teach."""
    out: list[Judged] = []
    for document in dict.fromkeys(item.document for item in judged):
        table = learn(item for item in judged if item.document != document)
        out += [replace(item, confidence=predicted(item, table)) for item in judged if item.document == document]
    return out


def _band(confidence: float) -> int:
    return max(i for i, low in enumerate(BANDS[:-1]) if confidence >= low)


@dataclass(frozen=True, slots=True)
class Reliability:
    """``bands``: (group, band) → items, mean confidence, share right. ``error``: mean distance of the two, weighted by items;
    ``brier``: mean squared error of the confidences."""

    bands: Mapping[tuple[str, int], tuple[int, float, float]]
    error: float
    brier: float


def reliability(judged: Sequence[Judged]) -> Reliability:
    """Reliability of the items' confidence by group and band."""
    cells: dict[tuple[str, int], list[Judged]] = defaultdict(list)
    for item in judged:
        cells[item.group, _band(item.confidence)].append(item)
    bands = {
        key: (len(items), sum(i.confidence for i in items) / len(items), sum(i.right for i in items) / len(items))
        for key, items in sorted(cells.items())
    }
    total = len(judged) or 1
    error = sum(n * abs(said - right) for n, said, right in bands.values()) / total
    brier = sum((i.confidence - i.right) ** 2 for i in judged) / total
    return Reliability(bands, error, brier)


def reliability_table(judged: Sequence[Judged]) -> str:
    """Vietnamese table of reliability: stated confidence against confidence learnt without the document itself."""
    learnt = reliability(left_out(judged))
    raw = reliability(judged)
    heads = [f"{low:.2f}–{high:.2f}" for low, high in pairwise(BANDS)]
    lines = ["độ tin cậy: số mục, trung bình nêu → tỉ lệ đúng (hằng số học từ các văn bản khác)"]
    lines.append(f"{'':<12}" + "".join(f"{head:>22}" for head in heads))
    for group in GROUPS:
        cells = (learnt.bands.get((group, i)) for i in range(len(heads)))
        lines.append(f"{group:<12}" + "".join(f"{f'{c[0]}: {c[1]:.3f} → {c[2]:.3f}' if c else '–':>22}" for c in cells))
    lines.append(f"sai lệch {learnt.error:.3f} (luật tự nêu {raw.error:.3f}), Brier {learnt.brier:.4f} (luật tự nêu {raw.brier:.4f})")
    blind = [(group, sum(good for _, good, _ in rows), sum(n for _, _, n in rows)) for group, rows in unseen().items()]
    lines.append("ở văn bản chưa từng thấy (đọc mù): " + ", ".join(f"{group} {good}/{n} = {good / n:.3f}" for group, good, n in blind if n))
    return "\n".join(lines)


def as_csv(table: Table) -> str:
    """The lexicon file, rows in order of rule and stated confidence."""
    known = {rule for rows in unseen().values() for rule, _, _ in rows}
    out = io.StringIO()
    out.write(_ABOUT + "\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["rule", "said", "confidence", "n", "source"])
    for (rule, said), (share, seen) in sorted(table.items()):
        writer.writerow([rule, said, f"{share:.3f}", seen, "gold, unseen" if rule in known else "gold"])
    return out.getvalue()


@cache
def _language() -> Language:
    from extractors import load

    return load(spans=False)


def stated_record(path: Path) -> Record:
    """Record of a file with the confidence that the rules state, before calibration."""
    from extractors.components import PlanTokenizer
    from extractors.normalize import assemble
    from extractors.parts import split_parts
    from extractors.record import to_record
    from pipeline.ingest import read

    nlp = _language()
    doc = PlanTokenizer(nlp.vocab).of_source(split_parts(assemble(read(path)))[0])
    return to_record(nlp(doc)._.plan, calibrate=False)


def judge_all() -> list[Judged]:
    """Every item of every gold set at hand, with stated confidence; document names carry their set."""
    from pipeline.scoring import SETS, score

    judged: list[Judged] = []
    for goldset in SETS:
        if goldset.present:
            scores = score(goldset.gold, {name: stated_record(path) for name, path in goldset.files().items()})
            judged += [replace(item, document=f"{goldset.name}/{item.document}") for item in scores.judged]
    return judged


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m pipeline.calibrate", description="Đo độ tin cậy của các luật trên đáp án.")
    parser.add_argument("--write", action="store_true", help="ghi lại extractors/lexicons/confidence.csv")
    options = parser.parse_args(arguments)
    try:
        judged = judge_all()
    except TrienkhaiError as error:
        sys.stderr.write(error.describe() + "\n")
        return error.exit_code
    sys.stdout.write(reliability_table(judged) + "\n")
    if options.write:
        blind = {rule: (good, n) for rows in unseen().values() for rule, good, n in rows}
        TABLE.write_text(as_csv(learn(judged, blind)), encoding="utf-8")
        sys.stdout.write(f"đã ghi {TABLE.name}: {len(judged)} mục\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
