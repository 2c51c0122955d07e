"""Who acts on a duty by the words of the item itself: its subject, whom it is given to, the name before its colon or at its end."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors import trailers
from extractors.duty_behind import behind_statement, bound_behind_time
from extractors.duty_inline import behind_mark, doer_of
from extractors.duty_others import bound_besides
from extractors.duty_reading import HOLDERS, Draft, Who
from extractors.duty_views import issues
from extractors.lead_ends import alongside, at_end, behind_team, explains, marked, who_appoints
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.signs import held
from extractors.unit_headings import behind_group, heading_of
from extractors.unit_names import list_names
from extractors.unit_np import parse_one
from extractors.unit_persons import persons
from extractors.unit_roles import Assignment, assignment_of, passed_on
from extractors.unit_subjects import subject_names, window
from extractors.unit_words import Words
from extractors.units import find_units


def own_lead(plan: Plan, draft: Draft) -> tuple[Who, Assignment]:
    text = plan.text
    note = rules("duties").pattern("note_label").match(text, draft.start, draft.end)  # «Lưu ý: Đề nghị Công an xã hỗ trợ …»
    found = assignment_of(text, note.end() if note else draft.start, draft.end)
    if found.rule == "brackets" and explains(text, draft.start, text.rfind("(", draft.start, found.lead[0][0])):
        found = Assignment()
    team = behind_team(text, draft.start, draft.end)
    if team:
        found = assignment_of(text, team, draft.end)
    elif not found.lead or _opens_with_field(text, draft):
        found = _behind_label(text, draft) or found
    if not found.lead and (later := behind_statement(text, draft)):
        found = later
    counted = _counted(text, draft)
    found = counted or found
    (lead, support), rule = alongside(text, found, draft.end), found.rule
    if rule == "subject" and len(lead) == 1 and issues(plan, lead[0]) and (others := passed_on(text, found.lead[0][1], draft.end)):
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
    elif not (counted or team) and (topic := topic_of(plan, draft)) and (not lead or (rule == "subject" and not shared) or rule == "named"):
        lead, rule = (lead, rule) if rule == "subject" and _acts_for(text, draft, found) else topic
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


_FOR = "Đối với "


def _acts_for(text: str, draft: Draft, found: Assignment) -> bool:
    """«Đối với các trường: | Hiệu trưởng phân công …»: right behind the colon somebody is named who acts for those it is about."""
    colon = text.find(":", draft.start, draft.end) if text.startswith(_FOR, draft.start) else -1
    begin = min((a for a, _ in found.lead), default=-1)
    return 0 < colon < begin and not text[colon + 1 : begin].strip() and text[begin].isupper()


_SEVERAL = 8
"""Characters of the word that several bodies share before a colon, at most."""


def _shares_head(text: str, start: int, begins: list[int]) -> bool:
    """«Các Bộ: | Công Thương, Tài chính lập …», «Chánh Văn phòng, Giám đốc các sở: | Y tế, Nội vụ chịu …»: the colon opens no work."""
    if min(begins) > start:
        return True
    colon = text.find(":", start, max(begins))
    return colon >= 0 and rules("duties").pattern("several_before_colon").search(text, max(start, colon - _SEVERAL), colon) is not None


def _counted(text: str, draft: Draft) -> Assignment | None:
    """The assignment of the first counted item («Đối với thôn: (1) Trưởng thôn lập …», «(2) Công an xã rà soát …»)."""
    at = behind_mark(text, draft.start, draft.end)
    return assignment_of(text, at, draft.end) if at is not None and doer_of(text, at, draft.end) else None


def _behind_label(text: str, draft: Draft) -> Assignment | None:
    """The assignment behind a label that names the matter: «Kinh phí: Phòng X lập dự toán», «Về nhân lực: Sở Y bố trí», «Đối với các lớp
    ghép: đề nghị Sở Z bố trí giáo viên»."""
    label = rules("duties").pattern("matter_label").match(text, draft.start, draft.end)
    if not label:
        return None
    found = assignment_of(text, label.end(), draft.end)
    if not found.lead:
        return None
    first = min(a for a, _ in found.lead)
    asked = rules("units").pattern("assign").match(text, label.end(), draft.end) if found.rule == "assign" else None
    if first <= label.end() + 6 or (asked and asked.end() == first and not _names_one(text, *label.span())):
        return found
    return None


def _names_one(text: str, start: int, end: int) -> bool:
    """Whether a label names the doers («Sở Y tế: đề nghị …»), or behind «Đối với» one body or office holder, who does what follows; a
    group there («Đối với các xã biên giới») is what another may be asked to do something about."""
    found = heading_of(text, start, end)
    if found is None or found.rule != "heading_for":
        return found is not None
    np = parse_one(Words(found.names[0]), 0) if len(found.names) == 1 else None
    return np is not None and (np.proper or np.kind in HOLDERS) and not (np.determiner or np.plural)


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
    if besides := bound_besides(plan.text, draft.start, draft.end):
        return besides, "heading_for"
    assembly = rules("duties").pattern("assembly_acts").match(plan.text, draft.start, draft.end)
    if assembly and not (assembly["label"] and list_names(Words(assembly["label"]), 0)[0]):
        return (assembly["who"],), "modal"
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
    verbs = rules("units").pattern("office_verb").finditer(plan.text, start + 3, mark.end() if mark else min(end, start + 110))
    asked = [(plan.text[start : verb.start()], verb) for verb in verbs]
    fitting = [_fits(before.split(), lead) for before, _ in asked]
    while fitting and not fitting[-1]:
        fitting.pop()  # behind the last name that fits, none is read
    for (before, verb), fits in zip(asked, fitting, strict=False):
        if _cuts_verb(before, verb.group()):
            continue  # «Ban Quản lý chợ giải | trình …»
        found = heading_of(plan.text, start, verb.start())
        if found and found.rule == "heading_name" and found.spans[0] == (start, start + len(before.rstrip())):
            return found.names if fits else ()
    return ()


def _cuts_verb(before: str, verb: str) -> bool:
    """Whether a longer verb begins in the last two words of ``before`` and goes on in ``verb`` («giải | trình», «ghi nhật | ký»)."""
    tail = before.split()[-2:]
    words = Words(" ".join([*tail, *verb.split()]))
    return any(found[0] > len(tail) for i in range(len(tail)) if (found := words.hit(i, "verb")) is not None)


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


_APART = "Riêng "


def topic_of(plan: Plan, draft: Draft) -> tuple[tuple[str, ...], str] | None:
    """Addressee set before a colon at the head of an item: «Sở Tài chính: cân đối …», «Đối với trưởng đoàn: …»."""
    if plan.text.startswith(_APART, draft.start):  # «Riêng Công an xã: …» under a heading of others
        draft = replace(draft, start=draft.start + len(_APART))
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
    met = rules("duties").pattern("rules_for").match(plan.text[colon + 1 : draft.end])
    if known and met and _all_persons(plan.text, draft.start, colon):
        return None  # «Người bệnh: Mức hưởng thực hiện theo …»: whom the rule is about
    if found and found.rule == "heading_for" and (others := _who_looks_after(plan.text, draft.start, colon, draft.end)):
        return others, "subject"
    if found and known and (len(found.names) > 1 or persons(plan.text, draft.start, colon)):
        return found.names, found.rule
    called = _called_on(plan.text, draft.start, colon)
    if called or not found or not known:
        return called
    return found.names, found.rule


_MET = frozenset({"staff", "public", "person", "member"})
"""Kinds of persons whom rules are about."""
_GROUPS = _MET | {"community"}


def _who_looks_after(text: str, start: int, colon: int, end: int) -> tuple[str, ...]:
    """«Đối với học sinh chưa biết bơi: | Nhà trường mở lớp …»: the body that does something for the persons named before the colon."""
    group, behind = find_units(text, start, colon), colon + 1 + (text[colon + 1 : colon + 2] == " ")
    done_by = assignment_of(text, behind, min(end, behind + _NEXT))
    if done_by.rule != "subject" or done_by.lead[0][0] != behind or not {unit.kind for unit in group} <= _GROUPS:
        return ()
    return () if next(iter(find_units(text, behind, end))).kind in _GROUPS else done_by.lead_names


_NEXT = 240
"""Characters in which the clause behind a label says who acts."""


def _all_persons(text: str, start: int, end: int) -> bool:
    """Whether persons of some kind stand there and no body."""
    found = find_units(text, start, end)
    return bool(found) and all(unit.kind in _MET for unit in found)


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
