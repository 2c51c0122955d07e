"""Frames: a row for each thing found, columns also where nothing was."""

from __future__ import annotations

import sys

import pytest

from pipeline.frames import citations_frame, deadlines_frame, documents_frame, duties_frame, roles_frame
from pipeline.graph.synthetic import Said, write
from schemas.errors import UsageError
from schemas.record import Deadline, Document, Duty, Record, Role

pd = pytest.importorskip("pandas", reason="bảng dữ liệu cần phần [research]")


@pytest.fixture
def record() -> Record:
    head = Document(key="91-KH/TU", kind="Kế hoạch", regime="party", issued_on="2023-04-05", issuer="Tỉnh ủy Cà Mau")
    plan = write("a.txt", head, [Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")])
    place = {"start": 0, "end": 9, "text": plan.text[:9], "rule": "r"}
    late, early, months = (
        Deadline(id=i, kind=k, due=due, **place)
        for i, k, due in (("d1", "date", "2025-09-01"), ("d2", "date", "2025-06-30"), ("d3", "relative", "P3M"))
    )
    duty = Duty(
        id="I#1", section="I", modality="obligation", lead=("Sở Y tế", "Sở Nội vụ"), support=("Công an tỉnh",), deadlines=("d1", "d2", "d3"),
        citations=("c1", "c1"), roles=(Role(role="lead", name="Sở Y tế", rule="lead.said", confidence=0.9),
        Role(role="report_to", name="Tỉnh ủy", rule="report", confidence=0.8)), **place,
    )  # fmt: skip
    return plan.model_copy(update={"deadlines": (late, early, months), "duties": (duty,)})


def test_a_row_for_each_thing(record: Record) -> None:
    documents, duties = documents_frame([record]), duties_frame([record])
    assert documents[["key", "level", "citations", "deadlines", "duties"]].values.tolist() == [["91-KH/TU", "province", 1, 3, 1]]
    assert documents["issued_on"].tolist() == [pd.Timestamp("2023-04-05")]
    assert duties[["lead", "support", "citations"]].values.tolist() == [["Sở Y tế; Sở Nội vụ", "Công an tỉnh", "57-QĐ/TW"]]
    assert duties["due"].tolist() == [pd.Timestamp("2025-06-30")]
    assert citations_frame([record])[["key", "relation"]].values.tolist() == [["57-QĐ/TW", "implements"]]


def test_what_is_no_date_stays_as_text(record: Record) -> None:
    found = deadlines_frame([record])
    assert found["due"].isna().tolist() == [False, False, True]
    assert found["due_text"].tolist() == ["2025-09-01", "2025-06-30", "P3M"]


def test_roles_keep_their_rule_and_every_lead(record: Record) -> None:
    found = roles_frame([record])[["role", "name", "rule"]].values.tolist()
    assert found == [
        ["lead", "Sở Y tế", "lead.said"],
        ["report_to", "Tỉnh ủy", "report"],
        ["lead", "Sở Nội vụ", "r"],
        ["support", "Công an tỉnh", "r"],
    ]


@pytest.mark.parametrize("frame", [citations_frame, deadlines_frame, documents_frame, duties_frame, roles_frame])
def test_no_records_no_rows_but_columns(frame) -> None:
    assert frame([]).empty
    assert "file" in frame([]).columns


def test_without_pandas_a_user_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match="pandas") as caught:
        documents_frame([])
    assert "[research]" in caught.value.remedy
