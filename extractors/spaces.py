"""Blanks that a file lost between two words («nhiệm vụchính trị», «Đảng bộxã», «củaUBND tỉnh») put back (khôi phục dấu cách).

A Vietnamese word as it is written is one syllable, and no syllable holds a consonant between two vowels: what does is two of them.
Where they part, ``lexicons/syllables.csv`` says, which holds the syllables of official papers with how often they stand there. Text
layers of PDF lose the blank behind letters with two marks («ộ», «ủ», «ể»); among several places one behind a marked vowel is right.
"""

from __future__ import annotations

import re
from functools import cache, partial
from itertools import accumulate, pairwise
from math import log

from extractors.keys import fold
from extractors.remembered import Remembered
from extractors.rulebook import lexicon, standard

_SYLLABLE = 7
"""Letters of the longest syllable («nghiêng»)."""
_MOST = 4
"""Words that ran together; more are no slip."""
_BEHIND_MARK = 6.0
"""How much likelier a blank is lost behind a marked vowel, in the logarithm of counts: «nhà|nước», not «nhàn|ước»; yet «công|an»."""
_SPREAD = 0.35
"""Part of a line that are blanks where its letters stand apart; a fifth is usual."""
_ABBREVIATION = re.compile(r"[A-ZĐƯ]{2,12}")
_ONSETS = "b c ch d đ g gh h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
_ALONE = frozenset(f"{form}{mark}" for said in _ONSETS for form in (said, said.upper(), said.capitalize()) for mark in ("", ",", ".", ";"))
"""Consonants that stand alone, as ``torn`` finds them: most lines hold none."""
_STRETCH = re.compile(r"(\S+)")


_pattern = partial(standard, "spaces")


@cache
def _often() -> dict[str, int]:
    """Known syllables, folded, with the number of times they were counted."""
    out: dict[str, int] = {}
    for row in lexicon("syllables"):
        key = fold(row["syllable"])
        out[key] = out.get(key, 0) + int(row["times"])
    return out


def _weight(part: str, *, last: bool) -> float | None:
    """How likely ``part`` is a word, or an abbreviation, of its own; None where it is neither."""
    if len(part) <= _SYLLABLE and (part[1:].islower() or part.isupper() or len(part) == 1) and (times := _often().get(fold(part))):
        open_end = not last and not part[-1].isascii() and part[-1] not in "đĐ"
        return log(times) + (_BEHIND_MARK if open_end else 0.0)
    return 0.0 if _ABBREVIATION.fullmatch(part) else None


def _parted(word: str, most: int = _MOST) -> tuple[float, tuple[str, ...]] | None:
    """The fewest and likeliest words that ``word`` is made of; None where some part of it is no word."""
    whole = _weight(word, last=True)
    if whole is not None or most == 1:
        return None if whole is None else (whole, (word,))
    best: tuple[float, tuple[str, ...]] | None = None
    for at in range(1, min(len(word), 13)):
        left = _weight(word[:at], last=False)
        if left is None or (rest := _parted(word[at:], most - 1)) is None:
            continue
        found = left + rest[0], (word[:at], *rest[1])
        if best is None or (-len(found[1]), found[0]) > (-len(best[1]), best[0]):
            best = found
    return best


def _inside(word: str) -> tuple[int, ...]:
    """Where blanks were lost in a run of letters."""
    if word.isascii() or _pattern("one_word").fullmatch(word):
        return ()
    _, parts = _parted(word) or (0.0, (word,))
    return tuple(accumulate(map(len, parts[:-1])))


def _in_symbol(stretch: str, start: int, end: int) -> bool:
    """Letters of a symbol («KH-ĐƯĐT», «QyĐ/…») or an address, which are no words."""
    return stretch[:start][-1:] in tuple("/-@&_") or stretch[end : end + 1] in tuple("/@&_")


def _mended(stretch: str) -> str:
    """What stands between two blanks, with those that were lost in it; "" where none was."""
    if stretch.isascii() and not (stretch[:1].isdigit() and stretch[-1:].islower()):
        return ""  # «4Quy» alone of those without marks holds two words
    rows = ("number_run_on", "symbol_run_on", "article_run_on", "bracket_run_on")
    places: set[int] = {found.end() for name in rows for found in _pattern(name).finditer(stretch)}
    if _pattern("run_together").search(stretch):
        for word in re.finditer(r"[^\W\d_]+", stretch):
            if not _in_symbol(stretch, *word.span()):
                places.update(word.start() + place for place in _inside(word.group()))
    return " ".join(stretch[a:b] for a, b in pairwise((0, *sorted(places), len(stretch)))) if places else ""


_remembered = Remembered(_mended)


def _cut_up(run: str) -> str:
    """The words of letters that ran together over a whole line, by what is likeliest: «côngtácnhânsự» → «công tác nhân sự»."""
    often = _often()
    most = log(sum(often.values()))
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(run) + 1):
        found = [(best[end - 1][0] + 3 * most, end - 1)]  # a letter by itself, where nothing known fits
        for start in range(max(0, end - _SYLLABLE), end):
            part = run[start:end]
            if (part[1:].islower() or len(part) == 1 or part.isupper()) and (times := often.get(fold(part))):
                found.append((best[start][0] + most - log(times), start))
        best.append(min(found))
    words, end = list[str](), len(run)
    while end:
        words.append(run[best[end][1] : end])
        end = best[end][1]
    return " ".join(reversed(words))


def _closed_up(spread: re.Match[str]) -> str:
    """A stretch whose letters stand apart («T h a m  m ư u ,  h ư ớ n g  d ẫ n»), as a printer fills a short line."""
    close = "".join(spread.group().split())
    parts = [_cut_up(part) if part.isalpha() else part for part in re.findall(r"[^\W\d_]+|\d+|[^\w]|_", close)]
    return _pattern("before_mark").sub(r"\1", " ".join(parts))


def _with_rest(torn: re.Match[str]) -> str:
    """Consonants that stand alone («cơ ch ế», «chí nh trị») with the rest of their syllable: the side on which a known one comes about,
    of two the one whose rest is none by itself, or the likelier."""
    often, (before, alone, after) = _often(), (part or "" for part in torn.group("before", "alone", "after"))
    found: list[tuple[bool, int, str]] = []
    for rest, joined, read in ((before, before + alone, f"{before}{alone} {after}"), (after, alone + after, f"{before} {alone}{after}")):
        whole = rest and len(joined) <= _SYLLABLE and (joined[1:].islower() or joined.isupper())
        if whole and (times := often.get(fold(joined))):
            found.append((fold(rest) not in often, times, read))
    return max(found)[2].strip() if found else torn.group()


def put_back(text: str) -> str:
    """Composed ``text`` with a blank wherever one was lost, and without one that tears a syllable; the same text where there is none."""
    if text.count(" ") > _SPREAD * len(text):
        text = _pattern("spread_out").sub(_closed_up, text)
    if text.isascii():
        return text
    stretches = text.split()
    if not _ALONE.isdisjoint(stretches):
        text = _pattern("torn").sub(_with_rest, text)
        stretches = text.split()
    if not [stretch for stretch in stretches if _remembered[stretch]]:
        return text
    return "".join([_remembered[part] or part for part in _STRETCH.split(text)])
