"""Damaged pictures never pass in silence: what cannot be opened is refused, what opens with broken data is said to be broken."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pikepdf
import pytest
from rapidfuzz.distance import LCSseq

from pipeline.ingest import read
from pipeline.ingest.guard import ProcessExecutor
from pipeline.ingest.scan import read_scan
from pipeline.ingest.scan_check import cv2, is_broken_jpeg
from pipeline.ingest.scan_image import image_pages
from schemas.document import RawDocument
from schemas.errors import Damaged, ReadError
from tests.forms.drawn import LONG, OTHER
from tests.forms.make_pdf import Sheet, flow, write_pdf
from tests.forms.make_scan import Paper, font_path, write
from tests.forms.measure import texts_of
from tests.unit.test_guard_hostile import mutate

needs_font = pytest.mark.skipif(font_path() is None, reason="no serif font with Vietnamese letters")
needs_opencv = pytest.mark.skipif(cv2 is None, reason="OpenCV is not installed")
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def page() -> Paper:
    paper = Paper(dpi=110)
    paper.centred(312, 100, "KẾ HOẠCH", bold=True)
    paper.paragraphs(140, [LONG, OTHER])
    return paper


def spoiled(data: bytes) -> bytes:
    """A stretch of the packed picture zeroed."""
    middle = len(data) // 2
    return data[:middle] + bytes(300) + data[middle + 300 :]


@needs_font
@needs_opencv
def test_broken_jpeg_is_heard(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    whole = write(tmp_path / "a.jpg", page()).read_bytes()
    assert (is_broken_jpeg(whole), is_broken_jpeg(spoiled(whole)), is_broken_jpeg(b"\x89PNG")) == (False, True, False)
    assert capfd.readouterr().err == ""


@needs_font
@needs_opencv
@needs_tesseract
@pytest.mark.ocr
@pytest.mark.parametrize("suffix", ["jpg", "pdf"])
def test_broken_data_are_said(tmp_path: Path, suffix: str) -> None:
    path = write(tmp_path / f"a.{suffix}", page())
    if suffix == "jpg":
        path.write_bytes(spoiled(path.read_bytes()))
    else:
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            (image,) = (item for item in pdf.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image")
            image.write(spoiled(image.read_raw_bytes()), filter=pikepdf.Name.DCTDecode)
            pdf.save(path)
    raw = read_scan(path)
    assert any("ảnh bị hỏng" in warning for warning in raw.warnings)
    assert any(doubt.reason.startswith("không đọc được: dữ liệu ảnh") for doubt in raw.doubts)


@needs_font
@needs_tesseract
@pytest.mark.ocr
def test_lost_pages_of_a_scan_are_said(tmp_path: Path) -> None:
    """A file whose structure is broken is mended from what is left; whether that is all of it nobody knows."""
    path = write(tmp_path / "a.pdf", page())
    path.write_bytes(path.read_bytes().replace(b"startxref", b"startxxxx"))
    assert any("tự sửa" in warning for warning in read(path).warnings)


@needs_font
@pytest.mark.filterwarnings("ignore:Corrupt EXIF data")
@pytest.mark.parametrize("share", [0.2, 0.5, 0.7, 0.9])
def test_cut_tiff_of_two_pages(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "a.tif", page(), page())
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])
    with pytest.raises(Damaged):
        list(image_pages(path))


def _said(raw: RawDocument) -> bool:
    return bool(raw.warnings) or any(doubt.reason.startswith("unread") for doubt in raw.doubts)


def _like(words: list[str], whole: list[str]) -> bool:
    return LCSseq.similarity(words, whole) >= 0.9 * len(whole)


def _words(raw: RawDocument) -> list[str]:
    return " ".join(texts_of(raw.blocks)).split()


@pytest.mark.slow
@pytest.mark.ocr
@needs_font
@needs_opencv
@needs_tesseract
def test_damaged_scans_never_pass_in_silence(tmp_path: Path) -> None:
    """Text that came out much shorter or other than it was is warned of or doubted; nothing else than our own errors comes through."""
    sources = [write(tmp_path / f"goc.{suffix}", page()) for suffix in ("png", "jpg", "tif", "pdf")]
    sources.append(write(tmp_path / "hai.pdf", page(), page()))
    sheet = Sheet()
    flow(sheet, 100, LONG)
    mixed = write_pdf(tmp_path / "lan.pdf", [sheet])
    with pikepdf.open(mixed, allow_overwriting_input=True) as pdf, pikepdf.open(sources[3]) as scan:
        pdf.pages.extend(scan.pages)
        pdf.save(mixed)
    sources.append(mixed)
    dice, made = random.Random(11), list[tuple[Path, Path]]()
    for source in sources:
        for number in range(3):
            made.append((tmp_path / f"{source.stem}-{number}{source.suffix}", source))
            made[-1][0].write_bytes(mutate(source.read_bytes(), dice))
    whole = {source: _words(read(source)) for source in sources}
    silent, foreign = [], []
    for outcome, (path, source) in zip(ProcessExecutor(2, timeout=60).run(read, [path for path, _ in made]), made, strict=True):
        if outcome.error is not None:
            if outcome.error.code == ReadError.code or outcome.status in ("crashed", "timeout"):
                foreign.append((path.name, outcome.error.message))
        elif outcome.value is not None and not _said(outcome.value) and not _like(_words(outcome.value), whole[source]):
            silent.append(path.name)
    assert (silent, foreign) == ([], [])
