"""What people decide on edges: in the graph in memory, in the stored graph, and after either end has changed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from pipeline.graph import build, questions
from pipeline.graph.decisions import edge_stamp, target_stamp
from pipeline.graph.shape import Graph
from pipeline.graph.synthetic import Generator, Said, write
from pipeline.links import (
    chain_from_store,
    decide_edge,
    graph_decisions,
    impact_from_store,
    keep_decision,
    rebuild_graph,
    sync_graph,
    update_graph,
)
from pipeline.store import Store
from pipeline.store import graph_tables as kept
from pipeline.store.database import columns_of
from schemas.errors import UsageError
from schemas.graph import Decision
from schemas.record import Document, Record
from tests.forms.stored_graph import fill, rows_of

ROOT = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
BOARD = Said("140/KH-UBND", "Kế hoạch", "2023-05-09", "Ủy ban nhân dân tỉnh Cà Mau", "implements")


def board() -> Record:
    head = Document(key="140/KH-UBND", kind="Kế hoạch", regime="state", issued_on="2023-05-09", issuer=BOARD.issuer)
    return write("ubnd.txt", head, [ROOT], parents=("57-QĐ/TW",))


def department(*more: Said) -> Record:
    head = Document(key="5/KH-STP", kind="Kế hoạch", regime="state", issued_on="2023-06-01", issuer="Sở Tư pháp tỉnh Cà Mau")
    return write("so.txt", head, [BOARD, ROOT, *more], parents=("140/KH-UBND", "57-QĐ/TW"))


def decision(graph: Graph, verdict: str, source: str = "5/KH-STP", target: str = "140/KH-UBND", relation: str = "implements") -> Decision:
    stamps = {"target_stamp": target_stamp(graph.nodes[target])}
    if graph.has_edge(source, target, relation):
        stamps["source_stamp"] = edge_stamp(graph.edges[source, target, relation])
    return Decision.model_validate(
        {"kind": "edge", "source": source, "target": target, "relation": relation, "verdict": verdict, "by": "An"} | stamps
    )


def ids(answer: questions.Chain) -> list[list[str]]:
    return [[step.id for step in path] for path in answer.paths]


# --- the three verdicts ---------------------------------------------------------------------------------------------------


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    with Store.open(store_url) as opened:
        fill(opened, [board(), department()])
        sync_graph(opened)
        yield opened


def test_a_refused_parent_is_not_followed_and_the_next_one_up_takes_its_place(store: Store) -> None:
    records = [board(), department()]
    no = decision(build(records), "refused")
    graph = build(records, decisions=[no])
    assert graph.edges["5/KH-STP", "140/KH-UBND", "implements"]["status"] == "refused"
    assert ids(questions.chain(graph, "5/KH-STP")) == [["57-QĐ/TW", "5/KH-STP"]]
    assert [s.id for s in questions.children(graph, "140/KH-UBND")] == []
    keep_decision(store, no, "2026-01-01")
    assert chain_from_store(store, "5/KH-STP") == questions.chain(graph, "5/KH-STP")
    below = impact_from_store(store, "140/KH-UBND")
    assert (below.plans, below.others) == ((), ())


def test_where_the_only_parent_is_refused_what_is_carried_out_beside_it_takes_its_place(store: Store) -> None:
    beside = write("so.txt", department().document, [BOARD, ROOT], parents=("140/KH-UBND",))
    store.put_file([beside])
    assert ids(chain_from_store(store, "5/KH-STP")) == [["57-QĐ/TW", "140/KH-UBND", "5/KH-STP"]]
    for day, verdict in enumerate(("refused", "confirmed"), 1):
        said = decision(build([board(), beside]), verdict)
        keep_decision(store, said, f"2026-01-0{day}")
        graph = build([board(), beside], decisions=[said])
        assert graph.edges["5/KH-STP", "57-QĐ/TW", "implements"]["parent"] is (verdict == "refused")
        assert chain_from_store(store, "5/KH-STP") == questions.chain(graph, "5/KH-STP")


def test_a_confirmed_edge_says_so(store: Store) -> None:
    yes = decision(build([board(), department()]), "confirmed")
    keep_decision(store, yes, "2026-01-01")
    root, middle, plan = chain_from_store(store, "5/KH-STP").paths[0]
    assert (root.status, middle.status, plan.status) == (None, "proposed", "confirmed")
    assert [s.status for s in impact_from_store(store, "140/KH-UBND").plans] == ["confirmed"]


@pytest.mark.parametrize("verdict", ["confirmed", "refused"])
def test_a_change_of_the_words_makes_a_decision_suspect(store: Store, verdict: str) -> None:
    keep_decision(store, decision(build([board(), department()]), verdict), "2026-01-01")
    said = BOARD.__class__("140/KH-UBND", "Kế hoạch", "2023-05-09", None, "implements")
    store.put_file([department(said)])  # the same plan, delivered anew with one more sentence
    assert chain_from_store(store, "5/KH-STP").paths[0][-1].status == "suspect"
    graph = build([board(), department(said)], decisions=graph_decisions(store))
    assert chain_from_store(store, "5/KH-STP") == questions.chain(graph, "5/KH-STP")
    assert "GRAPH-SUSPECT" in {f.code for f in graph.graph["findings"]}


def test_a_change_of_the_upper_document_makes_a_decision_suspect(store: Store) -> None:
    keep_decision(store, decision(build([board(), department()]), "confirmed"), "2026-01-01")
    other = Document(key="140/KH-UBND", kind="Kế hoạch", regime="state", issued_on="2023-05-09", issuer=BOARD.issuer)
    store.put_file([write("ubnd.txt", other, [ROOT, ROOT], parents=("57-QĐ/TW",))])
    assert chain_from_store(store, "5/KH-STP").paths[0][-1].status == "suspect"


def test_words_that_are_gone_leave_a_suspect_edge_not_a_confirmed_one(store: Store) -> None:
    keep_decision(store, decision(build([board(), department()]), "confirmed"), "2026-01-01")
    silent = write("so.txt", department().document, [ROOT], parents=("57-QĐ/TW",))
    store.put_file([silent])
    graph = build([board(), silent], decisions=graph_decisions(store))
    assert graph.edges["5/KH-STP", "140/KH-UBND", "implements"]["status"] == "suspect"
    assert chain_from_store(store, "5/KH-STP") == questions.chain(graph, "5/KH-STP")


# --- what no text says; decisions changed and withdrawn with their documents ------------------------------------------------


def test_an_edge_that_only_a_person_knows(store: Store) -> None:
    lone = write("le.txt", Document(key="9/KH-STC", kind="Kế hoạch", issued_on="2023-07-01", issuer="Sở Tài chính tỉnh Cà Mau"), [])
    store.put(lone)
    keep_decision(store, decision(build([board(), lone]), "confirmed", source="9/KH-STC"), "2026-01-01")
    assert ids(chain_from_store(store, "9/KH-STC")) == [["57-QĐ/TW", "140/KH-UBND", "9/KH-STC"]]
    store.forget("le.txt")
    assert [s.id for s in impact_from_store(store, "140/KH-UBND").plans] == ["5/KH-STP"]
    with store.transaction() as c:
        assert c.execute(select(kept.edges).where(kept.edges.c.by_hand)).all() == []


def test_the_last_word_counts(store: Store) -> None:
    graph = build([board(), department()])
    for day, verdict in enumerate(("refused", "confirmed"), 1):
        keep_decision(store, decision(graph, verdict), f"2026-01-0{day}")
        assert ids(chain_from_store(store, "5/KH-STP"))[0][:-1] == (["57-QĐ/TW"] if verdict == "refused" else ["57-QĐ/TW", "140/KH-UBND"])
    assert sync_graph(store) == 0


def test_decisions_on_audit_rows_do_not_touch_the_graph(store: Store) -> None:
    from pipeline.store import Decision as Kept

    store.decide(Kept(id="5f", parent_stamp="", child_stamp="", verdict="covered", who="An", at="2026-01-01"))
    with store.transaction() as c:
        assert c.scalars(select(kept.changes.c.document)).all() == []
    assert graph_decisions(store) == []


def test_graph_tables_of_another_version_are_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "kho.db"
    with Store.open(path) as old:
        fill(old, [board(), department()])
        sync_graph(old)
        keep_decision(old, decision(build([board(), department()]), "refused"), "2026-01-01")
        with old.transaction(writes=True) as c:
            c.exec_driver_sql("UPDATE meta SET value = '1' WHERE key = 'graph_version'")
            c.exec_driver_sql("ALTER TABLE graph_edges DROP COLUMN by_hand")
    with Store.open(path) as opened:
        assert ids(chain_from_store(opened, "5/KH-STP")) == [["57-QĐ/TW", "5/KH-STP"]]


def test_a_graph_with_facts_among_the_documents_is_made_anew(tmp_path: Path) -> None:
    """As version 6 kept them."""
    path = tmp_path / "kho.db"
    with Store.open(path) as old:
        fill(old, [board(), department()])
        sync_graph(old)
        with old.transaction(writes=True) as c:
            c.exec_driver_sql("UPDATE meta SET value = '6' WHERE key = 'graph_version'")
            c.exec_driver_sql("ALTER TABLE graph_documents ADD COLUMN facts TEXT NOT NULL DEFAULT ''")
            c.exec_driver_sql("DROP TABLE graph_facts")
    with Store.open(path) as opened:
        assert sync_graph(opened) == 2
        with opened.transaction() as c:
            assert c.scalar(select(func.count()).select_from(kept.facts)) == 2
            assert columns_of(c, kept.documents) == {column.name for column in kept.documents.c}
        assert ids(chain_from_store(opened, "5/KH-STP"))[0] == ["57-QĐ/TW", "140/KH-UBND", "5/KH-STP"]


# --- as a user says it --------------------------------------------------------------------------------------------------------


def test_a_decision_is_taken_by_the_names_people_type(store: Store) -> None:
    kept_ = decide_edge(store, "so.txt", "140/kh-ubnd", "refused", who="An", at="2026-01-01", note="chỉ phối hợp")
    assert kept_.child_words == "Kế hoạch số 140/KH-UBND ngày 09/05/2023 của Ủy ban nhân dân tỉnh Cà Mau"
    assert graph_decisions(store) == [decision(build([board(), department()]), "refused").model_copy(update={"note": "chỉ phối hợp"})]
    assert ids(chain_from_store(store, "so.txt")) == [["57-QĐ/TW", "5/KH-STP"]]
    decide_edge(store, "so.txt", "140/kh-ubnd", "confirmed", who="An", at="2026-01-02")
    assert chain_from_store(store, "so.txt").paths[0][-1].status == "confirmed"


def committee() -> Record:
    head = Document(kind="Kế hoạch", regime="party", issuer="Ban Thường vụ Tỉnh ủy Cà Mau", title="thực hiện Quy định")
    return write("tinhuy.txt", head, [ROOT], parents=("57-QĐ/TW",))


def below_committee() -> Record:
    said = Said("91-KH/TU", "Kế hoạch", "2023-04-05", "Ban Thường vụ Tỉnh ủy Cà Mau", "implements")
    head = Document(key="7-KH/ĐU", kind="Kế hoạch", regime="party", issued_on="2023-07-01", issuer="Đảng ủy xã Đất Đỏ, tỉnh Cà Mau")
    return write("xa.txt", head, [said], parents=("91-KH/TU",))


@pytest.mark.parametrize("verdict", ["confirmed", "refused"])
def test_a_file_without_number_is_what_a_person_says(store: Store, verdict: str) -> None:
    fill(store, [committee(), below_committee()])
    assert chain_from_store(store, "xa.txt").candidates
    decide_edge(store, "tinhuy.txt", "91-KH/TU", verdict, who="An", at="2026-01-01", relation="may_be")
    for late in (None, write("le.txt", Document(key="9/KH-STC", issuer="Sở Tài chính tỉnh Cà Mau"), [ROOT])):
        if late:  # the word holds when a document comes in later
            store.put(late)
            assert update_graph(store, late)
        answer = chain_from_store(store, "xa.txt")
        graph = build(store.records(), decisions=graph_decisions(store))
        assert answer == questions.chain(graph, "xa.txt")
        assert answer.candidates == ()
        assert [s.files for s in answer.paths[0]][-2] == (("tinhuy.txt",) if verdict == "confirmed" else ())
    decide_edge(store, "tinhuy.txt", "91-KH/TU", "refused", who="An", at="2026-01-02", relation="may_be")  # a word can be taken back
    assert not chain_from_store(store, "xa.txt").paths[0][-2].in_hand


def test_where_somebody_named_a_file_others_are_still_taken_in_one_by_one(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(store, [committee(), below_committee()])
    decide_edge(store, "tinhuy.txt", "91-KH/TU", "confirmed", who="An", at="2026-01-01", relation="may_be")
    assert chain_from_store(store, "xa.txt").paths[0][-2].files == ("tinhuy.txt",)
    built = []
    monkeypatch.setattr("pipeline.links.update.rebuild_graph", lambda store: built.append(rebuild_graph(store)))
    other = write("le.txt", Document(key="9/KH-STC", issuer="Sở Tài chính tỉnh Cà Mau"), [ROOT])
    store.put(other)
    assert update_graph(store, other)
    assert not built
    source = other.source.model_copy(update={"name": "b.txt", "sha256": "b" * 64})
    store.put(again := below_committee().model_copy(update={"source": source}))
    assert update_graph(store, again)
    assert built  # this one cites the number that was named


@pytest.mark.parametrize(
    "child, parent, verdict, relation, words",
    [
        ("so.txt", "140/KH-UBND", "maybe", "implements", "Không có quyết định"),
        ("so.txt", "140/KH-UBND", "refused", "likes", "Không có quan hệ"),
        ("so.txt", "140/KH-UBND", "refused", "repeals", "để bác"),
        ("so.txt", "57-QĐ/TW", "confirmed", "may_be", "đã có số"),
        ("le.txt", "140/KH-UBND", "confirmed", "may_be", "đã có trong tay"),
        ("so.txt", "so.txt", "refused", "implements", "cùng một văn bản"),
        ("so.txt", "1/KH-XYZ", "refused", "implements", "Không có văn bản"),
    ],
)
def test_decisions_on_nothing_are_refused_in_words(store: Store, child: str, parent: str, verdict: str, relation: str, words: str) -> None:
    store.put(write("le.txt", Document(kind="Kế hoạch", issuer="Sở Y tế tỉnh Cà Mau"), [ROOT]))
    with pytest.raises(UsageError, match=words):
        decide_edge(store, child, parent, verdict, who="An", at="2026-01-01", relation=relation)
    assert graph_decisions(store) == []


# --- the same rows and answers, whichever way ---------------------------------------------------------------------------------


def some_decisions(graph: Graph, seed: int, count: int) -> list[Decision]:
    """Decisions on edges there are, on edges nobody says, on words that were others, and on what files without a number are."""
    pick = random.Random(seed)
    edges = sorted((u, v, k) for u, v, k in graph.edges(keys=True) if k != "may_be")
    nodes = sorted(n for n, d in graph.nodes(data=True) if d["key"])
    found = []
    for n in range(count):
        source, target, relation = pick.choice(edges) if n % 3 else (pick.choice(nodes), pick.choice(nodes), "implements")
        if source != target:
            made = decision(graph, pick.choice(["confirmed", "refused"]), source, target, relation)
            found.append(made if n % 4 else made.model_copy(update={"source_stamp": "0" * 16}))
    for n, candidate in enumerate(graph.graph["candidates"][: count // 4]):
        ends = {"source": candidate.document, "target": candidate.identity, "relation": "may_be"}
        found.append(Decision.model_validate({"kind": "identity", "verdict": "refused" if n % 3 else "confirmed", "by": "An"} | ends))
    return pick.sample(made := list({(d.source, d.relation, d.target): d for d in found}.values()), len(made))


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000), noise=st.sampled_from([0.0, 0.05, 0.3]), late=st.integers(1, 15), gone=st.integers(0, 5))
def test_rows_with_decisions_do_not_depend_on_the_way_of_arrival(seed: int, noise: float, late: int, gone: int) -> None:
    records = list(Generator(seed=seed, noise=noise, missing=0.4, unnumbered=0.2).records(50))
    random.Random(seed).shuffle(records)
    decisions = some_decisions(build(records), seed, 25)
    with Store.open("sqlite://") as grown, Store.open("sqlite://") as built:
        fill(grown, records[:-late])
        rebuild_graph(grown)
        for n, record in enumerate(records[-late:]):
            if n < len(decisions):
                keep_decision(grown, decisions[n], "2026-01-01")
                sync_graph(grown)
            grown.put(record)
            assert update_graph(grown, record)
        for record in records[:gone]:
            grown.forget(record.source.name)
            sync_graph(grown)
        for one in decisions:
            keep_decision(grown, one, "2026-01-01")
            keep_decision(built, one, "2026-01-01")
        sync_graph(grown)
        fill(built, records[gone:])
        rebuild_graph(built)
        assert rows_of(grown) == rows_of(built)
        graph = build(records[gone:], decisions=decisions)
        for name in sorted(n for n, d in graph.nodes(data=True) if d["in_hand"]):
            assert chain_from_store(grown, name) == questions.chain(graph, name)
