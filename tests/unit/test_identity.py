"""Who issued a document: launch clause and header against each other, regime of mass organisations, names in capitals."""

from __future__ import annotations

import pytest

from extractors import load, read_source
from extractors.casing import proper
from extractors.citations import extract_citations, find_citations
from extractors.identity import with_identity
from extractors.normalize import assemble, from_text
from extractors.plan import Plan
from extractors.structure import outline
from schemas.document import Piece, RawBlock, RawDocument
from schemas.record import Document
from schemas.text import LineAnchor

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
COMPANY = HEAD.replace("ỦY BAN NHÂN DÂN\nHUYỆN GÒ DẦU", "HỢP TÁC XÃ SÁCH GÒ DẦU")
STEERING = HEAD.replace("ỦY BAN NHÂN DÂN\nHUYỆN GÒ DẦU", "BAN CHỈ ĐẠO PHÒNG, CHỐNG LỤT BÃO\nHUYỆN GÒ DẦU")
TEAM = HEAD.replace("HUYỆN GÒ DẦU", "HUYỆN GÒ DẦU\nTỔ CÔNG TÁC LÀM SẠCH KHO,\nLÀM GỌN HỒ SƠ")
OFFICE = HEAD.replace("ỦY BAN NHÂN DÂN\nHUYỆN GÒ DẦU", "HUYỆN ỦY GÒ DẦU\nVĂN PHÒNG")
ISSUERS = [
    (HEAD, GUIDED, HUYEN),
    (HEAD, "Chủ tịch Ủy ban nhân dân huyện giao Ủy ban nhân dân các xã, Công an huyện triển khai các việc sau:", HUYEN),
    ("", GUIDED, None),
    (HEAD, "Ủy ban nhân huyện ban hành Kế hoạch kiểm tra như sau:", HUYEN),
    (STEERING, "Ban Chỉ đạo 17 xây dựng Kế hoạch như sau:", "Ban Chỉ đạo phòng, chống lụt bão huyện Gò Dầu"),
    (STEERING, "Ban Chỉ đạo 17 huyện xây dựng Kế hoạch như sau:", "Ban Chỉ đạo phòng, chống lụt bão huyện Gò Dầu"),
    (STEERING, "Ban Chỉ đạo PCLB huyện xây dựng Kế hoạch như sau:", "Ban Chỉ đạo phòng, chống lụt bão huyện Gò Dầu"),
    (STEERING, "Ban Chỉ huy quân sự huyện xây dựng Kế hoạch như sau:", "Ban Chỉ huy quân sự huyện"),
    (TEAM, "Tổ công tác xây dựng Kế hoạch như sau:", "Tổ công tác làm sạch kho, làm gọn hồ sơ"),
    ("", "Thực hiện Kế hoạch số 9/KH-BYT-BCA của Bộ Y tế và Bộ Công an, Tổ công tác ban hành Kế hoạch như sau:", "Tổ công tác"),
    (HEAD, "Ủy ban Mặt trận Tổ quốc huyện xây dựng Kế hoạch như sau:", "Ủy ban Mặt trận Tổ quốc huyện"),
    (OFFICE, "Văn phòng xây dựng Kế hoạch như sau:", "Văn phòng Huyện ủy Gò Dầu"),
    (OFFICE, "Văn phòng Huyện ủy xây dựng Kế hoạch như sau:", "Văn phòng Huyện ủy Gò Dầu"),
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
    ("", "Sở Nội vụ, Sở Tài chính và Sở Y tế thống nhất ban hành Kế hoạch như sau:", "Sở Nội vụ, Sở Tài chính và Sở Y tế"),
    ("", "Thực hiện Kế hoạch số 9-KH/TU của Thành ủy, Sở Nội vụ và Sở Y tế ban hành Kế hoạch như sau:", "Sở Nội vụ và Sở Y tế"),
    ("BỘ GIÁO DỤC VÀ ĐÀO TẠO\n\n", "Thực hiện Nghị quyết số 5-NQ/TW, Bộ GDĐT ban hành Kế hoạch như sau:", "Bộ Giáo dục và Đào tạo"),
    # who orders others to act issues; the head of the body above speaks for it
    ("", "Thực hiện Chỉ thị số 5-CT/TU của Tỉnh ủy, UBND huyện Gò Dầu yêu cầu các phòng và UBND các xã triển khai một số nội dung sau:", "UBND huyện Gò Dầu"),
    ("", "UBND tỉnh yêu cầu các sở, Sở Y tế, Sở Nội vụ xây dựng kế hoạch với những nội dung sau:", "UBND tỉnh"),
    ("", "Để chủ động chống hạn, Sở Nội vụ giao các phòng thực hiện:", "Sở Nội vụ"),
    (HEAD, "Chủ tịch UBND huyện yêu cầu các phòng tập trung thực hiện:", HUYEN),
    # what the plan organises is no issuer, nor is a nameless board
    ("", "Bảo tàng tỉnh ban hành Kế hoạch tổ chức Hội nghị trực tuyến hướng dẫn, cụ thể như sau:", "Bảo tàng tỉnh"),
    ("", "Sở Nội vụ xây dựng Kế hoạch tổ chức Đoàn kiểm tra hướng dẫn cơ sở như sau:", "Sở Nội vụ"),
    ("", "Để hỗ trợ cơ sở, Hội Khuyến học tỉnh ban hành Kế hoạch như sau:", "Hội Khuyến học tỉnh"),
    (COMPANY, "Nhằm mở rộng thị phần, Ban Giám đốc ban hành Kế hoạch như sau:", "Hợp tác xã Sách Gò Dầu"),
    ("", "Nhằm mở rộng thị phần, Ban Giám đốc ban hành Kế hoạch như sau:", "Ban Giám đốc"),
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
        ("Ban Công tác Mặt trận Khu phố 2", "front"),
        ("Trường Tiểu học Đoàn Kết", "state"),
        ("Ủy ban nhân dân xã Đoàn Kết", "state"),
    ],
)
def test_regime_by_issuer(issuer, regime):
    document = identity(f"{issuer} ban hành Kế hoạch như sau:")
    assert (document.issuer, document.regime) == (issuer, regime)


@pytest.mark.parametrize(
    ("lines", "issuer", "superior"),
    [
        ("KIỂM TOÁN NHÀ NƯỚC\nKIỂM TOÁN NHÀ NƯỚC KHU VỰC VI", "Kiểm toán nhà nước khu vực VI", "Kiểm toán nhà nước"),
        ("KIỂM TOÁN NHÀ NƯỚC\nKHU VỰC VI", "Kiểm toán nhà nước khu vực VI", None),
        ("KHO BẠC NHÀ NƯỚC\nKHO BẠC NHÀ NƯỚC KHU VỰC XIV", "Kho bạc Nhà nước khu vực XIV", "Kho bạc Nhà nước"),
        ("ĐÀI KHÍ TƯỢNG\nĐÀI KHÍ TƯỢNG THỦY VĂN SÔNG LAM", "Đài khí tượng thủy văn Sông Lam", "Đài khí tượng"),
        ("TÒA ÁN NHÂN DÂN\nTÒA ÁN NHÂN DÂN TỈNH SÔNG LAM", "Tòa án nhân dân tỉnh Sông Lam", "Tòa án nhân dân"),
        ("CỤC THUẾ\nTHUẾ TỈNH SÔNG LAM", "Thuế tỉnh Sông Lam", "Cục thuế"),
        ("SỞ KHOA HỌC\nVÀ CÔNG NGHỆ", "Sở Khoa học và Công nghệ", None),
    ],
)
def test_own_name_below_the_name_it_repeats(lines, issuer, superior):
    head = f"{lines}\nSố: 12/KH-KV\nSông Lam, ngày 5 tháng 3 năm 2026\n\n"
    document = identity("Thực hiện nhiệm vụ được giao, đơn vị triển khai như sau:", head)
    assert (document.issuer, document.superior) == (issuer, superior)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("CHI CỤC KIỂM LÂM VÙNG IV", "Chi cục Kiểm lâm vùng IV"),
        ("PHÒNG KỸ THUẬT VI TÍNH", "Phòng kỹ thuật vi tính"),
        ("SỞ GDĐT TỈNH ĐỒNG THÁP", "Sở GDĐT tỉnh Đồng Tháp"),
        ("SỞ GDĐT ĐỒNG THÁP", "Sở GDĐT Đồng Tháp"),
        ("SỞ GD&ĐT BÌNH THUẬN", "Sở GD&ĐT Bình Thuận"),
        ("PHÒNG GIÁO DỤC & ĐÀO TẠO QUẬN 3", "Phòng Giáo dục & Đào tạo quận 3"),
        ("PHÒNG GIÁO DỤC VÀ ĐÀO TẠO QUẬN 3", "Phòng Giáo dục và Đào tạo quận 3"),
        ("TRƯỜNG TH & THCS KIM ĐỒNG", "Trường TH & THCS Kim Đồng"),
        ("TRƯỜNG THCS VÀ THPT BÌNH AN", "Trường THCS và THPT Bình An"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG ĐOÀN", "Ban Chấp hành Trung ương Đoàn"),
        ("PHÓ TRƯỞNG BAN THƯỜNG TRỰC", "Phó trưởng ban Thường trực"),
        ("TRƯỜNG MẦM NON HOA MAI", "Trường Mầm non Hoa Mai"),
        ("TRƯỜNG MẪU GIÁO HOA MAI", "Trường Mẫu giáo Hoa Mai"),
        ("TRƯỜNG TRUNG HỌC CƠ SỞ HOA MAI", "Trường Trung học cơ sở Hoa Mai"),
        ("BAN CÔNG TÁC MẶT TRẬN KHU PHỐ 2", "Ban Công tác Mặt trận khu phố 2"),
        ("XÃ NGHĨA ĐÔ", "Xã Nghĩa Đô"),
        ("UBND XÃ AN HÒA - BAN THƯỜNG TRỰC ỦY BAN MTTQ XÃ AN HÒA", "UBND xã An Hòa - Ban Thường trực Ủy ban MTTQ xã An Hòa"),
        ("SỞ NỘI VỤ - HỘI KHUYẾN HỌC TỈNH", "Sở Nội vụ - Hội Khuyến học tỉnh"),
        ("PHÒNG VĂN HÓA - XÃ HỘI", "Phòng Văn hóa - Xã hội"),
        ("QUẬN ỦY 5", "Quận ủy 5"),
        ("ĐOÀN KIỂM TRA LIÊN NGÀNH VỀ KHO SÁCH", "Đoàn kiểm tra liên ngành về kho sách"),
    ],
)
def test_proper_case(printed, name):
    assert proper(printed) == name


@pytest.mark.parametrize(
    ("number", "kind"), [("967/UBND-VX", "Công văn"), ("967/KH-UBND", "Kế hoạch"), ("12/2025/NQ-CP", "Nghị quyết"), ("12-KH/TU", "Kế hoạch")]
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


CONCLUDED = (
    "I. THÀNH PHẦN\n1. Chủ trì: đồng chí Lê Văn Tám.\nII. NỘI DUNG\n"
    "Thay mặt lãnh đạo, đồng chí Lê Văn Tám, Chủ tịch UBND huyện kết luận các nội dung như sau:\n1. Phòng Nội vụ rà soát hồ sơ.\n"
)


@pytest.mark.parametrize(
    ("kind", "closing", "issuer"),
    [
        ("THÔNG BÁO", "", "Văn phòng Ủy ban nhân dân huyện Gò Dầu"),
        (
            "THÔNG BÁO",
            "Trên đây là kết luận của Chủ tịch UBND huyện. Văn phòng UBND huyện thông báo để các cơ quan biết./.",
            "Văn phòng Ủy ban nhân dân huyện Gò Dầu",
        ),
        ("KẾT LUẬN", "", "Chủ tịch UBND huyện"),
    ],
)
def test_a_notice_tells_what_somebody_else_concluded(kind, closing, issuer):
    head = HEAD.replace("GÒ DẦU\n", "GÒ DẦU\nVĂN PHÒNG\n", 1)
    opening = "Ngày 5/3/2024, UBND huyện đã họp. Sau khi nghe các phòng báo cáo, Chủ tịch UBND huyện kết luận như sau:"
    text = f"{head}{kind}\nÝ kiến tại cuộc họp về thư viện\n\n{opening}\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n\n{closing}\n"
    assert with_identity(outline(Plan(from_text(text)))).document.issuer == issuer


def test_who_chaired_a_meeting_on_another_plan_is_no_issuer():
    head = HEAD.replace("GÒ DẦU\n", "GÒ DẦU\nVĂN PHÒNG\n", 1)
    opening = "Ngày 5/3/2024, Chủ tịch UBND huyện chủ trì họp nghe báo cáo tình hình triển khai Kế hoạch số 5/KH-UBND. Chủ tịch kết luận như sau:"
    text = f"{head}THÔNG BÁO\nÝ kiến tại cuộc họp về thư viện\n\n{opening}\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n"
    assert with_identity(outline(Plan(from_text(text)))).document.issuer == "Văn phòng Ủy ban nhân dân huyện Gò Dầu"


@pytest.mark.parametrize(("head", "issuer"), [(HEAD.replace("ỦY BAN NHÂN DÂN", "VĂN PHÒNG UBND"), "Văn phòng UBND huyện Gò Dầu")])
def test_who_concludes_a_meeting_below_a_letterhead_is_no_issuer(head, issuer):
    text = f"{head}THÔNG BÁO\nKết luận của Chủ tịch UBND huyện tại cuộc họp giao ban\n\nNgày 5/3/2024, UBND huyện đã họp.\n{CONCLUDED}"
    assert with_identity(outline(Plan(from_text(text)))).document.issuer == issuer


SIGNED = [
    ("TL. GIÁM ĐỐC\nGIÁM ĐỐC TRUNG TÂM LƯU TRỮ SÁCH ĐIỆN TỬ\nLê Thị Mai", "Lê Thị Mai", "Giám đốc Trung tâm Lưu trữ sách điện tử"),
    ("TL. GIÁM ĐỐC\nTRƯỞNG PHÒNG HÀNH CHÍNH\nLê Thị Mai", "Lê Thị Mai", "Trưởng phòng hành chính"),
    ("TM. BAN CHỈ ĐẠO\nPHÓ TRƯỞNG BAN THƯỜNG TRỰC\nLê Thị Mai", "Lê Thị Mai", "Phó trưởng ban Thường trực"),
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Thị Mai", "Lê Thị Mai", "Phó Giám đốc"),
    ("HIỆU TRƯỞNG (đã ký)\nPGS.TS. Lê Thị Mai", "Lê Thị Mai", "Hiệu trưởng"),
    ("TRƯỞNG BAN\nPHÓ CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN\nLê Thị Mai", "Lê Thị Mai", "Trưởng ban"),
    ("TỔ TRƯỞNG\n\nPHÓ CHỦ TỊCH UBND TỈNH\nLê Thị Mai", "Lê Thị Mai", "Tổ trưởng"),
    ("KT. TỔ TRƯỞNG\nTỔ PHÓ THƯỜNG TRỰC\nLê Thị Mai", "Lê Thị Mai", "Tổ phó Thường trực"),
    ("TRƯỞNG BAN\nPHÓ THỦ TƯỚNG\nLê Thị Mai", "Lê Thị Mai", "Trưởng ban"),
    ("KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nGIÁM ĐỐC SỞ NỘI VỤ\nLê Thị Mai", "Lê Thị Mai", "Phó trưởng ban"),
    ("CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Mai", "Lê Thị Mai", "Phó Chủ tịch"),
    ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê Thị Mai", "Lê Thị Mai", "Phó Chánh Văn phòng"),
    ("TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê Thị Mai", "Lê Thị Mai", "Phó Chánh Văn phòng"),
    ("GIÁM ĐỐC\nH'Lan Mlô", "H'Lan Mlô", "Giám đốc"),
    ("GIÁM ĐỐC\nRơ Châm H’Nga", "Rơ Châm H’Nga", "Giám đốc"),
    ("NGƯỜI BÁO CÁO\nNguyễn Văn Bình", "Nguyễn Văn Bình", None),
    ("NGƯỜI LẬP KẾ HOẠCH\n\nNguyễn Văn Bình", "Nguyễn Văn Bình", None),
    ("GIÁM ĐỐC (Đã ký) Lê Thị Mai", "Lê Thị Mai", "Giám đốc"),
    ("TM. BAN CHỈ ĐẠO\nTRƯỞNG BAN (đã ký, đóng dấu) Nguyễn Văn Bình", "Nguyễn Văn Bình", "Trưởng ban"),
    ("KIỂM TOÁN TRƯỞNG\nLê Thị Mai", "Lê Thị Mai", "Kiểm toán trưởng"),
    ("KT. KIỂM TOÁN TRƯỞNG\nPHÓ KIỂM TOÁN TRƯỞNG\nLê Thị Mai", "Lê Thị Mai", "Phó Kiểm toán trưởng"),
    ("TỔNG KIỂM TOÁN NHÀ NƯỚC\nLê Thị Mai", "Lê Thị Mai", "Tổng Kiểm toán nhà nước"),
    ("KT. TỔNG KIỂM TOÁN NHÀ NƯỚC\nPHÓ TỔNG KIỂM TOÁN NHÀ NƯỚC\nLê Thị Mai", "Lê Thị Mai", "Phó Tổng Kiểm toán nhà nước"),
    ("CHÁNH ÁN\nLê Thị Mai", "Lê Thị Mai", "Chánh án"),
    ("KT. VIỆN TRƯỞNG\nPHÓ VIỆN TRƯỞNG\nLê Thị Mai", "Lê Thị Mai", "Phó Viện trưởng"),
    ("CHI CỤC TRƯỞNG\nLê Thị Mai", "Lê Thị Mai", "Chi cục trưởng"),
    ("CỤC TRƯỞNG\nLê Thị Mai", "Lê Thị Mai", "Cục trưởng"),
    ("KT. CHÁNH THANH TRA\nPHÓ CHÁNH THANH TRA\nLê Thị Mai", "Lê Thị Mai", "Phó Chánh Thanh tra"),
    ("CHÁNH THANH TRA TỈNH\nLê Thị Mai", "Lê Thị Mai", "Chánh Thanh tra tỉnh"),
    ("TRƯỞNG THUẾ TỈNH\nLê Thị Mai", "Lê Thị Mai", "Trưởng Thuế tỉnh"),
]


@pytest.mark.parametrize(("block", "signer", "position"), SIGNED, ids=range(len(SIGNED)))
@pytest.mark.parametrize("recipients", ["Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n", ""])
def test_signature(block, signer, position, recipients):
    document = identity("Sở Nội vụ ban hành Kế hoạch như sau:", body=f"1. Trung tâm Lưu trữ sách điện tử rà soát hồ sơ.\n\n{recipients}{block}")
    assert (document.signer, document.signer_position) == (signer, position)


BESIDE = [
    "Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Thanh tra tỉnh (b/c); KT. CHỦ TỊCH\n- Các sở, ban, ngành; PHÓ CHỦ TỊCH\n- Lưu: VT, NC.\n\nY Thắng Niê Kđăm",
    "Nơi nhận:\n- Thanh tra tỉnh (b/c); KT. CHỦ TỊCH\n- Các sở, ban, ngành; PHÓ CHỦ TỊCH\n- Lưu: VT, NC.\n\nY Thắng Niê Kđăm",
]


@pytest.mark.parametrize("block", BESIDE)
def test_signature_beside_the_recipients(block):
    document = identity("Sở Nội vụ ban hành Kế hoạch như sau:", body=f"1. Trung tâm Lưu trữ sách điện tử rà soát hồ sơ.\n\n{block}")
    assert (document.signer, document.signer_position) == ("Y Thắng Niê Kđăm", "Phó Chủ tịch")
    assert document.recipients == ("Thanh tra tỉnh", "Các sở, ban, ngành")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Ngày 02 tháng 01 năm 2026", "2026-01-02"), ("An Hòa, ngày 02 tháng 01 năm 2026", "2026-01-02"), ("Ngày 32 tháng 01 năm 2026", None),
        ("Ngày 02 tháng 01 năm 2026 là ngày họp", None),
    ],
)  # fmt: skip
def test_a_date_without_its_place(line, day):
    head = f"SỞ NỘI VỤ\nSố: 5/KH-SNV\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\n{line}\n\n"
    assert identity("Sở Nội vụ ban hành Kế hoạch như sau:", head).issued_on == day


@pytest.mark.parametrize(
    ("second", "title"),
    [
        ("Kỷ niệm 10 năm Ngày Sách (21/4/2016 - 21/4/2026)", "Tổ chức Ngày hội ở khu dân cư Kỷ niệm 10 năm Ngày Sách (21/4/2016 - 21/4/2026)"),
        ("Giai đoạn 2026 - 2030", "Tổ chức Ngày hội ở khu dân cư Giai đoạn 2026 - 2030"),
        ("NĂM HỌC 2025 - 2026", "Tổ chức Ngày hội ở khu dân cư NĂM HỌC 2025 - 2026"),
        ("Năm 2025 là năm bản lề của nhiệm kỳ.", "Tổ chức Ngày hội ở khu dân cư"),
        ("Thực hiện nhiệm vụ năm 2025, Sở Nội vụ ban hành Kế hoạch như sau:", "Tổ chức Ngày hội ở khu dân cư"),
    ],
)
def test_a_title_goes_on_with_occasion_period_or_area(second, title):
    text = f"KẾ HOẠCH\nTổ chức Ngày hội ở khu dân cư\n\n{second}\n\nSở Nội vụ ban hành Kế hoạch như sau:\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n"
    assert with_identity(outline(Plan(from_text(text)))).document.title == title


LETTER = """ĐẢNG BỘ TỈNH AN HÒA
ĐẢNG ỦY XÃ TÂN LẬP
*
Số 12-CV/ĐU
Góp ý dự thảo thực hiện Kế hoạch số 83-KH/TU của Ban Thường vụ Tỉnh ủy
ĐẢNG CỘNG SẢN VIỆT NAM
Tân Lập, ngày 03 tháng 6 năm 2026
Kính gửi: Các đồng chí Ủy viên Ban Thường vụ Đảng ủy.
Thường trực Đảng ủy gửi các đồng chí nghiên cứu 02 dự thảo, cụ thể gồm:
- Dự thảo Thông báo kết luận đối với Chi bộ thôn Đông.
- Dự thảo Thông báo kết luận đối với Chi bộ Trường Mẫu giáo.
Đề nghị các đồng chí gửi ý kiến về Văn phòng Đảng ủy trước ngày 08/6/2026.
Nơi nhận:
- Như trên;
- Lưu VPĐU.
T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG
Lê Văn An
"""


def test_a_party_letter_has_its_subject_under_the_number_and_asks_without_numbers():
    record = read_source(load(spans=False), from_text(LETTER))
    assert record.document.title == "Góp ý dự thảo thực hiện Kế hoạch số 83-KH/TU của Ban Thường vụ Tỉnh ủy"
    assert [c.issuer for c in record.citations] == ["Ban Thường vụ Tỉnh ủy"]
    assert [(d.modality, d.lead) for d in record.duties] == [("request", ("các đồng chí",))]


def test_a_letter_that_prints_its_kind_keeps_it_out_of_the_issuer():
    text = "UBND XÃ TÂN LẬP\nSỐ: 45/CV-UBND\nAn Hòa, ngày 12 tháng 9 năm 2026\nCÔNG VĂN\nVề việc học chữ\nKính gửi: Các thôn\n1. Các thôn rà soát.\n"
    document = read_source(load(spans=False), from_text(text)).document
    assert (document.issuer, document.kind, document.title) == ("UBND xã Tân Lập", "Công văn", "Về việc học chữ")


def test_a_law_named_alone_takes_the_number_that_the_text_gives_it():
    text = "Thi hành Luật Việc làm. Luật Việc làm số 74/2025/QH15 được thông qua năm 2025."
    assert [c.key for c in find_citations(text)] == ["74/2025/QH15", "74/2025/QH15"]


WIRE = """CÔNG ĐIỆN

VỀ DỰNG LẠI NHÀ Ở CHO NHÂN DÂN VÙNG THIÊN TAI

THỦ TƯỚNG CHÍNH PHỦ điện:
- Chủ tịch Ủy ban nhân dân các tỉnh, thành phố.

Để dân có nhà ở, Thủ tướng Chính phủ yêu cầu Chủ tịch Ủy ban nhân dân các tỉnh, thành phố khẩn trương thực hiện các nội dung sau:
- Huy động lực lượng sửa chữa nhà.
Báo cáo nhu cầu hỗ trợ, gửi Văn phòng Chính phủ trước ngày 03/12/2025 để tổng hợp.
- Bảo đảm chỗ ở tạm.
"""


def test_a_telegram_names_who_sends_it_and_asks_its_receivers():
    record = read_source(load(spans=False), from_text(WIRE))
    assert (record.document.issuer, record.document.regime) == ("Thủ tướng Chính phủ", "state")
    assert [d.lead for d in record.duties] == [("Chủ tịch Ủy ban nhân dân các tỉnh, thành phố",)] * 3


@pytest.mark.parametrize(
    "lines", [["An Hòa, ngày 12 tháng 3 năm", "2026"], ["An Hòa, ngày 12", "tháng 3 năm 2026"], ["Xã An Hòa,", "ngày 12 tháng 3 năm 2026"]], ids=" | ".join
)
def test_a_date_broken_by_a_narrow_column(lines):
    """The reader of a page hands over the lines of a letterhead one by one."""
    words = ["UBND XÃ AN HÒA", "Số: 5/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", *lines, "KẾ HOẠCH", "Dọn vệ sinh", "UBND xã ban hành Kế hoạch như sau:"]
    blocks = tuple(RawBlock("paragraph", (Piece(line, LineAnchor(n)),), label="") for n, line in enumerate(words, 1))
    source = assemble(RawDocument("a", "0" * 64, "application/pdf", blocks))
    assert with_identity(outline(Plan(source))).document.issued_on == "2026-03-12"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("Số: 12/KH-UBND, ngày 3/4/2026", "2026-04-03"),
        ("Số: 12/KH-UBND ngày 03 tháng 4 năm 2026", "2026-04-03"),
        ("Số: 12/KH-UBND - Ngày 03.4.2026", "2026-04-03"),
        ("Số: 12/KH-UBND\nTân Hưng, ngày 03/4/2026", "2026-04-03"),
        ("Số: 12/KH-UBND\nNgày 03/4/2026", "2026-04-03"),
        ("Số: 12/KH-UBND, ngày    /4/2026", None),
        ("Số: 12/KH-UBND\nDự thảo ngày 03/4/2026", None),
    ],
)
def test_a_date_behind_the_number_or_in_figures_dates_a_text(line, day):
    plan = with_identity(outline(Plan(from_text(f"UBND XÃ TÂN HƯNG\n{line}\nKẾ HOẠCH\nDọn kênh\n1. Các thôn báo cáo.\n"))))
    assert (plan.document.key, plan.document.issued_on) == ("12/KH-UBND", day)


@pytest.mark.parametrize(
    ("text", "kind", "regime", "issuer"),
    [
        ("HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN HƯNG\nNghị quyết\nVề giám sát năm 2026\nĐiều 1. Giao Ban Pháp chế giám sát.", "Nghị quyết", "state", "Hội đồng nhân dân xã Tân Hưng"),
        ("UBND XÃ TÂN HƯNG\nKế hoạch dọn kênh năm 2026\n1. Các thôn báo cáo.", "Kế hoạch", "state", "UBND xã Tân Hưng"),
        ("HỘI ĐỒNG NHÂN DÂN\nXÃ TÂN HƯNG\nBAN KINH TẾ - NGÂN SÁCH\nKẾ HOẠCH\nGiám sát\n1. Đoàn giám sát họp.", "Kế hoạch", "state", "Ban Kinh tế - Ngân sách Hội đồng nhân dân xã Tân Hưng"),
        ("HỘI ĐỒNG NHÂN DÂN XÃ TÂN HƯNG\nTHƯỜNG TRỰC HỘI ĐỒNG NHÂN DÂN\nKẾ HOẠCH\nGiám sát\n1. Đoàn giám sát họp.", "Kế hoạch", "state", "Thường trực Hội đồng nhân dân xã Tân Hưng"),
        ("KẾ HOẠCH\nSinh hoạt\n1. Các chi bộ họp.\nT/M ĐẢNG ỦY\nBÍ THƯ\nLê Văn An", "Kế hoạch", "party", "Đảng ủy"),
        ("PHƯƠNG ÁN\nChống lụt\n1. Các thôn họp.\nCHỦ TỊCH UBND XÃ\nLê Văn An", "Phương án", "state", None),
        ("Kế hoạch này được gửi các thôn.\n1. Các thôn báo cáo.", None, None, None),
    ],
)  # fmt: skip
def test_kind_regime_and_issuer_of_texts_without_a_number(text, kind, regime, issuer):
    document = with_identity(outline(Plan(from_text(text)))).document
    assert (document.kind, document.regime, document.issuer) == (kind, regime, issuer)


def test_a_title_under_the_kind_that_begins_with_another_kind_is_whole():
    document = with_identity(outline(Plan(from_text("ĐẢNG ỦY XÃ TÂN HƯNG\nTHÔNG BÁO\nKết luận kiểm tra Chi bộ ấp 3\n1. Chi bộ họp.")))).document
    assert (document.kind, document.title) == ("Thông báo", "Kết luận kiểm tra Chi bộ ấp 3")


@pytest.mark.parametrize(
    ("lines", "kind", "title"),
    [
        ("CHỈ THỊ\nCỦA BAN THƯỜNG VỤ TỈNH ỦY\nvề tăng cường quản lý đất đai", "Chỉ thị", "về tăng cường quản lý đất đai"),
        ("KẾT LUẬN CỦA BAN THƯỜNG VỤ ĐẢNG ỦY\nvề công tác cán bộ", "Kết luận", "về công tác cán bộ"),
        ("NGHỊ QUYẾT\nCỦA BAN CHẤP HÀNH ĐẢNG BỘ XÃ\nVề thu gom rác thải", "Nghị quyết", "Về thu gom rác thải"),
        ("CHỈ THỊ CỦA BAN THƯỜNG VỤ HUYỆN ỦY\nVề phòng cháy,\nchữa cháy rừng", "Chỉ thị", "Về phòng cháy, chữa cháy rừng"),
        ("KẾ HOẠCH\nCỦA ỦY BAN NHÂN DÂN XÃ\nTriển khai bảo hiểm xã hội", "Kế hoạch", "Triển khai bảo hiểm xã hội"),
        ("KẾ HOẠCH\nCỨU HẠN CỦA XÃ\nNăm 2026", "Kế hoạch", "CỨU HẠN CỦA XÃ Năm 2026"),
        ("KẾ HOẠCH PHỐI HỢP\nBảo vệ rừng mùa khô năm 2026", "Kế hoạch", "Bảo vệ rừng mùa khô năm 2026"),
        ("KẾ HOẠCH PHỐI HỢP BẢO VỆ RỪNG MÙA KHÔ", "Kế hoạch", "PHỐI HỢP BẢO VỆ RỪNG MÙA KHÔ"),
        ("CHƯƠNG TRÌNH LIÊN TỊCH\nChăm sóc trẻ em năm 2026", "Chương trình", "Chăm sóc trẻ em năm 2026"),
    ],
)
def test_what_kind_of_kind_and_whose_it_is_stay_out_of_the_title(lines, kind, title):
    text = f"{lines}\n\nĐảng ủy ban hành kế hoạch như sau:\n\nI. NHIỆM VỤ\n1. Rà soát hồ sơ.\n"
    document = with_identity(outline(Plan(from_text(text)))).document
    assert (document.kind, document.title) == (kind, title)


STAMPED = """ỦY BAN NHÂN DÂN
TỈNH AN HÒA
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: K125/UBND-VX

An Hòa, ngày 19 tháng 4 năm 2024

Kính gửi:

Phk:

- Sở Nội vụ;

SỞ NỘI VỤ AN HÒA

{line}

Xét đề nghị của Sở Nội vụ, UBND tỉnh có ý kiến như sau:

- Đồng ý tổ chức lễ trao cờ tại nhà văn hóa.

- Giao Sở Nội vụ mời đại biểu.

- Sửa sân khấu.

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN TỈNH
CHỦ TỊCH

Trần Văn Bình
"""


@pytest.mark.parametrize(
    ("line", "leads"),
    [
        ("Ngày 29/4/2024", [("Sở Nội vụ",), ()]),  # the stamp of the receiver
        ("ĐẾN Số: 512", [("Sở Nội vụ",), ()]),
        ("Treo cờ ở cổng chính.", [("SỞ NỘI VỤ AN HÒA",), ("Sở Nội vụ",), ("SỞ NỘI VỤ AN HÒA",)]),  # a heading over its task
    ],
)
def test_the_stamp_of_a_receiver_heads_nothing_and_a_stray_letter_is_kept_with_the_number(line, leads):
    record = read_source(load(spans=False), from_text(STAMPED.format(line=line)))
    document = record.document
    assert (document.key, document.issuer) == ("K125/UBND-VX", "Ủy ban nhân dân tỉnh An Hòa")
    assert not record.citations
    assert [tuple(d.lead) for d in record.duties] == leads
    assert not [d for d in record.duties if d.deadlines]


NAMED = [
    # (line above a text without head, kind, key, date, issuer, title)
    ("Kế hoạch số 12/KH-UBND ngày 05/3/2026 của UBND xã An Hòa về trồng cây", "Kế hoạch", "12/KH-UBND", "2026-03-05", "UBND xã An Hòa", "về trồng cây"),
    ("**Chỉ thị số 9-CT/TU, ngày 5/3/2026 của Ban Thường vụ Tỉnh ủy**", "Chỉ thị", "9-CT/TU", "2026-03-05", "Ban Thường vụ Tỉnh ủy", None),
    ("Nghị quyết 7-NQ/ĐU", "Nghị quyết", "7-NQ/ĐU", None, None, None),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "key", "day", "issuer", "title"), NAMED)
def test_a_text_without_head_under_the_line_that_names_it(line, kind, key, day, issuer, title):
    plan = with_identity(outline(Plan(from_text(f"{line}\n\nI. NHIỆM VỤ\n1. Các thôn trồng cây.\n"))))
    found = plan.document
    assert (found.kind, found.key, found.issued_on, found.issuer, found.title) == (kind, key, day, issuer, title)
    assert found.provenance["key"].text == key
    assert [(c.key, c.form) for c in extract_citations(plan)] == [(key, "self")]  # the head is no mention of another


@pytest.mark.parametrize(
    "line",
    [
        "Kế hoạch số 12/KH-UBND ngày 05/3/2026 đã được gửi các thôn.", "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/3/2026 của UBND xã",
        "Kế hoạch số 12/KH-UBND ngày 05/3/2026 của UBND xã An Hòa\nUBND XÃ AN HÒA\nSố: 15/KH-UBND",
    ],
)  # fmt: skip
def test_a_line_above_the_text_that_does_not_name_it(line):
    plan = with_identity(outline(Plan(from_text(f"{line}\n\nI. NHIỆM VỤ\n1. Các thôn trồng cây.\n"))))
    assert plan.document.key != "12/KH-UBND"


@pytest.mark.parametrize("line, title", [
    ("V/v tổ chức hội thi tay nghề", "tổ chức hội thi tay nghề"),
    ("V/V: tổ chức hội thi tay nghề", "tổ chức hội thi tay nghề"),
    ("Về việc tổ chức hội thi tay nghề", "Về việc tổ chức hội thi tay nghề"),
])
def test_the_sign_before_the_subject_of_a_letter_is_no_part_of_it(line, title):
    letter = HEAD.replace("Số: 5/KH-UBND", f"Số: 5/UBND-VX\n{line}") + "Kính gửi: Các xã\n\nĐề nghị các xã thực hiện:\n1. Rà soát hồ sơ.\n"
    assert with_identity(outline(Plan(from_text(letter)))).document.title == title


FEET = [
    (
        "| *Nơi nhận:* - Như trên; - Các xã (để thực hiện); - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH     Lê Văn Bình |\n| --- | --- |",
        ("KT. Chủ tịch", "Phó Chủ tịch", "Lê Văn Bình"),
        ("Các xã",),
    ),
    (
        "Nơi nhận: - Sở Y tế; - Lưu: VT. | TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH Lê Thị Sáu",
        ("TM. Ủy ban nhân dân", "Phó Chủ tịch", "Lê Thị Sáu"),
        ("Sở Y tế",),
    ),
    ("| **Nơi nhận:** - Các xã; | CHỦ TỊCH<br>Lê Văn Bình |", (None, "Chủ tịch", "Lê Văn Bình"), ("Các xã",)),
]


@pytest.mark.parametrize("row, signed, recipients", FEET, ids=["deputy", "on two lines", "head"])
def test_recipients_and_signature_in_one_row(row, signed, recipients):
    document = identity("Ủy ban nhân dân huyện ban hành kế hoạch như sau:", HEAD, f"1. Rà soát hồ sơ.\n2. Các xã báo cáo.\n\n{row}")
    assert (document.signing_authority, document.signer_position, document.signer) == signed
    assert tuple(r for r in document.recipients if not r.startswith(("Như", "Lưu"))) == recipients


def test_a_table_of_tasks_is_no_foot():
    body = "1. Rà soát hồ sơ.\n\n| TT | Nhiệm vụ | Nơi nhận |\n| --- | --- | --- |\n| 1 | Lập sổ | Sở Y tế |\n"
    assert identity("Ủy ban nhân dân huyện ban hành kế hoạch như sau:", HEAD, body).signer is None


def test_a_date_in_slanted_runs_is_read():
    head = "| ỦY BAN NHÂN DÂN HUYỆN GÒ DẦU | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc |\n| --- | --- |\n"
    head += "| Số: 5/KH-UBND | *Gò Dầu, ngày 05 tháng* *3 năm 2024* |\n"
    assert str(identity("Ủy ban nhân dân huyện ban hành kế hoạch như sau:", head).issued_on) == "2024-03-05"
