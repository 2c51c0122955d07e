"""Size, ratio and depth of a zip container, checked in its directory before anything is unpacked.

Bounds from measurement: real .docx files unpack by a ratio of 11 to 32 and stay under 1 MB of XML; bombs start at 404.
Neither python-docx nor any other library limits size by itself.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from schemas.errors import Damaged, Encrypted, TooLarge


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """Bytes unless said. ``ratio`` is unpacked over packed; it counts only for members above ``ratio_floor``, as short
    repetitive XML packs well without harm."""

    total: int = 200 * 1024 * 1024
    xml_part: int = 30 * 1024 * 1024
    ratio: int = 150
    ratio_floor: int = 1024 * 1024
    members: int = 5_000


DOCUMENT = ZipLimits()
DELIVERY = ZipLimits(total=2 * 1024**3, xml_part=200 * 1024 * 1024, members=20_000)
BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, NotImplementedError, EOFError)


def open_directory(path: Path) -> list[zipfile.ZipInfo]:
    """Members of a zip file in its own order. Raises ``Damaged`` where the directory cannot be read."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.infolist()
    except BROKEN as error:
        raise Damaged("Tệp nén hỏng hoặc bị cắt: không đọc được mục lục.", path=str(path)) from error


def check_zip(path: Path, limits: ZipLimits = DOCUMENT) -> None:
    """Raise ``TooLarge``, ``Encrypted`` or ``Damaged`` where the container must not be unpacked."""
    check_members(open_directory(path), path, limits)


def check_members(members: Sequence[zipfile.ZipInfo], path: Path, limits: ZipLimits) -> None:
    """The same check on a directory already read. Declared sizes are binding: unpacking never goes past them."""
    if len(members) > limits.members:
        raise TooLarge(f"Tệp nén có {len(members)} mục, vượt giới hạn {limits.members}.", path=str(path))
    if any(member.flag_bits & 0x1 for member in members):
        raise Encrypted("Tệp nén đặt mật khẩu.", path=str(path))
    if (total := sum(member.file_size for member in members)) > limits.total:
        raise TooLarge(f"Giải nén ra {total // 1_048_576} MB, vượt giới hạn {limits.total // 1_048_576} MB.", path=str(path))
    for member in members:
        _check_member(member, path, limits)


def _check_member(member: zipfile.ZipInfo, path: Path, limits: ZipLimits) -> None:
    size = member.file_size
    if member.filename.lower().endswith((".xml", ".rels")) and size > limits.xml_part:
        raise TooLarge(f"Phần “{member.filename}” nở ra {size // 1_048_576} MB.", path=str(path))
    if size > limits.ratio_floor and size > limits.ratio * max(1, member.compress_size):
        ratio = size // max(1, member.compress_size)
        raise TooLarge(f"Phần “{member.filename}” nén {ratio} lần: nghi là bom nén.", path=str(path))
