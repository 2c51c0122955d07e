"""What is set off by commas between the names of a subject and its predicate: whom it takes in («Lãnh đạo cấp trên, | kể cả người đã nghỉ
hưu|, không được …»), on what ground or when they act («Hiệu trưởng, | sau khi thống nhất trong Chi ủy|, thành lập …»), who they are («Tổ
công tác, | gồm đại diện các phòng|, họp …», «Đoàn khảo sát, | Phó Giám đốc Sở làm trưởng đoàn|, làm việc …»).

The comma that closes it is one behind which the predicate begins. Source: domain.md 4.4; GUIDE: as the text names it.
"""

from __future__ import annotations

from collections.abc import Callable

from extractors.rulebook import rules
from extractors.unit_asides import aside_at, ends_in_act
from extractors.unit_names import Name, list_names
from extractors.unit_predicates import predicate_follows
from extractors.unit_words import Words

_REACH = 60
"""Words that may be set off."""


def taking_in(words: Words, found: list[Name]) -> list[Name]:
    """The names with whom they take in, as one; none where no such words, or no predicate, follow them."""
    cue = rules("units").pattern("takes_in").match(words.text, found[-1].end, words.end(len(words)))
    if cue is None:
        return []
    first = words.from_offset(cue.end())
    listed, j = list_names(words, first)
    closing = _closing(words, first, _is_act) if "," in cue.group() else 0
    straight = not closing and listed and words.word(j) != "," and predicate_follows(words, first, j)
    end = words.end(closing) if closing else words.end(j) if straight else 0
    last = found[-1]
    return [*found[:-1], Name(last.start, end, words.text[last.start : end])] if end else []


def acts_behind_ground(words: Words, j: int) -> bool:
    """Whether an aside stands between commas at word ``j``, and the predicate behind it."""
    return aside_at(words, j) and _closing(words, j + 1, _acts_again) > 0


def without_head(words: Words, found: list[Name], j: int) -> tuple[list[Name], int]:
    """The names and the word behind them without who heads the body: «Đoàn khảo sát, | Phó Giám đốc Sở làm trưởng đoàn, | …»."""
    if len(found) < 2 or rules("units").pattern("heads_it").match(words.text, found[-1].end, words.end(len(words))) is None:
        return found, j
    return found[:-1], words.from_offset(found[-2].end)


def behind_help(words: Words, j: int) -> int:
    """The word behind «với sự phối hợp của Y» at ``j``, with which X «với sự phối hợp của Y | lập …» acts; ``j`` where nobody helps so."""
    at = j + (words.word(j) == ",")
    if words.word(at) not in ("với", "cùng"):
        return j
    cue = rules("units").pattern("helped_along").match(words.text, words.end(j), words.end(len(words)))
    if cue is None:
        return j
    listed, k = list_names(words, words.from_offset(cue.end(), j))
    return k + (words.word(k) == ",") if listed else j


def _closing(words: Words, since: int, acts: Callable[[Words, int], bool]) -> int:
    """The comma behind ``since`` at which the predicate begins, 0 where none does."""
    commas = (k for k in range(since + 1, min(len(words), since + _REACH)) if words.word(k) == ",")
    return next((k for k in commas if words.hit(k + 1, "verb", "modal", "adverb") is not None and acts(words, k + 1)), 0)


def _is_act(words: Words, k: int) -> bool:
    """A word that binds, or an act that is no noun in the list before it («sau khi kiểm tra, | giám sát, lập …»)."""
    return words.hit(k, "activity") is None and predicate_follows(words, 0, k)


def _acts_again(words: Words, k: int) -> bool:
    """The same, or an act behind what is none («do Phó Chủ tịch làm tổ trưởng, | kiểm tra …»)."""
    return predicate_follows(words, 0, k) and (words.hit(k, "activity") is None or not ends_in_act(words, k - 1))
