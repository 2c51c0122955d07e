"""The container of a Word file (ECMA-376 part 2): parts found by relationship, parsed without entities, network or huge trees.

Everything hostile ends here as a ``ReadError``: sizes and ratios are checked in the zip directory before a byte is unpacked.
"""

from __future__ import annotations

import hashlib
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from pipeline.ingest.limits import check_zip
from pipeline.ingest.sniff import DOCX, NAMES, OLE_ENCRYPTED, mismatch, sniff
from schemas.errors import Damaged, Encrypted, ReadError, TooLarge, WrongType

Element: TypeAlias = Any  # lxml ships no types of its own

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"  # ISO strict form, written by some offices on request
_STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAX_TAGS = 1_500_000  # a tree takes about 120 bytes a tag; 400 pages of plan have 300,000
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError, OSError, RuntimeError)


def w(name: str) -> str:
    """Clark name of a WordprocessingML element or attribute: ``w("p")``."""
    return f"{{{WORD}}}{name}"


VAL = w("val")


def child(element: Element | None, name: str) -> Element | None:
    """First child of that WordprocessingML name, None also where there is no element."""
    return None if element is None else next(element.iterchildren(w(name)), None)  # half the cost of find()


def value(element: Element | None, name: str, attribute: str = VAL) -> str | None:
    """Attribute (``w:val``) of the first child of that name."""
    found = child(element, name)
    return None if found is None else found.get(attribute)


def number(text: str | None, default: int | None = None) -> int | None:
    """An integer attribute, ``default`` where it is missing or no number (seen in damaged files: ``"auto"``, ``"1.5"``)."""
    try:
        return default if text is None else int(float(text))
    except (ValueError, OverflowError):
        return default


def on(element: Element | None) -> bool | None:
    """A toggle such as ``w:b``: None where absent, False for ``0``, ``false``, ``off``, ``none``."""
    return None if element is None else element.get(VAL, "1") not in ("0", "false", "off", "none")


@dataclass(slots=True)
class Package:
    """An opened Word file. ``main`` is the name of the main part; ``relations`` maps its relationship ids to (type, target)."""

    path: Path
    sha256: str
    media_type: str
    warnings: list[str]
    archive: zipfile.ZipFile
    main: str = "word/document.xml"
    relations: dict[str, tuple[str, str]] = field(default_factory=dict)

    def root(self, part: str) -> Element | None:
        """Root element of a part; None where the file has no such part. Raises ``Damaged`` for broken XML."""
        data = self.data(part)
        return None if data is None else parse(data, self.path, part)

    def data(self, part: str) -> bytes | None:
        """Bytes of a part, None where the file has none. Raises ``Damaged`` for a broken member."""
        try:
            return self.archive.read(part)
        except KeyError:
            return None
        except _BROKEN as error:
            raise Damaged(f"Không giải nén được phần “{part}” của tệp Word.", path=str(self.path)) from error

    def related(self, kind: str) -> Iterator[str]:
        """Names of the parts of a relationship type (``styles``, ``footnotes``, …) of the main part, in order of their ids."""
        for _, (found, target) in sorted(self.relations.items()):
            if found == kind:
                yield target


def open_package(path: Path) -> Package:
    """Open a Word file after all checks.

    Raises ``NotFound``, ``EmptyFile``, ``WrongType``, ``Encrypted``, ``TooLarge``, ``Damaged``.
    """
    media_type = sniff(path)
    if media_type == OLE_ENCRYPTED:
        raise Encrypted("Tệp Word đặt mật khẩu.", path=str(path))
    if media_type != DOCX:
        raise WrongType(f"Không phải tệp .docx mà là {NAMES.get(media_type, media_type)}.", path=str(path))
    check_zip(path)
    try:
        data = path.read_bytes()
        archive = zipfile.ZipFile(BytesIO(data))
    except OSError as error:
        raise ReadError(f"Không đọc được tệp: {error.strerror or error}.", path=str(path)) from error
    except _BROKEN as error:
        raise Damaged("Tệp .docx hỏng hoặc bị cắt.", path=str(path)) from error
    warning = mismatch(path, media_type)
    package = Package(path, hashlib.sha256(data).hexdigest(), media_type, [warning] if warning else [], archive)
    for kind, target in _relations(package, "").values():
        if kind == "officeDocument":
            package.main = target
    package.relations = _relations(package, package.main)
    return package


def _relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    root = package.root(posixpath.join(folder, "_rels", f"{name}.rels"))
    found: dict[str, tuple[str, str]] = {}
    for relation in () if root is None else root.iterchildren(tag=etree.Element):
        if relation.get("TargetMode") == "External":  # never followed
            continue
        kind = relation.get("Type", "").rpartition("/")[2]
        target = relation.get("Target", "")
        name = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id", "")] = (kind, name)
    return found


def parse(data: bytes, path: Path, part: str) -> Element:
    """Parse one XML part safely. Raises ``Damaged`` (broken XML, entity bombs, depth over 256), ``TooLarge`` (too many tags)."""
    if data.count(b"<") > MAX_TAGS:
        raise TooLarge(f"Phần “{part}” của tệp Word có quá nhiều thẻ XML.", path=str(path))
    if _STRICT in data:
        data = data.replace(_STRICT, WORD.encode()).replace(_STRICT_RELATIONS.encode(), _RELATIONS.encode())
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "huge text node" in str(error).lower() or "resource limit" in str(error).lower():
            raise TooLarge(f"Phần “{part}” của tệp Word chứa một đoạn chữ quá dài.", path=str(path)) from error
        raise Damaged(f"Phần “{part}” của tệp Word không phải XML đúng.", path=str(path)) from error
