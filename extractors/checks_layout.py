"""Checks of paragraphs and punctuation: list marks, broken sentences, doubled marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import regex

from extractors import labels
from extractors.checks import Check, finding
from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.record import Finding
from schemas.text import LineAnchor

_GLYPHS = re.compile(r"[-–+•*]\s*[-–+•]\s*$")
_FEW = 8
"""So many joins over the same empty lines, and a quarter of all, are the file's way of wrapping, not broken sentences."""
_SECOND_MARK = re.compile(r"[,;:.](?<=[\s,;:.].)")
"""A mark behind a blank or another mark: no fault of punctuation is without one, and a plan has few."""
_BETWEEN = 3
"""Characters between a word and its second mark at most: blank, first mark, blank."""
_LETTER = regex.compile(r"\w")
_END = re.compile(r"[.;:!?…”\")\]/]\s*$")


def enum_style(plan: Plan) -> Iterator[Finding]:
    """STR-ENUM-STYLE: two marks in a row; two marks among the children of one item; children without a mark."""
    children: dict[int | None, list[int]] = {}
    for node in plan.nodes:
        paragraph = plan.paragraphs[node.index]
        if paragraph.kind != "paragraph":
            continue
        if _doubled(plan, node.index):
            message = f"Hai dấu đầu dòng liền nhau “{plan.text[paragraph.start : paragraph.body].strip()}”. Giữ một dấu."
            yield finding(plan, "STR-ENUM-STYLE", paragraph.start, _few(plan, paragraph.start, paragraph.end), message)
        children.setdefault(node.parent, []).append(node.index)
    for parent, members in children.items():
        if parent is not None:
            yield from _family(plan, parent, members)


def _doubled(plan: Plan, index: int) -> bool:
    """Two marks in a row before the words."""
    paragraph = plan.paragraphs[index]
    return bool(_GLYPHS.search(plan.text[paragraph.start : paragraph.body]))


def _starred(plan: Plan, index: int) -> bool:
    """A star before words that open a list is a heading among dashes."""
    return plan.paragraphs[index].label.strip() == "*"


def _few(plan: Plan, start: int, end: int) -> int:
    """End of the first words of a paragraph."""
    found = re.match(r"\s*(?:\S+\s+){0,5}\S+", plan.text[start:end])
    return start + (found.end() if found else 0)


def _family(plan: Plan, parent: int, members: list[int]) -> Iterator[Finding]:
    kinds = {i: labels.parse(plan.paragraphs[i].label).style for i in members}
    plain = {i: style for i, style in kinds.items() if style in labels.BULLETS and plan.nodes[i].role != "trailer"}
    bullets = {i: style for i, style in plain.items() if not _doubled(plan, i) and not (plan.nodes[i].lead_in and _starred(plan, i))}
    counts = Counter(bullets.values())
    if len(counts) > 1:
        usual = counts.most_common(1)[0][0]
        odd = next(i for i, style in bullets.items() if style != usual)
        here = plan.paragraphs[odd]
        message = f"Các ý cùng cấp dùng lẫn dấu đầu dòng; ở đây là “{here.label}”. Dùng một dấu cho một cấp."
        yield finding(plan, "STR-ENUM-STYLE", here.start, _few(plan, here.start, here.end), message)
    above = plan.paragraphs[parent]
    style = labels.parse(above.label).style
    bare = [i for i in members if not kinds[i] and plan.nodes[i].role in ("text", "heading")]
    if style in labels.BULLETS and plan.nodes[parent].lead_in and bare and len(bare) == len(members):
        here = plan.paragraphs[bare[0]]
        message = "Các ý dưới dòng dẫn này không có dấu đầu dòng, dễ tưởng là đoạn của cấp trên. Thêm dấu đầu dòng."
        yield finding(plan, "STR-ENUM-STYLE", here.start, _few(plan, here.start, here.end), message)


def sentence_broken(plan: Plan) -> Iterator[Finding]:
    """STR-SENTENCE-BROKEN: a paragraph stops without an end mark and the next goes on in small letters; also where reading
    joined such halves of a text file across an empty line that the rest of the file does not have."""
    for here, after in zip(plan.nodes, plan.nodes[1:], strict=False):
        first, second = plan.paragraphs[here.index], plan.paragraphs[after.index]
        if {first.kind, second.kind} != {"paragraph"} or second.label or plan.zones[here.index] not in ("body", "purpose", "closing"):
            continue
        if plan.zones[after.index] not in ("body", "purpose", "closing") or first.side or second.side:
            continue
        words, rest = plan.words(first), plan.words(second)
        if rest[:1].islower() and not _END.search(words) and len(words.split()) > 6:
            yield _broken(plan, first.end, second.start)
    yield from _joined(plan)


def _joined(plan: Plan) -> Iterator[Finding]:
    """Halves that reading a text file joined over empty lines."""
    gaps: list[tuple[int, int, int]] = []
    for before, after in zip(plan.source.map.segments, plan.source.map.segments[1:], strict=False):
        if not (isinstance(before.anchor, LineAnchor) and isinstance(after.anchor, LineAnchor)):
            return
        if "\n" not in plan.text[before.end : after.start] and after.anchor.line > before.anchor.line:
            gaps.append((after.anchor.line - before.anchor.line, before.end, after.start))
    counts = Counter(gap for gap, _, _ in gaps)
    for gap, end, start in gaps:
        usual = counts[gap] > _FEW and counts[gap] * 4 > len(gaps)
        if gap >= 2 and not usual and plan.zone_at(start) in ("body", "purpose", "closing", "opening"):
            yield _broken(plan, end, start)


def _broken(plan: Plan, end: int, start: int) -> Finding:
    before = plan.text.rfind(" ", 0, max(0, end - 12)) + 1
    after = plan.text.find(" ", start + 10)
    after = after if start < after < start + 30 else min(len(plan.text), start + 12)
    message = f"Câu bị ngắt giữa “{plan.text[before:end].strip()}” và “{plan.text[start:after].strip()}”. Nối lại thành một đoạn."
    return finding(plan, "STR-SENTENCE-BROKEN", before, after, message)


def doubled_marks(text: str) -> Iterator[regex.Match[str]]:
    """What ``finditer`` of the rule «doubled_mark» gives, asked only of words before a second mark: the rule begins with a word,
    and to try it at every letter of a plan takes longer than all other checks of layout."""
    rule, after = rules("checks").pattern("doubled_mark"), 0
    for mark in _SECOND_MARK.finditer(text):
        last = mark.start() - 1
        lowest = max(after, last - _BETWEEN)
        while last >= lowest and not _LETTER.match(text, last):
            last -= 1
        start = last
        while start >= after and _LETTER.match(text, start):
            start -= 1
        found = rule.match(text, start + 1) if last >= lowest else None
        if found:
            after = found.end()
            yield found


def punctuation(plan: Plan) -> Iterator[Finding]:
    """STR-PUNCT: two marks that exclude each other, a blank before a mark."""
    for found in doubled_marks(plan.text):
        if plan.zone_at(found.start()) in ("header", "recipients", "signature"):
            continue
        message = f"Dấu câu “{found.group('marks')}” đặt sai. Giữ một dấu đúng nghĩa câu."
        yield finding(plan, "STR-PUNCT", found.start(), found.end(), message)


CHECKS: tuple[Check, ...] = (enum_style, sentence_broken, punctuation)
