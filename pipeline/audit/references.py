"""Coverage without common words: a provision taken over by reference, and plans that the child fulfils by being there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.registry import spell_out
from extractors.rulebook import rules, word_class
from extractors.unit_words import fold
from pipeline.audit.asking import asks_outside
from pipeline.audit.matching import Side
from pipeline.audit.terms import CACHED, Item, says, stands, tokens_of
from schemas.record import Citation, Duty, Record, Source

_PLANS = word_class("audit_grammar", "plan")
_WORD = re.compile(r"[^\W_]+")
_PART = re.compile(r"(?P<kind>tiết|điểm|khoản|điều|mục|chương|phần)\s+(?P<label>[^\W_]+(?:\.[^\W_]+)*)")
_BREAK = re.compile(r"[;.]\s")
_RANKS = ("phần", "chương", "mục", "điều", "khoản", "điểm", "tiết")
_LABEL = re.compile(r"(?:(?:phần|chương|mục|điều|phụ lục)\s+)?(?P<label>.+)")
_ORDINALS = {
    "nhất": 1, "đầu": 1, "đầu tiên": 1, "hai": 2, "nhì": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10,
}  # fmt: skip
_SUBJECT_BACK = 0.5
"""A reference with a subject of its own («việc … thực hiện theo khoản 2») takes over a duty that holds this share of its words."""

Standing = Literal["inside", "outside", "unclear"]
"""Whether a duty stands in the provision that a pinpoint names; unclear where the pinpoint finds no place in the document."""


@dataclass(frozen=True, slots=True)
class Carried:
    """A provision that a duty of the child takes over: the duty's number, the citation, and whether the duty has a subject of its
    own that narrows what it takes over."""

    number: int
    citation: Citation
    narrow: bool = False
    weak: str = ""
    """Words that make less owed than the provision itself («Phấn đấu …», «…, trừ điểm b»)."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Duty number of the child, the citation that carries the parent's provision, and how certain it is: the provision is the
    parent's own («own»), its content is not in hand («list»), or the place it names is not found in the parent («unclear»)."""

    number: int
    citation: Citation
    state: Literal["own", "list", "unclear"]
    weak: str = ""


def upstream(record: Record) -> frozenset[str]:
    """Documents that the record carries out or rests on."""
    return frozenset(link.target for link in record.links if link.relation in ("implements", "based_on"))


def own_keys(record: Record) -> frozenset[str]:
    """Keys by which others cite a record: its own, and that of the decision that a plan without a number was issued with («Ban
    hành kèm theo Quyết định số …» in its heading)."""
    if record.document.key:
        return frozenset((record.document.key,))
    head = min((s.start for s in record.sections), default=len(record.text))
    return frozenset(c.key for c in record.citations if c.key and c.relation == "promulgates" and c.start < head)


def references(child: Side) -> tuple[Carried, ...]:
    """Provisions that duties of the child take over by reference. A duty that asks others, hands the provision on for another
    purpose (hướng dẫn, báo cáo kết quả …) or says that it is not carried out takes nothing over."""
    out: list[Carried] = []
    for number, item in enumerate(child.items):
        pinned = _pinned(item)
        if not pinned or asks_outside(item, child.record):
            continue
        text = item.duty.text
        for rule, narrow in (("by_reference", False), ("carried_by", True)):
            for found in rules("audit").pattern(rule).finditer(text):
                clause = _BREAK.split(text[: found.end()])[-1]
                if not _carries("thực hiện" if narrow else text[: found.start()], clause, item.duty):
                    continue
                for citation in pinned:
                    if 0 <= citation.start - (item.duty.start + found.end()) <= 3:
                        subject = narrow and _has_subject(text[: found.start()])
                        out.append(Carried(number, citation, subject, _weak(text, citation.start - item.duty.start)))
    return tuple(dict.fromkeys(out))


def _pinned(item: Item) -> list[Citation]:
    """Citations with a pinpoint; «khoản 2 Mục II Kế hoạch | ban hành kèm theo Quyết định số …» is one into the document of that
    number, though it reads like one into the text itself."""
    out = []
    for citation in item.citations:
        if not citation.pinpoints:
            continue
        after = next((c for c in item.citations if c.key and c.form != "self" and c.start >= citation.end), None)
        between = item.duty.text[citation.end - item.duty.start : after.start - item.duty.start] if after else ""
        if after and citation.form == "self" and stands("issued_with", between):
            out.append(citation.model_copy(update={"key": after.key, "form": "full"}))
        elif citation.form != "self":
            out.append(citation)
    return out


def _carries(before: str, clause: str, duty: Duty) -> bool:
    """Whether a provision is carried out: the words ``before`` what is referred to end in the verb, and nothing in the ``clause``
    leaves it aside. «Không thực hiện hành vi …» carries a ban."""
    if stands("not_carried_out", clause) and not (duty.modality == "prohibition" and stands("banned_acts", clause)):
        return False
    return stands("carries_out", before)


def _weak(text: str, at: int) -> str:
    """What in the sentence around a citation empties the reference."""
    start = max((m.end() for m in _BREAK.finditer(text) if m.end() <= at), default=0)
    sentence = _BREAK.split(text[start:])[0]
    for rule in ("way_out", "condition", "weakener", "restrictor"):
        found = rules("audit").pattern(rule).search(sentence)
        if found:
            return found.group().strip(" ,")
    return ""


def _has_subject(lead: str) -> bool:
    return len(_WORD.findall(lead)) >= _OWN_SUBJECT


_OWN_SUBJECT = 4
"""From so many words on what stands before «thực hiện theo khoản …» is a subject, not a mere «Các đơn vị»."""


def taken_over(item: Item, parent: Side, child: Side, found: tuple[Carried, ...]) -> Reference | None:
    """The reference that covers a duty: to the parent's own provision where the duty stands, or, for a forbidden act, to a list of
    forbidden acts in a document that the parent itself carries out (its content is not in hand: a person should look). A provision
    that the parent names as well is something else than the parent's own list. A ban takes over bans alone."""
    keys = own_keys(parent.record)
    unclear: Reference | None = None
    for one in found:
        below = child.items[one.number]
        if one.citation.key not in keys or (below.duty.modality == "prohibition") > (item.duty.modality == "prohibition"):
            continue
        for pin in one.citation.pinpoints:
            state = standing(item.duty, pin, parent.record)
            if state == "inside" and one.narrow and _shared(below, item) < _SUBJECT_BACK:
                state = "unclear"
            if state == "inside":
                return Reference(one.number, one.citation, "own", one.weak)
            if state == "unclear":
                unclear = unclear or Reference(one.number, one.citation, "unclear")
    if unclear or item.duty.modality != "prohibition" or not _listed(item.duty):
        return unclear
    above = upstream(parent.record)
    named = {(c.citation.key, pin) for c in references(parent) for pin in c.citation.pinpoints}
    for one in found:
        if one.citation.key in above and not any((one.citation.key, pin) in named for pin in one.citation.pinpoints):
            return Reference(one.number, one.citation, "list")
    return None


def _shared(below: Item, item: Item) -> float:
    """Share of the child's own words, those of the citation left out, that stand in the parent's duty."""
    words = {t.word: t.weight for t in below.tokens if not t.word.startswith("§") and t.weight > 0}
    ours = {t.word for t in item.tokens}
    return sum(w for word, w in words.items() if word in ours) / (sum(words.values()) or 1.0)


def forbids(text: str | None) -> bool:
    return bool(text and says("forbids", text))


def _listed(duty: Duty) -> bool:
    """An item under «Nghiêm cấm các hành vi:» or under a heading of that kind."""
    return forbids(duty.lead_in) or forbids(duty.heading.rsplit("›", 1)[-1])


def standing(duty: Duty, pinpoint: str, record: Record) -> Standing:
    """Whether «khoản 2 mục ii», or an item of its list («gạch đầu dòng thứ hai khoản 2 mục ii»), names the place of a duty in
    section «II.2.3»."""
    paths, places = _paths(duty.section), _places(record)
    target, dash, rest = _target(pinpoint)
    if target not in places or rest:
        known = next((target[:n] for n in range(len(target) - 1, 0, -1) if target[:n] in places), None)
        near = any(p[: len(known)] == known for p in paths) if known else any(_holds(p, target) for p in paths)
        return "unclear" if near else "outside"
    if not any(p[: len(target)] == target for p in paths):
        return "outside"
    return "inside" if dash is None else _dashed(duty, dash, target, record)


def _holds(path: tuple[str, ...], labels: tuple[str, ...]) -> bool:
    return bool(labels) and any(path[n : n + len(labels)] == labels for n in range(len(path)))


def _dashed(duty: Duty, dash: int, target: tuple[str, ...], record: Record) -> Standing:
    """Whether the duty is item number ``dash`` among those that stand right under the place."""
    lines = sorted({record.text.rfind("\n", 0, d.start) for d in record.duties if target in _paths(d.section)})
    if not 0 < dash <= len(lines):
        return "unclear"
    return "inside" if record.text.rfind("\n", 0, duty.start) == lines[dash - 1] else "outside"


@lru_cache(maxsize=4 * CACHED)
def _paths(section: str) -> tuple[tuple[str, ...], ...]:
    """Labels of a section from the root, without the words that name their rank («Chương II.Điều 6.2» → ii, 6, 2); articles are
    numbered through, so that one also counts from its article (6, 2)."""
    parts = fold(section).split(".")
    path = tuple(m["label"] for part in parts if (m := _LABEL.fullmatch(part)))
    cut = next((n for n, part in enumerate(parts) if part.startswith("điều ")), 0)
    return (path, path[cut:]) if cut else (path,)


def _places(record: Record) -> frozenset[tuple[str, ...]]:
    return _places_of(tuple(s.id for s in record.sections) + tuple(d.section for d in record.duties))


@lru_cache(maxsize=64)
def _places_of(sections: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    """All places of a document, those that hold others included."""
    return frozenset(path[:n] for one in sections for path in _paths(one) for n in range(1, len(path) + 1))


@lru_cache(maxsize=CACHED)
def _target(pinpoint: str) -> tuple[tuple[str, ...], int | None, bool]:
    """Path that a pinpoint means, the item of the list there, and whether some of its words say more than was understood. A dotted
    label repeats those above it («điểm 2.3 khoản 2 mục ii» → ii, 2, 3) or goes on from them («mục ii.2.3»)."""
    low = fold(pinpoint)
    dash = rules("audit").pattern("dash_of").search(low)
    if dash:
        low = low[: dash.start()] + low[dash.end() :]
    parts = sorted(((_RANKS.index(m["kind"]), m["label"].split(".")) for m in _PART.finditer(low)), key=lambda p: p[0])
    path: list[str] = []
    for _, labels in parts:
        again = next((n for n in range(len(labels) - 1, 0, -1) if path[-n:] == labels[:n]), 0)
        path += labels[again:]
    nth = (int(dash["nth"]) if dash["nth"].isdigit() else _ORDINALS.get(dash["nth"], 0)) if dash else None
    return tuple(path), nth, bool(_WORD.search(_PART.sub("", low)))


def related(parent: Record, child: Record) -> bool:
    """Whether the child names the parent, or, where that is not to be seen, rests on a document that the parent rests on too."""
    cited = {c.key for c in child.citations if c.key} | {link.target for link in child.links}
    return bool(own_keys(parent) & cited) or bool(upstream(parent) & upstream(child))


def own_plan(text: str, child: Record) -> bool:
    """Whether an act «xây dựng kế hoạch …» is fulfilled by the child itself: being such a plan, or the plan on the very subject that
    the act names."""
    kind = fold(child.document.kind or "")
    if kind not in _PLANS:
        return False
    return says("own_plan", text) or any(_of_title(m["subject"], child) for m in rules("audit").pattern("makes_plan").finditer(text))


def _of_title(subject: str, child: Record) -> bool:
    """Whether all that tells in the subject of a plan stands in the title of the child."""
    title = frozenset(_WORD.findall(fold(child.document.title or "")))
    telling = [t.word for t in tokens_of(rules("audit").pattern("whose_plan").sub(" ", subject), 0, _NOTHING) if t.weight >= _TELLING]
    words = [w for word in telling for w in word.split("_")]
    return len(words) >= _SUBJECT_WORDS and all(w in title for w in words)


_TELLING, _SUBJECT_WORDS = 0.5, 2
_NOTHING = Record(source=Source(name="", sha256="", media_type="text/plain"), text="")


def sent_on(text: str, child: Record) -> bool:
    """Whether an act only sends a plan to a body that the child names among its recipients."""
    low = fold(text)
    return stands("sent_to", text) and any(fold(spell_out(name)) in low or fold(name) in low for name in child.document.recipients)
