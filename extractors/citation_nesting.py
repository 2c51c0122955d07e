"""What the subject of a mention says of the mentions inside it, and who is a member of a list there (domain.md 2.1, 2.5)."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import partial
from typing import cast

from extractors.citation_draft import Draft
from extractors.citation_ranks import issuer_rank
from extractors.keys import fold
from extractors.rulebook import standard, word_class
from schemas.record import Relation

_GUIDED = word_class("citation_grammar", "guided")
"""Kinds that other acts lay down in detail (quy định chi tiết, biện pháp thi hành)."""
_BY = word_class("citation_grammar", "passive-by")
"""Words before the later mention in the passive; without one, what may be a long stretch is not searched."""
PROGRAMMES = word_class("citation_grammar", "programme")
"""Kinds that carry another document out; telegrams, letters and laws have a matter of their own."""
CHANGES = ("amends", "replaces", "repeals")
"""What an act does to one that it changes."""
_LAWS = word_class("citation_grammar", "law")
_TOGETHER = word_class("citation_grammar", "guided-together")
_YEAR = re.compile(r"/((?:19|20)\d\d)/")


_pattern = partial(standard, "relations")


def edge_relation(gap: str) -> Relation | None:
    """What the subject between an outer and a nested mention says the outer does to the nested one; None: nothing said."""
    announced = _pattern("announced").search(gap)
    names = [cast(str, found.lastgroup) for found in _pattern("cue").finditer(gap, 0, announced.start() if announced else len(gap))]
    if not names:
        return None
    last = names[-1]
    if "guides" in names:
        return "guides"
    for name in names if last != "implements" else ():
        if name in ("amends", "replaces", "repeals"):
            return cast(Relation, name)
    if last == "implements" or (last == "follows" and names[0] == "implements"):
        return "implements"
    if last in ("based_on", "follows"):
        return "based_on"
    if last == "promulgates":
        return "promulgates"
    return "cites" if last == "linked" else None


def stands_outside(draft: Draft, fellow: Draft, host: Draft) -> bool:
    """Whether «và <Kind> số …» after a nested mention goes back to the verb before the host: no act deals with one passed after
    it or issued below its own issuer, and what guides laws and decrees does not guide a plan or a neighbour's act beside them."""
    if draft.issued_on and host.issued_on and draft.issued_on > host.issued_on:
        return True
    if fellow.edge == "guides" and fellow.kind in _GUIDED and draft.kind not in _GUIDED:
        return True
    if not (draft.issuer and host.issuer):
        return False
    low, high = issuer_rank(draft.issuer, draft.key), issuer_rank(host.issuer, host.key)
    if low is None or high is None:
        return False
    return low < high or (low == high and fellow.edge == "guides" and fold(draft.issuer) != fold(host.issuer))


def own_act(gap: str) -> int | None:
    """Where, after a mention, this document becomes the subject again ("…, Sở Y tế xây dựng Kế hoạch"); the mention's own
    "ban hành Kế hoạch …" directly after it is its subject, not ours."""
    for found in _pattern("own_act").finditer(gap):
        if re.search(r"[^\W\d_]\W*,|[^\W\d_]\s+[A-ZĐ]", gap[: found.start()]):
            return found.start()
    return None


def is_passive(gap: str) -> Relation | None:
    """ "(được sửa đổi, bổ sung bởi …": what the later mention does to the earlier one."""
    if _BY.isdisjoint(gap[-12:].split()):
        return None
    found = _pattern("passive").search(gap)
    if not found:
        return None
    act = found["act"].lower()
    return "replaces" if act == "thay thế" else "repeals" if act == "bãi bỏ" else "amends"


def younger(draft: Draft, host: Draft, days: bool = False) -> bool:
    """By the years of their numbers or dates, where both say one; ``days``: by their dates alone."""
    if days:
        return bool(draft.issued_on and host.issued_on and draft.issued_on > host.issued_on)
    years = [d.issued_on[:4] if d.issued_on else (found[1] if (found := _YEAR.search(d.key or "")) else None) for d in (draft, host)]
    return bool(years[0] and years[1] and years[0] > years[1])


def _host_of(drafts: Sequence[Draft], nested: Draft) -> Draft | None:
    return None if nested.within is None else drafts[nested.within]


def carried_too(text: str, drafts: Sequence[Draft], i: int, p: int, gap: str, announced: Container[int]) -> bool:
    """ "Kế hoạch A về thực hiện Quy định B, Quy định C": acts of one kind, listed with commas, that the plan before them carries out;
    a plan beside it, a later act and one of a lower body go back to the verb before it. What is guided may be of two kinds («hướng
    dẫn một số điều của Luật A, Nghị định B»)."""
    draft, before = drafts[i], drafts[p]
    host = _host_of(drafts, before)
    if host is None or before.passive or before.edge not in ("implements", "guides"):
        return False
    guided = before.edge == "guides" and {before.kind, draft.kind} <= _TOGETHER and not _pattern("subject").match(text, draft.end)
    if not (guided or before.kind == draft.kind) or draft.kind == host.kind:
        return False
    told = before.within in announced and _pattern("item").search(gap) is not None and own_act(gap) is None
    if not (told or _pattern("listed").fullmatch(gap)) or younger(draft, host) or stands_outside(draft, before, host):
        return False
    low, high = issuer_rank(draft.issuer, draft.key), issuer_rank(host.issuer, host.key)
    return low is None or high is None or low >= high


def _carried_beside(drafts: Sequence[Draft], draft: Draft, before: Draft) -> bool:
    """Whether the plan that carries out ``before`` may carry out ``draft`` as well: of that kind, no plan, neither later than the plan nor
    outside its subject."""
    host = _host_of(drafts, before)
    if host is None or before.passive or before.edge != "implements" or before.kind != draft.kind or draft.kind == host.kind:
        return False
    return not younger(draft, host, days=True) and not stands_outside(draft, before, host)


def listed_below(text: str, draft: Draft, drafts: Sequence[Draft], h: int) -> bool:
    """ "Kế hoạch A về thực hiện Quy định B về … (gọi là Quy định 5), |Quy định C": behind the subject and the short form of an act that
    the plan carries out one more of its kind and issuer; a later act or one of the plan's own kind goes back to the verb before it."""
    before = drafts[h]
    if not _carried_beside(drafts, draft, before):
        return False
    same = not (draft.issuer and before.issuer) or fold(draft.issuer) == fold(before.issuer)
    listed = _pattern("listed_behind_short").fullmatch(text, before.end, draft.start)
    return bool(same and listed)


def beside_in_subject(drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
    """ "Kế hoạch A về thực hiện Quy định B về kiểm soát …, phòng, chống … và |Quy định C": behind the subject of an act that the plan
    carries out one more of its kind and issuer; what is of the plan's kind, later or of another body goes back to the verb before."""
    draft, before = drafts[i], drafts[p]
    same = draft.issuer and before.issuer and fold(draft.issuer) == fold(before.issuer)
    if not same or not _pattern("listed_behind_subject").fullmatch(gap) or own_act(gap) is not None:
        return False
    return _carried_beside(drafts, draft, before)


def amended_too(text: str, drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
    """ "sửa đổi, bổ sung một số điều của Luật A, Luật B, Luật C": acts of one kind that one act changed, listed with commas; what
    has a subject of its own, was passed after the host or stands in a line of its own is none of them."""
    draft, before = drafts[i], drafts[p]
    host = _host_of(drafts, before)
    if host is None or before.passive or before.edge not in CHANGES:
        return False
    alike = before.kind == draft.kind or {before.kind, draft.kind} <= _LAWS
    if not alike or not _pattern("changed_list").fullmatch(gap) or _pattern("subject").match(text, draft.end):
        return False
    return not younger(draft, host) and not stands_outside(draft, before, host)


def amends_too(drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
    """ "(được sửa đổi, bổ sung bởi Nghị định A và Nghị định B)": both changed the host."""
    draft, before = drafts[i], drafts[p]
    host = _host_of(drafts, before)
    if host is None or not before.passive or before.kind != draft.kind:
        return False
    return bool(_pattern("listed").fullmatch(gap)) and younger(draft, host)
