"""Who acts on a duty (chủ trì, phối hợp), in the order of the field: trailer or table column, own subject, nearest heading
that addresses somebody, launch clause. Every answer carries the rule that gave it; nothing is guessed beyond these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from extractors import trailers
from extractors.duty_behind import behind_statement, bound_behind_time
from extractors.duty_inline import behind_mark, doer_of
from extractors.duty_lead_ins import commands_itself
from extractors.duty_reading import SENTENCE, Draft, Fields, Reading, Who, span_of
from extractors.field_acts import by_acts
from extractors.identity_issuer import abbreviates
from extractors.lead_ends import (
    alongside,
    at_end,
    behind_topic,
    beside_doer,
    by_heading_roles,
    explains,
    in_heading_brackets,
    marked,
    of_heading,
    who_appoints,
)
from extractors.plan import Node, Plan
from extractors.registry import spell_out
from extractors.rulebook import rules
from extractors.signs import held, search
from extractors.unit_headings import behind_group, heading_of
from extractors.unit_names import list_names
from extractors.unit_persons import addressed, persons
from extractors.unit_roles import Assignment, assignment_of, passed_on
from extractors.unit_subjects import subject_names, window
from extractors.unit_words import Words, fold
from extractors.units import find_units
from schemas.record import Modality


def _names(plan: Plan, spans: Iterable[tuple[int, int]]) -> tuple[str, ...]:
    out: list[str] = []
    for start, end in spans:
        value = plan.text[start:end]
        asked = rules("duties").pattern("asks_first").match(value)
        value = value[asked.end() :] if asked else value
        for extra in ("manner_behind_names", "role_behind_name"):
            value = rules("duties").pattern(extra).sub("", value)
        added = rules("duties").pattern("added_up").split(value) if "+" in value or "&" in value else [value]
        for part in added:  # «Văn phòng + Thanh tra»
            found = [n.name for n in addressed(part)] or ([part.strip(" .;,-")] if part.strip(" .;,-") else [])
            out.extend(n for n in found if n not in out)
    return tuple(out)


def _unfold(plan: Plan, fields: Fields) -> None:
    """A cell that itself holds labelled fields («Chủ trì: Sở A; phối hợp: Sở B») gives each to its own column."""
    for column in (fields.lead, fields.support):
        for span in list(column):
            home: trailers.Field = "lead" if column is fields.lead else "support"
            inner = trailers.parse(plan.text, *span) or trailers.joined(plan.text, *span, home)
            if inner:
                column.remove(span)
                for part in inner:
                    fields.add(part.field, (part.start, part.end))
            elif column is fields.lead and (told := trailers.told_by_roles(plan.text, *span)) and told[0].field == home:
                column.remove(span)
                for part in told:
                    fields.add(part.field, (part.start, part.end))
            elif acts := by_acts(plan.text, *span, "lead" if column is fields.lead else "support"):
                column.remove(span)
                for role, a, b in acts:
                    fields.add(role, (a, b))
            elif column is fields.lead and (helpers := rules("duties").pattern("helps_after").search(plan.text, *span)):
                column[column.index(span)] = (span[0], helpers.start())  # «Phòng A; các phòng liên quan phối hợp»
                fields.add("support", helpers.span("who"))
            elif column is fields.lead and (beside := beside_doer(plan.text, *span)):
                column[column.index(span)] = beside.span("lead")  # «Phòng Kinh tế cùng Công an xã»
                fields.add("support", beside.span("who"))


def _from_fields(plan: Plan, draft: Draft) -> Who:
    if not draft.fields.lead and not draft.fields.support:
        return Who()
    _unfold(plan, draft.fields)
    asked = any(rules("duties").pattern("asks_first").match(plan.text[a:b]) for a, b in draft.fields.lead)
    lead, support = _names(plan, draft.fields.lead), _names(plan, draft.fields.support)
    role = rules("duties").pattern("role_in_cell")
    inner = [assignment_of(plan.text, a, b) for a, b in draft.fields.lead if role.search(plan.text, a, b)]
    for a, b in draft.fields.lead:
        if told := marked(plan.text[a:b]):
            lead, support = told[0], (*support, *(s for s in told[1] if s not in support))
            inner = []
    for found in inner:
        if found.lead_names:
            lead, support = found.lead_names, (*support, *(s for s in found.support_names if s not in support))
    return Who(lead, support, rule="lead.column" if draft.in_table else "lead.trailer", request=asked)


def own_lead(plan: Plan, draft: Draft) -> tuple[Who, Assignment]:
    text = plan.text
    note = rules("duties").pattern("note_label").match(text, draft.start, draft.end)  # «Lưu ý: Đề nghị Công an xã hỗ trợ …»
    found = assignment_of(text, note.end() if note else draft.start, draft.end)
    if found.rule == "brackets" and explains(text, draft.start, text.rfind("(", draft.start, found.lead[0][0])):
        found = Assignment()
    if not found.lead or _opens_with_field(text, draft):
        found = _behind_label(text, draft) or found
    if not found.lead and (later := behind_statement(text, draft)):
        found = later
    counted = _counted(text, draft)
    found = counted or found
    (lead, support), rule = alongside(text, found, draft.end), found.rule
    if rule == "subject" and len(lead) == 1 and _issues(plan, lead[0]) and (others := passed_on(text, found.lead[0][1], draft.end)):
        lead, rule = tuple(n.name for n in others), "assign"
    if not lead and (told := _told(plan, draft)):
        lead, rule = told
    at = found.lead[0][0] if rule == "assign" and len(found.lead) == 1 else draft.start
    if rule in {"", "subject", "assign"} and (named := _named(plan, at, draft.end, lead)):
        lead, rule = named, rule if rule == "assign" else "named"
    shared = len(lead) > 1 and rule == "subject" and _shares_head(text, draft.start, [a for a, _ in found.lead])
    near = min(draft.end, draft.start + 240)
    bracket = text.find("(", draft.start, near)
    helps = rules("duties").pattern("marked_support").search(text, draft.start, near) if bracket >= 0 else None
    colon = text.find(":", draft.start, min(draft.end, draft.start + 180))
    edge = helps.end() if helps else colon  # «Phòng A (chủ trì), Phòng B (phối hợp) | rà soát …», «Phòng A (chủ trì): …»
    if edge > 0 and (both := marked(text[draft.start : edge])):
        lead, support, rule = both[0], both[1] or support, "topic_marked"
    elif not counted and (topic := _topic(plan, draft)) and (not lead or (rule == "subject" and not shared) or rule == "named"):
        lead, rule = topic
    elif not lead and draft.title[0] < draft.title[1] and (above := heading_of(text, *draft.title)):
        lead, rule = above.names, above.rule
    elif not lead and (given := at_end(plan, draft.start, draft.end)):
        lead, support, rule = given.lead, given.support or support, given.rule
    appoints = who_appoints(text, draft.start, draft.end) if rule in {"", "assign", "brackets"} else ()
    if rules("duties").pattern("staff_appointed").match(text[draft.start : draft.start + 40]):
        lead, rule = appoints, "brackets"  # who appoints its staff is the doer: named behind, else the heading's body
    elif appoints and rule == "assign":
        lead, rule = appoints, "brackets"
    who = Who(
        lead,
        support,
        tuple(text[a:b] for a, b in found.report_to),
        tuple(text[a:b] for a, b in found.advise_to),
        f"lead.{rule}" if lead else "",
        request=bool(lead) and rule == "encourages",
    )
    return who, found


_SEVERAL = 8
"""Characters of the word that several bodies share before a colon, at most."""


def _shares_head(text: str, start: int, begins: list[int]) -> bool:
    """«Các Bộ: | Công Thương, Tài chính lập …», «Chánh Văn phòng, Giám đốc các sở: | Y tế, Nội vụ chịu …»: the colon opens no work."""
    if min(begins) > start:
        return True
    colon = text.find(":", start, max(begins))
    return colon >= 0 and rules("duties").pattern("several_before_colon").search(text, max(start, colon - _SEVERAL), colon) is not None


def _issues(plan: Plan, name: str) -> bool:
    """Whether ``name`` is the issuer of the plan, in short or by its standing organ («UBND thành phố», «Ban Thường trực …»)."""
    if plan.document.issuer and abbreviates(name, plan.document.issuer):
        return True
    issuer, own = (" ".join(spell_out(n, {}).lower().split()) for n in (plan.document.issuer or "", name))
    standing = rules("units").pattern("standing_organ")
    own, issuer = standing.sub("", fold(own), count=1), fold(issuer)
    return bool(issuer) and (not own or issuer.startswith(own) or standing.sub("", issuer, count=1).startswith(own))


def _counted(text: str, draft: Draft) -> Assignment | None:
    """The assignment of the first counted item («Đối với thôn: (1) Trưởng thôn lập …», «(2) Công an xã rà soát …»)."""
    at = behind_mark(text, draft.start, draft.end)
    return assignment_of(text, at, draft.end) if at is not None and doer_of(text, at, draft.end) else None


def _behind_label(text: str, draft: Draft) -> Assignment | None:
    """The assignment behind a label that names the matter: «Kinh phí: Phòng X lập dự toán», «Về nhân lực: Sở Y bố trí»."""
    label = rules("duties").pattern("matter_label").match(text, draft.start, draft.end)
    if not label:
        return None
    found = assignment_of(text, label.end(), draft.end)
    return found if found.lead and min(a for a, _ in found.lead) <= label.end() + 6 else None


def _opens_with_field(text: str, draft: Draft) -> bool:
    """«Cơ quan thực hiện: Sở Y tế chủ trì rà soát …»: what reads like a subject is the label of a field."""
    label = rules("duties").pattern("matter_label").match(text, draft.start, draft.end)
    return label is not None and trailers.field_of(label.group()) == "lead"


def _told(plan: Plan, draft: Draft) -> tuple[tuple[str, ...], str] | None:
    """A subject that only its modal shows («Người đại diện phần vốn tại công ty con | có trách nhiệm …»), or whom a ban names."""
    forbidden = rules("units").pattern("forbidden_whom").match(plan.text, draft.start, draft.end)
    if forbidden:
        listed = list_names(window(plan.text, forbidden.end(), draft.end), 0)[0]
        return (tuple(n.name for n in listed), "forbidden") if listed else None
    rule, reach = rules("duties")["binds"], min(draft.end, draft.start + 120)
    bound = rule.pattern.search(plan.text, draft.start, reach) if held(rule, plan.text[draft.start : reach].lower()) else None
    if bound and (behind := bound_behind_time(plan.text, draft.start, bound.start())):
        return (behind,), "modal"
    if not bound or re.search(r"[,.;:]\s", plan.text[draft.start : bound.start()]):
        return None
    found = heading_of(plan.text, draft.start, bound.start())
    if found and found.rule == "heading_name":
        return found.names, "modal"
    said = plan.text[draft.start : bound.start()]
    return ((said,), "modal") if bound["leads"] and rules("duties").pattern("called_in_own_words").fullmatch(said) else None


_MARK = re.compile(r"[,.;:(]")


def _named(plan: Plan, start: int, end: int, lead: tuple[str, ...]) -> tuple[str, ...]:
    """A body whose name no lexicon holds, before the first verb of office language: «Phòng Cảnh sát giao thông | bố trí …».

    Answers only where nothing or a shorter piece of the same name was found before."""
    mark = _MARK.search(plan.text, start, min(end, start + 110))  # a name before a verb holds no mark
    for verb in rules("units").pattern("office_verb").finditer(plan.text, start + 3, mark.end() if mark else min(end, start + 110)):
        before = plan.text[start : verb.start()]
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
    if not lead:
        return True
    more = words[len(lead[0].split()) :]
    acts = Words(" ".join(more)).hit(0, "verb")  # «Trưởng Đoàn | quyết định tổ chức …»
    verb_alone = acts is not None and acts[0] == len(more) == 2
    return len(lead) == 1 and " ".join(words).startswith(lead[0]) and len(more) in {1, 2} and not verb_alone


def _topic(plan: Plan, draft: Draft) -> tuple[tuple[str, ...], str] | None:
    """Addressee set before a colon at the head of an item: «Sở Tài chính: cân đối …», «Đối với trưởng đoàn: …»."""
    colon = _colon(plan.text, draft.start, min(draft.end, draft.start + 180))
    if colon < 0 or colon >= draft.end - 9 or ". " in plan.text[draft.start : colon]:
        return None
    if "; " in plan.text[draft.start : colon]:  # «Thanh tra; Phòng Nghiệp vụ Y: cử cán bộ …»: names and nothing else
        listed = heading_of(plan.text, draft.start, colon + 1)
        if listed and listed.rule == "heading_name" and len(listed.names) > 1:
            return listed.names, listed.rule
        matter = rules("units").pattern("heading_for").match(plan.text, draft.start, colon) and (listed is None or not listed.names)
        told = subject_names(plan.text, colon + 1, draft.end) if matter else ()
        return (told, "subject") if told else None  # «Đối với vốn vay; các dự án đã có vốn: chủ đầu tư đôn đốc …»
    behind = colon + 1 + (plan.text[colon + 1 : colon + 2] == " ")
    if told := subject_names(plan.text, behind, draft.end) if persons(plan.text, behind, draft.end) else ():
        return told, "subject"  # «Thư viện: đồng chí Mai Thị Nga sắp xếp kho sách»
    found = heading_of(plan.text, draft.start, colon + 1)
    if found is None and plan.text[colon - 1] == ")" and (noted := plan.text.find(" (", draft.start, colon)) > 0:
        found = heading_of(f"{plan.text[draft.start : noted]}:")  # «Nhóm 1 (Trưởng nhóm: bà Hòa): viết báo cáo»
    if found and (again := _colon(plan.text, colon + 1, min(draft.end, draft.start + 180))) > 0 and again < draft.end - 9:
        found = behind_group(plan.text, draft.start, colon, again) or found  # «Các đoàn thể: Hội Nông dân, Đoàn Thanh niên: vận động …»
    known = found and found.rule in {"heading_for", "heading_name", "heading_responsibility"}
    if found and known and (len(found.names) > 1 or persons(plan.text, draft.start, colon)):
        return found.names, found.rule
    called = _called_on(plan.text, draft.start, colon)
    if called or not found or not known:
        return called
    return found.names, found.rule


def _colon(text: str, start: int, end: int) -> int:
    """The first colon outside brackets: «Nhóm 1 (Trưởng nhóm: bà Hòa)| : viết báo cáo»."""
    at = text.find(":", start, end)
    while at >= 0 and text.count("(", start, at) > text.count(")", start, at):
        at = text.find(":", at + 1, end)
    return at


def _called_on(text: str, start: int, colon: int) -> tuple[tuple[str, ...], str] | None:
    """Names that the grammar reads in part only, shown as addressees by the command behind the colon («…, các đại lý vé: đề nghị …»)."""
    first = next(iter(find_units(text, start, colon)), None)
    if first is None or first.start != start or not rules("units").pattern("command_behind_colon").match(text, colon):
        return None
    cuts = [m for m in rules("units").pattern("between_names").finditer(text, start, colon) if _opens_name(text, m.end(), colon)]
    edges = zip([start, *(m.end() for m in cuts)], [*(m.start() for m in cuts), colon], strict=True)
    parts = [text[a:b].strip() for a, b in edges]
    return (tuple(parts), "called_on") if first.end <= start + len(parts[0]) else None


def _opens_name(text: str, at: int, end: int) -> bool:
    """Whether a body word or «các» stands at ``at``; «Trung tâm Giám định BHXH, | BHYT điện tử» goes on."""
    first = next(iter(find_units(text, at, end)), None)
    return text.startswith("các ", at) or (first is not None and first.start == at)


def _lent(plan: Plan, start: int, end: int, found: Assignment) -> tuple[str, ...]:
    """Support that a lead-in hands down; one that is a duty itself keeps its own."""
    return () if found.support_names and commands_itself(plan.text[start:end]) else found.support_names


def inherited(plan: Reading, draft: Draft) -> Who:
    """Addressee of the nearest heading or lead-in above that names one."""
    node = plan.nodes[draft.index]
    if plan.zones[draft.index] == "footnote" and node.parent is not None:
        own = assignment_of(plan.text, *span_of(plan, plan.nodes[node.parent]))
        if own.lead_names:
            return Who(own.lead_names, rule="lead.host")
    up = node.parent
    while up is not None:
        above = plan.nodes[up]
        start, end = span_of(plan, above)
        if told := by_heading_roles(plan.text, start, end):
            return told
        if above.lead_in and (later := _in_last_sentence(plan, up)):
            return Who(later.lead_names, rule=f"lead.lead_in.{later.rule}")
        found = heading_of(plan.text, start, end)
        if found and found.names:
            extra = assignment_of(plan.text, start, end) if found.rule in {"assign", "heading_subject"} else Assignment()
            return Who(found.names, _lent(plan, start, end, extra), rule=f"lead.{found.rule}")
        if above.lead_in and (own := assignment_of(plan.text, start, end)).lead_names:
            return Who(own.lead_names, _lent(plan, start, end, own), rule=f"lead.lead_in.{own.rule}")
        if above.lead_in and (topic := _topic(plan, Draft(up, start, end, above.section))):  # «Sở A: Chủ trì kiểm tra …, cụ thể:»
            return Who(topic[0], rule=f"lead.{topic[1]}")
        if above.role == "heading" and (told := in_heading_brackets(plan.text, start, end) or behind_topic(plan.text, start, end)):
            return told
        if ended := of_heading(plan, start, end):
            return replace(ended, rule=f"lead.{ended.rule}")
        up = above.parent
    return _beside(plan, node.index) or plan.launched


def _in_last_sentence(plan: Reading, index: int) -> Assignment | None:
    """Whose the items below a lead-in are, where a second sentence of it says so («Thư ký đọc báo cáo. Người chủ trì có trách nhiệm:»);
    read once for all of them."""
    if index not in plan.last_sentences:
        start, end = span_of(plan, plan.nodes[index])
        stops = [m.end() for m in SENTENCE.finditer(plan.text, start, end) if plan.text[m.start()] == "."]
        last = assignment_of(plan.text, stops[-1], end) if stops else Assignment()
        plan.last_sentences[index] = last if last.rule == "subject" and last.lead_names else None
    return plan.last_sentences[index]


def _beside(plan: Reading, index: int) -> Who | None:
    """Who acts in the lead-in beside an item or beside what it stands under («- Ban A giám sát …. Cụ thể:» | «- Việc niêm yết …;»)."""
    up: int | None = index
    while up is not None and up not in plan.particulars:
        up = plan.nodes[up].parent
    own = assignment_of(plan.text, *span_of(plan, plan.nodes[plan.particulars[up]])) if up is not None else Assignment()
    return Who(own.lead_names, rule=f"lead.lead_in.{own.rule}") if own.lead_names else None


def who_does(plan: Reading, draft: Draft, force: Modality, own: Who) -> Who:
    given = _from_fields(plan, draft)
    hands_over = own.rule == "lead.assign" and not draft.in_table and plan.text[draft.start : draft.start + 4].lower() == "giao"
    if given.lead and hands_over and set(own.lead).isdisjoint(given.lead):
        others = dict.fromkeys((*own.support, *given.support, *given.lead))
        return replace(own, support=tuple(others), overruled=True)
    if given.lead:
        others = dict.fromkeys((*own.support, *given.support))  # the item's own «phối hợp với …» stands beside the field line
        return replace(own, lead=given.lead, support=tuple(others), rule=given.rule, request=given.request)
    if force == "sanction":
        return _sanction_lead(plan, draft, own)
    if not own.lead or _doubtful(plan, draft, own):
        above = inherited(plan, draft)
        if not own.lead or _outweighs(above, own):
            return Who(above.lead, given.support or own.support or above.support, own.report_to, own.advise_to, above.rule)
    return replace(own, support=given.support) if given.support else own


_ASKED = frozenset({"lead.assign", "lead.encourages"})
"""Rules by which an item names those of whom it is asked."""
_BODY_ABOVE = frozenset({"lead.heading_name", "lead.heading_for", "lead.heading_responsibility"})
"""Rules by which a heading is a body's own."""


def _doubtful(plan: Reading, draft: Draft, own: Who) -> bool:
    """Whether the words of an item leave open that a heading above tells who acts: what is asked of a group («Yêu cầu các đơn vị …»),
    and names alone in brackets at its end («… người ứng cử (Quốc hội, HĐND tỉnh)»)."""
    book, words = rules("duties"), plan.text[draft.start : draft.end]
    if own.rule in _ASKED:
        closes = words.rstrip().endswith("./.")  # the closing words of the plan
        return not closes and (own.rule != "lead.assign" or book.pattern("asks_group").match(plan.text, draft.start, draft.end) is not None)
    at = words.rfind("(") if own.rule == "lead.brackets" else -1
    return at >= 0 and not book.pattern("bracket_assigns").match(words[at + 1 :].rstrip(" .;)"))


def _outweighs(above: Who, own: Who) -> bool:
    """Whether a heading that is a body's goes before the names in a doubtful item: «6. Sở A: | Yêu cầu các đơn vị bảo trì …» is for the
    heading's body to require of those whom it looks after, but what is asked of the body itself («Các phòng: | Yêu cầu các phòng …»)
    comes from the issuer; several others in brackets explain what stands before them and give nobody the work."""
    if own.rule in _ASKED:
        asked = own.lead[0].lower()
        return above.rule in _BODY_ABOVE and not any(asked in name.lower() or name.lower() in asked for name in above.lead)
    return above.rule == "lead.heading_name" and len(own.lead) > 1 and set(above.lead).isdisjoint(own.lead)


def _imposer(plan: Reading, above: Node) -> tuple[str, ...]:
    """The one body or office holder that the heading consists of: «2. Ủy ban Kiểm tra: | - Xem xét, thi hành kỷ luật …»; a heading
    «Đối với …» names whom it meets."""
    start, end = span_of(plan, above)
    found = heading_of(plan.text, start, end)
    said = plan.text[start:end].strip(" :.*\t")
    return found.names if found and list(found.names) == [said] and rules("duties").pattern("imposer").match(said) else ()


def _sanction_lead(plan: Reading, draft: Draft, own: Who) -> Who:
    """Who imposes it, else nobody; a heading that names the liable or exempted body stays (GUIDE, cases settled)."""
    text = plan.text[draft.start : draft.end]
    book = rules("duties")
    liable = book.pattern("liable").match(text) or book.pattern("exempts").match(text)
    node = plan.nodes[draft.index]
    above = plan.nodes[node.parent] if node.parent is not None else None
    spared = above is not None and book.pattern("exempts").search(plan.text[slice(*span_of(plan, above))])
    if liable or spared:
        found = inherited(plan, draft)
        return replace(own, lead=found.lead, rule=found.rule)
    if imposed := search(book["imposed_by"], text):  # «Đảng viên vi phạm thì | Chi ủy | gợi ý kiểm điểm»
        by = list_names(Words(text, *imposed.span("who")), 0)[0]
        return replace(own, lead=tuple(n.name for n in by), rule="lead.imposer" if by else "")
    if not own.lead and book.pattern("imposes").match(text) and above is not None and (who := _imposer(plan, above)):
        return replace(own, lead=who, rule="lead.imposer")
    suffers = any(book.pattern(name).search(text) for name in ("is_punished", "spared", "offender_punished", "merit_denied"))
    if own.lead and not suffers:
        return own
    return replace(own, lead=(), rule="")
