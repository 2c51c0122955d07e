"""Checks of the outline and of references into this document: numbers that repeat, are missing, or lead nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors import labels
from extractors.checks import Check, finding
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.section_places import path_of, steps_of, targets
from schemas.document import Paragraph
from schemas.record import Citation, Finding, Section

_CHECKED = frozenset({"part", "chapter", "upper", "roman", "article", "number", "dotted", "paren", "letter"})
_LONGEST_JUMP = 3
"""Missing numbers in a row; more is rather a misread label (a year, a quantity) than missing sections."""


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A section with its value in its series: ``place`` of "III" is 3, of "2.4." is 4."""

    section: Section
    node: int
    place: int
    prefix: tuple[str, ...]


def _series(plan: Plan) -> list[list[_Numbered]]:
    """Sections that count on from each other: the same owner, the same style of label, the same dotted prefix."""
    groups: dict[tuple[object, ...], list[_Numbered]] = {}
    for section in plan.sections:
        label = labels.parse(section.label) if section.label else None
        place = labels.ordinal(label.path[-1]) if label and label.path else None
        if label is None or label.style not in _CHECKED or place is None:
            continue
        index = plan.paragraph_at(section.start)
        owner = plan.nodes[index].parent
        prefix = label.path[:-1]
        groups.setdefault((owner, plan.zones[index] == "annex", label.style, prefix), []).append(_Numbered(section, index, place, prefix))
    return list(groups.values())


def _heading(plan: Plan, section: Section) -> tuple[int, int]:
    """Label and title of a section; of a long item its first 14 words."""
    paragraph = plan.paragraphs[plan.paragraph_at(section.start)]
    words = re.match(r"\s*(?:\S+\s+){0,13}\S+", plan.text[paragraph.start : paragraph.end])
    return paragraph.start, paragraph.start + (words.end() if words else 0)


def _name(section: Section) -> str:
    return f"{section.label} {section.title}".strip()[:60]


def _bare(section: Section) -> str:
    """Label without its punctuation."""
    return section.label.rstrip(".)-/: ")


def section_numbers(plan: Plan) -> Iterator[Finding]:
    """STR-SECTION-DUP and STR-SECTION-GAP in each series. A series that starts again at 1 is a new one."""
    for series in _series(plan):
        count, last = 1, series[0]
        if (above := _starts_late(plan, last)) is not None:
            message = f"Mục {above.label} mở đầu bằng mục {_bare(last.section)}. Bổ sung mục còn thiếu hoặc đánh lại số."
            yield finding(plan, "STR-SECTION-GAP", *_heading(plan, last.section), message)
        elif _lacks_first(plan, series):
            message = f"Văn bản mở đầu bằng mục {_bare(last.section)}. Bổ sung mục còn thiếu hoặc đánh lại số."
            yield finding(plan, "STR-SECTION-GAP", *_heading(plan, last.section), message)
        seen = {last.place: last}
        for here in series[1:]:
            if here.place == 1 and (count > 1 or plan.zones[here.node] == "annex"):
                count, last, seen = 1, here, {1: here}
                continue
            count += 1
            if here.place in seen:
                first = seen[here.place]
                both = f"“{_name(first.section)}” và “{_name(here.section)}”"
                message = f"Số mục {_bare(here.section)} dùng hai lần: {both}. Đánh lại số mục sau."
                yield finding(plan, "STR-SECTION-DUP", *_heading(plan, here.section), message)
            elif _jumps(last.place, here.place, count, here) and not _outside(plan, last, here):
                message = f"Sau mục {_bare(last.section)} đến ngay mục {_bare(here.section)}. Bổ sung mục còn thiếu hoặc đánh lại số."
                yield finding(plan, "STR-SECTION-GAP", *_heading(plan, here.section), message)
            seen.setdefault(here.place, here)
            last = here


def _starts_late(plan: Plan, first: _Numbered) -> Paragraph | None:
    """The paragraph «3.» whose dotted numbers begin above 1 («3.3.»); None where they begin as they should, or hang on another number."""
    owner = plan.nodes[first.node].parent
    if owner is None or not first.prefix or not 1 < first.place <= 1 + _LONGEST_JUMP:
        return None
    paragraph = plan.paragraphs[owner]
    label = labels.parse(paragraph.label) if paragraph.label else None
    if label is None or label.path[-1:] != first.prefix[-1:]:
        return None
    before = (labels.parse(p.label).path for p in plan.paragraphs[owner + 1 : first.node] if p.label)
    return None if any(path[:-1] == first.prefix for path in before) else paragraph


def _lacks_first(plan: Plan, series: list[_Numbered]) -> bool:
    """«II. MỤC ĐÍCH …» as the first section of the text, with others of its kind behind it, or alone as a heading in capitals over numbered
    items, and no line before it that may be I. What a resolution issues begins behind its signature and its articles."""
    first = series[0]
    late = not first.prefix and 1 < first.place <= 1 + _LONGEST_JUMP and labels.parse(first.section.label).style == "roman"
    alone = len(series) < 2 and not _heads_items(plan, first)
    if not late or alone or plan.nodes[first.node].parent is not None or plan.zones[first.node] == "annex":
        return False
    begin = next((i + 1 for i in range(first.node - 1, -1, -1) if plan.zones[i] == "signature"), 0)
    before, misread = plan.paragraphs[begin : first.node], rules("checks").pattern("first_section_misread")
    opens = next((s for s in plan.sections if not before or s.start >= before[0].start), None)
    return opens is first.section and not any(misread.match(plan.text, p.start, p.end) or p.kind == "row" for p in before)


def _heads_items(plan: Plan, first: _Numbered) -> bool:
    """Whether a section is headed in capitals and holds numbered sections of its own."""
    below = (s for s in plan.sections if first.section.start < s.start < first.section.end)
    return (first.section.title or "").isupper() and any(labels.parse(s.label).style == "number" for s in below if s.label)


def _jumps(before: int, here: int, count: int, numbered: _Numbered) -> bool:
    """Numbers go on by one, or catch up with the true count after a repeated number; many offices leave out đ)."""
    if here <= before + 1 or here == count or here - before - 1 > _LONGEST_JUMP:
        return False
    style = labels.parse(numbered.section.label).style
    return not (style in ("letter", "paren") and before == 4 and here == 6)


def _outside(plan: Plan, last: _Numbered, here: _Numbered) -> bool:
    """The missing numbers stand between, on lines that are no sections ("Điều 2. Quyết định này có hiệu lực …")."""
    style, places = labels.parse(here.section.label).style, set[int | None]()
    for paragraph in plan.paragraphs[last.node + 1 : here.node]:
        label = labels.parse(paragraph.label) if paragraph.label else None
        if label and label.style == style and label.path and label.path[:-1] == here.prefix:
            places.add(labels.ordinal(label.path[-1]))
    return places >= set(range(last.place + 1, here.place))


def _written_inline(plan: Plan, steps: list[str], at: int) -> bool:
    """The last step is a letter or number inside the words of the section that the other steps name: "gồm: a) …; b) …"."""
    for section in targets(plan, steps[:-1], at) if len(steps) > 1 else []:
        if re.search(rf"(?<!\w){re.escape(steps[-1])}\s?[).]", plan.text[section.start : section.end], re.I):
            return True
    return False


def self_references(plan: Plan) -> Iterator[Finding]:
    """REF-SELF-UNRESOLVED and REF-SELF-AMBIGUOUS: pinpoints into this document that lead nowhere or to two places."""
    if not plan.sections:
        return
    for citation in plan.citations:
        if citation.form == "self":
            for label in citation.pinpoints:
                yield from _reference(plan, citation, label)


def _reference(plan: Plan, citation: Citation, label: str) -> Iterator[Finding]:
    steps = steps_of(label)
    if steps is None:
        return
    hits = targets(plan, steps, citation.start)
    if len(hits) == 1 and len(path_of(hits[0])) > len(steps):
        message = f"“{label}” chỉ đúng khi hiểu là Mục {hits[0].id}. Ghi đủ đường dẫn."
        yield finding(plan, "REF-SELF-RELATIVE", citation.start, citation.end, message)
    same = [s for s in hits if s.id == hits[0].id] if hits else []
    if len(same) > 1:
        places = " và ".join(f"“{_name(s)}”" for s in same[:2])
        message = f"Văn bản có hai mục cùng số ứng với “{label}”: {places}. Đánh lại số mục và sửa chỗ dẫn."
        yield finding(plan, "REF-SELF-AMBIGUOUS", citation.start, citation.end, message)
    elif not hits and not _written_inline(plan, steps, citation.start) and _certain(plan, citation, steps):
        message = f"Trong văn bản này không có {label}. Sửa chỗ dẫn theo số mục hiện có."
        yield finding(plan, "REF-SELF-UNRESOLVED", citation.start, citation.end, message)


def _certain(plan: Plan, citation: Citation, steps: list[str]) -> bool:
    """Whether a place that was not found is really missing. The level asked for must be one this text numbers; a bare "Mục 3" may
    belong to the document named just before, "… Kế hoạch này" cannot."""
    above = targets(plan, steps[:-1], citation.start) if len(steps) > 1 else []
    inside = [s for s in plan.sections if any(a.start < s.start < a.end for a in above)]
    lettered = len(above) == 1 and len(steps) > 1 and steps[-1].isalpha() and len(steps[-1]) == 1  # «điểm c» of an item without any
    if not inside and not lettered and (len(steps) > 1 or not any(_alike(s, steps[0]) for s in plan.sections)):
        return False
    if citation.kind is not None or re.search(r"\bnày\b", plan.text[citation.start : citation.end + 12]):
        return True
    paragraph = plan.paragraphs[plan.paragraph_at(citation.start)]
    others = [c for c in plan.citations if c.form != "self" and paragraph.start <= c.start < paragraph.end]
    return not others and len(steps) > 1


def _alike(section: Section, step: str) -> bool:
    """The section is numbered in the manner of a step: Roman, Arabic, "Điều"."""
    last = path_of(section)[-1]
    if " " in step or " " in last:
        return last.split(" ")[0] == step.split(" ")[0]
    return last.isdigit() == step.isdigit()


def deictic_kind(plan: Plan) -> Iterator[Finding]:
    """REF-DEICTIC-KIND, once for each kind: "Quy định này" in a Kế hoạch, unless the same clause has just named such a document or
    the plan is issued with one («(Kèm theo Quyết định số …)»), or carries out one that a decision approved («Quyết định số … phê duyệt
    Chương trình …»)."""
    own = plan.document.kind
    if not own:
        return
    this = list(rules("checks").pattern("this_kind").finditer(plan.text))
    attached = tuple(words.strip().lower() for words in map(plan.words, plan.paragraphs if this else ()) if words.isupper())
    above = rules("checks").pattern("promulgated_with")
    known = {kind["kind"].lower() for kind in map(above.search, map(plan.words, plan.paragraphs if this else ())) if kind}
    approved = [c.subject for c in plan.citations if c.relation == "implements" and c.subject] if this else []
    known |= {kind["kind"].lower() for kind in map(rules("checks").pattern("approved_kind").match, approved) if kind}
    for found in this:
        kind = found["kind"]
        written = kind.lower()
        if written in known or own.startswith(kind) or kind.startswith(own) or any(line.startswith(written) for line in attached):
            continue
        clause = re.split(r"[.;:\n]\s", plan.text[max(0, found.start() - 600) : found.start()])[-1]
        if written in clause.lower():
            continue
        known.add(written)
        message = f"“{found.group()}” trong một {own.lower()}: có lẽ chép từ văn bản khác. Viết “{own} này” hoặc ghi rõ số văn bản."
        yield finding(plan, "REF-DEICTIC-KIND", found.start(), found.end(), message)


CHECKS: tuple[Check, ...] = (section_numbers, self_references, deictic_kind)
