"""Each check of one document: a plan that it marks, with the words it quotes, and a near miss that it leaves."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extractors.checks import catalogue, day
from extractors.checks_citation_form import difference
from extractors.checks_words import impossible
from extractors.citations import extract_citations
from extractors.deadlines import extract_deadlines
from extractors.duties import extract_duties
from extractors.findings import extract_findings
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.structure import outline
from extractors.units import extract_units
from pipeline.process import process_file
from schemas.document import Doubt, Revision
from schemas.text import LineAnchor

SHARED = Path(__file__).parents[3] / "shared"


def plan_of(text: str, today: str | None = None) -> Plan:
    """A plan with everything the checks read."""
    plan = with_identity(outline(Plan(from_text(text), today=today)))
    plan = replace(plan, citations=extract_citations(plan))
    plan = replace(plan, units=extract_units(plan))
    plan = replace(plan, deadlines=extract_deadlines(plan))
    return replace(plan, duties=extract_duties(plan))


STATE_HEAD = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: {number}/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 12 tháng 5 năm 2026

KẾ HOẠCH
Triển khai công tác văn thư, lưu trữ năm 2026

"""
STATE_TAIL = """
Trên đây là Kế hoạch của Ủy ban nhân dân tỉnh, yêu cầu các cơ quan thực hiện./.

Nơi nhận:
- Như trên;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""
PARTY_HEAD = """ĐẢNG BỘ TỈNH SÔNG LAM
ĐẢNG ỦY SỞ NỘI VỤ
*
Số 15-KH/ĐU
ĐẢNG CỘNG SẢN VIỆT NAM
Sông Lam, ngày 12 tháng 5 năm 2026

KẾ HOẠCH
Công tác văn thư, lưu trữ năm 2026
-----

"""
PARTY_TAIL = """
Kế hoạch này được phổ biến đến chi bộ để thực hiện nghiêm túc.

Nơi nhận:
- Các chi bộ,
- Lưu Văn phòng Đảng ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Trần Văn Mẫu
"""
OPEN = "Ủy ban nhân dân tỉnh ban hành Kế hoạch triển khai như sau:\n\n"
OPEN_PARTY = "Đảng ủy Sở Nội vụ xây dựng Kế hoạch thực hiện như sau:\n\n"
ONE = "I. NHIỆM VỤ\n\n"


def state(*lines: str, opening: str = OPEN, number: str = "45", tail: str = STATE_TAIL) -> str:
    """A whole plan of a provincial People's Committee around a body."""
    return STATE_HEAD.format(number=number) + opening + "\n\n".join(lines) + "\n" + tail


def party(*lines: str, opening: str = OPEN_PARTY, tail: str = PARTY_TAIL) -> str:
    """A whole plan of a party committee around a body."""
    return PARTY_HEAD + opening + "\n\n".join(lines) + "\n" + tail


def duty(*sentences: str, opening: str = OPEN) -> str:
    """A state plan with one section of numbered duties."""
    return state("I. NHIỆM VỤ", *[f"{n}. {s}" for n, s in enumerate(sentences, 1)], opening=opening)


KH12 = "Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về công tác văn thư"
BASED = f"Thực hiện {KH12}, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\n"
LONG = "Sở Nội vụ rà soát toàn bộ hồ sơ lưu trữ của các cơ quan, đơn vị trên địa bàn tỉnh"

# code, a text that shows it, its quote, a near miss
TABLE: list[tuple[str, str, str, str]] = [
    (
        "CIT-DATE-CONFLICT",
        duty("Các sở thực hiện Kế hoạch số 12-KH/TU ngày 15/3/2026 của Tỉnh ủy.", opening=BASED),
        "Kế hoạch số 12-KH/TU ngày 15/3/2026 của Tỉnh ủy",
        duty("Tiếp tục Kế hoạch số 12/KH-UBND ngày 15/3/2025 và Kế hoạch số 12/KH-UBND ngày 20/01/2026 của Ủy ban nhân dân tỉnh."),
    ),
    (
        "CIT-DATE-CONFLICT",
        duty("Các sở thực hiện Quyết định số 46/2002/QĐ-UBND ngày 12/9/2022 của Ủy ban nhân dân tỉnh về văn thư."),
        "Quyết định số 46/2002/QĐ-UBND ngày 12/9/2022 của Ủy ban nhân dân tỉnh",
        duty("Các sở thực hiện Quyết định số 46/2022/QĐ-UBND ngày 12/9/2022 của Ủy ban nhân dân tỉnh về văn thư."),
    ),
    (
        "CIT-ISSUER-SYMBOL",
        duty("Sở Nội vụ thực hiện Kế hoạch số 45/KH-BNV ngày 10/4/2026 của Bộ Tư pháp về hộ tịch."),
        "45/KH-BNV ngày 10/4/2026 của Bộ Tư pháp",
        duty("Sở Nội vụ thực hiện Kế hoạch số 45/KH-BNV ngày 10/4/2026 của Bộ trưởng Bộ Nội vụ về hộ tịch."),
    ),
    (
        "CIT-SYMBOL-UNKNOWN",
        duty("Thực hiện Kế hoạch số 77/KH-TTTP ngày 10/4/2026 của Thanh tra Chính phủ về thanh tra."),
        "77/KH-TTTP",
        duty(
            "Thực hiện Kế hoạch số 77/KH-THCSMT ngày 10/4/2026 của Trường Trung học cơ sở Mỹ Thành về dạy học.",
            "Thực hiện Kế hoạch số 31/KH-GDĐT ngày 10/4/2026 của Phòng Giáo dục và Đào tạo Quận 3 về dạy học.",
        ),
    ),
    (
        "CIT-SYMBOL-UNKNOWN",
        duty("Thực hiện Nghị định số 45/2025/ND-CP ngày 10/4/2025 của Chính phủ và Nghị định số 46/2025/ND-CP của Chính phủ về lưu trữ."),
        "45/2025/ND-CP",
        duty("Thực hiện Nghị định số 45/2025/NĐ-CP ngày 10/4/2025 của Chính phủ về lưu trữ."),
    ),
    (
        "CIT-KIND-MISMATCH",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33/QĐ-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch."),
        "Kế hoạch số 33/QĐ-UBND",
        duty("Sở Nội vụ thực hiện Đề án số 33/QĐ-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch."),
    ),
    (
        "CIT-KIND-MISMATCH",
        duty("Sở Nội vụ thực hiện TB 12/QĐ-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch."),
        "TB 12/QĐ-UBND",
        duty(
            "Sở Nội vụ thực hiện KH 45/KH-UBND, NQ 12/NQ-CP, QĐ 13-QĐ/TW và Quy định số 13-QĐ/TW.",
            "CÁC SỞ THỰC HIỆN CHỈ THỊ SỐ 09-CT/TU, CHỈ THỊ SỐ 10-CT/TU; công văn số 15/KH-UBND, văn bản số 14/KH-UBND; Chỉ thị số 09-CT/TU.",
            "Sở Y tế thực hiện Quy chế ban hành kèm theo Thông tư số 07/2023/TT-BYT (sau đây gọi là Quy chế 07); chấm điểm theo Quy chế 07.",
        ),
    ),
    (
        "CIT-KIND-MISMATCH",
        duty("Sở Nội vụ thực hiện Quyết định số 31/KH-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch."),
        "Quyết định số 31/KH-UBND",
        duty("Sở Nội vụ thực hiện quyết định số 31/QĐ-UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch; Quyết định số 31/QĐ-UBND."),
    ),
    (
        "CIT-REGIME-MIX",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33-KH/UBND ngày 10/4/2026 của Ủy ban nhân dân tỉnh về hộ tịch."),
        "33-KH/UBND",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33-KH/BCĐ ngày 10/4/2026 của Ban Chỉ đạo tỉnh về hộ tịch."),
    ),
    (
        "CIT-DATE-IMPOSSIBLE",
        duty("Sở Nội vụ báo cáo trước ngày 31/6/2026."),
        "ngày 31/6/2026",
        duty("Sở Nội vụ báo cáo trước ngày 30/6/2026 theo Nghị định số 30/2020/NĐ-CP; đạt tỷ lệ 40/45 hồ sơ."),
    ),
    (
        "DATE-CHILD-BEFORE-PARENT",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33-KH/TU ngày 20/5/2026 của Tỉnh ủy về hộ tịch."),
        "Kế hoạch số 33-KH/TU ngày 20/5/2026 của Tỉnh ủy",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33-KH/TU ngày 12/5/2026 của Tỉnh ủy về hộ tịch."),
    ),
    ("DOC-HEADER-MISSING", "KẾ HOẠCH\nCông tác lưu trữ\n\n" + OPEN + ONE + "1. Sở Nội vụ rà soát hồ sơ.\n", "", duty(LONG + ".")),
    ("DOC-NUMBER-BLANK", state(ONE, number="      "), "Số: /KH-UBND", state(ONE)),
    ("DOC-SIGNATURE-MISSING", state(ONE, tail=""), "", state(ONE)),
    ("DOC-NO-DATE", "KẾ HOẠCH\nCông tác lưu trữ\n\n" + OPEN + ONE, "", state(ONE)),
    (
        "DOC-SIGN-FORM",
        party("I- NHIỆM VỤ", tail=PARTY_TAIL.replace("T/M BAN", "TM. BAN")),
        "TM. BAN THƯỜNG VỤ",
        party("I- NHIỆM VỤ"),
    ),
    ("DOC-END-MARK", duty(LONG + ".").replace("thực hiện./.", "thực hiện."), "hiện.", duty(LONG + ".")),
    ("DOC-REGIME-DISSENT", party("I. NHIỆM VỤ", "II. TỔ CHỨC THỰC HIỆN"), "I.", party("I- NHIỆM VỤ", "II- TỔ CHỨC THỰC HIỆN")),
    (
        "STR-SECTION-DUP",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "II. TỔ CHỨC THỰC HIỆN"),
        "II. TỔ CHỨC THỰC HIỆN",
        state("I. MỤC ĐÍCH", "1. Một", "2. Hai", "II. NHIỆM VỤ", "1. Một", "2. Hai"),
    ),
    (
        "STR-SECTION-GAP",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "IV. TỔ CHỨC THỰC HIỆN"),
        "IV. TỔ CHỨC THỰC HIỆN",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "a) Một", "b) Hai", "c) Ba", "d) Bốn", "e) Năm"),
    ),
    (
        "REF-SELF-UNRESOLVED",
        state("I. NHIỆM VỤ", "1. Rà soát hồ sơ.", "II. TỔ CHỨC", "1. Sở Nội vụ theo dõi khoản 4 Mục I Kế hoạch này."),
        "khoản 4 Mục I Kế hoạch này",
        state("I. NHIỆM VỤ", "1. Rà soát: a) hồ sơ; b) sổ.", "II. TỔ CHỨC", "1. Sở Nội vụ theo dõi điểm b khoản 1 Mục I Kế hoạch này."),
    ),
    (
        "REF-SELF-AMBIGUOUS",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "II. TỔ CHỨC", "1. Sở Nội vụ theo dõi việc thực hiện Mục II Kế hoạch này."),
        "Mục II Kế hoạch này",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "III. TỔ CHỨC", "1. Sở Nội vụ theo dõi việc thực hiện Mục II Kế hoạch này."),
    ),
    (
        "REF-SELF-RELATIVE",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Rà soát", "1.1. Hồ sơ", "1.2. Sổ sách, ngoài nội dung tại Mục 1.1."),
        "Mục 1.1",
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Rà soát", "1.1. Hồ sơ", "1.2. Sổ sách, ngoài nội dung tại Mục II.1.1 Kế hoạch này."),
    ),
    (
        "REF-DEICTIC-KIND",
        duty("Các sở tổ chức thực hiện nghiêm Chỉ thị này."),
        "Chỉ thị này",
        duty("Các sở thực hiện Chỉ thị số 05-CT/TW và các văn bản hướng dẫn Chỉ thị này.", "Các sở thực hiện Kế hoạch này."),
    ),
    (
        "REF-PINPOINT-FORM",
        duty("Sở Nội vụ thực hiện khoản 1.4 Điều 7 Quy định số 12-QĐ/TU ngày 05/3/2026 của Tỉnh ủy về hộ tịch."),
        "khoản 1.4 Điều 7 Quy định số 12-QĐ/TU ngày 05/3/2026 của Tỉnh ủy",
        duty("Sở Nội vụ thực hiện khoản 1 Điều 7 Quy định số 12-QĐ/TU ngày 05/3/2026 của Tỉnh ủy về hộ tịch."),
    ),
    (
        "CIT-FIRST-INCOMPLETE",
        duty("Sở Nội vụ thực hiện Kế hoạch số 33-KH/TU của Tỉnh ủy về hộ tịch."),
        "Kế hoạch số 33-KH/TU của Tỉnh ủy",
        duty(
            f"Sở Nội vụ thực hiện {KH12}.",
            "Các sở thực hiện Kế hoạch số 12-KH/TU; lập hồ sơ theo Mẫu số 02/TTHC-NV.",
            "Các sở thực hiện Quyết định số 04/QĐ-UBBC ngày 05/01/2026 của Ủy ban bầu cử tỉnh Về việc thành lập tổ giúp việc.",
            "Các sở theo Quy chế làm việc số 05-QC/TU ngày 05/01/2026 của Tỉnh ủy.",
            "Các sở theo Kế hoạch phát triển nhân lực số 05/KH-SNV ngày 05/01/2026 của Sở Nội vụ.",
        ),
    ),
    (
        "CIT-NO-NUMBER",
        duty("Sở Nội vụ thực hiện các Nghị quyết của Tỉnh ủy về chuyển đổi số."),
        "các Nghị quyết của Tỉnh ủy",
        duty("Sở Nội vụ thực hiện Nghị quyết số 09-NQ/TU ngày 05/3/2026 của Tỉnh ủy về chuyển đổi số."),
    ),
    (
        "CIT-NO-NUMBER",
        duty("Sở Nội vụ thực hiện Kế hoạch số      /KH-SYT ngày 05/3/2026 của Sở Y tế về hộ tịch."),
        "Kế hoạch số /KH-SYT",
        duty("Sở Nội vụ thực hiện Kế hoạch số 15/KH-SYT ngày 05/3/2026 của Sở Y tế về chuyển đổi số/lưu trữ."),
    ),
    (
        "CIT-SO-MISSING",
        duty("Sở Nội vụ thực hiện Kế hoạch 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về hộ tịch."),
        "Kế hoạch 12-KH/TU ngày 05/3/2026 của Tỉnh ủy",
        duty(f"Sở Nội vụ thực hiện {KH12}."),
    ),
    (
        "CIT-SPACING",
        duty("Sở Nội vụ thực hiện Kế hoạch số 12 -KH/TU ngày 05/3/2026 của Tỉnh ủy về hộ tịch."),
        "12 -KH/TU",
        duty(f"Sở Nội vụ thực hiện {KH12}."),
    ),
    (
        "CIT-SUBJECT-DRIFT",
        duty(
            "Sở Nội vụ thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về phòng, chống lãng phí trong quản lý hồ sơ.",
            "Các sở thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về phòng chống lãng phí trong quản lý hồ sơ.",
        ),
        "về phòng chống lãng phí trong quản lý hồ sơ",
        duty(
            "Sở Nội vụ thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về phòng, chống lãng phí trong quản lý hồ sơ.",
            "Các sở thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy về phòng, chống lãng phí trong quản lý hồ sơ năm 2026.",
        ),
    ),
    (
        "DATE-LAG",
        duty("Khắc phục hạn chế theo kết quả kiểm tra năm 2023 tại Công văn số 70/SNV-VTLT ngày 05/3/2026 của Sở Nội vụ."),
        "kết quả kiểm tra năm 2023 tại Công văn số 70/SNV-VTLT ngày 05/3/2026 của Sở Nội vụ",
        duty("Khắc phục hạn chế theo kết quả kiểm tra năm 2025 tại Công văn số 70/SNV-VTLT ngày 05/3/2026 của Sở Nội vụ."),
    ),
    (
        "STR-ENUM-STYLE",
        state("I. NHIỆM VỤ", "- + Rà soát hồ sơ lưu trữ của tỉnh.", "- Số hóa tài liệu."),
        "- + Rà soát hồ sơ",
        state("I. NHIỆM VỤ", "- Rà soát hồ sơ lưu trữ của tỉnh:", "+ Hồ sơ giấy.", "+ Hồ sơ số.", "- Số hóa tài liệu."),
    ),
    (
        "STR-SENTENCE-BROKEN",
        state("I. NHIỆM VỤ", "1. Sở Nội vụ rà soát hồ sơ lưu trữ, xem đây là giải pháp", "cơ bản để quản lý tài liệu."),
        "là giải pháp cơ bản để quản",
        state("I. NHIỆM VỤ", "1. Sở Nội vụ rà soát hồ sơ lưu trữ:", "- giấy;", "- số.", "2. Các sở phối hợp."),
    ),
    ("STR-PUNCT", duty("Sở Nội vụ rà soát,, số hóa tài liệu."), "soát,,", duty("Sở Nội vụ rà soát, số hóa tài liệu, v.v...")),
    (
        "ALIAS-UNUSED",
        duty("Sở Nội vụ đẩy mạnh chuyển đổi số (CĐS) trong lưu trữ."),
        "(CĐS)",
        duty("Sở Nội vụ đẩy mạnh chuyển đổi số (CĐS).", "Các sở báo cáo kết quả CĐS."),
    ),
    (
        "ALIAS-UNDEFINED",
        duty("Sở Nội vụ tham mưu công tác PBGDPL trong lưu trữ."),
        "PBGDPL",
        duty("Sở Nội vụ phổ biến, giáo dục pháp luật (PBGDPL); các sở tổng kết PBGDPL, dùng mã QR, xem Mục II Nghị định số 30/2020/NĐ-CP."),
    ),
    (
        "ALIAS-OVERLOAD",
        duty("Các sở, Ủy ban nhân dân các xã (sau đây gọi tắt là cơ quan, đơn vị) rà soát hồ sơ; cơ quan, đơn vị báo cáo."),
        "(sau đây gọi tắt là cơ quan, đơn vị)",
        duty("Trung tâm Lưu trữ lịch sử tỉnh (sau đây gọi tắt là Trung tâm) rà soát hồ sơ; Trung tâm báo cáo."),
    ),
    ("TYPO-LEXICON", duty("Sở Nội vụ bổ xung hồ sơ."), "bổ xung", duty("Sở Nội vụ bổ sung hồ sơ.")),
    (
        "ORTHO-TONE",
        duty("Các cấp ủy rà soát; cấp ủy cơ sở báo cáo.", "Cấp uỷ xã tổng hợp."),
        "uỷ",
        duty("Các cấp ủy rà soát quý I; quỹ lưu trữ được hòa giải."),
    ),
    (
        "DUTY-TIME-CONFLICT",
        state("I. NHIỆM VỤ", "1. Hằng năm, Sở Nội vụ rà soát hồ sơ lưu trữ.", "Thời gian thực hiện: Hằng quý."),
        "Hằng năm",
        state("I. NHIỆM VỤ", "1. Nâng cao chỉ số lưu trữ hằng năm.", "Thời gian thực hiện: Thường xuyên."),
    ),
    (
        "DUTY-TIME-CONFLICT",
        state("I. NHIỆM VỤ", "1. Người đứng đầu các đơn vị hằng năm tự kiểm tra hồ sơ lưu trữ.", "Thời gian thực hiện: Thường xuyên."),
        "hằng năm",
        state("I. NHIỆM VỤ", "1. Các đơn vị công khai kế hoạch hằng năm trên trang tin.", "Thời gian thực hiện: Thường xuyên."),
    ),
    (
        "DUTY-TIME-CONFLICT",
        state("I. NHIỆM VỤ", "1. Sở Nội vụ số hóa hồ sơ lưu trữ trước ngày 15/6/2026.", "Thời hạn: trước ngày 30/6/2026."),
        "trước ngày 15/6/2026",
        state(
            "I. NHIỆM VỤ",
            "1. Sở Nội vụ số hóa hồ sơ lưu trữ; gửi dự thảo báo cáo trước ngày 15/6/2026.",
            "Thời hạn: trước ngày 30/6/2026.",
        ),
    ),
    (
        "DUTY-TIME-CONFLICT",
        state("I. NHIỆM VỤ", "1. Sở Nội vụ rà soát quy chế lưu trữ; trình phương án sửa đổi trước ngày 15/6/2026.", "Thời hạn: tháng 7/2026."),
        "trước ngày 15/6/2026",
        state("I. NHIỆM VỤ", "1. Sở Nội vụ gửi dự thảo trước ngày 15/6/2026; ban hành quy chế lưu trữ.", "Thời hạn: tháng 7/2026."),
    ),
    (
        "DL-BEFORE-ISSUE",
        duty("Sở Nội vụ rà soát hồ sơ, hoàn thành trước ngày 30/4/2026."),
        "trước ngày 30/4/2026",
        duty("Sở Nội vụ rà soát hồ sơ, hoàn thành trước ngày 29/5/2026 và hằng năm báo cáo trước ngày 15/4."),
    ),
    (
        "DL-BEFORE-ISSUE",
        state("I. NHIỆM VỤ", "TT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Lập danh mục hồ sơ | Sở Nội vụ | 2025"),
        "2025",
        state("I. NHIỆM VỤ", "TT | Nhiệm vụ | Chủ trì | Thời gian", "1 | Lập danh mục hồ sơ năm 2025 | Sở Nội vụ | 2026"),
    ),
    # The last day of "trước ngày 14/6" (Sunday) is a Saturday, that of "trước ngày 13/6" a Friday.
    ("DL-NONWORKING", duty("Sở Nội vụ rà soát hồ sơ trước ngày 14/6/2026."), "trước ngày 14/6/2026", duty(f"{LONG} trước ngày 13/6/2026.")),
    (
        "DUTY-NO-DEADLINE",
        duty("Sở Nội vụ ban hành quy chế lưu trữ."),
        "Sở Nội vụ ban hành quy chế lưu trữ.",
        duty("Sở Nội vụ gương mẫu chấp hành.", "Sở Nội vụ ban hành quy chế lưu trữ trước ngày 12/6/2026."),
    ),
    (
        "DUTY-VAGUE-TIME",
        duty("Sở Nội vụ thường xuyên rà soát hồ sơ."),
        "thường xuyên",
        duty("Sở Nội vụ hằng quý rà soát hồ sơ.", "Sở Y tế thường xuyên rà soát, hoàn thành trước ngày 12/6/2026."),
    ),
    (
        "DUTY-TIME-AMBIGUOUS",
        duty("Sở Nội vụ báo cáo định kỳ 06 tháng/năm."),
        "06 tháng/năm",
        duty("Sở Nội vụ báo cáo định kỳ 06 tháng, năm; kiểm tra 02 lần/năm."),
    ),
    (
        "DUTY-NO-ADDRESSEE",
        duty("Bảo vệ, khen thưởng kịp thời người phản ánh sai phạm."),
        "Bảo vệ, khen thưởng kịp thời người phản ánh sai",
        duty("Sở Nội vụ bảo vệ, khen thưởng kịp thời người phản ánh sai phạm."),
    ),
    (
        "DUTY-NO-LEAD",
        state("I. NHIỆM VỤ", "1. Rà soát hồ sơ lưu trữ.", "Đơn vị thực hiện: Sở Nội vụ, Sở Tài chính."),
        "Đơn vị thực hiện: Sở Nội vụ, Sở Tài chính.",
        state("I. NHIỆM VỤ", "1. Rà soát hồ sơ lưu trữ.", "Đơn vị chủ trì: Sở Nội vụ.", "Đơn vị phối hợp: Sở Tài chính."),
    ),
    (
        "DUTY-NO-OUTPUT",
        duty(*[f"Sở Nội vụ {v} hồ sơ lưu trữ của tỉnh." for v in ("rà soát", "bảo quản", "kiểm tra", "chỉnh lý", "theo dõi")]),
        "Sở Nội vụ rà soát hồ sơ lưu trữ của",
        duty(*[f"Sở Nội vụ {v} 100% hồ sơ lưu trữ của tỉnh." for v in ("rà soát", "bảo quản", "kiểm tra", "chỉnh lý", "theo dõi")]),
    ),
    (
        "DUTY-REPORT-OPEN",
        duty("Sở Nội vụ theo dõi, tổng hợp, báo cáo theo quy định."),
        "tổng hợp, báo cáo",
        duty("Sở Nội vụ theo dõi, tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/2026."),
    ),
    (
        "DUTY-OVERLOADED",
        duty("Sở Nội vụ rà soát hồ sơ cũ; chỉnh lý tài liệu giấy; số hóa tài liệu quý; kiểm tra kho lưu trữ; đề xuất khen thưởng tập thể."),
        "Sở Nội vụ rà soát hồ sơ cũ; chỉnh lý",
        duty("Sở Nội vụ rà soát hồ sơ cũ; chỉnh lý tài liệu giấy; số hóa tài liệu quý; kiểm tra kho lưu trữ."),
    ),
    (
        "DUTY-DUPLICATE",
        duty(f"{LONG} và báo cáo.", f"{LONG}, báo cáo kết quả."),
        "Sở Nội vụ rà soát toàn bộ hồ sơ lưu",
        duty(f"{LONG}.", "Sở Nội vụ rà soát toàn bộ kho bảo quản, thiết bị phòng cháy và lối thoát hiểm của Trung tâm."),
    ),
    (
        "AUTH-OUT-OF-REACH",
        duty("Giao Tòa án nhân dân tỉnh rà soát hồ sơ lưu trữ."),
        "Tòa án nhân dân tỉnh",
        duty("Giao Sở Nội vụ rà soát hồ sơ lưu trữ.", "Đề nghị Tòa án nhân dân tỉnh rà soát hồ sơ lưu trữ."),
    ),
    (
        "ORG-NAME-MALFORMED",
        duty("Đề nghị Đoàn Thanh niên Cộng sản, Hồ Chí Minh xã ra quân dọn bãi biển."),
        "Đoàn Thanh niên Cộng sản, Hồ Chí Minh",
        duty("Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh, Sở Văn hóa, Thể thao và Du lịch phối hợp giám sát."),
    ),
    (
        "ORG-NOT-RECIPIENT",
        state("I. NHIỆM VỤ", "1. Giao Công an tỉnh rà soát hồ sơ.", tail=STATE_TAIL.replace("- Như trên;", "- Các sở, ban, ngành tỉnh;")),
        "Công an tỉnh",
        state("I. NHIỆM VỤ", "1. Giao Sở Nội vụ rà soát hồ sơ.", tail=STATE_TAIL.replace("- Như trên;", "- Các sở, ban, ngành tỉnh;")),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("code", "text", "quote", "near"), TABLE, ids=[row[0] for row in TABLE])
def test_code(code: str, text: str, quote: str, near: str) -> None:
    plan = plan_of(text)
    found = [f for f in extract_findings(plan) if f.rule == code]
    assert [f.text for f in found] == [quote]
    assert found[0].severity == catalogue()[code].severity
    assert plan.text[found[0].start : found[0].end] == quote
    assert found[0].message.endswith((".", "…"))
    assert code not in {f.rule for f in extract_findings(plan_of(near))}


def test_every_code_of_one_document_is_tested() -> None:
    tested = {row[0] for row in TABLE} | {"DATE-FUTURE", "READ-DOUBT", "READ-REVISION", "DUTY-IN-FOOTNOTE"}
    assert {c.code for c in catalogue().values() if c.scope == "document"} == tested


def test_a_clean_plan_has_no_errors() -> None:
    text = duty("Sở Nội vụ rà soát hồ sơ, hoàn thành trước ngày 30/6/2026.", "Các sở phối hợp thực hiện.", opening=BASED)
    assert [f for f in extract_findings(plan_of(text)) if f.severity == "error"] == []


@pytest.mark.parametrize(
    "text",
    [
        duty("Thực hiện Thông tư liên tịch số 13/2016/TTLT-BYT-BGDĐT ngày 12/5/2016 của Bộ Giáo dục và Đào tạo, Bộ Y tế."),
        duty(
            "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/3/2026 của UBND tỉnh, Quyết định số 12/QĐ-UBND ngày 10/3/2026 của UBND xã Mỹ Thành."
        ),
        duty("Thực hiện Kết luận số 83-KL/TW ngày 21/12/2025 và Kết luận số 83-KL/TW ngày 08/3/2026 của Bộ Chính trị."),
        duty("Thực hiện Quy định số 8-QĐ/TW ngày 25/10/2024 và Quyết định số 8-QĐ/TW ngày 10/02/2025 của Bộ Chính trị."),
        duty("Trực mỗi ngày 24/24 giờ; tập huấn ngày 28 - 30 tháng 6 và ngày 15-20/6/2026; giải quyết trong ngày 40/45 hồ sơ."),
        duty("Sở Nội vụ tổng hợp số liệu tính đến ngày 31/3/2026, báo cáo trước ngày 15/6/2026."),
        duty("Thực hiện Thông báo số 45/TB-VPCP ngày 10/4/2026 của Văn phòng Chính phủ, Kết luận số 45/TB-VPCP."),
        state("I. MỤC ĐÍCH", "II. NHIỆM VỤ", "1. Rà soát", "1.1. Hồ sơ", "2. Sở Nội vụ theo dõi điểm 1.1 khoản 1 Phần II Kế hoạch này."),
        state("I. NHIỆM VỤ", "1. Rà soát", "2. Số hóa", "PHỤ LỤC", "1. Rà soát", "2. Số hóa"),
    ],
)
def test_no_false_errors(text: str) -> None:
    assert [(f.rule, f.text) for f in extract_findings(plan_of(text)) if f.severity == "error"] == []


def test_one_fault_gives_one_error_or_warning_of_form() -> None:
    text = duty("Các sở thực hiện Quy định số 131/QĐ-TW ngày 27/10/2023 của Bộ Chính trị về kiểm soát quyền lực.")
    assert {f.rule for f in extract_findings(plan_of(text)) if f.rule.startswith("CIT")} == {"CIT-REGIME-MIX"}


def test_the_rarer_date_is_wrong_wherever_it_stands() -> None:
    text = duty(
        "Các sở thực hiện Kế hoạch số 12-KH/TU ngày 05/8/2026 của Tỉnh ủy.".replace("8/2026", "4/2026"),
        "Các xã thực hiện Kế hoạch số 12-KH/TU ngày 05/3/2026 của Tỉnh ủy.", opening=BASED,
    )  # fmt: skip
    found = [f for f in extract_findings(plan_of(text)) if f.rule == "CIT-DATE-CONFLICT"]
    assert [f.text for f in found] == ["Kế hoạch số 12-KH/TU ngày 05/4/2026 của Tỉnh ủy"]
    assert "05/4/2026" in found[0].message
    assert "05/3/2026 (2 lần)" in found[0].message


@pytest.mark.parametrize(("today", "codes"), [("2026-05-01", 1), ("2026-05-12", 0), (None, 0)])
def test_future_needs_a_clock(today: str | None, codes: int) -> None:
    found = [f for f in extract_findings(plan_of(duty("Sở Nội vụ rà soát."), today)) if f.rule == "DATE-FUTURE"]
    assert len(found) == codes


def test_footnote_duty() -> None:
    plan = plan_of(duty("Sở Nội vụ rà soát hồ sơ lưu trữ."))
    zones = tuple("footnote" if i == plan.paragraph_at(plan.duties[0].start) else z for i, z in enumerate(plan.zones))
    assert "DUTY-IN-FOOTNOTE" in {f.rule for f in extract_findings(replace(plan, zones=zones))}
    assert "DUTY-IN-FOOTNOTE" not in {f.rule for f in extract_findings(plan)}


def test_doubts_and_tracked_changes_are_findings() -> None:
    plan = plan_of(duty("Sở Nội vụ rà soát hồ sơ trước ngày 12/6/2026."))
    line = next(s.anchor for s in plan.source.map.segments if "12/6/2026" in plan.text[s.start : s.end])
    assert isinstance(line, LineAnchor)
    source = replace(
        plan.source,
        doubts=(Doubt("12/6/2026", line, "chữ số mờ", 0.4),),
        revisions=(
            Revision("insert", "trước ngày 12/6/2026", "Người sửa", "2026-05-01T08:00:00", line),
            Revision("delete", "15/6", None, None, line),
        ),
    )  # fmt: skip
    found = {f.rule + f.text: f for f in extract_findings(replace(plan, source=source))}
    assert "12/6/2026" in found["READ-DOUBT12/6/2026"].message
    assert "Người sửa ngày 01/5/2026" in found["READ-REVISIONtrước ngày 12/6/2026"].message
    assert found["READ-REVISION"].message.startswith("Xóa “15/6”")


@pytest.mark.parametrize(
    ("syllable", "wrong"),
    [
        *[(word, True) for word in ("rãc", "biêt", "thưc", "kêt")],
        *[(word, False) for word in ("rác", "học", "biết", "toàn", "thực", "Đắc", "internet", "các")],
    ],
)
def test_stops_carry_two_tones_only(syllable: str, wrong: bool) -> None:
    assert impossible(syllable) is wrong


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        ("về phòng, chống lãng phí trong cơ quan", "về phòng chống lãng phí trong cơ quan", True),
        ("về công tác lưu trữ năm 2026", "về công tác lưu trữ năm 2026 trên địa bàn tỉnh", False),
        ("về công tác lưu trữ", "về công tác cán bộ", False),
        ("về kiểm soát quyền lực trong công tác cán bộ", "quy định chế độ làm việc của Trung tâm Lưu trữ tỉnh", False),
    ],
)
def test_difference_of_subjects(left: str, right: str, said: bool) -> None:
    assert bool(difference(left, right)) is said


def test_days_as_offices_write_them() -> None:
    assert [day("2026-03-05"), day("2026-02-15"), day("2026-12-31")] == ["05/3/2026", "15/02/2026", "31/12/2026"]


def test_same_input_same_findings() -> None:
    text = duty("Sở Nội vụ thường xuyên rà soát hồ sơ.", "Sở Nội vụ ban hành quy chế.")
    assert extract_findings(plan_of(text)) == extract_findings(plan_of(text))


@pytest.mark.shared
@pytest.mark.parametrize("name", ["000", "001", "002", "004"])
def test_real_plans_show_the_faults_of_gold(name: str) -> None:
    """The scored rules, no more and no fewer; offsets hold."""
    if not SHARED.exists():
        pytest.skip("không có thư mục shared cạnh kho mã")
    gold = json.loads((SHARED / "gold" / "records" / f"{name}.json").read_text(encoding="utf-8"))["findings"]
    plan = plan_of((SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8"))
    found = extract_findings(plan)
    assert all(plan.text[f.start : f.end] == f.text for f in found)
    scored = {g["rule"] for g in gold} | {c for c in catalogue() if catalogue()[c].severity == "error"}
    assert Counter(f.rule for f in found if f.rule in scored) == Counter(g["rule"] for g in gold)


@pytest.mark.parametrize(
    ("cited", "key"),
    [("Nghị quyết số 18-QN/TW", "18-NQ/TW"), ("Nghị quyết số 7/QN-UBND", "7/NQ-UBND"), ("Kết luận số 12-LK/TU", "12-KL/TU"), ("Quyết định số 9-ZX/TU", "9-ZX/TU")],
)  # fmt: skip
def test_kind_letters_that_no_kind_has(cited, key):
    plan = plan_of(STATE_HEAD.format(number="21") + f"I. NHIỆM VỤ\n1. Các phòng quán triệt {cited} trong tháng 6.\n" + STATE_TAIL)
    assert [(c.text, c.key) for c in plan.citations] == [(cited, key)]
    marks = [f.text for f in extract_findings(plan) if f.rule == "CIT-SYMBOL-UNKNOWN"]
    assert len(marks) == 1


@pytest.mark.parametrize("text", ["tuyến đường số 12-AB/CD", "Nghị quyết số 18-NQ/TW", "Công văn số 45-CV/BTCTU", "mã hồ sơ 9-ZX/TU"])
def test_letters_that_are_no_slip(text):
    plan = plan_of(STATE_HEAD.format(number="21") + f"I. NHIỆM VỤ\n1. Các phòng kiểm tra {text} trong tháng 6.\n" + STATE_TAIL)
    assert not [f for f in extract_findings(plan) if f.rule == "CIT-SYMBOL-UNKNOWN"]


def test_a_lettered_place_of_an_item_without_letters():
    body = "I. NHIỆM VỤ\n1. Phòng A rà soát hồ sơ.\n2. Phòng B số hóa hồ sơ gồm: a) hồ sơ; b) sổ.\n3. Phòng C thực hiện {} khoản {} Mục I Kế hoạch này.\n"
    for place, number, told in (("điểm c", 1, 1), ("điểm b", 2, 0), ("điểm c", 2, 1)):
        plan = plan_of(STATE_HEAD.format(number="21") + body.format(place, number) + STATE_TAIL)
        assert [f.rule for f in extract_findings(plan) if f.rule == "REF-SELF-UNRESOLVED"] == ["REF-SELF-UNRESOLVED"] * told


def test_a_standing_board_of_a_union_writes_as_the_state_does():
    plan = plan_of(STATE_HEAD.format(number="21") + "I. NHIỆM VỤ\n1. Thực hiện Kế hoạch số 45/KH-BTV ngày 3/4/2026 của Ban Thường vụ Hội Phụ nữ tỉnh; "
                   "các Kết luận 71, 75 và 79-KL/TW.\n" + STATE_TAIL)  # fmt: skip
    assert not [f for f in extract_findings(plan) if f.rule in ("CIT-REGIME-MIX", "CIT-SPACING")]


def test_a_roman_place_is_no_item_of_another_section():
    body = "I. MỤC ĐÍCH\n1. Nâng cao chất lượng.\nII. NHIỆM VỤ\n" + "".join(
        f"{i}. Phòng {i} rà soát hồ sơ theo Mục {{}} Kế hoạch này.\n" for i in range(1, 6)
    )
    plan = plan_of(STATE_HEAD.format(number="21") + body.format("II", "II", "II", "II", "V") + STATE_TAIL)
    assert [f.text for f in extract_findings(plan) if f.rule == "REF-SELF-UNRESOLVED"] == ["Mục V Kế hoạch này"]


SCHOOL = """ỦY BAN NHÂN DÂN XÃ AN BÌNH
TRƯỜNG THCS TRẦN PHÚ
Số: 12/KH-THCSTP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
An Bình, ngày 12 tháng 5 năm 2026

KẾ HOẠCH
Công tác văn thư, lưu trữ năm 2026

{issuer} xây dựng Kế hoạch như sau:

I. NHIỆM VỤ

1. Giao {body} rà soát hồ sơ lưu trữ.
"""


@pytest.mark.parametrize(
    ("issuer", "body", "out"),
    [
        ("Trường THCS Trần Phú", "Đoàn Thanh niên", False),
        ("Trường THCS Trần Phú", "Liên đội", False),
        ("Trường THCS Trần Phú", "Tổng phụ trách Đội", False),
        ("Trường THCS Trần Phú", "Công đoàn", False),
        ("Trường THCS Trần Phú", "Chi đoàn giáo viên", False),
        ("Trường THCS Trần Phú", "Hội Cựu chiến binh", False),
        ("Sở Y tế tỉnh Sông Lam", "Đoàn Thanh niên", False),
        ("Trường THCS Trần Phú", "Liên đoàn Lao động tỉnh", True),
        ("Trường THCS Trần Phú", "Công an xã An Bình", False),
        ("Sở Y tế tỉnh Sông Lam", "Tỉnh đoàn", True),
        ("Sở Y tế tỉnh Sông Lam", "Liên đoàn Lao động tỉnh", True),
        ("Ủy ban nhân dân tỉnh Sông Lam", "Hội Nông dân tỉnh", True),
        ("Ủy ban nhân dân xã An Bình", "Hội Cựu chiến binh", True),
        ("Tòa án nhân dân tỉnh Sông Lam", "Tòa án nhân dân khu vực", False),
        ("Tòa án nhân dân tỉnh Sông Lam", "Viện kiểm sát nhân dân khu vực", True),
    ],
)
def test_own_organisations_are_within_reach(issuer, body, out):
    head, _, rest = SCHOOL.format(issuer=issuer, body=body).partition("\nKẾ HOẠCH")
    text = (head if "Trường" in issuer else "") + "\nKẾ HOẠCH" + rest
    assert [f.rule for f in extract_findings(plan_of(text)) if f.rule == "AUTH-OUT-OF-REACH"] == ["AUTH-OUT-OF-REACH"] * out


def test_a_number_on_a_line_that_is_no_section_is_no_gap():
    text = """ỦY BAN NHÂN DÂN
TỈNH SÔNG LAM
Số: 12/QĐ-UBND
Sông Lam, ngày 12 tháng 5 năm 2026

QUYẾT ĐỊNH
Ban hành Kế hoạch phát triển chợ nông thôn

Căn cứ Luật Giá năm 2023;

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển chợ nông thôn.

Điều 2. Quyết định này có hiệu lực kể từ ngày ký.

Điều {last}. Sở Công Thương chịu trách nhiệm thi hành.
"""
    gaps = [[f.text[:6] for f in extract_findings(plan_of(text.format(last=n))) if f.rule == "STR-SECTION-GAP"] for n in (3, 4)]
    assert gaps == [[], ["Điều 4"]]


@pytest.mark.parametrize(("first", "gaps"), [("II", ["II. MỤ"]), ("I", []), ("l", [])])
def test_sections_begin_with_the_first(first: str, gaps: list[str]) -> None:
    """A text whose first section is II lacks one; «l.» is a misread I."""
    text = f"KẾ HOẠCH\nTrồng cây năm 2026\n\n{first}. MỤC ĐÍCH\n\n- Giữ đất.\n\n{{}}. NHIỆM VỤ\n\n1. Trạm Y tế rà soát.\n"
    plan = plan_of(text.format("III" if first == "II" else "II") + "\n")
    assert [f.text[:6] for f in extract_findings(plan) if f.rule == "STR-SECTION-GAP"] == gaps


def test_subjects_told_by_về_or_về_việc_are_one():
    assert difference("về việc siết chặt quản lý chợ nông thôn", "về siết chặt quản lý chợ nông thôn") is None
    assert difference("về việc siết chặt quản lý các chợ nông thôn", "về siết chặt việc quản lý các chợ nông thôn") is not None


def test_letters_joined_by_an_ampersand_are_told_once():
    text = duty("Sở Nội vụ trình HĐND và UBND; Văn phòng HĐND&UBND lưu hồ sơ; Sở GD&ĐT góp ý.")
    assert [f.text for f in extract_findings(plan_of(text)) if f.rule == "ALIAS-UNDEFINED"] == ["HĐND", "UBND", "GD&ĐT"]


@pytest.mark.parametrize(("lead", "told"), [("Ban Giám hiệu", False), ("Công đoàn", False), ("Công an xã An Bình", True)])
def test_a_school_s_own_boards_need_no_copy(lead, told):
    text = SCHOOL.format(issuer="Trường THCS Trần Phú", body=lead) + "\nNơi nhận:\n- Phòng Văn hóa - Xã hội;\n- Lưu: VT.\n\nHIỆU TRƯỞNG\nTrần Văn Mẫu\n"
    assert [f.rule for f in extract_findings(plan_of(text)) if f.rule == "ORG-NOT-RECIPIENT"] == ["ORG-NOT-RECIPIENT"] * told


@pytest.mark.parametrize(("given", "told"), [(" NGÀY 11 THÁNG 01 NĂM 2024 CỦA BAN THƯỜNG VỤ TỈNH ỦY", []), ("", ["Chỉ thị số 09-CT/TU"])])
def test_what_the_title_gives_is_not_missing_below(given, told):
    head = STATE_HEAD.format(number="45").replace("Triển khai công tác văn thư", f"THỰC HIỆN CHỈ THỊ SỐ 09-CT/TU{given} VỀ CÔNG TÁC VĂN THƯ")
    text = head + "Thực hiện Chỉ thị số 09-CT/TU, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:\n\nI. NHIỆM VỤ\n" + STATE_TAIL
    assert [f.text for f in extract_findings(plan_of(text)) if f.rule == "CIT-FIRST-INCOMPLETE"] == told


RIGHT_KINDS = [
    "Thông báo Kết luận số 15-KL/TU", "Kết luận số 55/TB-UBND", "Chương trình phối hợp số 235/CTPH/SYT-CAT", "Kế hoạch liên tịch số 5/KH-SYT-CAT",
    "Hướng dẫn liên ngành số 05/HD-SNV", "Đề án số 06/QĐ-TTg", "Kế hoạch hành động số 5/KH-UBND", "kế hoạch số 5/KH-UBND", "Văn bản số 5/TTr-SYT",
    "KẾ HOẠCH SỐ 5/KH-UBND", "Công văn hỏa tốc số 5/UBND-NC", "Quy định số 5-QĐ/TU", "Quyết định số 5-QĐ/TU", "TT 5-TT/TU", "Hướng dẫn số 12/SYT-NVY",
    "Quy chế làm việc số 1-QC/ĐU", "Bộ tiêu chí số 5/QĐ-SYT", "Nghị quyết liên tịch số 3/NQLT-UBTVQH15-CP", "Nghị quyết số 30a/2008/NQ-CP",
]  # fmt: skip
WRONG_KINDS = ["Nghị định số 5/2025/TT-BYT", "Chương trình số 12/KH-UBND", "THÔNG TƯ SỐ 5/2025/NĐ-CP", "NQ 5/QĐ-TTg", "kế hoạch số 5/QĐ-UBND"]


@pytest.mark.parametrize("written", RIGHT_KINDS + WRONG_KINDS)
def test_kinds_that_fit_their_number(written):
    found = extract_findings(plan_of(duty(f"Sở Nội vụ thực hiện {written} ngày 10/4/2026 về hộ tịch.")))
    assert [f.text for f in found if f.rule == "CIT-KIND-MISMATCH"] == [written] * (written in WRONG_KINDS)


def test_a_cell_may_point_at_a_document_by_its_letters(tmp_path):
    table = "| TT | Nhiệm vụ | Căn cứ | Chủ trì |\n|---|---|---|---|\n| 1 | Rà soát hồ sơ | {basis} | Sở Nội vụ |\n"
    told = []
    for basis in ("KH 45/KH-UBND", "Kế hoạch số 45/KH-UBND"):
        path = tmp_path / "bang.md"
        path.write_text("KẾ HOẠCH\n\nCông tác lưu trữ năm 2026\n\nI. NHIỆM VỤ\n\n" + table.format(basis=basis), encoding="utf-8")
        told.append([f.text for f in process_file(path)[0].findings if f.rule == "CIT-FIRST-INCOMPLETE"])
    assert told == [[], ["Kế hoạch số 45/KH-UBND"]]


@pytest.mark.parametrize(
    ("opening", "marked"),
    [
        ("Thực hiện Quyết định số 12/QĐ-TTg ngày 10/4/2026 của Thủ tướng Chính phủ phê duyệt Chương trình “Sách về làng”", []),
        ("Thực hiện Quyết định số 12/QĐ-TTg ngày 10/4/2026 của Thủ tướng Chính phủ về việc ban hành Chương trình sách về làng", []),
        ("Căn cứ Quyết định số 12/QĐ-TTg ngày 10/4/2026 của Thủ tướng Chính phủ phê duyệt Chương trình “Sách về làng”", ["Chương trình này"]),
        ("Thực hiện Quyết định số 12/QĐ-TTg ngày 10/4/2026 của Thủ tướng Chính phủ phê duyệt Đề án “Sách về làng”", ["Chương trình này"]),
    ],
)
def test_the_programme_that_a_plan_carries_out_may_be_pointed_at(opening, marked):
    body = "I. NHIỆM VỤ\n1. Các xã thực hiện các chỉ tiêu được giao.\n2. Các xã báo cáo kết quả Chương trình này.\n"
    plan = plan_of(f"KẾ HOẠCH\nPhát triển thư viện\n\n{opening}, Sở Văn hóa xây dựng Kế hoạch như sau:\n\n{body}")
    assert [f.text for f in extract_findings(plan) if f.rule == "REF-DEICTIC-KIND"] == marked


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("(Kèm theo Nghị quyết số 12/NQ-HĐND ngày 07 tháng 02 năm 2026 của Hội đồng nhân dân tỉnh)", ["Chỉ thị này"]),
        ("(Ban hành kèm theo Quyết định số 12/QĐ-UBND)", ["Nghị quyết này", "Chỉ thị này"]),
        ("", ["Nghị quyết này", "Chỉ thị này"]),
    ],
)
def test_the_act_that_a_programme_is_issued_with_is_its_own(line, marked):
    body = "I. NỘI DUNG\n1. Các sở thực hiện Nghị quyết này.\n2. Các phòng phổ biến Nghị quyết này. Các xã thực hiện Chỉ thị này.\n"
    plan = plan_of(f"CHƯƠNG TRÌNH HÀNH ĐỘNG\nPhát triển thư viện\n{line}\n{body}3. Các xã báo cáo kết quả thực hiện Chỉ thị này.\n")
    assert [f.text for f in extract_findings(plan) if f.rule == "REF-DEICTIC-KIND"] == marked


@pytest.mark.parametrize(
    ("heading", "gaps"),
    [
        ("III. TỔ CHỨC THỰC HIỆN\n\n1. Sở Công Thương rà soát chợ.", ["III. T"]),
        ("I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Công Thương rà soát chợ.", []),
        ("III. Sở Công Thương rà soát chợ.", []),
        ("Nội dung\n\nI. MỤC TIÊU\n\nGiữ chợ sạch.\n\nII. TỔ CHỨC THỰC HIỆN\n\n1. Sở Công Thương rà soát chợ.", []),
    ],
)
def test_what_a_resolution_issues_begins_with_the_first(heading: str, gaps: list[str]) -> None:
    """Behind the articles and the signature of the resolution the programme counts for itself; a lone section in capitals tells too."""
    act = "Điều 1. Ban hành kèm theo Quyết định này Chương trình phát triển chợ.\n\nĐiều 2. Quyết định này có hiệu lực từ ngày ký.\n"
    head = f"UBND TỈNH SÔNG LAM\nSố: 12/QĐ-UBND\nSông Lam, ngày 12 tháng 5 năm 2026\n\nQUYẾT ĐỊNH\nBan hành Chương trình chợ\n\n{act}"
    signed = "\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nTrần Văn Mẫu\n\nCHƯƠNG TRÌNH\nPhát triển chợ\n\nCăn cứ tình hình, Ủy ban nhân dân tỉnh ban hành.\n\n"
    found = extract_findings(plan_of(f"{head}{signed}{heading}\n"))
    assert [f.text[:6] for f in found if f.rule == "STR-SECTION-GAP"] == gaps


@pytest.mark.parametrize(
    ("items", "gaps"),
    [
        ("3. Chợ đêm\n3.3. Văn phòng sửa đèn.\n3.4. Văn phòng sửa cổng.", ["3.3. V"]),
        ("3. Chợ đêm\n3.1. Văn phòng sửa đèn.\n3.2. Văn phòng sửa cổng.", []),
        ("3. Chợ đêm\n3.1. Thời gian: quý I.\n3.2. Văn phòng sửa cổng.", []),
        ("3.3. Văn phòng sửa đèn.\n3.4. Văn phòng sửa cổng.", []),
    ],
)
def test_a_nested_list_that_starts_late(items, gaps):
    plan = plan_of(f"KẾ HOẠCH\nSửa chợ\n\nSở Xây dựng ban hành Kế hoạch như sau:\n\nI. NHIỆM VỤ\n1. Đường vào\n2. Nhà lồng\n{items}\n")
    assert [f.text[:6] for f in extract_findings(plan) if f.rule == "STR-SECTION-GAP"] == gaps
