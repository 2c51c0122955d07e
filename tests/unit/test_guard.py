"""A hostile file costs only its own result: faults are injected, every neighbour must come through."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.ingest.confine import leave_network
from pipeline.ingest.guard import Executor, Outcome, ProcessExecutor, SerialExecutor, call, run
from schemas.errors import Damaged, ReadError, RulebookError

MIB = 1024**2


class Unpicklable(Exception):
    """A foreign error that cannot be rebuilt from its arguments."""

    def __init__(self, a: int, b: int) -> None:
        super().__init__("hai tham số")


def act(key: str) -> str:
    """What a reader may do, named by the key."""
    what, _, argument = key.partition(":")
    if what == "die":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "once" and not Path(argument).exists():  # dies the first time only
        Path(argument).touch()
        os._exit(9)
    if what == "hang":
        time.sleep(600)
    if what == "spin":
        while True:
            pass
    if what == "fill":
        return "x" * (4 * 1024 * MIB)
    if what == "damaged":
        raise Damaged("Hỏng.")
    if what == "foreign":
        raise Unpicklable(1, 2)
    if what == "deep":
        return act(key)
    if what == "missing":
        raise ModuleNotFoundError("No module named 'khong_co'", name="khong_co")
    if what == "rulebook":
        raise RulebookError("luật hỏng")
    if what == "orphan":  # starts a program and hangs, as a reader does with an office suite
        child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        Path(argument).write_text(str(child.pid))
        time.sleep(600)
    if what == "noise":
        print("tiếng ồn")
        os.write(2, b"on\n")
    if what == "connect":
        with socket.create_connection(("127.0.0.1", int(argument)), timeout=3):
            return "reached"
    return f"{key}!"


EXPECTED: list[tuple[str, str, str | None]] = [
    ("a", "ok", None),
    ("damaged", "error", "R204"),
    ("b", "ok", None),
    ("foreign", "error", "R200"),
    ("deep", "error", "R208"),
    ("missing", "error", "R200"),
    ("c", "ok", None),
]
FAULTS: list[tuple[str, str, str | None]] = [
    *EXPECTED,
    ("die", "crashed", "R212"),
    ("hang", "timeout", "R211"),
    ("fill", "error", "R213"),
    *((f"n{i}", "ok", None) for i in range(20)),
]


def _short(outcome: Outcome[str, str]) -> tuple[str, str, str | None]:
    return outcome.key, outcome.status, outcome.error.code if outcome.error else None


@pytest.mark.parametrize("executor", [SerialExecutor(), ProcessExecutor(2, timeout=30)], ids=["serial", "processes"])
def test_both_engines_give_the_same_outcomes_in_order(executor: Executor) -> None:
    outcomes = list(executor.run(act, [key for key, _, _ in EXPECTED]))
    assert [_short(o) for o in outcomes] == EXPECTED
    assert all(o.value == f"{o.key}!" for o in outcomes if o.status == "ok")
    assert all(o.error is not None and o.error.path == o.key and o.error.remedy for o in outcomes if o.status != "ok")


def test_faults_cost_only_themselves() -> None:
    # Ten seconds: on a loaded machine a fresh worker alone needs some to import, and "hang" costs one limit.
    outcomes = list(run(act, [key for key, _, _ in FAULTS], workers=2, timeout=10))
    assert [_short(o) for o in outcomes] == FAULTS
    assert {o.key: o.attempts for o in outcomes if o.attempts != 1} == {"die": 2, "fill": 2}


def test_a_crash_is_tried_once_more(tmp_path: Path) -> None:
    (outcome,) = run(act, [f"once:{tmp_path / 'seen'}"], timeout=30)
    assert (outcome.status, outcome.attempts) == ("ok", 2)


def test_cpu_limit_names_itself() -> None:
    (outcome,) = ProcessExecutor(1, timeout=60, cpu=1).run(act, ["spin"])
    assert outcome.status == "timeout"
    assert outcome.error is not None
    assert "xử lý" in outcome.error.message


def test_operator_errors_are_raised() -> None:
    with pytest.raises(RulebookError):
        list(run(act, ["a", "rulebook", "b"], timeout=30))


def test_keys_are_consumed_lazily_and_leaving_early_ends_the_workers() -> None:
    taken: list[int] = []

    def keys() -> Iterator[str]:
        for number in range(10_000):
            taken.append(number)
            yield f"n{number}"

    outcomes = run(act, keys(), workers=1, timeout=30)
    assert next(outcomes).key == "n0"
    assert len(taken) <= 8
    outcomes.close()  # type: ignore[attr-defined]


def _gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return True
    return state == "Z"


@pytest.mark.skipif(sys.platform != "linux", reason="process groups and prctl")
def test_programs_started_by_a_reader_end_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    (outcome,) = run(act, [f"orphan:{note}"], timeout=3)
    assert outcome.status == "timeout"
    pid = int(note.read_text())
    for _ in range(50):
        if _gone(pid):
            return
        time.sleep(0.1)
    os.kill(pid, signal.SIGKILL)
    pytest.fail("the program outlived its reader")


def _can_leave_network() -> bool:
    pid = os.fork()
    if pid == 0:
        os._exit(0 if leave_network() else 1)
    return os.waitpid(pid, 0)[1] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="network namespaces")
def test_no_network_in_the_child() -> None:
    if not _can_leave_network():
        pytest.skip("the kernel forbids network namespaces here")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        (outcome,) = run(act, [f"connect:{port}"], timeout=30)
        (open_door,) = ProcessExecutor(1, timeout=30, network=True).run(act, [f"connect:{port}"])
    assert outcome.status == "error"
    assert open_door.value == "reached"


def test_a_pool_that_broke_is_replaced() -> None:
    """An idle worker killed from outside breaks the whole Pebble pool; the keys behind it must still be answered."""
    keys = [f"n{i}" for i in range(6)]
    outcomes = run(worker_pid, iter(keys), workers=1, timeout=30)
    first = next(outcomes)
    assert first.value is not None
    time.sleep(0.5)  # let the window run empty, then take the idle worker away
    os.kill(first.value, signal.SIGKILL)
    time.sleep(0.5)
    assert [o.status for o in outcomes] == ["ok"] * 5


def worker_pid(_key: str) -> int:
    return os.getpid()


def test_libraries_are_not_heard(capfd: pytest.CaptureFixture[str]) -> None:
    (outcome,) = run(act, ["noise"], timeout=30)
    assert outcome.status == "ok"
    assert capfd.readouterr() == ("", "")


def test_call_returns_or_raises() -> None:
    assert call(act, "a", timeout=30) == "a!"
    with pytest.raises(ReadError) as caught:
        call(act, "damaged", timeout=30)
    assert caught.value.code == "R204"


def test_memory_limit_is_set_in_the_child() -> None:
    assert call(memory_limit, "x", memory=700 * MIB, timeout=30) == 700 * MIB


def memory_limit(_key: str) -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_DATA)[0]


KEPT: list[bytearray] = []


def hold(key: str) -> int:
    """A worker that keeps what earlier files left in it; the number is the megabytes a file needs."""
    KEPT.append(bytearray(int(key) * MIB))
    return len(KEPT)


def test_a_file_is_not_refused_for_what_others_left_in_the_worker() -> None:
    outcomes = list(run(hold, ["100", "101", "102", "900", "103"], memory=300 * MIB, timeout=30))
    assert [(o.status, o.attempts) for o in outcomes] == [("ok", 1), ("ok", 1), ("ok", 2), ("error", 2), ("ok", 2)]
    assert outcomes[3].error is not None
    assert (outcomes[3].error.code, outcomes[3].error.path) == ("R213", "900")
