"""Field lines under a duty («- Đơn vị thực hiện: …») and task-table columns: what each label gives (domain: dòng phân công)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from extractors.actions import begins_with_act
from extractors.alternatives import Alternatives
from extractors.role_words import by_roles, closes_with_time, signs, tells_when
from extractors.rulebook import rules, word_class
from extractors.unit_headings import heading_of
from extractors.unit_names import list_names
from extractors.unit_subjects import subject_of
from extractors.unit_words import Words
from extractors.who_when import Told, handed_on, more_than_time, only_time, says_time

Field = Literal["lead", "support", "time", "product", "task", "number", "other"]
_HEAD = re.compile(
    # a colon before the sentence ends: most paragraphs have none
    r"(?=\s*+(?:(?:=+>|-+>|→|⇒|➔)\s*+)?[(\[]?\s*+[^:：.;\n]*+(?:\.(?=\d)[^:：.;\n]*+)*+\s*[:：])"
    r"\s*(?:(?:=+>|-+>|→|⇒|➔)\s*)?[(\[]?\s*([^\W\d_](?:[^:：.;\n]|\.(?=\d)){1,58}?)\s*[:：]\s*"
)
_NEXT = re.compile(r"[;.,\s](?:(?<=[;.,])\s+|(?<=\s)[-–]\s+|(?<=\n))([^\W\d_](?:(?!\s[-–]\s)[^:：.;\n]){1,48}?)\s*[:：]\s*")
_GLUED = re.compile(r"\s(?<=[^\W_)]\s)\s*(?=[^\W\d_])([^\W\d_](?:(?!\s[-–]\s)[^:：.;\n]){1,48}?)\s*[:：]\s*")
"""A label that runs on after a value without any mark: «Chủ trì: Phòng A | Phối hợp: Phòng B»; its capital shows it. What stands before
a mark or blank is asked behind it, here and above: the search then goes from one to the next."""
_OPENS_LATER = re.compile(r"\s[A-ZĐ][^\W\d_]")
"""«UBND các xã, phường | Phối hợp: …»: the label begins at its capital."""

PROSE = frozenset({"trailers.roles"})
"""Rules that read a sentence without a label: where it stands decides whether it is a field line."""
_CAPITAL = re.compile(r"^[a-zđ].*?\s(?=[A-ZĐ])")
"""Up to the capital inside a label that begins in small letters."""
_NOTE = 120
"""Characters of the longest line that only says when what stands above it is done."""
_LONGEST = 520
"""Characters of the longest line that only hands on what stands above it."""
_COMPOSED: frozenset[Field | None] = frozenset({"time", "product", "task"})
"""Fields whose name may be put together of several: «Tiến độ, thời gian hoàn thành», «Sản phẩm/Kết quả đầu ra»."""


@dataclass(frozen=True, slots=True)
class FieldSpan:
    """``text[start:end]`` is the value of ``field``; ``rule`` names the pattern that knew the label."""

    field: Field
    start: int
    end: int
    rule: str


@lru_cache(maxsize=4096)
def field_of(label: str) -> Field | None:
    """Field that a trailer label or column heading stands for, None where it is not one of them."""
    words = " ".join(re.sub(r"[*_]", "", label).split()).strip(" .:;-–")
    if not words or len(words) > 70:
        return None
    if "trên" in words or "này" in words or words.endswith("chung"):
        words = rules("duties").pattern("of_all").sub("", words)  # «Thời gian hoàn thành | các nội dung trên»
    if found := _named(words):
        return found
    if (some := of_some(words)) and (field := _named(words[: some[0]])) in {"lead", "support", "time"}:
        return field
    parts = [part for part in rules("duties").pattern("label_joint").split(words) if part]
    fields = {_named(part) for part in parts} if 1 < len(parts) < 4 else set()
    return fields.pop() if len(fields) == 1 and fields <= _COMPOSED else None


def of_some(label: str) -> tuple[int, str] | None:
    """Where a label names items, and which: «Đầu mối thực hiện | các nội dung a, b»."""
    last = label.rstrip(")")[-2:]
    if not (last[-1:].isdigit() or (last[:1] in (" ", "(", ",") and last[1:].isalpha())):
        return None
    found = rules("duties").pattern("of_some").search(label)
    return (found.start(), found["which"]) if found else None


@cache
def _names() -> Alternatives:
    """The rules of labels that hold wherever a label stands: each of its whole words."""
    return Alternatives(rule for rule in rules("trailers").values() if not rule.value.get("line"))


def _named(words: str) -> Field | None:
    told = _names().match(words)
    return told[0].value["field"] if told else None


def _described(label: str) -> Field | None:
    """Field of a label in running text, where «Nội dung: …» only describes and numbers label nothing."""
    field = field_of(label) or _of_line(label)
    if field == "task":
        return "other" if label.strip().lower().startswith("nội dung") else None
    if field == "time" and label.strip().lower().startswith("giai đoạn"):
        return None  # «Giai đoạn thực hiện (tháng 12/2025):» is a stage with its work below it
    return None if field == "number" else field


def _clip(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n":
        start += 1
    while end > start and (text[end - 1] in " \t\n.;," or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    return start, end


def parse(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """Fields of a paragraph that is nothing but trailer fields; empty where its first label is none of ours.

    One line may hold several («Chủ trì: Sở A; phối hợp: Sở B; thời gian: quý II»); one that only hands on what stands above it
    («Giao Trung tâm A đảm nhiệm.») needs no label.
    """
    if said := _prose(text, start, end):
        return said
    if end - start < _NOTE and (given := rules("duties").pattern("time_alone").match(text[start:end])) and tells_when(given["when"]):
        return (FieldSpan("time", start + given.start("when"), start + given.end("when"), "trailers.time_alone"),)
    if end - start < _LONGEST and (timed := _timed(text, start, end)):
        return timed
    head = _HEAD.match(text, start, end)
    field = _described(head.group(1)) if head else None
    if head is None or field is None:
        return ()
    if field_of(head.group(1)) == "task" and begins_with_act(text[head.end() : min(end, head.end() + 80)]):
        return ()  # «- Nội dung: Tổ chức 02 lớp tập huấn»: the line is the task itself
    if any(rules("trailers").pattern(name).match(head.group(1)) for name in _IF_IDLE) and _acts(text, head.end(), end):
        return ()  # «Phương tiện: Các hộ tự mang cuốc, xẻng»
    if field == "lead" and head.group(1).lower() in word_class("unit_grammar", "hands-over") and _tells_to_act(text, head.end(), end):
        return ()  # «c) Trách nhiệm: Sở Tài chính cân đối vốn», «Giao: Sở Y tế rà soát …»
    if field == "time" and of_some(head.group(1)) and not tells_when(text[head.end() : end]):
        return ()
    joins = field == "support" and (of_some(head.group(1)) or rules("trailers").pattern("support_joins").match(head.group(1)))
    if joins and _tells_to_act(text, head.end(), end):
        return ()  # «Giúp việc: Văn phòng soạn giấy mời gửi các thôn»
    if field != "time" and of_some(head.group(1)) and not list_names(Words(text, head.end(), min(end, head.end() + _NOTE)), 0)[0]:
        return ()  # «Thực hiện nội dung 1: Tập huấn cán bộ» opens work
    of_act = rules("trailers").pattern("lead_of_act").match(head.group(1)) and text[head.end() : head.end() + 1].islower()
    if of_act and begins_with_act(text[head.end() : min(end, head.end() + 80)]):
        return ()  # «Đơn vị được giao soạn thảo: gửi hồ sơ về Sở»
    return _fields(text, head.end(), end, field)


def by_value(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """The field of a line whose label is none of ours, by what stands behind it: bodies and nothing else do or help, a time and nothing
    else is when. Only the lines beside it show that it is one («- Người gánh vác: Phòng A.» | «- Thời hạn: quý II.»)."""
    head = _HEAD.match(text, start, end) if end - start < _LONGEST else None
    if head is None or not head.group(1)[0].isupper() or len(head.group(1).split()) > _LABEL:
        return ()
    label, book = head.group(1), rules("trailers")
    if field_of(label) or _of_line(label) or book.pattern("of_value_not").search(label):
        return ()
    value = _clip(text, head.end(), end)
    said = text[slice(*value)]
    if tells_when(said) and not begins_with_act(label) and says_time(said):
        return (FieldSpan("time", *value, "trailers.by_value"),)
    if not said or ":" in said or list_names(words := Words(said), 0)[1] < len(words):
        return ()
    role: Field = "support" if book.pattern("of_value_helps").search(label) else "lead"
    return (FieldSpan(role, *value, "trailers.by_value"),)


_LABEL = 5
"""Words of the longest label that is known by its value alone."""


def _of_line(label: str) -> Field | None:
    """Field of a label that is one in a line of its own alone («Dụng cụ: …», «Nội dung kiểm tra: …») and no name of a column."""
    words = " ".join(label.split())
    found = next((name for name in (*_IF_IDLE, "told_ever") if rules("trailers").pattern(name).match(words)), None)
    return rules("trailers")[found].value["field"] if found else None


_IF_IDLE = ("told", "told_doer")
"""Labels that give a field only where nobody is told to act behind them."""


def _acts(text: str, start: int, end: int) -> bool:
    if subject_of(text, start, end) is not None:
        return True
    return begins_with_act(text[start : min(end, start + _NOTE)]) and not list_names(Words(text, start, min(end, start + _NOTE)), 0)[0]


def _tells_to_act(text: str, start: int, end: int) -> bool:
    """Names and an act of theirs that is more than their part in what stands above."""
    if handed_on(text[start:end]) is not None:
        return False
    named = list_names(Words(text, start, min(end, start + _LONGEST)), 0)[0]
    behind = text[named[-1].end : end].lstrip() if named else ""
    if len(behind.split()) <= _LEAST_ACT or not begins_with_act(behind) or behind.startswith(("chỉ đạo;", "chỉ đạo,")):
        return False
    if part := rules("duties").pattern("part_alone").match(behind):  # «Sở A chủ trì, phối hợp với Sở B | rà soát …»
        words = Words(behind, part.end(), len(behind))
        j = list_names(words, 0)[1]
        behind = behind[words.start(j) :] if j < len(words) else ""
    return begins_with_act(behind) and not behind.startswith(_SIGNS_OF_PART)


_STOPS = (".", ";", ":")
"""What a line ends with that the next does not go on."""


def _doers_then_time(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """«Phòng A, Phòng B; quý II/2026.» in a line without a label: behind one it may be a place in a list of dates."""
    alone = start > 1 and text[start - 1] == "\n" and text.endswith(_STOPS, 0, start - 1)
    found = rules("duties").pattern("doers_timed").match(text, start, end) if alone else None
    if found is None or not tells_when(found["when"]) or more_than_time(found["when"]):
        return ()
    who = heading_of(text, *found.span("who"))
    if who is None or who.rule != "heading_name" or (who.spans[0][0], who.spans[-1][1]) != found.span("who"):
        return ()
    return (FieldSpan("lead", *found.span("who"), "trailers.timed"), FieldSpan("time", *found.span("when"), "trailers.timed"))


def _timed(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """«Trước ngày 25/10/2025: Phòng A chủ trì, Phòng B phối hợp.», «Quý IV: Văn phòng», «Xong trước 30/11 (Phòng Tin học).», «Phòng A,
    Phòng B; quý II/2026.»: when and by whom what stands above is done, and nothing that were to be done."""
    if told := _doers_then_time(text, start, end):
        return told
    found = rules("duties").pattern("timed_doers").match(text, start, end)
    if found is None or not tells_when(found["when"]) or more_than_time(found["when"]):
        return ()
    at = found.span("inside" if found["inside"] else "who")
    doers = told_by_roles(text, *at)
    if not doers and not found["comma"] and (named := heading_of(text, *at)) and named.rule == "heading_name":
        doers = (FieldSpan("lead", named.spans[0][0], named.spans[-1][1], "trailers.timed"),)
    return (FieldSpan("time", *found.span("when"), "trailers.timed"), *doers) if doers else ()


def told_by_roles(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """Who leads and who helps in a phrase of names with the words of their roles behind them, and when where it says so."""
    told = by_roles(text, start, end)
    if told and begins_with_act(text[told[0][1] : told[0][2]]) and not list_names(Words(text, *told[0][1:]), 0)[0]:
        return ()  # «Chi trả kinh phí | hỗ trợ»: an act
    return tuple(FieldSpan(role, *_clip(text, a, b), "trailers.roles") for role, a, b in told)


def _given_alone(said: str) -> Told | None:
    """«Giao Phòng A, xong trong quý II.», «=> Phòng A; tháng 3», «(Phòng A, quý I)»: names without the word of a role and a time, where
    «giao», an arrow or brackets show that they are to do what stands above."""
    if rules("who_when").pattern("given_alone").match(said) is None or said.endswith(":"):
        return None
    told = handed_on(said, bare=True)
    return told if told and told.has("lead") and told.has("time") else None


_SIGNS_OF_PART = tuple(word_class("unit_grammar", "part-opens"))
_LEAST_ACT = 3
"""Words of an act without what it is done to."""


def _prose(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """A sentence that says who leads, who helps and when, in any order, and no work: «Sở A chủ trì; Sở B phối hợp; xong trong quý II.»"""
    said = text[start:end] if end - start < _LONGEST else ""
    told = None if said.endswith(":") else only_time(said)
    if told is None and said:
        told = _given_alone(said)
    if told is None and said and signs(said) and not said.endswith(":"):
        told = handed_on(said)
        if told is None or not told.has("lead") or field_of(said) is not None:
            return ()
        labelled = text[text.rfind("\n", 0, start) + 1 : start].strip()
        one = told.plain and not told.handed and len(told.parts) == 1
        if one and (labelled or not said[:1].isupper() or said.startswith(("Các ", "Mỗi ", "Từng ", "Mọi "))):
            return ()  # «- Các thôn tổ chức thực hiện.» tells them to act
    if told is None:
        return ()
    return tuple(FieldSpan(role, start + a, start + b, "trailers.roles") for role, a, b in told.parts)


_INSIDE = re.compile(r"(?:[;.,]\s+|\s[-–]\s+|\s*\(\s*)([^\W\d_](?:(?!\s[-–]\s)[^:：.;,()\n]){1,48}?)\s*[:：]\s*")
"""A label inside a paragraph: «Rà soát thủ tục. | Đơn vị chủ trì: …», «… (Chủ trì: …; phối hợp: …)»."""
_TASK = 9
"""Characters that the task before run-in fields has at least."""


def run_in(text: str, start: int, end: int) -> tuple[FieldSpan, ...]:
    """Fields that run on in the paragraph of their task; empty where none of them says who acts."""
    if text.find(":", start + _TASK, end) < 0:
        return ()
    for found in _INSIDE.finditer(text, min(start + _TASK, end), end):
        field = _described(found.group(1))
        if field in {"lead", "support"} and found.group()[0] == "," and _list_goes_on(text, start, found.start(), found.group(1)):
            continue  # «Đối với cơ quan, | đơn vị: …», «Các cơ quan, | đơn vị liên quan: …»
        if field in {"lead", "support", "time", "product"}:
            bracket = text.rfind(")", found.end(), end) if "(" in found.group()[:3] else -1
            given = _fields(text, found.end(), bracket if bracket > 0 else end, field)
            return given if any(part.field in {"lead", "support"} for part in given) else ()
    return ()


_RELATED = re.compile(r"(?:^|\s)(?:liên quan|sau)$")
"""How a label ends that is only the last of those listed («các Bộ, | ngành liên quan: …»)."""


def _list_goes_on(text: str, start: int, comma: int, label: str) -> bool:
    """Whether a label behind a comma goes on with a list of bodies at the head of the paragraph."""
    if label.lower() in word_class("unit_attributes", "office"):
        return True
    several = text.rfind("các ", max(start, comma - _NOTE), comma) if _RELATED.search(label) else -1
    begun = list_names(Words(text, several, comma + 2 + len(label)), 0)[0] if several >= 0 else []
    if begun and begun[0].end > comma:
        return True  # «… phối hợp với các Bộ, | ngành liên quan: …»
    named = heading_of(text, start, comma) if comma - start < _NOTE else None
    return named is not None and named.rule in {"heading_for", "heading_name"}


def joined(text: str, start: int, end: int, field: Field) -> tuple[FieldSpan, ...]:
    """Fields of a value of ``field`` into which other labels run («Phòng A Phối hợp: Phòng B»); empty where none does."""
    found = _fields(text, start, end, field)
    return found if len(found) > 1 else ()


def _fields(text: str, value: int, end: int, field: Field) -> tuple[FieldSpan, ...]:
    """The fields from the first value on."""
    spans: list[FieldSpan] = []
    position = value
    while (after := _following(text, position, end)) is not None:
        at, behind, following = after
        spans.append(FieldSpan(field, *_clip(text, value, at), f"trailers.{field}"))
        field, value, position = following, behind, behind
    spans.append(FieldSpan(field, *_clip(text, value, end), f"trailers.{field}"))
    return tuple(part for span in (*spans[:-1], *_with_time(text, spans[-1])) for part in _with_helpers(text, span))


def _with_time(text: str, last: FieldSpan) -> tuple[FieldSpan, ...]:
    """The bodies and the time of «Chủ trì: Công an xã; hoàn thành trong quý II/2026», where no label parts them."""
    found = rules("duties").pattern("when_behind_doers").search(text, last.start, last.end) if last.field in {"lead", "support"} else None
    if found is None or not closes_with_time(found["when"]) or not text[last.start : found.start()].strip():
        return (last,)
    when = FieldSpan("time", *_clip(text, *found.span("when")), "trailers.time")
    return (FieldSpan(last.field, *_clip(text, last.start, found.start()), last.rule), when)


def _with_helpers(text: str, lead: FieldSpan) -> tuple[FieldSpan, ...]:
    """The bodies of «Chủ trì: Phòng A, có sự phối hợp của Phòng B», «Thực hiện: Phòng A (cùng với Phòng B)»."""
    said = text[lead.start : lead.end] if lead.field == "lead" else ""
    told = handed_on(said, bare=True) if rules("who_when").pattern("helps_with").search(said) else None
    if told is None or not (told.has("lead") and told.has("support")):
        return (lead,)
    return tuple(FieldSpan(role, lead.start + a, lead.start + b, f"trailers.{role}") for role, a, b in told.parts)


def _following(text: str, position: int, end: int) -> tuple[int, int, Field] | None:
    """Where the next label begins and ends, and its field."""
    best: tuple[int, int, Field] | None = None
    for pattern, glued in ((_NEXT, False), (_GLUED, True)):
        here = position
        while (after := pattern.search(text, here, end)) is not None and (best is None or after.start() < best[0]):
            label = after.group(1)
            following = None if label[0].islower() and _OPENS_LATER.search(label) else _described(label)
            capital = after.group(1)[0].isupper() and not rules("units").pattern("head_at_end").search(text, position, after.start())
            if not glued and (inner := _CAPITAL.search(after.group(1))) and _described(after.group(1)[inner.end() :]):
                following = None  # «các sở, ban, | ngành Phối hợp: …»: the list of the value goes on
            if following is not None and (not glued or (capital and following in {"lead", "support", "time", "product"})):
                best = after.start(), after.end(), following
                break
            here = after.start() + 1
    return best
