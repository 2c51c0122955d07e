"""Automatic numbers and bullets as Word displays them (ECMA-376 part 1, §17.9 Numbering).

The number is not in the text: a paragraph names a list (``numId``) and a level (``ilvl``), directly or through its style; the
counters are kept here while the paragraphs pass in reading order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pipeline.ingest.legacy import decode_family, family_of_font
from pipeline.ingest.word_package import VAL, Element, child, number, on, value, w

LEVELS = 9
_DASHES = frozenset("-–—−\u2010\u2011\u2012\u2015\uf02d")
_PLACEHOLDER = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
          (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def roman(n: int) -> str:
    """Small Roman figure; the decimal figure outside 1 to 3999."""
    if not 0 < n < 4000:
        return str(n)
    out = ""
    for size, sign in _ROMAN:
        count, n = divmod(n, size)
        out += sign * count
    return out


def letters(n: int) -> str:
    """Small letters as Word counts: a … z, aa, bb … zz, aaa; no đ. The decimal figure outside 1 to 780."""
    return chr(ord("a") + (n - 1) % 26) * ((n - 1) // 26 + 1) if 0 < n <= 780 else str(n)


def format_number(n: int, style: str) -> str:
    """A counter in one of Word's number formats; formats that Vietnamese offices do not use come out decimal."""
    match style:
        case "upperRoman":
            return roman(n).upper()
        case "lowerRoman":
            return roman(n)
        case "upperLetter":
            return letters(n).upper()
        case "lowerLetter":
            return letters(n)
        case "decimalZero":
            return f"{n:02d}"
        case "none":
            return ""
        case _:
            return str(n)


def bullet(sign: str, font: str) -> str:
    """The bullet as a reader would type it: a dash of any font is "-", a plus "+", a star "*", all other signs "•".

    Symbol and Wingdings hold their signs in the private area U+F000; only Symbol has ASCII there.
    """
    sign = sign.strip()
    if not sign:
        return ""
    if sign[0] in _DASHES and (sign[0] != "\uf02d" or "symbol" in font.lower()) and "wingdings" not in font.lower():
        return "-"
    if sign[0] == "+" or (sign[0] == "\uf02b" and "symbol" in font.lower()):
        return "+"
    return "*" if sign == "*" else "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as defined. ``restart``: 0 never, else the counter starts anew after a level below that number."""

    start: int
    style: str
    text: str
    font: str
    legal: bool
    restart: int
    paragraph_style: str | None


@dataclass(slots=True)
class _List:
    abstract: str
    overrides: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


def _level(element: Element, index: int) -> Level:
    formats = element.iter(w("numFmt"))  # inside AlternateContent the first choice may hold a custom format
    style = next((f.get(VAL, "decimal") for f in formats if f.get(VAL) != "custom"), "decimal")
    fonts = element.find(f"{w('rPr')}/{w('rFonts')}")
    font = "" if fonts is None else fonts.get(w("hAnsi")) or fonts.get(w("ascii")) or ""
    picture = child(element, "lvlPicBulletId") is not None
    restart = number(value(element, "lvlRestart"))
    return Level(
        start=number(value(element, "start"), 0) or 0,
        style=style,
        text="•" if picture else value(element, "lvlText") or "",
        font=font,
        legal=on(child(element, "isLgl")) or False,
        restart=index if restart is None else restart,
        paragraph_style=value(element, "pStyle"),
    )


@dataclass(slots=True)
class Numbering:
    """List definitions and running counters of one document. ``label`` must be asked once per paragraph, in reading order."""

    abstracts: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, _List] = field(default_factory=dict)
    _links: dict[str, str] = field(default_factory=dict)  # abstract list → numbering style it borrows
    _style_lists: dict[str, str] = field(default_factory=dict)  # numbering style → abstract list that defines it
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    @classmethod
    def read(cls, root: Element | None) -> Numbering:
        """From the numbering part; empty without one."""
        self = cls()
        for abstract in () if root is None else root.iterchildren(w("abstractNum")):
            key = abstract.get(w("abstractNumId"), "")
            self.abstracts[key] = {i: _level(lvl, i) for lvl in abstract.iterchildren(w("lvl")) if (i := _index(lvl)) is not None}
            if link := value(abstract, "numStyleLink"):
                self._links[key] = link
            if own := value(abstract, "styleLink"):
                self._style_lists[own] = key
        for entry in () if root is None else root.iterchildren(w("num")):
            found = _List(value(entry, "abstractNumId") or "")
            for override in entry.iterchildren(w("lvlOverride")):
                if (index := _index(override)) is None:
                    continue
                if (lvl := child(override, "lvl")) is not None:
                    found.overrides[index] = _level(lvl, index)
                if (start := number(value(override, "startOverride"))) is not None:
                    found.starts[index] = start
            self.lists[entry.get(w("numId"), "")] = found
        return self

    def _abstract(self, key: str) -> str:
        return self._style_lists.get(self._links.get(key, ""), key)

    def level_of_style(self, num_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style, None where it names none."""
        found = self.lists.get(num_id)
        levels = self.abstracts.get(self._abstract(found.abstract), {}) if found else {}
        return next((i for i, lvl in levels.items() if lvl.paragraph_style == style), None)

    def label(self, num_id: str, index: int) -> str | None:
        """Count one paragraph and give its label as displayed; None without a definition, "" where the level shows nothing."""
        entry = self.lists.get(num_id)
        if entry is None or not 0 <= index < LEVELS:
            return None
        key = self._abstract(entry.abstract)
        levels = self.abstracts.get(key, {}) | entry.overrides
        level = levels.get(index)
        if level is None:
            return None
        if level.style == "bullet":
            family = family_of_font(level.font)
            return bullet(decode_family(level.text, family) if family else level.text, level.font)
        counters = self._count(key, num_id, entry, levels, index)

        def shown(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            other = levels.get(place)
            n = counters[place]
            if other is None or other.style == "bullet":
                return ""
            return format_number(other.start if n is None else n, "decimal" if level.legal else other.style)

        family = family_of_font(level.font)
        text = decode_family(level.text, family) if family else level.text
        return _PLACEHOLDER.sub(shown, text).strip()

    def _count(self, key: str, num_id: str, entry: _List, levels: dict[int, Level], index: int) -> list[int | None]:
        """Lists that share a definition share its counters; a start override counts once, when its list is first met."""
        counters = self._counters.setdefault(key, [None] * LEVELS)
        n = counters[index]
        if index in entry.starts and (num_id, index) not in self._started:
            counters[index] = entry.starts[index]
        else:
            counters[index] = levels[index].start if n is None else n + 1
        self._started.add((num_id, index))
        for deeper in range(index + 1, LEVELS):
            restart = levels[deeper].restart if deeper in levels else deeper
            if index < restart:
                counters[deeper] = None
        for higher in range(index):  # a level shown in the label but never met counts from its start
            if counters[higher] is None and higher in levels and levels[higher].style != "bullet":
                counters[higher] = entry.starts.get(higher, levels[higher].start)
        return counters


def _index(element: Element) -> int | None:
    index = number(element.get(w("ilvl")))
    return index if index is not None and 0 <= index < LEVELS else None
