"""The scorer: what counts as right, what a miss costs, floors that only an explicit flag lowers."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from pipeline import scoring_floors as floors
from pipeline.scoring import SETS, GoldSet, as_json, main, read_gold, read_records, score, table
from pipeline.scoring_coverage import CoverageScore, coverage_total, score_coverage, score_pair
from pipeline.scoring_match import Figures, align, bare, names_hit, overlap, overlaps, take
from pipeline.scoring_record import MEASURES, rrule_parts, score_record
from schemas.coverage import Audit, AuditRow, Evidence, Party
from schemas.errors import UsageError
from schemas.record import Citation, Deadline, Document, Duty, Edge, Finding, Link, Record, Role, Source

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
TASK = "Tổ chức kiểm tra định kỳ các bếp ăn bán trú trên địa bàn, báo cáo kết quả trước ngày 15/12/2026."
BAN = "Không để xảy ra tình trạng tự ý thu thêm các khoản ngoài quy định đã công khai."


def gold(**changed: Any) -> dict[str, Any]:
    """A small plan as a reader marks it: one parent, a law, two duties, one finding."""
    plan = {
        "id": "nho",
        "document": {"kind": "Kế hoạch", "key": "12/KH-UBND", "issued_on": "2026-05-04", "regime": "state",
                     "issuer": "Ủy ban nhân dân xã Tân Mỹ", "title": "Triển khai Kế hoạch số 90/KH-UBND"},
        "links": [{"target": ["90/KH-UBND"], "relation": "implements", "parent": True},
                  {"target": ["Luật Giáo dục 2019", "43/2019/QH14"], "relation": "based_on", "parent": False}],
        "edges": [{"source": ["90/KH-UBND"], "target": ["7-CT/TU"], "relation": "implements"}],
        "citations": [{"text": "Kế hoạch số 90/KH-UBND ngày 02/3/2026", "key": ["90/KH-UBND"], "issued_on": "2026-03-02", "issuer": None,
                       "pinpoints": ["khoản 1 điều 4"], "relation": "implements"},
                      {"text": "Luật Giáo dục", "key": ["Luật Giáo dục 2019", "43/2019/QH14"], "issued_on": None, "issuer": None,
                       "pinpoints": [], "relation": "based_on"}],
        "deadlines": [{"text": "trước ngày 15/12/2026", "kind": "date", "start_on": None, "due": "2026-12-15",
                       "inclusive": False, "rrule": None},
                      {"text": "định kỳ", "kind": "recurring", "start_on": None, "due": None, "rrule": None}],
        "duties": [{"text": TASK, "section": "II.1", "modality": "obligation", "lead": ["Trạm Y tế"], "support": ["các trường học"],
                    "deadlines": ["trước ngày 15/12/2026"]},
                   {"text": BAN, "section": "II.2", "modality": "prohibition", "lead": [], "support": [], "deadlines": []}],
        "findings": [{"rule": "CIT-DATE-CONFLICT", "text": "ngày 02/3/2026"}, {"rule": "ORG-OBSOLETE", "text": "Phòng cũ"}],
    }  # fmt: skip
    return {**plan, **changed}


def span(text: str) -> dict[str, Any]:
    return {"start": 0, "end": len(text), "text": text, "rule": "thử", "confidence": 0.9}


def record(**changed: Any) -> Record:
    """The record that answers ``gold()`` without a fault."""
    document = Document(kind="Kế hoạch", key="12 / KH–UBND", issued_on="2026-05-04", regime="state",
                        issuer="ỦY BAN NHÂN DÂN XÃ TÂN MỸ", title="triển khai Kế hoạch số 90/KH-UBND")  # fmt: skip
    parts: dict[str, Any] = {
        "document": document,
        "links": (Link(target="90/KH-UBND", relation="implements", parent=True), Link(target="43/2019/QH14", relation="based_on")),
        "edges": (Edge(source="90/KH-UBND", target="7-CT/TU", relation="implements"),),
        "citations": (Citation(**span("Kế hoạch số 90/KH-UBND"), id="c1", form="full", key="90/KH-UBND", issued_on="2026-03-02",
                               pinpoints=("Khoản 1 Điều 4",), relation="implements"),
                      Citation(**span("Luật Giáo dục"), id="c2", form="name", key="43/2019/QH14", relation="based_on"),
                      Citation(**span("Kế hoạch này"), id="c3", form="anaphora")),
        "deadlines": (Deadline(**span("trước ngày 15/12/2026"), id="d1", kind="date", due="2026-12-15", inclusive=False),
                      Deadline(**span("định kỳ"), id="d2", kind="recurring")),
        "duties": (Duty(**span(TASK), id="II.1#1", section="II.1", modality="obligation", lead=("Trạm Y tế",), support=("các trường học",),
                        deadlines=("d1",), roles=(Role(role="lead", name="Trạm Y tế", rule="thử", confidence=0.8),)),
                   Duty(**span(BAN), id="II.2#1", section="II.2", modality="prohibition")),
        "findings": (Finding(rule="CIT-DATE-CONFLICT", severity="error", message="", start=0, end=14, text="số 90/KH-UBND ngày 02/3/2026"),
                     Finding(rule="ORG-OBSOLETE", severity="note", message="", start=0, end=1, text="khác")),
    }  # fmt: skip
    return Record(source=Source(name="nho", sha256="", media_type="text/plain"), text="", **{**parts, **changed})


def test_a_faultless_record_scores_one_everywhere():
    sheet = score_record(gold(), record())
    assert {m: f.f1 for m, f in sheet.figures.items()} == dict.fromkeys(MEASURES, 1.0)
    assert sheet.misses == []
    assert sheet.figures["citations"] == Figures(2, 2, 2), "anaphora and bare references to itself are no mentions"
    assert Counter(j.group for j in sheet.judged) == {"citations": 2, "deadlines": 2, "duties": 2, "leads": 1}
    assert all(j.right for j in sheet.judged)


def changed(part: str, index: int, **fields: Any) -> Record:
    """The faultless record with one item of one list changed."""
    items = list(getattr(record(), part))
    items[index] = items[index].model_copy(update=fields)
    return record(**{part: tuple(items)})


def without(part: str, index: int) -> Record:
    items = list(getattr(record(), part))
    del items[index]
    return record(**{part: tuple(items)})


FAULTS = [
    ("wrong number of the document", record(document=record().document.model_copy(update={"key": "13/KH-UBND"})), {"document": (5, 6, 6)}),
    ("title cut short", record(document=record().document.model_copy(update={"title": "Triển khai"})), {"document": (5, 6, 6)}),
    ("date of a citation", changed("citations", 0, issued_on="2026-03-03"), {"citation_date": (1, 2, 2)}),
    ("issuer that the mention does not say", changed("citations", 0, issuer="Bộ Y tế"), {"citation_issuer": (1, 2, 2)}),
    ("one pinpoint too many", changed("citations", 0, pinpoints=("khoản 1 điều 4", "điều 5")), {"pinpoints": (1, 1, 2)}),
    ("relation of a mention", changed("citations", 1, relation="cites"), {"citation_relation": (1, 2, 2)}),
    ("key of a mention", changed("citations", 0, key="91/KH-UBND"), {"citations": (1, 2, 2), "citation_date": (1, 1, 1),
     "citation_issuer": (1, 1, 1), "citation_relation": (1, 1, 1), "pinpoints": (0, 0, 0)}),
    ("a mention not seen", without("citations", 1), {"citations": (1, 2, 1), "citation_date": (1, 1, 1),
     "citation_issuer": (1, 1, 1), "citation_relation": (1, 1, 1)}),
    ("relation of a link", changed("links", 1, relation="cites"), {"links": (1, 2, 2)}),
    ("no parent", changed("links", 0, parent=False), {"parents": (0, 1, 0)}),
    ("edge the wrong way", changed("edges", 0, source="7-CT/TU", target="90/KH-UBND"), {"edges": (0, 1, 1)}),
    ("before read as by", changed("deadlines", 0, inclusive=True), {"deadline_value": (1, 2, 2)}),
    ("a day off", changed("deadlines", 0, due="2026-12-14"), {"deadline_value": (1, 2, 2)}),
    ("a rule where gold has none", changed("deadlines", 1, rrule="FREQ=YEARLY"), {"deadline_value": (1, 2, 2)}),
    ("a deadline too many", record(deadlines=(*record().deadlines, Deadline(**span("năm học 2026"), id="d3", kind="date"))),
     {"deadlines": (2, 2, 3)}),
    ("modality", changed("duties", 1, modality="obligation"), {"modality": (1, 2, 2)}),
    ("lead that nobody named", changed("duties", 1, lead=("Công an xã",)), {"lead": (1, 1, 2)}),
    ("support missed", changed("duties", 0, support=()), {"support": (0, 1, 0)}),
    ("deadline not bound to its duty", changed("duties", 0, deadlines=()), {"duty_deadline": (0, 1, 0)}),
    ("a duty cut in half", changed("duties", 0, text=TASK[:40]), {"duties": (1, 2, 2), "modality": (1, 1, 1), "lead": (0, 0, 0),
     "support": (0, 0, 0), "duty_deadline": (0, 0, 0)}),
    ("finding of another rule", changed("findings", 0, rule="CIT-KIND-MISMATCH"), {"findings": (0, 1, 1)}),
    ("finding with another quote", changed("findings", 0, text="Trạm Y tế"), {"findings": (0, 1, 1)}),
]  # fmt: skip


@pytest.mark.parametrize(("fault", "answer", "expected"), FAULTS, ids=[f[0] for f in FAULTS])
def test_each_fault_costs_its_own_measure_alone(fault, answer, expected):
    right = score_record(gold(), record()).figures
    sheet = score_record(gold(), answer)
    assert {m: (f.hit, f.gold, f.found) for m, f in sheet.figures.items() if f != right[m]} == expected
    assert sheet.misses


def test_a_document_without_a_record_counts_as_read_empty(tmp_path):
    (tmp_path / "nho.json").write_text(json.dumps(gold()), encoding="utf-8")
    scores = score(tmp_path, {})
    assert scores.totals["duties"] == Figures(0, 2, 0)
    assert scores.totals["document"] == Figures(0, 6, 6)
    assert scores.misses[0].what == "không có bản trích xuất"
    assert "0/2/0" in table(scores)


@pytest.mark.parametrize(("left", "right", "share"), [
    ("", None, 1.0), ("Sở Y tế", "", 0.0), ("Sở Y tế", "SỞ Y TẾ", 1.0), ("Sở Y tế", "Sở Y tế tỉnh", 6 / 7),
    ("So\u031b\u0309 Y te\u0302\u0301", "Sở Y tế", 1.0), ("và và", "và", 2 / 3),
])  # fmt: skip
def test_overlap(left, right, share):
    assert overlap(left, right) == pytest.approx(share)


@pytest.mark.parametrize(("wanted", "found", "hits"), [
    (["Sở Y tế", "Sở Nội vụ"], ["Sở Nội vụ", "Sở Y tế"], 2), (["Sở Y tế", "Sở Y tế"], ["Sở Y tế"], 1), ([], ["Sở Y tế"], 0),
    (["các sở, ban, ngành tỉnh"], ["các sở, ban, ngành"], 1), (["Sở Y tế"], ["Sở Tài chính"], 0),
])  # fmt: skip
def test_names_are_matched_one_to_one(wanted, found, hits):
    assert names_hit(wanted, found) == hits


def test_alignment_keeps_order_and_maximises():
    assert align([[0.0, 1.0], [1.0, 0.0]]) in ([(0, 1)], [(1, 0)])
    assert align([[0.9, 1.0], [0.0, 0.9]]) == [(0, 0), (1, 1)]
    assert align(overlaps(["a b", "c d", "e f"], ["c d", "e f"], 0.5)) == [(1, 0), (2, 1)]
    assert align([]) == []
    assert align([[], []]) == []


def test_keys_and_rules_compare_by_what_they_say():
    assert bare("12 / KH–UBND") == bare("12/kh-ubnd")
    assert rrule_parts("freq=monthly;interval=1") == rrule_parts("FREQ=MONTHLY")
    assert take([1, 2, 2], [2, 3], lambda a, b: a == b) == (1, [1, 2], [3])


def test_a_floor_rises_by_update_and_falls_by_its_own_flag_alone():
    kept = floors.updated(None, "a", 2, {"duties": 0.98765, "lead": 1.0}, lower=False)
    assert kept == {"digest": "a", "documents": 2, "least": {"duties": 0.987, "lead": 1.0}}
    assert floors.shortfalls(kept, "a", {"duties": 0.98765, "lead": 1.0}) == []
    assert len(floors.shortfalls(kept, "a", {"duties": 0.9869, "lead": 1.0})) == 1
    assert len(floors.shortfalls(kept, "a", {"lead": 1.0})) == 1, "a measure that is gone is below its floor"
    assert "đã đổi" in floors.shortfalls(kept, "b", {"duties": 1.0, "lead": 1.0})[0]
    assert floors.shortfalls(None, "a", {}) != []
    with pytest.raises(UsageError, match="lead"):
        floors.updated(kept, "a", 2, {"duties": 1.0, "lead": 0.9}, lower=False)
    assert floors.updated(kept, "b", 3, {"duties": 1.0, "lead": 0.9}, lower=True)["least"]["lead"] == 0.9


def test_the_digest_follows_names_and_contents(tmp_path):
    first, second = tmp_path / "a.json", tmp_path / "b.json"
    first.write_text("1")
    second.write_text("2")
    before = floors.digest([second, first])
    assert before == floors.digest([first, second])
    second.write_text("3")
    assert floors.digest([first, second]) != before


def test_a_broken_floors_file_is_named(tmp_path):
    broken = tmp_path / "floors.json"
    broken.write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="hỏng"):
        floors.read_floors(broken)
    assert floors.read_floors(tmp_path / "none.json") == {}


def row(text: str, verdict: str, *evidence: str) -> AuditRow:
    shown = tuple(Evidence(duty=None, start=0, end=len(e), text=e, score=1.0) for e in evidence)
    return AuditRow(duty="x", text=text, section="II", verdict=verdict, confidence=0.9, reason="", evidence=shown)


def audit(*rows: AuditRow) -> Audit:
    party = Party(key=None, name="x", sha256="")
    return Audit(parent=party, child=party, rows=rows)


PAIR = {"rows": [{"text": TASK, "verdict": "covered", "children": ["Kiểm tra bếp ăn bán trú hằng quý."]},
                 {"text": BAN, "verdict": "not_covered", "children": []},
                 {"text": "Bố trí kinh phí cho công tác kiểm tra.", "verdict": "partial",
                  "children": ["Dự toán kinh phí kiểm tra."]}]}  # fmt: skip


def test_coverage_counts_verdicts_false_covered_and_first_evidence():
    answer = audit(row(TASK, "covered", "Kiểm tra bếp ăn bán trú"), row(BAN, "covered", "Không thu thêm."))
    found, misses = score_pair(PAIR, answer, "p")
    assert found.table == Counter({("covered", "covered"): 1, ("not_covered", "covered"): 1, ("partial", "missing"): 1})
    assert (found.first_right, found.with_children, found.false_covered) == (1, 2, 1)
    assert found.figures()["verdict.accuracy"] == pytest.approx(1 / 3)
    assert found.figures()["covered.precision"] == 0.5
    assert {m.measure for m in misses} == {"verdict", "evidence"}


def test_an_abstention_is_not_answered_but_is_not_right_either():
    figures = score_pair(PAIR, audit(row(TASK, "needs_review"), row(BAN, "not_covered")), "p")[0].figures()
    assert figures["verdict.answered"] == pytest.approx(2 / 3)
    assert figures["verdict.accuracy"] == pytest.approx(1 / 3)
    assert figures["verdict.accuracy_answered"] == 0.5


def test_a_pair_without_an_audit_is_all_missing():
    scores, _ = score_coverage({"p": PAIR}, {})
    assert coverage_total(scores.values()).figures()["verdict.accuracy"] == 0.0
    assert coverage_total([]) == CoverageScore()


@pytest.fixture
def small_set(tmp_path, monkeypatch):
    """One document of the corpus as a set of its own, with floors of its own; no calibration, no ablation."""
    corpus, name = SETS[0], "b02_kh15du"
    for folder in ("documents", "gold"):
        (tmp_path / folder).mkdir()
    (tmp_path / "documents" / corpus.files()[name].name).write_bytes(corpus.files()[name].read_bytes())
    (tmp_path / "gold" / f"{name}.json").write_bytes((corpus.gold / f"{name}.json").read_bytes())
    small = GoldSet("nhỏ", tmp_path / "documents", tmp_path / "gold", tmp_path / "none")
    monkeypatch.setattr("pipeline.scoring.SETS", (small, GoldSet("vắng", tmp_path / "x", tmp_path / "y", tmp_path / "z")))
    monkeypatch.setattr("pipeline.scoring_floors.FLOORS", tmp_path / "floors.json")
    monkeypatch.setattr("pipeline.scoring._reliability", str)
    return tmp_path


def test_the_command_from_no_floors_to_a_broken_one(small_set, capsys):
    assert main(["--no-ablation"]) == 1, "without floors nothing is held"
    assert main(["--no-ablation", "--update-floors"]) == 0
    kept = json.loads((small_set / "floors.json").read_text(encoding="utf-8"))
    assert kept["nhỏ"]["documents"] == 1
    gold_file = next((small_set / "gold").iterdir())
    changed = json.loads(gold_file.read_text(encoding="utf-8"))
    changed["duties"] = changed["duties"][1:]
    gold_file.write_text(json.dumps(changed), encoding="utf-8")
    capsys.readouterr()
    assert main(["--no-ablation"]) == 1
    shown = capsys.readouterr()
    assert "DƯỚI SÀN duties" in shown.out
    assert "đã đổi" in shown.out
    assert "vắng: không có ở máy này" in shown.err
    assert main(["--no-ablation", "--update-floors"]) == UsageError.exit_code, "a floor never falls by itself"
    assert main(["--no-ablation", "--lower-floors", "--errors", "--documents"]) == 0
    assert "duties thừa" in capsys.readouterr().out
    assert main(["--no-ablation", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["nhỏ"]["totals"]["duties"]["found"] > 0


def test_an_unknown_set_is_refused():
    with pytest.raises(SystemExit):
        main(["--set", "lạ"])


@pytest.mark.shared
@pytest.mark.parametrize("goldset", SETS, ids=lambda s: s.name)
def test_totals_agree_with_the_reference_scorer(goldset, tmp_path):
    reference = SHARED / "gold" / "score.py"
    if not reference.exists() or not goldset.present:
        pytest.skip(f"no reference scorer or no {goldset.name} documents beside the repository")
    records, failures = read_records(goldset.files())
    assert not failures
    for name, found in records.items():
        (tmp_path / f"{name}.json").write_text(found.to_json(), encoding="utf-8")
    run = subprocess.run([sys.executable, reference, goldset.gold, tmp_path, "--json"], capture_output=True, text=True, check=True)
    ours = json.loads(json.dumps(as_json(score(goldset.gold, records))))
    theirs = json.loads(run.stdout)
    assert ours["totals"] == theirs["totals"]
    assert ours["documents"] == theirs["documents"]
    assert set(ours["documents"]) == set(read_gold(goldset.gold))


@pytest.mark.shared
def test_coverage_agrees_with_the_reference_scorer(tmp_path):
    reference = SHARED / "gold" / "score_coverage.py"
    if not reference.exists():
        pytest.skip("no reference scorer beside the repository")
    golds, audits, turned = tmp_path / "gold", tmp_path / "audits", {}
    golds.mkdir()
    audits.mkdir()
    answers = ["covered", "partial", "not_covered", "not_applicable", "needs_review", "contradicted"]
    for path in sorted(SETS[0].coverage.glob("*.json")):
        pair = json.loads(path.read_text(encoding="utf-8"))
        said = [(i, r, r["verdict"] if i % 3 else answers[i % 6]) for i, r in enumerate(pair["rows"]) if i % 5]
        turned[path.stem] = audit(*(row(r["text"], verdict, *r["children"][: i % 4]) for i, r, verdict in said))
        (golds / path.name).write_bytes(path.read_bytes())
        (audits / path.name).write_text(turned[path.stem].to_json(), encoding="utf-8")
    run = subprocess.run([sys.executable, reference, golds, audits, "--json"], capture_output=True, text=True, check=True)
    theirs = json.loads(run.stdout)["all"]
    total = coverage_total(score_coverage(read_gold(golds), turned)[0].values())
    for name, value in total.figures().items():
        group, _, figure = name.partition(".")
        assert value == pytest.approx(theirs[group][figure]), name
    assert total.false_covered == theirs["covered"]["false"]
