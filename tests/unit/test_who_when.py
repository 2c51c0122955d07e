"""Lines that tell who leads, who helps and when, in any order; and those that tell more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from extractors.who_when import handed_on, note_at_end, only_time, who_when

TABLE = Path(__file__).parents[1] / "tables" / "who_when.tsv"
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_line_is_read_clause_by_clause(row: list[str]) -> None:
    bare = row[0].startswith("B ")
    line, *wanted = [row[0].removeprefix("B "), *row[1:]]
    told = who_when(line, bare)
    if wanted == ["-"]:
        assert told is None
        return
    assert told is not None
    said = {role: "; ".join(line[a:b] for part, a, b in told.parts if part == role) for role in ("lead", "support", "time")}
    assert list(said.values()) == [*wanted, "", ""][:3]


@pytest.mark.parametrize("mark", [". ", "; ", ", "])
def test_clauses_stand_in_any_order(mark: str) -> None:
    """Who leads and who helps is found wherever they stand, and between what marks."""
    clauses = ["Sở Y tế chủ trì", "Công an tỉnh phối hợp thực hiện", "hoàn thành trước ngày 30/6/2026"]
    for seed in range(6):
        random.Random(seed).shuffle(clauses)
        told = who_when(mark.join(c[0].upper() + c[1:] for c in clauses) + ".")
        assert told is not None
        assert sorted(role for role, _, _ in told.parts) == ["lead", "support", "time"]


@pytest.mark.parametrize(
    ("item", "work"),
    [
        ("Rà soát quỹ đất công. Sở Y tế chủ trì; Sở Nội vụ phối hợp.", "Rà soát quỹ đất công."),
        ("Rà soát quỹ đất công (Sở Y tế chủ trì). Xong trong quý II/2026.", "Rà soát quỹ đất công"),
        ("Rà soát quỹ đất công - Sở Y tế; năm 2026.", "Rà soát quỹ đất công"),
        ("Rà soát quỹ đất công, giao Sở Y tế thực hiện.", "Rà soát quỹ đất công"),
        ("Rà soát quỹ đất công (cả năm)", None),
        ("Rà soát quỹ đất công; Sở Y tế chủ trì lập hồ sơ.", None),
        ("Rà soát quỹ đất công giai đoạn 2026 - 2030.", None),
    ],
)
def test_where_the_work_of_an_item_ends(item: str, work: str | None) -> None:
    note = note_at_end(item, 0, len(item))
    assert (item[: note.start] if note else None) == work


@pytest.mark.parametrize(("line", "alone"), [("Hoàn thành trong quý II/2026.", True), ("(Thực hiện hằng năm)", True), ("Năm 2026", False)])
def test_a_time_alone_says_of_what_it_is(line: str, alone: bool) -> None:
    assert (only_time(line) is not None) is alone


def test_who_does_it_may_have_to_report() -> None:
    line = "Sở Y tế chủ trì thực hiện, báo cáo Ủy ban trước ngày 30/6/2026."
    told = handed_on(line)
    assert told is not None
    assert [(role, line[a:b]) for role, a, b in told.parts] == [("lead", "Sở Y tế"), ("time", "Ủy ban trước ngày 30/6/2026")]
    assert handed_on("Sở Y tế lập danh sách, báo cáo Ủy ban trước ngày 30/6/2026.") is None
    assert handed_on("Các thôn thực hiện, báo cáo Ủy ban trước ngày 30/6/2026.") is None
