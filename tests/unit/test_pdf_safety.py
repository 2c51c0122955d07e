"""PDFs that are broken, locked or made to do harm: refused with a reason, or mended and said so."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from pipeline.ingest.pdf import read_pdf
from schemas.errors import Damaged, EmptyFile, Encrypted, NotFound, ReadError, TooLarge, WrongType
from tests.forms.drawn import LONG, flowing
from tests.forms.make_pdf import Sheet, flow, write_pdf


def encrypted(path: Path) -> None:
    write_pdf(path, [Sheet()], password="bi-mat")


def bomb(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"BT ET " * 5_000_000)
        pdf.save(path, compress_streams=True)


def double_bomb(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"")
        stream.write(zlib.compress(zlib.compress(b" " * 60_000_000)), filter=pikepdf.Array([pikepdf.Name.FlateDecode] * 2))
        pdf.pages[0].Contents = stream
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def wrapped_bomb(path: Path) -> None:
    """Packed data written as text: the packer is the second filter."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        stream = pdf.make_stream(b"")
        chain = pikepdf.Array([pikepdf.Name.ASCII85Decode, pikepdf.Name.FlateDecode])
        stream.write(base64.a85encode(zlib.compress(b" " * 60_000_000)) + b"~>", filter=chain)
        pdf.pages[0].Contents = stream
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def flood(path: Path) -> None:
    """Under the bound of bytes, but more text than a page can hold."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.pages[0].Contents = pdf.make_stream(b"BT /F 1 Tf (" + b"a" * 4_000_000 + b") Tj ET")
        pdf.save(path, compress_streams=True)


def many_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        page = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Page, MediaBox=[0, 0, 100, 100]))
        for _ in range(2_001):
            pdf.pages.append(pikepdf.Page(page))
        pdf.save(path)


def huge_box(path: Path) -> None:
    write_pdf(path, [Sheet(size=(90_000, 90_000))])


def loop(path: Path) -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[2 0 R]>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    path.write_bytes(body)


def uncounted(path: Path) -> None:
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Coun\xee 1/Kids[3 0 R 4 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R/Size 4>>\n%%EOF"
    )
    path.write_bytes(body)


def cut(path: Path) -> None:
    sheet = Sheet()
    flow(sheet, 100, LONG)
    data = write_pdf(path, [sheet]).read_bytes()
    path.write_bytes(data[: int(len(data) * 0.2)])


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (lambda path: path.write_bytes(b""), EmptyFile), (lambda path: path.write_bytes(b"PK\3\4" + b"x" * 500), WrongType),
        (lambda path: path.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 9), Damaged), (lambda path: None, NotFound),
        (encrypted, Encrypted), (bomb, TooLarge), (double_bomb, TooLarge), (wrapped_bomb, TooLarge),
        (flood, TooLarge), (many_pages, TooLarge), (huge_box, TooLarge), (loop, Damaged),
        (cut, ReadError), (uncounted, Damaged),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(tmp_path: Path, make: Callable[[Path], object], error: type[ReadError]) -> None:
    path = tmp_path / "x.pdf"
    make(path)
    with pytest.raises(error) as caught:
        read_pdf(path)
    assert caught.value.path == str(path)
    assert caught.value.message.endswith((".", "!"))


def test_broken_cross_references_are_mended_and_said(tmp_path: Path) -> None:
    sheet = Sheet()
    flow(sheet, 100, LONG)
    path = write_pdf(tmp_path / "x.pdf", [sheet])
    data = path.read_bytes()
    path.write_bytes(data[: data.rindex(b"startxref")] + b"startxref\n99\n%%EOF")
    raw = read_pdf(path)
    assert flowing(raw) == [LONG]
    assert any("tự sửa" in warning for warning in raw.warnings)


def test_a_page_that_lost_its_content_is_said(tmp_path: Path) -> None:
    sheets = [Sheet(), Sheet()]
    flow(sheets[0], 100, LONG)
    sheets[1].image(0, 0, 595, 842)
    path = write_pdf(tmp_path / "x.pdf", sheets)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[1].obj["/Contents"]
        pdf.save(path)
    assert any("hỏng" in warning for warning in read_pdf(path).warnings)


def test_broken_content_is_said(tmp_path: Path) -> None:
    """A stream that ends too early: what is left is read, never silently."""
    sheets = [Sheet(), Sheet()]
    for sheet in sheets:
        flow(sheet, 100, LONG)
    path = write_pdf(tmp_path / "x.pdf", sheets)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        packed = zlib.compress(pdf.pages[1].Contents.read_bytes())
        pdf.pages[1].Contents.write(packed[: len(packed) // 3], filter=pikepdf.Name.FlateDecode)
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)
    raw = read_pdf(path)
    assert flowing(raw)[0] == LONG
    assert any("hỏng" in warning for warning in raw.warnings)
