"""Confidence: learnt from gold without the document it is judged on, applied in one place, never surer than two readers."""

from __future__ import annotations

import pytest

from extractors.confidence import calibrated, with_confidence
from extractors.rulebook import lexicon
from pipeline.calibrate import CEILING, UNSEEN_WEIGHT, WEIGHT, as_csv, learn, left_out, predicted, reliability, reliability_table, unseen
from pipeline.scoring_record import Judged
from schemas.record import Duty, Role


def items(document: str, rule: str, said: float, right: int, wrong: int, group: str = "deadlines") -> list[Judged]:
    return [Judged(document, group, rule, said, i < right) for i in range(right + wrong)]


@pytest.mark.parametrize(("said", "right", "wrong", "share"), [
    (0.75, 6, 0, (6 + WEIGHT * 0.75) / (6 + WEIGHT)), (0.95, 0, 2, WEIGHT * 0.95 / (2 + WEIGHT)), (0.97, 500, 0, CEILING),
    (0.9, 9, 1, (9 + WEIGHT * 0.9) / (10 + WEIGHT)),
])  # fmt: skip
def test_shares_start_from_what_the_rule_states(said, right, wrong, share):
    assert learn(items("a", "r", said, right, wrong)) == {("r", f"{said:.2f}"): (pytest.approx(share), right + wrong)}


def test_blind_readings_weigh_in_where_they_know_the_rule():
    seen = items("a", "r", 0.97, 500, 0)
    assert learn(seen, {"r": (13, 22)})["r", "0.97"][0] == pytest.approx((13 + UNSEEN_WEIGHT * CEILING) / (22 + UNSEEN_WEIGHT))
    assert learn(seen, {"other": (0, 9)}) == learn(seen)


def test_the_blind_readings_are_counts_of_rules():
    for rows in unseen().values():
        assert rows
        assert len({rule for rule, _, _ in rows}) == len(rows)
        assert all(0 <= good <= n for _, good, n in rows)


def test_a_rule_is_learnt_for_each_confidence_it_states():
    table = learn([*items("a", "r", 0.65, 0, 10), *items("a", "r", 0.97, 10, 0)])
    assert table["r", "0.65"][0] < 0.3 < 0.9 < table["r", "0.97"][0]


def test_an_item_is_judged_by_the_other_documents():
    judged = [*items("a", "r", 0.9, 0, 20), *items("b", "r", 0.9, 20, 0)]
    learnt = {item.document: item.confidence for item in left_out(judged)}
    assert learnt["a"] > 0.9 > 0.3 > learnt["b"]
    assert [i.confidence for i in left_out(items("a", "only", 0.8, 1, 0))] == [0.8], "nothing learnt: what the rule states"


def test_reliability_by_band():
    found = reliability([*items("a", "r", 0.92, 9, 1), *items("a", "s", 0.5, 1, 1)])
    assert found.bands == {("deadlines", 0): (2, 0.5, 0.5), ("deadlines", 3): (10, pytest.approx(0.92), 0.9)}
    assert found.error == pytest.approx(0.02 * 10 / 12)
    assert "deadlines" in reliability_table(items("a", "r", 0.92, 9, 1))
    assert reliability([]).brier == 0.0


def test_the_lexicon_is_what_calibration_writes():
    table = {(row["rule"], row["said"]): (float(row["confidence"]), int(row["n"])) for row in lexicon("confidence")}
    written = as_csv(table)
    assert [line.split(",")[0] for line in written.splitlines()[2:]] == [row["rule"] for row in lexicon("confidence")]
    for (rule, said), (share, seen) in table.items():
        assert seen > 0
        assert 0 <= share <= CEILING
        assert calibrated(rule, float(said)) == share == predicted(Judged("", "", rule, float(said), True), table)
    assert calibrated("không.có.luật", 0.83) == 0.83


def test_items_and_their_leads_are_calibrated_together():
    row = next(r for r in lexicon("confidence") if r["rule"].startswith("lead.") and float(r["confidence"]) != float(r["said"]))
    role = Role(role="lead", name="Sở Y tế", rule=row["rule"], confidence=float(row["said"]))
    other = Role(role="support", name="Sở Y tế", rule=row["rule"], confidence=float(row["said"]))
    duty = Duty(id="x", start=0, end=1, text="x", section="", modality="obligation", rule="không.có", confidence=0.5, roles=(role, other))
    (found,) = with_confidence((duty,))
    assert found.confidence == 0.5
    assert [r.confidence for r in found.roles] == [float(row["confidence"]), float(row["said"])]
