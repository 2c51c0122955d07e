"""Characters and rulings of one PDF page through PDFium's raw interface.

Places are in points from the top left corner of the page as displayed (rotation applied). Characters carry PDFium's *loose* box
(the advance width): ink boxes leave a gap around a "1" and would give "13 1-QĐ/TW". Content order is not believed: where a font
lacks letters the printer draws them after the line; the order of reading is found from the places.

The functions are bound once with plain integer pointers: three calls a character cost 1.5 times the bare text of PDFium, against
4.3 times through the typed wrappers.
"""

from __future__ import annotations

import ctypes
import unicodedata
from dataclasses import dataclass, field
from math import hypot
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.ingest.legacy import Family, family_of_font
from schemas.errors import TooLarge
from schemas.text import Box

_P, _I, _U, _F, _D = ctypes.c_void_p, ctypes.c_int, ctypes.c_uint, ctypes.c_float, ctypes.c_double


def _bind(name: str, result: Any, *arguments: Any) -> Any:
    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_unicode = _bind("FPDFText_GetUnicode", _U, _P, _I)
_loose_box = _bind("FPDFText_GetLooseCharBox", _I, _P, _I, _P)
_text_object = _bind("FPDFText_GetTextObject", _P, _P, _I)
_char_matrix = _bind("FPDFText_GetMatrix", _I, _P, _I, _P)
_char_origin = _bind("FPDFText_GetCharOrigin", _I, _P, _I, _P, _P)
_char_size = _bind("FPDFText_GetFontSize", _D, _P, _I)
_font_of = _bind("FPDFTextObj_GetFont", _P, _P)
_render_mode = _bind("FPDFTextObj_GetTextRenderMode", _I, _P)
_font_name = _bind("FPDFFont_GetBaseFontName", ctypes.c_ulong, _P, _P, ctypes.c_ulong)
_font_flags = _bind("FPDFFont_GetFlags", _I, _P)
_font_weight = _bind("FPDFFont_GetWeight", _I, _P)
_count_objects = _bind("FPDFPage_CountObjects", _I, _P)
_get_object = _bind("FPDFPage_GetObject", _P, _P, _I)
_form_count = _bind("FPDFFormObj_CountObjects", _I, _P)
_form_object = _bind("FPDFFormObj_GetObject", _P, _P, ctypes.c_ulong)
_object_type = _bind("FPDFPageObj_GetType", _I, _P)
_object_bounds = _bind("FPDFPageObj_GetBounds", _I, _P, _P, _P, _P, _P)
_object_matrix = _bind("FPDFPageObj_GetMatrix", _I, _P, _P)
_segment_count = _bind("FPDFPath_CountSegments", _I, _P)
_segment = _bind("FPDFPath_GetPathSegment", _P, _P, _I)
_segment_point = _bind("FPDFPathSegment_GetPoint", _I, _P, _P, _P)
_segment_type = _bind("FPDFPathSegment_GetType", _I, _P)
_draw_mode = _bind("FPDFPath_GetDrawMode", _I, _P, _P, _P)

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5  # FPDF_PAGEOBJ_*
_MOVE, _BEZIER = 2, 1  # FPDF_SEGMENT_*
_INVISIBLE = 3  # text render mode of OCR layers
_FILL_AND_STROKE = 2  # render mode by which printers make a font bold that has no bold
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18  # PDF 32000-1, table 123
THIN = 3.0  # points: a filled rectangle not thicker is a ruling
MAX_CHARACTERS = 100_000  # of a page; a full page of a plan has 3,500
MAX_EDGES = 6_000  # more is a drawing or a map, no table
MAX_SEGMENTS = 2_000  # of one path
MAX_DEPTH = 8  # of forms in forms
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"}

Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True, eq=False)
class Run:
    """What the characters of one text object share. ``baseline`` from the top in points; ``angle`` in quarter turns as displayed,
    4 for slanting text (watermarks)."""

    baseline: float
    size: float
    bold: bool = False
    italic: bool = False
    family: Family | None = None
    hidden: bool = False
    angle: int = 0


# (x0, x1, text, place in content order, run): a plain tuple, as a page holds 2,000 of them.
Glyph = tuple[float, float, str, int, Run]


@dataclass(frozen=True, slots=True)
class Edge:
    """A horizontal (y0 == y1) or vertical (x0 == x1) ruling."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.y0 == self.y1


@dataclass(slots=True)
class PageChars:
    """One page as read: upright characters in content order, turned ones apart, rulings, and what classing needs."""

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    turned: list[Glyph] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    paths: int = 0
    curves: int = 0
    image_share: float = 0.0
    hidden_share: float = 0.0
    odd_codes: int = 0
    crowded: bool = False  # more rulings than MAX_EDGES: they were not kept


class _Frame:
    """User space of a page → points from the top left as displayed."""

    def __init__(self, page: Any, extra: int = 0) -> None:
        self.turn = (int(page.get_rotation()) // 90 + extra) % 4
        x0, y0, x1, y1 = page.get_bbox()
        self.box = (x0, y0, x1, y1)
        across, up = x1 - x0, y1 - y0
        self.width, self.height = (up, across) if self.turn % 2 else (across, up)

    def point(self, x: Any, y: Any) -> tuple[Any, Any]:
        x0, y0, x1, y1 = self.box
        if self.turn == 0:
            return x - x0, y1 - y
        if self.turn == 1:
            return y - y0, x - x0
        if self.turn == 2:
            return x1 - x, y - y0
        return y1 - y, x1 - x


class FontTable:
    """What font names say, looked up once a document: (bold, italic, legacy family) by PDFium's font handle."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[bool, bool, Family | None]] = {}

    def look_up(self, handle: int | None) -> tuple[bool, bool, Family | None]:
        if not handle:
            return False, False, None
        if handle not in self._known:
            buffer = ctypes.create_string_buffer(256)
            _font_name(handle, ctypes.addressof(buffer), 256)
            name = buffer.value.decode("utf-8", errors="replace")
            low, flags = name.lower(), max(0, _font_flags(handle))
            named_bold = any(word in low for word in ("bold", "black", "heavy", "demi"))
            bold = named_bold or bool(flags & _FORCE_BOLD_FLAG) or _font_weight(handle) >= 600
            italic = "italic" in low or "oblique" in low or bool(flags & _ITALIC_FLAG)
            self._known[handle] = (bold, italic, family_of_font(name))
        return self._known[handle]

    def forget(self) -> None:
        """Handles die with their page: another font may get the same address."""
        self._known.clear()


def read_chars(page: pdfium.PdfPage, number: int, fonts: FontTable) -> PageChars:
    """Characters and rulings of one page (1-based ``number``). Closes the text page it opens. Raises ``TooLarge``."""
    textpage = page.get_textpage()
    try:
        handle, count = ctypes.cast(textpage.raw, _P).value or 0, raw.FPDFText_CountChars(textpage.raw)
        if count > MAX_CHARACTERS:
            raise TooLarge(f"Trang {number} có {count} ký tự, vượt giới hạn {MAX_CHARACTERS}.")
        frame = _Frame(page)
        out = PageChars(number, frame.width, frame.height)
        _read_text(handle, count, frame, fonts, out)
        if extra := _sideways(out):
            frame = _Frame(page, extra)
            out = PageChars(number, frame.width, frame.height)
            _read_text(handle, count, frame, fonts, out)
    finally:
        textpage.close()
    _read_objects(ctypes.cast(page.raw, _P).value or 0, frame, out)
    fonts.forget()
    return out


def _sideways(out: PageChars) -> int:
    """Quarter turns that put a page upright whose text is nearly all turned one way (a wide table printed on an upright sheet)."""
    if len(out.turned) < 100 or len(out.turned) < 4 * len(out.glyphs):
        return 0
    angles = [glyph[4].angle for glyph in out.turned]
    main = max((1, 2, 3), key=angles.count)
    return 4 - main if angles.count(main) > 0.8 * len(angles) else 0


def _read_text(handle: int, count: int, frame: _Frame, fonts: FontTable, out: PageChars) -> None:
    if count <= 0:
        return
    boxes = np.zeros((count, 4), np.float32)  # left, top, right, bottom
    address = boxes.ctypes.data
    codes, objects = [_unicode(handle, i) for i in range(count)], [_text_object(handle, i) for i in range(count)]
    for i in range(count):
        _loose_box(handle, i, address + 16 * i)
    ax, _ = frame.point(boxes[:, 0].astype(float), boxes[:, 3].astype(float))
    bx, _ = frame.point(boxes[:, 2].astype(float), boxes[:, 1].astype(float))
    lefts, rights = np.minimum(ax, bx).tolist(), np.maximum(ax, bx).tolist()
    runs: dict[int, Run] = {}
    hidden = 0
    glyphs, last, run = out.glyphs, 0, Run(0.0, 0.0)
    for i, (code, item) in enumerate(zip(codes, objects, strict=True)):
        if not item:
            continue  # a blank or line break that PDFium made up
        if item != last:
            run, last = runs.get(item) or _make_run(handle, i, item, frame, fonts), item
            runs[item] = run
        text = chr(code) if 32 <= code < 0xD800 else _sign(code)
        if text is None:
            out.odd_codes += 1
            continue
        if code == 32 and rights[i] - lefts[i] < 0.1:
            continue  # a blank of no width: made up where content order leaves a gap for letters of another font
        if code > 0x2FF and glyphs and unicodedata.combining(text[0]) and glyphs[-1][3] >= i - 2:
            before = glyphs[-1]  # a mark of decomposed text belongs to the letter before it, wherever it is drawn
            glyphs[-1] = (before[0], before[1], before[2] + text, i, before[4])
            continue
        if 0xE000 <= code <= 0xF8FF and run.family is None:
            out.odd_codes += 1
        hidden += run.hidden
        (glyphs if run.angle == 0 else out.turned).append((lefts[i], rights[i], text, i, run))
    out.hidden_share = hidden / max(1, len(glyphs) + len(out.turned))


def _sign(code: int) -> str | None:
    """A character as text; None for codes that no text holds. PDFium gives 2 for a hyphen at the end of a line."""
    if code >= 32:
        if code in _LIGATURES:
            return _LIGATURES[code]
        if 0xD800 <= code <= 0xDFFF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > 0x10FFFF:
            return None
        return chr(code)
    return {2: "-", 9: " ", 10: " ", 13: " "}.get(code)


def _make_run(handle: int, index: int, item: int, frame: _Frame, fonts: FontTable) -> Run:
    matrix = raw.FS_MATRIX()
    x, y = ctypes.c_double(), ctypes.c_double()
    _char_matrix(handle, index, ctypes.addressof(matrix))
    _char_origin(handle, index, ctypes.addressof(x), ctypes.addressof(y))
    bold, italic, family = fonts.look_up(_font_of(item))
    mode = _render_mode(item)
    size = _char_size(handle, index) * (hypot(matrix.c, matrix.d) or 1.0)
    baseline, angle = frame.point(x.value, y.value)[1], _angle(matrix.a, matrix.b, frame.turn)
    slanted = matrix.b == 0 and abs(matrix.c) > 0.15 * abs(matrix.d)
    return Run(baseline, size or 1.0, bold or mode == _FILL_AND_STROKE, italic or slanted, family, mode == _INVISIBLE, angle)


def _angle(a: float, b: float, turn: int) -> int:
    """Direction of writing as displayed: 0 to the right, 1 down, 2 upside down, 3 up, 4 slanting."""
    if abs(b) <= 0.02 * abs(a):
        return ((0 if a > 0 else 2) + turn) % 4
    if abs(a) <= 0.02 * abs(b):
        return ((3 if b > 0 else 1) + turn) % 4
    return 4


def _read_objects(page: int, frame: _Frame, out: PageChars) -> None:
    for i in range(min(_count_objects(page), 200_000)):
        _read_object(_get_object(page, i), _UNIT, frame, out, 0)
    if len(out.edges) > MAX_EDGES:
        out.edges, out.crowded = [], True


def _read_object(item: int | None, outer: Matrix, frame: _Frame, out: PageChars, depth: int) -> None:
    kind = _object_type(item) if item else 0
    if kind == _PATH:
        out.paths += 1
        if len(out.edges) <= MAX_EDGES:
            _read_path(item or 0, _compose(_matrix_of(item or 0), outer), frame, out)
    elif kind == _IMAGE:
        box = _bounds(item or 0, outer, frame)
        wide = max(0.0, min(box.x1, frame.width) - max(box.x0, 0.0))
        high = max(0.0, min(box.y1, frame.height) - max(box.y0, 0.0))
        out.image_share = min(1.0, out.image_share + wide * high / max(1.0, frame.width * frame.height))
    elif kind == _FORM and depth < MAX_DEPTH:
        inner = _compose(_matrix_of(item or 0), outer)
        for i in range(min(max(0, _form_count(item)), 50_000)):
            _read_object(_form_object(item, i), inner, frame, out, depth + 1)


def _matrix_of(item: int) -> Matrix:
    matrix = raw.FS_MATRIX()
    if not _object_matrix(item, ctypes.addressof(matrix)):
        return _UNIT
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _compose(inner: Matrix, outer: Matrix) -> Matrix:
    if outer == _UNIT:
        return inner
    a, b, c, d, e, f = inner
    o, p, q, r, s, t = outer
    return a * o + b * q, a * p + b * r, c * o + d * q, c * p + d * r, e * o + f * q + s, e * p + f * r + t


def _apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(item: int, outer: Matrix, frame: _Frame) -> Box:
    values = (_F * 4)()
    start = ctypes.addressof(values)
    _object_bounds(item, start, start + 4, start + 8, start + 12)
    corners = [frame.point(*_apply(outer, x, y)) for x in (values[0], values[2]) for y in (values[1], values[3])]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _read_path(item: int, matrix: Matrix, frame: _Frame, out: PageChars) -> None:
    """Rulings of one path: thin subpaths whole, and the straight sides of stroked ones."""
    x, y, fill, stroke = _F(), _F(), _I(), _I()
    ax, ay = ctypes.addressof(x), ctypes.addressof(y)
    _draw_mode(item, ctypes.addressof(fill), ctypes.addressof(stroke))
    if not fill.value and not stroke.value:
        return
    subpath: list[tuple[float, float]] = []
    for i in range(min(_segment_count(item), MAX_SEGMENTS)):
        segment = _segment(item, i)
        _segment_point(segment, ax, ay)
        kind = _segment_type(segment)
        if kind == _MOVE:
            _close_subpath(subpath, bool(stroke.value), out)
            subpath = []
        elif kind == _BEZIER:
            out.curves += 1
        subpath.append(frame.point(*_apply(matrix, x.value, y.value)))
    _close_subpath(subpath, bool(stroke.value), out)


def _close_subpath(points: list[tuple[float, float]], stroked: bool, out: PageChars) -> None:
    if len(points) < 2:
        return
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
    if min(x1 - x0, y1 - y0) <= THIN:
        _add_edge(x0, y0, x1, y1, out)
        return
    if not stroked:
        return
    for (ax, ay), (bx, by) in zip(points, points[1:] + points[:1], strict=True):
        if abs(ax - bx) <= 0.5 or abs(ay - by) <= 0.5:
            _add_edge(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by), out)


def _add_edge(x0: float, y0: float, x1: float, y1: float, out: PageChars) -> None:
    wide, high = x1 - x0, y1 - y0
    if wide >= high and wide > THIN:
        middle = (y0 + y1) / 2
        out.edges.append(Edge(x0, middle, x1, middle))
    elif high > wide and high > THIN:
        middle = (x0 + x1) / 2
        out.edges.append(Edge(middle, y0, middle, y1))
