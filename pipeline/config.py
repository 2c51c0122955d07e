"""Where things are kept and which version of the knowledge made a fact."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

from extractors.rulebook import LEXICONS, RULES
from pipeline import __version__

STORE_NAME = "trienkhai.db"


@cache
def stamp() -> str:
    """Version of program and rulebook: facts made under another stamp are made again. Twelve hex digits after the version."""
    digest = hashlib.sha256()
    for path in sorted([*RULES.glob("*.toml"), *LEXICONS.glob("*.csv")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"


def workers(asked: int | None = None) -> int:
    """Worker processes: as asked, else one per core; ``TRIENKHAI_WORKERS`` overrides the default."""
    if asked is not None:
        return max(0, asked)
    configured = os.environ.get("TRIENKHAI_WORKERS", "")
    return max(1, int(configured)) if configured.isdigit() else max(1, os.cpu_count() or 1)


def memory(usual: int) -> int:
    """Bytes that reading one file may take, from ``TRIENKHAI_MEMORY`` in megabytes (200 at least), else ``usual``."""
    configured = os.environ.get("TRIENKHAI_MEMORY", "")
    return max(200, int(configured)) * 1024**2 if configured.isdigit() else usual


def language() -> str:
    """Language of what users read: ``vi`` unless ``TRIENKHAI_LANG=en``."""
    return "en" if os.environ.get("TRIENKHAI_LANG", "").lower().startswith("en") else "vi"


def default_store() -> Path:
    """Store used by commands that are given none: ``TRIENKHAI_STORE``, else ``out/trienkhai.db`` under the working folder."""
    return Path(os.environ.get("TRIENKHAI_STORE", "") or Path("out") / STORE_NAME)
