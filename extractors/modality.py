"""The force of a duty: obligation, prohibition, permission, sanction, request (tính chất của mệnh lệnh).

The first command of the item decides; items of a list inherit the force of their lead-in (GUIDE, cases settled).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extractors.alternatives import Alternatives
from extractors.rulebook import rules
from extractors.signs import first, held, search
from schemas.record import Modality

_FORCE: dict[str, Modality] = {
    "exempts": "sanction",
    "requests": "request",
    "withholds": "sanction",
    "forbids": "prohibition",
    "defers": "prohibition",
    "punishes": "sanction",
    "allows": "permission",
    "may": "permission",
}
"""Rules of the first command, in order: each holds at its beginning alone."""


@cache
def _together(*names: str) -> Alternatives:
    return Alternatives(rules("duties")[name] for name in names)


def _first_force(words: str) -> tuple[Modality, str] | None:
    """The force of the first command where words begin with one."""
    told = _together(*_FORCE).match(words)
    return (_FORCE[told[0].name], told[0].name) if told else None


_CLAUSE = re.compile(r"[.;]\s")
_TOPIC = re.compile(r"^[^:;.]{3,160}:\s+(?=\S)")


def first_command(text: str, subject_end: int) -> str:
    """The words from the first command on: behind the subject, its commas and modals of time."""
    words = text[subject_end:].lstrip(" ,:")
    return rules("duties").pattern("modals_before_command").sub("", words)


def of_text(text: str, subject_end: int = 0) -> tuple[Modality, str]:
    """Modality of an item and the rule that said so. ``subject_end``: where its subject ends, 0 without one."""
    book, whole = rules("duties"), text.lower()
    ground = rules("units").pattern("ground_asks").match(text) if " đề nghị " in text else None
    asked = ground is not None and ground["asks"] is not None
    if asked or _together("requests_fronted", "requests", "asks_within").match(text):
        return "request", "modality.requests"
    if first(book, ("put_aside",), text, whole):
        return "sanction", "modality.put_aside"
    if " thì " in text and book.pattern("refrains").match(text):
        return "prohibition", "modality.refrains"
    if book.pattern("grants").match(text):
        return "permission", "modality.grants"
    topic, note = _TOPIC.match(text), book.pattern("note_label").match(text)
    if any(label and book.pattern("requests").match(text[label.end() :]) for label in (topic, note)):
        return "request", "modality.requests"
    command = first_command(text, note.end() if note and subject_end <= note.end() else subject_end)
    if subject_end and book.pattern("right_behind").match(command):
        return "permission", "modality.right_behind"
    if subject_end and (which := book.pattern("tells_which").match(command)):
        command = command[which.end() :]
    if first(book, ("merit_denied",), text, whole) and book.pattern("offender").match(text):
        return "sanction", "modality.merit_denied"
    if subject_end and book.pattern("offender").match(text) and book.pattern("must_be_punished").match(command):
        return "sanction", "modality.must_be_punished"
    if told := _first_force(command):
        return told[0], f"modality.{told[1]}"
    sentence = _CLAUSE.split(text, maxsplit=1)[0]
    low = sentence.lower()
    entitled = first(book, ("entitled",), sentence, low)
    if spared := search(book["spared"], sentence):
        if entitled and entitled.end() <= spared.start() and not search(book["must"], sentence):
            return "permission", "modality.entitled"  # the first of two rights
        return "sanction", "modality.spared"
    bound = search(book["must"], sentence)
    if (subject_end or book.pattern("offender").match(sentence)) and not bound and search(book["spared_blame"], sentence):
        return "sanction", "modality.spared_blame"
    if search(book["undone"], sentence):
        return "sanction", "modality.undone"
    if first(book, ("forbids_after_subject",), sentence, low) and not search(book["punished_first"], sentence):
        return "prohibition", "modality.forbids_after_subject"
    if book.pattern("offender").match(sentence) and search(book["imposed_by"], sentence):
        return "sanction", "modality.imposed_by"
    if not search(book["must"], book.pattern("must_suffer").sub(" ", sentence) if "phải" in low else sentence):
        if search(book["is_punished"], sentence):
            return "sanction", "modality.is_punished"
        if book.pattern("offender").match(sentence) and book.pattern("offender_punished").search(sentence):
            return "sanction", "modality.offender_punished"
    if entitled and book.pattern("offender").match(sentence) and not search(book["must"], sentence):
        return "permission", "modality.entitled"
    return "obligation", "modality.default"


def _bans(sentence: str) -> bool:
    """Whether a ban opens a list behind what stands in front («Ngoài …, nghiêm cấm kiểm toán viên:»), or names several groups apart by
    semicolons («Nghiêm cấm cán bộ cơ quan; người được trưng tập:»)."""
    bans = [rules("units")["ban_behind"], rules("units")["forbidden_whom"]] if sentence.endswith(":") else []
    low = sentence.lower()
    return any(held(ban, low) and ban.pattern.match(sentence) for ban in bans)


def spares(text: str) -> bool:
    """Whether a lead-in opens a list of cases in which nobody is to blame, or less («… được miễn, giảm trách nhiệm khi:»)."""
    return bool(search(rules("duties")["spares_below"], text))


@lru_cache(maxsize=512)
def of_lead_in(text: str) -> tuple[Modality, str] | None:
    """Force that a lead-in lends to its list («Nghiêm cấm các hành vi:»), None where it lends none."""
    book = rules("duties")
    tail = _CLAUSE.split(text.strip())[-1]
    if book.pattern("measures_follow").search(tail):
        return "sanction", "modality.measures_follow"
    if book.pattern("requests").match(text.strip().rsplit(". ", 1)[-1]):  # «Đề nghị các Bộ: A; B; C:» the list does not end the request
        return "request", "modality.lead_in.requests"
    if search(book["requests_at_end"], tail):
        return "request", "modality.lead_in.requests"
    topic = _TOPIC.match(tail)
    for words in (tail, tail[topic.end() :] if topic else ""):
        if words and (told := _first_force(words)):
            return told[0], f"modality.lead_in.{told[1]}"
    if _bans(text.strip().rsplit(". ", 1)[-1]):
        return "prohibition", "modality.lead_in.forbids"
    if spares(tail):
        return "sanction", "modality.spares_below"
    closing = search(book["lead_in_closing"], tail)
    if closing:
        said = closing.group(1).lower()
        right = said == "được" or said.endswith(("quyền", "phép"))
        return ("permission" if right else "prohibition"), "modality.lead_in.closing"
    return None
