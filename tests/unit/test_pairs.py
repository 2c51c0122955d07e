"""Which documents are held against which: the nearest in hand on every way up."""

from __future__ import annotations

import pytest

from pipeline.graph import build
from pipeline.graph.synthetic import Said, write
from pipeline.outputs import parent_pairs
from schemas.record import Document, Edge, Record

ROOT = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
PARTY = Said("91-KH/TU", "Kế hoạch", "2023-04-05", "Ban Thường vụ Tỉnh ủy Cà Mau", "implements")
BOARD = Said("140/KH-UBND", "Kế hoạch", "2023-05-09", "Ủy ban nhân dân tỉnh Cà Mau", "implements")


def plan(name: str, key: str, day: str, issuer: str, *said: Said) -> Record:
    head = Document(key=key, kind="Kế hoạch", issued_on=day, issuer=issuer)
    return write(name, head, list(said), parents=tuple(s.key for s in said))


RULE = plan("tw.txt", "57-QĐ/TW", "2023-02-10", "Bộ Chính trị")
COMMITTEE = plan("tu.txt", "91-KH/TU", "2023-04-05", PARTY.issuer or "", ROOT)
COUNCIL = plan("ub.txt", "140/KH-UBND", "2023-05-09", BOARD.issuer or "", PARTY)
DEPARTMENT = plan("so.txt", "5/KH-STP", "2023-06-01", "Sở Tư pháp tỉnh Cà Mau", BOARD)
SIBLING = plan("yt.txt", "7/KH-SYT", "2023-06-02", "Sở Y tế tỉnh Cà Mau", BOARD)


@pytest.mark.parametrize(
    ("records", "pairs"),
    [
        ([COUNCIL, DEPARTMENT], [("140/KH-UBND", "so.txt")]),
        ([RULE, COMMITTEE, COUNCIL, DEPARTMENT], [("140/KH-UBND", "so.txt"), ("57-QĐ/TW", "tu.txt"), ("91-KH/TU", "ub.txt")]),
        ([COMMITTEE, DEPARTMENT], []),  # nothing in hand says what 140/KH-UBND carries out
        ([COMMITTEE, COUNCIL, DEPARTMENT], [("140/KH-UBND", "so.txt"), ("91-KH/TU", "ub.txt")]),
        ([DEPARTMENT, SIBLING], []),
    ],
)
def test_pairs(records: list[Record], pairs: list[tuple[str, str]]) -> None:
    found = parent_pairs(records, build(records))
    assert [(above.document.key, below.source.name) for above, below in found] == pairs


def test_over_a_level_that_is_only_cited() -> None:
    written = write("so.txt", DEPARTMENT.document, [BOARD, PARTY], parents=("140/KH-UBND",))
    said = Edge(source="140/KH-UBND", target="91-KH/TU", relation="implements", citations=())
    links = tuple(link for link in written.links if link.target != "91-KH/TU")
    below = written.model_copy(update={"edges": (said,), "links": links})
    found = parent_pairs([COMMITTEE, below], build([COMMITTEE, below]))
    assert [(a.document.key, b.source.name) for a, b in found] == [("91-KH/TU", "so.txt")]
