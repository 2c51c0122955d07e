"""No measure falls below its floor (``corpus/floors.json``); only ``--lower-floors`` lowers one."""

from __future__ import annotations

import pytest

from pipeline.scoring import SETS, read_records, score
from pipeline.scoring_floors import read_floors, shortfalls
from pipeline.scoring_record import MEASURES

CASES = [pytest.param(s, marks=[pytest.mark.shared] if s.name == "shared" else [], id=s.name) for s in SETS]


@pytest.mark.parametrize("goldset", CASES)
def test_floors_hold(goldset):
    if not goldset.present:
        pytest.skip(f"the {goldset.name} documents are not beside this checkout")
    kept = read_floors()[goldset.name]
    assert set(kept["f1"]) == set(MEASURES)
    records, failures = read_records(goldset.files())
    assert not failures
    scores = score(goldset.gold, records)
    assert kept["documents"] == len(scores.documents) == len(records)
    assert shortfalls(kept, goldset.digest(), scores.f1()) == []
