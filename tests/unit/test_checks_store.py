"""Checks between documents and after audits, on records made by hand."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest

from extractors.checks import catalogue
from extractors.citations import extract_citations
from extractors.findings import extract_findings
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.record import to_record
from extractors.relations import extract_links
from extractors.structure import outline
from extractors.units import extract_units
from pipeline.audit.checks import run_checks
from schemas.coverage import Audit, AuditRow, Evidence, Extra, Party, Slot
from schemas.errors import UsageError
from schemas.record import Duty, Record


def record_of(text: str, name: str = "ke-hoach.txt") -> Record:
    """A record of a small plan, findings of the document included."""
    plan = with_identity(outline(Plan(from_text(text))))
    plan = replace(plan, citations=extract_citations(plan), units=extract_units(plan))
    links, edges = extract_links(plan)
    plan = replace(plan, links=links, edges=edges)
    plan = replace(plan, source=replace(plan.source, name=name, sha256=hashlib.sha256(text.encode()).hexdigest()))
    return to_record(replace(plan, findings=extract_findings(plan)))


def plan(body: str, number: str = "45/KH-UBND", date: str = "12 tháng 5 năm 2026", title: str = "Công tác văn thư năm 2026") -> str:
    """A provincial plan of the date given."""
    return f"""ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: {number}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày {date}

KẾ HOẠCH
{title}

Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai như sau:

I. NHIỆM VỤ

1. {body}

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


OLD_TITLE = "Rà soát, phòng, chống mất mát hồ sơ lưu trữ năm 2026"
OLD = plan("Sở Nội vụ rà soát hồ sơ.", number="12/KH-UBND", date="05 tháng 3 năm 2026", title=OLD_TITLE)
CITED = "Kế hoạch số 12/KH-UBND ngày 05/3/2026 của Ủy ban nhân dân tỉnh"
LAW = """QUỐC HỘI
Số: 12-QĐ/TU
ĐẢNG CỘNG SẢN VIỆT NAM
Sông Lam, ngày 05 tháng 3 năm 2026

QUY ĐỊNH
về quản lý hồ sơ

Điều 1. Phạm vi

Quy định này áp dụng cho cấp ủy các cấp.

Điều 2. Trách nhiệm

Cấp ủy các cấp quản lý hồ sơ.
"""

# code, the other records, the plan that is checked, a near miss
TABLE: list[tuple[str, tuple[str, ...], str, str]] = [
    (
        "CIT-SUBJECT-DRIFT",
        (OLD,),
        plan(f"Thực hiện {CITED} về rà soát, phòng chống mất mát hồ sơ lưu trữ năm 2026."),
        plan(f"Thực hiện {CITED} về rà soát, phòng, chống mất mát hồ sơ lưu trữ năm 2026."),
    ),
    (
        "CIT-DATE-CONFLICT",
        (OLD,),
        plan("Thực hiện Kế hoạch số 12/KH-UBND ngày 15/3/2026 của Ủy ban nhân dân tỉnh."),
        plan("Thực hiện Kế hoạch số 12/KH-UBND ngày 15/3/2026 của Ủy ban nhân dân xã Mỹ Thành."),
    ),
    (
        "DATE-CHILD-BEFORE-PARENT",
        (OLD,),
        plan("Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh.", date="01 tháng 3 năm 2026"),
        plan("Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh."),
    ),
    (
        "CIT-NUMBER-REUSED",
        (
            plan("Thực hiện Kết luận số 83-KL/TW ngày 21/6/2024 của Bộ Chính trị.", number="1/KH-UBND"),
            plan("Thực hiện Kết luận số 83-KL/TW ngày 08/4/2026 của Bộ Chính trị.", number="2/KH-UBND"),
        ),
        plan("Thực hiện Kết luận số 83-KL/TW của Bộ Chính trị."),
        plan("Thực hiện Kết luận số 83-KL/TW ngày 08/4/2026 của Bộ Chính trị."),
    ),
    (
        "CIT-REPEALED",
        (),
        plan("Căn cứ Luật Thanh tra năm 2022, Sở Nội vụ rà soát."),
        plan("Căn cứ Luật Lưu trữ năm 2024, Sở Nội vụ rà soát."),
    ),
    (
        "CIT-AMENDED",
        (),
        plan("Sở Nội vụ rà soát theo Nghị định số 59/2019/NĐ-CP ngày 01/7/2019 của Chính phủ."),
        plan("Sở Nội vụ rà soát theo Nghị định số 59/2019/NĐ-CP ngày 01/7/2019 của Chính phủ (được sửa đổi, bổ sung năm 2021)."),
    ),
    (
        "CIT-NOT-YET-IN-FORCE",
        (),
        plan("Căn cứ Luật Lưu trữ năm 2024, Sở Nội vụ rà soát.", date="12 tháng 5 năm 2025"),
        plan("Căn cứ Luật Lưu trữ năm 2024, Sở Nội vụ rà soát.", date="12 tháng 7 năm 2025"),
    ),
    (
        "CIT-UNRESOLVED",
        (OLD,),
        plan("Thực hiện Kế hoạch số 13/KH-UBND ngày 05/3/2026 của Ủy ban nhân dân tỉnh."),
        plan("Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2026 của UBND tỉnh và Luật Lưu trữ số 33/2024/QH15."),
    ),
    (
        "REF-PINPOINT-RANGE",
        (LAW,),
        plan("Sở Nội vụ thực hiện Điều 5 Quy định số 12-QĐ/TU ngày 05/3/2026."),
        plan("Sở Nội vụ thực hiện Điều 2 Quy định số 12-QĐ/TU ngày 05/3/2026."),
    ),
    (
        "ORG-OBSOLETE",
        (),
        plan("Giao Sở Lao động - Thương binh và Xã hội rà soát hồ sơ."),
        plan("Giao Sở Nội vụ rà soát hồ sơ do Sở Lao động - Thương binh và Xã hội trước đây bàn giao."),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "others", "text", "near"), TABLE, ids=[row[0] for row in TABLE])
def test_code(code: str, others: tuple[str, ...], text: str, near: str) -> None:
    library = [record_of(o, f"{i}.txt") for i, o in enumerate(others)]
    found = [f for f in run_checks([*library, record_of(text)], select=(code,)) if f.file == "ke-hoach.txt"]
    assert [f.finding.rule for f in found] == [code]
    assert found[0].finding.severity == catalogue()[code].severity
    assert not [f for f in run_checks([*library, record_of(near)], select=(code,)) if f.file == "ke-hoach.txt"]


def test_a_plan_in_hand_that_replaces_another_ends_it() -> None:
    new = plan(f"Kế hoạch này thay thế {CITED}.", number="20/KH-UBND", date="01 tháng 4 năm 2026")
    late = plan(f"Thực hiện {CITED}.")
    found = run_checks([record_of(new, "moi.txt"), record_of(late)], select=("CIT-REPEALED",))
    assert [f.file for f in found] == ["ke-hoach.txt"]
    assert "20/KH-UBND" in found[0].finding.message


def test_district_bodies_ended_with_the_district() -> None:
    body = "Phòng Giáo dục và Đào tạo thị xã Mỹ Thành rà soát hồ sơ."
    assert run_checks([record_of(plan(body))], select=("ORG-OBSOLETE",))
    assert not run_checks([record_of(plan(body, date="12 tháng 5 năm 2025"))], select=("ORG-OBSOLETE",))


def _row(verdict: str, slots: tuple[Slot, ...] = (), evidence: tuple[Evidence, ...] = ()) -> AuditRow:
    return AuditRow.model_validate({
        "duty": "II.1#1", "text": "Diễn tập chữa cháy kho lưu trữ", "section": "II.1", "verdict": verdict, "confidence": 0.9,
        "reason": "…", "slots": slots, "evidence": evidence,
    })  # fmt: skip


def test_an_audit_becomes_findings() -> None:
    record = record_of(plan("Sở Nội vụ rà soát hồ sơ trước ngày 15/7/2026."))
    words = "trước ngày 15/7/2026"
    at = record.text.index("Sở Nội vụ rà soát")
    own = Duty(id="I.1#1", start=at, end=at + 9, text=record.text[at : at + 9], section="I.1", modality="obligation", rule="thử")
    record = record.model_copy(update={"duties": (own,)})
    place = Evidence(duty="I.1#1", start=at, end=at + 40, text=record.text[at : at + 40], score=0.9)
    late = Slot(slot="deadline", parent="trước ngày 30/6/2026", child=words, agrees=False)
    drift = Slot(slot="number", parent="từ đủ 2 năm", child="từ đủ 3 năm", agrees=False)
    same = Slot(slot="deadline", parent=words, child=words, agrees=True)
    audit = Audit(
        parent=Party(key="12/KH-UBND", name="cha.txt", sha256="x"), child=Party(key=None, name="con.txt", sha256=record.source.sha256),
        rows=(_row("not_covered"), _row("contradicted", (late, drift), (place,)), _row("covered", (same,), (place,))),
        extra=(Extra(duty="I.1#1", text="…", relation="goes_further"),),
    )  # fmt: skip
    found = {f.finding.rule: f.finding for f in run_checks([record], audits=[audit], select=("DL-AFTER", "COVER"))}
    assert set(found) == {"DL-AFTER-PARENT", "COVER-MISSING", "COVER-DRIFT", "COVER-EXTRA"}
    assert found["DL-AFTER-PARENT"].text == words
    assert "30/6/2026" in found["DL-AFTER-PARENT"].message
    other = audit.model_copy(update={"child": Party(key=None, name="khác", sha256="khác")})
    assert not run_checks([record], audits=[other], select=("COVER",))


def test_every_store_code_is_tested() -> None:
    tested = {row[0] for row in TABLE} | {"DL-AFTER-PARENT", "COVER-MISSING", "COVER-DRIFT", "COVER-EXTRA"}
    assert {c.code for c in catalogue().values() if c.scope == "store"} <= tested


def test_select_and_ignore_take_beginnings() -> None:
    record = record_of(plan("Thực hiện Kế hoạch số 33-KH/UBND ngày 10/4/2026 của UBND tỉnh về hộ tịch, báo cáo ngày 31/4/2026."))
    assert {f.finding.rule for f in run_checks([record], select=("CIT-DATE", "CIT-REGIME"))} == {"CIT-DATE-IMPOSSIBLE", "CIT-REGIME-MIX"}
    assert "CIT-REGIME-MIX" not in {f.finding.rule for f in run_checks([record], ignore=("CIT-REGIME",))}
    with pytest.raises(UsageError, match="CIT-DATE"):
        run_checks([record], select=("CIT-DATES",))
