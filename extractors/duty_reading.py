"""What the duties of one plan ask for, found once: drafts with the fields that trailers and columns give them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, fields
from functools import cached_property

from extractors.places import Places
from extractors.plan import Node, Plan
from extractors.rulebook import rules
from extractors.unit_roles import assignment_of
from extractors.unit_words import lost_spaces

SENTENCE = re.compile(r"[.;!?]\s+(?=[A-ZĐƯÂĂÊÔƠÁÀẢÃẠÉÈÚÙÍÓÒÝ“\"])")


@dataclass(frozen=True, slots=True)
class Who:
    """Names with the rule that gave them; ``request``: the field said «đề nghị …»; ``overruled``: a field named others than the command."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    report_to: tuple[str, ...] = ()
    advise_to: tuple[str, ...] = ()
    rule: str = ""
    request: bool = False
    overruled: bool = False


@dataclass(slots=True)
class Fields:
    """Values that trailers or table columns give to a duty, as spans."""

    lead: list[tuple[int, int]] = field(default_factory=list)
    support: list[tuple[int, int]] = field(default_factory=list)
    time: list[tuple[int, int]] = field(default_factory=list)
    product: list[tuple[int, int]] = field(default_factory=list)

    def add(self, name: str, span: tuple[int, int]) -> None:
        if name in {"lead", "support", "time", "product"}:
            getattr(self, name).append(span)


@dataclass(slots=True)
class Draft:
    index: int
    start: int
    end: int
    section: str
    fields: Fields = field(default_factory=Fields)
    in_table: bool = False
    title: tuple[int, int] = (0, 0)


class Reading(Plan):
    """A plan with what all its duties ask for, found once."""

    @classmethod
    def of(cls, plan: Plan) -> Reading:
        return cls(**{f.name: getattr(plan, f.name) for f in fields(plan)})

    @cached_property
    def deadline_places(self) -> Places:
        return Places(self.deadlines)

    @cached_property
    def citation_places(self) -> Places:
        return Places(self.citations)

    @cached_property
    def unit_ids(self) -> dict[str, str]:
        """Id of the last unit of each wording."""
        return {u.text: u.id for u in self.units}

    @cached_property
    def lost(self) -> list[int]:
        """Places where a space was lost inside a name."""
        return lost_spaces(self.text)

    def torn_between(self, start: int, end: int) -> bool:
        at = bisect_left(self.lost, start)
        return at < len(self.lost) and self.lost[at] <= end

    @cached_property
    def listing(self) -> dict[int, bool]:
        """Nodes asked so far whether they open a list of things."""
        return {}

    @cached_property
    def with_fields(self) -> frozenset[int | None]:
        """Nodes on which a field line hangs."""
        return frozenset(n.parent for n in self.nodes if n.role == "trailer")

    @cached_property
    def opening(self) -> tuple[str, ...]:
        """Words of the opening paragraphs."""
        return tuple(self.words(p) for p, zone in zip(self.paragraphs, self.zones, strict=True) if zone == "opening")

    @cached_property
    def launched(self) -> Who:
        return _addressed_by_launch(self)

    @cached_property
    def asks(self) -> bool:
        return _letter_asks(self)


def span_of(plan: Plan, node: Node) -> tuple[int, int]:
    paragraph = plan.paragraphs[node.index]
    return paragraph.body, paragraph.end


def _addressed_by_launch(plan: Plan) -> Who:
    """Addressees of the launch clause of a directive: «Ban Thường vụ yêu cầu các cấp ủy … thực hiện các nhiệm vụ sau:»."""
    rule = rules("duties").pattern("launch_addressee")
    for paragraph, zone in zip(reversed(plan.paragraphs), reversed(plan.zones), strict=True):
        if zone == "opening" and (found := list(rule.finditer(plan.words(paragraph)))):
            start = paragraph.body + found[-1].end()
            asked = assignment_of("giao " + plan.text[start : paragraph.end])
            return Who(asked.lead_names, rule="lead.launch") if asked.lead_names else Who()
    return Who()


def _letter_asks(plan: Reading) -> bool:
    """The launch clause of a letter asks («… đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:»)."""
    if plan.document.kind != "Công văn":
        return False
    rule = rules("duties").pattern("letter_asks")
    return any(rule.search(words) for words in plan.opening)
