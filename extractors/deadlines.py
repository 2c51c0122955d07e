"""Deadlines and times of duties (thời hạn): what says when something is to be done, or how often.

One scan finds the words with which a time expression can begin; only there the grammar runs: points in time
(``time_points``), recurrences, terms counted from an event, triggers. A date that is no deadline (date of issue, subject
year of a report, day of effect, age, horizon of a policy) stays out. Years that are not written come from the day the document
was issued, never from a clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import regex

from extractors.plan import Node, Plan
from extractors.remembered import Remembered
from extractors.rulebook import lexicon, rules
from extractors.signs import lowered
from extractors.tables import task_tables
from extractors.time_bans import forbidden_items
from extractors.time_calendar import lunar_new_year
from extractors.time_claims import claim_days
from extractors.time_columns import but_periods, time_cells
from extractors.time_events import read_event
from extractors.time_found import Found, Reading, Spans
from extractors.time_governs import governs, never
from extractors.time_points import Point, read_sequence, with_year
from extractors.time_points import Sequence as Points
from extractors.time_ranges import NO_YEAR, adjoining, date_text, from_now_on, named_end, range_of, review_of, to_named_day
from extractors.time_recurring import before_cycle, read_recurrence, read_recurring_sequence
from extractors.time_relative import read_relative
from extractors.trailers import parse
from extractors.unit_words import fold, whole
from extractors.who_when import note_at_end
from schemas.record import Deadline

_ZONES = frozenset({"body", "closing", "annex", "footnote"})
_LABEL, _FIELD = 80, 300
_BESIDE = frozenset({"day", "month", "week", "month-part", "quarter"})
_TERMS = frozenset({"school-year", "school-term"})
_JOINT = re.compile("&")
_NEXT = ("sau", "tới")
"""Years told from the one before, which recur with it."""


@cache
def _firsts() -> frozenset[str]:
    """Folded words with which a time expression can begin."""
    counted = [row["text"].split()[0] for row in lexicon("time_numbers")]
    return frozenset(fold(word) for word in (*rules("deadlines")["scan"].value["firsts"], *counted))


def _may_begin(word: str) -> bool:
    """Whether a time expression may begin with a folded word: one of the words of the scan, one of those that hold more than letters
    («T10», «2026», «v.v»), or one on which its number is stuck («quýII»)."""
    if word in _firsts() or (not word.isalpha() and word[0].isalnum()):
        return True
    return word.startswith(tuple(rules("deadlines")["scan"].value["stuck"]))


_begins_time = Remembered(_may_begin)


def _hits(text: str) -> Iterator[regex.Match[str]]:
    """What ``finditer`` of the scan gives, asked only of words with which a time expression may begin: to try it at every letter takes
    a third of the whole reading."""
    scan, low = rules("deadlines")["scan"].pattern, lowered(text)
    words, starts = whole(text)
    opening = {word for word in set(words.low) if _begins_time[word]}
    begins = [at for at, word in zip(starts, words.low, strict=True) if word in opening]
    if "&" in text:
        begins = sorted({*begins, *(m.end() for m in _JOINT.finditer(text))})
    after = 0
    for at in begins:
        found = scan.match(low, at) if at >= after else None
        if found:
            cut = _cell_end(text, at, found.end())
            after = found.end() if cut is None else cut
            yield found


def _cell_end(text: str, start: int, end: int) -> int | None:
    """The end of a cell or line between two places; no time goes on over it («2 | Tháng 9/2026» is no 2nd of September)."""
    for sign in "\t\n":
        if (at := text.find(sign, start, end)) >= 0:
            return at
    return None


def _dated(reading: Reading, sequence: Points, point: Point, start: int) -> Found:
    """One point of a sequence as a deadline."""
    side = point.side or sequence.side
    year_written = point.year is not None or point.relative_year is not None
    point = with_year(point, reading.issued)
    review = review_of(point)
    found = Found(start, point.end, "date", f"date.{side or 'bare'}.{point.rule}", 0.97, side=side, grain=point.grain, review=review)
    instant = point.lo == point.hi
    if point.end_year and point.end_year != point.year:
        found.kind = "range"
        found.start_on, found.due = date_text(point.year, point.lo), date_text(point.end_year, point.hi)
        if side == "from" and point.grain in _TERMS:
            found.due = None  # "từ năm học 2026-2027" has no end
    elif side == "from":
        found.kind, found.start_on = "range", date_text(point.year, point.lo)
        onwards = rules("deadlines")["onwards"].pattern.match(reading.text, found.end)
        found.end = onwards.end() if onwards else found.end
    elif side == "after":
        last = date_text(point.year, point.hi)
        found.kind, found.start_on = "range", (date.fromisoformat(last) + timedelta(1)).isoformat() if last else None
    elif side == "before":
        # "trước tháng 6/2025" is due before the first day of the month, as "trước ngày 29/8" is due before that day.
        found.due, found.inclusive = date_text(point.year, point.lo), False
    else:
        found.due = date_text(point.year, point.hi)
        if side != "by" and not instant:
            found.start_on = date_text(point.year, point.lo)
    if "(" in reading.text[start : found.end] and ")" not in reading.text[start : found.end] and reading.text.startswith(")", found.end):
        found.end += 1  # "thứ Sáu (ngày 20/3/2026)"
    if (not year_written or point.relative_year in _NEXT) and point.hi and instant:  # «hằng năm, … trước ngày 10/01 năm sau»
        found.days = (point.hi,)
    if review:
        found.confidence = 0.7
    return found


def _beside_range(reading: Reading, sequence: Points) -> list[Found]:
    """«từ ngày 02/3 đến ngày 13/3/2026 và tháng 9/2026»: days or months that a range has beside it, each a time of its own."""
    joint = rules("deadlines")["also"].pattern.match(reading.text, sequence.end) if sequence.ranged else None
    more = read_sequence(reading.text, joint.end()) if joint and joint.group().strip(" ,") == "và" else None
    if more is None or more.side or more.ranged or any(p.side or p.partial or p.grain not in _BESIDE for p in more.points):
        return []
    return [] if read_recurring_sequence(reading, more) else [_dated(reading, more, p, p.start) for p in more.points]


def _read_points(reading: Reading, at: int) -> tuple[list[Found], int]:
    """Deadlines of the points that begin at ``at``, and where reading goes on: past a bound date that is none."""
    field = reading.fields.covering(at) is not None
    sequence = read_sequence(reading.text, at, in_field=field, part=True)
    if sequence is None:
        return from_now_on(reading, at)
    sequence = before_cycle(reading, sequence)
    recurring = read_recurring_sequence(reading, sequence)
    if recurring:
        return [recurring], recurring.end
    if any(p.partial for p in sequence.points):
        whole = read_sequence(reading.text, at, in_field=field)
        if whole is None:
            return [], sequence.points[-1].start if len(sequence.points) > 1 else at
        sequence = whole
    fraction = rules("deadlines")["fraction"].pattern.match(reading.text, at)
    if fraction or (not field and not governs(reading, sequence)) or (field and never(reading.left(at))):
        return [], sequence.end if sequence.side else sequence.points[-1].start
    if sequence.ranged or sequence.from_now or adjoining(sequence):
        return _lunar(reading.text, [range_of(reading, sequence), *_beside_range(reading, sequence)])
    if sequence.side == "from" and len(sequence.points) == 1 and (end := named_end(reading.text, sequence.end)):
        found = to_named_day(reading, sequence, end) or _dated(reading, sequence, sequence.points[0], sequence.start)
        found.end = end
        return [found], end
    starts = [sequence.start] + [p.start for p in sequence.points[1:]]
    return _lunar(reading.text, [_dated(reading, sequence, p, s) for p, s in zip(sequence.points, starts, strict=True)])


def _lunar(text: str, found: list[Found]) -> tuple[list[Found], int]:
    """«ngày 10/3 âm lịch»: a day of the moon has no date of the sun; each year it recurs. Days before it in a series are of the same
    calendar unless they alone say their year («ngày 15/02/2026 và 10/3 âm lịch»)."""
    said = rules("deadlines")["lunar"].pattern.match(text, found[-1].end)
    if said is None:
        return found, found[-1].end
    for item in found:
        if item.days or not found[-1].days:
            item.start_on, item.due, item.days, item.grain, item.review = None, None, (), "", ()
            if said["yearly"]:
                item.kind, item.rrule = "recurring", "FREQ=YEARLY"
    found[-1].end = said.end()
    return found, said.end()


def _lunar_day(reading: Reading, at: int) -> Found | None:
    """«trước ngày 15 tháng Chạp», «từ ngày 23 tháng Chạp đến mùng 6 tháng Giêng»: months that only the moon's calendar has."""
    day = rules("deadlines")["lunar_day"].pattern.match(reading.text, at)
    if day is None or never(reading.left(at)):
        return None
    side = "before" if day["before"] else "from" if day["from"] else "by"
    found = Found(at, day.end(), "range" if day["from"] else "date", "date.lunar", 0.85, side=side, inclusive=side != "before")
    if day["yearly"]:
        found.kind, found.rrule = "recurring", "FREQ=YEARLY"
    return _lunar(reading.text, [found])[0][0]


def _tet(reading: Reading, at: int) -> Found | None:
    """«trước Tết Nguyên đán Bính Ngọ 2026»: with its year the feast is a day of the calendar."""
    said = rules("deadlines")["tet_of_year"].pattern.match(reading.text, at)
    day = lunar_new_year(int(said["y"])) if said and read_event(reading, at) else None
    if said is None or day is None:
        return None
    found = Found(at, said.end(), "date", "date.tet", 0.85, side="before", grain="day", inclusive=False)
    found.due = day.isoformat()
    return found


def _whole_year(reading: Reading, at: int) -> list[Found]:
    """``Cả năm 2025``, ``Trong năm`` in a time field."""
    found = rules("deadlines")["whole_year"].pattern.match(reading.text, at) if reading.fields.covering(at) else None
    if not found:
        return []
    written = found.groupdict().get("y")
    year = int(written) if written else (reading.issued.year if reading.issued else None)
    item = Found(at, found.end(), "date", "date.whole_year", 0.8, side="in", grain="year", review=() if year else (NO_YEAR,))
    item.start_on, item.due = date_text(year, (1, 1)), date_text(year, (12, 31))
    return [item]


def _read(reading: Reading, at: int, what: str) -> tuple[list[Found], int]:
    """The longest reading that begins at ``at``, and where to go on."""
    if what == "event":
        event = read_event(reading, at)
        term = read_relative(reading, at)
        event = term if term and term.due and (event is None or term.end >= event.end) else event
        return ([event], event.end) if event else ([], at)
    points, end = _read_points(reading, at)
    candidates = [points]
    for reader in (read_recurrence, read_relative, _tet, read_event, _lunar_day):
        one = reader(reading, at)
        counted = candidates[-1] and candidates[-1][0].rule == "relative.before_event"
        if one and not (counted and one.kind == "event"):  # "trước kỳ họp 15 ngày gửi tài liệu": the count ends the time
            candidates.append([one])
    candidates.append(_whole_year(reading, at))
    best = max(candidates, key=lambda c: c[-1].end if c else -1)
    return best, best[-1].end if best else end


def _find(reading: Reading) -> list[Found]:
    found: list[Found] = []
    last = 0
    for hit in _hits(reading.text):
        at = hit.start()
        if at < last or reading.masks.covering(at):
            continue
        what = hit.lastgroup or "time"
        items, last = _read(reading, at, what)
        if items and (cut := _cell_end(reading.text, at, items[-1].end)) is not None:
            items, last = _read(replace(reading, text=reading.text[:cut]), at, what)
        found.extend(i for i in items if i.kind in ("event", "relative") or not reading.masks.touches(i.start, i.end))
    return claim_days(reading.text, found)


def _field_spans(text: str) -> list[tuple[int, int]]:
    """What follows ``Thời gian thực hiện:`` up to the end of the cell, clause or line, wherever it stands."""
    spans: list[tuple[int, int]] = []
    label = rules("deadlines")["field_label"].pattern
    colon = text.find(":")
    while colon >= 0:
        # Labels are short: looking back from the colons is far cheaper than searching the text for labels.
        begin = max(colon - _LABEL, text.rfind("\n", 0, colon) + 1, text.rfind("\t", 0, colon) + 1, 0)
        found = label.search(text, begin, min(len(text), colon + 8))
        if found and found.end() > colon:
            limit = min(len(text), found.end() + _FIELD)
            stops = [k for k in (text.find(c, found.end(), limit) for c in ("\n", "\t", ";")) if k >= 0]
            spans.append((found.end(), min(stops, default=limit)))
        colon = text.find(":", colon + 1)
    return spans


def find_deadlines(
    text: str,
    *,
    issued_on: str | None = None,
    issued_in: date | None = None,
    masks: Sequence[tuple[int, int]] = (),
    fields: Sequence[tuple[int, int]] = (),
    bans: Sequence[tuple[int, int]] = (),
) -> tuple[Deadline, ...]:
    """Deadlines of canonical text (NFC, one paragraph a line) in reading order, with ids d1, d2 ….

    ``issued_on``: ISO date that gives years which are not written; ``issued_in``: first day of the month or year of issue where the
    day is left blank. ``masks``: spans of citations, whose dates are no deadlines.
    ``fields``: spans known to hold nothing but a time (cells of a time column, trailers); labels such as "Thời gian:" are
    found without. ``bans``: items that name forbidden acts, whose events are circumstances.
    """
    issued = date.fromisoformat(issued_on) if issued_on else issued_in
    reading = Reading(text, issued, Spans(masks), Spans([*fields, *_field_spans(text)]), bool(issued_on), Spans(bans))
    return tuple(_deadline(text, item, n) for n, item in enumerate(_find(reading), 1))


def _deadline(text: str, item: Found, number: int) -> Deadline:
    return Deadline(
        id=f"d{number}", start=item.start, end=item.end, text=text[item.start : item.end], rule=f"deadlines.{item.rule}",
        confidence=item.confidence, review=item.review, kind=item.kind, start_on=item.start_on, due=item.due,
        inclusive=item.inclusive, rrule=item.rrule, rrules=item.rrules, side=item.side, grain=item.grain, anchor=item.anchor,
        working_days=item.working_days,
    )  # fmt: skip


def _plan_fields(plan: Plan) -> list[tuple[int, int]]:
    """Cells of time columns, and trailers and headings («Thứ Hai (02/3/2026)») that the outline knows as times."""
    spans = time_cells(plan, "time_column")
    spans += [span for table in task_tables(plan) for row in table.rows for span in row.cells.get("time", ())]
    spans, dated, work = sorted(set(spans)), rules("structure").pattern("dated_heading"), rules("duties").pattern("work_heading")
    for node in plan.nodes:
        if node.role == "trailer":
            body, end = plan.paragraphs[node.index].body, plan.paragraphs[node.index].end
            spans += [(body, end)] if node.field == "time" else [(f.start, f.end) for f in parse(plan.text, body, end) if f.field == "time"]
        elif node.role in {"item", "text"} or (node.role == "heading" and plan.text[plan.paragraphs[node.index].end - 1] in ").;"):
            note = note_at_end(plan.text, plan.paragraphs[node.index].body, plan.paragraphs[node.index].end)
            spans += [(a, b) for role, a, b in note.told.parts if role == "time"] if note else []
        if node.role == "heading" and (found := dated.match(plan.words(plan.paragraphs[node.index]))):
            body = plan.paragraphs[node.index].body
            spans.append((body + found.start("when"), body + found.end("when")))
        elif node.role == "heading" and (named := work.match(plan.words(plan.paragraphs[node.index]))):
            body, end = plan.paragraphs[node.index].body, plan.paragraphs[node.index].end
            if (named["does"] or named["always"]) and not _horizon(plan, node):
                spans.append((body + named.end(), end))  # «Các việc hoàn thành trong tháng 5», «Nhiệm vụ thường xuyên»
    return spans


def _horizon(plan: Plan, node: Node) -> tuple[int, int] | None:
    """«NHIỆM VỤ, GIẢI PHÁP THỰC HIỆN TỪ NAY ĐẾN NĂM 2030»: how far a policy reaches, at the end of a title; nothing is due then."""
    paragraph = plan.paragraphs[node.index]
    found = rules("deadlines").pattern("horizon_of_title").search(plan.text, paragraph.body, paragraph.end)
    return found.span() if found else None


def _holds_duties(plan: Plan, index: int) -> bool:
    paragraph = plan.paragraphs[index]
    if (plan.zones and plan.zones[index] not in _ZONES) or paragraph.header:
        return False
    words = plan.words(paragraph)
    titles = rules("structure").pattern("dated_heading"), rules("duties").pattern("work_heading")
    if words.isupper() and any(title.match(words) for title in titles):
        return True  # «NGÀY 03/3/2026», «CÁC VIỆC PHẢI HOÀN THÀNH TRONG THÁNG 5/2026» over what is done then
    return not words.isupper() and not rules("deadlines")["closing_formula"].pattern.match(words)


def _procedure_names(plan: Plan) -> list[tuple[int, int]]:
    """"1. Kiểm tra khi có dấu hiệu vi phạm", "4. Khi có đoàn thanh tra": what a heading without a stop calls a procedure or an inspection;
    and the stages that two or more headings part one into ("1. Trước khi tiến hành thanh tra", "2. Sau khi kết thúc")."""
    spans: list[tuple[int, int]] = []
    stages: list[tuple[int, int]] = []
    named, stage, case = (rules("deadlines")[name].pattern for name in ("named_with_when", "stage_title", "case_title"))
    for node in plan.nodes:
        if node.role == "heading":
            paragraph = plan.paragraphs[node.index]
            found = case.fullmatch(plan.text, paragraph.body, paragraph.end) or named.search(plan.text, paragraph.body, paragraph.end)
            spans += [(found.start(), found.end())] if found else []
            stages += [(paragraph.body, paragraph.end)] if stage.fullmatch(plan.text, paragraph.body, paragraph.end) else []
    return spans + (stages if len(stages) > 1 else [])


def _issued_in(plan: Plan) -> date | None:
    """First day of the month (or year) of a header whose day is left blank: "…, ngày     tháng 8 năm 2026"."""
    for paragraph, zone in zip(plan.paragraphs, plan.zones, strict=False):
        found = rules("identity").pattern("place_date").match(plan.words(paragraph)) if zone == "header" else None
        if found and found["year"]:
            month = int(found["month"] or 1)
            return date(int(found["year"]), month if 1 <= month <= 12 else 1, 1)
    return None


def extract_deadlines(plan: Plan) -> tuple[Deadline, ...]:
    """Deadlines of a plan, from the parts that can hold duties; everywhere where its zones are not known."""
    fields = _plan_fields(plan)
    masks = [(c.start, c.end) for c in plan.citations]
    masks += time_cells(plan, "other_column") + _procedure_names(plan)
    masks += [span for node in plan.nodes if node.role == "heading" and (span := _horizon(plan, node))]
    if plan.paragraphs:
        masks += [part for i, p in enumerate(plan.paragraphs) if not _holds_duties(plan, i) for part in but_periods(p, fields)]
    on = plan.document.issued_on
    month, bans = None if on else _issued_in(plan), forbidden_items(plan)
    return find_deadlines(plan.text, issued_on=on, issued_in=month, masks=masks, fields=fields, bans=bans)


__all__ = ["extract_deadlines", "find_deadlines"]
