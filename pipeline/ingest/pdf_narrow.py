"""Paragraphs in narrow places: cells of tables, the columns of heads and signatures. Room, not indent, tells what goes on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from extractors.rulebook import lexicon
from pipeline.ingest.legacy import is_syllable
from pipeline.ingest.pdf_flow import WORD_GAP, ends_open, starts_label
from pipeline.ingest.pdf_lines import Line

_BULLETS = ("-", "–", "+", "•", "*")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2})*\.?")
_LETTERS, _LETTERS_END = re.compile(r"[^\W\d_]+"), re.compile(r"[^\W\d_]+$")
_FEW = 2
_WORDS_OF_ONE = frozenset("ýyởôổủà")
_CUT_DATE, _DIGITS = re.compile(r"\d{1,2}/\d{1,2}/(\d{1,3})"), re.compile(r"\d+(?![\d/])")
_CUT_SYMBOL = re.compile(r"\(?\d{1,5}(?:/\d{4})?[-/](?:\w+[-/])*([A-ZĐƯ]+)")
"""A number and symbol up to the letters at which its line ends, without what follows: «24/2024/N», «131-QĐ/T»."""
_CAPITALS = re.compile(r"[A-ZĐƯ]+(?![^\W\d_])")
# First words of lines that name a body of their own; a line of a head that begins with none of them and follows a full line goes on.
_BODY_WORDS = frozenset(
    "ubnd ủy uỷ hội hđnd sở ban phòng trường tỉnh thành huyện quận thị xã phường bộ cục vụ chi trung đảng văn công viện tổng đoàn "
    "thanh mặt liên tòa toà kho khoa học đại số v/v".split()
)
_GOES_ON = frozenset("và về của thuộc cấp trực".split())


def cell_paragraphs(lines: Sequence[Line], left: float, right: float) -> list[list[Line]]:
    """Group the lines of a cell between its inner edges. Centred lines are told by their width, not their place."""
    out: list[list[Line]] = []
    for line in lines:
        if out and _cut_word(out[-1][-1], line, right - left):
            out[-1][-1] = _whole(out[-1][-1], line)
        elif out and not _begins(out[-1], line, right - left - 2):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _begins(paragraph: list[Line], b: Line, room: float) -> bool:
    a = paragraph[-1]
    fits = (a.x1 - a.x0) + WORD_GAP * a.size + b.first_word < room
    ended = _ended(a.text)
    if b.text.startswith(_BULLETS):
        return fits or ended or paragraph[0].text.startswith(_BULLETS)
    if starts_label(b.text) and (ended or a.text.endswith(",")):
        return True
    return fits and not ((ends_open(a.text) or b.text[:1].islower()) and not ended)


def _ended(text: str) -> bool:
    return text.rstrip().endswith((".", ";", ":", "!", "?"))


def _cut_word(a: Line, b: Line, room: float) -> bool:
    """A word wider than its cell: "ST" over "T", "31/12/202" over "7", "24/2024/N" over "Đ-CP", "1." over "1", "phẩm/Kế" over "t quả"."""
    if " " in a.text or not a.text or (a.x1 - a.x0) + 0.8 * a.size < room:
        return False
    head = b.text.split(" ", 1)[0]
    if _NUMBER.fullmatch(a.text) and head[:1].isdigit():
        return _NUMBER.fullmatch(b.text) is not None
    left, right = _LETTERS_END.search(a.text), _LETTERS.match(head)
    if left and right and (right[0].islower() or a.text.isupper()):
        rest = right[0].casefold()
        torn = not (is_syllable(left[0].casefold()) and is_syllable(rest)) or (len(rest) == 1 and rest not in _WORDS_OF_ONE)
        if torn and is_syllable((left[0] + right[0]).casefold()):
            return True
    if date := _CUT_DATE.fullmatch(a.text):
        year = _DIGITS.match(head)
        return year is not None and len(date[1]) + len(year[0]) == 4
    if symbol := _CUT_SYMBOL.fullmatch(a.text):
        return _goes_on_symbol(symbol[1], head)
    if " " in b.text:
        return False
    letters = a.text.isalpha() and b.text.isalpha() and a.text.isupper() and b.text.isupper()
    return letters and not is_syllable(a.text) and not is_syllable(b.text)


def _goes_on_symbol(cut: str, head: str) -> bool:
    """Whether the letters ``cut`` at a line's end and those that begin the next are one part of a symbol: "T" and "W", "N" and "Đ-CP";
    letters that mean something alone ("TW" over "UBND") stay, and so do three and more that mean nothing either way."""
    rest = _CAPITALS.match(head)
    if rest is None or cut in _symbol_parts():
        return False
    return len(cut) <= _FEW or cut + rest[0] in _symbol_parts()


@cache
def _symbol_parts() -> frozenset[str]:
    """What stands between the dashes and strokes of symbols: kinds and bodies."""
    return frozenset({row["abbr"] for row in lexicon("kinds")} | {row["symbol"] for row in lexicon("symbols")})


def _whole(a: Line, b: Line) -> Line:
    """Both halves as one line in the place of the first."""
    return Line(
        a.page, min(a.x0, b.x0), max(a.x1, b.x1), a.baseline, a.size, a.text + b.text, a.bold, a.italic, a.first_word, a.text_x,
        a.marks + [(mark, at + len(a.text)) for mark, at in b.marks], a.jumps + b.jumps, a.count + b.count,
    )  # fmt: skip


def column_paragraphs(lines: Sequence[Line], width: float) -> list[list[Line]]:
    """Group the lines of a head or signature column of about that ``width``: mostly each its own paragraph."""
    out: list[list[Line]] = []
    items = any(starts_label(line.text) for line in lines)
    for line in lines:
        a = out[-1][-1] if out else None
        if a is not None and line.baseline - a.baseline <= 2.2 * a.size and _goes_on(a, line, out[-1][0], items, width):
            out[-1].append(line)
        else:
            out.append([line])
    return out


def _goes_on(a: Line, b: Line, first: Line, items: bool, width: float) -> bool:
    if starts_label(b.text) or not any(c.isalnum() for c in a.text) or not any(c.isalnum() for c in b.text):
        return False
    if a.text.endswith("-") or b.text[:1].islower():
        return True
    if items:
        return starts_label(first.text) and not _ended(a.text) and not a.text.endswith(",")
    head = b.text.split()[0].casefold()
    if not b.text.isupper() or not a.text.isupper() or head in _GOES_ON:
        return b.text.isupper() and a.text.isupper()
    full = (a.x1 - a.x0) + WORD_GAP * a.size + b.first_word > width
    return full and (" " not in b.text or head not in _BODY_WORDS)
