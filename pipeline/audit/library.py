"""The documents in hand as the checks between documents see them: found by number, date and issuer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from extractors.citation_laws import by_number
from extractors.keys import fold, normal_key
from extractors.registry import spell_out
from extractors.rulebook import Row, lexicon
from schemas.record import Citation, Record


def latest_date(record: Record) -> str | None:
    """Day on which a document stands: its own date, else the youngest date it cites, before which it cannot be."""
    dated = [c.issued_on for c in record.citations if c.issued_on and c.form == "full"]
    return record.document.issued_on or max(dated, default=None)


def same_body(left: str | None, right: str | None) -> bool:
    """Whether two names can be one body: one goes on where the other stops ("UBND tỉnh", "Ủy ban nhân dân tỉnh An Hòa").

    An unnamed body contradicts nothing; "Ban Thường vụ Tỉnh ủy" signs for "Tỉnh ủy"."""
    if not left or not right:
        return True
    office = fold("Ban Thường vụ") + " "
    a, b = (fold(spell_out(name)).removeprefix(office) for name in (left, right))
    return a.startswith(b) or b.startswith(a)


@dataclass(slots=True)
class Library:
    """Records by number. ``records`` keeps the order given; ``ended`` lists, for each number, the day and the document that
    replaced or repealed it; ``dates`` the days that documents in hand and citations give to a number."""

    records: tuple[Record, ...]
    by_key: dict[str, list[Record]] = field(default_factory=dict)
    ended: dict[str, list[tuple[str, Record]]] = field(default_factory=dict)
    dates: dict[str, set[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, records: Iterable[Record]) -> Library:
        """Index of records."""
        library = cls(tuple(records))
        for row in lexicon("acts"):
            library.dates.setdefault(row["key"], set()).add(row["issued_on"])
        for record in library.records:
            own = [(record.document.key, record.document.issued_on)] + [(c.key, c.issued_on) for c in record.citations]
            for key, date in own:
                if key and date:
                    library.dates.setdefault(normal_key(key).key, set()).add(date)
            if record.document.key:
                library.by_key.setdefault(_fold(record.document.key), []).append(record)
            for link in record.links:
                if link.relation in ("replaces", "repeals") and record.document.issued_on:
                    library.ended.setdefault(_fold(link.target), []).append((record.document.issued_on, record))
        return library

    def find(self, citation: Citation, *, dated: bool = True) -> Record | None:
        """The document in hand that a mention means; None where there is none or more than one fits. ``dated`` False accepts
        another day of the same year, which the mention may have wrong."""
        if not citation.key:
            return None
        hits = [r for r in self.by_key.get(_fold(citation.key), ()) if same_body(citation.issuer, r.document.issuer)]
        when = citation.issued_on
        if when and dated:
            hits = [r for r in hits if r.document.issued_on in (None, when)]
        elif when:
            hits = [r for r in hits if (r.document.issued_on or when)[:4] == when[:4]]
        return hits[0] if len(hits) == 1 else None


def _fold(key: str) -> str:
    return normal_key(key).key.lstrip("0").upper()


def law_of(key: str | None) -> Row | None:
    """Line of the lexicon of laws for a number."""
    return by_number().get(key or "")


def changes_of(key: str | None, change: str, on: str) -> list[Row]:
    """Lines of ``act_changes.csv``: what has befallen an act by the day ``on``; ``change``: amended or repealed."""
    return [row for row in lexicon("act_changes") if row["key"] == key and row["change"] == change and row["on"] <= on]


@cache
def _amending() -> tuple[tuple[str, Row], ...]:
    """Amending laws with their folded titles."""
    return tuple((fold(row["name"]), row) for row in lexicon("laws") if row["name"].startswith("sửa đổi"))


def amendments_of(law: Row) -> list[Row]:
    """Amending acts of a law in the lexicon of laws: their titles name it, and they were passed while it was in force."""
    wanted = fold(f"{law['kind']} {law['name']}")
    end = law["valid_to"] or "9999"
    return [row for title, row in _amending() if wanted in title and law["passed"] < row["passed"] <= end]
