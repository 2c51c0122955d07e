"""The register: what a clerk opens. Written by XlsxWriter, read back by openpyxl."""

from __future__ import annotations

import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractors.deadlines import find_deadlines
from pipeline.report.calendar import build_calendar
from pipeline.report.cycles import cycle, in_words, span
from pipeline.report.days import due_days
from pipeline.report.register import write_register
from pipeline.report.rows import duty_rows, missing_clarities, timeless
from pipeline.report.texts import LANGUAGES, number, percent, texts, vn_date
from pipeline.report.workbook import Rolling
from schemas.errors import Damaged, NeedsOcr, UsageError
from schemas.record import Citation, Deadline, Document, Duty, Finding, Link, Page, Record, Region, Role, Source

T = texts("vi")
FIRST = "Sở Y tế tập huấn cho nhân viên bếp ăn theo Chỉ thị số 88-CT/TW, hoàn thành trước ngày 15/6/2026."
SECOND = '=HYPERLINK("http://x") Báo cáo kết quả hằng quý.'
THIRD = "Tổ chức diễn tập trong năm 2026 và trước ngày 01/3/2026."


def at(text: str, words: str) -> dict[str, Any]:
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def duty(text: str, words: str, ident: str, **known: Any) -> Duty:
    return Duty(
        **at(text, words), rule="duties.item", id=ident, section=ident.split("#")[0], modality=known.pop("modality", "obligation"), **known
    )


@pytest.fixture
def plan() -> Record:
    text = "\n".join(("KẾ HOẠCH", FIRST, SECOND, THIRD))
    return Record(
        source=Source(name="ke-hoach.txt", sha256="a" * 64, media_type="text/plain", pages=2, ocr_pages=(2,)),
        text=text,
        pages=(Page(number=1, start=0, end=text.index(SECOND)), Page(number=2, start=text.index(SECOND), end=len(text))),
        regions=(Region(start=0, end=8, line=1), Region(start=9, end=9 + len(FIRST), line=4)),
        document=Document(key="12/KH-SYT", kind="Kế hoạch", regime="state", issued_on="2026-05-02", issuer="Sở Y tế", title="An toàn bếp ăn"),
        citations=(Citation(**at(text, "Chỉ thị số 88-CT/TW"), rule="r", id="c1", form="full", key="88-CT/TW", pinpoints=("khoản 2",)),),
        deadlines=(
            Deadline(**at(text, "trước ngày 15/6/2026"), rule="r", id="d1", kind="date", due="2026-06-15", inclusive=False),
            Deadline(**at(text, "hằng quý"), rule="r", id="d2", kind="recurring", rrule="FREQ=MONTHLY;INTERVAL=3"),
            Deadline(**at(text, "trong năm 2026"), rule="r", id="d3", kind="date", due="2026-12-31"),
            Deadline(**at(text, "trước ngày 01/3/2026"), rule="r", id="d4", kind="date", due="2026-03-01", inclusive=False),
        ),
        duties=(
            duty(
                text, FIRST, "II.1#1", confidence=0.95, lead=("Sở Y tế",), support=("Công an tỉnh", "Sở Công Thương"), deadlines=("d1",),
                citations=("c1",), clarity={"person": True, "time": True, "product": False, "authority": False}, product="Giấy xác nhận",
                roles=(Role(role="lead", name="Sở Y tế", rule="r"), Role(role="support", name="Công an tỉnh", rule="r")),
            ),
            duty(text, SECOND, "II.2#1", confidence=0.65, deadlines=("d2",), review=("không rõ người thực hiện",), modality="request"),
            duty(text, THIRD, "II.3#1", confidence=0.8, lead=("Ủy ban nhân dân xã",), deadlines=("d3", "d4")),
        ),
        links=(Link(target="145/KH-UBND", relation="implements", parent=True), Link(target="88-CT/TW", relation="cites")),
        findings=(
            Finding(rule="DL-BEFORE-ISSUE", severity="error", message="Thời hạn đã qua.", **at(text, "trước ngày 01/3/2026")),
            Finding(rule="DOC-NO-DATE", severity="warning", message="Không có ngày.", start=0, end=0, text=""),
        ),
    )  # fmt: skip


def book(record: Record, path: Path, **options: Any) -> Any:
    write_register([record], path, **options)
    return openpyxl.load_workbook(path)


def table(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_a_row_holds_what_the_duty_says(plan: Record, tmp_path: Path) -> None:
    first, second, third = table(book(plan, tmp_path / "r.xlsx")["Sổ nhiệm vụ"])
    assert {key: first[key] for key in list(first)[:15]} == {
        "STT": 1, "Văn bản": "12/KH-SYT", "Mục": "II.1", "Trang": 1, "Nội dung nhiệm vụ": FIRST, "Tính chất": "Phải làm",
        "Chủ trì": "Sở Y tế", "Phối hợp": "Công an tỉnh; Sở Công Thương", "Thời hạn (như trong văn bản)": "trước ngày 15/6/2026",
        "Đến hạn (ngày cuối)": datetime(2026, 6, 14), "Sản phẩm": "Giấy xác nhận", "Căn cứ được dẫn": "88-CT/TW (khoản 2)", "Độ tin cậy": "cao",
        "Trạng thái": "Chưa bắt đầu", "Kết quả, ghi chú": None,
    }  # fmt: skip
    assert first["Còn thiếu (6 rõ)"] == "thiếu: thẩm quyền"
    assert first["Cách tính ngày đến hạn"] == "ngày liền trước mốc «trước ngày 15/6/2026»"
    assert (first["Dòng"], first["Triển khai văn bản"], first["Khối"], first["Điểm cần xem"]) == (4, "145/KH-UBND", "Nhà nước", None)
    assert (second["Trang"], second["Tính chất"], second["Đến hạn (ngày cuối)"], second["Chu kỳ, mốc tính"]) == (
        2, "Đề nghị", Rolling(due_of(plan)).formula(), "hằng quý",
    )  # fmt: skip
    assert second["Cách tính ngày đến hạn"] == "ngày cuối của từng kỳ sau ngày ban hành: «hằng quý»"
    assert (second["Độ tin cậy"], second["Điểm cần xem"]) == ("cần xem", "Không rõ người thực hiện")
    assert third["Đến hạn (ngày cuối)"] == datetime(2026, 2, 28)
    assert (first["Vị trí"], second["Vị trí"]) == ("mục II.1, trang 1, dòng 4", "mục II.2, trang 2")
    word = plan.model_copy(update={"pages": (), "regions": (Region(start=9, end=9 + len(FIRST), path="body/p[37]"),)})
    assert next(duty_rows([word], T)).where == "mục II.1, đoạn 37"
    assert third["Điểm cần xem"] == "Có 2 ngày đến hạn: 28/02/2026, 31/12/2026.\nLỗi: Thời hạn đã qua."
    assert third["Độ tin cậy"] == "cần xem"


def due_of(plan: Record) -> tuple[date, ...]:
    return next(row.coming for row in duty_rows([plan], T) if row.coming)


def test_the_day_of_a_cycle_moves_on_with_the_calendar(plan: Record, tmp_path: Path) -> None:
    """The file has no clock: it holds the days of the cycle, and the spreadsheet takes the first that is not over."""
    days = due_of(plan)
    assert [d.isoformat() for d in days[:3]] == ["2026-06-30", "2026-09-30", "2026-12-31"]
    assert Rolling(days[:3]).formula() == "=LOOKUP(TODAY()-1,{0,46203,46295},{46203,46295,46387})"
    book(plan, tmp_path / "r.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)["Sổ nhiệm vụ"]
    assert [row[9].value for row in sheet.iter_rows(min_row=2)][1] == datetime(2026, 6, 30)  # for programs that do not reckon


def test_a_text_never_becomes_a_formula(plan: Record, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    cell = next(c for c in book(plan, path)["Sổ nhiệm vụ"]["E"] if c.value and str(c.value).startswith("="))
    assert cell.data_type == "s"
    assert cell.value == SECOND
    assert cell.quotePrefix
    with zipfile.ZipFile(path) as parts:
        sheets = "".join(parts.read(n).decode() for n in parts.namelist() if n.startswith("xl/worksheets/sheet"))
    assert [f[:22] for f in re.findall(r"<f>(.*?)</f>", sheets)] == ["LOOKUP(TODAY()-1,{0,46"]  # the day of a cycle, our own
    assert "hyperlink" not in sheets


def test_marks_for_the_eye(plan: Record, tmp_path: Path) -> None:
    sheet = book(plan, tmp_path / "r.xlsx")["Sổ nhiệm vụ"]
    assert sheet.freeze_panes == "F2"
    assert sheet.auto_filter.ref == "A1:Z4"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == "$1:$1"
    assert "$A$1:$Q$4" in str(sheet.print_area)
    assert [sheet.cell(row, 5).fill.fgColor.rgb for row in (2, 3, 4)] == ["00000000", "FFFFF2CC", "FFFFF2CC"]
    (rule,) = sheet.data_validations.dataValidation
    assert (str(rule.sqref), rule.formula1) == ("N2:N4", '"Chưa bắt đầu,Đang làm,Hoàn thành"')
    assert all(sheet.row_dimensions[row].height for row in (1, 2, 3, 4))
    late = [r.formula[0] for rules in sheet.conditional_formatting for r in rules.rules]
    assert 'AND(ISNUMBER($J2),$J2<TODAY(),$N2<>"Hoàn thành")' in late


def test_other_sheets(plan: Record, tmp_path: Path) -> None:
    failures = [NeedsOcr("Không có lớp chữ.", path="b.pdf"), Damaged("Bị cắt.", path="a.docx")]
    made = book(plan, tmp_path / "r.xlsx", failures=failures)
    assert made.sheetnames == ["Sổ nhiệm vụ", "Văn bản", "Vai trò", "Viện dẫn", "Phát hiện", "Chưa đọc được"]
    (document,) = table(made["Văn bản"])
    assert (document["Số nhiệm vụ"], document["Không rõ chủ trì"], document["Số phát hiện"]) == (3, 1, 2)
    assert (document["Ngày ban hành"], document["Lưu ý khi đọc"]) == (datetime(2026, 5, 2), "nhận dạng chữ trên ảnh ở trang 2")
    assert [(r["Vai trò"], r["Cơ quan, người"]) for r in table(made["Vai trò"])] == [("Chủ trì", "Sở Y tế"), ("Phối hợp", "Công an tỉnh")]
    assert [r["Số, ký hiệu được dẫn"] for r in table(made["Viện dẫn"])] == ["88-CT/TW"]
    assert [(r["Mức"], r["Trang"], r["Nguyên văn"]) for r in table(made["Phát hiện"])] == [
        ("Lỗi", 2, "trước ngày 01/3/2026"), ("Cảnh báo", None, "(cả văn bản)"),
    ]  # fmt: skip
    assert [(r["Tệp"], r["Mã"]) for r in table(made["Chưa đọc được"])] == [("a.docx", "R204"), ("b.pdf", "R209")]
    assert all(r["Cách xử lý"] for r in table(made["Chưa đọc được"]))


def test_same_records_same_bytes(plan: Record, tmp_path: Path) -> None:
    write_register([plan], tmp_path / "a.xlsx")
    write_register([plan], tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_codes_of_rows_hold_when_other_documents_join(plan: Record) -> None:
    other = plan.model_copy(update={"document": plan.document.model_copy(update={"key": "13/KH-SYT"})})
    alone, joined = [r.code for r in duty_rows([plan], T)], [r.code for r in duty_rows([other, plan], T)]
    assert alone == joined[3:]
    assert len(set(joined)) == 6
    copies = [r.code for r in duty_rows([plan, plan], T)]
    assert copies == [*alone, *(f"{code}-2" for code in alone)]


def test_what_a_clerk_typed_outlives_the_next_run(plan: Record, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    made = book(plan, path)
    sheet = made["Sổ nhiệm vụ"]
    titles = [c.value for c in sheet[1]]
    for row, status, note in ((2, "Đang làm", "=Đã họp"), (3, "Hoàn thành", None)):
        sheet.cell(row, titles.index("Trạng thái") + 1).value = status
        cell = sheet.cell(row, titles.index("Kết quả, ghi chú") + 1)
        cell.value, cell.data_type = note, "s"
    made.save(path)

    again = table(book(plan, path)["Sổ nhiệm vụ"])
    assert [(r["Trạng thái"], r["Kết quả, ghi chú"]) for r in again] == [
        ("Đang làm", "=Đã họp"),
        ("Hoàn thành", None),
        ("Chưa bắt đầu", None),
    ]

    shorter = plan.model_copy(update={"duties": plan.duties[1:]})
    for _ in range(2):  # a former row is kept from run to run
        made = book(shorter, path, language="en")
        assert [r["Status"] for r in table(made["Duties"])] == ["Done", "Not started"]
        assert [(r["Duty"], r["Status"], r["Result, notes"]) for r in table(made["Notes of former rows"])] == [
            (FIRST, "Under way", "=Đã họp")
        ]
    assert "Ghi chép của dòng cũ" not in book(plan, path).sheetnames
    assert table(book(plan, path)["Sổ nhiệm vụ"])[0]["Kết quả, ghi chú"] == "=Đã họp"


@pytest.mark.parametrize("junk", [b"", b"no workbook", b"PK\x03\x04 broken"])
def test_a_broken_earlier_register_is_written_anew(plan: Record, tmp_path: Path, junk: bytes) -> None:
    (tmp_path / "r.xlsx").write_bytes(junk)
    assert len(table(book(plan, tmp_path / "r.xlsx")["Sổ nhiệm vụ"])) == 3


@pytest.mark.parametrize(("typed", "kept"), [(datetime(2026, 5, 1), "01/05/2026"), (0, "0"), (12.5, "12.5")])
def test_notes_that_a_spreadsheet_took_for_figures(plan: Record, tmp_path: Path, typed: Any, kept: str) -> None:
    path = tmp_path / "r.xlsx"
    made = book(plan, path)
    made["Sổ nhiệm vụ"]["O2"].value = typed
    made.save(path)
    assert table(book(plan, path)["Sổ nhiệm vụ"])[0]["Kết quả, ghi chú"] == kept


def test_a_register_that_cannot_be_written_says_what_to_do(plan: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Không ghi được") as raised:
        write_register([plan], tmp_path / "không có" / "r.xlsx")
    assert "Excel" in raised.value.remedy


def test_nothing_to_show_is_still_a_workbook(tmp_path: Path) -> None:
    write_register([], tmp_path / "r.xlsx")
    made = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert made["Chưa đọc được"]["A2"].value == "Không có tệp nào."


def test_english_by_option(plan: Record, tmp_path: Path) -> None:
    made = book(plan, tmp_path / "r.xlsx", language="en")
    assert made.sheetnames[0] == "Duties"
    assert table(made["Duties"])[0]["Force"] == "Must"


def test_catalogues_have_the_same_keys_and_places() -> None:
    first, *others = [texts(language).words for language in LANGUAGES]
    for words in others:
        assert list(words) == list(first)
        assert [key for key in first if _places(first[key]) != _places(words[key])] == []


def _places(text: str) -> set[str]:
    import string

    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="fr"):
        texts("fr")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=MONTHLY", "hằng tháng"),
        ("FREQ=MONTHLY;INTERVAL=6", "6 tháng một lần"),
        ("FREQ=WEEKLY;INTERVAL=2", "2 tuần một lần"),
        ("FREQ=WEEKLY;BYDAY=MO,FR", "hằng tuần, thứ Hai, thứ Sáu"),
        ("FREQ=MONTHLY;BYMONTHDAY=25", "hằng tháng, ngày 25"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "hằng tháng, ngày cuối tháng"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=20", "hằng năm, ngày 20/6, ngày 20/12"),
        ("FREQ=YEARLY;BYMONTH=9", "hằng năm, tháng 9"),
        ("FREQ=SECONDLY", "FREQ=SECONDLY"),
        ("", ""),
    ],
)
def test_cycles_in_words(rule: str, words: str) -> None:
    assert cycle(rule, T) == words


@pytest.mark.parametrize(
    ("duration", "working", "words"),
    [
        ("P20D", True, "20 ngày làm việc"),
        ("P1M", False, "1 tháng"),
        ("PT24H", False, "24 giờ"),
        ("PT30M", False, "30 phút"),
        ("PT4H", True, "4 giờ làm việc"),
        ("P1Y6M", False, "1 năm 6 tháng"),
        ("sớm", False, "sớm"),
    ],
)
def test_terms_in_words(duration: str, working: bool, words: str) -> None:
    assert span(duration, T, working=working) == words


def test_terms_say_where_they_start() -> None:
    term = Deadline(start=0, end=1, text="x", rule="r", id="d", kind="relative", due="P5D", anchor="ngày nhận được Kế hoạch")
    loose = term.model_copy(update={"anchor": None})
    assert in_words([term, term, loose], T) == "5 ngày kể từ ngày nhận được Kế hoạch; 5 ngày kể từ mốc chưa rõ"
    for anchor, side, words in (
        ("kể từ khi tiếp nhận", "within", "5 ngày kể từ khi tiếp nhận"),
        ("sau khi kiểm tra", "within", "5 ngày sau khi kiểm tra"),
        ("họp", "before", "5 ngày trước họp"),
    ):
        assert in_words([term.model_copy(update={"anchor": anchor, "side": side})], T) == words


@pytest.mark.parametrize(
    ("words", "issued", "days"),
    [
        ("trước ngày 20/6/2026", "2026-05-04", [("2026-06-19", "before")]),
        ("chậm nhất ngày 20/6/2026", "2026-05-04", [("2026-06-20", "written")]),
        ("trước 17 giờ ngày 20/6/2026", "2026-05-04", [("2026-06-20", "written")]),
        ("trước tháng 7/2026", None, [("2026-06-30", "before")]),
        ("trong quý III/2026", None, [("2026-09-30", "written")]),
        ("trong 05 ngày kể từ ngày ban hành", "2026-05-18", [("2026-05-25", "computed")]),  # 23/5 is a Saturday
        ("trong 15 ngày kể từ ngày Kế hoạch này được ban hành", "2026-04-29", [("2026-05-14", "computed")]),
        ("trong 15 ngày kể từ ngày Nghị quyết được ban hành", "2026-04-29", []),
        ("trong 05 ngày kể từ ngày ban hành", None, []),
        ("trong 10 ngày kể từ ngày 05/6/2026", None, [("2026-06-15", "computed")]),
        ("trong 03 ngày kể từ ngày tiếp nhận", "2026-05-18", []),
        ("hằng năm", "2026-05-04", [("2026-12-31", "cycle")]),
        ("hằng năm", None, []),
        ("trước ngày 15/6 và 15/12 hằng năm", "2026-05-04", [("2026-06-14", "cycle")]),
        ("trước ngày 01/7 hằng năm", "2026-05-04", [("2026-06-30", "cycle")]),
        ("Thường xuyên", "2026-05-04", []),
    ],
)
def test_the_last_day_is_the_same_in_register_and_calendar(words: str, issued: str | None, days: list[tuple[str, str]]) -> None:
    text = f"Báo cáo {words}."
    deadlines = find_deadlines(text, issued_on=issued)
    done = Duty(
        start=0, end=len(text), text=text, rule="r", id="I#1", section="I", modality="obligation", deadlines=tuple(d.id for d in deadlines)
    )
    record = Record(
        source=Source(name="a.txt", sha256="a" * 64, media_type="text/plain"), text=text, deadlines=deadlines, duties=(done,),
        document=Document(key="1/KH-A", kind="Kế hoạch", issued_on=issued),
    )  # fmt: skip
    assert [(due.day.isoformat(), due.how) for due in due_days(deadlines, record)] == days
    (row,) = duty_rows([record], T)
    events = [event.decoded("dtstart").isoformat() for event in build_calendar([record]).walk("VEVENT")]
    assert events == [row.due.isoformat() for _ in events if row.due] == [day for day, _ in days]
    assert bool(row.due) is bool(row.due_how) is bool(events)


def test_a_product_is_missed_only_where_one_is_made(plan: Record) -> None:
    def lacks(words: str) -> str:
        return missing_clarities(plan.duties[0].model_copy(update={"text": words, "clarity": {"product": False}}), T)

    assert lacks("Kiểm tra bếp ăn.") == ""
    assert lacks("Xây dựng kế hoạch kiểm tra.") == "thiếu: sản phẩm"


@pytest.mark.parametrize(
    ("modality", "missing"),
    [
        ("obligation", "thiếu: người, thời gian, sản phẩm, thẩm quyền"),
        ("request", "thiếu: người, thời gian, sản phẩm, thẩm quyền"),
        ("prohibition", "thiếu: người"),
        ("permission", "thiếu: người"),
        ("sanction", "thiếu: người, thẩm quyền"),
    ],
)
def test_time_and_product_are_asked_of_work_alone(plan: Record, modality: str, missing: str) -> None:
    clarity = dict.fromkeys(("person", "time", "product", "authority"), False)
    words = "Xây dựng kế hoạch kiểm tra."
    duty = plan.duties[0].model_copy(update={"text": words, "clarity": clarity, "modality": modality, "deadlines": ()})
    assert missing_clarities(duty, T) == missing
    assert timeless(duty) is (modality in ("obligation", "request"))


@pytest.mark.parametrize(("iso", "words"), [("2026-03-05", "05/03/2026"), (None, ""), ("2026", "2026")])
def test_dates_in_words(iso: str | None, words: str) -> None:
    assert vn_date(iso) == words


@pytest.mark.parametrize(
    ("part", "whole", "language", "words"), [(1, 3, "vi", "33,3%"), (1, 3, "en", "33.3%"), (2, 2, "vi", "100%"), (0, 0, "vi", "–")]
)
def test_shares(part: int, whole: int, language: str, words: str) -> None:
    assert percent(part, whole, language) == words
    assert number(1.5, "vi") == "1,5"
