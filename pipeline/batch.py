"""Many documents: read and extracted in child processes, stored by this one, the only writer.

Resuming needs no journal: the store knows which contents are done. Same files in, same store and report out, whatever the number
of workers.
"""

from __future__ import annotations

import dataclasses
import hashlib
import tempfile
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Literal

from pipeline.ingest import MAX_FILE
from pipeline.ingest.delivery import Delivery
from pipeline.ingest.guard import MEMORY, Executor, Outcome, ProcessExecutor, SerialExecutor
from pipeline.store import Store
from schemas.errors import Damaged, NotFound, ReadError, TooLarge
from schemas.record import Record

TIMEOUT = 300.0  # seconds a file; a scan takes 1 to 2 seconds a page, the longest scanned plan seen has 60 pages

Process = Callable[[Path], Record | Sequence[Record]]
StepStatus = Literal["read", "failed", "skipped", "duplicate", "left_out"]


@dataclass(frozen=True, slots=True)
class Step:
    """One file is done. ``done`` counts from 1; ``total`` is None where the number of files is not known beforehand."""

    done: int
    total: int | None
    name: str
    status: StepStatus


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that was not read on purpose, and why (Vietnamese)."""

    name: str
    why: str


@dataclass(slots=True)
class BatchReport:
    """What became of every file, in the order given. Names are places in the delivery.

    ``skipped``: unchanged since the last run. ``duplicates``: same bytes as another file of the run or the store, with the name of
    that one. ``left_out``: no documents (lock files, hidden files).
    """

    read: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    duplicates: list[LeftOut] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.read) + len(self.failed) + len(self.skipped) + len(self.duplicates) + len(self.left_out)


def run_batch(
    paths: Iterable[Path | Delivery],
    store: Store,
    *,
    workers: int = 1,
    progress: Callable[[Step], None] | None = None,
    process: Process | None = None,
    stamp: str = "",
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    executor: Executor | None = None,
) -> BatchReport:
    """Process every file that the store does not know and store what comes out; a broken file never stops the run.

    ``paths``: files, or deliveries as ``walk`` lists them. A delivery's ``name`` becomes ``source.name``; a bare path has its last
    part as name, or the whole path where two files of the run share that. ``process`` must be importable by name (default:
    ``pipeline.process.process_file``). ``stamp`` names the version of program and rulebook: with another stamp known files are
    extracted again. ``workers`` 0 runs serially without limits. Raises ``StoreError`` and other errors of the operator.
    """
    run = _Run(store, stamp, progress, len(paths) if isinstance(paths, Sized) else None)
    engine = executor or (ProcessExecutor(workers, timeout, memory) if workers > 0 else SerialExecutor())
    task = _Task(process)
    with tempfile.TemporaryDirectory(prefix="trienkhai-made-") as folder:
        jobs = run.jobs(paths)
        ahead = process is None and isinstance(engine, ProcessExecutor)
        for outcome in engine.run(task, _with_made(jobs, Path(folder)) if ahead else jobs):
            run.take(outcome)
    run.settle_until(None)
    return run.report


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to process, with the content it had when the run looked at it; ``made`` is the .docx made of an old Word file."""

    path: Path
    name: str
    sha256: str
    number: int
    made: Path | None = None


def _with_made(jobs: Iterable[_Job], folder: Path) -> Iterator[_Job]:
    from pipeline.ingest.office_ahead import convert_ahead

    return (dataclasses.replace(job, made=made) for job, made in convert_ahead(jobs, attrgetter("path"), folder))


@dataclass(frozen=True, slots=True)
class _Task:
    """What a worker does with one job. Crosses to the child, so the default is looked up there."""

    process: Process | None

    def __call__(self, job: _Job) -> tuple[Record, ...]:
        if self.process is None:
            from pipeline.process import process_file

            result: Record | Sequence[Record] = process_file(job.path, job.made)
        else:
            result = self.process(job.path)
        records = (result,) if isinstance(result, Record) else tuple(result)
        return tuple(r.model_copy(update={"source": r.source.model_copy(update={"name": job.name})}) for r in records)


@dataclass(slots=True)
class _Run:
    """Books of one run. What needs no worker (known, broken, left out) waits in ``_early`` until its turn in the order."""

    store: Store
    stamp: str
    progress: Callable[[Step], None] | None
    total: int | None
    report: BatchReport = field(default_factory=BatchReport)
    _done: int = 0
    _early: deque[tuple[int, Delivery, str | None, StepStatus]] = field(default_factory=deque)
    _working: int = 0  # jobs given to the engine and not yet back
    _seen: dict[str, str] = field(default_factory=dict)  # sha256 → name it first came under
    _unread: dict[str, ReadError] = field(default_factory=dict)  # sha256 → why that content could not be read

    def jobs(self, paths: Iterable[Path | Delivery]) -> Iterator[_Job]:
        """Files that must be processed; all others are put aside with what is known of them."""
        for number, item in enumerate(_named(paths)):
            if item.error is not None:
                self._aside(number, item, None, "failed")
                continue
            if item.skipped is not None:
                self._aside(number, item, None, "left_out")
                continue
            try:
                sha256 = _digest(item.path)
            except ReadError as error:
                self._aside(number, dataclasses.replace(item, error=error), None, "failed")
                continue
            if status := self._known(item, sha256):
                self._aside(number, item, sha256, status)
                continue
            self._seen[sha256] = item.name
            self._working += 1
            yield _Job(item.path, item.name, sha256, number)

    def take(self, outcome: Outcome[_Job, tuple[Record, ...]]) -> None:
        """Store one outcome, after everything that comes before it in the order."""
        job = outcome.key
        self._working -= 1
        self.settle_until(job.number)
        if job.made is not None:
            job.made.unlink(missing_ok=True)
        error = outcome.error
        if error is None and outcome.value:
            try:
                self.store.put_file(outcome.value, stamp=self.stamp)
            except ValueError as refused:  # characters no UTF-8 text can hold, from a broken font table
                error = Damaged(f"Văn bản chứa ký tự không lưu được ({type(refused).__name__}).")
        elif error is None:
            error = Damaged("Tệp không cho ra văn bản nào.")
        if error is None:
            self.report.read.append(job.name)
            self._step(job.name, "read")
        else:
            self._unread[job.sha256] = error
            self._fail(job.name, error, job.sha256)

    def settle_until(self, number: int | None) -> None:
        """Report what was put aside before ``number``, all of it for None."""
        while self._early and (number is None or self._early[0][0] < number):
            _, item, sha256, status = self._early.popleft()
            error = item.error or self._unread.get(sha256 or "")  # the copy of an unreadable file is unreadable too
            if error is not None:
                self._fail(item.name, error, sha256)
                continue
            if status == "skipped":
                self.report.skipped.append(item.name)
            elif status == "duplicate":
                other = self._seen.get(sha256 or "", "")
                self.report.duplicates.append(LeftOut(item.name, f"trùng nội dung với “{other}”"))
            else:
                self.report.left_out.append(LeftOut(item.name, item.skipped or ""))
            self._step(item.name, status)

    def _known(self, item: Delivery, sha256: str) -> StepStatus | None:
        if sha256 in self._seen:
            return "duplicate"
        if self.store.name_of(sha256, stamp=self.stamp) == item.name:
            self._seen[sha256] = item.name
            return "skipped"
        return None

    def _aside(self, number: int, item: Delivery, sha256: str | None, status: StepStatus) -> None:
        self._early.append((number, item, sha256, status))
        if not self._working:  # nothing before it is open: say it now, a run over known files shows its progress
            self.settle_until(None)

    def _fail(self, name: str, error: ReadError, sha256: str | None) -> None:
        listed = type(error)(error.message, path=name, remedy=error.remedy)
        self.store.put_failure(name, listed, sha256=sha256)
        self.report.failed.append(listed)
        self._step(name, "failed")

    def _step(self, name: str, status: StepStatus) -> None:
        self._done += 1
        if self.progress is not None:
            self.progress(Step(self._done, self.total, name, status))


def _named(paths: Iterable[Path | Delivery]) -> Iterator[Delivery]:
    """Deliveries with names that no two different files of the run share."""
    taken: dict[str, Path] = {}
    for item in paths:
        delivery = item if isinstance(item, Delivery) else Delivery(item, item.name)
        if taken.setdefault(delivery.name, delivery.path) != delivery.path:
            delivery = dataclasses.replace(delivery, name=delivery.path.as_posix())
        yield delivery


def _digest(path: Path) -> str:
    """sha256 of a file, as readers compute it. Raises ``NotFound``, ``TooLarge``, ``ReadError``."""
    try:
        if (size := path.stat().st_size) > MAX_FILE:
            raise TooLarge(f"Tệp {size // 1_048_576} MB, vượt giới hạn {MAX_FILE // 1_048_576} MB.", path=str(path))
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise NotFound("Không có tệp này.", path=str(path)) from error
    except OSError as error:
        raise ReadError(f"Không đọc được tệp: {error.strerror or error}.", path=str(path)) from error


__all__ = ["MEMORY", "TIMEOUT", "BatchReport", "LeftOut", "Process", "Step", "run_batch"]
