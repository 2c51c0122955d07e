"""Zones, outline, identity and duties on small plans written for the case."""

from __future__ import annotations

import pytest

from extractors.identity import with_identity
from extractors.labels import find, ordinal, parse
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.structure import outline


def plan_of(text: str) -> Plan:
    return with_identity(outline(Plan(from_text(text))))


LABELS = [
    ("I. MỤC ĐÍCH", "I.", "roman"), ("II- NHIỆM VỤ", "II-", "roman"), ("IV – Tổ chức", "IV –", "roman"), ("III/ Nội dung", "III/", "roman"),
    ("A. CÔNG TÁC", "A.", "upper"), ("Phần thứ nhất", "Phần thứ nhất", "part"), ("PHẦN II. GIẢI PHÁP", "PHẦN II.", "part"),
    ("Chương III", "Chương III", "chapter"), ("Điều 5. Trách nhiệm", "Điều 5.", "article"), ("Mục 2. Xử lý", "Mục 2.", "subsection"),
    ("1. Sở Y tế", "1.", "number"), ("2- Tổ chức", "2-", "number"), ("3) Rà soát", "3)", "number"), ("4.Triển khai", "4.", "number"),
    ("10/ Báo cáo", "10/", "number"), ("1.1. Tuyên truyền", "1.1.", "dotted"), ("2.3.1 Kiểm tra", "2.3.1", "dotted"),
    ("4.3.2.Trưởng đoàn", "4.3.2.", "dotted"), ("II.1. Nội dung", "II.1.", "dotted"), ("A.2 Giải pháp", "A.2", "dotted"),
    ("1 . 2. Lost blanks", "1 . 2.", "dotted"), ("a) Mục tiêu", "a)", "letter"), ("đ) Kiểm tra", "đ)", "letter"), ("c. Báo cáo", "c.", "letter"),
    ("b/ Rà soát", "b/", "letter"), ("d)Việc lập", "d)", "letter"), ("(1) Hồ sơ", "(1)", "paren"), ("(a) Hồ sơ", "(a)", "paren"),
    ("(ii) Hồ sơ", "(ii)", "paren"), ("- Chỉ đạo", "-", "dash"), ("– Chỉ đạo", "–", "dash"), ("— Chỉ đạo", "—", "dash"),
    ("-Chỉ đạo", "-", "dash"), ("+ Lập danh sách", "+", "plus"), ("- + Lập danh sách", "+", "plus"), ("• Rà soát", "•", "dot"),
    ("* Rà soát", "*", "dot"), ("▪ Rà soát", "▪", "dot"), ("PHỤ LỤC I", "PHỤ LỤC I", "annex"), ("Phụ lục 02", "Phụ lục 02", "annex"),
    ("Nhiệm vụ 1: Số hóa", "Nhiệm vụ 1:", "task"), ("Nhiệm vụ thứ hai: Số hóa", "Nhiệm vụ thứ hai:", "task"), ("I.MỤC ĐÍCH", "I.", "roman"),
    ("V. TỔ CHỨC", "V.", "roman"), ("X- Kinh phí", "X-", "roman"), ("XI. Phụ trách", "XI.", "roman"), ("B) Nội dung", "B)", "upper"),
    ("C - Kinh phí", "C -", "upper"),
]  # fmt: skip
NO_LABELS = [
    "27/10/2023 là ngày ban hành", "06 tháng đầu năm", "2024-2025 là giai đoạn", "131-QĐ/TW ngày 27/10/2023", "100% đơn vị", "Điều động cán bộ",
    "Chương trình hành động", "Phần mềm quản lý", "Mục tiêu chung", "Mục 4.3.1 Kế hoạch này", "Im lặng", "A Lưới là huyện", "a lô", "1.500 tỷ đồng",
    "27.10.2023 là ngày", "(theo thẩm quyền)", "+84 24 123", "Phụ lục kèm theo Kế hoạch", "Nhiệm vụ trọng tâm", "--- hết ---",
]  # fmt: skip


@pytest.mark.parametrize(("text", "shown", "style"), LABELS)
def test_typed_labels(text, shown, style):
    found = find(text)
    assert found is not None
    assert (found[0].text, found[0].style) == (shown, style)
    assert text[found[1] :].strip() == text[text.index(shown.split()[-1]) + len(shown.split()[-1]) :].strip()


@pytest.mark.parametrize("text", NO_LABELS)
def test_words_that_only_look_like_labels(text):
    assert find(text) is None


@pytest.mark.parametrize(
    ("value", "place"), [("I", 1), ("IV", 4), ("XII", 12), ("a", 1), ("đ", 5), ("e", 6), ("B", 2), ("12", 12), ("hai", 2)]
)
def test_places_in_a_series(value, place):
    assert ordinal(value) == place


def test_displayed_labels_of_readers():
    assert parse("2.1.").path == ("2", "1")
    assert parse("-").style == "dash"
    assert parse("").style == ""


HEAD = "KẾ HOẠCH\n\nKiểm tra an toàn hồ chứa nước\n\nSở Nông nghiệp và Môi trường xây dựng kế hoạch như sau:\n\n"
OUTLINES = [
    # (body, section ids in order)
    ("I. NHIỆM VỤ\n1. Tuần tra\n- Đi kiểm tra hồ.\n2. Báo cáo\n- Gửi báo cáo.", ["I", "I.1", "I.2"]),
    ("I. NHIỆM VỤ\n1. Tuần tra\n1.1. Ban ngày\n- Đi kiểm tra.\n1.2. Ban đêm\n- Trực.", ["I", "I.1", "I.1.1", "I.1.2"]),
    ("I- NHIỆM VỤ\n1- Tuần tra\na) Ban ngày đi kiểm tra.\nb) Ban đêm trực.\n2- Báo cáo tuần.", ["I", "I.1", "I.1.a", "I.1.b", "I.2"]),
    ("A. CHUNG\nI. MỘT\n1. Làm một việc.\nII. HAI\n1. Làm hai việc.\nB. RIÊNG\nI. BA\n1. Làm ba.",
     ["A", "A.I", "A.I.1", "A.II", "A.II.1", "B", "B.I", "B.I.1"]),
    ("II. NHIỆM VỤ\n1. Một việc.\nII. TỔ CHỨC\n1. Hai việc.", ["II", "II.1", "II", "II.1"]),
    ("Chương I QUY ĐỊNH\nĐiều 1. Phạm vi\n1. Việc một.\n2. Việc hai.\nĐiều 2. Trách nhiệm\n1. Việc ba.",
     ["Chương I", "Chương I.Điều 1", "Chương I.Điều 1.1", "Chương I.Điều 1.2", "Chương I.Điều 2", "Chương I.Điều 2.1"]),
    ("A. CHUNG\n1. Làm một việc.\nII. HAI\n1. Làm hai việc.\nC- RIÊNG\n1. Làm ba.\na) Làm bốn.", ["A", "A.1", "A.II", "A.II.1", "C", "C.1", "C.1.a"]),
    ("1. NHIỆM VỤ CHUNG\n1. Làm một việc.\n2. Làm hai việc.\nII. TỔ CHỨC\n1. Làm ba.", ["1", "1.1", "1.2", "II", "II.1"]),
    ("1. MỤC TIÊU\n1. Làm đúng.\n2. Làm đủ.\n2. NHIỆM VỤ\n1. Làm một việc.\n2. Làm hai việc.\n3. TỔ CHỨC\n1. Làm ba.",
     ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1"]),
    ("I. VIỆC\n1. Phòng A làm một việc.\n1. Phòng B làm hai việc.", ["I", "I.1", "I.1"]),
    ("I. VIỆC\n2.1. Không có mục 2\n- Làm.\n2.2. Tiếp theo\n- Làm nữa.", ["I", "I.2.1", "I.2.2"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "ids"), OUTLINES)
def test_outline(body, ids):
    assert [s.id for s in plan_of(HEAD + body).sections] == ids


def test_zones_of_a_whole_plan():
    text = (
        "UBND TỈNH AN HÒA\nSỞ Y TẾ\nSố: 12/KH-SYT\nAn Hòa, ngày 05 tháng 3 năm 2026\n\n" + HEAD.replace("Nông nghiệp và Môi trường", "Y tế")
        + "I. MỤC ĐÍCH, YÊU CẦU\n- Nâng cao ý thức.\nII. NHIỆM VỤ\n1. Phòng Nghiệp vụ lập danh sách.\n"
        "Trên đây là Kế hoạch kiểm tra./.\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nTrần Thị Thử"
    )  # fmt: skip
    plan = plan_of(text)
    zone = {plan.text[p.start : p.end].split("\n")[0][:14]: z for p, z in zip(plan.paragraphs, plan.zones, strict=True)}
    assert zone["KẾ HOẠCH"] == "title"
    assert zone["- Nâng cao ý t"] == "purpose"
    assert zone["1. Phòng Nghiệ"] == "body"
    assert zone["Trên đây là Kế"] == "closing"
    assert zone["- Như trên;"] == "recipients"
    assert zone["Trần Thị Thử"] == "signature"
    found = plan.document
    assert (found.key, found.issued_on, found.place, found.kind, found.regime) == ("12/KH-SYT", "2026-03-05", "An Hòa", "Kế hoạch", "state")
    assert (found.signer, found.signer_position, found.signing_authority) == ("Trần Thị Thử", "Phó Giám đốc", "KT. Giám đốc")
    assert found.provenance["key"].text in plan.text


@pytest.mark.parametrize(
    ("line", "key", "symbol"),
    [("Số: 15/KH-UBND", "15/KH-UBND", "KH-UBND"), ("Số 84 -KH/ĐU", "84-KH/ĐU", "KH/ĐU"), ("Số:      /KH-UBND", None, "KH-UBND"),
     ("Số: …/KH-SYT", None, "KH-SYT"), ("Số 05 - CTr/TU", "05-CTr/TU", "CTr/TU")],
)  # fmt: skip
def test_number_line(line, key, symbol):
    plan = plan_of(f"TỈNH ỦY AN HÒA\n{line}\n\n" + HEAD + "I. VIỆC\n1. Làm.")
    assert (plan.document.key, plan.document.symbol) == (key, symbol)


def test_wrapped_lines_with_blank_lines_between_are_joined():
    text = "KẾ HOẠCH\n\nKiểm tra hồ chứa\n\nCăn cứ Kế hoạch số 12/KH-\n\nUBND ngày 01/3/2026 của Ủy ban nhân dân tỉnh về an toàn\n\nhồ chứa nước;\n"
    plan = plan_of(text)
    assert "Kế hoạch số 12/KH-UBND ngày 01/3/2026 của Ủy ban nhân dân tỉnh về an toàn hồ chứa nước;" in plan.text


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("1. Chuyển đổi số", "1.1. Cài phần mềm họp.", False),
        ("II. Các việc trong tháng", "1. Rà soát sổ sách.", False),
        ("Thực hiện Kế hoạch số", "12/KH-UBND của xã.", True),
        ("Các phòng nộp báo cáo trước ngày", "15 hằng tháng.", True),
    ],
)
def test_a_title_that_ends_in_a_word_of_numbers_does_not_take_the_number_below_it(above, below, joined):
    body = f"Các thôn rà soát sổ sách của các hộ dân trong thôn và gửi danh sách về xã.\n{above}\n{below}\n"
    assert (f"{above} {below}" in from_text(body).text) is joined


def test_footnotes_follow_their_host():
    body = "I. VIỆC\n\n1. Sở Y tế kiểm tra bếp ăn¹ trong toàn tỉnh và báo cáo.\n\n2. Sở Công Thương kiểm tra chợ.\n\n¹ Gồm cả bếp ăn trường học.\n"
    plan = plan_of(HEAD + body)
    kinds = [(p.kind, p.note) for p in plan.paragraphs]
    host = next(i for i, p in enumerate(plan.paragraphs) if "¹" in plan.words(p))
    assert kinds[host + 1] == ("footnote", "¹")


FRONT_HEAD = """ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM
TỈNH SÔNG LAM
BAN THƯỜNG TRỰC
{ornament}
Số: 15/KH-MTTQ-BTT

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Sông Lam, ngày 03 tháng 02 năm 2026

KẾ HOẠCH
Vận động ủng hộ Quỹ Vì người nghèo

Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh xây dựng Kế hoạch như sau:

I. NỘI DUNG
- Vận động các doanh nghiệp ủng hộ Quỹ.
"""


@pytest.mark.parametrize("ornament", ["***", "*", "* * *", "-----", "—o0o—", "~~~", "==="])
def test_ornament_above_the_number_line(ornament):
    document = plan_of(FRONT_HEAD.format(ornament=ornament)).document
    assert (document.key, document.regime) == ("15/KH-MTTQ-BTT", "front")
    assert document.issuer == "Ban Thường trực Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sông Lam"


def test_issuer_takes_its_place_from_the_closing():
    text = (
        FRONT_HEAD.format(ornament="***").split("KẾ HOẠCH", 1)[1]
        + "\nTrên đây là Kế hoạch của Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Sông Lam./.\n"
    )
    plan = plan_of("KẾ HOẠCH" + text + "\nNơi nhận:\n- Lưu: VT.\n")
    assert plan.document.issuer == "Ban Thường trực Ủy ban MTTQ Việt Nam tỉnh Sông Lam"


WRAPPED = """KẾ HOẠCH
Bảo đảm an toàn bến đò ngang

Ủy ban nhân dân xã An Phú xây dựng Kế hoạch như sau:

I. NỘI DUNG
1. Người lái đò phải có chứng chỉ chuyên môn theo quy định tại {end}
{start}; không chở quá số người cho phép trong mùa mưa bão hằng
năm.
2. Bến đò ngang phải có đủ áo phao, dụng cụ nổi cứu sinh cho hành khách qua sông.
"""


@pytest.mark.parametrize(
    ("end", "start"),
    [
        ("khoản 3", "Điều 9 Nghị định số 48/2019/NĐ-CP"), ("điểm a", "Khoản 2 Điều 98a Luật Giao thông đường thủy nội địa"),
        ("khoản 1 Điều 4", "Thông tư số 12/2022/TT-BGTVT"), ("điểm b,", "Mục II Kế hoạch này"),
        ("Luật Giao thông đường thủy nội địa và không trái với", "Điều 9 Quy chế của bến"), ("Thông tư và", "Điều 4, 5 Quy định48"),
    ],
)  # fmt: skip
def test_a_wrapped_citation_is_no_heading(end, start):
    plan = plan_of(WRAPPED.format(end=end, start=start))
    assert [s.id for s in plan.sections] == ["I", "I.1", "I.2"]
    assert any(f"{end} {start};" in " ".join(plan.words(p).split()) for p in plan.paragraphs)


def test_articles_after_a_finished_line_stay_headings():
    body = (
        "KẾ HOẠCH\nGiao ước thi đua\n\nĐiều 1. Nội dung thi đua\nCác đội thực hiện khoản 2\nĐiều 2. Trách nhiệm\nCác đội báo cáo kết quả.\n"
    )
    assert [s.id for s in plan_of(body).sections] == ["Điều 1", "Điều 2"]


def test_a_numbered_detail_keeps_its_number():
    text = (
        WRAPPED.format(end="khoản 1", start="Điều 2 Luật Đường thủy")
        + "3. Kinh phí: từ nguồn ngân sách xã.\n4. Đội bảo vệ bến trực hằng ngày.\n"
    )
    assert [s.id for s in plan_of(text).sections] == ["I", "I.1", "I.2", "I.3", "I.4"]
    assigned = text.replace("từ nguồn ngân sách xã", "Phòng Kinh tế lập dự toán trình Ủy ban nhân dân xã")
    plan = plan_of(assigned)
    assert [s.id for s in plan.sections] == ["I", "I.1", "I.2", "I.3", "I.4"]
    roles = {n.section: n.role for n in plan.nodes if n.section in {"I.3", "I.4"}}
    assert roles == {"I.3": "item", "I.4": "item"}


ATTACHED = """ỦY BAN NHÂN DÂN
TỈNH AN HÒA
Số: 45/QĐ-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Hòa, ngày 02 tháng 4 năm 2025

QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phát triển thư viện số

CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN HÒA
Căn cứ Luật Thư viện ngày 21/11/2019;

QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển thư viện số.
Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ký.
Điều 3. Giám đốc Sở Văn hóa và Thủ trưởng các đơn vị liên quan chịu trách nhiệm thi hành Quyết định này./.

Nơi nhận:
- Như Điều 3;
- Lưu: VT.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Lê Văn B

KẾ HOẠCH
Phát triển thư viện số
(Kèm theo Quyết định số 45/QĐ-UBND ngày 02/4/2025 của Ủy ban nhân dân tỉnh)

I. MỤC TIÊU
Đạt 500 đầu sách số.

II. NHIỆM VỤ
Các sở, ban, ngành thực hiện các nhiệm vụ sau:
1. Về hạ tầng
a) Nâng cấp máy chủ trước ngày 30/9/2025.
b) Số hóa kho sách quý.
2. Về con người
a) Tập huấn thủ thư.

PHỤ LỤC
DANH MỤC THIẾT BỊ
1. Máy quét.
2. Máy chủ.
"""


def test_a_plan_behind_the_signature_of_its_act_is_a_body():
    plan = plan_of(ATTACHED)
    assert plan.document.kind == "Quyết định"
    assert [s.id for s in plan.sections] == [
        "Điều 1", "Điều 2", "Điều 3", "I", "II", "II.1", "II.1.a", "II.1.b", "II.2", "II.2.a", "Phụ lục", "Phụ lục.1", "Phụ lục.2",
    ]  # fmt: skip
    by_words = {plan.text[p.body : p.end]: z for p, z in zip(plan.paragraphs, plan.zones, strict=True)}
    assert by_words["Số hóa kho sách quý."] == "body"
    assert by_words["Đạt 500 đầu sách số."] == "purpose"
    assert by_words["Máy quét."] == "annex"


@pytest.mark.parametrize("named, zone", [
    ("KẾ HOẠCH (kèm theo Quyết định số 45/QĐ-UBND)", "body"),
    ("KẾ HOẠCH CHI TIẾT (Ban hành kèm theo Quyết định số 45/QĐ-UBND ngày 02/4/2025)", "body"),
    ("KẾ HOẠCH Phát triển thư viện số (Kèm theo Quyết định số 45/QĐ-UBND)", "body"),
    ("Kế hoạch phát triển thư viện số - Kèm theo Quyết định số 45/QĐ-UBND", "body"),
    ("Kế hoạch\nPhát triển thư viện số\n(Kèm theo Quyết định số 45/QĐ-UBND)", "body"),
    ("PHƯƠNG ÁN [đính kèm Quyết định số 45/QĐ-UBND]", "body"),
    ("THỂ LỆ (Kèm theo Quyết định số 45/QĐ-UBND)", "body"),
    ("PHỤ LỤC (Kèm theo Quyết định số 45/QĐ-UBND)", "annex"),
    ("Kế hoạch phát triển thư viện số", "signature"),
])  # fmt: skip
def test_what_is_attached_names_its_kind_and_its_act_on_one_line(named: str, zone: str) -> None:
    before, _, behind = ATTACHED.partition("KẾ HOẠCH\nPhát triển")
    plan = plan_of(f"{before}{named}\n{behind.partition('tỉnh)')[2]}".split("PHỤ LỤC\nDANH")[0])
    by_words = {plan.text[p.body : p.end]: z for p, z in zip(plan.paragraphs, plan.zones, strict=True)}
    assert by_words["Số hóa kho sách quý."] == zone


def test_place_and_date_at_the_end_date_a_text_without_header():
    plan = plan_of(HEAD + "I. VIỆC\n1. Trạm bơm kiểm tra cửa cống.\n\nAn Hòa, ngày 28 tháng 4 năm 2026\nTRẠM TRƯỞNG\nLê Văn Thử\n")
    assert (plan.document.issued_on, plan.document.place) == ("2026-04-28", "An Hòa")
    assert plan.zones[-3:] == ("signature",) * 3


@pytest.mark.parametrize("caption", [
    "Phân công nhiệm vụ cụ thể (Kèm theo Kế hoạch số 215/KH-UBND ngày 12/3/2026 của UBND tỉnh)",
    "Triển khai các việc trọng tâm\n(Ban hành kèm theo Kế hoạch số 215/KH-UBND)",
])  # fmt: skip
def test_the_caption_of_an_annex_before_the_signature_is_a_heading(caption: str) -> None:
    tail = "Nơi nhận:\n- Các sở;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Thử\n"
    text = HEAD + f"I. VIỆC\n1. Sở Nội vụ rà soát trạm bơm.\nPHỤ LỤC\n{caption}\n1. Nâng cấp đường truyền. Chủ trì: Sở Nội vụ.\n" + tail
    plan = plan_of(text)
    (named,) = (n for n in plan.nodes if plan.words(plan.paragraphs[n.index]) == caption.split("\n")[0])
    assert (named.section, named.role) == ("Phụ lục", "heading")


@pytest.mark.parametrize("title", ["NHIỆM VỤ", "NHIỆM VỤ VÀ GIẢI PHÁP CHỦ YẾU", "NỘI DUNG THỰC HIỆN:", "TRÁCH NHIỆM CỦA CÁC PHÒNG"])
def test_a_title_of_work_that_lost_its_number_leaves_the_purposes(title: str) -> None:
    plan = plan_of(f"KẾ HOẠCH\nRà soát hồ sơ\nI. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nBảo đảm thống nhất.\n{title}\n1. Văn phòng rà soát hồ sơ.\n")
    assert [plan.zones[i] for i, p in enumerate(plan.paragraphs) if plan.text[p.start : p.end] == title] == ["body"]
    assert next(s.title for s in plan.sections if s.parent is None) == "MỤC ĐÍCH, YÊU CẦU"
    assert plan.zones[-1] == "body"


@pytest.mark.parametrize(("label", "section"), [("2.", "2"), ("B.", "B"), ("2/", "2"), ("II.", "II")])
def test_a_title_of_work_with_a_number_of_another_kind_leaves_the_purposes(label: str, section: str) -> None:
    plan = plan_of(
        "KẾ HOẠCH\nRà soát hồ sơ\nI. MỤC ĐÍCH, YÊU CẦU\n1. Bảo đảm thống nhất.\n"
        f"{label} NHIỆM VỤ VÀ GIẢI PHÁP\n1. Văn phòng rà soát hồ sơ.\nIII. TỔ CHỨC THỰC HIỆN\n1. Phòng Nội vụ báo cáo.\n"
    )
    assert [s.id for s in plan.sections] == ["I", "I.1", section, f"{section}.1", "III", "III.1"]
    assert [plan.zones[i] for i, p in enumerate(plan.paragraphs) if "rà soát hồ sơ." in plan.words(p)] == ["body"]


def test_a_number_in_capitals_that_names_no_work_stays_in_the_purposes() -> None:
    plan = plan_of("KẾ HOẠCH\nRà soát hồ sơ\nI. MỤC ĐÍCH, YÊU CẦU\n1. MỤC ĐÍCH\n- Bảo đảm thống nhất.\n2. YÊU CẦU\n- Làm đúng hạn.\n")
    assert [s.id for s in plan.sections] == ["I", "I.1", "I.2"]


CONCLUSIONS = """Thông báo kết luận của Giám đốc Sở Y tế tại hội nghị giao ban quý III năm 2025.
Ngày 06/10/2025, Sở Y tế đã tổ chức Hội nghị giao ban. Sau khi nghe báo cáo, Giám đốc Sở kết luận như sau:
Trong quý III, được sự quan tâm của Ủy ban nhân dân tỉnh, ngành y tế đã hoàn thành các chỉ tiêu được giao.
Bên cạnh đó, việc cập nhật hồ sơ ở một số trạm còn chậm.
{between}Giám đốc Sở yêu cầu các phòng, đơn vị trực thuộc tập trung một số vấn đề sau:
1. Rà soát nhân lực, báo cáo trước ngày 20/10/2025.
2. Phòng Nghiệp vụ Y theo dõi, đôn đốc.
Thừa lệnh Giám đốc, Văn phòng Sở xin thông báo để các phòng triển khai thực hiện.
"""


@pytest.mark.parametrize(
    ("between", "opening"),
    [("", 4), ("Các trạm phải cập nhật hồ sơ trong tháng 10/2025.\n", 2)],
)
def test_conclusions_tell_how_things_went_before_they_ask(between: str, opening: int) -> None:
    """What must be done stays in the body; the last line, which only hands the paper on, closes it."""
    plan = plan_of(CONCLUSIONS.format(between=between))
    zones = [zone for zone in plan.zones if zone in ("title", "opening")]
    assert (plan.document.kind, len(zones), plan.zones[-1]) == ("Thông báo", opening, "closing")


WEB = """KẾ HOẠCH

Phòng chống dịch bệnh sau lũ

Thực hiện chỉ đạo của cấp trên,
Ủy ban nhân dân xã ban hành Kế hoạch như sau:

""" + "\n".join(
    f"{n}. {line}\n"
    for n, line in enumerate(
        [
            "Mặt trận xã, Đoàn\nThanh niên, Hội Phụ nữ giúp dân.", "Kích hoạt Ban Chỉ huy\nPhòng thủ dân sự xã.", "Trạm Y tế phun thuốc.",
            "Công an xã trực bến đò.", "Các thôn thống kê thiệt hại.", "Văn phòng tổng hợp.", "Trường học dọn bùn.", "Kế toán lập dự toán.",
        ],
        1,
    )
)  # fmt: skip


def test_where_blank_lines_part_all_paragraphs_a_line_below_goes_on_whatever_it_begins_with():
    text = plan_of(WEB).text
    assert "Mặt trận xã, Đoàn Thanh niên, Hội Phụ nữ giúp dân." in text
    assert "Kích hoạt Ban Chỉ huy Phòng thủ dân sự xã." in text
    assert "dân.\n2. Kích hoạt" in text


def test_an_item_that_a_page_break_cut_in_two_is_one():
    """The line is full and has no end mark; a short one ends its paragraph."""
    long = "- Chủ trì, phối hợp với các phòng liên quan rà soát, đề xuất mức hỗ trợ, trình Thủ tướng"
    items = "\n\n".join(f"- Việc số {n} của phòng được làm xong trong tháng." for n in range(10))
    filler = "Thực hiện chỉ đạo của cấp trên về công tác này trên địa bàn, Ủy ban nhân dân xã Hòa An\nban hành Kế hoạch như sau:"
    text = plan_of(f"KẾ HOẠCH\n\nHỗ trợ\n\n{filler}\n\n{items}\n\n{long}\n\nChính phủ xem xét.\n\n- Việc ngắn\n\nCác thôn báo cáo.\n").text
    assert "trình Thủ tướng Chính phủ xem xét." in text
    assert "Việc ngắn\nCác thôn báo cáo." in text


def test_a_title_that_a_converter_repeats_in_each_column_is_one_cell():
    rows = ["| TT | Nhiệm vụ | Chủ trì | Phối hợp | Thời gian |", "|---|---|---|---|---|", "| I | " + " | ".join(["An sinh xã hội"] * 4) + " |"]
    rows += ["| 1 | Tặng quà hộ nghèo | Phòng Y tế | Các thôn | Các thôn |"]
    table = [p for p in plan_of("KẾ HOẠCH\n\nAn sinh\n\nI. VIỆC\n\n" + "\n".join(rows) + "\n").paragraphs if p.kind == "row"]
    assert [(len(p.cells), p.cells[1].column_span) for p in table[1:]] == [(2, 4), (5, 1)]


def test_a_section_by_a_letter_behind_its_word_leaves_the_purposes():
    text = "KẾ HOẠCH\nTrồng rừng\n\nA. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\nNâng cao độ che phủ.\n## Mục B. TỔ CHỨC THỰC HIỆN\n1. Hạt Kiểm lâm\nTrồng 50 ha rừng.\n"
    plan = plan_of(text)
    assert [zone for zone in plan.zones if zone in ("purpose", "body")] == ["purpose"] * 3 + ["body"] * 3


def test_recipients_whose_title_was_lost_end_the_text():
    lines = ["1. Phòng A rà soát sổ.", "2. Phòng B báo cáo.", "- Như trên;", "- Các phó chủ tịch;", "- Lưu: VT, KT."]
    plan = plan_of("KẾ HOẠCH\nKiểm kê\n\nI. VIỆC\n" + "\n".join(lines) + "\n")
    assert plan.zones[-5:] == ("body", "body", "recipients", "recipients", "recipients")
