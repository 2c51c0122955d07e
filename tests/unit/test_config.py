"""What the environment may set."""

from __future__ import annotations

import pytest

from pipeline import config

MIB = 1024**2


@pytest.mark.parametrize(("value", "limit"), [("", 7), ("600", 600 * MIB), ("50", 200 * MIB), ("nhiều", 7)])
def test_memory_of_one_file(monkeypatch: pytest.MonkeyPatch, value: str, limit: int | None) -> None:
    monkeypatch.setenv("TRIENKHAI_MEMORY", value)
    assert config.memory(7) == limit


@pytest.mark.parametrize(("value", "count"), [("3", 3), ("0", 1)])
def test_workers(monkeypatch: pytest.MonkeyPatch, value: str, count: int) -> None:
    monkeypatch.setenv("TRIENKHAI_WORKERS", value)
    assert config.workers() == count
    assert config.workers(7) == 7
