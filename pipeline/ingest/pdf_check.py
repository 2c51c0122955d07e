"""Safety of a PDF before any parser of text touches it: encryption, damage, decompressed size, page count, page boxes.

Measured: a file of 140 kB with one 47 MB stream makes PDFium take over 6 GB and pdfminer die; the bound on decompressed streams
finds it in 30 ms. pikepdf opens files with a broken cross-reference table and writes them whole again.
"""

from __future__ import annotations

import io
import math
import zlib
from pathlib import Path

import pikepdf

from schemas.errors import Damaged, Encrypted, TooLarge

MAX_STREAM = 20 * 1024 * 1024  # bytes of one decompressed stream; the largest real content stream seen has 0.3 MB
MAX_TOTAL = 200 * 1024 * 1024  # bytes of all decompressed streams of a file, images apart
MAX_PAGES = 2_000
MAX_OBJECTS = 1_000_000
MAX_SIDE = 14_400.0  # points: 200 inches, the bound of PDF 32000-1 annex C
_EXPANDING = ("/LZWDecode", "/LZW", "/RunLengthDecode", "/RL")
_FLATE = ("/FlateDecode", "/Fl")
_LZW_RATIO = 1_400  # at most 4,096 bytes for a code of 12 bits


def check_pdf(path: Path) -> tuple[bytes | None, int]:
    """(repaired file or None where the original is sound, number of pages).

    Raises ``Encrypted``, ``Damaged`` or ``TooLarge``. Owner passwords that only forbid printing do not hinder reading.
    """
    try:
        with pikepdf.open(path) as pdf:
            pages = _check_open(pdf, path)
            return (_rewritten(pdf) if _is_mended(pdf) else None), pages
    except pikepdf.PasswordError as error:
        raise Encrypted("Tệp PDF đặt mật khẩu.", path=str(path)) from error
    except (pikepdf.PdfError, zlib.error, RecursionError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Damaged("Tệp PDF hỏng hoặc bị cắt: không đọc được cấu trúc.", path=str(path)) from error


def _is_mended(pdf: pikepdf.Pdf) -> bool:
    return any("xref" in str(note) or "damaged" in str(note) or "reconstruct" in str(note) for note in pdf.get_warnings())


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _check_open(pdf: pikepdf.Pdf, path: Path) -> int:
    if len(pdf.objects) > MAX_OBJECTS:
        raise TooLarge(f"Tệp PDF có {len(pdf.objects)} đối tượng, vượt giới hạn {MAX_OBJECTS}.", path=str(path))
    pages = len(pdf.pages)
    if pages > MAX_PAGES:
        raise TooLarge(f"Tệp PDF có {pages} trang, vượt giới hạn {MAX_PAGES}.", path=str(path))
    if pages == 0:
        raise Damaged("Tệp PDF không có trang nào.", path=str(path))
    for number, page in enumerate(pdf.pages, 1):
        _check_box(page, number, path)
    total = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
            total += _unpacked(item, path)
            if total > MAX_TOTAL:
                raise TooLarge(f"Nội dung PDF giải nén vượt {MAX_TOTAL // 1_048_576} MB: nghi là bom nén.", path=str(path))
    return pages


def _check_box(page: pikepdf.Page, number: int, path: Path) -> None:
    unit = float(page.obj.get("/UserUnit", 1))
    box = [float(value) for value in page.mediabox]
    sides = (abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit) if len(box) == 4 else (0.0, 0.0)
    if not all(math.isfinite(side) and side >= 1 for side in sides):
        raise Damaged(f"Khổ giấy trang {number} không hợp lệ.", path=str(path))
    if max(sides) > MAX_SIDE:
        raise TooLarge(f"Khổ giấy trang {number} quá lớn ({sides[0]:.0f} × {sides[1]:.0f} pt).", path=str(path))


def _unpacked(stream: pikepdf.Stream, path: Path) -> int:
    """Bytes of a stream after its filters, counted without ever holding more than the bound."""
    named = stream.get("/Filter")
    filters = [] if named is None else [str(named)] if isinstance(named, pikepdf.Name) else [str(f) for f in named]
    data = stream.read_raw_bytes()
    for name in filters:
        if name in _FLATE:
            data = _inflate(data)
        elif name in _EXPANDING and len(data) * (128 if "R" in name[1:2] else _LZW_RATIO) > MAX_STREAM * 40:
            data = b"\0" * (MAX_STREAM + 1)
        elif name not in ("/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx"):
            break
        else:
            return len(data) if len(filters) == 1 else _unpacked_by_qpdf(stream, data)
        if len(data) > MAX_STREAM:
            raise TooLarge(f"Một luồng nội dung PDF giải nén vượt {MAX_STREAM // 1_048_576} MB: nghi là bom nén.", path=str(path))
    return len(data)


def _unpacked_by_qpdf(stream: pikepdf.Stream, data: bytes) -> int:
    """Text filters before a packer are rare; qpdf reads them, a raw part over 200 kB counts as too much already."""
    return MAX_STREAM * 11 if len(data) > 200_000 else len(stream.read_bytes())


def _inflate(data: bytes) -> bytes:
    machine = zlib.decompressobj()
    try:
        return machine.decompress(data, MAX_STREAM + 1)
    except zlib.error:
        return b""  # a broken stream: PDFium reads what it can of it and never more than zlib
