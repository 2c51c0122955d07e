"""Which sections of a document a pinpoint into itself names («điểm a khoản 1 Mục II Kế hoạch này»; domain.md 2.2)."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.record import Section

_NAMED = ("điều", "chương", "phần")
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


def steps_of(label: str) -> list[str] | None:
    """Steps from the outside in, "điểm a khoản 1 mục ii.3" → ["ii", "3", "1", "a"]; None where a part cannot be looked up. A dotted
    number repeats what is above it: "điểm 1.2 khoản 1 mục ii" is ii, 1, 2."""
    if rules("checks").pattern("pinpoint_unchecked").search(label):
        return None
    steps: list[str] = []
    for unit, value in reversed(rules("checks").pattern("pinpoint_named").findall(label.replace("phần thứ ", "phần "))):
        parts = [f"{unit} {value}"] if unit in _NAMED else value.strip(".").split(".")
        if steps and len(parts) > 1 and parts[0] == steps[-1]:
            parts = parts[1:]
        steps += parts
    return steps or None


def path_of(section: Section) -> list[str]:
    """The labels of a section from the outside in, in small letters."""
    return [step.replace("phần thứ", "phần") for step in section.id.lower().split(".")]


def _ends(path: list[str], steps: list[str]) -> bool:
    """The steps lead to this section: as its whole path or as the end of it (a path given without its section)."""
    return path[-len(steps) :] == steps


def targets(plan: Plan, steps: list[str], at: int) -> list[Section]:
    """Sections that a path names; where several end alike, the one with the whole path or inside the citing section wins.

    "Phần II" for a section numbered II., "mục 2" for II.: loose names that every reader understands."""
    for form in _readings(steps):
        hits = [s for s in plan.sections if _ends(path_of(s), form)]
        if form[0].isdigit() and steps[0] in _ROMANS[1:]:  # "Mục V" may be the fifth section, never item 5 of another
            hits = [s for s in hits if path_of(s) == form]
        whole = [s for s in hits if path_of(s) == form]
        if whole:
            return whole
        top = next((s for s in plan.sections if s.level == 1 and s.start <= at < s.end), None)
        near = [s for s in hits if top is not None and top.start <= s.start < top.end]
        if hits:
            return near or hits
    return []


def _readings(steps: list[str]) -> Iterator[list[str]]:
    yield steps
    first = steps[0].split(" ")[-1]
    yield [first, *steps[1:]]
    if first.isdigit() and int(first) < len(_ROMANS):
        yield [_ROMANS[int(first)], *steps[1:]]
    elif first in _ROMANS[1:]:
        yield [str(_ROMANS.index(first)), *steps[1:]]


__all__ = ["path_of", "steps_of", "targets"]
