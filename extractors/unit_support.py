"""Whom «phối hợp với» names: nobody where it tells of a skill, with what they do where another act follows. Source: domain.md 4.5."""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_names import Name
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
    """«phối hợp với các đơn vị | cung cấp dịch vụ | kiểm tra …»: what they do tells which are meant, and another act follows."""
    told = rules("units").pattern("described_by_act").match(text, name.end, end) if name.name[:4] in ("các ", "Các ") else None
    if told is None or Words(text, told.end(), end).hit(0, "verb") is None:
        return name
    return Name(name.start, told.end(), name.name + text[name.end : told.end()])
