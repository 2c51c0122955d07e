"""Scans read from end to end: what comes out of drawn pages, what a missing part becomes, and the sample scans against their truth."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from pipeline.ingest import scan_image, scan_ocr, scan_rulings
from pipeline.ingest.scan import ocr_page, read_scan
from schemas.document import RawBlock, RawDocument
from schemas.errors import Damaged, NeedsOcr, NotAPlan, TimedOut, TooLarge, WrongType
from schemas.text import PageAnchor
from tests.forms import make_scan
from tests.forms.make_scan import Paper, write
from tests.forms.measure import fold, measure, shown, texts_of

SHARED = Path(__file__).parents[3] / "shared" / "plans"


def _has_vietnamese() -> bool:
    if shutil.which("tesseract") is None:
        return False
    printed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return b"vie" in printed.stdout + printed.stderr


needs_ocr = [
    pytest.mark.ocr,
    pytest.mark.skipif(not _has_vietnamese(), reason="tesseract with Vietnamese is not installed"),
    pytest.mark.skipif(make_scan.font_path() is None, reason="no serif font with Vietnamese letters"),
]
needs_opencv = pytest.mark.skipif(not scan_rulings.available(), reason="OpenCV is not installed")

BODY = (
    "Thực hiện Quyết định số 512/QĐ-TTg ngày 14/5/2025 của Thủ tướng Chính phủ về chuyển đổi số trong giáo dục, Ủy ban nhân dân "
    "huyện ban hành kế hoạch triển khai như sau:",
    "1. Phòng Giáo dục và Đào tạo chủ trì, phối hợp với các trường học rà soát hạ tầng mạng, hoàn thành trước ngày 30/9/2025.",
    "- Trạm Y tế các xã cập nhật hồ sơ sức khỏe của học sinh, gửi Phòng Y tế tổng hợp theo từng đợt kiểm tra.",
)


def plan_page(number: str = "148", day: str = "21") -> Paper:
    paper = Paper()
    for middle, y, text, bold in (
        (170, 80, "ỦY BAN NHÂN DÂN", True), (170, 98, "HUYỆN LẠC SƠN", True), (400, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
        (400, 98, "Độc lập - Tự do - Hạnh phúc", True), (400, 128, f"Lạc Sơn, ngày {day} tháng 5 năm 2025", False),
        (170, 128, f"Số: {number}/KH-UBND", False), (312, 170, "KẾ HOẠCH", True), (312, 190, "Chuyển đổi số trong trường học", True),
    ):  # fmt: skip
        paper.centred(middle, y, text, 12, bold=bold)
    paper.paragraphs(230, BODY)
    return paper


def flow(raw: RawDocument) -> list[str]:
    return [shown(block) for block in raw.blocks if block.kind == "paragraph"]


def head(raw: RawDocument) -> RawBlock:
    return next(block for block in raw.blocks if block.kind == "table" and block.layout)


class TestDrawnPages:
    pytestmark = needs_ocr

    def test_head_columns_title_paragraphs_places(self, tmp_path: Path) -> None:
        raw = read_scan(write(tmp_path / "a.pdf", plan_page()))
        cells = {(c.row, c.column): [shown(p) for p in c.paragraphs] for c in head(raw).cells}
        assert cells[0, 0] == ["ỦY BAN NHÂN DÂN", "HUYỆN LẠC SƠN"]
        assert cells[1, 0] == ["Số: 148/KH-UBND"]
        assert cells[1, 1] == ["Lạc Sơn, ngày 21 tháng 5 năm 2025"]
        assert flow(raw) == ["KẾ HOẠCH", "Chuyển đổi số trong trường học", *BODY]
        assert (raw.media_type, raw.pages, raw.page_classes, raw.ocr_pages) == ("application/pdf", 1, ("scan",), (1,))
        anchors = [piece.anchor for block in raw.blocks for piece in block.pieces]
        first = next(a for a in anchors if isinstance(a, PageAnchor))
        assert 150 < first.box.y0 < 172 < first.box.y1 + 8  # the title, printed at 170
        assert all(isinstance(a, PageAnchor) and 0 < a.confidence <= 1 for a in anchors)

    def test_crooked_speckled_stamped_and_many_formats(self, tmp_path: Path) -> None:
        paper = plan_page()
        paper.stamp(300, 260)
        paper = paper.turned(-1.4)
        paper.specks()
        raw = read_scan(write(tmp_path / "a.png", paper))
        assert raw.media_type == "image/png"
        said, want = " ".join(flow(raw)), " ".join(("KẾ HOẠCH", "Chuyển đổi số trong trường học", *BODY))
        assert Levenshtein.distance(said, want) <= 0.01 * len(want)

    @pytest.mark.parametrize(("degrees", "suffix"), [(180, ".tif"), (90, ".jpg")])
    def test_turned_pages(self, tmp_path: Path, degrees: int, suffix: str) -> None:
        raw = read_scan(write(tmp_path / f"a{suffix}", plan_page().turned(degrees)))
        said = " ".join(flow(raw))
        assert Levenshtein.normalized_similarity(said, " ".join(("KẾ HOẠCH", "Chuyển đổi số trong trường học", *BODY))) > 0.98
        title = next(b for b in raw.blocks if shown(b) == "KẾ HOẠCH").pieces[0].anchor
        assert isinstance(title, PageAnchor)
        middle = (title.box.x0 + title.box.x1) / 2, (title.box.y0 + title.box.y1) / 2
        expected = (595 - 312, 842 - 166) if degrees == 180 else (166, 595 - 312)
        assert middle == pytest.approx(expected, abs=8)

    def test_number_written_by_hand_is_unread(self, tmp_path: Path) -> None:
        paper = plan_page(number="      ")
        paper.hand(135, 128)
        raw = read_scan(write(tmp_path / "a.pdf", paper))
        line = next(shown(p) for c in head(raw).cells for p in c.paragraphs if "UBND" in shown(p))
        read = [d for d in raw.doubts if "số văn bản" in d.reason]
        assert read, line
        assert not any(c.isdigit() for c in line)

    @needs_opencv
    def test_table_over_two_pages(self, tmp_path: Path) -> None:
        xs, rows = (60, 100, 330, 540), (("STT", "Nội dung", "Cơ quan chủ trì"), ("1", "Rà soát hạ tầng mạng", "Phòng Văn hóa"))
        more = (("STT", "Nội dung", "Cơ quan chủ trì"), ("2", "Tập huấn giáo viên", "Phòng Giáo dục"))
        pages = []
        for top, content in ((600, rows), (80, more)):
            paper = Paper()
            if not pages:
                paper.paragraphs(100, BODY)
            paper.grid(xs, [top + 30 * n for n in range(len(content) + 1)])
            for n, row in enumerate(content):
                for x, text in zip(xs, row, strict=False):
                    paper.text(x + 6, top + 20 + 30 * n, text, 13, bold=n == 0)
            pages.append(paper)
        raw = read_scan(write(tmp_path / "a.pdf", *pages))
        tables = [block for block in raw.blocks if block.kind == "table" and not block.layout]
        assert len(tables) == 1
        assert [[fold(" ".join(texts_of(c.paragraphs))) for c in tables[0].cells if c.row == n] for n in range(3)] == [
            list(rows[0]), list(rows[1]), list(more[1]),
        ]  # fmt: skip

    def test_one_page_of_a_pdf(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.pdf", Paper(), plan_page())
        assert ocr_page(path, 1) == ((), ())
        blocks, doubts = ocr_page(path, 2)
        anchors = [piece.anchor for block in blocks for piece in block.pieces]
        assert {a.page for a in anchors if isinstance(a, PageAnchor)} == {2}
        assert {d.anchor.page for d in doubts if isinstance(d.anchor, PageAnchor)} <= {2}
        assert BODY[1] in [shown(block) for block in blocks]

    def test_same_bytes_twice(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.png", plan_page())
        assert read_scan(path) == read_scan(path)

    def test_without_opencv_tables_are_lines_and_it_is_said(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(scan_rulings, "cv2", None)
        monkeypatch.setattr(scan_image, "cv2", None)
        raw = read_scan(write(tmp_path / "a.png", plan_page().turned(0.8)))
        assert any("OpenCV" in warning for warning in raw.warnings)
        assert BODY[1] in flow(raw)


class TestRefusals:
    def test_without_tesseract(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = write(tmp_path / "a.png", Paper())
        monkeypatch.setenv("PATH", str(tmp_path))
        with pytest.raises(NeedsOcr) as error:
            read_scan(path)
        assert "apt-get install tesseract-ocr" in error.value.remedy
        assert error.value.path == str(path)
        with pytest.raises(NeedsOcr):
            ocr_page(path, 1)

    @pytest.mark.parametrize(
        ("script", "error"),
        [
            ("cat > /dev/null; echo 'Failed loading language: vie.traineddata' >&2; exit 1", NeedsOcr),
            ("while :; do :; done", TimedOut),
        ],
    )
    def test_broken_tesseract(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, error: type[Exception]) -> None:
        program = tmp_path / "tesseract"
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
        paper = Paper(dpi=100)
        paper.line(100, 100, 400, 100, 8)
        page = next(iter(scan_image.image_pages(write(tmp_path / "a.png", paper))))
        with pytest.raises(error):
            scan_ocr.recognise(page.gray, page.place.dpi, time_limit=0.5)

    def test_damaged_foreign_and_huge(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = write(tmp_path / "a.png", Paper())
        cut = tmp_path / "cut.png"
        cut.write_bytes(whole.read_bytes()[:200])
        with pytest.raises(Damaged):
            list(scan_image.image_pages(cut))
        monkeypatch.setattr(scan_image, "MAX_SOURCE_PIXELS", 1_000)
        with pytest.raises(TooLarge):
            list(scan_image.image_pages(whole))

    @pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
    def test_wrong_type_and_blank(self, tmp_path: Path) -> None:
        text = tmp_path / "a.txt"
        text.write_text("Kế hoạch", encoding="utf-8")
        with pytest.raises(WrongType):
            read_scan(text)
        with pytest.raises(NotAPlan):
            read_scan(write(tmp_path / "a.png", Paper()))


def character_error(raw: RawDocument, truth: dict[str, list[dict[str, object]]]) -> float:
    want: list[str] = []
    for block in truth["blocks"]:
        if block["type"] == "table":
            want += [fold(cell) for row in block["rows"] for cell in row]  # type: ignore[attr-defined]
        else:
            want.append(fold(f"{block.get('label') or ''} {block['text']}"))
    said, expected = " ".join(" ".join(texts_of(raw.blocks)).split()), " ".join(" ".join(want).split())
    return Levenshtein.distance(said, expected) / len(expected)


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared plans are not beside the checkout")
class TestSamples:
    pytestmark = needs_ocr

    @pytest.mark.parametrize(
        ("name", "truth", "cells"),
        [("001-scan-200-clean", "001-party", 0.0), ("001-scan-200-noisy", "001-party", 0.0), ("004-scan-300-clean", "004-typed", 0.95)],
    )
    def test_against_truth(self, name: str, truth: str, cells: float) -> None:
        raw = read_scan(SHARED / "forms" / f"{name}.pdf")
        expected = json.loads((SHARED / "forms" / f"{truth}.truth.json").read_text(encoding="utf-8"))
        found = measure(raw, expected)
        assert character_error(raw, expected) <= 0.01
        assert found["cells"] >= cells
        assert found["labels"] >= 0.95
        assert found["bullets"] >= 0.95

    def test_real_scan(self) -> None:
        raw = read_scan(SHARED / "04-CT-UBND-scan.pdf")
        texts = list(texts_of(raw.blocks))
        assert "CHỈ THỊ" in texts
        assert any("QUẢNG NGÃI" in text for text in texts[:3])
        assert sum(text.startswith("- ") for text in texts) >= 10
        number = next(text for text in texts if text.endswith("CT-UBND"))
        assert number.replace(" ", "") in ("Số:04/CT-UBND", "Số:…/CT-UBND")
        assert any("số văn bản" in doubt.reason for doubt in raw.doubts)
        assert any("ngày ban hành" in doubt.reason for doubt in raw.doubts)
