"""The graph in the store: the same answers as the graph in memory, the same rows whether built at once or document by document."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pipeline.graph import build, questions
from pipeline.graph.extras import body_id
from pipeline.graph.keys import near_number
from pipeline.graph.names import fold_name
from pipeline.graph.synthetic import Generator, Said, write
from pipeline.links import chain_from_store, impact_from_store, others_from_store, rebuild_graph, sync_graph, update_graph
from pipeline.links.region import Region
from pipeline.links.slipping import near_numbers
from pipeline.store import Store, tables
from pipeline.store import graph_tables as kept
from schemas.errors import UsageError
from schemas.record import Document, Duty, Record, Relation
from tests.forms.stored_graph import Rows, fill, rows_of


def in_hand(graph: Any) -> list[str]:
    return sorted(n for n, d in graph.nodes(data=True) if d["in_hand"])


# --- one document after the other gives what all at once give ------------------------------------------------------------


@settings(max_examples=12, deadline=None)
@example(seed=169, noise=0.6, unnumbered=0.05, late=1, gone=4)  # a renamed document, as often meant as another of its number
@given(
    seed=st.integers(0, 10_000), noise=st.sampled_from([0.0, 0.05, 0.3, 0.6]), unnumbered=st.sampled_from([0.05, 0.2, 0.5]),
    late=st.integers(1, 25), gone=st.integers(0, 8),
)  # fmt: skip
def test_rows_do_not_depend_on_the_way_of_arrival(seed: int, noise: float, unnumbered: float, late: int, gone: int) -> None:
    records = list(Generator(seed=seed, noise=noise, missing=0.4, unnumbered=unnumbered).records(60))
    random.Random(seed).shuffle(records)
    with Store.open("sqlite://") as grown:
        _grow(grown, records, late, gone)
        assert rows_of(grown) == _built(records[gone:])


@pytest.mark.parametrize("seed, noise", [(7, 0.05), (8, 0.6)])
def test_rows_are_the_same_on_both_engines(store: Store, seed: int, noise: float) -> None:
    records = list(Generator(seed=seed, noise=noise, missing=0.4, unnumbered=0.2).records(40))
    _grow(store, records, 6, 3)
    assert rows_of(store) == _built(records[3:])


def _grow(store: Store, records: list[Record], late: int, gone: int) -> None:
    """The graph of all but the last records, then those one by one, then the first ones taken out again."""
    fill(store, records[:-late])
    rebuild_graph(store)
    for record in records[-late:]:
        store.put(record)
        assert update_graph(store, record)
    for record in records[:gone]:
        store.forget(record.source.name)
        assert sync_graph(store) == 1


def _built(records: list[Record]) -> Rows:
    with Store.open("sqlite://") as store:
        fill(store, records)
        rebuild_graph(store)
        return rows_of(store)


def test_what_is_deleted_later_is_wiped_as_before(tmp_path: Path) -> None:
    with Store.open(tmp_path / "kho.db") as store:
        fill(store, list(Generator(seed=3).records(5)))
        for wanted in (0, 1, 2):
            with store.transaction() as connection:
                connection.exec_driver_sql(f"PRAGMA secure_delete = {('OFF', 'ON', 'FAST')[wanted]}")
            rebuild_graph(store)
            with store.transaction() as connection:
                assert connection.exec_driver_sql("PRAGMA secure_delete").scalar() == wanted


def test_a_new_reading_replaces_the_old_one(store: Store) -> None:
    directive = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
    other = Said("61-QĐ/TW", "Quy định", "2023-03-10", "Bộ Chính trị", "implements")
    head = Document(key="91-KH/TU", kind="Kế hoạch", regime="party", issued_on="2023-04-05", issuer="Tỉnh ủy Cà Mau")
    first, second = (write("a.txt", head, [said], parents=(said.key,)) for said in (directive, other))
    second = second.model_copy(update={"source": first.source})
    for record, parent in ((first, "57-QĐ/TW"), (second, "61-QĐ/TW")):
        store.put(record)
        assert sync_graph(store) == 1
        assert [step.id for step in chain_from_store(store, "91-KH/TU").paths[0]] == [parent, "91-KH/TU"]
    assert not update_graph(store, second)
    with pytest.raises(UsageError):
        chain_from_store(store, "57-QĐ/TW")  # nobody cites it any more


def test_the_graph_follows_the_store_without_being_told(store: Store) -> None:
    records = list(Generator(seed=3).records(40))
    fill(store, records)
    graph = build(records)
    assert chain_from_store(store, in_hand(graph)[0]) == questions.chain(graph, in_hand(graph)[0])
    store.forget(records[0].source.name)
    graph = build(records[1:])
    assert all(chain_from_store(store, name) == questions.chain(graph, name) for name in in_hand(graph))
    assert sync_graph(store) == 0


@pytest.mark.parametrize("dates", [["2019-07-01", "2019-07-10"], ["2019-07-10", "2019-07-10"], [None]])
def test_a_law_that_all_cite_is_not_resolved_over_again(store: Store, monkeypatch: pytest.MonkeyPatch, dates: list[str | None]) -> None:
    law = Said("59/2019/NĐ-CP", "Nghị định", "2019-07-01", "Chính phủ", "based_on")
    heads = [Document(key=f"{n}/KH-STP", kind="Kế hoạch", issued_on="2023-06-01", issuer="Sở Tư pháp tỉnh Cà Mau") for n in range(1, 9)]
    records = [write(f"{n}.txt", head, [law]) for n, head in enumerate(heads)]
    odd = write("9.txt", Document(issuer="Sở Y tế tỉnh An Giang"), [replace(law, issued_on=date) for date in dates])
    fill(store, records)
    rebuild_graph(store)
    read: set[int] = set()
    load = Region.load
    monkeypatch.setattr(Region, "load", lambda region, numbers: (read.update(numbers := set(numbers)), load(region, numbers))[1])
    store.put(odd)
    update_graph(store, odd)
    assert not read & set(range(1, 9))
    assert rows_of(store) == _built([*records, odd])
    store.forget("9.txt")
    assert sync_graph(store) == 1
    assert rows_of(store) == _built(records)


@pytest.mark.parametrize("more", [2, 3, 4])
def test_the_date_of_a_law_is_what_most_texts_give(store: Store, more: int) -> None:
    law = Said("59/2019/NĐ-CP", "Nghị định", "2019-07-01", "Chính phủ", "based_on")
    records = [write(f"{n}.txt", Document(issuer="Sở Y tế"), [replace(law, issued_on="2019-07-01")] * 2) for n in range(3)]
    others = [write(f"{n}.txt", Document(issuer="Sở Y tế"), [replace(law, issued_on="2019-07-10")]) for n in range(10, 10 + more)]
    _grow(store, records + others, more, 1)
    assert rows_of(store) == _built((records + others)[1:])


# --- the same answers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed, noise", [(1, 0.0), (2, 0.05), (3, 0.3)])
def test_answers_agree_with_the_graph_in_memory(store: Store, seed: int, noise: float) -> None:
    records = list(Generator(seed=seed, noise=noise, unnumbered=0.2).records(120))
    fill(store, records)
    graph = build(records)
    for name in sorted(n for n, d in graph.nodes(data=True) if d["type"] == "document"):
        assert chain_from_store(store, name) == questions.chain(graph, name)
        ours = replace(impact_from_store(store, name), duties=None, duties_citing=None, duties_citing_count=None)
        assert ours == questions.impact(graph, name)
        assert sorted(others_from_store(store, name), key=lambda o: (o[1].id, o[0])) == list(ours.others)


@pytest.fixture(scope="module")
def samples() -> list[Record]:
    from pipeline.process import process_file

    folder = Path(__file__).parents[2] / "corpus" / "samples"
    return [r for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.docx")) for r in process_file(path)]


def test_answers_on_the_samples(store: Store, samples: list[Record]) -> None:
    fill(store, samples)
    graph = build(samples, duties=True)
    asked = 0
    for name in in_hand(graph):
        if graph.nodes[name]["type"] != "document":
            continue
        assert chain_from_store(store, name) == questions.chain(graph, name)
        ours, theirs = impact_from_store(store, name), questions.impact(graph, name)
        assert replace(ours, bodies=()) == replace(theirs, bodies=())
        assert {body_id(b) for b in ours.bodies} == {body_id(b) for b in theirs.bodies}
        assert len({fold_name(b) for b in ours.bodies}) == len(ours.bodies)
        asked += bool(ours.duties)
    assert asked > 2


@pytest.mark.parametrize("name", ["vb-000003.txt", "57-qđ/tư"])
def test_a_document_is_found_by_what_a_user_types(store: Store, name: str) -> None:
    head = Document(key="57-QĐ/TW", kind="Quy định", regime="party", issued_on="2023-02-10", issuer="Bộ Chính trị")
    store.put(write("vb-000003.txt", head, []))
    assert chain_from_store(store, name).document.id == "57-QĐ/TW"


@pytest.mark.parametrize("name", ["", "%", "99-QĐ/TW", "vb"])
def test_an_unknown_name_is_refused_in_words(store: Store, name: str) -> None:
    store.put(write("vb-000003.txt", Document(key="57-QĐ/TW", issuer="Bộ Chính trị"), []))
    with pytest.raises(UsageError, match="Không có văn bản nào"):
        chain_from_store(store, name)


def test_impact_names_duties_and_the_bodies_in_them(store: Store) -> None:
    said = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
    head = Document(key="91-KH/TU", kind="Kế hoạch", regime="party", issued_on="2023-04-05", issuer="Tỉnh ủy Cà Mau")
    plan = write("a.txt", head, [said], parents=("57-QĐ/TW",))
    duty = Duty(
        id="I#1", start=0, end=9, text=plan.text[:9], rule="r", section="I", modality="obligation", lead=("Ban Tổ chức",), citations=("c1",)
    )
    store.put(plan.model_copy(update={"duties": (duty,)}))
    answer = impact_from_store(store, "57-QĐ/TW")
    name = f"91-KH/TU::{plan.source.sha256[:8]}::I#1"
    assert (answer.duties, answer.duties_citing) == ((name,), (name,))
    assert answer.bodies == ("Ban Tổ chức", "Tỉnh ủy Cà Mau")


def test_impact_counts_the_duties_of_a_document_and_not_of_its_files(store: Store) -> None:
    said = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
    head = Document(key="91-KH/TU", kind="Kế hoạch", regime="party", issued_on="2023-04-05", issuer="Tỉnh ủy Cà Mau", title="Cải cách")
    files = [write(name, head, [said], parents=("57-QĐ/TW",)) for name in ("a.docx", "a.pdf")]
    for n, plan in enumerate(files):
        words = (plan.text[:9], plan.text[10:20]) if n else (plan.text[:9],)
        duties = tuple(
            Duty(id=f"I#{i}", start=0, end=9, text=w, rule="r", section="I", modality="obligation", citations=("c1",))
            for i, w in enumerate(words, 1)
        )
        source = plan.source.model_copy(update={"sha256": "ab"[n] * 64})
        store.put(plan.model_copy(update={"duties": duties, "source": source}))
    answer = impact_from_store(store, "57-QĐ/TW")
    assert answer.duties == ("91-KH/TU::aaaaaaaa::I#1", "91-KH/TU::bbbbbbbb::I#2")
    assert answer.duties_citing_count == 2


def test_of_a_law_that_all_cite_the_first_are_shown_and_all_are_counted(store: Store) -> None:
    law = Said("59/2019/NĐ-CP", "Nghị định", "2019-07-01", "Chính phủ", "based_on")
    heads = [Document(key=f"{n}/KH-STP", kind="Kế hoạch", issued_on="2023-06-01", issuer="Sở Tư pháp tỉnh Cà Mau") for n in range(1, 31)]
    relations: list[Relation] = ["cites", "based_on", "guides"]
    duty = Duty(id="I#1", start=0, end=4, text="Thực", rule="r", section="I", modality="obligation", citations=("c1",))
    for n, head in enumerate(heads):
        record = write(f"{n}.txt", head, [replace(law, relation=relations[n % 3])])
        store.put(record.model_copy(update={"duties": (duty,)}))
    answer = impact_from_store(store, law.key, limit=12)
    assert answer.citing == (("based_on", 10), ("guides", 10), ("cites", 10))
    assert [relation for relation, _ in answer.others].count("based_on") == 10
    assert (len(answer.others), len(answer.duties_citing or ()), answer.duties_citing_count) == (12, 12, 30)
    every = list(others_from_store(store, law.key))
    assert [relation for relation, _ in every] == ["based_on"] * 10 + ["guides"] * 10 + ["cites"] * 10
    assert {step.id for _, step in every} == {head.key for head in heads}


# --- the store ----------------------------------------------------------------------------------------------------------


def test_a_store_without_graph_tables_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "kho.db"
    records = list(Generator(seed=5).records(20))
    with Store.open(path) as old:
        fill(old, records)
    with sqlite3.connect(path) as raw:
        for table in (*kept.GRAPH, kept.changes):
            raw.execute(f"DROP TABLE {table.name}")
        raw.execute("UPDATE meta SET value = '1' WHERE key = 'schema_version'")
    raw.close()
    with Store.open(path) as opened:
        assert sync_graph(opened) == len(records)
        assert {r.source.sha256 for r in opened.records()} == {r.source.sha256 for r in records}
        with opened.transaction() as c:
            assert c.scalar(select(tables.meta.c.value)) == str(tables.SCHEMA_VERSION)


def test_neighbours_are_all_numbers_one_slip_away() -> None:
    for number in (5, 7, 10, 28, 105, 113, 300):
        near = set(near_numbers(number)) - {number}
        assert near == {n for n in range(1, 100_000) if near_number(number, n)}
