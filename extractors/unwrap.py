"""Loose lines to paragraphs: text copied out of a PDF is broken at every printed line (ngắt dòng cứng).

Three witnesses decide whether a line goes on: what the next line begins with (label, capital, small letter), how the line
ends, and whether the first word of the next line would still have fitted on it. Blank lines decide only where the file
uses them between paragraphs, not after every line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise

from extractors import labels, loose_notes, trailers
from extractors.citation_issuers import is_head, issuer_at
from extractors.header_lines import head
from extractors.loose_lines import Line, unfinished
from extractors.loose_tables import take_table
from extractors.printed_lines import Margin, margin_of
from extractors.role_words import signs
from extractors.rulebook import lexicon, rules
from extractors.side_by_side import STARS, columns, in_columns, layout_rows
from extractors.spaces import put_back
from extractors.stacked_tables import stacked
from extractors.unit_headings import heading_of
from extractors.who_when import handed_on
from schemas.document import Piece, RawBlock

_TERMINAL = re.compile(r"[.;:!?…][”\"')\]*]*\s*$")
_KIND = re.compile(r"[A-ZĐÀ-Ỹ]{2,}(?: [A-ZĐÀ-Ỹ]{2,}){1,3}")
_SPREAD = re.compile(r"\S {3,}\S")
_PAGE_NUMBER = re.compile(r"^\s*[-–]?\s*(\d{1,3})\s*[-–]?\s*$")
_RULE_LINE = re.compile(r"^\s*(?:[-–—_=*~★☆─━═]{3,}|\*(?:\s?\*)*|[-–—_=*~]*\s?[oO0]{3}\s?[-–—_=*~]*)\s*$")  # rules and ornaments
_DAY = 80
"""Characters of the longest line that names the day of what stands below it."""
_FIELDS = {"lead", "support", "time", "product"}
_LABEL_INSIDE = re.compile(r"(?<=.{15})[;.]\s+([^;:.,]{3,40}):$")
_COMPOUND = 30
"""Characters that the first or second half of a compound with a dash may have."""
_HALF = 12
"""Characters of the longest first half of a usual compound («công nghiệp»)."""
_FEW = 4
"""Words of the last line of a paragraph that holds a name alone."""
_SHORT = 0.8
"""Part of the printed width that a line fills which was not broken for want of room."""
_LISTED = 0.97
"""What is enough, of the first line of a paragraph, for a line that ends with a semicolon: its sentence goes on more often than not."""
_ITEMS, _NEARLY = 8, 0.9
"""Labelled lines from which, and the part of them with a blank line before it at which, blank lines are taken to part all paragraphs."""
WIDE = 125
"""Lines longer than this are never printed lines of one page: the file keeps a paragraph on a line."""


@cache
def _rule(name: str) -> re.Pattern[str]:
    return rules("unwrap").pattern(name)  # type: ignore[return-value]


def _lines(blocks: Sequence[RawBlock]) -> list[Line]:
    lines: list[Line] = []
    blank = feed = False
    for block in blocks:
        raw = "".join(p.text for p in block.pieces)
        text = put_back(STARS.sub("", unicodedata.normalize("NFC", raw)).replace("\u00a0", " ").strip())
        if not text:
            blank = True
            feed = feed or "\f" in raw
            continue
        if _RULE_LINE.match(text) or _RULE_LINE.match(raw):
            blank = True
            continue
        lines.append(Line(text, block, blank, feed))
        blank = feed = False
    return _without_page_numbers(in_columns(lines))


def _without_page_numbers(lines: list[Line]) -> list[Line]:
    """Drop lone figures that count up from page to page; a lone figure out of sequence stays."""
    lone = [(i, int(found.group(1))) for i, line in enumerate(lines) if (found := _PAGE_NUMBER.match(line.text))]
    pages: set[int] = set()
    if len(lone) > 1 and (rows := _row_numbers(lines)):
        lone = [(i, n) for i, n in lone if i not in rows]
    for (i, n), (j, m) in pairwise(lone):
        if m == n + 1 and n >= 1 and j - i > 5:
            pages |= {i, j}
    if len(lone) == 1 and lone[0][1] == 2 and lone[0][0] > 15:
        pages.add(lone[0][0])
    return [line for i, line in enumerate(lines) if i not in pages]


def _row_numbers(lines: list[Line]) -> frozenset[int]:
    """Lines inside tables with one cell a line: figures there number the rows."""
    out: set[int] = set()
    for i in range(len(lines)):
        if i not in out and (found := stacked(lines, i)):
            out.update(range(i, found[1]))
    return frozenset(out)


def _width(lines: Sequence[Line]) -> int:
    """Printed width: the length that nearly all lines keep. Rows of columns set apart by spaces say nothing of it."""
    lengths = sorted(line.length for line in lines if not _SPREAD.search(line.text)) or sorted(line.length for line in lines)
    return lengths[min(len(lengths) - 1, int(len(lengths) * 0.97))] if lengths else 0


def _goes_on_small(last: str, text: str) -> bool:
    return text[0].islower() and not _TERMINAL.search(last) and labels.find(text) is None


def _caps(text: str) -> bool:
    """In capitals, but for a few letters. Asked of every line: counted without a Python step for each letter."""
    upper = sum(map(str.isupper, text))
    least = 0.5 * (len(text) - text.count(" "))
    if upper < 0.85 * max(3, least):
        return False
    letters = sum(map(str.isalpha, text))
    return letters >= max(3, least) and upper >= 0.85 * letters


def _heads_bodies(text: str) -> bool:
    """«Ngân hàng Nhà nước Khu vực 12:», «Đối với Sở Y tế:» alone on a line: a heading, however full the line above."""
    if not text.endswith(":") or len(text) > _DAY:
        return False
    found = heading_of(text)
    return found is not None and found.rule in {"heading_for", "heading_name", "heading_responsibility"}


def _is_field(text: str) -> bool:
    """A field line («Đơn vị chủ trì: …»): it never goes on from the line above."""
    fields = trailers.parse(text, 0, len(text)) if text[0].isupper() else ()
    if fields and _rule("all_above").match(text):
        return True
    labelled = bool(fields) and fields[0].rule not in trailers.PROSE  # «… giao | Phòng A chủ trì thực hiện.» goes on
    return labelled and fields[0].field in _FIELDS


def _parts_all(lines: Sequence[Line]) -> bool:
    """A blank line stands before (nearly) every numbered or bulleted line: the file parts all paragraphs so, as copies of web pages do."""
    tail = next((i for i, line in enumerate(lines) if _rule("recipients").match(line.text)), len(lines))
    items = [line for line in lines[:tail] if (label := labels.find(line.text)) and label[1] < len(line.text)]
    return len(items) >= _ITEMS and sum(line.blank_before for line in items) >= _NEARLY * len(items)


def _broken_page(before: Line, line: Line, paragraph: str, margin: Margin) -> bool:
    """An item that a page break cut in two («- … trình Thủ tướng», blank, «Chính phủ trong tháng 3.»): it has no end mark, fills its line,
    and the next word would not have fitted."""
    label = labels.find(paragraph)
    full = margin.measure(before.text) >= _SHORT * margin.width and margin.reach(before.text, line.text) >= margin.full
    return full and label is not None and label[0].style in labels.BULLETS and not _caps(line.text) and not line.text.endswith(":")


def _continues(
    before: Line, line: Line, paragraph: str, margin: Margin, wide: bool, blanks_speak: bool, parted: bool, title: bool
) -> bool:  # fmt: skip
    """Whether ``line`` belongs to the paragraph whose last line is ``before``; ``title``: that paragraph follows the kind's name;
    ``parted``: all paragraphs of the file are parted by blank lines."""
    text, last = line.text, before.text
    filled = margin.measure(last) / margin.width
    if title and _rule("opening").match(text) and not unfinished(last):
        return False
    if _rule("recipients").match(text) or _rule("recipients").match(paragraph):
        return False
    if rules("identity").pattern("decides").fullmatch(text):
        return False  # «QUYẾT ĐỊNH:» under the last base, which ends with a comma
    if last.endswith("phúc") and rules("structure").pattern("state_motto").search(last):
        return False  # the place and date stand under the motto
    if not line.blank_before and (_splits_place(last, text) or _splits_name(last, text)):
        return True
    if _cites_on(last, text) or (_rule("roman_follows").search(last) and _rule("roman_goes_on").match(text)):
        return True
    label = labels.find(text)
    apart = wide or (blanks_speak and line.blank_before)
    if label and not apart and filled >= _SHORT and _counts_inside(paragraph, label[0]):
        return True
    number_follows = bool(_rule("number_follows").search(last)) and not (label and _counts_on(last, text, label, filled, apart))
    broken_number = bool(re.search(r"\S[-/]$", last)) or (number_follows and text[0].isdigit())
    if label and label[0].style == "dash" and not line.blank_before and _splits_compound(last, text, paragraph, margin, wide):
        return True
    if label and not broken_number and not (label[0].style in {"number", "dotted", "roman"} and number_follows):
        return False
    if broken_number:
        return True
    if text[0].isdigit() and wide and paragraph == last and _short_title(last):
        return False  # «1. Mục tiêu» over «100% cán bộ …»
    lower = text[0].islower() or text[0].isdigit() or text[0] in ",;.)”"
    ended = bool(_TERMINAL.search(last)) or last.endswith("./.")
    if last.endswith("./."):
        return False
    if not unfinished(last) and (rules("unwrap").pattern("opens_paragraph").match(text) or _is_field(text)):
        return False
    if last.endswith(":") and not line.blank_before and (inner := _LABEL_INSIDE.search(last)) and trailers.field_of(inner[1]) in _FIELDS:
        return True  # «Đơn vị chủ trì: Sở A; đơn vị phối hợp: | Sở B, Sở C.»
    if ended and (_rule("hands_out").match(text) or _rule("closes_up").match(text) or _heads_bodies(text)):
        return False
    if _caps(text) and len(text) < _DAY and not unfinished(last) and rules("structure").pattern("dated_heading").match(text):
        return False  # «NGÀY 03/3/2026» under a heading in capitals
    if not wide and not ended and not _caps(paragraph) and _runs_over(before, line, filled):
        return True
    if _caps(paragraph if len(last) < len(paragraph) else last) or _caps(text):
        return _caps(last) and _caps(text) and not line.blank_before and not before.block.centered and _caps_go_on(last, text, paragraph)
    if parted and not line.blank_before and text[0].isalnum() and not _heads_bodies(text):
        return True
    if lower:
        if last.endswith(("...", "…")) and not line.blank_before:
            return True  # «… miễn, giảm phí... | đối với khách hàng»
        return not ended or (not wide and (last[-1] == ";" or (last[-1] == ":" and filled >= _SHORT)))
    if ended and (wide or last.endswith(":")):
        return False
    if parted and line.blank_before and not ended and _broken_page(before, line, paragraph, margin):
        return True
    if wide or (blanks_speak and line.blank_before):
        return not ended and unfinished(last) and (not line.blank_before or not last.endswith(","))
    reach = margin.reach(last, text)
    if ended or unfinished(last):
        return not ended or reach >= (margin.some * _LISTED if last[-1] == ";" else margin.full)
    if _told_all(paragraph):
        return False
    # No end mark and a capital next: a name that runs on ("của Bộ | Chính trị") or a heading that ends here.
    if last.rsplit(None, 1)[-1][0].isupper() and " " in last:
        return filled >= 0.7
    if labels.find(paragraph) is None:
        return filled >= 0.72
    return reach >= margin.some and filled >= _SHORT


def _told_all(paragraph: str) -> bool:
    """«Phòng A chủ trì, phối hợp với Phòng B trình trong quý IV/2026»: who and, at its end, when; nothing is missing."""
    told = handed_on(paragraph) if signs(paragraph) and labels.find(paragraph) is None else None
    return told is not None and told.has("lead") and told.parts[-1][0] == "time"


def _runs_over(before: Line, line: Line, filled: float) -> bool:
    """What ends a sentence and was pushed over the margin: an abbreviation («… trong khu vực thuộc phạm vi | PCCC, CNCH.») or a name
    («… trình lãnh đạo | HĐND tỉnh.»). No heading closes with such a mark, and no paragraph says so little; or the line above cannot
    end («… theo chỉ đạo của | UBND»)."""
    if filled < _SHORT or line.blank_before or line.block.centered:
        return False
    text = line.text
    if _caps(text):
        return text.endswith((".", ";", ",", ".”", ")")) or (unfinished(before.text) and len(text) < _COMPOUND)
    return len(text) < _COMPOUND and text.endswith((".", ";")) and ":" not in text and len(text.split()) <= _FEW


def _counts_on(last: str, text: str, label: tuple[labels.Label, int], filled: float, apart: bool) -> bool:
    """«1. Chuyển đổi số» over «1.1. Cài đặt phần mềm …», «Việc trong tháng» over «1. Rà soát …»: the number opens an item, since the
    line above stops short of the margin, or the two stand ``apart``, and no number of a date or text goes on with a capital."""
    at = label[1]
    opens = label[0].style in {"number", "dotted", "roman"} and text[at - 1].isspace() and text[at : at + 1].isupper()
    return opens and _rule("number_may_end").search(last) is not None and (apart or filled < _SHORT)


def _counts_inside(paragraph: str, label: labels.Label) -> bool:
    """«… các việc: (1) rà soát sổ; (2) niêm yết; | (3) báo cáo.»: the number before stands inside the paragraph, not at its head, so that
    the line goes on with a count inside the sentence."""
    number = labels.ordinal(label.path[-1]) if label.style == "paren" and label.path[-1].isdigit() else None
    own = labels.find(paragraph)
    return number is not None and number > 1 and paragraph.find(f"({number - 1})") > (own[1] if own else 0)


def _short_title(text: str) -> bool:
    """A numbered line of a few words to which no figure that follows belongs."""
    label = labels.find(text)
    numbered = label is not None and label[0].numbered
    return numbered and len(text) < _DAY and not unfinished(text) and not _rule("number_follows").search(text)


def _splits_compound(last: str, text: str, paragraph: str, margin: Margin, wide: bool) -> bool:
    """A line broken before the dash of a compound («Phòng Văn hóa | - Xã hội rà soát», «địa chính | - xây dựng»): the compound is a
    usual one, or the dash would not have fitted on a line that stops in mid-sentence and a small letter follows."""
    if wide or _TERMINAL.search(last) or last.endswith(","):
        return False
    if _rule("years_end").search(last) and _rule("years_go_on").match(text):
        return True  # «giai đoạn 2026 | - 2030»
    tail = last[-_COMPOUND:]
    whole, begins = f"{tail} {text[:_COMPOUND]}", range(max(0, len(tail) - _HALF), len(tail))
    halves = (_rule("compound").match(whole, at) for at in begins)  # «Văn hóa - Thông tin | - Thể thao»: two compounds share a part
    found = next((m for m in halves if m and m.start("cut") == len(tail)), None)
    if found:
        return found["left"][0].isupper() == found["right"][0].isupper()
    below = labels.find(paragraph)
    listed = below is not None and below[0].style in labels.BULLETS and paragraph[below[1] : below[1] + 1].islower()
    return text[2:3].islower() and margin.measure(last + " -") >= margin.width and not listed and len(last) > _COMPOUND


@cache
def _places() -> frozenset[str]:
    """Names of provinces and cities that may be broken."""
    names = (name for row in lexicon("places") for name in (row["name"], *row["aliases"].split("|")))
    return frozenset(name for name in names if " " in name)


def _splits_place(last: str, text: str) -> bool:
    """A line broken inside the name of a province or city: «Ủy ban nhân dân thành phố Hải | Phòng ban hành Kế hoạch»."""
    found = _rule("place_open").search(last)
    words = text.split(None, 3)[:2] if found else []
    return any(f"{found['left']} {' '.join(words[:n])}".rstrip(",.;:)") in _places() for n in range(1, len(words) + 1)) if found else False


_NAME = 70
"""Characters at the end of a line, and at the beginning of the next, in which a name may be broken."""
_CAPITAL = re.compile(r"(?<![^\s(])[A-ZĐÂĂÊÔƠƯỦÁẤ]")


def _splits_name(last: str, text: str) -> bool:
    """A line broken inside the name of a body before a capital: «… của Ban Chấp hành | Trung ương Đảng về …»."""
    if not text[0].isupper() or not last[-1].isalpha() or _caps(text) or _caps(last) or labels.find(text):
        return False
    tail = last[-_NAME:]
    joined = f"{tail}\n{text[:_NAME]}"
    heads = (m.start() for m in _CAPITAL.finditer(tail) if is_head(joined, m.start()))
    return any((issuer_at(joined, at) or 0) > len(tail) for at in heads)


def _cites_on(last: str, text: str) -> bool:
    """A citation broken before or between its pinpoints: «… quy định tại | Điều 5 Thông tư số …», «… theo khoản 2 | Điều 5 …» opens no
    article."""
    book = rules("pinpoints")
    if book.pattern("points_at").search(last):
        return book.pattern("cited_below").match(text) is not None
    return book.pattern("line_end").search(last) is not None and book.pattern("line_start").match(text) is not None


def _caps_go_on(last: str, text: str, paragraph: str) -> bool:
    """Two lines in capitals: one heading on two lines, not a signature block or two names under each other."""
    return labels.find(paragraph) is not None or unfinished(last) or rules("unwrap").pattern("caps_joint").match(text) is not None


def _is_addressed(text: str, addressed: bool) -> bool:
    """Whether ``text`` opens the list of those a letter goes to, or goes on with it."""
    if rules("structure").pattern("addressed_to").match(text):
        return True
    label = labels.find(text) if addressed else None
    return label is not None and label[0].style in labels.BULLETS


def _piece(line: Line) -> tuple[Piece, ...]:
    out = []
    for piece in line.block.pieces:
        bare = STARS.sub("", piece.text)
        bold = piece.bold or (bare != piece.text and piece.text.strip().startswith("**"))
        out.append(replace(piece, text=bare, raw=piece.text if bare != piece.text else piece.raw, bold=bold))
    return tuple(out)


def _footnote(note: loose_notes.LooseNote) -> RawBlock:
    first, *others = (piece for line in note.lines for piece in _piece(line))
    text = first.text.lstrip()
    figure = _rule("note_line").match(text)
    said = text[figure.end() :] if figure else text
    return RawBlock("footnote", (replace(first, text=said, raw=first.raw or first.text), *others), note=note.mark)


def unwrap(blocks: Sequence[RawBlock], *, first: bool = True) -> list[RawBlock]:
    """Paragraph blocks of loose lines, in order; each keeps its lines as pieces with their anchors. ``first``: the document begins here."""
    lines, notes = loose_notes.part(head(_lines(blocks)) if first else _lines(blocks))
    marks = loose_notes.by_line(notes)
    printed = [line for line in lines if not line.whole]  # what was put together is longer than it is printed
    width = _width(printed)
    wide = width > WIDE
    column = margin_of([line.text for line in printed], width, _goes_on_small)
    blanks_speak = 0 < sum(line.blank_before for line in lines) < 0.6 * len(lines)
    parted = _parts_all(lines)
    out: list[RawBlock] = []
    pieces: list[Piece] = []
    hung: list[str] = []
    bold_open = under = addressed = False
    paragraph, last = "", None
    i = 0

    def close() -> None:
        nonlocal pieces, paragraph, hung
        if pieces:
            out.append(RawBlock("paragraph", tuple(pieces), notes=tuple(hung)))
        pieces, paragraph, hung = [], "", []

    while i < len(lines):
        line = lines[i]
        table = take_table(lines, i)
        halves: list[tuple[RawBlock, ...]] = []
        while table is None and i < len(lines) and (pair := columns(lines[i])):
            halves.append(pair)
            i += 1
        if table or halves:
            close()
            last = None
            out.append(table[0] if table else layout_rows(halves))
            i = table[1] if table else i
            continue
        raw = "".join(p.text for p in line.block.pieces)
        parted = parted and not _rule("recipients").match(line.text)  # recipients and signatures stand line by line, as headers do
        under = under or labels.find(line.text) is not None
        title = bool(out and out[-1].pieces and _KIND.fullmatch(out[-1].pieces[0].text.strip(" *#")))
        joined = last is not None and not (last.whole or line.whole)
        broken = parted and under
        if addressed and _rule("opening").match(line.text):
            joined = False  # «- Ủy ban nhân dân các xã, | Thực hiện Kế hoạch số …»
        if last is None or not joined or not (bold_open or _continues(last, line, paragraph, column, wide, blanks_speak, broken, title)):
            close()
            addressed = _is_addressed(line.text, addressed)
        pieces.extend(_piece(line))
        hung += marks.get(i, ())
        paragraph = f"{paragraph} {line.text}".strip()
        bold_open = (raw.count("**") % 2 == 1) != bold_open and not _caps(line.text)
        last = line
        i += 1
    close()
    return out + list(map(_footnote, notes))
