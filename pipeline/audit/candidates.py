"""Which duties of the child answer one duty of the parent, act by act: the choice of evidence, before any slot is compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from extractors.addressee import classify
from extractors.reasons import said
from pipeline.audit.applicability import AddresseeMatch, addressee_match
from pipeline.audit.asking import asked_of, asks_outside
from pipeline.audit.doing import allows, banned, orders, punishments, receives, shares_work
from pipeline.audit.matching import NEAR, ActMatch, DutyMatch, Side, best_share
from pipeline.audit.references import Carried, own_plan, related
from pipeline.audit.terms import Item, says
from schemas.record import Duty


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares of an act's weight: from ``full`` on it stands in the child, below ``low`` it does not, between a person decides.
    ``found`` is the least share of a duty that makes one duty of the child an answer to it at all. The defaults are what
    ``calibrate.best_limits`` chooses on all judged pairs; left-out pairs choose the same or the next step of the grid."""

    full: float = 0.5
    low: float = 0.42
    found: float = 0.34


@dataclass(frozen=True, slots=True)
class ActVerdict:
    """One act: ``state`` is full, open (a person decides), close (there in other words), missing, document or reference."""

    match: ActMatch
    state: str
    share: float


@dataclass(frozen=True)
class Pair:
    """What every duty of one pair is judged with. ``claims``: the share with which each duty of the child answers the parent duty
    it answers best, so that a copy of one duty is not taken for the missing half of another."""

    parent: Side
    child: Side
    references: tuple[Carried, ...]
    limits: Thresholds
    claims: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def planned(self) -> bool:
        """Whether the child is a plan made for this parent, so that it fulfils the duty to make one."""
        return related(self.parent.record, self.child.record)

    @cached_property
    def asked(self) -> frozenset[int]:
        """Numbers of the child's duties that it only asks of bodies outside."""
        return frozenset(n for n, item in enumerate(self.child.items) if asks_outside(item, self.child.record))

    @property
    def issuer(self) -> str:
        return self.child.record.document.issuer or ""


def claims_of(matches: Iterable[DutyMatch]) -> dict[int, float]:
    """For each duty of the child the best share any duty of the parent has in it."""
    out: dict[int, float] = {}
    for found in matches:
        for number, share_ in found.ranked:
            if share_ > out.get(number, -1.0):
                out[number] = share_
    return out


CLAIMED = 0.6
"""From this share on a duty of the child belongs to the parent duty it answers best."""


def taken(number: int, score: float, pair: Pair) -> bool:
    """Whether a duty of the child answers another duty of the parent, and much better than this one."""
    claim = pair.claims.get(number, 0.0)
    return claim >= CLAIMED and score < 0.75 * claim


Chosen = list[tuple[int, float, AddresseeMatch]]
"""Numbers of the child's duties with score and addressee relation, best first."""


ADDRESSEE = {"same": 1.0, "unknown": 1.0, "narrower": 0.88, "other": 0.7}
"""What a duty of the child is worth as an answer if it is given to fewer, or to other, addressees than the parent means."""
ELSEWHERE = {"same": 1.0, "unknown": 1.0, "narrower": 0.75, "other": 0.45}
"""The same for a duty that answers another duty of the parent better: a look-alike."""


ELSEWHERE_FULL = 0.62
"""An act that the best duty of the child lacks must stand more fully in another one to count as carried there."""


def candidates_of(match: DutyMatch, pair: Pair) -> Chosen:
    """Duties of the child that could answer, best first; the wrong kind of addressee and the wrong force lose ground."""
    duty = match.item.duty
    wanted = {n for n, _ in match.ranked[: 2 * NEAR]} | {n for act in match.acts for n, _ in act.best[:NEAR]}
    if duty.modality == "sanction":
        wanted = {n for n, _ in match.ranked}
    scores, exempts = match.scores, _exempts(duty)
    out: Chosen = []
    for number in sorted(wanted):
        other = pair.child.items[number].duty
        if number in pair.asked and not _asked_alike(duty, other):
            continue
        relation = addressee_match(duty.lead, other.lead, pair.issuer, pair.child.record.document.issued_on)
        if relation.relation == "same" and duty.lead and receives(duty, other.lead):
            relation = AddresseeMatch("other", duty.lead)
        if relation.missing and _kept_by_staff(duty, other):
            relation = AddresseeMatch("same")
        belongs = pair.claims.get(number, 0.0) > scores[number] + 0.02
        score = scores[number] * (ELSEWHERE if belongs else ADDRESSEE)[relation.relation]
        if not _same_force(duty, exempts, other, number in pair.child.exempting):
            continue
        out.append((number, score, relation))
    return sorted(out, key=lambda c: (-c[1], c[0]))


def _kept_by_staff(duty: Duty, other: Duty) -> bool:
    """Whether both forbid, and the child forbids it to all who work for the body that the parent means: a ban is kept by each."""
    both = duty.modality == other.modality == "prohibition"
    return both and bool(other.lead) and all(says("whole_staff", name) for name in other.lead)


def _asked_alike(duty: Duty, other: Duty) -> bool:
    """Whether the parent itself only asks («Đề nghị …»), or means the very kind of body that the child can do no more than ask."""
    asked = asked_of(other) or "; ".join(other.lead)
    if duty.modality == "request" or asked_of(duty) or says("proposes", duty.text):
        return True
    kinds = {part.kind for part in classify(asked).members}
    meant = {part.kind for name in duty.lead for part in classify(name).members}
    return bool(meant) and meant <= kinds


def only_asked(match: DutyMatch, pair: Pair) -> int | None:
    """The duty of the child that asks others for what the parent demands, where it says so as clearly as an answer would."""
    found = [(n, s) for n, s in match.ranked[: 2 * NEAR] if n in pair.asked and s >= pair.limits.found]
    return found[0][0] if found else None


PERMITS = 0.3
"""Share of a ban from which a permission speaks of the same, whatever verb it has."""


def permitted(match: DutyMatch, pair: Pair) -> int | None:
    """A permission of the child (được …) on what the parent forbids: it has the forbidden verb and something more, or much else, in
    common. Whether it goes against the ban is for a person to say."""
    if match.item.duty.modality != "prohibition":
        return None
    verbs = orders(match.item.duty.text, match.item.duty.action) | banned(match.item.duty.text)
    for number, score in match.ranked[: 4 * NEAR]:
        item = pair.child.items[number]
        if item.duty.modality != "permission" and not allows(item.duty.text, verbs):
            continue
        words = {t.word for t in item.tokens if t.weight >= 0.5}
        common = {t.word for t in match.item.tokens if t.weight >= 0.5} & words
        if score >= PERMITS or (verbs & words and len(common) >= LEAST_ROWS):
            return number
    return None


def _same_force(duty: Duty, ours: bool, other: Duty, theirs: bool) -> bool:
    """A sanction is answered by a sanction and a ground of exemption by a ground of exemption, never by an ordinary duty; nor does
    a ground of exemption (``ours``, ``theirs``), being a sanction in form, answer anything else."""
    if ours != theirs:
        return duty.modality != "sanction" != other.modality
    if duty.modality != "sanction" or ours:
        return True
    return other.modality == "sanction" or says("sanctions", other.text)


def _exempts(duty: Duty) -> bool:
    return says("exempts", duty.lead_in or "") or says("exempts", duty.text)


def choose(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """The best duty, and others that bring acts the chosen ones lack."""
    if not candidates or candidates[0][1] < pair.limits.found:
        strong = [c for c in candidates if c[2].relation != "other" and any(share(act, c[0]) >= pair.limits.full for act in match.acts)]
        if not strong:
            return []
        candidates = strong + [c for c in candidates if c not in strong]
    chosen = [candidates[0]]
    for candidate in candidates[1:]:
        if candidate[2].relation == "other" != chosen[0][2].relation:
            continue
        if taken(candidate[0], match.scores[candidate[0]], pair) and not _neighbours(candidate[0], chosen, pair):
            continue
        have = tuple(c[0] for c in chosen)
        for act in match.acts:
            before, alone = best_share(act, have, pair.child), share(act, candidate[0])
            if (
                before < pair.limits.full
                and alone >= 0.6 * pair.limits.full
                and best_share(act, (*have, candidate[0]), pair.child) >= before + 0.15
            ):
                chosen.append(candidate)
                break
        if len(chosen) == NEAR:
            break
    return chosen


LEAST_ROWS = 2
"""Pairs of neighbouring words that a part of a duty shares with it."""
LEAST, MARGIN, BACK, ROWS = 0.3, 1.7, 0.25, 3
"""The child's version of a duty in other words: at least this share, so much more than any other duty of the child, this share of
its own words back in the parent, and this many pairs of neighbouring words in common."""


def counterpart(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """The one duty of the child that stands out as the parent's duty rewritten, for the same kind of addressee; else nothing.
    It shows what to read side by side; it is not enough to call the duty covered."""
    if not candidates or candidates[0][2].relation not in ("same", "unknown"):
        return []
    number, score, _ = candidates[0]
    if score < LEAST or (len(candidates) > 1 and score < MARGIN * candidates[1][1]):
        return []
    theirs, ours = pair.child.items[number].terms, match.item.terms
    back = words_back(match, number, pair)
    rows = sum(" " in term and term in ours for term in theirs)
    return candidates[:1] if back >= BACK and rows >= ROWS else []


ALONE, BOTH = 2.5, 0.44
"""A duty of the child that says the same in other words, and no more: so much more than any other duty of the child, and this
share of its own words back in the parent."""
WITHIN = 0.6
"""From this share of its own words in the parent on a duty of the child says a part of the parent's and little else."""


def words_back(match: DutyMatch, number: int, pair: Pair) -> float:
    """Share of the child's words that stand in the parent's duty."""
    theirs, ours = pair.child.items[number].terms, match.item.terms
    return sum(w for term, w in theirs.items() if term in ours) / (sum(theirs.values()) or 1.0)


def same_both_ways(match: DutyMatch, candidates: Chosen, pair: Pair) -> bool:
    """Whether the best duty of the child stands alone as the parent's duty reworded, read from either side, under a condition
    («nếu …», «khi …») if the parent sets one."""
    if not candidates or candidates[0][2].relation not in ("same", "unknown"):
        return False
    number, score, _ = candidates[0]
    if len(candidates) > 1 and score < ALONE * candidates[1][1]:
        return False
    if _conditional(match.item.duty, pair.parent) and not _conditional(pair.child.items[number].duty, pair.child):
        return False
    return max(words_back(match, number, pair), _related_back(match, number, pair)) >= BOTH


UNRELATED = 0.1
"""Share of an act's words in the parent below which it is other work, merged into the same item."""


def _related_back(match: DutyMatch, number: int, pair: Pair) -> float:
    """``words_back`` of the acts of the child's duty that speak of the parent's at all: other work in the same item says nothing
    against them."""
    ours, held, size = match.item.terms, 0.0, 0.0
    for terms in pair.child.act_terms(None)[number]:
        own = sum(terms.values())
        common = sum(w for term, w in terms.items() if term in ours)
        if common >= UNRELATED * own:
            held, size = held + common, size + own
    return held / size if size else 0.0


def _conditional(duty: Duty, side: Side) -> bool:
    return any(d.kind == "event" and d.id in duty.deadlines for d in side.record.deadlines)


NEAREST, OWN = 0.12, 0.55
"""From this share on a duty of the child is worth naming as the nearest to one that was not found, unless it answers another duty
of the parent so much better that this one's share is below ``OWN`` of that claim."""
NEAREST_SANCTION, OWN_SANCTION = 0.05, 0.25
"""The same between sanctions, of which a plan has few and which say the same in other words."""


STANDS_OUT = 1.4
"""A near passage stands out from this multiple of the next one on."""


def nearest(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """Duties of the child a person should read before a duty counts as missing, the one that shares what is to be done first;
    nothing where none comes near. A duty of the child that carries another duty of the parent is no sign that this one is there."""
    found = _near(match, candidates, pair)
    same = [c for c in found[:NEAR] if shares_work(match.item, pair.child.items[c[0]])]
    best = same[:1] if same and same[0][1] * STANDS_OUT >= found[0][1] else found[:1]
    return best + [c for c in found if c not in best]


def _near(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    scores = match.scores
    sanction = match.item.duty.modality == "sanction"
    least, own = (NEAREST_SANCTION, OWN_SANCTION) if sanction else (NEAREST, OWN)
    return [
        (number, score, relation)
        for number, score, relation in candidates
        if relation.relation != "other"
        and score >= max(least, own * pair.claims.get(number, 0.0))
        and not taken(number, scores[number], pair)
    ]


def stands_out(near: Chosen) -> bool:
    """Whether the first of the near duties is so much nearer than any other."""
    return bool(near) and (len(near) == 1 or near[0][1] >= STANDS_OUT * max(score for _, score, _ in near[1:]))


def part_of(match: DutyMatch, near: Chosen, pair: Pair) -> bool:
    """Whether the first near duty says a part of the parent's: nearly all its words stand there, or it stands out, orders the same
    work and shares rows of words. A sanction for another breach is a part where it punishes in the same way."""
    if not near:
        return False
    item = pair.child.items[near[0][0]]
    if words_back(match, near[0][0], pair) >= WITHIN:
        return True
    if match.item.duty.modality == "sanction":
        return bool(punishments(match.item.duty.text) & punishments(item.duty.text))
    rows = sum(" " in term and term in match.item.terms for term in item.terms)
    return rows >= LEAST_ROWS and stands_out(near) and shares_work(match.item, item)


def other_matter(match: DutyMatch, near: Chosen, pair: Pair) -> bool:
    """Whether what comes near has only the topic in common: none of it orders the same work and none stands out. Sanctions order
    no work and are never told apart in this way."""
    if match.item.duty.modality == "sanction" or stands_out(near):
        return False
    return not any(shares_work(match.item, pair.child.items[n]) for n, _, _ in near[:NEAR])


def _neighbours(number: int, chosen: Chosen, pair: Pair) -> bool:
    """Whether a duty stands in the section of one already chosen, where splits put their halves."""
    items = pair.child.items
    return any(items[c[0]].duty.section == items[number].duty.section for c in chosen)


def share(act: ActMatch, number: int) -> float:
    return act.shares.get(number, 0.0)


def act_verdict(act: ActMatch, chosen: Chosen, pair: Pair, *, rewritten: bool = False) -> ActVerdict:
    """The state of one act; ``rewritten`` where the evidence is the parent's duty in other words. «… công khai kết quả» speaks of
    the act before it and stands only where that act stands."""
    if pair.planned and own_plan(act.act.text, pair.child.record):
        return ActVerdict(act, "document", 1.0)
    if chosen and act.act.start > 0 and says("elliptic", act.act.text):
        chosen = [c for c in chosen if c is chosen[0] or _neighbours(c[0], chosen[:1], pair)]
    held = best_share(act, tuple(c[0] for c in chosen), pair.child) if chosen else 0.0
    alone = act.shares.get(chosen[0][0], 0.0) if chosen else 0.0
    if alone >= pair.limits.full or held >= max(pair.limits.full, ELSEWHERE_FULL):
        return ActVerdict(act, "full" if _has_head(act, chosen, pair) else "open", held)
    if held >= pair.limits.low:
        return ActVerdict(act, "open", held)
    return ActVerdict(act, "close" if rewritten and held >= LEAST else "missing", held)


def _has_head(act: ActMatch, chosen: Chosen, pair: Pair) -> bool:
    """Whether the verb or the object that opens the act stands in the evidence."""
    return not act.heads or any(head in pair.child.items[c[0]].terms for c in chosen for head in act.heads)


def why_lost(relation: AddresseeMatch) -> str:
    if relation.relation == "other":
        return said("lost_addressee")
    return said("lost_words")


def punishes(item: Item, keys: set[str | None]) -> bool:
    """Whether a duty orders breaches of one of these documents to be punished."""
    text = item.duty.text
    return bool({c.key for c in item.citations} & keys and says("sanctions", text) and says("breach", text))


def general_sanction(match: DutyMatch, candidates: Chosen, pair: Pair) -> Chosen:
    """The child's general order to punish breaches of the very document whose breach the parent's sanction names."""
    keys: set[str | None] = {c.key for c in match.item.citations if c.key and c.form != "self"}
    if match.item.duty.modality != "sanction" or not says("breach", match.item.duty.text):
        return []
    return [c for c in candidates if punishes(pair.child.items[c[0]], keys)][:1]
