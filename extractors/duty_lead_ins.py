"""Lead-ins («Các phòng thực hiện các nhiệm vụ sau:»): which command beside the list that they open, and which only introduce it."""

from __future__ import annotations

from itertools import pairwise

from extractors import modality
from extractors.actions import begins_with_act
from extractors.duty_conditions import before_conditions
from extractors.duty_reading import SENTENCE, THINGS
from extractors.duty_remarks import acts
from extractors.role_words import by_roles
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from extractors.unit_roles import assignment_of
from extractors.unit_subjects import subject_of
from extractors.units import find_units

LABEL, SENTENCE_WORDS = 80, 5
"""«Label: Verb …» commands by itself: characters of the label at most, words of the sentence behind it at least."""
WHOLE_COMMAND = 9
"""Words from which a lead-in that ends in «…, cụ thể:» is a command of its own."""
BEFORE_LIST = 5
"""Words that stand before the last act of a lead-in («X phát huy …, | khắc phục … và thực hiện các nội dung sau:»)."""
OWN_COMMAND = 6
"""Words from which a sentence with a subject that acts is a command, whatever stands below it."""
LONG_LEAD_IN = 150
"""Characters from which a numbered sentence with its own end mark is a command and not the title of its list."""


def only_introduces(words: str) -> bool:
    """One sentence that ends in the list it opens and asks for nothing beside it («…, đồng thời thực hiện các nhiệm vụ sau:»)."""
    return rules("duties").pattern("introduces_only").search(words) is not None and not SENTENCE.search(words)


_WHOSE = 120
"""Characters of the longest sentence that only says whose the items below are."""


def tells_whose(words: str) -> bool:
    """Whether the last sentence of an item says whose the items below it are and no more («Người chủ trì có trách nhiệm sau đây:»).
    Unlike ``commands_itself`` it is asked of a sentence cut off from the others, not of a line over its list: what is no command there
    («Sở A rà soát:») still is a piece of work."""
    words = words.rstrip()
    if not words.endswith(":") or len(words) > _WHOSE:
        return False
    told = assignment_of(words).lead
    rest = words[max(e for _, e in told) :].strip() if told else words
    return only_introduces(words) or rules("duties").pattern("bound_only").match(rest) is not None


def commands_itself(text: str) -> str | None:
    """Rule by which a lead-in is a duty of its own, None where it only introduces its list."""
    book = rules("duties")
    words = text.strip()
    if book.pattern("beyond").search(words):
        return "duties.beyond"
    if book.pattern("and_also").search(words):
        return "duties.and_also"
    opens = words.endswith(":")
    if opens and modality.spares(words):
        return None
    if opens and modality.of_text(words.rpartition("; ")[0])[0] == "sanction":
        return "duties.punishes"  # «Người vi phạm bị kỷ luật; người có chức vụ còn bị áp dụng các biện pháp sau:»
    if opens and (forbids := book.pattern("and_forbids").search(words)):
        first = words[: forbids.start()]
        return "duties.and_forbids" if acts(first) or book.pattern("modal").search(first) else None
    if opens and (ensures := book.pattern("and_ensures").search(words)):
        first = words[: ensures.start()]
        return "duties.and_ensures" if len(first.split()) >= OWN_COMMAND and acts(first) else None
    if opens and (act := before_conditions(words)) is not None:
        commands = acts(act) or bool(assignment_of(act).lead_names or book.pattern("modal").search(act))
        return "duties.conditions" if commands else None
    if opens and book.pattern("among_which").search(words) and acts(words):
        return "duties.among_which"
    if only_introduces(words):
        before = book.pattern("and_does_listed").search(words)
        later = before and any(begins_with_act(part) for part in words.split(", ")[1:])
        does = before and later and len(words[: before.start()].split()) >= BEFORE_LIST and acts(words)
        return "duties.before_list" if does else None
    if book.pattern("names_only").match(words):
        return None
    if _names_alone(words):
        return None
    if SENTENCE.search(words):
        *views, last = SENTENCE.split(words)
        noted = all(book.pattern("views").match(said) for said in views)  # «HĐND tỉnh thống nhất với báo cáo. | Đề nghị … các việc sau:»
        return None if noted and only_introduces(last) else "duties.sentences"
    if words.endswith((".", ";")) and (len(words) >= LONG_LEAD_IN or ";" in words[:-1]):
        return "duties.long_lead_in"
    label, _, rest = words.partition(": ")
    if words.endswith(".") and len(words.split()) >= OWN_COMMAND and subject_of(words):
        return "duties.subject_acts"
    if words.endswith(".") and len(label) <= LABEL and len(rest.split()) >= SENTENCE_WORDS and begins_with_act(rest):
        return "duties.label_and_act"
    if opens and book.pattern("things_follow").search(words[-THINGS:]) and any(acts(part) for part in (words, *words.split(": ")[1:])):
        return "duties.things_follow"
    told = words if not rest or not find_units(label) or len(label) > LABEL else rest  # «Sở A: Chủ trì kiểm tra …, cụ thể:»
    whole = opens and len(words.split()) >= WHOLE_COMMAND and (acts(told) or bool(subject_of(words)))
    if whole and book.pattern("in_particular").search(words[-40:]):
        return "duties.in_particular"
    steps = book.pattern("by_steps").search(words, max(0, len(words) - THINGS)) if opens else None
    introduces = steps is not None and book.pattern("only_does").search(words, 0, steps.start()) is not None
    if steps and not introduces and (acts(words) or any(acts(part) for part in words.split(": ")[1:])):
        return "duties.by_steps"  # «Quy trình xét chọn: Hội đồng họp xét giáo viên theo trình tự sau:»
    return None


_HEADS = frozenset({"heading_for", "heading_responsibility", "heading_name", "heading_subject", "assign"})
"""Rules by which a line names bodies over their duties."""


def _names_alone(words: str) -> bool:
    """Bodies in a row and nothing else («Thủ trưởng các sở; Chủ tịch UBND các xã», «Giao Sở A; Sở B thực hiện các việc sau:»): a heading
    over their duties."""
    if ";" not in words or words.endswith("."):
        return False
    if by_roles(words, 0, len(words.rstrip(" :"))) or _roles_alone(words):
        return True  # «Sở A chủ trì; Sở B, Sở C phối hợp:»
    told = heading_of(words)
    spans = told.spans if told and told.rule in _HEADS else assignment_of(words).lead
    if not spans:
        return False
    between = [words[a:b] for (_, a), (b, _) in pairwise(spans)]
    rest = words[spans[-1][1] :].strip()
    plain = not any(c.isalnum() for c in "".join(between).replace("và", " "))
    names = ("introduces_only", "bound_only", "which_only")
    return plain and (not any(c.isalnum() for c in rest) or any(rules("duties").pattern(n).match(rest) for n in names))


def _roles_alone(words: str) -> bool:
    """«Sở A chủ trì, phối hợp với Sở B; Sở C thực hiện:»: what is left beside the names only says what part they take."""
    given = assignment_of(words)
    if not given.lead or not given.support:
        return False
    rest = words
    for start, end in sorted((*given.lead, *given.support), reverse=True):
        rest = rest[:start] + rest[end:]
    return rules("duties").pattern("parts_only").fullmatch(rest) is not None
