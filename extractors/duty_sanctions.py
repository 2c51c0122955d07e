"""Sanctions within one item: who imposes them, whom they meet, and where the item turns from one to the other.

Source: domain.md 4.1; the annotation guide: the lead of a sanction is who imposes it, else nobody.
"""

from __future__ import annotations

from extractors import modality
from extractors.duty_reading import CLAUSE_MARK
from extractors.rulebook import rules
from extractors.unit_roles import assignment_of


def punishes(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` says what is done to an offender or what is undone, and nobody who does it."""
    return _force(text, start, end, 0)[0] == "sanction" and not assignment_of(text, start, end).lead


def imposes(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` names who imposes a sanction («Chánh án đình chỉ nhiệm vụ đối với thẩm phán vi phạm»)."""
    told = assignment_of(text, start, end)
    if told.rule != "subject" or told.lead[0][0] != start:
        return False
    force, rule = _force(text, start, end, told.lead[-1][1] - start)
    return force == "sanction" and rule.rpartition(".")[2] not in _SUFFERED


_SUFFERED = frozenset({"merit_denied", "is_punished", "offender_punished", "fault_punished"})
"""Rules by which the subject of a sanction is whom it meets («Đơn vị nộp chậm thì không được xét thi đua»)."""


def bears_more(text: str, start: int, at: int, end: int) -> bool:
    """«Hiệu trưởng xử lý kỷ luật viên chức vi phạm; | người vi phạm phải bồi hoàn …»: what the same offender bears besides is a part of the
    sanction that somebody imposes before ``at``."""
    told = rules("duties").pattern("offender_bears").match(text, at, end)
    if told is None or not (told["any"] or told["who"].lower() in text[start:at].lower()):
        return False
    return imposes(text, start, at)


def imposed_until(text: str, start: int, end: int) -> int:
    """Where the words of a sanction end in front of what its offender bears besides."""
    return next((m.start() for m in CLAUSE_MARK.finditer(text, start, end) if bears_more(text, start, m.end(), end)), end)


def imposed_here(text: str, start: int, at: int, behind: int, end: int) -> bool:
    """«Kết luận sai thì bị hủy bỏ; | Chánh Thanh tra quyết định việc hủy bỏ …»: the body whose name ends at ``behind`` imposes what the
    words before ``at`` say is done to offenders."""
    return rules("duties").pattern("imposes").match(text[behind:end]) is not None and punishes(text, start, at)


def imposer_behind(text: str, start: int, end: int) -> tuple[str, ...]:
    """Who imposes what the first clause says is done, by a later clause of the same item; empty where none says so."""
    for mark in CLAUSE_MARK.finditer(text, start, end):
        told = assignment_of(text, mark.end(), end)
        if told.rule == "subject" and told.lead[0][0] == mark.end() and imposed_here(text, start, mark.end(), told.lead[-1][1], end):
            return told.lead_names
    return ()


def _force(text: str, start: int, end: int, subject_end: int) -> tuple[str, str]:
    """The modality of ``text[start:end]`` and the rule that gave it."""
    return modality.of_text(text[start:end].strip(), subject_end)


__all__ = ["bears_more", "imposed_here", "imposed_until", "imposer_behind", "imposes", "punishes"]
