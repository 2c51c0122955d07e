"""Where the body of a document begins: behind the launch clause, the bases, or what a letter tells before it asks."""

from __future__ import annotations

import re

from extractors import labels
from extractors.casing import is_caps
from extractors.rulebook import rules
from schemas.document import Paragraph

LINE = 60
"""Characters of a short line."""


def body_start(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> int:
    """The first numbered heading after the title; in a text without any, what follows the launch clause, or another clause with a
    colon where none comes before the recipients."""
    launch, tail = rules("structure").pattern("opening_end"), [rules("structure").pattern(n) for n in ("recipients", "authority")]
    colon = None
    for i in range(start, len(paragraphs)):
        paragraph = paragraphs[i]
        if paragraph.kind == "row" and len(paragraph.cells) > 2:
            return i
        words = text[paragraph.body : paragraph.end]
        if paragraph.label and labels.parse(paragraph.label).numbered and not _told_in_a_row(words, paragraphs, i):
            return i
        if any(p.match(words) for p in tail):
            return _behind_bases(text, paragraphs, start) if colon is None else colon
        if colon is None and words.rstrip().endswith(":") and not paragraph.label:
            colon = i + 1
            while words.rstrip().endswith("gồm:") and colon < len(paragraphs) and paragraphs[colon].label:
                colon += 1  # things that are sent or meant, one a line
        if launch.search(words):
            return _behind_review(text, paragraphs, i + 1)
        if is_caps(words) and i > start and not paragraph.label and len(words) > 6 and not _in_stamp(text, paragraphs, i):
            return i
    return _behind_bases(text, paragraphs, start)


_SECOND = re.compile(r"[;.…]\s+\(2\)\s")


def _told_in_a_row(words: str, paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    """«(1) Người dân còn chủ quan …; (2) Kinh phí còn thiếu …» in one paragraph, above numbers of another kind: reasons that a letter
    counts before it asks for anything."""
    if labels.parse(paragraphs[index].label).style != "paren" or _SECOND.search(words) is None:
        return False
    return any(p.label and labels.parse(p.label).style in {"number", "roman"} for p in paragraphs[index + 1 :])


_STAMP = 6
"""Lines of the stamp of who received a letter: the name, «ĐẾN», number, day, to whom it went."""


def _in_stamp(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> bool:
    """A name in capitals over the number and day of receipt, which a scan reads in the midst of a letter's opening: short lines without
    mark, one of them of a stamp, down to the launch clause."""
    launch, stamped, seen = rules("structure").pattern("opening_end"), rules("structure").pattern("stamp_line"), False
    for paragraph in paragraphs[start : start + _STAMP]:
        words = text[paragraph.body : paragraph.end].rstrip()
        if launch.search(words):
            return seen
        if paragraph.label or len(words) > LINE or words.endswith((".", ";", ":")):
            return False
        seen = seen or stamped.fullmatch(words) is not None
    return False


def _behind_bases(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> int:
    """Behind who decides and the bases, each closed by «;» or «,», of a text that is cut off or has nothing numbered below them."""
    base, end = rules("structure").pattern("base_line"), start
    for i in range(start, len(paragraphs)):
        words = text[paragraphs[i].body : paragraphs[i].end]
        if base.match(words):
            end = i + 1
        elif i > start or not is_caps(words):
            break
    return end


def _behind_review(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> int:
    """Conclusions of a meeting («… kết luận như sau:») and letters («… đạt kết quả như sau:») first tell how things went, also in figures
    one a line, and then ask («… yêu cầu các phòng … nội dung sau:»): where nothing else stands between two launch clauses, the body begins
    behind the second."""
    launch, past, fronted = (rules("structure").pattern(name) for name in ("opening_end", "tells_past", "fronts_launch"))
    score = rules("duties").pattern("scores")
    for i in range(start, len(paragraphs)):
        words = text[paragraphs[i].body : paragraphs[i].end]
        if paragraphs[i].kind != "paragraph" or (paragraphs[i].label and not score.match(words)):
            return start
        if launch.search(words):
            return i + 1 if i > start and rules("duties").pattern("launch_addressee").search(words) else start
        if not (past.match(words) or score.match(words) or fronted.match(words)):
            return start
    return start
