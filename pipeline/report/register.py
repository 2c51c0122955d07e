"""The register of duties (sổ theo dõi nhiệm vụ): a workbook with one row a duty and the facts behind it on further sheets.

Header in the first row, so that other programs read it as a table. The columns of the clerk (status, result) are blue; the code
of a row comes from content, so that what was typed finds its row again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pipeline.report.days import day
from pipeline.report.places import section_at
from pipeline.report.rows import (
    DutyRow,
    Unread,
    by_start,
    document_name,
    duty_rows,
    file_name,
    leaderless,
    level_word,
    line_at,
    parents,
    timeless,
    unread_name,
)
from pipeline.report.texts import Texts, texts, vn_date
from pipeline.report.typed import Typed, read_typed, status_in
from pipeline.report.workbook import Book, Cell, Column, Rolling, Sheet
from pipeline.versions import Copy
from schemas.record import Record

_RANK = {"error": 0, "warning": 1, "note": 2}
_SEVERITY: dict[str, str | None] = {"error": "bad", "warning": "part", "note": "off"}


def write_register(
    records: Iterable[Record],
    path: Path,
    *,
    failures: Iterable[Unread] = (),
    copies: Sequence[Copy] = (),
    language: str = "vi",
) -> int:
    """Write the workbook and return how many rows of an earlier one somebody had written in. ``failures``: files that could not
    be read; ``copies``: other files of documents in ``records``, listed with what they say differently and counted once. What
    somebody typed into an earlier register at ``path`` is carried over; where its row is gone, it stands on a sheet of its own. Same
    records and typing, same bytes."""
    t, kept, typed = texts(language), list(records), read_typed(path)
    book = Book(path, title=t("register.title"), full=t("register.full"))
    rows = list(duty_rows(kept, t))
    _register(book, rows, typed, t)
    _documents(book, kept, t)
    _copies(book, copies, t)
    _roles(book, rows, t)
    _citations(book, kept, t)
    _findings(book, kept, t)
    _failures(book, list(failures), t)
    _kept(book, [typed[code] for code in sorted(typed.keys() - {row.code for row in rows})], t)
    book.close()
    return len(typed)


def _columns(t: Texts) -> tuple[tuple[Column, ...], int]:
    """Columns of the register, and how many of them go on paper."""
    paper = (
        Column(t("register.number"), 5, centre=True),
        Column(t("register.document"), 13),
        Column(t("register.section"), 7, centre=True),
        Column(t("register.page_no"), 6, centre=True),
        Column(t("register.duty"), 48),
        Column(t("register.modality"), 8.5),
        Column(t("register.lead"), 19),
        Column(t("register.support"), 16),
        Column(t("register.deadline"), 15),
        Column(t("register.due"), 11, centre=True, hint=t("register.due_hint")),
        Column(t("register.product"), 13),
        Column(t("register.basis"), 14, hint=t("register.basis_hint")),
        Column(t("register.confidence"), 8, centre=True, hint=t("register.confidence_hint")),
        Column(t("register.status"), 12, clerk=True, centre=True),
        Column(t("register.result"), 18, clerk=True),
        Column(t("register.remark"), 40),
        Column(t("register.missing"), 18, hint=t("register.missing_hint")),
    )
    screen = (
        Column(t("register.due_how"), 30),
        Column(t("register.cycle"), 26),
        Column(t("register.line"), 7, centre=True),
        Column(t("register.where"), 24),
        Column(t("register.title_of"), 60),
        Column(t("register.assigned_by"), 16),
        Column(t("register.bloc"), 10),
        Column(t("register.file"), 20),
        Column(t("register.code"), 12, hint=t("register.code_hint")),
    )
    return paper + screen, len(paper)


def _register(book: Book, rows: Sequence[DutyRow], typed: Mapping[str, Typed], t: Texts) -> None:
    columns, printed = _columns(t)
    sheet = book.sheet(t("sheet.register"), columns, heading=t("register.title"), foot=t("register.page"), printed=printed, keep=5)
    for count, row in enumerate(rows, 1):
        sheet.add(_cells(count, row, typed.get(row.code), t), tints=_tints(row, columns))
    _by_hand(book, sheet, [c.title for c in columns], t)
    sheet.finish()


def _cells(count: int, row: DutyRow, typed: Typed | None, t: Texts) -> list[Cell]:
    duty, source = row.duty, row.record
    due = Rolling(row.coming) if len(row.coming) > 1 else row.due
    return [
        count, row.document, duty.section, row.page, duty.text, t.of("modality", duty.modality),
        "; ".join(duty.lead), "; ".join(duty.support), row.deadline, due, duty.product or "", row.basis,
        row.confidence, status_in(typed.status if typed else "", t), typed.result if typed else "",
        row.remark, row.missing, row.due_how, row.cycle, row.line, row.where, source.document.title or "", "; ".join(parents(source)),
        t.of("regime", source.document.regime), file_name(source), row.code,
    ]  # fmt: skip


def _tints(row: DutyRow, columns: Sequence[Column]) -> dict[int, str]:
    """A doubtful row is yellow but for the columns of the clerk."""
    return {at: "doubt" for at, column in enumerate(columns) if not column.clerk} if row.doubtful else {}


def _by_hand(book: Book, sheet: Sheet, titles: list[str], t: Texts) -> None:
    """Choice of status, and the red date that is over while the status does not say done."""
    last = max(sheet.row, 1)
    status, due = titles.index(t("register.status")), titles.index(t("register.due"))
    choices = list(t.section("status").values())
    rule = {"validate": "list", "source": choices, "input_message": t("register.status_hint"), "error_message": t("register.status_error")}
    sheet.raw.data_validation(1, status, last, status, rule)
    due_at, status_at = (chr(ord("A") + at) for at in (due, status))
    over = f'=AND(ISNUMBER(${due_at}2),${due_at}2<TODAY(),${status_at}2<>"{t("status.done")}")'
    late = book.conditional(font_color="#9C0006", bg_color="#FFC7CE", bold=True)
    sheet.raw.conditional_format(1, due, last, due, {"type": "formula", "criteria": over, "format": late})
    done = book.conditional(font_color="#006100", bg_color="#C6EFCE")
    criteria = f'=${status_at}2="{t("status.done")}"'
    sheet.raw.conditional_format(1, status, last, status, {"type": "formula", "criteria": criteria, "format": done})


def _sheet(book: Book, name: str, t: Texts, widths: Mapping[str, float], *, centre: Iterable[str] = (), keep: int = 1) -> Sheet:
    middle = set(centre)
    columns = [Column(t(f"{name}.{key}"), width, centre=key in middle) for key, width in widths.items()]
    return book.sheet(t(f"sheet.{name}"), columns, heading=t(f"sheet.{name}"), foot=t("register.page"), keep=keep)


def _documents(book: Book, records: Sequence[Record], t: Texts) -> None:
    widths = {
        "key": 18, "kind": 12, "issued": 13, "issuer": 26, "title": 46, "parents": 18, "duties": 9, "undone_lead": 10, "undone_time": 10,
        "citations": 9, "findings": 9, "signer": 22, "file": 24, "pages": 8, "notes": 34,
    }  # fmt: skip
    sheet = _sheet(book, "documents", t, widths, centre=("issued", "pages"))
    for record in records:
        own = record.document
        sheet.add([
            document_name(record, t), own.kind or "", _issued(record, t), own.issuer or "", own.title or "", "; ".join(parents(record)),
            len(record.duties), sum(leaderless(d) for d in record.duties), sum(timeless(d) for d in record.duties),
            len(record.citations), len(record.findings), own.signer or "", file_name(record), record.source.pages, _notes(record, t),
        ])  # fmt: skip
    sheet.finish()


def _copies(book: Book, copies: Sequence[Copy], t: Texts) -> None:
    """What other files of a document say differently; no sheet where there are none."""
    if not copies:
        return
    sheet = _sheet(book, "copies", t, {"document": 18, "main": 30, "copy": 30, "field": 16, "says": 50, "copy_says": 50})
    for c in copies:
        head = [document_name(c.main, t), file_name(c.main), file_name(c.record)]
        for d in c.differences:
            sheet.add([*head, t(f"copies.{d.field}"), d.main, d.copy])
        if not c.differences:
            sheet.add([*head, t("copies.same"), "", ""])
    sheet.finish()


def _issued(record: Record, t: Texts) -> Cell:
    own = record.document
    if own.issued_on:
        return day(own.issued_on) or own.issued_on
    if own.issued_between and any(own.issued_between):
        start, end = (vn_date(d) or "…" for d in own.issued_between)
        return t("documents.between", start=start, end=end)
    return ""


def _notes(record: Record, t: Texts) -> str:
    notes = list(record.source.warnings)
    if record.source.ocr_pages:
        notes.append(t("documents.ocr", pages=", ".join(map(str, record.source.ocr_pages))))
    return "\n".join(notes)


def _roles(book: Book, rows: Sequence[DutyRow], t: Texts) -> None:
    widths = {"document": 18, "section": 9, "duty": 70, "role": 17, "body": 40, "confidence": 10, "code": 13}
    sheet = _sheet(book, "roles", t, widths, centre=("section", "confidence"))
    for row in rows:
        for role in row.duty.roles:
            word = level_word(role.confidence, (), t)
            sheet.add([row.document, row.duty.section, row.duty.text, t.of("role", role.role), role.name, word, row.code])
    sheet.finish()


def _citations(book: Book, records: Sequence[Record], t: Texts) -> None:
    widths = {
        "document": 18, "key": 22, "kind": 14, "issued": 12, "issuer": 26, "pinpoints": 22, "relation": 15, "form": 15, "text": 60,
        "page": 7, "confidence": 10, "remark": 28,
    }  # fmt: skip
    sheet = _sheet(book, "citations", t, widths, centre=("page", "confidence"))
    for record in records:
        for c in sorted(record.citations, key=lambda c: (c.start, c.end, c.id)):
            word = level_word(c.confidence, c.review, t)
            sheet.add([
                document_name(record, t), c.key or "", c.kind or "", day(c.issued_on) or c.issued_on or "", c.issuer or "",
                ", ".join(c.pinpoints),
                t.of("relation", c.relation), t.of("form", c.form), c.text, record.page_at(c.start), word, "; ".join(c.review),
            ], tint="doubt" if word == t("confidence.look") else None)  # fmt: skip
    sheet.finish()


def _findings(book: Book, records: Sequence[Record], t: Texts) -> None:
    widths = {"severity": 11, "code": 24, "document": 18, "file": 24, "section": 9, "page": 7, "line": 7, "message": 62, "text": 52}
    sheet = _sheet(book, "findings", t, widths, centre=("section", "page", "line"), keep=2)
    found = [(record, f) for record in records for f in record.findings]
    lines = {id(record): by_start(record) for record in records}
    for record, f in sorted(found, key=lambda pair: _RANK[pair[1].severity]):
        whole = f.start >= f.end
        sheet.add([
            t.of("severity", f.severity), f.rule, document_name(record, t), file_name(record),
            "" if whole else section_at(record, f.start), None if whole else record.page_at(f.start),
            None if whole else line_at(lines[id(record)], f.start), f.message, t("findings.whole") if whole else f.text,
        ], tints={0: _SEVERITY[f.severity]})  # fmt: skip
    sheet.finish()


def _failures(book: Book, failures: Sequence[Unread], t: Texts) -> None:
    sheet = _sheet(book, "failures", t, {"file": 36, "code": 9, "message": 60, "remedy": 60}, centre=("code",))
    for failure in sorted(failures, key=lambda f: (unread_name(f), f.code)):
        sheet.add([unread_name(failure), failure.code, failure.message, failure.remedy])
    sheet.finish(empty=t("failures.none"))


def _kept(book: Book, rows: Sequence[Typed], t: Texts) -> None:
    """What was typed beside duties that are no longer there: a person decides what becomes of it."""
    if not rows:
        return
    widths = {"document": 18, "duty": 80, "status": 16, "result": 50, "code": 14}
    columns = [Column(t(f"register.{key}"), width, clerk=key in ("status", "result")) for key, width in widths.items()]
    sheet = book.sheet(t("sheet.kept"), columns, heading=t("sheet.kept"), foot=t("register.page"), keep=1)
    for row in rows:
        sheet.add([row.document, row.duty, status_in(row.status, t), row.result, row.code])
    sheet.finish()
