"""Each check of one document: a plan that it marks, and a near miss that it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.checks import catalogue
from extractors.citations import extract_citations
from extractors.deadlines import extract_deadlines
from extractors.duties import extract_duties
from extractors.findings import extract_findings
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.structure import outline
from extractors.units import extract_units


def plan_of(text: str) -> Plan:
    """A plan with everything the checks read."""
    plan = with_identity(outline(Plan(from_text(text))))
    plan = replace(plan, citations=extract_citations(plan))
    plan = replace(plan, units=extract_units(plan))
    plan = replace(plan, deadlines=extract_deadlines(plan))
    return replace(plan, duties=extract_duties(plan))


HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 12 tháng 5 năm 2026

KẾ HOẠCH
Triển khai công tác văn thư, lưu trữ năm 2026

"""
TAIL = """
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


def state(body: str, number: str = "45") -> str:
    """A whole plan of a provincial People's Committee around ``body``."""
    return HEAD.format(number=number) + body + TAIL


OPEN = "Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai như sau:\n"
# code, text that shows it, quote it must give, near miss
TABLE = [
    (
        "CIT-DATE-CONFLICT",
        state("Thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy.\n" + OPEN + "I. NHIỆM VỤ\n1. Các sở thực hiện nghiêm Kế hoạch số 12-KH/TU ngày 15/3/2026 của Tỉnh ủy.\n"),
        "Kế hoạch số 12-KH/TU ngày 15/3/2026 của Tỉnh ủy",
        state("Thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy.\n" + OPEN + "I. NHIỆM VỤ\n1. Tiếp tục thực hiện Kế hoạch số 12/KH-UBND ngày 15/3/2025 của Ủy ban nhân dân tỉnh và Kế hoạch số 12/KH-UBND ngày 20/01/2026 của Ủy ban nhân dân tỉnh.\n"),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "quote", "near"), TABLE, ids=[row[0] for row in TABLE])
def test_code(code, text, quote, near):
    found = [f for f in extract_findings(plan_of(text)) if f.rule == code]
    assert [f.text for f in found] == [quote]
    assert found[0].severity == catalogue()[code].severity
    assert found[0].message
    assert code not in {f.rule for f in extract_findings(plan_of(near))}


def test_a_clean_plan_has_no_errors():
    text = state("Căn cứ Luật Lưu trữ năm 2024;\n" + OPEN + "I. NHIỆM VỤ\n1. Sở Nội vụ rà soát hồ sơ, hoàn thành trước ngày 30/6/2026.\n2. Các sở phối hợp thực hiện.\n")
    assert [f for f in extract_findings(plan_of(text)) if f.severity == "error"] == []
