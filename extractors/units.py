"""Units (cơ quan, đơn vị) in a text: mention, name and identity kept apart.

``find_units`` finds mentions by the grammar of names; ``extract_units`` turns those of a plan into record items: full name in
this document, kind, identity in the registry at the plan's date, members of a collective. The functions that ask who leads a
duty stand in ``unit_subjects``, ``unit_roles`` and ``unit_names`` and are offered here too. Source: domain.md 6.2.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractors.plan import Plan
from extractors.registry import deictic_of, resolve, spell_out
from extractors.unit_headings import HeadingAddressee, heading_addressee, heading_of
from extractors.unit_names import Name, groups, names, parse_list, split_names
from extractors.unit_qualifiers import Np
from extractors.unit_roles import Assignment, assignment_of
from extractors.unit_subjects import subject_names, subject_of
from extractors.unit_words import Words, beginnings, fold, key_of
from schemas.record import Unit

_TELLING = frozenset({"qualifier", "link", "level", "head", "name", "role"})
_BEGINNERS = frozenset({"name", "head", "role", "level", "determiner"})


@cache
def _starts() -> dict[str, frozenset[str] | None]:
    """Words at which a unit, or a sequence that only looks like one, may begin, with what may follow: a cheap filter before the
    grammar. More than half of the first words go on in another way («kiểm | soát», «hiện | nay»)."""
    return beginnings(_BEGINNERS | {"not"})


# Confidence by rule, from the readings of the sample plans: a registry name is sure, a bare common noun is not.
_CONFIDENCE = {
    "unit.name": 0.98, "unit.place": 0.85, "unit.head": 0.92, "unit.collective": 0.9, "unit.role": 0.9, "unit.deictic": 0.85,
    "unit.bare": 0.7, "unit.alias": 0.95,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mention:
    """A body, a group of bodies or persons at ``[start, end)``. ``members`` is the rule that says who belongs to a group:
    ``level:kind+kind[:qualifier]``, None for one body or person."""

    start: int
    end: int
    kind: str
    rule: str
    members: str | None = None


def find_units(text: str, start: int = 0, end: int | None = None) -> list[Mention]:
    """Mentions in ``text[start:end]`` in reading order, not overlapping."""
    words = Words(text, start, end)
    return list(_mentions(words))


def _mentions(words: Words) -> Iterator[Mention]:
    starts, low = _starts(), [*words.low, ""]
    after = 0
    for i in [n for n, word in enumerate(words.low) if word in starts]:
        seconds = starts[low[i]]
        if i < after or (seconds is not None and low[i + 1] not in seconds):
            continue
        kinds = words.at(i)
        if not kinds:
            continue
        begins = not _BEGINNERS.isdisjoint(kinds) and not _in_symbol(words, i)
        found = parse_list(words, i) if begins else []
        if found and _is_label(words, found):
            found = []
        if not found:
            no = words.hit(i, "not")
            after = no[0] if no else i + 1
            continue
        for group in groups(words, found):
            yield _mention(words, group)
        after = found[-1].last


def _in_symbol(words: Words, i: int) -> bool:
    """Inside the number of a document: «324-KH/TU», «45/KH-UBND»."""
    at = words.start(i)
    return at > 0 and words.text[at - 1] in "/-" and words.cap(i)


def _is_label(words: Words, found: list[Np]) -> bool:
    """«Cơ quan thực hiện:», «Đơn vị phối hợp:» name a field, not a body."""
    np = found[0]
    if len(found) > 1 or np.determiner or np.kind != "agency" or np.last - np.first > 4:
        return False
    j = np.last
    verb = words.hit(j, "verb")
    j = verb[0] if verb else j
    return words.word(j) == ":"


def _mention(words: Words, group: list[Np]) -> Mention:
    first = group[0]
    collective = len(group) > 1 or first.determiner or first.plural
    if first.cls == "role":
        rule = "unit.role"
    elif collective:
        rule = "unit.collective"
    elif first.cls == "name":
        rule = "unit.name"
    elif first.cls == "level":
        rule = "unit.place"
    elif first.last - first.first == 1 or (first.bare and words.cap(first.first)):
        rule = "unit.deictic" if words.cap(first.first) else "unit.bare"
    else:
        rule = "unit.bare" if first.bare else "unit.head"
    kind = first.kind if len({np.kind for np in group}) == 1 else "collective"
    return Mention(
        words.start(first.first), words.end(group[-1].last), kind, rule, _members(words, group) if collective else None
    )


def _members(words: Words, group: list[Np]) -> str:
    """Who belongs to a collective: level, kinds and the last qualifier, as one string."""
    kinds = "+".join(dict.fromkeys(np.kind for np in group))
    level = qualifier = ""
    for np in group:
        level = level or str(np.row.get("level", ""))
        i = np.first
        while i < np.last:
            hit = None if _TELLING.isdisjoint(words.at(i)) else words.hit(i, "qualifier", "link", "level", "head", "name", "role")
            if hit is None or hit[0] > np.last:
                i += 1
                continue
            qualifier = hit[1].get("members") or qualifier
            if "p" in hit[1].get("traits", "") and hit[1]["kind"] == "place":
                level = hit[1]["level"]
            i = hit[0]
    return ":".join(filter(None, (level or "any", kinds, qualifier)))


# ---- names ----------------------------------------------------------------------------------------------------------
class _Namer:
    """Full names in one document: the text's own short forms, system abbreviations, deictics bound to the issuer."""

    def __init__(self, plan: Plan, mentions: list[Mention]) -> None:
        self.issuer = plan.document.issuer
        self.on = plan.document.issued_on
        self.short = {fold(k): v for k, v in plan.document.abbreviations.items()}
        self.text, self.mentions = plan.text, mentions
        self._full: dict[str, tuple[str, str | None]] = {}
        self._spelt: list[tuple[str, str]] | None = None

    def full(self, written: str) -> tuple[str, str | None]:
        """Full form and the rule that gave it, None where the name stands for itself. A plan names few bodies, many times each."""
        known = self._full.get(written)
        if known is None:
            known = self._full[written] = self._name(written)
        return known

    def _name(self, written: str) -> tuple[str, str | None]:
        alias = self.short.get(fold(written))
        if alias:
            return alias, "unit.alias"
        if found := deictic_of(written, on=self.on, issuer=self.issuer):
            return found.name, "unit.deictic"
        name = spell_out(written, self.short)
        return self._extend(name), None

    def _longer_forms(self) -> list[tuple[str, str]]:
        """Names of several words, the most frequent first, with their folded forms; few plans ask for them."""
        if self._spelt is None:
            seen = Counter(self.text[m.start : m.end] for m in self.mentions)
            longer = sorted((n for n in seen if " " in n), key=lambda n: (-seen[n], len(n), n))
            self._spelt = [(spelt, fold(spelt)) for spelt in (spell_out(n, self.short) for n in longer)]
        return self._spelt

    def _extend(self, name: str) -> str:
        """«Ủy ban Kiểm tra Đảng ủy» is completed by the longer form of the same text («… Đảng ủy Sở»)."""
        if key_of(name)[-2:] not in (("đảng", "ủy"), ("chi", "bộ"), ("đảng", "bộ")) or " " not in name:
            return name
        beginning = fold(name) + " "
        for spelt, folded in self._longer_forms():
            rest = spelt[len(name) :]
            if folded.startswith(beginning) and rest[1:2].isupper() and len(rest.split()) <= 8:
                return spelt
        return name


def extract_units(plan: Plan) -> tuple[Unit, ...]:
    """Units of a plan in reading order with ids ``u1``, ``u2`` … Reads text, document identity and abbreviations."""
    mentions: list[Mention] = []
    for paragraph in plan.paragraphs:
        mentions.extend(find_units(plan.text, paragraph.body, paragraph.end))
    mentions.sort(key=lambda m: m.start)
    namer = _Namer(plan, mentions)
    out: list[Unit] = []
    for number, mention in enumerate(mentions, 1):
        written = plan.text[mention.start : mention.end]
        name, rule = namer.full(written)
        known = None if mention.members or mention.rule == "unit.role" else resolve(name, on=namer.on, issuer=namer.issuer)
        rule = rule or mention.rule
        out.append(
            Unit(
                id=f"u{number}",
                start=mention.start,
                end=mention.end,
                text=written,
                name=" ".join(name.split()),
                kind=known.kind if known and rule == "unit.deictic" else mention.kind,
                body=known.body if known else None,
                members=mention.members,
                rule=rule,
                confidence=_CONFIDENCE[rule],
            )
        )
    return tuple(out)


__all__ = [
    "Assignment", "HeadingAddressee", "Mention", "Name", "assignment_of", "extract_units", "find_units", "heading_addressee", "heading_of",
    "names", "split_names", "subject_names", "subject_of",
]  # fmt: skip
