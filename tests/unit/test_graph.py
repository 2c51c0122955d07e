"""The directive graph on records made by hand: identities, edges, checks, decisions, questions."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest

from pipeline.graph import GraphIndex, build
from pipeline.graph.decisions import source_stamp
from pipeline.graph.keys import changed_parts, fold_key, near_number, one_slip, period_of, same_period
from pipeline.graph.names import compatible, core, level_of
from pipeline.graph.questions import (
    chain,
    children,
    duplicates,
    explain_chain,
    find,
    impact,
    render_chain,
    siblings,
    timeline,
)
from pipeline.graph.synthetic import Said, write
from pipeline.graph.ways import path
from pipeline.report import answers
from schemas.errors import UsageError
from schemas.graph import Decision
from schemas.record import Citation, Document, Duty, Edge, Link, Record, Source

RULE = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
PROVINCE = Said("91-KH/TU", "Kế hoạch", "2023-04-05", "Ban Thường vụ Tỉnh ủy", "implements")
BOARD = Said("140/KH-UBND", "Kế hoạch", "2023-05-09", "Ủy ban nhân dân tỉnh", "implements")


def doc(key: str | None, issued_on: str | None, issuer: str, title: str | None = None, kind: str = "Kế hoạch") -> Document:
    regime = "party" if "ủy" in issuer and "Ủy ban nhân dân" not in issuer else "state"
    return Document(key=key, kind=kind, regime=regime, issued_on=issued_on, issuer=issuer, title=title)


def department(name: str = "so.txt", **more: object) -> Record:
    """A department's plan under 140/KH-UBND under 91-KH/TU under 57-QĐ/TW."""
    return write(
        name,
        doc(None, None, "Sở Tư pháp"),
        [RULE, PROVINCE, BOARD],
        parents=("140/KH-UBND",),
        edges=(("140/KH-UBND", "91-KH/TU", "implements"), ("91-KH/TU", "57-QĐ/TW", "implements")),
    )


def codes(graph: object) -> list[str]:
    return [f.code for f in graph.graph["findings"]]  # type: ignore[attr-defined]


# --- numbers and names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "first, second",
    [
        ("57-QĐ/TW", "57 - QĐ/TƯ"),
        ("57-QĐ/TW", "57–qđ/T.Ư"),
        ("05-KH/TU", "5-KH/TU"),
        ("140/KH-UBND", "140/KH-\u00adUBND"),
        ("12-QĐ/TW", "12-QÐ/TW"),
        ("Luật Thanh tra 2022", "luật  thanh tra 2022"),
    ],
)
def test_spellings_of_one_number_fold(first: str, second: str) -> None:
    assert fold_key(first) == fold_key(second)


@pytest.mark.parametrize(
    "first, second", [("57-QĐ/TW", "57-HD/TW"), ("5-KH/TU", "50-KH/TU"), ("5/KH-UBND", "5-KH/UBND"), ("1-KH/TU", "1-KH/HU")]
)
def test_different_numbers_stay_apart(first: str, second: str) -> None:
    assert fold_key(first) != fold_key(second)


@pytest.mark.parametrize(
    "key, first, second, same",
    [
        ("83-KL/TW", "2024-06-21", "2026-08-08", False),  # XIII and XIV congress between
        ("83-KL/TW", "2021-03-01", "2025-12-31", True),
        ("10/KH-UBND", "2024-12-31", "2025-01-02", False),
        ("10/KH-UBND", "2024-01-31", "2024-12-02", True),
        ("59/2019/NĐ-CP", "2019-07-01", "2020-07-01", True),
        ("9-KH/TU", "2019-05-01", "2022-05-01", False),
        ("9-KH/TU", "2020-10-01", "2021-05-01", True),  # nobody knows on which side of the congress October 2020 lies
    ],
)
def test_numbers_restart_by_year_or_term(key: str, first: str, second: str, same: bool) -> None:
    assert same_period(fold_key(key), first, second) is same


def test_period_labels() -> None:
    assert period_of("83-KL/TW", "2024-06-21") == "2021-2026"
    assert period_of("83-KL/TW", "2026-08-08") == "2026-2031"
    assert period_of("10/KH-UBND", "2024-03-01") == "2024"
    assert period_of("59/2019/NĐ-CP", "2019-07-01") == ""


@pytest.mark.parametrize("a, b, parts", [("2024-03-11", "2024-03-12", 1), ("2024-03-11", "2024-11-03", 1), ("2024-03-11", "2023-04-11", 2)])
def test_changed_parts_of_a_date(a: str, b: str, parts: int) -> None:
    assert changed_parts(a, b) == parts


@pytest.mark.parametrize(
    "a, b, slip", [("283", "238", True), ("283", "28", True), ("283", "253", True), ("283", "283", False), ("283", "832", False)]
)
def test_one_slip_of_the_hand(a: str, b: str, slip: bool) -> None:
    assert one_slip(a, b) is slip


@pytest.mark.parametrize(
    "a, b, fits",
    [
        ("Thành ủy", "Thành ủy Thành phố Hồ Chí Minh", True),
        ("Ban Thường vụ Tỉnh ủy", "Tỉnh ủy Cà Mau", True),
        ("UBND tỉnh", "Chủ tịch Ủy ban nhân dân tỉnh", True),
        ("Tỉnh ủy", "Thành ủy", False),
        ("Đảng ủy Sở Y tế", "Đảng ủy Sở Nội vụ", False),
        ("UBND tỉnh Cà Mau", "UBND tỉnh Hà Tĩnh", False),
    ],
)
def test_names_that_can_mean_one_body(a: str, b: str, fits: bool) -> None:
    assert compatible(core(a), core(b)) is fits


@pytest.mark.parametrize(
    "key, issuer, level",
    [
        ("57-QĐ/TW", None, "central"),
        ("29/QĐ-TTCP", None, "ministry"),
        ("91-KH/TU", "Thành ủy", "province"),
        ("12/KH-UBND", "Ủy ban nhân dân tỉnh", "province"),
        ("12/KH-UBND", "UBND xã Đất Đỏ", "commune"),
        ("12/KH-UBND", None, None),
        ("8-KH/ĐU", "Đảng ủy Sở Y tế", "department"),
        (None, "Trường Trung học phổ thông Nguyễn Du", "unit"),
        ("36/2018/QH14", None, "central"),
        ("Luật Thanh tra 2022", None, "central"),
        (None, "Tổng Liên đoàn Lao động Việt Nam", "ministry"),
        (None, "Hội LHPN Việt Nam", "ministry"),
        (None, "Ban Thường vụ Tỉnh Đoàn", "province"),
        (None, "Ban Thường vụ Hội Nông dân tỉnh An Hòa", "province"),
        (None, "Hội Liên hiệp Phụ nữ phường Bến Gỗ", "commune"),
        (None, "Ban Quản lý các KCN tỉnh", "department"),
        (None, "Ban Dân tộc tỉnh", "department"),
        (None, "Ban Thường vụ Đảng ủy Chính phủ", "ministry"),
        (None, "Đảng ủy Quốc hội", "ministry"),
        (None, "Viện Khoa học xã hội", None),
    ],
)
def test_levels(key: str | None, issuer: str | None, level: str | None) -> None:
    assert level_of(key, issuer)[0] == level


# --- identities ---------------------------------------------------------------------------------------------------------


def test_mention_without_date_joins_the_only_dated_identity() -> None:
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [Said("57-QĐ/TW", "Quy định")]), department()])
    assert graph.nodes["57-QĐ/TW"]["issued_on"] == "2023-02-10"
    assert graph.nodes["57-QĐ/TW"]["citing"] == 2


def test_number_of_two_terms_is_two_identities() -> None:
    old = Said("83-KL/TW", "Kết luận", "2024-06-21", "Bộ Chính trị")
    new = Said("83-KL/TW", "Kết luận", "2026-08-08", "Bộ Chính trị")
    bare = Said("83-KL/TW", "Kết luận")
    early = write("early.txt", doc("7/KH-UBND", "2025-01-02", "UBND xã Tân Lộc"), [bare])
    late = write("late.txt", doc("8/KH-UBND", "2026-09-02", "UBND xã Tân Lộc"), [bare])
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [old]), write("b.txt", doc(None, None, "Sở Xây dựng"), [new]), early, late])
    assert {"83-KL/TW@2021-2026", "83-KL/TW@2026-2031"} <= set(graph)
    assert graph.has_edge("7/KH-UBND", "83-KL/TW@2021-2026")  # only one of the two was there to be cited
    assert "số được dùng lại" in graph.nodes["83-KL/TW@không-rõ-ngày"]["notes"][0]  # the late one stays open, and says so
    assert {"GRAPH-NUMBER-SHARED", "CIT-NUMBER-REUSED"} <= set(codes(graph))
    with pytest.raises(UsageError, match="2026-2031"):
        find(graph, "83-KL/TW")


def test_two_spellings_of_a_shared_number_are_both_marked() -> None:
    here = Said("06/KH-UBND", "Kế hoạch", "2024-02-01", "UBND tỉnh Cà Mau", "implements")
    there = Said("6/KH-UBND", "Kế hoạch", "2019-02-20", "UBND tỉnh Hà Tĩnh", "implements")
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [here]), write("b.txt", doc(None, None, "Sở Nội vụ"), [there])])
    assert {n for n, d in graph.nodes(data=True) if d["key"]} == {"06/KH-UBND@2024", "06/KH-UBND@2019"}


def test_date_conflict_is_an_edge_property_and_a_finding() -> None:
    said = [RULE, RULE, Said("57-QĐ/TW", "Quy định", "2023-04-05", "Bộ Chính trị"), PROVINCE]
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), said, parents=("91-KH/TU",))])
    assert [n for n, d in graph.nodes(data=True) if d["key"] == "57-QĐ/TW"] == ["57-QĐ/TW"]
    source = find(graph, "a.txt")
    assert graph.edges[source, "57-QĐ/TW", "implements"]["conflicts"] == ("2023-04-05",)
    finding = next(f for f in graph.graph["findings"] if f.code == "CIT-DATE-CONFLICT")
    assert finding.evidence[0].quote.endswith("ngày 05/04/2023 của Bộ Chính trị")


def test_other_date_of_the_lower_document_is_no_conflict_of_the_upper_one() -> None:
    early = Said("91-KH/TU", "Kế hoạch", "2023-04-15", "Ban Thường vụ Tỉnh ủy", "implements")
    records = [
        write(f"{n}.txt", doc(None, None, "Sở Tư pháp"), [RULE, said], edges=(("91-KH/TU", "57-QĐ/TW", "implements"),))
        for n, said in (("a", PROVINCE), ("b", PROVINCE), ("c", early))
    ]
    graph = build(records)
    assert graph.edges["91-KH/TU", "57-QĐ/TW", "implements"]["conflicts"] == ()
    assert graph.edges[find(graph, "c.txt"), "91-KH/TU", "implements"]["conflicts"] == ("2023-04-15",)


def test_year_slip_of_a_state_number_is_no_second_document() -> None:
    wrong = Said("140/KH-UBND", "Kế hoạch", "2022-05-09", "Ủy ban nhân dân tỉnh", "implements")
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [BOARD, BOARD, wrong]), department()])
    assert [n for n in graph if n.startswith("140")] == ["140/KH-UBND"]


def test_one_number_of_two_bodies_is_two_identities() -> None:
    here = Said("12/KH-UBND", "Kế hoạch", "2024-02-01", "UBND tỉnh Cà Mau", "implements")
    there = Said("12/KH-UBND", "Kế hoạch", "2024-02-01", "UBND tỉnh Hà Tĩnh", "implements")
    graph = build(
        [write("a.txt", doc(None, None, "Sở Y tế tỉnh Cà Mau"), [here]), write("b.txt", doc(None, None, "Sở Y tế tỉnh Hà Tĩnh"), [there])]
    )
    assert sorted(d["issuer"] for n, d in graph.nodes(data=True) if d["key"]) == ["UBND tỉnh Cà Mau", "UBND tỉnh Hà Tĩnh"]


def test_text_that_names_two_bodies_for_one_number_and_date_contradicts_itself() -> None:
    slip = Said("140/KH-UBND", "Kế hoạch", "2023-05-09", "Hội đồng nhân dân tỉnh", "implements")
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [BOARD, slip])])
    assert [n for n in graph if n.startswith("140")] == ["140/KH-UBND"]


def test_document_in_hand_with_a_number_is_its_identity() -> None:
    board = write("ubnd.txt", doc("140/KH-UBND", "2023-05-09", "Ủy ban nhân dân tỉnh"), [PROVINCE], parents=("91-KH/TU",))
    graph = build([department(), board])
    assert graph.nodes["140/KH-UBND"]["in_hand"]
    assert graph.nodes["140/KH-UBND"]["files"] == ("ubnd.txt",)


def known(key: str, day: str, issuer: str, count: int = 4) -> list[Record]:
    """Texts that all cite one document in full: nobody's slip by itself."""
    said = Said(key, "Kế hoạch", day, issuer, "implements", "về việc khác")
    return [write(f"k{n}.txt", doc(None, None, f"Sở Y tế tỉnh {place}"), [said]) for n, place in zip(range(count), PLACES, strict=False)]


PLACES = ("Cà Mau", "An Giang", "Hà Tĩnh", "Nghệ An")
SHORT = Said("140/KH-UBND", "Kế hoạch", None, None, "implements")


@pytest.mark.parametrize(
    "wrong, other, folded",
    [
        (("104/KH-UBND", "2023-05-09"), ("104/KH-UBND", "2021-08-07", "Ủy ban nhân dân tỉnh"), True),  # another's number, this one's date
        (("104/KH-UBND", None), ("104/KH-UBND", "2021-08-07", "UBND xã Đất Đỏ"), True),  # bare, and only another body has it
        (("104/KH-UBND", None), ("104/KH-UBND", "2021-08-07", "Ủy ban nhân dân tỉnh"), False),  # the same body has it: meant, perhaps
        (("104/KH-UBND", "2021-08-07"), ("104/KH-UBND", "2021-08-07", "UBND xã Đất Đỏ"), False),  # its own date
        (("77/KH-UBND", None), ("77/KH-UBND", "2021-08-07", "UBND xã Đất Đỏ"), False),  # no slip of the hand
    ],
)
def test_number_of_a_known_document_in_the_place_of_another(
    wrong: tuple[str, str | None], other: tuple[str, str, str], folded: bool
) -> None:
    said = [BOARD, SHORT, Said(wrong[0], "Kế hoạch", wrong[1], None, "implements")]
    graph = build([write("a.txt", doc(None, None, "Sở Tư pháp"), said, parents=("140/KH-UBND",)), *known(*other)])
    source = find(graph, "a.txt")
    cited = {graph.nodes[target]["key"] for target in graph.successors(source)}
    assert (cited == {"140/KH-UBND"}) is folded
    assert ("GRAPH-NUMBER-SLIP" in codes(graph)) is folded


def test_a_lost_first_digit_before_a_zero_is_one_slip() -> None:
    assert near_number(5, 105)
    assert not near_number(5, 115)
    assert not near_number(5, 5)


def test_nobody_cites_a_document_of_the_future() -> None:
    ahead = Said("140/KH-UBND", "Kế hoạch", "2024-05-09", "Ủy ban nhân dân tỉnh", "implements")
    texts = [write(f"{n}.txt", doc(f"{n}/KH-STP", "2023-06-01", "Sở Tư pháp"), [ahead, PROVINCE]) for n in (1, 2)]
    graph = build([department(), department("khac.txt"), department("ba.txt"), *texts])
    assert [n for n in graph if n.startswith("140")] == ["140/KH-UBND"]
    assert graph.nodes["140/KH-UBND"]["issued_on"] == "2023-05-09"


def test_slip_in_a_number_is_folded_with_a_finding() -> None:
    slip = Said("19-KH/TU", "Kế hoạch", None, None, "implements")  # never introduced in full, beside 91-KH/TU
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [PROVINCE, PROVINCE, slip], parents=("91-KH/TU",))])
    assert "19-KH/TU" not in graph
    assert "GRAPH-NUMBER-SLIP" in codes(graph)


def test_neighbouring_numbers_of_one_day_stay_two_documents() -> None:
    next_one = Said("92-KH/TU", "Kế hoạch", "2023-04-05", "Ban Thường vụ Tỉnh ủy")
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [PROVINCE, PROVINCE, next_one])])
    assert "92-KH/TU" in graph
    assert "GRAPH-NUMBER-NEAR" in codes(graph)


def test_acts_of_one_day_that_the_lexicon_knows_are_not_doubted() -> None:
    control = Said("131-QĐ/TW", "Quy định", "2023-10-27", "Bộ Chính trị", "implements")
    courts = Said("132-QĐ/TW", "Quy định", "2023-10-27", "Bộ Chính trị")
    unknown = Said("134-QĐ/TW", "Quy định", "2023-10-27", "Bộ Chính trị")
    for other, doubted in ((courts, False), (unknown, True)):
        graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [control, control, other])])
        assert other.key in graph
        assert ("GRAPH-NUMBER-NEAR" in codes(graph)) is doubted


def test_symbol_without_marks_folds_when_the_text_knows_the_right_one() -> None:
    graph = build([write("a.txt", doc(None, None, "Sở Y tế"), [RULE, RULE, Said("57-QD/TW", "Quy định", None, None, "implements")])])
    assert "57-QD/TW" not in graph


# --- documents without a number -----------------------------------------------------------------------------------------


def unnumbered_province(title: str = "thực hiện Quy định 57-QĐ/TW về kiểm soát tài sản") -> Record:
    return write("tinhuy.txt", doc(None, None, "Ban Thường vụ Tỉnh ủy", title), [RULE, RULE], parents=("57-QĐ/TW",))


def test_unnumbered_document_is_proposed_not_merged() -> None:
    graph = build([department(), unnumbered_province()])
    candidate = graph.graph["candidates"][0]
    assert (candidate.document, candidate.identity) == (find(graph, "tinhuy.txt"), "91-KH/TU")
    assert 0.5 <= candidate.score < 1
    assert any("57-QĐ/TW" in r for r in candidate.reasons)
    assert not graph.nodes["91-KH/TU"]["in_hand"]
    assert graph.edges[candidate.document, "91-KH/TU", "may_be"]["status"] == "proposed"


@pytest.mark.parametrize(
    "issuer, said",
    [
        ("Ban Thường vụ Thành ủy", [RULE]),  # another body
        ("Ban Thường vụ Huyện ủy Năm Căn", [RULE]),  # another level
        ("Ban Thường vụ Tỉnh ủy", [RULE, Said("1-CT/TW", "Chỉ thị", "2025-01-01"), Said("2-CT/TW", "Chỉ thị", "2025-02-01")]),  # later
    ],
)
def test_what_cannot_be_is_not_proposed(issuer: str, said: list[Said]) -> None:
    graph = build([department(), write("x.txt", doc(None, None, issuer), said, parents=("57-QĐ/TW",))])
    assert "91-KH/TU" not in [c.identity for c in graph.graph["candidates"]]


@pytest.mark.parametrize("day, offered", [("2023-04-05", True), ("2023-04-06", False), (None, True)])
def test_a_dated_document_is_offered_what_has_its_day(day: str | None, offered: bool) -> None:
    known = replace(PROVINCE, issued_on="2023-04-05")
    lower = write("so.txt", doc(None, None, "Sở Tư pháp"), [RULE, known], parents=("91-KH/TU",))
    open_one = write("tinhuy.txt", doc(None, day, "Ban Thường vụ Tỉnh ủy"), [RULE], parents=("57-QĐ/TW",))
    graph = build([lower, open_one])
    assert [c.identity for c in graph.graph["candidates"] if c.document == find(graph, "tinhuy.txt")] == ["91-KH/TU"] * offered


@pytest.mark.parametrize(
    "title, offered",
    [
        ("đẩy mạnh chuyển đổi số năm 2023", False),  # the body alone
        ("siết chặt kiểm soát tài sản năm 2023", True),  # the words of the subject too
        ("", True),  # words that nobody knows speak neither for nor against
    ],
)
def test_a_body_alone_makes_no_candidate_of_what_carries_out_another_document(title: str, offered: bool) -> None:
    said = replace(PROVINCE, subject="về kiểm soát tài sản, thu nhập")
    lower = write(
        "so.txt", doc(None, None, "Sở Tư pháp"), [RULE, said], parents=("91-KH/TU",), edges=(("91-KH/TU", "57-QĐ/TW", "implements"),)
    )
    other = Said("12-NQ/TW", "Nghị quyết", "2022-06-16", "Bộ Chính trị", "implements")
    open_one = write("tinhuy.txt", doc(None, None, "Ban Thường vụ Tỉnh ủy", title or None), [other], parents=("12-NQ/TW",))
    graph = build([lower, open_one])
    assert [c.identity for c in graph.graph["candidates"] if c.document == find(graph, "tinhuy.txt")] == ["91-KH/TU"] * offered


def test_confirmed_identity_merges_and_refused_is_never_offered_again() -> None:
    records = [department(), unnumbered_province()]
    sha = records[1].source.sha256
    yes = Decision(kind="identity", source=sha, target="91-KH/TU", verdict="confirmed", by="thẩm tra viên")
    graph = build(records, decisions=[yes])
    assert graph.nodes["91-KH/TU"]["files"] == ("tinhuy.txt",)
    assert graph.graph["candidates"] == ()
    assert render_chain(chain(graph, "so.txt")).split(" → ")[1] == "91-KH/TU (tinhuy.txt, có trong tay)"
    refused = build(records, decisions=[yes.model_copy(update={"verdict": "refused"})])
    assert refused.graph["candidates"] == ()
    assert not refused.nodes["91-KH/TU"]["in_hand"]


def test_decision_on_what_is_gone_is_reported() -> None:
    graph = build([department()], decisions=[Decision(kind="identity", source="0" * 64, target="91-KH/TU", verdict="confirmed")])
    assert "GRAPH-DECISION-LOST" in codes(graph)


# --- edges and checks ---------------------------------------------------------------------------------------------------


def test_edges_lead_from_child_to_parent_with_evidence() -> None:
    record = department()
    graph = build([record])
    source = find(graph, "so.txt")
    data = graph.edges[source, "140/KH-UBND", "implements"]
    assert data["parent"]
    assert data["status"] == "proposed"
    for evidence in data["evidence"]:
        assert record.text[evidence.start : evidence.end] == evidence.quote
    assert not graph.edges[source, "57-QĐ/TW", "implements"]["parent"]
    assert graph.has_edge("140/KH-UBND", "91-KH/TU", "implements")


def test_siblings_that_cite_one_directive_never_become_parent_and_child() -> None:
    first = write("a.txt", doc("3/KH-STP", "2023-06-01", "Sở Tư pháp"), [BOARD], parents=("140/KH-UBND",))
    neighbour = Said("3/KH-STP", "Kế hoạch", "2023-06-01", "Sở Tư pháp", "cites")
    second = write("b.txt", doc("9/KH-SYT", "2023-06-20", "Sở Y tế"), [BOARD, neighbour], parents=("140/KH-UBND",))
    graph = build([first, second])
    assert set(graph.succ["9/KH-SYT"]["3/KH-STP"]) == {"cites"}
    assert [s.id for s in siblings(graph, "b.txt")] == ["3/KH-STP"]


@pytest.mark.parametrize(
    "record, code",
    [
        (write("a.txt", doc("5/KH-STP", "2023-05-01", "Sở Tư pháp"), [BOARD], parents=("140/KH-UBND",)), "DATE-CHILD-BEFORE-PARENT"),
        (
            write(
                "b.txt",
                doc("140/KH-UBND", "2023-05-09", "Ủy ban nhân dân tỉnh"),
                [Said("4/KH-UBND", "Kế hoạch", "2023-03-01", "UBND xã Tân Lộc", "implements")],
                parents=("4/KH-UBND",),
            ),
            "GRAPH-PARENT-BELOW",
        ),
    ],
)
def test_parents_obey_time_and_command(record: Record, code: str) -> None:
    graph = build([record])
    assert code in codes(graph)
    assert [d["status"] for *_, d in graph.edges(data=True)] == ["suspect"]


def test_cycle_is_found_and_does_not_trap_the_chain() -> None:
    one = Said("1/KH-UBND", "Kế hoạch", "2024-01-01", "UBND tỉnh", "implements")
    two = Said("2/KH-UBND", "Kế hoạch", "2024-01-01", "UBND tỉnh", "implements")
    graph = build(
        [
            write("1.txt", doc("1/KH-UBND", "2024-01-01", "UBND tỉnh"), [two], parents=("2/KH-UBND",)),
            write("2.txt", doc("2/KH-UBND", "2024-01-01", "UBND tỉnh"), [one], parents=("1/KH-UBND",)),
        ]
    )
    assert "GRAPH-CYCLE" in codes(graph)
    assert render_chain(chain(graph, "1.txt")) == "2/KH-UBND (2.txt, có trong tay) → 1/KH-UBND (1.txt, có trong tay)"


def test_a_circle_above_and_below_which_others_stand_is_found_alone() -> None:
    def plan(number: int, *above: int) -> Record:
        said = [Said(f"{n}/KH-UBND", "Kế hoạch", "2024-01-01", "UBND tỉnh", "implements") for n in above]
        own = doc(f"{number}/KH-UBND", "2024-01-01", "UBND tỉnh")
        return write(f"{number}.txt", own, said, parents=tuple(f"{n}/KH-UBND" for n in above))

    graph = build([plan(1, 2), plan(2, 3), plan(3, 4, 6), plan(4, 5), plan(5, 3), plan(6, 7), plan(7, 8)])
    circles = [f.nodes for f in graph.graph["findings"] if f.code == "GRAPH-CYCLE"]
    assert [sorted(graph.nodes[n]["name"] for n in nodes) for nodes in circles] == [["3/KH-UBND", "4/KH-UBND", "5/KH-UBND"]]


def test_parent_named_beside_grandparent_is_reduced_when_another_text_tells() -> None:
    board = write("ubnd.txt", doc("140/KH-UBND", "2023-05-09", "Ủy ban nhân dân tỉnh"), [PROVINCE], parents=("91-KH/TU",))
    child = write("x.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp"), [PROVINCE, BOARD], parents=("91-KH/TU", "140/KH-UBND"))
    graph = build([board, child])
    assert [s.id for s in chain(graph, "x.txt").paths[0]] == ["91-KH/TU", "140/KH-UBND", "5/KH-STP"]
    assert len(chain(graph, "x.txt").paths) == 1


def test_plan_that_implements_a_repealed_directive_is_found() -> None:
    newer = write(
        "moi.txt",
        doc("9-QĐ/TW", "2024-01-10", "Bộ Chính trị", kind="Quy định"),
        [Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "replaces")],
    )
    late = write("x.txt", doc("5/KH-STP", "2024-06-01", "Sở Tư pháp"), [RULE], parents=("57-QĐ/TW",))
    graph = build([newer, late])
    assert "CIT-REPEALED" in codes(graph)
    assert [(r, s.id) for r, s in impact(graph, "57-QĐ/TW").changed_by] == [("replaces", "9-QĐ/TW")]


def test_edge_decisions_hold_until_their_ends_change() -> None:
    records = [department()]
    graph = build(records)
    source = find(graph, "so.txt")
    stamp = source_stamp(graph.edges[source, "140/KH-UBND", "implements"]["evidence"])
    yes = Decision(kind="edge", source=source, target="140/KH-UBND", relation="implements", verdict="confirmed", source_stamp=stamp)
    assert build(records, decisions=[yes]).edges[source, "140/KH-UBND", "implements"]["status"] == "confirmed"
    stale = yes.model_copy(update={"source_stamp": "0" * 16})
    changed = build(records, decisions=[stale])
    assert changed.edges[source, "140/KH-UBND", "implements"]["status"] == "suspect"
    assert "GRAPH-SUSPECT" in codes(changed)
    no = build(records, decisions=[yes.model_copy(update={"verdict": "refused"})])
    text = render_chain(chain(no, "so.txt"))  # what it carries out beside the refused one takes its place
    assert text == "57-QĐ/TW (chỉ được dẫn) → 91-KH/TU (chỉ được dẫn) → kế hoạch này (so.txt, có trong tay)"


# --- questions ----------------------------------------------------------------------------------------------------------


def test_chain_is_written_from_the_root_down() -> None:
    graph = build([department()])
    assert render_chain(chain(graph, "so.txt")) == (
        "57-QĐ/TW (chỉ được dẫn) → 91-KH/TU (chỉ được dẫn) → 140/KH-UBND (chỉ được dẫn) → kế hoạch này (so.txt, có trong tay)"
    )
    assert "Chưa có trong tay: 57-QĐ/TW, 91-KH/TU, 140/KH-UBND." in explain_chain(chain(graph, "so.txt"))


def test_level_without_a_document_is_named() -> None:
    graph = build([write("x.txt", doc(None, None, "Sở Tư pháp"), [RULE], parents=("57-QĐ/TW",))])
    assert chain(graph, "x.txt").missing_levels == ("province",)


SCHOOL = "Trường Trung học cơ sở Đất Đỏ"
WARD = Said("6/KH-UBND", "Kế hoạch", "2023-06-05", "Ủy ban nhân dân phường Đất Đỏ", "implements")
OFFICE = Said("7/KH-SGDĐT", "Kế hoạch", "2023-05-20", "Sở Giáo dục và Đào tạo", "implements")


@pytest.mark.parametrize(
    "said, parent, missing",
    [
        ([WARD, OFFICE], "6/KH-UBND", ()),  # under its ward; the department's plan is carried out too
        ([WARD], "6/KH-UBND", ()),  # a ward answers to the province
        ([BOARD, OFFICE], "140/KH-UBND", ()),
        ([BOARD], "140/KH-UBND", ("department",)),
        ([OFFICE], "7/KH-SGDĐT", ()),
    ],
)
def test_a_level_is_missed_only_where_nothing_of_it_is_carried_out(said: list[Said], parent: str, missing: tuple[str, ...]) -> None:
    ward = write("phuong.txt", doc("6/KH-UBND", "2023-06-05", WARD.issuer), [BOARD], parents=("140/KH-UBND",))
    office = write("so.txt", doc("7/KH-SGDĐT", "2023-05-20", OFFICE.issuer), [BOARD], parents=("140/KH-UBND",))
    school = write("truong.txt", doc("26/KH-THCS", "2023-06-26", SCHOOL), said, parents=(parent,))
    assert chain(build([ward, office, school]), "truong.txt").missing_levels == missing


def test_order_by_level_is_inferred_and_says_so() -> None:
    graph = build([write("x.txt", doc("84-KH/ĐU", None, "Đảng ủy Sở Y tế"), [RULE, PROVINCE], parents=("91-KH/TU",))])
    assert [s.id for s in chain(graph, "x.txt").paths[0]] == ["57-QĐ/TW", "91-KH/TU", "84-KH/ĐU"]
    assert graph.edges["91-KH/TU", "57-QĐ/TW", "implements"]["inferred"]
    assert "Suy ra theo cấp" in explain_chain(chain(graph, "x.txt"))


@pytest.mark.parametrize("name", ["so.txt", "140/KH-UBND", "140/kh-ubnd", "140 / KH - UBND", "57-qd/tw"])
def test_documents_are_found_as_people_type_them(name: str) -> None:
    assert find(build([department()]), name)


def test_unknown_name_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="Không có văn bản"):
        find(build([department()]), "1/KH-XYZ")


def test_children_path_timeline() -> None:
    graph = build([department()])
    assert [s.id for s in children(graph, "57-QĐ/TW")] == ["91-KH/TU"]
    assert len(children(graph, "57-QĐ/TW", deep=True)) == 3
    assert [s.id for s in path(graph, "57-QĐ/TW", "so.txt").steps][:2] == ["57-QĐ/TW", "91-KH/TU"]  # the direct mention is no short cut
    assert [link.relation for link in path(graph, "so.txt", "57-QĐ/TW").links] == ["implements"] * 3
    days = timeline(graph, "57-QĐ/TW")
    assert [(m.document.id, m.days, m.days_from_parent) for m in days.moments[:2]] == [("91-KH/TU", 54, 54), ("140/KH-UBND", 88, 34)]
    assert days.moments[-1].days is None
    assert days.by_level == (("province", 2, 71.0),)


def test_way_says_its_relations_and_does_not_join_by_a_shared_law() -> None:
    law = Said("36/2018/QH14", "Luật", None, "Quốc hội", "based_on")
    first = write("a.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp"), [BOARD, law], parents=("140/KH-UBND",))
    second = write("b.txt", doc("6/KH-SYT", "2023-06-02", "Sở Y tế"), [law])
    graph = build([first, second])
    assert path(graph, "5/KH-STP", "6/KH-SYT").steps == ()
    assert "chưa phải là nối" in answers.way(path(graph, "140/KH-UBND", "6/KH-SYT"))
    lines = answers.way(path(graph, "140/KH-UBND", "36/2018/QH14")).splitlines()
    assert [line.strip() for line in lines if line.startswith("    ")] == ["5/KH-STP thực hiện 140/KH-UBND", "5/KH-STP căn cứ 36/2018/QH14"]
    assert lines[-1].startswith("Hai văn bản không cùng một tuyến chỉ đạo")


def test_timeline_is_in_order_of_time_and_marks_an_impossible_date() -> None:
    early = write("a.txt", doc("5/KH-STP", "2023-05-01", "Sở Tư pháp"), [BOARD], parents=("140/KH-UBND",))
    undated = write("b.txt", doc(None, None, "Sở Y tế"), [BOARD], parents=("140/KH-UBND",))
    lines = answers.timeline(timeline(build([department(), early, undated]), "91-KH/TU")).splitlines()
    below = [line for line in lines if line.startswith("  - ")]
    assert "5/KH-STP (a.txt), 01/05/2023" in below[0]
    assert "ban hành trước cấp trên trực tiếp 140/KH-UBND 8 ngày, cần xem lại" in below[0]
    assert "-8" not in "".join(lines)
    assert any("của Sở Y tế, chưa có số (b.txt): chưa rõ số ngày; cấp trên trực tiếp: 140/KH-UBND" in line for line in below)


def test_answers_name_documents_as_people_do() -> None:
    alike = [write(f"{n}.txt", doc(None, None, "Sở Tư pháp", "Công tác pháp chế"), [BOARD]) for n in "ab"]
    text = answers.duplicates(duplicates(build(alike)))
    assert "doc:" not in text
    assert "của Sở Tư pháp, chưa có số (a.txt); " in text


def test_duplicates() -> None:
    one = write("a.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp", "Thực hiện công tác pháp chế"), [BOARD])
    copy = write("a (1).txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp", "Thực hiện công tác pháp chế"), [BOARD, BOARD])
    graph = build([one, copy])
    assert [(g.reason, g.files) for g in duplicates(graph)] == [("same_number", ("a (1).txt", "a.txt"))]
    assert "GRAPH-DUPLICATE" in codes(graph)


def test_same_graph_in_any_order() -> None:
    records = [
        department(),
        unnumbered_province(),
        write("a.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp"), [BOARD], parents=("140/KH-UBND",)),
    ]

    def shape(order: tuple[Record, ...]) -> str:
        graph = build(order)
        return repr(
            (
                sorted(graph.nodes(data=True), key=lambda n: n[0]),
                sorted(graph.edges(keys=True, data=True), key=lambda e: e[:3]),
                graph.graph,
            )
        )

    assert len({shape(order) for order in permutations(records)}) == 1


def test_index_is_fed_and_corrected_one_by_one() -> None:
    index = GraphIndex([department()])
    extra = write("a.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp"), [BOARD], parents=("140/KH-UBND",))
    added = index.add(extra)
    assert "5/KH-STP" in build(index)
    index.remove(added)
    assert set(build(index)) == set(build([department()]))


def test_what_several_texts_say_is_kept_once_and_where_each_says_it_apart() -> None:
    first, second = department(), write("b.txt", doc("5/KH-STP", "2023-06-01", "Sở Tư pháp"), [BOARD, RULE])
    for quotes in (True, False):
        one, two = GraphIndex([first, second], quotes=quotes).in_order()[::-1]
        assert one.mentions[0] is two.mentions[1]
        assert one.mentions[2] is two.mentions[0]
        for facts, record in ((one, first), (two, second)):
            assert [facts.start(at) for at in range(len(facts.mentions))] == [c.start for c in record.citations]
            assert [facts.quote(at) for at in range(len(facts.mentions))] == [c.text if quotes else "" for c in record.citations]


# --- the real plans -----------------------------------------------------------------------------------------------------

GOLD = Path(__file__).parents[3] / "shared" / "gold" / "records"


def gold_record(number: str) -> Record:
    """Gold as a record, with places in a dummy text."""
    data = json.loads((GOLD / f"{number}.json").read_text(encoding="utf-8"))
    text, citations = "", []
    for i, c in enumerate(data["citations"]):
        key = c["key"][-1]
        citations.append(
            Citation(
                id=f"c{i}",
                start=len(text),
                end=len(text) + len(c["text"]),
                form="self" if key == "self" else "full",
                rule="gold",
                **{**c, "key": key},
            )
        )
        text += c["text"] + "\n"
    return Record(
        source=Source(name=f"{number}.txt", sha256=hashlib.sha256(number.encode()).hexdigest(), media_type="text/plain"),
        text=text,
        document=Document(**data["document"]),
        citations=tuple(citations),
        links=tuple(Link(target=k["target"][-1], relation=k["relation"], parent=k["parent"]) for k in data["links"]),
        edges=tuple(Edge(source=e["source"][-1], target=e["target"][-1], relation=e["relation"]) for e in data["edges"]),
        duties=tuple(
            Duty(id=f"{d['section']}#{i}", start=0, end=0, text=d["text"], rule="gold", section=d["section"], modality=d["modality"])
            for i, d in enumerate(data["duties"])
        ),
    )


@pytest.mark.shared
@pytest.mark.skipif(not GOLD.is_dir(), reason="cần gold dùng chung bên cạnh kho mã")
def test_real_plans() -> None:
    graph = build([gold_record(n) for n in ("000", "001", "002", "004")])
    assert render_chain(chain(graph, "000.txt")) == (
        "131-QĐ/TW (chỉ được dẫn) → 283-KH/TU (chỉ được dẫn) → 282/KH-UBND (chỉ được dẫn) → kế hoạch này (000.txt, có trong tay)"
    )
    assert render_chain(chain(graph, "002.txt")) == "131-QĐ/TW (chỉ được dẫn) → 324-KH/TU (chỉ được dẫn) → 84-KH/ĐU (002.txt, có trong tay)"
    assert render_chain(chain(graph, "001.txt")) == "131-QĐ/TW (chỉ được dẫn) → kế hoạch này (001.txt, có trong tay)"
    assert render_chain(chain(graph, "004.txt")) == "kế hoạch này (004.txt, có trong tay)"
    assert [(c.document, c.identity) for c in graph.graph["candidates"]] == [(find(graph, "001.txt"), "283-KH/TU")]
    assert codes(graph) == ["CIT-DATE-CONFLICT", "GRAPH-CANDIDATE"]
