"""Builds small Word files for the tests, part by part, byte for byte the same each time.

Written at XML level because the things to be tested (overrides of numbers, note marks, tracked changes, legacy fonts) are what
libraries for writing Word files do not offer. ``python -m tests.forms.make_word FOLDER`` writes all ``FORMS``.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

_SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_PARTS = ("styles", "numbering", "footnotes", "endnotes", "settings", "header")


def r(text: str, *, bold: bool = False, font: str | None = None, extra: str = "") -> str:
    """A run; ``extra`` is more XML for its properties."""
    look = ("<w:b/>" if bold else "") + (f"<w:rFonts w:ascii={quoteattr(font)} w:hAnsi={quoteattr(font)}/>" if font else "") + extra
    properties = f"<w:rPr>{look}</w:rPr>" if look else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str = "", *, num: tuple[int, int] | None = None, style: str = "", align: str = "", extra: str = "") -> str:
    """A paragraph; plain text becomes one run. ``num`` is (list, level)."""
    inner = content if content.startswith("<") else r(content) if content else ""
    numbers = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    look = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbers + (f'<w:jc w:val="{align}"/>' if align else "") + extra
    return f"<w:p>{f'<w:pPr>{look}</w:pPr>' if look else ''}{inner}</w:p>"


def tc(content: str = "", *, span: int = 1, merge: str = "", extra: str = "") -> str:
    """A table cell; plain text becomes one paragraph. ``merge``: ``restart`` or ``continue`` for vertical merges."""
    look = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + (f'<w:vMerge w:val="{merge}"/>' if merge else "") + extra
    return f"<w:tc>{f'<w:tcPr>{look}</w:tcPr>' if look else ''}{content if content.startswith('<w:') else p(content)}</w:tc>"


def tbl(rows: Sequence[Sequence[str]], *, ruled: bool = True, head: bool = False) -> str:
    """A table of rows of cells; plain text becomes a cell."""
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="{"single" if ruled else "nil"}" w:sz="4"/>' for side in sides)
    lines = ""
    for n, row in enumerate(rows):
        mark = "<w:trPr><w:tblHeader/></w:trPr>" if head and n == 0 else ""
        lines += f"<w:tr>{mark}{''.join(c if c.startswith('<w:tc>') else tc(c) for c in row)}</w:tr>"
    return f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr>{lines}</w:tbl>"


def level(index: int, style: str, text: str, *, start: int = 1, font: str = "", extra: str = "") -> str:
    """One level of a list definition."""
    look = f"<w:rPr><w:rFonts w:ascii={quoteattr(font)} w:hAnsi={quoteattr(font)}/></w:rPr>" if font else ""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{style}"/>{extra}'
        f"<w:lvlText w:val={quoteattr(text)}/>{look}</w:lvl>"
    )


def numbering(lists: dict[int, str], nums: dict[int, int | tuple[int, str]]) -> str:
    """Numbering part: definitions by id, then lists as definition id or (definition id, overrides)."""
    out = "".join(f'<w:abstractNum w:abstractNumId="{key}">{levels}</w:abstractNum>' for key, levels in lists.items())
    for key, entry in nums.items():
        definition, overrides = entry if isinstance(entry, tuple) else (entry, "")
        out += f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'
    return out


def notes(kind: str, texts: dict[int, str]) -> str:
    """Footnotes or endnotes part with the separators that Word always writes."""
    out = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
    for key, text in texts.items():
        out += f'<w:{kind} w:id="{key}">{p(f"<w:r><w:{kind}Ref/></w:r>" + r(" " + text))}</w:{kind}>'
    return out


def docx(path: Path, body: str, *, stored: bool = False, **parts: str) -> Path:
    """Write a Word file: body XML, content of other parts by name (one of ``_PARTS``); ``stored``: not packed."""
    roots = {
        "styles": "styles",
        "numbering": "numbering",
        "footnotes": "footnotes",
        "endnotes": "endnotes",
        "settings": "settings",
        "header": "hdr",
    }
    present = [name for name in _PARTS if name in parts]
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        + "".join(
            f'<Override PartName="/word/{name}.xml" ContentType="{_MEDIA}.{"document.main" if name == "document" else name}+xml"/>'
            for name in ("document", *present)
        )
        + "</Types>",
        "_rels/.rels": _relations([("rId1", "officeDocument", "word/document.xml")]),
        "word/_rels/document.xml.rels": _relations([(f"rId{n}", name, f"{name}.xml") for n, name in enumerate(present, 1)]),
        "word/document.xml": f"<w:document {_SPACES}><w:body>{body}</w:body></w:document>",
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = f"<w:{roots[name]} {_SPACES}>{content}</w:{roots[name]}>"
    packing = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2031, 1, 1, 0, 0, 0)), _HEAD + content, packing)
    return path


def _relations(entries: Sequence[tuple[str, str, str]]) -> str:
    lines = "".join(f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in entries)
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


PLAN_LEVELS = (
    level(0, "upperRoman", "%1.")
    + level(1, "decimal", "%2.")
    + level(2, "decimal", "%2.%3.")
    + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "-")
)


def state_plan(path: Path) -> Path:
    """A small department plan: header table, automatic numbers, a task table with automatic order numbers, note, signature."""
    body = tbl(
        [
            [tc(p("UBND TỈNH AN BÌNH") + p("SỞ XÂY DỰNG")), tc(p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc"))],
            ["Số: 45/KH-SXD", "An Bình, ngày 06 tháng 02 năm 2031"],
        ],
        ruled=False,
    )
    body += p(r("KẾ HOẠCH", bold=True), align="center") + p(r("Số hóa hồ sơ lưu trữ năm 2031", bold=True), align="center")
    body += p(r("MỤC TIÊU", bold=True), num=(1, 0)) + p("Hoàn thành số hóa hồ sơ", num=(1, 1)) + p("Hồ sơ cấp phép.", num=(1, 4))
    body += p(r("NHIỆM VỤ", bold=True), num=(1, 0)) + p("Văn phòng Sở rà soát kho.", num=(1, 1))
    body += p(r("Báo cáo theo quy định") + '<w:r><w:footnoteReference w:id="1"/></w:r>' + r("."), num=(1, 2))
    body += tbl(
        [
            [tc(p(r(t, bold=True))) for t in ("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn")],
            [tc(p(num=(2, 0))), "Rà soát kho", tc("Văn phòng Sở", merge="restart"), "Quý I/2031"],
            [tc(p(num=(2, 0))), "Quét hồ sơ", tc(merge="continue"), "Trước ngày 30/6/2031"],
            [tc("Giai đoạn hai", span=4)],
        ]
    )
    sign = [tc(p("Nơi nhận:") + p("- Như trên;") + p("- Lưu: VT.")), tc(p("GIÁM ĐỐC") + p() + p("Lê Văn Khải"))]
    body += tbl([sign], ruled=False)
    return docx(
        path, body, numbering=numbering({1: PLAN_LEVELS, 2: level(0, "decimal", "%1")}, {1: 1, 2: 2}),
        footnotes=notes("footnote", {1: "Mẫu báo cáo tại phụ lục."}),
    )  # fmt: skip


def tracked_plan(path: Path) -> Path:
    """Insertions, deletions, a deleted paragraph mark, moved text, a deleted row."""
    who = 'w:author="Văn thư" w:date="2031-02-01T08:00:00Z"'
    gone = "<w:r><w:delText>30/6</w:delText></w:r>"
    body = p(r("Hạn nộp: ") + f'<w:del w:id="1" {who}>{gone}</w:del><w:ins w:id="2" {who}>{r("15/5")}</w:ins>' + r("/2031."))
    body += p(r("Dòng đầu "), extra=f'<w:rPr><w:del w:id="3" {who}/></w:rPr>') + p(r("nối dòng sau."))
    body += tbl([["TT", "Việc"], ["1", "Giữ lại"]]).replace(
        "</w:tbl>", f'<w:tr><w:trPr><w:del w:id="4" {who}/></w:trPr>{tc("2")}{tc("Bỏ")}</w:tr></w:tbl>'
    )
    return docx(path, body)


FORMS: dict[str, Callable[[Path], Path]] = {"state-plan.docx": state_plan, "tracked-plan.docx": tracked_plan}


def main(arguments: list[str]) -> int:
    """Write every form into a folder."""
    folder = Path(arguments[0])
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in FORMS.items():
        make(folder / name)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
