"""The force of a duty: obligation, prohibition, permission, sanction, request (tính chất của mệnh lệnh).

The first command of the item decides; items of a list inherit the force of their lead-in (GUIDE, cases settled).
"""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache

import regex

from extractors.alternatives import Alternatives
from extractors.rulebook import rules, word_class
from extractors.signs import first, held, search
from extractors.unit_names import list_names
from extractors.unit_subjects import subject_of
from extractors.unit_words import Words
from schemas.record import Modality

_FORCE: dict[str, Modality] = {
    "exempts": "sanction",
    "requests": "request",
    "withholds": "sanction",
    "penalizes": "sanction",
    "forbids": "prohibition",
    "defers": "prohibition",
    "punishes": "sanction",
    "allows": "permission",
    "may": "permission",
}
"""Rules of the first command, in order: each holds at its beginning alone."""
_FORCES: dict[str, Modality] = _FORCE | {
    "put_aside": "sanction",
    "refrains": "prohibition",
    "grants": "permission",
    "right_behind": "permission",
    "merit_denied": "sanction",
    "must_be_punished": "sanction",
    "fault_punished": "sanction",
    "entitled": "permission",
    "spared": "sanction",
    "spared_blame": "sanction",
    "undone": "sanction",
    "forbids_after_subject": "prohibition",
    "imposed_by": "sanction",
    "is_punished": "sanction",
    "offender_punished": "sanction",
    "whoever_suffers": "sanction",
    "punishes_whom": "sanction",
    "right_told": "permission",
}
"""The force that each rule tells of."""


@cache
def _together(*names: str) -> Alternatives:
    return Alternatives(rules("duties")[name] for name in names)


def _first_force(words: str) -> str | None:
    """The rule of the first command where words begin with one."""
    told = _together(*_FORCE).match(words)
    return told[0].name if told else None


_CLAUSE = re.compile(r"[.;]\s")
_TOPIC = re.compile(r"^[^:;.]{3,160}:\s+(?=\S)")


class _Item:
    """One item whose force is asked for; its parts are read once, when a step first asks for them."""

    def __init__(self, text: str, subject_end: int) -> None:
        self.book = rules("duties")
        named = self.book.pattern("named_ban").search(text) if " được " in text else None
        if named:  # «những điều đảng viên | không được | làm» is a name
            text = text[: named.start("ban")] + "-" * len(named["ban"]) + text[named.end() :]
        self.text, self.low, self.subject_end = text, text.lower(), subject_end

    @cached_property
    def note(self) -> regex.Match[str] | None:
        """A label in front that says nothing of the command («Lưu ý: …»)."""
        return self.book.pattern("note_label").match(self.text)

    @cached_property
    def command(self) -> str:
        """The words from the first command on: behind the subject, its commas and modals of time."""
        if self.book.pattern("promises").search(self.text, 0, self.subject_end):
            return ""  # «Đảng viên … viết cam kết | không vi phạm»: what is promised is no command
        start = self.note.end() if self.note and self.subject_end <= self.note.end() else self.subject_end
        words = self.text[start:].lstrip(" ,:")
        return self.book.pattern("modals_before_command").sub("", words)

    @cached_property
    def act(self) -> str:
        """The command without a «không …» in front of it that only tells which subject is meant."""
        which = self.book.pattern("tells_which").match(self.command) if self.subject_end else None
        return self.command[which.end() :] if which else self.command

    @cached_property
    def sentence(self) -> str:
        """The first sentence or clause."""
        return _CLAUSE.split(self.text, maxsplit=1)[0]

    @cached_property
    def said(self) -> str:
        """The same in lower case."""
        return self.sentence.lower()

    @cached_property
    def offender(self) -> bool:
        """The item opens with those whom a sanction may meet."""
        return self.book.pattern("offender").match(self.text) is not None

    @cached_property
    def bound(self) -> bool:
        """Somebody is bound to act in the first clause."""
        return self.finds("must")

    @cached_property
    def entitled(self) -> regex.Match[str] | None:
        """The right of those with whom the first clause opens; «…, riêng các trạm được phép …» tells of others."""
        return first(self.book, ("entitled",), self.sentence.partition(", riêng ")[0], self.said)

    def opens(self, *names: str) -> str | None:
        """The first of the rules that holds at the beginning of the item."""
        for name in names:
            rule = self.book[name]
            if held(rule, self.low) and rule.pattern.match(self.text):
                return name
        return None

    def finds(self, name: str) -> bool:
        """Whether a rule finds something in the first clause."""
        rule = self.book[name]
        return held(rule, self.said) and rule.pattern.search(self.sentence) is not None


def _asks(item: _Item) -> str | None:
    """«Đề nghị …», also behind the ground or the case for which it is asked."""
    ground = rules("units").pattern("ground_asks").match(item.text) if " đề nghị " in item.text else None
    asked = ground is not None and ground["asks"] is not None
    return "requests" if asked or _together("requests_fronted", "requests", "asks_within").match(item.text) else None


def _opens_whole(item: _Item) -> str | None:
    """What the whole item is, whatever stands before its first command."""
    return item.opens("put_aside", "refrains", "grants")


def _asks_behind_label(item: _Item) -> str | None:
    """«Về kinh phí: đề nghị …», «Lưu ý: đề nghị …»."""
    labels = (_TOPIC.match(item.text), item.note)
    requests = item.book.pattern("requests")
    return "requests" if any(label and requests.match(item.text[label.end() :]) for label in labels) else None


def _behind_topic(item: _Item) -> str | None:
    """«Đối với cán bộ tham mưu: không tiết lộ …»: the first command stands behind whom it is said of."""
    topic = item.book.pattern("topic_for").match(item.text)
    told = _first_force(item.text[topic.end() :]) if topic else None
    return told if told in ("forbids", "allows", "may") else None


def _whoever_suffers(item: _Item) -> str | None:
    """«Trung tâm nào thu quá mức thì bị cắt chỉ tiêu»."""
    return item.opens("whoever_suffers")


def _punishes_whom(item: _Item) -> str | None:
    """«Sở Công Thương | xử phạt … cửa hàng tự ý …», «Xử lý nghiêm … chủ tàu khai thác trái phép», whoever does it."""
    rule = item.book["punishes_whom"]
    return "punishes_whom" if held(rule, item.low) and rule.pattern.match(item.act) else None


def _right_told(item: _Item) -> str | None:
    """«Hội viên chuyển nơi ở được chuyển sinh hoạt …»: a right of those with whom the clause opens, however they are described; behind an
    act of theirs it may belong to its object («Chi bộ rà soát | đảng viên được miễn công tác»)."""
    rule = item.book["right_told"]
    case = item.book.pattern("opens_with_case").match(item.sentence) if not item.bound else None
    main = item.sentence[case.end() :] if case else item.sentence
    told = rule.pattern.match(main) if not item.bound and held(rule, item.said) else None
    if told is None:
        return None
    words = Words(main, 0, told.end("who"))
    named, at = list_names(words, 0)
    if not (named and named[0].start == 0):
        at = 0
    if not at and not item.book.pattern("offender").match(main):
        return None
    acts = at and words.hit(at, "verb") and words.word(at) not in _DESCRIBES and not main.lower().startswith(_ANY)
    if at < len(words) and (words.word(at) in _MARKS or acts or words.low[-1] == "và"):
        return None
    return None if _told_of_object(words, max(at, 1)) else "right_told"


_MARKS = frozenset(",;:()")
_DESCRIBES = word_class("unit_grammar", "tells-who")
"""Verbs that tell which persons are meant rather than what they do («Đảng viên | đi | làm ăn xa»)."""


_ANY = tuple(f"{word} " for word in sorted(word_class("unit_grammar", "any-name")))
"""Names that say little without the verb behind them («Cơ quan | quản lý dữ liệu | được chia sẻ …»)."""


def _told_of_object(words: Words, begin: int) -> bool:
    """Whether the words end in other persons or bodies behind an act or «cho»."""
    acts = [i for i in range(begin, len(words)) if words.word(i) == "cho" or (words.hit(i, "verb") and words.word(i) not in _DESCRIBES)]
    return any(list_names(words, i)[1] == len(words) and list_names(words, i)[0] for a in acts[:1] for i in range(a + 1, len(words)))


def _right_behind(item: _Item) -> str | None:
    return "right_behind" if item.subject_end and item.book.pattern("right_behind").match(item.command) else None


def _merit_denied(item: _Item) -> str | None:
    return item.opens("merit_denied") if item.offender else None


def _must_be_punished(item: _Item) -> str | None:
    met = item.subject_end and item.offender and item.book.pattern("must_be_punished").match(item.act)
    return "must_be_punished" if met else None


def _fault_punished(item: _Item) -> str | None:
    """«Thủ kho làm mất vật tư mà không báo cáo thì bị …»: the fault told in front, its «không …» too, is no command."""
    return item.opens("fault_punished") if item.offender else None


def _commands(item: _Item) -> str | None:
    """The force of the first command itself."""
    return _first_force(item.act)


def _spared(item: _Item) -> str | None:
    """«… được xem xét miễn, giảm …»: a sanction, but for the second of two rights."""
    spared = item.book.pattern("spared").search(item.sentence) if held(item.book["spared"], item.said) else None
    if not spared:
        return None
    right = item.entitled is not None and item.entitled.end() <= spared.start() and not item.bound
    return "entitled" if right else "spared"


def _spared_blame(item: _Item) -> str | None:
    met = (item.subject_end or item.offender) and not item.bound and item.finds("spared_blame")
    return "spared_blame" if met else None


def _undone(item: _Item) -> str | None:
    return "undone" if item.finds("undone") else None


def _forbidden(item: _Item) -> str | None:
    """A ban behind its subject, where no punishment stands first."""
    case = item.book.pattern("opens_with_case").match(item.sentence)
    main = item.sentence[case.end() :] if case else item.sentence
    told = first(item.book, ("forbids_after_subject",), main, main.lower())
    return "forbids_after_subject" if told and not item.finds("punished_first") else None


def _imposed_by(item: _Item) -> str | None:
    return "imposed_by" if item.offender and item.finds("imposed_by") else None


def _suffers(item: _Item) -> str | None:
    """«… bị xử lý», where nobody is bound to act but to suffer."""
    if item.bound and search(item.book["must"], item.book.pattern("must_suffer").sub(" ", item.sentence)):
        return None
    if held(item.book["is_punished"], item.said) and _behind_subject(item, "is_punished"):
        return "is_punished"
    return "offender_punished" if item.offender and _behind_subject(item, "offender_punished") else None


def _behind_subject(item: _Item, name: str) -> bool:
    """Whether what a rule finds in the first clause goes on behind the subject; «Chi bộ nơi có đảng viên bị kỷ luật | phân công …» has
    the punishment inside it."""
    since = item.subject_end if item.subject_end < len(item.sentence) else 0
    if item.book.pattern("fault_then").search(item.sentence, 0, since):
        since = 0  # «Hộ kinh doanh có vi phạm bị thu hồi giấy phép»: a fault and what follows from it
    return any(found.end() > since for found in item.book.pattern(name).finditer(item.sentence))


def _entitled(item: _Item) -> str | None:
    if not item.entitled or not item.offender or item.bound:
        return None
    at = item.entitled.group().rfind(" được ")
    words = Words(item.sentence, 0, at) if at > 0 else None
    return None if words is not None and _told_of_object(words, list_names(words, 0)[1]) else "entitled"


_STEPS = (
    _asks, _opens_whole, _asks_behind_label, _behind_topic, _right_behind, _whoever_suffers, _merit_denied, _must_be_punished,
    _fault_punished, _punishes_whom, _commands, _spared, _spared_blame, _undone, _forbidden, _imposed_by, _suffers, _entitled, _right_told,
)  # fmt: skip
"""What is asked of an item, in order: the first step that tells a rule decides."""


def of_text(text: str, subject_end: int = 0) -> tuple[Modality, str]:
    """Modality of an item and the rule that said so. ``subject_end``: where its subject ends, 0 without one."""
    item = _Item(text, subject_end)
    for step in _STEPS:
        if name := step(item):
            return _FORCES[name], f"modality.{name}"
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


def _asks_another(sentence: str) -> bool:
    """«Hội đồng nhân dân tỉnh | đề nghị Ủy ban nhân dân tỉnh | thực hiện các việc sau:»: who asks stands in front."""
    who = subject_of(sentence) if " đề nghị " in sentence else None
    return who is not None and rules("duties").pattern("requests").match(sentence[who[1] :]) is not None


@lru_cache(maxsize=512)
def of_lead_in(text: str) -> tuple[Modality, str] | None:
    """Force that a lead-in lends to its list («Nghiêm cấm các hành vi:»), None where it lends none."""
    book = rules("duties")
    tail = _CLAUSE.split(text.strip())[-1]
    if book.pattern("measures_follow").search(tail):
        return "sanction", "modality.measures_follow"
    if book.pattern("requests").match(text.strip().rsplit(". ", 1)[-1]):  # «Đề nghị các Bộ: A; B; C:» the list does not end the request
        return "request", "modality.lead_in.requests"
    if search(book["requests_at_end"], tail) or _asks_another(text.strip().rsplit(". ", 1)[-1]):
        return "request", "modality.lead_in.requests"
    topic = _TOPIC.match(tail)
    for words in (tail, tail[topic.end() :] if topic else ""):
        if words and (told := _first_force(words)):
            return _FORCES[told], f"modality.lead_in.{told}"
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
