"""Runs a function over files in child processes, so that a hostile or broken file costs only its own result.

Every engine has the same interface and gives the same outcomes: keys are consumed lazily, a bounded window is outstanding,
outcomes come in the order of the keys. A worker that dies is replaced; its file, as one that wanted more memory than was left, is tried
once more in a worker of its own: what becomes of a file must not depend on those read before it.
A cluster engine is one more class with ``run``: a guarded pool inside each of its workers (one poison file must not be blamed
on its neighbours).
"""

from __future__ import annotations

import multiprocessing
import re
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Generic, Literal, Protocol, TypeVar

from pipeline.ingest.confine import allow_cpu, child_setup, settle
from schemas.errors import Crashed, OutOfMemory, ReadError, TimedOut, TooLarge, TrienkhaiError

K = TypeVar("K")
V = TypeVar("V")
Status = Literal["ok", "error", "timeout", "crashed"]

GIB = 1024**3
TIMEOUT = 120.0  # seconds of wall clock for one file
# Bytes a worker may hold of its own. Readers and language models together take 240 MB of it before the file; libraries mapped from
# files add 80 MB, so that no process passes 400 MB.
MEMORY = 320 * 1024**2
WINDOW = 4  # outstanding files per worker: keeps workers busy and the parent at 25 MB whatever the number of files
MAX_TASKS = 500  # files after which a worker is replaced, against slow leaks in foreign libraries
_GIVEN_UP = tuple(-getattr(signal, name, 0) for name in ("SIGABRT", "SIGTRAP", "SIGILL"))  # how PDFium ends where memory is refused
_NO_MEMORY = re.compile(r"(?i)bad_alloc|insufficient memory|failed to allocate|out of memory|cannot allocate|memory allocation failed")
POLL = 5.0  # seconds between looks at the health of the pool
ATTEMPTS = 2  # a crash and a want of memory are retried once, in a worker that has read nothing yet


@dataclass(frozen=True, slots=True)
class Outcome(Generic[K, V]):
    """What became of one key. ``value`` is set where ``status`` is ok, ``error`` everywhere else."""

    key: K
    value: V | None
    status: Status
    error: ReadError | None
    attempts: int


class Executor(Protocol):
    """An engine that runs ``fn`` over keys and yields one outcome a key, in the order of the keys.

    Errors of the operator (a broken rulebook, a locked store) are raised, not turned into outcomes.
    """

    def run(self, fn: Callable[[K], V], keys: Iterable[K]) -> Iterator[Outcome[K, V]]: ...


@dataclass(frozen=True, slots=True)
class SerialExecutor:
    """One after the other in this process: for tests, debuggers and trusted files. No limits are enforced."""

    def run(self, fn: Callable[[K], V], keys: Iterable[K]) -> Iterator[Outcome[K, V]]:
        for key in keys:
            yield _outcome(key, _attempt(fn, key, None), 1)


@dataclass(frozen=True, slots=True)
class ProcessExecutor:
    """A pool of child processes on this machine. ``cpu`` seconds default to ``timeout``; ``network`` stays away by default, and
    with ``quiet`` what libraries print."""

    workers: int = 1
    timeout: float = TIMEOUT
    memory: int = MEMORY
    cpu: float | None = None
    network: bool = False
    quiet: bool = True
    max_tasks: int = MAX_TASKS

    def run(self, fn: Callable[[K], V], keys: Iterable[K]) -> Iterator[Outcome[K, V]]:
        pool = _Pool(self)
        window: deque[_Open] = deque()
        try:
            for key in keys:
                window.append(pool.start(fn, key))
                if len(window) >= WINDOW * self.workers:
                    yield pool.finish(fn, window.popleft())
            while window:
                yield pool.finish(fn, window.popleft())
        finally:
            pool.stop()


def run(
    fn: Callable[[K], V], keys: Iterable[K], *, workers: int = 1, timeout: float = TIMEOUT, memory: int = MEMORY
) -> Iterator[Outcome[K, V]]:
    """Run ``fn`` (importable by name) over ``keys``; ``workers`` 0 means serially in this process, without limits."""
    executor: Executor = ProcessExecutor(workers, timeout, memory) if workers > 0 else SerialExecutor()
    return executor.run(fn, keys)


def call(fn: Callable[[K], V], key: K, *, timeout: float = TIMEOUT, memory: int = MEMORY) -> V:
    """Run ``fn`` on one key in a child process and return its value. Raises the ``ReadError`` of the outcome."""
    (outcome,) = ProcessExecutor(1, timeout, memory).run(fn, [key])
    if outcome.error is not None:
        raise outcome.error
    return outcome.value  # type: ignore[return-value]  # ok outcomes hold what fn returned, None included


@dataclass(frozen=True, slots=True)
class _Reply:
    """What crosses from child to parent. Only our own errors cross: foreign ones may not survive pickling and would break the pool."""

    value: Any = None
    error: TrienkhaiError | None = None


def _attempt(fn: Callable[[Any], Any], key: object, cpu: float | None) -> _Reply:
    """Run ``fn`` and turn whatever it raises into one of our errors: this is the edge where foreign errors end."""
    try:
        if cpu is not None:
            allow_cpu(cpu)
        return _Reply(fn(key))
    except TrienkhaiError as error:
        return _Reply(error=error)
    except MemoryError:
        return _Reply(error=_too_hungry())
    except RecursionError:
        return _Reply(error=TooLarge("Cấu trúc tệp lồng nhau quá sâu."))
    except ImportError as error:
        return _Reply(error=ReadError(f"Bản cài đặt thiếu thành phần ({error}).", remedy="Cài lại chương trình với đủ thành phần."))
    except Exception as error:  # noqa: BLE001 - parsers raise anything on broken input; the file is listed, the batch goes on
        if _NO_MEMORY.search(str(error)):
            return _Reply(error=_too_hungry())
        reason = f"{type(error).__name__}: {error}"[:200]
        return _Reply(error=ReadError(f"Bộ đọc dừng vì lỗi ngoài dự kiến ({reason})."))
    finally:
        if cpu is not None:
            allow_cpu(None)


def _too_hungry() -> OutOfMemory:
    remedy = "Tách tệp thành các phần nhỏ hơn, quét lại ở 300 dpi, hoặc tăng TRIENKHAI_MEMORY."
    return OutOfMemory("Tệp cần nhiều bộ nhớ hơn giới hạn.", remedy=remedy)


def _outcome(key: Any, reply: _Reply, attempts: int) -> Outcome[Any, Any]:
    if reply.error is None:
        return Outcome(key, reply.value, "ok", None, attempts)
    if not isinstance(reply.error, ReadError):
        raise reply.error
    return _failed(key, reply.error, attempts)


def _failed(key: object, error: ReadError, attempts: int) -> Outcome[Any, Any]:
    if error.path is None and isinstance(key, (str, Path)):
        error.path = str(key)
    status: Status = "timeout" if isinstance(error, TimedOut) else "crashed" if isinstance(error, Crashed) else "error"
    return Outcome(key, None, status, error, attempts)


@dataclass(slots=True)
class _Open:
    """A key on its way; ``pool`` is the pool that runs it, which may have broken since."""

    key: Any
    future: Future[_Reply]
    pool: Any
    attempts: int = 1


@dataclass(slots=True)
class _Pool:
    """A Pebble pool that is replaced when it breaks (it does so when an idle worker is killed from outside)."""

    settings: ProcessExecutor
    _pool: Any = field(init=False, default=None)

    def start(self, fn: Callable[[Any], Any], key: object, attempts: int = 1) -> _Open:
        s = self.settings
        cpu = s.timeout if s.cpu is None else s.cpu
        for _ in range(2):
            pool = self._pool = self._pool or self._fresh()
            try:
                return _Open(key, pool.schedule(_attempt, args=(fn, key, cpu), timeout=s.timeout), pool, attempts)
            except (BrokenProcessPool, RuntimeError):
                self._replace(pool)
        raise TrienkhaiError("Không khởi động được tiến trình đọc tệp.", remedy="Kiểm tra bộ nhớ và số tiến trình còn trống của máy.")

    def finish(self, fn: Callable[[Any], Any], job: _Open) -> Outcome[Any, Any]:
        """Wait for one key; after a crash or a want of memory run it again, alone, up to ``ATTEMPTS`` times."""
        failure = _wait(job)
        if isinstance(failure, TimeoutError):
            late = TimedOut(f"Quá {self.settings.timeout:g} giây mà chưa đọc xong.")
            return _failed(job.key, late, job.attempts)
        if isinstance(failure, BrokenProcessPool):
            self._replace(job.pool)
        reply = job.future.result() if failure is None else _Reply(error=Crashed(_last_words(failure)))
        if job.attempts >= ATTEMPTS or not isinstance(reply.error, (Crashed, OutOfMemory)):
            return _outcome(job.key, reply, job.attempts)
        alone = _Pool(replace(self.settings, workers=1))
        try:
            return alone.finish(fn, alone.start(fn, job.key, job.attempts + 1))
        finally:
            alone.stop()

    def stop(self) -> None:
        """End all workers at once; what they still do is lost."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _fresh(self) -> Any:
        from pebble import ProcessPool

        s = self.settings
        # A forked child of a process with threads may hang; a fork server has none, and starts children in milliseconds.
        context = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
        return ProcessPool(s.workers, s.max_tasks, initializer=settle, initargs=(s.memory, s.network, s.quiet), context=context)

    def _replace(self, broken: Any) -> None:
        if self._pool is broken:
            self.stop()


def _wait(job: _Open) -> BaseException | None:
    """The job's exception, None for a result. A pool whose own threads died never answers; that counts as broken."""
    while not wait([job.future], timeout=POLL).done:
        if not job.pool.active:
            return BrokenProcessPool("pool threads died")
    return job.future.exception()


def _last_words(failure: BaseException) -> str:
    code = getattr(failure, "exitcode", None)
    how = f" (tín hiệu {-code})" if isinstance(code, int) and code < 0 else ""
    why = ": tệp cần nhiều bộ nhớ hơn giới hạn, hoặc hỏng" if code in _GIVEN_UP else ""
    return f"Tiến trình đọc tệp chết giữa chừng{how}{why}."


__all__ = [
    "ATTEMPTS", "GIB", "MEMORY", "TIMEOUT", "Executor", "Outcome", "ProcessExecutor", "SerialExecutor", "Status", "call", "child_setup",
    "run",
]  # fmt: skip
