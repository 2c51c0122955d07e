"""Where one item gives work to several bodies: each clause that turns to another one is a duty of its own (GUIDE).

A clause counts where a mark, «còn», «đồng thời» or a command opens it and a body of its own is told to act in it; lists of names, helpers
and clauses that only say who answers for what stands before them stay in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from extractors import duty_inline
from extractors.actions import begins_with_act
from extractors.duty_behind import completes
from extractors.duty_lead_ins import tells_whose
from extractors.duty_leads import inherited
from extractors.duty_others import addressed, bound_besides, done_by_others
from extractors.duty_prose import behind_run_in, only_tells
from extractors.duty_reading import SENTENCE, Draft, Reading
from extractors.duty_turns import NEAR, answers_below_heading, asks_for, beside_command, place_at_end, same_duty
from extractors.duty_views import behind_views
from extractors.keys import bare_letters
from extractors.rulebook import lexicon, rules, word_class
from extractors.unit_np import parse_one
from extractors.unit_persons import ends_in_person, persons
from extractors.unit_qualifiers import Np
from extractors.unit_roles import Assignment, assignment_of, passed_on
from extractors.unit_subjects import subject_list
from extractors.unit_words import Words, fold
from extractors.who_when import handed_on

_BREAKS = re.compile(r"[.;!?\n](?:(?<=\n)|\s)")
_CLAUSES = re.compile(r"[;.!?](?:(?<=;) +|(?<!;)\s+)(?=\w)")
_CARRIES_OUT = word_class("unit_grammar", "carries-out")
CLAUSE = 900
"""Longest clause that is asked who acts in it."""
_SOMEBODY = {"staff", "team", "enterprise"}
"""Kinds of persons told from others by a bare noun («…; thư ký ghi biên bản», «…; dân quân hộ đê»)."""
_ANY_STAFF = word_class("unit_grammar", "any-staff")
_EACH = word_class("unit_grammar", "each")
"""Words with which those who act before are taken one by one («…; mỗi đảng viên đăng ký»)."""
_ANY_BODY = word_class("unit_grammar", "any-body")
_IN_CHARGE = {"head"}
"""Kinds of persons named by their charge alone («thủ trưởng», «người đứng đầu»)."""
_APART = {"riêng", "còn", "riêng đối với"}
"""Words that take one of those who act before apart from the rest."""
_HOLDERS = {"title"}
"""Kinds of office holders, whom a clause may name in small letters («…, trưởng thôn họp dân»)."""
_MATTER = ("Đối với ", "đối với ")
"""What opens a matter in front of the first of two clauses; a case there («Khi có báo động, …») holds for both."""
_OR = (" hoặc ", " hay ")
"""What stands before the last of a list: a name behind the next mark opens a clause («… báo cô giáo hoặc Ban A; | đội trực sơ cứu»)."""
_LEAST = 3
"""Words of the shortest clause that is a duty of its own."""


def _cuts(plan: Reading, draft: Draft) -> list[int]:
    """Offsets where a clause begins that gives work to another body than the clauses before it."""
    text = plan.text[draft.start : draft.end]
    commas = _behind_commas(plan, draft)
    if not commas and not _BREAKS.search(text):
        return []
    view = behind_views(plan, draft).start
    current = set(assignment_of(plan.text, view, draft.end).lead_names)
    book = rules("duties")
    places = {draft.start + m.end() for name in ("new_addressee", "new_lead", "new_group") for m in book.pattern(name).finditer(text)}
    sentences = {draft.start + m.end() for m in SENTENCE.finditer(text)}
    clauses = {draft.start + m.end() for m in _CLAUSES.finditer(text)}
    cuts: list[int] = []
    inside = _bracket(text, draft.start)
    at_topic = addressed(plan.text, draft.start, draft.end)
    for at in sorted(places | sentences | clauses | commas):
        joined = at not in commas or _joined(plan, cuts[-1] if cuts else draft.start, at, draft.end)
        if not joined and (cuts or not beside_command(plan, draft, at, _next_clause(plan.text, at, draft.end))):
            continue
        if inside[0] <= at < inside[1] or _in_brackets(text, at - draft.start):
            continue  # «… . (Sở A chủ trì; | Sở B phối hợp; xong trong quý II)»: one note of who does the item
        plain = at in places or at in sentences
        if at in clauses and (doers := done_by_others(plan.text, cuts[-1] if cuts else draft.start, at, draft.end)):
            if doers.isdisjoint(current):
                cuts.append(at)
                current = doers
            continue
        named = at in plan.unit_starts or persons(plan.text, at, draft.end) or _described(plan.text, at, draft.end)
        if not plain and not named and not book.pattern("fronted").match(plan.text, at, draft.end):
            continue
        end = _clause_end(plan.text, at, draft.end if plain else _next_clause(plan.text, at, draft.end))
        here = assignment_of(plan.text, at, end)
        if not here.lead and at in sentences and (others := addressed(plan.text, at, draft.end)):
            told = current or at_topic or bound_besides(plan.text, at, draft.end)
            if told and others.isdisjoint(current | at_topic):
                cuts.append(at)  # «Đối với các sở: rà soát. | Đối với các xã: niêm yết.»
                current = others
            continue
        if not here.lead or (not current and not cuts and _prepares(plan.text, at, draft.end)):
            continue
        reach = 25 if at in places else 1
        first, behind = min(a for a, _ in here.lead), max(e for _, e in here.lead)
        answers = not current and first == at and answers_below_heading(plan, draft, here)
        if not answers and (not plain or first - at > reach) and not _another_acts(plan, draft, at, current):
            continue
        unsaid = not plain and not current and not cuts and book.pattern("in_case").match(plan.text, at, first)
        if unsaid and not inherited(plan, draft).lead:
            draft.fields.add("lead", (first, behind))  # «Niêm yết sổ; nếu có khiếu nại thì | Hội đồng …»: nobody else is told to
            break
        if _in_list(plan, cuts[-1] if cuts else draft.start, at, draft.end):
            continue
        if _in_short(here.lead_names, current):
            continue
        if asks_for(plan, draft, cuts[-1] if cuts else draft.start, at):
            continue
        if not answers and same_duty(plan.text, behind, min(draft.end, behind + NEAR)):
            continue
        if not answers and not current and not cuts and completes(plan.text, draft.start, at, here):
            current = set(here.lead_names)
            continue  # «Rà soát trụ sở; | Sở A hoàn thành trước …»
        if (current or cuts) and _only_helps(plan.text, cuts[-1] if cuts else draft.start, at, behind, draft.end):
            continue
        if at == view and not cuts:
            continue  # «Ban Thường vụ nhất trí với tờ trình. | Giao Văn phòng …»
        before = plan.text[draft.start : min(at, draft.start + NEAR)]
        if len(before.split()) < _LEAST or (not current and not cuts and only_tells(before)):
            continue  # «Bước 3. | Phòng A lập …»: a label, no clause; «Từ ngân sách phường. | Các phòng lập …»: none either
        if not answers and not current and not cuts and at == behind_run_in(plan.text, draft.start, draft.end):
            current = set(here.lead_names)
            continue  # «Kiểm tra, giám sát. | Công an xã kiểm tra …»
        others = set(here.lead_names)
        if _spelt(others).isdisjoint(_spelt(current)) or _apart(plan.text, at, here, current):
            cuts.append(at)
            current = others
    return cuts


def _described(text: str, at: int, end: int) -> bool:
    """«…; | tổ cấp dưỡng lưu mẫu thức ăn»: a name in small letters that only its predicate shows."""
    found = subject_list(text, at, _next_clause(text, at, end), listed_only=True)
    return bool(found) and found[0].start == at


def _prepares(text: str, at: int, end: int) -> bool:
    """«Đề án phát triển chợ. | Phòng A chủ trì, phối hợp các phòng tham mưu trình trong quý II.»: who, with whom and when alone."""
    told = handed_on(text[at:end])
    return told is not None and told.has("lead") and not told.plain


def _behind_commas(plan: Reading, draft: Draft) -> set[int]:
    """Where bodies begin behind a comma that parts no list of bodies («… duy trì đường hoa, | Đoàn Thanh niên ra quân …»)."""
    commas = rules("duties").pattern("clause_behind_comma").finditer(plan.text, draft.start, draft.end)
    found = [m for m in commas if (u := plan.unit_at.get(m.end())) and (m["post"] is None or u.kind in _HOLDERS)]
    said = plan.text
    again = {m.start() for m in found if (u := plan.unit_at.get(m.end())) and said.endswith(said[u.start : u.end], draft.start, m.start())}
    parts = [m for m in found if m["but"] or m.start() in again or m.start() not in plan.unit_ends or m.start() in plan.person_ends]
    apart = {m.start() for m in parts}
    parts += [m for m in found if m.start() not in apart and place_at_end(said, draft.start, m.start()) < m.start()]
    helped = any(m.start() in plan.person_ends for m in parts) and "phối hợp" in plan.text[draft.start : draft.end]
    parts = [m for m in parts if m["but"] or not ends_in_person(said, draft.start, m.start())]
    return {m.end() for m in parts if m["but"] or not helped or m.start() not in plan.person_ends}


def _joined(plan: Reading, start: int, at: int, end: int) -> bool:
    """Whether the words at ``at`` are a second main clause with a subject and a known verb, behind a first one that has both."""
    if not subject_list(plan.text, at, _next_clause(plan.text, at, end), listed_only=True):
        return False
    first = assignment_of(plan.text, start, at)
    if first.rule == "assign" and rules("duties").pattern("hands_out").search(plan.text, start, first.lead[0][0]):
        return not _BREAKS.search(plan.text, first.lead[-1][1], at)  # «Giao Sở A lập hồ sơ, | Sở B thẩm định»
    whole = first.rule == "subject" and not _BREAKS.search(plan.text, start, at)
    return whole and (first.lead[0][0] == start or plan.text.startswith(_MATTER, start))


def _only_helps(text: str, start: int, at: int, behind: int, end: int) -> bool:
    """«Sở A chủ trì rà soát; | Sở B phối hợp thực hiện.», «Sở A chủ trì; | Sở B phối hợp rà soát …»: no work of its own."""
    book = rules("units")
    if book.pattern("only_helps").match(text, behind + 1, end):
        return True
    before = assignment_of(text, start, at).lead
    if not before or not book.pattern("takes_part").match(text, behind, end):
        return False
    joint = book.pattern("lead_joint").match(text, before[-1][1], at)
    return joint is not None and joint.end() == at


def _bracket(text: str, start: int) -> tuple[int, int]:
    """The note in brackets at the end of an item that tells who does it, (0, 0) without one."""
    close = len(text.rstrip(" .;"))
    at = text.rfind("(", max(0, close - CLAUSE), close) if text[close - 1 : close] == ")" else -1
    if at < 0 or not rules("duties").pattern("bracket_assigns").match(text[at + 1 : close - 1]):
        return 0, 0
    return start + at, start + close


def _in_brackets(text: str, at: int) -> bool:
    """«… (Tổ Toán ra đề; | Văn phòng in sao)»: one note in brackets."""
    return text.count("(", 0, at) > text.count(")", 0, at)


def _another_acts(plan: Reading, draft: Draft, at: int, current: set[str]) -> bool:
    """Whether the clause at ``at`` opens with a subject of its own that is told to act («…; tổ trưởng kiểm tra …», «…; riêng Hội Y
    tổ chức …», «… . Chậm nhất ngày 30/6, Công an xã phải …»), told apart from those who act before it and from those above."""
    text = plan.text
    here = assignment_of(text, at, _clause_end(text, at, _next_clause(text, at, draft.end)))
    mark = _rstrip(text, draft.start, at) - 1
    asked = here.rule == "assign" and rules("duties").pattern("requests_fronted").match(text, at, draft.end)
    lists = text[mark] == ";" and mark in plan.unit_ends and not rules("duties").pattern("fronted").match(text, at, draft.end)
    lists = lists and not (text[at].isupper() and _object(text, draft.start, plan.unit_ends[mark]))
    lists = lists and not text.endswith(_OR, draft.start, plan.unit_ends[mark])
    if (here.rule != "subject" and not asked) or lists:
        return False  # «phối hợp với Sở A; các ngành liên quan …»: a list goes on
    if rules("duties").pattern("requests").match(text, draft.start, draft.end):
        return False  # «Đề nghị A …; B …»: one request
    if not current and not _commands(text, draft.start, at):
        return False  # «Mức chi 5 triệu đồng; thủ quỹ …»: what stands before commands nothing
    first, last = here.lead[0][0], here.lead[-1][1]
    book = rules("duties")
    helped = book.pattern("joins_others").match(text, last, min(draft.end, last + NEAR)) is not None and here.support
    if not helped and book.pattern("not_told").match(text, last, min(draft.end, last + NEAR)):
        return False
    front = book.pattern("fronted").match(text, at, first) if first > at and not asked else None
    words = Words(text, first, last)
    np = parse_one(words, 0)
    if first > at and not asked and (front is None or (front["case"] and _means_those(plan, draft, first, np, current))):
        return False  # «…; nếu có vướng mắc, | các đơn vị báo cáo …»: those who act before, named in general
    one = np is None or not np.bare or np.determiner or words.cap(0) or np.last > 3 or np.title or "j" in np.row["traits"]
    one = one or (np is not None and np.cls == "role" and len(words) > np.last)  # «…; cán bộ, đảng viên phải …»
    one = one or (np is not None and (_somebody(np) or (np.cls == "role" and np.last > len(np.row["word"].split()))))
    if not one or words.word(0) in _EACH:
        return False  # «…; đơn vị báo cáo», «…; mỗi đảng viên đăng ký»: of those who act before
    told = assignment_of(text, draft.start, at)
    handed = passed_on(text, told.lead[-1][1], at) if told.rule == "subject" else ()
    known = fold(" | ".join((*current, *inherited(plan, draft).lead, *(name.name for name in handed))))
    if helped and (any(_plain(name) in known for name in here.support_names) or _hands_on(text, here.support[-1][1], draft.end)):
        return False  # «Sở A rà soát …; Sở B phối hợp với Sở A | thực hiện»
    return _apart(text, at, here, current) or not any(_plain(name) in known for name in here.lead_names)


def _commands(text: str, start: int, at: int) -> bool:
    """What stands before begins with an act, or a modal binds it («Người phát hiện đám cháy | phải báo ngay; …»)."""
    near = min(at, start + NEAR)
    return begins_with_act(text[start : start + NEAR]) or rules("duties").pattern("binds").search(text, start, near) is not None


def _apart(text: str, at: int, here: Assignment, current: set[str]) -> bool:
    """«Sở A, Sở B đưa tin; riêng | Sở A in tờ rơi»: one of those who act before, taken apart from the rest."""
    return set(here.lead_names) < current and fold(text[at : here.lead[0][0]]).strip() in _APART


def _means_those(plan: Reading, draft: Draft, first: int, np: Np | None, current: set[str]) -> bool:
    """Whether a name in small letters behind a case may mean those who act before: by a word for any body («các đơn vị», «thủ trưởng cơ
    quan»), or by their own kind alone («Các trường mầm non …; nếu có dịch, | các trường …»)."""
    if not current and not inherited(plan, draft).lead:
        return True  # «Mở đường dây nóng; khi có sự cố, | Hiệu trưởng …»: nobody else is told to
    if plan.text[first].isupper():
        return False
    if np is None or np.row.get("kind") in _IN_CHARGE:
        return True
    if np.cls == "role":
        return not (np.title or _somebody(np))
    head = np.row.get("word", "")
    return head in _ANY_BODY or any(head in fold(name) for name in current)


def _somebody(np: Np) -> bool:
    """A bare noun that tells one kind of persons from others («…; thư ký ghi biên bản»)."""
    return np.kind in _SOMEBODY and " " in np.row["word"] and np.row["word"] not in _ANY_STAFF


def _object(text: str, start: int, at: int) -> bool:
    """The common noun at ``at`` is what an act is done to («… kiện toàn | cấp ủy; Ban B …») and no member of a list of bodies."""
    before = text[start:at].rstrip()
    return text[at].islower() and "phối hợp" not in before and not before.endswith((",", ";", " và", " các"))


def _hands_on(text: str, behind: int, end: int) -> bool:
    """Behind the helpers stands no act of its own («phối hợp với Sở A | thực hiện»)."""
    words = Words(text, behind, min(end, behind + NEAR))
    verb = words.hit(0, "verb")
    return verb is None or verb[1]["word"] in _CARRIES_OUT


def _in_list(plan: Reading, start: int, at: int, end: int) -> bool:
    """Whether the names at ``at`` go on with those to whom the clause before hands the duty («A yêu cầu B; | C tổ chức …»), or with those
    who help."""
    mark = _rstrip(plan.text, start, at) - 1
    if at - start > CLAUSE or plan.text[mark] != ";" or mark not in plan.unit_ends:
        return False
    before = assignment_of(plan.text, start, at)
    if before.lead and before.support and before.support[-1][1] == mark:
        between = plan.text[before.lead[-1][1] : before.support[0][0]]
        if rules("units").pattern("helpers_alone").fullmatch(between):
            return True  # «Sở A chủ trì, phối hợp với Sở B; | Sở C rà soát …»: nothing is to be done yet
    others = passed_on(plan.text, before.lead[-1][1], end) if before.rule == "subject" else ()
    return any(name.start == at for name in others)


def _in_short(names: tuple[str, ...], current: set[str]) -> bool:
    """«Bộ», «Sở» behind «Bộ Xây dựng», «Sở Y tế»: the same body by its head alone."""
    return all(" " not in n and any(c.startswith(f"{n} ") for c in current) for n in names)


@cache
def _short() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(row["pattern"]), row["full"]) for row in lexicon("short_names"))


def _spelt(names: Iterable[str]) -> set[str]:
    """Names to compare, usual abbreviations written out («UBND xã», «Ủy ban nhân dân xã»)."""
    out = set()
    for name in names:
        flat = bare_letters(name).lower()
        for pattern, full in _short():
            flat = pattern.sub(full, flat)
        out.add(flat)
    return out


def _plain(name: str) -> str:
    """A name in small letters without «các»."""
    return fold(name).removeprefix("các ").removeprefix("những ")


def _next_clause(text: str, at: int, end: int) -> int:
    """Where the clause at ``at`` ends at a semicolon, not far away."""
    stop = text.find(";", at, min(end, at + CLAUSE))
    return stop if stop > 0 else min(end, at + CLAUSE)


def _clause_end(text: str, start: int, end: int) -> int:
    found = SENTENCE.search(text, start + 1, end)
    return found.start() + 1 if found else end


def split(plan: Reading, draft: Draft) -> list[Draft]:
    """One draft per addressee: a new clause that gives work to another body is a duty of its own."""
    if draft.in_table or draft.fields.lead:
        return [draft]
    counted = duty_inline.cuts(plan.text, draft.start, draft.end, plan.paragraphs[draft.index].label)
    places = sorted({*counted, *_cuts(plan, draft)})
    if not places:
        return [draft]
    if tells_whose(plan.text[places[-1] : draft.end]):  # «Thư ký đọc báo cáo. | Người chủ trì có trách nhiệm sau đây:»
        draft, places = replace(draft, end=_rstrip(plan.text, draft.start, places[-1])), places[:-1]
    ends = [*places, draft.end]
    begins = [draft.start, *places]
    return [replace(draft, start=a, end=_part_end(plan.text, a, b, draft.end)) for a, b in zip(begins, ends, strict=True)]


def _part_end(text: str, start: int, end: int, last: int) -> int:
    """Where the words of a part end, without the comma and «còn» that lead on to the next."""
    end = _rstrip(text, start, end)
    for joint in (" còn", " riêng", ",") if end < last else ():
        if text.endswith(joint, start, end) and (joint == "," or text.endswith("," + joint, start, end)):
            end -= len(joint)
    return end


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \n\t":
        end -= 1
    return end


__all__ = ["split"]
