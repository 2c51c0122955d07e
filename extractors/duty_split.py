"""Where one item gives work to several bodies: each clause that turns to another one is a duty of its own (GUIDE).

A clause counts where a mark, «còn», «đồng thời» or a command opens it and a body of its own is told to act in it; lists of names, helpers
and clauses that only say who answers for what stands before them stay in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from regex import Pattern

from extractors import duty_inline
from extractors.actions import begins_with_act
from extractors.duty_behind import completes, sees_to_it
from extractors.duty_clauses import CLAUSE, another_acts, apart, clause_end, next_clause, rstrip
from extractors.duty_closing import time_at_end
from extractors.duty_facts import is_fact
from extractors.duty_lead_ins import tells_whose
from extractors.duty_leads import inherited
from extractors.duty_others import addressed, bound_besides, done_by_others
from extractors.duty_prose import behind_run_in, is_statement, only_tells
from extractors.duty_reading import HOLDERS, SENTENCE, WORKERS, Draft, Reading
from extractors.duty_sanctions import bears_more, imposed_here, imposes, punishes
from extractors.duty_turns import NEAR, answers_below_heading, answers_for, asks_for, beside_command, place_at_end, same_duty
from extractors.duty_views import behind_views
from extractors.keys import bare_letters, written_out
from extractors.lead_ends import behind_team
from extractors.rulebook import rules
from extractors.signs import any_in
from extractors.unit_far_told import told_far
from extractors.unit_names import list_names
from extractors.unit_persons import ends_in_person, persons
from extractors.unit_roles import Assignment, assignment_of, passed_on
from extractors.unit_subjects import subject_list
from extractors.unit_words import Words
from extractors.who_when import handed_on

_BREAKS = re.compile(r"[.;!?\n](?:(?<=\n)|\s)")
_CLAUSES = re.compile(r"[;.!?](?:(?<=;) +|(?<!;)\s+)(?=\w)")
_MATTER = ("Đối với ", "đối với ")
"""What opens a matter in front of the first of two clauses; a case there («Khi có báo động, …») holds for both."""
_WHICH = (" có ", " được ", " đang ", " đã ", " chưa ")
"""What opens words that tell which persons are meant («kế toán được giao …»)."""
_EXCEPT = ", riêng "
"""What opens an exception behind a comma."""
_FAR = 25
"""Characters from a word that hands work on («giao», «còn») to the body it hands it to, at most."""
_LEAST = 3
"""Words of the shortest clause that is a duty of its own."""


class _Parts:
    """The clauses of one item read in turn: who acts in the part that is open, and where another part begins."""

    def __init__(self, plan: Reading, draft: Draft) -> None:
        self.plan, self.draft, self.text = plan, draft, plan.text
        self.cuts: list[int] = []
        """Offsets where a clause begins that gives work to another body than the clauses before it."""
        self.view = behind_views(plan, draft).start
        self.commas = _behind_commas(plan, draft)
        self.current = set[str]()
        self.told, self.sentences, self.clauses, self.topic = set[int](), set[int](), set[int](), set[str]()
        self.bracket = 0, 0

    def read(self) -> list[int]:
        """The cuts, from the first mark to the last."""
        words = self.text[self.draft.start : self.draft.end]
        if not self.commas and not _BREAKS.search(words):
            return []
        behind = behind_team(self.text, self.draft.start, self.draft.end)
        self.current = set(assignment_of(self.text, behind or self.view, self.draft.end).lead_names)
        self.told = self._behind(words, *(rules("duties").pattern(name) for name in ("new_addressee", "new_lead", "new_group")))
        self.sentences = self._behind(words, SENTENCE)
        self.clauses = self._behind(words, _CLAUSES)
        self.bracket = _bracket(words, self.draft.start)
        self.topic = addressed(self.text, self.draft.start, self.draft.end)
        for at in sorted(self.told | self.sentences | self.clauses | self.commas):
            if self._may_begin(at) and not self._others_did(at) and not self._meets(at) and not self._look(at):
                break
        return self.cuts

    def _behind(self, words: str, *marks: re.Pattern[str] | Pattern[str]) -> set[int]:
        return {self.draft.start + m.end() for mark in marks for m in mark.finditer(words)}

    @property
    def _start(self) -> int:
        """Where the open part begins."""
        return self.cuts[-1] if self.cuts else self.draft.start

    @property
    def _nobody(self) -> bool:
        """Nobody has been told to act yet."""
        return not self.current and not self.cuts

    def _cut(self, at: int, doers: set[str]) -> None:
        self.cuts.append(at)
        self.current = doers

    def _may_begin(self, at: int) -> bool:
        """Whether a part may begin at ``at``: behind a comma only a main clause beside another, and nowhere in a note in brackets."""
        end = self.draft.end
        if at in self.commas and rules("duties").pattern("may_instead").match(self.text, at - len(_EXCEPT), end):
            return False  # «…, riêng | các trạm vùng sâu có thể gửi sau»
        if at in self.commas and not _joined(self.plan, self._start, at, end):
            beside = not self.cuts and beside_command(self.plan, self.draft, at, next_clause(self.text, at, end))
            if not beside:
                return False
        # «… . (Sở A chủ trì; | Sở B phối hợp; xong trong quý II)»: one note of who does the item
        return not self.bracket[0] <= at < self.bracket[1] and not _in_brackets(self.text, self.draft.start, at)

    def _others_did(self, at: int) -> bool:
        """«…; việc A do Sở B thực hiện»: a clause that names its doers behind the work; a part of its own where they are others."""
        doers = done_by_others(self.text, self._start, at, self.draft.end) if at in self.clauses else None
        if doers and doers.isdisjoint(self.current):
            self._cut(at, doers)
        return bool(doers)

    def _meets(self, at: int) -> bool:
        """«Chánh án đình chỉ thẩm phán vi phạm. | Thư ký vi phạm bị kỷ luật.»: behind who imposes one sanction, what meets others;
        what its offender bears besides goes on with it."""
        if at not in self.sentences and at not in self.clauses:
            return False
        if bears_more(self.text, self._start, at, self.draft.end):
            return True
        stop = next_clause(self.text, at, clause_end(self.text, at, self.draft.end))
        if not rules("duties").pattern("meets_persons").match(self.text, at, stop):
            return False
        apart = punishes(self.text, at, stop) and imposes(self.text, self._start, at)
        if apart:
            self._cut(at, set())
        return apart

    def _look(self, at: int) -> bool:
        """Whether to read on behind the clause at ``at``, which is cut off where it gives work to another body."""
        plain = at in self.told or at in self.sentences
        if not plain and not self._names_somebody(at):
            return True
        end = self.draft.end
        here = assignment_of(self.text, at, clause_end(self.text, at, end if plain else next_clause(self.text, at, end)))
        if not here.lead and at in self.sentences and (others := addressed(self.text, at, end)):
            told = self.current or self.topic or bound_besides(self.text, at, end)
            if told and others.isdisjoint(self.current | self.topic):
                self._cut(at, others)  # «Đối với các sở: rà soát. | Đối với các xã: niêm yết.»
            return True
        if not here.lead or (self._nobody and _prepares(self.text, at, end)):
            return True
        if rules("duties").pattern("only_for").match(self.text, here.lead[-1][1], end):
            return True  # «họp với các chủ đầu tư; | trưởng thôn, để thống nhất …»
        first = min(start for start, _ in here.lead)
        answers = not self.current and first == at and answers_below_heading(self.plan, self.draft, here)
        if not answers and not self._turns(at, here, plain):
            return True
        if not plain and self._in_case(at, here):
            return False
        if not self._goes_on(at, here, answers) and self._is_other(at, here):
            self._cut(at, set(here.lead_names))
        return True

    def _names_somebody(self, at: int) -> bool:
        named = at in self.plan.unit_starts or rules("duties").pattern("fronted").match(self.text, at, self.draft.end)
        return bool(named or persons(self.text, at, self.draft.end) or _described(self.text, at, self.draft.end))

    def _turns(self, at: int, here: Assignment, plain: bool) -> bool:
        """Whether the clause turns to those who act in it: with its first words, or as a clause with a subject of its own."""
        reach = _FAR if at in self.told else 1
        first = min(start for start, _ in here.lead)
        return (plain and first - at <= reach) or another_acts(self.plan, self.draft, at, self.current)

    def _in_case(self, at: int, here: Assignment) -> bool:
        """«Niêm yết sổ; nếu có khiếu nại thì | Hội đồng …»: where nobody else is told to, who acts in the case does the whole."""
        first, last = min(start for start, _ in here.lead), max(end for _, end in here.lead)
        unsaid = self._nobody and rules("duties").pattern("in_case").match(self.text, at, first)
        if not unsaid or inherited(self.plan, self.draft).lead:
            return False
        self.draft.fields.add("lead", (first, last))
        return True

    def _goes_on(self, at: int, here: Assignment, answers: bool) -> bool:
        """Whether the clause goes on with the part before it: a list, the same body, a helper, what is asked of outsiders, a label."""
        start, end, last = self._start, self.draft.end, max(behind for _, behind in here.lead)
        if rules("duties").pattern("of_those_told").match(self.text, at, end):
            return True  # «Các phòng gửi báo cáo. | Đơn vị gửi chậm bị trừ điểm.»
        if _among_things(self.text, start, at):
            return True
        if _in_list(self.plan, start, at, end) or _in_short(here.lead_names, self.current) or asks_for(self.plan, self.draft, start, at):
            return True
        told = answers or (not self._nobody and answers_for(self.plan, here, last, end))
        if not told and same_duty(self.text, last, min(end, last + NEAR)):
            return True
        if self._nobody and imposed_here(self.text, start, at, last, end):
            return True
        if not answers and self._nobody and completes(self.text, self.draft.start, at, here):
            self.current = set(here.lead_names)
            return True  # «Rà soát trụ sở; | Sở A hoàn thành trước …»
        if not self._nobody and _only_helps(self.text, start, at, last, end):
            return True
        if at == self.view and not self.cuts:
            return True  # «Ban Thường vụ nhất trí với tờ trình. | Giao Văn phòng …»
        before = self.text[self.draft.start : min(at, self.draft.start + NEAR)]
        if len(before.split()) < _LEAST or (self._nobody and only_tells(before)):
            return True  # «Bước 3. | Phòng A lập …»: a label, no clause; «Từ ngân sách phường. | Các phòng lập …»: none either
        if not answers and self._nobody and sees_to_it(self.text, self.draft.start, at, next_clause(self.text, at, end)):
            self.current = set(here.lead_names)
            return True  # «Dự thảo phải được thẩm định độc lập. | Sở A bố trí người làm việc này.»
        if not answers and self._nobody and at == behind_run_in(self.text, self.draft.start, end):
            self.current = set(here.lead_names)
            return True  # «Kiểm tra, giám sát. | Công an xã kiểm tra …»
        return False

    def _is_other(self, at: int, here: Assignment) -> bool:
        return _spelt(here.lead_names).isdisjoint(_spelt(self.current)) or apart(self.text, at, here, self.current)


def _described(text: str, at: int, end: int) -> bool:
    """«…; | tổ cấp dưỡng lưu mẫu thức ăn», «…; | chủ rừng là hộ gia đình dọn …»: a name in small letters that only its predicate shows."""
    stop = next_clause(text, at, end)
    found = subject_list(text, at, stop, listed_only=True) or told_far(Words(text, at, stop))
    return bool(found) and found[0].start == at


def _prepares(text: str, at: int, end: int) -> bool:
    """«Đề án phát triển chợ. | Phòng A chủ trì, phối hợp các phòng tham mưu trình trong quý II.»: who, with whom and when alone."""
    told = handed_on(text[at:end])
    return told is not None and told.has("lead") and not told.plain


def _behind_commas(plan: Reading, draft: Draft) -> set[int]:
    """Where bodies begin behind a comma that parts no list of bodies («… duy trì đường hoa, | Đoàn Thanh niên ra quân …»)."""
    commas = rules("duties").pattern("clause_behind_comma").finditer(plan.text, draft.start, draft.end)
    found = [m for m in commas if (u := plan.unit_at.get(m.end())) and (m["post"] is None or u.kind in WORKERS)]
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
    doers = subject_list(plan.text, at, next_clause(plan.text, at, end), listed_only=True)
    if not doers or _one_more_trade(plan.text, start, at, doers[-1].end, end):
        return False
    first = assignment_of(plan.text, start, at)
    if first.rule == "assign" and rules("duties").pattern("hands_out").search(plan.text, start, first.lead[0][0]):
        return not _BREAKS.search(plan.text, first.lead[-1][1], at)  # «Giao Sở A lập hồ sơ, | Sở B thẩm định»
    if first.rule == "by_whom":
        return not _BREAKS.search(plan.text, start, at)  # «Việc điều chuyển do Phòng A tham mưu, | Phòng B bàn giao sổ»
    whole = first.rule == "subject" and not _BREAKS.search(plan.text, start, at) and not _among_persons(plan, first.lead[-1], at)
    return whole and (first.lead[0][0] == start or plan.text.startswith(_MATTER, start))


def _one_more_trade(text: str, start: int, at: int, behind: int, end: int) -> bool:
    """«… đối với người làm hộ tịch, đất đai, | kế toán có thời hạn giữ vị trí …»: one more of a list of trades; behind a single trade an
    act opens a clause («… cho người làm kho, | kế toán lập bảng lương»)."""
    listed = rules("duties").pattern("trades").search(text, start, at) if text[at].islower() else None
    if listed is None:
        return False
    told_which = listed["more"] is not None or any_in(text[at : behind + 1], _WHICH)
    return told_which or not begins_with_act(text[behind : min(end, behind + NEAR)])


def _among_persons(plan: Reading, first: tuple[int, int], at: int) -> bool:
    """«Giám đốc cử cán bộ có kinh nghiệm, | kiểm soát viên giám sát …»: persons in small letters who may go on with those named before;
    «Cử tri phát biểu, | tổ thư ký lập biên bản»: the course of a meeting, since the public is not commanded."""
    here = plan.unit_at[at].kind if at in plan.unit_at else None
    if here not in WORKERS - HOLDERS or plan.text[at].isupper():
        return False
    doer = plan.unit_at.get(first[0])
    if doer is None or doer.kind not in WORKERS:
        return True
    return any(plan.unit_at[i].kind in WORKERS for i in range(first[1], at) if i in plan.unit_at)


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


def _in_brackets(text: str, start: int, at: int) -> bool:
    """«… (Tổ Toán ra đề; | Văn phòng in sao)»: one note in brackets."""
    return text.count("(", start, at) > text.count(")", start, at)


def _in_list(plan: Reading, start: int, at: int, end: int) -> bool:
    """Whether the names at ``at`` go on with those to whom the clause before hands the duty («A yêu cầu B; | C tổ chức …»), or with those
    who help."""
    mark = rstrip(plan.text, start, at) - 1
    if at - start > CLAUSE or plan.text[mark] != ";" or mark not in plan.unit_ends:
        return False
    before = assignment_of(plan.text, start, at)
    if before.lead and before.support and before.support[-1][1] == mark:
        between = plan.text[before.lead[-1][1] : before.support[0][0]]
        if rules("units").pattern("helpers_alone").fullmatch(between):
            return True  # «Sở A chủ trì, phối hợp với Sở B; | Sở C rà soát …»: nothing is to be done yet
    others = passed_on(plan.text, before.lead[-1][1], end) if before.rule == "subject" else ()
    return any(name.start == at for name in others)


def _among_things(text: str, start: int, at: int) -> bool:
    """«… sửa các công trình như: Nhà thi đấu; | Trung tâm huấn luyện tỉnh để phục vụ …», «Giám đốc các sở: Tài chính; | Công an tỉnh có
    trách nhiệm …»: behind a colon semicolons part things or bodies, as long as none of them tells somebody to act."""
    begin = max((mark.end() for mark in _FULL_STOP.finditer(text, start, at)), default=start)
    colon = text.find(": ", begin, at)
    if colon < 0 or not text.startswith("; ", at - 2) or not rules("duties").pattern("opens_things").search(text, begin, colon + 1):
        return False
    parts = [part.strip() for part in text[colon + 1 : at].rstrip(" ;").split(";")]
    return bool(parts) and not any(begins_with_act(part) or _says_more(part) for part in parts)


def _says_more(part: str) -> bool:
    """Whether a body opens a part and something is told of it; «Ban Dân tộc tỉnh» alone is one of a list."""
    words = Words(part)
    found, last = list_names(words, 0)
    return bool(found) and last < len(words)


_FULL_STOP = re.compile(r"\.\s")


def _in_short(names: tuple[str, ...], current: set[str]) -> bool:
    """«Bộ», «Sở» behind «Bộ Xây dựng», «Sở Y tế»: the same body by its head alone."""
    return all(" " not in n and any(c.startswith(f"{n} ") for c in current) for n in names)


def _spelt(names: Iterable[str]) -> set[str]:
    """Names to compare, usual abbreviations written out («UBND xã», «Ủy ban nhân dân xã»)."""
    return {written_out(bare_letters(name).lower()) for name in names}


def split(plan: Reading, draft: Draft) -> list[Draft]:
    """One draft per addressee: a new clause that gives work to another body is a duty of its own; a clause that only tells is none."""
    if draft.in_table or draft.fields.lead:
        return [draft]
    counted = duty_inline.cuts(plan.text, draft.start, draft.end, plan.paragraphs[draft.index].label)
    places = sorted({*counted, *_Parts(plan, draft).read()})
    if not places:
        return [draft]
    if closing := time_at_end(plan.text, places[-1], draft.end):
        draft.fields.add("time", closing)
    if tells_whose(plan.text[places[-1] : draft.end]):  # «Thư ký đọc báo cáo. | Người chủ trì có trách nhiệm sau đây:»
        draft, places = replace(draft, end=rstrip(plan.text, draft.start, places[-1])), places[:-1]
    ends = [*places, draft.end]
    begins = [draft.start, *places]
    parts = [replace(draft, start=a, end=_part_end(plan.text, a, b, draft.end)) for a, b in zip(begins, ends, strict=True)]
    said = [plan.text[part.start : part.end] for part in parts]
    return [part for part, words in zip(parts, said, strict=True) if not (is_statement(words) or is_fact(words))] or parts


def _part_end(text: str, start: int, end: int, last: int) -> int:
    """Where the words of a part end, without the comma and «còn» that lead on to the next."""
    end = rstrip(text, start, end)
    for joint in (" còn", " riêng", ",") if end < last else ():
        if text.endswith(joint, start, end) and (joint == "," or text.endswith("," + joint, start, end)):
            end -= len(joint)
    return end


__all__ = ["split"]
