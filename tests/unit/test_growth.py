"""The measure of growth tells linear work from quadratic work."""

from __future__ import annotations

from tests.growth import growth


def test_linear_and_quadratic_work_are_told_apart() -> None:
    assert growth(lambda n: sum(range(n * 400)), 200, 1600) < 20
    assert growth(lambda n: [sum(range(n * 10)) for _ in range(n)], 200, 1600) > 32
