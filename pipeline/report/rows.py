"""Rows that the reports share: one duty with everything a reader asks of it, in words."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from extractors.rulebook import rules
from pipeline.report.cycles import in_words
from pipeline.report.days import Due, coming, due_days
from pipeline.report.places import Spots
from pipeline.report.texts import Texts, vn_date
from schemas.record import Deadline, Duty, Finding, Record, Region

HIGH, MEDIUM = 0.9, 0.75
"""Confidence from which a row is called sure, and fairly sure; below the second a person should look."""


class Unread(Protocol):
    """A file that could not be read, as the store lists it or as the error says."""

    @property
    def code(self) -> str: ...
    @property
    def message(self) -> str: ...
    @property
    def remedy(self) -> str: ...


def unread_name(failure: Unread) -> str:
    """Place of the file in the delivery."""
    return str(getattr(failure, "name", None) or getattr(failure, "path", None) or "")


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty as the register shows it. ``due``: earliest last day; ``coming``: those of a cycle one after another.
    ``doubtful``: a person should look."""

    duty: Duty
    record: Record
    code: str
    document: str
    page: int | None
    line: int | None
    where: str
    deadline: str
    due: date | None
    coming: tuple[date, ...]
    due_how: str
    cycle: str
    basis: str
    confidence: str
    doubtful: bool
    missing: str
    remark: str


def document_name(record: Record, t: Texts) -> str:
    """Number and symbol; a document without one by its file, said so."""
    return record.document.key or t("register.no_number", name=file_name(record))


def file_name(record: Record) -> str:
    """File, with the part where one file holds several documents."""
    return f"{record.source.name} [{record.source.part}]" if record.source.part else record.source.name


def parents(record: Record) -> tuple[str, ...]:
    """Keys of the immediate parents."""
    return tuple(dict.fromkeys(link.target for link in record.links if link.parent))


def in_file_order(record: Record) -> list[Duty]:
    """Duties as they stand in the text."""
    return sorted(record.duties, key=lambda d: (d.start, d.end, d.id))


def leaderless(duty: Duty) -> bool:
    """Nobody is named to do it. A sanction has an offender and needs no lead."""
    return not duty.lead and duty.modality != "sanction"


_WORK = frozenset({"obligation", "request"})
"""Modalities of what has to be done by some day; a ban, a right or a sanction stands without one and makes nothing."""
_WORK_ONLY = frozenset({"time", "product"})


def timeless(duty: Duty) -> bool:
    """Work without any deadline."""
    return duty.modality in _WORK and not duty.deadlines


def line_at(regions: list[Region], offset: int) -> int | None:
    """Line of the file that holds the character, where the reader kept lines. ``regions`` sorted by start."""
    at = bisect_right(regions, offset, key=lambda r: r.start) - 1
    return regions[at].line if at >= 0 and regions[at].start <= offset < regions[at].end else None


def by_start(record: Record) -> list[Region]:
    return sorted((r for r in record.regions if r.line is not None), key=lambda r: (r.start, r.end))


def row_code(record: Record, duty: Duty) -> str:
    """Stable mark of a row, from number, place and words: what a clerk typed finds its row again after another run, also where
    other parts of the document have changed."""
    parts = (record.document.key or record.source.name, record.source.part or "", duty.id, duty.text)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:10]


def duty_rows(records: Iterable[Record], t: Texts) -> Iterator[DutyRow]:
    """All duties, by record in the order given, then by place. Copies of one document in several files get codes of their own."""
    seen: Counter[str] = Counter()
    for record in records:
        deadlines, regions, spots = {d.id: d for d in record.deadlines}, by_start(record), Spots(record)
        for duty in in_file_order(record):
            code = row_code(record, duty)
            seen[code] += 1
            own = [deadlines[i] for i in duty.deadlines if i in deadlines]
            where = spots.words(duty.start, t, section=duty.section)
            yield _row(record, duty, own, regions, where, code if seen[code] == 1 else f"{code}-{seen[code]}", t)


def _row(record: Record, duty: Duty, deadlines: list[Deadline], regions: list[Region], where: str, code: str, t: Texts) -> DutyRow:
    touching = [f for f in record.findings if f.start < f.end and f.start < duty.end and duty.start < f.end]
    doubtful = duty.confidence < MEDIUM or bool(duty.review) or any(d.review for d in deadlines)
    doubtful = doubtful or any(f.severity == "error" for f in touching)
    level = "look" if doubtful else "high" if duty.confidence >= HIGH else "medium"
    days = due_days(deadlines, record)
    return DutyRow(
        duty=duty,
        record=record,
        code=code,
        document=document_name(record, t),
        page=record.page_at(duty.start),
        line=line_at(regions, duty.start),
        where=where,
        deadline="; ".join(dict.fromkeys(d.text for d in deadlines)),
        due=days[0].day if days else None,
        coming=coming(days, record),
        due_how=how_found(days[0], t) if days else "",
        cycle=in_words(deadlines, t),
        basis=_basis(record, duty),
        confidence=t(f"confidence.{level}"),
        doubtful=doubtful,
        missing=missing_clarities(duty, t),
        remark=_remark(duty, deadlines, days, touching, t),
    )


def how_found(due: Due, t: Texts) -> str:
    """How the last day follows from the words of the document."""
    start = vn_date(due.start.isoformat()) if due.start else ""
    return t(f"due.{due.how}", text=due.deadline.text, start=start)


def missing_clarities(duty: Duty, t: Texts) -> str:
    """Which of the six clarities (6 rõ) the duty does not say. Time and product are asked of work alone, a product of work that makes
    one; of a ban or a right, who answers to whom is not asked either."""
    idle = set() if rules("reports").pattern("calls_for_product").search(duty.text) else {"product"}
    if duty.modality not in _WORK:
        idle |= _WORK_ONLY if duty.modality == "sanction" else {*_WORK_ONLY, "authority"}
    lacking = [t(f"clarity.{name}") for name in t.section("clarity") if duty.clarity.get(name) is False and name not in idle]
    return t("register.lacks", what=", ".join(lacking)) if lacking else ""


def _basis(record: Record, duty: Duty) -> str:
    """Documents the duty itself cites, each with its pinpoints, in the order of the text."""
    wanted: set[str] = set(duty.citations)
    found: dict[str, tuple[str, ...]] = {}
    for citation in record.citations:
        if citation.id in wanted and citation.form != "self":
            name = citation.key or citation.text
            found[name] = tuple(dict.fromkeys((*found.get(name, ()), *citation.pinpoints)))
    return "; ".join(f"{name} ({', '.join(points)})" if points else name for name, points in found.items())


def _remark(duty: Duty, deadlines: list[Deadline], days: tuple[Due, ...], touching: list[Finding], t: Texts) -> str:
    lines = [*duty.review, *(reason for d in deadlines for reason in d.review)]
    fixed = sorted({due.day for due in days if due.rrule is None})
    if len(fixed) > 1:
        lines.append(t("register.dates_more", count=len(fixed), dates=", ".join(vn_date(d.isoformat()) for d in fixed)))
    lines += [t("register.finding", severity=t(f"severity.{f.severity}"), message=f.message) for f in touching]
    return "\n".join(dict.fromkeys(line[:1].upper() + line[1:] for line in lines))


def level_word(confidence: float, review: Iterable[str], t: Texts) -> str:
    """Confidence of any item in words."""
    look = confidence < MEDIUM or any(True for _ in review)
    return t("confidence.look" if look else "confidence.high" if confidence >= HIGH else "confidence.medium")
