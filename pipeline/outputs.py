"""What a run writes (kết quả): graph, audits and findings over all documents delivered, and every report of them.

Findings that need other documents or an audit are no part of a record, which keeps what its own document shows: they are reckoned
anew at every run, stand in report.md and register.xlsx, and ``trienkhai check`` gives them for what is in the store.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.batch import BatchReport
from pipeline.links import graph_decisions
from pipeline.store import Store
from schemas.coverage import Audit, AuditRow
from schemas.errors import UsageError
from schemas.record import Finding, Record

if TYPE_CHECKING:
    from pipeline.audit.binding import DecisionLike
    from pipeline.graph.shape import Graph
    from pipeline.report.texts import Texts
    from pipeline.versions import Copy
    from schemas.graph import Decision as EdgeDecision


@dataclass(slots=True)
class RunResult:
    """What a run did: counts for the terminal and the files it wrote, in the order a reader opens them."""

    report: BatchReport
    records: list[Record] = field(default_factory=list)
    audits: list[Audit] = field(default_factory=list)
    copies: tuple[Copy, ...] = ()
    kept: int | None = None
    """Rows of the earlier register in which somebody had written; None where there was no register."""
    written: list[Path] = field(default_factory=list)


_SETTLED = ("covered", "not_applicable")
_NO_FAULT = {"COVER-EXTRA"}
"""What audits show beside gaps: the own work of a lower plan stands in its audit, it is nothing to mend."""


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Where ``path`` cannot be written the operator hears so, with the reason."""
    try:
        yield
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError("Không ghi được vào đây: đã có một tệp trùng tên với thư mục cần ghi.", path=str(path)) from error
    except FileNotFoundError as error:
        raise UsageError("Không ghi được: thư mục chứa tệp kết quả không có.", path=str(path), remedy="Tạo thư mục đó trước.") from error
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Kiểm tra quyền ghi và chỗ trống trên đĩa, hoặc chọn nơi khác."
        raise UsageError(f"Không ghi được kết quả: {reason}.", path=str(path), remedy=remedy) from error


def _nearest(graph: Graph, node: str, in_hand: Collection[str]) -> list[str]:
    """The first documents in hand above a node, one or more on each way up."""
    from pipeline.graph.checks import parents_of

    found: dict[str, None] = {}
    seen, todo = {node}, list(parents_of(graph, node))
    while todo:
        above = todo.pop()
        if above in seen:
            continue
        seen.add(above)
        if above in in_hand:
            found[above] = None
        else:
            todo += parents_of(graph, above)
    return sorted(found)


def parent_pairs(records: Iterable[Record], graph: Graph) -> list[tuple[Record, Record]]:
    """(parent, child) for the nearest document in hand on every way up, ordered by parent, then child: where the level between is
    only cited, the one above it is what can be compared. Refused edges are no ways."""
    by_sha = {record.source.sha256: record for record in records}
    in_hand = {node: by_sha[data["sha256"]] for node, data in graph.nodes(data=True) if data.get("sha256") in by_sha}
    pairs = [(in_hand[above], child) for node, child in in_hand.items() for above in _nearest(graph, node, in_hand.keys())]
    return sorted(pairs, key=lambda pair: (pair[0].document.key or "", pair[0].source.name, pair[1].source.name, pair[1].source.part or ""))


def audits_of(pairs: Iterable[tuple[Record, Record]], decisions: Iterable[DecisionLike] = (), language: str = "vi") -> list[Audit]:
    """Audit of every pair; what persons decided is bound to the rows, suspect where either side has changed since."""
    from pipeline.audit.coverage import audit

    kept = list(decisions)
    return [audit(parent, child, decisions=kept, language=language) for parent, child in pairs]


def graph_of(
    records: Iterable[Record], copies: Iterable[Copy], *, decisions: Sequence[EdgeDecision] = (), duties: bool = False
) -> Graph:
    """Graph of documents, read in one stream: a copy is one more file of its document and no document of its own, but where a person
    has decided on it by itself; texts that are no office's stay out."""
    from pipeline.graph import build
    from pipeline.graph.facts import document_id
    from pipeline.graph.index import GraphIndex

    joined = undecided(copies, decisions)
    gone = {(c.record.source.sha256, c.record.source.part) for c in joined}
    index = GraphIndex((r for r in records if (r.source.sha256, r.source.part) not in gone and not plain_text(r)), duties=duties)
    for copy in joined:
        if (main := document_id(copy.main)) in index.documents:
            index.documents[main].names.append(copy.record.source.name)
    return build(index, decisions=decisions, duties=duties)


def plain_text(record: Record) -> bool:
    """Whether nothing says that an office wrote this: a guide to a folder, a note. A plan that has lost its head still names who does
    what, or by when, or what it carries out."""
    own = record.document
    named = own.key or own.kind or own.issuer or own.issued_on or own.place or own.signer or own.regime or own.recipients
    dated = {d.id for d in record.deadlines if d.kind in ("date", "range", "recurring")}
    given = any(d.lead or not dated.isdisjoint(d.deadlines) for d in record.duties)
    return not (named or given) and all(k.relation == "cites" for k in record.links)


def _noted(record: Record, t: Texts) -> Record:
    """The record with what a reader of the reports should know of its file."""
    if not plain_text(record):
        return record
    source = record.source.model_copy(update={"warnings": (*record.source.warnings, t("documents.plain_text"))})
    return record.model_copy(update={"source": source})


def undecided(copies: Iterable[Copy], decisions: Iterable[EdgeDecision]) -> list[Copy]:
    """Copies that no person has decided on by themselves."""
    named = " ".join(end for d in decisions for end in (d.source, d.target))
    return [c for c in copies if c.record.source.sha256 not in named]


def checked(records: Sequence[Record], audits: Iterable[Audit]) -> list[Record]:
    """The records with the findings of every check: their own, those that need other documents, and those that audits show."""
    from pipeline.audit.checks import run_checks

    found: dict[str, list[Finding]] = {}
    for located in run_checks(records, audits=[_as_decided(a) for a in audits]):
        if located.finding.rule not in _NO_FAULT:
            found.setdefault(located.file, []).append(located.finding)
    names = ((r, f"{r.source.name} ({r.source.part})" if r.source.part else r.source.name) for r in records)
    return [r.model_copy(update={"findings": tuple(found.get(name, ()))}) for r, name in names]


def _as_decided(audit: Audit) -> Audit:
    """An audit as people have decided it, for its findings: what a person calls covered is no gap, drift or late day any more."""

    def row(own: AuditRow) -> AuditRow:
        said = own.decision
        if said is None or said.state != "valid":
            return own
        return own.model_copy(update={"verdict": said.verdict} | ({"slots": ()} if said.verdict in _SETTLED else {}))

    return audit.model_copy(update={"rows": tuple(map(row, audit.rows))}) if any(r.decision for r in audit.rows) else audit


def write_all(store: Store, result: RunResult, out: Path, language: str) -> None:
    from pipeline.graph import export as graph_export
    from pipeline.report.audit_html import write_audit_html
    from pipeline.report.audit_matrix import write_audit_matrix
    from pipeline.report.calendar import write_calendar
    from pipeline.report.graph_html import to_html
    from pipeline.report.register import write_register
    from pipeline.report.summary import write_summary
    from pipeline.report.texts import texts
    from pipeline.versions import copies_of, without

    delivered = {*result.report.read, *result.report.skipped, *(e.path or "" for e in result.report.failed)}
    failures = [f for f in store.failures() if f.name in delivered]
    copies = result.copies = copies_of(result.records)
    counted = without(result.records, copies)
    graph = graph_of(result.records, copies, decisions=graph_decisions(store))
    result.audits = audits_of(parent_pairs(counted, graph), store.decisions(), language)
    told = [_noted(r, texts(language)) for r in checked(counted, result.audits)]
    register, records, picture = out / "register.xlsx", out / "records.jsonl", out / "graph.html"
    earlier = register.is_file()
    kept = write_register(told, register, failures=failures, copies=copies, language=language)
    result.kept = kept if earlier else None
    records.write_text("".join(r.to_json() + "\n" for r in result.records), encoding="utf-8")
    picture.write_bytes(as_bytes(to_html(graph)))
    graph_export.write(graph, out / "graph.graphml")
    write_audit_html(result.audits, out / "audit.html", result.records, language=language)
    write_audit_matrix(result.audits, out / "matrix.xlsx", result.records, language=language)
    write_calendar(counted, out / "calendar.ics")
    write_summary(told, failures, result.audits, graph, out / "report.md", report=result.report, copies=copies, language=language)
    names = ("report.md", "register.xlsx", "graph.html", "audit.html", "matrix.xlsx", "calendar.ics", "records.jsonl", "graph.graphml")
    result.written = [out / name for name in names]


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8")
