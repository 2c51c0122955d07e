"""Heads of documents as portals, copying and conversion leave them: broken anywhere, columns mixed, all in one line."""

from __future__ import annotations

import pytest

from extractors import load
from extractors.normalize import from_text
from schemas.record import Document, Record
from tests.growth import growth

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
SUBJECT = "VỀ VIỆC THỰC HIỆN CHỈ THỊ SỐ 9/CT-TTG NGÀY 4/5/2025 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ QUẢN LÝ RỪNG ĐẾN NĂM 2030"
WHOLE = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH AN HÒA",
    STATE,
    MOTTO,
    "Số: 48/QĐ-UBND",
    "An Hòa, ngày 06 tháng 8 năm 2025",
    "QUYẾT ĐỊNH",
    SUBJECT,
    "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HÒA",
]
BASES = "Căn cứ Luật Giá ngày 19 tháng 6 năm 2023;\nTheo đề nghị của Giám đốc Sở Tài chính,\nQUYẾT ĐỊNH:\nĐiều 1. Sở Tài chính lập sổ theo dõi.\n"
FOUND = ("Quyết định", "48/QĐ-UBND", "2025-08-06", "Ủy ban nhân dân tỉnh An Hòa", SUBJECT)
PLAN = "Thực hiện Luật Giá, Sở Y tế ban hành Kế hoạch như sau:\nI. NHIỆM VỤ\n1. Trạm Y tế lập danh sách.\n"


def read(text: str) -> Record:
    """Record of a whole text."""
    found = load()(text)._.record
    assert isinstance(found, Record)
    assert all(found.text[s.start : s.end] == s.text for s in found.document.provenance.values())
    return found


def said(document: Document) -> tuple[str | None, ...]:
    """Kind, number, date, issuer, title."""
    return document.kind, document.key, document.issued_on, document.issuer, document.title


def breaks(lines: list[str], n: int) -> list[str]:
    """The lines of the head, one of them broken at its n-th blank."""
    out = []
    for line in lines:
        words = line.split(" ")
        out += [" ".join(words[:n]), " ".join(words[n:])] if 0 < n < len(words) else [line]
    return out


@pytest.mark.parametrize("n", range(1, 8))
def test_lines_broken_anywhere(n: int) -> None:
    assert said(read("\n".join(breaks(WHOLE, n)) + "\n" + BASES).document) == FOUND


@pytest.mark.parametrize("n", range(1, 6))
def test_lines_broken_anywhere_between_bars(n: int) -> None:
    cells = [WHOLE[:2], WHOLE[2:4], WHOLE[4:5], WHOLE[5:6]]
    head = "\n|\n".join("\n".join([*breaks(cell, n), "-------"]) for cell in cells)
    assert said(read(head + "\n|\n" + "\n".join(breaks(WHOLE[6:], n)) + "\n" + BASES).document) == FOUND


@pytest.mark.parametrize(
    "head",
    [
        f"ỦY BAN NHÂN DÂN | {STATE} |\nTỈNH AN HÒA | {MOTTO} |\nSố: 48/QĐ-UBND | An Hòa, ngày 06 tháng 8 năm 2025 |",
        f"| ỦY BAN NHÂN DÂN TỈNH AN HÒA ------- | {STATE} {MOTTO} --------- |\n|---|---|\n| Số: 48/QĐ-UBND | An Hòa, ngày 06 tháng 8 năm 2025 |\n",
        f"| **ỦY BAN NHÂN DÂN<br>TỈNH AN HÒA**<br>Số: 48/QĐ-UBND | **{STATE}**<br>{MOTTO}<br>An Hòa, ngày 06 tháng 8 năm 2025 |\n|---|---|\n",
        f"ỦY BAN NHÂN DÂN {STATE}\nTỈNH AN HÒA {MOTTO}\nSố: 48/QĐ-UBND An Hòa, ngày 06 tháng 8 năm 2025",
        f"ỦY BAN NHÂN DÂN |\n\n{STATE} |\n\n TỈNH AN HÒA \n | \n{MOTTO}\n Số: 48/QĐ-UBND \n | \n \n An Hòa, ngày 06 tháng 8 năm 2025 \n |",
        f"ỦY BAN NHÂN DÂN TỈNH AN HÒA\nSố:\n48/QĐ-UBND\n{STATE}\n{MOTTO}\nAn Hòa,\nngày 06 tháng 8 năm 2025",
        f"ỦY BAN NHÂN DÂN TỈNH AN HÒA\nSố: 48/QĐ-\nUBND\n{STATE}\n{MOTTO}\nAn\nHòa, ngày 06 tháng\n8 năm 2025",
        "ỦY BAN NHÂN DÂN TỈNH AN HÒA\nCỘNG HÒA XàHỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập  Tự do  Hạnh phúc\nSố: 48/QĐ-UBND\nAn Hòa, ngày 06 tháng 8 năm 2025",
    ],
)
def test_columns_of_the_head(head: str) -> None:
    found = read(f"{head}\n" + "\n".join(WHOLE[6:]) + "\n" + BASES)
    assert said(found.document) == FOUND
    assert not {f.rule for f in found.findings} & {"DOC-HEADER-MISSING", "DOC-NO-DATE"}


@pytest.mark.parametrize("apart", [" ", "  ", "   "])
def test_a_head_run_together_in_one_line(apart: str) -> None:
    found = read(apart.join([*WHOLE[:4], "*****", *WHOLE[4:]]) + apart + BASES.replace("\n", apart))
    assert said(found.document) == FOUND
    assert not any(c.key == "48/QĐ-UBND" for c in found.citations)


def test_a_head_run_together_before_what_it_issues() -> None:
    plan = f"ỦY BAN NHÂN DÂN {STATE} Số: 9/KH-UBND An Hòa, ngày 1 tháng 2 năm 2025 KẾ HOẠCH"
    document = read(" ".join([*WHOLE, *BASES.split("\n"), "Số 5/KH-SYT cũng vậy.", plan])).document
    assert said(document) == FOUND


def test_marks_of_markdown_in_the_head() -> None:
    text = "\n\n".join(
        [
            "**SỞ Y TẾ**",
            STATE,
            MOTTO,
            "Số: 21/KH-SYT",
            "*Cà Mau, ngày 05 tháng 3 năm 2026*",
            "# KẾ HOẠCH",
            "## Chống dịch năm 2026",
            "## I. NHIỆM VỤ",
            "1. Trạm Y tế lập sổ.",
            "## II. KINH PHÍ",
        ]
    )
    assert said(read(text).document) == ("Kế hoạch", "21/KH-SYT", "2026-03-05", "Sở Y tế", "Chống dịch năm 2026")


@pytest.mark.parametrize("date", ["Hà Nội. ngày 9 tháng 3 năm 2026", "Hà Nội, ngày 9 tháng 3 năm 2026"])
def test_recognised_text_in_two_columns(date: str) -> None:
    head = (
        f"BỘ TÀI CHÍNH {STATE}\nTỔNG CỤC THUẾ {MOTTO.replace('-', '—')}\nsố: 42 /TCT -PC {date}\nV/v chấn chỉnh giờ làm\nKính gửi: Các Vụ."
    )
    document = read(f"{head}\nCác Vụ lập sổ.\n").document
    assert (document.key, document.issued_on, document.issuer) == ("42/TCT-PC", "2026-03-09", "Tổng cục Thuế")


def test_a_head_to_be_filled_in() -> None:
    head = f"SỞ Y TẾ {STATE}\nSố:       /KH-SYT Cà Mau, ngày      tháng 3 năm 2026\nKẾ HOẠCH\nChống dịch"
    found = read(f"{head}\n{PLAN}")
    assert (found.document.symbol, found.document.key, found.document.place, found.document.issuer) == ("KH-SYT", None, "Cà Mau", "Sở Y tế")


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Ủy ban nhân dân thành phố Hải", "Phòng ban hành Kế hoạch như sau:", True),
        ("Theo đề nghị của Thường trực Tỉnh ủy Quảng", "Ninh về việc sắp xếp chợ,", True),
        ("Giao ông Trần Văn Hải", "Phòng Nội vụ lập danh sách.", False),
        ("Danh sách các tỉnh", "Phòng Nội vụ lập danh sách.", False),
    ],
)
def test_names_of_provinces_over_two_lines(above: str, below: str, joined: bool) -> None:
    long = "Các thôn cử người trực tại nhà văn hóa, ghi sổ theo dõi và báo cáo hằng ngày về xã."
    assert (f"{above} {below}" in read(f"KẾ HOẠCH\nTrực tết\n{above}\n{below}\nI. VIỆC\n- {long}\n- {long}\n").text) is joined


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("Theo Nghị quyết số 7-NQ/TW của Ban Chấp hành", "Trung ương Đảng về thư viện,", True),
        ("- Phối hợp với Văn phòng", "Quốc hội đón đoàn.", True),
        ("- Cơ quan thực hiện: các chi bộ; Ủy ban", "Mặt trận Tổ quốc Việt Nam xã.", True),
        ("- Đơn vị chủ trì: Phòng Kinh tế; Ban", "Quản lý chợ xã.", True),
        ("1. Sở Y tế", "Phòng Nội vụ lập danh sách.", False),
        ("Danh sách của Ban Chấp hành", "Sở Y tế lập danh sách.", False),
        ("- Ban Thường vụ Tỉnh ủy", "Trưởng thôn họp dân.", False),
    ],
)
def test_names_of_bodies_over_two_lines(above: str, below: str, joined: bool) -> None:
    long = "Các thôn cử người trực tại nhà văn hóa, ghi sổ theo dõi và báo cáo hằng ngày về xã."
    assert (f"{above} {below}" in read(f"KẾ HOẠCH\nTrực tết\nI. VIỆC\n{above}\n{below}\n- {long}\n- {long}\n").text) is joined


@pytest.mark.parametrize("sign", [" ", ", ", "; ", " - ", " – ", ". ", "   ", "\t", " | "])
def test_number_and_date_on_one_line(sign: str) -> None:
    head = f"ỦY BAN NHÂN DÂN XÃ AN HÒA\n{STATE}\n{MOTTO}\nSố: 12/QĐ-UBND{sign}An Hòa, ngày 5 tháng 3 năm 2026\n\nQUYẾT ĐỊNH\nVề lập tổ"
    document = read(f"{head}\n{PLAN}").document
    assert (document.key, document.issued_on, document.place) == ("12/QĐ-UBND", "2026-03-05", "An Hòa")


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (("Kính gửi: - Thường trực Hội đồng nhân dân xã,", "- Các trường học,", "Thực hiện Kế hoạch số 12-KH/TU của Tỉnh ủy, Đảng ủy yêu cầu:"), False),
        (("Kính gửi:", "- Ủy ban nhân dân các xã;", "Căn cứ Công văn số 5/SYT-NV của Sở Y tế, Ủy ban nhân dân xã đề nghị:"), False),
        (("Kính gửi: Ủy ban nhân dân các xã,", "Để chuẩn bị năm học mới, Sở Nội vụ đề nghị:"), False),
        (("Kính gửi:", "- Các phòng, ban trực thuộc,", "Trạm Y tế xã"), True),
        (("- Rà soát hồ sơ của các trường,", "Thực hiện nghiêm việc báo cáo."), True),
    ],
)
def test_a_letter_begins_below_those_it_goes_to(lines: tuple[str, ...], joined: bool) -> None:
    told = from_text("\n".join(lines)).text.split("\n")
    assert (f"{lines[-2]} {lines[-1]}" in told) == joined


def test_a_letter_run_together_in_one_line() -> None:
    head = f"SỞ Y TẾ {STATE} {MOTTO} Số: 15/SYT-NVY Cà Mau, ngày 5 tháng 3 năm 2026 V/v rà soát danh sách Kính gửi: Các trạm y tế xã."
    document = read(f"{head}\nSở Y tế đề nghị các trạm báo cáo trước ngày 20/3/2026.\n").document
    assert (document.kind, document.key, document.issued_on, document.issuer) == ("Công văn", "15/SYT-NVY", "2026-03-05", "Sở Y tế")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ("KẾ HOẠCH\nCẢI\nTHIỆN MÔI TRƯỜNG KINH DOANH\nNĂM 2026", "CẢI THIỆN MÔI TRƯỜNG KINH DOANH NĂM 2026"),
        ("KẾ HOẠCH HÀNH ĐỘNG\nTHỰC HIỆN LUẬT LƯU TRỮ", "HÀNH ĐỘNG THỰC HIỆN LUẬT LƯU TRỮ"),
        ("KẾ\nHOẠCH\n\nTRỒNG CÂY MÙA KHÔ NĂM 2025 -\n2026 TẠI CÁC XÃ", "TRỒNG CÂY MÙA KHÔ NĂM 2025 - 2026 TẠI CÁC XÃ"),
        ("KẾ HOẠCH\nPHỐI HỢP GIỮA SỞ Y TẾ VÀ\nCÔNG AN TỈNH", "PHỐI HỢP GIỮA SỞ Y TẾ VÀ CÔNG AN TỈNH"),
        ("KẾ HOẠCH\nTHU GOM RÁC\nMỤC ĐÍCH, YÊU CẦU\n- Giữ sạch đường làng.", "THU GOM RÁC"),
        ("KẾ HOẠCH\nTHU GOM RÁC\n\nNHIỆM VỤ CHUNG\nCác thôn cử người.", "THU GOM RÁC"),
        ("KẾ HOẠCH\nTHU GOM RÁC\nI. CÁC THÔN\n1. Cử người.", "THU GOM RÁC"),
        ("KẾ HOẠCH\nTHU GOM RÁC\n(KÈM THEO QUYẾT ĐỊNH SỐ 5/QĐ-UBND)", "THU GOM RÁC"),
    ],
)
def test_the_subject_in_capitals(lines: str, title: str) -> None:
    head = f"SỞ Y TẾ\n{STATE}\n{MOTTO}\nSố: 21/KH-SYT\nCà Mau, ngày 05 tháng 3 năm 2026\n"
    assert read(f"{head}{lines}\n{PLAN}").document.title == title


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (["BỘ", "TƯ PHÁP"], "Bộ Tư pháp"),
        (["BỘ LAO ĐỘNG - THƯƠNG", "BINH VÀ XÃ HỘI"], "Bộ Lao động - Thương binh và Xã hội"),
        (["VĂN", "PHÒNG CHÍNH PHỦ"], "Văn phòng Chính phủ"),
        (["CHÍNH", "PHỦ"], "Chính phủ"),
        (["THỦ TƯỚNG", "CHÍNH PHỦ"], "Thủ tướng Chính phủ"),
        (["ỦY", "BAN NHÂN", "DÂN", "XÃ TÂN HƯNG"], "Ủy ban nhân dân xã Tân Hưng"),
        (["UBND TỈNH AN HÒA", "SỞ", "NỘI VỤ"], "Sở Nội vụ"),
        (["TỈNH ỦY AN HÒA", "BAN", "TỔ CHỨC"], "Ban Tổ chức Tỉnh ủy An Hòa"),
        (["ỦY BAN", "DÂN TỘC"], "Ủy ban Dân tộc"),
    ],
)
def test_names_left_without_their_end(lines: list[str], issuer: str) -> None:
    head = "\n".join([*lines, STATE[:15], STATE[16:], MOTTO])
    assert read(f"{head}\nKẾ HOẠCH\nCông tác năm 2026\nI. NHIỆM VỤ\n1. Lập sổ.\n").document.issuer == issuer


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("KẾ HOẠCH\nTrực tết\n| Ngày | Người trực |\n|---|---|\n| 01/02/2026 | Lê An |\n", 2),
        ("Lịch trực\nThời gian | Nhiệm vụ | Chủ trì\n01/02 | Mở cửa | Sở Y tế\n", 2),
        ("I. NHIỆM VỤ\n1. Sở Y tế lập sổ | Sở Tài chính cấp tiền.\n", 0),
    ],
)
def test_bars_of_tables_stay(text: str, rows: int) -> None:
    found = load()(text)._.plan
    assert sum(p.kind == "row" for p in found.paragraphs) == rows
    assert rows or "lập sổ | Sở" in found.text


def test_a_subject_put_together_says_nothing_of_the_width() -> None:
    head = "KẾ HOẠCH\n" + "\n".join(["THỰC HIỆN CÔNG TÁC LƯU TRỮ, SỐ HÓA HỒ SƠ NĂM 2026"] * 4)
    found = load()(f"{head}\nI. NHIỆM VỤ\n1. Văn phòng lập danh mục hồ sơ đến hạn nộp lưu, trình\nChánh Văn phòng ký ban hành.\n")._.plan
    assert "trình Chánh Văn phòng" in found.text


def test_a_name_that_says_the_motto_is_no_motto() -> None:
    text = "QUỐC HỘI\nNƯỚC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nNGHỊ QUYẾT\nVỀ CÔNG TÁC GIÁM SÁT NĂM 2026\nĐiều 1. Lập đoàn giám sát.\n"
    assert read(text).document.title == "VỀ CÔNG TÁC GIÁM SÁT NĂM 2026"


def test_what_a_title_above_the_bases_says_without_the_kind() -> None:
    lines = [*WHOLE[:6], "VỀ VIỆC GIAO CHỈ TIÊU TRỒNG", "RỪNG NĂM 2026", "ỦY BAN NHÂN DÂN", "TỈNH AN HÒA"]
    document = read("\n".join(lines) + "\n" + BASES).document
    assert said(document) == (
        "Quyết định",
        "48/QĐ-UBND",
        "2025-08-06",
        "Ủy ban nhân dân tỉnh An Hòa",
        "VỀ VIỆC GIAO CHỈ TIÊU TRỒNG RỪNG NĂM 2026",
    )


@pytest.mark.parametrize(
    ("number", "below", "kind"),
    [
        ("Số: 48/QĐ-UBND", BASES.replace("QUYẾT ĐỊNH:\n", ""), "Quyết định"),
        ("", BASES, "Quyết định"),
        ("", BASES.replace("QUYẾT ĐỊNH:", "QUYẾT NGHỊ:"), "Nghị quyết"),
        ("Số: 12/BC-UBND", "Năm 2025 tỉnh đã trồng 500 ha rừng.", "Báo cáo"),
        ("Số: 12-QĐ/TU", "Năm 2025 tỉnh đã trồng 500 ha rừng.", None),
        (
            "",
            "Thực hiện Chương trình số 7-CTr/TU, Ủy ban nhân dân tỉnh ban hành Phương án chữa cháy rừng như sau:\n1. Lập đội trực.",
            "Phương án",
        ),
        ("", "Thực hiện Chương trình số 7-CTr/TU, Ủy ban nhân dân tỉnh chỉ đạo như sau:\n1. Lập đội trực.", None),
        ("", "Ủy ban nhân dân tỉnh ban hành Kế hoạch số 5/KH-UBND với nội dung như sau:\n1. Lập đội trực.", None),
    ],
)
def test_the_kind_of_a_copy_without_title(number: str, below: str, kind: str | None) -> None:
    head = "\n".join(["ỦY BAN NHÂN DÂN", "TỈNH AN HÒA", STATE, MOTTO, *filter(None, [number]), "An Hòa, ngày 06 tháng 8 năm 2025"])
    found = read(f"{head}\n{below}\n")
    assert found.document.kind == kind
    assert not any(c.text == "Quyết định này" for c in found.citations)


@pytest.mark.parametrize(
    ("kind", "subject", "title"),
    [
        ("THÔNG TƯ", "QUY ĐỊNH CHI TIẾT LUẬT LƯU TRỮ", "QUY ĐỊNH CHI TIẾT LUẬT LƯU TRỮ"),
        ("THÔNG TƯ", "HƯỚNG DẪN QUY HOẠCH CHỢ", "HƯỚNG DẪN QUY HOẠCH CHỢ"),
        ("THÔNG BÁO", "KẾT LUẬN CỦA CHỦ TỊCH TẠI BUỔI TIẾP DÂN", "KẾT LUẬN CỦA CHỦ TỊCH TẠI BUỔI TIẾP DÂN"),
        ("KẾ HOẠCH", "KẾ HOẠCH TRỒNG CÂY NĂM 2026", "TRỒNG CÂY NĂM 2026"),
        ("CHƯƠNG TRÌNH", "KẾ HOẠCH HÓA GIA ĐÌNH NĂM 2026", "KẾ HOẠCH HÓA GIA ĐÌNH NĂM 2026"),
        ("QUY CHẾ", "Tiếp công dân (Ban hành kèm theo Quyết định số 5/QĐ-UBND)", "Tiếp công dân"),
        ("KẾ HOẠCH", "Tuyên truyền (giai đoạn 2026 - 2030)", "Tuyên truyền (giai đoạn 2026 - 2030)"),
    ],
)
def test_what_belongs_to_the_title(kind: str, subject: str, title: str) -> None:
    head = f"SỞ Y TẾ\n{STATE}\n{MOTTO}\nSố: 21/KH-SYT\nCà Mau, ngày 05 tháng 3 năm 2026\n"
    document = read(f"{head}{kind}\n{subject}\n\n{PLAN}").document
    assert (document.kind, document.title) == (kind.capitalize(), title)


@pytest.mark.parametrize(
    ("letterhead", "decides", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN", "ỦY BAN NHÂN DÂN TỈNH AN HÒA", "Ủy ban nhân dân tỉnh An Hòa"),
        ("ỦY BAN NHÂN DÂN", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ TÂN HƯNG", "Ủy ban nhân dân xã Tân Hưng"),
        ("BỘTƯ PHÁP", "BỘ TRƯỞNG BỘ TƯ PHÁP", "Bộ Tư pháp"),
        ("SỞ Y TẾ", "GIÁM ĐỐC SỞ Y TẾ", "Sở Y tế"),
        ("ỦY BAN NHÂN DÂN TỈNH AN HÒA", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH", "Ủy ban nhân dân tỉnh An Hòa"),
        ("VĂN PHÒNG CHÍNH PHỦ", "BỘ TRƯỞNG, CHỦ NHIỆM VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
    ],
)
def test_who_decides_tells_the_issuer_whole(letterhead: str, decides: str, issuer: str) -> None:
    text = f"{letterhead}\n{STATE}\n{MOTTO}\nQUYẾT ĐỊNH\nVỀ VIỆC LẬP TỔ CÔNG TÁC\n{decides}\n{BASES}"
    assert read(text).document.issuer == issuer
    assert read(text.partition("QUYẾT ĐỊNH:")[0]).document.issuer == issuer


def test_who_received_a_letter_is_no_issuer() -> None:
    text = f"SỞ Y TẾ\n{STATE}\n{MOTTO}\nSố: 15/SYT-NVY\nCà Mau, ngày 5 tháng 3 năm 2026\nTRUNG TÂM Y TẾ ĐẦM DƠI\nĐẾN Số: 88\nKính gửi: Các trạm y tế xã.\nCác trạm lập sổ.\n"
    assert read(text).document.issuer == "Sở Y tế"


@pytest.mark.parametrize(
    ("head", "kind", "key", "day", "issuer", "title"),
    [
        (
            "ĐẢNG BỘ TỈNH AN HÒA ĐẢNG CỘNG SẢN VIỆT NAM\nHUYỆN ỦY TÂN AN\n*\nSố 12-KH/HU Tân An, ngày 5 tháng 3 năm 2026\nKẾ HOẠCH\nsinh hoạt chi bộ",
            "Kế hoạch", "12-KH/HU", "2026-03-05", "Huyện ủy Tân An", "sinh hoạt chi bộ",
        ),
        (
            f"HỘI ĐỒNG NHÂN DÂN {STATE}\nTỈNH AN HÒA {MOTTO}\nSố: 12/NQ-HĐND An Hòa, ngày 5 tháng 3 năm 2026\nNGHỊ QUYẾT\nVề việc giao biên chế\n"
            "HỘI ĐỒNG NHÂN DÂN TỈNH AN HÒA\nKHÓA XV, KỲ HỌP THỨ 5",
            "Nghị quyết", "12/NQ-HĐND", "2026-03-05", "Hội đồng nhân dân tỉnh An Hòa", "Về việc giao biên chế",
        ),
        (
            f"BỘ TÀI CHÍNH\n-------- {STATE}\nSố: 5/2015/TTLT-BTC-BYT ------\nHà Nội, ngày 5 tháng 3 năm 2015\nTHÔNG TƯ LIÊN TỊCH\nHƯỚNG DẪN CHI PHÒNG\nDỊCH",
            "Thông tư", "5/2015/TTLT-BTC-BYT", "2015-03-05", "Bộ Tài chính", "HƯỚNG DẪN CHI PHÒNG DỊCH",
        ),
    ],
)  # fmt: skip
def test_heads_of_other_bodies(head: str, kind: str, key: str, day: str, issuer: str, title: str) -> None:
    found = load()(f"{head}\n{BASES}")._.plan
    assert said(found.document) == (kind, key, day, issuer, title)
    zones = [zone for zone, p in zip(found.zones, found.paragraphs, strict=True) if found.text[p.start : p.end].startswith("Căn cứ")]
    assert zones == ["opening"]


def test_the_head_of_a_committee_names_its_level() -> None:
    head = f"ỦY BAN NHÂN DÂN\n{STATE}\n{MOTTO}\nSố: 6/CT-UBND\nCHỈ THỊ\nVỀ VIỆC THU NGÂN SÁCH\n"
    assert read(f"{head}Chủ tịch UBND tỉnh yêu cầu các ngành thực hiện một số giải pháp sau đây:\n1. Rà soát sổ thu.\n").document.issuer == "UBND tỉnh"


@pytest.mark.parametrize("piece", ["VỀ VIỆC ỦY BAN SỞ BỘ BAN ", "Số: 1/QĐ ", "UBND | ", f"{STATE} ", "THÔN A\n"])
def test_a_head_without_end_is_read_in_linear_time(piece: str) -> None:
    start = f"{STATE} Số: 1/QĐ-UBND An Hòa, ngày 1 tháng 2 năm 2025 QUYẾT ĐỊNH "
    assert growth(lambda n: from_text(f"{start}{piece * n} Căn cứ Luật Giá;"), 200, 1600) < 20


def test_headings_of_a_copy_in_markdown(tmp_path):
    """The letterhead run together in one heading, the title in another, who decides in a third."""
    from pipeline.process import process_file

    path = tmp_path / "head.md"
    path.write_text(
        f"# CHÍNH PHỦ {STATE}  \n{MOTTO}\n\nSố: 7/NQ-CP  \nHà Nội, ngày 09 tháng 01 năm 2025\n\n# NGHỊ QUYẾT\n"
        "## Về phát triển thư viện\n\n# CHÍNH PHỦ\n\nCăn cứ Luật Thư viện ngày 21 tháng 11 năm 2019;\n\n"
        "**Điều 1.** Giao Bộ Tài chính bố trí kinh phí./.\n\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\nTrần Văn An\n"
    )
    (record,) = process_file(path)
    assert (record.document.issuer, record.document.title) == ("Chính phủ", "Về phát triển thư viện")
    assert not {f.rule for f in record.findings} & {"DOC-HEADER-MISSING", "DOC-NO-DATE"}
