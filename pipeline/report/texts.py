"""Words of the reports: one catalogue per language (``locale/*.toml``), Vietnamese by default, English by option."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.errors import UsageError

_LOCALE = Path(__file__).parent / "locale"
LANGUAGES: tuple[str, ...] = ("vi", "en")


@dataclass(frozen=True, slots=True)
class Texts:
    """Catalogue of one language; keys are ``section.name`` as in the TOML file."""

    language: str
    words: Mapping[str, str]

    def __call__(self, key: str, **values: object) -> str:
        """Words under ``key`` with ``{name}`` places filled in; ``KeyError`` where the catalogue lacks the key."""
        text = self.words[key]
        return text.format(**values) if values else text

    def of(self, section: str, value: str | None) -> str:
        """Word for one value of a closed list; the value itself where nobody has named it, so that nothing is hidden."""
        return self.words.get(f"{section}.{value}", value) if value else ""

    def section(self, name: str) -> dict[str, str]:
        """All words under ``name``, in the order of the file."""
        return {key.removeprefix(name + "."): text for key, text in self.words.items() if key.startswith(name + ".")}


@cache
def texts(language: str = "vi") -> Texts:
    """Catalogue of ``language``. Raises ``UsageError`` for a language that has none."""
    if language not in LANGUAGES:
        raise UsageError(f"Không có bản chữ cho ngôn ngữ “{language}”.", remedy=f"Chọn một trong: {', '.join(LANGUAGES)}.")
    tree = tomllib.loads((_LOCALE / f"{language}.toml").read_text(encoding="utf-8"))
    return Texts(language, {f"{section}.{key}": text for section, words in tree.items() for key, text in words.items()})


def vn_date(iso: str | None) -> str:
    """An ISO date as offices write it, two digits throughout so that columns line up; other text as it is."""
    parts = (iso or "").split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 and all(p.isdigit() for p in parts) else iso or ""


def number(value: float, language: str = "vi") -> str:
    """A figure with the decimal comma of Vietnamese, a point in English."""
    return f"{value:g}".replace(".", ",") if language == "vi" else f"{value:g}"


def percent(part: int, whole: int, language: str = "vi") -> str:
    """``part`` of ``whole`` with one decimal; a dash where there is nothing to divide by."""
    if not whole:
        return "–"
    return number(round(100 * part / whole, 1), language) + "%"
