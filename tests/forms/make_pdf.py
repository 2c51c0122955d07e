"""Small PDF files for tests, drawn with plain operators: every place, font name and trap is set by the test itself.

Fonts are not embedded: a composite font with Identity-H codes, own widths and a ToUnicode map is enough for reading, so the files are
a few kB and the same on every machine. ``Sheet`` draws; ``write_pdf`` saves; ``flow`` sets paragraphs the way Word does.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pikepdf

A4 = (595.0, 842.0)
_NARROW, _WIDE = set("iljtfrI.,;:'|!()[]/-"), set("mwMWƠƯ")


def width_of(text: str, size: float) -> float:
    """Width of a text in the made-up font, in points."""
    return sum(_advance(c) for c in text) * size / 1000


def _advance(sign: str) -> int:
    base = unicodedata.normalize("NFD", sign)[0]
    if unicodedata.combining(sign):
        return 0
    if base == " ":
        return 250
    return 300 if base in _NARROW else 780 if base in _WIDE else 680 if base.isupper() else 490


@dataclass
class Sheet:
    """One page. ``y`` is counted from the top, as a reader delivers it."""

    size: tuple[float, float] = A4
    rotate: int = 0
    ops: list[bytes] = field(default_factory=list)
    fonts: dict[str, set[str]] = field(default_factory=dict)
    images: list[tuple[float, float, float, float]] = field(default_factory=list)

    def text(
        self, x: float, y: float, text: str, size: float = 14, font: str = "TimesNewRoman", *, mode: int = 0, scaled: bool = False
    ) -> float:
        """Draw one string with one operator; its right end. ``mode`` 3 is invisible; ``scaled`` puts the size into the matrix."""
        self.fonts.setdefault(font, set()).update(text)
        codes = "".join(f"{ord(c):04X}" for c in text)
        place = f"{size} 0 0 {size} {x:.2f} {self.size[1] - y:.2f} Tm" if scaled else f"1 0 0 1 {x:.2f} {self.size[1] - y:.2f} Tm"
        self.ops.append(f"BT /{font} {1 if scaled else size} Tf {mode} Tr {place} <{codes}> Tj ET".encode())
        return x + width_of(text, size)

    def turned(self, x: float, y: float, text: str, size: float = 14, font: str = "TimesNewRoman") -> None:
        """Draw a string that runs upwards."""
        self.fonts.setdefault(font, set()).update(text)
        codes = "".join(f"{ord(c):04X}" for c in text)
        self.ops.append(f"BT /{font} {size} Tf 0 1 -1 0 {x:.2f} {self.size[1] - y:.2f} Tm <{codes}> Tj ET".encode())

    def words(self, x: float, y: float, text: str, size: float = 14, font: str = "TimesNewRoman") -> None:
        """Draw word by word without blank characters, as some printers do."""
        for word in text.split():
            x = self.text(x, y, word, size, font) + width_of(" ", size)

    def centre(self, middle: float, y: float, text: str, size: float = 14, font: str = "TimesNewRoman") -> None:
        self.text(middle - width_of(text, size) / 2, y, text, size, font)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> None:
        high = self.size[1]
        self.ops.append(f"{width} w {x0:.2f} {high - y0:.2f} m {x1:.2f} {high - y1:.2f} l S".encode())

    def bar(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A filled rectangle: Word draws rulings so."""
        self.ops.append(f"{x0:.2f} {self.size[1] - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f".encode())

    def image(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A grey picture over an area."""
        self.images.append((x0, y0, x1, y1))
        self.ops.append(f"q {x1 - x0:.2f} 0 0 {y1 - y0:.2f} {x0:.2f} {self.size[1] - y1:.2f} cm /Im0 Do Q".encode())

    def table(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str | None]], size: float = 12) -> None:
        """A ruled table. A cell None is joined with the one on its left; "^" with the one above; lines in a cell are cut by "\\n"."""
        for r, row in enumerate(rows):
            for c, cell in enumerate(row):
                if cell != "^":
                    self.line(xs[c], ys[r], xs[c + 1], ys[r])
                if cell is not None:
                    self.line(xs[c], ys[r], xs[c], ys[r + 1])
                if cell and cell != "^":
                    for n, part in enumerate(cell.split("\n")):
                        self.text(xs[c] + 5, ys[r] + 13 + n * size * 1.2, part, size)
            self.line(xs[-1], ys[r], xs[-1], ys[r + 1])
        self.line(xs[0], ys[len(rows)], xs[-1], ys[len(rows)])


def stamp(path: Path, x: float, y: float, text: str, size: float = 13) -> Path:
    """Put text on the first page as a stamp annotation, as programs for numbering and signing do."""
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        codes = "".join(f"{ord(c):04X}" for c in text)
        wide, high = width_of(text, size) + 4, size * 1.5
        look = pdf.make_stream(
            f"BT /F {size} Tf 1 0 0 1 2 5 Tm <{codes}> Tj ET".encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form,
            BBox=[0, 0, wide, high], Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=_font(pdf, "TimesNewRoman", set(text)))),
        )  # fmt: skip
        page = pdf.pages[0]
        low = float(page.mediabox[3]) - y - 5
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Stamp, Rect=[x - 2, low, x - 2 + wide, low + high], F=4,
            AP=pikepdf.Dictionary(N=look),
        )  # fmt: skip
        page.Annots = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(note)]))
        pdf.save(path, deterministic_id=True)
    return path


def wrap(text: str, width: float, first: float = 36, size: float = 14) -> list[str]:
    """Lines of a paragraph of that width, the first shorter by ``first``."""
    lines: list[str] = []
    line: list[str] = []
    for word in text.split():
        room = width - (0 if lines else first)
        if line and width_of(" ".join([*line, word]), size) > room:
            lines.append(" ".join(line))
            line = []
        line.append(word)
    return [*lines, " ".join(line)]


def flow(
    sheet: Sheet, y: float, text: str, *, left: float = 85, right: float = 540, first: float = 36, size: float = 14,
    font: str = "TimesNewRoman", lead: float = 1.4,
) -> float:  # fmt: skip
    """Set one paragraph, ragged right, and give the baseline of the next line."""
    for n, line in enumerate(wrap(text, right - left, first, size)):
        sheet.text(left + (0 if n else first), y, line, size, font)
        y += lead * size
    return y


def write_pdf(path: Path, sheets: Sequence[Sheet], *, password: str | None = None) -> Path:
    """Save the sheets as a PDF, protected by a user password if given."""
    with pikepdf.new() as pdf:
        for sheet in sheets:
            resources = pikepdf.Dictionary(
                Font=pikepdf.Dictionary({f"/{name}": _font(pdf, name, signs) for name, signs in sorted(sheet.fonts.items())})
            )
            if sheet.images:
                grey = pdf.make_stream(b"\x80", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
                grey.ColorSpace, grey.BitsPerComponent = pikepdf.Name.DeviceGray, 8
                resources.XObject = pikepdf.Dictionary(Im0=grey)
            page = pikepdf.Dictionary(
                Type=pikepdf.Name.Page, MediaBox=[0, 0, *sheet.size], Rotate=sheet.rotate, Resources=resources,
                Contents=pdf.make_stream(b"\n".join(sheet.ops)),
            )  # fmt: skip
            pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        guard = pikepdf.Encryption(user=password, owner=password) if password else False
        pdf.save(path, deterministic_id=not password, encryption=guard)
    return path


def _font(pdf: pikepdf.Pdf, name: str, signs: set[str]) -> pikepdf.Object:
    ordered = sorted(signs)
    chars = "\n".join(f"<{ord(c):04X}> <{ord(c):04X}>" for c in ordered)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <FFFF> endcodespacerange\n{len(ordered)} beginbfchar\n{chars}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    )
    base = pikepdf.Name(f"/{name}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor, FontName=base, Flags=4, FontBBox=[0, -200, 1000, 900], ItalicAngle=0, Ascent=900, Descent=-200,
        CapHeight=700, StemV=80,
    )  # fmt: skip
    widths: list[object] = []
    for sign in ordered:
        widths += [ord(sign), pikepdf.Array([_advance(sign)])]
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.CIDFontType2, BaseFont=base, FontDescriptor=pdf.make_indirect(descriptor), DW=500,
        W=pikepdf.Array(widths), CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
    )  # fmt: skip
    return pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type0, BaseFont=base, Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(descendant)], ToUnicode=pdf.make_stream(cmap.encode()),
        )
    )  # fmt: skip
