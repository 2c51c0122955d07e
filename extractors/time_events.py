"""Triggers (khi có yêu cầu, nếu có khó khăn, vướng mắc) and continuous duties (thường xuyên).

A trigger is the whole clause that says when a duty is due; the circumstance of an act or of liability is none
("chịu trách nhiệm khi để xảy ra …"). Which words open a trigger stands in ``lexicons/time_triggers.csv``.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import cache

import regex

from extractors.rulebook import Rule, alternation, lexicon, rules, word_class
from extractors.time_bans import in_ban
from extractors.time_clauses import before_act, before_doer, clause_end
from extractors.time_conditions import AND_AFTER, bound_behind, comes_after, picked_end, picks, says_no_time
from extractors.time_continuous import read_continuous
from extractors.time_found import LONG_WINDOW, Found, Reading, matches_left, rules_at
from extractors.time_own_subjects import acts_meanwhile, happens, met
from extractors.time_points import Point, day_of, read_point, with_year
from extractors.unit_binding import binds
from extractors.unit_names import list_names
from extractors.unit_qualifiers import NOMINAL, NOUNS, acts_surely
from extractors.unit_words import Words

BOOK = "deadlines_events"
_OCCASION = 100
"""Characters that a named occasion may take, to the end of its clause."""


@cache
def _triggers() -> tuple[re.Pattern[str], dict[str, str]]:
    roles = {row["text"]: row["role"] for row in lexicon("time_triggers")}
    return re.compile(alternation(list(roles)) + r"(?!\w)", re.I), roles


def _role(text: str, at: int) -> tuple[str | None, int]:
    found = _triggers()[0].match(text, at)
    return (_triggers()[1][found.group().lower()], found.end()) if found else (None, at)


def _is_trigger(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    text, begin = reading.text, match.end()
    if rule.name in ("process", "before_step", "after_each", "ended"):
        return True
    if rule.value.get("others"):
        return acts_meanwhile(text, begin)
    if rule.value.get("opening"):
        return reading.fields.covering(match.start()) is not None or reading.opens_clause(match.start())
    if rule.name == "when" and reading.fields.covering(match.start()):
        return not rules(BOOK)["of_liability"].pattern.match(text, begin)  # «Thời gian: | khi thành lập đoàn»
    if rule.name == "case" and rules(BOOK)["case_of_fault"].pattern.match(text, begin):
        return False
    if rule.name == "until":
        return not matches_left(BOOK, "left_until", reading.left(match.start()))
    if rule.value.get("named"):
        left = reading.left(match.start())
        if rule.name == "around_occasion" and any(matches_left(BOOK, name, left) for name in ("left_compared", "left_named_around")):
            return False
        if rule.name in ("after_day_of", "on_day_of") and not _after_stated(reading, match.start(), match.end()):
            return False
        other = rule.name == "occasion" and "dịp" not in match.group().lower() and matches_left(BOOK, "left_person", left)
        return not other and not matches_left(BOOK, "left_earlier", left)
    if rule.name == "before_act":
        past = rules(BOOK)["reorganised"].pattern.match(text, match.start()) and not reading.opens_clause(match.start())
        if past and matches_left(BOOK, "left_things_past", reading.left(match.start())):
            return False
        return not matches_left(BOOK, "left_procedure", reading.left(match.start()))
    role, after = _role(text, begin)
    if role in ("case", "when"):
        fits = bool(rule.value.get("strict")) == (role == "case")
        role = "trigger" if fits else "circumstance" if role == "when" else None
    reported = rule.name == "when" and matches_left(BOOK, "left_report", reading.left(match.start()))
    fronted = match.group().lower().startswith("sau") and reading.opens_clause(match.start())
    if rules(BOOK)["heard"].pattern.match(text, begin) and text[max(0, begin - 12) : begin].rstrip().lower().endswith("sau khi"):
        return False
    over = comes_after(reading, rule, match)
    if rule.name == "when" and role != "trigger" and (fronted or over or match.group().lower().startswith("ngay")):
        # «ngay khi nhập viện», «ngay sau khi tổ chức hội nghị» say when, whatever the verb
        done = match.group().lower().split() == ["sau", "khi"] and text.startswith("đã ", begin)
        return done or not rules(BOOK)["of_liability"].pattern.match(text, begin)
    planned = rule.name == "when" and reading.opens_clause(match.start()) and rules(BOOK)["drawn_up"].pattern.match(text, begin)
    if planned and text.startswith((" phải ", " cần phải "), clause_end(text, begin, fronted=True)):
        return True  # «Khi lập quy hoạch | phải bảo đảm …»: nobody else is told
    if rule.name == "when" and role != "trigger" and picks(reading, match.start(), begin):
        return True
    if rule.name == "when" and rules(BOOK)["rated_at_end"].pattern.match(text, begin):
        return "không " not in reading.left(match.start()).lower()
    if role == "circumstance":
        return reported and not rules(BOOK)["of_liability"].pattern.match(text, begin)
    if role == "trigger":
        rest = text[after : after + 2].strip()
        if matches_left(BOOK, "left_only", reading.left(match.start())):
            return False
        # "(nếu có)", "nếu cần." say that a thing may be missing, not when something is due; "trường hợp cần thiết, …" opens a command.
        bare = not rest or rest[0] in ").,;:\n"
        needed = rule.name == "case" and rest == "," and rules(BOOK)["if_needed"].pattern.match(text, begin) is not None
        return needed or not (rule.value.get("strict") and bare)
    if rule.value.get("strict"):
        told = ("subject_hindered", "then_done") if rule.name == "if" else ("subject_hindered",)
        fronted = reading.opens_clause(match.start())
        return (fronted and any(rules(BOOK)[name].pattern.match(text, begin) for name in told)) or met(text, begin, fronted=fronted)
    if reported:
        return True
    if _measured(text, begin) or any(rules(BOOK)[name].pattern.match(text, begin) for name in ("passive_by", "inspectors_come")):
        return True
    if happens(text, begin):
        return True
    found = rules(BOOK)["subject_verb"].pattern.match(text, begin, begin + 160)
    return found is not None and not {",", ";"} & set(found.group())


def _measured(text: str, begin: int) -> int:
    """Where the level stands that a thing reaches («khi nhiệt độ dưới | 10 độ C»); 0 where none does, or where an act opens the clause
    («khi | làm việc trên 2 mét»)."""
    level = rules(BOOK)["measured"].pattern.match(text, begin, begin + _OCCASION)
    verb = Words(text, begin, level.end()).hit(0, "verb") if level else None
    return level.end() if level and (verb is None or verb[1]["word"] in NOUNS) else 0


def _in_brackets(text: str, at: int) -> bool:
    line = text[max(text.rfind("\n", 0, at) + 1, at - 200) : at]
    return line.rfind("(") > line.rfind(")")


def occasion_end(text: str, begin: int) -> int:
    """End of a named occasion whose words begin at ``begin``: before place and manner, before a comma."""
    end = min(clause_end(text, begin, fronted=False), begin + _OCCASION)
    stop = rules("deadlines")["event_ends"].pattern.search(text, begin, end)
    end = stop.start() if stop else end
    comma = text.find(",", begin, end)
    return comma if comma >= 0 else end


_DAY = re.compile(r"(?:\s?[-–,(]\s?|\s)(?:ngày\s)?(\d{1,2}[/.-]\d{1,2}(?:[/.-](?:19|20)\d\d)?)\)?$", re.I)


def _after_stated(reading: Reading, at: int, begin: int) -> bool:
    """ "Sau ngày bầu cử, các thôn …", "… trong ngày bầu cử.": before a comma that opens the sentence, at the end of a line or clause; what
    came about after a day ("hồ sơ nộp sau ngày …") is no time."""
    end = occasion_end(reading.text, begin)
    if reading.opens_clause(at) or reading.fields.covering(at):
        return reading.fields.covering(at) is not None or reading.text[end : end + 1] in (",", "\n", "")
    told = " được " in reading.text[begin:end]  # «hòm phiếu phụ trong ngày bầu cử được niêm phong»
    return reading.closes_clause(end) and not told and not matches_left("deadlines", "left_came_after", reading.left(at))


def day_behind(reading: Reading, begin: int, end: int) -> Point | None:
    """The day that stands behind its name and ends ``text[begin:end]``: «ngày bầu cử | 15/3/2026», «Quốc khánh (02/9/2025)»."""
    found = _DAY.search(reading.text, begin, end)
    point = read_point(reading.text, found.start(1), frozenset({"any", "part", "bound", "field"})) if found else None
    if found is None or point is None or point.end != found.end(1) or point.grain != "day" or point.partial:
        return None
    if re.search(r"\d\s?[-–]\s?$", reading.text[max(begin, found.start(1) - 14) : found.start(1)]):
        return None  # "kỷ niệm 79 năm … (27/7/1947 - 27/7/2026)" names the anniversary
    return point


def _named_day(reading: Reading, at: int, begin: int, end: int, side: str | None) -> Found | None:
    """ "trước ngày Quốc khánh 02/9/2025", "nhân Ngày Thầy thuốc Việt Nam 27/02": the day itself stands behind its name."""
    point = day_behind(reading, begin, end)
    if point is None:
        return None
    point = with_year(point, reading.issued)
    day = day_of(point.year, point.hi) if point.year and point.hi else None
    item = Found(at, end, "date", "date.named_day", 0.9, side=side, grain="day", inclusive=side != "before")
    if day is None:
        return None
    if side == "after":
        item.kind, item.start_on = "range", (day + timedelta(1)).isoformat()
    else:
        item.due = day.isoformat()
    return item


_SUBJECT = 90
"""Characters that the subject before «khi» may take."""


_AND = frozenset({"và", "hoặc"})
"""Words behind which an act goes on with the clause before it."""


def _within(words: Words, j: int) -> bool:
    """Whether the modal at ``j`` stands inside the clause: «khi biết hoặc buộc | phải biết …», «khi gặp trường hợp | phải hoãn thì …»."""
    before = j - 2 if words.word(j - 1) == "buộc" else j - 1
    if words.word(before) in _AND:
        return True
    told = any(words.word(i) == "thì" for i in range(j, len(words)))
    return told and rules(BOOK)["left_must_noun"].pattern.search(words.text, words.spans[0][0], words.end(j)) is not None


def _clause_start(text: str, at: int, reach: int) -> int:
    """Behind the last mark before ``at``, ``reach`` characters back at most."""
    low = max(0, at - reach)
    return next((i + 1 for i in range(at - 1, low - 1, -1) if text[i] in ".;:\n\t"), low)


def _only_names(words: Words) -> bool:
    """Whether the words, behind a label, are bodies or persons and nothing else."""
    first = next((i for i in range(len(words)) if words.word(i).isalpha() and len(words.word(i)) > 1), 0)
    return len(words) > 0 and list_names(words, first)[1] == len(words)


def _of_subject(reading: Reading, at: int, begin: int) -> int:
    """End of the clause in «Giáo viên | khi lên lớp | phải …», «Công dân khi đến giao dịch | xuất trình …»: the subject stands before it
    and the predicate follows without a comma; 0 where that is not so, -1 where it tells how one behaves at all times («Công chức | khi
    thi hành công vụ | không được …»)."""
    text = reading.text
    start = _clause_start(text, at, _SUBJECT)
    if at - start >= _SUBJECT or not text[start:at].strip() or rules(BOOK)["of_liability"].pattern.match(text, begin):
        return 0
    if not _only_names(Words(text, start, at)):
        return 0
    if rules(BOOK)["conduct"].pattern.match(text, begin):
        return -1
    words = Words(text, begin, min(len(text), begin + _OCCASION))
    last = 0  # an act behind «khi» may be the object of another («khi tham mưu lập tổ | kiểm tra | phải …»): a modal parts them surely
    for j in range(1, len(words)):
        if not words.adjacent(j) or words.word(j) in (".", ",", ";", ":"):
            return last or (_bound_ahead(words, j) if words.word(j) == "," else 0)
        manner = words.hit(j, "adverb")
        chained = words.hit(j - 1, "determiner") or words.word(j - 1) in _AND
        chained = chained or any((hit := words.hit(i, "verb")) and hit[0] == j for i in range(max(0, j - 3), j))
        told_of = " ".join(words.low[j - 2 : j]) in _TOLD_OF  # «hành vi | nhũng nhiễu»
        sure = j > 1 and acts_surely(words, j) and not (chained or told_of)
        bound = binds(words, j)
        if words.word(j) == "thì" or (bound and not _within(words, j)) or _tells_whom(words, j):
            return words.end(j)
        if not last and (sure or bound or (manner and manner[0] < len(words) and words.hit(manner[0], "verb"))):
            last = words.end(j)
    return last


_TOLD_OF = word_class("time_grammar", "told-of")
"""Nouns that the verb behind them completes."""


def _bound_ahead(words: Words, comma: int) -> int:
    """End of the clause that goes on behind a comma up to the word that binds its subject («Đảng viên khi chuyển sinh hoạt, thay đổi nơi
    ở | phải báo cáo»); 0 where none binds it."""
    for j in range(comma + 1, len(words)):
        if binds(words, j) and not _within(words, j):
            last = max(k for k in range(comma, j) if words.word(k) == ",")
            others = list_names(words, last + 1)[1] == j and not _persons_before(words, last)
            return 0 if others else words.end(j - (last == j - 1))
        if words.word(j) in (".", ";", ":") or not (words.adjacent(j) or words.word(j) == ","):
            return 0
    return 0


def _persons_before(words: Words, comma: int) -> bool:
    """«phiền hà cho người dân, | doanh nghiệp»: somebody stands right before the comma, with whom those behind it are listed."""
    return any((who := words.hit(k, "role", "head")) and who[0] == comma for k in range(max(0, comma - 4), comma))


def _tells_whom(words: Words, j: int) -> bool:
    """«trước khi công bố quyết định | yêu cầu từng thành viên …», «trước khi làm việc | phổ biến quy chế cho …»: whom the subject tells to
    act; behind a paper («văn bản | yêu cầu các đơn vị») the word is what is written there."""
    verb = words.hit(j, "verb")
    if j < 2 or verb is None or verb[1]["word"] not in _REQUESTS or words.low[j - 1] in NOMINAL | _WRITTEN:
        return False
    whom = words.hit(verb[0], "determiner", "role")
    return whom is not None and words.adjacent(verb[0])


_REQUESTS, _WRITTEN = word_class("time_grammar", "request"), word_class("time_grammar", "written")
"""Acts that ask others to act, and last syllables of papers that ask so as well."""


_ADVERBIAL = 200
"""Characters that adverbials before a trigger may take."""


def _behind_subject(text: str, at: int) -> bool:
    """«Sở Y tế, | trước khi …, lấy ý kiến …»: only who acts stands before it, set off by a comma."""
    start = _clause_start(text, at, _SUBJECT)
    return _only_names(Words(text, start, text.rfind(",", start, at)))


def _behind_adverbial(text: str, at: int) -> bool:
    """«Hằng năm, | trước khi …», «Trong quá trình thực hiện | nếu …»: only adverbials stand before it; the main clause is to come."""
    start = _clause_start(text, at, _ADVERBIAL)
    return rules(BOOK)["adverbial_before"].pattern.fullmatch(text, start, at) is not None


def _refused(reading: Reading, rule: Rule, match: regex.Match[str], left: str) -> bool:
    """Whether what stands around a trigger tells that nothing is due then: of liability, another word, what is only prepared for."""
    text, at = reading.text, match.start()
    turned = rule.name in ("before_step", "before_act", "after_each")
    when, book = rule.name == "when", rules(BOOK)
    wanted = when and book["if_wanted"].pattern.match(text, match.end())
    if (not wanted and matches_left(BOOK, "left_liability", left)) or (not turned and matches_left(BOOK, "left_other_word", left)):
        return True
    needed = when and book["if_needed"].pattern.match(text, match.end())
    if needed and (matches_left(BOOK, "left_purpose", left) or matches_left(BOOK, "left_taught", left)):
        return True
    if when and book["lacking"].pattern.match(text, match.end()) and matches_left(BOOK, "left_ban", reading.left(at, LONG_WINDOW)):
        return True
    if when and matches_left(BOOK, "left_prepared", left) and not book["asked_for"].pattern.match(text, match.end()):
        return True
    bracketed = bool(rule.value.get("strict")) and _in_brackets(text, at)
    return bracketed or says_no_time(reading, rule, match) or not _is_trigger(reading, rule, match)


def _clause(reading: Reading, rule: Rule, match: regex.Match[str]) -> Found | None:
    text, at = reading.text, match.start()
    alone = rule.name in ("before_step", "before_act") or (rule.name == "when" and match.group().strip().lower() == "khi")
    if alone and (last := _of_subject(reading, at, match.end())):
        return Found(at, last, "event", "event.of_subject", 0.8) if last > 0 else None
    left = reading.left(at)
    if _refused(reading, rule, match, left):
        return None
    fronted = reading.opens_clause(at) or _behind_adverbial(text, at)
    if rule.value.get("start") and not fronted and not left.rstrip().endswith(","):
        return None
    if rule.value.get("named"):
        end = occasion_end(text, match.end())
        around = " ".join(match.group().lower().split())
        side = "by" if around.startswith("trước") and "trong" in around else rule.value.get("side")
        if not ("sau" in around and side != "after") and (day := _named_day(reading, at, match.end(), end, side)):
            return day  # «trước và trong ngày hội 15/3/2026» ends with it, «trước, trong và sau …» does not
    else:
        end = clause_end(text, match.end(), fronted=fronted, verbs=bool(rule.value.get("verbs")), listed=":" in match.group())
        if rule.value.get("opening") and Words(text, match.end(), end).hit(0, "modal", "adverb"):
            end = match.end()  # «Trong quá trình thẩm tra, xác minh | cần lưu ý …»
    end = _told_end(reading, rule, match, end, fronted=fronted)
    if end < match.end() or (end == match.end() and not rule.value.get("opening")):
        return None
    level = _measured(text, match.end()) if rule.name == "when" else 0
    if level and (told := rules(BOOK)["behind_level"].pattern.search(text, level, end)):
        end = told.start()  # «khi nhiệt độ dưới 10 độ C | , học sinh lớp dưới nghỉ học khi …»
    noted = rules(BOOK).pattern("doers_noted").search(text, at, end) if text[end - 1] == ")" else None
    end = noted.start() if noted else end
    doubtful = rule.name in ("before_step", "before_act", "case")
    return Found(at, end, "event", f"event.{rule.name}", 0.65 if doubtful else 0.9, side=rule.value.get("side"))


def _told_end(reading: Reading, rule: Rule, match: regex.Match[str], end: int, *, fronted: bool) -> int:
    """The end of a trigger, moved to where its kind ends: at who acts, what must then be done, the next act."""
    text, at, begin, name = reading.text, match.start(), match.end(), rule.name
    book = rules(BOOK)
    if not fronted and ":" not in match.group() and reading.left(at).rstrip().endswith(","):
        end = before_doer(text, begin, end)  # «Vì vậy, | trước khi nghiệm thu|, chủ đầu tư lấy ý kiến …»
        end = before_act(text, begin, end) if _behind_subject(text, at) else end
        bound = book["then_bound"].pattern.search(text, begin, end) if name == "when" else None
        end = bound.start() if bound else end  # «Kinh phí, sau khi được cấp|, phải giải ngân …»
    if name == "when" and not fronted and (told := book["passive_by"].pattern.match(text, begin)) and told.end() > end:
        end = clause_end(text, told.end(), fronted=False)  # «khi được Trưởng đoàn, | Phó Trưởng đoàn giao nhiệm vụ»
    if name == "when" and (told := book["needed_and"].pattern.match(text, begin, end)):
        end = told.end()  # «khi cần thiết | và cụ thể hóa quy chế»
    if name == "case" and (told := book.pattern("case_consequence").search(text, begin, end)):
        end = told.start()  # «trường hợp thay đổi | phải được Giám đốc đồng ý»
    if name in ("before_step", "before_act", "after_each") and fronted:
        end = bound_behind(text, begin, end) or end  # «Trước khi ban hành kết luận | phải lấy ý kiến»
    if name == "when" and fronted:
        end = _fronted_end(reading, at, begin, end)
    if reading.fields.covering(at) and (told := book["about_matter"].pattern.search(text, begin, end)):
        end = told.start()  # «Thời gian: khi thành lập đoàn | đối với việc thẩm tra»
    if name == "process" and "suốt" in match.group().lower() and "quá" not in match.group().lower():
        told = book.pattern("act_behind_period").search(text, begin, end)
        end = told.start() if told else end  # «trong suốt thời gian thi | , tổng hợp kết quả …»
    if name == "process_of" and not fronted and (refrains := text.find(", không ", begin, end)) >= 0:
        end = refrains  # «trong quá trình đoàn kiểm tra làm việc | , không sửa sổ sách»
    if name == "process" and not fronted and (told := book["inspected_then"].pattern.match(text, begin, end)):
        end = told.end()  # «trong quá trình được thanh tra, kiểm toán | , giải trình bằng văn bản …»
    return end


def _fronted_end(reading: Reading, at: int, begin: int, end: int) -> int:
    """The end of «khi …» in front of its sentence: of those who are picked, of a list up to «thì», of what happens."""
    text, book = reading.text, rules(BOOK)
    if picks(reading, at, begin):
        end = picked_end(text, begin, end)
    if listed := book["listed_till_then"].pattern.match(text, end):
        begins = list_names(Words(text, listed.start() + 2, listed.end()), 0)[0]
        end = end if begins and begins[0].start == listed.start() + 2 else listed.end()
    if book.pattern("happens").match(text, begin):
        told = book.pattern("happened_then").search(text, begin, end)
        end = told.start() if told else end  # «khi xảy ra sự cố | phải có người trực»
    return end


def _sitting(reading: Reading, at: int) -> bool:
    """ "gửi hồ sơ trước kỳ họp cuối năm"; who speaks before a sitting speaks to it; «trước và | sau kỳ họp» is read from its first word."""
    book = rules(BOOK)
    if reading.left(at).lower().endswith(AND_AFTER):
        return False
    return book["sitting"].pattern.match(reading.text, at) is not None and not matches_left(BOOK, "left_speech", reading.left(at))


_OF = " của "


def _whose_sitting(text: str, end: int) -> int:
    """Behind the body that sits: «tại kỳ họp gần nhất | của Hội đồng nhân dân tỉnh», «… tiếp theo | của Ban Chỉ đạo»."""
    if not text.startswith(_OF, end):
        return end
    named = list_names(Words(text, end + len(_OF), min(len(text), end + _OCCASION)), 0)[0]
    return named[0].end if named and named[0].start == end + len(_OF) else end


def _stands(reading: Reading, rule: Rule, match: regex.Match[str]) -> bool:
    """Whether an expression that is taken as it is written ("cuối học kỳ", "tại kỳ họp gần nhất") says here when something is due."""
    at, read = match.start(), rule.value["read"]
    left = reading.left(at)
    if read == "opening":
        return reading.opens_clause(at)
    if rules(BOOK)["since_begun"].pattern.match(match.group()):
        past = rules(BOOK)["right_until_now"].pattern.match(reading.text, match.end()) or matches_left(BOOK, "left_came_about", left)
        if past:
            return False
    if read == "stated":
        return not any(matches_left(BOOK, name, left) for name in ("left_told", "left_earlier", "left_only"))
    if reading.fields.covering(at):
        return True
    bound = rules(BOOK).pattern("bound_word").match(match.group()) is not None
    return read == "plain" and (bound or reading.opens_clause(at) or matches_left(BOOK, "left_point", left))


def read_event(reading: Reading, at: int) -> Found | None:
    """The trigger or continuous expression that begins at ``at``."""
    for rule in rules_at(BOOK, reading.text, at):
        match = rule.pattern.match(reading.text, at)
        if not match:
            continue
        read = rule.value["read"]
        if read in ("continuous", "unceasing"):
            return read_continuous(reading, rule, match)
        if in_ban(reading, at):
            return None
        if read == "clause":
            found = _clause(reading, rule, match)
        elif rule.name == "around_meeting" and (reading.fields.covering(at) or reading.opens_clause(at) or _sitting(reading, at)):
            end = clause_end(reading.text, match.end(), fronted=reading.opens_clause(at))
            told = rules(BOOK)["each_doer"].pattern.search(reading.text, match.end(), end) if reading.opens_clause(at) else None
            end = told.start() if told else end
            if not reading.fields.covering(at) and not _sitting(reading, at) and reading.text[end : end + 1] != ",":
                continue  # "Trước đại hội, các chi bộ …" opens its sentence
            prose = reading.text[end : end + 1] in (".", ",", ";", ")") or reading.fields.covering(at)
            # "1. Chuẩn bị trước khai giảng" without a stop is a heading.
            found = Found(at, end, "event", "event.around_meeting", 0.75) if prose else None
        elif not _stands(reading, rule, match):
            found = None
        else:
            end = _whose_sitting(reading.text, match.end()) if rule.name == "next_sitting" else match.end()
            found = Found(at, end, "event", f"event.{rule.name}", 0.8)
        if found and rule.name in _SEASONS and _of_topic(reading.text, found.start, found.end):
            return None
        if found:
            return None if rules(BOOK)["over"].pattern.search(reading.text, found.start, found.end) else found
    return None


_SEASONS = frozenset({"before_season", "around_occasion"})


def _of_topic(text: str, start: int, end: int) -> bool:
    """"1. Công tác chuẩn bị trước mùa mưa, lũ": a title in nouns, whose season says what the work below is about."""
    line = text.rfind("\n", 0, start) + 1
    if start - line > _ADVERBIAL or text[end : end + 3].split("\n")[0].strip(" :"):
        return False
    return rules(BOOK)["titled_in_nouns"].pattern.fullmatch(text, line, start) is not None
