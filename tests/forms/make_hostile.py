"""Builds files that attack or confuse a reader: empty, cut, encrypted, misnamed, bombs, loops, depth, noise.

``build(folder)`` writes them and says what must become of each: ``failed`` (listed with code and reason), ``read`` (text comes out),
``either`` (noise: any orderly answer). Everything is made here from scratch, the same bytes each time.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pikepdf

Expected = Literal["failed", "read", "either"]

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
SENTENCE = "Các đơn vị báo cáo kết quả thực hiện kế hoạch trước ngày 15 tháng 6 năm 2025."


@dataclass(frozen=True, slots=True)
class Hostile:
    """One file and what must become of it. ``office``: goes through LibreOffice."""

    name: str
    expected: Expected
    office: bool = False


Made = tuple[str, Expected, bytes]


def archive(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def paragraph(text: str = SENTENCE, properties: str = "") -> str:
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def docx(body: str | None = None, *, head: str = "", extra: dict[str, str | bytes] | None = None) -> bytes:
    body = paragraph() * 30 if body is None else body
    document = f'<?xml version="1.0" encoding="UTF-8"?>{head}<w:document {W}><w:body>{body}</w:body></w:document>'
    return archive({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document, **(extra or {})})


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects; object 1 is the catalog."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, trailer, start))
    return out.getvalue()


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


# Letters above ASCII get codes from 128 on, told by glyph names, as many printers do.
_LETTERS = sorted({sign for sign in SENTENCE if not sign.isascii()})
_GLYPHS = " ".join(f"/uni{ord(sign):04X}" for sign in _LETTERS).encode()
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman /Encoding << /Type /Encoding /Differences [128 %s] >> >>" % _GLYPHS
_CODED = bytes(ord(sign) if sign.isascii() else 128 + _LETTERS.index(sign) for sign in SENTENCE)
LINE = b"BT /F1 12 Tf 72 %d Td (" + _CODED + b") Tj ET\n"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


def page(box: bytes = b"[0 0 595 842]", extra: bytes = b"") -> bytes:
    return b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> %s >> >>" % (box, extra)


def simple_pdf(content: bytes | None = None, *, box: bytes = b"[0 0 595 842]", entries: bytes = b"", extra: bytes = b"") -> bytes:
    lines = b"".join(LINE % (780 - 20 * n) for n in range(30)) if content is None else content
    return pdf([CATALOG, PAGES, page(box, extra), stream(lines, entries), FONT])


def locked_pdf(user: str, owner: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(simple_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner=owner), deterministic_id=False)
    return out.getvalue()


def ole(*streams: str) -> bytes:
    """A compound file of three sectors: header, allocation table, directory ([MS-CFB] §2.2)."""
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    table = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    directory = b"".join(
        (name.encode("utf-16-le") + b"\0\0").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62) for name in streams
    )
    return bytes(header) + table + directory.ljust(512, b"\0")


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, data: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def plain_cases() -> Iterator[Made]:
    text = (SENTENCE + "\n") * 20
    for suffix in ("docx", "doc", "pdf", "txt", "html", "png", "rtf", "odt", "md", "zip"):
        yield f"rong.{suffix}", "failed", b""
    yield "khoang-trang.txt", "failed", b" \r\n\t \n" * 100
    yield "nul.txt", "failed", text.encode() + b"\0" * 50
    yield "hai-byte-le.txt", "read", text.encode("utf-16") + b"A"
    yield "dong-dai.txt", "read", (SENTENCE + " ").encode() * 20_000
    yield "nhieu-dong.txt", "failed", b"a\n" * 300_000
    yield "ngoac.md", "read", ("[" * 50_000 + "**" * 50_000 + "_a_" * 20_000 + SENTENCE).encode()
    yield "cot.md", "read", ("|a" * 20_000 + "\n" + "|--" * 20_000 + "\n" + SENTENCE).encode()
    yield "nhan.txt", "read", ("1." * 30_000 + "\n" + "(" * 30_000 + "\n" + "I" * 30_000 + ".\n" + SENTENCE).encode()
    yield "tieng-la.txt", "failed", "工作计划和实施方案".encode("gb18030") * 50
    saved = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b%s\n\n"
    yield "trang.mht", "failed", saved % b"" + b"--b\nContent-Type: image/png\n\nx\n--b--"
    nested = b"".join(b"--b%d\nContent-Type: multipart/related; boundary=b%d\n\n" % (n, n + 1) for n in range(3000))
    yield "long.mht", "failed", saved % b"0" + nested
    yield "sau.html", "failed", ("<div>" * 60_000 + SENTENCE).encode()
    yield "o.html", "read", f"<table><tr><td colspan=999999999 rowspan=99999>a<td>{SENTENCE}<tr><td>b<td>c</table>".encode()
    yield "bang.html", "failed", ("<table>" + "<tr><td colspan=1000>a<td>b" * 2000 + "</table>").encode()
    yield "ngat.html", "read", ("<br>" * 100_000 + SENTENCE).encode()
    yield (
        "xa.html",
        "read",
        f'<html><link rel=stylesheet href="http://192.0.2.1/a.css"><img src="http://192.0.2.1/a.png"><p>{SENTENCE}'.encode(),
    )
    yield "chuong-trinh.pdf", "failed", b"MZ\x90\0" + bytes(2000)
    yield "goi.docx", "failed", archive({"a.txt": "x"})


def word_cases() -> Iterator[Made]:
    whole = docx()
    yield "doi-ten.pdf", "read", whole
    yield "khoa.docx", "failed", ole("Root Entry", "EncryptionInfo", "EncryptedPackage")
    yield "bang-tinh.docx", "failed", archive({"[Content_Types].xml": TYPES, "xl/workbook.xml": "<x/>"})
    yield "cut.docx", "failed", whole[: len(whole) * 6 // 10]
    yield "mat-phan.docx", "failed", archive({"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/styles.xml": "<x/>"})
    yield "khong-chu.docx", "failed", docx("<w:p/>")
    yield "bom.docx", "failed", docx(paragraph("a" * 44_000_000))
    yield "nhieu-muc.docx", "failed", docx(extra={f"word/{n}.xml": "" for n in range(6000)})
    lie = bytearray(docx(paragraph("a" * 2_000_000)))
    at = lie.index(b"PK\1\2", lie.index(b"PK\1\2", lie.index(b"PK\1\2") + 1) + 1)
    struct.pack_into("<I", lie, at + 24, 500)
    yield "khai-gian.docx", "failed", bytes(lie)
    yield "sau.docx", "failed", docx("<w:sdt><w:sdtContent>" * 60_000 + paragraph() + "</w:sdtContent></w:sdt>" * 60_000)
    yield "bang-long.docx", "either", docx("<w:tbl><w:tr><w:tc>" * 80 + paragraph() + "</w:tc></w:tr></w:tbl>" * 80)
    lol = '<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    yield "thuc-the.docx", "failed", docx(paragraph("&j;"), head=f"<!DOCTYPE x [{lol}]>")
    yield "thuc-the-ngoai.docx", "either", docx(paragraph("x&e;y"), head='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')
    remote = RELS.replace("officeDocument/2006/relationships/officeDocument", "officeDocument/2006/relationships/image").replace(
        'Target="word/document.xml"', 'Target="http://192.0.2.1/a.png" TargetMode="External"'
    )
    yield "anh-xa.docx", "read", docx(extra={"word/_rels/document.xml.rels": remote})
    yield "macro.docm", "read", docx(extra={"word/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})
    level = '<w:lvl w:ilvl="0"><w:start w:val="2147483647"/><w:numFmt w:val="{}"/><w:lvlText w:val="%1."/></w:lvl>'
    for kind in ("lowerLetter", "upperRoman", "decimal", "chicago", "vietnameseCounting"):
        numbering = f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{level.format(kind)}</w:abstractNum>'
        numbering += '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
        item = paragraph(properties='<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>')
        yield f"so-lon-{kind}.docx", "read", docx(item, extra=linked("numbering", numbering))
    styles = f'<w:styles {W}><w:style w:styleId="A" w:type="paragraph"><w:basedOn w:val="B"/></w:style>'
    styles += '<w:style w:styleId="B" w:type="paragraph"><w:basedOn w:val="A"/></w:style></w:styles>'
    loop = paragraph(properties='<w:pPr><w:pStyle w:val="A"/></w:pPr>')
    yield "kieu-vong.docx", "read", docx(loop * 5, extra=linked("styles", styles))
    wide = '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>' + paragraph() + "</w:tc></w:tr></w:tbl>"
    yield "cot-rong.docx", "either", docx(wide + paragraph())
    yield "ngoac-lech.docx", "failed", docx("<w:p><w:r></w:p>")


def linked(kind: str, content: str) -> dict[str, str | bytes]:
    rels = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{kind}.xml"/></Relationships>'
    )
    return {f"word/{kind}.xml": f'<?xml version="1.0"?>{content}', "word/_rels/document.xml.rels": rels}


def pdf_cases() -> Iterator[Made]:
    whole = simple_pdf()
    yield "don-gian.pdf", "read", whole
    yield "doi-ten.docx", "read", whole
    yield "cut.pdf", "failed", whole[: len(whole) * 3 // 10]
    yield "mat-xref.pdf", "either", whole[: whole.rindex(b"xref\n0")]
    yield "khoa.pdf", "failed", locked_pdf("bí mật", "chủ")
    yield "khoa-chu.pdf", "read", locked_pdf("", "chủ")
    bomb = zlib.compress(b"BT /F1 12 Tf 72 700 Td (" + b"a" * 47_000_000 + b") Tj ET", 9)
    yield "bom.pdf", "failed", simple_pdf(bomb, entries=b"/Filter /FlateDecode")
    twice = zlib.compress(zlib.compress(b"q " * 60_000_000, 9), 9)
    yield "bom-kep.pdf", "failed", simple_pdf(twice, entries=b"/Filter [/FlateDecode /FlateDecode]")
    yield "vong-trang.pdf", "failed", pdf([CATALOG, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"])
    chain = [b"<< /Type /Pages /Parent %d 0 R /Kids [%d 0 R] /Count 1 >>" % (n + 1, n + 3) for n in range(5000)]
    yield "cay-sau.pdf", "failed", pdf([CATALOG, *chain, b"<< /Type /Pages /Kids [] /Count 0 >>"])
    many = b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % (b"3 0 R " * 100_000)
    yield "tram-nghin-trang.pdf", "failed", pdf([CATALOG, many, page(), stream(LINE % 700), FONT])
    yield "khai-nhieu-trang.pdf", "either", pdf([CATALOG, PAGES.replace(b"1 >>", b"100000000 >>"), page(), stream(LINE % 700), FONT])
    for name, box in {
        "khong-lo": b"[0 0 1e9 1e9]", "lon": b"[0 0 14400 14400]", "am": b"[595 842 0 0]", "khong": b"[0 0 0 0]", "chu": b"[/a /b /c /d]",
        "vo-han": b"[0 0 99999999999999999999999999999999999999999999999 1]",
    }.items():  # fmt: skip
        yield f"khung-{name}.pdf", "either", simple_pdf(box=box)
    form = stream(b"/X0 Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X0 6 0 R >> >>")
    looped = [CATALOG, PAGES, page(extra=b"/XObject << /X0 6 0 R >>"), stream(b"/X0 Do " + LINE % 700), FONT, form]
    yield "hinh-tu-goi.pdf", "either", pdf(looped)
    forms = []
    for n in range(7):
        inner = b"/X%d Do " % (n + 1) * 10 if n < 6 else b"BT /F1 12 Tf 72 700 Td (a) Tj ET " * 10
        resources = b"/Font << /F1 5 0 R >>" + (b" /XObject << /X%d %d 0 R >>" % (n + 1, n + 7) if n < 6 else b"")
        forms.append(stream(inner, b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << %s >>" % resources))
    yield "hinh-nhan-len.pdf", "failed", pdf([*looped[:5], *forms])
    yield "nhieu-lenh.pdf", "failed", simple_pdf(LINE % 700 + b"q " * 3_000_000)
    yield "nhieu-o.pdf", "either", simple_pdf(LINE % 700 + b"0 0 9 9 re f " * 1_500_000)
    yield "nhieu-duong.pdf", "either", simple_pdf(LINE % 700 + b"10 10 m 500 10 l S " * 100_000)
    yield "prev-vong.pdf", "either", whole.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev %d" % whole.rindex(b"xref\n0"))
    action = CATALOG.replace(b">>", b"/OpenAction << /S /URI /URI (http://192.0.2.1/) >> >>")
    yield "hanh-dong.pdf", "read", pdf([action, PAGES, page(), stream(b"".join(LINE % (780 - 20 * n) for n in range(30))), FONT])


def image_cases() -> Iterator[Made]:
    yield "bom.png", "failed", png(60_000, 60_000, zlib.compress(bytes(1000)))
    yield "rong-ruot.png", "failed", png(1000, 1000, b"")
    yield "doi-ten-anh.pdf", "failed", png(30, 30, zlib.compress(bytes(31 * 30)))
    head = struct.pack("<2sHI", b"II", 42, 8)
    tags = struct.pack("<HHIHHI", 256, 4, 1, 100, 0, 0)[:12] + struct.pack("<HHII", 257, 4, 1, 100)
    yield "vong.tif", "failed", head + struct.pack("<H", 2) + tags + struct.pack("<I", 8)
    yield "cut.jpg", "failed", b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1"


def noise_cases() -> Iterator[Made]:
    dice = random.Random(20240615)
    for suffix in ("docx", "doc", "pdf", "txt", "html", "png", "md"):
        yield f"nhieu.{suffix}", "failed", dice.randbytes(50_000)
    for name, magic in {
        "a.pdf": b"%PDF-1.7\n", "b.docx": b"PK\3\4", "d.png": b"\x89PNG\r\n\x1a\n", "e.tif": b"II*\0", "f.jpg": b"\xff\xd8\xff\xe0",
    }.items():  # fmt: skip
        yield f"dau-dung-{name}", "failed", magic + dice.randbytes(20_000)


def office_cases() -> Iterator[Made]:
    dice = random.Random(7)
    yield "c.doc", "failed", ole("Root Entry", "WordDocument") + dice.randbytes(20_000)
    yield "cut.doc", "failed", ole("Root Entry", "WordDocument")[:700]
    yield "html.doc", "read", f"<html><body><img src='http://192.0.2.1/a.png'><p>{SENTENCE}</body></html>".encode()
    link = r'{\field{\*\fldinst INCLUDEPICTURE "http://192.0.2.1/a.png" \\d}{\fldrslt x}}'
    yield "anh-xa.rtf", "either", (r"{\rtf1\ansi " + link + r"\par Cac don vi bao cao ket qua\par}").encode()
    yield "ngoac.rtf", "either", rb"{\rtf1\ansi " + b"{" * 100_000 + b"a"
    yield "nhi-phan.rtf", "either", rb"{\rtf1\ansi a\bin2147483647 bc}"
    odt = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "x" * 40_000_000}
    yield "bom.odt", "failed", archive({**odt})
    yield "cut.odt", "failed", archive({"mimetype": odt["mimetype"], "content.xml": "<x/>"})[:150]


GROUPS: tuple[tuple[str, Callable[[], Iterator[Made]]], ...] = (
    ("van-ban", plain_cases), ("word", word_cases), ("pdf", pdf_cases), ("anh", image_cases), ("nhieu", noise_cases),
    ("office", office_cases),
)  # fmt: skip


def build(folder: Path) -> list[Hostile]:
    """Write every file below ``folder``, one subfolder a group; what is expected of each, by its name with the subfolder."""
    found: list[Hostile] = []
    for group, cases in GROUPS:
        (folder / group).mkdir(parents=True, exist_ok=True)
        for name, expected, data in cases():
            (folder / group / name).write_bytes(data)
            found.append(Hostile(f"{group}/{name}", expected, office=group == "office"))
    return found
