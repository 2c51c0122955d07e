"""Duties that another section hands to somebody by their place."""

from __future__ import annotations

import pytest

from extractors import load

PLAN = """KẾ HOẠCH
Bảo đảm an toàn hồ đập mùa mưa bão

II. NHIỆM VỤ
1. Rà soát hồ chứa
Kiểm tra mực nước các hồ trước ngày 30/8/2026.
2. Tập huấn
Phòng Kinh tế tổ chức tập huấn cho người vận hành.
3. Ứng trực
a) Lập danh sách trực ban trong tháng 8/2026.
b) Duy trì đường dây nóng.
c) Người bỏ trực bị xử lý theo quy chế.

III. PHÂN CÔNG
1. Văn phòng
- {words}
"""


@pytest.fixture(scope="module")
def nlp():
    return load()


@pytest.mark.parametrize(
    ("words", "sections"),
    [
        ("Chủ trì thực hiện các nhiệm vụ tại khoản 1, 3 Mục II Kế hoạch này.", ["II.1", "II.3.a", "II.3.b"]),
        ("Tham mưu triển khai nội dung nêu tại điểm b khoản 3 Mục II Kế hoạch này.", ["II.3.b"]),
        ("Thực hiện các nhiệm vụ tại khoản 2 Mục II Kế hoạch này.", []),
        ("Báo cáo kết quả các nhiệm vụ tại khoản 1 Mục II Kế hoạch này.", []),
        ("Thực hiện nhiệm vụ tại khoản 9 Mục II Kế hoạch này.", []),
    ],
)
def test_who_is_told_elsewhere_to_carry_out_a_section(nlp, words, sections):
    record = nlp(PLAN.format(words=words))._.record
    assigned = [d for d in record.duties if any(role.role == "assigned" for role in d.roles)]
    assert [d.section for d in assigned] == sections
    assert all(d.lead == () and d.clarity["person"] and d.review == ("người thực hiện nêu tại mục III.1: Văn phòng",) for d in assigned)
    warned = {f.start for f in record.findings if f.rule == "DUTY-NO-ADDRESSEE"}
    assert warned.isdisjoint(d.start for d in assigned)
    assert all(d.start in warned for d in record.duties if not d.lead and d.modality == "obligation" and d not in assigned)
