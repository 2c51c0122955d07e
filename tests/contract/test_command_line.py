"""The command line towards a stranger: wrong calls, empty folders and broken files are said, in Vietnamese, with their exit code."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.run import GRAPH_FORMATS, run_folder
from schemas.errors import UsageError

SAMPLES = Path(__file__).resolve().parents[2] / "corpus" / "samples"
CHILD, PARENT = SAMPLES / "a05_kh118syt.txt", SAMPLES / "a03_kh145ubnd.docx"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    home = tmp_path_factory.mktemp("kho")
    folder = home / "den"
    folder.mkdir()
    for path in (CHILD, PARENT):
        shutil.copy(path, folder)
    run_folder(folder, home / "ra", workers=2, quiet=True)
    return str(home / "ra" / "trienkhai.db")


@pytest.fixture
def call(monkeypatch, capsys):
    def run(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["trienkhai", *map(str, words)])
        with pytest.raises(SystemExit) as left:
            main()
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    return run


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run"], "thiếu tham số"),
        (["nope"], "không có lệnh này “nope”"),
        (["audit", "x", "--nope"], "không có tùy chọn này “--nope”"),
        (["check", "--format", "xml"], "Các giá trị nhận: text, table, json, sarif"),
        (["graph", "path", "a"], "thiếu tham số"),
        (["doctor", "thừa"], "Lệnh gọi sai"),
    ],
)
def test_a_wrong_call_is_said_in_vietnamese(call, words, said):
    code, _, err = call(*words)
    assert code == 3
    assert "[E100]" in err
    assert said in err


def test_help_and_version_leave_without_error(call):
    assert call("--version")[0] == 0
    assert call("run", "--help")[0] == 0


def test_a_missing_folder_leaves_no_output_folder(call, tmp_path):
    code, _, err = call("run", tmp_path / "không có", "--out", tmp_path / "o1")
    assert (code, (tmp_path / "o1").exists()) == (3, False)
    assert "E100" in err


def test_output_that_cannot_be_written_is_a_wrong_call(call, tmp_path, store):
    taken = tmp_path / "tệp"
    taken.write_text("x", encoding="utf-8")
    (tmp_path / "vào").mkdir()
    code, _, err = call("run", tmp_path / "vào", "--out", taken)
    assert (code, "E100" in err) == (3, True)
    args = ("audit", "118/KH-SYT", "--parent", "145/KH-UBND", "--store", store, "--format")
    for form in ("html", "docx", "xlsx"):
        code, _, err = call(*args, form, "--out", tmp_path / "không" / "có" / f"x.{form}")
        assert (code, "E100" in err) == (3, True), form


def test_an_empty_folder_is_no_pass(call, tmp_path):
    (tmp_path / "vào").mkdir()
    code, _, err = call("run", tmp_path / "vào", "--out", tmp_path / "ra", "--quiet")
    assert code == 3
    assert "Không có văn bản nào" in err
    report = (tmp_path / "ra" / "report.md").read_text(encoding="utf-8")
    assert "Không có văn bản nào để đọc." in report
    for pass_like in ("Mọi tệp văn bản đều đọc được", "Không còn chỗ hở nào", "Nhiệm vụ nào cũng có chủ trì", "Không có phát hiện nào"):
        assert pass_like not in report
    code, _, err = call("check", tmp_path / "vào")
    assert code == 3
    assert "chưa tệp nào được kiểm tra" in err


def test_without_a_pair_no_gap_is_denied(tmp_path):
    (tmp_path / "vào").mkdir()
    shutil.copy(CHILD, tmp_path / "vào")
    run_folder(tmp_path / "vào", tmp_path / "ra", workers=0, quiet=True)
    report = (tmp_path / "ra" / "report.md").read_text(encoding="utf-8")
    assert "Không còn chỗ hở nào" not in report
    assert "chưa biết có chỗ hở hay không" in report


def test_check_goes_on_after_a_broken_file(call, tmp_path):
    (tmp_path / "hỏng.pdf").write_bytes(b"%PDF-1.4\nhong")
    shutil.copy(CHILD, tmp_path)
    code, out, err = call("check", tmp_path, "--format", "json")
    assert code == 3
    assert "hỏng.pdf" in err
    assert "Cách xử lý" in err
    assert {item["file"] for item in json.loads(out)} <= {CHILD.name}
    assert call("check", CHILD, tmp_path / "không có.txt")[0] == 3


def test_results_of_earlier_runs_are_not_read(tmp_path):
    folder = tmp_path / "vào"
    folder.mkdir()
    shutil.copy(CHILD, folder)
    run_folder(folder, folder / "kết quả", workers=0, quiet=True)
    result = run_folder(folder, folder / "kq2", workers=0, quiet=True)
    assert [r.source.name for r in result.records] == [CHILD.name]
    assert [(item.name, "lần chạy trước" in item.why) for item in result.report.left_out] == [("kết quả", True)]
    assert "kết quả của một lần chạy trước" in (folder / "kq2" / "report.md").read_text(encoding="utf-8")
    (folder / "kết quả" / "thêm.txt").write_text(CHILD.read_text(encoding="utf-8") + "\nThêm.", encoding="utf-8")
    mixed = run_folder(folder, folder / "kq2", workers=0, quiet=True)
    assert {r.source.name for r in mixed.records} == {CHILD.name, "kết quả/thêm.txt"}  # a plan put among results is still a plan


def test_a_run_into_the_folder_it_reads_says_the_same_twice(tmp_path):
    shutil.copy(CHILD, tmp_path)
    run_folder(tmp_path, tmp_path, workers=0, quiet=True)
    before = (tmp_path / "report.md").read_bytes()
    assert len(run_folder(tmp_path, tmp_path, workers=0, quiet=True).records) == 1
    assert (tmp_path / "report.md").read_bytes() == before


def test_an_archive_leaves_nothing_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "gói.zip", "w") as packed:
        packed.write(CHILD, CHILD.name)
    for _ in range(2):
        assert len(run_folder(tmp_path / "gói.zip", tmp_path / "ra", workers=0, quiet=True).records) == 1
        assert not (tmp_path / "ra" / ".unpacked").exists()


def test_answers_of_the_graph_show_no_codes_of_the_program(call, store):
    code, out, _ = call("graph", "impact", "145/KH-UBND", "--store", store)
    assert code == 0
    assert "118/KH-SYT, " in out
    for question in (["impact", "145/KH-UBND"], ["gaps", "145/KH-UBND"], ["timeline", "88-CT/TW"], ["duplicates"]):
        code, out, _ = call("graph", *question, "--store", store)
        assert code == 0
        for raw in ("::", "members_unknown", "by_level", "changed_by", "text:", "province", "('"):
            assert raw not in out, question
    assert "Duties of the plans below" in call("graph", "impact", "145/KH-UBND", "--store", store, "--english")[1]
    assert "/20" in call("graph", "timeline", "145/KH-UBND", "--store", store)[1]


def test_gaps_of_a_document_not_in_hand_are_unknown(call, store):
    out = call("graph", "gaps", "88-CT/TW", "--store", store)[1]
    assert "chưa có trong tay" in out
    assert "nơi không được giao" not in out


def test_chain_of_a_stored_document(call, store):
    line = call("chain", "118/KH-SYT", "--store", store, "--short")[1].splitlines()[0]
    assert line.index("145/KH-UBND") < line.index("118/KH-SYT")


def test_an_edge_decided_on_is_followed_or_not(call, store, tmp_path):
    own = tmp_path / "kho.db"
    shutil.copy(store, own)
    for verdict, followed in (("refused", False), ("confirmed", True)):
        code, out, _ = call("graph", "decide", "118/KH-SYT", "145/KH-UBND", "--verdict", verdict, "--who", "An", "--store", own)
        assert (code, "118/KH-SYT – 145/KH-UBND" in out) == (0, True)
        assert ("145/KH-UBND" in call("chain", "118/KH-SYT", "--store", own)[1]) is followed
        assert ("118/KH-SYT" in call("graph", "children", "145/KH-UBND", "--store", own)[1]) is followed
    assert call("graph", "decide", "118/KH-SYT", "145/KH-UBND", "--verdict", "maybe", "--who", "An", "--store", own)[0] == 3


def test_unknown_format_and_code_list_the_known_ones(call, store, tmp_path):
    err = call("graph", "export", tmp_path / "x.xyz", "--store", store)[2]
    assert all(form in err for form in GRAPH_FORMATS)
    code, _, err = call("explain", "NOPE")
    assert code == 3
    assert "CIT-DATE-CONFLICT" in err


def test_decisions_files_are_input(call, tmp_path):
    new = tmp_path / "mới.db"
    bad = tmp_path / "hỏng.jsonl"
    bad.write_text("không phải JSON\n", encoding="utf-8")
    for words, said in (
        (("import", tmp_path / "không.jsonl"), "R201"),
        (("import", bad), "E100"),
        (("export", tmp_path / "ra.jsonl"), "E100"),
    ):
        code, _, err = call("decisions", *words, "--store", new)
        assert (code, said in err, new.exists()) == (3, True, False)


def test_a_decision_takes_the_section_shown(call, store):
    args = ("118/KH-SYT", "--parent", "145/KH-UBND", "--store", store)
    rows = json.loads(call("audit", *args, "--format", "json")[1])["rows"]
    sections = [r["section"] for r in rows]
    one = next((r for r in rows if r["section"] and sections.count(r["section"]) == 1), None)
    many = next((r for r in rows if sections.count(r["section"]) > 1), None)
    add = ("decisions", "add", *args, "--verdict", "covered", "--who", "Người rà soát", "--note", "đã đối chiếu", "--duty")
    if one:
        assert call(*add, one["section"])[0] == 0
    if many:
        code, _, err = call(*add, many["section"])
        assert code == 3
        assert many["duty"] in err
    assert one or many
    assert call(*add, "không có")[0] == 3


def test_a_decision_whose_ground_moved_is_told_with_the_change(call, tmp_path):
    store, below = tmp_path / "kho.db", tmp_path / CHILD.name
    shutil.copy(CHILD, below)
    args = (below, "--parent", PARENT, "--store", store)
    row = next(r for r in json.loads(call("audit", *args, "--format", "json")[1])["rows"] if r["verdict"] == "covered" and r["evidence"])
    added = ("--duty", row["duty"], "--verdict", "covered", "--who", "Người rà soát")
    assert call("decisions", "add", *args, *added)[0] == 0
    before = row["evidence"][0]["text"]
    below.write_text(CHILD.read_text(encoding="utf-8").replace(before[:20], "Rất " + before[:20]), encoding="utf-8")
    code, shown, _ = call("audit", *args, "--format", "json")
    told = next(r for r in json.loads(shown)["rows"] if r["duty"] == row["duty"])["decision"]
    assert (code, told["state"], told["changed"]) == (2, "suspect", ["child"])
    assert {c["sign"] for c in told["diff"]} == {"-", "+"}
    code, shown, _ = call("audit", *args)
    assert code == 2
    assert "Quyết định đáng ngờ (1)" in shown
    assert "− Văn bản dưới:" in shown


def test_usage_error_without_records_names_the_folder(call, tmp_path):
    (tmp_path / "rỗng.docx").write_bytes(b"")
    code, _, err = call("run", tmp_path, "--out", tmp_path / "ra", "--quiet")
    assert code == UsageError.exit_code
    assert str(tmp_path) in err
