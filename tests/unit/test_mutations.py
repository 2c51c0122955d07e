"""Copied duties with one thing wrong are seen, untouched copies in other clothes are not complained of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from extractors import load, read_source
from extractors.normalize import assemble
from extractors.parts import split_parts
from pipeline.audit.mutate import KINDS, mutants, old_tones, table, try_out
from pipeline.ingest import read
from schemas.record import Record

ROOT = Path(__file__).parents[2]
SAMPLES, SHARED = ROOT / "corpus" / "samples", ROOT.parent / "shared"
CAUGHT, FALSE_ALARMS, MUTANTS = 0.97, 0.01, 400


@cache
def language():  # type: ignore[no-untyped-def]
    return load(spans=False)


def records(paths: list[Path]) -> list[Record]:
    return [read_source(language(), part) for path in paths for part in split_parts(assemble(read(path)))[:1]]


def figures(found: list[Record]) -> tuple[int, float, float]:
    """Number of mutants, share caught, share of untouched copies complained of."""
    counts = table(outcome for record in found for outcome in try_out(record))
    spoiled = [counts.get(kind, (0, 0)) for kind in KINDS]
    total, caught = sum(n for n, _ in spoiled), sum(c for _, c in spoiled)
    copies, alarms = counts["untouched"]
    return total, caught / total, alarms / copies


def test_mutants_of_the_corpus_are_caught() -> None:
    total, caught, alarms = figures(records(sorted([*SAMPLES.glob("*.txt"), *SAMPLES.glob("*.md")])))
    assert total >= MUTANTS
    assert caught >= CAUGHT
    assert alarms <= FALSE_ALARMS


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared plans beside the checkout")
def test_mutants_of_real_plans_are_caught() -> None:
    total, caught, alarms = figures(records(sorted((SHARED / "plans").glob("*.txt"))))
    assert total >= MUTANTS
    assert caught >= CAUGHT
    assert alarms <= FALSE_ALARMS


SPOILED = [
    ("Không cho thuê sân trường làm bãi giữ xe.", "negation", "Cho thuê sân trường làm bãi giữ xe."),
    ("Trồng cây xanh trong sân trường.", "negation", "Không trồng cây xanh trong sân trường."),
    ("Nộp danh sách trước ngày 05/9/2026.", "deadline", "Nộp danh sách trước ngày 05/9/2028."),
    ("Mở ít nhất 06 lớp học bơi.", "number", "Mở ít nhất 2 lớp học bơi."),
    ("Lát lại sân trường; trồng thêm cây xanh dọc hàng rào.", "clause", "Lát lại sân trường."),
    ("Trồng cây xanh trong sân trường.", "qualifier", "Trồng cây xanh trong sân trường nếu có điều kiện."),
    ("Lau bảng đen, bàn ghế và quạt trần.", "member", "Lau bảng đen, bàn ghế."),
    ("Trồng cây xanh trong sân trường.", "hedge", "Phấn đấu trồng cây xanh trong sân trường."),
    ("Trồng cây xanh trong sân trường.", "exception", "Trồng cây xanh trong sân trường, trừ một vài trường hợp đặc biệt."),
    ("Mở ít nhất 06 lớp học bơi.", "bound", "Mở không quá 06 lớp học bơi."),
    ("Trồng cây xanh trong sân trường.", "outside", "Đề nghị Bộ Nội vụ trồng cây xanh trong sân trường."),
    ("Nộp danh sách trước ngày 05/9/2026.", "start", "Nộp danh sách, bắt đầu từ ngày 05/9/2026."),
]


@pytest.mark.parametrize(("text", "kind", "spoiled"), SPOILED)
def test_mutant(text: str, kind: str, spoiled: str) -> None:
    assert spoiled in [m.text for m in mutants(text, "I#1", ("các trường",)) if m.kind == kind]


def test_kinds_without_a_hold_are_left_out() -> None:
    found = {m.kind for m in mutants("Trồng cây xanh.", "I#1")}
    assert found == {"negation", "qualifier", "hedge", "exception", "outside", "untouched"}


def test_old_tones_leave_qu_alone() -> None:
    assert old_tones("Hóa đơn của cấp ủy, khoản quý") == "Hoá đơn của cấp uỷ, khoản quý"
