"""Times composed from parts say what their parts say, wherever they stand; phrases that tell no time give none."""

from __future__ import annotations

import pytest

from tests.forms.composed_times import MAKERS, surplus, tabled, tried

SEEDS = 12


@pytest.mark.parametrize("name", MAKERS)
def test_a_time_says_what_its_parts_say(name: str) -> None:
    assert [said for seed in range(SEEDS) for said in tried(name, seed)] == []


@pytest.mark.parametrize("seed", range(4))
def test_what_only_looks_like_a_time_is_none(seed: int) -> None:
    assert surplus(seed) == []


@pytest.mark.parametrize("seed", range(6))
def test_times_in_cells_and_lines_belong_to_their_duty(seed: int) -> None:
    assert tabled(seed) == []
