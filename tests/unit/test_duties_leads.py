"""Who is told: addressees of short passages against a table read by hand (``tests/tables/duties_leads.toml``)."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from extractors import load, read_source
from extractors.normalize import assemble, from_text
from schemas.document import Piece, RawBlock, RawCell, RawDocument
from schemas.text import Anchor, Box, LineAnchor, PageAnchor, WordAnchor
from tests.unit.test_duties import HEAD, as_line, expected

TABLE = Path(__file__).parents[1] / "tables" / "duties_leads.toml"
CASES = tomllib.loads(TABLE.read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def nlp():
    return load(spans=False)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_addressees_of_a_passage(nlp, case: dict[str, str]) -> None:
    record = read_source(nlp, from_text(case.get("head", HEAD).strip() + "\n" + case["body"].strip() + "\n"))
    wanted = [expected(line) for line in case["duties"].strip().splitlines()]
    starts = [line[-1] for line in wanted] + [""] * len(record.duties)
    assert [as_line(d, record, s) for d, s in zip(record.duties, starts, strict=False)] == wanted


def _of_table(nlp, rows: list[list[str]], anchor: Anchor):
    """Record of a plan with one table; the lines of a cell are its paragraphs."""
    block = [RawBlock("paragraph", (Piece(line, LineAnchor(n)),), label="") for n, line in enumerate(HEAD.strip().splitlines(), 1)]
    cells = tuple(
        RawCell(r, c, tuple(RawBlock("paragraph", (Piece(line, anchor),)) for line in words.split("\n") if line), header=r == 0)
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    )
    return read_source(nlp, assemble(RawDocument("ke-hoach", "0", "text/plain", (*block, RawBlock("table", cells=cells)))))


@pytest.mark.parametrize(
    ("cell", "anchor", "helpers"),
    [
        ("Các thôn\nHội Phụ nữ xã\nĐoàn Thanh niên", WordAnchor("body/tbl[1]"), ("Các thôn", "Hội Phụ nữ xã", "Đoàn Thanh niên")),
        ("Sở Nông nghiệp và\nMôi trường\nSở Tài chính", WordAnchor("body/tbl[1]"), ("Sở Nông nghiệp và Môi trường", "Sở Tài chính")),
        ("Trạm Y tế, Công an\nxã", WordAnchor("body/tbl[1]"), ("Trạm Y tế", "Công an xã")),
        ("Phòng Văn hóa -\nXã hội;\nCông an xã", WordAnchor("body/tbl[1]"), ("Phòng Văn hóa - Xã hội", "Công an xã")),
        ("Văn phòng\nSở Tài chính", PageAnchor(1, Box(0.0, 0.0, 1.0, 1.0), 0.9), ("Văn phòng Sở Tài chính",)),
        ("Công an xã\nCác thôn", PageAnchor(1, Box(0.0, 0.0, 1.0, 1.0)), ("Công an xã", "Các thôn")),
        ("-Phòng Văn hóa - Xã hội\n-Công an xã", WordAnchor("body/tbl[1]"), ("Phòng Văn hóa - Xã hội", "Công an xã")),
        ("Đ/c Hoàng Thị Nga, Đ/c Ngô Văn Tiến", WordAnchor("body/tbl[1]"), ("Đ/c Hoàng Thị Nga", "Đ/c Ngô Văn Tiến")),
        ("- Phòng Văn hóa - Xã hội - Trạm Y tế", WordAnchor("body/tbl[1]"), ("Phòng Văn hóa - Xã hội", "Trạm Y tế")),
        ("Các chi bộ trực thuộc\nTrường Mầm non xã", WordAnchor("body/tbl[1]"), ("Các chi bộ trực thuộc", "Trường Mầm non xã")),
        ("Công an xã Hội Nông dân xã Trạm Y tế", WordAnchor("body/tbl[1]"), ("Công an xã", "Hội Nông dân xã", "Trạm Y tế")),
    ],
)
def test_names_one_below_the_other_in_a_cell_are_a_list(nlp, cell: str, anchor: Anchor, helpers: tuple[str, ...]) -> None:
    heads = ["TT", "Nội dung", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian"]
    record = _of_table(nlp, [heads, ["1", "Rà soát hộ nghèo", "Phòng Kinh tế", cell, "Quý I"]], anchor)
    assert [(d.lead, d.support) for d in record.duties] == [(("Phòng Kinh tế",), helpers)]


@pytest.mark.parametrize(
    ("marks", "lead", "support"),
    [
        (("o", "x", "o"), ("Phòng Kinh tế",), ("Văn phòng", "Công an xã")),
        (("○", "", "○"), ("Văn phòng", "Công an xã"), ()),
        (("PH", "CT", ""), ("Phòng Kinh tế",), ("Văn phòng",)),
    ],
)
def test_rings_beside_crosses_help_and_alone_lead(nlp, marks, lead, support) -> None:
    heads = ["TT", "Nội dung", "Văn phòng", "Phòng Kinh tế", "Công an xã"]
    record = _of_table(nlp, [heads, ["1", "Rà soát hộ nghèo", *marks]], WordAnchor("body/tbl[1]"))
    assert [(d.lead, d.support) for d in record.duties] == [(lead, support)]
