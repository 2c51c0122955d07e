"""Text, Markdown and HTML become blocks; the encoding is found, or the file is refused with a reason."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest import read
from pipeline.ingest.decode import decode
from pipeline.ingest.html import read_html
from pipeline.ingest.layout import is_letterhead
from pipeline.ingest.text import line_block, markdown_blocks, read_text
from schemas.document import Piece, RawBlock, RawCell
from schemas.errors import BadEncoding, EmptyFile, ReadError, TooLarge, WrongType
from schemas.text import LineAnchor

PLAN = (
    "ỦY BAN NHÂN DÂN TỈNH\nKẾ HOẠCH\nThực hiện công tác phòng, chống lãng phí năm 2025\n\n"
    "1. Văn phòng chủ trì, phối hợp với các phòng báo cáo trước ngày 15/6/2025; đơn vị trực thuộc thực hiện nghiêm túc.\n"
)
# "Kế hoạch" and more as an office typed it before 2005: letters of fonts .VnTime and VNI-Times.
TCVN3 = "KÕ ho¹ch thùc hiÖn c«ng t¸c phßng, chèng l·ng phÝ n¨m 2004 cña ñy ban nh©n d©n tØnh"
VNI = "Keá hoaïch thöïc hieän coâng taùc phoøng, choáng laõng phí naêm 2004 cuûa uûy ban nhaân daân tænh"
SAID = "Kế hoạch thực hiện công tác phòng, chống lãng phí năm 2004 của ủy ban nhân dân tỉnh"


def _cp1258(text: str) -> bytes:
    """The code page spells most letters as base and combining tone."""
    out = bytearray()
    for sign in unicodedata.normalize("NFC", text):
        try:
            out += sign.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", sign)
            tone = next(p for p in parts if p in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            out += base.encode("cp1258") + tone.encode("cp1258")
    return bytes(out)


ENCODINGS: list[tuple[str, bytes, str, str]] = [
    ("utf-8", PLAN.encode(), "utf-8", PLAN),
    ("mark", PLAN.encode("utf-8-sig"), "utf-8", PLAN),
    ("utf-16 with mark", PLAN.encode("utf-16"), "utf-16-le", PLAN),
    ("utf-16 big", b"\xfe\xff" + PLAN.encode("utf-16-be"), "utf-16-be", PLAN),
    ("utf-16 bare", PLAN.encode("utf-16-le"), "utf-16-le", PLAN),
    ("cp1258", _cp1258(PLAN), "cp1258", PLAN),
    ("tcvn3 bytes", TCVN3.encode("latin-1"), "tcvn3", SAID),
    ("tcvn3 in utf-8", TCVN3.encode(), "tcvn3", SAID),
    ("vni bytes", VNI.encode("cp1252"), "vni", SAID),
    ("vni in utf-8", VNI.encode(), "vni", SAID),
    ("twice encoded", SAID.encode().decode("latin-1").encode(), "utf8-as-latin1", SAID),
    ("decomposed stays", unicodedata.normalize("NFD", PLAN).encode(), "utf-8", unicodedata.normalize("NFD", PLAN)),
    ("unicode line in old text", f"Kế hoạch năm mới\n{TCVN3}\nABC\n".encode(), "tcvn3", f"Kế hoạch năm mới\n{SAID}\nABC\n"),
    ("few letters", "Các phòng báo cáo\nNhiệm vụ năm".encode(), "utf-8", "Các phòng báo cáo\nNhiệm vụ năm"),
    ("ascii", b"KE HOACH 2024", "utf-8", "KE HOACH 2024"),
]


@pytest.mark.parametrize("data, encoding, text", [c[1:] for c in ENCODINGS], ids=[c[0] for c in ENCODINGS])
def test_encoding_is_found(data: bytes, encoding: str, text: str) -> None:
    found = decode(data)
    assert (found.encoding, found.text) == (encoding, text)
    assert bool(found.warnings) == (encoding in {"tcvn3", "vni", "cp1258", "utf8-as-latin1"})


def test_a_few_broken_bytes_are_said() -> None:
    data = bytearray((PLAN * 20).encode())
    data[data.index("ò".encode()) + 1] = 0xFF
    found = decode(bytes(data))
    assert found.encoding == "utf-8"
    assert "byte hỏng" in found.warnings[0]


@pytest.mark.parametrize(
    "data, error",
    [
        ("Ђурађ, всем привет и до свидания".encode("cp1251"), BadEncoding),
        ("工作计划和实施方案".encode("gb18030") * 5, BadEncoding),
        (b"\x93\xfe\x81\xb2\xc3\xd0\xe1\xff" * 9, BadEncoding),
        (PLAN.encode() + b"\0\1\2\3", WrongType),
        (b"\xff\xfe" + bytes(range(1, 255)) * 4, BadEncoding),
        (b"", EmptyFile),
        (b" \r\n\t\n", EmptyFile),
        ("\ufeff\n".encode(), EmptyFile),
    ],
)
def test_what_cannot_be_text_is_refused(tmp_path: Path, data: bytes, error: type[ReadError]) -> None:
    path = tmp_path / "van-ban.txt"
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        read_text(path)
    assert caught.value.path == str(path)


def test_lines_are_kept_one_block_each(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Một \r\n\r\n\fHai\rBa\u2028bốn\n\x1a".encode())
    document = read(path)
    assert [(b.style, b.pieces[0].text, b.pieces[0].anchor) for b in document.blocks] == [
        ("line", "Một ", LineAnchor(1)),
        ("blank", "", LineAnchor(2)),
        ("line", "\fHai", LineAnchor(3)),
        ("line", "Ba\u2028bốn", LineAnchor(4)),
    ]
    assert all(b.label is None and len(b.pieces) == 1 for b in document.blocks)
    assert document.media_type == "text/plain"
    assert len(document.sha256) == 64


def test_too_many_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("chữ\n".encode() * 200_001)
    with pytest.raises(TooLarge):
        read_text(path)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0\x1a"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_lines_join_back_to_the_text(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert "\n".join(line_block(line, n).pieces[0].text for n, line in enumerate(lines, 1)) == "\n".join(lines)


MARKDOWN: list[tuple[str, str, str, bool]] = [
    ("# KẾ HOẠCH", "heading", "KẾ HOẠCH", True),
    ("### II. Nhiệm vụ ###", "heading", "II. Nhiệm vụ", True),
    ("# BỘ XÂY DỰNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "line", "BỘ XÂY DỰNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
    ("# CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "heading", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", True),
    ("**I. MỤC ĐÍCH**", "line", "I. MỤC ĐÍCH", True),
    ("**Thực hiện** Quy định số 12\\-QĐ/TW", "line", "Thực hiện Quy định số 12-QĐ/TW", False),
    ("1\\. Giao *Văn phòng* chủ trì", "line", "1. Giao Văn phòng chủ trì", False),
    ("- Việc __một__ và _hai_", "line", "- Việc một và hai", False),
    ("* Ghi chú: 2 * 3 = 6", "line", "* Ghi chú: 2 * 3 = 6", False),
    ("Số: ____/KH-UBND", "line", "Số: ____/KH-UBND", False),
    ("theo [Quyết định](http://vi.du/qd) này<br>", "line", "theo Quyết định này", False),
    ("> trích dẫn", "line", "trích dẫn", False),
    ("ten_tep_van_ban.txt", "line", "ten_tep_van_ban.txt", False),
    ("---", "blank", "", False),
    ("=====", "blank", "", False),
    ('<div align="center">KẾ HOẠCH</div>', "line", "KẾ HOẠCH", False),
    ("", "blank", "", False),
]


@pytest.mark.parametrize("line, style, text, bold", MARKDOWN)
def test_markdown_line(line: str, style: str, text: str, bold: bool) -> None:
    (block,) = markdown_blocks([line])
    piece = block.pieces[0]
    assert (block.style, piece.text, piece.bold) == (style, text, bold)
    assert piece.raw == (line if line != text else None)


ITALICS: list[tuple[list[str], list[str]]] = [
    (["*b) Phòng chống bệnh", "đường ruột*"], ["b) Phòng chống bệnh", "đường ruột"]),
    (["* Rà soát kho", "báo cáo*"], ["* Rà soát kho", "báo cáo*"]),
    (["*Lưu ý: nộp sổ", "", "đúng hạn*"], ["*Lưu ý: nộp sổ", "", "đúng hạn*"]),
    (["*Trạm Y tế* phun thuốc", "tại *các thôn*"], ["Trạm Y tế phun thuốc", "tại các thôn"]),
]


@pytest.mark.parametrize("lines, read", ITALICS)
def test_italics_over_several_lines_lose_their_stars_a_bullet_keeps_its_own(lines: list[str], read: list[str]) -> None:
    blocks = markdown_blocks(lines)
    assert [b.pieces[0].text for b in blocks] == read
    assert [b.pieces[0].raw or b.pieces[0].text for b in blocks] == lines


def _cells(block: RawBlock) -> list[tuple[int, int, str]]:
    return [(c.row, c.column, " / ".join(p.pieces[0].text for p in c.paragraphs)) for c in block.cells]


@pytest.mark.parametrize("bar", ["|:--|--:|", "|:-:|---|", "| -: | :- |"])
def test_markdown_table(bar) -> None:
    blocks = markdown_blocks(["Trước", "| STT | Việc |", bar, "| 1 | **Rà soát**<br>báo cáo |", "| 2 | a \\| b |", "Sau"])
    assert [b.kind for b in blocks] == ["paragraph", "table", "paragraph"]
    assert _cells(blocks[1]) == [(0, 0, "STT"), (0, 1, "Việc"), (1, 0, "1"), (1, 1, "Rà soát / báo cáo"), (2, 0, "2"), (2, 1, "a | b")]
    assert blocks[1].cells[3].paragraphs[0].pieces[0].anchor == LineAnchor(4)
    assert not blocks[1].layout


HTML: list[tuple[str, str, list[tuple[str | None, str]]]] = [
    ("paragraphs and breaks", "<p>Một <b>hai</b>\n ba<br>bốn</p>năm", [(None, "Một hai ba"), (None, "bốn"), (None, "năm")]),
    ("word cut by bold", "<p>Kế ho<b>ạch</b></p>", [(None, "Kế hoạch")]),
    ("ordered", "<ol start=3><li>a</li><li value=7>b</li><li>c</li></ol>", [("3.", "a"), ("7.", "b"), ("8.", "c")]),
    ("letters", "<ol type=a><li>x</li><li>y</li></ol>", [("a.", "x"), ("b.", "y")]),
    ("roman", '<ol style="list-style-type: upper-roman"><li value=4>x<li>y</ol>', [("IV.", "x"), ("V.", "y")]),
    ("nested", "<ol><li>x<ul><li>y</li></ul></li><li><p>z</p><p>t</p></li></ol>", [("1.", "x"), ("-", "y"), ("2.", "z"), (None, "t")]),
    ("typed label wins", "<ol><li>1. x</li></ol>", [(None, "1. x")]),
    ("no label shown", '<ul style="list-style:none"><li>x</li></ul>', [(None, "x")]),
    ("word list", "<p><![if !supportLists]><span>1.&nbsp;</span><![endif]>Việc</p>", [(None, "1.\xa0Việc")]),
    ("hidden", '<p style="display: none">ẩn</p><script>x()</script><p hidden>ẩn</p><p>hiện</p>', [(None, "hiện")]),
    ("comment", "<!--[if gte mso 9]><xml><w:x>1</w:x></xml><![endif]--><p>hiện</p>", [(None, "hiện")]),
    ("deleted", "<p>Nộp <s>cũ </s><del>trước ngày 05</del>trước ngày 15.</p>", [(None, "Nộp trước ngày 15.")]),
    ("tabs of the page's source", "<p>\n\t\tMột\n\thai\tba</p>", [(None, "Một hai ba")]),
    ("page layout", "<table><tr><td><p>một</p></td></tr></table>", [(None, "một")]),
]


@pytest.mark.parametrize("gap", ["\t", "&nbsp;" * 9, "<span style='mso-tab-count:1'>&nbsp; </span>"])
def test_html_head_set_with_tabs(gap: str) -> None:
    rows = (("UBND TỈNH AN BÌNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Số: 12/KH-UBND", "An Bình, ngày 05 tháng 3 năm 2026"))
    page = "".join(f"<p>{left}{gap}{right}</p>" for left, right in rows)
    (table,) = read_html(f"<html><body>{page}</body></html>".encode(), "trang.html").blocks
    assert table.layout
    assert [[p.pieces[0].text for p in cell.paragraphs] for cell in table.cells] == [list(side) for side in zip(*rows, strict=True)]


@pytest.mark.parametrize("page, expected", [c[1:] for c in HTML], ids=[c[0] for c in HTML])
def test_html_blocks(page: str, expected: list[tuple[str | None, str]]) -> None:
    blocks = read_html(f"<html><body>{page}</body></html>".encode(), "trang.html").blocks
    assert [(b.label, b.pieces[0].text) for b in blocks] == expected


@pytest.mark.parametrize(
    "cells, layout",
    [
        (["SỞ Y TẾ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], True),
        (["TỈNH ỦY\nSố 12-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM"], True),
        (["SỞ Y TẾ\nSố: ……/KH-SYT", "Hà Nội, ngày tháng năm"], True),
        (["Nơi nhận:\n- Như trên;", "GIÁM ĐỐC"], True),
        (["Số/ký hiệu", "Nội dung"], False),
        (["STT", "Nhiệm vụ", "Đơn vị chủ trì"], False),
        (["STT", "Nhiệm vụ", "Nơi nhận kết quả", "Thời hạn"], False),
        ([], False),
    ],
)
def test_letterhead_is_told_from_data(cells: list[str], layout: bool) -> None:
    lines = [tuple(RawBlock("paragraph", (Piece(line, LineAnchor(1)),)) for line in cell.split("\n")) for cell in cells]
    made = [RawCell(0, column, paragraphs) for column, paragraphs in enumerate(lines)]
    assert is_letterhead(made) is layout


def test_html_table_spans_and_layout() -> None:
    page = """<table><tr><td>SỞ Y TẾ</td><td>CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM</td></tr></table>
    <table><thead><tr><th rowspan=2>STT<th colspan=2>Việc</tr><tr><th>a<th>b</tr></thead><tr><td>1<td>x<td>y<br>z</tr></table>"""
    header, table = read_html(page.encode(), "a.html").blocks
    assert header.layout
    assert not table.layout
    assert _cells(table) == [(0, 0, "STT"), (0, 1, "Việc"), (1, 1, "a"), (1, 2, "b"), (2, 0, "1"), (2, 1, "x"), (2, 2, "y / z")]
    assert [c.header for c in table.cells] == [True] * 4 + [False] * 3
    assert (table.cells[0].row_span, table.cells[1].column_span) == (2, 2)


def test_html_footnote_font_and_nav() -> None:
    page = """<nav>Trang chủ</nav><p>Theo luật<a href="#_ftn1" name="_ftnref1"><sup>[1]</sup></a> này</p>
    <p><font face=".VnTime">KÕ ho¹ch</font> 2004</p><div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a> Xem phụ lục</p></div>"""
    document = read_html(page.encode(), "a.html")
    assert [(b.kind, b.notes, b.note, b.pieces[0].text) for b in document.blocks] == [
        ("furniture", (), None, "Trang chủ"),
        ("paragraph", ("1",), None, "Theo luật này"),
        ("paragraph", (), None, "Kế hoạch 2004"),
        ("footnote", (), "1", "Xem phụ lục"),
    ]
    assert document.blocks[2].pieces[0].raw == "KÕ ho¹ch 2004"
    assert "TCVN3" in document.warnings[0]


def test_saved_page(tmp_path: Path) -> None:
    path = tmp_path / "trang.doc"
    body = "<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>"
    path.write_text(
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=bien\n\n--bien\nContent-Type: text/html; charset=utf-8\n"
        f"Content-Transfer-Encoding: quoted-printable\n\n{body}\n--bien--\n"
    )
    document = read(path)
    assert [b.pieces[0].text for b in document.blocks] == ["Kế hoạch"]
    assert document.media_type == "multipart/related"


def test_deep_page_is_refused() -> None:
    with pytest.raises(TooLarge):
        read_html(("<div>" * 5000 + "chữ").encode(), "sau.html")
