"""Levels that are open while walking down the paragraphs, and the ids of the sections that they make.

A label style seen for the first time below a heading opens a level of its own; a style already open returns to its level. Dotted
numbers (2.1., 4.3.1.) hang on the number they extend.
"""

from __future__ import annotations

from dataclasses import dataclass

from extractors import labels

RANK = {
    "annex": 0, "part": 1, "chapter": 2, "subsection": 3, "upper": 4, "roman": 5, "article": 6, "task": 6, "caps": 7, "doer": 7.5,
    "number": 8, "dotted": 9, "paren": 11, "letter": 12, "small": 13, "lead": 14, "dash": 15, "plus": 16, "dot": 17,
}  # fmt: skip
NAMES = 14.5
"""Rank of a bullet with names alone over bullets of a higher rank."""
COUNT = 7.8
"""Rank of a bullet that only counts («- Về kiểm tra: 02 cuộc») over the numbers below it."""
TOP = {"roman", "upper"}
"""Styles that head the parts of a paper, one series each."""
_NAMED = {"annex": "Phụ lục", "part": "Phần", "chapter": "Chương", "subsection": "Mục", "article": "Điều", "task": "Nhiệm vụ"}


@dataclass(slots=True)
class Open:
    """A level that is open while walking down the paragraphs."""

    node: int
    style: str
    mark: str
    path: tuple[str, ...]
    section: str
    rank: float
    ordinal: int | None
    lead_in: bool
    caps: bool = False


def mark_of(label: str) -> str:
    return label[-1] if label and not label[-1].isalnum() else ""


def pop_to_prefix(stack: list[Open], path: tuple[str, ...]) -> None:
    """Open levels down to the number that ``path`` extends; without one, down to the last heading above numbers."""
    for depth in range(len(stack) - 1, -1, -1):
        here = stack[depth]
        whole = _numbers(stack, depth)
        if (
            here.style in {"number", "dotted", "roman", "upper"}
            and len(here.path) < len(path)
            and (here.path == path[: len(here.path)] or whole == path[:-1])
        ):
            del stack[depth + 1 :]
            return
    while stack and stack[-1].rank >= RANK["number"]:
        stack.pop()


def _numbers(stack: list[Open], depth: int) -> tuple[str, ...]:
    return tuple(p for o in stack[: depth + 1] for p in o.path if o.style in {"roman", "number", "upper"})


def pop_to_sister(stack: list[Open], index: int, label: labels.Label, caps: bool = False) -> None:
    """Open levels down to where the label of paragraph ``index`` goes on, or opens a level of its own. ``caps``: it is a title in
    capitals, beside others of its kind: «1. MỤC ĐÍCH | 1. Làm … | 2. Làm … | 2. NHIỆM VỤ» are two parts, the first of two items."""
    place = labels.ordinal(label.path[-1]) if label.path else None
    same = [d for d, o in enumerate(stack) if o.style == label.style]
    exact = [d for d in same if stack[d].mark == mark_of(label.text)]
    exact = [d for d in exact if caps and stack[d].caps] or exact
    follows = [d for d in same if place is not None and stack[d].ordinal is not None and place == (stack[d].ordinal or 0) + 1]
    later = [d for d in same if label.style in TOP and (stack[d].ordinal or 0) < (place or 0)]
    if label.style in labels.BULLETS and same:
        target: int | None = same[-1]
    elif exact and place == 1 and not caps and stack[-1].caps and stack[-1].node == index - 1:
        target = None  # right below a title that is numbered alike
    elif exact and not (place == 1 and len(stack) - 1 > exact[-1] and _fresh_below(stack, exact[-1], index)):
        target = exact[-1]
    elif follows or later:
        target = (follows or later)[-1]  # «A. MỤC ĐÍCH» … «C- TỔ CHỨC THỰC HIỆN»: a letter was left out, its mark is another
    else:
        target = None
    if target is not None:
        del stack[target:]
        return
    if stack and stack[-1].node == index - 1 and not same:
        if label.style in labels.BULLETS and stack[-1].lead_in:
            return  # «+ Báo cáo: | - Huyện ủy»
        if place == 1 and stack[-1].style not in labels.BULLETS:
            return
    rank = RANK[label.style]
    while stack and stack[-1].rank >= rank and not (same and stack[-1].rank == rank):
        stack.pop()


def _fresh_below(stack: list[Open], depth: int, index: int) -> bool:
    """A numbered level stands open below: «1.» again below «a)» opens a level of its own."""
    below = stack[depth + 1 :]
    return any(o.style in {"letter", "paren", "dotted", "doer"} for o in below) and below[-1].node == index - 1


def section_id(label: labels.Label, above: str) -> str:
    """«II.2.1», «Điều 4», «Nhiệm vụ 2»: the number as gold counts it, below the id of the section above."""
    name = _NAMED.get(label.style)
    if name and label.style == "task":  # «Hoạt động 2:»
        name = " ".join(word for word in label.text.rstrip(" .:-–").split()[:-1] if word not in {"thứ", "THỨ", "số"}).capitalize()
    if name:
        value = label.path[-1] if label.path else ""
        own = f"{name} {'thứ ' if value.islower() and value.isalpha() and 'thứ' in label.text.lower() else ''}{value}".strip()
        if label.style == "annex":
            return own
    elif label.style == "dotted":
        return _dotted_id(label.path, above)
    else:
        own = label.path[-1] if label.path else label.text.strip(".)-/ ")
    return f"{above}.{own}" if above else own


def _dotted_id(path: tuple[str, ...], above: str) -> str:
    """Only the part of a dotted number that its parents do not hold is new (GUIDE: II and «2.1.» is II.2.1)."""
    have = above.split(".") if above else []
    for size in range(min(len(path) - 1, len(have)), 0, -1):
        if tuple(have[-size:]) == path[:size]:
            return ".".join([*have, *path[size:]])
    return ".".join([*have, *path])
