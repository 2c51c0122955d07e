"""The media type is found from the bytes; the suffix is checked, not believed."""

from __future__ import annotations

import io
import os
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.ingest import read, sniff
from schemas.errors import Damaged, EmptyFile, Encrypted, NotFound, ReadError, WrongType
from tests.forms.make_hostile import ole


def _zip(*names: str, first: bytes = b"") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if first:
            archive.writestr("mimetype", first)
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


PLAN = "Kế hoạch triển khai nhiệm vụ năm 2024\n"

CASES: list[tuple[str, bytes, str]] = [
    ("a.docx", _zip("[Content_Types].xml", "word/document.xml"), sniff.DOCX),
    ("renamed.pdf", _zip("[Content_Types].xml", "word/document.xml"), sniff.DOCX),
    ("cut.docx", _zip("[Content_Types].xml", "word/document.xml")[:60], sniff.DOCX),
    ("a.xlsx", _zip("[Content_Types].xml", "xl/workbook.xml"), sniff.XLSX),
    ("a.odt", _zip("content.xml", first=b"application/vnd.oasis.opendocument.text"), sniff.ODT),
    ("a.zip", _zip("ke-hoach.txt"), sniff.ZIP),
    ("a.doc", ole("Root Entry", "WordDocument"), sniff.DOC),
    ("sheet.doc", ole("Root Entry", "Workbook"), sniff.XLS),
    ("locked.docx", ole("Root Entry", "EncryptionInfo", "EncryptedPackage"), sniff.OLE_ENCRYPTED),
    ("a.rtf", b"{\\rtf1\\ansi x}", sniff.RTF),
    ("rtf.doc", b"{\\rtf1\\ansi x}", sniff.RTF),
    ("a.pdf", b"%PDF-1.7\n", sniff.PDF),
    ("mail.pdf", b"Received: x\n\n%PDF-1.4\n", sniff.PDF),
    ("a.html", b"<!DOCTYPE html><html><body>x</body></html>", sniff.HTML),
    ("page.doc", "\ufeff  <!-- luu -->\n<HTML><body>Kế hoạch</body></HTML>".encode(), sniff.HTML),
    ("wide.htm", "<html><body>Kế hoạch</body></html>".encode("utf-16"), sniff.HTML),
    ("xhtml.htm", b'<?xml version="1.0"?><!DOCTYPE html PUBLIC "x"><html/>', sniff.HTML),
    ("a.mht", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary=b\r\n\r\n--b", sniff.MHTML),
    ("a.xml", b'<?xml version="1.0"?><w:wordDocument/>', sniff.XML),
    ("a.txt", PLAN.encode(), sniff.PLAIN),
    ("a.md", PLAN.encode(), sniff.MARKDOWN),
    ("centered.md", '<div align="center">KẾ HOẠCH</div>\n\n# I'.encode(), sniff.MARKDOWN),
    ("page.md", b"<html><body>x</body></html>", sniff.HTML),
    ("utf16.txt", PLAN.encode("utf-16"), sniff.PLAIN),
    ("nomark.txt", PLAN.encode("utf-16-le"), sniff.PLAIN),
    ("less.txt", b"< 5 viec", sniff.PLAIN),
    ("a.tif", b"II*\0" + bytes(20), sniff.TIFF),
    ("a.png", b"\x89PNG\r\n\x1a\n" + bytes(20), sniff.PNG),
    ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(20), sniff.JPEG),
    ("small-numbers.bin", bytes([0, 1, 0, 2, 0, 3]) * 50, sniff.UNKNOWN),
    ("noise.docx", bytes(range(256)) * 8, sniff.UNKNOWN),
]


@pytest.mark.parametrize("name, data, expected", CASES, ids=[c[0] for c in CASES])
def test_type_by_bytes(tmp_path: Path, name: str, data: bytes, expected: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert sniff.sniff(path) == expected


@pytest.mark.parametrize(
    "name, media_type, words",
    [
        ("a.docx", sniff.DOCX, None),
        ("a.DOCX", sniff.DOCX, None),
        ("khong-duoi", sniff.PLAIN, None),
        ("a.pdf", sniff.DOCX, "PDF, nội dung lại là văn bản Word"),
        ("a.doc", sniff.HTML, "nội dung lại là trang HTML"),
        ("a.signed", sniff.PDF, "không quen"),
        ("84.KH-UBND", sniff.PLAIN, "không quen"),
    ],
)
def test_mismatch_is_said(name: str, media_type: str, words: str | None) -> None:
    warning = sniff.mismatch(Path(name), media_type)
    assert (warning is None) if words is None else (warning is not None and words in warning)


@pytest.mark.parametrize(
    "name, data, error, words",
    [
        ("rong.docx", b"", EmptyFile, "rỗng"),
        ("khoa.docx", ole("Root Entry", "EncryptedPackage"), Encrypted, "mật khẩu"),
        ("bang.doc", ole("Root Entry", "Workbook"), WrongType, "Excel"),
        ("goi.zip", _zip("a.txt"), WrongType, "zip"),
        ("goi.docx", _zip("a.txt"), ReadError, "Word"),
        ("anh.gif", b"GIF89a" + bytes(30), WrongType, "GIF"),
        ("nhieu.pdf", bytes(range(256)) * 8, WrongType, "nhị phân"),
    ],
)
def test_refusals_name_file_reason_and_remedy(tmp_path: Path, name: str, data: bytes, error: type[ReadError], words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error, match=words) as caught:
        read(path)
    assert caught.value.path == str(path)
    assert caught.value.code.startswith("R2")
    assert caught.value.remedy


def test_an_odt_packed_again_by_hand(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<x/>")
        archive.writestr("mimetype", sniff.ODT)
    path = tmp_path / "a.odt"
    path.write_bytes(out.getvalue())
    assert sniff.sniff(path) == sniff.ODT


def test_pipes_devices_and_round_links(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong")
    (tmp_path / "vong").symlink_to(tmp_path / "vong")
    (tmp_path / "thiet-bi").symlink_to("/dev/zero")
    for name, error in (("ong", WrongType), ("thiet-bi", WrongType), ("vong", ReadError)):
        with pytest.raises(error):
            read(tmp_path / name)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "khong-co.txt")
    with pytest.raises(WrongType):
        read(tmp_path)


def test_loop_in_the_directory_of_a_compound_file_ends(tmp_path: Path) -> None:
    data = bytearray(ole("Root Entry"))
    struct.pack_into("<I", data, 512 + 4, 1)  # the directory sector follows itself
    path = tmp_path / "vong.doc"
    path.write_bytes(data)
    assert sniff.sniff(path) == sniff.UNKNOWN


def test_ole_header_with_a_broken_sector_size(tmp_path):
    """A sector size of one byte once divided by zero."""
    path = tmp_path / "hong.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600)
    assert isinstance(sniff.sniff(path), str)


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("rác.docx", b"garbage", Damaged),
        ("rác.pdf", b"not a pdf at all", Damaged),
        ("rác.xlsx", b"cells", Damaged),
        ("chạy.exe", b"MZ this program cannot be run", WrongType),
        ("thư viện.dll", b"MZ\x20", WrongType),
    ],
)
def test_bare_words_under_the_name_of_a_binary_format_are_no_plan(tmp_path, name, data, error):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as refused:
        read(path)
    assert refused.value.remedy
    assert path.suffix in refused.value.message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("kế hoạch.docx", "KẾ HOẠCH triển khai"),
        ("khong dau.doc", "KE HOACH trien khai"),
        ("so.pdf", "so 12/KH-UBND"),
        ("rời.docx", "Uỷ ban"),
        ("plain.txt", "garbage"),
        ("la.abc", "garbage"),
    ],
)
def test_words_of_a_plan_are_read_whatever_the_name(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert read(path).blocks
