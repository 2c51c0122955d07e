"""report.md: what a person reads first after a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from pipeline.graph import build
from pipeline.report.chains import outline
from pipeline.report.markdown import clip, escape, table
from pipeline.report.summary import LIMIT, summary, write_summary
from pipeline.report.texts import texts
from schemas.coverage import Audit, AuditRow, NotChecked, Party, RowDecision
from schemas.errors import Damaged
from schemas.record import Citation, Document, Duty, Finding, Link, Modality, Page, Record, Source


def plan(
    name: str, key: str | None, *parents: str, duties: tuple[Duty, ...] = (), findings: tuple[Finding, ...] = (), day: str = ""
) -> Record:
    text = f"Thực hiện {', '.join(parents)} " + "x" * 400
    cited = tuple(
        Citation(
            start=text.index(p), end=text.index(p) + len(p), text=p, rule="r", id=f"c{n}", form="full", key=p, kind="Kế hoạch",
            relation="implements",
        )
        for n, p in enumerate(parents)
    )  # fmt: skip
    links = tuple(Link(target=p, relation="implements", parent=True, citations=(f"c{n}",)) for n, p in enumerate(parents))
    return Record(
        source=Source(name=name, sha256=name.ljust(64, "0"), media_type="text/plain"), text=text, pages=(Page(number=3, start=0, end=len(text)),),
        document=Document(key=key, kind="Kế hoạch", issuer="Ban Thường vụ Tỉnh ủy" if key == "21-KH/TU" else "Sở Y tế", issued_on=day or None), citations=cited, links=links, duties=duties,
        findings=findings,
    )  # fmt: skip


def duty(number: int, *, lead: bool, modality: Modality = "obligation") -> Duty:
    return Duty(
        start=20, end=24, text=f"Nhiệm vụ thứ {number}", rule="r", id=f"I.{number}#1", section=f"I.{number}", modality=modality,
        lead=("Sở Y tế",) if lead else (), clarity={"person": lead, "time": False},
    )  # fmt: skip


@dataclass
class Skipped:
    name: str
    why: str


@dataclass
class Report:
    duplicates: list[Skipped] = field(default_factory=lambda: [Skipped("bản sao.pdf", "trùng với a.pdf")])
    left_out: list[Skipped] = field(default_factory=list)


def audited(decided: bool = False) -> Audit:
    note = RowDecision(verdict="not_applicable", state="valid", who="Lan", at="2026-05-02", note="Đã giao nơi khác.") if decided else None
    rows = (
        AuditRow(duty="I.1#1", text="Tập huấn *hằng năm*", section="I.1", verdict="covered", confidence=0.9, reason="Có."),
        AuditRow(
            duty="I.2#1", text="Công khai kết quả", section="I.2", verdict="not_covered", confidence=0.9, reason="Không có.", decision=note
        ),
        AuditRow(duty="I.3#1", text="Việc của nơi khác", section="I.3", verdict="not_applicable", confidence=0.9, reason="Không giao."),
    )
    return Audit(
        parent=Party(key="21-KH/TU", name="a.txt", sha256="a.txt".ljust(64, "0")), child=Party(key="12/KH-SYT", name="b.txt", sha256="b"),
        rows=rows, not_checked=(NotChecked(what="145/KH-UBND", why="chưa có trong tay"),),
    )  # fmt: skip


@pytest.fixture
def records() -> list[Record]:
    found = (
        Finding(rule="DOC-NO-DATE", severity="warning", message="Không có ngày ban hành.", start=0, end=0, text=""),
        Finding(rule="CIT-DATE-CONFLICT", severity="error", message="Hai ngày | một số.", start=3, end=9, text="c hiện"),
    )
    duties = (duty(1, lead=True), duty(2, lead=False), duty(3, lead=False, modality="sanction"))
    return [plan("a.txt", "21-KH/TU", "88-CT/TW"), plan("b_2026.txt", "12/KH-SYT", "21-KH/TU", duties=duties, findings=found)]


def lines_of(text: str, title: str) -> list[str]:
    """Lines of one numbered chapter."""
    chapters = text.split("\n## ")
    return next(c for c in chapters if c.split("\n")[0].endswith(title)).split("\n")[1:]


def test_overview_counts(records: list[Record]) -> None:
    text = summary(records, [Damaged("Bị cắt.", path="hong.docx")], [audited()], build(records), report=Report())
    rows = dict(line.strip("| ").split(" | ") for line in lines_of(text, "Tóm tắt") if line.startswith("| ") and "---" not in line)
    assert rows == {
        "Nội dung": "Số lượng", "Văn bản đọc được": "2", "Tệp chưa đọc được": "1",
        "Nhiệm vụ": "3", "Nhiệm vụ không rõ chủ trì": "1", "Nhiệm vụ không có thời hạn (trừ điều cấm, quyền, xử lý)": "2", "Viện dẫn": "2",
        "Phát hiện trong văn bản (lỗi / cảnh báo / lưu ý)": "1 / 1 / 0", "Cặp văn bản trên – dưới được rà soát": "1",
        "Nhiệm vụ của cấp trên còn hở (chưa bao phủ, một phần, trái)": "1", "Nhiệm vụ của cấp trên cần người xem xét": "0",
    }  # fmt: skip


def test_unread_files_come_with_reason_and_remedy(records: list[Record]) -> None:
    chapter = "\n".join(
        lines_of(summary(records, [Damaged("Bị cắt.", path="hong.docx")], [], build(records), report=Report()), "cách xử lý")
    )
    assert f"| hong.docx | R204 | Bị cắt. | {Damaged.default_remedy} |" in chapter
    assert "| bản sao.pdf | trùng với a.pdf |" in chapter
    assert "Mọi tệp văn bản đều đọc được." in summary(records, [], [], build(records))


def test_chains_stand_from_the_root_down(records: list[Record]) -> None:
    assert outline(build(records), texts("vi")) == [
        "- **88-CT/TW** (chỉ được dẫn)",
        "  - **21-KH/TU** (a.txt)",
        "    - **12/KH-SYT** (b_2026.txt)",
    ]
    assert any(line.startswith("| 88-CT/TW |") for line in lines_of(summary(records, [], [], build(records)), "Chuỗi chỉ đạo"))


def test_a_circle_ends_and_is_said() -> None:
    graph = build([plan("a.txt", "1/KH-A", "2/KH-B"), plan("b.txt", "2/KH-B", "1/KH-A")])
    lines = outline(graph, texts("vi"))
    assert len(lines) == 3
    assert lines[-1].endswith("xem ở trên")


def test_gaps_are_listed_until_a_person_has_justified_them(records: list[Record]) -> None:
    text = summary(records, [], [audited()], build(records))
    assert "- **Chưa bao phủ** (mục I.2): Công khai kết quả *Không có.*" in text
    assert "| 21-KH/TU | 12/KH-SYT | 3 | 2 | 1 | 0 | 0 | 1 | 0 | 100% | 50% |" in text
    assert "| 21-KH/TU | 12/KH-SYT | 145/KH-UBND | chưa có trong tay |" in text
    justified = summary(records, [], [audited(decided=True)], build(records))
    assert "- **Chưa bao phủ**" not in justified
    assert "1 dòng đã có người quyết định, không nêu lại ở đây." in justified
    assert "đã có người quyết định" not in text
    assert "| 21-KH/TU | 12/KH-SYT | 3 | 1 | 1 | 0 | 0 | 0 | 0 | 100% | 100% |" in justified
    assert "| Nhiệm vụ của cấp trên đã có người rà soát quyết định | 1 |" in justified


def test_decisions_made_doubtful_by_a_change_are_listed(records: list[Record]) -> None:
    audit = audited(decided=True)
    old = [r.model_copy(update={"decision": r.decision.model_copy(update={"state": "suspect", "changed": ("child",)})}) if r.decision else r
           for r in audit.rows]  # fmt: skip
    text = summary(records, [], [audit.model_copy(update={"rows": tuple(old)})], build(records))
    assert "### Quyết định đáng ngờ (1)" in text
    assert "I.2#1: Không thuộc đối tượng (Lan, 02/05/2026)." in text
    assert "| 21-KH/TU | 12/KH-SYT | 3 | 2 | 1 | 0 | 0 | 1 | 0 | 100% | 50% |" in text


def test_findings_with_file_and_page_errors_first(records: list[Record]) -> None:
    rows = [line for line in lines_of(summary(records, [], [], build(records)), "từng văn bản") if line.startswith(("| Lỗi", "| Cảnh báo"))]
    assert rows == [
        "| Lỗi | CIT-DATE-CONFLICT | b_2026.txt, trang 3 | 1 | Hai ngày \\| một số. | c hiện |",
        "| Cảnh báo | DOC-NO-DATE | b_2026.txt | 1 | Không có ngày ban hành. | – |",
    ]


def test_findings_of_one_code_share_a_row_and_openings_end_in_an_ellipsis() -> None:
    twice = tuple(Finding(rule="DUTY-NO-DEADLINE", severity="warning", message="Thêm ngày.", start=n, end=n + 2, text="xx") for n in (20, 30))
    record = plan("a.txt", "1/KH-A", duties=(duty(1, lead=True),), findings=twice)
    text = summary([record], [], [], build([record]))
    assert "| Cảnh báo | DUTY-NO-DEADLINE | a.txt, trang 3 | 2 | Thêm ngày. | xx… |" in text


def test_documents_to_ask_for_count_all_that_stand_below() -> None:
    records = [plan("a.txt", "21-KH/TU", "88-CT/TW"), plan("b.txt", "12/KH-SYT", "21-KH/TU")]
    assert any(line.startswith("| 88-CT/TW |") and line.endswith("| 2 |") for line in summary(records, [], [], build(records)).split("\n"))


def test_duties_without_lead_are_listed(records: list[Record]) -> None:
    chapter = lines_of(summary(records, [], [], build(records)), "không rõ chủ trì")
    assert [line for line in chapter if "Nhiệm vụ thứ" in line] == [
        "| 12/KH-SYT | mục I.2, trang 3 | Nhiệm vụ thứ 2 | thiếu: người, thời gian |"
    ]


def test_a_long_list_says_how_much_is_left() -> None:
    record = plan("a.txt", "1/KH-A", duties=tuple(duty(n, lead=False) for n in range(LIMIT + 7)))
    assert "… và 7 dòng nữa; danh sách đủ ở register.xlsx." in summary([record], [], [], build([record]))


def test_same_input_same_bytes(records: list[Record], tmp_path: Path) -> None:
    for name in ("a.md", "b.md"):
        write_summary(records, [], [audited()], build(records), tmp_path / name, report=Report())
    assert (tmp_path / "a.md").read_bytes() == (tmp_path / "b.md").read_bytes()


def test_nothing_read_is_a_report_too() -> None:
    text = summary([], [], [], build([]), language="en")
    assert "No document here implements another." in text


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("a | b", "a \\| b"),
        ("*đậm* `mã` <b>", "\\*đậm\\* \\`mã\\` \\<b>"),
        ("ke_hoach_2026.txt", "ke_hoach_2026.txt"),
        ("_nghiêng_", "\\_nghiêng\\_"),
        ("# Mục", "\\# Mục"),
        ("- gạch", "\\- gạch"),
        ("1. số", "1\\. số"),
        ("hai\n dòng", "hai dòng"),
    ],
)
def test_text_of_plans_stays_text(text: str, safe: str) -> None:
    assert escape(text) == safe


def test_clip_cuts_between_words() -> None:
    assert clip("một hai ba", 9) == "một hai…"
    assert clip("một  hai", 9) == "một hai"


def test_empty_cells_have_a_dash() -> None:
    assert table(("A", "B"), [("", 0)], right=(1,)) == ["| A | B |", "|---|---:|", "| – | 0 |", ""]
