"""The outline: which paragraph stands under which heading, and what part it plays (cấu trúc mục).

Levels are learned from the document (``outline_levels``). Duplicate and missing numbers are kept as they stand; the checks
report them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import labels, trailers
from extractors.casing import is_caps
from extractors.doer_headings import breaks_off, more_work, tells_one, titles_doer
from extractors.doer_lists import Block, names_doers
from extractors.outline_levels import COUNT, NAMES, RANK, Open, pop_to_prefix, pop_to_sister, section_id
from extractors.outline_nodes import TITLE, Draft, mark_purpose, roles, sections_of
from extractors.outline_walk import ENDS, Walk
from extractors.plan import Plan, Zone
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from extractors.zones import find_zones
from schemas.document import Paragraph

_FIELDS = ("lead", "support", "time", "product")
_FULL = re.compile(r"[.;]\s*$")
_ABOVE = {"part", "chapter", "article", "roman", "upper", "caps", "annex"}
"""Styles of headings that end a series of numbers."""


class _Outline(Walk):
    """Walks the paragraphs of body, annex and footnotes once and hangs each on its heading."""

    def walk(self) -> None:
        for index, paragraph in enumerate(self.paragraphs):
            zone = self.zones[index]
            if zone not in {"body", "annex", "footnote"}:
                self.drafts.append(Draft(index, None, "", False, "", zone=zone))
                continue
            if zone == "annex" and (index == 0 or self.zones[index - 1] not in {"annex", "footnote"}):
                self._begin_annex(index)
            self.drafts.append(self._place(index, paragraph, zone))

    def _place(self, index: int, paragraph: Paragraph, zone: Zone) -> Draft:
        if paragraph.kind == "row":
            return self._row(index, paragraph, zone)
        if paragraph.kind == "footnote":
            host = self._host(index, paragraph)
            return Draft(index, host, self.drafts[host].section if host is not None else self._top()[1], False, "", zone=zone)
        words = self.words(paragraph)
        label = labels.parse(paragraph.label) if paragraph.label else None
        if (block := self.blocks.get(index)) is not None:
            return self._of_block(index, label, block, zone)
        if zone == "annex" and label is None and rules("structure").pattern("annex_heading").match(words):
            found = labels.find(words)
            label = found[0] if found else labels.Label("Phụ lục", "annex", ())
        bulleted = label is None or label.style in labels.BULLETS
        fields = trailers.parse(self.text, paragraph.body, paragraph.end)
        if fields and fields[0].start >= fields[0].end and self._titles_work(words):
            fields = ()  # «NỘI DUNG THỰC HIỆN:» heads a part
        prose = bool(fields) and fields[0].rule in trailers.PROSE and not (":" in words and trailers.field_of(words.partition(":")[0]))
        if prose and label is not None and label.style and not self._below_task(index, label):
            fields = ()  # «2. Các thôn tổ chức thực hiện.» is an item of its own
        if not fields and bulleted and ":" in words and self._among_fields(index, label):
            fields = trailers.by_value(self.text, paragraph.body, paragraph.end)
        series = label is not None and label.style in {"number", "dotted"}
        if fields and series and words[:4].lower() == "các " and label is not None and self._items_follow(index, label):
            fields = ()  # «5. Các cơ quan liên quan: Sở A, Sở B» over what they do
        if fields and label is not None and series and (self._beside_fields(label) or names_doers(self.text, fields)):
            return self._trailer(index, label, fields[0].field, zone)
        described = bool(fields) and fields[0].field == "other" and label is not None and label.style in {"number", "dotted"}
        below = bool(fields) and fields[0].field != "other" and label is not None and label.style == "dotted" and len(label.path) > 1
        if fields and (bulleted or described or below or (label is not None and label.style in {"letter", "paren"})):
            assigns = described and rules("structure").pattern("assigning_detail").match(words)
            opens = label is not None and label.numbered and fields[0].start >= fields[0].end and self._items_follow(index, label)
            if not assigns and not opens:
                return self._trailer(index, label, fields[0].field, zone)
        if label is None or not label.style or (zone == "opening" and label.style == "paren"):
            return self._plain(index, paragraph, words, zone)
        return self._labelled(index, paragraph, label, words, zone)

    def _among_fields(self, index: int, label: labels.Label | None) -> bool:
        """The line right before or right behind it is a field line with the same bullet."""
        style = label.style if label is not None else ""
        before = self.drafts[-1] if self.drafts else None
        if before is None or self.paragraphs[index].kind != "paragraph":
            return False
        if before.role == "trailer":
            return before.style == style and before.field in _FIELDS
        if style and before.style == style:
            return False
        for after in self.paragraphs[index + 1 : index + 4]:
            if after.kind != "paragraph" or after.label.strip() != (label.text if label else ""):
                return False
            given = trailers.parse(self.text, after.body, after.end)
            if given:
                return given[0].field in _FIELDS and given[0].rule not in trailers.PROSE
            if not trailers.by_value(self.text, after.body, after.end):
                return False
        return False

    def _below_task(self, index: int, label: labels.Label) -> bool:
        """A bullet of a lower kind right below the sentence that tells the work: «- Rà soát sổ.» | «+ Sở A chủ trì; xong trong quý II.»"""
        before = self.drafts[-1] if self.drafts else None
        if before is None or label.style not in labels.BULLETS or self.paragraphs[index].kind != "paragraph":
            return False
        if before.role == "trailer":
            return before.style == label.style
        after = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        if after is not None and after.label.strip() == label.text and not trailers.parse(self.text, after.body, after.end):
            return False  # one of several commands
        full = _FULL.search(self.words(self.paragraphs[before.index])) is not None
        if not before.style:  # «4. Năm 2029» | «Sơ kết giữa nhiệm kỳ.» | «- Ban A chủ trì, phối hợp với Ban B chuẩn bị.»
            lower = before.parent is not None and before.zone == "body" and not before.lead_in
            full = full or (after is not None and after.label.strip() == label.text)  # a field line beside it
        else:
            lower = before.style not in labels.BULLETS or RANK[before.style] < RANK[label.style]
        return lower and full

    def _beside_fields(self, label: labels.Label) -> bool:
        """The sister before is a field line or a list of who does it: «2. Cơ quan chủ trì …» | «3. Thời gian thực hiện: Quý II»."""
        for before in reversed(self.drafts):
            if before.numbered and before.style == label.style:
                return before.role == "trailer" and before.field in ("lead", "support")
            if before.role != "trailer" and before.style in _ABOVE:
                return False
        return False

    def _of_block(self, index: int, label: labels.Label | None, block: Block, zone: Zone) -> Draft:
        """A line of a list of who does it: all of them hang on what the list hangs on."""
        if block.first == index:
            return self._trailer(index, label, block.field, zone)
        host = self.drafts[block.first]
        return Draft(index, host.parent, host.section, False, label.style if label else "", field=block.field, role="trailer", zone=zone)

    def _host(self, index: int, paragraph: Paragraph) -> int | None:
        for i in range(index - 1, -1, -1):
            if paragraph.note and paragraph.note in self.paragraphs[i].notes:
                return i
        return index - 1 if index else None

    def _trailer(self, index: int, label: labels.Label | None, field: str, zone: Zone) -> Draft:
        """A field line hangs on the item above it, or on the numbered item when it is a bullet among its sisters."""
        style = label.style if label else ""
        stack = [o for o in self.stack if o.style != "lead"]
        if style in labels.BULLETS or not style:
            while stack and (stack[-1].rank >= RANK[style] if style else stack[-1].style in labels.BULLETS):
                stack.pop()
        elif label is not None:
            while stack and stack[-1].rank >= RANK[style]:
                stack.pop()
        owner = stack[-1] if stack else None
        node = owner.node if owner and owner.node >= 0 else None
        if label is not None and style in {"number", "dotted"}:  # it keeps its number in the series of its sisters
            section = section_id(label, self._section_of(stack))
            return Draft(index, node, section, True, style, field=field, role="trailer", zone=zone)
        return Draft(index, node, owner.section if owner else "", False, style, field=field, role="trailer", zone=zone)

    def _plain(self, index: int, paragraph: Paragraph, words: str, zone: Zone) -> Draft:
        doer = zone == "body" and titles_doer(self.plan, self.zones, index)
        while self.stack and self.stack[-1].style == "lead" and not (doer and self.stack[-1].node == index - 1):
            self.stack.pop()
        if len(words) < TITLE and rules("structure").pattern("dated_heading").match(words) and not _FULL.search(words):
            return self._day(index, zone)
        heading = is_caps(words) and len(words) < 200 and not words.rstrip().endswith((".", ";")) and len(words.split()) > 1
        heading = heading or (paragraph.bold and len(words) < 180 and not ENDS.search(words) and self._next_differs(index))
        if heading and self.stack and self._titles_work(words):
            self._leave_purpose()
        if heading or self._captions(index, words):
            return self._push(index, labels.Label("", "caps", ()), self._section(), zone, numbered=False)
        if doer:
            return self._doer(index, zone)
        self._leave_doer(None, breaks_off(self.plan, index))
        while self.stack and self.stack[-1].style in labels.BULLETS and not self.stack[-1].lead_in:
            self.stack.pop()
        more = self._goes_on(index)
        if not more:
            self._leave_finished_item(index)
        parent, section = self._top()
        draft = Draft(index, parent, section, False, "", zone=zone, lead_in=self._leads(words), more=more)
        if draft.lead_in:
            self.stack.append(Open(index, "lead", "", (), section, RANK["lead"], None, True))
        return draft

    def _captions(self, index: int, words: str) -> bool:
        """What an annex is called, in small letters, before «(Kèm theo Kế hoạch số …)» behind it or on the next line."""
        above = [draft.style for draft in self.drafts[-2:]]
        if above[-1:] != ["annex"] and above != ["annex", "caps"]:
            return False
        attached, at = rules("structure").pattern("attached_line"), words.find("(")
        after = self.words(self.paragraphs[index + 1]) if index + 1 < len(self.paragraphs) else ""
        return attached.match(after) is not None or (at > 0 and attached.match(words[at:]) is not None)

    def _goes_on(self, index: int) -> bool:
        """A paragraph that tells more work of the one body that the numbered item above it tells to act."""
        item = self._finished(index)
        if item is None or not more_work(self.plan, self.paragraphs[index]):
            return False
        if item not in self.tells_one:
            self.tells_one[item] = tells_one(self.plan, self.paragraphs[item])
        return self.tells_one[item]

    def _labelled(self, index: int, paragraph: Paragraph, label: labels.Label, words: str, zone: Zone) -> Draft:
        label = self._small(label)
        if label.numbered and self.stack and self._titles_work(words):
            label = self._beside_purpose(label)
        self._leave_day(label)
        self._leave_doer(label)
        if label.style in {"plus", "dot"} and self._names_over_bullets(index, paragraph, label):
            return self._name(index, label, words, zone)
        if label.style in labels.BULLETS and self._counts(index, label, words):
            return self._count(index, label, words, zone)
        caps = is_caps(words)
        if label.style == "dotted":
            pop_to_prefix(self.stack, label.path)
        else:
            pop_to_sister(self.stack, index, label, caps)
        inside = self._section()
        section = inside if label.style in labels.BULLETS else section_id(label, inside)
        return self._push(index, label, section, zone, numbered=label.style not in labels.BULLETS, words=words, caps=caps)

    def _names_over_bullets(self, index: int, paragraph: Paragraph, label: labels.Label) -> bool:
        """«* Công an xã» right above «- Nắm tình hình»: names alone head the bullets that usually stand above their own, as a star before
        words that open a list does («* Về nhiệm vụ …, lưu ý:»); not where these go on with a list that such a bullet opened («- Thành
        phần gồm: | * Công an xã | - Thời gian: …»)."""
        after = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        below = labels.parse(after.label).style if after is not None else ""
        if below not in labels.BULLETS or RANK[below] >= RANK[label.style]:
            return False
        starred = label.text == "*" and self._leads(self.words(paragraph))
        if starred and any(o.rank == NAMES and o.style == label.style for o in self.stack):
            return True
        if not starred and paragraph.end - paragraph.body > TITLE:
            return False
        if any(o.style == below and o.lead_in for o in self.stack) or _FULL.search(self.words(paragraph)):
            return False
        named = heading_of(self.text, paragraph.body, paragraph.end) if not starred else None
        return starred or (named is not None and bool(named.names))

    def _name(self, index: int, label: labels.Label, words: str, zone: Zone) -> Draft:
        """Opens a level of names above all bullets."""
        while self.stack and self.stack[-1].rank >= NAMES:
            self.stack.pop()
        draft = self._push(index, label, self._section(), zone, numbered=False, words=words, caps=is_caps(words))
        self.stack[-1].rank = NAMES
        return draft

    def _counts(self, index: int, label: labels.Label, words: str) -> bool:
        """«- Về kiểm tra: 02 cuộc» right above «1. Kiểm tra Chi bộ A …»: a bullet that only counts what stands below it. Below it
        stand numbers from one, bullets that are not open above, or, beside other such counts, a paragraph."""
        if not rules("structure").pattern("count_line").match(words) or index + 1 >= len(self.paragraphs):
            return False
        after, above = self.paragraphs[index + 1], self.stack[: self._count_depth(label)]
        if after.kind != "paragraph" or self.zones[index + 1] != self.zones[index]:
            return False
        below = labels.parse(after.label)
        if self.drafts and self.drafts[-1].style == label.style:
            return False  # «- Cấp tỉnh: 02 lớp» | «- Cấp xã: 10 lớp»: a list of its own
        if below.style in labels.BULLETS:
            return below.style != label.style and below.style not in {level.style for level in above}
        if below.style:
            return below.style not in _ABOVE and labels.ordinal(below.path[-1]) == 1
        return any(level.rank == COUNT for level in self.stack) and not is_caps(self.words(after))

    def _count_depth(self, label: labels.Label) -> int:
        """How many open levels stand above a bullet that counts: those above its sister, else all down to numbers and bullets."""
        sister = next((d for d, level in enumerate(self.stack) if level.rank == COUNT and level.style == label.style), None)
        if sister is not None:
            return sister
        return next((d for d, level in enumerate(self.stack) if level.rank >= RANK["number"]), len(self.stack))

    def _count(self, index: int, label: labels.Label, words: str, zone: Zone) -> Draft:
        """Opens a level of counts above all numbers and bullets."""
        del self.stack[self._count_depth(label) :]
        draft = self._push(index, label, self._section(), zone, numbered=False, words=words, caps=is_caps(words))
        self.stack[-1].rank, self.stack[-1].lead_in = COUNT, True
        return draft

    def _row(self, index: int, paragraph: Paragraph, zone: Zone) -> Draft:
        while self.stack and (self.stack[-1].style in labels.BULLETS or self.stack[-1].style == "lead"):
            self.stack.pop()
        parent, section = self._top()
        if paragraph.header:
            return Draft(index, parent, section, False, "row", zone=zone)
        if index in self.titles:
            self.group[paragraph.table] = index
            return Draft(index, parent, section, False, "group", zone=zone)
        owner = self.group.get(paragraph.table, parent)
        return Draft(index, owner, section, False, "row", role="row", zone=zone)


def outline(plan: Plan) -> Plan:
    """The plan with zones, nodes and sections."""
    zones = find_zones(plan.text, plan.paragraphs)
    walker = _Outline(plan, zones)
    walker.walk()
    marked = list(zones)
    mark_purpose(walker.drafts, plan, marked)
    for draft in walker.drafts:
        draft.zone = marked[draft.index]
    nodes = roles(walker.drafts, plan.paragraphs)
    return replace(plan, zones=tuple(marked), nodes=nodes, sections=sections_of(walker.drafts, plan, nodes))
