"""Lists of who does it: «b) Cơ quan thực hiện:» over «- Đơn vị chủ trì: …», «2. Cơ quan chủ trì» over the names, one a line.

Such a list is one field of the item or section that it stands in, though it takes many lines. Source: domain.md 3.4.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.trailers import Field
from extractors.unit_names import list_names
from extractors.unit_qualifiers import acts
from extractors.unit_subjects import subject_of
from extractors.unit_words import Words
from schemas.document import Paragraph

_LONGEST = 240
"""Characters of the longest line that holds nothing but names."""
_NOTE_BEHIND = re.compile(r"(?<=\.)\s+\([^()]*\)[.;]?\s*$")
_NOTE = re.compile(r"\([^()]*\)[.;]?")
_SHORT_LINE = 120
"""Characters of the longest line of names that are not known."""
_TAIL = 5
"""Words in small letters with which a name goes on at most."""
_OPENS = {"number", "dotted", "letter", "paren", "dash", "plus", "bullet", ""}


@dataclass(frozen=True, slots=True)
class Block:
    """The list that a paragraph belongs to: its first paragraph and what this line gives."""

    first: int
    field: Field


def doer_lists(plan: Plan) -> dict[int, Block]:
    """Paragraphs of such lists, by index."""
    out: dict[int, Block] = {}
    for index, paragraph in enumerate(plan.paragraphs):
        field = None if index in out or paragraph.kind != "paragraph" else _opens(plan, paragraph)
        if field is not None and (lines := _lines(plan, index, field)):
            out |= {index: Block(index, field)} | {i: Block(index, said) for i, said in lines.items()}
    return out


def _opens(plan: Plan, paragraph: Paragraph) -> Field | None:
    """The field that a line names and does not give; it may name lead and support at once."""
    words = plan.words(paragraph).strip().rstrip(" :.")
    if len(words) > 60 or labels.parse(paragraph.label).style not in _OPENS:
        return None
    if rules("structure").pattern("both_roles").match(words):
        return "lead"
    field = trailers.field_of(words)
    return field if field in {"lead", "support"} else None


def _lines(plan: Plan, first: int, field: Field) -> dict[int, Field]:
    """The lines below the opening one and what they give; empty where one of them is more than names."""
    opening, out, said = labels.parse(plan.paragraphs[first].label).style, dict[int, Field](), field
    sure = False
    for index in range(first + 1, len(plan.paragraphs)):
        paragraph = plan.paragraphs[index]
        style = labels.parse(paragraph.label).style
        if paragraph.kind != "paragraph" or style == opening or style in {"part", "chapter", "article", "roman", "upper", "annex"}:
            break
        if opening in {"letter", "paren"} and style in {"number", "dotted"}:
            break
        if opening in labels.BULLETS | {""} and style not in labels.BULLETS:
            break
        given, end = trailers.parse(plan.text, paragraph.body, paragraph.end), before_note(plan.text, paragraph.body, paragraph.end)
        if given and given[0].field in {"lead", "support"}:
            out[index] = given[0].field
        elif (inner := _opens(plan, paragraph)) is not None:
            out[index] = said = inner
        elif style and (role := role_alone(plan.text, paragraph.body, paragraph.end)):
            out[index] = role.field
        elif style and _only_names(plan.text, paragraph.body, end):
            out[index], sure = said, True
        elif style and sure and _like_names(plan.text, paragraph.body, end):
            out[index] = said
        elif not style and sure and _NOTE.fullmatch(plan.words(paragraph).strip()):
            out[index] = "other"  # «(Văn phòng Ban Chỉ đạo là đầu mối thu thập thông tin)» among the names
        elif not style and not out:
            return {}
        else:
            break
        if not out:
            return {}
    after = first + len(out) + 1
    more = plan.paragraphs[after] if after < len(plan.paragraphs) else None
    return {} if more is not None and _works_below(plan, plan.paragraphs[after - 1], more, opening) else out


def before_note(text: str, start: int, end: int) -> int:
    """End of the names of a line without a sentence in brackets behind them («Hội Cựu chiến binh. | (Văn phòng là đầu mối).»)."""
    found = _NOTE_BEHIND.search(text, start, end)
    return found.start() if found else end


def _like_names(text: str, start: int, end: int) -> bool:
    """Whether a line in a list of names, one of which is known, may hold names that no lexicon knows («Ban Công tác đặc biệt - Ủy ban
    Chuyên trách Chính phủ», «các cù lao»): each part is short, opens like a name and tells nobody to act."""
    if not start < end <= start + _SHORT_LINE or text[start:end].count(":"):
        return False
    at = start
    for part in re.split(r"[;,]", text[start:end].rstrip(" .;,")):
        words = Words(text, at + len(part) - len(part.lstrip()), at + len(part))
        opens = len(words) > 0 and (words.cap(0) or words.hit(0, "determiner") is not None)
        told = any(words.hit(j, "modal") or ((manner := words.hit(j, "adverb")) and acts(words, manner[0])) for j in range(len(words)))
        who = subject_of(text, words.start(0), at + len(part)) if opens else None
        acts_behind = who is not None and Words(text, who[1], at + len(part)).hit(0, "verb") is not None
        if not opens or told or begins_with_act(part) or acts_behind:
            return False
        at += len(part) + 1
    return True


def _works_below(plan: Plan, last: Paragraph, more: Paragraph, opening: str) -> bool:
    """Whether the line behind the names stands below the last of them: a body with its work, and no list of who does it."""
    style, above = labels.parse(more.label).style, labels.parse(last.label).style
    if style in labels.BULLETS:
        return opening not in labels.BULLETS
    if style in {"letter", "paren"}:
        return above in {"number", "dotted"}
    return not style and above in {"number", "dotted", "letter", "paren"} and begins_with_act(plan.words(more))


def role_alone(text: str, start: int, end: int) -> trailers.FieldSpan | None:
    """The field of a line that gives a body its part and no work: «Phòng Văn hóa: chủ trì.», «Các khu phố phối hợp thực hiện.»"""
    found = rules("duties").pattern("role_alone").match(text, start, end) if end - start < _LONGEST else None
    if found is None or not _only_names(text, *found.span("who")):
        return None
    return trailers.FieldSpan("support" if found["support"] else "lead", *found.span("who"), "trailers.role_alone")


def names_doers(text: str, fields: tuple[trailers.FieldSpan, ...]) -> bool:
    """Whether field lines say who does it and nothing else: «2. Cơ quan chủ trì: Sở Nội vụ.» is no item of a list of work."""
    return all(part.field in {"lead", "support"} and _only_names(text, part.start, part.end) for part in fields)


def _only_names(text: str, start: int, end: int) -> bool:
    """Whether each part of a line begins with a name and goes on without a predicate; names may end in words no lexicon holds."""
    if not start < end <= start + _LONGEST or ":" in text[start:end]:
        return False
    at = start
    for part in text[start:end].rstrip(" .;,").split(";"):
        words = Words(text, at, at + len(part))
        found, last = list_names(words, 0)
        while words.word(last) == "các" and (more := list_names(words, last))[0]:
            last = more[1]  # «Ban Chỉ đạo | các quân khu, Ban Chỉ đạo các tỉnh»
        if found and (rest := rules("duties").pattern("organisations_concerned").match(words.text, words.end(last), at + len(part))):
            last = words.from_offset(rest.end(), last)
        if not found or words.hit(last, "verb", "modal", "adverb", "adjunct") is not None or words.word(last) in (".", "("):
            return False
        small = last < len(words) and not words.cap(last)
        if small and (len(words) - last > _TAIL or begins_with_act(text[words.start(last) : at + len(part)])):
            return False  # «UBND các xã, phường | quét dọn đường làng»
        at += len(part) + 1
    return True
