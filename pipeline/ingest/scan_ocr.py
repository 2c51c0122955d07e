"""Tesseract on one page: words with boxes and confidences.

`vie` alone: together with `eng` it turns QĐ into QD (79 % of document numbers right instead of 90 %). One thread: OpenMP costs four times
the CPU for nothing. The picture goes through a file of plain grey bytes: through a pipe, or as PNM, which is read byte by byte, a page
costs 0.3 s more.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.ingest.confine import child_setup
from schemas.errors import NeedsOcr, ReadError, TimedOut

TIME_LIMIT = 60.0  # seconds a page; an ordinary one takes about 1
MAX_MEMORY = 350 * 1024**2  # bytes; a page of 18 million pixels takes 200 MB
MAX_WORDS = 20_000  # of a page; a full page has 500
_ROTATE = re.compile(r"Rotate: (\d+)")
_TURN_CONFIDENCE = re.compile(r"Orientation confidence: ([\d.]+)")
_LEAST_TURN_CONFIDENCE = 1.0


@dataclass(slots=True, eq=False)
class Word:
    """A word as read, box in points of the upright page, ``confidence`` 0 to 100. ``line`` numbers printed lines as tesseract saw them.

    ``text`` is what repairs made of it; then ``raw`` is the reading and ``repair`` the rule. ``joined``: no blank follows. ``bold`` by
    thickness of strokes."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: int
    raw: str | None = None
    repair: str | None = None
    bold: bool = False
    mark: str | None = None  # of a footnote, hanging behind ``mark_at`` signs of the text
    mark_at: int = 0

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


def require() -> None:
    """Raise ``NeedsOcr`` with the command that installs what is missing."""
    if shutil.which("tesseract") is None:
        raise NeedsOcr("Tệp là ảnh quét: cần tesseract để nhận dạng chữ.")


def recognise(gray: NDArray[np.uint8], dpi: float, time_limit: float = TIME_LIMIT) -> list[Word]:
    """Words of one upright page in tesseract's order. Raises ``NeedsOcr``, ``TimedOut``, ``ReadError``."""
    printed = _run(gray, ["-l", "vie", "--psm", "3", "--dpi", str(round(dpi)), "tsv"], time_limit)
    return parse_tsv(printed, 72 / dpi)


def recognise_block(gray: NDArray[np.uint8], dpi: float, time_limit: float = TIME_LIMIT) -> list[Word]:
    """Words of a picture of one column of text."""
    return parse_tsv(_run(gray, ["-l", "vie", "--psm", "6", "--dpi", str(round(dpi)), "tsv"], time_limit), 72 / dpi)


def recognise_line(gray: NDArray[np.uint8], dpi: float, time_limit: float = TIME_LIMIT) -> list[Word]:
    """Words of a picture of one line."""
    return parse_tsv(_run(gray, ["-l", "vie", "--psm", "7", "--dpi", str(round(dpi)), "tsv"], time_limit), 72 / dpi)


def parse_tsv(printed: str, scale: float) -> list[Word]:
    """Words from tesseract's TSV; ``scale`` makes points of pixels. Lines that are no words, or broken, are passed over."""
    words: list[Word] = []
    lines: dict[tuple[str, ...], int] = {}
    for row in printed.splitlines():
        fields = row.split("\t")
        if len(fields) != 12 or fields[0] != "5" or not (text := fields[11].strip()):
            continue
        try:
            left, top, width, height = (float(value) * scale for value in fields[6:10])
            confidence = float(fields[10])
        except ValueError:
            continue
        number = lines.setdefault(tuple(fields[1:5]), len(lines))
        words.append(Word(text, left, top, left + width, top + height, max(0.0, confidence), number))
        if len(words) == MAX_WORDS:
            break
    return words


def find_turn(gray: NDArray[np.uint8], dpi: float, time_limit: float = TIME_LIMIT) -> int:
    """Clockwise quarter turns that make the page upright; 0 where tesseract cannot tell or has no `osd` data."""
    try:
        printed = _run(gray, ["--psm", "0", "--dpi", str(round(dpi))], time_limit)
    except (NeedsOcr, ReadError):  # too few letters, or no osd data
        return 0
    turn, sure = _ROTATE.search(printed), _TURN_CONFIDENCE.search(printed)
    if turn is None or sure is None or float(sure[1]) < _LEAST_TURN_CONFIDENCE:
        return 0
    return int(turn[1]) // 90 % 4


def _run(gray: NDArray[np.uint8], options: list[str], time_limit: float) -> str:
    program = shutil.which("tesseract")
    if program is None:
        raise NeedsOcr("Tệp là ảnh quét: cần tesseract để nhận dạng chữ.")
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    with tempfile.TemporaryDirectory(prefix="trienkhai-ocr-") as folder:
        picture = Path(folder) / "page.tif"
        Image.fromarray(gray).save(picture, compression="raw")
        try:
            done = subprocess.run(
                [program, str(picture), "stdout", *options], stdin=subprocess.DEVNULL, capture_output=True, timeout=time_limit,
                env=environment, check=False, preexec_fn=child_setup(MAX_MEMORY),
            )  # fmt: skip
        except subprocess.TimeoutExpired as error:
            raise TimedOut(f"Nhận dạng chữ một trang quá {time_limit:.0f} giây.") from error
        except OSError as error:
            raise NeedsOcr("Không chạy được tesseract.") from error
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace")
        if "vie.traineddata" in said or "couldn't load any languages" in said:
            raise NeedsOcr("Tesseract chưa có dữ liệu tiếng Việt (vie).")
        raise ReadError("Tesseract không nhận dạng được trang này.", remedy="Quét lại trang, hoặc cài lại tesseract-ocr.")
    return done.stdout.decode("utf-8", "replace")
