"""PDF files with a text layer → blocks in reading order, every printed line with its page and box.

The way: ``pdf_check`` (safety) → ``pdf_chars`` (characters and rulings by PDFium) → ``pdf_lines`` → ``pdf_classify`` → ``pdf_tables``,
``pdf_furniture``, ``pdf_columns`` → ``pdf_flow`` (paragraphs) → here: blocks. PDFium is not thread-safe: one process, one reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.pdf_blocks import Blocks
from pipeline.ingest.pdf_chars import FontTable
from pipeline.ingest.pdf_check import Checked, check_pdf
from pipeline.ingest.pdf_page import PageLayout, read_page
from schemas.document import Doubt, RawBlock, RawDocument
from schemas.errors import Damaged, EmptyFile, NeedsOcr, NotAPlan, NotFound, ReadError, TooLarge, WrongType

MEDIA_TYPE = "application/pdf"
MAX_ANNOTATIONS = 1_000  # of a page that are looked at
PageOcr = Callable[[Path, int], tuple[tuple[RawBlock, ...], tuple[Doubt, ...]]]


def read_pdf(path: Path, ocr: PageOcr | None = None) -> RawDocument:
    """Read a PDF. ``ocr(path, page)`` reads one page (1-based) that has no usable text layer; without it a mixed file is read with a
    warning that names the pages.

    A file all of whose pages are pictures raises ``NeedsOcr`` in any case: the scan reader takes it as a whole, margins compared.
    Raises ``NotFound``, ``EmptyFile``, ``WrongType``, ``Damaged``, ``Encrypted``, ``TooLarge``, ``NotAPlan`` (nothing but blank pages).
    """
    digest = _digest(path)
    checked = check_pdf(path)
    pages = _read_pages(path, checked)
    wanted = [page.number for page in pages if page.needs_ocr]
    if wanted and all(page.needs_ocr or page.kind == "blank" for page in pages):
        raise NeedsOcr(f"Tệp PDF là ảnh quét hoặc có lớp chữ hỏng ({len(wanted)} trang): cần nhận dạng chữ.", path=str(path))
    if all(page.kind == "blank" for page in pages):
        if checked.repaired is not None or checked.broken_streams:
            raise Damaged("Tệp PDF bị cắt hoặc hỏng: các trang không còn nội dung.", path=str(path))
        raise NotAPlan("Tệp PDF chỉ có trang trắng.", path=str(path))
    blocks = Blocks(pages)
    doubts: list[Doubt] = []
    if ocr is not None:
        for number in wanted:
            found, unsure = ocr(path, number)
            blocks.put_ocr(number, found)
            doubts.extend(unsure)
    warnings = (*_warnings(checked, len(pages), wanted if ocr is None else []), *blocks.warnings())
    return RawDocument(
        path.name, digest, MEDIA_TYPE, blocks.build(), len(pages), tuple(page.kind for page in pages),
        tuple(wanted) if ocr is not None else (), revisions=blocks.revisions(), doubts=tuple(doubts), warnings=warnings,
    )  # fmt: skip


def _warnings(checked: Checked, read: int, unread: list[int]) -> Iterator[str]:
    yield from checked.warnings(read)
    if unread:
        yield f"Chưa đọc được trang {', '.join(map(str, unread))}: là ảnh quét hoặc lớp chữ hỏng, cần nhận dạng chữ."


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            head = stream.read(1024)
            if not head:
                raise EmptyFile("Tệp rỗng (0 byte).", path=str(path))
            if b"%PDF-" not in head:
                raise WrongType("Nội dung không phải PDF dù được đọc như PDF.", path=str(path))
            stream.seek(0)
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound("Không có tệp này.", path=str(path)) from error
    except OSError as error:
        raise ReadError(f"Không mở được tệp: {error.strerror or error}.", path=str(path)) from error


def _read_one(document: pdfium.PdfDocument, number: int, fonts: FontTable) -> PageLayout:
    """One page, what is stamped on it included: offices put number, date and signature on a page as annotations, which PDFium leaves
    out of the text until they are made part of the page (in memory; the file stays as it is)."""
    page = document[number - 1]
    try:
        if _has_stamps(page) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
            page.close()
            page = document[number - 1]
        return read_page(page, number, fonts)
    finally:
        page.close()


def _has_stamps(page: pdfium.PdfPage) -> bool:
    kinds = (raw.FPDF_ANNOT_STAMP, raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET)
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MAX_ANNOTATIONS)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        raw.FPDFPage_CloseAnnot(annotation)
        if kind in kinds:
            return True
    return False


def _read_pages(path: Path, checked: Checked) -> list[PageLayout]:
    try:
        document = pdfium.PdfDocument(checked.repaired if checked.repaired is not None else path)
    except pdfium.PdfiumError as error:
        raise Damaged("Tệp PDF hỏng: không mở được.", path=str(path)) from error
    fonts = FontTable()
    pages: list[PageLayout] = []
    try:
        for number in range(1, min(checked.pages, len(document)) + 1):
            try:
                pages.append(_read_one(document, number, fonts))
            except TooLarge as error:
                raise TooLarge(error.message, path=str(path)) from error
            except pdfium.PdfiumError as error:
                raise Damaged(f"Tệp PDF hỏng: không mở được trang {number}.", path=str(path)) from error
    finally:
        document.close()
    if not pages:
        raise Damaged("Tệp PDF hỏng: không có trang nào mở được.", path=str(path))
    return pages
