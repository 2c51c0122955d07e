"""The audits as a workbook (ma trận rà soát): summary of pairs, one matrix duty × body for each parent, every row with its reason.

Columns for the reviewer's opinion are blue. Figures come from the same place as those of the page and the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.audit.rollup import DutyRollup, Rollup, rollup_audits
from pipeline.report.audit_view import ORDER, Places, band, counts, decided_by, in_order, most_open_first, party_name, suspect
from pipeline.report.texts import Texts, percent, texts
from pipeline.report.workbook import Book, Cell, Column
from schemas.coverage import Audit, AuditRow, Verdict
from schemas.record import Record

TINT: dict[Verdict, str] = {
    "covered": "good", "partial": "part", "contradicted": "bad", "not_covered": "bad", "needs_review": "ask", "not_applicable": "off",
}  # fmt: skip
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_NAME = 31  # characters: the longest name of a sheet


def write_audit_matrix(audits: Iterable[Audit], path: Path, records: Iterable[Record] = (), *, language: str = "vi") -> None:
    """Write the workbook. ``records`` give pages where they are in hand. Same audits, same bytes."""
    t, kept, places = texts(language), most_open_first(audits), Places(records)
    book = Book(path, title=t("audit.title"))
    _summary(book, kept, t)
    taken = {t(f"matrix.{key}").casefold() for key in ("summary", "rows", "not_checked")}
    for group in _by_parent(kept):
        _matrix(book, group, _rolled(group, places), _sheet_name(f"{t('matrix.matrix')} {party_name(group[0].parent)}", taken), t)
    _rows(book, kept, places, t)
    _not_checked(book, kept, t)
    book.close()


def _by_parent(audits: Sequence[Audit]) -> list[list[Audit]]:
    """Audits of one parent together, parents by name, children by name."""
    groups: dict[tuple[str, str], list[Audit]] = {}
    for audit in sorted(audits, key=lambda a: (party_name(a.parent), party_name(a.child))):
        groups.setdefault((party_name(audit.parent), audit.parent.sha256), []).append(audit)
    return list(groups.values())


def _sheet_name(wanted: str, taken: set[str]) -> str:
    """A name that Excel takes, unlike all others of the workbook."""
    base = _FORBIDDEN.sub("-", wanted)[:_NAME]
    name, number = base, 2
    while name.casefold() in taken:
        mark = f" ({number})"
        name, number = base[: _NAME - len(mark)] + mark, number + 1
    taken.add(name.casefold())
    return name


def _summary(book: Book, audits: Sequence[Audit], t: Texts) -> None:
    columns = [
        Column(t("matrix.child"), 26), Column(t("matrix.issuer"), 30), Column(t("matrix.parent"), 26), Column(t("matrix.duties"), 10),
        Column(t("matrix.applicable"), 11), *(Column(t(f"verdict.{v}"), 12) for v in ORDER),
        Column(t("matrix.decided"), 12, centre=True), Column(t("matrix.rate"), 12, centre=True),
    ]  # fmt: skip
    sheet = book.sheet(t("matrix.summary"), columns, heading=t("audit.title"), foot=t("register.page"), keep=1)
    for audit in audits:
        c = counts(audit)
        figures: list[Cell] = [c.by_verdict[v] for v in ORDER]
        rates = [percent(c.decided, c.applicable, t.language), percent(c.covered, c.applicable, t.language)]
        tints = {5 + at: TINT[v] for at, v in enumerate(ORDER) if c.by_verdict[v] and v != "not_applicable"}
        names = [party_name(audit.child), audit.child.issuer or "", party_name(audit.parent)]
        sheet.add([*names, c.duties, c.applicable, *figures, *rates], tints=tints)
    sheet.finish(empty=t("audit.empty"))


def _rolled(group: Sequence[Audit], places: Places) -> Rollup | None:
    """The directive over all its plans; None where its record is not in hand, or is another version than the one audited."""
    record = places.record(group[0].parent)
    duties = [d.id for d in record.duties] if record else []
    if record is None or any([row.duty for row in audit.rows] != duties for audit in group):
        return None
    return rollup_audits(record, group)


def _matrix(book: Book, group: Sequence[Audit], rolled: Rollup | None, name: str, t: Texts) -> None:
    """One parent: its duties down, bodies across, a verdict in each cell; how many bodies leave the duty open. With the roll-up,
    also whether each body must carry the duty or any one will do, whether that holds, and whether all dropped the section."""
    fixed = [
        Column(t("matrix.id"), 11, centre=True), Column(t("matrix.duty"), 56), Column(t("matrix.addressee"), 24),
        Column(t("matrix.applies"), 10, hint=t("matrix.off_hint")), Column(t("matrix.covered"), 10), Column(t("matrix.open"), 10),
        Column(t("matrix.mode"), 16), Column(t("matrix.satisfied"), 16),
    ]  # fmt: skip
    bodies = [Column(_body(a), 17, centre=True) for a in group]
    heading = t("audit.pair_title", child=t("matrix.matrix"), parent=party_name(group[0].parent))
    sheet = book.sheet(name, [*fixed, *bodies], heading=heading, foot=t("register.page"), keep=2)
    answers = [{row.duty: row for row in audit.rows} for audit in group]
    over = {d.duty: d for d in rolled.duties} if rolled else {}
    dropped = rolled.dropped if rolled else ()
    for duty in group[0].rows:
        found = [own.get(duty.duty) for own in answers]
        words: list[Cell] = [_word(row, t) for row in found]
        own = [row.verdict for row in found if row and row.verdict != "not_applicable"]
        sums: list[Cell] = [len(own), own.count("covered"), sum(v in ("contradicted", "not_covered", "partial") for v in own)]
        tints = {len(fixed) + at: TINT[row.verdict] for at, row in enumerate(found) if row}
        whole = _whole(over.get(duty.duty), dropped, t)
        sheet.add([duty.duty, duty.text, "; ".join(duty.addressees), *sums, *whole, *words], tints=tints)
    sheet.finish()


def _whole(duty: DutyRollup | None, dropped: Sequence[str], t: Texts) -> tuple[str, str]:
    """Mode of a duty, and whether the bodies together satisfy it."""
    if duty is None:
        return "", ""
    mode = t(f"matrix.mode_{duty.mode}")
    if duty.satisfied is None:
        return mode, t("matrix.nobody")
    if any(duty.section == s or duty.section.startswith(f"{s}.") for s in dropped):
        return mode, t("matrix.dropped")
    return mode, t("matrix.satisfied_yes" if duty.satisfied else "matrix.satisfied_no")


def _word(row: AuditRow | None, t: Texts) -> str:
    """Verdict of a cell; a dash where the duty does not concern the body, so that the others stand out."""
    if row is None:
        return ""
    return t("matrix.off") if row.verdict == "not_applicable" else t(f"verdict.{row.verdict}")


def _body(audit: Audit) -> str:
    own = audit.child
    return f"{own.issuer}\n{own.key or own.name}" if own.issuer else own.key or own.name


def _rows(book: Book, audits: Sequence[Audit], places: Places, t: Texts) -> None:
    columns = [
        Column(t("matrix.child"), 18), Column(t("matrix.parent"), 16), Column(t("matrix.id"), 11, centre=True),
        Column(t("matrix.duty"), 46), Column(t("matrix.addressee"), 20), Column(t("matrix.verdict"), 15),
        Column(t("matrix.band"), 10, centre=True),
        Column(t("matrix.reason"), 36), Column(t("matrix.missing"), 30), Column(t("matrix.evidence"), 46),
        Column(t("matrix.page"), 7, centre=True), Column(t("matrix.decision"), 16, clerk=True),
        Column(t("matrix.decision_note"), 24, clerk=True),
    ]  # fmt: skip
    sheet = book.sheet(t("matrix.rows"), columns, heading=t("audit.title"), foot=t("register.page"), keep=3)
    for audit in audits:
        for row in in_order(audit):
            sheet.add(_cells(audit, row, places, t), tints={5: TINT[row.verdict]})
    choices = [t("matrix.agree"), *(t(f"verdict.{v}") for v in ORDER)]
    sheet.raw.data_validation(1, len(columns) - 2, max(sheet.row, 1), len(columns) - 2, {"validate": "list", "source": choices})
    sheet.finish(empty=t("audit.empty"))


def _cells(audit: Audit, row: AuditRow, places: Places, t: Texts) -> list[Cell]:
    first = row.evidence[0] if row.evidence else None
    page = (first.page or places.page(audit.child, first.start)) if first else None
    said = "\n".join(e.text for e in row.evidence)
    return [
        party_name(audit.child), party_name(audit.parent), row.duty, row.text, "; ".join(row.addressees), t(f"verdict.{row.verdict}"),
        band(row, t), row.reason, "\n".join(row.missing), said, page,
        *_decision(row, t),
    ]  # fmt: skip


def _decision(row: AuditRow, t: Texts) -> tuple[str, str]:
    """The reviewer's two columns: verdict and note, with who and when; a suspect decision must be taken again."""
    if row.decision is None:
        return "", ""
    verdict = t.of("verdict", row.decision.verdict)
    return ("", decided_by(row, t)) if suspect(row) else (verdict, f"{row.decision.note} ({row.decision.who})".strip())


def _not_checked(book: Book, audits: Sequence[Audit], t: Texts) -> None:
    columns = [Column(t("matrix.child"), 26), Column(t("matrix.parent"), 26), Column(t("matrix.what"), 40), Column(t("matrix.why"), 60)]
    sheet = book.sheet(t("matrix.not_checked"), columns, heading=t("matrix.not_checked"), foot=t("register.page"))
    for audit in audits:
        for item in audit.not_checked:
            sheet.add([party_name(audit.child), party_name(audit.parent), item.what, item.why])
    sheet.finish(empty=t("matrix.none"))
