"""A PostgreSQL server for tests: the one an environment variable names, or a throwaway cluster of the machine's own binaries.

A server that cannot be had is a reason to skip; what a query then does is for the tests.
"""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import create_engine, text

VARIABLE = "TRIENKHAI_TEST_POSTGRESQL"
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=20")
_numbers = count(1)


class Unavailable(Exception):
    """Why there is no server."""


@contextmanager
def server() -> Iterator[str]:
    """URL of a server while the block runs. Raises ``Unavailable``."""
    if find_spec("psycopg") is None:
        raise Unavailable("psycopg is not installed")
    named = os.environ.get(VARIABLE)
    if named:
        yield named
        return
    folder = Path(tempfile.mkdtemp(prefix="kho-pg-"))
    try:
        with _cluster(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def schema(url: str) -> Iterator[str]:
    """URL under which a server shows an empty schema of its own; gone after the block."""
    name = f"kho_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
        try:
            yield f"{url}{'&' if '?' in url else '?'}options={quote(f'-csearch_path={name}')}"
        finally:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))
    engine.dispose()


@contextmanager
def _cluster(folder: Path) -> Iterator[str]:
    """On a socket in the folder, reached by no network."""
    data, options = folder / "data", " ".join(f"-c {setting}" for setting in (*_QUICK, f"unix_socket_directories={folder}"))
    owner = _owner()
    if owner:
        shutil.chown(folder, owner)
    initdb, pg_ctl = _program("initdb"), _program("pg_ctl")
    _run([initdb, "-D", str(data), "-U", "kho", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"], owner)
    _run([pg_ctl, "-D", str(data), "-w", "-t", "20", "-l", str(folder / "log"), "-o", options, "start"], owner)
    try:
        yield f"postgresql+psycopg://kho@/postgres?host={quote(str(folder))}"
    finally:
        _run([pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop"], owner)


def _owner() -> str | None:
    """The server refuses to run as root: its own user then, who comes with the package."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise Unavailable("the server does not run as root, and there is no other user")


def _program(name: str) -> str:
    """Debian keeps the server's programs outside the path, by version."""
    beside = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda p: int(p.parts[-3]) if p.parts[-3].isdigit() else 0)
    found = shutil.which(name) or (str(beside[-1]) if beside else None)
    if found is None:
        raise Unavailable(f"{name} is not installed")
    return found


def _run(command: list[str], owner: str | None) -> None:
    try:
        done = subprocess.run(
            command, user=owner, group=owner and pwd.getpwnam(owner).pw_gid, cwd="/", capture_output=True, text=True, timeout=60, check=False,
            env={"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError) as error:
        raise Unavailable(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise Unavailable(f"{Path(command[0]).name}: {said[-1] if said else done.returncode}")
