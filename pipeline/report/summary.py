"""report.md: what was read, what was not and what to do, chains, gaps, findings. Written for the person who ran the job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

from pipeline.audit.binding import is_open, suspects
from pipeline.graph.checks import ancestors_of
from pipeline.graph.shape import Graph
from pipeline.report.audit_view import OPEN, Counts, Places, changes, counts, decided_by, in_order, most_open_first, party_name
from pipeline.report.chains import outline
from pipeline.report.markdown import clip, escape, table
from pipeline.report.places import Spots
from pipeline.report.rows import (
    Unread,
    document_name,
    file_name,
    in_file_order,
    leaderless,
    missing_clarities,
    parents,
    timeless,
    unread_name,
)
from pipeline.report.texts import Texts, percent, texts, vn_date
from pipeline.versions import Copy
from schemas.coverage import Audit
from schemas.record import Finding, Record

LIMIT = 60
"""Rows of a list before the reader is sent to the workbook."""

_PLACES = 4  # places of one finding before the workbook has to tell the rest
_RANK = {"error": 0, "warning": 1, "note": 2}


class Unprocessed(Protocol):
    """A file that was not read on purpose."""

    @property
    def name(self) -> str: ...
    @property
    def why(self) -> str: ...


class Run(Protocol):
    """What the batch says of files it did not read. Which files were new is not told: a second run writes the same report."""

    @property
    def duplicates(self) -> Sequence[Unprocessed]: ...
    @property
    def left_out(self) -> Sequence[Unprocessed]: ...


def write_summary(
    records: Iterable[Record],
    failures: Iterable[Unread],
    audits: Iterable[Audit],
    graph: Graph,
    path: Path,
    *,
    report: Run | None = None,
    copies: Sequence[Copy] = (),
    language: str = "vi",
) -> None:
    """Write the report. ``report``: what the batch says of files it did not read again; ``copies``: other files of documents in
    ``records``. Chains and messages of checks are
    Vietnamese in every language, as the plans are."""
    text = summary(list(records), list(failures), list(audits), graph, report=report, copies=copies, language=language)
    path.write_text(text, encoding="utf-8")


def summary(
    records: Sequence[Record],
    failures: Sequence[Unread],
    audits: Sequence[Audit],
    graph: Graph,
    *,
    report: Run | None = None,
    copies: Sequence[Copy] = (),
    language: str = "vi",
) -> str:
    """The report as Markdown; same input, same text."""
    t = texts(language)
    parts = (
        _overview(records, failures, audits, t),
        [*_unread(records, failures, report, t), *_copies(copies, t)],
        _chains(graph, t),
        _coverage(audits, t),
        [*_open_rows(audits, records, t), *_suspects(audits, t)],
        _findings(records, t),
        _unclear(records, t),
        _read(records, t),
    )
    lines = [f"# {t('summary.title')}", "", t("summary.machine"), ""]
    for number, part in enumerate(parts, 1):
        head, *rest = part
        lines += [f"## {number}. {head}", "", *rest]
    return "\n".join([*lines, t("summary.files"), ""])


def _overview(records: Sequence[Record], failures: Sequence[Unread], audits: Sequence[Audit], t: Texts) -> list[str]:
    duties = [d for r in records for d in r.duties]
    found = Counter(f.severity for r in records for f in r.findings)
    figures = [counts(a) for a in audits]
    rows: list[tuple[str, object]] = [
        (t("summary.documents"), len(records)),
        (t("summary.failed"), len(failures)),
        (t("summary.duties"), len(duties)),
        (t("summary.no_lead"), sum(leaderless(d) for d in duties)),
        (t("summary.no_time"), sum(timeless(d) for d in duties)),
        (t("summary.citations"), sum(len(r.citations) for r in records)),
        (t("summary.findings"), f"{found['error']} / {found['warning']} / {found['note']}"),
        (t("summary.pairs"), len(audits)),
        (t("summary.gaps"), sum(c.open for c in figures)),
        (t("summary.review"), sum(c.by_verdict["needs_review"] for c in figures)),
        *([(t("summary.people"), people)] if (people := sum(c.people for c in figures)) else []),
        *([(t("summary.suspects"), doubted)] if (doubted := sum(len(suspects(a)) for a in audits)) else []),
    ]
    return [t("summary.overview"), *table((t("summary.what"), t("summary.count")), rows, right=(1,))]


def _unread(records: Sequence[Record], failures: Sequence[Unread], report: Run | None, t: Texts) -> list[str]:
    lines = [t("summary.unread")]
    if failures:
        head = [t(f"failures.{k}") for k in ("file", "code", "message", "remedy")]
        ordered = sorted(failures, key=lambda f: (unread_name(f), f.code))
        lines += table(head, [(unread_name(f), f.code, f.message, f.remedy) for f in ordered])
    else:
        lines += [t("summary.all_read" if records else "summary.nothing"), ""]
    if report is not None:
        for name, items in (("duplicates", report.duplicates), ("left_out", report.left_out)):
            if items:
                lines += [f"### {t(f'summary.{name}')}", ""]
                lines += table((t("failures.file"), t("summary.why")), [(i.name, i.why) for i in items])
    return lines


def _copies(copies: Sequence[Copy], t: Texts) -> list[str]:
    """Files that hold a document already counted, and how far they say the same."""
    if not copies:
        return []
    rows = [(file_name(c.record), file_name(c.main), _differs(c, t)) for c in copies]
    head = (t("failures.file"), t("copies.main"), t("copies.differences"))
    return [f"### {t('copies.heading')}", "", *table(head, rows[:LIMIT]), *_more(len(rows), LIMIT, "register.xlsx", t)]


def _differs(copy: Copy, t: Texts) -> str:
    if not copy.differences:
        return t("copies.same")
    counted = Counter(d.field for d in copy.differences)
    return "; ".join(f"{t(f'copies.{name}')} ({number})" if number > 1 else t(f"copies.{name}") for name, number in counted.items())


def _more(count: int, limit: int, file: str, t: Texts) -> list[str]:
    """A line that says how many rows the reader does not see here, and where they are."""
    return [t("summary.more", count=count - limit, file=file), ""] if count > limit else []


def _chains(graph: Graph, t: Texts) -> list[str]:
    """The forest of documents, those to ask for, and what is doubtful between documents."""
    lines, tree = [t("summary.chains")], outline(graph, t)
    if not tree:
        return [*lines, t("summary.no_chain"), "", *_between(graph, t)]
    held = sorted(n for n, d in graph.nodes(data=True) if d["type"] == "document" and d["in_hand"])
    lines += [t("summary.chain_note"), "", *tree[: 5 * LIMIT], ""]
    return [*lines, *_more(len(tree), 5 * LIMIT, "graph.html", t), *_missing(graph, held, t), *_between(graph, t)]


def _missing(graph: Graph, held: Sequence[str], t: Texts) -> list[str]:
    """Documents above those in hand, at whatever distance, that nobody delivered, with all that stand below: what to ask for first."""
    wanted = Counter(p for n in held for p in ancestors_of(graph, n) if not graph.nodes[p]["in_hand"])
    if not wanted:
        return []
    rows = [(graph.nodes[n]["name"], graph.nodes[n]["issuer"], vn_date(graph.nodes[n]["issued_on"]), count) for n, count in wanted.items()]
    rows.sort(key=lambda row: (-row[3], row[0]))
    head = (t("register.document"), t("documents.issuer"), t("documents.issued"), t("summary.cited_by"))
    return [f"### {t('summary.missing')}", "", *table(head, rows[:LIMIT], right=(3,)), *_more(len(rows), LIMIT, "graph.html", t)]


def _between(graph: Graph, t: Texts) -> list[str]:
    found = sorted(graph.graph.get("findings", ()), key=lambda f: (_RANK[f.severity], f.code, f.message))
    if not found:
        return []
    rows = [(t(f"severity.{f.severity}"), f.code, f.message) for f in found[:LIMIT]]
    head = [t(f"findings.{k}") for k in ("severity", "code", "message")]
    return [f"### {t('summary.between')}", "", *table(head, rows), *_more(len(found), LIMIT, "graph.html", t)]


def _coverage(audits: Sequence[Audit], t: Texts) -> list[str]:
    lines = [t("summary.coverage")]
    if not audits:
        return [*lines, t("summary.no_pairs"), ""]
    head = [t("summary.parent"), t("summary.child"), t("audit.duties"), t("summary.applicable")]
    head += [t(f"verdict.{v}") for v in ("covered", "partial", "contradicted", "not_covered", "needs_review")]
    head += [t("summary.decided"), t("summary.covered")]
    rows = [_pair(a, counts(a), t) for a in most_open_first(audits)]
    lines += table(head, rows[:LIMIT], right=range(2, len(head)))
    lines += [t("summary.rates_note"), "", *_more(len(rows), LIMIT, "audit.html", t)]
    unchecked = [(party_name(a.parent), party_name(a.child), n.what, n.why) for a in audits for n in a.not_checked]
    if unchecked:
        lines += [f"### {t('summary.not_checked')}", ""]
        lines += table((t("summary.parent"), t("summary.child"), t("summary.what"), t("summary.why")), unchecked[:LIMIT])
        lines += _more(len(unchecked), LIMIT, "audit.html", t)
    return lines


def _pair(audit: Audit, c: Counts, t: Texts) -> tuple[object, ...]:
    numbers = [c.standing[v] for v in ("covered", "partial", "contradicted", "not_covered", "needs_review")]
    rates = (percent(c.decided, c.applicable, t.language), percent(c.covered, c.applicable, t.language))
    return (party_name(audit.parent), party_name(audit.child), c.duties, c.applicable, *numbers, *rates)


def _open_rows(audits: Sequence[Audit], records: Sequence[Record], t: Texts) -> list[str]:
    lines, places = [t("summary.open_rows")], Places(records)
    for audit in most_open_first(audits):
        rows = [row for row in in_order(audit) if is_open(row) and row.verdict in OPEN]
        gone = sum(not is_open(row) and row.verdict in OPEN for row in audit.rows)
        if not rows and not gone:
            continue
        lines += [f"### {escape(t('audit.pair_title', child=party_name(audit.child), parent=party_name(audit.parent)))}", ""]
        for row in rows[:LIMIT]:
            where = _where(places.duty_page(audit.parent, row.duty), row.section, t)
            lines.append(f"- **{t(f'verdict.{row.verdict}')}** ({escape(where)}): {escape(clip(row.text))} *{escape(row.reason)}*")
        lines += ["", *([t("summary.decided_rows", count=gone), ""] if gone else []), *_more(len(rows), LIMIT, "audit.html", t)]
    audited = any(audit.rows for audit in audits)
    return lines if len(lines) > 1 else [*lines, t("summary.no_open" if audited else "summary.not_audited"), ""]


def _suspects(audits: Sequence[Audit], t: Texts) -> list[str]:
    """Decisions that have lost their ground since, with what has changed: they wait for the person who took them."""
    found = [(audit, row) for audit in most_open_first(audits) for row in suspects(audit)]
    if not found:
        return []
    lines = [f"### {escape(t('audit.suspects', count=len(found)))}", ""]
    for audit, row in found[:LIMIT]:
        pair = t("audit.pair_title", child=party_name(audit.child), parent=party_name(audit.parent))
        lines.append(f"- {escape(pair)}, {escape(row.duty)}: {escape(decided_by(row, t))}")
        lines += [f"  - {escape(clip(words))}" for _, words in changes(row, t, _PLACES)]
    return [*lines, "", *_more(len(found), LIMIT, "audit.html", t)]


def _where(page: int | None, section: str, t: Texts) -> str:
    places = [t("summary.section", section=section)] if section else []
    return ", ".join([*places, t("summary.page", page=page)] if page else places) or "–"


def _findings(records: Sequence[Record], t: Texts) -> list[str]:
    found: list[tuple[Record, Finding]] = [(r, f) for r in records for f in r.findings]
    # What an audit shows stands under its own heading above: here it comes after what is said nowhere else.
    found.sort(key=lambda pair: (_RANK[pair[1].severity], pair[1].rule.startswith("COVER-")))
    if not found:
        return [t("summary.findings_list"), t("summary.no_findings" if records else "summary.nothing"), ""]
    groups: dict[tuple[str, str, int], list[tuple[Record, Finding]]] = {}
    for r, f in found:
        groups.setdefault((f.severity, f.rule, id(r)), []).append((r, f))
    spots = {id(r): Spots(r) for r in records}
    rows = [_same(group, spots[id(group[0][0])], t) for group in groups.values()]
    head = (t("findings.severity"), t("findings.code"), t("summary.place"), t("summary.times"), t("findings.message"), t("findings.text"))
    return [t("summary.findings_list"), *table(head, rows[:LIMIT], right=(3,)), *_more(len(rows), LIMIT, "register.xlsx", t)]


def _same(group: Sequence[tuple[Record, Finding]], spots: Spots, t: Texts) -> tuple[object, ...]:
    """One row for all findings of a code in one document, with their places; the first one's words stand for them."""
    record, first = group[0]
    places = list(dict.fromkeys(spots.words(f.start, t) for _, f in group if f.start < f.end))
    where = "; ".join([p for p in places if p][:_PLACES]) + ("; …" if len(places) > _PLACES else "")
    others = len({f.message for _, f in group}) - 1
    message = t("summary.others", message=first.message, count=others) if others else first.message
    name = file_name(record) + (f", {where}" if where else "")
    return (t(f"severity.{first.severity}"), first.rule, name, len(group), message, _quoted(record, first))


def _quoted(record: Record, finding: Finding) -> str:
    """The words found; the opening of a longer duty ends in an ellipsis."""
    text = clip(finding.text, 120)
    opening = any(d.start == finding.start and finding.end < d.end for d in record.duties)
    return text if not text or text.endswith("…") or not opening else text.rstrip(" ,;:") + "…"


def _unclear(records: Sequence[Record], t: Texts) -> list[str]:
    """Duties nobody is named for."""
    rows = []
    for record in records:
        for duty in in_file_order(record):
            if leaderless(duty):
                where = _where(record.page_at(duty.start), duty.section, t)
                rows.append((document_name(record, t), where, clip(duty.text, 160), missing_clarities(duty, t)))
    if not rows:
        anything = any(record.duties for record in records)
        return [t("summary.unclear"), t("summary.no_unclear" if anything else "summary.no_duties"), ""]
    head = (t("register.document"), t("summary.place"), t("register.duty"), t("register.missing"))
    return [t("summary.unclear"), *table(head, rows[:LIMIT]), *_more(len(rows), LIMIT, "register.xlsx", t)]


def _read(records: Sequence[Record], t: Texts) -> list[str]:
    head = [t(f"documents.{k}") for k in ("file", "key", "issued", "issuer", "title", "parents", "duties", "undone_lead", "undone_time")]
    head += [t("documents.findings"), t("documents.notes")]
    rows = []
    for r in records:
        own = r.document
        lead, time = sum(leaderless(d) for d in r.duties), sum(timeless(d) for d in r.duties)
        figures = (len(r.duties), lead, time, len(r.findings))
        name = (file_name(r), own.key, vn_date(own.issued_on), own.issuer, clip(own.title or "", 120), "; ".join(parents(r)))
        rows.append((*name, *figures, "; ".join(r.source.warnings)))
    return [t("summary.read"), *table(head, rows[: 5 * LIMIT], right=(6, 7, 8, 9)), *_more(len(rows), 5 * LIMIT, "register.xlsx", t)]
