"""Who issued a document: launch clause and header against each other, regime of mass organisations, names in capitals."""

from __future__ import annotations

import pytest

from extractors.casing import proper
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.structure import outline
from schemas.record import Document

HEAD = """ỦY BAN NHÂN DÂN
HUYỆN GÒ DẦU
Số: 5/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Gò Dầu, ngày 5 tháng 3 năm 2024

"""
HUYEN = "Ủy ban nhân dân huyện Gò Dầu"


def identity(opening: str, head: str = "", body: str = "1. Rà soát hồ sơ.") -> Document:
    """Identity of a plan with that opening."""
    return with_identity(outline(Plan(from_text(f"{head}KẾ HOẠCH\nCông tác năm 2024\n\n{opening}\n\nI. NHIỆM VỤ\n{body}\n")))).document


GUIDED = "Căn cứ Công văn số 55/STTTT-CNTT ngày 3/2/2024 của Sở Thông tin và Truyền thông về việc hướng dẫn xây dựng kế hoạch an toàn thông tin;"
ISSUERS = [
    (HEAD, GUIDED, HUYEN),
    ("", GUIDED, None),
    (HEAD, "Căn cứ Thông báo số 9/TB-STC của Sở Tài chính ban hành Kế hoạch mua sắm;", HUYEN),
    (HEAD, "UBND huyện Gò Dầu ban hành Kế hoạch kiểm tra như sau:", HUYEN),
    (HEAD, "UBND huyện ban hành Kế hoạch kiểm tra như sau:", HUYEN),
    ("", "UBND huyện Gò Dầu ban hành Kế hoạch kiểm tra như sau:", "UBND huyện Gò Dầu"),
    (
        "",
        "Tiểu ban an ninh phục vụ lễ hội Chùa Bà và Hội đua ghe xây dựng kế hoạch như sau:",
        "Tiểu ban an ninh phục vụ lễ hội Chùa Bà và Hội đua ghe",
    ),
    ("", "Căn cứ Luật Viên chức; Sở Nội vụ ban hành Kế hoạch kiểm tra như sau:", "Sở Nội vụ"),
    ("", "Thực hiện Chỉ thị số 5-CT/TU của Tỉnh ủy và hướng dẫn của Sở Y tế, Trạm Y tế xã An Bình xây dựng Kế hoạch như sau:", "Trạm Y tế xã An Bình"),
    (
        "",
        "Theo đề nghị của Phòng Nội vụ, Hội đồng nhân dân và Ủy ban nhân dân xã ban hành Kế hoạch như sau:",
        "Hội đồng nhân dân và Ủy ban nhân dân xã",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("head", "opening", "issuer"), ISSUERS, ids=range(len(ISSUERS)))
def test_issuer(head, opening, issuer):
    assert identity(opening, head).issuer == issuer


@pytest.mark.parametrize("duty", ["1. Trung tâm Khuyến nông lập phương án chống úng.", "Trung tâm Khuyến nông lập phương án chống úng."])
def test_a_duty_names_no_issuer(duty):
    assert identity("", body=duty).issuer is None


@pytest.mark.parametrize(
    ("issuer", "regime"),
    [
        ("Ban Bí thư Trung ương Đoàn", "union"),
        ("Ban Thường vụ Quận đoàn 3", "union"),
        ("Ban Chấp hành Công đoàn Trường Tiểu học An Bình", "union"),
        ("Liên đội Trường Tiểu học An Bình", "union"),
        ("Ban Bí thư", "party"),
        ("Ban Thường vụ Quận ủy 3", "party"),
        ("Trường Tiểu học Đoàn Kết", "state"),
        ("Ủy ban nhân dân xã Đoàn Kết", "state"),
    ],
)
def test_regime_by_issuer(issuer, regime):
    document = identity(f"{issuer} ban hành Kế hoạch như sau:")
    assert (document.issuer, document.regime) == (issuer, regime)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("SỞ GDĐT TỈNH ĐỒNG THÁP", "Sở GDĐT tỉnh Đồng Tháp"),
        ("SỞ GDĐT ĐỒNG THÁP", "Sở GDĐT Đồng Tháp"),
        ("SỞ GD&ĐT BÌNH THUẬN", "Sở GD&ĐT Bình Thuận"),
        ("PHÒNG GIÁO DỤC & ĐÀO TẠO QUẬN 3", "Phòng Giáo dục & Đào tạo quận 3"),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3", "Phòng Giáo dục và Đào tạo quận 3"),
        ("TRƯỜNG TH & THCS KIM ĐỒNG", "Trường TH & THCS Kim Đồng"),
        ("TRƯỜNG THCS VÀ THPT BÌNH AN", "Trường THCS và THPT Bình An"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN", "Ban Chấp hành Trung ương Đoàn"),
        ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Phó trưởng ban Thường trực"),
        ("XÃ NGHĨA ĐÔ", "Xã Nghĩa Đô"),
        ("QUẬN ỦY 5", "Quận ủy 5"),
    ],
)
def test_proper_case(printed, name):
    assert proper(printed) == name


@pytest.mark.parametrize(
    ("number", "kind"), [("967/UBND-VX", "Công văn"), ("967/KH-UBND", None), ("12/2025/NQ-CP", None), ("12-KH/TU", None)]
)
def test_a_number_without_kind_is_a_letter_s(number, kind):
    text = f"UBND TỈNH SÔNG LAM\nSố: {number}\nV/v phòng, chống hạn\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSông Lam, ngày 31 tháng 3 năm 2025\n\nSở Nội vụ rà soát hồ sơ.\n"
    document = with_identity(outline(Plan(from_text(text)))).document
    assert document.kind == (kind if document.title else None)
    assert document.key == number


@pytest.mark.parametrize(
    ("closing", "issuer"),
    [
        ("", "Bệnh viện Đa khoa khu vực Nam Sơn"),
        ("Trên đây là Kế hoạch của Bệnh viện Đa khoa Khu vực Nam Sơn./.", "Bệnh viện Đa khoa Khu vực Nam Sơn"),
    ],
)
def test_a_name_in_capitals_as_the_text_writes_it(closing, issuer):
    head = "SỞ Y TẾ\nBỆNH VIỆN ĐA KHOA KHU VỰC NAM SƠN\nSố: 12/KH-BVNS\nNam Sơn, ngày 5 tháng 3 năm 2026\n\n"
    document = identity("Bệnh viện xây dựng Kế hoạch như sau:", head, f"1. Rà soát hồ sơ.\n{closing}")
    assert (document.issuer, document.superior) == (issuer, "Sở Y tế")


@pytest.mark.parametrize(
    ("line", "issuer"),
    [("ỦY BAN NHÂN DÂN XÃ TÂN LẬP", "Ủy ban nhân dân xã Tân Lập"), ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", "Chủ tịch Ủy ban nhân dân xã"), ("VỀ GIÁ NƯỚC SẠCH", None)],
)  # fmt: skip
def test_the_line_above_the_bases_names_who_decides(line, issuer):
    text = f"QUYẾT ĐỊNH\nBan hành giá nước sạch\n\n{line}\n\nCăn cứ Luật Giá năm 2023;\n\nQUYẾT ĐỊNH:\n\nĐiều 1. Ban hành giá nước sạch.\n"
    assert with_identity(outline(Plan(from_text(text)))).document.issuer == issuer
