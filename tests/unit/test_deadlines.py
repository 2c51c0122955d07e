"""Deadlines: the table of expressions, masks, fields, zones and hostile input."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from extractors.deadlines import extract_deadlines, find_deadlines
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.structure import outline
from schemas.document import Cell, Paragraph, SourceDocument
from schemas.text import TextMap
from tests.growth import growth

TABLE = Path(__file__).parents[1] / "tables" / "deadlines.csv"
SHARED = Path(__file__).parents[3] / "shared"
FIELDS = ("span", "kind", "start_on", "due", "inclusive", "rrule")


def cases() -> list[tuple[str, str | None, list[dict[str, str]]]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    found: list[tuple[str, str | None, list[dict[str, str]]]] = []
    for row in csv.DictReader(lines, delimiter="|", quoting=csv.QUOTE_NONE):
        if row["text"] != '"':
            issued = None if row["issued"] == "-" else row["issued"] or "2025-02-10"
            found.append((row["text"], issued, []))
        if row["span"]:
            found[-1][2].append({name: row[name] for name in FIELDS})
    return found


@pytest.mark.parametrize(("text", "issued", "want"), cases(), ids=lambda v: v[:50] if isinstance(v, str) else None)
def test_expression(text: str, issued: str | None, want: list[dict[str, str]]) -> None:
    found = find_deadlines(text, issued_on=issued)
    have = [
        {
            "span": d.text, "kind": d.kind, "start_on": d.start_on or "", "due": d.due or "",
            "inclusive": "n" if d.kind == "date" and not d.inclusive else "", "rrule": d.rrule or "",
        }
        for d in found
    ]  # fmt: skip
    assert have == want
    for d in found:
        assert text[d.start : d.end] == d.text
        assert d.rule.startswith("deadlines.")
        assert 0 < d.confidence <= 1


def test_the_table_is_large_enough() -> None:
    assert len(cases()) >= 150


def test_paragraphs_do_not_disturb_each_other() -> None:
    rows = [(text, want) for text, issued, want in cases() if issued == "2025-02-10"]
    joined = "\n".join(text for text, _ in rows)
    found = find_deadlines(joined, issued_on="2025-02-10")
    assert [d.text for d in found] == [w["span"] for _, want in rows for w in want]
    assert all(joined[d.start : d.end] == d.text for d in found)
    assert found == find_deadlines(joined, issued_on="2025-02-10")


def test_no_time_goes_on_over_a_cell_or_line() -> None:
    text = "2\tTháng 9/2026\tLập sổ\n3\tQuý I\t2027 hộ\nChậm nhất\nngày 05/12/2026"
    assert [d.text for d in find_deadlines(text, fields=[(2, 14), (24, 29)])] == ["Tháng 9/2026", "Quý I", "ngày 05/12/2026"]


def test_old_characters_and_growing_letters_keep_offsets() -> None:
    text = "İİ hoàn thành TRƯỚC NGÀY 30/6/2025; gửi trước\u00a0ngày\u00a015/7/2025."
    found = find_deadlines(text)
    assert [(d.text, d.due) for d in found] == [("TRƯỚC NGÀY 30/6/2025", "2025-06-30"), ("trước\u00a0ngày\u00a015/7/2025", "2025-07-15")]


def test_citation_masks_and_field_spans() -> None:
    text = "Hoàn thành trước ngày 15/6/2025.\t2025"
    assert [d.text for d in find_deadlines(text)] == ["trước ngày 15/6/2025"]
    assert [d.text for d in find_deadlines(text, masks=[(11, 32)])] == []
    field = (text.index("\t") + 1, len(text))
    assert [d.due for d in find_deadlines(text, fields=[field])] == ["2025-06-15", "2025-12-31"]


PLAN = """ỦY BAN NHÂN DÂN XÃ MINH TÂN
KẾ HOẠCH
Chuyển đổi số năm 2025

I. MỤC ĐÍCH, YÊU CẦU
1. Mục đích
- Thường xuyên nâng cao nhận thức của cán bộ.

II. NHIỆM VỤ
1. Rà soát thủ tục hành chính trước ngày 30/6/2025.
- Thời gian thực hiện: Quý II/2025.
2. Thường xuyên cập nhật cơ sở dữ liệu.

III. TỔ CHỨC THỰC HIỆN
1. Văn phòng báo cáo định kỳ 6 tháng.
Trên đây là Kế hoạch chuyển đổi số, các đơn vị thường xuyên theo dõi thực hiện.
"""


def test_only_parts_that_hold_duties_count() -> None:
    plan = outline(Plan(source=from_text(PLAN)))
    found = extract_deadlines(plan)
    assert [d.text for d in found] == ["trước ngày 30/6/2025", "Quý II/2025", "Thường xuyên", "định kỳ 6 tháng"]
    assert [d.id for d in found] == ["d1", "d2", "d3", "d4"]
    assert all(plan.text[d.start : d.end] == d.text for d in found)


STAGES = """KIỂM TOÁN KHU VỰC BẮC HÀ
KẾ HOẠCH
Kiểm soát quyền lực trong kiểm toán

II. NHIỆM VỤ
1. Trước khi tiến hành kiểm toán, thẩm tra
- Trưởng đoàn gửi đề cương trước ngày 15/3/2026.
2. Trong quá trình tiến hành
- Kiểm toán viên ghi nhật ký.
3. {last}
- Tổ trưởng công khai kết luận trong 10 ngày kể từ ngày ký.
"""


@pytest.mark.parametrize(("last", "own"), [("Sau khi kết thúc", []), ("Sau khi kết thúc mùa mưa", ["Sau khi kết thúc mùa mưa"]),
                                          ("Khi có đoàn giám sát, kiểm tra làm việc tại đơn vị", [])])
def test_headings_that_part_an_inspection_name_its_stages(last: str, own: list[str]) -> None:
    plan = outline(Plan(source=from_text(STAGES.format(last=last))))
    assert [d.text for d in extract_deadlines(plan)] == ["trước ngày 15/3/2026", *own, "trong 10 ngày kể từ ngày ký"]


def test_columns_of_results_and_faults_hold_no_deadlines() -> None:
    columns = ("Hạn chế, khuyết điểm", "Giải pháp", "Thời gian thực hiện", "Kết quả, sản phẩm")
    cells = ("Kiểm kê hằng năm còn chậm", "Lập sổ kho, cập nhật hằng tuần", "Quý II/2025", "Biên bản kiểm kê hằng tháng")
    text, paragraphs = "", []
    for row, words in enumerate((columns, cells)):
        start, placed = len(text), []
        for column, word in enumerate(words):
            placed.append(Cell(len(text), len(text) + len(word), column))
            text += word + ("\t" if column < 3 else "\n")
        paragraphs.append(Paragraph(start, len(text) - 1, start, kind="row", cells=tuple(placed), header=row == 0, table=1, row=row))
    plan = Plan(SourceDocument("bang.txt", "0" * 64, "text/plain", text.rstrip(), tuple(paragraphs), TextMap()))
    assert [d.text for d in extract_deadlines(plan)] == ["hằng tuần", "Quý II/2025"]


@pytest.mark.parametrize(
    "piece",
    ["trước ngày ", "khi có, ", "1/1/", "ngày 1, ", "định kỳ 6 tháng, ", "trong thời hạn ", "quý I, II, ", "năm 2025 - ", "(", "khi có (",
     "thường xuyên ", "từ ngày 1/1 đến ", "trước khi a ", "hằng năm, ", "thời gian a b c ", "6 tháng, ", "kế hoạch thường xuyên ", "sau mỗi đợt a, ", "hằng tháng a; quý báo cáo ",
     "quá trình thực hiện a b, ", "thứ hai đầu tiên, ", "trước ngày a b, ", "khó khăn, ", "nhân ngày a ", "báo cáo tháng a (ngày 2) ", "ngày 2 lần ", "thứ hai, ", "trực a ",
     "dịp hè a ", "8h00 - ", "trước đại hội a, ", "trong 3 ngày đầu ", "tuần 1, ", "theo quy định và ", "24/7 "],
)  # fmt: skip
def test_time_grows_with_length_alone(piece: str) -> None:
    def work(length: int) -> None:
        find_deadlines(piece * (length // len(piece)), issued_on="2025-02-10")

    assert growth(work, 10_000, 80_000) < 24  # eight times the text: linear is 8, quadratic 64


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="no shared plans beside the checkout")
@pytest.mark.parametrize("name", ["000", "001", "002", "004"])
def test_real_plans_as_a_careful_reader(name: str) -> None:
    gold = json.loads((SHARED / "gold" / "records" / f"{name}.json").read_text(encoding="utf-8"))["deadlines"]
    plan = outline(Plan(source=from_text((SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8"), name)))
    found = extract_deadlines(plan)
    assert [(d.kind, d.start_on, d.due, d.rrule) for d in found] == [(g["kind"], g["start_on"], g["due"], g["rrule"]) for g in gold]
