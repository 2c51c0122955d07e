"""Trailers (dòng trường: «Thời gian: …», «Đơn vị chủ trì: …») given to the duties above them."""

from __future__ import annotations

import re

from extractors import labels, trailers
from extractors.actions import begins_with_act
from extractors.doer_lists import before_note, role_alone
from extractors.duty_leads import inherited
from extractors.duty_reading import SENTENCE, Draft, Reading
from extractors.plan import Node, Plan
from extractors.rulebook import rules, word_class
from extractors.unit_headings import heading_of
from extractors.unit_roles import assignment_of


def spread_trailers(plan: Reading, drafts: list[Draft]) -> None:
    """Give each trailer's fields to the duties of the item it hangs on that stand above it since the last trailer there."""
    by_index: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_index.setdefault(draft.index, []).append(draft)
    since: dict[int | None, int] = {}
    group: dict[int | None, list[Draft]] = {}
    previous: dict[int | None, int] = {}
    said: dict[str, tuple[int, int]] = {}
    ditto = rules("duties").pattern("ditto")
    noted = {draft.start for draft in drafts if draft.fields.lead}
    named = _of_named_items(plan)
    raised = _of_whole_lists(plan) | _of_numbered_lists(plan, by_index) | {line: owner for line, (owner, _) in named.items()}
    for node in plan.nodes:
        if node.role != "trailer":
            continue
        owner = raised.get(node.index, _owner(plan, node.index))
        if previous.get(owner) != node.index - 1 and not _only_notes_between(plan, previous.get(owner), node.index):
            first = since.get(owner, owner if owner is not None else 0)
            group[owner] = [d for i in range(first, node.index) if _below(plan, i, owner) for d in by_index.get(i, [])]
            if [d.index for d in group[owner]] == [owner]:  # the item alone: what it says below its field lines has them too
                group[owner] += [d for d in drafts if d.index > node.index and plan.nodes[d.index].parent == owner and _plain(plan, d)]
            since[owner] = node.index
        if node.index in named and named[node.index] is not named.get(node.index - 1):
            items = named[node.index][1]
            group[owner] = [d for d in drafts if d.index < node.index and any(_below(plan, d.index, item) for item in items)]
        if not group.get(owner):
            group[owner] = [d for d in drafts if d.index > node.index and _below(plan, d.index, owner)] if owner is not None else []
        previous[owner] = node.index
        told = _tell_themselves(plan, group[owner], owner, noted)
        spans = tuple(_parts(plan, node))
        apart = {d.start for d in group[owner] if d.start in told and _dated(plan, d)} if any(s.field == "lead" for s in spans) else set()
        for span in spans:
            place = (span.start, span.end)
            if ditto.match(plan.text[span.start : span.end]):
                place = said.get(span.field, place)
            said[span.field] = place
            for draft in group[owner]:
                own = span.field in {"lead", "support"} and draft.start in told
                if not own and not (span.field == "time" and draft.start in apart):
                    draft.fields.add(span.field, place)


def _parts(plan: Plan, node: Node) -> tuple[trailers.FieldSpan, ...]:
    """The fields of a line that the outline knows as one of fields."""
    place = plan.paragraphs[node.index].body, plan.paragraphs[node.index].end
    return trailers.parse(plan.text, *place) or trailers.by_value(plan.text, *place) or _line_of_list(plan, node)


def _tell_themselves(plan: Plan, group: list[Draft], owner: int | None, noted: set[int]) -> set[int]:
    """The duties of a list whose own words say who does them, where others of it leave that to the line at its end («- Kế toán mua
    thuốc. | - Khử khuẩn bếp ăn. | Phân công: Ban quản lý nội trú.»); footnotes are no items."""
    listed = [draft for draft in group if draft.index != owner and plan.zones[draft.index] != "footnote"]
    if len({draft.index for draft in listed}) < _LISTED:
        return set()
    told = {draft.start for draft in listed if draft.start in noted or _subject_first(plan, draft)}
    return told if len(told) < len(listed) else told & noted


def _dated(plan: Reading, draft: Draft) -> bool:
    """Whether the duty says itself by which day it is done: with who does it, the line of another doer below is not about it."""
    held = (plan.times[d] for d in plan.deadline_places.inside(draft.start, draft.end) if d in plan.times)
    return any(d.kind in {"date", "range"} for d in held)


def _subject_first(plan: Plan, draft: Draft) -> bool:
    """Whether the duty opens with who acts."""
    found = assignment_of(plan.text, draft.start, draft.end)
    return found.rule == "subject" and found.lead[0][0] == draft.start


def _line_of_list(plan: Plan, node: Node) -> tuple[trailers.FieldSpan, ...]:
    """A line without a label in a list of who does it («2. Cơ quan chủ trì» | «- Bộ Quốc phòng.»); the line that opens it gives nothing."""
    field, start = node.field, plan.paragraphs[node.index].body
    whole = plan.text[start : before_note(plan.text, start, plan.paragraphs[node.index].end)].rstrip(" .;")
    words = whole.strip().rstrip(" :")
    if field == "time" and not trailers.field_of(words):
        return (trailers.FieldSpan("time", start, start + len(whole), "trailers.list"),)
    if field not in ("lead", "support") or rules("structure").pattern("both_roles").match(words) or trailers.field_of(words):
        return ()
    if role := role_alone(plan.text, start, plan.paragraphs[node.index].end):
        return (role,)
    return (trailers.FieldSpan("lead" if field == "lead" else "support", start, start + len(whole), "trailers.list"),)


def run_in(plan: Plan, draft: Draft) -> None:
    """Give a duty the fields that run on in its own paragraph («Rà soát thủ tục. Đơn vị chủ trì: Sở A; thời gian: quý I»)."""
    if draft.in_table or draft.fields.lead:
        return
    given = trailers.run_in(plan.text, draft.start, draft.end)
    for span in given:
        if span.field != "time":  # the body's own times are read where they stand
            draft.fields.add(span.field, (span.start, span.end))
    bracket = _bracket_at_end(plan.text, draft, given[0].start) if given else None
    if bracket is not None:
        if any(span.field == "time" for span in given):
            draft.fields.add("time", (bracket, draft.end))
        draft.end = bracket


def _bracket_at_end(text: str, draft: Draft, first: int) -> int | None:
    """Where the work ends before a bracket of labelled fields that closes the item («Rà soát sổ. | (Chủ trì: Sở A; thời gian: quý I)»)."""
    at, close = text.rfind("(", draft.start, first), draft.start + len(text[draft.start : draft.end].rstrip(" .;"))
    whole = at > draft.start and text[close - 1] == ")" and text.count("(", at, close) == text.count(")", at, close)
    if not whole or ")" in text[at:first] or ";" in text[at:first]:
        return None  # «(Sở A chủ trì; phối hợp: Sở B)»: who leads stands there without a label
    return draft.start + len(text[draft.start : at].rstrip())


def _owner(plan: Plan, index: int) -> int | None:
    """What a field line hangs on; the list itself where its label says so («Thời gian (cả hai nội dung trên): …»)."""
    owner, paragraph = plan.nodes[index].parent, plan.paragraphs[index]
    label = plan.text[paragraph.body : paragraph.end].partition(":")[0]
    if owner is not None and plan.nodes[owner].role == "item" and rules("duties").pattern("of_all_above").search(label):
        return plan.nodes[owner].parent
    return owner


def _of_named_items(plan: Plan) -> dict[int, tuple[int, list[int]]]:
    """Field lines whose label names the items that they tell of («- Đầu mối thực hiện các nội dung a, b: …»), and those right behind
    them: what holds the items, and the items."""
    out: dict[int, tuple[int, list[int]]] = {}
    for node in plan.nodes:
        if node.role != "trailer" or node.parent is None:
            continue
        paragraph = plan.paragraphs[node.index]
        label, colon, _ = plan.text[paragraph.body : paragraph.end].partition(":")
        some = trailers.of_some(label.strip()) if colon else None
        owner = plan.nodes[node.parent].parent
        if some is None:
            if (before := out.get(node.index - 1)) and plan.nodes[node.index - 1].parent == node.parent:
                out[node.index] = before
            continue
        which = {mark for mark in _MARKS.findall(some[1].lower()) if mark not in _JOINS}
        above = [n.index for n in plan.nodes[: node.index] if n.parent == owner and n.role in {"item", "heading", "text"}]
        items = [i for i in above if plan.paragraphs[i].label.strip(" .()").lower() in which]
        if owner is not None and items:
            out[node.index] = (owner, items)
    return out


_MARKS = re.compile(r"\w+(?:\.\d+)*")
_JOINS = word_class("unit_grammar", "points-joined")


def _of_whole_lists(plan: Plan) -> dict[int, int]:
    """What owns field lines whose glyph is not that of the items above them («- a / - b / * Thời gian: …»): the list and not its last
    item, where the items before it have none of their own. Where each item has its own, each keeps them; a line that describes
    («+ Thành phần: …») tells of the last alone, and so do all under an item that opens them («- Mở lớp:»)."""
    held: dict[int, list[int]] = {}
    lists: dict[int, list[int]] = {}
    for node in plan.nodes:
        if node.parent is None or not (glyph := _glyph(plan, node.index)):
            continue
        if node.role == "trailer":
            above = _glyph(plan, node.parent)
            if above not in {None, glyph} and (above != "paren" or glyph == "dot"):
                held.setdefault(node.parent, []).append(node.index)
        elif node.role in {"item", "heading"}:
            lists.setdefault(node.parent, []).append(node.index)
    raised: dict[int, int] = {}
    for owner, items in lists.items():
        ends = [place for place, item in enumerate(items) if item in held]
        runs = [items[a:b] for a, b in zip([0, *(end + 1 for end in ends)], [end + 1 for end in ends], strict=False)]
        lines = [plan.nodes[line] for item in items for line in held.get(item, ())]
        whole = bool(ends) and ends[-1] == len(items) - 1 and all(len(run) > 1 for run in runs)
        whole = whole and all(line.field != "other" for line in lines)
        if whole and len({_glyph(plan, item) for item in items}) == 1 and not any(_stands_alone(plan, run) for run in runs):
            raised |= {line.index: owner for line in lines}
    return raised


_NUMBERED = {"dotted", "letter", "paren"}
"""Styles of labels of items in a list inside a section; bullets under them hold their field lines."""
_LISTED = 2
"""Duties of the shortest list that a line at its end tells of."""
_CLOSED = 3
"""Items from which a line that says who does it alone closes a list: of two, «1. a / 2. b | - Chủ trì: …» tells of the second."""


def _of_numbered_lists(plan: Reading, by_index: dict[int, list[Draft]]) -> dict[int, int]:
    """What owns field lines under the last of several numbered items («2.1. a / 2.2. b / 2.3. c | - Thời gian: … | - Chủ trì: …»):
    the list, where they say who does it, none of the items before has field lines or names who does it, and no heading above
    names anybody. Who does it alone («Đơn vị chủ trì: …») closes a list of bare commands. Bullets of the same glyph
    above the list («2.1. Tổ chức … | - Tài liệu … | (1) a | (2) b | - Thời gian: …») show that such lines go on with them; a time
    without any label («a) … | b) … | Thời gian: …») closes the list."""
    below: dict[int, list[int]] = {}
    for node in plan.nodes:
        if node.parent is not None:
            below.setdefault(node.parent, []).append(node.index)
    raised: dict[int, int] = {}
    for owner, inside in below.items():
        items = [i for i in inside if _style(plan, i) in _NUMBERED | {"number"} and plan.nodes[i].role in {"item", "heading"}]
        ends = [place for place, item in enumerate(items) if item in below]
        plain = bool(items) and _style(plan, items[0]) == "number"
        if len(items) < (_CLOSED if plain else 2) or not ends or ends[-1] != len(items) - 1 or len({_style(plan, i) for i in items}) > 1:
            continue
        if any(item not in by_index for item in items) or heading_of(plan.text, plan.paragraphs[owner].body, plan.paragraphs[owner].end):
            continue
        runs = [items[a:b] for a, b in zip([0, *(end + 1 for end in ends)], [end + 1 for end in ends], strict=False)]
        lines = [plan.nodes[line] for run in runs for line in below[run[-1]]]
        if any(line.role != "trailer" for line in lines) or any(_stands_alone(plan, run) for run in runs):
            continue
        told = all(len(run) > 1 and {"lead", "time"} <= _given(plan, below[run[-1]]) for run in runs)
        told = (told and not plain) or _leads_all(plan, runs, below, by_index)
        told = told or (not plain and len(runs) == 1 and len(runs[0]) > 1 and not any(plan.paragraphs[line.index].label for line in lines))
        if told or (not plain and _glyph(plan, lines[0].index) in {_glyph(plan, i) for i in inside if i < items[0]} and len(runs) == 1):
            raised |= {line.index: owner for line in lines}
    return raised


def _given(plan: Plan, lines: list[int]) -> set[str | None]:
    """Fields that lines give: one line may hold several («Chủ trì: Công an xã; hoàn thành trong quý II»)."""
    inside = (part.field for line in lines for part in trailers.parse(plan.text, plan.paragraphs[line].body, plan.paragraphs[line].end))
    return {*(plan.nodes[line].field for line in lines), *inside}


def _leads_all(plan: Reading, runs: list[list[int]], below: dict[int, list[int]], by_index: dict[int, list[Draft]]) -> bool:
    """Whether each run of items ends in a line that says who does it and would leave those before it with nobody; without a bullet the
    line closes a list of two («a) … / b) … | Đơn vị chủ trì: …»)."""
    for run in runs:
        lines = below[run[-1]]
        least = 2 if _style(plan, lines[0]) == "" and _style(plan, run[0]) != "number" else _CLOSED
        if len(run) < least or not any(plan.nodes[line].field == "lead" for line in lines):
            return False
        said = [plan.text[plan.paragraphs[i].body : plan.paragraphs[i].end] for i in run]
        if 2 * sum(map(begins_with_act, said)) < len(run) or any(map(SENTENCE.search, said)):
            return False  # not every verb of work stands in the lexicon
        if any(inherited(plan, by_index[item][0]).lead for item in run):
            return False
    return True


def _stands_alone(plan: Plan, run: list[int]) -> bool:
    """The last item opens its own field lines, or an item before it says itself who does it."""
    opens = rules("duties").pattern("particulars_follow")
    spans = [(plan.paragraphs[i].body, plan.paragraphs[i].end) for i in run[:-1]]
    spans = [span for span in spans if not opens.search(plan.text[slice(*span)])]  # «- Ban A giám sát …. Cụ thể:» leads all of them
    return plan.nodes[run[-1]].lead_in or any(assignment_of(plan.text, *span).lead_names for span in spans)


def _glyph(plan: Plan, index: int) -> str | None:
    """Style of the bullet that opens a paragraph, or of «(1)», over which «* Thời gian: …» stands; None without one."""
    style = _style(plan, index)
    return style if style in labels.BULLETS or style == "paren" else None


def _style(plan: Plan, index: int) -> str:
    """Style of the label of a paragraph, "" where it has none."""
    return labels.parse(plan.paragraphs[index].label).style


def _plain(plan: Plan, draft: Draft) -> bool:
    return plan.nodes[draft.index].role == "text"


def _only_notes_between(plan: Plan, before: int | None, here: int) -> bool:
    return before is not None and all(plan.zones[i] == "footnote" or plan.nodes[i].role == "trailer" for i in range(before + 1, here))


def _below(plan: Plan, index: int, owner: int | None) -> bool:
    """Whether node ``index`` is ``owner`` or stands below it (footnotes stand below their host)."""
    here: int | None = index
    while here is not None:
        if here == owner:
            return True
        here = plan.nodes[here].parent
    return owner is None
