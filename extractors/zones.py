"""Which part of a document each paragraph belongs to: header, title, opening, body, closing, recipients, signature, annex.

Sections of purpose (Mục đích, yêu cầu …) are told apart by the outline, since they reach to the next heading.
"""

from __future__ import annotations

from extractors import labels
from extractors.casing import is_caps
from extractors.plan import Zone
from extractors.rulebook import rules
from extractors.zone_body import LINE, body_start
from extractors.zone_closing import mark_closing
from extractors.zone_title import head_lines, kind_line, title_end
from schemas.document import Paragraph

_TITLE_LINES = 3
"""Lines of the title of what is attached, behind its kind, at most."""
_SIGNING = 6
"""Lines from the place and date at the end of a text to its last line or its recipients: office, «(đã ký)», name."""


def _tail(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> tuple[int, int]:
    """First and behind-last paragraph of recipients and signature; both ``len`` where there is none."""
    book, role = rules("structure"), rules("identity").pattern("signing_role")
    recipients, authority, position = book.pattern("recipients"), book.pattern("authority"), book.pattern("position")
    count = len(paragraphs)
    first = next((i for i in range(start, count) if recipients.match(text[paragraphs[i].body : paragraphs[i].end])), count)
    first = _recipients_untitled(text, paragraphs, start) if first == count else first
    signed = [
        i
        for i in range(start, count)
        if not paragraphs[i].label
        and (authority.match(w := unsigned(text[paragraphs[i].body : paragraphs[i].end])) or position.match(w) or role.match(w))
        and is_caps(w)
    ]
    near = [i for i in signed if i < first and (first == count or first - i <= 8)]
    if near and (first < count or near[-1] >= count - 8 or _annex_after(text, paragraphs, near[-1])):
        block = near[-1]
        while block - 1 in near or (block - 1 >= start and _short_caps(text, paragraphs[block - 1])):
            block -= 1
        first = min(first, block)
    first = _dated_end(text, paragraphs, start, first)
    if first == count:
        return count, count
    end = first
    while end < count and not _annex_begins(text, paragraphs, end, first):
        end += 1
    return first, end


_RECEIVERS, _RECEIVER = 25, 110
"""Paragraphs at the end among which copies are kept («Lưu: VT»); characters of the longest line that names who receives one."""


def _recipients_untitled(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> int:
    """The first of the bulleted lines that end in «- Lưu: VT», where their title was lost to a scan."""
    kept, count = rules("structure").pattern("kept_on_file"), len(paragraphs)
    late = range(count - 1, max(start, count - _RECEIVERS) - 1, -1)
    last = next((i for i in late if kept.match(text[paragraphs[i].body : paragraphs[i].end])), None)
    if last is None:
        return count
    first = last
    while first > start and _receiver(paragraphs[first - 1]):
        first -= 1
    return first


def _receiver(paragraph: Paragraph) -> bool:
    return labels.parse(paragraph.label).style in labels.BULLETS and paragraph.end - paragraph.body < _RECEIVER


def _dated_end(text: str, paragraphs: tuple[Paragraph, ...], start: int, first: int) -> int:
    """``first``, or the place-and-date line before it («An Hòa, ngày 28 tháng 4 năm 2026» above the signature, as in texts without a
    header table); only short lines without a label (offices, names) may stand between."""
    dated = rules("structure").pattern("place_date_line")
    for i in range(first - 1, max(start, first - _SIGNING) - 1, -1):
        paragraph = paragraphs[i]
        words = text[paragraph.body : paragraph.end]
        if paragraph.label or paragraph.kind != "paragraph" or len(words) > LINE:
            return first
        if dated.match(words):
            return i
    return first


def unsigned(words: str) -> str:
    """Words without «(đã ký)» at their end, and without the name behind it («T/M BAN THƯỜNG VỤ (Đã ký) Trần Văn Thử»)."""
    if not words.endswith((")", "]")) and (found := rules("structure").pattern("signed_by").search(words)):
        return words[: found.start()]
    return rules("structure").pattern("signed").sub("", words) if words.endswith((")", "]")) else words


def _short_caps(text: str, paragraph: Paragraph) -> bool:
    words = unsigned(text[paragraph.body : paragraph.end])
    return not paragraph.label and len(words) < 60 and is_caps(words)


def _annex_after(text: str, paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    return any(_annex_begins(text, paragraphs, i, index) for i in range(index + 1, min(index + 6, len(paragraphs))))


def _annex_begins(text: str, paragraphs: tuple[Paragraph, ...], index: int, tail: int) -> bool:
    """After the signature a heading of an annex, or a task table, or a long numbered text, opens the annex."""
    paragraph = paragraphs[index]
    if index <= tail:
        return False
    words = text[paragraph.start : paragraph.end]
    if rules("structure").pattern("annex_heading").match(words):
        return True
    if paragraph.kind == "row":
        return len(paragraph.cells) >= 3
    return paragraph.side == 0 and not paragraph.label and _names_attached(text, paragraphs, index)


def _names_attached(text: str, paragraphs: tuple[Paragraph, ...], index: int) -> bool:
    """A line that names the kind of what is attached: in capitals («KẾ HOẠCH»), or in any letters before the words that attach it, on
    its own line or one of the next («Kế hoạch trồng cây (Kèm theo Quyết định số …)»)."""
    book, words = rules("structure"), text[paragraphs[index].body : paragraphs[index].end]
    if not (found := book.pattern("attached_kind").match(words)):
        return False
    if is_caps(words) and book.pattern("kind_line").match(words):
        return True
    if book.pattern("attached_note").search(words, found.end()):
        return True
    after = (text[p.body : p.end] for p in paragraphs[index + 1 : index + 1 + _TITLE_LINES] if p.kind == "paragraph" and not p.label)
    return any(book.pattern("attached_line").match(line) for line in after)


def _split_tail(text: str, paragraphs: tuple[Paragraph, ...], first: int, end: int, zones: list[Zone]) -> None:
    book = rules("structure")
    signs = (book.pattern("authority"), book.pattern("position"), rules("identity").pattern("signing_role"))
    signing, dated = False, book.pattern("place_date_line")
    for i in range(first, end):
        paragraph = paragraphs[i]
        words = text[paragraph.body : paragraph.end]
        if book.pattern("recipients").match(words):
            signing = False
        elif paragraph.side == 0 and not paragraph.label and dated.match(words):
            signing = True  # the place and date stand above the signature
        elif not paragraph.label and is_caps(w := unsigned(words)) and any(rule.match(w) for rule in signs):
            signing = True
        if paragraph.side == 1 and not signing:
            zones[i] = "recipients"
        else:
            zones[i] = "signature" if signing or paragraph.side == 2 else "recipients"
        if paragraph.side == 1 and paragraph.label:
            zones[i] = "recipients"


def find_zones(text: str, paragraphs: tuple[Paragraph, ...]) -> tuple[Zone, ...]:
    """Zone of each paragraph, in parallel with ``paragraphs``."""
    zones: list[Zone] = ["body"] * len(paragraphs)
    kind = kind_line(text, paragraphs)
    title_stop = title_end(text, paragraphs, kind) if kind is not None else _letter_head(text, paragraphs)
    for i in range(title_stop):
        zones[i] = "header" if kind is None or i < kind else "title"
    if kind is None:
        _letter_title(text, paragraphs, title_stop, zones)
    body = body_start(text, paragraphs, title_stop)
    for i in range(title_stop, body):
        zones[i] = "opening"
    first, end = _tail(text, paragraphs, body)
    for i in range(end, len(paragraphs)):
        zones[i] = "annex"
    _attached(text, paragraphs, end, zones)
    _split_tail(text, paragraphs, first, end, zones)
    mark_closing(text, paragraphs, body, first, zones)
    for i, paragraph in enumerate(paragraphs):
        if paragraph.kind == "footnote":
            zones[i] = "footnote"
    return tuple(zones)


def _attached(text: str, paragraphs: tuple[Paragraph, ...], start: int, zones: list[Zone]) -> None:
    """A programme or plan printed behind the signature of the act that issues it is a body of its own, up to the next annex."""
    annex = rules("structure").pattern("annex_heading")
    if start >= len(paragraphs) or paragraphs[start].kind != "paragraph" or paragraphs[start].label:
        return
    words = text[paragraphs[start].body : paragraphs[start].end]
    if annex.match(words) or words.startswith("PHỤ") or not _names_attached(text, paragraphs, start):
        return
    end = next(
        (i for i in range(start + 1, len(paragraphs)) if annex.match(text[paragraphs[i].start : paragraphs[i].end])), len(paragraphs)
    )
    body = body_start(text, paragraphs, start + 1)
    for i in range(start, end):
        zones[i] = "opening" if i < body else "body"
    mark_closing(text, paragraphs, body, end, zones)


def _letter_head(text: str, paragraphs: tuple[Paragraph, ...]) -> int:
    """Where a letter (công văn) or a headless text stops being header: behind «Kính gửi», mottoes and the number line."""
    rule, last = rules("structure"), 0
    for i, paragraph in enumerate(paragraphs[:25]):
        words = text[paragraph.body : paragraph.end]
        if rule.pattern("addressed_to").match(words):
            last = i + 1
            while last < len(paragraphs) and paragraphs[last].label in {"-", "+"}:
                last += 1
            return last
        follows = last == i and not paragraph.label and any(head.match(words) for head in head_lines())
        if follows or paragraph.side or rule.pattern("state_motto").search(words) or rule.pattern("party_motto").search(words):
            last = i + 1
    return last


def _letter_title(text: str, paragraphs: tuple[Paragraph, ...], end: int, zones: list[Zone]) -> None:
    book = rules("structure")
    stops = [book.pattern(n) for n in ("party_motto", "state_motto", "addressed_to")] + [rules("identity").pattern("place_date")]
    under = False
    for i in range(end):
        words = text[paragraphs[i].body : paragraphs[i].end]
        under = under and not (paragraphs[i].label or is_caps(words) or any(p.search(words) for p in stops))
        if under or book.pattern("subject_line").match(words):
            zones[i] = "title"
        under = under or book.pattern("letter_number").match(words) is not None
