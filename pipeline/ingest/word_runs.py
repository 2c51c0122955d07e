"""The inside of a Word paragraph: runs, fields, controls, tracked changes, note marks, text boxes, page breaks.

What is displayed in the final view becomes text; what is deleted becomes a revision; everything keeps its place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from pipeline.ingest.legacy import best_decoding, decode_family, family_of_font, is_unicode_vietnamese
from pipeline.ingest.word_package import Element, child, value, w
from pipeline.ingest.word_styles import RunLook, Styles, run_look
from schemas.document import Piece, Revision
from schemas.text import WordAnchor

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ALTERNATE, CHOICE, FALLBACK = (f"{{{_COMPATIBILITY}}}{name}" for name in ("AlternateContent", "Choice", "Fallback"))
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_MATH = frozenset(f"{{http://schemas.openxmlformats.org/officeDocument/2006/math}}{name}" for name in ("oMath", "oMathPara"))

RUN, INSERTED, MOVED_TO, DELETED, MOVED_FROM = w("r"), w("ins"), w("moveTo"), w("del"), w("moveFrom")
CONTROL, CONTROL_CONTENT = w("sdt"), w("sdtContent")
TEXT, DELETED_TEXT = w("t"), w("delText")
_WRAPPERS = frozenset(map(w, ("hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo", "ruby", "rubyBase", "subDoc")))
_SIGNS = {w("tab"): "\t", w("ptab"): "\t", w("cr"): "\n", w("noBreakHyphen"): "-", w("softHyphen"): "\u00ad"}
_BREAK, _FIELD, _RENDERED, _SYMBOL = w("br"), w("fldChar"), w("lastRenderedPageBreak"), w("sym")
_FOOTNOTE, _ENDNOTE = w("footnoteReference"), w("endnoteReference")
PAGE_BREAK = "\f"  # also column breaks: what follows stands apart
_INSTRUCTION = w("instrText")
_GRAPHICS = frozenset((w("drawing"), w("pict"), w("object")))
_BOX = w("txbxContent")

_VNI_FOLLOWERS = frozenset("ùøûõïâáàåãäêéèúüë")  # marks that never begin a word

# Symbol and Wingdings signs that plans use inside the text; the private area holds the font's own codes.
_SYMBOL_FONT = {0x2D: "-", 0x2B: "+", 0xB7: "•", 0xB3: "≥", 0xA3: "≤", 0xB1: "±", 0xAE: "→", 0xDE: "⇒", 0xB4: "×", 0xB0: "°"}
_WINGDINGS = {0xE0: "→", 0xE8: "→", 0xF0: "⇨", 0xFC: "✓", 0xFE: "☑", 0xA8: "☐", 0x6F: "☐", 0xFB: "✗", 0xFD: "☒"}


def symbol(code: int, font: str) -> str:
    """A sign of a symbol font as Unicode; a bullet where the sign is only an ornament."""
    low = code & 0xFF if 0xF000 <= code <= 0xF0FF else code
    if "wingdings" in font.lower() or "webdings" in font.lower():
        return _WINGDINGS.get(low, "•")
    if low in _SYMBOL_FONT:
        return _SYMBOL_FONT[low]
    return chr(low) if 0x20 <= low < 0x7F else "•"


@dataclass(slots=True)
class Stretch:
    """Characters of one look, as stored."""

    parts: list[str]
    look: RunLook
    page: int | None

    @property
    def text(self) -> str:
        """The characters; kept in parts because a hostile file brings them one by one."""
        if len(self.parts) > 1:
            self.parts = ["".join(self.parts)]
        return self.parts[0]


@dataclass(slots=True)
class Inline:
    """What one paragraph holds."""

    stretches: list[Stretch] = field(default_factory=list)
    notes: list[tuple[str, str, str | None]] = field(default_factory=list)  # ("footnote" or "endnote", id, own mark)
    boxes: list[Element] = field(default_factory=list)
    pictures: int = 0
    in_contents: bool = False  # part of a table of contents


@dataclass(slots=True)
class Reader:
    """State that runs through a story: open fields, page, revisions."""

    styles: Styles
    page: int | None = None
    revisions: list[Revision] = field(default_factory=list)
    fields: list[list[str]] = field(default_factory=list)  # open complex fields: [state, instruction]

    def read(self, paragraph: Element, below: RunLook, path: str) -> Inline:
        """The content of one paragraph whose style gives ``below``; ``path`` names its place for revisions."""
        return _Walk(self, Inline(), below, path).paragraph(paragraph)


@dataclass(slots=True)
class _Walk:
    reader: Reader
    out: Inline
    below: RunLook
    path: str
    own_mark: bool = False  # the next text is the mark of a note with a mark of its own
    withheld: list[tuple[str, RunLook]] = field(default_factory=list)  # text inside the instruction of a field
    heard: list[str] | None = None  # what an insertion around the current place has brought so far

    def paragraph(self, paragraph: Element) -> Inline:
        self.out.in_contents = self._in_contents()
        self.children(paragraph)
        if any(f[0] == "instruction" for f in self.reader.fields):
            # The instruction of a field ends in its paragraph; a field left open is damage and must not swallow the text.
            self.reader.fields[:] = [f for f in self.reader.fields if f[0] != "instruction"]
            for text, look in self.withheld:
                self.put(text, look)
        return self.out

    def _in_contents(self) -> bool:
        return any(f[1].lstrip().upper().startswith("TOC") for f in self.reader.fields)

    def children(self, element: Iterable[Element]) -> None:
        for item in element:
            tag = item.tag
            if tag == RUN:
                self.run(item)
            elif tag in (INSERTED, MOVED_TO):
                self.inserted(item)
            elif tag in (DELETED, MOVED_FROM):
                self.deleted(item)
            elif tag == CONTROL:
                self.control(item)
            elif tag == ALTERNATE:
                self.children(chosen(item))
            elif tag in _WRAPPERS:
                self.children(item)
            elif tag in _MATH:
                self.put("".join(t.text or "" for t in item.iter(_MATH_TEXT)), self.below)

    def control(self, item: Element) -> None:
        content = child(item, "sdtContent")
        if content is None:
            return
        prompt = child(child(item, "sdtPr"), "showingPlcHdr") is not None
        if prompt and all(value(child(r, "rPr"), "rStyle") == "PlaceholderText" for r in content.iter(RUN)):
            return  # "Click here to enter text": a prompt, not content
        self.children(content)

    def inserted(self, item: Element) -> None:
        around, self.heard = self.heard, []
        self.children(item)
        self.revision("insert", "".join(self.heard), item)
        if around is not None:
            around += self.heard
        self.heard = around

    def deleted(self, item: Element) -> None:
        self.revision("delete", "".join(t.text or "" for t in item.iter(DELETED_TEXT, TEXT)), item)

    def revision(self, kind: Literal["insert", "delete"], text: str, item: Element) -> None:
        if text:
            anchor = WordAnchor(self.path, self.reader.page)
            self.reader.revisions.append(Revision(kind, text, item.get(w("author")), item.get(w("date")), anchor))

    def run(self, run: Element) -> None:
        properties = child(run, "rPr")
        if properties is None:
            look = self.below
        else:
            style = self.reader.styles.run(value(properties, "rStyle"))
            look = run_look(properties).over(style).over(self.below)
        self.run_items(run, look)

    def run_items(self, items: Iterable[Element], look: RunLook) -> None:
        for item in items:
            tag = item.tag
            if tag == TEXT:
                self.text(item.text or "", look)
            elif tag in _SIGNS:
                self.put(_SIGNS[tag], look)
            elif tag == _BREAK:
                self.put("\n" if item.get(w("type"), "textWrapping") == "textWrapping" else PAGE_BREAK, look)
            elif tag == _RENDERED:
                self.reader.page = (self.reader.page or 1) + 1
            elif tag == _FIELD:
                self.field_mark(item)
            elif tag == _INSTRUCTION:
                if self.reader.fields:
                    self.reader.fields[-1][1] += item.text or ""
            elif tag in (_FOOTNOTE, _ENDNOTE):
                self.note(item, tag == _FOOTNOTE, look)
            elif tag == _SYMBOL:
                self.symbol(item, look)
            elif tag in _GRAPHICS:
                self.graphic(item)
            elif tag == ALTERNATE:
                self.run_items(chosen(item), look)
            elif tag in _WRAPPERS:
                self.children(item)

    def text(self, text: str, look: RunLook) -> None:
        if self.own_mark and self.out.notes:
            kind, key, _ = self.out.notes[-1]
            self.out.notes[-1] = (kind, key, text.strip())
            self.own_mark = False
            return
        font = (look.font or "").lower()
        if ("symbol" in font or "dings" in font) and any("\uf000" <= c <= "\uf0ff" for c in text):
            text = "".join(symbol(ord(c), font) if "\uf000" <= c <= "\uf0ff" else c for c in text)
        self.put(text, look)

    def put(self, text: str, look: RunLook) -> None:
        if not text or look.hidden:
            return
        if any(f[0] == "instruction" for f in self.reader.fields):
            self.withheld.append((text, look))
            return
        self.withheld.clear()
        if self.heard is not None:
            self.heard.append(text)
        page, stretches = self.reader.page, self.out.stretches
        if stretches and stretches[-1].look == look and stretches[-1].page == page:
            stretches[-1].parts.append(text)
        else:
            stretches.append(Stretch([text], look, page))

    def field_mark(self, item: Element) -> None:
        fields = self.reader.fields
        match item.get(w("fldCharType")):
            case "begin":
                fields.append(["instruction", ""])
            case "separate" if fields:
                fields[-1][0] = "result"
                self.out.in_contents |= self._in_contents()
            case "end" if fields:
                fields.pop()
            case _:
                pass

    def note(self, item: Element, foot: bool, look: RunLook) -> None:
        if look.hidden:
            return
        self.out.notes.append(("footnote" if foot else "endnote", item.get(w("id"), ""), None))
        self.own_mark = item.get(w("customMarkFollows")) in ("1", "true", "on")

    def symbol(self, item: Element, look: RunLook) -> None:
        try:
            code = int(item.get(w("char"), ""), 16)
        except ValueError:
            return
        self.put(symbol(code, item.get(w("font"), "")), look)

    def graphic(self, item: Element) -> None:
        boxes: list[Element] = []
        collect_boxes(item, boxes.append)
        self.out.boxes.extend(boxes)
        self.out.pictures += not boxes


def chosen(alternate: Element) -> Element:
    """The first choice of an ``mc:AlternateContent``, else its fallback, else the element itself (empty)."""
    for name in (CHOICE, FALLBACK):
        found = alternate.find(name)
        if found is not None and len(found):
            return found
    return alternate


def collect_boxes(item: Element, take: Callable[[Element], None]) -> None:
    """Text boxes inside a graphic, outermost only; of alternatives only the chosen one, so that no box is read twice."""
    for inner in item:
        if inner.tag == _BOX:
            take(inner)
        elif inner.tag == ALTERNATE:
            collect_boxes(chosen(inner), take)
        elif len(inner):
            collect_boxes(inner, take)


def pieces(inline: Inline, path: str, mixed: bool = False) -> list[Piece]:
    """Pieces of a paragraph: legacy fonts decoded, capitals as displayed, split only at blanks.

    A change of look inside a word (or a page break there) moves to the end of that word, so that whoever joins pieces never
    has to know whether a blank belongs between them. ``mixed``: the document holds Unicode and legacy letters.
    """
    out: list[Piece] = []
    for stretch, stored, repair in _decoded(inline.stretches, mixed):
        text = stretch.text.upper() if stretch.look.caps else stretch.text
        if out and not text[:1].isspace() and _ends_in_word(out[-1].text):
            cut = next((i for i, c in enumerate(text) if c.isspace()), len(text))
            # Decoding changes letters, never blanks: the stored form is cut before its first blank too.
            cut_stored = next((i for i, c in enumerate(stored) if c.isspace()), len(stored))
            last = out[-1]
            joined = text[:cut]
            whole_raw = (last.raw if last.raw is not None else last.text) + stored[:cut_stored]
            out[-1] = Piece(
                last.text + joined, last.anchor, last.bold, last.italic, last.repair or repair,
                whole_raw if whole_raw != last.text + joined else None,
            )  # fmt: skip
            text, stored = text[cut:], stored[cut_stored:]
        if text:
            look = stretch.look
            anchor = WordAnchor(path, stretch.page)
            out.append(Piece(text, anchor, bool(look.bold), bool(look.italic), repair, stored if stored != text else None))
    return out


def _ends_in_word(text: str) -> bool:
    """Whether a word runs on at the end; what has no blank in 200 characters is no word, and joining it on and on would cost."""
    tail = text[-200:]
    return not tail[-1:].isspace() and (len(tail) < 200 or any(c.isspace() for c in tail))


def _decoded(stretches: list[Stretch], mixed: bool) -> Iterable[tuple[Stretch, str, str | None]]:
    """Stretches with their stored form and the rule that decoded them. Word keeps an old font's name on Unicode typed later:
    then nothing is decoded."""
    families = [family_of_font(s.look.font) if s.look.font else None for s in stretches]
    if not any(families):
        for stretch in stretches:
            yield stretch, stretch.text, None
        return
    worn = "".join(s.text for s, f in zip(stretches, families, strict=True) if f)
    unicode_already = is_unicode_vietnamese(worn) or (mixed and best_decoding(worn)[0] == "unicode")
    for i, stretch in enumerate(stretches):
        family = families[i]
        if family is None or unicode_already:
            capitals = family == "tcvn3-caps"
            yield (Stretch([stretch.text.upper()], stretch.look, stretch.page) if capitals else stretch), stretch.text, None
            continue
        stored = stretch.text
        follows = family == "vni" and stored[-1:].isalpha() and i + 1 < len(stretches) and families[i + 1] == "vni"
        if follows and stretches[i + 1].text[:1].lower() in _VNI_FOLLOWERS:
            # A mark that belongs to the letter before, in another look: it goes with the letter.
            after = stretches[i + 1]
            stored += after.text[0]
            stretches[i + 1] = Stretch([after.text[1:]], after.look, after.page)
        decoded = decode_family(stored, family)
        yield Stretch([decoded], stretch.look, stretch.page), stored, f"font-{family}" if decoded != stored else None
