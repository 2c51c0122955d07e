"""Safety of a PDF before any parser of text touches it: encryption, damage, decompressed size, page count, page boxes.

Measured: a file of 140 kB with one 47 MB stream makes PDFium take over 6 GB and pdfminer die; the bound on decompressed streams
finds it in 30 ms. pikepdf opens files with a broken cross-reference table and writes them whole again.
"""

from __future__ import annotations

import base64
import io
import math
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pikepdf

from schemas.errors import Damaged, Encrypted, TooLarge

MAX_STREAM = 20 * 1024 * 1024  # bytes of one decompressed stream; the largest real content stream seen has 0.3 MB
MAX_TOTAL = 200 * 1024 * 1024  # bytes of all decompressed streams of a file, images apart
MAX_PAGES = 2_000
MAX_OBJECTS = 1_000_000
MAX_SIDE = 14_400.0  # points: 200 inches, the bound of PDF 32000-1 annex C
LARGE_CONTENT = 2 * 1024 * 1024  # bytes from which the strings of a content stream are counted
MAX_SHOWN = 1024 * 1024
MAX_SAVED = 100_000  # graphics states saved one within the other; printers save a dozen
_STRINGS = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>")
_FONT_DATA = ("/Type1C", "/CIDFontType0C", "/OpenType", "/XML")
_EXPANDING = {"/LZWDecode": 1_400, "/LZW": 1_400, "/RunLengthDecode": 64, "/RL": 64}  # the largest ratio each can reach
_FLATE = ("/FlateDecode", "/Fl")
_ASCII = ("/ASCII85Decode", "/A85", "/ASCIIHexDecode", "/AHx")


class _BrokenStream(Exception):
    """A stream ends early or is no packed data: readers take what is there, the user must know."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be parsed: the ``repaired`` bytes where its structure was broken, and how many streams are damaged."""

    pages: int
    repaired: bytes | None = None
    broken_streams: int = 0

    def warnings(self, read: int) -> Iterator[str]:
        """What a user must know of a damaged file of which ``read`` pages could be opened."""
        if self.repaired is not None:
            yield "Cấu trúc tệp PDF bị hỏng, đã tự sửa để đọc; nên đối chiếu với bản gốc."
        if self.broken_streams:
            yield f"{self.broken_streams} phần dữ liệu trong tệp PDF bị hỏng: có thể thiếu chữ; nên đối chiếu với bản gốc."
        if read < self.pages:
            yield f"Chỉ mở được {read} trong {self.pages} trang của tệp PDF."


def check_pdf(path: Path) -> Checked:
    """Look the file over without parsing any text.

    Raises ``Encrypted``, ``Damaged`` or ``TooLarge``. Owner passwords that only forbid printing do not hinder reading.
    """
    try:
        with pikepdf.open(path, inherit_page_attributes=False) as pdf:
            pages = _check_structure(pdf, path)
            broken = _check_streams(pdf, path) + _lost_contents(pdf)
            return Checked(pages, _rewritten(pdf) if _is_mended(pdf) else None, broken)
    except pikepdf.PasswordError as error:
        raise Encrypted("Tệp PDF đặt mật khẩu.", path=str(path)) from error
    except (pikepdf.PdfError, zlib.error, RuntimeError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Damaged("Tệp PDF hỏng hoặc bị cắt: không đọc được cấu trúc.", path=str(path)) from error


def _is_mended(pdf: pikepdf.Pdf) -> bool:
    return any("xref" in str(note) or "damaged" in str(note) or "reconstruct" in str(note) for note in pdf.get_warnings())


def _rewritten(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _check_structure(pdf: pikepdf.Pdf, path: Path) -> int:
    if len(pdf.objects) > MAX_OBJECTS:
        raise TooLarge(f"Tệp PDF có {len(pdf.objects)} đối tượng, vượt giới hạn {MAX_OBJECTS}.", path=str(path))
    if _has_too_many_pages(pdf) or (pages := len(pdf.pages)) > MAX_PAGES:
        raise TooLarge(f"Tệp PDF có hơn {MAX_PAGES} trang, vượt giới hạn.", path=str(path))
    if pages == 0:
        raise Damaged("Tệp PDF không có trang nào.", path=str(path))
    for number, page in enumerate(pdf.pages, 1):
        _check_box(page, number, path)
    return pages


def _has_too_many_pages(pdf: pikepdf.Pdf) -> bool:
    """Whether the page tree names more than ``MAX_PAGES``, loops apart: listing 100,000 takes 300 MB."""
    waiting: list[object] = [pdf.Root.get("/Pages")]
    named, seen = 1, set[tuple[int, int]]()
    while waiting and named <= MAX_PAGES:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or node.objgen in seen:
            continue
        kids = node.get("/Kids")
        if isinstance(kids, pikepdf.Array):
            seen.add(node.objgen)
            named += len(kids) - 1  # a node of the tree is no page
            if named <= MAX_PAGES:
                waiting.extend(kids)
    return named > MAX_PAGES


def _lost_contents(pdf: pikepdf.Pdf) -> int:
    """Pages that have pictures but nothing that shows them: what led to their content was damaged, and they look blank."""
    lost = 0
    for page in pdf.pages:
        resources = page.obj.get("/Resources")
        pictures = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
        lost += "/Contents" not in page.obj and isinstance(pictures, pikepdf.Dictionary) and len(pictures) > 0
    return lost


def _check_streams(pdf: pikepdf.Pdf, path: Path) -> int:
    """Number of streams that do not unpack. Pictures are left out: reading text never unpacks them."""
    total = broken = 0
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") != "/Image":
            try:
                data = _unpacked(item, path)
            except _BrokenStream:
                broken += 1
                continue
            if len(data) > LARGE_CONTENT and not _is_data(item):
                _check_content(data, path)
            total += len(data)
            if total > MAX_TOTAL:
                raise TooLarge(f"Nội dung PDF giải nén vượt {MAX_TOTAL // 1_048_576} MB: nghi là bom nén.", path=str(path))
    return broken


def _check_box(page: pikepdf.Page, number: int, path: Path) -> None:
    unit = float(page.obj.get("/UserUnit", 1))
    box = [float(value) for value in page.mediabox]
    sides = (abs(box[2] - box[0]) * unit, abs(box[3] - box[1]) * unit) if len(box) == 4 else (0.0, 0.0)
    if not all(math.isfinite(side) and side >= 1 for side in sides):
        raise Damaged(f"Khổ giấy trang {number} không hợp lệ.", path=str(path))
    if max(sides) > MAX_SIDE:
        raise TooLarge(f"Khổ giấy trang {number} quá lớn ({sides[0]:.0f} × {sides[1]:.0f} pt).", path=str(path))


def _is_data(stream: pikepdf.Stream) -> bool:
    """Fonts, colour tables and the like, which draw nothing."""
    return any(key in stream for key in ("/Length1", "/Length2", "/N", "/W")) or stream.get("/Subtype") in _FONT_DATA


def _check_content(data: bytes, path: Path) -> None:
    """What a large content stream makes PDFium hold: 150 bytes for each character, as many for each graphics state that is saved."""
    if sum(match.end() - match.start() for match in _STRINGS.finditer(data)) > MAX_SHOWN:
        raise TooLarge(f"Một luồng nội dung PDF chứa hơn {MAX_SHOWN // 1_048_576} MB chữ: nghi là bom nén.", path=str(path))
    signs = np.frombuffer(b" %s " % data, np.uint8)
    blank = signs <= 32
    alone = blank[:-2] & blank[2:]
    steps = ((signs[1:-1] == ord("q")) & alone).astype(np.int8) - ((signs[1:-1] == ord("Q")) & alone)
    if int(np.cumsum(steps, dtype=np.int32).max()) > MAX_SAVED:
        raise TooLarge("Một trang PDF lồng hàng trăm nghìn trạng thái vẽ: tệp được làm ra để gây hại.", path=str(path))


def _unpacked(stream: pikepdf.Stream, path: Path) -> bytes:
    """A stream after its filters. Raises ``TooLarge`` before more than the bound is held."""
    named = stream.get("/Filter")
    filters = [] if named is None else [str(named)] if isinstance(named, pikepdf.Name) else [str(f) for f in named]
    data = stream.read_raw_bytes()
    for name in filters:
        if name in _FLATE:
            data = _inflate(data)
        elif name in _ASCII:
            data = _from_ascii(name, data)
        elif name in _EXPANDING:
            # Old packers, hardly seen: qpdf undoes the whole chain if even the worst ratio stays in reach.
            data = stream.read_bytes() if len(data) * _EXPANDING[name] <= MAX_TOTAL else bytes(MAX_STREAM + 1)
        if len(data) > MAX_STREAM:
            raise TooLarge(f"Một luồng nội dung PDF giải nén vượt {MAX_STREAM // 1_048_576} MB: nghi là bom nén.", path=str(path))
        if name not in _FLATE and name not in _ASCII:
            break
    return data


def _from_ascii(name: str, data: bytes) -> bytes:
    try:
        if name in ("/ASCIIHexDecode", "/AHx"):
            return bytes.fromhex(data.split(b">")[0].decode("ascii"))
        return base64.a85decode(data.strip().removeprefix(b"<~").split(b"~>")[0], ignorechars=b" \t\n\r\v\f\0")
    except ValueError as error:
        raise _BrokenStream from error


def _inflate(data: bytes) -> bytes:
    if not data:
        return b""  # an empty page
    machine = zlib.decompressobj()
    try:
        unpacked = machine.decompress(data, MAX_STREAM + 1)
    except zlib.error as error:
        raise _BrokenStream from error
    if not machine.eof and len(unpacked) <= MAX_STREAM:
        raise _BrokenStream
    return unpacked
