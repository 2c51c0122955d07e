"""How findings are shown: lines, table, JSON, SARIF; the explanation of codes."""

from __future__ import annotations

import json

import pytest

from extractors.checks import catalogue, finding
from pipeline.audit.checks import Located, run_checks
from pipeline.audit.lint import FORMATS, explain, render
from schemas.errors import UsageError
from schemas.record import Page, Record, Region, Source

TEXT = "Dòng đầu\nKế hoạch số 33-KH/UBND\nDòng cuối"


def record(**more: object) -> Record:
    """A record of three lines with one finding on the second."""
    base = Record(source=Source(name="kế hoạch [1].txt", sha256="0", media_type="text/plain"), text=TEXT)
    found = (finding(base, "CIT-REGIME-MIX", 21, 31, "Viết là 33/KH-UBND."), finding(base, "DOC-NO-DATE", 0, 0, "Không rõ ngày."))
    return base.model_copy(update={"findings": found, **more})


def located(**more: object) -> list[Located]:
    return run_checks([record(**more)])


@pytest.mark.parametrize(
    ("more", "page", "line"),
    [
        ({}, None, 2),
        ({"regions": (Region(start=0, end=8, line=1), Region(start=9, end=31, line=7))}, None, 7),
        ({"pages": (Page(number=1, start=0, end=9), Page(number=2, start=9, end=len(TEXT)))}, 2, 1),
    ],
)
def test_place(more: dict[str, object], page: int | None, line: int) -> None:
    assert [(f.page, f.line) for f in located(**more)][-1] == (page, line)


def test_text_lines_and_summary() -> None:
    lines = render(located()).splitlines()
    assert lines[0] == "kế hoạch [1].txt:1: DOC-NO-DATE cảnh báo: Không rõ ngày."
    assert lines[1] == "kế hoạch [1].txt:2: CIT-REGIME-MIX cảnh báo: Viết là 33/KH-UBND. «33-KH/UBND»"
    assert lines[-1] == "2 mục trong 1 văn bản: 2 cảnh báo."
    assert render([]) == "Không có cảnh báo nào.\n"


def test_json_and_table() -> None:
    entries = json.loads(render(located(), "json"))
    assert [(e["code"], e["line"], e["quote"]) for e in entries] == [("DOC-NO-DATE", 1, ""), ("CIT-REGIME-MIX", 2, "33-KH/UBND")]
    table = render(located(), "table")
    assert "kế hoạch [1].txt" in table
    assert "CIT-REGIME-MIX" in table


def test_sarif_holds_what_2_1_0_demands() -> None:
    log = json.loads(render(located(), "sarif"))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "trienkhai"
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "k%E1%BA%BF%20ho%E1%BA%A1ch%20%5B1%5D.txt"
        assert place["region"]["startLine"] >= 1
        assert 0 <= result["rank"] <= 100
    assert len({r["partialFingerprints"]["trienkhai/v1"] for r in run["results"]}) == len(run["results"])
    assert render([], "sarif")


def test_same_findings_same_bytes() -> None:
    for form in FORMATS:
        assert render(located(), form) == render(located(), form)


@pytest.mark.parametrize("code", sorted(catalogue()))
def test_every_code_is_explained(code: str) -> None:
    entry = catalogue()[code]
    text = explain(code.lower())
    assert text.startswith(f"{code} (")
    assert entry.title in text
    assert entry.why.endswith(".")
    assert entry.example in text


def test_unknown_names_are_refused_with_help() -> None:
    with pytest.raises(UsageError, match="CIT-DATE-CONFLICT"):
        explain("CIT-DATE-CONFLIT")
    with pytest.raises(UsageError) as error:
        render([], "xml")
    assert "sarif" in error.value.remedy
