"""Persons told apart by several acts, or by acts and the place where they do them, up to the word that binds them: «Người | coi thi, chấm
thi tuyển dụng viên chức | phải …», «Viên chức | tiếp nhận hồ sơ của Chi cục tại bộ phận một cửa | không được …».

Only the word that binds shows that none of the acts before it is the predicate; it stands behind no mark and no «và» of its own, and
behind nobody else whom it could bind. ``Np`` is the conjunct under construction. Source: domain.md 4.4, 6.2.
"""

from __future__ import annotations

from extractors.rulebook import word_class
from extractors.unit_binding import binding_word, in_one_line, tells_others
from extractors.unit_clauses import opens_list
from extractors.unit_qualifiers import Np, acts
from extractors.unit_words import Words

_REACH = 26
"""Words that such a description may have."""
_PERSONS = frozenset({"staff", "member", "person", "public"})
_JOB = word_class("unit_attributes", "job")
_CHARGED = word_class("unit_grammar", "charged-with")
_BREAKS = word_class("unit_grammar", "breaks-restriction")
_SUFFERS = ("được", "bị", "đã", "đang")
_JOINTS = (",", "và", "hoặc")
_OF_ACT = word_class("unit_grammar", "of-act")
"""Words that tell of others elsewhere, and may stand in what somebody does (a decision, a rule, a notice)."""


def bound_person(words: Words, np: Np) -> bool:
    """Takes what staff do, or were charged with, into ``np``, where a word that binds follows."""
    k = np.last
    if np.kind not in _PERSONS or not np.bare or np.closed or np.open or np.title or not opens_list(words, np):
        return False
    directly = 2 if words.low[k : k + 2] == ["trực", "tiếp"] else 0
    job = words.hit(k + directly, "verb")
    charged = words.word(k) == "được" and (words.word(k + 1) in _CHARGED or " ".join(words.low[k + 1 : k + 3]) in _CHARGED)
    if not charged and (job is None or job[1]["word"] not in _JOB):
        return False
    end = bound_end(words, k + 2 if charged else job[0] if job else k)
    if not end:
        return False
    np.describe(end)
    return True


def bound_whoever(words: Words, k: int) -> int:
    """«Người | làm công tác tham mưu, xét khen thưởng | phải …»: the word that binds whom «người» at ``k`` tells of; 0 where none does, or
    one act alone stands there."""
    passive = words.word(k + 1) in _SUFFERS
    directly = 2 if words.low[k + 1 : k + 3] == ["trực", "tiếp"] else 0
    verb, role = None if words.cap(k + 1) else words.hit(k + 1 + passive + directly, "verb"), words.hit(k, "role")
    end = bound_end(words, verb[0]) if verb and (role is None or role[0] <= verb[0]) else 0
    return end if "," in words.low[k:end] else 0


def bound_end(words: Words, since: int) -> int:
    """The word that binds behind acts that begin before ``since`` and go on with commas, or with «của», «tại»; 0 where none does."""

    def goes_on(j: int) -> bool:
        if words.word(j) in _JOINTS:
            return _same_team(words, since, j) or not _another(words, j + 1)
        manner = words.hit(j, "adverb")
        return in_one_line(words, j) and not breaks(words, j) and not (manner is not None and acts(words, manner[0]))

    j = binding_word(words, since, _REACH, goes_on)
    return j if j and words.word(j - 1) not in _JOINTS and not tells_others(words, since, j, _OF_ACT) else 0


def breaks(words: Words, j: int) -> bool:
    """A word that no description of persons holds: it opens a clause of its own, or tells others what to do, or what for."""
    return words.word(j) in _BREAKS or " ".join(words.low[j : j + 2]) in _BREAKS


_SET_UP = frozenset({"team", "council", "board"})
"""Kinds of bodies that are set up for a work and that somebody takes part in."""


def _same_team(words: Words, since: int, joint: int) -> bool:
    """«Người tham gia tổ chuyên gia, | tổ thẩm định | phải …»: one more of the bodies set up that somebody takes part in."""
    left, right = words.hit(since, "head"), words.hit(joint + 1, "head")
    return left is not None and right is not None and {left[1]["kind"], right[1]["kind"]} <= _SET_UP and not words.cap(joint + 1)


def _another(words: Words, j: int) -> bool:
    """Somebody else, who may be told to act as well, or a word that binds, begins behind a joint."""
    head = words.hit(j, "head", "name")
    body = head is not None and words.hit(j, "activity", "verb", "field") is None
    return body or words.cap(j) or words.word(j) == "người" or words.hit(j, "role", "determiner", "modal", "adverb") is not None
