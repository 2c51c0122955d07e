"""Where a document is called by its kind and subject: the line of the kind («KẾ HOẠCH»), or the line that names a copy without head."""

from __future__ import annotations

from regex import Pattern

from extractors import labels
from extractors.casing import is_caps
from extractors.rulebook import rules
from schemas.document import Paragraph

HEAD = 45
"""Paragraphs looked at for the line that names the kind; header tables of three levels take about a dozen."""
_NEAR = 12
"""Paragraphs below a line that names the paper, among which a head would still stand."""
_MOTTOES = ("state_motto", "party_motto", "union_motto")


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
    heads = (*head_lines(), rules("structure").pattern("addressed_to"), *(rules("structure").pattern(n) for n in _MOTTOES))
    return None if any(p.match(text[o.body : o.end]) for o in paragraphs[1:_NEAR] for p in heads) else 0


def _small_kind(text: str, paragraphs: tuple[Paragraph, ...]) -> int | None:
    """«Kế hoạch» in small letters: alone on its line, or with the subject behind it on the first line or under the lines of a header;
    a sentence («Kế hoạch này …») ends in a mark."""
    rule, head = rules("structure").pattern("small_kind_line"), (*head_lines(), *(rules("structure").pattern(n) for n in _MOTTOES))
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


def title_end(text: str, paragraphs: tuple[Paragraph, ...], kind: int) -> int:
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


def head_lines() -> tuple[Pattern[str], ...]:
    """Number, place and date, and subject of a letter: they stand below the mottoes."""
    identity = rules("identity")
    return identity.pattern("number_line"), identity.pattern("place_date"), rules("structure").pattern("subject_line")
