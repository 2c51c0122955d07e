"""What the lower plan adds to a duty it repeats so that less is owed: striving instead of doing, a condition, an exception, a
narrower field, the work pushed down. Common words do not see additions, and a copy with a way out is no copy.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.doing import mentions, opens_with_verb
from pipeline.audit.terms import Item, stands
from schemas.coverage import Slot

_WORD = re.compile(r"[^\W_]+")
_SENTENCE = re.compile(r"[;.](?:\s|$)")
_MEANS_IT = 0.5
"""Share of the words of a condition that stand in the parent too from which it is the parent's own condition."""
_GOVERNS, _REPEATS, _SAID_PLAINLY = 0.4, 0.5, 0.7
"""A way out matters where its sentence holds this share of the parent's words, or consists of them to this share, and the rest of
the evidence does not hold this share of those."""


_MOST_NAMED = 3
"""Words that tell which ones («phổ thông», «trung học cơ sở»); a longer stretch is another sentence."""
Added = tuple[Slot, str]
"""What an addition comes to, and its words."""


def weakened(parent: Item, evidence: Sequence[Item]) -> tuple[Slot, ...]:
    """A disagreeing slot for each addition of the evidence that makes less owed than the parent demands."""
    above = parent.duty.text
    out: list[Slot] = []
    for item in evidence:
        others = frozenset().union(*(_plain(e.duty.text) for e in evidence if e is not item))
        for sentence in _SENTENCE.split(item.duty.text):
            of_all = (*_restrictions(above, sentence), *inserted(above, sentence))
            for slot, words in (*_conditions(above, sentence), *_hedges(above, sentence, item), *of_all):
                if _bears_on(sentence.replace(words, " ") if words else sentence, parent, others):
                    out.append(slot)
    return tuple(dict.fromkeys(out))


def _bears_on(sentence: str, parent: Item, others: frozenset[str]) -> bool:
    """Whether a sentence, the addition taken out, is one that carries the parent's duty, and no other evidence says it plainly."""
    words, wanted = _plain(sentence), _telling(parent)
    rest = words & wanted
    common = words & _plain(parent.duty.text)
    repeats = len(rest) >= _GOVERNS * len(wanted) or len(common) >= _REPEATS * len(words)
    return bool(common) and repeats and len(common & others) <= _SAID_PLAINLY * len(common)


def _plain(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(fold(text)))


def _telling(item: Item) -> frozenset[str]:
    """Plain words of a duty that weigh something."""
    low, start = fold(item.duty.text), item.duty.start
    return frozenset(word for t in item.tokens if t.weight >= 0.3 for word in _WORD.findall(low[t.start - start : t.end - start]))


def _conditions(above: str, sentence: str) -> Iterable[Added]:
    """Conditions and exceptions that the parent does not have."""
    have = frozenset(_WORD.findall(fold(above)))
    for rule in ("way_out", "condition"):
        for found in rules("audit").pattern(rule).finditer(sentence):
            words = _WORD.findall(fold(found.group()))[1:]
            if sum(w in have for w in words) >= _MEANS_IT * len(words) and _conditional(above):
                continue
            if rule == "condition" and sum(w in have for w in words) >= _MEANS_IT * len(words):
                continue
            yield Slot(slot="qualifier", parent=None, child=found.group().strip(" ,"), agrees=False), found.group()


def inserted(above: str, sentence: str) -> Iterable[Added]:
    """What the copy puts between two words that stand side by side above, where it says of which ones alone: «100% cán bộ | là đảng
    viên | học tập», «doanh nghiệp | có từ 100 lao động trở lên |»; and other ones in the place of all: «100% học sinh | lớp 1» for
    «100% học sinh phổ thông»."""
    ours, theirs = list(_WORD.finditer(above)), list(_WORD.finditer(sentence))
    all_of = rules("audit").pattern("all_of")
    if not ours or not theirs or not (rules("audit").pattern("which_ones").search(sentence) or stands("universal", above)):
        return
    matcher = difflib.SequenceMatcher(None, [fold(m.group()) for m in ours], [fold(m.group()) for m in theirs], autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "replace" and all_of.search(above[: ours[a].start()]) and all_of.search(sentence[: theirs[c].start()]):
            named = rules("audit").pattern("next_adjunct").split(above[ours[a].start() : ours[b - 1].end()])[0]
            instead = rules("audit").pattern("next_adjunct").split(sentence[theirs[c].start() : theirs[d - 1].end()])[0]
            placed = rules("audit").pattern("left_placing").search(above[: ours[a].start()])  # «của tỉnh» becomes «của xã»: each its own
            if not placed and fold(named) not in fold(sentence) and len(named.split()) <= _MOST_NAMED and not re.search(r"[,;.:]", named):
                yield Slot(slot="qualifier", parent=named, child=instead, agrees=False), instead
                continue
        if tag in ("insert", "replace") and a > 0 and not re.search(r"[,;:(]", sentence[theirs[c - 1].end() : theirs[c].start()]):
            words = sentence[theirs[c].start() : theirs[d - 1].end()]
            instead_of = above[ours[a].start() : ours[b - 1].end()] if tag == "replace" else ""
            of_all = tag == "insert" and all_of.search(sentence[: theirs[c].start()])
            if _tells_which(words, instead_of) or (of_all and _names_some(words, sentence[theirs[d - 1].end() :])):
                yield Slot(slot="qualifier", parent=None, child=words, agrees=False), words


def _tells_which(words: str, instead_of: str) -> bool:
    """Whether words say which ones alone are meant; in the place of others only where those did not say it and these are no
    predicate («là căn cứ» for «lấy làm căn cứ»)."""
    which = rules("audit").pattern("which_ones")
    return which.match(words) is not None and not (instead_of and (which.match(instead_of) or fold(words).startswith("là ")))


def _names_some(words: str, after: str) -> bool:
    """Whether words put right behind «100% chi bộ» name a kind of them («thôn»): a name of few syllables, no verb, no place, time,
    owner or grammatical word, and no first half of a longer row."""
    few = len(words.split()) <= _MOST_NAMED and not re.search(r"[,;.:()\d]", words)
    return few and not stands("goes_with_all", words) and not opens_with_verb(words) and not re.match(r"\s*,\s*\w", after)


def _conditional(text: str) -> bool:
    return stands("way_out", text) or stands("condition", text)


def _hedges(above: str, sentence: str, item: Item) -> Iterable[Added]:
    """«Phấn đấu giải quyết …» for «giải quyết …»; «Phối hợp …» for «Chủ trì …»."""
    for found in rules("audit").pattern("weakener").finditer(sentence):
        before = sentence[: found.start()].rsplit(",", 1)[-1]
        lead = any(fold(name) in fold(before) for name in item.duty.lead)
        if fold(found["word"]) in fold(above) or (before.strip() and not lead and (mentions(before) or len(_WORD.findall(before)) > 4)):
            continue
        after = _WORD.findall(fold(sentence[found.end() :]))[:6]
        have = frozenset(_WORD.findall(fold(above)))
        if sum(w in have for w in after) * 2 >= len(after) > 0:
            plain = " ".join(sentence[found.end() :].split()[:6])
            yield Slot(slot="modality", parent=plain, child=found.group().strip(), agrees=False), found.group()
    if stands("leads", above) and stands("only_assists", sentence):
        yield Slot(slot="modality", parent="chủ trì", child="phối hợp", agrees=False), ""


def _restrictions(above: str, sentence: str) -> Iterable[Added]:
    """A part for the whole: «một số», «nội bộ», «tự cân đối»; and where the parent says all, points, pilots and what is already."""
    for rule in ("restrictor", "part_of_all"):
        if rule == "part_of_all" and (not stands("universal", above) or stands("universal", sentence)):
            continue
        for found in rules("audit").pattern(rule).finditer(sentence):
            if fold(found.group()) not in fold(above):
                yield Slot(slot="qualifier", parent=None, child=found.group().strip(), agrees=False), found.group()
