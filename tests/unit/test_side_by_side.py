"""Headers and signatures in two columns with tabs between them, as they come out of a Word file by copying."""

from __future__ import annotations

import pytest

from extractors import load
from schemas.record import Document

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BODY = "KẾ HOẠCH\nPhòng, chống dịch\n\nI. NHIỆM VỤ\n1.\tTrạm Y tế lập danh sách.\n"
SIGNED = "Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\nGIÁM ĐỐC\n\nTrần Thị Mai\n"
HEADED = f"UBND TỈNH CÀ MAU\nSỞ Y TẾ\nSố: 21/KH-SYT\n{STATE}\n{MOTTO}\nCà Mau, ngày 05 tháng 3 năm 2026\n"


def read(text: str) -> Document:
    """Identity of a whole text."""
    return load()(text)._.record.document


@pytest.mark.parametrize(
    ("head", "key", "day", "issuer"),
    [
        (f"UBND TỈNH CÀ MAU\nSỞ Y TẾ\t{STATE}\n{MOTTO}\nSố: 21/KH-SYT\tCà Mau, ngày 05 tháng 3 năm 2026", "21/KH-SYT", "2026-03-05", "Sở Y tế"),
        (f"UBND TỈNH CÀ MAU\t{STATE}\nSỞ Y TẾ\t{MOTTO}\nSố: 21/KH-SYT\tCà Mau, ngày 05 tháng 3 năm 2026", "21/KH-SYT", "2026-03-05", "Sở Y tế"),
        (
            f"ỦY BAN NHÂN DÂN\t\t{STATE}\nTỈNH GIA LAI\t\t\t{MOTTO}\n-------\t\t\t-------------\nSố: 8/KH-UBND\t\tGia Lai, ngày 11/3/2026",
            "8/KH-UBND", "2026-03-11", "Ủy ban nhân dân tỉnh Gia Lai",
        ),
        (f"ỦY BAN NHÂN DÂN\nTỈNH GIA LAI\t{STATE}\nSố: 8/KH-UBND\tGia Lai, ngày 11 tháng 3 năm 2026", "8/KH-UBND", "2026-03-11", "Ủy ban nhân dân tỉnh Gia Lai"),
        (f"SỞ Y TẾ\t{STATE}\n\t{MOTTO}\nSố:\t/KH-SYT\tCà Mau, ngày\ttháng\tnăm 2026", None, None, "Sở Y tế"),
        (
            "ĐẢNG BỘ TỈNH NGHỆ AN\tĐẢNG CỘNG SẢN VIỆT NAM\nĐẢNG ỦY XÃ TAM QUANG\n*\nSố 41-KH/ĐU\tTam Quang, ngày 08 tháng 12 năm 2025",
            "41-KH/ĐU", "2025-12-08", "Đảng ủy xã Tam Quang",
        ),
        (f"TRƯỜNG THCS KIM ĐỒNG\t{STATE}\n{MOTTO}\nSố: 5/KH-THCS\tAn Hòa, ngày 01/9/2026", "5/KH-THCS", "2026-09-01", "Trường THCS Kim Đồng"),
    ],
)  # fmt: skip
def test_header(head: str, key: str | None, day: str | None, issuer: str) -> None:
    found = read(f"{head}\n\n{BODY}{SIGNED}")
    assert (found.key, found.issued_on, found.issuer, found.signer) == (key, day, issuer, "Trần Thị Mai")


@pytest.mark.parametrize(
    ("block", "position", "recipients"),
    [
        ("Nơi nhận:\n- Sở Y tế;\n- Lưu: VT.\tKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\n\nTrần Thị Mai", "Phó Giám đốc", ("Sở Y tế",)),
        ("Nơi nhận:\tKT. GIÁM ĐỐC\n- Sở Y tế;\tPHÓ GIÁM ĐỐC\n- Lưu: VT.\n\n\tTrần Thị Mai", "Phó Giám đốc", ("Sở Y tế",)),
        ("Nơi nhận:\t\tGIÁM ĐỐC\n- Sở Y tế;\n- Sở Nội vụ;\n- Lưu: VT.\t\tTrần Thị Mai", "Giám đốc", ("Sở Y tế", "Sở Nội vụ")),
        ("Nơi nhận:\n- Sở Y tế;\n-\tLưu: VT.\tGIÁM ĐỐC\nTrần Thị Mai", "Giám đốc", ("Sở Y tế",)),
        ("Nơi nhận:\n-\tSở Y tế;\n-\tLưu: VT.\nGIÁM ĐỐC\nTrần Thị Mai", "Giám đốc", ("Sở Y tế",)),
    ],
)
def test_signature(block: str, position: str, recipients: tuple[str, ...]) -> None:
    found = read(f"{HEADED}\n{BODY}{block}\n")
    assert (found.signer, found.signer_position, found.recipients, found.place) == ("Trần Thị Mai", position, recipients, "Cà Mau")


@pytest.mark.parametrize(
    "rows",
    [
        "Thời gian\tNội dung\nTháng 9\tKhai giảng",
        "- Lập sổ theo dõi\tGIÁM ĐỐC",
        "Số: 12/KH-SYT\tPhòng Nội vụ trình",
        "TT\tNhiệm vụ\tChủ trì\n7\tLập sổ\tSở Y tế\n8\tSửa cổng\tSở Nội vụ",
        "\t1.\tTrạm Y tế lập sổ.\n\t2.\tVăn phòng sửa cổng.",
    ],
)
def test_tabs_elsewhere_keep_their_place(rows: str) -> None:
    text = load()(f"{HEADED}\n{BODY}{rows}\n{SIGNED}").text.partition("danh sách.")[2]
    at = [text.index(cell.strip()) for line in rows.split("\n") for cell in line.split("\t") if cell.strip()]
    assert at == sorted(at)


_LEFT = ("Nơi nhận:", "- Sở Y tế;", "- Các phòng, ban;", "- Lưu: VT.")


@pytest.mark.parametrize(
    ("right", "recipients"),
    [
        ({0: "KT. GIÁM ĐỐC", 1: "PHÓ GIÁM ĐỐC", 4: "Trần Thị Mai"}, ("Sở Y tế", "Các phòng, ban")),
        ({0: "KT. GIÁM ĐỐC", 1: "PHÓ GIÁM ĐỐC", 3: "Trần Thị Mai"}, ("Sở Y tế", "Các phòng, ban")),
        ({1: "KT. GIÁM ĐỐC", 2: "PHÓ GIÁM ĐỐC", 5: "Trần Thị Mai"}, ("Sở Y tế", "Các phòng, ban")),
        ({4: "KT. GIÁM ĐỐC", 5: "PHÓ GIÁM ĐỐC", 6: "Trần Thị Mai"}, ("Sở Y tế", "Các phòng, ban")),
    ],
    ids=["name below the last recipient", "all beside", "begins at the first recipient", "below the recipients"],
)
def test_printed_signature(right: dict[int, str], recipients: tuple[str, ...]) -> None:
    block = "\n".join(f"{(_LEFT[n] if n < 4 else ''):<44}{right.get(n, '')}".rstrip() for n in range(7)).replace("\n\n", "\n")
    found = read(f"{HEADED}\n{BODY}{block}\n\n                    PHỤ LỤC\n1. Danh sách kèm theo.\n")
    assert (found.signer, found.signer_position, found.recipients) == ("Trần Thị Mai", "Phó Giám đốc", recipients)
