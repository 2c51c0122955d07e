"""One directive over many plans; the way back from child to parent; what was not checked."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator

import pytest

from extractors.addressee import classify
from pipeline.audit.coverage import audit
from pipeline.audit.rollup import mode_of, rollup, rollup_audits
from schemas.record import Citation, Document, Duty, Link, Record, Source


def plan(name: str, issuer: str, duties: list[tuple[str, str, tuple[str, ...]]], links: tuple[Link, ...] = ()) -> Record:
    """A record made by hand from (section, text, lead)."""
    text, found = "", []
    for n, (section, duty, lead) in enumerate(duties):
        found.append(
            Duty(id=f"{section}#{n + 1}", start=len(text), end=len(text) + len(duty), text=duty, rule="duties.item", section=section,
                 modality="obligation", lead=lead)
        )  # fmt: skip
        text += duty + "\n"
    source = Source(name=f"{name}.txt", sha256=name, media_type="text/plain")
    document = Document(key=name, kind="Kế hoạch", regime="state", issuer=issuer)
    return Record(source=source, text=text, document=document, duties=tuple(found), links=links)


EACH = ("các sở, ban, ngành",)
DRILL = "Diễn tập sơ tán khi có cháy tại trụ sở làm việc."
PIPES = "Kiểm định đường ống dẫn khí của tòa nhà cao tầng."
GUIDE = "Soạn sổ tay thoát nạn cho hộ kinh doanh."
SIREN = "Gắn còi báo động ở kho hàng dễ cháy."
PARENT = plan(
    "9/KH-UBND", "Ủy ban nhân dân tỉnh",
    [("II.1", DRILL, EACH), ("II.1", PIPES, ("Sở Xây dựng",)), ("II.2", GUIDE, EACH), ("II.3", SIREN, ("Sở Y tế hoặc Sở Công Thương",))],
)  # fmt: skip


def child(issuer: str, *texts: str, links: tuple[Link, ...] = ()) -> Record:
    return plan(f"KH-{issuer}", issuer, [("II", t, ("Văn phòng",)) for t in texts], links)


MODES = [((), "any"), (EACH, "each"), (("Sở Xây dựng",), "named"), (("Sở Y tế hoặc Sở Công Thương",), "any"), (("các trường học",), "each")]


@pytest.mark.parametrize(("lead", "mode"), MODES)
def test_mode_comes_from_the_addressee(lead: tuple[str, ...], mode: str) -> None:
    assert mode_of(PARENT.duties[0].model_copy(update={"lead": lead})) == mode, [classify(name) for name in lead]


def test_a_ban_that_names_nobody_binds_everybody() -> None:
    ban = PARENT.duties[0].model_copy(update={"lead": (), "modality": "prohibition"})
    assert mode_of(ban) == "each"
    assert mode_of(ban.model_copy(update={"modality": "obligation"})) == "any"
    assert mode_of(ban.model_copy(update={"lead": ("Sở Y tế hoặc Sở Công Thương",)})) == "any"


def test_rates_are_of_applicable_duties_and_missing_plans_stand_apart() -> None:
    found = rollup(PARENT, [child("Sở Xây dựng", DRILL, PIPES), child("Sở Nội vụ", DRILL)], expected=("Sở Nội vụ", "Sở Tài chính"))
    by_duty = {d.text: d for d in found.duties}
    assert by_duty[DRILL].satisfied is True
    assert by_duty[PIPES].mode == "named"
    assert by_duty[PIPES].satisfied is True
    assert by_duty[PIPES].summary["not_applicable"] == 1
    assert by_duty[GUIDE].open == ("Sở Xây dựng", "Sở Nội vụ")
    assert by_duty[SIREN].satisfied is None
    assert found.missing == ("Sở Tài chính",)
    assert found.dropped == ("II.2",)
    assert found.summary["with_gaps"] == 2
    assert found.measures["covered_rate"] == pytest.approx(3 / 5)


def test_any_is_satisfied_by_one() -> None:
    found = rollup(PARENT, [child("Sở Y tế", DRILL, GUIDE, SIREN), child("Sở Công Thương", DRILL, GUIDE)])
    assert next(d for d in found.duties if d.text == SIREN).satisfied is True


def test_audits_already_made_give_the_same() -> None:
    children = [child("Sở Xây dựng", DRILL), child("Sở Nội vụ", DRILL, GUIDE)]
    assert rollup(PARENT, children).to_json() == rollup_audits(PARENT, [audit(PARENT, c) for c in children]).to_json()


def test_a_level_between_is_stated() -> None:
    links = (Link(target="5/KH-STC", relation="implements", parent=True), Link(target="9/KH-UBND", relation="implements"))
    found = rollup(PARENT, [child("Sở Nội vụ", DRILL, links=links)])
    assert found.plans[0].skipped == ("5/KH-STC",)


def test_memory_does_not_grow_with_the_texts() -> None:
    def many(count: int) -> Iterator[Record]:
        for n in range(count):
            yield child(f"Ủy ban nhân dân xã số {n}", DRILL, "Nội dung riêng của xã. " * 40)

    rollup(PARENT, many(200))  # what is kept of names and words is kept before the measure
    peaks = []
    for count in (20, 200):
        tracemalloc.start()
        rollup(PARENT, many(count))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] - peaks[0] < 180 * 8_000


def test_the_way_back() -> None:
    below = child("Sở Nội vụ", DRILL, "Tặng bình chữa cháy cho hộ nghèo ven sông.", f"{GUIDE[:-1]}; phát thanh hướng dẫn trên xe lưu động.")
    found = audit(PARENT, below)
    assert [(e.relation, e.text[:8]) for e in found.extra] == [("repeats", DRILL[:8]), ("own", "Tặng bìn"), ("goes_further", GUIDE[:8])]
    assert found.measures["copy_index"] == pytest.approx(1 / 3, abs=1e-3)
    assert found.measures["own_share"] == pytest.approx(1 / 3, abs=1e-3)


def test_a_provision_taken_over_covers_what_stands_there() -> None:
    above = plan("7/QĐ-UBND", "Ủy ban nhân dân tỉnh", [("Điều 5.1", PIPES, EACH), ("Điều 6.1", DRILL, EACH)])
    text = "Thực hiện đầy đủ các nội dung quy định tại Điều 5 Quyết định số 7/QĐ-UBND."
    start = text.index("Điều 5")
    cited = Citation(
        id="c1", start=start, end=len(text) - 1, text=text[start:-1], rule="t", form="full", key="7/QĐ-UBND", pinpoints=("điều 5",)
    )
    below = child("Sở Nội vụ", text).model_copy(update={"citations": (cited,)})
    rows = audit(above, below).rows
    assert [(r.verdict, r.relation) for r in rows] == [("covered", "by_reference"), ("not_covered", None)]
