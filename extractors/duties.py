"""Duties (nhiệm vụ) after the annotation guide: which items command, whom, what force, until when.

Leads are inherited in the order of the field: trailer or table column, own subject, nearest heading that addresses somebody;
nothing is guessed beyond that. Every decision carries the rule that took it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from extractors import labels, modality, trailers
from extractors.duty_prose import is_statement, only_refers, title_end
from extractors.places import Places
from extractors.plan import Node, Plan, Zone
from extractors.rulebook import rules
from extractors.tables import TaskRow, task_tables
from extractors.unit_headings import heading_of
from extractors.unit_names import list_names
from extractors.unit_names import names as unit_names
from extractors.unit_roles import Assignment, assignment_of, subject_of, window
from extractors.unit_words import lost_spaces
from schemas.record import Duty, Modality, Role

_SENTENCE = re.compile(r"[.;!?]\s+(?=[A-ZĐƯÂĂÊÔƠÁÀẢÃẠÉÈÚÙÍÓÒÝ“\"])")
_REQUEST_VALUE = re.compile(r"^\s*đề\s+nghị\s+", re.I)
_ENDS_OPEN = re.compile(r":\s*$")
LONG_LEAD_IN = 150
"""Characters from which a numbered sentence with its own end mark is a command and not the title of its list."""


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
class _Fields:
    """Values that trailers or table columns give to a duty, as spans."""

    lead: list[tuple[int, int]] = field(default_factory=list)
    support: list[tuple[int, int]] = field(default_factory=list)
    time: list[tuple[int, int]] = field(default_factory=list)
    product: list[tuple[int, int]] = field(default_factory=list)

    def add(self, name: str, span: tuple[int, int]) -> None:
        if name in {"lead", "support", "time", "product"}:
            getattr(self, name).append(span)


@dataclass(slots=True)
class _Draft:
    index: int
    start: int
    end: int
    section: str
    fields: _Fields = field(default_factory=_Fields)
    in_table: bool = False
    title: tuple[int, int] = (0, 0)


class _Reading(Plan):
    """A plan with what all its duties ask for, found once."""

    @classmethod
    def of(cls, plan: Plan) -> _Reading:
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


def _body(plan: Plan, node: Node) -> tuple[int, int]:
    paragraph = plan.paragraphs[node.index]
    return paragraph.body, paragraph.end


def commands_itself(text: str) -> str | None:
    """Rule by which a lead-in is a duty of its own, None where it only introduces its list."""
    book = rules("duties")
    words = text.strip()
    if book.pattern("beyond").search(words):
        return "duties.beyond"
    if book.pattern("and_also").search(words):
        return "duties.and_also"
    if book.pattern("introduces_only").search(words) and not _SENTENCE.search(words):
        return None
    if _SENTENCE.search(words):
        return "duties.sentences"
    if words.endswith((".", ";")) and (len(words) >= LONG_LEAD_IN or ";" in words[:-1]):
        return "duties.long_lead_in"
    return None


def _candidates(plan: _Reading) -> Iterable[_Draft]:
    """Items that command, in reading order, before splitting."""
    tables = list(task_tables(plan))
    rows = {row.index: row for table in tables for row in table.rows}
    counted: dict[int, int] = {}
    for node in plan.nodes:
        zone = plan.zones[node.index]
        if zone not in {"body", "annex", "footnote"}:
            continue
        if node.role == "row":
            if node.index in rows:
                table = plan.paragraphs[node.index].table
                counted[table] = counted.get(table, 0) + 1
                draft = _row_draft(node, rows[node.index], counted[table])
                if not _ENDS_OPEN.search(task := plan.text[draft.start : draft.end]) or commands_itself(task):
                    yield draft  # «Kiểm kê kho:» in a row only introduces
            continue
        if node.role not in {"item", "text", "heading"}:
            continue
        start, end = _body(plan, node)
        words = plan.text[start:end]
        if not words.strip() or plan.paragraphs[node.index].kind == "row" or is_statement(words):
            continue
        if only_refers(plan.text, start, end, plan.citations):
            continue
        if _under_no_duties(plan, node):
            continue
        if _commands(plan, node, words, zone):
            at = title_end(plan.text, start, end)
            yield _Draft(node.index, at, end, node.section, title=(start, at))


def _commands(plan: _Reading, node: Node, words: str, zone: Zone) -> bool:
    """Whether a heading, item or paragraph is a duty of its own."""
    if node.role == "heading":
        title = not plan.paragraphs[node.index].label and not node.lead_in and len(words) < 200 and not words.endswith((".", ";"))
        return not title and commands_itself(words) is not None
    if _bare_title(plan, node, words):
        return False
    if _before_table(plan, node, words) and not _SENTENCE.search(words):
        return False
    if _in_details(plan, node) and not assignment_of(plan.text, *_body(plan, node)).lead_names:
        return False
    if node.lead_in and rules("duties").pattern("introduces_only").search(words) and not _SENTENCE.search(words):
        return False
    if zone == "annex":
        return _annex_item_commands(plan, node)
    return node.role != "text" or _text_commands(plan, node, words)


def _before_table(plan: Plan, node: Node, words: str) -> bool:
    """Announces a table: it says so, or ends in a colon right before one. The rows are the duties."""
    after = node.index + 1
    leads = words.rstrip().endswith(":") and after < len(plan.paragraphs) and plan.paragraphs[after].kind == "row"
    return leads or bool(rules("duties").pattern("introduces_table").search(words))


def _in_details(plan: Plan, node: Node) -> bool:
    """Directly under a heading of details (thời gian, thành phần, kinh phí …), where only a sentence with a subject commands."""
    above = node.parent
    return above is not None and bool(rules("structure").pattern("detail_heading").match(plan.words(plan.paragraphs[above])))


def _bare_title(plan: Plan, node: Node, words: str) -> bool:
    """A part, chapter, article or section number with a short title and nothing below it."""
    style = labels.parse(plan.paragraphs[node.index].label).style if plan.paragraphs[node.index].label else ""
    return style in {"part", "chapter", "article", "roman", "upper", "subsection"} and len(words) < 90 and not words.endswith((".", ";"))


def _under_no_duties(plan: Plan, node: Node) -> bool:
    """Inside a bulleted or numbered part that holds goals or conditions only (zone purpose reaches sections alone)."""
    up = node.parent
    while up is not None:
        if plan.zones[up] == "purpose":
            return True
        up = plan.nodes[up].parent
    return False


def _annex_item_commands(plan: _Reading, node: Node) -> bool:
    """Annexes hold forms and lists; outside task tables an item counts when somebody is told to act or a field line follows."""
    start, end = _body(plan, node)
    has_fields = node.index in plan.with_fields or node.parent in plan.with_fields
    return has_fields or bool(assignment_of(plan.text, start, end).rule) or bool(subject_of(plan.text, start, end))


def _text_commands(plan: Plan, node: Node, words: str) -> bool:
    """An unlabelled paragraph of the body is a duty unless it is a caption or a fragment without any verb phrase."""
    if len(words) < 25 or words.strip().startswith(("(", "*")):
        return False
    return node.section != "" or bool(subject_of(plan.text, *_body(plan, node))) or bool(rules("duties").pattern("modal").search(words))


def _row_draft(node: Node, row: TaskRow, position: int) -> _Draft:
    task = row.span("task") or (0, 0)
    number = ".".join(filter(None, (row.group, row.number or str(position))))
    draft = _Draft(node.index, *task, f"{node.section}.{number}" if node.section else number, in_table=True)
    for name, spans in row.cells.items():
        for span in spans:
            draft.fields.add(name, span)
    return draft


def _spread_trailers(plan: Plan, drafts: list[_Draft]) -> None:
    """Give each trailer's fields to the duties of the item it hangs on that stand above it since the last trailer there."""
    by_index: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_index.setdefault(draft.index, []).append(draft)
    since: dict[int | None, int] = {}
    group: dict[int | None, list[_Draft]] = {}
    previous: dict[int | None, int] = {}
    said: dict[str, tuple[int, int]] = {}
    ditto = rules("duties").pattern("ditto")
    for node in plan.nodes:
        if node.role != "trailer":
            continue
        paragraph = plan.paragraphs[node.index]
        owner = node.parent
        if previous.get(owner) != node.index - 1 and not _only_notes_between(plan, previous.get(owner), node.index):
            first = since.get(owner, owner if owner is not None else 0)
            group[owner] = [d for i in range(first, node.index) if _below(plan, i, owner) for d in by_index.get(i, [])]
            since[owner] = node.index
        if not group.get(owner):
            group[owner] = [d for d in drafts if d.index > node.index and _below(plan, d.index, owner)] if owner is not None else []
        previous[owner] = node.index
        for span in trailers.parse(plan.text, paragraph.body, paragraph.end):
            place = (span.start, span.end)
            if ditto.match(plan.text[span.start : span.end]):
                place = said.get(span.field, place)
            said[span.field] = place
            for draft in group[owner]:
                draft.fields.add(span.field, place)


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


def _names(plan: Plan, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    out: list[str] = []
    for start, end in spans:
        value = plan.text[start:end]
        asked = _REQUEST_VALUE.match(value)
        value = value[asked.end() :] if asked else value
        found = [n.name for n in unit_names(value)] or ([value.strip(" .;,-")] if value.strip(" .;,-") else [])
        out.extend(n for n in found if n not in out)
    return tuple(out)


def _unfold(plan: Plan, fields: _Fields) -> None:
    """A cell that itself holds labelled fields («Chủ trì: Sở A; phối hợp: Sở B») gives each to its own column."""
    for column in (fields.lead, fields.support):
        for span in list(column):
            home: trailers.Field = "lead" if column is fields.lead else "support"
            inner = trailers.parse(plan.text, *span) or trailers.joined(plan.text, *span, home)
            if inner:
                column.remove(span)
                for part in inner:
                    fields.add(part.field, (part.start, part.end))


def _from_fields(plan: Plan, draft: _Draft) -> Who:
    if not draft.fields.lead and not draft.fields.support:
        return Who()
    _unfold(plan, draft.fields)
    asked = any(_REQUEST_VALUE.match(plan.text[a:b]) for a, b in draft.fields.lead)
    lead, support = _names(plan, draft.fields.lead), _names(plan, draft.fields.support)
    inner = [assignment_of(plan.text, a, b) for a, b in draft.fields.lead if re.search(r"chủ trì|phối hợp", plan.text[a:b])]
    for found in inner:
        if found.lead_names:
            lead, support = found.lead_names, (*support, *(s for s in found.support_names if s not in support))
    return Who(lead, support, rule="lead.column" if draft.in_table else "lead.trailer", request=asked)


def _own(plan: Plan, draft: _Draft) -> tuple[Who, Assignment]:
    found = assignment_of(plan.text, draft.start, draft.end)
    text = plan.text
    lead, rule = found.lead_names, found.rule
    support = found.support_names
    if not lead and (told := _told(plan, draft)):
        lead, rule = told
    at = found.lead[0][0] if rule == "assign" and len(found.lead) == 1 else draft.start
    if rule in {"", "subject", "assign"} and (named := _named(plan, at, draft.end, lead)):
        lead, rule = named, rule if rule == "assign" else "named"
    if (topic := _topic(plan, draft)) and (not lead or rule == "subject"):
        lead, rule = topic
    elif not lead and draft.title[0] < draft.title[1] and (above := heading_of(text, *draft.title)):
        lead, rule = above.names, above.rule
    elif not lead and (given := _in_brackets(plan, draft)):
        lead, support, rule = given.lead, given.support or support, "brackets"
    who = Who(
        lead,
        support,
        tuple(text[a:b] for a, b in found.report_to),
        tuple(text[a:b] for a, b in found.advise_to),
        f"lead.{rule}" if lead else "",
    )
    return who, found


_BINDS = re.compile(r"\s(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|phải|không\s+được)\s", re.I)


def _told(plan: Plan, draft: _Draft) -> tuple[tuple[str, ...], str] | None:
    """A subject that only its modal shows («Người đại diện phần vốn tại công ty con | có trách nhiệm …»), or whom a ban names."""
    forbidden = rules("units").pattern("forbidden_whom").match(plan.text, draft.start, draft.end)
    if forbidden:
        listed = list_names(window(plan.text, forbidden.end(), draft.end), 0)[0]
        return (tuple(n.name for n in listed), "forbidden") if listed else None
    bound = _BINDS.search(plan.text, draft.start, min(draft.end, draft.start + 120))
    if not bound or re.search(r"[,.;:]\s", plan.text[draft.start : bound.start()]):
        return None
    found = heading_of(plan.text, draft.start, bound.start())
    return (found.names, "modal") if found and found.rule == "heading_name" else None


def _named(plan: Plan, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """A body whose name no lexicon holds, before the first verb of office language: «Phòng Cảnh sát giao thông | bố trí …».

    Answers only where nothing or a shorter piece of the same name was found before."""
    for verb in rules("units").pattern("office_verb").finditer(plan.text, start + 3, min(end, start + 110)):
        before = plan.text[start : verb.start()]
        if re.search(r"[,.;:(]", before):
            return ()
        found = heading_of(plan.text, start, verb.start())
        if not found or found.rule != "heading_name" or found.spans[0] != (start, start + len(before.rstrip())):
            continue
        return found.names if _fits(before.split(), lead) else ()
    return ()


def _fits(words: list[str], lead: tuple[str, ...]) -> bool:
    """Whether the words before a verb are no more than a name: few small words behind its last capital or its determiner, and
    at most two more than the piece found before."""
    capitals = [i for i, w in enumerate(words) if w[:1].isupper()]
    tail = len(words) - 1 - capitals[-1] if len(capitals) > 1 else len(words) - (2 if words[0].lower() in {"các", "mỗi", "từng"} else 9)
    if not 0 <= tail <= 3 or rules("units").pattern("office_adverb").search(" ".join(words)):
        return False
    return not lead or (len(lead) == 1 and " ".join(words).startswith(lead[0]) and len(words) - len(lead[0].split()) in {1, 2})


def _in_brackets(plan: Plan, draft: _Draft) -> Who | None:
    """Addressee in brackets at the end: «… (Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp; hoàn thành trước ngày 15/9)»."""
    found = rules("duties").pattern("assigned_in_brackets").search(plan.text, draft.start, draft.end)
    if not found:
        return None
    start, end = found.span("inside")
    given = assignment_of(plan.text, start, end)
    if given.lead_names:
        return Who(given.lead_names, given.support_names)
    first = plan.text.find(";", start, end)
    named = heading_of(plan.text, start, first if first > 0 else end)
    return Who(named.names) if named and named.rule == "heading_name" else None


def _topic(plan: Plan, draft: _Draft) -> tuple[tuple[str, ...], str] | None:
    """Addressee set before a colon at the head of an item: «Sở Tài chính: cân đối …», «Đối với trưởng đoàn: …»."""
    colon = plan.text.find(":", draft.start, min(draft.end, draft.start + 180))
    if colon < 0 or colon >= draft.end - 12 or re.search(r"[.;]\s", plan.text[draft.start : colon]):
        return None
    found = heading_of(plan.text, draft.start, colon)
    return (found.names, found.rule) if found and found.rule in {"heading_for", "heading_name", "heading_responsibility"} else None


def _inherited(plan: _Reading, draft: _Draft) -> Who:
    """Addressee of the nearest heading or lead-in above that names one."""
    node = plan.nodes[draft.index]
    if plan.zones[draft.index] == "footnote" and node.parent is not None:
        own = assignment_of(plan.text, *_body(plan, plan.nodes[node.parent]))
        if own.lead_names:
            return Who(own.lead_names, rule="lead.host")
    up = node.parent
    while up is not None:
        above = plan.nodes[up]
        start, end = _body(plan, above)
        found = heading_of(plan.text, start, end)
        if found and found.names:
            extra = assignment_of(plan.text, start, end) if found.rule in {"assign", "heading_subject"} else Assignment()
            return Who(found.names, extra.support_names, rule=f"lead.{found.rule}")
        if above.lead_in and (own := assignment_of(plan.text, start, end)).lead_names:
            return Who(own.lead_names, own.support_names, rule=f"lead.lead_in.{own.rule}")
        up = above.parent
    return plan.launched


def _addressed_by_launch(plan: Plan) -> Who:
    """Addressees of the launch clause of a directive: «Ban Thường vụ yêu cầu các cấp ủy … thực hiện các nhiệm vụ sau:»."""
    rule = rules("duties").pattern("launch_addressee")
    for paragraph, zone in zip(reversed(plan.paragraphs), reversed(plan.zones), strict=True):
        if zone == "opening" and (found := list(rule.finditer(plan.words(paragraph)))):
            start = paragraph.body + found[-1].end()
            asked = assignment_of("giao " + plan.text[start : paragraph.end])
            return Who(asked.lead_names, rule="lead.launch") if asked.lead_names else Who()
    return Who()


def _modality(plan: _Reading, draft: _Draft, own: Assignment) -> tuple[Modality, str]:
    node = plan.nodes[draft.index]
    text = plan.text[draft.start : draft.end]
    subject_end = 0
    if own.rule and own.lead and min(a for a, _ in own.lead) - draft.start <= 40:
        subject_end = max(e for _, e in own.lead) - draft.start
    up, first = node.parent, True
    own_force = modality.of_text(text, subject_end if subject_end <= 200 else 0)
    if own_force[1] in {"modality.offender_punished", "modality.is_punished", "modality.spared", "modality.requests"}:
        return own_force
    while up is not None:
        above = plan.nodes[up]
        words = plan.text[slice(*_body(plan, above))]
        lent = modality.of_lead_in(words)
        if above.lead_in and lent and (first or lent[0] != "request"):
            return lent
        if not above.lead_in and lent == ("request", "modality.lead_in.requests"):
            return "request", "modality.heading"
        if own_force[0] == "obligation" and rules("duties").pattern("forbidden_heading").search(words):
            return "prohibition", "modality.forbidden_heading"
        if plan.paragraphs[up].label and above.role == "heading" and not above.lead_in and above.section != node.section:
            break
        up, first = above.parent, False
    if own_force[0] in {"obligation", "prohibition"} and own.rule not in {"assign", "by_whom"} and plan.asks:
        return "request", "modality.letter_asks"
    return own_force


def _letter_asks(plan: _Reading) -> bool:
    """The launch clause of a letter asks («… đề nghị các cơ quan, đơn vị thực hiện một số nội dung sau:»)."""
    if plan.document.kind != "Công văn":
        return False
    rule = rules("duties").pattern("letter_asks")
    return any(rule.search(words) for words in plan.opening)


def _who(plan: _Reading, draft: _Draft, force: Modality, own: Who) -> Who:
    given = _from_fields(plan, draft)
    hands_over = own.rule == "lead.assign" and not draft.in_table and plan.text[draft.start : draft.start + 4].lower() == "giao"
    if given.lead and hands_over and set(own.lead).isdisjoint(given.lead):
        others = dict.fromkeys((*own.support, *given.support, *given.lead))
        return replace(own, support=tuple(others), overruled=True)
    if given.lead:
        return replace(own, lead=given.lead, support=given.support or own.support, rule=given.rule, request=given.request)
    if force == "sanction":
        return _sanction_lead(plan, draft, own)
    if own.lead:
        return replace(own, support=given.support or own.support)
    above = _inherited(plan, draft)
    support = given.support or own.support or above.support
    return replace(own, lead=above.lead, support=support, rule=above.rule)


def _sanction_lead(plan: _Reading, draft: _Draft, own: Who) -> Who:
    """Who imposes it, else nobody; a heading that names the liable or exempted body stays (GUIDE, cases settled)."""
    text = plan.text[draft.start : draft.end]
    book = rules("duties")
    liable = re.match(r"\s*(?:cùng\s+)?chịu\s+trách\s+nhiệm", text, re.I) or book.pattern("exempts").match(text)
    node = plan.nodes[draft.index]
    above = plan.nodes[node.parent] if node.parent is not None else None
    spared = above is not None and book.pattern("exempts").search(plan.text[slice(*_body(plan, above))])
    if liable or spared:
        found = _inherited(plan, draft)
        return replace(own, lead=found.lead, rule=found.rule)
    suffers = any(book.pattern(name).search(text) for name in ("is_punished", "spared", "offender_punished"))
    if own.lead and not suffers:
        return own
    return replace(own, lead=(), rule="")


def _cuts(plan: Plan, draft: _Draft) -> list[int]:
    """Offsets where a clause begins that gives work to another body than the clauses before it."""
    text = plan.text[draft.start : draft.end]
    current = set(assignment_of(plan.text, draft.start, draft.end).lead_names)
    book = rules("duties")
    places = {draft.start + m.end() for name in ("new_addressee", "new_lead") for m in book.pattern(name).finditer(text)}
    sentences = {draft.start + m.end() for m in _SENTENCE.finditer(text)}
    cuts: list[int] = []
    for at in sorted(places | sentences):
        here = assignment_of(plan.text, at, _clause_end(plan.text, at, draft.end))
        reach = 25 if at in places else 1
        if not here.lead or book.pattern("same_duty").search(plan.text[max(e for _, e in here.lead) : draft.end]):
            continue
        if min(a for a, _ in here.lead) - at <= reach and set(here.lead_names).isdisjoint(current):
            cuts.append(at)
            current = set(here.lead_names)
    return cuts


def _clause_end(text: str, start: int, end: int) -> int:
    found = _SENTENCE.search(text, start + 1, end)
    return found.start() + 1 if found else end


def _split(plan: Plan, draft: _Draft) -> list[_Draft]:
    """One draft per addressee: a new clause that gives work to another body is a duty of its own."""
    if draft.in_table or draft.fields.lead:
        return [draft]
    places = _cuts(plan, draft)
    if not places:
        return [draft]
    ends = [*places, draft.end]
    out = [replace(draft, end=_rstrip(plan.text, draft.start, ends[0]))]
    out += [replace(draft, start=a, end=_rstrip(plan.text, a, b)) for a, b in zip(places, ends[1:], strict=True)]
    return out


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \n\t":
        end -= 1
    return end


def _headings(plan: Plan, index: int) -> tuple[str, str | None]:
    """Titles above a duty from the root down, joined by « › », and its lead-in."""
    titles: list[str] = []
    lead_in: str | None = None
    up = plan.nodes[index].parent
    while up is not None:
        words = plan.words(plan.paragraphs[up]).strip()
        if plan.nodes[up].lead_in and lead_in is None and not plan.paragraphs[up].label.rstrip(".)-/").isalnum():
            lead_in = words
        else:
            titles.append(words if len(words) <= 160 else words[:157] + "…")
        up = plan.nodes[up].parent
    return " › ".join(reversed(titles)), lead_in


_CLARITY = ("person", "work", "time", "responsibility", "product", "authority")


def _clarity(duty_lead: bool, deadlines: bool, product: bool, roles: int, report: bool) -> dict[str, bool]:
    """The six clarities (6 rõ): người, việc, thời gian, trách nhiệm, sản phẩm, thẩm quyền; which are there."""
    return dict(zip(_CLARITY, (duty_lead, True, deadlines, duty_lead and roles > 0, product, report), strict=True))


def _roles(who: Who, plan: _Reading, *, doubtful: bool) -> tuple[Role, ...]:
    rows = [("lead", who.lead), ("support", who.support), ("report_to", who.report_to), ("advise_to", who.advise_to)]
    return tuple(
        Role(
            role=role, name=name, unit=plan.unit_ids.get(name), rule=who.rule or f"role.{role}",
            confidence=0.6 if doubtful else 0.95 if role == "lead" else 0.9,
        )
        for role, names in rows
        for name in names
    )  # fmt: skip


_CONFIDENCE = {
    "lead.column": 0.98, "lead.trailer": 0.98, "lead.assign": 0.97, "lead.heading_for": 0.96, "lead.heading_name": 0.95,
    "lead.subject": 0.93, "lead.heading_responsibility": 0.94, "lead.heading_strengthen": 0.92, "": 0.6,
}  # fmt: skip


def _build(plan: _Reading, draft: _Draft, counted: dict[str, int]) -> Duty:
    own, found = _own(plan, draft)
    force, force_rule = _modality(plan, draft, found)
    who = _who(plan, draft, force, own)
    if who.request and force == "obligation":
        force, force_rule = "request", "modality.trailer"
    spans = [(draft.start, draft.end), *draft.fields.time]
    deadlines = tuple(found for span in spans for found in plan.deadline_places.inside(*span))
    citations = tuple(plan.citation_places.inside(draft.start, draft.end))
    product = "; ".join(plan.text[a:b].strip(" .;") for a, b in draft.fields.product) or None
    counted[draft.section] = counted.get(draft.section, 0) + 1
    heading, lead_in = _headings(plan, draft.index)
    node = plan.nodes[draft.index]
    lead_confidence = _CONFIDENCE.get(who.rule, 0.85)
    torn = bool(lost_spaces(plan.text, draft.start, draft.end))
    if who.overruled or torn:
        lead_confidence = 0.55
    review: tuple[str, ...] = () if who.lead or force == "sanction" else ("không rõ người thực hiện",)
    review += ("dòng phân công nêu nơi khác với câu giao việc",) * who.overruled + ("tên viết liền, thiếu dấu cách",) * torn
    return Duty(
        id=f"{draft.section}#{counted[draft.section]}", start=draft.start, end=draft.end, text=plan.text[draft.start : draft.end],
        rule=f"duties.{'row' if draft.in_table else 'footnote' if plan.zones[draft.index] == 'footnote' else node.role}",
        confidence=round(min(0.97 if node.role in {"item", "row"} else 0.9, lead_confidence + 0.05), 2), review=review,
        section=draft.section, modality=force, modality_rule=force_rule, lead=who.lead, support=who.support, lead_rule=who.rule,
        deadlines=tuple(dict.fromkeys(deadlines)), citations=citations, product=product, heading=heading,
        roles=_roles(who, plan, doubtful=who.overruled or torn),
        lead_in=lead_in, clarity=_clarity(bool(who.lead), bool(deadlines), bool(product), len(who.lead), bool(who.report_to)),
    )  # fmt: skip


def extract_duties(plan: Plan) -> tuple[Duty, ...]:
    """The duties of a plan with outline, deadlines and citations, in reading order."""
    reading = _Reading.of(plan)
    drafts = list(_candidates(reading))
    _spread_trailers(reading, drafts)
    counted: dict[str, int] = {}
    return tuple(_build(reading, part, counted) for draft in drafts for part in _split(reading, draft))
