"""Clauses of one item: where each ends, and whether it opens with a subject of its own that is told to act.

Source: domain.md 4.4; the annotation guide: different work for different addressees is one duty each.
"""

from __future__ import annotations

from extractors.actions import begins_with_act
from extractors.duty_leads import inherited
from extractors.duty_reading import SENTENCE, Draft, Reading
from extractors.duty_sanctions import punishes
from extractors.duty_turns import NEAR, answers_for
from extractors.rulebook import rules, word_class
from extractors.unit_far_told import told_far
from extractors.unit_np import parse_one
from extractors.unit_qualifiers import Np
from extractors.unit_roles import Assignment, assignment_of, passed_on
from extractors.unit_words import Words, fold

_CARRIES_OUT = word_class("unit_grammar", "carries-out")
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
_WHICH = ("là", "có", "nơi")
"""Words that open what a body is or has, which tells it from others."""
_OR = (" hoặc ", " hay ")
"""What stands before the last of a list: a name behind the next mark opens a clause («… báo cô giáo hoặc Ban A; | đội trực sơ cứu»)."""
CLAUSE = 900
"""Longest clause that is asked who acts in it."""


def another_acts(plan: Reading, draft: Draft, at: int, current: set[str]) -> bool:
    """Whether the clause at ``at`` opens with a subject of its own that is told to act («…; tổ trưởng kiểm tra …», «…; riêng Hội Y
    tổ chức …», «… . Chậm nhất ngày 30/6, Công an xã phải …»), told apart from those who act before it and from those above."""
    text, book = plan.text, rules("duties")
    here = assignment_of(text, at, clause_end(text, at, next_clause(text, at, draft.end)))
    asked = here.rule == "assign" and book.pattern("requests_fronted").match(text, at, draft.end) is not None
    if (here.rule != "subject" and not asked) or (_list_goes_on(plan, draft, at) and not _bound_apart(plan, draft, at, here)):
        return False
    if book.pattern("requests").match(text, draft.start, draft.end):
        return False  # «Đề nghị A …; B …»: one request
    if not current and not _commands(text, draft.start, at) and not _behind_ban(plan, draft, here):
        return False  # «Mức chi 5 triệu đồng; thủ quỹ …»: what stands before commands nothing
    first, last = here.lead[0][0], here.lead[-1][1]
    helped = book.pattern("joins_others").match(text, last, min(draft.end, last + NEAR)) is not None and bool(here.support)
    if not helped and book.pattern("not_told").match(text, last, min(draft.end, last + NEAR)) and not _both_answer(plan, draft, at, here):
        return False
    words = Words(text, first, last)
    np = parse_one(words, 0)
    if first > at and not asked:
        front = book.pattern("fronted").match(text, at, first)
        in_case = bool(front and front["case"]) and (bool(current) or not punishes(text, draft.start, at))
        if front is None or (in_case and _means_those(plan, draft, at, first, np, current)):
            return False  # «…; nếu có vướng mắc, | các đơn vị báo cáo …»: those who act before, named in general
    if not (_tells_apart(np, words) or _house_of(np, current)) or words.word(0) in _EACH:
        return False  # «…; đơn vị báo cáo», «…; mỗi đảng viên đăng ký»: of those who act before
    told = assignment_of(text, draft.start, at)
    handed = passed_on(text, told.lead[-1][1], at) if told.rule == "subject" else ()
    known = fold(" | ".join((*current, *inherited(plan, draft).lead, *(name.name for name in handed))))
    if helped and (any(_plain(name) in known for name in here.support_names) or _hands_on(text, here.support[-1][1], draft.end)):
        return False  # «Sở A rà soát …; Sở B phối hợp với Sở A | thực hiện»
    return apart(text, at, here, current) or not any(_plain(name) in known for name in here.lead_names)


def _list_goes_on(plan: Reading, draft: Draft, at: int) -> bool:
    """«phối hợp với Sở A; | các ngành liên quan …»: the name behind the mark is one more of a list."""
    text = plan.text
    mark = rstrip(text, draft.start, at) - 1
    if text[mark] != ";" or mark not in plan.unit_ends or rules("duties").pattern("fronted").match(text, at, draft.end):
        return False
    listed = plan.unit_ends[mark]
    clause = max(draft.start, *(text.rfind(sign, draft.start, listed) + 1 for sign in ";."))
    if "phối hợp" not in text[clause:listed] and _told_which(Words(text, at, next_clause(text, at, draft.end))):
        return False  # «… danh sách tổ công tác; | đơn vị có cán bộ được cử | bố trí …»
    if rules("duties").pattern("told_of_it").search(text, clause, listed):
        return False  # «…, báo cáo kết quả cho cấp ủy cùng cấp; | cơ quan A phân công …»
    return not (text[at].isupper() and _object(text, draft.start, listed)) and not text.endswith(_OR, draft.start, listed)


def _told_which(words: Words) -> bool:
    """A common noun with a clause that tells which is meant opens the words."""
    np = parse_one(words, 0)
    return bool(np is not None and np.open and np.cls == "head" and not np.determiner) or bool(told_far(words))


def _both_answer(plan: Reading, draft: Draft, at: int, here: Assignment) -> bool:
    """«Trưởng ban A chịu trách nhiệm về hồ sơ, còn | trưởng ban B chịu trách nhiệm về kinh phí»: each answers for a thing of its own."""
    if not answers_for(plan, here, here.lead[-1][1], draft.end):
        return False
    told = assignment_of(plan.text, draft.start, at)
    return told.rule == "subject" and rules("duties").pattern("answers_alone").match(plan.text, told.lead[-1][1], draft.end) is not None


def _behind_ban(plan: Reading, draft: Draft, here: Assignment) -> bool:
    """«Nghiêm cấm ép buộc người mua; | người bị ép phải báo cáo …»: behind a ban on all somebody is bound to act."""
    ban = rules("duties").pattern("forbids").match(plan.text[draft.start : draft.start + NEAR])
    return ban is not None and rules("duties").pattern("binds").match(plan.text, here.lead[-1][1], draft.end) is not None


def _bound_apart(plan: Reading, draft: Draft, at: int, here: Assignment) -> bool:
    """«Thanh tra viên không được nhận quà của đối tượng thanh tra; | đối tượng thanh tra phải …»: behind a clause that has a doer of its
    own the name at ``at`` is bound to something else, so that no list goes on with it."""
    if here.rule != "subject" or here.lead[0][0] != at or here.support:
        return False
    bound = rules("duties").pattern("binds").match(plan.text, here.lead[-1][1], draft.end)
    before = max(draft.start, plan.text.rfind(";", draft.start, rstrip(plan.text, draft.start, at) - 1) + 1)
    return bound is not None and assignment_of(plan.text, before, at).rule == "subject"


def _tells_apart(np: Np | None, words: Words) -> bool:
    """A subject that means somebody by itself: a name, a title, one kind of persons, or a noun with more than its own words."""
    if np is None or not np.bare or np.determiner or words.cap(0) or np.last > 3 or np.title or "j" in np.row["traits"]:
        return True
    if len(words) > np.last and (np.cls == "role" or words.word(np.last) in _WHICH):
        return True  # «…; cán bộ, đảng viên phải …», «…; cơ quan có người được trưng tập tạo …»
    return _somebody(np) or (np.cls == "role" and np.last > len(np.row["word"].split()))


def _house_of(np: Np | None, current: set[str]) -> bool:
    """«Đoàn viên cập nhật lý lịch; | chi đoàn xác nhận …», «Chi bộ họp hằng tháng; | chi ủy chuẩn bị …»: a body by its bare noun, behind
    persons who act or bodies of other kinds."""
    if np is None or np.cls != "head" or np.row["word"] in _ANY_BODY or not current:
        return False
    before = [one for name in current if (one := parse_one(Words(name), 0)) is not None]
    persons = all(one.cls == "role" and not one.inner for one in before)
    others = " " in np.row["word"] and all(one.cls in ("head", "name") and one.kind and one.kind != np.kind for one in before)
    return len(before) == len(current) and (persons or others)


def _commands(text: str, start: int, at: int) -> bool:
    """What stands before begins with an act, or a modal binds it («Người phát hiện đám cháy | phải báo ngay; …»), or it punishes."""
    near = min(at, start + NEAR)
    bound = begins_with_act(text[start : start + NEAR]) or rules("duties").pattern("binds").search(text, start, near) is not None
    return bound or punishes(text, start, at)


def apart(text: str, at: int, here: Assignment, current: set[str]) -> bool:
    """«Sở A, Sở B đưa tin; riêng | Sở A in tờ rơi»: one of those who act before, taken apart from the rest."""
    return set(here.lead_names) < current and fold(text[at : here.lead[0][0]]).strip() in _APART


def _means_those(plan: Reading, draft: Draft, at: int, first: int, np: Np | None, current: set[str]) -> bool:
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
    stopped = plan.text[draft.start : rstrip(plan.text, draft.start, at)].endswith((".", "!"))
    if stopped and np.determiner and current and not any(_of_several(name) for name in current):
        return False  # «Sở Y tế quán triệt Chỉ thị. Nếu có vướng mắc, | các đơn vị | báo cáo …»: several are not the one before
    head = np.row.get("word", "")
    return head in _ANY_BODY or any(head in fold(name) for name in current)


def _of_several(name: str) -> bool:
    """Whether a name means several, or anybody of a kind."""
    words = Words(name)
    np = parse_one(words, 0)
    return np is None or np.determiner or np.plural or not (np.proper or np.title)


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


def _plain(name: str) -> str:
    """A name in small letters without «các»."""
    return fold(name).removeprefix("các ").removeprefix("những ")


def next_clause(text: str, at: int, end: int) -> int:
    """Where the clause at ``at`` ends at a semicolon, not far away."""
    stop = text.find(";", at, min(end, at + CLAUSE))
    return stop if stop > 0 else min(end, at + CLAUSE)


def clause_end(text: str, start: int, end: int) -> int:
    """Where the sentence at ``start`` ends."""
    found = SENTENCE.search(text, start + 1, end)
    return found.start() + 1 if found else end


def rstrip(text: str, start: int, end: int) -> int:
    """``end`` without the blanks before it."""
    while end > start and text[end - 1] in " \n\t":
        end -= 1
    return end


__all__ = ["CLAUSE", "another_acts", "apart", "clause_end", "next_clause", "rstrip"]
