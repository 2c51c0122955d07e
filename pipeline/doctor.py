"""What this machine has of the optional system parts, what is lost without each, and the command that installs it."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

PROBE_SECONDS = 10.0
# Fonts with all Vietnamese letters and the metrics of Times New Roman, in which plans are typed; any one will do.
_FONTS = ("Times New Roman", "Liberation Serif", "Tinos", "Noto Serif", "DejaVu Serif")


@dataclass(frozen=True, slots=True)
class Check:
    """One part: ``lost`` says in Vietnamese what cannot be done without it, ``remedy`` is the command that installs it."""

    name: str
    ok: bool
    lost: str
    remedy: str


def checks() -> list[Check]:
    """Every optional part in a fixed order. Never raises: a part that cannot be asked counts as missing."""
    languages = _languages()
    return [
        Check(
            "tesseract", shutil.which("tesseract") is not None, "Không đọc được bản quét, ảnh chụp và PDF không có lớp chữ.",
            "apt-get install tesseract-ocr",
        ),
        Check(
            "tesseract: tiếng Việt (vie)", "vie" in languages, "Không nhận dạng được chữ tiếng Việt trên bản quét.",
            "apt-get install tesseract-ocr-vie",
        ),
        Check(
            "tesseract: chiều trang (osd)", "osd" in languages, "Trang quét nằm ngang hoặc ngược không được tự xoay.",
            "apt-get install tesseract-ocr-osd",
        ),
        Check(
            "OpenCV", find_spec("cv2") is not None, "Không nhận ra bảng kẻ khung trên bản quét; chữ trong bảng đọc thành dòng thường.",
            "pip install 'trienkhai[scan]'",
        ),
        Check(
            "LibreOffice", _has_office(), "Không đọc được tệp .doc, .rtf, .odt.", "apt-get install libreoffice-writer",
        ),
        Check(
            "unshare", _can_unshare(), "LibreOffice chạy mà không bị cắt khỏi mạng.",
            "apt-get install util-linux (và cho phép user namespace trong nhân hệ điều hành)",
        ),
        Check(
            "Phông chữ có dấu", _has_font(), "Bản in và ảnh xuất ra có thể thiếu dấu tiếng Việt.",
            "apt-get install fonts-liberation",
        ),
    ]  # fmt: skip


def _output(*command: str) -> str | None:
    """What a short command prints; None where it is missing, fails or hangs."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PROBE_SECONDS, check=False, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return (done.stdout + done.stderr).decode("utf-8", "replace") if done.returncode == 0 else None


def _languages() -> frozenset[str]:
    # The list is printed to standard error by some versions; the first line is a heading that names the folder.
    printed = _output("tesseract", "--list-langs")
    return frozenset(line.strip() for line in printed.splitlines()[1:]) if printed else frozenset()


def _has_office() -> bool:
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return False
    home = Path(program).resolve().parent
    # The base package brings soffice without Writer; its library tells.
    return not (home / "soffice.bin").exists() or any(home.glob("libswlo.*"))


def _can_unshare() -> bool:
    return shutil.which("unshare") is not None and _output("unshare", "-rn", "true") is not None


def _has_font() -> bool:
    listed = _output("fc-list", ":lang=vi", "family")
    return listed is not None and any(name in listed for name in _FONTS)
