"""Tables whose grid is lost: cells between bare pipes, and one cell a line."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest

from extractors.normalize import from_text

Rows = list[list[str]]

STACKED: list[tuple[str, str, Rows]] = [
    (
        "numbered",
        "TT\nNhiệm vụ\nChủ trì\nThời hạn\n1\nLập sổ kho\nSở Y tế\nTháng 11/2025\n2\nSửa cổng\nVăn phòng Sở\nQuý I/2026",
        [["1", "Lập sổ kho", "Sở Y tế", "Tháng 11/2025"], ["2", "Sửa cổng", "Văn phòng Sở", "Quý I/2026"]],
    ),
    (
        "an empty cell in the middle, told by the time behind it",
        "STT\nNội dung\nChủ trì\nPhối hợp\nThời gian\n1\nLập sổ kho\nSở Y tế\nSở Nội vụ\nHàng năm\n2\nSửa cổng\nVăn phòng Sở\n\nThường xuyên",
        [["1", "Lập sổ kho", "Sở Y tế", "Sở Nội vụ", "Hàng năm"], ["2", "Sửa cổng", "Văn phòng Sở", "", "Thường xuyên"]],
    ),
    (
        "blank lines between all cells, a wrapped cell, two helpers under each other",
        "TT\n\nNhiệm vụ\n\nChủ trì\n\nPhối hợp\n\nThời gian\n\n1\n\nKiểm kê thiết bị của các trạm\n\ntrong xã\n\nTrạm Y tế xã\n\n"
        "Công an xã\n\nVăn phòng Sở\n\nTháng 5/2026\n\n2\n\nSửa cổng\n\nVăn phòng Sở\n\nTháng 6/2026",
        [
            ["1", "Kiểm kê thiết bị của các trạm trong xã", "Trạm Y tế xã", "Công an xã Văn phòng Sở", "Tháng 5/2026"],
            ["2", "Sửa cổng", "Văn phòng Sở", "", "Tháng 6/2026"],
        ],
    ),
    (
        "numbers of columns, groups",
        "TT\nNhiệm vụ\nChủ trì\n(1)\n(2)\n(3)\nI\nTUYÊN TRUYỀN\n1\nTreo băng rôn\nĐoàn xã\nII\nKIỂM TRA\n1\nKiểm tra chợ\nCông an xã",
        [["I", "TUYÊN TRUYỀN", ""], ["1", "Treo băng rôn", "Đoàn xã"], ["II", "KIỂM TRA", ""], ["1", "Kiểm tra chợ", "Công an xã"]],
    ),
    (
        "without numbers",
        "Nội dung\nĐơn vị thực hiện\nThời gian\nLập sổ kho\nSở Y tế\nTháng 11/2025\nSửa cổng\nVăn phòng Sở\nQuý I/2026\nTrên đây là Kế hoạch.",
        [["Lập sổ kho", "Sở Y tế", "Tháng 11/2025"], ["Sửa cổng", "Văn phòng Sở", "Quý I/2026"]],
    ),
    (
        "numbers that stand far apart are no page numbers",
        "TT\nNhiệm vụ\nChủ trì\nPhối hợp\nKinh phí\nSản phẩm\nThời gian\n1\nLập sổ kho\nSở Y tế\nSở Nội vụ\n5 triệu đồng\nBáo cáo\nQuý I/2026\n"
        "2\nSửa cổng\nVăn phòng Sở\nCông an xã\n9 triệu đồng\nBiên bản\nQuý II/2026",
        [
            ["1", "Lập sổ kho", "Sở Y tế", "Sở Nội vụ", "5 triệu đồng", "Báo cáo", "Quý I/2026"],
            ["2", "Sửa cổng", "Văn phòng Sở", "Công an xã", "9 triệu đồng", "Biên bản", "Quý II/2026"],
        ],
    ),
    (
        "bare pipes, one row over two lines",
        "STT | Công việc | Chủ trì\n1 | Lập sổ kho của các trạm,\nbệnh viện | Sở Y tế\n2 | Sửa cổng |",
        [["1", "Lập sổ kho của các trạm, bệnh viện", "Sở Y tế"], ["2", "Sửa cổng", ""]],
    ),
    (
        "titles of groups on lines of their own between tabbed rows",
        "TT\tCông việc\tChủ trì\nQUÝ I/2026\n1\tLập sổ kho\tSở Y tế\nQUÝ II/2026\n2\tSửa cổng\tCông an xã",
        [["QUÝ I/2026", "", ""], ["1", "Lập sổ kho", "Sở Y tế"], ["QUÝ II/2026", "", ""], ["2", "Sửa cổng", "Công an xã"]],
    ),
    (
        "a title between rows apart by spaces, a heading on two lines",
        "TT  Công việc     Chủ trì,\n                  tham mưu\nTháng 3\n1   Lập sổ kho    Sở Y tế\nTháng 4\n2   Sửa cổng      Công an xã",
        [["Tháng 3", "", ""], ["1", "Lập sổ kho", "Sở Y tế"], ["Tháng 4", "", ""], ["2", "Sửa cổng", "Công an xã"]],
    ),
    (
        "a pipe on its own line behind each cell, one more behind each row, a group, an empty cell",
        "|\n**STT**\n|\n**Nhiệm vụ**\n|\n**Cơ quan**\n**chủ trì**\n|\n**Phối hợp**\n|\n**Thời gian**\n|\n|\n**I. KHO**\n|\n|\n1\n|\nLập sổ kho\ncủa các trạm\n|\n"
        "Sở Y tế\n|\n|\nTháng 5\n|\n|\n2\n|\nSửa cổng\n|\nCông an xã\n|\nSở Nội vụ\n|\nTháng 6\n|",
        [["I. KHO", "", "", "", ""], ["1", "Lập sổ kho của các trạm", "Sở Y tế", "", "Tháng 5"], ["2", "Sửa cổng", "Công an xã", "Sở Nội vụ", "Tháng 6"]],
    ),
    (
        "pipes on lines of their own, the last cell of each row empty",
        "|\nSTT\n|\nNhiệm vụ\n|\nChủ trì\n|\nThời gian\n|\nGhi chú\n|\n|\n1\n|\nLập sổ kho\n|\nSở Y tế\n|\nTháng 5\n|\n|\n|\n2\n|\nSửa cổng\n|\n"
        "Công an xã\n|\nTháng 6\n|\n|",
        [["1", "Lập sổ kho", "Sở Y tế", "Tháng 5", ""], ["2", "Sửa cổng", "Công an xã", "Tháng 6", ""]],
    ),
    (
        "pipes on lines of their own, a row whose number stands in the row above",
        "|\nSTT\n|\nNhiệm vụ\n|\nChủ trì\n|\nThời gian\n|\n|\n1\n|\nLập sổ kho\n|\nSở Y tế\n|\nTháng 5\n|\n|\n"
        "Dựng nhà kho dự phòng cho các trạm ở xa\n|\nCông an xã\n|\n|\n2\n|\nSửa cổng\n|\nCông an xã\n|\nTháng 6\n|",
        [
            ["1", "Lập sổ kho", "Sở Y tế", "Tháng 5"],
            ["", "Dựng nhà kho dự phòng cho các trạm ở xa", "Công an xã", ""],
            ["2", "Sửa cổng", "Công an xã", "Tháng 6"],
        ],
    ),
    ("one bare pipe", "Thời gian | Công việc\nTháng 9 | Sửa cổng", [["Tháng 9", "Sửa cổng"]]),
]


def _rows(text: str) -> Rows:
    document = from_text(f"{text}\nIII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng theo dõi.")
    assert document.paragraphs[-1].label == "1."
    return [[document.text[c.start : c.end] for c in p.cells] for p in document.paragraphs if p.kind == "row"]


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in STACKED], ids=[case[0] for case in STACKED])
def test_rows(text: str, rows: Rows) -> None:
    assert _rows(text)[1:] == rows


@pytest.mark.parametrize(
    "text",
    [
        "STT\nTên xã\nSố hộ\n1\nXã A\n20\n2\nXã B\n30",
        "Nhiệm vụ\n- Lập sổ theo dõi\nThời gian\nTháng 10/2025",
        "Nội dung:\nChủ trì:\nThời gian:\nLập sổ.",
        "Sở Y tế cấp vắc xin | đúng hạn | đủ số.\nSở Nội vụ | tổng hợp.",
        "|\n**Nơi nhận:**\n- Sở Y tế;\n|\n**TM. ỦY BAN NHÂN DÂN**\n|\nTrần Văn Nam\n|",
        "Điện thoại | Thư điện tử\n0290 3831 | vp@camau.vn",
        "- Việc  lập sổ phải rõ người,  rõ việc,  rõ thời gian;  gắn với nhiệm vụ.\n- Lấy  kết quả  làm thước đo.\n- Không  phô trương,  hình thức.",
    ],
)
def test_no_table(text: str) -> None:
    assert not _rows(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (
            "TT\tNội dung\tChủ trì\tThời gian\n1\tVùng trồng\n1.1\tLập sổ kho\tSở Y tế\tTháng 11/2025\n2\tTrạm trại\n2.1\tSửa cổng\tVăn phòng Sở\tQuý I/2026",
            [["1", "Vùng trồng"], ["1.1", "Lập sổ kho", "Sở Y tế", "Tháng 11/2025"], ["2", "Trạm trại"],
             ["2.1", "Sửa cổng", "Văn phòng Sở", "Quý I/2026"]],
        ),
        (
            "TT   Nội dung        Chủ trì        Thời gian\n1    Lập sổ kho      Sở Y tế        Tháng 11/2025\n"
            "2    Sửa cổng        Văn phòng Sở   Quý I/2026\n     và tường rào",
            [["1", "Lập sổ kho", "Sở Y tế", "Tháng 11/2025"], ["2", "Sửa cổng và tường rào", "Văn phòng Sở", "Quý I/2026"]],
        ),
        (
            "TT   Nội dung             Cơ quan chủ trì   Thời gian\n                                            hoàn thành\n"
            "I    KHO TÀNG\n1    Lập sổ kho           Sở Y tế           Trước ngày\n     của các trạm                           30/11/2025\n"
            "II   TRỤ SỞ\n2    Sửa cổng và tường    Văn phòng Sở      Quý I/2026\n",
            [["I", "KHO TÀNG", "", ""], ["1", "Lập sổ kho của các trạm", "Sở Y tế", "Trước ngày 30/11/2025"], ["II", "TRỤ SỞ", "", ""],
             ["2", "Sửa cổng và tường", "Văn phòng Sở", "Quý I/2026"]],
        ),
        (  # the second page is set three places to the left, its cells come within a space of each other
            "TT    Nội dung            Chủ trì            Thời gian\n1     Lập sổ kho          Văn phòng Sở       Quý I/2026\n"
            "2    Sửa cổng, xây nhà Trung tâm Y tế     Quý II/2026\n     để xe             khu vực\n",
            [["1", "Lập sổ kho", "Văn phòng Sở", "Quý I/2026"], ["2", "Sửa cổng, xây nhà để xe", "Trung tâm Y tế khu vực", "Quý II/2026"]],
        ),
    ],
)  # fmt: skip
def test_columns_by_tabs_and_by_spaces(text: str, rows: Rows, form: Literal["NFC", "NFD"]) -> None:
    assert _rows(unicodedata.normalize(form, text))[1:] == rows


BROKEN: list[tuple[str, str, Rows]] = [
    (
        "in headings, in helpers three times, in a time",
        "STT\tNội dung\tCơ quan\nchủ trì\tPhối hợp\tThời gian\nthực hiện\tSản phẩm\n1\tLập sổ kho\tSở Y tế\tSở Nội vụ,\nSở Tài chính;\nCông an tỉnh"
        "\tTrước ngày\n30/6/2026\tSổ\n2\tSửa cổng\tVăn phòng Sở\t\tQuý I/2026\tBiên bản",
        [
            ["1", "Lập sổ kho", "Sở Y tế", "Sở Nội vụ, Sở Tài chính; Công an tỉnh", "Trước ngày 30/6/2026", "Sổ"],
            ["2", "Sửa cổng", "Văn phòng Sở", "", "Quý I/2026", "Biên bản"],
        ],
    ),
    (
        "headings with capitals, numbers of columns",
        "TT\tNội dung\tCơ quan\nChủ trì\tCơ quan\nPhối hợp\n(1)\t(2)\t(3)\t(4)\n1\tLập sổ kho\tSở Y tế\tSở Nội vụ\n2\tSửa cổng\tVăn phòng Sở\tĐoàn xã",
        [["1", "Lập sổ kho", "Sở Y tế", "Sở Nội vụ"], ["2", "Sửa cổng", "Văn phòng Sở", "Đoàn xã"]],
    ),
    (
        "below a group, bullets in a cell, the last cell",
        "TT\tNhiệm vụ\tChủ trì\tThời gian\nI\tKho tàng\n1\t- Lập sổ kho;\n- Kiểm kê thiết bị\tSở Y tế\tTrước ngày\n30/6/2026\n2\tSửa cổng\tVăn phòng Sở\tQuý I",
        [["I", "Kho tàng"], ["1", "- Lập sổ kho; - Kiểm kê thiết bị", "Sở Y tế", "Trước ngày 30/6/2026"],
         ["2", "Sửa cổng", "Văn phòng Sở", "Quý I"]],
    ),
    (
        "below a title, bodies under each other",
        "TT\tCông việc\tChủ trì\tThời gian\nQUÝ I/2026\n1\tLập sổ kho\tSở Y tế\nSở Nội vụ\tTháng 3\nQUÝ II/2026\n2\tSửa cổng\tCông an xã\tTháng 5",
        [["QUÝ I/2026", "", "", ""], ["1", "Lập sổ kho", "Sở Y tế Sở Nội vụ", "Tháng 3"], ["QUÝ II/2026", "", "", ""],
         ["2", "Sửa cổng", "Công an xã", "Tháng 5"]],
    ),
    (
        "without numbers the lines call for each other",
        "Nhiệm vụ\tChủ trì\tThời gian\nLập sổ kho,\nmua kệ\tSở Y tế\tQuý I\nSửa cổng\tVăn phòng Sở;\nĐoàn xã\tQuý II",
        [["Lập sổ kho, mua kệ", "Sở Y tế", "Quý I"], ["Sửa cổng", "Văn phòng Sở; Đoàn xã", "Quý II"]],
    ),
    (
        "quotes of a spreadsheet",
        'TT\tNhiệm vụ\tChủ trì\n1\t"Lập sổ kho,\nmua kệ ""sắt"""\tSở Y tế\n2\t"Sửa cổng"\tĐoàn xã',
        [["1", 'Lập sổ kho, mua kệ "sắt"', "Sở Y tế"], ["2", '"Sửa cổng"', "Đoàn xã"]],
    ),
    (
        "a break at a cell's end is told by the time behind it from a row under a merged cell",
        "TT\tNhiệm vụ\tChủ trì\tPhối hợp\tThời gian\n1\tLập sổ kho\tSở Y tế\n\tSửa cổng\tSở Nội vụ\n2\tMua kệ\tSở Y tế\tSở Nội vụ\n\tQuý I/2026",
        [["1", "Lập sổ kho", "Sở Y tế"], ["", "Sửa cổng", "Sở Nội vụ"], ["2", "Mua kệ", "Sở Y tế", "Sở Nội vụ", "Quý I/2026"]],
    ),
    (
        "empty cells at the end are no break",
        "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tLập sổ kho\tSở Y tế\n2\tMua kệ\tSở Nội vụ\n3\tSửa cổng\tĐoàn xã\tQuý I",
        [["1", "Lập sổ kho", "Sở Y tế"], ["2", "Mua kệ", "Sở Nội vụ"], ["3", "Sửa cổng", "Đoàn xã", "Quý I"]],
    ),
    ("what stands below is no break", "TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tLập sổ kho\tSở Y tế\nNơi nhận: Sở Y tế\tLưu", [["1", "Lập sổ kho", "Sở Y tế"]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN])
def test_lines_that_break_in_tabbed_cells(text: str, rows: Rows) -> None:
    found = _rows(text)
    assert found[1:] == rows or found[2:] == rows  # numbers of columns are a row


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("1. Văn phòng phối hợp với Phòng Văn hóa\n- Xã hội lập danh sách.", True),
        ("1. Tập huấn cho công chức tài chính\n- kế toán.", True),
        ("1. Sửa nhà tập của Trung tâm Văn hóa - Thông tin\n- Thể thao huyện.", True),
        ("1. Nâng cấp cổng thông tin\n- Thể hiện rõ lộ trình.", False),
        ("1. Phát triển văn hóa\n- Xã hội hóa nguồn lực.", False),
        ("1. Tổ chức\n- Họp dân.", False),
        ("1. Phát triển văn hóa;\n- xã hội ổn định.", False),
        ("1. Phát triển kinh tế\n- Xã hội ổn định, an toàn.", False),
    ],
)
def test_dash_of_a_compound_opens_no_item(text: str, joined: bool) -> None:
    assert (len(from_text(text).paragraphs) == 1) == joined


def test_a_figure_opens_the_text_under_a_short_title() -> None:
    goal = "100% cán bộ, giáo viên, nhân viên được phổ biến quy định; " + "không có đơn thư phản ánh đúng về thu, chi trong nhà trường. " * 2
    assert [p.label for p in from_text(f"1. Mục tiêu\n{goal}\n2. Thời hạn trước ngày\n30/5/2026\n").paragraphs] == ["1.", "", "2."]


def test_rows_of_columns_do_not_widen_the_page() -> None:
    """A table printed across the page says nothing of where prose is broken."""
    prose = "Các phòng, đơn vị trực thuộc rà soát hồ sơ, tài liệu lưu trữ và kết quả\nPCTN; hằng tháng kiểm điểm tại cuộc họp giao ban của cơ quan."
    row = "{}    Lập sổ theo dõi hồ sơ, tài liệu của các phòng, đơn vị     Văn phòng Sở phối hợp với các phòng                Quý I/2026     Báo cáo\n"
    head = "TT   Nội dung                                                 Chủ trì                                             Thời gian      Sản phẩm\n"
    assert len(from_text(f"I. NHIỆM VỤ\n{prose}\nPHỤ LỤC\n{head}{''.join(row.format(n) for n in range(1, 6))}").text.split("\n")[1]) > 100
