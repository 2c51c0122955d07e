"""What the terminal shows: tables for people, in Vietnamese. The only place besides the command line that prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from pipeline.audit.binding import suspects
from pipeline.report.audit_view import ORDER, changes, counts, decided_by
from pipeline.report.places import Spots
from pipeline.report.texts import Texts, texts, vn_date
from pipeline.versions import without
from schemas.coverage import Audit
from schemas.record import Record

if TYPE_CHECKING:
    from pipeline.doctor import Check
    from pipeline.outputs import RunResult

MODALITY = {"obligation": "phải làm", "prohibition": "cấm", "permission": "được", "sanction": "chế tài", "request": "đề nghị"}
_CHANGES = 12  # pieces shown of one suspect decision; the page shows all
_COLOUR = {
    "covered": "green",
    "partial": "yellow",
    "contradicted": "red",
    "not_covered": "red",
    "needs_review": "yellow",
    "not_applicable": "dim",
}


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)


def _table(title: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left", show_lines=False, expand=True)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def print_record(record: Record) -> None:
    """Identity, citations, duties and findings of one record."""
    console, identity, t = _console(), record.document, texts()
    head = _table(f"{record.source.name}", "Mục", "Nội dung")
    parents = ", ".join(link.target for link in record.links if link.parent)
    for name, value in (
        ("Số, ký hiệu", identity.key), ("Loại", identity.kind), ("Ngày", vn_date(identity.issued_on)), ("Nơi ban hành", identity.issuer),
        ("Trích yếu", identity.title), ("Người ký", " - ".join(x for x in (identity.signer_position, identity.signer) if x)),
        ("Triển khai trực tiếp", parents),
    ):  # fmt: skip
        head.add_row(name, value or "(không có)")
    console.print(head)
    deadlines = {d.id: d.text for d in record.deadlines}
    duties = _table("Nhiệm vụ", "Mục", "Nhiệm vụ", "Tính chất", "Chủ trì", "Phối hợp", "Thời hạn", "Trang")
    for duty in record.duties:
        page = record.page_at(duty.start)
        due = "; ".join(deadlines.get(d, "") for d in duty.deadlines)
        row = (duty.section, duty.text, MODALITY[duty.modality], "; ".join(duty.lead), "; ".join(duty.support), due, str(page or ""))
        duties.add_row(*row)
    console.print(duties)
    cited = _table("Viện dẫn", "Văn bản", "Ngày", "Quan hệ", "Nguyên văn")
    for citation in record.citations:
        words = t.of("relation", citation.relation)
        cited.add_row(citation.key or t.of("form", citation.form), vn_date(citation.issued_on), words, citation.text)
    console.print(cited)
    spots = Spots(record)
    for finding in record.findings:
        where = spots.words(finding.start, t) if finding.start < finding.end else t("findings.whole")
        quote = f" “{_clip(finding.text)}”" if finding.text else ""
        console.print(f"{t.of('severity', finding.severity)}, {where}: {finding.rule} {finding.message}{quote}", markup=False)


def print_result(result: RunResult) -> None:
    """Counts of a run and where its files stand."""
    console, report = _console(), result.report
    counted = without(result.records, result.copies)
    duties = sum(len(r.duties) for r in counted)
    console.print(
        f"Đã đọc {len(report.read)} tệp mới, {len(report.skipped)} tệp không đổi, {len(report.duplicates)} bản trùng, "
        f"{len(report.failed)} tệp không đọc được; {len(counted)} văn bản, {duties} nhiệm vụ, {len(result.audits)} cặp rà soát."
    )
    if doubted := sum(len(suspects(a)) for a in result.audits):
        console.print(f"{doubted} quyết định của người rà soát thành đáng ngờ vì nội dung đã đổi: xem report.md, mục 5.", style="red")
    if result.kept is not None:
        console.print(
            f"Sổ cũ: giữ lại trạng thái, kết quả của {result.kept} dòng đã ghi. Sửa tay ở cột khác, trang khác của register.xlsx không "
            "được giữ lại: muốn giữ thì chép ra tệp riêng."
        )
    for error in report.failed:
        console.print(error.describe(), markup=False, style="red")
    for path in result.written:
        console.print(f"  {path}", markup=False)


def print_audit(audit: Audit, language: str = "vi") -> None:
    """One row a parent duty, gaps first to the eye by colour and word."""
    console, t = _console(), texts(language)
    title = t("audit.pair_title", child=audit.child.key or audit.child.name, parent=audit.parent.key or audit.parent.name)
    heads = (t("audit.section"), t("audit.screen_duty"), t("matrix.verdict"), t("audit.reason"), t("audit.screen_proof"))
    table = _table(title, *heads)
    for row in audit.rows:
        proof = row.evidence[0].text if row.evidence else ""
        verdict = t(f"verdict.{row.verdict}")
        if row.decision is not None:
            verdict += f"\n{t('audit.screen_decided')}: {decided_by(row, t)}"
        table.add_row(row.section, _clip(row.text), verdict, row.reason, _clip(proof), style=_COLOUR[row.verdict])
    console.print(table)
    words = ", ".join(f"{t(f'verdict.{k}').lower()} {audit.summary[k]}" for k in _COLOUR if audit.summary.get(k))
    console.print(t("audit.screen_sum", duties=audit.summary.get("duties", len(audit.rows)), counts=words))
    if (c := counts(audit)).people:
        after = ", ".join(f"{t(f'verdict.{k}').lower()} {c.standing[k]}" for k in ORDER if c.standing[k])
        console.print(t("audit.screen_people", count=c.people, counts=after, waiting=c.waiting))
    for item in audit.not_checked:
        console.print(f"{t('audit.not_checked')}: {item.what}: {item.why}", markup=False)
    _print_suspects(console, audit, t)


def _print_suspects(console: Console, audit: Audit, t: Texts) -> None:
    """Decisions that have lost their ground, each with what has changed since."""
    found = suspects(audit)
    if found:
        console.print(t("audit.suspects", count=len(found)), style="red")
    for row in found:
        console.print(f"{row.duty}: {decided_by(row, t)}", markup=False)
        for _, words in changes(row, t, _CHANGES):
            console.print(f"  {words}", markup=False)


def _clip(text: str, size: int = 160) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"


def print_checks(checks: Iterable[Check]) -> None:
    """What the machine has, what is lost without the rest, and the command that installs it."""
    console = _console()
    table = _table("Máy này có gì", "Phần", "Có", "Nếu thiếu thì", "Cách cài")
    for check in checks:
        table.add_row(check.name, "có" if check.ok else "KHÔNG", check.lost, "" if check.ok else check.remedy)
    console.print(table)
