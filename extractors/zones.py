"""Which part of a document each paragraph belongs to: header, title, opening, body, closing, recipients, signature, annex.

Sections of purpose (Mục đích, yêu cầu …) are told apart by the outline, since they reach to the next heading.
"""

from __future__ import annotations

import re

from regex import Pattern

from extractors import labels
from extractors.plan import Zone
from extractors.rulebook import rules
from extractors.zone_closing import mark_closing
from schemas.document import Paragraph

HEAD = 45
"""Paragraphs looked at for the line that names the kind; header tables of three levels take about a dozen."""

_SAMPLE = 60
"""Characters from which a look at the first quarter pays."""
_TITLE_LINES = 3
"""Lines of the title of what is attached, behind its kind, at most."""
_NEAR = 12
"""Paragraphs below a line that names the paper, among which a head would still stand."""
_SIGNING = 6
"""Lines from the place and date at the end of a text to its last line or its recipients: office, «(đã ký)», name."""


_MOTTOES = ("state_motto", "party_motto", "union_motto")


def is_caps(text: str) -> bool:
    """At least 85 % of the letters are capitals."""
    if len(text) > _SAMPLE:  # too many small letters at the beginning decide already: most paragraphs are read no further
        first = list(filter(str.isalpha, text[: len(text) // 4]))
        if len(first) - sum(map(str.isupper, first)) > 0.15 * len(text) + 1:
            return False
    letters = list(filter(str.isalpha, text))
    return len(letters) >= 3 and sum(map(str.isupper, letters)) >= 0.85 * len(letters)


def kind_line(text: str, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """Index of the paragraph that names the kind ("KẾ HOẠCH"), None for letters and headless texts."""
    rule, annex = rules("structure").pattern("kind_line"), None
    for index, paragraph in enumerate(paragraphs[:HEAD]):
        words = text[paragraph.start : paragraph.end] if index < 3 else text[paragraph.body : paragraph.end]
        found = rule.match(words)
        if found and found.group().startswith("PHỤ"):
            annex = index if index < 3 and is_caps(words) else annex
            continue
        if found and not paragraph.label and paragraph.side == 0 and paragraph.kind == "paragraph":
            rest = words[found.end() :].strip()
            if not rest or is_caps(words) or paragraph.centered or len(rest) > 12:
                return index
        if labels.parse(paragraph.label).style in {"roman", "part", "article", "chapter"}:
            break
    return annex if annex is not None else _named_title(text, paragraphs) if (small := _small_kind(text, paragraphs)) is None else small


def _named_title(text: str, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """The first line, where it names the paper as others cite it («Kế hoạch số 12/KH-UBND ngày … của … về …») and no head follows."""
    first = paragraphs[0] if paragraphs else None
    if first is None or first.label or first.kind != "paragraph" or first.side:
        return None
    if not rules("structure").pattern("named_title").fullmatch(text[first.start : first.end]):
        return None
    heads = (*_head_lines(), rules("structure").pattern("addressed_to"), *(rules("structure").pattern(n) for n in _MOTTOES))
    return None if any(p.match(text[o.body : o.end]) for o in paragraphs[1:_NEAR] for p in heads) else 0


def _small_kind(text: str, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """«Kế hoạch» in small letters: alone on its line, or with the subject behind it on the first line or under the lines of a header;
    a sentence («Kế hoạch này …») ends in a mark."""
    rule, head = rules("structure").pattern("small_kind_line"), (*_head_lines(), *(rules("structure").pattern(n) for n in _MOTTOES))
    for index, paragraph in enumerate(paragraphs[:HEAD]):
        words = text[paragraph.start : paragraph.end]
        if paragraph.label or paragraph.kind != "paragraph":
            return None
        if paragraph.side == 0 and (found := rule.match(words)):
            above = text[paragraphs[index - 1].start : paragraphs[index - 1].end] if index else ""
            under = is_caps(above) or any(p.search(above) for p in head)
            return index if not found["subject"] or not index or under else None
    return None


def _title_goes_on(text: str, before: Paragraph, here: Paragraph) -> bool:
    """A title of several lines: small letter, open end, or centred and bold like the line before."""
    words, last = text[here.body : here.end], text[before.body : before.end].rstrip()
    if here.label or here.kind != "paragraph" or here.side:
        return False
    if rules("structure").pattern("attached_line").match(words):
        return True
    if last.endswith((":", "./.")) or rules("structure").pattern("opening_end").search(words):
        return False
    if words[:1].islower() and not last.endswith("."):
        return True
    if rules("identity").pattern("title_tail").match(words) and not last.endswith((".", ";")):
        return True
    if here.centered and before.centered is not False and len(words) < 220:
        return not words.rstrip().endswith((";", ":"))
    return here.bold and before.bold and len(words) < 160 and not last.endswith((".", ";"))


def _title_end(text: str, paragraphs: tuple[Paragraph, ...], kind: int) -> int:
    """Index behind the last title paragraph."""
    words = text[paragraphs[kind].body : paragraphs[kind].end]
    if rules("structure").pattern("named_title").fullmatch(words):
        return kind + 1
    found = rules("structure").pattern("kind_line").match(words)
    small = None if found else rules("structure").pattern("small_kind_line").match(words)
    behind = words[found.end() :].strip() if found else ""
    whose = behind.isupper() and rules("structure").pattern("issuer_in_title").fullmatch(behind)  # the subject stands below it
    inline = bool(small["subject"] if small else behind and not whose)
    end = kind + 1
    if not inline and end < len(paragraphs) and not paragraphs[end].label and paragraphs[end].kind == "paragraph":
        first = text[paragraphs[end].body : paragraphs[end].end]
        if not rules("structure").pattern("opening_end").search(first) and len(first) < 700:
            end += 1
    while end < len(paragraphs) and end > kind and _title_goes_on(text, paragraphs[end - 1], paragraphs[end]):
        end += 1
    return end


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
        if paragraph.label or paragraph.kind != "paragraph" or len(words) > _SAMPLE:
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
    title_end = _title_end(text, paragraphs, kind) if kind is not None else _letter_head(text, paragraphs)
    for i in range(title_end):
        zones[i] = "header" if kind is None or i < kind else "title"
    if kind is None:
        _letter_title(text, paragraphs, title_end, zones)
    body = _body_start(text, paragraphs, title_end)
    for i in range(title_end, body):
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
    body = _body_start(text, paragraphs, start + 1)
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
        follows = last == i and not paragraph.label and any(head.match(words) for head in _head_lines())
        if follows or paragraph.side or rule.pattern("state_motto").search(words) or rule.pattern("party_motto").search(words):
            last = i + 1
    return last


def _head_lines() -> tuple[Pattern[str], ...]:
    """Number, place and date, and subject of a letter: they stand below the mottoes."""
    identity = rules("identity")
    return identity.pattern("number_line"), identity.pattern("place_date"), rules("structure").pattern("subject_line")


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


def _body_start(text: str, paragraphs: tuple[Paragraph, ...], start: int) -> int:
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
        if paragraph.label or len(words) > _SAMPLE or words.endswith((".", ";", ":")):
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
