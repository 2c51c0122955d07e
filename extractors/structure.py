"""The outline: which paragraph stands under which heading, and what part it plays (cấu trúc mục).

Levels are learned from the document: a label style seen for the first time below a heading opens a level of its own; a style
already open returns to its level. Dotted numbers (2.1., 4.3.1.) hang on the number they extend. Duplicate and missing
numbers are kept as they stand; the checks report them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors import labels, trailers
from extractors.plan import Node, NodeRole, Plan, Zone
from extractors.rulebook import rules
from extractors.zones import find_zones, is_caps
from schemas.document import Paragraph
from schemas.record import Section

_RANK = {
    "annex": 0, "part": 1, "chapter": 2, "subsection": 3, "upper": 4, "roman": 5, "article": 6, "task": 6, "caps": 7, "number": 8,
    "dotted": 9, "paren": 11, "letter": 12, "lead": 13, "dash": 14, "plus": 15, "dot": 16,
}  # fmt: skip
_NAMED = {"annex": "Phụ lục", "part": "Phần", "chapter": "Chương", "subsection": "Mục", "article": "Điều", "task": "Nhiệm vụ"}
_ENDS = re.compile(r"[.;!?…]\s*$")
_TITLE = 180
"""Characters of the longest heading that says of what the goals or demands below it are."""


_PERIOD = 60
"""Characters that a line which is nothing but a period may have."""


@dataclass(slots=True)
class _Open:
    """A level that is open while walking down the paragraphs."""

    node: int
    style: str
    mark: str
    path: tuple[str, ...]
    section: str
    rank: int
    ordinal: int | None
    lead_in: bool


@dataclass(slots=True)
class _Draft:
    index: int
    parent: int | None
    section: str
    numbered: bool
    style: str
    field: str | None = None
    role: NodeRole = "other"
    depth: int = 0
    lead_in: bool = False
    zone: Zone = "body"


def _mark(label: str) -> str:
    return label[-1] if label and not label[-1].isalnum() else ""


class _Outline:
    """Walks the paragraphs of body, annex and footnotes once and hangs each on its heading."""

    def __init__(self, plan: Plan, zones: tuple[Zone, ...]) -> None:
        self.text, self.words, self.paragraphs, self.zones = plan.text, plan.words, plan.paragraphs, zones
        self.stack: list[_Open] = []
        self.drafts: list[_Draft] = []
        self.sections: list[Section] = []
        self.annexes = 0
        self.table: dict[int, int | None] = {}
        self.group: dict[int, int] = {}

    def walk(self) -> None:
        for index, paragraph in enumerate(self.paragraphs):
            zone = self.zones[index]
            if zone not in {"body", "annex", "footnote"}:
                self.drafts.append(_Draft(index, None, "", False, "", zone=zone))
                continue
            if zone == "annex" and (index == 0 or self.zones[index - 1] not in {"annex", "footnote"}):
                self._begin_annex(index)
            self.drafts.append(self._place(index, paragraph, zone))

    def _begin_annex(self, index: int) -> None:
        self.stack.clear()
        words = self.text[self.paragraphs[index].start : self.paragraphs[index].end]
        if not rules("structure").pattern("annex_heading").match(words):
            self.stack.append(_Open(-1, "annex", "", (), "Phụ lục", 0, None, False))

    def _top(self) -> tuple[int | None, str]:
        if not self.stack:
            return None, ""
        return (self.stack[-1].node if self.stack[-1].node >= 0 else None), self.stack[-1].section

    def _place(self, index: int, paragraph: Paragraph, zone: Zone) -> _Draft:
        if paragraph.kind == "row":
            return self._row(index, paragraph, zone)
        if paragraph.kind == "footnote":
            host = self._host(index, paragraph)
            return _Draft(index, host, self.drafts[host].section if host is not None else self._top()[1], False, "", zone=zone)
        words = self.words(paragraph)
        label = labels.parse(paragraph.label) if paragraph.label else None
        if zone == "annex" and label is None and rules("structure").pattern("annex_heading").match(words):
            found = labels.find(words)
            label = found[0] if found else labels.Label("Phụ lục", "annex", ())
        bulleted = label is None or label.style in labels.BULLETS
        fields = trailers.parse(self.text, paragraph.body, paragraph.end)
        described = bool(fields) and fields[0].field == "other" and label is not None and label.style in {"number", "dotted"}
        below = bool(fields) and fields[0].field != "other" and label is not None and label.style == "dotted" and len(label.path) > 1
        if fields and (bulleted or described or below or (label is not None and label.style in {"letter", "paren"})):
            assigns = described and rules("structure").pattern("assigning_detail").match(words)
            opens = label is not None and label.numbered and fields[0].start >= fields[0].end and self._items_follow(index, label)
            if not assigns and not opens:
                return self._trailer(index, label, fields[0].field, zone)
        if label is None or not label.style:
            return self._plain(index, paragraph, words, zone)
        return self._labelled(index, paragraph, label, words, zone)

    def _items_follow(self, index: int, label: labels.Label) -> bool:
        """The next paragraph stands a step below: «2. Hình thức tổ chức:» with dashes under it is a heading, no field line."""
        after = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        below = labels.parse(after.label) if after is not None and after.label else None
        return below is not None and below.style != label.style

    def _host(self, index: int, paragraph: Paragraph) -> int | None:
        for i in range(index - 1, -1, -1):
            if paragraph.note and paragraph.note in self.paragraphs[i].notes:
                return i
        return index - 1 if index else None

    def _trailer(self, index: int, label: labels.Label | None, field: str, zone: Zone) -> _Draft:
        """A field line hangs on the item above it, or on the numbered item when it is a bullet among its sisters."""
        style = label.style if label else ""
        stack = [o for o in self.stack if o.style != "lead"]
        if style in labels.BULLETS or not style:
            while stack and (stack[-1].rank >= _RANK[style] if style else stack[-1].style in labels.BULLETS):
                stack.pop()
        elif label is not None:
            while stack and stack[-1].rank >= _RANK[style]:
                stack.pop()
        owner = stack[-1] if stack else None
        node = owner.node if owner and owner.node >= 0 else None
        if label is not None and style in {"number", "dotted"}:  # it keeps its number in the series of its sisters
            section = self._id(label, self._section_of(stack))
            return _Draft(index, node, section, True, style, field=field, role="trailer", zone=zone)
        return _Draft(index, node, owner.section if owner else "", False, style, field=field, role="trailer", zone=zone)

    def _plain(self, index: int, paragraph: Paragraph, words: str, zone: Zone) -> _Draft:
        while self.stack and self.stack[-1].style == "lead":
            self.stack.pop()
        heading = is_caps(words) and len(words) < 200 and not words.rstrip().endswith((".", ";")) and len(words.split()) > 1
        heading = heading or (paragraph.bold and len(words) < 180 and not _ENDS.search(words) and self._next_differs(index))
        if heading:
            return self._push(index, labels.Label("", "caps", ()), self._section(), zone, numbered=False)
        while self.stack and self.stack[-1].style in labels.BULLETS and not self.stack[-1].lead_in:
            self.stack.pop()
        self._leave_finished_item(index)
        parent, section = self._top()
        draft = _Draft(index, parent, section, False, "", zone=zone, lead_in=self._leads(words))
        if draft.lead_in:
            self.stack.append(_Open(index, "lead", "", (), section, _RANK["lead"], None, True))
        return draft

    def _leave_finished_item(self, index: int) -> None:
        """A numbered item that is a whole sentence owns no unlabelled paragraph: that one belongs to the heading above both."""
        if not self.stack or self.stack[-1].lead_in or not self.stack[-1].style or self.stack[-1].style == "caps":
            return
        item = self.stack[-1].node
        words = self.words(self.paragraphs[item]) if item >= 0 else ""
        follows = self.paragraphs[index].kind == "paragraph" and all(d.parent != item for d in self.drafts[item + 1 :])
        if follows and len(words.split()) > 9 and _ENDS.search(words):
            self.stack.pop()

    def _next_differs(self, index: int) -> bool:
        after = index + 1
        return after < len(self.paragraphs) and not self.paragraphs[after].bold and self.zones[after] in {"body", "annex"}

    def _section(self) -> str:
        return self._section_of(self.stack)

    @staticmethod
    def _section_of(stack: list[_Open]) -> str:
        return next((o.section for o in reversed(stack) if o.style not in {"caps"}), "")

    @staticmethod
    def _leads(words: str) -> bool:
        """A line that hands down what it says: it ends in a colon, or is a period and nothing else («Tháng 9/2025»)."""
        plain = words.rstrip()
        return plain.endswith(":") or (len(plain) < _PERIOD and rules("structure").pattern("period_line").match(plain) is not None)

    def _labelled(self, index: int, paragraph: Paragraph, label: labels.Label, words: str, zone: Zone) -> _Draft:
        if label.style == "dotted":
            self._pop_to_prefix(label.path)
        else:
            self._pop_to_sister(index, label)
        above = self._section()
        section = above if label.style in labels.BULLETS else self._id(label, above)
        return self._push(index, label, section, zone, numbered=label.style not in labels.BULLETS, words=words)

    def _push(
        self, index: int, label: labels.Label, section: str, zone: Zone, *, numbered: bool, words: str = ""
    ) -> _Draft:  # fmt: skip
        if label.style == "caps":
            while self.stack and (self.stack[-1].rank >= _RANK["caps"] or self.stack[-1].style in labels.BULLETS):
                self.stack.pop()
        parent, _ = self._top()
        lead = self._leads(words)
        draft = _Draft(index, parent, section, numbered, label.style, zone=zone, lead_in=lead)
        place = labels.ordinal(label.path[-1]) if label.path else None
        self.stack.append(
            _Open(index, label.style, _mark(label.text), label.path, section, _RANK.get(label.style, 16), place, lead)
        )  # fmt: skip
        return draft

    def _pop_to_prefix(self, path: tuple[str, ...]) -> None:
        """Open levels down to the number that ``path`` extends; without one, down to the last heading above numbers."""
        for depth in range(len(self.stack) - 1, -1, -1):
            here = self.stack[depth]
            whole = self._numbers(depth)
            if (
                here.style in {"number", "dotted", "roman", "upper"}
                and len(here.path) < len(path)
                and (here.path == path[: len(here.path)] or whole == path[:-1])
            ):
                del self.stack[depth + 1 :]
                return
        while self.stack and self.stack[-1].rank >= _RANK["number"]:
            self.stack.pop()

    def _numbers(self, depth: int) -> tuple[str, ...]:
        return tuple(p for o in self.stack[: depth + 1] for p in o.path if o.style in {"roman", "number", "upper"})

    def _pop_to_sister(self, index: int, label: labels.Label) -> None:
        place = labels.ordinal(label.path[-1]) if label.path else None
        same = [d for d, o in enumerate(self.stack) if o.style == label.style]
        exact = [d for d in same if self.stack[d].mark == _mark(label.text)]
        follows = [d for d in same if place is not None and self.stack[d].ordinal is not None and place == (self.stack[d].ordinal or 0) + 1]
        if label.style in labels.BULLETS and same:
            target: int | None = same[-1]
        elif exact and not (place == 1 and len(self.stack) - 1 > exact[-1] and self._fresh_below(exact[-1])):
            target = exact[-1]
        elif follows:
            target = follows[-1]
        else:
            target = None
        if target is not None:
            del self.stack[target:]
            return
        rank = _RANK[label.style]
        if place == 1 and self.stack and self.stack[-1].style == "lead" and self.stack[-1].node == index - 1 and not same:
            return
        if place == 1 and self.stack and self.stack[-1].node == index - 1 and self.stack[-1].style not in labels.BULLETS and not same:
            return
        while self.stack and self.stack[-1].rank >= rank and not (same and self.stack[-1].rank == rank):
            self.stack.pop()

    def _fresh_below(self, depth: int) -> bool:
        """A numbered level stands open below: «1.» again below «a)» opens a level of its own."""
        below = self.stack[depth + 1 :]
        return any(o.style in {"letter", "paren", "dotted"} for o in below) and below[-1].node == self.drafts[-1].index

    def _id(self, label: labels.Label, above: str) -> str:
        name = _NAMED.get(label.style)
        if name:
            value = label.path[-1] if label.path else ""
            own = f"{name} {'thứ ' if value.islower() and value.isalpha() else ''}{value}".strip()
            if label.style == "annex":
                return own
        elif label.style == "dotted":
            return self._dotted_id(label.path, above)
        else:
            own = label.path[-1] if label.path else label.text.strip(".)-/ ")
        return f"{above}.{own}" if above else own

    def _dotted_id(self, path: tuple[str, ...], above: str) -> str:
        """Only the part of a dotted number that its parents do not hold is new (GUIDE: II and «2.1.» is II.2.1)."""
        have = above.split(".") if above else []
        for size in range(min(len(path) - 1, len(have)), 0, -1):
            if tuple(have[-size:]) == path[:size]:
                return ".".join([*have, *path[size:]])
        return ".".join([*have, *path])

    def _row(self, index: int, paragraph: Paragraph, zone: Zone) -> _Draft:
        while self.stack and (self.stack[-1].style in labels.BULLETS or self.stack[-1].style == "lead"):
            self.stack.pop()
        parent, section = self._top()
        if paragraph.header:
            return _Draft(index, parent, section, False, "row", zone=zone)
        filled = [c for c in paragraph.cells if c.end > c.start]
        wide = len(paragraph.cells) == 1 or (len(filled) <= 2 and any(c.column_span > 2 for c in filled))
        if wide and filled:
            self.group[paragraph.table] = index
            return _Draft(index, parent, section, False, "group", zone=zone)
        owner = self.group.get(paragraph.table, parent)
        return _Draft(index, owner, section, False, "row", role="row", zone=zone)


def _roles(drafts: list[_Draft], paragraphs: tuple[Paragraph, ...]) -> tuple[Node, ...]:
    children: dict[int, int] = {}
    for draft in drafts:
        if draft.parent is not None and draft.role != "trailer" and draft.zone != "footnote":
            children[draft.parent] = children.get(draft.parent, 0) + 1
    nodes: list[Node] = []
    for draft in drafts:
        role: NodeRole = draft.role
        if draft.zone in {"body", "annex", "purpose", "footnote"} and role == "other":
            if draft.style in {"group", "caps", "annex"} or children.get(draft.index):
                role = "heading"
            elif draft.style == "row":
                role = "other"
            else:
                role = "item" if draft.style else "text"
        depth = nodes[draft.parent].depth + 1 if draft.parent is not None and draft.parent < len(nodes) else 0
        nodes.append(Node(draft.index, role, depth, draft.parent, draft.section, draft.lead_in, draft.field))
    return tuple(nodes)


def _purpose(drafts: list[_Draft], plan: Plan, zones: list[Zone]) -> None:
    """Paragraphs below a heading that holds no duties stand in the zone ``purpose``, below one of bases in the ``opening``."""
    names = ("no_duty_heading", "no_duty_topic", "no_duty_label", "bases_heading")
    rule, topic, aims, bases = (rules("structure").pattern(name) for name in names)
    owners = {draft.parent for draft in drafts}
    inside: dict[int, Zone] = {}
    for draft in drafts:
        paragraph = plan.paragraphs[draft.index]
        if zones[draft.index] != "body":
            continue
        named = draft.style not in labels.BULLETS and (draft.numbered or draft.style == "caps")
        words = plan.words(paragraph)
        zone = inside.get(draft.parent) if draft.parent is not None else None
        above = draft.index in owners and len(words) < _TITLE
        if named and (rule.match(words) or aims.match(words) or (above and topic.match(words))):
            zone = "opening" if bases.match(words) else zone or "purpose"
        if zone:
            inside[draft.index] = zones[draft.index] = zone


def _sections(drafts: list[_Draft], plan: Plan, nodes: tuple[Node, ...]) -> tuple[Section, ...]:
    ends: dict[int, int] = {}
    for draft in reversed(drafts):
        end = max(ends.get(draft.index, 0), plan.paragraphs[draft.index].end)
        ends[draft.index] = end
        if draft.parent is not None:
            ends[draft.parent] = max(ends.get(draft.parent, 0), end)
    out: list[Section] = []
    by_node = {d.index: d for d in drafts}
    for draft in drafts:
        if not draft.numbered or draft.style in labels.BULLETS:
            continue
        above = draft.parent
        while above is not None and not (by_node[above].numbered and by_node[above].style not in labels.BULLETS):
            above = by_node[above].parent
        level = 1
        up = above
        while up is not None:
            level += by_node[up].numbered
            up = by_node[up].parent
        paragraph = plan.paragraphs[draft.index]
        kind = draft.style if nodes[draft.index].role == "heading" else "item"
        out.append(
            Section(
                id=draft.section, label=paragraph.label, title=plan.words(paragraph), level=level,
                parent=by_node[above].section if above is not None else None, start=paragraph.start, end=ends[draft.index], kind=kind,
            )
        )  # fmt: skip
    return tuple(out)


def outline(plan: Plan) -> Plan:
    """The plan with zones, nodes and sections."""
    zones = find_zones(plan.text, plan.paragraphs)
    walker = _Outline(plan, zones)
    walker.walk()
    marked = list(zones)
    _purpose(walker.drafts, plan, marked)
    for draft in walker.drafts:
        draft.zone = marked[draft.index]
    nodes = _roles(walker.drafts, plan.paragraphs)
    return replace(plan, zones=tuple(marked), nodes=nodes, sections=_sections(walker.drafts, plan, nodes))
