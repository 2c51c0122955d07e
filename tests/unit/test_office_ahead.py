"""Old Word files of a run are converted in groups: the order stays, a bad file costs its neighbours nothing, the records are the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.batch import run_batch
from pipeline.ingest import office_ahead, read
from pipeline.ingest.guard import SerialExecutor
from pipeline.ingest.office import soffice
from pipeline.ingest.office_ahead import Group, convert_ahead
from pipeline.store import Store
from schemas.errors import Crashed
from tests.forms.make_word import docx, p

DUTY = "Sở Nội vụ chủ trì, báo cáo kết quả trước ngày {}/6/2026."


def rtf(number: int) -> str:
    text = f"KẾ HOẠCH\\par\n1. {DUTY.format(number)}\\par\n"
    return "{\\rtf1\\ansi\\uc1\n" + "".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text) + "}"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    home = tmp_path / "hồ sơ"
    home.mkdir()
    for n in range(1, 6):
        (home / f"{n}.rtf").write_text(rtf(n))
    (home / "3b.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))
    (home / "4b.txt").write_text(f"KẾ HOẠCH\n1. {DUTY.format(20)}\n")
    return home


def made_of(group: Group) -> dict[Path, Path]:
    """Stands for LibreOffice: makes a file of each, but of the broken one."""
    found = {}
    for path in group.paths:
        if path.suffix == ".rtf":
            found[path] = group.out / f"{path.stem}.docx"
            found[path].touch()
    return found


GROUPS = [
    (20, 200, [6]),
    (2, 200, [2, 2, 2]),
    (20, 3, [3, 2]),
    (1, 200, []),
]


@pytest.mark.parametrize(("batch", "ahead", "sizes"), GROUPS)
def test_order_stays_and_groups_are_bounded(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, batch: int, ahead: int, sizes: list[int]
) -> None:
    groups: list[int] = []

    def call(_work: object, group: Group, **_limits: float) -> dict[Path, Path]:
        groups.append(len(group.paths))
        return made_of(group)

    for name, value in (("soffice", lambda: "soffice"), ("call", call), ("BATCH", batch), ("AHEAD", ahead)):
        monkeypatch.setattr(office_ahead, name, value)
    paths = sorted(folder.iterdir())
    found = list(convert_ahead(paths, lambda path: path, tmp_path))
    assert [path for path, _ in found] == paths
    assert groups == sizes
    assert [path.name for path, made in found if made is not None and path.suffix != ".rtf"] == []


def test_a_group_that_dies_leaves_every_file_to_itself(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def call(*_: object, **__: object) -> dict[Path, Path]:
        raise Crashed("chết")

    monkeypatch.setattr(office_ahead, "soffice", lambda: "soffice")
    monkeypatch.setattr(office_ahead, "call", call)
    paths = sorted(folder.iterdir())
    assert list(convert_ahead(paths, lambda path: path, tmp_path)) == [(path, None) for path in paths]


def test_without_libreoffice_nothing_is_held_back(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office_ahead, "soffice", lambda: None)
    assert next(convert_ahead(iter([folder / "1.rtf", folder / "2.rtf"]), lambda path: path, tmp_path)) == (folder / "1.rtf", None)


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
def test_records_do_not_depend_on_groups(folder: Path, tmp_path: Path) -> None:
    seen = []
    for number, executor in enumerate((None, SerialExecutor())):  # in groups; each file alone
        store = Store.open(tmp_path / f"{number}.db")
        report = run_batch(sorted(folder.iterdir()), store, workers=2, executor=executor)
        assert [e.path for e in report.failed] == ["3b.doc"]
        seen.append(([r.to_json() for r in store.records()], [(f.name, f.code, f.message) for f in store.failures()], report.read))
    assert seen[0] == seen[1]
    assert len(seen[0][0]) == 6


def test_a_made_file_is_read_under_the_name_of_its_source(tmp_path: Path) -> None:
    source, made = tmp_path / "a.rtf", docx(tmp_path / "made.docx", p("Kế hoạch"))
    source.write_text(rtf(1))
    raw = read(source, made)
    assert (raw.name, raw.media_type, raw.blocks[0].pieces[0].text) == ("a.rtf", "application/rtf", "Kế hoạch")
    text = tmp_path / "a.txt"
    text.write_text("Kế hoạch khác")
    assert read(text, made).blocks[0].pieces[0].text == "Kế hoạch khác"  # only old Word files have one
