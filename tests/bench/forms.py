"""Reading costs by form: PDF pages against bare PDFium text, a scanned page and tesseract's share of it, old Word files in a group.

Each figure is (name, value, unit, share, of, aim). CPU of this process and of the programs it starts. Needs the shared forms beside the
checkout; what needs a program that is not installed is left out.
"""

from __future__ import annotations

import resource
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from pipeline.ingest.office import convert_many, read_converted, soffice
from pipeline.ingest.pdf import read_pdf
from pipeline.ingest.scan import ocr_page
from pipeline.ingest.word import read_docx

FORMS = Path(__file__).resolve().parents[3] / "shared" / "plans" / "forms"
GROUP = 20
Figure = tuple[str, float, str, float | None, str, str]


def spent() -> tuple[float, float]:
    """CPU seconds so far of this process and of the programs it started."""
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime


def cost(work: Callable[[], object], rounds: int = 3) -> tuple[float, float]:
    """Least CPU seconds of a call: own, of programs."""
    times = []
    for _ in range(rounds):
        a = spent()
        work()
        b = spent()
        times.append((b[0] - a[0], b[1] - a[1]))
    return min(times, key=sum)


def _bare(path: Path) -> int:
    with pdfium.PdfDocument(path) as document:
        for page in document:
            text = page.get_textpage()
            text.get_text_bounded()
            text.close()
            page.close()
        return len(document)


def figures() -> Iterator[Figure]:
    if not FORMS.is_dir():
        return
    for name, what in (("001-party", "văn xuôi"), ("004-typed", "có bảng"), ("004-fallback-fonts", "phông thay thế")):
        path = FORMS / f"{name}.pdf"
        pages = _bare(path)
        bare, ours = sum(cost(lambda path=path: _bare(path), 5)), sum(cost(lambda path=path: read_pdf(path), 5))
        yield f"PDF {what}", pages / ours, "trang/s", ours / bare, "PDFium trần", "≥ 100; ≤ 8"
    words = [FORMS / f"{name}.docx" for name in ("000-auto-numbers", "001-party", "004-typed")]
    yield ".docx", len(words) / sum(cost(lambda: [read_docx(p) for p in words])), "tệp/s", None, "", "≥ 50"
    if shutil.which("tesseract"):
        scan = FORMS / "004-scan-300-clean.pdf"
        own, tesseract = cost(lambda: [ocr_page(scan, n) for n in (2, 9)], 2)
        yield "bản quét 300 dpi", (own + tesseract) / 2, "s/trang", tesseract / (own + tesseract), "phần của tesseract", "≤ 1.5; ≥ 0.7"
    if soffice():
        one, many = sum(cost(lambda: _old(1), 2)), sum(cost(lambda: _old(GROUP), 1))
        yield ".doc theo lô, ngoài lúc khởi động", (many - one) / (GROUP - 1), "s/tệp", many / GROUP / one, "từng tệp", "≤ 0.15"


def _old(number: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{n}.doc" for n in range(number)]
        for path in paths:
            shutil.copyfile(FORMS / "000-auto-numbers.doc", path)
        for path, made in convert_many(paths, Path(folder)).items():
            if isinstance(made, Path):
                read_converted(path, made)


if __name__ == "__main__":
    for figure in figures():
        print(*figure)
