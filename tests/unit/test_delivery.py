"""Folders and archives are listed in one order; what is left out is said, what is dangerous is refused."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from pipeline.ingest import delivery
from pipeline.ingest.delivery import Delivery, walk
from schemas.errors import NotFound


def _zip(members: dict[str, bytes | str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def _short(found: Delivery) -> tuple[str, str]:
    return found.name, "error " + found.error.code if found.error else "skipped" if found.skipped else "read"


def test_folder_tree_in_order_with_what_is_left_out(tmp_path: Path) -> None:
    names = "a.txt .an/x.txt b/.an.txt b/~$ke-hoach.docx c/tai.docx.part Thumbs.db A.txt kho.db so.json".split()
    for name in (*names, "b/kế hoạch.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("chữ")
    (tmp_path / "rong.txt").touch()
    assert [_short(d) for d in walk(tmp_path)] == [
        (".an", "skipped"),
        ("A.txt", "read"),
        ("Thumbs.db", "skipped"),
        ("a.txt", "read"),
        ("b/.an.txt", "skipped"),
        ("b/kế hoạch.txt", "read"),
        ("b/~$ke-hoach.docx", "skipped"),
        ("c/tai.docx.part", "skipped"),
        ("kho.db", "skipped"),
        ("rong.txt", "error R202"),
        ("so.json", "skipped"),
    ]


def test_links_never_lead_round(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "x.txt").write_text("chữ")
    (tmp_path / "a" / "vong").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    (tmp_path / "hong").symlink_to(tmp_path / "khong-co")
    os.mkfifo(tmp_path / "ong")
    assert [_short(d) for d in walk(tmp_path)] == [
        ("a/vong", "skipped"),
        ("a/x.txt", "read"),
        ("b", "skipped"),
        ("hong", "skipped"),
        ("ong", "skipped"),
    ]


def test_archives_are_opened_under_their_name(tmp_path: Path) -> None:
    inner = _zip({"kế hoạch.txt": "trong"})
    (tmp_path / "goi.zip").write_bytes(_zip({"z.txt": "cuối", "mot/a.txt": "đầu", "mot/hai.zip": inner, "__MACOSX/._a.txt": "x"}))
    found = list(walk(tmp_path / "goi.zip", into=tmp_path / "ra"))
    assert [_short(d) for d in found] == [
        ("goi.zip/__MACOSX", "skipped"),
        ("goi.zip/mot/a.txt", "read"),
        ("goi.zip/mot/hai.zip/kế hoạch.txt", "read"),
        ("goi.zip/z.txt", "read"),
    ]
    assert [d.path.read_text() for d in found if not d.skipped] == ["đầu", "trong", "cuối"]
    assert all(d.path.is_relative_to(tmp_path / "ra") for d in found)


def test_a_second_walk_takes_the_same_place(tmp_path: Path) -> None:
    (tmp_path / "goi.zip").write_bytes(_zip({"a.txt": "đầu", "b.zip": _zip({"c.txt": "trong"})}))
    first = list(walk(tmp_path / "goi.zip", into=tmp_path / "ra"))
    first[0].path.write_text("bị sửa")
    assert list(walk(tmp_path / "goi.zip", into=tmp_path / "ra")) == first
    assert [d.path.read_text() for d in first] == ["đầu", "trong"]
    assert len(list((tmp_path / "ra").iterdir())) == 2


def test_an_archive_delivered_twice_is_opened_once(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        (tmp_path / name).write_bytes(_zip({"x.txt": "chữ"}))
    assert [(d.name, d.skipped) for d in walk(tmp_path)] == [("a.zip/x.txt", None), ("b.zip", "trùng nội dung với “a.zip”")]


@pytest.mark.parametrize(
    "member, place",
    [
        ("../../ngoai.txt", "goi.zip/ngoai.txt"),
        ("/etc/ngoai.txt", "goi.zip/etc/ngoai.txt"),
        ("C:\\tam\\ngoai.txt", "goi.zip/C/tam/ngoai.txt"),
        ("a/../b/./x.txt", "goi.zip/a/b/x.txt"),
        ("dai" * 120 + ".docx", "goi.zip/" + ("dai" * 120)[:195] + ".docx"),
    ],
)
def test_no_member_leaves_its_folder(tmp_path: Path, member: str, place: str) -> None:
    home = tmp_path / "nha"
    home.mkdir()
    (home / "goi.zip").write_bytes(_zip({member: "chữ"}))
    (found,) = walk(home / "goi.zip", into=tmp_path / "ra")
    assert (found.name, found.error) == (place, None)
    assert found.path.resolve().is_relative_to((tmp_path / "ra").resolve())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["nha", "ra"]


def test_same_name_twice_keeps_both(tmp_path: Path) -> None:
    (tmp_path / "goi.zip").write_bytes(_zip({"a.txt": "một", "b.txt": "hai"}).replace(b"b.txt", b"a.txt"))
    found = list(walk(tmp_path / "goi.zip", into=tmp_path / "ra"))
    assert [(d.name, d.path.read_text()) for d in found] == [("goi.zip/a (2).txt", "hai"), ("goi.zip/a.txt", "một")]


@pytest.mark.parametrize("encoding, shown, stand_in", [("utf-8", "bìa.txt", b"b__a.txt"), ("cp1258", "kê.txt", b"k_.txt")])
def test_names_without_the_utf8_flag(tmp_path: Path, encoding: str, shown: str, stand_in: bytes) -> None:
    """Archivers of older Windows write names in UTF-8 or cp1258 without saying so."""
    (tmp_path / "goi.zip").write_bytes(_zip({stand_in.decode(): "chữ"}).replace(stand_in, shown.encode(encoding)))
    (found,) = walk(tmp_path / "goi.zip", into=tmp_path / "ra")
    assert (found.name, found.path.read_text()) == (f"goi.zip/{shown}", "chữ")


def _nested(levels: int) -> bytes:
    data = _zip({"x.txt": "chữ"})
    for _ in range(levels):
        data = _zip({"g.zip": data})
    return data


ARCHIVES: list[tuple[str, bytes, str]] = [
    ("bomb", _zip({"x.bin": bytes(300 * 1024 * 1024)}), "R208"),
    ("many members", _zip({f"{i}.txt": "" for i in range(20_001)}), "R208"),
    ("cut", _zip({"x.txt": os.urandom(5000)})[:-400], "R204"),
    ("damaged member", _zip({"x.txt": os.urandom(5000)}).replace(b"\0\0x.txt", b"\0\0y.txt", 1), "R204"),
    ("nested deep", _nested(6), "R208"),
]


@pytest.mark.parametrize("data, code", [a[1:] for a in ARCHIVES], ids=[a[0] for a in ARCHIVES])
def test_archives_that_must_not_be_opened(tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "goi.zip").write_bytes(data)
    (tmp_path / "khac.txt").write_text("chữ")
    found = [d for d in walk(tmp_path) if not d.name.startswith("ra")]
    assert [(d.error.code if d.error else None) for d in found] == [code, None]
    assert found[0].error is not None
    assert found[0].error.path


def test_locked_archive(tmp_path: Path) -> None:
    data = bytearray(_zip({"x.txt": "chữ"}))
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "goi.zip").write_bytes(data)
    (found,) = walk(tmp_path)
    assert found.error is not None
    assert found.error.code == "R205"


def test_total_over_all_archives_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivery, "MAX_UNPACKED", 1000)
    for name in ("a", "b"):
        (tmp_path / f"{name}.zip").write_bytes(_zip({"x.txt": name * 600}))
    assert [_short(d) for d in walk(tmp_path)] == [("a.zip/x.txt", "read"), ("b.zip", "error R208")]


def test_single_file_and_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("chữ")
    assert [_short(d) for d in walk(tmp_path / "a.txt")] == [("a.txt", "read")]
    (tmp_path / "b.json").write_text("{}")
    assert [_short(d) for d in walk(tmp_path / "b.json")] == [("b.json", "read")]
    with pytest.raises(NotFound):
        list(walk(tmp_path / "b.txt"))
