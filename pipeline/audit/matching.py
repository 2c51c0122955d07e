"""Which duties of the child could answer which acts of the parent: candidates with shares of common weight, no verdict.

Every act is held against all duties of the child at once through an index of terms; the share of the act's weight that stands
in a duty is its score. Splits are seen by the share of several duties together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.audit import timing
from pipeline.audit.clauses import Act, begins_with_verb, makes_plan, split_acts
from pipeline.audit.slots import Number
from pipeline.audit.slots import numbers as numbers_of
from pipeline.audit.terms import Item, Rarity, Token, items_of, says, terms_of, time_masks, tokens_of, with_subject_light
from schemas.record import Record

PURPOSE_SHARE = 0.25
"""What an act is for weighs a quarter of what is to be done: a lower plan that leaves the purpose out still carries the act."""
MIN_WEIGHT = 3.0
"""Below the weight of three telling words a piece is no act that could be missing on its own."""
HEAD_WORDS, TELLING = 3, 0.5
"""The first three telling words of an act are its verb and object: without one of them nothing carries it."""
PROVISION_SHARE = 0.97
PROVISION_LEAST = 0.3
"""Two sentences that name the same provision as their content say the same, once they also share a third of the words."""
SAME_TIME, SAME_TIME_LEAST, SAME_TIME_MOST = 3.0, 0.15, 3
"""A term that both sides set counts as so much common weight (a period alone for half), once they share a fifth of the words and
no more than so many duties of the child have it."""
NEAR = 3
"""Candidates kept per act."""


@dataclass(frozen=True)
class Side:
    """A record with its duties ready for comparison; make it once and use it against many."""

    record: Record
    items: tuple[Item, ...]

    @cached_property
    def told(self) -> dict[tuple[str, str | None], tuple[Token, ...]]:
        """Words of a duty as readers of a regime weigh them, kept by whoever asks: a directive is read with the same eyes again."""
        return {}

    @cached_property
    def index(self) -> Mapping[str, list[int]]:
        """Numbers of the duties that hold a term."""
        out: defaultdict[str, list[int]] = defaultdict(list)
        for number, item in enumerate(self.items):
            for term in item.terms:
                out[term].append(number)
        return dict(out)

    @cached_property
    def exempting(self) -> frozenset[int]:
        """Numbers of the duties that name a ground of exemption."""
        return frozenset(n for n, i in enumerate(self.items) if says("exempts", i.duty.lead_in or "") or says("exempts", i.duty.text))

    @cached_property
    def moments(self) -> Mapping[str, tuple[int, ...]]:
        """Numbers of the duties due on a day, or in a period."""
        out: dict[str, list[int]] = {}
        for number, item in enumerate(self.items):
            for key in dict.fromkeys(m for d in timing.of_duty(item.duty, self.record) for m, _ in timing.moments(d)):
                out.setdefault(key, []).append(number)
        return {key: tuple(numbers) for key, numbers in out.items()}

    def numbers(self, start: int, end: int) -> tuple[Number, ...]:
        """Numbers between two offsets, read once."""
        key = start, end
        if key not in self._numbers:
            self._numbers[key] = numbers_of(self.record, start, end)
        return self._numbers[key]

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], tuple[Number, ...]]:
        return {}

    @cached_property
    def acts(self) -> tuple[tuple[Act, ...], ...]:
        return tuple(_joined(split_acts(item.duty.text), item) for item in self.items)

    @cached_property
    def due(self) -> tuple[tuple[tuple[tuple[str, bool], ...], ...], ...]:
        """What the deadlines of each act of each duty fix."""
        return tuple(tuple(_due(act, self, number) for act in acts) for number, acts in enumerate(self.acts))

    def act_terms(self, regime: str | None) -> tuple[tuple[dict[str, float], ...], ...]:
        """Terms of each act of each duty as a reader of ``regime`` weighs them."""
        if regime not in self._by_regime:
            self._by_regime[regime] = tuple(
                tuple(self._terms(item, act, regime) for act in acts) for item, acts in zip(self.items, self.acts, strict=True)
            )
        return self._by_regime[regime]

    @cached_property
    def _by_regime(self) -> dict[str | None, tuple[tuple[dict[str, float], ...], ...]]:
        return {}

    def _terms(self, item: Item, act: Act, regime: str | None) -> dict[str, float]:
        start = item.duty.start + act.start
        times = time_masks(self.record, start, start + len(act.text))
        found = with_subject_light(tokens_of(act.text, start, self.record, drop_scope_for=regime, masks=times), item.duty)
        goals = [(start + a, start + b) for a, b in act.purpose]
        main = terms_of(t for t in found if not any(a <= t.start < b for a, b in goals))
        if not goals:
            return main
        for term, weight in terms_of(found).items():
            main.setdefault(term, PURPOSE_SHARE * weight)
        return main


def _joined(acts: tuple[Act, ...], item: Item) -> tuple[Act, ...]:
    """Acts that say almost nothing of their own («xử lý theo quy định») belong to the act before, the first one to the next."""
    out: list[Act] = []
    light: Act | None = None
    for act in acts:
        start = item.duty.start + act.start
        goals = [(start + a, start + b) for a, b in act.purpose]
        weight = sum(
            t.weight for t in item.tokens if start <= t.start < start + len(act.text) and not any(a <= t.start < b for a, b in goals)
        )
        own = bool(out) and makes_plan(out[-1].text) and begins_with_verb(act.text) and not says("issuing", act.text)
        before = light or (out.pop() if out and weight < MIN_WEIGHT and not own else None)
        if before:
            text = item.duty.text[before.start : act.end]
            act = Act(
                before.start,
                act.end,
                text,
                before.purpose + tuple((a + act.start - before.start, b + act.start - before.start) for a, b in act.purpose),
            )
            light = None
        if not out and not before and not makes_plan(act.text) and weight < MIN_WEIGHT and len(acts) > 1:
            light = act
            continue
        out.append(act)
    return tuple(out) if out else acts


def prepare(record: Record) -> Side:
    """The record, ready to be audited against others."""
    return Side(record, items_of(record))


@dataclass(frozen=True, slots=True)
class ActMatch:
    """One act with its best duties of the child: ``(number, share)``, best first; ``shares`` holds all of them, ``weight`` is what
    the act weighs, ``heads`` its first telling words."""

    act: Act
    weight: float
    terms: Mapping[str, float]
    best: tuple[tuple[int, float], ...]
    shares: Mapping[int, float]
    heads: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyMatch:
    """One parent duty: its acts, and the child's duties by common weight over all acts."""

    item: Item
    acts: tuple[ActMatch, ...]
    ranked: tuple[tuple[int, float], ...]

    @cached_property
    def scores(self) -> Mapping[int, float]:
        """``ranked`` to look a duty up in."""
        return dict(self.ranked)


def match(parent: Side, child: Side, only: Collection[int] | None = None) -> tuple[DutyMatch, ...]:
    """Candidates for the duties of the parent, in its order; ``only`` names the duties (by number) that are wanted."""
    rare = Rarity(len(parent.items) + len(child.items), parent.index, child.index)
    held: Held = {}
    terms = parent.act_terms(child.record.document.regime)
    out: list[DutyMatch] = []
    for number in range(len(parent.items)) if only is None else sorted(only):
        acts = zip(parent.acts[number], terms[number], parent.due[number], strict=True)
        matches = tuple(_match_act(act, weights, _held(weights, rare, child, held), child, due) for act, weights, due in acts)
        out.append(DutyMatch(parent.items[number], matches, _ranked(parent.items[number], matches, child)))
    return tuple(out)


def _due(act: Act, side: Side, number: int) -> tuple[tuple[str, bool], ...]:
    """What the deadlines of an act fix; one that stands outside the duty's words holds for all of its acts."""
    duty = side.items[number].duty
    start = duty.start + act.start
    own = [d for d in timing.of_duty(duty, side.record) if start <= d.start < start + len(act.text) or not duty.start <= d.start < duty.end]
    return tuple(m for d in own for m in timing.moments(d))


Held = dict[str, tuple[float, Sequence[int]]]
"""Rarity of a term in a pair of plans, and the child's duties that hold it."""


def _held(terms: Iterable[str], rare: Rarity, child: Side, known: Held) -> Held:
    for term in terms:
        if term not in known:
            known[term] = rare.of(term), child.index.get(term, ())
    return known


def _match_act(act: Act, weights: Mapping[str, float], held: Held, child: Side, due: Collection[tuple[str, bool]] = ()) -> ActMatch:
    scaled: dict[str, float] = {}
    found: defaultdict[int, float] = defaultdict(float)
    for term, weight in weights.items():
        rare, numbers = held[term]
        scaled[term] = weight = weight * rare
        for number in numbers:
            found[number] += weight
    total = sum(scaled.values())
    shares = {n: w / total for n, w in found.items()} if total else {}
    for number in _same_provision(act, scaled, child):
        if shares.get(number, 0.0) >= PROVISION_LEAST:
            shares[number] = max(shares[number], PROVISION_SHARE)
    for key, exact in due:
        same = child.moments.get(key, ())
        for number in same if len(same) <= SAME_TIME_MOST else ():
            if shares.get(number, 0.0) >= SAME_TIME_LEAST:
                bonus = SAME_TIME if exact else 0.5 * SAME_TIME
                shares[number] = (shares[number] * total + bonus) / (total + bonus)
    best = [(n, -s) for s, n in sorted([(-s, n) for n, s in shares.items()])[:NEAR]]
    first = tuple(term for term in weights if " " not in term and weights[term] >= TELLING)[:HEAD_WORDS]
    return ActMatch(act, total, scaled, tuple(best), shares, first)


def _same_provision(act: Act, terms: Mapping[str, float], child: Side) -> tuple[int, ...]:
    """Duties that, like the act, define what they speak of by one and the same provision («hành vi quy định tại Điều 4 …»)."""
    if not says("by_reference", act.text):
        return ()
    numbers = sorted({n for term in terms if "#" in term and " " not in term for n in child.index.get(term, ())})
    return tuple(n for n in numbers if says("by_reference", child.items[n].duty.text))


def _ranked(item: Item, acts: tuple[ActMatch, ...], child: Side) -> tuple[tuple[int, float], ...]:
    """Duties by the share of the whole duty's weight they hold; equal shares are told apart by heading and addressee words."""
    total = sum(act.weight for act in acts) or 1.0
    sums: defaultdict[int, float] = defaultdict(float)
    for act in acts:
        for number, share in act.shares.items():
            sums[number] += share * act.weight / total
    ranked = sorted([(-s, n) for n, s in sums.items()])  # the largest share first, the first duty of equals
    ranked[: 4 * NEAR] = [(-(-s + _heading(item, child.items[n])), n) for s, n in ranked[: 4 * NEAR]]
    ranked.sort()
    return tuple([(n, -s) for s, n in ranked])


def _heading(one: Item, other: Item) -> float:
    """Up to 0.1 for shared words of heading and addressee: enough to part twins, too little to make a link."""
    same = len(one.heading & other.heading)
    return 0.1 * same / (len(one.heading) + len(other.heading) - same) if same else 0.0


def best_share(act: ActMatch, numbers: tuple[int, ...], child: Side) -> float:
    """Share of the act's weight in the best of these duties, or in those of one section together: a split stays among neighbours."""
    shares = {n: act.shares[n] for n in numbers if n in act.shares}
    best = max(shares.values(), default=0.0)
    sections: dict[str, list[int]] = {}
    for number in shares:
        sections.setdefault(child.items[number].duty.section, []).append(number)
    for together in sections.values():
        if len(together) > 1:
            held = [child.items[n].terms for n in together]
            found = sum(weight for term, weight in act.terms.items() if any(term in terms for terms in held))
            best = max(best, found / act.weight if act.weight else 0.0)
    return best
