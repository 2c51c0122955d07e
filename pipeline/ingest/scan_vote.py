"""Marks over letters that recognition confuses (ũ/ữ, ổ/ố, ẩ/ấ, ể/ế, i/ỉ), decided by the words beside: "tham những" is "tham nhũng".

A word read with less than full confidence is mended only where it differs in nothing but its marks from a word that stands beside the
same neighbour far more often, elsewhere in the document (read well) or in the closed lists of bodies, laws and kinds. Measured: 30 to
57 % of all substitutions change only a mark.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from extractors.rulebook import lexicon
from pipeline.ingest.legacy import is_syllable
from pipeline.ingest.scan_ocr import Word
from pipeline.ingest.scan_repair import SURE, relabel

RULE = "neighbours"
TIMES = 4  # as often as the reading must what replaces it stand beside the neighbour
LEAST = 3  # times it must stand there at all
LISTED = 3  # a pair in a closed list counts as so many
_LISTS = (
    ("bodies", "name"), ("laws", "name"), ("kinds", "kind"), ("body_kinds", "word"), ("collectives", "word"), ("unit_predicates", "word"),
)  # fmt: skip
_EDGES = "“”\"'(),.;:!?…[]"

Pair = tuple[str, str]


class _Beside:
    """How often words stand beside each other: by the word on one side and the letters, without marks, of the other."""

    def __init__(self, pairs: Iterable[tuple[Word, Word]]) -> None:
        self._after: dict[Pair, Counter[str]] = {}
        self._before: dict[Pair, Counter[str]] = {}
        for (a, b), count in _listed().items():
            self._put(a, b, count)
        for first, second in pairs:
            if min(first.confidence, second.confidence) >= SURE:
                self._put(_core(first.text), _core(second.text), 1)

    def _put(self, a: str, b: str, count: int) -> None:
        self._after.setdefault((a, bare(b)), Counter())[b] += count
        self._before.setdefault((bare(a), b), Counter())[a] += count

    def votes(self, core: str, left: Word | None, right: Word | None, sure: bool) -> tuple[Counter[str], Counter[str]]:
        """Votes of the left and of the right neighbour for what ``core`` is, its own vote taken off."""
        sides = []
        for other, table in ((left, self._after), (right, self._before)):
            if other is None:
                sides.append(Counter[str]())
                continue
            key = (_core(other.text), bare(core)) if other is left else (bare(core), _core(other.text))
            counts = Counter(table.get(key, {}))
            if sure and other.confidence >= SURE:
                counts[core] -= 1
            sides.append(counts)
        return sides[0], sides[1]


def vote(rows: Sequence[Sequence[Word]]) -> None:
    """Mend words of the document in place; ``rows`` are stretches of lines in reading order."""
    pairs = list(_neighbours(rows))
    beside = _Beside(pairs)
    left, right = {id(b): a for a, b in pairs}, {id(a): b for a, b in pairs}
    for word in (word for row in rows for word in row):
        core = _core(word.text)
        if word.repair is not None or not core.isalpha() or len(core) < 2:
            continue
        sure = word.confidence >= SURE
        meant = _winner(core, *beside.votes(core, left.get(id(word)), right.get(id(word)), sure), sure)
        if meant is not None:
            relabel(word, _in_case(word.text, core, meant), RULE)


def _winner(core: str, left: Counter[str], right: Counter[str], sure: bool) -> str | None:
    """What one neighbour clearly wants and the other does not speak against; for a word read well the other must want it too."""
    for one, other in ((left, right), (right, left)):
        if not one:
            continue
        best = max(one, key=lambda word: (one[word], word))
        rivals = max((count for word, count in one.items() if word != best), default=0)
        clear = best != core and one[best] >= max(LEAST, TIMES * rivals) and len(best) == len(core) and is_syllable(best)
        if clear and other[core] <= 0 and (not sure or other[best] >= 1):
            return best
    return None


def _in_case(text: str, core: str, meant: str) -> str:
    """``text`` with its letters replaced by those of ``meant``, sign by sign in the case they stand in."""
    start = text.casefold().find(core)
    if start < 0 or len(core) != len(meant):
        return text
    shown = "".join(new.upper() if old.isupper() else new for old, new in zip(text[start : start + len(core)], meant, strict=True))
    return text[:start] + shown + text[start + len(core) :]


def _neighbours(rows: Sequence[Sequence[Word]]) -> Iterator[tuple[Word, Word]]:
    """Pairs of words side by side, over the ends of lines too; a sign between them parts them."""
    last: Word | None = None
    for row in rows:
        for word in row:
            if last is not None and last.text[-1:].isalnum() and word.text[:1].isalnum():
                yield last, word
            last = word


def _core(text: str) -> str:
    return text.strip(_EDGES).casefold()


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """A word without any mark over, under or through its letters (đ stays)."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@cache
def _listed() -> dict[Pair, int]:
    return {pair: LISTED for name, column in _LISTS for row in lexicon(name) for pair in _pairs(row.get(column, ""))}


def _pairs(text: str) -> Iterable[Pair]:
    words = [_core(word) for word in text.split()]
    return [(a, b) for a, b in pairwise(words) if a.isalpha() and b.isalpha()]
