"""Who is told to do what: headings that assign, lead and support inside a duty.

The patterns of ``rules/units.toml`` find where an addressee may begin; the grammar of names (``unit_names``) decides whether a
name stands there and where it ends. Offsets are those of the text that was given. Source: domain.md 3.3, 4.4, 4.5.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from extractors.role_words import by_roles
from extractors.rulebook import rules, word_class
from extractors.signs import each
from extractors.unit_helping import helpers, named_behind
from extractors.unit_hence import past_clause, reason_end
from extractors.unit_names import Name, list_names, names, parse_list
from extractors.unit_np import parse_one
from extractors.unit_passive import described_doer, has_to_be, passive
from extractors.unit_persons import persons
from extractors.unit_predicates import NO_VERB, begins_act, predicate_follows
from extractors.unit_set_off import acts_behind_ground
from extractors.unit_subjects import (
    CACHED,
    FILLER,
    REACH,
    Span,
    after_opener,
    first_sentence,
    labels_of,
    of_posts,
    spans_of,
    strip_span,
    subject_list,
    window,
)  # fmt: skip
from extractors.unit_support import behind_helpers
from extractors.unit_words import Words, fold


@dataclass(frozen=True)
class Assignment:
    """Who leads (chủ trì), supports (phối hợp), is reported to, is advised in a stretch of text; ``rule`` says what found the lead.

    All but the lead is read when it is asked for: most questions are about the lead alone, over stretches that grow with the item.
    """

    rule: str = ""
    doers: tuple[Name, ...] = ()
    place: tuple[str, int, int] = field(default=("", 0, 0), compare=False, repr=False)
    """The text and where the stretch begins and ends."""

    @cached_property
    def lead(self) -> tuple[Span, ...]:
        """Spans of who leads."""
        return spans_of(self.doers)

    @cached_property
    def lead_names(self) -> tuple[str, ...]:
        """Names in parallel with the spans, with heads restored that a list shares («các Sở: Nội vụ, Tài chính»)."""
        return labels_of(self.doers)

    @cached_property
    def _helpers(self) -> tuple[Name, ...]:
        return tuple(helpers(*self.place, self.doers))

    @cached_property
    def support(self) -> tuple[Span, ...]:
        """Spans of who supports."""
        return spans_of(self._helpers)

    @cached_property
    def support_names(self) -> tuple[str, ...]:
        """Names in parallel with the spans of who supports."""
        return labels_of(self._helpers)

    @cached_property
    def report_to(self) -> tuple[Span, ...]:
        """Spans of who is reported to."""
        return spans_of(named_behind(*self.place, "report_to"))

    @cached_property
    def advise_to(self) -> tuple[Span, ...]:
        """Spans of who is advised."""
        return spans_of(named_behind(*self.place, "advise_to"))


@lru_cache(maxsize=CACHED)
def assignment_of(text: str, start: int = 0, end: int | None = None) -> Assignment:
    """Who leads, supports, is reported to and advised in the clause or item ``text[start:end]``.

    Lead: after «Giao», «Yêu cầu», «Đề nghị» at the beginning of a sentence; else brackets at the end («(Sở X chủ trì …)»); else
    the subject; else «do X chủ trì». The subject of a sanction is no lead (rule ``offender``).
    Support: the bodies right after «phối hợp (với)»; of «phối hợp giữa A với B» only B, since A is the bearer's own.
    «với sự tham gia của …» gives no support.
    """
    start, end = strip_span(text, start, len(text) if end is None else end)
    lead, rule = _lead(text, start, end)
    return Assignment(rule, tuple(lead), (text, start, end))


def _lead(text: str, start: int, end: int) -> tuple[list[Name], str]:
    book = rules("units")
    found = book.pattern("assign").match(text, start, end)
    if found:
        listed = _assigned(text, found.end(), end)
        if listed and not is_object(text, found.start(), found.end()):
            return [*listed, *_also_assigned(text, listed[-1].end, end)], "assign"
    bracket = _in_brackets(text, start, end)
    if bracket:
        return bracket, "brackets"
    cheered = book.pattern("encourages").match(text, start, end)
    if cheered and (listed := subject_list(text, cheered.end(), end)):
        return listed, "encourages"
    subject = subject_list(text, start, end)
    if (doers := has_to_be(text, start, end)) and not (subject and subject[0].start < doers[0].start):
        return doers, "by_whom"
    if subject and _suffers(text, subject, min(first_sentence(text, start, end), subject[-1].end + _SENTENCE)):
        return [], "offender"  # what is done to the subject: who imposes it is not said here
    if subject and (past := past_clause(text, subject, end)):
        subject = subject_list(text, past.end(), end) if past["hence"] else []  # «Sở A đã tiếp nhận …, do đó | các phòng …»
    if subject:
        return subject, "subject"
    if because := _behind_reason(text, start, end):
        return because
    by_whom = _by_whom(text, start, end) or _by_whom_later(text, start, end)
    if by_whom:
        return by_whom, "by_whom"
    bound = _behind_thing(text, start, end)
    if bound:
        return bound, "subject"
    if asked := _asked_on_ground(text, start, end):
        return asked, "assign"
    opener = book.pattern("clause_opener").match(text, start, end) or book.pattern("matter_fronted").match(text, start, end)
    fronted = opener is not None
    for cue in each(book["assign"], text, start, end):
        if cue.start() > start and "trách nhiệm" in fold(cue.group()):
            continue  # «xây dựng kế hoạch; giao trách nhiệm người đứng đầu …»: the addressee's own act
        told = (fronted or _behind_matter(text, start, cue.start())) and not is_object(text, cue.start(), cue.end())
        asks = told or fold(text[cue.start() : cue.start() + 4]) == "giao"
        if asks and _opens_clause(text, start, cue.start()) and not (opener and _goes_on(text, opener.end(), cue.start())):
            words = window(text, cue.end(), end)
            listed, j = list_names(words, 0)
            if not fronted and text[: cue.start()].rstrip().endswith(",") and _outsiders(words):
                continue  # «tham mưu phương án thu hồi, | giao chủ đầu tư …»: whom the body's own act concerns
            hands = fronted or "nhiệm vụ" not in fold(cue.group()) or predicate_follows(words, 0, j)
            if listed and hands:  # «cơ chế đặt hàng, giao nhiệm vụ cho các doanh nghiệp»: a thing, nobody is told to act
                return listed, "assign"
    return [], ""


def _behind_reason(text: str, start: int, end: int) -> tuple[list[Name], str] | None:
    """Who acts, or is asked to, behind a reason: «Việc công khai còn hình thức, do vậy | Sở A | phải …», «…, vì thế đề nghị | các xã |»."""
    at = reason_end(text, start, end)
    told, rule = _lead(text, at, end) if at else ([], "")
    return (told, rule) if rule in ("subject", "assign") else None


def _goes_on(text: str, since: int, cue: int) -> bool:
    """«Thường xuyên | kiểm tra sổ sách; | yêu cầu các phòng giải trình»: behind an act that names nobody, the request is no command to
    the whole."""
    asks = fold(text[cue : cue + 7]) == "yêu cầu" and text[cue].islower() and text[since:cue].rstrip().endswith(";")
    return asks and begins_act(Words(text, since, cue))


_MATTER = 120
"""Characters of the longest matter before a command."""


def _behind_matter(text: str, start: int, cue: int) -> bool:
    """«Đại hội các hội quần chúng: | Đề nghị Hội Nông dân …»: the label names a matter; a body named there asks others itself."""
    label = text[start:cue].rstrip()
    if not label.endswith(":") or len(label) > _MATTER or text[cue].islower():
        return False
    return ":" not in label[:-1] and not list_names(Words(label[:-1]), 0)[0]


def _asked_on_ground(text: str, start: int, end: int) -> list[Name]:
    """«Căn cứ Kế hoạch này | yêu cầu các phòng xây dựng …»: a command behind its ground without a comma."""
    cue = rules("units").pattern("ground_asks").match(text, start, first_sentence(text, start, end))
    if cue is None:
        return []
    words = window(text, cue.end(), end)
    listed, j = list_names(words, 0)
    return listed if predicate_follows(words, 0, j) else []


_SENTENCE = 900
"""Characters behind a subject in which is told what is done to it."""


def _suffers(text: str, subject: list[Name], end: int) -> bool:
    """Whether «bị xử lý», «được miễn giảm» tells of the subject: «Công an tỉnh công khai các vụ việc | đã bị xử lý» tells of others."""
    book, behind = rules("units"), subject[-1].end
    for cue in book.pattern("offender").finditer(text, subject[0].start, end):
        if cue.end() <= behind and any(said in text[subject[0].start : cue.start()] for said in (" có ", " nơi ")):
            continue  # «Cơ quan có công chức bị kỷ luật | báo cáo …», «Chi bộ nơi đảng viên bị kỷ luật sinh hoạt | theo dõi …»
        between = text[behind : cue.start()]
        if cue.group().startswith("được") and " được " in between:
            continue
        others = book.pattern("others_suffer").match(text, behind, cue.start()) is not None
        rows = ("so_far", "those_who") if cue.group()[:1] in "bB" else ("so_far",)
        told = next((found for row in rows if (found := book.pattern(row).search(between))), None)
        if not others and not (told and told.start() > 0 and _acts_first(Words(text, behind, behind + told.start()))):
            return True
    return False


def _acts_first(words: Words) -> bool:
    """Whether the words behind a subject begin with its act, also behind a ground set off between commas."""
    return begins_act(words) or acts_behind_ground(words, 0)


def _outsiders(words: Words) -> bool:
    """Those who get land, works or a task from an authority and are no part of it: investors, builders, households."""
    first = parse_one(words, 0)
    return first is not None and first.kind in ("enterprise", "public", "community", "person")


def _behind_thing(text: str, start: int, end: int) -> list[Name]:
    """Subject of the second clause where the first one only says what a thing is: «Kết quả … là …; giáo viên chịu trách nhiệm …», «Số liệu
    tính từ ngày … đến ngày …; các xã gửi …»."""
    if counted := rules("units").pattern("counted_from").match(text, start, end):
        return subject_list(text, counted.end(), end)
    if not rules("units").pattern("no_body_subject").match(text, start, end):
        return []
    first = text.find("; ", start, end)
    if first < 0 or rules("units").pattern("thing_is").search(text, start, first) is None:
        return []
    words = Words(text, first + 2, first_sentence(text, first + 2, end))
    found, j = list_names(words, 0)
    if not found and rules("units").pattern("case_clause").match(text, first + 2, end):
        found = after_opener(words)
        j = next((k for k in range(len(words)) if found and words.start(k) >= found[-1].end), len(words))
    return found if found and words.hit(j, "modal") is not None else []


_ADDRESS = tuple(sorted(word_class("unit_grammar", "comrade")))


def _assigned(text: str, at: int, end: int) -> list[Name]:
    """Whom the words at ``at`` name behind «Giao», «Yêu cầu»: bodies, office holders, or persons by their names."""
    before = text[max(0, at - 10) : at].rstrip()
    address = next((a for a in _ADDRESS if fold(before).endswith(a)), "")
    start = at - 10 + len(text[at - 10 : at].rstrip()) - len(address) if address and at >= 10 else at
    named = persons(text, start, end)
    listed = of_posts(list_names(window(text, at, end), 0)[0])
    return listed if listed and (not named or named[-1].end <= listed[-1].end) else named


def _also_assigned(text: str, at: int, end: int) -> list[Name]:
    """B of «Giao A và đề nghị B thực hiện»: one command for both."""
    cue = rules("units").pattern("passes_on_too").match(text, at, end)
    if cue is None:
        return []
    words = window(text, cue.end(), end)
    listed, j = list_names(words, 0)
    return listed if listed and predicate_follows(words, 0, j) else []


def passed_on(text: str, subject_end: int, end: int) -> tuple[Name, ...]:
    """B of «A giao B + verb», «A yêu cầu B + verb»: to whom the subject that ends at ``subject_end`` hands the duty."""
    cue = rules("units").pattern("passes_on").match(text, subject_end, end)
    if cue is None:
        return ()
    words = window(text, cue.end(), end)
    listed, j = list_names(words, 0)
    word = words.word(j)
    any_act = word.isalpha() and word not in NO_VERB and not words.cap(j) and words.adjacent(j)  # the cue says that B is told to act
    if listed and (word == ":" or any_act or predicate_follows(words, 0, j)):
        return tuple(listed)
    if listed and (too := _also_assigned(text, listed[-1].end, end)):
        return (*listed, *too)
    named = () if listed else tuple(_assigned(text, cue.end(), end))
    return named


def _by_whom(text: str, start: int, end: int) -> list[Name]:
    """«do X chủ trì» anywhere; «do X thực hiện» only as the predicate of «Việc …», «Kinh phí …», where nothing else is said of it."""
    book = rules("units")
    thing = book.pattern("no_body_subject").match(text, start, end)
    said = book.pattern("said_of_thing").search(text, start, end) if thing else None
    for cue in each(book["by_whom"], text, start, end):
        told = thing is not None and (said is None or cue.start() <= said.start())
        if told and (doers := described_doer(text, cue.end(), end)):
            return doers
        listed, _ = list_names(window(text, cue.end(), end), 0)
        behind = behind_helpers(text, listed[-1].end, end) if listed and thing else 0
        if listed and thing and book.pattern("carries_all").match(text, behind, end) and not _told_before(text, start, cue.start()):
            return listed
        carried = thing and (said is None or cue.start() <= said.start()) and book.pattern("carried_out").match(text, behind, end)
        other = book.pattern("others_event").search(text[max(start, cue.start() - 90) : cue.start()])
        if not listed or (other and not (carried and other["whose"])):
            continue
        if carried or book.pattern("lead_predicate").match(text, listed[-1].end, end):
            return listed
    return passive(text, start, end)


def _by_whom_later(text: str, start: int, end: int) -> list[Name]:
    """X of «Bản kê khai phải được niêm yết; | việc niêm yết do X thực hiện …»: the first clause names a thing alone."""
    thing = None if begins_act(Words(text, start, end)) else rules("units").pattern("thing_to_be_done").match(text, start, end)
    return _by_whom(text, thing.end(), first_sentence(text, thing.end(), end)) if thing else []


def _told_before(text: str, start: int, end: int) -> bool:
    """«Việc mua sắm | phải theo kế hoạch do Phòng Tài vụ thực hiện»: the predicate stood before «do»."""
    return rules("units").pattern("bound_thing").search(text, start, end) is not None


def _in_brackets(text: str, start: int, end: int) -> list[Name]:
    """Who does it, in brackets at the end of the item: «… (Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp; xong trong quý II)»."""
    close = text.rfind(")", start, end)
    if close < 0 or text[close + 1 : end].strip(FILLER + ".;"):
        return []
    at = text.rfind("(", start, close)
    if at < 0 or close - at > REACH:
        return []
    words = Words(text, at + 1, close)
    found, j = list_names(words, 0)
    if found and at > start and (told := [part for part in by_roles(text, at + 1, close) if part[0] == "lead"]):
        return [Name(n.start + a, n.end + a, n.name) for _, a, b in told for n in names(text[a:b])]
    if not found or parse_one(words, 0) is None:
        return []
    ends = words.word(j) in ("", ";", ",") or rules("units").pattern("lead_predicate").match(text, found[-1].end, close)
    named = all(np.proper or np.determiner for np in parse_list(words, 0))
    support = rules("units").pattern("support_with").match(text, found[-1].end + 1, close)
    return found if named and (ends or support) and at > start else []


def is_object(text: str, start: int, end: int) -> bool:
    """«Chỉ đạo các phòng …», «Ủy quyền …», «Mời báo cáo viên …» are the bearer's own acts; «Giao», «Yêu cầu», «Đề nghị», «Kính mời» pass
    the duty on."""
    return fold(text[start:end]).startswith(("chỉ đạo", "ủy quyền", "mời"))


def directs_whom(text: str, start: int, end: int) -> tuple[str, ...]:
    """Whom «Chỉ đạo các chi bộ | đăng ký …» names, where they are told what to do and nobody else is told to direct them."""
    cue = rules("units").pattern("assign").match(text, start, end)
    if cue is None or not fold(cue.group()).startswith(_DIRECTS):
        return ()
    words = window(text, cue.end(), end)
    listed, j = list_names(words, 0)
    return labels_of(listed) if listed and predicate_follows(words, 0, j) else ()


_DIRECTS = "chỉ đạo"


def _opens_clause(text: str, start: int, at: int) -> bool:
    """Nothing, a mark or «đồng thời», «trong đó» stands before «giao»."""
    before = text[start:at].rstrip()
    return not before or before[-1] in ".;:," or fold(before[-_JOINTS:]).endswith(("đồng thời", "trong đó"))


_JOINTS = 9
"""Characters of «đồng thời», «trong đó»."""
