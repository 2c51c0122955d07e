"""Whom «phối hợp với» names: nobody where it tells of a skill, with what they do where another act follows. Source: domain.md 4.5."""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_names import Name, list_names
from extractors.unit_words import Words

_SKILL = 160
"""Characters in which a skill is told."""


def in_skill(text: str, start: int, cue: int, behind: int, end: int) -> bool:
    """«kỹ năng hòa giải | và phối hợp với Mặt trận xã.», «giúp giáo viên trong việc lập hồ sơ | và phối hợp với phụ huynh»: what is to
    be learnt, and nothing is done with those named."""
    book = rules("units")
    ends = book.pattern("skill_ends").match(text, behind, end) is not None
    return ends and book.pattern("skill_before").search(text, max(start, cue - _SKILL), cue) is not None


def described(text: str, name: Name, end: int) -> Name:
    """«phối hợp với các đơn vị | cung cấp dịch vụ | kiểm tra …»: what they do tells which are meant, and another act follows; «các giáo
    viên | phụ trách chi đội | để …»: what they are charged with, and no act of theirs."""
    book = rules("units")
    told = book.pattern("described_by_act").match(text, name.end, end) if name.name[:4] in ("các ", "Các ") else None
    if told is not None and Words(text, told.end(), end).hit(0, "verb") is None:
        told = None
    if told is None and name.name[0].islower():
        told = book.pattern("described_by_charge").match(text, name.end, end)
        told = None if told and _holds_act(Words(text, told.start(), told.end())) else told
    return Name(name.start, told.end(), name.name + text[name.end : told.end()]) if told else name


def _holds_act(words: Words) -> bool:
    """«các phòng phụ trách | tham mưu báo cáo»: an act stands behind the first words, which tell of the charge."""
    verbs = ((j, words.hit(j, "verb")) for j in range(2, len(words)))
    return any(verb is not None and verb[0] - j > 1 for j, verb in verbs)


def not_helping(text: str, start: int, cue: int, behind: int, end: int) -> bool:
    """Whether those named behind «phối hợp với» take no part in the work told."""
    return in_skill(text, start, cue, behind, end) or _shared_paper(text, start, cue, behind, end) or _watched(text, start, cue)


def _watched(text: str, start: int, cue: int) -> bool:
    """«Kiểm tra việc chủ trì, | phối hợp với Trưởng thôn»: how others work together is looked at; «Thực hiện việc phối hợp …» does it."""
    return rules("units").pattern("cooperation_watched").search(text, max(start, cue - _SKILL), cue) is not None


_PAPER, _NEXT = 40, 40
"""Characters before «phối hợp» in which the paper stands that it describes; behind the names, in which an act begins."""


def _shared_paper(text: str, start: int, at: int, behind: int, end: int) -> bool:
    """«Sơ kết quy chế | phối hợp với Công an xã»: a paper that two bodies have, and nothing that the other does; in «lập kế hoạch phối hợp
    với Công an xã | kiểm tra lưu trú» it acts, in «Ký quy chế …» it signs."""
    if rules("units").pattern("shared_paper").search(text, max(start, at - _PAPER), at) is None:
        return False
    words = Words(text, behind, min(end, behind + _NEXT))
    return not (words.hit(0, "verb") and words.text[behind : words.start(0)] == " ")


def goes_along(text: str, start: int, end: int, lead: tuple[str, ...]) -> bool:
    """«Cùng với A, B | đôn đốc …»: the list of those who go along may end in ``lead``; whether it does, the heading above tells."""
    cue = rules("units").pattern("along_with").match(text, start, end) if lead else None
    names = tuple(n.name for n in list_names(Words(text, cue.end(), min(end, cue.end() + _HELPERS)), 0)[0]) if cue else ()
    return len(names) > len(lead) and names[-len(lead) :] == lead


def behind_helpers(text: str, at: int, end: int) -> int:
    """The end of «do X | phối hợp với Y | thực hiện»: behind those who help; ``at`` where nobody does."""
    cue = rules("units").pattern("helped_on").match(text, at, end)
    helpers = list_names(Words(text, cue.end(), min(end, cue.end() + _HELPERS)), 0)[0] if cue else []
    return helpers[-1].end if helpers else at


_HELPERS = 400
"""Characters in which those who help and those who go along are listed."""
