"""What the duties of one plan ask for, found once: drafts with the fields that trailers and columns give them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from extractors import modality
from extractors.duty_conditions import before_conditions
from extractors.places import Places
from extractors.plan import Node, Plan
from extractors.rulebook import rules
from extractors.signs import search
from extractors.trailers import field_of
from extractors.unit_names import list_names
from extractors.unit_roles import Assignment, assignment_of
from extractors.unit_words import Words
from extractors.units import find_units
from schemas.record import Deadline, Modality, Unit

T = TypeVar("T")
TITLE = 180
"""Longest run-in title."""
THINGS = 90
"""Characters at the end of a lead-in in which it says that things follow."""
LEAD_IN = 400
"""Characters at the end of a lead-in in which it names who does what follows."""
THEME = 120
"""Characters of the longest unnumbered line that is the title of what stands below it."""
MARKS = (".", ";", ":", ",", "…", "!", "?", ")")
"""End marks of a sentence or of a member of a list."""
_GLYPHS = {"-", "–", "+", "*", "•"}
HOLDERS = {"title"}
"""Kinds of office holders («Trưởng đoàn»), whom a clause may name in small letters («…, trưởng thôn họp dân»)."""
WORKERS = HOLDERS | {"staff", "team", "team-head", "team-member"}
"""Persons and teams who act beside a first subject («Kế toán kiểm soát chứng từ, | tổ mua sắm kiểm soát giá»)."""
CLAUSE_MARK = re.compile(r"[;.]\s+(?=\w)")
"""What parts two clauses of one item, however short."""
SENTENCE = re.compile(
    r"[;!?.](?:(?<!\.)|(?<![\s(][PQH]\.)(?<!^[PQH]\.)(?<!\s[TV]P\.)(?<!UBND\sX\.)|(?=\s+(?:Các|Những|Mọi|Từng)\s))"
    r"\s+(?=[A-ZĐƯÂĂÊÔƠÁÀẢÃẠÉÈÚÙÍÓÒÝ“\"])"
)
"""Where a sentence ends; «UBND P. | Hòa Bình», «VP. | UBND tỉnh», «TP. | Huế» go on. What stands before the mark is asked behind it: the
search then goes from mark to mark."""


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
    told_from: int | None = None  # where the end of the item begins that tells only who does it


class Reading(Plan):
    """A plan with what all its duties ask for, found once."""

    @classmethod
    def of(cls, plan: Plan) -> Reading:
        return cls(**{f.name: getattr(plan, f.name) for f in fields(plan) if f.init})

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
    def unit_ends(self) -> dict[int, int]:
        """Offsets where a unit ends, and where it begins."""
        return {u.end: u.start for u in self.units}

    @cached_property
    def person_ends(self) -> frozenset[int]:
        """Offsets where persons of some group end («… của cử tri»)."""
        return frozenset(u.end for u in self.units if u.kind in {"public", "staff", "person"})

    @cached_property
    def unit_at(self) -> dict[int, Unit]:
        """The unit that begins at an offset."""
        return {u.start: u for u in self.units}

    @cached_property
    def unit_starts(self) -> frozenset[int]:
        """Offsets where a unit begins."""
        return frozenset(u.start for u in self.units)

    @cached_property
    def titles(self) -> dict[int | None, tuple[str, str | None]]:
        """Titles and lead-in above the duties of a node, once they were asked for."""
        return {}

    @cached_property
    def last_sentences(self) -> dict[int, Assignment | None]:
        """Whom the last sentence of a lead-in tells to act, once it was asked for."""
        return {}

    @cached_property
    def _forces(self) -> dict[int, tuple[tuple[Modality, str] | None, bool]]:
        return {}

    def force_above(self, index: int) -> tuple[tuple[Modality, str] | None, bool]:
        """Force that a heading or lead-in lends, and whether it lists what is forbidden; found once for all duties below it."""
        known = self._forces.get(index)
        if known is None:
            words = self.text[slice(*span_of(self, self.nodes[index]))]
            forbids = rules("duties").pattern("forbidden_heading").search(words) is not None
            known = self._forces[index] = modality.of_lead_in(words), forbids
        return known

    def rights_above(self, index: int) -> bool:
        """Whether a heading says that the items below it are somebody's rights («Quyền của kiểm toán viên»)."""
        return rules("duties").pattern("rights_heading").match(self.words(self.paragraphs[index]).strip()) is not None

    def handed_down(self, of: Callable[[int], T | None]) -> dict[int, T]:
        """What the nearest node above says, for every node that has one: ``of`` is asked once of each node that owns others."""
        own = {up: of(up) for up in sorted({n.parent for n in self.nodes if n.parent is not None})}
        out: dict[int, T] = {}
        for node in self.nodes:
            if node.parent is not None:
                said = own[node.parent]
                said = out.get(node.parent) if said is None else said
                if said is not None:
                    out[node.index] = said
        return out

    @cached_property
    def times(self) -> dict[str, Deadline]:
        """Deadlines by their ids."""
        return {d.id: d for d in self.deadlines}

    @cached_property
    def undated(self) -> frozenset[str]:
        """Deadlines that give no day, period or term: recurring, continuous, on an occasion."""
        return frozenset(d.id for d in self.deadlines if d.kind in {"recurring", "continuous", "event"})

    @cached_property
    def on_events(self) -> frozenset[str]:
        """Deadlines that name an occasion alone: a heading «thường xuyên» still holds beside them."""
        return frozenset(d.id for d in self.deadlines if d.kind == "event")

    @cached_property
    def told_in_annex(self) -> dict[int, bool]:
        """Nodes below a lead-in of an annex whose last sentence names who does what follows («Ban quản lý … thực hiện các việc sau:»)."""
        opens = rules("duties").pattern("introduces_only")

        def tells(index: int) -> bool | None:
            if self.zones[index] != "annex" or not self.nodes[index].lead_in:
                return None
            said = SENTENCE.split(self.words(self.paragraphs[index])[-LEAD_IN:])[-1]
            return True if opens.search(said) and (assignment_of(said).lead_names or _opens_with_name(said)) else None

        return self.handed_down(tells)

    @cached_property
    def in_programme(self) -> dict[int, bool]:
        """Nodes below the programme of an event («Hội thảo gồm các phần:»)."""
        rule = rules("structure").pattern("programme")
        return self.handed_down(lambda index: True if rule.match(self.words(self.paragraphs[index])) else None)

    @cached_property
    def in_conditions(self) -> dict[int, bool]:
        """Nodes below a lead-in that tells what to do «… khi:», «… trong các trường hợp sau:»: they say when, and command nothing."""
        opening = (n.index for n in self.nodes if n.lead_in)
        found = {up for up in opening if before_conditions(self.words(self.paragraphs[up]).rstrip()) is not None}
        items = [n for n in self.nodes if n.parent in found]
        listed = Counter(n.parent for n in items)
        told = Counter(n.parent for n in items if assignment_of(self.text, *span_of(self, n)).lead)
        found -= {up for up in found if 2 * told[up] > listed[up]}  # bodies act: no conditions
        return self.handed_down(lambda index: True if index in found else None) if found else {}

    @cached_property
    def lists(self) -> frozenset[int]:
        """Lead-ins, and what stands under a heading, that open a list of things; the titles between («1. Đối tượng» | «1.1. Tập thể» |
        «a) Các cấp ủy») only part it."""
        owners = {n.parent for n in self.nodes if n.parent is not None}
        follow = rules("duties")["things_follow"]
        return frozenset(
            up
            for up in owners
            if self._parts_list(up) or self._names_list(self.nodes[up].parent) or search(follow, self.words(self.paragraphs[up])[-THINGS:])
        )

    @cached_property
    def of_fields(self) -> frozenset[int]:
        """Items of an empty field line that lists things («- Thành phần:» over «+ Bí thư Đảng ủy xã.»)."""
        found: set[int] = set()
        opened: tuple[int | None, str] | None = None
        for node in self.nodes:
            label = self.paragraphs[node.index].label.strip()
            if opened and node.role == "item" and node.parent == opened[0] and label in _GLYPHS - {opened[1]}:
                found.add(node.index)
            elif node.role == "trailer" and self._names_list(node.index) and self.words(self.paragraphs[node.index]).rstrip().endswith(":"):
                opened = node.parent, label
            else:
                opened = None
        return frozenset(found)

    def _names_list(self, index: int | None) -> bool:
        words = self.words(self.paragraphs[index]) if index is not None else ""
        return len(words) < TITLE and bool(rules("duties").pattern("list_heading").match(words))

    def _parts_list(self, index: int) -> bool:
        """The title of a list of things, or one below it through headings alone."""
        at: int | None = index
        while at is not None:
            if self._names_list(at):
                return True
            at = self.nodes[at].parent if self.nodes[at].role == "heading" else None
        return False

    @cached_property
    def themes(self) -> frozenset[int]:
        """Lines without number and end mark that name what the paragraphs or bullets below them are about («Đẩy mạnh tuyên truyền …»
        over whole sentences). Not the lines of a series without end marks, nor one that just lost its own."""
        found: list[int] = []
        per_parent: dict[int | None, list[int]] = {}
        for node, after in zip(self.nodes, self.nodes[1:], strict=False):
            if node.role != "text" or after.parent != node.parent or after.index != node.index + 1:
                continue
            words, below = self.words(self.paragraphs[node.index]).rstrip(), self.words(self.paragraphs[after.index]).rstrip()
            if len(words) > THEME or words.endswith(MARKS) or not words[:1].isupper() or self._unmarked(node.index - 1, node.parent):
                continue
            if self.paragraphs[after.index].label and after.role in {"item", "heading"} and after.section == node.section:
                found.append(node.index)
            elif after.role == "text" and below.endswith(MARKS):
                per_parent.setdefault(node.parent, []).append(node.index)
        for parent, lines in per_parent.items():
            if parent is not None and lines[0] == parent + 1 and len(lines) > 1:
                found.extend(lines)
        return frozenset(found)

    def _unmarked(self, index: int, parent: int | None) -> bool:
        """A line beside, without an end mark of its own: its sister is one of a series."""
        node = self.nodes[index] if index >= 0 else None
        beside = node is not None and node.parent == parent and node.role in {"text", "item"}
        return beside and not self.words(self.paragraphs[index]).rstrip().endswith(MARKS)

    @cached_property
    def with_below(self) -> frozenset[int | None]:
        """Nodes on which something else than field lines hangs."""
        return frozenset(n.parent for n in self.nodes if n.role in {"item", "heading", "text"})

    @cached_property
    def _items(self) -> dict[int, list[int]]:
        """Items by what they hang on; those under a lead-in («- Nội dung công việc:») hang on what it hangs on."""
        out: dict[int, list[int]] = {}
        for node in self.nodes:
            up = node.parent
            while up is not None and self.nodes[up].lead_in and self.nodes[up].parent is not None and not _numbered(self, up):
                up = self.nodes[up].parent
            if node.role == "item" and up is not None:
                out.setdefault(up, []).append(node.index)
        return out

    def below(self, index: int) -> list[int]:
        """Items right below node ``index``."""
        return self._items.get(index, [])

    @cached_property
    def with_work(self) -> frozenset[int | None]:
        """Nodes below which a line opens the list of their work («- Nội dung công việc:»)."""
        opens = (n for n, after in pairwise(self.nodes) if after.role == "item" and n.parent is not None)
        said = ((n, self.words(self.paragraphs[n.index])) for n in opens)
        return frozenset(n.parent for n, words in said if words.endswith(":") and len(words) < TITLE and field_of(words) == "task")

    @cached_property
    def with_fields(self) -> frozenset[int | None]:
        """Nodes on which a field line hangs."""
        return frozenset(n.parent for n in self.nodes if n.role == "trailer")

    @cached_property
    def particulars(self) -> dict[int, int]:
        """Lead-ins («- Ban A giám sát …. Cụ thể:») of the bullets beside them that go on with what they say, to the first that names
        who acts: «- Cơ cấu của tổ;», «- Việc niêm yết danh sách.»"""
        out: dict[int, int] = {}
        open_at: dict[int | None, int] = {}
        rule = rules("duties").pattern("particulars_follow")
        for node in self.nodes:
            if node.role not in {"item", "heading"}:
                continue
            label, span = self.paragraphs[node.index].label, span_of(self, node)
            above = open_at.get(node.parent)
            after = self.paragraphs[node.index + 1].label if node.index + 1 < len(self.paragraphs) else ""
            follows = node.lead_in and label == after and label.strip() in _GLYPHS  # else it owns what stands below it
            if follows and rule.search(self.text[max(span[0], span[1] - THINGS) : span[1]]):
                open_at[node.parent] = node.index
            elif above is not None and label == self.paragraphs[above].label and not assignment_of(self.text, *span).lead:
                out[node.index] = above
            elif above is not None:
                del open_at[node.parent]
        return out

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


def _opens_with_name(words: str) -> bool:
    """«Ban Công tác Mặt trận các thôn này thực hiện …»: a body stands first, whatever points back behind it."""
    named = find_units(words[:THEME])
    return bool(named) and not words[: named[0].start].strip()


def _numbered(plan: Plan, index: int) -> bool:
    return plan.paragraphs[index].label.rstrip(".)-/: ").isalnum()


def span_of(plan: Plan, node: Node) -> tuple[int, int]:
    paragraph = plan.paragraphs[node.index]
    return paragraph.body, paragraph.end


_GIVES = "giao "


def _names_bodies(words: str) -> bool:
    """Whether the grammar of names reads all of it: «các đơn vị», «các bộ, địa phương»."""
    read = Words(words)
    return bool(len(read)) and list_names(read, 0)[1] == len(read)


def _addressed_by_launch(plan: Plan) -> Who:
    """Addressees of the launch clause of a directive: «Ban Thường vụ yêu cầu các cấp ủy … thực hiện các nhiệm vụ sau:»."""
    book = rules("duties")
    rule = book.pattern("launch_addressee")
    for paragraph, zone in zip(reversed(plan.paragraphs), reversed(plan.zones), strict=True):
        if zone != "opening" or not (found := list(rule.finditer(plan.words(paragraph)))):
            continue
        asked: list[str] = []
        for cue, after in zip(found, [*found[1:], None], strict=True):  # «yêu cầu A …, đề nghị B …:» asks both
            words = plan.text[paragraph.body + cue.end() : paragraph.end]
            alias = book.pattern("called_in_short").search(words.split(":")[0]) if ";" not in words else None
            alias = alias if alias and _names_bodies(alias["name"].strip()) else None  # «(gọi tắt là Chỉ thị 37)» names a paper
            told = assignment_of(f"{_GIVES}{words}")
            behind = words[told.lead[-1][1] - len(_GIVES) : after.start() - cue.end() if after else None] if told.lead else ""
            if not alias and ";" in behind.rstrip(" ;"):
                continue  # «giao A rà soát; B báo cáo …»: told of before; in «giao A; B; C thực hiện …:» all three are named first
            # «A, B, C và các D (gọi chung là các đơn vị)» is said in short, «các trường trực thuộc Bộ (gọi là trường)» as it stands
            names = (alias["name"].strip(),) if alias and len(told.lead_names) != 1 else told.lead_names
            asked.extend(n for n in names if n not in asked)
        return Who(tuple(asked), rule="lead.launch") if asked else Who()
    return Who()


def _letter_asks(plan: Reading) -> bool:
    """The launch clause of a letter asks («… đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:»)."""
    if plan.document.kind != "Công văn":
        return False
    rule = rules("duties").pattern("letter_asks")
    return any(rule.search(words) for words in plan.opening)
