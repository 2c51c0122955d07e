"""LibreOffice conversion: what is accepted, what comes out, what each failure becomes, and that nothing leaves the machine."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest import office
from pipeline.ingest.office import convert_many, read_office
from schemas.document import RawDocument
from schemas.errors import Damaged, Encrypted, NeedsOffice, NotFound, ReadError, TimedOut, WrongType
from tests.forms import make_word
from tests.forms.measure import measure, shown, texts_of

SHARED = Path(__file__).parents[3] / "shared" / "plans" / "forms"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
needs_office = [
    pytest.mark.office,
    pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed"),
]


def rtf(*paragraphs: str) -> str:
    """A small RTF file; letters above ASCII as \\u escapes."""
    body = "".join("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in line) + "\\par\n" for line in paragraphs)
    return "{\\rtf1\\ansi\\uc1\n" + body + "}"


def linked_odt(path: Path, port: int) -> Path:
    """An OpenDocument text whose picture lies on a server."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in (("office", "office"), ("text", "text"), ("draw", "drawing"), ("svg", "svg-compatible"))
    )
    link = f'xlink:href="http://127.0.0.1:{port}/a.png" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"'
    frame = f'<draw:frame svg:width="2cm" svg:height="2cm" text:anchor-type="as-char"><draw:image {link}/></draw:frame>'
    content = (
        f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
        f"<office:text><text:p>Có ảnh{frame}</text:p></office:text></office:body></office:document-content>"
    )
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in (("/", "application/vnd.oasis.opendocument.text"), ("content.xml", "text/xml"))
    )
    manifest = f'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return path


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RawDocument]:
    """One run of the product over an RTF of ours and over the .odt and .doc that LibreOffice makes of our Word plan."""
    folder = tmp_path_factory.mktemp("office")
    (folder / "kế hoạch.rtf").write_text(rtf("Kế hoạch năm 2031", "1. Rà soát hồ sơ."), encoding="ascii")
    plan = make_word.state_plan(folder / "state-plan.docx")
    for kind in ("odt", "doc"):
        command = [office.soffice() or "", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", kind]
        subprocess.run([*command, "--outdir", str(folder), str(plan)], capture_output=True, timeout=60, check=True)
    paths = [folder / "kế hoạch.rtf", folder / "state-plan.odt", folder / "state-plan.doc"]
    made = convert_many(paths, folder)
    return {path.suffix: office.read_converted(path, found) for path, found in made.items() if isinstance(found, Path)}


class TestConverted:
    pytestmark = needs_office

    def test_rtf(self, converted: dict[str, RawDocument]) -> None:
        raw = converted[".rtf"]
        assert list(texts_of(raw.blocks)) == ["Kế hoạch năm 2031", "1. Rà soát hồ sơ."]
        assert (raw.name, raw.media_type, raw.warnings) == ("kế hoạch.rtf", "application/rtf", ())

    @pytest.mark.parametrize("suffix", [".odt", ".doc"])
    def test_plan_keeps_numbers_notes_and_cells(self, converted: dict[str, RawDocument], suffix: str) -> None:
        raw = converted[suffix]
        flow = [shown(block) for block in raw.blocks if block.kind == "paragraph"]
        assert flow == [
            "KẾ HOẠCH", "Số hóa hồ sơ lưu trữ năm 2031", "I. MỤC TIÊU", "1. Hoàn thành số hóa hồ sơ", "- Hồ sơ cấp phép.",
            "II. NHIỆM VỤ", "1. Văn phòng Sở rà soát kho.", "1.1. Báo cáo theo quy định.",
        ]  # fmt: skip
        assert [shown(block) for block in raw.blocks if block.kind == "footnote"] == ["Mẫu báo cáo tại phụ lục."]
        tables = [block for block in raw.blocks if block.kind == "table"]
        assert [table.layout for table in tables] == [True, False, True]
        assert [shown(cell.paragraphs[0]) for cell in tables[1].cells if cell.row == 1] == [
            "1",
            "Rà soát kho",
            "Văn phòng Sở",
            "Quý I/2031",
        ]

    def test_damaged_file_is_said_and_spares_its_neighbour(self, tmp_path: Path) -> None:
        good, bad = tmp_path / "tốt.rtf", tmp_path / "hỏng.doc"
        good.write_text(rtf("Giữ lại"), encoding="ascii")
        bad.write_bytes(OLE + bytes(range(256)) * 40)
        made = convert_many([bad, good], tmp_path)
        assert isinstance(made[bad], Damaged)
        assert isinstance(made[good], Path)

    def test_same_name_in_two_folders(self, tmp_path: Path) -> None:
        paths = []
        for n in (1, 2):
            (tmp_path / str(n)).mkdir()
            paths.append(tmp_path / str(n) / "-a.rtf")
            paths[-1].write_text(rtf(f"Bản {n}"), encoding="ascii")
        made = convert_many(paths, tmp_path)
        read = [office.read_converted(path, found) for path, found in made.items() if isinstance(found, Path)]
        assert [list(texts_of(raw.blocks)) for raw in read] == [["Bản 1"], ["Bản 2"]]

    def test_time_limit(self, tmp_path: Path) -> None:
        path = tmp_path / "a.rtf"
        path.write_text(rtf("Chậm"), encoding="ascii")
        begun = time.monotonic()
        assert isinstance(convert_many([path], tmp_path, time_limit=0.05)[path], TimedOut)
        assert time.monotonic() - begun < 5

    @pytest.mark.parametrize("namespaces", [True, False], ids=["without a network", "by settings alone"])
    def test_a_linked_picture_is_not_fetched(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, listener: list[bytes], port: int, namespaces: bool
    ) -> None:
        """LibreOffice with its default settings asks for this picture twice (OPTIONS, GET)."""
        if not namespaces:
            monkeypatch.setattr(office, "_without_network", lambda: ())
        elif not office._without_network():
            pytest.skip("this system forbids user namespaces")
        assert list(texts_of(read_office(linked_odt(tmp_path / "a.odt", port)).blocks)) == ["Có ảnh"]
        assert listener == []

    @pytest.mark.skipif(not sys.platform.startswith("linux"), reason="process ends with its parent on Linux only")
    def test_no_orphan_when_the_reader_is_killed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.rtf"
        path.write_text(rtf("Bị dừng"), encoding="ascii")
        code = "import sys, pathlib; from pipeline.ingest.office import read_office; read_office(pathlib.Path(sys.argv[1]))"
        environment = {**os.environ, "TMPDIR": str(tmp_path)}
        reader = subprocess.Popen([sys.executable, "-c", code, str(path)], env=environment, cwd=Path(__file__).parents[2])
        deadline = time.monotonic() + 20
        while not _processes(str(tmp_path)) and time.monotonic() < deadline and reader.poll() is None:
            time.sleep(0.02)
        begun = _processes(str(tmp_path))
        reader.send_signal(signal.SIGKILL)
        reader.wait()
        while _processes(str(tmp_path)) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert begun
        assert _processes(str(tmp_path)) == []


def _processes(word: str) -> list[str]:
    """LibreOffice processes whose command line names ``word``."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = entry.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if word in line and "UserInstallation" in line:
            found.append(line)
    return found


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        found.listen()
        yield found


@pytest.fixture
def port(server: socket.socket) -> int:
    return int(server.getsockname()[1])


@pytest.fixture
def listener(server: socket.socket) -> list[bytes]:
    """What anybody sends to the port."""
    heard: list[bytes] = []

    def listen() -> None:
        try:
            while True:
                connection, _ = server.accept()
                with connection:
                    heard.append(connection.recv(200))
        except OSError:
            return

    threading.Thread(target=listen, daemon=True).start()
    return heard


def _fib(encrypted: bool) -> bytes:
    """A compound header and a sector with the beginning of a WordDocument stream."""
    header = (OLE + bytes(22) + b"\x09").ljust(48, b"\0").ljust(512, b"\xff")  # sectors of 512 bytes, no directory
    return header + b"\xec\xa5\xc1\x00" + bytes(7) + bytes([1 if encrypted else 0]) + bytes(500)


def _locked_odt() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", "<m><manifest:encryption-data/></m>")
    return made.getvalue()


REFUSED: list[tuple[str, bytes | None, type[ReadError]]] = [
    ("missing.doc", None, NotFound),
    ("trang.doc", b"<html><body><link rel=stylesheet href='http://example.invalid/a.css'>x</body></html>", WrongType),
    ("ngau-nhien.doc", bytes(range(256)) * 200, WrongType),
    ("khoa.doc", _fib(encrypted=True), Encrypted),
    ("khoa.odt", _locked_odt(), Encrypted),
    ("la-docx.doc", b"PK\3\4word/document.xml", WrongType),
]


@pytest.mark.parametrize("name, data, error", REFUSED, ids=[case[0] for case in REFUSED])
def test_refused_before_libreoffice_sees_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes | None, error: type[ReadError]
) -> None:
    monkeypatch.setattr(office, "_run", lambda *arguments: pytest.fail("LibreOffice was started"))
    path = tmp_path / name
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(error) as caught:
        read_office(path)
    assert caught.value.path == str(path)


def test_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "soffice", lambda: None)
    path = tmp_path / "a.rtf"
    path.write_text(rtf("x"), encoding="ascii")
    with pytest.raises(NeedsOffice) as caught:
        read_office(path)
    assert "libreoffice-writer" in caught.value.remedy


@pytest.mark.shared
@pytest.mark.office
@pytest.mark.skipif(office.soffice() is None, reason="LibreOffice is not installed")
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared forms are not beside the repository")
def test_doc_form_with_a_truth() -> None:
    truth = json.loads((SHARED / "000-auto-numbers.truth.json").read_text(encoding="utf-8"))
    found = measure(read_office(SHARED / "000-auto-numbers.doc"), truth)
    # LibreOffice freezes the one REF field of the form as a lost reference: one block of 64.
    assert found["words"] >= 0.999
    assert found["blocks"] >= 0.98
    assert {key: found[key] for key in ("labels", "bullets", "cells", "notes")} == {
        "labels": 1.0,
        "bullets": 1.0,
        "cells": 1.0,
        "notes": 1.0,
    }
