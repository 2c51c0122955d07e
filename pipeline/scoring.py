"""Scores: gold in, precision, recall and F1 out, held against floors. ``make score`` and ``python -m pipeline.scoring``.

``score(gold_dir, records)`` holds records against gold annotations; ``SETS`` names the sets that a checkout may have: the
corpus it ships and, where they lie beside it, real plans with gold of their own.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import scoring_floors as floors
from pipeline.scoring_coverage import CoverageScore, coverage_total, score_coverage
from pipeline.scoring_match import Figures
from pipeline.scoring_record import MEASURES, Judged, Miss, Sheet, score_record, totals
from schemas.errors import ReadError, TrienkhaiError
from schemas.record import Record, Source

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class GoldSet:
    """Documents with gold records and gold coverage of pairs; ``documents`` and ``gold`` share file stems."""

    name: str
    documents: Path
    gold: Path
    coverage: Path

    @property
    def present(self) -> bool:
        return self.documents.is_dir() and self.gold.is_dir()

    def files(self) -> dict[str, Path]:
        """The document of each gold file, by stem; of several with one stem the first by suffix."""
        stems = {path.stem for path in self.gold.glob("*.json")}
        found = sorted((p for p in self.documents.iterdir() if p.stem in stems and p.is_file()), reverse=True)
        return dict(sorted((p.stem, p) for p in found))

    def digest(self) -> str:
        return floors.digest([*self.gold.glob("*.json"), *self.coverage.glob("*.json"), *self.files().values()])


SETS = (
    GoldSet("corpus", ROOT / "corpus/samples", ROOT / "corpus/gold/records", ROOT / "corpus/gold/coverage"),
    GoldSet("shared", ROOT.parent / "shared/plans", ROOT.parent / "shared/gold/records", ROOT.parent / "shared/gold/coverage"),
)


@dataclass(frozen=True)
class Scores:
    """Figures by document and measure, their totals, every miss, and a verdict on each extracted item."""

    documents: Mapping[str, Mapping[str, Figures]]
    totals: Mapping[str, Figures]
    misses: tuple[Miss, ...]
    judged: tuple[Judged, ...]

    def f1(self) -> dict[str, float]:
        """F1 of every measure that has something to count."""
        return {measure: figures.f1 for measure, figures in self.totals.items() if not figures.empty}


def read_gold(folder: Path) -> dict[str, dict[str, Any]]:
    """Gold annotations by file stem, in order of name."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}


def score(gold_dir: Path, records: Mapping[str, Record]) -> Scores:
    """Scores of records against the gold of the same stem; a gold document without a record counts as read empty."""
    sheets: dict[str, Sheet] = {}
    unread: list[Miss] = []
    for name, gold in read_gold(gold_dir).items():
        if name not in records:
            unread.append(Miss(name, "document", "missed", "không có bản trích xuất"))
        sheets[name] = score_record(gold, records.get(name) or _nothing(name))
    return Scores(
        {name: sheet.figures for name, sheet in sheets.items()},
        totals(sheets.values()),
        (*unread, *(miss for sheet in sheets.values() for miss in sheet.misses)),
        tuple(item for sheet in sheets.values() for item in sheet.judged),
    )


def _nothing(name: str) -> Record:
    return Record(source=Source(name=name, sha256="", media_type=""), text="")


def read_records(files: Mapping[str, Path]) -> tuple[dict[str, Record], list[str]]:
    """Records by name, and a line on each file that could not be read. A file of several documents gives its first."""
    from pipeline.process import process_file

    records, failures = {}, []
    for name, path in files.items():
        try:
            records[name] = process_file(path)[0]
        except ReadError as error:
            failures.append(error.describe())
    return records, failures


def all_figures(scores: Scores, audits: Mapping[str, CoverageScore]) -> dict[str, float]:
    """What floors hold: F1 of each measure, and the shares of the audits (``audit.…``) where pairs have gold.

    How much was answered has no floor: to leave a doubtful duty to a person must not turn anything red by itself.
    """
    shares = coverage_total(audits.values()).figures() if audits else {}
    return {**scores.f1(), **{f"audit.{name}": value for name, value in shares.items() if "answered" not in name}}


def audit_pairs(coverage: Path, records: Mapping[str, Record]) -> tuple[dict[str, CoverageScore], list[Miss]]:
    """Audits of the gold pairs of a folder, scored; a pair lacking a record counts as not audited."""
    from pipeline.audit.coverage import audit

    golds = read_gold(coverage) if coverage.is_dir() else {}
    sides = {name: (records.get(gold["parent"]), records.get(gold["child"])) for name, gold in golds.items()}
    audits = {name: audit(parent, child) for name, (parent, child) in sides.items() if parent is not None and child is not None}
    return score_coverage(golds, audits)


def coverage_table(scores: Mapping[str, CoverageScore]) -> str:
    """A line a pair and the total: share of right verdicts, answered ones, false «covered», first evidence."""
    lines = [f"{'rà soát':<30}{'đúng':>8}{'trả lời':>9}{'macro F1':>10}{'covered':>9}{'sai':>5}{'dẫn chứng':>11}"]
    for name, found in [*scores.items(), ("cộng", coverage_total(scores.values()))]:
        f = found.figures()
        lines.append(
            f"{name:<30}{f['verdict.accuracy']:>8.3f}{f['verdict.answered']:>9.3f}{f['verdict.macro_f1']:>10.3f}"
            f"{f['covered.precision']:>9.3f}{found.false_covered:>5}{f['evidence.top1']:>11.3f}"
        )
    return "\n".join(lines)


def table(scores: Scores) -> str:
    """Totals, a line a measure: precision, recall, F1, counts, and the weakest documents."""
    lines = [f"{'độ đo':<18}{'đúng':>8}{'đủ':>8}{'F1':>8}   {'trúng/gold/tìm':<16}yếu nhất"]
    for measure, figures in scores.totals.items():
        if figures.empty:
            lines.append(f"{measure:<18}{'–':>8}{'–':>8}{'–':>8}")
            continue
        weak = sorted((doc[measure].f1, name) for name, doc in scores.documents.items() if doc[measure].f1 < 1 and not doc[measure].empty)
        counts = f"{figures.hit}/{figures.gold}/{figures.found}"
        shown = ", ".join(f"{name} {value:.2f}" for value, name in weak[:3])
        lines.append(f"{measure:<18}{figures.precision:>8.3f}{figures.recall:>8.3f}{figures.f1:>8.3f}   {counts:<16}{shown}".rstrip())
    return "\n".join(lines)


def wide_table(scores: Scores) -> str:
    """F1 of every document, a column each."""
    names = list(scores.documents)
    lines = [f"{'F1':<18}" + "".join(f"{name[:6]:>7}" for name in names)]
    for measure in MEASURES:
        cells = (scores.documents[name][measure] for name in names)
        lines.append(f"{measure:<18}" + "".join(f"{'–' if c.empty else format(c.f1, '.3f'):>7}" for c in cells))
    return "\n".join(lines)


_KIND = {"missed": "bỏ sót", "surplus": "thừa", "wrong": "sai"}


def miss_lines(misses: Sequence[Miss]) -> str:
    return "\n".join(f"{m.document}  {m.measure} {_KIND[m.kind]}: {m.what}" for m in misses)


def as_json(scores: Scores) -> dict[str, Any]:
    """Totals and documents as plain data: precision, recall, f1, hit, gold, found."""

    def plain(figures: Figures) -> dict[str, float]:
        return {
            "precision": figures.precision, "recall": figures.recall, "f1": figures.f1,
            "hit": figures.hit, "gold": figures.gold, "found": figures.found,
        }  # fmt: skip

    return {
        "totals": {measure: plain(f) for measure, f in scores.totals.items()},
        "documents": {name: {m: plain(f) for m, f in doc.items()} for name, doc in scores.documents.items()},
    }


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m pipeline.scoring", description="Chấm điểm trích xuất theo đáp án và so với điểm sàn.")
    parser.add_argument("--errors", action="store_true", help="in mọi chỗ sai")
    parser.add_argument("--documents", action="store_true", help="in F1 từng văn bản")
    parser.add_argument("--json", action="store_true", help="in điểm dạng JSON")
    parser.add_argument("--set", choices=[s.name for s in SETS], action="append", help="chỉ chấm bộ này")
    parser.add_argument("--ablation", action=argparse.BooleanOptionalAction, default=True, help="in phần underthesea thêm được")
    parser.add_argument("--update-floors", action="store_true", help="nâng điểm sàn lên điểm vừa đo; không bao giờ hạ")
    parser.add_argument("--lower-floors", action="store_true", help="ghi điểm vừa đo làm sàn, kể cả khi thấp hơn")
    return parser.parse_args(arguments)


def _score_set(goldset: GoldSet, options: argparse.Namespace) -> tuple[list[str], dict[str, float], int]:
    """Lines to print for one set, the figures that floors hold, and how many documents were scored."""
    records, failures = read_records(goldset.files())
    scores = score(goldset.gold, records)
    audits, wrong = audit_pairs(goldset.coverage, records)
    if options.json:
        plain = {**as_json(scores), "coverage": coverage_total(audits.values()).figures()}
        lines = [json.dumps({goldset.name: plain}, ensure_ascii=False)]
    else:
        lines = [f"== {goldset.name}: {len(scores.documents)} văn bản", *failures, table(scores), coverage_table(audits)]
        if options.documents:
            lines.append(wide_table(scores))
        if options.errors:
            lines.append(miss_lines([*scores.misses, *wrong]))
    return lines, all_figures(scores, audits), len(scores.documents)


def _hold(goldset: GoldSet, figures: Mapping[str, float], documents: int, options: argparse.Namespace) -> list[str]:
    """What is below its floor in one set, after the floors were raised or lowered where that was asked."""
    kept, stamp = floors.read_floors(), goldset.digest()
    if options.update_floors or options.lower_floors:
        kept[goldset.name] = floors.updated(kept.get(goldset.name), stamp, documents, figures, lower=options.lower_floors)
        floors.write_floors(kept)
    return floors.shortfalls(kept.get(goldset.name), stamp, figures)


def _reliability() -> str:
    from pipeline.calibrate import judge_all, reliability_table

    return f"== độ tin cậy, mọi bộ\n{reliability_table(judge_all())}\n"


def _ablation() -> str:
    from pipeline.scoring_actions import ablation

    return f"== bỏ bớt để so\n{ablation()}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 where every set present keeps its floors, 1 where one does not; other errors by the error tree."""
    options = _arguments(arguments)
    good = True
    try:
        for goldset in SETS:
            if options.set and goldset.name not in options.set:
                continue
            if not goldset.present:
                sys.stderr.write(f"{goldset.name}: không có ở máy này, bỏ qua\n")
                continue
            lines, figures, documents = _score_set(goldset, options)
            sys.stdout.write("\n".join(lines) + "\n")
            short = _hold(goldset, figures, documents, options)
            good = good and not short
            if not options.json:
                sys.stdout.write("\n".join([f"DƯỚI SÀN {line}" for line in short] or ["giữ đủ điểm sàn"]) + "\n")
        if not options.json:
            sys.stdout.write(_reliability())
            sys.stdout.write(_ablation() if options.ablation else "")
    except TrienkhaiError as error:
        sys.stderr.write(error.describe() + "\n")
        return error.exit_code
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
