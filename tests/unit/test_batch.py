"""A run over many files: every file has its line in the report, a broken one stops nothing, a second run changes nothing."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from pipeline.batch import Step, run_batch
from pipeline.ingest import read
from pipeline.ingest.delivery import walk
from pipeline.store import Store
from schemas.errors import RulebookError
from schemas.record import Document, Record, Source


def fake(path: Path) -> Record | list[Record]:
    """Stands for the extraction: reads the file, dies or splits where the text says so."""
    document = read(path)
    text = "\n".join(block.pieces[0].text for block in document.blocks)
    if text.startswith("chết"):
        os.kill(os.getpid(), signal.SIGSEGV)
    if text.startswith("luật hỏng"):
        raise RulebookError("luật hỏng")
    if text.startswith("lạ"):
        text += "\ud800"
    record = Record(
        source=Source(name=path.name, sha256=document.sha256, media_type=document.media_type), text=text, document=Document(title=text[:20])
    )
    if text.startswith("hai phần"):
        return [record.model_copy(update={"source": record.source.model_copy(update={"part": f"văn bản {n}/2"})}) for n in (1, 2)]
    return record


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "hồ sơ"
    for name, text in {
        "a.txt": "kế hoạch một",
        "b/a.txt": "kế hoạch hai",
        "b/chet.txt": "chết",
        "b/la.txt": "lạ",
        "b/trung.txt": "kế hoạch một",
        "c.txt": "hai phần",
        "rong.txt": "",
        "z-trung-hong.docx": "\0\1\2\3",
        "nhieu.docx": "\0\1\2\3",
        "~$a.docx": "x",
    }.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return home


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "kho.db")


def test_every_file_has_its_line(folder: Path, store: Store) -> None:
    steps: list[Step] = []
    report = run_batch(walk(folder), store, workers=2, process=fake, progress=steps.append)
    assert report.read == ["a.txt", "b/a.txt", "c.txt"]
    assert [(e.path, e.code) for e in report.failed] == [
        ("b/chet.txt", "R212"),
        ("b/la.txt", "R204"),
        ("nhieu.docx", "R203"),
        ("rong.txt", "R202"),
        ("z-trung-hong.docx", "R203"),
    ]
    assert [(d.name, d.why) for d in report.duplicates] == [("b/trung.txt", "trùng nội dung với “a.txt”")]
    assert [d.name for d in report.left_out] == ["~$a.docx"]
    assert [s.name for s in steps] == [d.name for d in walk(folder)]
    assert [s.done for s in steps] == list(range(1, report.total + 1))
    assert [(r.source.name, r.source.part) for r in store.records()] == [
        ("a.txt", None),
        ("b/a.txt", None),
        ("c.txt", "văn bản 1/2"),
        ("c.txt", "văn bản 2/2"),
    ]
    assert [f.name for f in store.failures()] == ["b/chet.txt", "b/la.txt", "nhieu.docx", "rong.txt", "z-trung-hong.docx"]
    assert all(f.remedy and f.message for f in store.failures())


def test_second_run_changes_nothing(folder: Path, store: Store) -> None:
    run_batch(walk(folder), store, workers=0, process=_safe)
    before = [r.to_json() for r in store.records()]
    report = run_batch(walk(folder), store, workers=0, process=_never)
    assert report.read == []
    assert report.skipped == ["a.txt", "b/a.txt", "b/chet.txt", "c.txt"]
    assert [d.name for d in report.duplicates] == ["b/trung.txt"]
    assert [r.to_json() for r in store.records()] == before


def test_a_changed_file_is_read_again_and_replaces_itself(folder: Path, store: Store) -> None:
    run_batch(walk(folder), store, workers=0, process=_safe)
    (folder / "a.txt").write_text("kế hoạch mới")
    report = run_batch(walk(folder), store, workers=0, process=_safe)
    assert report.read == ["a.txt", "b/trung.txt"]  # what was a copy of the old a.txt is now a document of its own
    assert store.record("a.txt") is not None
    assert [r.text for r in store.find("a.txt") if r.source.name == "a.txt"] == ["kế hoạch mới"]


def test_a_new_stamp_extracts_again(folder: Path, store: Store) -> None:
    run_batch([folder / "a.txt"], store, workers=0, process=_safe, stamp="1")
    assert run_batch([folder / "a.txt"], store, workers=0, process=_safe, stamp="1").skipped == ["a.txt"]
    assert run_batch([folder / "a.txt"], store, workers=0, process=_safe, stamp="2").read == ["a.txt"]


def test_engines_store_the_same(folder: Path, tmp_path: Path) -> None:
    paths = [folder / "a.txt", folder / "b/a.txt", folder / "rong.txt", folder / "khong-co.txt", folder / "c.txt"]
    seen = []
    for workers in (0, 1, 3):
        with Store.open(tmp_path / f"{workers}.db") as store:
            report = run_batch(paths, store, workers=workers, process=_safe)
            seen.append((report.read, [e.describe() for e in report.failed], [r.to_json() for r in store.records()], store.failures()))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][0] == ["a.txt", (folder / "b/a.txt").as_posix(), "c.txt"]


def test_a_failure_is_healed_by_a_good_copy(folder: Path, store: Store) -> None:
    assert len(run_batch([folder / "rong.txt"], store, workers=0, process=_safe).failed) == 1
    (folder / "rong.txt").write_text("kế hoạch đầy đủ")
    assert run_batch([folder / "rong.txt"], store, workers=0, process=_safe).read == ["rong.txt"]
    assert store.failures() == []


def test_errors_of_the_operator_stop_the_run(folder: Path, store: Store) -> None:
    (folder / "a.txt").write_text("luật hỏng")
    with pytest.raises(RulebookError):
        run_batch(walk(folder), store, workers=0, process=_safe)


def _safe(path: Path) -> Record | list[Record]:
    if path.name == "chet.txt":
        return Record(source=Source(name=path.name, sha256=read(path).sha256, media_type="text/plain"), text="")
    return fake(path)


def _never(path: Path) -> Record:
    if path.name in {"rong.txt", "nhieu.docx", "la.txt"}:
        read(path)
        raise ValueError("still unreadable")
    pytest.fail(f"{path} was processed again")
