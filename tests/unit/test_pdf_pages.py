"""Classes of PDF pages: text, scan, garbage, legacy fonts, turned; what is recognised stands in its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import ingest
from pipeline.ingest import pdf
from pipeline.ingest.pdf import PageOcr, read_pdf
from pipeline.ingest.pdf_check import Checked, check_pdf
from schemas.document import Doubt, Piece, RawBlock
from schemas.errors import NeedsOcr
from schemas.text import Box, PageAnchor
from tests.forms.drawn import LONG, OTHER, fallback, flowing, read, tight
from tests.forms.make_pdf import A4, Sheet, flow, write_pdf


def scan(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)


def stamped_scan(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    sheet.text(380, 30, "Signature Not Verified", 8)


def ocr_layer(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    for n in range(8):
        sheet.text(85, 100 + 20 * n, LONG[:70], mode=3)


def bad_layer(sheet: Sheet) -> None:
    sheet.image(0, 0, *A4)
    for n in range(6):
        sheet.text(85, 100 + 20 * n, "Cac cd quan, ddn vj thuQc Oy ban nhin din x5 cSn ci chirc nSng, nhiQm vg")


def legacy_named(sheet: Sheet) -> None:
    for n in range(4):
        sheet.text(85, 100 + 20 * n, "Uû ban nh©n d©n x· x©y dùng kÕ ho¹ch n©ng cao chÊt l­îng phôc vô", font=".VnTime")


def legacy_unnamed(sheet: Sheet) -> None:
    for n in range(4):
        sheet.text(85, 100 + 20 * n, "UÛy ban nhaân daân xaõ xaây döïng keá hoaïch naâng cao chaát löôïng phuïc vuï", font="Arial")


def english(sheet: Sheet) -> None:
    flow(sheet, 100, "The purpose of this annex is to set out the duties of the parties and the schedule of the works in the area " * 3)


def nothing(sheet: Sheet) -> None:
    """A page without any mark."""


@pytest.mark.parametrize(
    ("draw", "kind"),
    [
        (tight, "text"), (fallback, "text"), (ocr_layer, "ocr"), (legacy_named, "legacy"), (legacy_unnamed, "legacy"), (english, "text"),
        (scan, "scan"), (stamped_scan, "scan"), (bad_layer, "garbage"), (nothing, "blank"),
    ],
)  # fmt: skip
def test_class_of_a_page(tmp_path: Path, draw: Callable[[Sheet], object], kind: str) -> None:
    plain, sheet = Sheet(), Sheet()
    flow(plain, 100, LONG)
    draw(sheet)
    raw = read(tmp_path, plain, sheet)
    assert raw.page_classes[1] == kind
    assert bool(raw.warnings) == (kind in ("scan", "garbage"))


@pytest.mark.parametrize(
    ("draw", "words"),
    [
        (legacy_named, "Uỷ ban nhân dân xã xây dựng kế hoạch nâng cao chất lượng phục vụ"),
        (legacy_unnamed, "Ủy ban nhân dân xã xây dựng kế hoạch nâng cao chất lượng phục vụ"),
    ],
)
def test_legacy_fonts_are_decoded(tmp_path: Path, draw: Callable[[Sheet], None], words: str) -> None:
    sheet = Sheet()
    draw(sheet)
    assert flowing(read(tmp_path, sheet))[0].startswith(words)


ANCHOR = PageAnchor(2, Box(0, 0, 10, 10), 0.8)


def ocr(path: Path, page: int) -> tuple[tuple[RawBlock, ...], tuple[Doubt, ...]]:
    return (RawBlock("paragraph", (Piece(f"trang {page}", ANCHOR),)),), (Doubt("§", ANCHOR, "dưới ngưỡng", 0.5),)


@pytest.mark.parametrize("recognise", [None, ocr])
def test_pages_of_a_scan_need_ocr(tmp_path: Path, recognise: PageOcr | None) -> None:
    """A whole scan is not put together page by page: its pages are set on common margins first."""
    sheet = Sheet()
    scan(sheet)
    with pytest.raises(NeedsOcr, match="nhận dạng"):
        read_pdf(write_pdf(tmp_path / "x.pdf", [sheet, Sheet()]), recognise)


def test_pages_read_by_ocr_stand_in_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of texts and pictures is gone through once."""
    sheets = [Sheet(), Sheet(), Sheet()]
    flow(sheets[0], 100, LONG)
    scan(sheets[1])
    flow(sheets[2], 100, OTHER)
    looked: list[Path] = []

    def check(path: Path) -> Checked:
        looked.append(path)
        return check_pdf(path)

    monkeypatch.setattr(pdf, "check_pdf", check)
    monkeypatch.setattr(ingest, "_can_recognise", lambda: True)
    monkeypatch.setattr(ingest, "_ocr_page", ocr)
    raw = ingest.read(write_pdf(tmp_path / "x.pdf", sheets))
    assert (flowing(raw), raw.ocr_pages, len(raw.doubts), raw.warnings) == ([LONG, "trang 2", OTHER], (2,), 1, ())
    assert len(looked) == 1


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages(tmp_path: Path, rotate: int) -> None:
    """A page marked as turned is read as it is shown: here its text then runs sideways and is put upright."""
    sheet = Sheet(rotate=rotate)
    flow(sheet, 100, LONG + " " + OTHER)
    assert flowing(read(tmp_path, sheet)) == [f"{LONG} {OTHER}"]


def test_sideways_text_is_put_upright(tmp_path: Path) -> None:
    sheet = Sheet(size=(842, 595))
    for n in range(5):
        sheet.turned(100 + 20 * n, 560, LONG[:70])
    raw = read(tmp_path, sheet)
    assert " ".join(flowing(raw)).count(LONG[:70]) == 5
