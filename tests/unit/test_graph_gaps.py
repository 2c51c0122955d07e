"""Options of the graph (provisions, bodies, duties) and the questions that need them: gaps and impact."""

from __future__ import annotations

import pytest

from extractors.rulebook import rules
from pipeline.graph import build
from pipeline.graph.gaps import gaps
from pipeline.graph.questions import impact
from pipeline.graph.synthetic import Said, write
from schemas.errors import UsageError
from schemas.record import Document, Duty, Record

RULE = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements", pinpoints=("điều 4",))
BOARD = Said("140/KH-UBND", "Kế hoạch", "2023-05-09", "Ủy ban nhân dân tỉnh", "implements")
TASKS = (
    ("Xây dựng kế hoạch triển khai thực hiện Kế hoạch này tại đơn vị", ("Sở Y tế", "Sở Tư pháp")),
    ("Ban hành kế hoạch của cơ quan để tổ chức thực hiện", ("các sở, ban, ngành tỉnh",)),
    ("Kiểm tra, giám sát việc chấp hành", ("Thanh tra tỉnh",)),
)


def board() -> Record:
    """The province's plan in hand, which obliges two departments and a collective to issue plans of their own."""
    document = Document(key="140/KH-UBND", kind="Kế hoạch", regime="state", issued_on="2023-05-09", issuer="Ủy ban nhân dân tỉnh")
    record = write("ubnd.txt", document, [RULE], parents=("57-QĐ/TW",))
    text, duties = record.text, []
    for i, (words, lead) in enumerate(TASKS):
        duties.append(
            Duty(
                id=f"II.{i + 1}#1",
                start=len(text),
                end=len(text) + len(words),
                text=words,
                rule="test",
                section=f"II.{i + 1}",
                modality="obligation",
                lead=lead,
                citations=("c1",) if i == 2 else (),
            )
        )
        text += words + "\n"
    return record.model_copy(update={"text": text, "duties": tuple(duties)})


def health() -> Record:
    document = Document(key="9/KH-SYT", kind="Kế hoạch", regime="state", issued_on="2023-06-20", issuer="Sở Y tế")
    return write("syt.txt", document, [BOARD], parents=("140/KH-UBND",))


@pytest.mark.parametrize("name", ["followup", "levels"])
def test_rules_find_their_examples(name: str) -> None:
    for rule in rules(name).values():
        for example in rule.match:
            assert rule.pattern.search(example.text), (rule.name, example.text)
        for text in rule.reject:
            assert not rule.pattern.search(text), (rule.name, text)


def test_gaps_name_the_body_without_a_plan() -> None:
    answer = gaps(build([board(), health()], duties=True), "140/KH-UBND")
    assert {g.body: g.state for g in answer.rows} == {
        "Sở Tư pháp": "missing",
        "Sở Y tế": "in_hand",
        "các sở, ban, ngành tỉnh": "members_unknown",
    }
    assert [g.body for g in answer.missing] == ["Sở Tư pháp"]


def test_collective_is_offered_only_plans_of_bodies_it_can_mean() -> None:
    school = Document(key="4/KH-THCS", kind="Kế hoạch", regime="state", issued_on="2023-07-01", issuer="Trường Trung học cơ sở Bến Gỗ")
    nameless = Document(key="5/KH-ABC", kind="Kế hoạch", regime="state", issued_on="2023-07-01")
    under = [write(name, d, [BOARD], parents=("140/KH-UBND",)) for name, d in (("thcs.txt", school), ("abc.txt", nameless))]
    answer = gaps(build([board(), health(), *under], duties=True), "140/KH-UBND")
    offered = next(g for g in answer.rows if g.state == "members_unknown")
    assert [p.id for p in offered.plans] == ["5/KH-ABC", "9/KH-SYT"]
    assert [p.id for p in answer.without_duty] == ["4/KH-THCS"]


def test_roster_turns_a_collective_into_its_members() -> None:
    rosters = {"Các sở, ban, ngành tỉnh": ("Sở Y tế", "Sở Tư pháp", "Sở Nội vụ")}
    answer = gaps(build([board(), health()], duties=True), "140/KH-UBND", rosters)
    assert [g.body for g in answer.missing] == ["Sở Nội vụ", "Sở Tư pháp"]


def test_gaps_say_when_they_cannot_know() -> None:
    graph = build([board(), health()], duties=True)
    assert not gaps(graph, "57-QĐ/TW").known
    with pytest.raises(UsageError, match="chưa có nhiệm vụ"):
        gaps(build([health()]), "140/KH-UBND")


def test_impact_reaches_plans_duties_and_bodies() -> None:
    answer = impact(build([board(), health()], duties=True), "57-QĐ/TW")
    assert [s.id for s in answer.plans] == ["140/KH-UBND", "9/KH-SYT"]
    assert answer.duties is not None
    assert len(answer.duties) == 3
    assert answer.duties_citing is not None
    assert [d.rsplit("::", 1)[-1] for d in answer.duties_citing] == ["II.3#1"]
    assert {"Thanh tra tỉnh", "Sở Y tế", "Ủy ban nhân dân tỉnh"} <= set(answer.bodies)
    assert impact(build([board()]), "57-QĐ/TW").duties is None


def test_optional_nodes() -> None:
    graph = build([board(), health()], provisions=True, bodies=True, duties=True)
    assert graph.has_edge("57-QĐ/TW::điều 4", "57-QĐ/TW", "part_of")
    assert graph.has_edge("140/KH-UBND", "57-QĐ/TW::điều 4", "cites")
    assert graph.has_edge("9/KH-SYT", "body:so-y-te", "issued_by")
    types = {d["type"] for _, d in graph.nodes(data=True)}
    assert types == {"document", "provision", "body", "duty"}
    duty = next(n for n, d in graph.nodes(data=True) if d["type"] == "duty")
    assert {k for *_, k in graph.out_edges(duty, keys=True)} <= {"led_by", "supported_by", "cites"}
