"""Whole plans composed in the dress of offices are read alike from Word, from print and from a saved page."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from extractors import read_source
from extractors.normalize import assemble
from extractors.parts import split_parts
from pipeline.ingest import office, read
from schemas.record import Record
from tests.forms import layouts_heads, layouts_lines, layouts_rows, layouts_tables
from tests.forms.composed import Task, errors, language
from tests.forms.dressed import RECIPIENTS, TITLE, dressed

LINES = (layouts_lines.bracket, layouts_lines.labelled_lines, layouts_heads.body_headings, layouts_heads.for_headings)
TABLES = (
    layouts_tables.two_storeys, layouts_tables.quarters, layouts_tables.parts_in_cell, layouts_rows.grouped, layouts_rows.merged,
    layouts_rows.calendar, layouts_rows.second_tasks, layouts_rows.doers_over_groups,
)  # fmt: skip
MISHAPS = ("apart", "cut", "framed", "nested")
"""What becomes of a table: its head or some rows alone, a frame around it."""
CASES = [(layout, seed, "") for layout in (*LINES, *TABLES) for seed in (0, 1)]
CASES += [(layout, 1, what) for layout in TABLES[3:6] for what in (*MISHAPS, "narrow", "nfd")]
NAMES = [f"{layout.__name__}-{seed}-{what}" for layout, seed, what in CASES]
Plans = dict[str, tuple[Path, Sequence[Task]]]


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Plans:
    folder = tmp_path_factory.mktemp("plans")
    out: Plans = {}
    for (layout, seed, what), name in zip(CASES, NAMES, strict=True):
        written, said = dressed(layout, seed, **({"extra": frozenset({what}), "landscape": False} if what else {}))
        path = folder / f"{name}.docx"
        written.write(path)
        out[name] = (path, said)
    return out


@pytest.fixture(scope="module")
def printed(plans: Plans, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of what LibreOffice prints and saves of the plans."""
    folder = tmp_path_factory.mktemp("printed")
    command = [office.soffice() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    for kind in ("pdf", "html"):
        wanted = ["--convert-to", kind, "--outdir", str(folder), *(str(path) for path, _ in plans.values())]
        subprocess.run([*command, *wanted], capture_output=True, timeout=300, check=True)
    return folder


def record(path: Path) -> Record:
    return read_source(language(), split_parts(assemble(read(path)))[0])


def head_of(path: Path) -> tuple[object, ...]:
    found = record(path).document
    return found.key, found.kind, found.issued_on, found.title, found.signer, found.recipients


HEAD = ("57/KH-UBND", "Kế hoạch", "2026-01-12", " ".join(TITLE), "Nguyễn Văn An", RECIPIENTS)


@pytest.mark.parametrize("name", NAMES)
def test_a_word_file(plans: Plans, name: str) -> None:
    path, said = plans[name]
    assert errors(said, record(path)) == []
    assert head_of(path) == HEAD


@pytest.mark.parametrize("family", ["tcvn3", "vni"])
@pytest.mark.parametrize("layout", [layouts_rows.grouped, layouts_heads.for_headings], ids=lambda layout: layout.__name__)
def test_letters_of_before_unicode(layout, family: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    written, said = dressed(layout, 2, extra=frozenset({family}))
    written.write(tmp_path / "a.docx")
    assert errors(said, record(tmp_path / "a.docx")) == []
    assert head_of(tmp_path / "a.docx") == HEAD


@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("kind", ["pdf", "html"])
@pytest.mark.parametrize("name", NAMES)
def test_print_and_page(plans: Plans, printed: Path, name: str, kind: str) -> None:
    path = printed / f"{name}.{kind}"
    assert errors(plans[name][1], record(path)) == []
    assert head_of(path) == HEAD


@pytest.mark.slow
@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None or shutil.which("tesseract") is None, reason="LibreOffice or tesseract is not installed")
@pytest.mark.parametrize("name", ["grouped-0-", "body_headings-0-"])
def test_a_scan(plans: Plans, printed: Path, name: str, tmp_path: Path) -> None:
    """What is printed, seen at 300 dots per inch; a misread letter or two is no fault of the layout."""
    with pdfium.PdfDocument(printed / f"{name}.pdf") as paper:
        pictures = [page.render(scale=300 / 72, grayscale=True).to_pil() for page in paper]
    pictures[0].save(tmp_path / "scan.pdf", save_all=True, append_images=pictures[1:], resolution=300)
    assert len(errors(plans[name][1], record(tmp_path / "scan.pdf"))) <= 2
    assert head_of(tmp_path / "scan.pdf")[:5] == HEAD[:5]
