"""Who acts, where the end of an item or heading says so: «… (Sở A chủ trì; quý III)», «… - Phòng B thực hiện.», «… → Trạm Y tế»,
«… : Tổ Văn thể, đ/c Minh», «…, do Phòng C phụ trách». Source: domain.md 3.4; practice of offices.

Only names may stand there (and when it is done); an end that says more is the work itself.
"""

from __future__ import annotations

import re
from itertools import pairwise

import regex

from extractors import trailers
from extractors.actions import begins_with_act
from extractors.duty_reading import Who
from extractors.plan import Plan
from extractors.role_words import signs
from extractors.rulebook import rules
from extractors.trailers import told_by_roles
from extractors.unit_headings import heading_of
from extractors.unit_np import parse_one
from extractors.unit_persons import addressed, persons
from extractors.unit_roles import Assignment, assignment_of
from extractors.unit_stands import SET_UP
from extractors.unit_words import Words, fold
from extractors.units import find_units
from extractors.who_when import who_when

_REACH = 260
"""Characters at the end of a paragraph in which its doers stand."""
_CONCERNED = {"staff", "public"}
_KIND = 12
"""Characters in which the kind of a place stands."""
_LEAST = 2
"""Words that the work before the mark has at least."""
_WITH = re.compile(r"\s+cùng(?:\s+với)?\s+")
_MARK = re.compile(
    r"[:,;→⇒➔➜=–—-](?:(?<=:)(?P<colon>\s+)(?=\w)|(?<=[,;])\s+(?:do|giao)\s+(?=\w)"
    r"|(?<=\s[–—-])(?P<dash>\s+)(?=\w)|(?<=\s[→⇒➔➜])\s*|(?<=\s[=])=*>\s*|(?<=\s-)-*>\s*)"
)
"""What stands before the mark is asked behind its first sign: the search then goes from mark to mark."""


def at_end(plan: Plan, start: int, end: int) -> Who | None:
    """Lead and support that the end of ``text[start:end]`` names, None where it names nobody."""
    return in_brackets(plan.text, start, end) or _behind_mark(plan.text, start, end)[0]


def in_brackets(text: str, start: int, end: int) -> Who | None:
    """Addressee in brackets at the end: «… (Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp; hoàn thành trước ngày 15/9)»."""
    found = rules("duties").pattern("assigned_in_brackets").search(text, start, end)
    if not found:
        return None
    first, last = found.span("inside")
    given = assignment_of(text, first, last)
    if given.lead_names:
        return Who(given.lead_names, given.support_names, rule="brackets")
    if explains(text, start, found.start()):
        return None
    names = _names_up_to(text, first, last)
    return Who(names, rule="brackets") if names else None


def who_appoints(text: str, start: int, end: int) -> tuple[str, ...]:
    """Who gives out the work in «Phân công tổ chuyên môn dự giờ | (Ban Giám hiệu)», «Cử giáo viên coi thi (Hiệu trưởng)»: names alone in
    brackets at the end; a person there is the one who is told («Phân công Phòng A trực (đồng chí Minh)»)."""
    found = rules("duties").pattern("assigned_in_brackets").search(text, start, end)
    told = rules("duties").pattern("appoints").match(text, start, end) if found else None
    if found is None or told is None or rules("duties").pattern("bracket_assigns").match(text[told.end() : found.start()]):
        return ()
    if persons(text, *found.span("inside")) or explains(text, start, found.start()):
        return ()
    return _names_up_to(text, *found.span("inside"))


def in_heading_brackets(text: str, start: int, end: int) -> Who | None:
    """Who does what stands below a topic, in brackets at its end: «Lồng ghép … (Tổ Sử - Địa phụ trách)», «… (Chủ trì: Sở A)», «(Sở A)».
    A heading may also explain itself there: names in small letters, and clauses without a verb that assigns, give nobody."""
    close = end - 1 if text[end - 1] != ":" else end - 2
    found = rules("duties").pattern("assigned_in_brackets").search(text, start, close + 1) if text[close] == ")" else None
    if found is None:
        return None
    first, last = found.span("inside")
    fields = trailers.parse(text, first, last)
    told = {name: tuple(n for f in fields if f.field == name for n in _bare_names(text, f.start, f.end)) for name in ("lead", "support")}
    if told["lead"]:
        return Who(told["lead"], told["support"], rule="lead.trailer")
    if rules("duties").pattern("bracket_assigns").match(text[first:last]):
        given = assignment_of(text, first, last)
        return Who(given.lead_names, given.support_names, rule=f"lead.{given.rule}") if given.lead_names else None
    names = () if text[first].islower() else _names_up_to(text, first, last)
    return Who(names, rule="lead.heading_name") if names else None


def _names_up_to(text: str, start: int, end: int) -> tuple[str, ...]:
    """Names before the first semicolon: «(Sở Xây dựng; xong trong quý IV)»."""
    stop = text.find(";", start, end)
    return _bare_names(text, start, stop if stop > 0 else end)


def _bare_names(text: str, start: int, end: int) -> tuple[str, ...]:
    """The names that a stretch consists of, none where it says more."""
    named = heading_of(text, start, end)
    return named.names if named and named.rule == "heading_name" else ()


def explains(text: str, start: int, bracket: int) -> bool:
    """Whether brackets after «các lực lượng», «tại các trường» only list these, or after «gửi Sở Y tế» say who there gets it."""
    before = max(start, bracket - _REACH)
    if rules("duties").pattern("brackets_explain").search(text, before, bracket):
        return True
    place = rules("duties").pattern("place_before_brackets").search(text, before, bracket)
    if place and fold(text[bracket + 1 : bracket + _KIND]).startswith(fold(place["kind"])):
        return True  # «làm điểm tại xã (xã A)»; «… tại trường (Tổ Bảo vệ)» tells who does it
    bare = not signs(text[bracket : text.find(")", bracket)])
    return bare and rules("duties").pattern("sent_to").search(text, before, bracket) is not None


def beside_doer(text: str, start: int, end: int) -> regex.Match[str] | None:
    """«Phòng Kinh tế | cùng | Công an xã», where nothing but names stands on both sides."""
    found = rules("duties").pattern("acts_with").fullmatch(text, start, end)
    return found if found and all(heading_of(text, *found.span(part)) for part in ("lead", "who")) else None


def alongside(text: str, found: Assignment, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Lead and support where the subject goes with others: «Phòng Kinh tế | cùng | Công an xã kiểm tra …». Those who answer or sign with
    each other («cùng … | ký quy chế») do it both, and so do persons; a meeting «cùng với Y» is that of who calls it."""
    lead, support = found.lead_names, found.support_names
    if len(lead) < 2 or found.rule not in {"subject", "assign"}:
        return lead, support
    for n, ((_, last), (first, _)) in enumerate(pairwise(found.lead), 1):
        if _WITH.fullmatch(text, last, first) is None or persons(text, first, end):
            continue
        joined = "với" in text[last:first] and rules("duties").pattern("meets").match(text, found.lead[-1][1], end)
        if not joined and rules("duties").pattern("both_do").match(text, found.lead[-1][1], end):
            return lead, tuple(name for name in support if name not in lead)
        return lead[:n], (*lead[n:], *(name for name in support if name not in lead))
    return lead, support


_TEAM_NAME = 90
"""Characters of the longest name of a team before a colon."""
_OF_TEAM = frozenset({"team-head", "team-member", "member", "head", "title", "staff"})
"""Kinds of persons of a team."""


def behind_team(text: str, start: int, end: int) -> int | None:
    """Where the work begins in «Đoàn thanh tra: | Trưởng đoàn phân công …; thành viên đoàn ghi nhật ký»: the label names a team, and those
    of it who act are told behind it; None where no such label stands there."""
    colon = text.find(": ", start, min(end, start + _TEAM_NAME))
    words = Words(text, start, colon) if colon > 0 else None
    team = parse_one(words, 0) if words else None
    if words is None or team is None or team.kind not in SET_UP or team.last != len(words):
        return None
    behind = colon + 2
    holder = parse_one(Words(text, behind, min(end, behind + _TEAM_NAME)), 0)
    acts = holder is not None and holder.cls == "role" and holder.kind in _OF_TEAM and not (holder.proper or holder.inner)
    return behind if acts and assignment_of(text, behind, end).rule == "subject" else None


def marked(phrase: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Lead and support of «Phòng A (chủ trì), Phòng B, Phòng C (phối hợp)»; None where nothing is so marked."""
    leads = rules("duties").pattern("marked_lead").search(phrase)
    if leads is None or not phrase[: leads.start()].strip():
        return None
    helps = rules("duties").pattern("marked_support").search(phrase, leads.end())
    who = tuple(n.name for n in addressed(phrase[: leads.start()]))
    rest = phrase[leads.end() : helps.start() if helps else len(phrase)].strip(" .;,:")
    return who, tuple(n.name for n in addressed(rest)) if rest else ()


def by_heading_roles(text: str, start: int, end: int) -> Who | None:
    """Lead and support of a heading that tells the part of each body: «Phòng A (chủ trì), Phòng B (phối hợp)», «Phòng A chủ trì; Phòng B,
    C phối hợp:», «Phòng A cùng Công an xã:»."""
    end = start + len(text[start:end].rstrip(" :."))
    if end - start > _REACH:
        return None
    if (both := marked(text[start:end])) and both[0]:
        return Who(*both, rule="lead.heading_name")
    told = told_by_roles(text, start, end)
    if {part.field for part in told} >= {"lead", "support"}:
        named = {f: tuple(n.name for p in told if p.field == f for n in addressed(text[p.start : p.end])) for f in ("lead", "support")}
        return Who(named["lead"], named["support"], rule="lead.heading_name")
    found = beside_doer(text, start, end)
    if found is None:
        return None
    return Who(_bare_names(text, *found.span("lead")), _bare_names(text, *found.span("who")), rule="lead.heading_name")


_BEHIND_TOPIC = re.compile(r"(?P<colon>:\s+)(?=\w)|\s+[-–—]\s+|(?P<by>\s+)(?=do\s)")


def behind_topic(text: str, start: int, end: int) -> Who | None:
    """«Công tác tuyên truyền: giao Phòng A chủ trì, phối hợp với Phòng B», «Chuyển đổi số do Sở B chủ trì»: a topic and who does it; an act
    («Triển khai đề án do Bộ C chủ trì») is told of a thing that others lead."""
    end = start + len(text[start:end].rstrip(" :."))
    if end - start > 2 * _REACH or not signs(text[start:end]):
        return None
    for mark in _BEHIND_TOPIC.finditer(text, start, end):
        told = who_when(text[mark.end() : end])
        if told is None or not told.has("lead"):
            continue
        others = mark["by"] and not told.has("support") and rules("duties").pattern("led_by_others").search(text, start, mark.start())
        if others and begins_with_act(text[start : mark.start()]):
            return None
        at = mark.end()
        said = {r: tuple(n.name for p, a, b in told.parts if p == r for n in addressed(text[at + a : at + b])) for r in ("lead", "support")}
        return Who(said["lead"], said["support"], rule="lead.behind_topic")
    return None


def of_heading(plan: Plan, start: int, end: int) -> Who | None:
    """«… - Sở A chủ trì»: whom a heading names behind a dash for the items below it; a bare name there may be part of the title."""
    found, at = _behind_mark(plan.text, start, end)
    return found if found and rules("duties").pattern("leads_behind").search(plan.text, at, end) else None


_LABEL = re.compile(r"[:.;,(]\s*")
"""What a label inside a paragraph begins behind: «Lập sổ. | Đơn vị phối hợp: …», «Lập sổ (| phối hợp: …)»."""


def _behind_mark(text: str, start: int, end: int) -> tuple[Who | None, int]:
    """Who stands behind the last dash, arrow or colon, or «, do», behind which nothing but names stands; and the place behind it."""
    low = max(start, end - _REACH)
    marks = list(_MARK.finditer(text, low, end))
    for mark in reversed(marks):
        before = text[max(start, low - _REACH) : mark.start()]
        if len(before.split()) < _LEAST:
            return None, end
        if mark["dash"] and _within_name(text, max(start, low - _REACH), mark.start(), end):
            continue
        if mark["colon"] and not _names_work(before, text[mark.end() : end]):
            return None, end
        if found := _named(text, mark.end(), end, "at_end"):
            return found, mark.end()
        if mark["colon"]:
            return None, end
    return None, end


def _within_name(text: str, start: int, mark: int, end: int) -> bool:
    """«Phòng Văn hóa | - Xã hội», «từ UBND xã | - Trạm Y tế»: a name ends at the dash or goes over it; «tiếp công dân | - Thanh tra tỉnh
    chủ trì»: what ends in persons is the work."""
    units = find_units(text, start, end)
    here = next((unit for unit in units if unit.start > mark), None)
    apart = here is not None and text[here.start].isupper() and not text[mark : here.start].strip(" –-")
    named = [unit for unit in units if unit.start < mark]
    ends = [unit for unit in named if unit.kind not in _CONCERNED and not text[unit.end : mark].strip()]
    ends = [unit for unit in ends if not apart or text[unit.start].isupper()]  # «ở các trường mầm non | - Sở Giáo dục và Đào tạo»
    return bool(ends) or any(unit.end > mark for unit in named)


def _names_work(label: str, behind: str) -> bool:
    """Whether what stands before a colon is work and not whom it concerns («Khen thưởng 02 tập thể: …», «Trưởng ban: …»)."""
    book = rules("duties")
    if book.pattern("colon_lists").search(label) or trailers.field_of(_LABEL.split(label)[-1]) is not None:
        return False
    if begins_with_act(label) or label.lower().startswith("về "):
        return True
    if heading_of(label) is not None:
        return False
    return bool(persons(behind, 0, len(behind))) or not (book.pattern("colon_parts").match(label) or find_units(label))


def _named(text: str, start: int, end: int, rule: str) -> Who | None:
    """The names of ``text[start:end]``: up to the first semicolon, time or bracket, without «chủ trì», «thực hiện» behind them."""
    stop = rules("duties").pattern("behind_doers").search(text, start, end)
    last = stop.start() if stop else end
    given, leads = assignment_of(text, start, last), rules("duties").pattern("leads_behind")
    if given.rule == "subject" and given.lead[0][0] == start and leads.match(text, given.lead[-1][1], last):
        return Who(given.lead_names, given.support_names, rule=rule)
    role = rules("duties").pattern("role_at_end").search(text, start, last)
    last = role.start() if role else last
    named = persons(text, start, last)
    if named and not text[named[-1].end : last].strip(" .,;"):
        return Who(tuple(n.name for n in named), rule=rule)
    found = heading_of(text, start, last)
    told = found is not None and found.rule == "heading_name" and (role is not None or _bodies(text, start, last))
    return Who(found.names, rule=rule) if found and told else None


def _bodies(text: str, start: int, end: int) -> bool:
    """Bodies, or offices in capitals; «cán bộ, công chức», «hộ nghèo», «trường học» are whom the work concerns."""
    first = next(iter(find_units(text, start, end)), None)
    known = first is not None and first.start == start
    return text[start].isupper() or (known and first is not None and first.kind not in _CONCERNED and text.startswith("các ", start))
