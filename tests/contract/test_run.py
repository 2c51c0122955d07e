"""The main job, end to end: a folder in, every report out; twice the same bytes; a broken file stops nothing."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import networkx as nx
import openpyxl
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.run import run_folder
from schemas.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "corpus" / "samples"
NAMES = ("report.md", "register.xlsx", "graph.html", "audit.html", "matrix.xlsx", "calendar.ics", "records.jsonl", "graph.graphml")


def _digests(out: Path) -> dict[str, str]:
    return {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in NAMES}


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    out = tmp_path_factory.mktemp("ra")
    return run_folder(SAMPLES, out, workers=2, quiet=True), out


def test_every_report_is_written(first):
    result, out = first
    assert not result.report.failed
    assert len(result.records) == len([p for p in SAMPLES.iterdir() if p.suffix in {".docx", ".pdf", ".txt", ".md"}])
    assert result.audits
    for name in NAMES:
        assert (out / name).stat().st_size > 1000, name


def test_a_second_run_reads_nothing_and_writes_the_same_bytes(first):
    _, out = first
    before = _digests(out)
    again = run_folder(SAMPLES, out, workers=1, quiet=True)
    assert not again.report.read
    assert len(again.report.skipped) == len(again.records)
    assert _digests(out) == before


def test_another_executor_writes_the_same_bytes(first, tmp_path):
    _, out = first
    run_folder(SAMPLES, tmp_path / "noi-tiep", workers=0, quiet=True)
    assert _digests(tmp_path / "noi-tiep") == _digests(out)


def test_register_holds_every_duty(first):
    result, out = first
    book = openpyxl.load_workbook(out / "register.xlsx", read_only=True)
    duties = sum(len(r.duties) for r in result.records)
    rows = [row for row in book.worksheets[0].iter_rows(values_only=True) if any(row)]
    assert sum(1 for row in rows if isinstance(row[0], (int, float))) == duties


def test_graph_says_what_is_in_hand(first):
    result, out = first
    graph = nx.read_graphml(out / "graph.graphml")
    held = [d for _, d in graph.nodes(data=True) if d["in_hand"]]
    assert len(held) == len(result.records)
    assert {"key", "name", "kind"} <= set(held[0])
    assert all("relation" in d for _, _, d in graph.edges(data=True))


def test_text_of_every_item_is_the_text(first):
    result, _ = first
    for record in result.records:
        for items in (record.citations, record.units, record.deadlines, record.duties, record.findings):
            for item in items:
                assert record.text[item.start : item.end] == item.text
        for source in record.document.provenance.values():
            assert record.text[source.start : source.end] == source.text


def test_a_broken_file_stops_nothing(tmp_path):
    folder = tmp_path / "den"
    folder.mkdir()
    shutil.copy(SAMPLES / "a05_kh118syt.txt", folder)
    (folder / "rong.docx").write_bytes(b"")
    (folder / "sai-duoi.pdf").write_text("Đây là văn bản thường, không phải PDF. " * 30, encoding="utf-8")
    (folder / "hong.docx").write_bytes((SAMPLES / "a03_kh145ubnd.docx").read_bytes()[:9000])
    (folder / "la.bin").write_bytes(bytes(range(256)) * 40)
    result = run_folder(folder, tmp_path / "ra", workers=1, quiet=True)
    assert "a05_kh118syt.txt" in result.report.read
    failed = {Path(e.path or "").name: e for e in result.report.failed}
    assert {"rong.docx", "hong.docx"} <= set(failed)
    for error in failed.values():
        assert error.code.startswith("R")
        assert error.message
        assert error.remedy
    report = (tmp_path / "ra" / "report.md").read_text(encoding="utf-8")
    for name in failed:
        assert name.split(".")[0] in report


def test_a_changed_file_replaces_its_own_facts(tmp_path):
    folder = tmp_path / "den"
    folder.mkdir()
    path = folder / "ke-hoach.txt"
    text = (SAMPLES / "a05_kh118syt.txt").read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    one = run_folder(folder, tmp_path / "ra", workers=0, quiet=True)
    path.write_text(text.replace("Chi cục An toàn vệ sinh thực phẩm", "Chi cục Thử nghiệm"), encoding="utf-8")
    two = run_folder(folder, tmp_path / "ra", workers=0, quiet=True)
    assert [r.source.name for r in two.records] == [r.source.name for r in one.records]
    assert any("Thử nghiệm" in d.lead[0] for r in two.records for d in r.duties if d.lead)
    path.unlink()
    assert run_folder(folder, tmp_path / "ra", workers=0, quiet=True).records == []


REPEALED = """ỦY BAN NHÂN DÂN XÃ THANH LỘC
Số: 15/KH-UBND

Thanh Lộc, ngày 12 tháng 3 năm 2026

KẾ HOẠCH
Công khai ngân sách xã

Ủy ban nhân dân xã ban hành Kế hoạch như sau:

1. Bộ phận Tài chính công khai dự toán theo Luật Ngân sách nhà nước năm 2015 trước ngày 29/4/2026.
"""


def test_a_run_tells_what_check_tells(tmp_path):
    """Also findings that need other documents, or an audit; the record itself keeps what its own document shows."""
    folder, out = tmp_path / "den", tmp_path / "ra"
    folder.mkdir()
    (folder / "a.txt").write_text(REPEALED, encoding="utf-8")
    run_folder(folder, out, workers=0, quiet=True)
    assert "CIT-REPEALED" in CLI.invoke(app, ["check", "--store", str(out / "trienkhai.db")]).stdout
    assert "CIT-REPEALED" in (out / "report.md").read_text(encoding="utf-8")
    assert "CIT-REPEALED" not in (out / "records.jsonl").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(out / "register.xlsx")
    assert "CIT-REPEALED" in [row[1].value for row in book["Phát hiện"].iter_rows(min_row=2)]
    assert "hết hiệu lực" in next(iter(book["Sổ nhiệm vụ"].iter_rows(min_row=2, values_only=True)))[15]


def test_findings_of_audits_stand_in_the_register(first):
    rows = openpyxl.load_workbook(first[1] / "register.xlsx", read_only=True)["Phát hiện"].iter_rows(min_row=2, values_only=True)
    found = {row[1] for row in rows}
    assert {"COVER-MISSING", "DL-AFTER-PARENT"} <= found
    assert "COVER-EXTRA" not in found, "own work of a lower plan is nothing to mend"


def test_a_guide_to_the_folder_is_no_document_of_the_graph(tmp_path):
    folder, out = tmp_path / "den", tmp_path / "ra"
    folder.mkdir()
    (folder / "README.md").write_text("# Bàn giao\n\nThư mục gồm các kế hoạch đã nhận.\n\n- gửi lại nếu thiếu tệp\n", encoding="utf-8")
    headless = "Kế hoạch gồm những việc sau:\n\n1. Trạm Y tế xã tập huấn cho các thôn trước ngày 30/6/2026.\n"
    (folder / "mat-dau.txt").write_text(headless, encoding="utf-8")
    run_folder(folder, out, workers=0, quiet=True)
    held = [d["files"] for _, d in nx.read_graphml(out / "graph.graphml").nodes(data=True) if d["in_hand"]]
    assert held == ["mat-dau.txt"]
    lines = [line for line in (out / "report.md").read_text(encoding="utf-8").splitlines() if "không thấy là văn bản hành chính" in line]
    assert len(lines) == 1
    assert lines[0].startswith("| README.md |")


CLI = CliRunner()


def test_extract_prints_the_record():
    out = CLI.invoke(app, ["extract", str(SAMPLES / "a05_kh118syt.txt")])
    assert out.exit_code == 0
    record = json.loads(out.stdout)
    assert record["schema"] == "trienkhai/record/1"
    assert record["document"]["key"] == "118/KH-SYT"


def test_extract_shows_findings_with_their_place_and_words():
    shown = " ".join(CLI.invoke(app, ["extract", str(SAMPLES / "a05_kh118syt.txt"), "--format", "table"]).stdout.split())
    assert "Lỗi, mục III.1, dòng 107: CIT-DATE-CONFLICT" in shown
    assert "29/04/2026" in shown
    assert "implements" not in shown


def test_extract_says_why_it_cannot(tmp_path):
    empty = tmp_path / "rong.txt"
    empty.write_bytes(b"")
    out = CLI.invoke(app, ["extract", str(empty)])
    assert out.exit_code == 3
    assert "R202" in out.output


def test_chain_names_what_is_in_hand(first):
    _, out = first
    answer = CLI.invoke(app, ["chain", str(SAMPLES / "a05_kh118syt.txt"), "--store", str(out / "trienkhai.db"), "--short"])
    assert answer.exit_code == 0
    line = answer.stdout.splitlines()[0]
    assert line.index("88-CT/TW") < line.index("21-KH/TU") < line.index("145/KH-UBND") < line.index("118/KH-SYT")
    assert "có trong tay" in line


def test_audit_prints_every_duty_of_the_parent(first):
    result, out = first
    args = ["audit", str(SAMPLES / "a05_kh118syt.txt"), "--parent", str(SAMPLES / "a03_kh145ubnd.docx"), "--format", "json"]
    answer = CLI.invoke(app, [*args, "--store", str(out / "trienkhai.db")])
    assert answer.exit_code in {0, 1}
    audit = json.loads(answer.stdout)
    parent = next(r for r in result.records if r.document.key == "145/KH-UBND")
    assert [row["duty"] for row in audit["rows"]] == [d.id for d in parent.duties]
    assert audit["summary"]["duties"] == len(parent.duties)


def test_a_decision_is_kept_and_turns_suspect_when_the_child_changes(tmp_path):
    store = str(tmp_path / "kho.db")
    child, parent = tmp_path / "con.txt", str(SAMPLES / "a03_kh145ubnd.docx")
    text = (SAMPLES / "a05_kh118syt.txt").read_text(encoding="utf-8")
    child.write_text(text, encoding="utf-8")
    args = [str(child), "--parent", parent, "--store", store]
    rows = json.loads(CLI.invoke(app, ["audit", *args, "--format", "json"]).stdout)["rows"]
    row = next(r for r in rows if r["evidence"] and r["verdict"] != "covered")
    add = ["decisions", "add", *args, "--duty", row["duty"], "--verdict", "covered", "--who", "Kiểm tra viên"]
    assert row["verdict"] != "covered"
    assert isinstance(CLI.invoke(app, add).exception, UsageError)
    assert CLI.invoke(app, [*add, "--note", "đã đối chiếu"]).exit_code == 0
    assert CLI.invoke(app, ["decisions", "export", str(tmp_path / "qd.jsonl"), "--store", store]).exit_code == 0
    assert "Kiểm tra viên" in (tmp_path / "qd.jsonl").read_text(encoding="utf-8")
    assert CLI.invoke(app, ["audit", *args, "--format", "json"]).exit_code in {0, 1}
    changed = row["evidence"][0]["text"]
    words = " ".join(changed.split()[:4])
    child.write_text(text.replace(words, words + " toàn bộ"), encoding="utf-8")
    assert CLI.invoke(app, ["audit", *args, "--format", "json"]).exit_code == 2
