"""Several documents in one file: a delivery scanned or printed one after another is split where a new header begins.

A header opens a new document only behind a finished one (recipients or signature seen) and only when a line that names the
kind follows soon; annexes have no motto of their own and stay with their document. What a document brings in («Kế hoạch | (Ban
hành kèm theo Quyết định số …)») belongs to it, with a letterhead of its own or without: it has no number, date or signature.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractors.casing import is_caps
from extractors.rulebook import rules
from schemas.document import Paragraph, SourceDocument
from schemas.text import TextMap

_NUMBER = re.compile(r"\d{1,5}[a-zđ]?[/-][^\W\d_][^\s,;)]*")
REACH = 25
"""Paragraphs from the motto to the line that names the kind; a header of three levels takes about a dozen."""

NAMED = 4
"""First lines of a document, among which its issuer is named."""


def _starts(source: SourceDocument) -> list[int]:
    """Paragraph indexes where a document begins; [0] for an ordinary file."""
    book = rules("structure")
    mottos = (book.pattern("state_motto"), book.pattern("party_motto"))
    kind, recipients, authority = book.pattern("kind_line"), book.pattern("recipients"), book.pattern("authority")
    starts, finished = [0], False
    words = [source.text[p.body : p.end] for p in source.paragraphs]
    for i, line in enumerate(words):
        if recipients.match(line) or (is_caps(line) and authority.match(line)):
            finished = True
        elif finished and any(m.search(line) for m in mottos):
            named = any(kind.match(w) and is_caps(w[:30]) for w in words[i : i + REACH])
            addressed = any(book.pattern("addressed_to").match(w) for w in words[i : i + REACH])
            if (named or addressed) and not _brought_in(words[i : i + REACH], words[starts[-1] : min(i, starts[-1] + REACH)]):
                starts.append(_head(source.paragraphs, words, i, starts[-1]))
                finished = False
    return starts


def _brought_in(lines: list[str], head: list[str]) -> bool:
    """Whether a line under the header, in brackets, says that the text came in with the document in front: by its number or a blank."""
    note, named = rules("structure").pattern("attached_note"), rules("checks").pattern("promulgated_with")
    notes = (line[found.start() :].strip() for line in lines if (found := note.search(line)))
    told = next((text for text in notes if named.match(text)), None)
    number = _NUMBER.search(told) if told else None
    return told is not None and (number is None or any(number.group() in line for line in head))


def _head(paragraphs: tuple[Paragraph, ...], words: list[str], motto: int, floor: int) -> int:
    """First paragraph of the header that holds the motto: the issuer's column may stand before it, or its name as the document in
    front prints it."""
    start = motto
    names = {line.strip() for line in words[floor : floor + NAMED] if is_caps(line)}
    while start - 1 > floor and paragraphs[start - 1].kind == "paragraph" and not paragraphs[start - 1].label:
        before = words[start - 1]
        beside = paragraphs[start - 1].side == 1 and paragraphs[motto].side == 2 and is_caps(before)
        if not beside and before.strip() not in names:
            break
        start -= 1
    return start


def _shift(paragraph: Paragraph, by: int) -> Paragraph:
    cells = tuple(replace(c, start=c.start - by, end=c.end - by, lines=tuple(at - by for at in c.lines)) for c in paragraph.cells)
    return replace(paragraph, start=paragraph.start - by, end=paragraph.end - by, body=paragraph.body - by, cells=cells)


def _slice(source: SourceDocument, first: int, last: int, part: str) -> SourceDocument:
    paragraphs = source.paragraphs[first:last]
    start, end = paragraphs[0].start, paragraphs[-1].end
    low = bisect_left(source.map.segments, start, key=lambda s: s.start)
    segments = tuple(replace(s, start=s.start - start, end=min(s.end, end) - start) for s in source.map.segments[low:] if s.start < end)
    return replace(
        source, text=source.text[start:end], paragraphs=tuple(_shift(p, start) for p in paragraphs), map=TextMap(segments), part=part,
        warnings=(*source.warnings, f"Tệp gồm nhiều văn bản nối nhau; đây là {part}."),
    )  # fmt: skip


def split_parts(source: SourceDocument) -> tuple[SourceDocument, ...]:
    """The documents that a file holds, in order; the file itself where it holds one."""
    starts = _starts(source)
    if len(starts) == 1:
        return (source,)
    ends = [*starts[1:], len(source.paragraphs)]
    return tuple(_slice(source, a, b, f"văn bản {n}/{len(starts)}") for n, (a, b) in enumerate(zip(starts, ends, strict=True), 1))
