"""The main job: a folder in; register, graph, audits and reports out (việc chính).

``run_folder`` reads what is new, keeps facts in the store and writes every report from the store, so that a second run over
unchanged files writes the same bytes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import config
from pipeline.batch import MEMORY, BatchReport, Step, run_batch
from pipeline.ingest.delivery import RESULTS, Delivery, walk
from pipeline.links import graph_decisions, sync_graph
from pipeline.outputs import RunResult, as_bytes, audits_of, graph_of, parent_pairs, undecided, write_all, writing
from pipeline.store import Store
from pipeline.store.decisions import Decision
from schemas.coverage import Audit, AuditRow
from schemas.errors import ReadError, UsageError
from schemas.record import Record

if TYPE_CHECKING:
    from pipeline.audit.checks import Located
    from pipeline.graph.questions import Chain, Impact
    from pipeline.graph.shape import Graph
    from schemas.graph import Decision as EdgeDecision


def _progress(quiet: bool, total: int) -> tuple[object, object]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    bar = Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), disable=quiet)
    return bar, bar.add_task("Đang đọc", total=total)


def _deliveries(folder: Path, into: Path) -> list[Delivery]:
    return [d for d in walk(folder, into=into) if not _own(d.path, into.parent.resolve(), folder)]


def _own(path: Path, out: Path, folder: Path) -> bool:
    """Whether a file was written by an earlier run to the same place: the output folder may lie inside the folder that is read, or
    be that folder itself. Nobody needs to hear of those; the output of other runs is listed as left out."""
    if not folder.is_dir() or not out.is_relative_to(folder.resolve()):
        return False
    if out == folder.resolve():
        return path.name in RESULTS and path.resolve().parent == out
    return path.resolve().is_relative_to(out)


def run_folder(
    folder: Path,
    out: Path,
    *,
    workers: int | None = None,
    store: Path | None = None,
    language: str | None = None,
    quiet: bool = False,
) -> RunResult:
    """Read ``folder`` and write all reports into ``out``. A broken file never stops it.

    Raises ``UsageError`` where the folder is missing or ``out`` cannot be written; a missing folder leaves no ``out`` behind.
    """
    if not folder.exists():
        raise UsageError(f"Không có thư mục hoặc tệp {folder}.")
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
    unpacked = out / ".unpacked"
    try:
        deliveries = _deliveries(folder, unpacked)
        with Store.open(store or out / config.STORE_NAME) as opened:
            bar, task = _progress(quiet, len(deliveries))

            def step(done: Step) -> None:
                bar.update(task, completed=done.done, description=f"Đang đọc {done.name[-40:]}")  # type: ignore[attr-defined]

            with bar:  # type: ignore[attr-defined]
                limit = config.memory(MEMORY)
                report = run_batch(deliveries, opened, workers=config.workers(workers), progress=step, stamp=config.stamp(), memory=limit)
            for name in _vanished(opened, deliveries, fresh=store is None):
                opened.forget(name)
            sync_graph(opened)
            result = RunResult(report, _of_this_folder(opened, report))
            with writing(out):
                write_all(opened, result, out, language or config.language())
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)
    return result


def _vanished(store: Store, deliveries: list[Delivery], *, fresh: bool) -> list[str]:
    """Names in the run's own store that are no longer delivered; a shared store (``--store``) keeps what other folders gave it."""
    if not fresh:
        return []
    here = {d.name for d in deliveries}
    known = {r.source.name for r in store.records()} | {f.name for f in store.failures()}
    return sorted(known - here)


def _of_this_folder(store: Store, report: BatchReport) -> list[Record]:
    """Records of the files delivered now; a store may hold those of other folders too."""
    names = {*report.read, *report.skipped}
    return [r for r in store.records() if r.source.name in names]


def read_each(paths: Iterable[Path]) -> tuple[list[Record], list[ReadError]]:
    """Records of files and folders, read in child processes, and what could not be read; a broken file stops nothing."""
    from pipeline.batch import TIMEOUT
    from pipeline.ingest.guard import run
    from pipeline.process import process_file

    deliveries = [d for p in paths for d in (walk(p) if p.is_dir() or p.suffix.lower() == ".zip" else [Delivery(p, p.name)])]
    failed = [_at(d.error, d.path) for d in deliveries if d.error is not None]
    files = [d.path for d in deliveries if not d.skipped and d.error is None]
    records: list[Record] = []
    for outcome in run(process_file, files, workers=config.workers(), timeout=TIMEOUT, memory=config.memory(MEMORY)):
        if outcome.error is not None:
            failed.append(_at(outcome.error, outcome.key))
        records.extend(outcome.value or ())
    return records, failed


def _at(error: ReadError, path: Path) -> ReadError:
    error.path = error.path or str(path)
    return error


def open_store(path: Path) -> Store:
    """The store at ``path``; ``UsageError`` where there is none: a question never makes one."""
    if not path.exists():
        raise UsageError(f"Chưa có kho dữ liệu {path}.", remedy="Chạy «trienkhai run THƯ_MỤC --out out» trước, hoặc nêu --store.")
    return Store.open(path)


def graph_of_store(store: Path, *, duties: bool = False) -> Graph:
    """Graph of everything in the store; ``duties`` adds duties and bodies as nodes."""
    from pipeline.versions import copies_of

    with open_store(store) as opened:
        copies = copies_of([_bare(r) for r in opened.records()])
        return graph_of(opened.records(), copies, decisions=graph_decisions(opened), duties=duties)


def _bare(record: Record) -> Record:
    """What tells copies: who, when, what is to be done. The rest would fill the memory with a whole store."""
    empty: tuple[()] = ()
    return record.model_copy(update=dict.fromkeys(("sections", "citations", "units", "deadlines", "links", "edges", "findings"), empty))


def chain_of(document: str, store: Path) -> Chain:
    """The chain over a document of the store, or over a file read beside what is in the store."""
    from pipeline.graph import build, questions
    from pipeline.links import chain_from_store

    path = Path(document)
    if not path.is_file():
        with open_store(store) as opened:
            return chain_from_store(opened, document)
    records, failed = read_each([path])
    if failed:
        raise failed[0]
    own = [r.model_copy(update={"source": r.source.model_copy(update={"name": path.name})}) for r in records]
    seen = {r.source.sha256 for r in own}
    others: list[Record] = []
    decisions: list[EdgeDecision] = []
    if store.exists():
        with Store.open(store) as opened:
            others = [r for r in opened.records() if r.source.sha256 not in seen]
            decisions = graph_decisions(opened)
    return questions.chain(build([*own, *others], decisions=decisions), own[0].document.key or path.name)


def impact_of(document: str, store: Path, *, every: bool = False) -> tuple[Impact, dict[str, tuple[str, str]]]:
    """What hangs on a document, and for its duties the document and the words (id → name and text). ``every``: with all
    documents that refer to it, however many."""
    from pipeline.links import impact_from_store, others_from_store

    with open_store(store) as opened:
        answer = impact_from_store(opened, document)
        if every and sum(number for _, number in answer.citing) > len(answer.others):
            answer = replace(answer, others=tuple(others_from_store(opened, document)))
        held = {(s.id, r.source.sha256[:8]): r for s in answer.plans for f in s.files for r in opened.find(f)}
        answer = _counted_once(answer, held, graph_decisions(opened))
    words = {f"{n}::{s}::{d.id}": (r.document.key or r.source.name, d.text) for (n, s), r in held.items() for d in r.duties}
    return answer, words


def _counted_once(answer: Impact, held: Mapping[tuple[str, str], Record], decisions: Sequence[EdgeDecision]) -> Impact:
    """The answer with every copy among the plans below counted as one more file of its document. ``held``: record by node and the
    beginning of the file's checksum, as ids of duties have them."""
    from pipeline.versions import copies_of

    node = {id(record): name for (name, _), record in held.items()}
    found = undecided(copies_of(list(held.values())), decisions)
    gone = {id(c.record): c for c in found if node[id(c.record)] != node[id(c.main)]}  # files of one node are counted once already
    if not gone:
        return answer
    beginnings = tuple(f"{name}::{stamp}::" for (name, stamp), record in held.items() if id(record) in gone)
    kept = {name for at, name in node.items() if at not in gone}
    more: dict[str, set[str]] = {}
    for copy in gone.values():
        more.setdefault(node[id(copy.main)], set()).add(copy.record.source.name)
    plans = (replace(s, files=tuple(sorted({*s.files, *more.get(s.id, ())}))) for s in answer.plans if s.id in kept or not s.files)
    citing = answer.duties_citing or ()
    fewer = tuple(d for d in citing if not d.startswith(beginnings))
    return replace(
        answer,
        plans=tuple(plans),
        duties=tuple(d for d in answer.duties or () if not d.startswith(beginnings)),
        duties_citing=fewer,
        duties_citing_count=(answer.duties_citing_count or 0) - len(citing) + len(fewer),
    )


def audit_pair(parent: Record, child: Record, store: Path, language: str = "vi") -> tuple[Audit, Record, Record, int]:
    """Audit of one pair and its exit code; decisions kept in the store count. ``language`` is that of the reasons."""
    from pipeline.audit.coverage import audit, exit_code

    decisions = []
    if store.exists():
        with Store.open(store) as opened:
            decisions = list(opened.decisions())
    result = audit(parent, child, decisions=decisions, language=language)
    return result, parent, child, exit_code(result)


def decide(parent: Record, child: Record, duty: str, verdict: str, who: str, note: str, store: Path) -> Decision:
    """Keep one person's decision on one row, bound to the content of both sides. Raises ``UsageError`` for an unknown duty or
    verdict, and where a verdict other than the machine's comes without a note."""
    from datetime import UTC, datetime

    from pipeline.audit.binding import row_id, stamp, words_of
    from pipeline.audit.coverage import audit
    from schemas.coverage import VERDICTS

    result = audit(parent, child)
    row = _row(result, duty)
    if verdict not in VERDICTS:
        raise UsageError(f"Không có kết luận “{verdict}”.", remedy="Dùng một trong: " + ", ".join(VERDICTS))
    if verdict != row.verdict and not note.strip():
        raise UsageError("Đổi kết luận của máy thì phải ghi lý do.", remedy="Thêm --note.")
    above, below = stamp(row)
    said, answered = words_of(row, parent, child)
    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    kept = Decision(
        id=row_id(result, row), parent_stamp=above, child_stamp=below, verdict=verdict, note=note, who=who, at=now,
        parent_words=said, child_words=answered,
    )  # fmt: skip
    store.parent.mkdir(parents=True, exist_ok=True)
    with Store.open(store) as opened:
        opened.decide(kept)
    return kept


def decide_relation(child: str, parent: str, relation: str, verdict: str, who: str, note: str, store: Path) -> Decision:
    """Keep one person's decision on one edge of the graph, bound to the words it rests on. Raises ``UsageError``."""
    from datetime import UTC, datetime

    from pipeline.links import decide_edge

    now = datetime.now(UTC).replace(microsecond=0).isoformat()
    with open_store(store) as opened:
        return decide_edge(opened, child, parent, verdict, who=who, at=now, relation=relation, note=note)


def _row(result: Audit, duty: str) -> AuditRow:
    """The row a person names by the duty's code (``II.1#2``) or, where it stands alone there, by the section the audit shows."""
    rows = [r for r in result.rows if r.duty == duty] or [r for r in result.rows if r.section.strip(". ") == duty.strip(". ")]
    if len(rows) == 1:
        return rows[0]
    if rows:
        choices = "; ".join(f"{r.duty} ({' '.join(r.text.split())[:60]}…)" for r in rows)
        raise UsageError(f"Mục “{duty}” có {len(rows)} nhiệm vụ.", remedy=f"Ghi rõ một trong các mã: {choices}")
    known = ", ".join(r.duty for r in result.rows)
    raise UsageError(f"Không có nhiệm vụ “{duty}” trong văn bản cấp trên.", remedy=f"Dùng một trong các mã: {known or '(không có)'}.")


def findings_of(records: list[Record], select: tuple[str, ...], ignore: tuple[str, ...]) -> list[Located]:
    """Findings of every check over these records; pairs of parent and child among them are audited for the checks that need it."""
    from pipeline.audit.checks import run_checks
    from pipeline.graph import build

    audits = audits_of(parent_pairs(records, build(records))) if len(records) > 1 else []
    return run_checks(records, select=select, ignore=ignore, audits=audits)


def write_audit(result: Audit, parent: Record, child: Record, out: Path, form: str, language: str = "vi") -> None:
    """One audit as a page, minutes or matrix. Raises ``UsageError`` where ``out`` cannot be written."""
    from pipeline.report import audit_html, audit_matrix, audit_word

    with writing(out):
        if form == "html":
            audit_html.write_audit_html([result], out, [parent, child], language=language)
        elif form == "docx":
            audit_word.write_audit_word(result, out, [parent, child])
        else:
            audit_matrix.write_audit_matrix([result], out, [parent, child], language=language)


GRAPH_FORMATS = (".graphml", ".gexf", ".json", ".csv", ".parquet", ".jsonld", ".dot", ".svg", ".html")


def export_graph(graph: Graph, out: Path) -> None:
    """Write the graph in the format that the suffix names. Raises ``UsageError``."""
    from pipeline.graph import export, picture
    from pipeline.report.graph_html import to_html

    suffix = out.suffix.lower()
    if suffix not in GRAPH_FORMATS:
        raise UsageError(f"Không có dạng xuất “{suffix}”.", remedy=f"Dùng một trong các đuôi: {', '.join(GRAPH_FORMATS)}.")
    with writing(out):
        out.parent.mkdir(parents=True, exist_ok=True)
        if suffix == ".html":
            out.write_bytes(as_bytes(to_html(graph)))
        elif suffix == ".svg":
            out.write_bytes(as_bytes(picture.to_svg(graph)))
        else:
            export.write(graph, out)
