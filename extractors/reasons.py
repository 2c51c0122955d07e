"""Sentences for the auditor in both languages, from one list (``lexicons/audit_reasons.csv``): a template a line.

Words of the documents that stand in a sentence are never translated.
"""

from __future__ import annotations

from functools import cache

from extractors.rulebook import lexicon


class Said(str):
    """A Vietnamese sentence, with the same in English beside it."""

    __slots__ = ("en",)
    en: str

    def __new__(cls, vi: str, en: str) -> Said:
        made = super().__new__(cls, vi)
        made.en = en
        return made


@cache
def templates() -> dict[str, tuple[str, str]]:
    """Vietnamese and English template by key, with ``{name}`` places."""
    return {row["key"]: (row["vi"], row["en"]) for row in lexicon("audit_reasons")}


def said(key: str, **values: str | None) -> Said:
    """The sentence under ``key`` with its places filled in; a sentence within a sentence is told in the language of the whole."""
    vi, en = templates()[key]
    english = {name: value.en if isinstance(value, Said) else value for name, value in values.items()}
    return Said(vi.format(**values), en.format(**english))


def shown(text: str, language: str = "vi") -> str:
    """A sentence in ``language``; other text as it is."""
    return text.en if language == "en" and isinstance(text, Said) else str(text)
