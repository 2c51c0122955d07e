"""The audit against readers' verdicts: floors on our own pairs and, where they are beside the checkout, on real ones."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from extractors import load, read_source
from extractors.normalize import assemble
from extractors.parts import split_parts
from pipeline.audit.calibrate import Judged, Line, Thresholds, as_text, figures, leave_one_out, utility
from pipeline.audit.coverage import audit
from pipeline.ingest import read
from schemas.record import Record

ROOT = Path(__file__).parents[2]
CORPUS, SHARED = ROOT / "corpus", ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="no shared plans beside the checkout")


@cache
def language():  # type: ignore[no-untyped-def]
    return load(spans=False)


@cache
def record(path: Path) -> Record:
    return read_source(language(), split_parts(assemble(read(path)))[0])


def judged(gold: Path, plans: Path) -> list[Judged]:
    files = {path.stem: path for path in sorted(plans.iterdir()) if path.is_file()}
    out = []
    for path in sorted(gold.glob("*.json")):
        above, below = path.stem.split("-")
        rows = tuple((r["text"], r["verdict"]) for r in json.loads(path.read_text(encoding="utf-8"))["rows"])
        out.append(Judged(path.stem, record(files[above]), record(files[below]), rows))
    return out


def line(pairs: list[Judged]) -> Line:
    """Figures of the shipped thresholds over these pairs, by the public function."""
    found = []
    for pair in pairs:
        rows = {r.text.strip(" .;"): r.verdict for r in audit(pair.parent, pair.child).rows}
        found.extend((verdict, rows.get(text.strip(" .;"), "missing")) for text, verdict in pair.gold)
    return figures("all", Thresholds(), tuple(found))


def gold_of_missing(pair: Judged) -> list[str]:
    """What the reader says of the duties that the audit calls missing."""
    flat = {r.text.strip(" .;") for r in audit(pair.parent, pair.child).rows if r.verdict == "not_covered"}
    return [verdict for text, verdict in pair.gold if text.strip(" .;") in flat]


def test_floors_on_our_own_pairs() -> None:
    pairs = judged(CORPUS / "gold" / "coverage", CORPUS / "samples")
    found = line(pairs)
    assert found.accuracy >= 0.86
    assert found.covered_precision >= 0.97
    # A near passage that orders other work is «missing»; where it may be the same work a person decides.
    assert found.answered >= 0.92
    missing = [verdict for pair in pairs for verdict in gold_of_missing(pair)]
    assert missing.count("not_covered") / len(missing) >= 0.78


@pytest.mark.shared
@needs_shared
@pytest.mark.parametrize("name", ["001-000", "001-002"])
def test_floors_on_real_pairs(name: str) -> None:
    pairs = [p for p in judged(SHARED / "gold" / "coverage", SHARED / "plans") if p.name == name]
    found = line(pairs)
    assert found.accuracy >= 0.93
    assert found.macro_f1 >= 0.88
    assert found.covered_precision >= 0.97
    assert found.answered >= 0.95


def test_leave_one_out_tunes_without_the_pair() -> None:
    pairs = [p for p in judged(CORPUS / "gold" / "coverage", CORPUS / "samples") if p.name.startswith("b01")]
    grid = (Thresholds(), Thresholds(full=0.05, low=0.02, found=0.01))
    lines = leave_one_out(pairs, grid)
    assert [one.name for one in lines] == [*(p.name for p in pairs), "all"]
    assert lines[-1].duties == sum(len(p.gold) for p in pairs)
    assert lines[-1].name in as_text(lines)


def test_false_covered_costs_more_than_an_open_answer() -> None:
    assert utility((("partial", "covered"),)) < utility((("partial", "needs_review"),)) < utility((("partial", "partial"),))
