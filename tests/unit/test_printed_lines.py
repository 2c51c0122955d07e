"""Paragraphs set in lines of a page come back, whatever the column, the letters and what stands beside them."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from extractors.normalize import from_text
from extractors.printed_lines import margin_of, printed

CORPUS = Path(__file__).parents[2] / "corpus" / "samples"
NOTES = (
    "1 Công văn của cơ quan cấp trên về việc sắp xếp các đơn vị sự nghiệp trong lĩnh vực giáo dục, y tế và văn hóa trên địa bàn",
    "toàn tỉnh trong năm nay; văn bản hướng dẫn của sở quản lý ngành về trình tự, hồ sơ, thẩm quyền và thời gian thực hiện các",
)  # fmt: skip
"""Lines of a footnote in smaller letters, longer than any line of the text."""


def set_in_lines(paragraph: str, column: float, indent: float, measure: Callable[[str], float], chance: random.Random) -> list[str]:
    """The lines of a paragraph; a printer that spaces letters out gets a little more or less on each."""
    lines, now, room = [], "", column - indent
    for word in paragraph.split():
        if now and measure(f"{now} {word}") > room * chance.uniform(0.98, 1.02):
            lines.append(now)
            now, room = word, column
        else:
            now = f"{now} {word}".strip()
    return [*lines, now]


@pytest.mark.parametrize("column, indent, measure", [(70, 5, printed), (62, 4, printed), (78, 0, len)], ids=["wide", "narrow", "one-width"])
def test_paragraphs_come_back(column, indent, measure):
    chance, kept, told = random.Random(3), 0, 0
    for path in sorted(CORPUS.glob("*.txt")):
        document = from_text(path.read_text(encoding="utf-8"))
        paragraphs = [document.text[p.start : p.end] for p in document.paragraphs if p.kind == "paragraph"]
        lines = [line for p in paragraphs for line in set_in_lines(p, column, indent, measure, chance)]
        again = from_text("\n".join((*lines[:30], *NOTES, *lines[30:])))
        read = {again.text[p.start : p.end] for p in again.paragraphs}
        kept += sum(p in read for p in paragraphs)
        told += len(paragraphs)
    assert told > 300
    assert kept >= 0.95 * told


def test_the_measure_that_agrees_better_is_taken():
    slim, broad = "trình thị trấn lịch trực tiếp khi có ý kiến ít nhất tới", "HĐND GDĐT UBND BQLDA mở rộng"
    lines = [line for _ in range(12) for line in (f"{slim} {slim[:24]}", f"{broad} {broad}, cảm ơn")]
    assert margin_of(lines, 80, lambda a, b: True).measure in (len, printed)
    assert printed("iiii") < printed("mmmm")
    assert printed("ộ") == printed("o")


def test_a_heading_that_stops_short_stays_apart():
    text = from_text(
        "\n".join([
            "1. Rà soát hồ sơ của các đơn vị sự nghiệp trên địa bàn, bảo đảm đúng quy định, đúng",
            "thời gian và không làm ảnh hưởng đến hoạt động của người dân, doanh nghiệp trong thời",
            "gian thực hiện việc sắp xếp, tổ chức lại bộ máy; tổng hợp những khó khăn, vướng mắc",
            "của các đơn vị và đề xuất biện pháp giải quyết; chuẩn bị đầy đủ các điều kiện về nơi",
            "làm việc, trang thiết bị và con người để các đơn vị mới đi vào hoạt động được ngay, có",
            "hiệu quả; theo dõi, đôn đốc việc thực hiện tại từng đơn vị và báo cáo kết quả theo định",
            "kỳ; tuyên truyền để người dân hiểu rõ chủ trương, đồng thuận và cùng tham gia giám sát",
            "việc thực hiện của các cơ quan nhà nước ở địa phương; kịp thời biểu dương những nơi làm",
            "tốt, nhắc nhở những nơi làm chưa tốt hoặc chậm so với thời gian đã được phê duyệt trong",
            "kế hoạch này và các văn bản có liên quan.",
            "2. Nâng cao trách nhiệm của người đứng đầu các đơn vị sự nghiệp",
            "Người đứng đầu chịu trách nhiệm trước Ủy ban nhân dân xã.",
        ])
    ).text  # fmt: skip
    assert "\nNgười đứng đầu chịu trách nhiệm" in text


NOTED = (
    "I. NHIỆM VỤ\n"
    "1. Thực hiện chủ trương của Chính phủ1 và của Tỉnh ủy, Ủy ban nhân dân tỉnh2 về sắp xếp trường lớp, các\n"
    "1 Công văn số 15/SYT-NV ngày 10/7/2026 của Sở Y tế về việc rà soát y tế trường học trên địa bàn\n"
    "toàn tỉnh.\n"
    "2 Công văn số 14-CV/TU ngày 15/7/2026 của Tỉnh ủy.\n"
    "phòng chuyên môn lập danh sách.\n"
    "2. Trạm Y tế kiểm tra bếp ăn của trường.\n"
)


def test_footnotes_between_the_lines_of_a_paragraph():
    document = from_text(NOTED)
    kinds = [(p.kind, document.text[p.start : p.end]) for p in document.paragraphs]
    assert kinds[1][1].endswith("về sắp xếp trường lớp, các phòng chuyên môn lập danh sách.")
    assert kinds[2] == (
        "footnote", "Công văn số 15/SYT-NV ngày 10/7/2026 của Sở Y tế về việc rà soát y tế trường học trên địa bàn toàn tỉnh.",
    )  # fmt: skip
    assert kinds[3] == ("footnote", "Công văn số 14-CV/TU ngày 15/7/2026 của Tỉnh ủy.")
    assert kinds[4][1].startswith("2. Trạm Y tế")


def test_notes_to_notes_and_figures_that_begin_anew_keep_all_their_words():
    document = from_text(
        "1. Phòng Kinh tế rà soát hồ sơ của xã1 và lập danh sách.\n1 Theo Công văn của Sở Y tế2 về rà soát.\n2 Gửi kèm Kế hoạch của tỉnh.\n"
        "2. Trạm Y tế lập sổ theo quy định1 của ngành.\n1 Thông tư của Bộ Y tế.\n3. Công an xã lập sổ.\n"
    )  # fmt: skip
    said = [document.text[p.start : p.end] for p in document.paragraphs]
    assert [p.kind for p in document.paragraphs] == ["paragraph", "footnote", "footnote", "paragraph", "footnote", "paragraph"]
    assert said[1:3] == ["Theo Công văn của Sở Y tế2 về rà soát.", "Gửi kèm Kế hoạch của tỉnh."]
    assert said[4] == "Thông tư của Bộ Y tế."


def test_a_footnote_in_the_midst_of_a_sentence_needs_no_mark():
    document = from_text(NOTED.replace("phủ1", "phủ").replace("2 Công văn số 14-CV/TU ngày 15/7/2026 của Tỉnh ủy.\n", ""))
    assert [p.kind for p in document.paragraphs].count("footnote") == 1
    assert "trường lớp, các phòng chuyên môn lập danh sách." in document.text


@pytest.mark.parametrize(
    "text",
    [
        NOTED.replace("phủ1", "phủ").replace("các\n1", "các phường.\n1"),  # no mark in the text
        NOTED.replace("\n1 Công", "\n3 Công"),  # a figure that does not count on
        NOTED.replace("\n1 Công", "\n1. Công").replace("\n2 Công", "\n2. Công"),  # items of a list
    ],
    ids=["no-mark", "no-first", "items"],
)
def test_lines_with_a_figure_that_are_no_footnotes(text):
    document = from_text(text)
    assert not any(p.kind == "footnote" and "Sở Y tế" in document.text[p.start : p.end] for p in document.paragraphs)


def test_a_count_inside_the_sentence_opens_no_item():
    text = from_text(
        "\n".join([
            "Sáng ngày 12/5/2026, Đảng ủy phường nghe và cho ý kiến các nội dung: (1) kết quả thu",
            "ngân sách bốn tháng đầu năm; (2) phương án di dời các hộ dân ven kênh Nhiêu Lộc, kể cả",
            "(3) việc bố trí đất tái định cư cho các hộ này; (4) công tác chuẩn bị kỷ niệm ngày lễ.",
            "1. Về thu ngân sách: Thuế cơ sở rà soát các khoản nợ đọng, công khai danh sách và có biện",
            "pháp thu hồi; các khu phố vận động các hộ kinh doanh nộp đúng hạn theo thông báo.",
            "2. Các việc phải làm ngay: (1) kiểm kê nhà đất;",
            "(2) niêm yết phương án tại khu phố;",
            "(3) lấy ý kiến của từng hộ.",
            "3. Phòng Kinh tế, Hạ tầng và Đô thị chuẩn bị hồ sơ đất tái định cư, báo cáo Đảng ủy.",
            "(1) Bản đồ vị trí các lô đất do đơn vị tư vấn lập, có xác nhận của khu phố nơi có đất;",
            "(2) Dự toán hạ tầng kỹ thuật.",
        ])
    )  # fmt: skip
    said = [text.text[p.start : p.end] for p in text.paragraphs]
    assert said[0].endswith("ven kênh Nhiêu Lộc, kể cả (3) việc bố trí đất tái định cư cho các hộ này; (4) công tác chuẩn bị kỷ niệm ngày lễ.")
    assert [words[:9] for words in said[2:]] == ["2. Các vi", "(2) niêm ", "(3) lấy ý", "3. Phòng ", "(1) Bản đ", "(2) Dự to"]


SET_IN = """      1. Sở Công Thương
      - Bố trí tối thiểu hai cán bộ chuyên trách cho việc này ở xã.
Hoàn thiện quy chế phối hợp, gửi các xã trong cụm công nghiệp để lấy ý
kiến; việc thực hiện nêu rõ trong báo cáo.
      - Rà soát, lập danh mục các việc sau: (i) nâng cấp đường; (ii)
kéo điện đến hàng rào.
      Cụm công nghiệp nào chưa có chủ thì đưa vào danh mục mời gọi, nêu
rõ diện tích còn trống
      Các xã rà soát ranh giới, cắm mốc và bàn giao cho đơn vị quản lý
trước mùa mưa.
      2. Sở Xây dựng
      - Thẩm định quy hoạch phân khu của từng cụm công nghiệp, trả lời
trong thời hạn luật định.
      - Phối hợp với các xã trong việc cắm mốc, bàn giao đất cho từng
nhà đầu tư đã được chọn.
      - Kiểm tra trật tự xây dựng ở các cụm công nghiệp đã có nhà máy
hoạt động, xử lý công trình sai phép.
      3. Sở Tài chính
      - Cân đối vốn cho đường nối các cụm công nghiệp với quốc lộ theo
đúng tiến độ đã duyệt.
      - Hướng dẫn các xã thủ tục thanh toán, quyết toán các hạng mục đã
xong và đưa vào dùng.
"""


def test_lines_set_in_open_paragraphs_and_lines_at_the_margin_go_on():
    told = from_text(SET_IN)
    said = [told.text[p.body : p.end] for p in told.paragraphs]
    assert "cho việc này ở xã. Hoàn thiện quy chế" in said[1].replace("\n", " ")
    assert any("(ii) kéo điện" in words.replace("\n", " ") for words in said)
    assert [w.split()[0] for w in said] == ["Sở", "Bố", "Rà", "Cụm", "Các", "Sở", "Thẩm", "Phối", "Kiểm", "Sở", "Cân", "Hướng"]
    apart = from_text(SET_IN + "Đơn vị thực hiện: Sở Tài chính\n\nCác xã báo cáo kết quả.\n\nSở Xây dựng: cắm mốc.\n")
    assert [apart.text[p.body : p.end].split(":")[0] for p in apart.paragraphs[-3:]] == ["Đơn vị thực hiện", "Các xã báo cáo kết quả.", "Sở Xây dựng"]
    flush = from_text("\n".join(line.strip() for line in SET_IN.splitlines()))
    assert len(flush.paragraphs) != len(told.paragraphs)
