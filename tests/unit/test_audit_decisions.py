"""Decisions of people on rows: bound by stamps, suspect after a change, counted in the exit code."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.audit.binding import bind, is_open, row_id, stamp, suspects
from pipeline.audit.coverage import audit, exit_code
from pipeline.store.decisions import Decision
from schemas.coverage import Audit, AuditRow
from schemas.record import Document, Duty, Record, Source


def plan(name: str, issuer: str, *duties: str, lead: tuple[str, ...] = ("các sở, ban, ngành",), heading: str = "Nhiệm vụ") -> Record:
    """A record made by hand: one paragraph per duty."""
    text, found = "", []
    for n, duty in enumerate(duties):
        found.append(
            Duty(id=f"II#{n + 1}", start=len(text), end=len(text) + len(duty), text=duty, rule="duties.item", section="II",
                 modality="obligation", lead=lead, heading=heading)
        )  # fmt: skip
        text += duty + "\n"
    document = Document(key=name, kind="Kế hoạch", regime="state", issuer=issuer)
    return Record(
        source=Source(name=f"{name}.txt", sha256=name, media_type="text/plain"), text=text, document=document, duties=tuple(found)
    )


POOLS = "Lắp phao cứu sinh tại các bến đò ngang."
LAMPS = "Thay bóng đèn chiếu sáng trên tuyến phố đi bộ."
TREES = "Cắt tỉa cành cây mục gãy trước mùa mưa bão."


def pair(*below: str, lead: tuple[str, ...] = ("Văn phòng",), above: tuple[str, ...] = (POOLS, LAMPS)) -> Audit:
    return audit(plan("1/KH-UBND", "Ủy ban nhân dân tỉnh", *above), plan("2/KH-SXD", "Sở Xây dựng", *below, lead=lead))


def row_of(found: Audit, text: str) -> AuditRow:
    return next(r for r in found.rows if r.text == text)


def decide(found: Audit, text: str, verdict: str, note: str = "", at: str = "2026-05-01T08:00:00") -> Decision:
    row = row_of(found, text)
    above, below = stamp(row)
    return Decision(id=row_id(found, row), parent_stamp=above, child_stamp=below, verdict=verdict, note=note, who="Lê An", at=at)


def test_exit_codes() -> None:
    assert exit_code(pair(POOLS, LAMPS)) == 0
    gap = pair(POOLS)
    assert exit_code(gap) == 1
    assert exit_code(gap, [decide(gap, LAMPS, "not_applicable", "không quản lý phố đi bộ")]) == 0
    changed = pair(POOLS, TREES)
    assert exit_code(changed, [decide(gap, LAMPS, "not_applicable", "không quản lý phố đi bộ")]) == 2


@dataclass
class Case:
    verdict: str
    note: str
    open: bool


CASES = [
    Case("not_covered", "", True),
    Case("not_covered", "sẽ bổ sung quý sau", False),
    Case("covered", "", False),
    Case("partial", "", True),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.verdict}-{bool(c.note)}")
def test_a_justified_gap_leaves_the_list_and_stays_in_the_count(case: Case) -> None:
    found = pair(POOLS)
    bound = bind(found, [decide(found, LAMPS, case.verdict, case.note)])
    row = row_of(bound, LAMPS)
    assert is_open(row) is case.open
    assert row.verdict == "not_covered"
    assert bound.summary == found.summary


CHANGES = [
    ("parent words", {"above": (POOLS, LAMPS.replace("đi bộ", "trung tâm"))}, "parent"),
    ("child words", {"below": (POOLS, LAMPS.replace("Thay", "Thay ngay"))}, "child"),
    ("child addressee", {"below": (POOLS, LAMPS), "lead": ("Thanh tra Sở",)}, "child"),
]


@pytest.mark.parametrize(("case", "change", "side"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_on_either_side_is_suspect(case: str, change: dict[str, tuple[str, ...]], side: str) -> None:
    before = pair(POOLS, LAMPS)
    decision = decide(before, LAMPS, "covered")
    now = pair(*change.get("below", (POOLS, LAMPS)), lead=change.get("lead", ("Văn phòng",)), above=change.get("above", (POOLS, LAMPS)))
    found = suspects(bind(now, [decision]), before)
    assert [(s.duty, s.changed) for s in found] == [("II#2", (side,))]
    assert bool(found[0].diff) is (case != "child addressee")


def test_no_change_is_valid_and_the_last_decision_counts() -> None:
    found = pair(POOLS)
    first = decide(found, LAMPS, "not_covered", at="2026-05-01T08:00:00")
    last = decide(found, LAMPS, "not_applicable", "ngoài địa bàn", at="2026-05-02T08:00:00")
    row = row_of(bind(found, [last, first]), LAMPS)
    assert row.decision is not None
    assert (row.decision.state, row.decision.verdict, row.decision.who) == ("valid", "not_applicable", "Lê An")


def test_spacing_and_tone_marks_do_not_disturb_a_decision() -> None:
    before = pair(POOLS, "Xóa các điểm ngập úng trên địa bàn.", above=(POOLS, "Xóa các điểm ngập úng trên địa bàn."))
    decision = decide(before, "Xóa các điểm ngập úng trên địa bàn.", "covered")
    now = pair(POOLS, "Xoá các điểm  ngập úng trên địa bàn.", above=(POOLS, "Xóa các điểm ngập úng trên địa bàn."))
    assert suspects(bind(now, [decision])) == ()
