"""What a duty tells to do and to what (hành động, đối tượng).

The action is the verb of the first command with the verbs that lead into it or share its object ("tổ chức kiểm tra", "kiểm tra,
giám sát"), without who does it, how and by what leave: subject, "chủ trì, phối hợp với …", "phải", "kịp thời". The object is
what follows, up to the next act or the first circumstance. The lexicons lead; tags of ``extractors.words`` vote where a word is
verb or noun ("báo cáo"), and name verbs that no lexicon holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import islice
from typing import Any

from extractors.plan import Plan
from extractors.remembered import Remembered
from extractors.rulebook import lexicon
from extractors.tokens import norm
from extractors.units import find_units
from extractors.words import Word, pos

Tagger = Callable[[str], Sequence[Word]]
_TOKEN = re.compile(r"\w+|[^\w\s]")
_normed = Remembered(norm)
_OPENING = 24
"""Words in which the first act stands, adverbs passed over."""
_STOPS = frozenset(";.:")
_JOINTS = frozenset((",", "và", "hoặc"))
_PASSED = frozenset((",", "và", "-", "–", "với", "cùng", "cho"))
_PERSONS, _PLACE = "unit.role", "tại"
_LEADS = frozenset(("về", "với", "cho"))
_VERBS = ("act", "help", "role", "assign", "delegate")
_KINDS = (*_VERBS, "modal", "adverb", "adjunct", "phrase")
REACH = 60
"""Words in which the first command must stand; behind them is another sentence's matter."""


@cache
def _trie() -> dict[str, Any]:
    """Words of both lexicons by syllables; an entry of ``verbs.csv`` overrides one of ``unit_predicates.csv``."""
    root: dict[str, Any] = {}
    entries = [(r["word"], "act" if r["class"] == "verb" else r["class"], False) for r in lexicon("unit_predicates")]
    entries += [(r["word"], r["class"], r["noun"] == "1") for r in lexicon("verbs")]
    for word, kind, noun in entries:
        if kind in _KINDS:
            node = root
            for syllable in norm(word).split():
                node = node.setdefault(syllable, {})
            if kind == "phrase":
                node.pop("", None)
            else:
                node[""] = kind, noun
    return root


@dataclass
class _Reading:
    """Tokens of a duty with what is known at each: bodies, lexicon entries, tags."""

    text: str
    spans: list[tuple[int, int]]
    low: list[str]
    bodies: dict[int, int] = field(default_factory=dict)  # token where a body begins → token after it
    tags: dict[int, tuple[int, str]] = field(default_factory=dict)  # token where a word begins → token after it, tag

    def entry(self, i: int) -> tuple[int, str, bool] | None:
        """Longest lexicon entry at token ``i``: token after it, class, whether it is a noun too."""
        node: dict[str, Any] = _trie()
        best: tuple[int, str, bool] | None = None
        for j in range(i, len(self.low)):
            if self.low[j] not in node:
                break
            node = node[self.low[j]]
            if "" in node:
                best = (j + 1, *node[""])
        return best

    def verb(self, i: int, behind: str = "") -> tuple[int, str] | None:
        """Token after the verb at ``i``, and its class. ``behind`` is the class of a verb right before: a word that is a noun too
        is an object there, but for one that leads into another verb ("tổ chức đối thoại"), where its tag decides."""
        found = self.entry(i)
        if found is None or found[1] not in _VERBS:
            return None
        end, kind, noun = found
        if behind and kind in ("assign", "delegate"):
            return None
        if behind and noun and (behind != "help" or self.tags.get(i, (0, "V"))[1] != "V" or self.closes(end)):
            return None
        return end, kind

    def closes(self, i: int) -> bool:
        """Nothing of the clause follows: a verb that stands here would have no object."""
        return i >= len(self.low) or self.low[i] in _STOPS or self.low[i] == ","


def _read(text: str, tagger: Tagger | None) -> _Reading:
    found = list(_TOKEN.finditer(text))
    spans = [m.span() for m in found]
    at = {start: i for i, (start, _) in enumerate(spans)}
    after = {end: i + 1 for i, (_, end) in enumerate(spans)}
    reading = _Reading(text, spans, [_normed[m.group()] for m in found])
    for unit in find_units(text):
        if unit.start in at and unit.end in after:
            first, behind = at[unit.start], after[unit.end]
            # Where persons work is a circumstance («Bố trí cán bộ trực | tại bộ phận một cửa»), where an office sits is its name.
            where = reading.low.index(_PLACE, first, behind) if unit.rule == _PERSONS and _PLACE in reading.low[first:behind] else behind
            reading.bodies[first] = where
    for word in tagger(text) if tagger else ():
        if word.start in at and word.end in after:
            reading.tags[at[word.start]] = after[word.end], word.tag
    return reading


def _clause_end(reading: _Reading, i: int) -> int | None:
    """Token after the comma that closes an opening circumstance ("Trong quá trình kiểm tra, …"), None where none does."""
    for j in range(i, min(len(reading.low), i + 30)):
        if reading.low[j] in _STOPS:
            return None
        if reading.low[j] == ",":
            return j + 1
    return None


def _topic(reading: _Reading) -> int:
    """Token after the colon of an opening topic ("Đối với công tác cán bộ: …"), 0 where the duty begins with its command."""
    if reading.low[:2] == ["đối", "với"] or reading.low[:1] == ["về"]:
        head = reading.low[:REACH]
        return head.index(":") + 1 if ":" in head else 0
    return 0


def begins_with_act(text: str) -> bool:
    """Whether the first word, adverbs passed over, is a verb of work («Chủ động | rà soát kho»)."""
    reading = _Reading(text, [], [_normed[m.group()] for m in islice(_TOKEN.finditer(text), _OPENING)])
    i = 0
    while (found := reading.entry(i)) and found[1] == "adverb":
        i = found[0] + (found[0] < len(reading.low) and reading.low[found[0]] == ",")
    return found is not None and found[1] in _VERBS


@dataclass
class _Search:
    """State of the walk to the first command."""

    i: int = 0
    clean: bool = True  # only bodies, circumstances and auxiliaries so far: a verb here is the command
    body: int = -1  # token after the last body
    fallback: tuple[int, int] | None = None
    role: tuple[int, int] | None = None


def _command(reading: _Reading) -> tuple[int, int] | None:
    """Tokens of the verb of the first command."""
    walk = _Search(_topic(reading))
    while walk.i < min(len(reading.low), REACH):
        if reading.low[walk.i] in _STOPS and (walk.fallback or walk.role):
            break
        found = _step(reading, walk)
        if found is not None:
            return found
    return walk.fallback or walk.role


def _step(reading: _Reading, walk: _Search) -> tuple[int, int] | None:
    """One word further; the verb, where it is the command."""
    i = walk.i
    if i in reading.bodies:
        walk.i = walk.body = reading.bodies[i]
        walk.clean = True
        return None
    found = reading.entry(i)
    if found is None:
        return _unknown(reading, walk)
    end, kind, noun = found
    walk.i = end
    if kind in ("modal", "adverb"):
        walk.clean = walk.clean or kind == "modal"
    elif kind == "adjunct":
        behind = _clause_end(reading, end) if walk.clean else None
        walk.i = behind or end
        walk.clean = behind is not None
    elif kind in ("assign", "delegate") and _hands_over(reading, end) and not (kind == "delegate" and walk.body == i):
        walk.clean = True
    elif kind == "role" and _hands_over(reading, end):
        walk.role, walk.clean = walk.role or (i, end), True
    elif walk.clean and not (noun and _as_noun(reading, walk, i)):
        return i, end
    else:
        walk.fallback = walk.fallback or (i, end)
    return None


def _as_noun(reading: _Reading, walk: _Search, i: int) -> bool:
    """The tag says noun and no body, comma or beginning right before says that a verb stands here."""
    return reading.tags.get(i, (0, "V"))[1] == "N" and i not in (0, walk.body) and reading.low[i - 1] not in _PASSED


def _hands_over(reading: _Reading, i: int) -> bool:
    """Behind the verb stands another doer, a comma or another verb: the act itself is still to come."""
    while i < len(reading.low) and reading.low[i] in _PASSED:
        i += 1
    return i in reading.bodies or (i < len(reading.low) and reading.low[i - 1] in _PASSED) or reading.verb(i) is not None


def _unknown(reading: _Reading, walk: _Search) -> tuple[int, int] | None:
    """A word of no lexicon: a verb by its tag where a command may stand, else part of a subject."""
    i = walk.i
    end, tag = reading.tags.get(i, (i + 1, ""))
    walk.i = end  # a verb inside a longer word is none
    if reading.low[i] in _PASSED or not reading.low[i][0].isalnum():
        walk.clean = walk.clean or reading.low[i] in _STOPS
        return None
    if walk.clean and (tag == "V" or (i == 0 and end in reading.bodies)):
        return i, end
    walk.clean = False
    return None


def _chain(reading: _Reading, start: int, end: int) -> int:
    """End of the action: verbs that follow at once, or behind a comma or "và", where no noun can stand."""
    found = reading.entry(start)
    kind = found[1] if found else "act"
    while end < len(reading.low):
        joint = reading.low[end] in _JOINTS
        at = end + joint
        if at in reading.bodies:
            break
        behind = reading.verb(at, "" if joint else kind)
        if behind is None and joint and reading.entry(at) is None and reading.tags.get(at, (0, ""))[1] == "V":
            behind = reading.tags[at][0], "act"
        if behind is None:
            break
        end, kind = behind
    return end


def _object(reading: _Reading, start: int) -> tuple[int, int]:
    """Tokens of the object: up to a stop, the next act or the first circumstance."""
    while start < len(reading.low):
        found = reading.entry(start)
        if reading.low[start] in _LEADS:
            start += 1
        elif found and found[1] == "adverb":
            start = found[0]
        else:
            break
    i = start
    while i < len(reading.low) and reading.low[i] not in _STOPS:
        if i in reading.bodies:
            i = reading.bodies[i]
            continue
        found = reading.entry(i)
        if found and (found[1] == "adjunct" or reading.low[i] == "để") and not _answerable(reading, i):
            break
        if reading.low[i] in _JOINTS and _new_act(reading, start, i + 1):
            break
        i += 1
    return start, i


def _answerable(reading: _Reading, i: int) -> bool:
    """ "trước Chủ tịch …": the one who is answered to, no time."""
    return reading.low[i] == "trước" and i + 1 in reading.bodies


def _new_act(reading: _Reading, start: int, i: int) -> bool:
    """Behind a comma or "và": a verb, an adverb or a circumstance opens the next act; a noun goes on with the list that began at
    ``start`` ("kết luận, quyết định")."""
    found = reading.entry(i)
    if i in reading.bodies or found is None:
        return False
    end, _, noun = found
    if noun:
        first = reading.entry(start)
        return reading.tags.get(i, (0, ""))[1] == "V" and not reading.closes(end) and not (reading.low[i - 1] == "," and first and first[2])
    return not reading.closes(end) or reading.low[i - 1] == ","


def action_of(duty_text: str, tagger: Tagger | None = pos) -> tuple[str | None, str | None]:
    """Action and object of a duty as its text words them, None where there is none. ``tagger`` None leaves the lexicons alone."""
    reading = _read(duty_text, tagger)
    found = _command(reading)
    if found is None:
        return None, None
    start, end = found[0], _chain(reading, *found)
    first, last = _object(reading, end)
    action = duty_text[reading.spans[start][0] : reading.spans[end - 1][1]]
    return action, duty_text[reading.spans[first][0] : reading.spans[last - 1][1]] if last > first else None


def with_actions(plan: Plan) -> Plan:
    """The plan with action and object of its duties: an optional step, since tagging costs more than all other steps together."""
    duties = []
    for duty in plan.duties:
        action, target = action_of(duty.text)
        duties.append(duty.model_copy(update={"action": action, "object": target}))
    return replace(plan, duties=tuple(duties))


__all__ = ["Tagger", "action_of", "with_actions"]
