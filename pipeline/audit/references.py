"""Coverage without common words: a provision taken over by reference, and plans that the child fulfils by being there."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.matching import Side
from pipeline.audit.terms import Item, says
from schemas.record import Citation, Duty, Record

_PLANS = ("kế hoạch", "chương trình", "phương án")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Reference:
    """Duty number of the child, the citation that carries the parent's provision, and whether its content was in hand."""

    number: int
    citation: Citation
    certain: bool


def upstream(record: Record) -> frozenset[str]:
    """Documents that the record carries out or rests on."""
    return frozenset(link.target for link in record.links if link.relation in ("implements", "based_on"))


def references(child: Side) -> tuple[tuple[int, Citation], ...]:
    """Duties of the child that take over a provision by reference, with the citation."""
    out: list[tuple[int, Citation]] = []
    pattern = rules("audit").pattern("by_reference")
    for number, item in enumerate(child.items):
        pinned = [c for c in item.citations if c.pinpoints and c.form != "self"]
        if not pinned:
            continue
        for found in pattern.finditer(item.duty.text):
            after = item.duty.start + found.end()
            out.extend((number, c) for c in pinned if 0 <= c.start - after <= 3)
    return tuple(out)


def taken_over(item: Item, parent: Side, found: tuple[tuple[int, Citation], ...]) -> Reference | None:
    """The reference that covers a duty: to the parent's own provision where the duty stands, or, for a forbidden act, to a list of
    forbidden acts in a document that the parent itself carries out (its content is not in hand: a person should look). A provision
    that the parent names as well is something else than the parent's own list."""
    key = parent.record.document.key
    for number, citation in found:
        if key and citation.key == key and any(_stands_in(item.duty, pin) for pin in citation.pinpoints):
            return Reference(number, citation, True)
    if item.duty.modality != "prohibition" or not _listed(item.duty):
        return None
    above = upstream(parent.record)
    named = {(c.key, pin) for _, c in references(parent) for pin in c.pinpoints}
    for number, citation in found:
        if citation.key in above and not any((citation.key, pin) in named for pin in citation.pinpoints):
            return Reference(number, citation, False)
    return None


def forbids(text: str | None) -> bool:
    return bool(text and says("forbids", text))


def _listed(duty: Duty) -> bool:
    """An item under «Nghiêm cấm các hành vi:» or under a heading of that kind."""
    return forbids(duty.lead_in) or forbids(duty.heading.rsplit("›", 1)[-1])


def _stands_in(duty: Duty, pinpoint: str) -> bool:
    """Whether «khoản 2 điều 6» names the place of a duty in section «Chương II.Điều 6.2»."""
    path = fold(duty.section)
    for part in re.findall(r"(?:điều|chương|mục|phần)\s+[\w.]+", fold(pinpoint)):
        kind, _, label = part.partition(" ")
        plain = kind == "mục" and (path == label or path.startswith(label + "."))
        if not plain and not re.search(rf"(?<!\w){re.escape(part)}(?![\w])", path):
            return False
    clause = re.search(r"khoản\s+(\w+)", fold(pinpoint))
    article = re.search(r"điều\s+\w+\.(\w+)", path)
    return not (clause and article and clause.group(1) != article.group(1)) and bool(_WORD.search(pinpoint))


def related(parent: Record, child: Record) -> bool:
    """Whether the child names the parent, or, where that is not to be seen, rests on a document that the parent rests on too."""
    cited = {c.key for c in child.citations if c.key} | {link.target for link in child.links}
    key = parent.document.key
    return key in cited or bool(upstream(parent) & upstream(child))


def own_plan(text: str, child: Record) -> bool:
    """Whether an act «xây dựng kế hoạch …» is fulfilled by the child itself, being such a plan."""
    kind = fold(child.document.kind or "")
    return kind in _PLANS and says("own_plan", text)
