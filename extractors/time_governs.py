"""Whether a point in time in running text is a deadline: not a date of issue or effect, a feast, a cut-off of data, the subject year
of a report, a horizon of a policy."""

from __future__ import annotations

from functools import cache

from extractors.actions import begins_with_act
from extractors.rulebook import lexicon, rules, word_class
from extractors.time_found import Reading, matches_left
from extractors.time_points import Point, Sequence, day_of, with_year
from extractors.unit_headings import heading_of
from extractors.unit_subjects import subject_of
from extractors.unit_words import Words
from extractors.who_when import handed_on

_HEAD = 60
"""Characters in which the verb of an item stands."""
_CLAUSE = 300
"""Characters before a year in which its clause begins."""
_NOTE = 120
"""Characters of the longest bracket that names those who act."""
_TURN = len(", trong đó, riêng ")
"""Characters of the longest turn to a part of what is told."""
_UNTIL = tuple(sorted(word_class("time_grammar", "until")))
_HANDS_OVER = tuple(f"{word} " for word in word_class("time_grammar", "hands-over"))
_AND_AFTER = tuple(f"{word} " for word in word_class("time_grammar", "and-after"))
_DATED = frozenset({"day", "month", "month-part", "week", "quarter"})


def _years_policy(sequence: Sequence) -> bool:
    """Years as bounds: "từ năm 2021 đến năm 2025", "đến năm 2030" are periods and horizons of a policy."""
    if not all(p.grain == "year" for p in sequence.points):
        return False
    if sequence.ranged or sequence.side in ("from", None):
        return True
    return sequence.side == "by" and not any(w in sequence.words for w in word_class("time_grammar", "due"))


def _opens_in(sequence: Sequence, left: str) -> bool:
    """ "theo lộ trình từ năm 2027", "bắt đầu từ năm 2026": the year in which something begins."""
    if sequence.side != "from" or sequence.ranged or len(sequence.points) > 1 or matches_left("deadlines", "left_policy", left):
        return False
    return sequence.words.startswith("bắt") or matches_left("deadlines", "left_opens", left)


def _own_period(point: Point, left: str) -> bool:
    """ "cải tạo bếp ăn giai đoạn 2026 - 2028" gives a duty its years; five-year terms and the years of a programme do not."""
    years = (point.end_year or 0) - (point.year or 0)
    return 0 < years < 4 and not matches_left("deadlines", "left_policy", left)


@cache
def _feasts() -> frozenset[tuple[int, int]]:
    """Month and day of feasts that are called by their day («ngày 20/11»)."""
    return frozenset((int(row["month"]), int(row["day"])) for row in lexicon("time_feasts"))


def _own_years(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "tập trung các nhiệm vụ từ năm 2026 đến năm 2028", "năm 2026 - 2028": a few years of a duty, as with giai đoạn; and the year of
    a report in brackets: "báo cáo giữa kỳ (năm 2028)"."""
    if any(p.grain != "year" for p in sequence.points) or not reading.closes_clause(sequence.end):
        return False
    if reading.text[sequence.end : sequence.end + 1] == ":":
        return False  # "kinh phí từ năm 2026 đến năm 2028: 20 tỷ đồng"
    first, last = sequence.points[0].year or 0, sequence.points[-1].end_year or sequence.points[-1].year or 0
    if sequence.ranged or sequence.points[0].end_year:
        few = first > 0 and 0 < last - first < 4
        return few and sequence.side in ("from", "in", None) and not matches_left("deadlines", "left_policy", left)
    bracketed = sequence.side is None and len(sequence.points) == 1 and reading.text[sequence.end : sequence.end + 1] == ")"
    return bracketed and matches_left("deadlines", "left_stage", left)


def _heads_task(reading: Reading, sequence: Sequence) -> bool:
    """ "- Năm 2026: Rà soát …", "Năm 2026, Sở Y tế rà soát …", "Trong giai đoạn 2026 - 2030, Sở Y tế chủ trì …": years set before the
    task of an item; targets and tallies have no such verb."""
    period = len(sequence.points) == 1 and sequence.points[0].grain == "period"
    if sequence.ranged or not _in_years(sequence) or (sequence.side and not period) or not reading.opens_clause(sequence.start):
        return False
    book, text = rules("deadlines"), reading.text
    behind = book["year_heads"].pattern.match(text, sequence.end)
    if behind is None or book["year_tells"].pattern.match(text, behind.end()):
        return False
    line = text.find("\n", behind.end())
    end = min(line if line >= 0 else len(text), behind.end() + _HEAD)
    who = subject_of(text, behind.end(), end) if text[sequence.end : behind.end()].strip() == "," else None
    if who is not None and who[0] == behind.end():
        return book["year_told"].pattern.match(text, who[1]) is None
    if period and text.startswith(_HANDS_OVER, behind.end()):
        return True
    words = Words(text, behind.end(), end)
    manner = words.hit(0, "adverb")
    return not period and words.hit(manner[0] if manner else 0, "verb") is not None


def _turns_to(reading: Reading, sequence: Sequence) -> bool:
    """«Hằng năm, Ban Pháp chế giám sát …; | riêng năm 2026 khảo sát 05 xã», «…, trong đó năm 2026 kiểm tra 05 chi bộ»: the time of the next
    act, unless the act has a closer time of its own («…; riêng năm 2026 hoàn thành | trước ngày 10/10/2026») or the time is over."""
    if sequence.side or sequence.ranged or len(sequence.points) > 1:
        return False
    text, book, behind = reading.text, rules("deadlines"), sequence.end + 1
    turn = book["left_turn"].pattern.search(text, max(0, sequence.start - _TURN), sequence.start)
    if turn is None or not (_in_years(sequence) or turn["within"]) or (turn["within"] and _past(reading, sequence)):
        return False
    words = Words(text, behind, min(len(text), behind + _HEAD))
    if words.hit(0, "verb") is None or book["year_tells"].pattern.match(text, behind):
        return False
    ends = [at for mark in (";", "\n", ". ") if (at := text.find(mark, behind)) >= 0]
    return book["closer_time"].pattern.search(text, behind, min([len(text), *ends])) is None


def _begins_in_years(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "Từ năm 2027, tổ chức …", "…; từ năm 2026 đến năm 2030, mỗi năm điều động …", "rà soát quy hoạch từ năm 2026.": years to come
    from which a task runs, before what is done or behind the words of an act; figures, facts and policies have no such act."""
    if sequence.side != "from" or any(p.grain != "year" for p in sequence.points):
        return False
    first, issued, book, text = sequence.points[0].year or 0, reading.issued, rules("deadlines"), reading.text
    if issued is None or first < issued.year:
        return False
    if left.rstrip(" *").endswith(",") or reading.opens_clause(sequence.start):
        return not matches_left("deadlines", "left_ground_of_years", left) and _task_behind(text, sequence.end)
    yearly = book["yearly_behind"].pattern.match(text, sequence.end)
    closed = reading.closes_clause(sequence.end) and not text.startswith((":", ","), sequence.end)
    if not (yearly or (closed and first > issued.year)):
        return False
    if (sequence.ranged and not yearly) or any(matches_left("deadlines", n, left) for n in ("left_policy", "left_subject", "left_was")):
        return False
    return _acts_before(text, sequence.start)


def _acts_before(text: str, at: int) -> bool:
    """Whether the clause before ``at`` tells an act, or a body and its act."""
    base = max(0, at - _CLAUSE)
    begin = max(text.rfind(mark, base, at) for mark in ("\n", ";", ". "))
    said = text[max(begin + 1, base) : at].lstrip(" -+*–") if begin >= 0 or base == 0 else ""
    who = subject_of(said)
    return begins_with_act(said[who[1] :] if who is not None and who[0] == 0 else said)


def _tells_change(reading: Reading, sequence: Sequence) -> bool:
    """ "Từ ngày 01/7/2025, theo Luật …, Sở không còn tổ chức thanh tra": since when a body is another one, no duty of it."""
    if sequence.side != "from" or not reading.opens_clause(sequence.start):
        return False
    text, book = reading.text, rules("deadlines")
    ground = book["by_which"].pattern.match(text, sequence.end)
    behind = ground.end() if ground else sequence.end
    line = text.find("\n", behind)
    who = subject_of(text, behind, min(line if line >= 0 else len(text), behind + _CLAUSE))
    return who is not None and who[0] == behind and book["changed_state"].pattern.match(text, who[1]) is not None


def _tells_past(reading: Reading, sequence: Sequence) -> bool:
    """ "Trong năm 2025, được sự quan tâm của Bộ, ngành đã …": a time that has begun, before the words of what was done in it."""
    if sequence.side not in ("in", None) or not reading.opens_clause(sequence.start):
        return False
    first, text = with_year(sequence.points[0], reading.issued), reading.text
    begun = day_of(first.year, first.lo) if first.year and first.lo else None
    behind, book = sequence.end + 2, rules("deadlines")
    if begun is None or (reading.issued and begun > reading.issued) or not text.startswith(", ", sequence.end):
        return False
    line = text.find("\n", behind)
    who = subject_of(text, behind, min(line if line >= 0 else len(text), behind + _CLAUSE))
    if who is not None and who[0] == behind:
        return text.startswith((" đã ", " cơ bản đã "), who[1])
    told = book["told_past"].pattern.match(text, sequence.end)
    return told is not None and not begins_with_act(text[behind : told.end()])


def _runs_after(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "Sau ngày 15/3/2026, các thôn tháo dỡ …", "tháo dỡ băng rôn sau ngày 15/3/2026": from the day after; what came about after a day
    ("hồ sơ nộp sau ngày 15/3") tells which things are meant."""
    single = len(sequence.points) == 1 and not sequence.ranged and sequence.points[0].grain not in ("year", "period", "years")
    if not single or left.endswith(_AND_AFTER) or _past(reading, sequence):
        return False
    if reading.opens_clause(sequence.start):
        return reading.text[sequence.end : sequence.end + 1] == ","
    came = matches_left("deadlines", "left_came_after", left) or matches_left("deadlines_events", "left_earlier", left)
    return not came and reading.closes_clause(sequence.end) and _acts_before(reading.text, sequence.start)


def _task_behind(text: str, at: int) -> bool:
    """Whether an act, or a body and its act, stands behind the years that open a clause; no target and no tally."""
    book = rules("deadlines")
    opened = book["years_open"].pattern.match(text, at)
    if opened is None or book["year_tells"].pattern.match(text, opened.end()):
        return False
    line = text.find("\n", opened.end())
    end = min(line if line >= 0 else len(text), opened.end() + _HEAD)
    words = Words(text, opened.end(), end)
    manner = words.hit(0, "adverb")
    if words.hit(manner[0] if manner else 0, "verb") is not None:
        return True
    who = subject_of(text, opened.end(), end)
    return who is not None and who[0] == opened.end() and book["year_told"].pattern.match(text, who[1]) is None


def _in_years(sequence: Sequence) -> bool:
    """Years or periods of years, told as such: not «từ năm …», «đến năm …», «trước năm …»."""
    return sequence.side in (None, "in") and all(p.grain in ("year", "period") for p in sequence.points)


def _closes_task(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "…; hoàn thành năm 2026", "…; giai đoạn 2026 - 2030.", "… (thực hiện trong giai đoạn 2026 - 2030)", "…, năm 2026.": the years that
    end what a task says are its time; those of a policy stand without a mark of their own."""
    text = reading.text
    if not _in_years(sequence) or not reading.closes_clause(sequence.end) or text.startswith((":", ","), sequence.end):
        return False
    before = text[max(0, sequence.start - _HEAD) : sequence.start].rpartition("\n")[2]
    if matches_left("deadlines", "left_closing_year", before) or matches_left("deadlines", "left_closing_mark", before):
        return True
    policy = any(matches_left("deadlines", name, left) for name in ("left_policy", "left_subject"))
    return before.endswith(", ") and all(p.grain == "year" for p in sequence.points) and not policy


def _review_to_come(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "sơ kết năm 2028, tổng kết năm 2030": two years ahead or more no year is the one that is told of."""
    point = sequence.points[0]
    if len(sequence.points) > 1 or sequence.side or point.grain != "year" or not point.year or reading.issued is None:
        return False
    return point.year > reading.issued.year + 1 and matches_left("deadlines", "left_review", left) and reading.closes_clause(sequence.end)


def _past(reading: Reading, sequence: Sequence) -> bool:
    last = with_year(sequence.points[-1], reading.issued)
    end = day_of(last.end_year or last.year, last.hi) if last.year and last.hi else None
    return bool(reading.issued and end and end < reading.issued)


def _lasts(sequence: Sequence, left: str) -> bool:
    """ "hướng dẫn tạm dừng đóng … đến hết tháng 6", "gia hạn nộp thuế đến ngày 30/9": how long what is decided lasts, no day by which."""
    if sequence.side != "by" or not sequence.words.startswith(_UNTIL) or matches_left("deadlines", "left_completing", left):
        return False
    return matches_left("deadlines", "left_lasting", left)


def _measured(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "đơn vị có tỷ lệ giải ngân đến ngày 30/9/2026 dưới 60%": the day on which it is told which ones are meant; what is to be reached
    by a day ("đến ngày 30/9/2026 đạt 70%") stays a time."""
    if sequence.side != "by" or not sequence.words.startswith(_UNTIL):
        return False
    short = rules("deadlines")["right_short_of"].pattern.match(reading.text, sequence.end) is not None
    return short or matches_left("deadlines", "left_with_share", left)


def _was_due(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "trình Ủy ban nhân dân tỉnh trong tháng 02/2026": who is told or handed something within a month has to do it then, even where
    that month is past (a slip that the plan is to be told of); what was told already is a fact."""
    dated = sequence.side in ("in", "before", "by") and all(p.year and p.grain != "year" for p in sequence.points)
    return dated and matches_left("deadlines", "left_handed", left) and reading.closes_clause(sequence.end)


def _appointed(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "cấp phát tài liệu ngày 24/8": a day without its year behind the words of a task; a meeting, a paper, a feast is named by its,
    unless the line of a calendar is about that meeting ("Hội nghị viên chức ngày 25/10 (Công đoàn)")."""
    if reading.text[sequence.start : sequence.start + 1] not in "nN" or sequence.points[0].lo in _feasts():
        return False
    return not matches_left("deadlines", "left_named_day", left) or _in_calendar(reading, sequence, left)


def _in_calendar(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "- Họp phụ huynh: 12/10 (Ban Giám hiệu)", "- Hội thao 25/10 (Công đoàn)": the line of a calendar opens with an act or a meeting, and
    its day ends it, before those who hold it; "lớp 10/2", "tỷ lệ 3/4" count or name."""
    text, first = reading.text, sequence.points[0]
    if len(sequence.points) > 1 or first.rule != "day_slash" or first.lo in _feasts() or matches_left("deadlines", "left_counted", left):
        return False
    told = left.rstrip().endswith(":")
    ends = told and reading.closes_clause(sequence.end) and text[sequence.end : sequence.end + 1] not in (":", ",")
    if not ends and _doers_behind(reading, sequence.end) is None:
        return False
    return (told and begins_with_act(left)) or rules("deadlines")["opens_meeting"].pattern.match(left) is not None


def _doers_behind(reading: Reading, at: int) -> int | None:
    """Where the bracket ends that closes the clause behind a day and names those who act ("ngày 17/10/2025 (Hội Phụ nữ)")."""
    text = reading.text
    opens = text.startswith("(", at) or text.startswith(" (", at)
    begin = text.find("(", at) + 1 if opens else -1
    close = text.find(")", begin, begin + _NOTE) + 1 if begin > 0 else 0
    if close <= 0 or not reading.closes_clause(close) or text.startswith(":", close):
        return None
    named = heading_of(text, begin, close - 1)
    if named is not None and named.rule == "heading_name":
        return close
    told = handed_on(text[begin:close], bare=True)
    return close if told is not None and (told.has("lead") or told.has("support")) else None


def _ends_told(reading: Reading, at: int, left: str) -> bool:
    """Whether the clause ends behind a day, but for its weekday, those who act and the place ("ngày 06/10/2025 tại Hội trường")."""
    text, book = reading.text, rules("deadlines")
    weekday = book["weekday_note"].pattern.match(text, at)
    at = weekday.end() if weekday else at
    if reading.closes_clause(at) or _doers_behind(reading, at) is not None:
        return True
    return book["place_behind"].pattern.match(text, at) is not None and not matches_left("deadlines", "left_dated_paper", left)


def _told(reading: Reading, sequence: Sequence, left: str) -> bool:
    """ "thông báo kết quả trong tháng 10/2026", "báo cáo Chủ tịch kết quả rà soát trong quý III": when a result is to be told, not when it
    came about."""
    told = matches_left("deadlines", "left_told_result", left) or matches_left("deadlines", "left_told_body", left)
    return told and reading.closes_clause(sequence.end)


def never(left: str) -> bool:
    """Days of effect and horizons; the period that an inspection or a set of figures covers ("Phạm vi: từ ngày …")."""
    return matches_left("deadlines", "left_never", left) or matches_left("deadlines", "left_scope", left)


def _of_something_else(sequence: Sequence, left: str) -> bool:
    """Whether the words before a date make it a day of effect, a cut-off of data, a feast, a date of issue."""
    if never(left):
        return True
    if sequence.side is None:
        dated = sequence.points[0].grain in ("year", "year-part") and matches_left("deadlines", "left_paper", left)
        return dated or any(matches_left("deadlines", name, left) for name in ("left_bare", "left_calamity"))
    if sequence.side == "in" and matches_left("deadlines", "left_said_at", left):
        return True
    told = sequence.side == "from" or sequence.words.startswith("vào")
    if told and matches_left("deadlines", "left_calamity", left):
        return True
    counted = sequence.side == "from" or sequence.words.startswith(_UNTIL)
    return counted and matches_left("deadlines", "left_cutoff", left)


def _year_of_list(sequence: Sequence, left: str) -> bool:
    """ "danh mục văn bản dự kiến ban hành trong năm sau": the year of what a list or plan holds, not of the duty."""
    only = len(sequence.points) == 1 and sequence.points[0].grain == "year" and sequence.points[0].relative_year in ("sau", "tới")
    return only and not matches_left("deadlines", "left_completing", left) and matches_left("deadlines", "left_list_of_year", left)


def _year_reported(reading: Reading, sequence: Sequence) -> bool:
    """ "báo cáo kết quả học tập các nghị quyết trong năm 2025, gửi trước ngày 02/12": what a report that has a day tells of."""
    if len(sequence.points) > 1 or sequence.points[0].grain != "year":
        return False
    text, left = reading.text, reading.left(sequence.start, _CLAUSE).replace("... ", "…, ").rpartition(". ")[2]
    ends = [at for mark in (";", "\n", ". ") if (at := text.find(mark, sequence.end)) >= 0]
    closer = rules("deadlines")["closer_time"].pattern.search(text, sequence.end, min([len(text), *ends]))
    return closer is not None and matches_left("deadlines", "left_reporting", left)


def _opens_second(reading: Reading, sequence: Sequence, left: str) -> bool:
    """«Nửa đầu tháng 12/2025 rà soát, nửa cuối tháng 12/2025 | tổng hợp»: a time behind a comma, before the next act."""
    grain = sequence.points[0].grain
    if grain in ("year", "day") or not left.rstrip().endswith(",") or not all(p.year for p in sequence.points):
        return False
    words = Words(reading.text, sequence.end, min(len(reading.text), sequence.end + _HEAD))
    return words.hit(0, "verb") is not None


def governs(reading: Reading, sequence: Sequence) -> bool:
    """Whether a sequence in running text is a deadline rather than a date of something else."""
    text, left = reading.text, reading.left(sequence.start)
    if sequence.side is None and sequence.points[0].grain in _DATED and matches_left("deadlines", "left_session", left):
        return not _past(reading, sequence)
    if sequence.side == "in" and (_year_of_list(sequence, left) or _year_reported(reading, sequence)):
        return False
    if sequence.words.startswith("từ trước") and not reading.opens_clause(sequence.start):
        return False  # «kết luận tồn đọng | từ trước ngày 01/7/2025» tells since when a thing is there
    if _tells_past(reading, sequence) or _tells_change(reading, sequence) or _measured(reading, sequence, left):
        return False
    if not reading.opens_clause(sequence.start) and matches_left("deadlines", "left_crammed", left):
        return False
    if _of_something_else(sequence, left) or _lasts(sequence, left) or rules("deadlines")["right_never"].pattern.match(text, sequence.end):
        return False
    if sequence.side is None and not sequence.words and sequence.points[0].grain == "day" and sequence.points[0].start > sequence.start:
        return not _past(reading, sequence)  # an hour or a part of the day is appointed: "16 giờ ngày 30/7", "sáng ngày 31/7"
    if _heads_task(reading, sequence) or _turns_to(reading, sequence) or _closes_task(reading, sequence, left):
        return not _past(reading, sequence)
    if sequence.points[0].grain == "period":
        return _own_period(sequence.points[0], left) and reading.closes_clause(sequence.end) and not _past(reading, sequence)
    if sequence.from_now:
        return not all(p.grain == "year" for p in sequence.points) or "hết" in text[sequence.start : sequence.end].lower()
    if _review_to_come(reading, sequence, left):
        return True
    if _own_years(reading, sequence, left):
        return not _past(reading, sequence)
    if _years_policy(sequence):
        return _begins_in_years(reading, sequence, left) or (_opens_in(sequence, left) and not _past(reading, sequence))
    first = sequence.points[0]
    done = matches_left("deadlines", "left_completing", left)
    subject = matches_left("deadlines", "left_subject", left) and not done
    if sequence.side in ("before", "by"):
        return first.grain != "year" or not _past(reading, sequence)  # «các dự án tồn đọng trước năm 2020»
    if sequence.side == "after":
        return _runs_after(reading, sequence, left)
    if sequence.side == "from" and sequence.ranged and _past(reading, sequence) and matches_left("deadlines", "left_came_after", left):
        return False  # «hậu kiểm các vụ án thụ lý | từ ngày 01/01/2023 đến ngày 31/12/2024»
    if sequence.side == "from" and rules("deadlines_events").pattern("right_until_now").match(text, sequence.end):
        return False  # «rà soát các vụ án tạm đình chỉ | từ ngày 01/01/2023 đến nay»
    if sequence.side == "from":
        begins = sequence.words.startswith("bắt") and "số liệu" not in left  # «báo cáo hằng tháng, bắt đầu từ quý I/2026»
        return sequence.ranged or not subject or begins
    if _past(reading, sequence) and not done:
        return _was_due(reading, sequence, left)
    if sequence.side == "in":
        result = matches_left("deadlines", "left_result", left) and not done and not _told(reading, sequence, left)
        result = result and not (text.startswith(",", sequence.end) and matches_left("deadlines", "left_ground", left))
        return sequence.words.startswith("vào") or first.grain == "day" or not result
    if matches_left("deadlines", "left_done", left) or (not subject and _opens_second(reading, sequence, left)):
        return True
    if reading.opens_clause(sequence.start):
        return first.rule != "day_slash" or text[first.start : first.start + 1] in "nN" or _in_calendar(reading, sequence, left)
    if first.grain == "month" and matches_left("deadlines", "left_stage_held", left):
        return reading.closes_clause(sequence.end)
    whole = all(p.year for p in sequence.points) and first.grain != "year"
    whole = whole or (first.rule == "day_slash" and _appointed(reading, sequence, left))
    whole = whole or _in_calendar(reading, sequence, left)
    ends = _ends_told(reading, sequence.end, left) if first.grain == "day" else reading.closes_clause(sequence.end)
    return whole and not subject and ends and first.rule != "month_slash"
