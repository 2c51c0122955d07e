"""Whole plans as Word files in the dress of offices: letterhead, lists counted by Word or typed, tables, signature, drawn by a seed.

A layout gives the tasks and the lines or the grid that tell them; ``dressed`` sets them as some office would, so that the same plan can
be read from the Word file and from what LibreOffice prints or saves of it.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

from pipeline.ingest import legacy
from tests.forms import make_word
from tests.forms.composed import HEAD, TAIL, File, Layout, Task, drawn
from tests.forms.grids import UP, Grid, spans_of
from tests.forms.make_word import level, p, r

_ITEM = re.compile(
    r"(?:(?P<roman>[IVX]+)\.|(?P<digit>\d{1,2})\.|(?P<dotted>\d{1,2}\.\d{1,2})\.|(?P<letter>[a-zđ])\)|(?P<dash>-)|(?P<plus>\+))\s+"
)
_LEVEL = {"roman": 0, "digit": 1, "dotted": 2, "letter": 3, "dash": 4, "plus": 5}
_LISTS = (
    level(0, "upperRoman", "%1.") + level(1, "decimal", "%2.") + level(2, "decimal", "%2.%3.") + level(3, "lowerLetter", "%4)")
    + level(4, "bullet", "-", font="Times New Roman") + level(5, "bullet", "+", font="Times New Roman")
)  # fmt: skip
_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
_WIDE = 9300
"""Twentieths of a point between the margins of a page."""
_STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:cs="Times New Roman"/>'
    '<w:sz w:val="{0}"/><w:szCs w:val="{0}"/></w:rPr></w:rPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
)
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_PAGE_NUMBER = p(_FIELD.format("begin") + "<w:r><w:instrText>PAGE</w:instrText></w:r>" + _FIELD.format("end"), align="center")
_GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Quyết định số 214/QĐ-UBND ngày 30 tháng 12 năm 2025 của Ủy ban nhân dân tỉnh về giao chỉ tiêu kế hoạch phát triển kinh tế - "
    "xã hội năm 2026;",
    "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 31/TTr-SNV ngày 08 tháng 01 năm 2026;",
)
_AIMS = (
    "Xác định rõ nội dung công việc, thời gian, tiến độ và trách nhiệm của từng cơ quan, đơn vị, bảo đảm sự thống nhất trong chỉ đạo.",
    "Bảo đảm sự phối hợp chặt chẽ, thống nhất trong chỉ đạo, kịp thời tháo gỡ khó khăn, vướng mắc phát sinh trong quá trình thực hiện.",
    "Việc triển khai phải thiết thực, tiết kiệm, hiệu quả, thống nhất trong chỉ đạo, tránh hình thức.",
)
TITLE = ("Nâng cao chất lượng phục vụ người dân và doanh nghiệp", "năm 2026")
RECIPIENTS = ("Thường trực Tỉnh ủy", "Chủ tịch, các PCT UBND tỉnh", "Các sở, ban, ngành tỉnh", "UBND các xã, phường")


@dataclass(slots=True)
class Look:
    """How one office sets its papers. Sizes in half points, indents in twentieths of a point."""

    rng: random.Random
    size: int = 28
    first: int = 720
    after: int = 120
    auto: frozenset[str] = frozenset()
    """Marks that Word counts by itself."""
    split: bool = False
    """Runs cut anywhere, as spelling and revisions cut them."""
    tabbed: bool = False
    """A tab behind typed numbers."""
    table: int = 24
    head: str = "rows"
    """The letterhead: a table of two rows or of one, or lines with tabs."""
    dashes: bool = False
    title: str = "lines"
    repeat: bool = True
    """The head of the table again on every page."""
    whole: bool = False
    """Rows are not cut by the end of a page."""
    landscape: bool = False
    """The table stands in an annex across."""
    tabs_sign: bool = False
    borders: str = "single"
    short: bool = False
    """Nothing but one sentence before the tasks."""
    extra: frozenset[str] = frozenset()
    """``split``, ``apart``, ``cut``, ``framed``, ``nested``: what became of the table; ``nfd``, ``tcvn3``, ``vni``: how letters are
    stored; ``narrow``: columns hardly as wide as their words."""

    @classmethod
    def drawn(cls, rng: random.Random) -> Look:
        marks = [frozenset(some) for some in ((), (), _LEVEL, ("roman", "digit"), ("dash", "plus"), ("digit", "dash", "plus"))]
        return cls(
            rng, rng.choice((26, 28, 28)), rng.choice((720, 567, 709, 0)), rng.choice((60, 120, 80)), rng.choice(marks),
            rng.random() < 0.4, rng.random() < 0.3, rng.choice((22, 24, 24, 26)), rng.choice(("rows", "rows", "one", "tabs")),
            rng.random() < 0.3, rng.choice(("lines", "breaks", "one")), rng.random() < 0.6, rng.random() < 0.5, rng.random() < 0.3,
            rng.random() < 0.3, short=rng.random() < 0.15,
        )  # fmt: skip


def runs(text: str, look: Look, *, bold: bool = False, italic: bool = False, size: int = 0) -> str:
    """One line as runs."""
    extra = ("<w:i/>" if italic else "") + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    if family := next((name for name in ("tcvn3", "vni") if name in look.extra), ""):
        return _old_letters(text, family, bold, extra)
    text = unicodedata.normalize("NFD", text) if "nfd" in look.extra else text
    if not look.split or len(text) < 20:
        return r(text, bold=bold, extra=extra)
    cuts = sorted(look.rng.sample(range(1, len(text)), 2 + look.rng.randrange(3)))
    parts = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return look.rng.choice(("", '<w:proofErr w:type="spellStart"/>')).join(r(part, bold=bold, extra=extra) for part in parts)


def _old_letters(text: str, family: str, bold: bool, extra: str) -> str:
    """The text in a font of before Unicode; capitals of TCVN3 have a font of their own."""
    if family == "vni":
        back = {shown: stored for stored, shown in legacy._VNI.items()}
        return r("".join(back.get(c, c) for c in text), bold=bold, font="VNI-Times", extra=extra)
    codes = {shown: chr(code) for code, shown in legacy._TCVN3.items() if not unicodedata.combining(shown)}
    parts: list[tuple[str, bool]] = []
    for c in text:
        capital = text.isupper() or (c.isupper() and c not in codes and not c.isascii()) if c.isalpha() else bool(parts and parts[-1][1])
        stored = codes.get(c.lower() if capital else c, c.lower() if capital else c)
        parts[-1:] = [(parts[-1][0] + stored, capital)] if parts and parts[-1][1] == capital else [*parts[-1:], (stored, capital)]
    return "".join(r(part, bold=bold, font=".VnTimeH" if capital else ".VnTime", extra=extra) for part, capital in parts)


def para(
    text: str, look: Look, *, bold: bool = False, italic: bool = False, align: str = "both", first: int | None = None,
    num: tuple[int, int] | None = None, size: int = 0, extra: str = "",
) -> str:  # fmt: skip
    """A paragraph; "\\v" ends a line in it, "\\t" is a tab."""
    lines = ("<w:r><w:tab/></w:r>".join(runs(part, look, bold=bold, italic=italic, size=size) for part in line.split("\t")) for line in text.split("\v"))
    left = ' w:left="0"' if num else ""
    indent = f'<w:ind{left} w:firstLine="{look.first if first is None else first}"/>'
    space = f'<w:spacing w:before="{look.after}" w:after="{look.after}"/>'
    return p("<w:r><w:br/></w:r>".join(lines), num=num, align=align, extra=f"{space}{indent}{extra}")


def item(line: str, look: Look) -> str:
    """A line of the plan: its mark typed, or counted by Word."""
    found = _ITEM.match(line)
    if not found:
        return para(line, look)
    kind, rest = found.lastgroup or "", line[found.end() :]
    bold = kind == "roman" or (kind == "digit" and len(rest) < 60 and look.rng.random() < 0.7)
    if kind in look.auto:
        return para(rest, look, bold=bold, num=(1, _LEVEL[kind]))
    mark = line[: found.end()].rstrip()
    return para(f"{mark}{chr(9) if look.tabbed else ' '}{rest}", look, bold=bold)


def cell(inner: str, width: int, *, span: int = 1, merge: str = "", middle: bool = False) -> str:
    look = f'<w:tcW w:w="{width}" w:type="dxa"/>' + (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "")
    look += '<w:vMerge w:val="restart"/>' if merge == "restart" else "<w:vMerge/>" if merge else ""
    look += '<w:vAlign w:val="center"/>' if middle else ""
    return f"<w:tc><w:tcPr>{look}</w:tcPr>{inner}</w:tc>"


def table_xml(rows: Sequence[Sequence[str]], widths: Sequence[int], borders: str = "nil", heads: int = 0, whole: bool = False) -> str:
    """A table with columns of fixed width. ``borders``: ``single``, ``nil``, or ``level`` for rulings across alone."""
    shown = ("top", "bottom", "insideH") if borders == "level" else _SIDES
    style = "single" if borders == "level" else borders
    lines = {side: style if side in shown else "nil" for side in _SIDES}
    sides = "".join(f'<w:{side} w:val="{kind}" w:sz="4" w:space="0" w:color="000000"/>' for side, kind in lines.items())
    out = ""
    for n, row in enumerate(rows):
        marks = ("<w:cantSplit/>" if whole else "") + ("<w:tblHeader/>" if n < heads else "")
        out += f"<w:tr><w:trPr>{marks}</w:trPr>{''.join(row)}</w:tr>"
    look = f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{sides}</w:tblBorders><w:tblLayout w:type="fixed"/>'
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return f"<w:tbl><w:tblPr>{look}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{out}</w:tbl>"


def letterhead(lines: Sequence[str], look: Look) -> str:
    """Issuer and motto side by side; number and date below them. ``lines``: two of the issuer, number, two of the motto, date."""
    above, own, number, motto, words, date = lines
    if look.head == "tabs":
        stops = '<w:tabs><w:tab w:val="center" w:pos="1800"/><w:tab w:val="center" w:pos="6500"/></w:tabs>'
        pairs = ((above, motto), (own, words), (number, date))
        return "".join(para(f"\t{a}\t{b}", look, first=0, align="left", extra=stops, size=26) for a, b in pairs)

    def mid(text: str, *, bold: bool = False, italic: bool = False) -> str:
        return para(text, look, align="center", first=0, size=26, bold=bold, italic=italic)

    left = mid(above) + mid(own, bold=True) + (mid("-------") if look.dashes else "")
    right = mid(motto, bold=True) + mid(words, bold=True) + (mid("---------------") if look.dashes else "")
    low = [cell(mid(number), 3600), cell(mid(date, italic=True), 5700)]
    if look.head == "rows":
        return table_xml([[cell(left, 3600), cell(right, 5700)], low], (3600, 5700))
    return table_xml([[cell(left + mid(number), 3600), cell(right + mid(date, italic=True), 5700)]], (3600, 5700))


def titled(kind: str, title: Sequence[str], look: Look) -> str:
    lines = ["\v".join(title)] if look.title == "breaks" else [" ".join(title)] if look.title == "one" else title
    return "".join(para(line, look, bold=True, align="center", first=0) for line in (kind, *lines))


def signature(recipients: Sequence[str], signer: Sequence[str], look: Look) -> str:
    """Recipients on the left, the signer on the right. ``signer``: in whose name, the post, the name."""
    *posts, name = signer
    if look.tabs_sign:
        stops = '<w:tabs><w:tab w:val="center" w:pos="6800"/></w:tabs>'
        rows, sides = ["Nơi nhận:", *recipients], [*posts, "", "", name]
        size = max(len(rows), len(sides))
        pairs = zip(rows + [""] * (size - len(rows)), sides + [""] * (size - len(sides)), strict=True)
        return "".join(para(f"{a}\t{b}" if b else a, look, first=0, align="left", extra=stops) for a, b in pairs)
    left = para("Nơi nhận:", look, align="left", first=0, bold=True, italic=True, size=24)
    left += "".join(para(x, look, align="left", first=0, size=22) for x in recipients)
    right = "".join(para(x, look, align="center", first=0, bold=True) for x in (*posts, "", "", "", "", name))
    return table_xml([[cell(left, 4600), cell(right, 4700)]], (4600, 4700))


def widths_of(grid: Grid, look: Look, wide: int) -> list[int]:
    """Columns as wide as their words need, and more for those that hold much."""
    own = [[str(row[c]) for n, row in enumerate(grid) if row[c] not in (None, UP) and spans_of(grid, n, c)[0] == 1] for c in range(len(grid[0]))]
    shares = [min(max([5, *map(len, cells)]), 90) ** 0.62 for cells in own]
    per, pad = (4, 150) if "narrow" in look.extra else (6, 260)
    least = [max([2, *(len(w) for text in cells for w in text.split())]) * look.table * per + pad for cells in own]
    room = max(0, wide - sum(least))
    return [int(w + room * s / sum(shares)) for w, s in zip(least, shares, strict=True)]


def gridded(grid: Grid, heads: int, look: Look, *, wide: int = _WIDE, widths: Sequence[int] = ()) -> str:
    """A task table."""
    widths = widths or widths_of(grid, look, wide)
    counted = look.auto and [row[0] for row in grid[heads:]] == [str(n) for n in range(1, len(grid) - heads + 1)]
    rows = []
    for n, row in enumerate(grid):
        cells = []
        for c, text in enumerate(row):
            if text is None:
                continue
            span = spans_of(grid, n, c)[0]
            width = sum(widths[c : c + span])
            if text == UP:
                cells.append(cell("<w:p/>", width, span=span, merge="continue"))
                continue
            merge = "restart" if n + 1 < len(grid) and grid[n + 1][c] == UP else ""
            bold = n < heads or span > 2 or (str(row[0]).isupper() and not str(row[0]).isdigit())
            align = "center" if n < heads or c == 0 or len(text) < 14 else look.rng.choice(("left", "both"))
            if counted and n >= heads and c == 0:
                inner = para("", look, first=0, num=(2, 0), align="center", size=look.table)
            else:
                inner = "".join(_line(line, look, bold, align) for line in text.split("\n"))
            cells.append(cell(inner, width, span=span, merge=merge, middle=n < heads or look.rng.random() < 0.3))
        rows.append(cells)
    return table_xml(rows, widths, look.borders, heads if look.repeat else 0, look.whole)


def _line(line: str, look: Look, bold: bool, align: str) -> str:
    if "dash" in look.auto and line.startswith("- "):
        return para(line[2:], look, bold=bold, align=align, first=0, size=look.table, num=(3, 4))
    return para(line, look, bold=bold, align=align, first=0, size=look.table)


def section(*, landscape: bool = False) -> str:
    size = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>' if landscape else '<w:pgSz w:w="11906" w:h="16838"/>'
    margins = '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1701" w:header="567" w:footer="567"/>'
    return f'<w:sectPr><w:headerReference w:type="default" r:id="HEADER"/>{size}{margins}<w:titlePg/></w:sectPr>'


def save(path: Path, body: str, look: Look, **parts: str) -> Path:
    present = [name for name in make_word._PARTS if name in {"styles", "numbering", "header", *parts}]
    lists = make_word.numbering({1: _LISTS, 2: level(0, "decimal", "%1"), 3: _LISTS}, {1: 1, 2: 2, 3: 3})
    body = body.replace("HEADER", f"rId{present.index('header') + 1}")
    return make_word.docx(path, body, styles=_STYLES.format(look.size), numbering=lists, header=_PAGE_NUMBER, **parts)


def _tables(grid: Grid, heads: int, look: Look) -> str:
    """The table, or what an office made of it: parted under headings or by an empty line, its head alone, framed by another."""
    widths = widths_of(grid, look, _WIDE)
    starts = [n for n in range(heads + 1, len(grid)) if UP not in grid[n]]
    half = starts[len(starts) // 2] if starts else len(grid)
    if "split" in look.extra:
        first, second = (gridded(part, h, look, widths=widths) for part, h in ((grid[:half], heads), (grid[half:], 0)))
        return item("1. Nhiệm vụ chung", look) + first + item("2. Nhiệm vụ trọng tâm", look) + second
    if {"apart", "cut"} & look.extra:
        at = heads if "apart" in look.extra else half
        return gridded(grid[:at], heads, look, widths=widths) + "<w:p/>" + gridded(grid[at:], 0, look, widths=widths)
    if {"framed", "nested"} & look.extra:
        inner, title = gridded(grid, heads, look, wide=_WIDE - 400) + "<w:p/>", para("Bảng phân công nhiệm vụ", look)
        if "framed" in look.extra:
            return table_xml([[cell(title + inner, _WIDE)]], [_WIDE], "single")
        return table_xml([[cell(title, _WIDE)], [cell(inner, _WIDE)]], [_WIDE])
    return gridded(grid, heads, look, widths=widths)


def body_of(told: str | tuple[Grid, int], look: Look) -> str:
    """The whole plan around its tasks: lines, or a grid with its count of head rows."""
    head, rng = HEAD.strip().split("\n"), look.rng
    out = letterhead(head[:6], look) + titled(head[6], TITLE, look)
    if not look.short:
        out += "".join(para(line, look, italic=rng.random() < 0.5) for line in rng.sample(_GROUNDS, rng.randrange(1, 3)))
    out += para(head[8], look) + item(head[9], look)
    if look.short:
        out += para(head[10], look)
    else:
        aims = rng.sample(_AIMS, 2)
        out += item("1. Mục đích", look) + para(aims[0], look) + item("2. Yêu cầu", look) + item(f"- {aims[1]}", look)
    out += item("II. NHIỆM VỤ", look)
    sign = signature([*(f"- {name};" for name in RECIPIENTS), "- Lưu: VT, NC."], TAIL.strip().split("\n")[-3:], look)
    if isinstance(told, str):
        return out + "".join(item(line, look) for line in told.split("\n") if line.strip()) + sign + section()
    if not look.landscape:
        return out + _tables(*told, look) + para("", look) + sign + section()
    out += para("(Chi tiết tại Phụ lục kèm theo)", look) + sign + f"<w:p><w:pPr>{section()}</w:pPr></w:p>"
    out += "".join(para(line, look, bold=True, align="center", first=0) for line in ("PHỤ LỤC", "PHÂN CÔNG NHIỆM VỤ"))
    out += para("(Kèm theo Kế hoạch số 57/KH-UBND ngày 12/01/2026 của UBND tỉnh)", look, italic=True, align="center", first=0)
    return out + gridded(*told, look, wide=13500) + para("", look) + section(landscape=True)


def told_by(layout: Layout, tasks: Sequence[Task], rng: random.Random) -> tuple[str | tuple[Grid, int], Sequence[Task]]:
    """What a layout writes, its grid before it goes into any file."""
    kept: list[tuple[Grid, int]] = []

    def keep(grid: Grid, rng: random.Random, heads: int = 1) -> str:
        kept.append((grid, heads))
        return ""

    with mock.patch.dict(layout.__globals__, written=keep):  # type: ignore[attr-defined]
        written, said = layout(tasks, rng)
    if kept:
        return kept[0], said
    assert isinstance(written, str), "the layout writes a file of its own"
    return written, said


def dressed(layout: Layout, seed: int, **look: object) -> tuple[File, Sequence[Task]]:
    """A plan of six tasks in one office's dress; ``look`` sets parts of it."""
    rng = random.Random(seed)
    told, said = told_by(layout, drawn(rng, 6), rng)
    own = replace(Look.drawn(rng), **look)  # type: ignore[arg-type]
    return File(".docx", lambda path: save(path, body_of(told, own), own)), said
