"""What a file is, by its bytes. The suffix only separates Markdown from plain text and is otherwise checked, not believed.

Magic numbers: PDF 32000-1 §7.5.2, PKWARE APPNOTE §4.3.7, [MS-CFB] §2.2, RTF 1.9.1, TIFF 6.0 §2, PNG §5.2, JFIF. What passes
for a ``.doc`` in offices is often a .docx, an HTML page or an RTF file; what is called ``.docx`` may be an encrypted container.
"""

from __future__ import annotations

import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from schemas.errors import Damaged, EmptyFile, NotFound, ReadError, WrongType

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
DOC = "application/msword"
XLS = "application/vnd.ms-excel"
PPT = "application/vnd.ms-powerpoint"
OLE_ENCRYPTED = "application/x-ole-encrypted"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
PDF = "application/pdf"
HTML = "text/html"
PLAIN = "text/plain"
MARKDOWN = "text/markdown"
XML = "application/xml"
MHTML = "multipart/related"
ZIP = "application/zip"
TIFF = "image/tiff"
PNG = "image/png"
JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"

HEAD = 65_536  # bytes looked at; the longest prologue seen before <html> in portal pages was under 8 kB
MAX_CONTROL_SHARE = 0.005  # of the head; text in VISCII and VPS uses six control codes as capitals, about 0.1 % of a plan

_SUFFIXES: dict[str, tuple[str, ...]] = {
    ".docx": (DOCX,), ".docm": (DOCX,), ".dotx": (DOCX,), ".doc": (DOC,), ".dot": (DOC,), ".rtf": (RTF,), ".odt": (ODT,), ".pdf": (PDF,),
    ".html": (HTML,), ".htm": (HTML,), ".mht": (MHTML,), ".mhtml": (MHTML,), ".txt": (PLAIN,), ".text": (PLAIN,),
    ".md": (MARKDOWN,), ".markdown": (MARKDOWN,), ".zip": (ZIP,), ".tif": (TIFF,), ".tiff": (TIFF,), ".png": (PNG,),
    ".jpg": (JPEG,), ".jpeg": (JPEG,), ".xlsx": (XLSX,), ".xls": (XLS,), ".pptx": (PPTX,), ".ppt": (PPT,),
}  # fmt: skip

NAMES: dict[str, str] = {
    DOCX: "văn bản Word (.docx)", DOC: "văn bản Word cũ (.doc)", RTF: "văn bản RTF", ODT: "văn bản OpenDocument (.odt)",
    PDF: "PDF", HTML: "trang HTML", PLAIN: "văn bản thuần", MARKDOWN: "Markdown", ZIP: "tệp nén zip", TIFF: "ảnh TIFF",
    PNG: "ảnh PNG", JPEG: "ảnh JPEG", XLSX: "bảng tính Excel (.xlsx)", XLS: "bảng tính Excel cũ (.xls)",
    PPTX: "trình chiếu PowerPoint (.pptx)", PPT: "trình chiếu PowerPoint cũ (.ppt)", XML: "XML", MHTML: "trang web lưu trữ (.mht)",
    OLE_ENCRYPTED: "tệp Office đặt mật khẩu", "image/gif": "ảnh GIF", "image/bmp": "ảnh BMP", "image/webp": "ảnh WebP",
    "image/heic": "ảnh HEIC", "application/x-rar": "tệp nén RAR", "application/x-7z-compressed": "tệp nén 7z",
    "application/gzip": "tệp nén gzip", "application/x-executable": "chương trình", UNKNOWN: "dữ liệu nhị phân không rõ loại",
}  # fmt: skip

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", RTF), (b"II*\0", TIFF), (b"MM\0*", TIFF), (b"II+\0", TIFF), (b"MM\0+", TIFF), (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"), (b"Rar!\x1a\x07", "application/x-rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"), (b"\x1f\x8b\x08", "application/gzip"),
    (b"\x7fELF", "application/x-executable"), (b"MZ\x90\0", "application/x-executable"),
)  # fmt: skip
_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS: tuple[tuple[bytes, str], ...] = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype\s[^>]*>\s*)*<(?P<tag>[a-z!?][\w:.-]*)", re.I | re.S)
_HTML_TAGS = frozenset(
    "html head body title meta link style script div p table span font center h1 h2 h3 h4 ul ol br b strong article section main".split()
)
_LATIN = re.compile("[\t\n\r\f -~\u00a0-\u024f\u0300-\u036f\u1e00-\u1eff\u2000-\u206f\u20ab\u2190-\u22ff\u25a0-\u25ff]")
_PROGRAMS = frozenset(".exe .dll .com .msi .bin .so .sys .scr .apk .dmg .iso .dat".split())
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_PLAN_SIGN = re.compile(
    r"\d+\s*[-/]\s*(?:KH|Q[DĐ]|CT|NQ|CV|TB|HD|BC)\b|\b(?:ke hoach|quyet dinh|chi thi|cong van|nghi quyet|uy ban nhan dan)\b", re.I
)
_PAGE_TAGS = frozenset({"html", "head", "body"})  # Markdown may begin with a <div> or <center> and still be Markdown
_MHTML_HEAD = re.compile(rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?content-type:\s*multipart/related", re.I)


def sniff(path: Path) -> str:
    """Media type found from the bytes.

    Raises ``NotFound`` (no such file), ``WrongType`` (a folder), ``EmptyFile`` (no bytes), ``ReadError`` (not readable).
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a pipe would block, a device never end
            raise WrongType("Không phải tệp thường (ống dẫn, thiết bị).", path=str(path))
        with path.open("rb") as stream:
            head = stream.read(HEAD)
            if not head:
                raise EmptyFile("Tệp rỗng (0 byte).", path=str(path))
            return _by_bytes(stream, head, path.suffix.lower())
    except FileNotFoundError as error:
        raise NotFound("Không có tệp này.", path=str(path)) from error
    except IsADirectoryError as error:
        raise WrongType("Đây là thư mục, không phải tệp.", path=str(path), remedy="Chạy lệnh cho cả thư mục: trienkhai run.") from error
    except OSError as error:
        raise ReadError(f"Không mở được tệp: {error.strerror or error}.", path=str(path), remedy="Kiểm tra quyền đọc tệp.") from error


def mismatch(path: Path, media_type: str) -> str | None:
    """Warning in Vietnamese where the suffix claims another type than the bytes show; None where they agree."""
    suffix = path.suffix.lower()
    claimed = _SUFFIXES.get(suffix)
    if media_type in (claimed or ()) or (claimed is None and not suffix):
        return None
    found = NAMES.get(media_type, media_type)
    if claimed is None:
        return f"Đuôi tệp “{suffix}” không quen; nội dung là {found} và được đọc theo nội dung."
    return f"Đuôi tệp “{suffix}” nói là {NAMES[claimed[0]]}, nội dung lại là {found}; đã đọc theo nội dung."


def false_claim(path: Path, text: str) -> ReadError | None:
    """Why bare text under the name of a binary format (``.docx``, ``.pdf``, ``.exe``) is no document; None where it may be one.

    Plans that lost their format but kept their words are read by content; words with no Vietnamese letter and no sign of a
    document are what is left of a broken file, or no document at all."""
    suffix = path.suffix.lower()
    claimed = _SUFFIXES.get(suffix, ())
    if not (claimed or suffix in _PROGRAMS) or set(claimed) & {PLAIN, MARKDOWN, HTML, MHTML}:
        return None
    if _VIETNAMESE.search(unicodedata.normalize("NFC", text)) or _PLAN_SIGN.search(text):
        return None
    if suffix in _PROGRAMS:
        return WrongType(f"Đuôi tệp “{suffix}” là chương trình hoặc dữ liệu máy, bên trong không có văn bản tiếng Việt.", path=str(path))
    name = NAMES[claimed[0]]
    return Damaged(f"Tệp mang đuôi “{suffix}” nhưng bên trong không phải {name} và không có văn bản tiếng Việt.", path=str(path))


def _by_bytes(stream: BinaryIO, head: bytes, suffix: str) -> str:
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head.startswith(_OLE_MAGIC):
        return _ole_type(stream, head)
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08")):
        return _zip_type(stream, head)
    if b"%PDF-" in head[:1024]:  # readers accept up to 1,024 bytes of mail or scanner headers before the mark
        return PDF
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return "image/heic"
    if head.startswith(b"BM") and len(head) > 14 and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return _text_type(head, suffix)


def _text_type(head: bytes, suffix: str) -> str:
    text = peek_text(head)
    if text is None:
        return UNKNOWN
    if _MHTML_HEAD.match(head.lstrip()):
        return MHTML
    is_markdown = suffix in (".md", ".markdown")
    if markup := _MARKUP.match(text):
        tag = markup["tag"].lower()
        if tag in (_PAGE_TAGS if is_markdown else _HTML_TAGS) or re.search(r"<!doctype\s+html", markup[0], re.I):
            return HTML
        if text.lstrip().startswith("<?xml"):
            return XML
    return MARKDOWN if is_markdown else PLAIN


def peek_text(head: bytes) -> str | None:
    """The head as text for looking at, None where the bytes are no text. Letters above ASCII may still be wrong here."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, errors="replace")
    if encoding16 := utf16_without_mark(head):
        return head.decode(encoding16, errors="replace")
    if b"\0" in head:
        return None
    control = sum(head.count(bytes([code])) for code in range(32) if code not in b"\t\n\r\f\x1a")
    return None if control > max(3, MAX_CONTROL_SHARE * len(head)) else head.decode("latin-1")


def utf16_without_mark(head: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where NULs stand in every other place only, as spaces and digits of such a text have them,
    and what comes out is Latin writing; binary tables of small numbers show the same NULs."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    for encoding, many, none in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if many > 0.2 * pairs and none == 0 and latin_share(head[: len(head) & ~1].decode(encoding, errors="replace")) > 0.95:
            return encoding
    return None


def latin_share(text: str) -> float:
    """Share of characters that Vietnamese writing uses: Latin letters with their marks, digits, signs, blanks; no control codes."""
    return len(_LATIN.findall(text)) / max(1, len(text))


def _zip_type(stream: BinaryIO, head: bytes) -> str:
    if head[30:38] == b"mimetype" and b"opendocument.text" in head[38:120]:
        return ODT
    stream.seek(0)
    try:
        with zipfile.ZipFile(stream) as archive:
            names = set(archive.namelist())
            if "content.xml" in names and _declares_odt(archive):
                return ODT
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, struct.error):
        # Cut off in transfer: the local headers at the front still tell what it was; its reader says that it is damaged.
        return DOCX if b"word/" in head or b"[Content_Types].xml" in head else ZIP
    if "[Content_Types].xml" not in names:
        return ZIP
    for prefix, media_type in (("word/", DOCX), ("xl/", XLSX), ("ppt/", PPTX)):
        if any(name.startswith(prefix) for name in names):
            return media_type
    return DOCX


def _declares_odt(archive: zipfile.ZipFile) -> bool:
    """OpenDocument 1.3 part 2 §3.3 wants ``mimetype`` first and stored; archives packed again by hand have it anywhere."""
    if "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as member:
        return b"opendocument.text" in member.read(100)


def _ole_type(stream: BinaryIO, head: bytes) -> str:
    names = set(_ole_names(stream, head))
    if "EncryptedPackage" in names:
        return OLE_ENCRYPTED
    for name, media_type in (("WordDocument", DOC), ("Workbook", XLS), ("Book", XLS), ("PowerPoint Document", PPT)):
        if name in names:
            return media_type
    return DOC if not names else UNKNOWN  # directory lost: leave it to LibreOffice, which recovers some


def _ole_names(stream: BinaryIO, head: bytes) -> Iterator[str]:
    """Names of streams in a compound file, by its directory chain ([MS-CFB] §2.3, §2.6); what is out of range ends the search."""
    if len(head) < 512:
        return
    size = 1 << min(struct.unpack_from("<H", head, 30)[0], 12)
    if size < 128:
        return  # a broken header: sectors are 512 or 4,096 bytes
    fat_sectors = [s for s in struct.unpack_from("<109I", head, 76) if s < 0xFFFFFFFA]
    (sector,) = struct.unpack_from("<I", head, 48)
    for _ in range(4096):  # a directory of 4,096 sectors holds 16,384 streams; a loop in the chain ends here too
        data = _ole_sector(stream, sector, size)
        for at in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 < length <= 64:
                yield data[at : at + length - 2].decode("utf-16-le", errors="replace")
        index, place = divmod(sector, size // 4)
        table = _ole_sector(stream, fat_sectors[index], size) if index < len(fat_sectors) else b""
        if len(table) < 4 * place + 4:
            return
        (sector,) = struct.unpack_from("<I", table, 4 * place)
        if sector >= 0xFFFFFFFA:
            return


def _ole_sector(stream: BinaryIO, number: int, size: int) -> bytes:
    if size < 128:
        return b""
    stream.seek((number + 1) * size)
    return stream.read(size)
