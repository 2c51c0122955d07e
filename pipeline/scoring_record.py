"""One record against the gold of its document: seventeen measures, every miss, and a verdict on every item found.

Gold follows the annotation guide (one JSON file a document). Measures of a field (date, issuer, value, modality, lead …) count
only over the mentions, deadlines and duties that were found, so that one fault is not counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.scoring_match import (
    SAME_DUTY,
    SAME_NAME,
    SAME_PHRASE,
    SAME_TITLE,
    Figures,
    align,
    bare,
    names_hit,
    overlap,
    overlaps,
    same_key,
    take,
    words,
)  # fmt: skip
from schemas.record import Citation, Deadline, Document, Duty, Edge, Finding, Link, Record

MEASURES = (
    "document", "citations", "citation_date", "citation_issuer", "pinpoints", "citation_relation", "links", "parents", "edges",
    "deadlines", "deadline_value", "duties", "modality", "lead", "support", "duty_deadline", "findings",
)  # fmt: skip

SCORED_FINDINGS = frozenset({
    "CIT-DATE-CONFLICT", "CIT-ISSUER-SYMBOL", "CIT-SYMBOL-UNKNOWN", "CIT-KIND-MISMATCH", "CIT-REGIME-MIX", "CIT-DATE-IMPOSSIBLE",
    "DATE-CHILD-BEFORE-PARENT", "DOC-HEADER-MISSING", "DOC-NUMBER-BLANK", "DOC-SIGNATURE-MISSING", "STR-SECTION-DUP", "STR-SECTION-GAP",
    "REF-SELF-UNRESOLVED", "REF-SELF-AMBIGUOUS", "REF-DEICTIC-KIND", "DUTY-TIME-CONFLICT", "DL-BEFORE-ISSUE",
})  # fmt: skip
"""The rules on which two careful readers agree; others are shown to users but not scored."""

Gold = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Miss:
    """One place where record and gold differ. ``kind``: missed (gold has it), surplus (we have it), wrong (both, not the same)."""

    document: str
    measure: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One extracted item with its rule, its confidence and whether gold says it is right in every scored field of its own."""

    document: str
    group: str  # citations, deadlines, duties, leads
    rule: str
    confidence: float
    right: bool


@dataclass
class Sheet:
    """What scoring one document yields."""

    name: str
    figures: dict[str, Figures] = field(default_factory=lambda: dict.fromkeys(MEASURES, Figures()))
    misses: list[Miss] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)

    def count(self, measure: str, hit: int, gold: int = 1, found: int = 1) -> None:
        self.figures[measure] += Figures(hit, gold, found)

    def check(self, measure: str, right: bool, what: str) -> bool:
        """One field that is right or wrong."""
        self.count(measure, int(right))
        if not right:
            self.miss(measure, "wrong", what)
        return right

    def miss(self, measure: str, kind: str, what: str) -> None:
        self.misses.append(Miss(self.name, measure, kind, what))

    def judge(self, group: str, rule: str, confidence: float, right: bool) -> None:
        self.judged.append(Judged(self.name, group, rule, confidence, right))

    def unpaired(self, measure: str, pairs: Sequence[tuple[int, int]], wanted: Sequence[str], found: Sequence[str]) -> None:
        """Counts a list measure and notes what has no partner."""
        self.count(measure, len(pairs), len(wanted), len(found))
        rows, columns = {i for i, _ in pairs}, {j for _, j in pairs}
        for i, text in enumerate(wanted):
            if i not in rows:
                self.miss(measure, "missed", text)
        for j, text in enumerate(found):
            if j not in columns:
                self.miss(measure, "surplus", text)


def _document(sheet: Sheet, wanted: Gold, have: Document) -> None:
    for name, value in wanted.items():
        got = getattr(have, name, None)
        if name == "issued_on":
            right = (got or None) == value
        elif name in ("key", "regime", "kind"):
            right = bare(got) == bare(value)
        else:
            right = overlap(got, value) >= (SAME_TITLE if name == "title" else SAME_NAME)
        sheet.check("document", right, f"{name}: cần {value!r}, có {got!r}")


def _scored_citation(citation: Citation) -> bool:
    """Bare references to itself and anaphora are no mentions in gold; a reference to itself with a pinpoint is."""
    return citation.form not in ("self", "anaphora") or (citation.form == "self" and bool(citation.pinpoints))


def _citation_key(citation: Citation) -> str | None:
    return "self" if citation.form == "self" else citation.key


def _citations(sheet: Sheet, wanted: Sequence[Gold], have: Iterable[Citation]) -> None:
    found = [c for c in have if _scored_citation(c)]
    matrix = [[1 + 0.1 * overlap(g["text"], f.text) if same_key(g["key"], _citation_key(f)) else 0.0 for f in found] for g in wanted]
    pairs = align(matrix)
    sheet.unpaired("citations", pairs, [g["text"] for g in wanted], [f"{f.key}: {f.text}" for f in found])
    right: dict[int, bool] = {}
    for i, j in pairs:
        right[j] = _citation_fields(sheet, wanted[i], found[j])
    for j, item in enumerate(found):
        sheet.judge("citations", item.rule, item.confidence, right.get(j, False))


def _citation_fields(sheet: Sheet, g: Gold, f: Citation) -> bool:
    want, have = ({" ".join(words(p)) for p in pins} for pins in (g["pinpoints"], f.pinpoints))
    sheet.count("pinpoints", len(want & have), len(want), len(have))
    if want != have:
        sheet.miss("pinpoints", "wrong", f"{g['text']}: cần {sorted(want)}, có {sorted(have)}")
    return all([
        want == have,
        sheet.check("citation_date", g["issued_on"] == (f.issued_on or None), f"{g['text']}: có {f.issued_on}"),
        sheet.check("citation_issuer", overlap(g["issuer"], f.issuer) >= SAME_NAME, f"{g['text']}: có {f.issuer!r}"),
        sheet.check("citation_relation", g["relation"] == f.relation, f"{g['text']}: cần {g['relation']}, có {f.relation}"),
    ])  # fmt: skip


def _links(sheet: Sheet, wanted: Sequence[Gold], have: Sequence[Link]) -> None:
    def same(g: Gold, f: Link) -> bool:
        return same_key(g["target"], f.target) and g["relation"] == f.relation

    _set(sheet, "links", wanted, have, same)
    parents = [g for g in wanted if g["parent"]]
    _set(sheet, "parents", parents, [f for f in have if f.parent], lambda g, f: same_key(g["target"], f.target))


def _edges(sheet: Sheet, wanted: Sequence[Gold], have: Sequence[Edge]) -> None:
    def same(g: Gold, f: Edge) -> bool:
        return same_key(g["source"], f.source) and same_key(g["target"], f.target) and g["relation"] == f.relation

    _set(sheet, "edges", wanted, have, same)


def _set(sheet: Sheet, measure: str, wanted: Sequence[Gold], have: Sequence[Any], same: Any) -> None:
    pairing = take(wanted, have, same)
    sheet.count(measure, pairing.hits, len(wanted), len(have))
    for g in pairing.missed:
        sheet.miss(measure, "missed", ", ".join(f"{k} {v}" for k, v in g.items()))
    for f in pairing.surplus:
        shown = f.model_dump(include={"source", "target", "relation", "parent", "rule", "text"})
        sheet.miss(measure, "surplus", ", ".join(f"{k} {str(v)[:120]}" for k, v in shown.items()))


def rrule_parts(rule: str | None) -> frozenset[str]:
    """Parts of an RRULE without order; ``INTERVAL=1`` says nothing."""
    return frozenset(part for part in (rule or "").upper().split(";") if part and part != "INTERVAL=1")


def _same_time(g: Gold, f: Deadline) -> bool:
    return (
        g["kind"] == f.kind
        and (g.get("start_on") or None) == (f.start_on or None)
        and (g.get("due") or None) == (f.due or None)
        and rrule_parts(g.get("rrule")) == rrule_parts(f.rrule)
        and (f.kind != "date" or bool(g.get("inclusive", True)) == f.inclusive)
    )


def _deadlines(sheet: Sheet, wanted: Sequence[Gold], found: Sequence[Deadline]) -> None:
    pairs = align(overlaps([g["text"] for g in wanted], [f.text for f in found], SAME_PHRASE))
    sheet.unpaired("deadlines", pairs, [g["text"] for g in wanted], [f.text for f in found])
    names, right = ("kind", "start_on", "due", "inclusive", "rrule"), {}
    for i, j in pairs:
        g, f = wanted[i], found[j]
        what = f"{g['text']}: cần {[g.get(n) for n in names]}, có {[getattr(f, n) for n in names]}"
        right[j] = sheet.check("deadline_value", _same_time(g, f), what)
    for j, item in enumerate(found):
        sheet.judge("deadlines", item.rule, item.confidence, right.get(j, False))


def _duties(sheet: Sheet, wanted: Sequence[Gold], record: Record) -> None:
    found = record.duties
    times = {d.id: d.text for d in record.deadlines}
    pairs = align(overlaps([g["text"] for g in wanted], [f.text for f in found], SAME_DUTY))
    shown = [[f"[{section}] {text[:110]}" for section, text in side]
             for side in ([(g["section"], g["text"]) for g in wanted], [(f.section, f.text) for f in found])]  # fmt: skip
    sheet.unpaired("duties", pairs, shown[0], shown[1])
    right: dict[int, tuple[bool, bool]] = {}
    for i, j in pairs:
        g, f = wanted[i], found[j]
        head = g["text"][:60]
        modality = sheet.check("modality", g["modality"] == f.modality, f"{head}: cần {g['modality']}, có {f.modality}")
        right[j] = modality, _names(sheet, "lead", head, g["lead"], f.lead)
        _names(sheet, "support", head, g["support"], f.support)
        _names(sheet, "duty_deadline", head, g["deadlines"], [times.get(d, "") for d in f.deadlines])
    _judge_duties(sheet, found, right)


def _judge_duties(sheet: Sheet, found: Sequence[Duty], right: Mapping[int, tuple[bool, bool]]) -> None:
    """A lead is judged on found duties alone: who does a duty that is none cannot be right or wrong."""
    for j, duty in enumerate(found):
        sheet.judge("duties", duty.rule, duty.confidence, right.get(j, (False, False))[0])
        role = next((r for r in duty.roles if r.role == "lead"), None)
        if role is not None and j in right:
            sheet.judge("leads", role.rule, role.confidence, right[j][1])


def _names(sheet: Sheet, measure: str, head: str, want: Sequence[str], have: Sequence[str]) -> bool:
    hit = names_hit(want, have)
    sheet.count(measure, hit, len(want), len(have))
    if right := hit == len(want) == len(have):
        return right
    sheet.miss(measure, "wrong", f"{head}: cần {list(want)}, có {list(have)}")
    return right


def _findings(sheet: Sheet, wanted: Sequence[Gold], have: Sequence[Finding]) -> None:
    def same(g: Gold, f: Finding) -> bool:
        if g["rule"] != f.rule or g["rule"].startswith("DOC-"):
            return bool(g["rule"] == f.rule)
        return overlap(g["text"], f.text) >= SAME_PHRASE or " ".join(words(g["text"])) in " ".join(words(f.text))

    _set(sheet, "findings", [g for g in wanted if g["rule"] in SCORED_FINDINGS], [f for f in have if f.rule in SCORED_FINDINGS], same)


def score_record(gold: Gold, record: Record) -> Sheet:
    """Score of one record against the gold annotations of its document."""
    sheet = Sheet(gold["id"])
    _document(sheet, gold["document"], record.document)
    _citations(sheet, gold["citations"], record.citations)
    _links(sheet, gold["links"], record.links)
    _edges(sheet, gold["edges"], record.edges)
    _deadlines(sheet, gold["deadlines"], record.deadlines)
    _duties(sheet, gold["duties"], record)
    _findings(sheet, gold.get("findings", ()), record.findings)
    return sheet


def totals(sheets: Iterable[Sheet]) -> dict[str, Figures]:
    """Summed counts of each measure over documents."""
    out: dict[str, Figures] = defaultdict(Figures)
    for sheet in sheets:
        for measure, figures in sheet.figures.items():
            out[measure] += figures
    return {measure: out[measure] for measure in MEASURES}
