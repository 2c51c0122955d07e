"""Decisions of people on rows: bound by stamps, suspect after a change, counted in the exit code."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pipeline.audit.binding import bind, is_open, row_id, stamp, suspects, words_of
from pipeline.audit.coverage import audit, exit_code
from pipeline.report.audit_html import to_html
from pipeline.report.console import print_audit
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


def records(*below: str, lead: tuple[str, ...] = ("Văn phòng",), above: tuple[str, ...] = (POOLS, LAMPS)) -> tuple[Record, Record]:
    return plan("1/KH-UBND", "Ủy ban nhân dân tỉnh", *above), plan("2/KH-SXD", "Sở Xây dựng", *below, lead=lead)


def pair(*below: str, lead: tuple[str, ...] = ("Văn phòng",), above: tuple[str, ...] = (POOLS, LAMPS)) -> Audit:
    return audit(*records(*below, lead=lead, above=above))


def row_of(found: Audit, text: str) -> AuditRow:
    return next(r for r in found.rows if r.text == text)


def decide(
    found: Audit, text: str, verdict: str, note: str = "", at: str = "2026-05-01T08:00:00", before: tuple[Record, Record] | None = None
) -> Decision:
    row = row_of(found, text)
    above, below = stamp(row)
    said, answered = words_of(row, *before) if before else ("", "")
    return Decision(
        id=row_id(found, row), parent_stamp=above, child_stamp=below, verdict=verdict, note=note, who="Lê An", at=at,
        parent_words=said, child_words=answered,
    )  # fmt: skip


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
    ("parent words", {"above": (POOLS, LAMPS.replace("đi bộ", "trung tâm"))}, "parent", [LAMPS], [LAMPS.replace("đi bộ", "trung tâm")]),
    ("child words", {"below": (POOLS, LAMPS.replace("Thay", "Thay ngay"))}, "child", [LAMPS], [LAMPS.replace("Thay", "Thay ngay")]),
    ("child addressee", {"below": (POOLS, LAMPS), "lead": ("Thanh tra Sở",)}, "child", ["Văn phòng"], ["Thanh tra Sở"]),
]


@pytest.mark.parametrize(("case", "change", "side", "gone", "came"), CHANGES, ids=[c[0] for c in CHANGES])
def test_a_change_on_either_side_is_suspect(
    case: str, change: dict[str, tuple[str, ...]], side: str, gone: list[str], came: list[str]
) -> None:
    before = records(POOLS, LAMPS)
    decision = decide(audit(*before), LAMPS, "covered", before=before)
    now = records(*change.get("below", (POOLS, LAMPS)), lead=change.get("lead", ("Văn phòng",)), above=change.get("above", (POOLS, LAMPS)))
    found = [row.decision for row in suspects(audit(*now, decisions=[decision])) if row.decision]
    assert [d.changed for d in found] == [(side,)]
    assert [(c.side, c.sign, c.text) for c in found[0].diff] == [*((side, "-", t) for t in gone), *((side, "+", t) for t in came)]


@pytest.mark.parametrize(
    ("verdict", "now", "state"),
    [
        ("covered", (POOLS, LAMPS), "valid"),
        ("covered", (POOLS, LAMPS, TREES), "valid"),
        ("covered", (POOLS,), "suspect"),
        ("covered", (POOLS, LAMPS.replace("Thay", "Thay ngay")), "suspect"),
        ("not_covered", (POOLS, LAMPS, TREES), "suspect"),
    ],
)
def test_other_evidence_for_words_that_still_stand_disturbs_no_decision(verdict: str, now: tuple[str, ...], state: str) -> None:
    before = records(POOLS, LAMPS)
    decision = decide(audit(*before), LAMPS, verdict, before=before)
    other = decision.model_copy(update={"child_stamp": "0" * 16})  # as if the machine had pointed at something else
    row = row_of(audit(*records(*now), decisions=[other]), LAMPS)
    assert row.decision is not None
    assert row.decision.state == state


def test_a_gap_stands_on_all_the_child_says() -> None:
    before = records(POOLS)
    decision = decide(audit(*before), LAMPS, "not_covered", "sẽ bổ sung", before=before)
    found = suspects(audit(*records(POOLS, TREES), decisions=[decision]))
    assert [[(c.sign, c.text) for c in row.decision.diff if c.text == TREES] for row in found if row.decision] == [[("+", TREES)]]


def test_the_change_under_a_decision_is_shown_to_people(capsys: pytest.CaptureFixture[str]) -> None:
    before = records(POOLS)
    decision = decide(audit(*before), LAMPS, "not_covered", "sẽ bổ sung", before=before)
    found = audit(*records(POOLS, TREES), decisions=[decision])
    print_audit(found)
    shown = " ".join(capsys.readouterr().out.split())
    assert "Quyết định đáng ngờ (1)" in shown
    assert f"+ Văn bản dưới: {TREES}" in shown
    assert f"<ins>+ Văn bản dưới: {TREES}</ins>" in to_html([found])
    old = audit(*records(POOLS, TREES), decisions=[decision.model_copy(update={"parent_words": "", "child_words": ""})])
    assert "không kèm nguyên văn" in to_html([old])


def test_a_decision_in_force_is_said_on_the_screen(capsys: pytest.CaptureFixture[str]) -> None:
    before = records(POOLS)
    print_audit(audit(*before, decisions=[decide(audit(*before), LAMPS, "not_applicable", "đã giao nơi khác", before=before)]))
    shown = " ".join(capsys.readouterr().out.split())
    assert "Sau 1 quyết định của người rà soát:" in shown
    assert "không thuộc đối tượng 1" in shown


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
