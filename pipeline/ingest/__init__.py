"""Readers: one file in, a ``RawDocument`` out. Which reader a file gets is decided by its bytes, from one explicit table.

Reading hostile files is the business of ``pipeline.ingest.guard``; what is here may be called directly on trusted files.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Mapping
from importlib.util import find_spec
from pathlib import Path

from pipeline.ingest import sniff as types
from schemas.document import Doubt, RawBlock, RawDocument
from schemas.errors import Damaged, Encrypted, NeedsOcr, NotAPlan, NotFound, OutOfMemory, ReadError, TooLarge, WrongType

MAX_FILE = 200 * 1024 * 1024  # bytes; the largest delivery seen, a 500 dpi scan of 60 pages, is under 80 MB

Reader = Callable[[Path], RawDocument]


def _word(path: Path) -> RawDocument:
    from pipeline.ingest.word import read_docx

    return read_docx(path)


def _office(path: Path) -> RawDocument:
    from pipeline.ingest.office import read_office

    return read_office(path)


def _converted(path: Path, made: Path) -> RawDocument:
    from pipeline.ingest.office import read_converted

    return read_converted(path, made)


def _pdf(path: Path) -> RawDocument:
    """A PDF by its text layer; whole scans go to the scan reader, pages without usable text are recognised one by one."""
    from pipeline.ingest.pdf import read_pdf

    can_recognise = _can_recognise()
    try:
        return read_pdf(path, _ocr_page if can_recognise else None)
    except NeedsOcr:
        if not can_recognise:
            raise
    return _scan(path)


def _ocr_page(path: Path, page: int) -> tuple[tuple[RawBlock, ...], tuple[Doubt, ...]]:
    from pipeline.ingest.scan import ocr_page

    return ocr_page(path, page)


def _can_recognise() -> bool:
    """Whether pages without text can be read. Without it a mixed PDF is still read, with a warning that names the pages."""
    return find_spec("pipeline.ingest.scan") is not None and shutil.which("tesseract") is not None


def _scan(path: Path) -> RawDocument:
    if find_spec("pipeline.ingest.scan") is None:
        raise NeedsOcr("Tệp là ảnh; bản cài này không có phần nhận dạng chữ.", path=str(path))
    from pipeline.ingest.scan import read_scan

    return read_scan(path)


def _text(path: Path) -> RawDocument:
    from pipeline.ingest.text import read_text

    return read_text(path)


READERS: Mapping[str, Reader] = {
    types.DOCX: _word,
    types.DOC: _office,
    types.RTF: _office,
    types.ODT: _office,
    types.PDF: _pdf,
    types.TIFF: _scan,
    types.PNG: _scan,
    types.JPEG: _scan,
    types.HTML: _text,
    types.MHTML: _text,
    types.PLAIN: _text,
    types.MARKDOWN: _text,
}


def read(path: Path, made: Path | None = None) -> RawDocument:
    """Read one file with the reader of its media type. Every failure is a ``ReadError`` with ``path``, code and remedy.

    ``made`` is the .docx that LibreOffice has already made of an old Word file. The result carries a warning where the suffix claims
    another type than the bytes show.
    """
    try:
        document = _read(path, made)
    except ReadError as error:
        error.path = error.path or str(path)
        raise
    except FileNotFoundError as error:
        raise NotFound("Không có tệp này.", path=str(path)) from error
    except OSError as error:
        raise ReadError(f"Không đọc được tệp: {error.strerror or error}.", path=str(path)) from error
    except MemoryError as error:
        raise OutOfMemory("Tệp cần nhiều bộ nhớ hơn giới hạn.", path=str(path)) from error
    except RecursionError as error:
        raise TooLarge("Cấu trúc tệp lồng nhau quá sâu.", path=str(path)) from error
    return document


def _read(path: Path, made: Path | None) -> RawDocument:
    media_type = types.sniff(path)
    if (size := path.stat().st_size) > MAX_FILE:
        raise TooLarge(f"Tệp {size // 1_048_576} MB, vượt giới hạn {MAX_FILE // 1_048_576} MB.", path=str(path))
    reader = READERS.get(media_type)
    if reader is None:
        raise _refusal(path, media_type)
    if media_type in (types.DOCX, types.ODT):
        from pipeline.ingest.limits import check_zip

        check_zip(path)
    document = reader(path) if made is None or reader is not _office else _converted(path, made)
    if not document.blocks:
        raise NotAPlan("Tệp đọc được nhưng không có chữ nào.", path=str(path))
    if media_type == types.PLAIN and (refused := types.false_claim(path, _words(document))):
        raise refused
    warning = types.mismatch(path, media_type)
    if warning is None or warning in document.warnings:
        return document
    return dataclasses.replace(document, warnings=(warning, *document.warnings))


def _words(document: RawDocument) -> str:
    """All that stands in a plain text; plain text has no tables."""
    return "\n".join(piece.text for block in document.blocks for piece in block.pieces)


def _refusal(path: Path, media_type: str) -> ReadError:
    """Why no reader takes this type, with the remedy that fits it."""
    name = types.NAMES.get(media_type, media_type)
    if media_type == types.OLE_ENCRYPTED:
        return Encrypted("Tệp Word/Excel đặt mật khẩu mở.", path=str(path))
    if media_type == types.ZIP:
        if path.suffix.lower() in (".docx", ".odt"):
            return Damaged("Tệp mang đuôi Word nhưng bên trong không có văn bản Word.", path=str(path))
        return WrongType("Tệp nén zip không đọc như một văn bản.", path=str(path), remedy="Chạy lệnh cho cả gói: trienkhai run TỆP.zip.")
    if media_type in ("application/x-rar", "application/x-7z-compressed", "application/gzip"):
        return WrongType(f"Không mở {name}.", path=str(path), remedy="Giải nén rồi chạy lại trên thư mục.")
    if media_type.startswith("image/"):
        return WrongType(f"Không đọc {name}.", path=str(path), remedy="Lưu lại thành PNG, JPEG, TIFF hoặc PDF.")
    return WrongType(f"Không có bộ đọc cho {name}.", path=str(path))


__all__ = ["MAX_FILE", "READERS", "Reader", "read"]
