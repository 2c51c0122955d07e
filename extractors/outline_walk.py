"""The levels that are open on the way down the paragraphs: what opens one, what leaves it, which section a paragraph stands in.

``structure`` decides what each paragraph is; here stands where it hangs then.
"""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import labels
from extractors.casing import is_caps
from extractors.doer_lists import doer_lists
from extractors.outline_levels import RANK, TOP, Open, mark_of
from extractors.outline_nodes import Draft
from extractors.plan import Plan, Zone
from extractors.rulebook import rules
from extractors.table_groups import group_rows
from extractors.time_lists import time_lists
from extractors.unit_subjects import subject_of

ENDS = re.compile(r"[.;!?…]\s*$")
PERIOD = 60
"""Characters that a line which is nothing but a period may have."""


_TITLE, _SISTERS = 200, 2
"""Characters of the longest title that ends in a stop; sisters that show that it is one."""
_NEAR = 120
"""Paragraphs before it among which they stand."""


class Walk:
    """The way down the paragraphs of one plan: drafts of nodes made so far, levels open."""

    def __init__(self, plan: Plan, zones: tuple[Zone, ...]) -> None:
        self.plan, self.text, self.words, self.paragraphs, self.zones = plan, plan.text, plan.words, plan.paragraphs, zones
        self.stack: list[Open] = []
        self.drafts: list[Draft] = []
        self.group: dict[int, int] = {}
        self.titles = group_rows(plan.paragraphs)
        self.blocks = doer_lists(plan) | time_lists(plan)
        self.tells_one: dict[int, bool] = {}

    def _begin_annex(self, index: int) -> None:
        self.stack.clear()
        words = self.text[self.paragraphs[index].start : self.paragraphs[index].end]
        if not rules("structure").pattern("annex_heading").match(words):
            self.stack.append(Open(-1, "annex", "", (), "Phụ lục", 0, None, False))

    def _top(self) -> tuple[int | None, str]:
        if not self.stack:
            return None, ""
        return (self.stack[-1].node if self.stack[-1].node >= 0 else None), self.stack[-1].section

    def _items_follow(self, index: int, label: labels.Label) -> bool:
        """The next paragraph stands a step below: «2. Hình thức tổ chức:» with dashes under it is a heading, no field line."""
        after = self.paragraphs[index + 1] if index + 1 < len(self.paragraphs) else None
        below = labels.parse(after.label) if after is not None and after.label else None
        return below is not None and below.style != label.style

    @staticmethod
    def _titles_work(words: str) -> bool:
        """The title of a part that tells work, in capitals."""
        return rules("structure").pattern("work_title").match(words) is not None and is_caps(words)

    def _beside_purpose(self, label: labels.Label) -> labels.Label:
        """«2. NHIỆM VỤ» below «I. MỤC ĐÍCH, YÊU CẦU»: a slip in the kind of its number, read as one of the series that it stands in."""
        first = self.stack[0]
        if label.style == first.style or label.style not in {"number", *TOP}:
            return label
        self._leave_purpose()
        return label if self.stack else replace(label, style=first.style)

    def _leave_purpose(self) -> None:
        """«NHIỆM VỤ» whose number was lost stands beside «I. MỤC ĐÍCH, YÊU CẦU», not in it."""
        first = self.stack[0]
        if first.style in TOP and first.node >= 0:
            title = self.words(self.paragraphs[first.node])
            if is_caps(title) and rules("structure").pattern("no_duty_heading").match(title):
                self.stack.clear()

    def _doer(self, index: int, zone: Zone) -> Draft:
        """Opens right under the heading, numbered item or lead-in above it, beside other bodies."""
        beside = next((depth for depth, level in enumerate(self.stack) if level.style == "doer"), None)
        if beside is not None:
            del self.stack[beside:]
        while self.stack and self.stack[-1].style in labels.BULLETS and not self.stack[-1].lead_in:
            self.stack.pop()
        if beside is None and self.stack and self.stack[-1].style == "lead" and self.stack[-1].node < index - 1:
            self.stack.pop()
        self._leave_finished_item(index)
        parent, section = self._top()
        self.stack.append(Open(index, "doer", "", (), section, RANK["doer"], None, False))
        return Draft(index, parent, section, False, "doer", zone=zone)

    def _leave_doer(self, label: labels.Label | None, broken: bool = False) -> None:
        """Behind the bullets of a body a paragraph without a label opens something else, behind its paragraphs a number does."""
        depth = next((d for d, level in enumerate(self.stack) if level.style == "doer"), None)
        if depth is None or (label is not None and label.style != "number"):
            return
        after = self.stack[depth].node + 1
        first = self.drafts[after].style if after < len(self.drafts) else None
        if broken or (first is not None and (first in labels.BULLETS or (label is not None and not first))):
            del self.stack[depth:]

    def _day(self, index: int, zone: Zone) -> Draft:
        """«Ngày 03/3/2026» over what is done that day, without a number: it stands right under the open heading, beside other days."""
        days = [depth for depth, level in enumerate(self.stack) if level.style == "day"]
        if days:
            del self.stack[days[-1] :]
        while self.stack and self.stack[-1].style in labels.BULLETS:
            self.stack.pop()
        parent, section = self._top()
        rank = self.stack[-1].rank + 0.5 if self.stack else RANK["part"]
        self.stack.append(Open(index, "day", "", (), section, rank, None, True))
        return Draft(index, parent, section, False, "day", zone=zone, lead_in=True)

    def _leave_day(self, label: labels.Label) -> None:
        """A number behind the bullets of a day or month opens something else."""
        depth = next((d for d, level in enumerate(self.stack) if level.style == "day"), None)
        if depth is None or label.style in labels.BULLETS:
            return
        first = next((d for d in self.drafts if d.parent == self.stack[depth].node and d.role != "trailer"), None)
        if first is not None and first.style in labels.BULLETS:
            del self.stack[depth:]

    def _leave_finished_item(self, index: int) -> None:
        """A numbered item that is a whole sentence owns no unlabelled paragraph: that one belongs to the heading above both, unless it
        tells more work of the item's own body."""
        item = self._finished(index)
        if item is not None and not (self._titles_as_sisters(item) and self._opens_with_doer(index)):
            self.stack.pop()

    def _titles_as_sisters(self, item: int) -> bool:
        """«4. Hoàn thành di dời khu công nghiệp A.» over «UBND phường B chủ trì …»: its sisters so far are all titles of what stands below
        them, and it names nobody."""
        own, words = self.drafts[item], self.words(self.paragraphs[item])
        if not own.numbered or not self._names_nobody(item) or rules("structure").pattern("reports_or_dates").search(words):
            return False
        near = self.drafts[max(0, item - _NEAR) : item]
        sisters = [d.index for d in near if d.parent == own.parent and d.style == own.style and d.numbered]
        below = [self.drafts[i + 1] for i in sisters]
        if sum(d.style in labels.BULLETS for d in below) < _SISTERS:
            return False
        return all(self._names_nobody(i) and d.parent == i and not d.more for i, d in zip(sisters, below, strict=True))

    def _opens_with_doer(self, index: int) -> bool:
        """A body that acts begins the paragraph; what is given out («Giao …») at the end of a part is no work of the title above it."""
        paragraph = self.paragraphs[index]
        who = subject_of(self.text, paragraph.body, paragraph.end)
        return who is not None and not self.text[paragraph.body : who[0]].strip()

    def _names_nobody(self, item: int) -> bool:
        paragraph = self.paragraphs[item]
        return paragraph.end - paragraph.body <= _TITLE and subject_of(self.text, paragraph.body, paragraph.end) is None

    def _finished(self, index: int) -> int | None:
        """The numbered item right above a paragraph, where it is a whole sentence."""
        if not self.stack or self.stack[-1].lead_in or not self.stack[-1].style or self.stack[-1].style == "caps":
            return None
        item = self.stack[-1].node
        words = self.words(self.paragraphs[item]) if item >= 0 else ""
        below = next((d for d in self.drafts[item + 1 :] if d.parent == item and (d.role != "trailer" or d.style)), None)
        follows = self.paragraphs[index].kind == "paragraph" and (below is None or below.more)
        return item if follows and len(words.split()) > 9 and ENDS.search(words) else None

    def _next_differs(self, index: int) -> bool:
        after = index + 1
        return after < len(self.paragraphs) and not self.paragraphs[after].bold and self.zones[after] in {"body", "annex"}

    def _section(self) -> str:
        return self._section_of(self.stack)

    @staticmethod
    def _section_of(stack: list[Open]) -> str:
        return next((o.section for o in reversed(stack) if o.style not in {"caps"}), "")

    @staticmethod
    def _leads(words: str) -> bool:
        """A line that hands down what it says: it ends in a colon, or is a period and nothing else («Tháng 9/2025»)."""
        plain = words.rstrip()
        return plain.endswith(":") or (len(plain) < PERIOD and rules("structure").pattern("period_line").match(plain) is not None)

    def _opens_bullets(self, index: int, label: labels.Label, words: str) -> bool:
        """A title in a bullet over bullets of another kind that stand nowhere above («* Đối với chi bộ», «* Giai đoạn 2: tháng 4»)."""
        titled = len(words) <= 2 * PERIOD and not ENDS.search(words) and self._items_follow(index, label)
        return titled and labels.parse(self.paragraphs[index + 1].label).style in labels.BULLETS - {level.style for level in self.stack}

    def _small(self, label: labels.Label) -> labels.Label:
        """«i)», «v)», «x)» as numbers: «i)» anywhere but behind «h)», the others behind «iv)», «ix)»."""
        if label.style != "letter" or label.path not in {("i",), ("v",), ("x",)}:
            return label
        last = {o.style: o.ordinal for o in self.stack}
        counted = last.get("letter") != labels.LETTERS.index("h") + 1 if label.path == ("i",) else last.get("small") in {4, 9}
        return replace(label, style="small") if counted else label

    def _push(
        self, index: int, label: labels.Label, section: str, zone: Zone, *, numbered: bool, words: str = "", caps: bool = False
    ) -> Draft:  # fmt: skip
        if label.style == "caps":
            while self.stack and (self.stack[-1].rank >= RANK["caps"] or self.stack[-1].style in {*labels.BULLETS, "day"}):
                self.stack.pop()
        parent, _ = self._top()
        lead = self._leads(words) or (label.style in labels.BULLETS and self._opens_bullets(index, label, words))
        draft = Draft(index, parent, section, numbered, label.style, zone=zone, lead_in=lead)
        place = labels.ordinal(label.path[-1]) if label.path else None
        self.stack.append(
            Open(index, label.style, mark_of(label.text), label.path, section, RANK.get(label.style, 17), place, lead, caps)
        )  # fmt: skip
        return draft
