"""What the lower plan leaves out inside an act that it otherwise carries: a member of a row, an object, a phrase changed for another.

A share of common words does not see this, since one name in ten weighs little. Here the words of the parent that no evidence holds
are read as runs, each with what the child has in its place. A run with nothing in its place was dropped; one with words of the
child's own was reworded, which only a person can tell from changed, unless all else is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from extractors.rulebook import rules
from extractors.unit_words import fold
from pipeline.audit.asking import asks_outside
from pipeline.audit.candidates import ActVerdict, Chosen, Pair
from pipeline.audit.doing import mentions, only_verbs, opens_with_verb, orders, shares_work
from pipeline.audit.matching import DutyMatch
from pipeline.audit.naming import quoted
from pipeline.audit.terms import Item, Token, stands, time_masks, tokens_of, with_subject_light
from schemas.record import Record

_WORD = re.compile(r"[^\W_]+")
_JOINED = re.compile(r"(?:[,;(]|(?<!\w)(?:và|hoặc))\s*$")
_GOES_ON = re.compile(r"(?:,|\s+(?:và|hoặc)(?!\w))\s")
"""What follows the first member of a row, which stands right after the verb or, in a row of verbs, first of all."""
_VERB = 2
"""Syllables of a verb that opens a sentence, known or not."""
_JOINED_KIND = re.compile(r"(?:,|(?<!\w)(?:và|hoặc))\s+(?P<head>(?:[^\W\d_]+\s+){1,3})$")
"""A head before a member, where it is a name («tiếng Việt và tiếng | Mông») or the row repeats it («quy chế …, quy chế | …»)."""
_TELLING = 0.3
"""Least weight of a word that is looked for."""
_MEMBER, _PHRASE, _CHANGED = 0.9, 3.0, 3.0
"""Least weight of what counts as dropped: a member of a row, any other run of words; and of one changed for another."""
_NAMED = 2.0
"""Least weight of a run of words that alone is no gap but is named where something else is."""
_OWN_MOST, _OWN_VERB = 0.42, 0.35
"""Share of the child's own words from which it is too free a rewording to call a run that is no member dropped, or to speak of
another verb in the same sentence."""
_ELSEWHERE, _BETTER = 12, 0.02
"""Candidates that are asked for what the evidence lacks; one that answers another duty of the parent better does not make up."""


@dataclass(frozen=True, slots=True)
class _Run:
    """Parent's words that no evidence holds, what the child has in their place, and whether they are a member of a row."""

    tokens: tuple[Token, ...]
    instead: tuple[str, ...]
    member: bool
    syllables: int
    """A name of one syllable («tiếng | Mông») counts for two."""

    @property
    def weight(self) -> float:
        return sum(t.weight for t in self.tokens)


@dataclass(frozen=True, slots=True)
class Omission:
    """What was left out, as the parent has it, and duties of the child beyond the evidence that make up for other runs."""

    missing: tuple[str, ...]
    further: tuple[int, ...] = ()


def omitted(match: DutyMatch, chosen: Chosen, acts: Sequence[ActVerdict], pair: Pair) -> Omission:
    """What acts called carried lack in the evidence."""
    kids = [pair.child.items[n] for n, _, _ in chosen]
    if not kids:
        return Omission(())
    record, below = pair.parent.record, pair.child.record
    held, raw = _words_of(kids, below)
    titled = raw | set(_WORD.findall(fold(below.document.title or "")))
    ours = {t.word for t in match.item.tokens}
    own = [t.word for kid in kids for t in kid.tokens if t.weight >= _TELLING and t.word not in ours]
    size = sum(t.weight >= _TELLING for kid in kids for t in kid.tokens) or 1
    share = len(own) / size
    runs = list(_runs(match, acts, pair, held, raw, kids, ours))
    free = share > _OWN_MOST
    lost: list[_Run] = []
    further: list[int] = []
    for run in runs:
        gone = not run.instead and (
            (run.member and run.weight >= _MEMBER and run.syllables > 1)
            or (not free and sum(t.weight for t in run.tokens if not titled.issuperset(_said(t, record.text))) >= _PHRASE)
        )
        if not gone and not _exchanged(run, runs, own):
            continue
        makes_up = _elsewhere(run, match, chosen, pair)
        if makes_up is None:
            lost.append(run)
        elif makes_up not in further:
            further.append(makes_up)
    verb = _other_verb(match, acts, kids, runs) if share <= _OWN_VERB else None
    if verb and verb not in lost:
        lost.append(verb)
    if lost and not free:
        lost += [r for r in runs if r not in lost and not r.instead and r.weight >= _NAMED]
    lost.sort(key=lambda r: r.tokens[0].start)
    return Omission(tuple(quoted(record.text, r.tokens[0].start, r.tokens[-1].end) for r in lost), tuple(further))


def _other_verb(match: DutyMatch, acts: Sequence[ActVerdict], kids: Sequence[Item], runs: Sequence[_Run]) -> _Run | None:
    """The verb with which an act opens, or one of the row that opens it, where the child, otherwise much the same, has another one
    in its place («Nhắc nhở …» for «Xử phạt …», «kiểm tra, nhắc nhở …» for «kiểm tra, xử phạt …»)."""
    heavy = [r for r in runs if r.weight >= _MEMBER]
    if not heavy or len(heavy) > 2 or not heavy[0].instead:
        return None
    at = heavy[0].tokens[0].start - match.item.duty.start
    end = heavy[0].tokens[-1].end - match.item.duty.start
    have = frozenset().union(*(orders(k.duty.text, k.duty.action) | mentions(k.duty.text) for k in kids))
    for act in acts:
        text, start = act.match.act.text, act.match.act.start
        if not start <= at < start + len(text):
            continue
        before = match.item.duty.text[start:at]
        row = _WORD.search(before) is not None  # inside a row the changed verb alone is asked for
        wanted = orders(match.item.duty.text[at:end], None) if row else orders(text, None)
        if row and not (_JOINED.search(before) and only_verbs(before) and _follows(heavy[0], match.item, kids)):
            continue
        if wanted and have and not wanted & have:
            return heavy[0]
    return None


def _follows(run: _Run, item: Item, kids: Sequence[Item]) -> bool:
    """Whether the child has another verb right after the very word that stands before the run («kiểm tra, | nhắc nhở»)."""
    last = [t.word for t in item.tokens if t.end <= run.tokens[0].start][-1:]
    company = {(a.word, b.word) for k in kids for a, b in pairwise(k.tokens)}
    return bool(last) and (last[0], run.instead[0]) in company and opens_with_verb(" ".join(run.instead))


def _exchanged(run: _Run, runs: Sequence[_Run], own: Sequence[str]) -> bool:
    """Whether this is the one thing changed in what is otherwise the parent's sentence."""
    heavy = [r for r in runs if r.weight >= 1.0]
    return heavy == [run] and run.weight >= _CHANGED and bool(run.instead) and sorted(run.instead) == sorted(own)


def _words_of(kids: Iterable[Item], below: Record) -> tuple[set[str], set[str]]:
    """Concepts and plain words that the evidence holds, with the headings and lead-ins it stands under and the times of its fields
    («Thời gian: mùa mưa lũ»)."""
    times = {d.id: d.text for d in below.deadlines}
    held: set[str] = set()
    raw: set[str] = set()
    for kid in kids:
        held.update(t.word for t in kid.tokens)
        raw.update(
            _WORD.findall(
                fold(
                    " ".join(
                        (
                            kid.duty.text,
                            kid.duty.heading,
                            kid.duty.lead_in or "",
                            *kid.duty.lead,
                            *(times.get(d, "") for d in kid.duty.deadlines),
                        )
                    )
                )
            )
        )
    return held, raw


def _said(token: Token, text: str) -> list[str]:
    return _WORD.findall(fold(text[token.start : token.end]))


def _runs(
    match: DutyMatch, acts: Sequence[ActVerdict], pair: Pair, held: set[str], raw: set[str], kids: Sequence[Item], ours: set[str]
) -> Iterable[_Run]:
    """Runs of words that the evidence lacks, in the acts called carried; purposes, numbers and citations are left out, and words of
    another line of command than the child's."""
    record, kid = pair.parent.record, kids[0]
    tokens = _telling(match.item, pair)
    spans = _spans(match.item, acts)
    steps = SequenceMatcher(None, [t.word for t in tokens], [t.word for t in kid.tokens], autojunk=False).get_opcodes()
    company = {(a.word, b.word) for a, b in pairwise(kid.tokens)}
    deleted = {i for tag, a, b, _, _ in steps if tag == "delete" for i in range(a, b)}
    copied = len(kids) == 1 and all(
        tag in ("equal", "delete") for tag, *_ in steps
    )  # the parent's words with some left out, and nothing else
    lacks = [
        t.weight >= _TELLING and any(a <= t.start < b for a, b in spans) and _is_word(t)
        and (i in deleted if copied else t.word not in held and not all(w in raw for w in _said(t, record.text)))
        for i, t in enumerate(tokens)
    ]  # fmt: skip
    run: list[int] = []
    for i, token in enumerate(tokens):
        inside = run and lacks[i + 1 : i + 2] == [True] and not record.text[tokens[i - 1].end : token.start].strip()
        if inside and not lacks[i] and (tokens[i - 1].word, token.word) not in company:
            run.append(i)  # a word that the child has elsewhere («trung | học | cơ sở»)
        elif lacks[i]:
            if run and _breaks(record.text[tokens[run[-1]].end : token.start]):
                yield _run(run, tokens, steps, kid, ours, record.text)
                run = []
            run.append(i)
        elif token.weight > 0 and run:
            yield _run(run, tokens, steps, kid, ours, record.text)
            run = []
    if run:
        yield _run(run, tokens, steps, kid, ours, record.text)


def _is_word(token: Token) -> bool:
    return not token.word.startswith("§") and not token.word[:1].isdigit()


def _breaks(between: str) -> bool:
    return ";" in between or "." in between


def _run(
    run: list[int], tokens: Sequence[Token], steps: Sequence[tuple[str, int, int, int, int]], kid: Item, ours: set[str], text: str
) -> _Run:
    first, last = run[0], run[-1] + 1
    instead = tuple(
        t.word
        for tag, a, b, c, d in steps
        if tag != "equal" and a < last and b > first
        for t in kid.tokens[c:d]
        if t.word not in ours and t.weight >= _TELLING
    )
    named = text[tokens[first].start : tokens[last - 1].end]
    before = text[max(0, tokens[first].start - 60) : tokens[first].start]
    lead = re.split(r"[;.:]\s", text[tokens[0].start : tokens[first].start])[-1]
    first_of_row = _GOES_ON.match(text, tokens[last - 1].end) and (len(_WORD.findall(lead)) <= _VERB or only_verbs(lead))
    joined = (_JOINED.search(before) and not _heads_more(named, tokens, last, text, kid)) or _under_head(named, before) or first_of_row
    member = bool(joined) and not stands("light_member", named)
    return _Run(tuple(tokens[i] for i in run), instead, member, len(_WORD.findall(named)) + named[:1].isupper())


def _heads_more(named: str, tokens: Sequence[Token], last: int, text: str, kid: Item) -> bool:
    """Whether a run is no member but the first words of one that the child has without them («nội dung | chuyên đề được đăng ký»,
    «; chuyên đề được đăng ký»); a verb is a member whatever follows it, and so is «vật tư | y tế» beside «thuốc y tế»."""
    goes_on = last < len(tokens) and tokens[last].weight >= _TELLING and not text[tokens[last - 1].end : tokens[last].start].strip()
    if not goes_on or not _is_word(tokens[last]) or opens_with_verb(named):
        return False
    words, start = kid.tokens, kid.duty.start
    at = [j for j, t in enumerate(words) if t.word == tokens[last].word]
    return any(
        j == 0 or words[j - 1].weight < _TELLING or kid.duty.text[words[j - 1].end - start : words[j].start - start].strip() for j in at
    )


def _under_head(named: str, before: str) -> bool:
    found = _JOINED_KIND.search(before)
    if found is None:
        return False
    head = fold(found["head"]).strip()
    repeated = " " in head and not opens_with_verb(head) and head in fold(before[: found.start("head")])
    return named[:1].isupper() or repeated


def _telling(item: Item, pair: Pair) -> tuple[Token, ...]:
    """The duty's words as a reader of the child's regime weighs them; who is to act and expressions of time do not count."""
    duty, regime = item.duty, pair.child.record.document.regime
    told = pair.parent.told.get((duty.id, regime))
    if told is None:
        told = pair.parent.told[duty.id, regime] = _told(item, pair, regime)
    return told


def _told(item: Item, pair: Pair, regime: str | None) -> tuple[Token, ...]:
    duty = item.duty
    masks = time_masks(pair.parent.record, duty.start, duty.end)
    found = tokens_of(duty.text, duty.start, pair.parent.record, drop_scope_for=regime, masks=masks)
    return with_subject_light(found, duty)


def _spans(item: Item, acts: Sequence[ActVerdict]) -> list[tuple[int, int]]:
    """Stretches of the acts that are called carried, without what only says what they are for and without introductory phrases."""
    out: list[tuple[int, int]] = []
    for act in acts:
        if act.state not in ("full", "open", "close"):
            continue
        at = item.duty.start + act.match.act.start
        end = at + len(act.match.act.text)
        intro = rules("audit").pattern("circumstance").match(act.match.act.text)
        at += intro.end() if intro else 0
        for a, b in sorted((item.duty.start + a, item.duty.start + b) for a, b in act.match.act.purpose):
            out.append((at, a))
            at = max(at, b)
        out.append((at, end))
    return [(a, b) for a, b in out if a < b]


def _around(section: str) -> str:
    return section.rpartition(".")[0] or section


def _elsewhere(run: _Run, match: DutyMatch, chosen: Chosen, pair: Pair) -> int | None:
    """Another duty of the child beside the evidence, where splits put their halves, that does the same work on what it lacks."""
    used = {n for n, _, _ in chosen}
    beside = {_around(pair.child.items[n].duty.section) for n in used}
    words = {w for t in run.tokens for w in _said(t, pair.parent.record.text)}
    for number, _ in match.ranked[:_ELSEWHERE]:
        item = pair.child.items[number]
        if (
            number in used
            or _around(item.duty.section) not in beside
            or not words <= set(_WORD.findall(fold(item.duty.text)))
            or asks_outside(item, pair.child.record)
        ):
            continue
        if shares_work(match.item, item) and pair.claims.get(number, 0.0) <= match.scores[number] + _BETTER:
            return number
    return None
