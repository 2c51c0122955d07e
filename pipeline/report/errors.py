"""Error codes in words: what README lists, for ``trienkhai explain``."""

from __future__ import annotations

from pipeline.report.texts import texts
from schemas.errors import TrienkhaiError


def _kinds(top: type[TrienkhaiError] = TrienkhaiError) -> dict[str, type[TrienkhaiError]]:
    """Every error of the tree by its code."""
    found = {top.code: top}
    for kind in top.__subclasses__():
        found |= _kinds(kind)
    return found


def explain_error(code: str, language: str = "vi") -> str | None:
    """Meaning, remedy and exit code of an error; None for a code that is no error's."""
    kind = _kinds().get(code.strip().upper())
    if kind is None:
        return None
    t = texts(language)
    return t("errors.explained", code=kind.code, meaning=t(f"errors.{kind.code}"), remedy=kind.default_remedy, exit=kind.exit_code)
