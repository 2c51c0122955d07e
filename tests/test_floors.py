"""No measure falls below its floor (``corpus/floors.json``); only ``--lower-floors`` lowers one."""

from __future__ import annotations

import pytest

from pipeline.scoring import SETS, all_figures, audit_pairs, read_records, score
from pipeline.scoring_floors import read_floors, shortfalls
from pipeline.scoring_record import MEASURES

CASES = [pytest.param(s, marks=[pytest.mark.shared] if s.name == "shared" else [], id=s.name) for s in SETS]


@pytest.mark.parametrize("goldset", CASES)
def test_floors_hold(goldset):
    if not goldset.present:
        pytest.skip(f"the {goldset.name} documents are not beside this checkout")
    kept = read_floors()[goldset.name]
    assert set(MEASURES) < set(kept["least"])
    assert any(name.startswith("audit.") for name in kept["least"])
    records, failures = read_records(goldset.files())
    assert not failures
    scores = score(goldset.gold, records)
    assert kept["documents"] == len(scores.documents) == len(records)
    assert shortfalls(kept, goldset.digest(), all_figures(scores, audit_pairs(goldset.coverage, records)[0])) == []
