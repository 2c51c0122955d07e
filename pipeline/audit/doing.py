"""What a duty tells to do: the verbs of its acts, told apart from the verbs that only lead into them; reports and who gets them.

Words of a topic stand in many duties of a plan, its verbs in few: two duties that share no verb are about the same matter at most.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from extractors.rulebook import lexicon, rules, word_class
from extractors.unit_words import fold
from pipeline.audit.terms import CACHED, Item, concept_at, says
from schemas.record import Duty

_WORD = re.compile(r"[^\W_]+")
_LEADING = ("help", "modal", "adverb", "adjunct")
_ROLES = word_class("audit_grammar", "role")
"""Words that name a role or hand work on: the work itself follows."""
_BODY = 3
"""Words that name the kind of a body («trạm y tế», «ủy ban nhân»)."""
_REPORTS = frozenset({"báo_cáo", "gửi", "phản_ánh", "thông báo"})


@cache
def _verbs() -> dict[tuple[str, ...], bool]:
    """Verbs as syllables, and whether they only lead into others («tổ chức», «lãnh đạo», «kịp thời»). Kinds of documents («quy
    định») and single syllables, which open many names, count where the audit's own list has them."""
    kinds = {fold(row["kind"]) for row in lexicon("kinds")}
    rows = {fold(row["word"]): row["class"] for lex in ("unit_predicates", "verbs") for row in lexicon(lex)}
    known = {word: kind for word, kind in rows.items() if kind != "phrase" and word not in kinds and (" " in word or kind in _LEADING)}
    known |= {fold(row["verb"]): "act" for row in lexicon("audit_acts")}
    light = {word for word, kind in rows.items() if kind in _LEADING}
    return {tuple(_WORD.findall(word)): word in light or word in _ROLES for word in known}


@cache
def _openers() -> dict[str, int]:
    """First syllables of verbs, with the syllables of the longest verb that begins so."""
    out: dict[str, int] = {}
    for key in _verbs():
        out[key[0]] = max(out.get(key[0], 0), len(key))
    return out


def _verb_at(words: list[str], i: int, *, short: bool) -> tuple[int, str | None]:
    """Syllables of the verb at ``i`` and its concept; None for a verb that leads into another. ``short`` admits single syllables,
    which inside a sentence are mostly parts of nouns («chương trình»)."""
    verbs = _verbs()
    for size in range(min(_openers().get(words[i], 0), len(words) - i), 0 if short else 1, -1):
        key = tuple(words[i : i + size])
        if key in verbs:
            return size, None if verbs[key] else concept_at(words, i, size)
    return 0, None


def _row(words: list[str]) -> set[str]:
    """Verbs with which a piece opens, those that lead into them passed over."""
    out: set[str] = set()
    i = 0
    while i < len(words):
        size, verb = _verb_at(words, i, short=True)
        if not size:
            break
        out |= {verb} if verb else set()
        i += size
    return out


@lru_cache(maxsize=CACHED)
def orders(text: str, action: str | None) -> frozenset[str]:
    """Verbs of what is to be done: those of the first command as it was read, and those that open a piece of the sentence."""
    out = _row(_WORD.findall(fold(action or "")))
    for piece in rules("audit").pattern("act_apart").split(text):
        out |= _row(_WORD.findall(fold(piece)))
    return frozenset(out)


@lru_cache(maxsize=CACHED)
def banned(text: str) -> frozenset[str]:
    """First words after the negators of a ban («Không | thu bất kỳ khoản nào»)."""
    low = fold(text)
    after = (_WORD.findall(low[m.end() :])[:3] for m in rules("audit").pattern("negator").finditer(low))
    return frozenset(word for words in after for word in [w for w in words if w not in _HELPERS][:1])


def allows(text: str, verbs: Iterable[str]) -> bool:
    """Whether a text says that one of these verbs may be done («được thu», «được phép thu»)."""
    low = fold(text)
    if "được" not in low:
        return False
    return any(re.search(rf"(?<!không )(?<!chưa )được\s+(?:phép\s+)?{re.escape(verb)}(?!\w)", low) for verb in verbs)


_HELPERS = word_class("audit_grammar", "helper")


@lru_cache(maxsize=CACHED)
def mentions(text: str) -> frozenset[str]:
    """All verbs that stand anywhere in a text."""
    words = _WORD.findall(fold(text))
    found = (_verb_at(words, i, short=False)[1] for i in range(len(words)))
    return frozenset(verb for verb in found if verb)


def opens_with_verb(text: str) -> bool:
    """Whether the first word is a verb, one that leads into others included."""
    return _verb_at(_WORD.findall(fold(text[:60])), 0, short=True)[0] > 0


def is_verb(words: str) -> bool:
    """Whether these words are one known verb («lắp đặt»)."""
    return tuple(_WORD.findall(fold(words))) in _verbs()


def only_verbs(text: str) -> bool:
    """Whether a text is a row of verbs and nothing else («Kiểm tra, rà soát và …»), or empty."""
    words = [w for piece in rules("audit").pattern("act_apart").split(text) for w in [_WORD.findall(fold(piece))] if w]
    return all(_all_verbs(row) for row in words)


def _all_verbs(words: list[str]) -> bool:
    i = 0
    while i < len(words):
        size, _ = _verb_at(words, i, short=True)
        if not size:
            return False
        i += size
    return True


def shares_work(parent: Item, child: Item) -> bool:
    """Whether something the parent's duty orders is named as an act in the child's."""
    wanted = orders(parent.duty.text, parent.duty.action)
    have = orders(child.duty.text, child.duty.action) | mentions(child.duty.text)
    return bool(wanted & have)


def punishments(text: str) -> frozenset[str]:
    """Ways of punishing that a text names («kỷ luật», «kiểm điểm»)."""
    return frozenset(" ".join(_WORD.findall(fold(m.group()))) for m in rules("audit").pattern("sanctions").finditer(text))


def reports(duty: Duty) -> bool:
    """Whether what a duty orders first is to report."""
    first = orders("", duty.action)
    return reports_difficulties(duty) or bool(first and first <= _REPORTS)


def recipients(duty: Duty) -> tuple[str, ...]:
    """Who gets what the duty tells to report, the first one first."""
    return tuple(role.name for role in duty.roles if role.role == "report_to")


@lru_cache(maxsize=CACHED)
def _handed_to(text: str) -> str:
    return " | ".join(fold(m["to"]) for m in rules("audit").pattern("handed_to").finditer(text))


def receives(duty: Duty, names: Iterable[str]) -> bool:
    """Whether one of these bodies only gets what the duty hands over («báo trạm y tế»), so that it is not the one to do it."""
    told = _handed_to(duty.text)
    own = fold(" ; ".join(duty.lead))
    heads = (" ".join(fold(name).split()[:_BODY]) for name in names) if told else ()
    return any(" " in head and head in told and head not in own for head in heads)


def reports_difficulties(duty: Duty) -> bool:
    """«Nếu có khó khăn, vướng mắc, … báo cáo về …»: the closing line of most plans."""
    return says("if_difficult", duty.text) and bool(recipients(duty))


def answers_difficulties(duty: Duty, other: Duty) -> bool:
    """Whether ``other`` also has difficulties reported, and to the body that the parent's ``duty`` names."""
    text = fold(other.text)
    return says("if_difficult", other.text) and any(fold(name) in text for name in recipients(duty)[:1])
