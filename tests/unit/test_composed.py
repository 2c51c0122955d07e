"""Plans composed from tasks with known answers are read as they were written, in every layout and with many words."""

from __future__ import annotations

import pytest

from tests.forms import layouts_heads, layouts_lines, layouts_offices, layouts_rows, layouts_sentences, layouts_tables
from tests.forms.composed import Layout, tried

MODULES = (layouts_lines, layouts_tables, layouts_rows, layouts_heads, layouts_offices, layouts_sentences)
LAYOUTS: dict[str, Layout] = {name: layout for module in MODULES for name, layout in module.LAYOUTS.items()}
OPEN = {name: why for module in MODULES for name, why in module.OPEN.items()}
SEEDS = 6


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_is_read_as_it_was_written(name: str, request: pytest.FixtureRequest) -> None:
    if name in OPEN:
        request.applymarker(pytest.mark.xfail(reason=OPEN[name], strict=True))
    assert [(seed, said) for seed in range(SEEDS) for said in tried(LAYOUTS[name], seed)] == []


def test_what_is_open_is_a_layout() -> None:
    assert set(OPEN) <= set(LAYOUTS)
    assert len(LAYOUTS) == sum(len(module.LAYOUTS) for module in MODULES)
