"""What a worker process does to itself before it touches a file from outside: limits, no network, no orphans.

Linux only; elsewhere the functions do nothing and only the wall limit of the parent protects.
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType
from typing import NoReturn

from schemas.errors import TimedOut

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000  # linux/sched.h
_M_MMAP_THRESHOLD = -3  # malloc.h
MAPPED = 1024**3  # bytes of address space beyond ``memory``: libraries, models and files that are only mapped
OWN_BLOCK = 512 * 1024  # bytes from which a piece of memory goes back to the system once it is free
MAX_WRITTEN = 1024**3  # bytes in one file a worker or its children may write
if sys.platform == "linux":
    _LIBC = ctypes.CDLL(None, use_errno=True)


def settle(memory: int, network: bool, quiet: bool) -> None:
    """Initialise a worker: die with the parent, take descendants along, hold ``memory`` bytes of its own at most.

    ``quiet`` sends what foreign libraries print on broken input to nowhere: it would stand between a user's lines or in JSON.

    ``memory`` counts what the process itself writes (RLIMIT_DATA), as that is what the machine must find; libraries mapped from
    files come on top, 80 MB resident with all readers loaded. The limit is soft: a reader may set another for a program it starts.
    """
    # One thread for every numeric library: a document is the unit of parallel work, and thread stacks count as memory.
    for name in ("OMP_THREAD_LIMIT", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = "1"
    if quiet:
        _to_nowhere(1, 2)
    if sys.platform != "linux":
        return
    import resource

    _die_with_parent()
    os.setpgid(0, 0)
    _watch_descendants()
    if not network:
        leave_network()
    _give_back()
    _lower(resource.RLIMIT_DATA, memory)
    _lower(resource.RLIMIT_AS, memory + MAPPED)
    _lower(resource.RLIMIT_FSIZE, MAX_WRITTEN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    signal.signal(signal.SIGXCPU, _out_of_cpu)


def child_setup(memory: int | None = None) -> Callable[[], None]:
    """``preexec_fn`` for programs a reader starts: they end with the reader; ``memory`` sets their own limit, as for ``settle``."""

    def prepare() -> None:
        if sys.platform != "linux":
            return
        import resource

        _die_with_parent()
        if memory is not None:
            _lower(resource.RLIMIT_DATA, memory)
            _lower(resource.RLIMIT_AS, memory + MAPPED)

    return prepare


def allow_cpu(seconds: float | None) -> None:
    """Let this process use ``seconds`` of CPU from now on, then raise ``TimedOut`` in its main thread; None lifts the limit."""
    if sys.platform != "linux":
        return
    import resource

    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    if seconds is None:
        resource.setrlimit(resource.RLIMIT_CPU, (hard, hard))
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(usage.ru_utime + usage.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def leave_network() -> bool:
    """Move to an empty network namespace; False where the kernel forbids it (then nothing is changed)."""
    if sys.platform != "linux":
        return False
    if _LIBC.unshare(_CLONE_NEWNET) == 0:
        return True
    user, group = os.getuid(), os.getgid()
    if _LIBC.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Without a map the process would be "nobody" to itself, and programs that look up their home would fail.
    for name, line in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        try:
            with open(f"/proc/self/{name}", "w", encoding="ascii") as stream:
                stream.write(line)
        except OSError:
            continue
    return True


def _give_back() -> None:
    """Keep glibc from learning to hold large pieces: after one picture of a page it would keep 100 MB that no other file can use."""
    if hasattr(_LIBC, "mallopt"):
        _LIBC.mallopt(_M_MMAP_THRESHOLD, OWN_BLOCK)


def _die_with_parent() -> None:
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _lower(kind: int, value: int) -> None:
    import resource

    hard = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))


def _watch_descendants() -> None:
    """Leave a small process behind that kills this process group once this process is gone.

    A time limit kills the worker only; what a reader had started (tesseract, soffice) would live on, and libraries give no way
    to prepare their children. The watcher waits on a pipe that closes when the worker ends, however it ends.
    """
    reader, writer = os.pipe()
    group = os.getpid()
    if os.fork() != 0:
        os.close(reader)
        os.set_inheritable(writer, False)  # programs started by a reader must not hold the pipe open
        return
    _wait_and_kill(reader, group)


def _wait_and_kill(reader: int, group: int) -> NoReturn:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _to_nowhere(0, 1, 2)
    os.dup2(reader, 3)
    os.closerange(4, 4096)
    try:
        os.read(3, 1)
    finally:
        os.killpg(group, signal.SIGKILL)
        os._exit(0)


def _to_nowhere(*descriptors: int) -> None:
    null = os.open(os.devnull, os.O_RDWR)
    for descriptor in descriptors:
        os.dup2(null, descriptor)


def _out_of_cpu(_signal: int, _frame: FrameType | None) -> None:
    raise TimedOut("Đọc tệp tốn quá nhiều thời gian xử lý.")
