"""Scans and photos (image-only PDF, TIFF, PNG, JPEG) → blocks in reading order, every word with page, box and confidence.

The way: ``scan_image`` (pictures made even, upright, level) → ``scan_rulings`` (tables) → ``scan_ocr`` (tesseract) → ``scan_marks``
(dropped dashes, strokes) → ``scan_repair`` → ``scan_lines`` → layout and paragraphs of the PDF reader → ``scan_pieces`` (places, doubts).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.ingest import sniff as types
from pipeline.ingest.pdf_blocks import Blocks
from pipeline.ingest.pdf_check import Checked, check_pdf
from pipeline.ingest.scan_image import PageImage, image_pages, pdf_pages
from pipeline.ingest.scan_layout import lay_out, prepare
from pipeline.ingest.scan_lines import body_size, mark_bold
from pipeline.ingest.scan_ocr import require
from pipeline.ingest.scan_page import ReadPage, read_picture
from pipeline.ingest.scan_pieces import Pieces
from pipeline.ingest.scan_rulings import available
from schemas.document import Doubt, RawBlock, RawDocument
from schemas.errors import Damaged, NotAPlan, ReadError, WrongType
from schemas.text import Box, PageAnchor

BROKEN = "dữ liệu ảnh bị hỏng, có thể thiếu hoặc sai chữ; nên xin lại bản gốc"
POOR = "chữ nhận dạng được phần lớn không thành tiếng, có thể ảnh quá mờ hoặc là chữ viết tay; nên đối chiếu với bản gốc"
_IMAGES = (types.TIFF, types.PNG, types.JPEG)


def read_scan(path: Path) -> RawDocument:
    """Recognise all pages of a scan.

    Raises ``NeedsOcr`` (no tesseract or no Vietnamese data), ``TimedOut``, ``Damaged``, ``Encrypted``, ``TooLarge``, ``WrongType``, and
    ``NotAPlan`` where no page has a word.
    """
    try:
        require()
        media_type = types.sniff(path)
        checked = check_pdf(path) if media_type == types.PDF else None
        pictures = _pictures(path, media_type, checked)
        pages = [read_picture(picture, number) for number, picture in enumerate(pictures, 1)]
        if all(page.blank for page in pages):
            if any(page.broken for page in pages):
                raise Damaged("Dữ liệu ảnh hỏng: không còn chữ nào đọc được.", path=str(path))
            raise NotAPlan("Bản quét không có chữ nào đọc được.", path=str(path))
    except ReadError as error:
        error.path = error.path or str(path)
        raise
    blocks, doubts, found = _assembled(pages)
    warnings = (*(checked.warnings(len(pages)) if checked is not None else ()), *found)
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return RawDocument(
        path.name, digest, media_type, blocks, len(pages), tuple("blank" if page.blank else "scan" for page in pages),
        tuple(page.number for page in pages if not page.blank), doubts=doubts, warnings=warnings,
    )  # fmt: skip


def ocr_page(path: Path, page_number: int) -> tuple[tuple[RawBlock, ...], tuple[Doubt, ...]]:
    """Recognise one page (1-based) of a PDF whose other pages have text. Raises as ``read_scan`` does."""
    require()
    pages = [read_picture(picture, 1) for picture in pdf_pages(path, page_number)]
    if all(page.blank for page in pages):
        return (), tuple(_page_doubts(pages, page_number - 1))
    blocks, doubts, _ = _assembled(pages, page_number - 1)
    return blocks, doubts


def _pictures(path: Path, media_type: str, checked: Checked | None) -> Iterable[PageImage]:
    if checked is not None:
        return pdf_pages(path, checked=checked)
    if media_type in _IMAGES:
        return image_pages(path)
    raise WrongType(f"Không phải bản quét mà là {types.NAMES.get(media_type, media_type)}.", path=str(path))


def _assembled(pages: Sequence[ReadPage], shift: int = 0) -> tuple[tuple[RawBlock, ...], tuple[Doubt, ...], tuple[str, ...]]:
    """(blocks, doubts, warnings) of pages numbered from 1; ``shift`` leads to their numbers in the file."""
    mark_bold((word for page in pages for word in page.words), {key: value for page in pages for key, value in page.strokes.items()})
    body = body_size(page.words for page in pages)
    unread = prepare(pages, body)
    layout = Blocks([lay_out(page, body) for page in pages])
    built = layout.build()
    pieces = Pieces(pages, shift)
    blocks = pieces.blocks(built)
    doubts = (*_page_doubts(pages, shift), *pieces.doubts, *(_shifted(doubt, shift) for doubt in unread))
    return blocks, doubts, (*_warnings(pages), *layout.warnings())


def _page_doubts(pages: Iterable[ReadPage], shift: int) -> Iterable[Doubt]:
    """Pages that are not to be trusted as a whole."""
    for page in pages:
        anchor = PageAnchor(page.number + shift, Box(0.0, 0.0, page.place.width, page.place.height), 0.0)
        if page.broken:
            yield Doubt("cả trang", anchor, f"không đọc được: {BROKEN}", 0.0)
        elif page.poor:
            yield Doubt("cả trang", anchor, f"không đọc được: {POOR}", 0.0)


def _warnings(pages: Iterable[ReadPage]) -> Iterable[str]:
    for page in pages:
        if page.broken:
            yield f"Trang {page.number}: {BROKEN}."
        elif page.poor:
            yield f"Trang {page.number}: {POOR}."
    if not available():
        yield "Chưa cài OpenCV: bảng kẻ khung trên bản quét được đọc thành dòng thường. Cài: pip install 'trienkhai[scan]'."


def _shifted(doubt: Doubt, shift: int) -> Doubt:
    anchor = doubt.anchor
    return replace(doubt, anchor=replace(anchor, page=anchor.page + shift)) if shift and isinstance(anchor, PageAnchor) else doubt
