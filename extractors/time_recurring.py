"""Recurrences (hằng năm, định kỳ 06 tháng, trước ngày 15 hằng tháng) as RFC 5545 rules without DTSTART."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

import regex

from extractors.rulebook import Rule, alternation, lexicon, rules
from extractors.time_found import LONG_WINDOW, Found, Reading, matches_left, number, qualifies_noun, rules_at, unit_table
from extractors.time_points import WEEKS, MonthDay, Sequence, parts_of, read_sequence

BOOK = "deadlines_recurring"
_QUARTER_MONTHS = {word: ",".join(map(str, months)) for word, months in parts_of("quarter").items()}
_CYCLE = 200
"""Characters in which the cycle that opened a sentence may stand before a bare unit."""
_SAME_CYCLE = {
    "recurring.quarter_month": "FREQ=MONTHLY;INTERVAL=3", "recurring.quarter": "FREQ=MONTHLY;INTERVAL=3", "recurring.month": "FREQ=MONTHLY",
}  # fmt: skip
"""The cycle that the tail of a date repeats: "hằng quý (trước ngày 25 tháng cuối quý)" says it twice and is one expression."""
_DUE = ("trước", "chậm", "muộn", "không")
_FREQ_ORDER = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
AMBIGUOUS = "dấu “/” giữa hai chu kỳ có thể hiểu theo hai cách"
UNSTATED = "không nêu chu kỳ"
APPROXIMATE = "chu kỳ quy đổi gần đúng từ số lần"


def rule_of(unit: str, count: int = 1) -> str:
    """The RRULE of every ``count`` units."""
    row = unit_table()[unit.lower()]
    freq, interval = row["freq"], int(row["interval"]) * count
    if freq == "MONTHLY" and interval % 12 == 0:
        freq, interval = "YEARLY", interval // 12
    return f"FREQ={freq}" + (f";INTERVAL={interval}" if interval > 1 else "")


def _length(rule: str) -> tuple[int, int]:
    parts = dict(p.split("=") for p in rule.split(";"))
    return _FREQ_ORDER.index(parts["FREQ"]), int(parts.get("INTERVAL", "1"))


def _units_in(words: str) -> tuple[str, ...]:
    """The rules of the units named, shortest cycle first: "quý, 6 tháng, năm"."""
    found: list[str] = []
    for count, unit in rules(BOOK).pattern("unit_counted").findall(rules(BOOK).pattern("part_of_year").sub(" ", words)):
        rule = rule_of(unit, number(count) or 1)
        if rule not in found:
            found.append(rule)
    return tuple(sorted(found, key=_length))


def _times(times: int, per: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """``n`` times per period: the period, and where whole months divide it equally those as the exact rule.

    How the dates fall inside the period is not said, so more than one time is marked as approximate (domain: #50)."""
    found = rules(BOOK).pattern("unit_counted").search(per)
    if not found:
        return None, (), (UNSTATED,)
    period = rule_of(found.group(2), number(found.group(1) or "") or 1)
    if times <= 1:
        return period, (), ()
    parts = dict(p.split("=") for p in period.split(";"))
    months = {"YEARLY": 12, "MONTHLY": 1}.get(parts["FREQ"], 0) * int(parts.get("INTERVAL", "1"))
    exact = (rule_of("tháng", months // times),) if months and months % times == 0 else ()
    return period, exact, (APPROXIMATE,)


def _numbers(values: set[int]) -> str:
    return ",".join(str(v) for v in sorted(values))


def yearly_rules(days: tuple[MonthDay, ...]) -> tuple[str, ...]:
    """Rules for days of the year: months that share a day go together; a last day of any month is -1."""
    months: dict[int, set[int]] = {}
    for month, day in days:
        months.setdefault(day, set()).add(month)
    return tuple(f"FREQ=YEARLY;BYMONTH={_numbers(m)};BYMONTHDAY={d}" for d, m in months.items())


def _monthly(days: set[int]) -> str:
    # RFC 5545 skips short months for 31; what is meant is the end of the month.
    return f"FREQ=MONTHLY;BYMONTHDAY={','.join(str(d) for d in sorted({-1 if d == 31 else d for d in days}))}"


def _of_sequence(sequence: Sequence, per: str) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    """Rule, exact rules and review reasons of points that recur every ``per``; (None, (), ()) where they do not fit."""
    points = sequence.points
    if all(p.partial for p in points):
        days = {p.day for p in (points[-1:] if sequence.ranged else points) if p.day}
        if per == "tháng":
            return _monthly(days), (), ()
        if per in ("quý", "quí"):
            rule = f"FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY={_numbers(days)}"
            return (rule, (), ()) if days == {-1} else (rule_of(per), (rule,), ("không nêu tháng trong quý",))
        return rule_of(per), (), ("không nêu tháng",)
    if any(p.year for p in points) or any(p.partial for p in points):
        return None, (), ()
    his = tuple(p.hi for p in points if p.hi)
    if sequence.ranged:  # "từ tháng 01 đến tháng 3 hằng năm": a window of each year, due at its end
        return "FREQ=YEARLY", yearly_rules(his[-1:]), ()
    if all(p.grain == "day" for p in points):
        exact = yearly_rules(his)
        return exact[0], (exact if len(exact) > 1 else ()), ()
    if all(p.grain == "month" for p in points):
        return f"FREQ=YEARLY;BYMONTH={_numbers({m for m, _ in his})}", (), ()
    return "FREQ=YEARLY", yearly_rules(his), ()


@cache
def _tails() -> tuple[Rule, ...]:
    return tuple(rule for rule in rules(BOOK).values() if rule.value.get("part") == "tail" and rule.name != "tail_until")


def _tail(reading: Reading, sequence: Sequence) -> tuple[Rule, regex.Match[str]] | None:
    after = reading.text[sequence.end : sequence.end + 12].lstrip(" ,")[:1].lower()
    if after and after in "chmntq":  # của, hằng, mỗi, năm, tháng, quý
        for rule in _tails():
            if rule.name == "tail_plan_year" and (not sequence.words.startswith(_DUE) or "đến" in sequence.words):
                continue  # «số liệu … đến ngày 14/12 năm báo cáo»
            if rule.name in ("tail_month", "tail_months", "tail_quarter", "tail_quarter_month") and not sequence.points[-1].partial:
                continue
            found = rule.pattern.match(reading.text, sequence.end)
            if found:
                return rule, found
    return None


def before_cycle(reading: Reading, sequence: Sequence) -> Sequence:
    """«trước ngày 31/12/2024; | trước ngày 05/12 hằng năm»: points that say their year end before those that recur."""
    points = sequence.points
    first = next((i for i in range(1, len(points)) if points[i - 1].year and not points[i].year), 0)
    dated = first and not sequence.ranged and not any(p.year or p.relative_year for p in points[first:])
    if not dated or _tail(reading, sequence) is None:
        return sequence
    return replace(sequence, points=points[:first], end=points[first - 1].end)


def read_recurring_sequence(reading: Reading, sequence: Sequence) -> Found | None:
    """Points that recur by what stands behind them, or before them (a report of each month)."""
    return _with_tail(reading, sequence) or _of_monthly_report(reading, sequence)


def _with_tail(reading: Reading, sequence: Sequence) -> Found | None:
    """Points followed by what makes them recur: ``trước ngày 15/6 và 15/12 hằng năm``, ``ngày 20 của tháng cuối quý``."""
    tail = _tail(reading, sequence)
    if tail is None:
        return None
    rule, match = tail
    grain = sequence.points[-1].grain
    rrule: str | None
    exact: tuple[str, ...] = ()
    review: tuple[str, ...] = ()
    if rule.name == "tail_event_year":
        return Found(sequence.start, match.end(), "event", "event_year", 0.8, side=sequence.side, grain=grain)
    if rule.name == "tail_months":
        months = {int(m) for m in re.findall(r"\d+", match.group("months"))}
        rrule = f"FREQ=YEARLY;BYMONTH={_numbers(months)};BYMONTHDAY={_numbers({p.day for p in sequence.points if p.day})}"
    elif rule.name == "tail_plan_year":
        rrule, exact, review = _of_sequence(sequence, "năm")
    elif rule.name == "tail_every":
        rrule, exact, review = _of_sequence(sequence, match.group("per").lower())
    elif rule.name == "tail_quarter_month":
        days = _numbers({p.day for p in sequence.points if p.day})
        position = " ".join(match.group("pos").lower().replace("cùng", "").replace("đầu tiên", "đầu").split())
        rrule = f"FREQ=YEARLY;BYMONTH={_QUARTER_MONTHS[position]};BYMONTHDAY={days}"
    else:
        rrule, exact, review = _of_sequence(sequence, "tháng" if rule.name == "tail_month" else "quý")
    if rrule is None:
        return None
    end, rrule, exact = _until(reading, match.end(), rrule, exact)
    return Found(
        sequence.start, end, "recurring", f"recurring.{rule.name.removeprefix('tail_')}", 0.96, rrule=rrule, rrules=exact,
        side=sequence.side, grain=grain, inclusive=sequence.side != "before", review=review,
    )  # fmt: skip


def _of_monthly_report(reading: Reading, sequence: Sequence) -> Found | None:
    """ "báo cáo tháng (ngày 22)", "hằng tháng chốt số liệu trước ngày 20": a day of the month without a month."""
    if not all(p.partial for p in sequence.points):
        return None
    monthly = rules(BOOK)["left_monthly"].pattern.search(reading.left(sequence.start))
    if monthly is None:
        return None
    rrule, exact, review = _of_sequence(sequence, (monthly.group("per") or monthly.group("per2")).lower())
    return Found(
        sequence.start, sequence.end, "recurring", "recurring.of_report", 0.85, rrule=rrule, rrules=exact, side=sequence.side,
        grain="day", inclusive=sequence.side != "before", review=review,
    )  # fmt: skip


def _until(reading: Reading, end: int, rrule: str, exact: tuple[str, ...]) -> tuple[int, str, tuple[str, ...]]:
    found = rules(BOOK)["tail_until"].pattern.match(reading.text, end)
    if not found:
        return end, rrule, exact
    limit = f";UNTIL={found.group('y')}1231"
    return found.end(), rrule + limit, tuple(r + limit for r in exact)


def _best(reading: Reading, at: int) -> tuple[Rule, regex.Match[str]] | None:
    best: tuple[Rule, regex.Match[str]] | None = None
    for rule in rules_at(BOOK, reading.text, at):
        found = rule.pattern.match(reading.text, at)
        if found and (best is None or found.end() > best[1].end()):
            if rule.value.get("left") == "report" and not (
                reading.fields.covering(at) or matches_left(BOOK, "left_report", reading.left(at))
            ):
                continue
            if rule.value.get("where") == "field" and not reading.fields.covering(at):
                continue
            if rule.value.get("left") in ("weekly", "no_count") and not matches_left(BOOK, f"left_{rule.value['left']}", reading.left(at)):
                continue
            if rule.name == "weekday_bare" and found.start("day") == at and found.group("day").split()[-1][0].islower():
                continue  # "thứ hai là giao việc" counts
            if rule.value.get("left") == "cycle" and not matches_left(BOOK, "left_cycle", reading.text[max(0, at - _CYCLE) : at]):
                continue
            best = (rule, found)
    return best


def _ordinal_weekdays(words: str) -> str:
    """ "thứ Hai đầu tiên và thứ Hai thứ ba của tháng" as BYDAY=1MO,3MO."""
    codes = {row["text"]: row["byday"] for row in lexicon("time_weekdays")}
    week = rf"(?:({alternation(list(codes))})(?:\s+tuần)?|(?:,|và)\s+tuần)\s+(?:thứ\s+)?(đầu|cuối|nhất|hai|ba|tư|[1-4])(?!\w)"
    days = re.findall(week, words.lower())
    named, out = "", []
    for day, nth in days:  # «thứ Năm tuần thứ hai và tuần thứ tư» names its day once
        named = codes.get(" ".join(day.split()), named)
        out.append(f"{WEEKS[nth]}{named}")
    return "FREQ=MONTHLY;BYDAY=" + ",".join(out)


def _simple(rule: Rule, match: regex.Match[str]) -> Found | None:
    """A recurrence without a day of its own."""
    words, read = match.group(), rule.value["read"]
    found = Found(match.start(), match.end(), "recurring", f"recurring.{rule.name}")
    if read == "units":
        cycles = ("FREQ=YEARLY",) if rule.name == "season_each_year" else _units_in(words)
        if not cycles:
            return None
        found.rrule, found.rrules = cycles[0], cycles if len(cycles) > 1 else ()
        slash = rules(BOOK).pattern("slash_of_cycles").search(words)
        found.review = (AMBIGUOUS,) if slash else ()
    elif read == "times":
        written = match.groupdict()
        times = number(written["times"] or written.get("times2") or "")
        found.rrule, found.rrules, found.review = _times(times, match.group("per").lower())
    elif read == "weekday":
        codes = {row["text"]: row["byday"] for row in lexicon("time_weekdays")}
        named = re.findall(alternation(list(codes)), " ".join(words[match.start("day") - match.start() :].lower().split()))
        found.rrule = f"FREQ=WEEKLY;BYDAY={','.join(dict.fromkeys(codes[day] for day in named))}"
        found.side = "before" if words.lower().startswith("trước") else None
    elif read == "month_weekday":
        found.rrule = _ordinal_weekdays(words)
        found.side = "before" if words.lower().startswith("trước") else None
    elif read == "point":
        per = match.group("per").lower()
        same = re.findall(r"(?:đầu|giữa|cuối|kết thúc) ", " ".join(words.lower().split()))
        unstated = "kỳ" in per or "kì" in per or per.startswith(("khóa", "mùa", "vụ", "đợt")) or len(same) > 1
        found.rrule = None if unstated else rule_of(per.split()[0])
        found.review = () if found.rrule else (UNSTATED,)
    elif read == "per":
        found.rrule = rule_of(match.group("per").split()[0])
        if position := match.groupdict().get("of_quarter"):  # «tuần thứ hai của tháng cuối quý»
            found.rrule = f"FREQ=YEARLY;BYMONTH={_QUARTER_MONTHS[position.lower()]}"
    elif read == "hours":
        every = number(match["every"] or "")
        found.rrule = ("FREQ=MINUTELY" if match["clock"] == "phút" else "FREQ=HOURLY") + (f";INTERVAL={every}" if every > 1 else "")
    elif read == "daily":
        found.rrule, found.inclusive = "FREQ=DAILY", not words.lower().startswith("trước")
        found.side = None if found.inclusive else "before"
    elif read == "weekdays":
        found.rrule = f"FREQ=WEEKLY;{_WEEK}"
    elif read == "working_day":
        per = match.group("per") or match.group("every")
        found.rrule = _working_day_rule(per.lower(), "1" if match.group("pos").lower().startswith("đầu") else "-1")
    else:
        found.review = (UNSTATED,)
    if found.review:
        found.confidence = 0.85
    return found


_WEEK = "BYDAY=MO,TU,WE,TH,FR"


def _working_day_rule(per: str, position: str) -> str:
    if per == "tuần":
        return f"FREQ=WEEKLY;BYDAY={'MO' if position == '1' else 'FR'}"
    if per in ("quý", "quí"):
        return f"FREQ=YEARLY;BYMONTH={_QUARTER_MONTHS['đầu' if position == '1' else 'cuối']};{_WEEK};BYSETPOS={position}"
    if per == "năm":
        return f"FREQ=YEARLY;BYMONTH={'1' if position == '1' else '12'};{_WEEK};BYSETPOS={position}"
    return f"FREQ=MONTHLY;{_WEEK};BYSETPOS={position}"


def _refined(reading: Reading, found: Found) -> Found:
    """``hằng năm, trước ngày 15/12``; ``định kỳ vào ngày 20 hằng tháng``: the date that follows belongs to the recurrence."""
    text = reading.text
    if found.rrule is None and text.startswith(" ", found.end) and (times := _best(reading, found.end + 1)):
        often = _simple(*times) if times[0].value["read"] == "times" else None
        if often:  # «định kỳ | ít nhất 02 ngày trong một tháng» is one expression
            return _joined(text, found, often)
    join = rules(BOOK).pattern("date_joint").match(text, found.end)
    at = join.end() if join else found.end
    if at == found.end or at >= len(text):
        return found
    if found.rrule == "FREQ=WEEKLY" and (weekday := _best(reading, at)) and weekday[0].value["read"] == "weekday":
        day = _simple(*weekday)  # "hằng tuần (trước 15 giờ thứ Tư)" is one expression
        return _joined(text, found, day) if day else found
    sequence = read_sequence(text, at, part=True)
    if sequence is None or sequence.ranged:
        return found
    inside = "(" in text[found.end : at]
    if inside and text[sequence.end : sequence.end + 1] == ",":
        return found  # «3 lần/năm học (đầu năm, cuối học kỳ I, cuối năm)»: a list of its own
    bare = sequence.side is None and not sequence.points[0].partial and not inside
    if bare and found.rrule is not None:
        return found
    inner = _with_tail(reading, sequence)
    if inner is not None and found.rrule is not None and _SAME_CYCLE.get(inner.rule) != found.rrule:
        return found  # two expressions: "định kỳ 06 tháng (trước ngày 10/6 và ngày 10/12 hằng năm)"
    if inner is None:
        if found.rrule is None and sequence.points[0].partial:
            return found
        per = "năm"
        if found.rrule and all(p.partial for p in sequence.points):
            per = {"FREQ=MONTHLY": "tháng", "FREQ=MONTHLY;INTERVAL=3": "quý"}.get(found.rrule, "năm")
        rrule, exact, review = _of_sequence(sequence, per)
        if rrule is None:
            return found
        inner = Found(at, sequence.end, "recurring", "recurring.with_date", 0.9, rrule=rrule, rrules=exact, review=review)
        inner.side, inner.grain = sequence.side, sequence.points[-1].grain
        inner.inclusive = sequence.side != "before"
    return _joined(text, found, inner)


def _joined(text: str, found: Found, inner: Found) -> Found:
    """``inner`` as what refines ``found``, with its brackets: "hằng quý (trước ngày 25 tháng cuối quý)"."""
    if "(" in text[found.end : inner.start] and text[inner.end : inner.end + 1] == ")":
        inner.end += 1
    inner.start = found.start
    return inner


def _attribute(reading: Reading, at: int, end: int) -> bool:
    """ "không định kỳ", "bài kiểm tra định kỳ cuối học kỳ", "tại phiên họp định kỳ tháng 9/2026", "tổ chức chương trình … định kỳ
    tháng 8/2026": no cycle of a duty."""
    left = reading.left(at)
    after = at + len("định kỳ")
    tested = rules(BOOK)["right_term_test"].pattern.match(reading.text, after) is not None
    tested = tested and not reading.opens_clause(at) and not matches_left(BOOK, "left_told_of", left)
    named = tested or matches_left(BOOK, "left_test", left) or matches_left(BOOK, "left_negated", left)
    held = matches_left(BOOK, "left_sitting", left) or matches_left(BOOK, "left_held", left)
    dated = held and rules(BOOK)["right_month"].pattern.match(reading.text, end) is not None
    health = end - at < len("định kỳ ") and matches_left(BOOK, "left_checkup", left)
    return named or dated or health or left.lower().endswith(("không ", "thời "))


def _names_kind(reading: Reading, at: int, end: int) -> bool:
    """«danh mục vị trí phải | định kỳ | chuyển đổi», «Việc kiểm tra | định kỳ | phải được …»: which posts, what kind of check."""
    if matches_left(BOOK, "left_which_must", reading.left(at)):
        return True
    named = matches_left(BOOK, "left_subject_noun", reading.text[max(0, at - LONG_WINDOW) : at].rpartition("\n")[2])
    return named and rules(BOOK)["right_of_subject"].pattern.match(reading.text, end) is not None


def read_recurrence(reading: Reading, at: int) -> Found | None:
    """The recurrence that begins at ``at``, with the date that refines it."""
    best = _best(reading, at)
    if best is None:
        return None
    rule, match = best
    words = match.group().lower()
    if words.endswith("ngày") and matches_left(BOOK, "left_attribute", reading.left(at)):
        return None
    attributes: tuple[str, ...] = ("left_within", "left_rate") if rule.name == "every" and not reading.fields.covering(at) else ()
    spared = "left_provides" if "năm" in words else "left_published"
    if attributes and not matches_left(BOOK, spared, reading.left(at)):
        attributes = ("left_allotted", *attributes)
    if rule.value["read"] == "times" and not reading.fields.covering(at):
        attributes = (*attributes, "left_capped")
    if any(matches_left(BOOK, name, reading.left(at)) for name in attributes):
        return None
    if rule.value["read"] in ("unspecified", "point") and _attribute(reading, at, match.end()):
        return None
    if rule.name == "unspecified" and not reading.fields.covering(at) and _names_kind(reading, at, match.end()):
        return None
    if rule.value["read"] in ("units", "unspecified") and qualifies_noun(reading, at, match.end()):
        return None
    if rule.name == "per_unit" and not reading.fields.covering(at) and matches_left(BOOK, "left_plan", reading.left(at)):
        return None
    if rule.name == "working_day_end" and reading.left(at).rstrip()[-1:].isdigit():
        return None  # "trong 5 ngày làm việc đầu tiên của tháng" is a stretch of days
    found = _simple(rule, match)
    if found is None:
        return None
    if rule.value["read"] in ("units", "unspecified", "times"):
        found = _refined(reading, found)
    if found.rrule == "FREQ=DAILY" and found.end == match.end():
        hour = rules(BOOK)["tail_hour"].pattern.match(reading.text, found.end)
        if hour:
            found.end = hour.end() + ("(" in hour.group() and reading.text[hour.end() : hour.end() + 1] == ")")
    if found.rrule and found.end == match.end():
        found.end, found.rrule, found.rrules = _until(reading, found.end, found.rrule, found.rrules)
    return found
