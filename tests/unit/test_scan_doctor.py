"""The doctor: every part told apart by what is on the machine, none by guess."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pipeline import doctor

NAMES = [
    "tesseract", "tesseract: tiếng Việt (vie)", "tesseract: chiều trang (osd)", "OpenCV", "LibreOffice", "unshare", "Phông chữ có dấu",
]  # fmt: skip


def program(folder: Path, name: str, body: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def by_name() -> dict[str, bool]:
    return {check.name: check.ok for check in doctor.checks()}


def test_every_part_says_what_is_lost_and_how_to_install_it() -> None:
    found = doctor.checks()
    assert [check.name for check in found] == NAMES
    for check in found:
        assert check.lost.endswith("."), check.name
        assert "install" in check.remedy, check.name


def test_an_empty_machine_has_no_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "find_spec", lambda name: None)
    assert by_name() == dict.fromkeys(NAMES, False)


def test_tesseract_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "tesseract", 'echo "List of available languages (2):"; echo eng; echo osd')
    monkeypatch.setenv("PATH", str(tmp_path))
    found = by_name()
    assert (found[NAMES[0]], found[NAMES[1]], found[NAMES[2]]) == (True, False, True)


def test_libreoffice_without_writer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "soffice", "exit 0")
    (tmp_path / "soffice.bin").touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not by_name()["LibreOffice"]
    (tmp_path / "libswlo.so").touch()
    assert by_name()["LibreOffice"]


@pytest.mark.parametrize(
    ("body", "ok"),
    [
        ("echo 'Liberation Serif'", True),
        ("echo 'Some Symbols'", False),
        ("exit 1", False),
    ],
)
def test_fonts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, ok: bool) -> None:
    program(tmp_path, "fc-list", body)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert by_name()["Phông chữ có dấu"] is ok


def test_a_probe_that_hangs_counts_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path, "unshare", "while :; do :; done")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "PROBE_SECONDS", 0.3)
    assert not by_name()["unshare"]
