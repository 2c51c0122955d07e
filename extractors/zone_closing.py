"""The closing formula of a document («Trên đây là Kế hoạch …»), and the general plea with which a letter ends."""

from __future__ import annotations

from extractors import labels
from extractors.plan import Zone
from extractors.rulebook import rules
from schemas.document import Paragraph

_LAST = 6
"""Paragraphs before the signature among which the formula stands."""


def mark_closing(text: str, paragraphs: tuple[Paragraph, ...], start: int, end: int, zones: list[Zone]) -> None:
    """Give the zone ``closing`` to the formula among the paragraphs before ``end`` and to what follows it."""
    rule = rules("structure").pattern("closing")
    for i in range(max(start, end - _LAST), end):
        if rule.match(text[paragraphs[i].body : paragraphs[i].end]) and paragraphs[i].kind == "paragraph":
            _from_formula(text, paragraphs, i, end, zones)
            return
    if end > start and _pleads(text, paragraphs[end - 1]):
        zones[end - 1] = "closing"


def _from_formula(text: str, paragraphs: tuple[Paragraph, ...], first: int, end: int, zones: list[Zone]) -> None:
    rule, effect, carries, trouble = (rules("structure").pattern(n) for n in ("closing", "effect", "carries_out", "tells_trouble"))
    listed, told = bool(paragraphs[first].label), effect.match(text[paragraphs[first].body : paragraphs[first].end]) is not None
    for j in range(first, end):
        here = text[paragraphs[j].body : paragraphs[j].end]
        article = labels.parse(paragraphs[j].label).style == "article"
        if article and j > first:
            break  # «Quyết định này có hiệu lực …» | «Điều 4. Tổ chức thực hiện»: an article opens what is its own
        if told and carries.search(here):
            continue  # behind the words on effect, who is to carry it out
        if j > first and trouble.match(here):
            continue  # «Quá trình thực hiện nếu có vướng mắc, các đơn vị phản ánh về …»
        beside = listed and j > first and paragraphs[j].label and not rule.match(here)
        if paragraphs[j].kind == "paragraph" and not beside and not article:  # items and articles beside a formula stay ones
            zones[j] = "closing"


def _pleads(text: str, last: Paragraph) -> bool:
    """«Đề nghị các chi ủy, chính quyền triển khai thực hiện nghiêm túc.»: the last paragraph asks everybody in general."""
    if last.kind != "paragraph" or last.label:
        return False
    return rules("structure").pattern("closing_plea").match(text[last.body : last.end]) is not None


__all__ = ["mark_closing"]
