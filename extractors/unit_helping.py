"""Who helps those who lead («phối hợp với …», «cùng với …», «…; X phối hợp»), who is reported to and who is advised.

Only the bodies right behind the words that join them to the work; a clause that says nothing but who helps is read too.
Source: domain.md 4.4, 4.5; the annotation guide: «với sự tham gia của …» is no support.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.rulebook import rules
from extractors.signs import each
from extractors.unit_endings import LONGEST, body_ends
from extractors.unit_names import Name, list_names
from extractors.unit_persons import persons
from extractors.unit_predicates import begins_act, predicate_follows
from extractors.unit_subjects import labels_of, window
from extractors.unit_support import described, not_helping
from extractors.unit_words import Words


def helpers(text: str, start: int, end: int, lead: Sequence[Name]) -> list[Name]:
    """Who supports (phối hợp) those who lead, each once: beside them first, then behind «phối hợp với» in the order of the text."""
    out: list[Name] = []
    book = rules("units")
    taken = start
    for cue in each(book["support_with"], text, start, end):
        if cue.start() < taken:
            continue
        words = window(text, cue.end(), end)
        between = book.pattern("support_between").match(text, cue.start(), end)
        if between:
            listed = _between(text, between.end(), end)
        elif words.word(0) in (",", ";", "."):
            continue
        else:
            listed = _named_behind_colon(words) or persons(text, cue.end(), end) or _parties(text, cue.end(), end)
        if listed and not_helping(text, start, cue.start(), listed[-1].end, end):
            continue
        if listed:
            listed = [*listed[:-1], described(text, listed[-1], end)]
            taken = listed[-1].end
            out.extend(n for n in listed if n.name not in labels_of(out))
    out.extend(n for n in named_behind(text, start, end, "helped_by") if n.name not in (*labels_of(lead), *labels_of(out)))
    beside = [*_along(text, start, end, lead), *(_beside(text, end, lead) or _helping(text, end, lead))]
    return [*(n for n in beside if n.name not in labels_of(out)), *out]


def _named_behind_colon(words: Words) -> list[Name]:
    """The names at the head of the words; «các Bộ, ngành liên quan: | Bộ Nội vụ, Bộ Tài chính» gives those behind the colon."""
    listed, j = list_names(words, 0)
    return (list_names(words, j + 1)[0] if listed and words.word(j) == ":" else []) or listed


def _along(text: str, start: int, end: int, lead: Sequence[Name]) -> list[Name]:
    """X of «Cùng với X | rà soát …», «Cùng X, Sở A | rà soát …», «chủ trì, thống nhất với X | xây dựng …»: names and then the act."""
    out: list[Name] = []
    for cue in each(rules("units")["along_with"], text, start, end):
        words = window(text, cue.end(), end)
        listed, j = list_names(words, 0)
        if listed and words.hit(j, "adjunct") is None and predicate_follows(words, 0, j):
            out += [n for n in listed if n.name not in (*labels_of(lead), *labels_of(out))]
    return out


def _parties(text: str, start: int, end: int) -> list[Name]:
    """«phối hợp với | hai bên»: those who sign a plan together; «với | hai bên đường» is a place."""
    found = rules("units").pattern("parties").match(text, start, end)
    if found is None or not (_STOPS.match(text, found.end(), end) or begins_act(Words(text, found.end(), end))):
        return []
    return [Name(*found.span(), found.group())]


_STOPS = re.compile(r"\s*(?:[.,;:)]|$)")


def _ends_in_body(text: str, start: int, end: int) -> bool:
    """«… chỉ đạo Phòng Tư pháp | , Công an huyện phối hợp lập …»: a list of bodies may go on behind the comma."""
    words = Words(text, start, end)
    return body_ends(words, len(words), range(max(0, len(words) - LONGEST), len(words)))


_TOLD = 160
"""Characters of the longest clause that only says who helps."""


def _helping(text: str, end: int, lead: Sequence[Name]) -> list[Name]:
    """Z of «X chủ trì rà soát hồ sơ; | Z phối hợp thực hiện.», «X theo dõi, | Z phối hợp rà soát»: a clause that says who helps."""
    if not lead:
        return []
    out: list[Name] = []
    book = rules("units")
    alone = {cue.start() for cue in each(book["only_helps"], text, lead[-1].end, end)}
    for at in sorted(alone | {cue.start() for cue in each(book["helps_doing"], text, lead[-1].end, end)}):
        low = max(lead[-1].end, at - _TOLD, out[-1].end if out else 0)
        for joint in book.pattern("clause_joint").finditer(text, low, at):
            words = Words(text, joint.end(), end)
            listed, j = list_names(words, 0)
            if listed and j < len(words) and words.start(j) == at and (at in alone or not _ends_in_body(text, low, joint.start())):
                bare = words.hit(0, "determiner") is None and text[listed[0].start].islower()
                if bare and len(listed) > 1 and text[listed[1].start].isupper():
                    continue  # «… cho cán bộ thôn, | tổ dân phố; Sở A phối hợp»: the list before goes on
                out.extend(n for n in listed if n.name not in labels_of(lead))
                break
    return out


def _beside(text: str, end: int, lead: Sequence[Name]) -> list[Name]:
    """Y of «X chủ trì, | Y phối hợp»."""
    book = rules("units")
    joint = book.pattern("lead_joint").match(text, lead[-1].end, end) if lead else None
    if joint is None:
        return []
    listed, _ = list_names(window(text, joint.end(), end), 0)
    drawn = book.pattern("helps_at_end").search(listed[-1].name) if listed else None
    if drawn and not text[listed[-1].end : end].lstrip().startswith(":"):
        last, cut = listed[-1], len(listed[-1].name) - drawn.start()  # «…, Văn phòng | phối hợp» at the end of a heading
        return [*listed[:-1], Name(last.start, last.end - cut, last.name[: drawn.start()])]
    return listed if listed and book.pattern("takes_part").match(text, listed[-1].end, end) else []


def _between(text: str, start: int, end: int) -> list[Name]:
    """B of «giữa A với B» (also «giữa A và B» where no «với» follows)."""
    words = window(text, start, end)
    _, j = list_names(words, 0)
    for k in range(min(len(words), max(j, 1) + 12)):
        if words.word(k) == "với":
            return list_names(words, k + 1)[0]
        if words.word(k) in (".", ";", ":"):
            break
    listed, _ = list_names(words, 0)
    return listed[1:]


def named_behind(text: str, start: int, end: int, rule: str) -> list[Name]:
    """The bodies right behind what a rule of ``units.toml`` finds («báo cáo | UBND tỉnh», «tham mưu cho | Ban Thường vụ»), each once."""
    out: list[Name] = []
    for cue in each(rules("units")[rule], text, start, end):
        listed, _ = list_names(window(text, cue.end(), end), 0)
        out.extend(n for n in listed if n.name not in labels_of(out))
    return out
