"""The benchmark runs: each way is measured on two documents, and nothing asserts a time."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

PATH = Path(__file__).resolve().parents[1] / "bench" / "bench.py"


@pytest.fixture
def bench(monkeypatch):
    spec = importlib.util.spec_from_file_location("trienkhai_bench", PATH)
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "trienkhai_bench", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROUNDS", 1)
    return module


def test_each_way_is_measured(bench):
    two = bench.sources()[:2]
    lines = [*bench.text_lines(two), *bench.step_lines(two)]
    assert all(line.value > 0 for line in lines if not line.name.startswith("bước"))
    assert sum(line.share for line in lines if line.name.startswith("bước")) == pytest.approx(1)
    shown = bench.show(lines)
    assert len(shown.splitlines()) == len(lines) + 1
    assert "viện dẫn đủ trường" in shown


def test_the_floor_finds_numbered_citations(bench):
    text = "theo Kế hoạch số 15/KH-UBND ngày 02/3/2026, Nghị định 130/2020/NĐ-CP và ngày 02/3/2026"
    assert [m.group() for m in bench.FLOOR.finditer(text)] == ["Kế hoạch số 15/KH-UBND ngày 02/3/2026", "Nghị định 130/2020/NĐ-CP"]


def test_the_profile_names_functions(bench):
    assert "components.py" in bench.profile(bench.sources()[:1], top=5)


def test_many_plans_are_measured_apart(bench, monkeypatch):
    monkeypatch.syspath_prepend(str(PATH.parent))
    lines = bench.audit_lines([8])
    assert [line.unit for line in lines] == ["s CPU", "s CPU", "MB"]
    assert all(line.value > 0 for line in lines)


def test_graphs_are_built_in_turns(bench, monkeypatch):
    monkeypatch.setattr(bench, "TURNS", 1)
    lines = bench.graph_lines([20, 40])
    assert [line.share is not None for line in lines if line.unit == "ms CPU"] == [False, True]
    assert all(line.value > 0 for line in lines)
