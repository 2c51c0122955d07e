"""Headers and signatures whose two columns stand on one line: a wide gap between them, or a tab as text copied out of Word has it.

By spaces the lines are a page as it is printed, and become the layout table that they show, where each line has both columns. By a tab,
and in printed signatures some of whose lines stand alone, the lines of the left column are read first, then those of the right one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.loose_lines import Line
from extractors.rulebook import rules
from schemas.document import Piece, RawBlock, RawCell

STARS = re.compile(r"\*\*|__|^ {0,3}#{1,6} +(?=\S)")
"""Marks of bold words and of headings that a copy of Markdown leaves in a plain text."""
_GAP = re.compile(r"(?<=\S)[ \u00a0]{4,}(?=\S)")
_SIDE = 90
"""Characters of a line of one column at most."""
_LINE, _SIGNED_LINE = 140, 130
"""Characters of a printed line of two columns at most, with its gap; of one in a signature."""
_FAR = 16
"""Blanks before a line that stands in the right column by itself."""
_HEAD, _SIGNED = 45, 40
"""Lines from the top in which a header stands; lines from «Nơi nhận» in which a signature begins."""
_MOTTOES = ("state_motto", "party_motto", "union_motto")


def columns(line: Line) -> tuple[RawBlock, ...] | None:
    """A header or signature line printed in two columns with a wide gap between: its two halves."""
    both = _halves(line.raw.strip(), _LINE)
    if both is None:
        return None
    anchor = line.block.pieces[0].anchor
    left, right = both
    if right[0] in "/-–.…" or (left.rstrip().endswith((":", "ngày", "tháng", "năm")) and len(left) < 8):
        return None  # the blank of a number or date that is filled in by hand
    return tuple(RawBlock("paragraph", (Piece(STARS.sub("", part), anchor),), label="", centered=True) for part in both)


def _halves(text: str, most: int) -> tuple[str, str] | None:
    """What stands before and behind the one wide gap of a line of so many characters at most."""
    if len(text) > most or ("    " not in text and "\u00a0" not in text):
        return None
    gaps = list(_GAP.finditer(text))
    return (text[: gaps[0].start()], text[gaps[0].end() :]) if len(gaps) == 1 else None


def layout_rows(halves: list[tuple[RawBlock, ...]]) -> RawBlock:
    """Column pairs under each other as one layout table of one row: the left column, then the right one."""
    sides = [tuple(pair[c] for pair in halves) for c in (0, 1)]
    return RawBlock("table", cells=tuple(RawCell(0, c, side) for c, side in enumerate(sides)), layout=True)


def in_columns(lines: list[Line]) -> list[Line]:
    """The lines with those of tabbed headers and signatures, and of printed signatures that start beside the first recipients and end
    below the last, in the order of their columns."""
    lines = _tabbed(lines)
    if not any("\t" in line.text for line in lines):
        return lines
    out: list[Line] = []
    i, recipients = 0, -_SIGNED
    while i < len(lines):
        if rules("structure").pattern("recipients").match(lines[i].text):
            recipients = i
        below = i - recipients < _SIGNED
        both = _both(lines[i]) if i < _HEAD or below else None
        signs = both is not None and _signs(both, below)
        if both is None or not (signs or (i < _HEAD and _heads(both))):
            out.append(lines[i])
            i += 1
            continue
        end, sides = _column_lines(lines, i, signs)
        out += sides
        i = end
    return out


def _tabbed(lines: list[Line]) -> list[Line]:
    """The lines with a tab between the columns of a printed signature some of whose lines stand alone in one of them."""
    recipients = rules("structure").pattern("recipients")
    out = _parted_beside(lines)
    for i, line in enumerate(list(out)):
        if recipients.match(line.text):
            parts = _printed_sides(lines, i)
            if parts and any(_signs(both, True) for both in parts if all(both)):
                out[i : i + len(parts)] = [_part_tabbed(line, both) for line, both in zip(lines[i:], parts, strict=False)]
    return out


def _parted_beside(lines: list[Line]) -> list[Line]:
    """The lines with a tab where one blank is left between a recipient and who signs («- Thường trực Tỉnh ủy (b/c); | KT. CHỦ TỊCH»)."""
    out, recipients, beside = list(lines), -_SIGNED, rules("structure")
    for i, line in enumerate(lines):
        if beside.pattern("recipients").match(line.text):
            recipients = i
        if i - recipients < _SIGNED and "\t" not in line.text and (found := beside.pattern("signed_beside").fullmatch(line.text)):
            out[i] = _part_tabbed(line, (found["left"].rstrip(), found["right"]))
    return out


def _printed_sides(lines: Sequence[Line], i: int) -> list[tuple[str, str]]:
    """What stands left and right in the lines from «Nơi nhận» on to the signer's name; none where no recipient stands alone before it."""
    sides: list[tuple[str, str]] = []
    alone = end = 0
    for line in lines[i : i + _SIGNED]:
        words, text = line.raw, line.text
        gaps = _GAP.search(words.strip()) is not None
        if both := _halves(words.strip(), _SIGNED_LINE):
            left, right = both
        elif not gaps and words.startswith(" " * _FAR) and (text.isupper() or rules("identity").pattern("person").match(text)):
            left, right = "", text
        elif not gaps and (text[0] in "-+–" or not sides):
            left, right = text, ""
        else:
            break
        sides.append((left, right))
        alone += bool(left and not right and len(sides) > 1)
        end = len(sides) if right and not left and alone else end
    return sides[:end]


def _part_tabbed(line: Line, both: tuple[str, str]) -> Line:
    text = "\t".join(both).rstrip("\t")
    return replace(line_of(line, text), text=text.strip())


def _both(line: Line) -> tuple[str, str] | None:
    """What stands left and right of the tab; number and date may have tabs for their blanks: the right column begins with its own words."""
    if "\t" not in line.text:
        return None
    parts = [part.strip() for part in line.text.split("\t") if part.strip()]
    if len(parts) > 2 and parts[0] in "-+–":
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    at = next((k for k in range(1, len(parts)) if _opens_right(" ".join(parts[k:]))), 1 if len(parts) == 2 else 0)
    left, right = " ".join(parts[:at]), " ".join(parts[at:])
    return (left, right) if at and max(len(left), len(right)) <= _SIDE else None


def _opens_right(text: str) -> bool:
    book = rules("structure")
    opens = (*(book.pattern(name) for name in (*_MOTTOES, "authority", "place_date_line")), rules("identity").pattern("place_date"))
    return any(rule.match(text) for rule in opens)


def _heads(both: tuple[str, str]) -> bool:
    """A line of a header: a motto on one side, or the number beside the place and date."""
    book, (left, right) = rules("structure"), both
    numbered = rules("identity").pattern("number_line").match(left) is not None
    return (numbered and _opens_right(right)) or any(book.pattern(name).match(side) for name in _MOTTOES for side in both)


def _signs(both: tuple[str, str], listed: bool) -> bool:
    """A line of a signature: recipients on the left, who signs on the right."""
    book, (left, right) = rules("structure"), both
    if not (book.pattern("recipients").match(left) or (listed and left[0] in "-+–")):
        return False
    role = rules("identity").pattern("signing_role")
    return any(rule.match(right) for rule in (book.pattern("authority"), book.pattern("position"), role))


def _column_lines(lines: Sequence[Line], i: int, signs: bool) -> tuple[int, list[Line]]:
    """Where the block of two columns ends that begins at line ``i``, and its lines: those of the left column, then of the right one."""
    left: list[Line] = []
    right: list[Line] = []
    j = i
    while j < len(lines):
        line, both = lines[j], _both(lines[j])
        if both:
            for side, text in zip((left, right), both, strict=True):
                side += [line_of(line, text)] if any(map(str.isalnum, text)) else []  # «------- | -------» under a header
        elif signs and line.text[0] in "-+–" and j > i and _last_of(lines, j):
            left.append(line)
        elif _right_alone(line, signs):
            right.append(line)
        else:
            break
        j += 1
    return j, left + right


def _last_of(lines: Sequence[Line], j: int) -> bool:
    """More of the signature stands beside or below the recipients that begin at line ``j``."""
    end = next((k for k in range(j, len(lines)) if lines[k].text[0] not in "-+–" or "\t" in lines[k].text), len(lines))
    return end < len(lines) and (_both(lines[end]) is not None or _right_alone(lines[end], True))


def _right_alone(line: Line, signs: bool) -> bool:
    """A line with nothing left of its tab that goes on in the right column."""
    if not line.raw.startswith("\t") or len(line.text) > _SIDE:
        return False
    return rules("identity").pattern("person").match(line.text) is not None or line.text.isupper() if signs else _opens_right(line.text)


def line_of(line: Line, text: str) -> Line:
    """A line with a part of its words."""
    piece = line.block.pieces[0]
    return replace(line, text=STARS.sub("", text), block=replace(line.block, pieces=(replace(piece, text=text, raw=None),)))
