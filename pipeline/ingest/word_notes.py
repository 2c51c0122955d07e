"""Footnotes and endnotes of a Word file: their marks as displayed and their paragraphs (ECMA-376 part 1, §17.11)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pipeline.ingest.word_numbering import format_number
from pipeline.ingest.word_package import Element, Package, child, number, value, w

Kind = Literal["footnote", "endnote"]
_SIGNS = ("*", "†", "‡", "§")  # Word's `chicago` marks: each sign, then doubled, tripled


@dataclass(slots=True)
class Notes:
    """Note bodies by id; marks are counted in the order of the references in the text."""

    bodies: dict[tuple[str, str], Element] = field(default_factory=dict)
    styles: dict[str, str] = field(default_factory=lambda: {"footnote": "decimal", "endnote": "lowerRoman"})
    next: dict[str, int] = field(default_factory=lambda: {"footnote": 1, "endnote": 1})

    @classmethod
    def read(cls, package: Package, settings: Element | None, body: Element) -> Notes:
        """From the note parts; formats from the settings, then from the section."""
        self = cls()
        kinds: tuple[Kind, ...] = ("footnote", "endnote")
        for kind in kinds:
            for part in package.related(f"{kind}s"):
                root = package.root(part)
                for note in () if root is None else root.iterchildren(w(kind)):
                    if note.get(w("type"), "normal") == "normal":  # separators are no notes
                        self.bodies[kind, note.get(w("id"), "")] = note
            for place in (settings, next(body.iter(w("sectPr")), None)):
                properties = child(place, f"{kind}Pr")
                self.styles[kind] = value(properties, "numFmt") or self.styles[kind]
                self.next[kind] = number(value(properties, "numStart"), self.next[kind]) or 1
        return self

    def mark(self, kind: str, own: str | None) -> str:
        """The mark of the next reference; ``own`` where the author typed one, which does not count."""
        if own:
            return own
        n = self.next[kind]
        self.next[kind] += 1
        if self.styles[kind] == "chicago":
            return _SIGNS[(n - 1) % 4] * ((n - 1) // 4 + 1)
        return format_number(n, self.styles[kind])
