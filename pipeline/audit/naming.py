"""How what the lower plan lacks is named to a reader: the parent's own words, in whole words, and the terms that were dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pipeline.audit.candidates import Pair
from pipeline.audit.comparison import unsaid
from pipeline.audit.doing import is_verb
from pipeline.audit.finding import Finding
from pipeline.audit.terms import Token, stands

_TELLING = 0.3
"""Least weight of a word that is named; those that say who is to act have less."""
_ENDS = re.compile(r"[;.:()]")
_LAST = re.compile(r"[^\W\d_]+(?=\s$)")
_FIRST = re.compile(r"[^\W\d_]+")
_NEXT = re.compile(r"\s([^\W\d_]+)")


def quoted(text: str, start: int, end: int) -> str:
    """``text[start:end]`` as it is named to a reader: no verb cut in two («Lắp | đặt biển»), the sign of a percentage kept."""
    before, first = _LAST.search(text, max(0, start - 20), start), _FIRST.match(text, start, end)
    if before and first and is_verb(f"{before.group()} {first.group()}"):
        start = before.start()
    words, after = list(_FIRST.finditer(text, start, end)), _NEXT.match(text, end)
    if words and after and words[-1].end() == end and is_verb(f"{words[-1].group()} {after.group(1)}"):
        end = after.end()
    if text[end : end + 1] == "%":
        end += 1
    return text[start:end].strip(" .;,:")


def left_out(base: Finding, pair: Pair, most: int = 3) -> tuple[str, ...]:
    """The stretches of the parent's words that the evidence lacks, the weightiest of them in their order, and its terms."""
    record = pair.parent.record
    held = [pair.child.items[n].terms for n, _ in base.evidence]
    telling = [t for t in base.item.tokens if t.weight >= _TELLING]
    lacks = [not any(t.word in terms for terms in held) for t in telling]
    runs: list[list[Token]] = []
    for i, token in enumerate(telling):
        if not lacks[i]:
            continue
        near = runs and telling.index(runs[-1][-1]) >= i - 2  # one word that the child has elsewhere does not part a run
        if near and not _ENDS.search(record.text[runs[-1][-1].end : token.start]):
            runs[-1].append(token)
        else:
            runs.append([token])
    best = sorted((r for r in runs if _says(record.text[r[0].start : r[-1].end])), key=lambda r: -sum(t.weight for t in r))[:most]
    ends = (_whole_words(r, telling, held, record.text) for r in sorted(best, key=lambda r: r[0].start))
    words = tuple(quoted(record.text, start, end) for start, end in ends)
    terms = unsaid(base.item.duty, [pair.child.items[n].duty for n, _ in base.evidence], pair)
    return words + tuple(term for term in terms if not any(term in said for said in words))


def _says(words: str) -> bool:
    """Whether words tell a reader anything: more than a syllable, and more than a manner."""
    return " " in words and not stands("light_member", words)


def _whole_words(run: list[Token], telling: list[Token], held: Sequence[Mapping[str, float]], text: str) -> tuple[int, int]:
    """Where a run begins and ends for a reader. The syllable beside it, which the child has by chance in another word («nguyên |
    liệu an toàn», «tài liệu»), belongs to it."""
    first, last = telling.index(run[0]), telling.index(run[-1])

    def joined(i: int, j: int) -> bool:
        return i >= 0 and j < len(telling) and not text[telling[i].end : telling[j].start].strip()

    def together(i: int, j: int) -> bool:
        return joined(i, j) and any(f"{telling[i].word} {telling[j].word}" in terms for terms in held)

    end = last + 1 if joined(last, last + 1) and not together(last + 1, last + 2) else last
    start = first - 1 if joined(first - 1, first) and joined(first - 2, first - 1) and not together(first - 2, first - 1) else first
    return telling[start].start, telling[end].end
