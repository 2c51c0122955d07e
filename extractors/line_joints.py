"""Whether a printed line goes on with the line above it (domain.md 1.7).

Three witnesses decide: what the line begins with (label, capital, small letter), how the line above ends, and whether the first word
would still have fitted there. Blank lines decide only where the file uses them between paragraphs, not after every line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extractors import labels, trailers
from extractors.citation_issuers import is_head, issuer_at
from extractors.loose_lines import Line, mostly_caps, unfinished
from extractors.printed_indents import Indents
from extractors.printed_lines import Margin
from extractors.role_words import signs
from extractors.rulebook import lexicon, rules
from extractors.unit_headings import heading_of
from extractors.who_when import handed_on

TERMINAL = re.compile(r"[.;:!?…][”\"')\]*]*\s*$")
_BROKEN = re.compile(r"\S[-/]$")
_DAY = 80
"""Characters of the longest line that names the day of what stands below it."""
_FIELDS = {"lead", "support", "time", "product"}
_LABEL_INSIDE = re.compile(r"(?<=.{15})[;.]\s+([^;:.,]{3,40}):$")
_WELL = 0.7
"""Part of the printed width that a line fills which may be broken where a word did not fit, when its indent is not counted."""
_HEADED = re.compile(r"[^\s:.;,]+(?:\s[^\s:.;]+){0,9}:\s")
"""A name and a colon at the head of a line: «Sở Y tế: rà soát …»."""
_LONE = 70
"""Characters of the longest line that may be a heading at the margin."""
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
_NAME = 70
"""Characters at the end of a line, and at the beginning of the next, in which a name may be broken."""
_CAPITAL = re.compile(r"(?<![^\s(])[A-ZĐÂĂÊÔƠƯỦÁẤ]")


@dataclass(frozen=True, slots=True)
class Page:
    """How the lines of a file are printed: ``margin`` and whether lines are paragraphs (``wide``), whether blank lines part paragraphs,
    and where lines begin (``indents``, if that can be told)."""

    margin: Margin
    wide: bool
    blanks_speak: bool
    indents: Indents | None = None


def goes_on(before: Line, line: Line, paragraph: str, page: Page, *, parted: bool, under: bool, title: bool) -> bool:
    """Whether ``line`` belongs to the paragraph whose last line is ``before``; ``title``: that paragraph follows the kind's name;
    ``parted``: all paragraphs of the file are parted by blank lines; ``under``: a label stood above, the head is read."""
    parted = parted and under
    joint = _Joint(before, line, paragraph, page)
    said = joint.by_place(title)
    said = joint.by_break() if said is None else said
    said = joint.by_indent() if said is None and under else said
    said = joint.by_label() if said is None else said
    said = joint.by_opening() if said is None else said
    said = joint.by_letters(parted) if said is None else said
    return joint.by_margin(parted) if said is None else said


class _Joint:
    """Two lines under each other. Each witness says whether the second goes on with the first, or nothing."""

    def __init__(self, before: Line, line: Line, paragraph: str, page: Page) -> None:
        self.before, self.line, self.paragraph, self.page = before, line, paragraph, page
        self.said = rules("unwrap").pattern
        self.last, self.text = before.text, line.text
        self.filled = page.margin.measure(self.last) / page.margin.width
        self.apart = page.wide or (page.blanks_speak and line.blank_before)
        self.ended = TERMINAL.search(self.last) is not None or self.last.endswith("./.")

    def by_place(self, title: bool) -> bool | None:
        """Lines of a head, lists of recipients: each stands alone."""
        if title and self.said("opening").match(self.text) and not unfinished(self.last):
            return False
        if self.said("recipients").match(self.text) or self.said("recipients").match(self.paragraph):
            return False
        if rules("identity").pattern("decides").fullmatch(self.text):
            return False  # «QUYẾT ĐỊNH:» under the last base, which ends with a comma
        if self.last.endswith("phúc") and rules("structure").pattern("state_motto").search(self.last):
            return False  # the place and date stand under the motto
        return None

    def by_break(self) -> bool | None:
        """A name or a citation that the end of the line breaks."""
        last, text = self.last, self.text
        if not self.line.blank_before and (_splits_place(last, text) or _splits_name(self.before, self.line)):
            return True
        if _cites_on(last, text) or (self.said("roman_goes_on").match(text) and self.said("roman_follows").search(last)):
            return True
        return None

    def by_indent(self) -> bool | None:
        """A line at the margin goes on with the line above, one set in as paragraphs are opens a paragraph."""
        indents, label = self.page.indents, self.line.label
        if indents is None or self.line.caps or self.before.caps:
            return None
        if indents.set_in(self.line) and not unfinished(self.last):
            return False
        if not indents.at_margin(self.line) or not (indents.at_margin(self.before) or indents.set_in(self.before)):
            return None
        if self.line.blank_before or _is_field(self.text) or _heads_bodies(self.text) or (self.ended and _HEADED.match(self.text)):
            return None
        if label and (self.ended or label[0].style in labels.BULLETS) and label[0].style != "paren":
            return None
        titles = labels.find(self.paragraph) is not None and not unfinished(self.last) and self.filled < _WELL
        heads = self.ended and not TERMINAL.search(self.text) and len(self.text) < _LONE
        return None if titles or heads or (self.ended and self.filled < _WELL) else True

    def by_label(self) -> bool | None:
        """A number or bullet at the head of the line opens an item, unless it belongs to the words before it."""
        last, text, label = self.last, self.text, self.line.label
        if label and not self.apart and self.filled >= _SHORT and _counts_inside(self.paragraph, label[0]):
            return True
        counted = label is not None and label[0].style in {"number", "dotted", "roman"}
        number_follows = (counted or text[0].isdigit()) and self.said("number_follows").search(last) is not None
        number_follows = number_follows and not (label and _counts_on(last, text, label, self.filled, self.apart))
        broken_number = _BROKEN.search(last) is not None or (number_follows and text[0].isdigit())
        dashed = label is not None and label[0].style == "dash" and not self.line.blank_before
        if dashed and _splits_compound(last, text, self.paragraph, self.page.margin, self.page.wide):
            return True
        if label and not broken_number and not (counted and number_follows):
            return False
        if broken_number:
            return True
        if text[0].isdigit() and self.page.wide and self.paragraph == last and _short_title(last):
            return False  # «1. Mục tiêu» over «100% cán bộ …»
        return None

    def by_opening(self) -> bool | None:
        """Words that open a paragraph of their own, field lines, headings of bodies and days."""
        last, text = self.last, self.text
        if last.endswith("./."):
            return False
        if not unfinished(last) and (self.said("opens_paragraph").match(text) or _is_field(text)):
            return False
        inner = _LABEL_INSIDE.search(last) if last.endswith(":") and not self.line.blank_before else None
        if inner and trailers.field_of(inner[1]) in _FIELDS:
            return True  # «Đơn vị chủ trì: Sở A; đơn vị phối hợp: | Sở B, Sở C.»
        if self.ended and (self.said("hands_out").match(text) or self.said("closes_up").match(text) or _heads_bodies(text)):
            return False
        if self.line.caps and len(text) < _DAY and not unfinished(last) and rules("structure").pattern("dated_heading").match(text):
            return False  # «NGÀY 03/3/2026» under a heading in capitals
        if not self.page.wide and not self.ended and _runs_over(self.before, self.line, self.filled) and not mostly_caps(self.paragraph):
            return True
        return None

    def by_letters(self, parted: bool) -> bool | None:
        """Capital lines go on with capital lines; a small letter, a figure or a mark goes on where no sentence has ended."""
        last, text = self.last, self.text
        if self.line.caps or (mostly_caps(self.paragraph) if len(last) < len(self.paragraph) else self.before.caps):
            both = self.before.caps and self.line.caps and not self.line.blank_before and not self.before.block.centered
            return both and _caps_go_on(last, text, self.paragraph)
        if parted and not self.line.blank_before and text[0].isalnum() and not _heads_bodies(text):
            return True
        if not (text[0].islower() or text[0].isdigit() or text[0] in ",;.)”"):
            return None
        if last.endswith(("...", "…")) and not self.line.blank_before:
            return True  # «… miễn, giảm phí... | đối với khách hàng»
        return not self.ended or (not self.page.wide and (last[-1] == ";" or (last[-1] == ":" and self.filled >= _SHORT)))

    def by_margin(self, parted: bool) -> bool:
        """A capital follows: the end mark, the blank line and the room left on the line decide."""
        last, page, blank = self.last, self.page, self.line.blank_before
        if self.ended and (page.wide or last.endswith(":")):
            return False
        if parted and blank and not self.ended and _broken_page(self.before, self.line, self.paragraph, page.margin):
            return True
        if self.apart:
            return not self.ended and unfinished(last) and (not blank or not last.endswith(","))
        reach = page.margin.reach(last, self.text)
        if self.ended or unfinished(last):
            return not self.ended or reach >= (page.margin.some * _LISTED if last[-1] == ";" else page.margin.full)
        if _told_all(self.paragraph):
            return False
        # No end mark and a capital next: a name that runs on ("của Bộ | Chính trị") or a heading that ends here.
        if last.rsplit(None, 1)[-1][0].isupper() and " " in last:
            return self.filled >= 0.7
        if labels.find(self.paragraph) is None:
            return self.filled >= 0.72
        return reach >= page.margin.some and self.filled >= _SHORT


def _heads_bodies(text: str) -> bool:
    """«Ngân hàng Nhà nước Khu vực 12:», «Đối với Sở Y tế:» alone on a line: a heading, however full the line above."""
    if not text.endswith(":") or len(text) > _DAY:
        return False
    found = heading_of(text)
    return found is not None and found.rule in {"heading_for", "heading_name", "heading_responsibility"}


def _is_field(text: str) -> bool:
    """A field line («Đơn vị chủ trì: …»): it never goes on from the line above."""
    fields = trailers.parse(text, 0, len(text)) if text[0].isupper() else ()
    if fields and rules("unwrap").pattern("all_above").match(text):
        return True
    labelled = bool(fields) and fields[0].rule not in trailers.PROSE  # «… giao | Phòng A chủ trì thực hiện.» goes on
    return labelled and fields[0].field in _FIELDS


def _broken_page(before: Line, line: Line, paragraph: str, margin: Margin) -> bool:
    """An item that a page break cut in two («- … trình Thủ tướng», blank, «Chính phủ trong tháng 3.»): it has no end mark, fills its line,
    and the next word would not have fitted."""
    label = labels.find(paragraph)
    full = margin.measure(before.text) >= _SHORT * margin.width and margin.reach(before.text, line.text) >= margin.full
    return full and label is not None and label[0].style in labels.BULLETS and not line.caps and not line.text.endswith(":")


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
    if line.caps:
        return text.endswith((".", ";", ",", ".”", ")")) or (unfinished(before.text) and len(text) < _COMPOUND)
    return len(text) < _COMPOUND and text.endswith((".", ";")) and ":" not in text and len(text.split()) <= _FEW


def _counts_on(last: str, text: str, label: tuple[labels.Label, int], filled: float, apart: bool) -> bool:
    """«1. Chuyển đổi số» over «1.1. Cài đặt phần mềm …», «Việc trong tháng» over «1. Rà soát …»: the number opens an item, since the
    line above stops short of the margin, or the two stand ``apart``, and no number of a date or text goes on with a capital."""
    at = label[1]
    opens = label[0].style in {"number", "dotted", "roman"} and text[at - 1].isspace() and text[at : at + 1].isupper()
    return opens and rules("unwrap").pattern("number_may_end").search(last) is not None and (apart or filled < _SHORT)


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
    return numbered and len(text) < _DAY and not unfinished(text) and not rules("unwrap").pattern("number_follows").search(text)


def _splits_compound(last: str, text: str, paragraph: str, margin: Margin, wide: bool) -> bool:
    """A line broken before the dash of a compound («Phòng Văn hóa | - Xã hội rà soát», «địa chính | - xây dựng»): the compound is a
    usual one, or the dash would not have fitted on a line that stops in mid-sentence and a small letter follows."""
    if wide or TERMINAL.search(last) or last.endswith(","):
        return False
    if rules("unwrap").pattern("years_end").search(last) and rules("unwrap").pattern("years_go_on").match(text):
        return True  # «giai đoạn 2026 | - 2030»
    tail = last[-_COMPOUND:]
    whole, begins = f"{tail} {text[:_COMPOUND]}", range(max(0, len(tail) - _HALF), len(tail))
    # «Văn hóa - Thông tin | - Thể thao»: two compounds share a part
    halves = (rules("unwrap").pattern("compound").match(whole, at) for at in begins)
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


_STOPS = ",.;:)"


@cache
def _words_of_places() -> frozenset[str]:
    return frozenset(word for name in _places() for word in name.split())


def _splits_place(last: str, text: str) -> bool:
    """A line broken inside the name of a province or city: «Ủy ban nhân dân thành phố Hải | Phòng ban hành Kế hoạch»."""
    words = text.split(None, 3)[:2]
    if words[0].rstrip(_STOPS) not in _words_of_places() or (found := rules("unwrap").pattern("place_open").search(last)) is None:
        return False
    return any(f"{found['left']} {' '.join(words[:n])}".rstrip(_STOPS) in _places() for n in range(1, len(words) + 1))


def _splits_name(before: Line, line: Line) -> bool:
    """A line broken inside the name of a body before a capital: «… của Ban Chấp hành | Trung ương Đảng về …»."""
    last, text = before.text, line.text
    if not text[0].isupper() or not last[-1].isalpha() or line.caps or before.caps or line.label:
        return False
    tail = last[-_NAME:]
    joined = f"{tail}\n{text[:_NAME]}"
    heads = (m.start() for m in _CAPITAL.finditer(tail) if is_head(joined, m.start()))
    return any((issuer_at(joined, at) or 0) > len(tail) for at in heads)


def _cites_on(last: str, text: str) -> bool:
    """A citation broken before or between its pinpoints: «… quy định tại | Điều 5 Thông tư số …», «… theo khoản 2 | Điều 5 …» opens no
    article."""
    book = rules("pinpoints")
    below, starts = book.pattern("cited_below").match(text), book.pattern("line_start").match(text)
    if not below and not starts:
        return False
    if book.pattern("points_at").search(last):
        return below is not None
    return starts is not None and book.pattern("line_end").search(last) is not None


def _caps_go_on(last: str, text: str, paragraph: str) -> bool:
    """Two lines in capitals: one heading on two lines, not a signature block or two names under each other."""
    return labels.find(paragraph) is not None or unfinished(last) or rules("unwrap").pattern("caps_joint").match(text) is not None


__all__ = ["TERMINAL", "Page", "goes_on"]
