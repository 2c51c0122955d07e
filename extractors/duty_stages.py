"""Times that a heading or lead-in says for the work below it: of a stage, a day, a list, or behind those who do it.

The days of a stage or calendar heading («Bước 1 (từ … đến …)», «Tháng 10/2025») stand before the duty's own that fall within them, as the
time of a trailer stands beside that of the body: both govern. Any other time handed down is for what names no day of its own. Source:
GUIDE, deadlines.
"""

from __future__ import annotations

from extractors.duty_reading import TITLE, Reading, span_of
from extractors.rulebook import rules
from extractors.unit_headings import heading_of
from schemas.record import Deadline

Times = tuple[str, ...]


class Stage(tuple[str, ...]):
    """Times of the heading of a stage, a month or a day: they hold beside the days of the duties below it."""

    __slots__ = ()


def stage_times(plan: Reading) -> dict[int, Times]:
    """Times of the heading that stands nearest above each node and says when what is below it is done."""
    return plan.handed_down(lambda index: _times(plan, index, plan.times))


def within(plan: Reading, above: Times, own: Times) -> bool:
    """Whether the days of a duty fall within those of its stage; a day beyond them is a time of its own."""
    if not isinstance(above, Stage):
        return False
    handed, said = ([plan.times[i] for i in ids] for ids in (above, own))
    if not handed or any(d.grain == "year" for d in handed):
        return False  # «Năm 2026» over a day of the year tells nothing more
    first, last = min(d.start_on or "" for d in handed), max(d.due or "9" for d in handed)
    return all(first <= d.due <= last for d in said if d.due and d.kind in {"date", "range"})


def _times(plan: Reading, index: int, known: dict[str, Deadline]) -> Times | None:
    """What node ``index`` says itself; () for a stage that tells no day."""
    start, end = span_of(plan, plan.nodes[index])
    words = plan.text[start:end]
    held = [known[d] for d in plan.deadline_places.inside(start, end) if d in known]
    if rules("duties").pattern("stage_heading").search(words) or rules("structure").pattern("dated_heading").match(words):
        days = [d.id for d in held if d.kind in {"date", "range"}]
        return Stage(days) if days else tuple(d.id for d in held if d.kind == "event" and _ends(plan.text, d, end))
    if rules("duties").pattern("done_by_heading").search(words):
        return tuple(d.id for d in held if d.kind in {"date", "range"})
    if not held:
        return None
    found = _titled(plan.text, start, end, held) or (_governs(plan.text, start, end, held) if plan.nodes[index].lead_in else [])
    found = found or _in_brackets(plan.text, start, end, held) or _behind_doers(plan.text, start, end, held)
    return tuple(d.id for d in found) or None


def _titled(text: str, start: int, end: int, held: list[Deadline]) -> list[Deadline]:
    """«Các việc phải hoàn thành trong tháng 10/2025», «Thường xuyên», «Sau mùa mưa bão»: a heading that says when the work below it is
    done and nothing else."""
    last = held[-1]
    if end - start > TITLE or not _ends(text, last, end):
        return []
    alone = len(held) == 1 and last.start == start
    if alone or last.kind == "event":
        return held if alone else []
    named = rules("duties").pattern("work_heading").match(text[start:end])
    return held if named and any(d.start == start + named.end() for d in held) else []


def _ends(text: str, told: Deadline, end: int) -> bool:
    """Whether a title ends with a time, but for words that open its list."""
    return rules("duties").pattern("ends_heading").match(text[told.end : end]) is not None


def _governs(text: str, start: int, end: int, held: list[Deadline]) -> list[Deadline]:
    """«Thư viện hoàn thành các việc sau trong quý III/2026:», «…, xong trước ngày 30/6, cụ thể:»: a time that ends a lead-in to work, or
    opens one («Trong vòng 10 ngày …, Sở A thực hiện các việc sau:»)."""
    if not rules("duties").pattern("opens_list").search(text[start:end]):
        return []
    closes = rules("duties").pattern("time_of_list")
    at_end = [d for d in held[-1:] if closes.match(text[d.end : end])]
    return at_end or [d for d in held[:1] if d.start - start <= 1]


def _in_brackets(text: str, start: int, end: int, held: list[Deadline]) -> list[Deadline]:
    """«2. Hạ tầng số (Sở A chủ trì; hoàn thành năm 2026)»: behind who does it, in the brackets that end a title."""
    inside = rules("duties").pattern("assigned_in_brackets").search(text, start, end) if end - start < 2 * TITLE else None
    first = next((i for i in range(*inside.span("inside")) if text[i] in ";,"), end) if inside else end
    return [d for d in held if first <= d.start and d.end <= end]


def _behind_doers(text: str, start: int, end: int, held: list[Deadline]) -> list[Deadline]:
    """«Sở A, trong quý I/2026:», «Sở A thực hiện trong năm 2026:», «Sở A thường xuyên:»: behind its addressee, at its end."""
    last, book = held[-1], rules("duties")
    if end - start > TITLE or last.kind == "event" or not book.pattern("time_of_list").match(text[last.end : end].rstrip(" :") + ":"):
        return []
    found = heading_of(text, start, end)
    at = found.spans[-1][1] if found else end
    return [last] if at <= last.start and book.pattern("doers_to_time").match(text[at : last.start]) else []
