"""Names, subjects, headings that assign, lead and support: tables of forms, near misses, invariants, speed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.plan import Plan
from extractors.rulebook import lexicon, rules
from extractors.unit_own import _own as own_names_of
from extractors.units import (
    assignment_of,
    extract_units,
    find_units,
    heading_addressee,
    heading_of,
    names,
    split_names,
    subject_names,
    subject_of,
)
from schemas.document import Paragraph, SourceDocument
from schemas.record import Document
from schemas.text import TextMap
from tests.growth import growth

TABLES = Path(__file__).parents[1] / "tables"
SHARED = Path(__file__).parents[3] / "shared"


def table(name: str, columns: int) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for line in (TABLES / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            cells = line.split("\t")
            rows.append(tuple(cells + [""] * (columns - len(cells))))
    return rows


def listed(cell: str) -> list[str]:
    return cell.split(" | ") if cell else []


@pytest.mark.parametrize("phrase, expected", table("units_names", 2))
def test_names_of_a_phrase(phrase: str, expected: str) -> None:
    assert [n.name for n in names(phrase)] == listed(expected)


@pytest.mark.parametrize("heading, expected, rule", table("units_headings", 3))
def test_headings_that_assign(heading: str, expected: str, rule: str) -> None:
    found = heading_of(heading)
    assert (list(found.names) if found else []) == listed(expected)
    assert (found.rule if found else "") == rule
    assert heading_addressee(heading) == (found.spans if found else ())


@pytest.mark.parametrize("clause, expected", table("units_subjects", 2))
def test_subjects(clause: str, expected: str) -> None:
    assert list(subject_names(clause)) == listed(expected)
    span = subject_of(clause)
    assert (span is None) == (expected == "")
    if span:
        assert clause[span[0] : span[1]].startswith(listed(expected)[0])


@pytest.mark.parametrize("clause, lead, support, report, advise, rule", table("units_assignments", 6))
def test_assignments(clause: str, lead: str, support: str, report: str, advise: str, rule: str) -> None:
    found = assignment_of(clause)
    assert list(found.lead_names) == listed(lead)
    assert list(found.support_names) == listed(support)
    assert [clause[a:b] for a, b in found.report_to] == listed(report)
    assert [clause[a:b] for a, b in found.advise_to] == listed(advise)
    assert found.rule == rule


def test_there_are_enough_rows() -> None:
    assert sum(len(table(name, 1)) for name in ("units_headings", "units_assignments", "units_subjects")) >= 220


@pytest.mark.parametrize(
    "rule, text, found", [(r.name, e.text, e.found) for r in rules("units").values() for e in r.match], ids=lambda v: str(v)[:40]
)
def test_rule_matches_its_examples(rule: str, text: str, found: str | None) -> None:
    hit = rules("units").pattern(rule).search(text)
    assert hit is not None
    assert found is None or hit.group() == found


@pytest.mark.parametrize("rule, text", [(r.name, t) for r in rules("units").values() for t in r.reject], ids=lambda v: str(v)[:40])
def test_rule_leaves_its_near_misses(rule: str, text: str) -> None:
    assert rules("units").pattern(rule).search(text) is None


def test_offsets_are_those_of_the_text() -> None:
    text = "Kính gửi: 1. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính và các địa phương rà soát."
    start = text.index("Giao")
    found = assignment_of(text, start, len(text))
    assert [text[a:b] for a, b in found.lead] == ["Sở Nội vụ"]
    assert [text[a:b] for a, b in found.support] == ["Sở Tài chính", "các địa phương"]
    heading = "2.1. Đối với Thanh tra tỉnh:"
    assert [heading[a:b] for a, b in heading_addressee(heading, 5)] == ["Thanh tra tỉnh"]


def test_elided_heads_are_restored_but_spans_stay() -> None:
    phrase = "các Sở: Nội vụ, Tài chính"
    assert [phrase[a:b] for a, b in split_names(phrase)] == ["Nội vụ", "Tài chính"]
    assert [n.name for n in names(phrase)] == ["Sở Nội vụ", "Sở Tài chính"]


@pytest.mark.parametrize(
    "variant",
    [
        "Uỷ ban nhân dân các xã, phường",
        "Ủy ban nhân dân các xã, phường",
        "ỦY BAN NHÂN DÂN CÁC XÃ, PHƯỜNG",
        "Ủy  ban nhân dân  các xã,  phường",
    ],
)
def test_spelling_variants_are_one_name(variant: str) -> None:
    assert [n.name for n in names(variant)] == [variant]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("Kế hoạch số 324-KH/TU và Công văn số 45/UBND-NC", []),
        ("theo chức năng, nhiệm vụ được giao", []),
        ("công tác phòng, chống tham nhũng; PCTN; cải cách hành chính", []),
        ("Cơ quan thực hiện: Sở Y tế", ["Sở Y tế"]),
        ("Ban Nội chính Tỉnh ủy và Thanh tra tỉnh", ["Ban Nội chính Tỉnh ủy", "Thanh tra tỉnh"]),
        ("báo cáo Chủ tịch Ủy ban nhân dân tỉnh", ["Chủ tịch Ủy ban nhân dân tỉnh"]),
        ("trong hoạt động thanh tra, kiểm toán", []),
        ("mức độ hài lòng của người dân, doanh nghiệp", ["người dân, doanh nghiệp"]),
    ],
)
def test_mentions_in_running_text(text: str, expected: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_units(text)] == expected


PIECES = "các|sở|ban|Ủy ban nhân dân|,|và|;|(|)|:|.|-|\n|\t|xã|Đảng ủy|tổ chức|thanh tra|của|thuộc|giao|đối với|phối hợp với|Uỷ|là|Hà"


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=40).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_any_text_keeps_its_offsets(text: str) -> None:
    last = 0
    for mention in find_units(text):
        assert last <= mention.start < mention.end <= len(text)
        last = mention.end
    for name in names(text):
        assert 0 <= name.start <= name.end <= len(text)
    assignment_of(text)
    heading_of(text)


REPEATED = [
    "các ", "sở, ", "của Sở ", "Ủy ban nhân dân ", "phối hợp với ", "Phòng Kinh tế, ", "(", "người đứng đầu cơ quan, ", "do ", "VTV, ",
    "quận - ", "các đơn vị có dự án hoàn thành ", "căn cứ nhu cầu của học sinh, nhà trường ",
]  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_cost_grows_with_length_only(piece: str) -> None:
    def work(times: int) -> None:
        text = piece * times
        find_units(text)
        assignment_of(text)
        names(text)

    assert growth(work, 200, 1600) < 32  # eight times the text: linear is 8, quadratic 64


def test_cost_of_names_that_stand_alone_grows_with_length_only() -> None:
    def work(times: int) -> None:
        lines = [f"{n % 90}. Phòng Quản lý {''.join('aăâeêioôơu'[int(digit)] for digit in str(n))}" for n in range(times)]
        own_names_of.cache_clear()
        find_units("\n".join(lines))

    assert growth(work, 1000, 8000) < 24  # eight times the text: linear is 8, quadratic 64


def plan_of(lines: list[str], **document: object) -> Plan:
    text, paragraphs, at = "\n".join(lines), [], 0
    for line in lines:
        paragraphs.append(Paragraph(at, at + len(line), at))
        at += len(line) + 1
    source = SourceDocument("mau.txt", "0" * 64, "text/plain", text, tuple(paragraphs), TextMap())
    return Plan(source, document=Document.model_validate(document))


def test_units_of_a_plan_have_name_identity_and_members() -> None:
    plan = plan_of(
        [
            "Sở Tài chính ban hành Kế hoạch như sau:",
            "Các phòng chuyên môn thuộc Sở và UBND các xã, phường thực hiện.",
            "Văn phòng Sở báo cáo UBND tỉnh; KBNN tỉnh đối chiếu số liệu của Sở.",
        ],
        issuer="Sở Tài chính",
        issued_on="2026-02-10",
    )
    units = extract_units(plan)
    by_text = {u.text: u for u in units}
    assert [u.id for u in units] == [f"u{n}" for n in range(1, len(units) + 1)]
    assert all(plan.text[u.start : u.end] == u.text for u in units)
    assert by_text["Sở Tài chính"].body == "so-tai-chinh@2025"
    assert by_text["Sở"].name == "Sở Tài chính"
    assert by_text["Sở"].rule == "unit.deictic"
    assert by_text["UBND tỉnh"].name == "Ủy ban nhân dân tỉnh"
    assert by_text["UBND các xã, phường"].members == "commune:people-committee+place"
    assert by_text["UBND các xã, phường"].body is None
    assert by_text["Các phòng chuyên môn thuộc Sở"].members is not None
    assert extract_units(plan) == units


def test_short_forms_of_the_text_are_expanded() -> None:
    plan = plan_of(["BQL phối hợp với các đơn vị."], abbreviations={"BQL": "Ban Quản lý dự án Đầu tư xây dựng tỉnh"})
    assert not [u for u in extract_units(plan) if u.text == "BQL" and u.name == "BQL"]
    plan = plan_of(["Đảng ủy Sở và Ủy ban Kiểm tra Đảng ủy họp.", "Ủy ban Kiểm tra Đảng ủy Sở báo cáo."], issuer="Đảng ủy Sở Y tế")
    named = {u.text: u.name for u in extract_units(plan)}
    assert named["Ủy ban Kiểm tra Đảng ủy"] == "Ủy ban Kiểm tra Đảng ủy Sở"


ONE_LINE_EACH = [*((n, "word") for n in ("body_kinds", "roles", "collectives", "not_units")), ("bodies", "id"), ("office_names", "name")]


@pytest.mark.parametrize("name, column", ONE_LINE_EACH)
def test_lexicons_have_no_double_lines(name: str, column: str) -> None:
    seen = [(row[column].lower(), row.get("class", "")) for row in lexicon(name)]
    assert sorted({s for s in seen if seen.count(s) > 1}) == []


def gold_lists() -> list[tuple[str, ...]]:
    found: dict[tuple[str, ...], None] = {}
    for path in sorted((SHARED / "gold" / "records").glob("*.json")):
        for duty in json.loads(path.read_text(encoding="utf-8"))["duties"]:
            for role in ("lead", "support"):
                if duty[role]:
                    found[tuple(duty[role])] = None
    return list(found)


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="no shared gold beside the checkout")
def test_lists_of_the_gold_split_as_readers_split_them() -> None:
    wrong = [(gold, sep) for gold in gold_lists() for sep in ("; ", ", ", " và ") if [n.name for n in names(sep.join(gold))] != list(gold)]
    assert wrong == []


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "gold").exists(), reason="no shared gold beside the checkout")
def test_support_of_every_gold_duty() -> None:
    for path in sorted((SHARED / "gold" / "records").glob("*.json")):
        for duty in json.loads(path.read_text(encoding="utf-8"))["duties"]:
            assert list(assignment_of(duty["text"]).support_names) == duty["support"]


OWN = "Thực hiện chỉ đạo của Tỉnh ủy, Ban Thường vụ Đảng ủy xã An Hòa (BTVĐU), Tổ Công nghệ cộng đồng (viết tắt là TCNCĐ), dữ liệu số (DLS), " \
      "Phòng cháy rừng (PCR) thống nhất như sau. " + "Nội dung chi tiết được nêu dưới đây. " * 12


@pytest.mark.parametrize(("clause", "lead"), [
    ("BTVĐU rà soát hồ sơ.", ("BTVĐU",)), ("Giao TCNCĐ hướng dẫn người dân.", ("TCNCĐ",)), ("DLS được cập nhật.", ()), ("PCR được diễn tập.", ()),
])  # fmt: skip
def test_initials_that_the_text_introduces(clause, lead):
    text = OWN + clause
    assert assignment_of(text, len(OWN), len(text)).lead_names == lead
