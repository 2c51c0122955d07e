"""What a Word style gives to a paragraph or run (ECMA-376 part 1, §17.7 Styles): only the few properties that reading needs."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.ingest.word_package import Element, child, number, on, value, w


@dataclass(frozen=True, slots=True)
class RunLook:
    """Effective properties of a run; None means that this layer says nothing."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, below: RunLook) -> RunLook:
        """This layer on top of another."""
        return RunLook(
            below.bold if self.bold is None else self.bold,
            below.italic if self.italic is None else self.italic,
            below.caps if self.caps is None else self.caps,
            below.hidden if self.hidden is None else self.hidden,
            below.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Effective properties of a paragraph. ``indent``: left plus first line, in points."""

    name: str | None = None
    centered: bool | None = None
    indent: float | None = None
    num_id: str | None = None
    level: int | None = None
    num_style: str | None = None  # the style that brought the list
    run: RunLook = RunLook()


PLAIN = RunLook()
_KEYS = {w("b"): "bold", w("i"): "italic", w("caps"): "caps", w("vanish"): "hidden"}
_FONTS = w("rFonts")


def run_look(properties: Element | None) -> RunLook:
    """Direct run properties (``w:rPr``)."""
    if properties is None:
        return PLAIN
    found: dict[str, bool | None] = {}
    font: str | None = None
    for item in properties:
        if (key := _KEYS.get(item.tag)) is not None:
            found[key] = on(item)
        elif item.tag == _FONTS:
            font = item.get(w("hAnsi")) or item.get(w("ascii")) or item.get(w("cs"))
    return RunLook(font=font, **found) if found or font else PLAIN


def indent_of(properties: Element | None) -> float | None:
    """Left indent plus first-line indent of ``w:pPr`` in points, None where not given."""
    element = child(properties, "ind")
    if element is None:
        return None
    left = number(element.get(w("left")) or element.get(w("start")), 0) or 0
    first = number(element.get(w("firstLine")), 0) or 0
    hanging = number(element.get(w("hanging")), 0) or 0
    return (left + first - hanging) / 20


def centered_of(properties: Element | None) -> bool | None:
    """Whether ``w:jc`` centres; None where not given."""
    alignment = value(properties, "jc")
    return None if alignment is None else alignment == "center"


@dataclass(slots=True)
class Styles:
    """Styles by id, resolved over ``basedOn`` when first asked for."""

    elements: dict[str, Element] = field(default_factory=dict)
    default_paragraph: str | None = None
    defaults: RunLook = PLAIN
    _paragraphs: dict[str | None, ParagraphLook] = field(default_factory=dict)
    _runs: dict[str, RunLook] = field(default_factory=dict)
    _borders: dict[str, Element | None] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Element | None) -> Styles:
        """From the styles part; empty without one."""
        self = cls()
        if root is None:
            return self
        for style in root.iterchildren(w("style")):
            key = style.get(w("styleId"), "")
            self.elements[key] = style
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self.default_paragraph = key
        self.defaults = run_look(root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}"))
        return self

    def _chain(self, key: str | None) -> list[Element]:
        """The style and what it is based on, nearest first; a loop ends it."""
        chain: list[Element] = []
        seen: set[str] = set()
        while key and key not in seen and (style := self.elements.get(key)) is not None:
            seen.add(key)
            chain.append(style)
            key = value(style, "basedOn")
        return chain

    def paragraph(self, key: str | None) -> ParagraphLook:
        """Look of a paragraph style; the default paragraph style for None or an unknown id."""
        if key not in self.elements:
            key = self.default_paragraph
        if key not in self._paragraphs:
            self._paragraphs[key] = self._resolve(key)
        return self._paragraphs[key]

    def _resolve(self, key: str | None) -> ParagraphLook:
        chain = self._chain(key)
        run = PLAIN
        centered: bool | None = None
        indent: float | None = None
        num_id: str | None = None
        level: int | None = None
        num_style: str | None = None
        for style in chain:
            properties = child(style, "pPr")
            run = run.over(run_look(child(style, "rPr")))
            centered = centered_of(properties) if centered is None else centered
            indent = indent_of(properties) if indent is None else indent
            numbers = child(properties, "numPr")
            if numbers is not None:
                level = number(value(numbers, "ilvl")) if level is None else level
                if num_id is None and (num_id := value(numbers, "numId")) is not None:
                    num_style = style.get(w("styleId"))
        name = value(chain[0], "name") if chain else None
        return ParagraphLook(name, centered, indent, num_id, level, num_style, run.over(self.defaults))

    def run(self, key: str | None) -> RunLook:
        """Look of a character style; plain for None or an unknown id."""
        if not key:
            return PLAIN
        if key not in self._runs:
            look = PLAIN
            for style in self._chain(key):
                look = look.over(run_look(child(style, "rPr")))
            self._runs[key] = look
        return self._runs[key]

    def table_borders(self, key: str | None) -> Element | None:
        """``w:tblBorders`` of a table style, inherited; None where no style draws any."""
        if not key:
            return None
        if key not in self._borders:
            found = (style.find(f"{w('tblPr')}/{w('tblBorders')}") for style in self._chain(key))
            self._borders[key] = next((b for b in found if b is not None), None)
        return self._borders[key]
