"""Fixtures of several test modules: the store on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import settings

from pipeline.store import Store
from tests.forms import postgresql

settings.register_profile("steady", deadline=None)  # how long one example takes says more of the machine than of the code
settings.load_profile("steady")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """URL of a PostgreSQL server, started at most once."""
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgresql.server())
        except postgresql.Unavailable as reason:
            pytest.skip(f"no PostgreSQL server ({reason})")
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty place for a store, on each engine."""
    if request.param == "sqlite":
        yield str(tmp_path / "kho.db")
        return
    with postgresql.schema(request.getfixturevalue("server")) as url:
        yield url


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store, on each engine."""
    with Store.open(store_url) as opened:
        yield opened
