"""The store: one upsert, idempotent; facts go with their file, decisions stay; broken or foreign stores are refused in words."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import insert, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from pipeline.store import Decision, Store, tables
from pipeline.store.database import connect, upsert
from schemas.errors import Damaged, StoreError, TimedOut
from schemas.record import Citation, Deadline, Document, Duty, Edge, Link, Record, Source

TEXT = "Văn phòng báo cáo trước ngày 15/6/2025 theo Quy định số 12-QĐ/TW."


def make(name: str, sha: str = "a", *, key: str | None = None, part: str | None = None, duties: int = 1) -> Record:
    """A record written by hand; ``sha`` is a hexadecimal digit repeated."""
    return Record(
        source=Source(name=name, sha256=sha * 64, media_type="text/plain", part=part),
        text=TEXT,
        document=Document(key=key, kind="Kế hoạch", issuer="Sở Y tế"),
        citations=(Citation(id="c1", start=44, end=64, text=TEXT[44:64], rule="full", form="full", key="12-QĐ/TW"),),
        deadlines=(Deadline(id="d1", start=18, end=38, text=TEXT[18:38], rule="before", kind="date", due="2025-06-15"),),
        duties=tuple(
            Duty(id=f"I#{n}", text=TEXT[:38], start=0, end=38, rule="r", section="I", modality="obligation", lead=("V",), deadlines=("d1",))
            for n in range(duties)
        ),
        links=(Link(target="12-QĐ/TW", relation="implements", parent=True),),
        edges=(Edge(source="5-KH/TU", target="12-QĐ/TW", relation="implements"),),
    )


def test_a_record_comes_back_equal_and_once(store: Store) -> None:
    record = make("a.txt", key="84-KH/ĐU")
    assert store.put(record)
    assert not store.put(record)
    assert list(store.records()) == [record]
    assert store.counts() == {"documents": 1, "duties": 1, "citations": 1, "links": 1, "edges": 1, "failures": 0, "decisions": 0}


@pytest.mark.parametrize("reference", ["84-KH/ĐU", "a" * 64, "sở/kế hoạch_1.txt", "kế hoạch_1.txt"])
def test_a_record_is_found_by(store: Store, reference: str) -> None:
    record = make("sở/kế hoạch_1.txt", key="84-KH/ĐU")
    store.put(make("sở/kế hoạchx1.txt", "b"))
    store.put(record)
    assert store.record(reference) == record


@pytest.mark.parametrize("reference", ["", "%", "khong-co", "b" * 64])
def test_nothing_is_found_by(store: Store, reference: str) -> None:
    store.put(make("a.txt"))
    assert store.record(reference) is None


def test_a_changed_file_replaces_its_own_facts_only(store: Store) -> None:
    store.put(make("a.txt", "a", duties=3))
    store.put(make("b.txt", "b", duties=2))
    store.put(make("a.txt", "c", duties=1))
    assert [(r.source.name, r.source.sha256[0]) for r in store.records()] == [("a.txt", "c"), ("b.txt", "b")]
    assert store.counts()["duties"] == 3
    assert store.counts()["citations"] == 2


def test_a_new_extraction_of_the_same_file_replaces_the_old(store: Store) -> None:
    store.put(make("a.txt", duties=3), stamp="1")
    assert store.known("a" * 64)
    assert store.known("a" * 64, stamp="1")
    assert not store.known("a" * 64, stamp="2")
    assert store.put(make("a.txt", duties=2), stamp="2")
    assert store.counts()["duties"] == 2


def test_a_renamed_file_is_one_document(store: Store) -> None:
    store.put(make("a.txt"))
    store.put(make("b.txt"))
    assert [r.source.name for r in store.records()] == ["b.txt"]


def test_parts_of_one_file(store: Store) -> None:
    store.put_file([make("a.pdf", part="văn bản 1/2"), make("a.pdf", part="văn bản 2/2")])
    assert [r.source.part for r in store.records()] == ["văn bản 1/2", "văn bản 2/2"]
    store.put_file([make("a.pdf")])
    assert [r.source.part for r in store.records()] == [None]
    with pytest.raises(ValueError, match="one file"):
        store.put_file([make("a.pdf"), make("b.pdf")])


def test_order_is_by_name_over_pages(store: Store) -> None:
    names = [f"{letter}{number}.txt" for letter in "zđĐaÁ" for number in range(50)]
    shuffled = random.Random(7).sample(names, len(names))
    for number, name in enumerate(shuffled):
        store.put(make(name).model_copy(update={"source": Source(name=name, sha256=f"{number:064x}", media_type="text/plain")}))
    assert [r.source.name for r in store.records()] == sorted(names)


def test_failures_are_noted_replaced_and_healed(store: Store) -> None:
    store.put(make("a.txt", "a"))
    store.put_failure("a.txt", TimedOut("Quá 5 giây."), sha256="a" * 64)
    assert store.known("a" * 64)  # same content: what was read stays
    store.put_failure("a.txt", Damaged("Hỏng."), sha256="b" * 64)
    assert not store.known("a" * 64)  # that content is no longer there
    assert [(f.name, f.code, f.message) for f in store.failures()] == [("a.txt", "R204", "Hỏng.")]
    store.put(make("a.txt", "c"))
    assert store.failures() == []
    assert store.forget("a.txt")
    assert not store.forget("a.txt")
    assert store.counts()["duties"] == 0


def _decision(id_: str = "r1", at: str = "2025-01-02T08:00:00", verdict: str = "covered") -> Decision:
    return Decision(id=id_, parent_stamp="p", child_stamp="c", verdict=verdict, note="đã đối chiếu", who="an", at=at)


def test_decisions_survive_their_documents_and_travel(store: Store, tmp_path: Path) -> None:
    store.put(make("a.txt"))
    for decision in (_decision(at="2025-01-03T08:00:00", verdict="partial"), _decision(), _decision("r0")):
        store.decide(decision)
    store.forget("a.txt")
    first, second = tmp_path / "1.jsonl", tmp_path / "2.jsonl"
    assert store.export_decisions(first) == 3
    with Store.open(tmp_path / "khac.db") as other:
        assert other.import_decisions(first) == 3
        assert other.import_decisions(first) == 3
        assert list(other.decisions()) == list(store.decisions())
        assert other.latest()["r1"].verdict == "partial"
        other.export_decisions(second)
    assert first.read_bytes() == second.read_bytes()
    assert "đã đối chiếu" in first.read_text()


NO_ID = '{"id": "", "parent_stamp": "", "child_stamp": "", "verdict": "v", "who": "w", "at": "t"}'


@pytest.mark.parametrize("line", ["{", '{"id": "x"}', NO_ID, "[]"])
def test_a_broken_line_imports_nothing_and_is_named(store: Store, tmp_path: Path, line: str) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(_decision().model_dump_json() + "\n\n" + line + "\n")
    with pytest.raises(StoreError, match="Dòng 3") as caught:
        store.import_decisions(path)
    assert caught.value.path == str(path)
    assert list(store.decisions()) == []


def _foreign(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE khac (x)")
    other.close()


def _version(number: int, path: Path) -> None:
    Store.open(path).close()
    with sqlite3.connect(path) as other:
        other.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", (str(number),))
    other.close()


def test_stores_that_are_refused(tmp_path: Path) -> None:
    (tmp_path / "chu.db").write_text("không phải kho dữ liệu" * 100)
    _foreign(tmp_path / "khac.db")
    _version(0, tmp_path / "cu.db")
    _version(99, tmp_path / "moi.db")
    for name, words in [
        ("chu.db", "không phải kho"),
        ("khac.db", "không phải kho của trienkhai"),
        ("cu.db", "phiên bản khác"),
        ("moi.db", "phiên bản khác"),
        ("khong/co/kho.db", "Thư mục"),
        ("postgresql+khongco://may/kho", "không hợp lệ"),
    ]:
        url = name if "://" in name else str(tmp_path / name)
        with pytest.raises(StoreError, match=words) as caught:
            Store.open(url)
        assert caught.value.exit_code == 5
        assert caught.value.remedy
    with Store.open(tmp_path / "moi.db", any_version=True) as newer:
        assert list(newer.decisions()) == []


def test_a_store_whose_decisions_keep_no_words_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "kho.db"
    with Store.open(path) as old:
        old.decide(_decision())
    with sqlite3.connect(path) as raw:
        for column in ("parent_words", "child_words"):
            raw.execute(f"ALTER TABLE decisions DROP COLUMN {column}")
        raw.execute("UPDATE meta SET value = '2' WHERE key = 'schema_version'")
    raw.close()
    with Store.open(path, any_version=True) as opened:
        assert list(opened.decisions()) == [_decision()]
    newer = _decision(at="2025-02-01T08:00:00").model_copy(update={"parent_words": "Lập danh sách", "child_words": "Lập\nGửi"})
    with Store.open(path) as opened:
        opened.decide(newer)
        assert list(opened.decisions()) == [_decision(), newer]


def test_a_password_is_not_shown() -> None:
    with pytest.raises(StoreError) as caught:
        Store.open("postgresql+khongco://an:matkhau@may/kho")
    assert "matkhau" not in caught.value.describe()


def test_settings_of_sqlite(tmp_path: Path) -> None:
    engine = connect(str(tmp_path / "kho.db"))
    with engine.connect() as connection:
        names = ("journal_mode", "busy_timeout", "foreign_keys", "synchronous")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    engine.dispose()
    assert found == ["wal", 5000, 1, 1]


def test_a_reader_is_not_held_up_by_writing_nor_holds_it_up(store: Store) -> None:
    for number in range(150):
        name = f"{number:03}.txt"
        store.put(make(name).model_copy(update={"source": Source(name=name, sha256=f"{number:064x}", media_type="text/plain")}))
    reading = store.records()
    assert next(reading).source.name == "000.txt"
    store.put(make("999.txt", "f"))
    assert [r.source.name for r in reading][-1] == "999.txt"


def test_a_locked_store_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.store.database.BUSY", 100)
    with Store.open(tmp_path / "kho.db") as second, sqlite3.connect(tmp_path / "kho.db", isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="tiến trình khác"):
            second.put(make("a.txt"))
        other.execute("ROLLBACK")
    other.close()


def test_two_writers_wait_for_each_other(store_url: str) -> None:
    Store.open(store_url).close()

    def write(letter: str) -> None:
        with Store.open(store_url) as own:
            for number in range(20):
                own.decide(_decision(f"{letter}{number}"))

    threads = [threading.Thread(target=write, args=(letter,)) for letter in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Store.open(store_url) as store:
        assert store.counts()["decisions"] == 40


WRITER = """
import sys
from pathlib import Path
from pipeline.store import Store
from schemas.record import Record
store = Store.open(sys.argv[1])
record = Record.model_validate_json(Path(sys.argv[2]).read_text())
for n in range(100000):
    source = record.source.model_copy(update={"name": f"{n}.txt", "sha256": f"{n:064x}"})
    store.put(record.model_copy(update={"source": source}))
    print(n, flush=True)
"""


def test_kill_in_mid_write_loses_nothing_acknowledged(tmp_path: Path) -> None:
    (tmp_path / "record.json").write_text(make("x.txt", duties=30).to_json())
    command = [sys.executable, "-c", WRITER, str(tmp_path / "kho.db"), str(tmp_path / "record.json")]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
    assert writer.stdout is not None
    acknowledged = 0
    for line in writer.stdout:
        acknowledged = int(line) + 1
        if acknowledged >= 25:
            break
    os.kill(writer.pid, signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    time.sleep(0.1)
    with Store.open(tmp_path / "kho.db") as store:
        counts = store.counts()
        assert counts["documents"] >= acknowledged
        assert counts["duties"] == 30 * counts["documents"]
        assert len(list(store.records())) == counts["documents"]


def test_statements_compile_for_postgresql(store: Store) -> None:
    """No server here: what can be held without one is that every table and the upsert speak its dialect."""
    dialect = postgresql.dialect()
    for table in tables.metadata.sorted_tables:
        ddl = str(CreateTable(table).compile(dialect=dialect))
        assert "CREATE TABLE" in ddl
    assert 'COLLATE "C"' in str(CreateTable(tables.documents).compile(dialect=dialect))

    class Fake:
        pass

    engine = Fake()
    engine.dialect = dialect  # type: ignore[attr-defined]
    statement = str(upsert(engine, tables.decisions).compile(dialect=dialect))  # type: ignore[arg-type]
    assert "ON CONFLICT (id, at, who) DO UPDATE SET" in statement
    assert str(select(tables.documents.c.id).compile(dialect=dialect))
    assert str(insert(tables.duties).compile(dialect=dialect))
