"""What every audit report shows, reckoned once: order of rows, counts, rates, places, differing words.

The page, the minutes and the matrix all read from here, so their figures cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.audit.binding import is_open
from pipeline.report.markdown import clip
from pipeline.report.texts import Texts, vn_date
from schemas.coverage import Audit, AuditRow, Extra, Party, Verdict
from schemas.record import Record, Section

ORDER: tuple[Verdict, ...] = ("contradicted", "not_covered", "needs_review", "partial", "covered", "not_applicable")
"""Verdicts as a reader should meet them: what is wrong or open first, what does not concern the body last."""

OPEN: frozenset[Verdict] = frozenset({"contradicted", "not_covered", "partial"})
"""Verdicts that are gaps."""

_RUN = 2  # words in a row that two texts must share: single words such as «và» stand everywhere, but for numbers
_HEADING = 140  # characters of a heading; some plans number whole paragraphs
_EDGES = ".,;:!?()[]“”\"'«»…-–+•"


@dataclass(frozen=True, slots=True)
class Counts:
    """Figures of one audit, from its rows. ``by_verdict`` counts what the machine proposes, ``standing`` what holds: a person's
    valid decision goes before it. Rates are of what holds, over the duties that concern the child's issuer. ``waiting``: rows that
    still need an answer; a gap that a person has justified waits no longer and stays in the counts. ``people``: rows decided."""

    duties: int
    by_verdict: dict[Verdict, int]
    standing: dict[Verdict, int]
    waiting: int = 0
    people: int = 0

    @property
    def applicable(self) -> int:
        return self.duties - self.standing["not_applicable"]

    @property
    def decided(self) -> int:
        return self.applicable - self.standing["needs_review"]

    @property
    def covered(self) -> int:
        return self.standing["covered"]

    @property
    def open(self) -> int:
        return sum(self.by_verdict[v] for v in OPEN)


def counts(audit: Audit) -> Counts:
    """Counts of an audit, never taken over from its summary: rows are what a person can check."""
    by_verdict: dict[Verdict, int] = dict.fromkeys(ORDER, 0)
    standing: dict[Verdict, int] = dict.fromkeys(ORDER, 0)
    for row in audit.rows:
        by_verdict[row.verdict] += 1
        standing[stands(row)] += 1
    people = sum(row.decision is not None and not suspect(row) for row in audit.rows)
    return Counts(len(audit.rows), by_verdict, standing, sum(is_open(row) for row in audit.rows), people)


def stands(row: AuditRow) -> Verdict:
    """The verdict that holds: a person's, unless a change has made it suspect, else the machine's."""
    said = None if row.decision is None or suspect(row) else row.decision.verdict
    return next((v for v in ORDER if v == said), row.verdict)


def in_order(audit: Audit) -> list[AuditRow]:
    """Rows: decisions that a change made suspect, then by verdict, what waits before what is answered, as the parent has them."""
    return sorted(audit.rows, key=lambda row: (not suspect(row), ORDER.index(row.verdict), not is_open(row)))


def suspect(row: AuditRow) -> bool:
    """Whether a person decided on words that have changed since."""
    return row.decision is not None and row.decision.state == "suspect"


def decided_by(row: AuditRow, t: Texts) -> str:
    """What a person decided, who and when, in words; ``""`` where nobody has."""
    if row.decision is None:
        return ""
    own = row.decision
    words = t("audit.decision", verdict=t.of("verdict", own.verdict), who=own.who, at=vn_date(own.at[:10]))
    if own.state == "suspect":
        words += f" {t('audit.suspect', sides=', '.join(t.of('matrix', side).lower() for side in own.changed))}"
    return f"{words} {own.note}".strip()


def changes(row: AuditRow, t: Texts, most: int | None = None) -> list[tuple[str, str]]:
    """Sign and words of each piece that has changed under a suspect decision, on which side; at most so many."""
    if row.decision is None or not suspect(row):
        return []
    signs = {"-": "−", "+": "+"}
    shown = [(c.sign, t("audit.change", sign=signs[c.sign], side=t(f"matrix.{c.side}"), text=c.text)) for c in row.decision.diff]
    if not shown:
        return [("", t("audit.changes_unknown"))]
    left = len(shown) - (most or len(shown))
    return [*shown[:most], *([("", t("audit.changes_more", count=left))] if left > 0 else [])]


EXTRA_ORDER = ("goes_further", "stricter", "own", "repeats")
"""What a child does beyond its parent, the most telling first."""


def extras_in_order(audit: Audit) -> list[Extra]:
    """The child's further duties by relation, then as the child has them."""
    known = {relation: at for at, relation in enumerate(EXTRA_ORDER)}
    return sorted(audit.extra, key=lambda e: known.get(e.relation, len(known)))


def most_open_first(audits: Iterable[Audit]) -> list[Audit]:
    """Pairs by what is left to do: rows that wait, gaps, then names."""

    def key(audit: Audit) -> tuple[int, int, str, str]:
        c = counts(audit)
        return (-c.waiting, -c.open, party_name(audit.parent), party_name(audit.child))

    return sorted(audits, key=key)


def party_name(party: Party) -> str:
    """Number and symbol, else issuer and file, so that plans without a number stay apart."""
    if party.key:
        return party.key
    return f"{party.issuer} ({party.name})" if party.issuer else party.name


class Places:
    """Pages and headings of the documents in hand, looked up by content, then by name."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._by_sha: dict[tuple[str, str | None], Record] = {}
        self._by_name: dict[str, Record] = {}
        self._duties: dict[int, dict[str, int]] = {}
        self._sections: dict[int, dict[str, Section]] = {}
        for record in records:
            self._by_sha.setdefault((record.source.sha256, record.document.key), record)
            self._by_name.setdefault(record.source.name, record)

    def record(self, party: Party) -> Record | None:
        return self._by_sha.get((party.sha256, party.key)) or self._by_name.get(party.name)

    def page(self, party: Party, offset: int) -> int | None:
        """Page of a character, None where the document or its pages are not known."""
        record = self.record(party)
        return record.page_at(offset) if record else None

    def duty_page(self, party: Party, duty: str) -> int | None:
        record = self.record(party)
        if record is None:
            return None
        if id(record) not in self._duties:
            self._duties[id(record)] = {d.id: d.start for d in record.duties}
        starts = self._duties[id(record)]
        return record.page_at(starts[duty]) if duty in starts else None

    def heading(self, party: Party, section: str) -> str:
        """Heading over a section, ``""`` where it has none of its own."""
        record = self.record(party)
        if record is None:
            return ""
        if id(record) not in self._sections:
            self._sections[id(record)] = {s.id: s for s in record.sections}
        known = self._sections[id(record)]
        return clip(known[section].title, _HEADING) if section in known else ""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words in a row that both texts have (``same``) or only this one."""

    text: str
    same: bool


def diff(parent: str, others: Sequence[str]) -> tuple[tuple[Piece, ...], tuple[tuple[Piece, ...], ...]]:
    """Parent's words and those of each other text, told apart into shared and own. A parent's word counts as shared where any
    of the others has it, since lower plans split and merge."""
    left = parent.split()
    kept = [False] * len(left)
    right: list[tuple[Piece, ...]] = []
    folded = [_fold(w) for w in left]
    for other in others:
        words = other.split()
        matcher = SequenceMatcher(None, folded, [_fold(w) for w in words], autojunk=False)
        own = [False] * len(words)
        for a, b, size in matcher.get_matching_blocks():
            if size >= _RUN or (size and (size == min(len(left), len(words)) or any(c.isdigit() for c in left[a]))):
                kept[a : a + size] = [True] * size
                own[b : b + size] = [True] * size
        right.append(_pieces(words, own))
    return _pieces(left, kept), tuple(right)


def _fold(word: str) -> str:
    return word.strip(_EDGES).casefold() or word


def _pieces(words: Sequence[str], same: Sequence[bool]) -> tuple[Piece, ...]:
    out: list[Piece] = []
    for word, shared in zip(words, same, strict=True):
        if out and out[-1].same == shared:
            out[-1] = Piece(f"{out[-1].text} {word}", shared)
        else:
            out.append(Piece(word, shared))
    return tuple(out)


def band(row: AuditRow, t: Texts) -> str:
    """How sure the verdict is, in words: a percentage would promise more than there is gold for."""
    word = row.band or ("cao" if row.confidence >= 0.85 else "vừa" if row.confidence >= 0.65 else "thấp")
    return t.of("band", word)


def left_out(row: AuditRow) -> tuple[str, ...]:
    """Clauses that the child leaves out; none where it has nothing of the duty, which the verdict says already."""
    return () if row.verdict == "not_covered" else row.missing


def new_words(heading: str, text: str) -> str:
    """The heading, ``""`` where it only says the opening of the duty again (numbered items are their own headings)."""
    opening = " ".join(text.split()).casefold()
    return "" if opening.startswith(heading.rstrip("….:; ").casefold()) else heading
