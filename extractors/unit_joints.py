"""What stands between the names of a list: joints, brackets, closing marks. Source: domain.md 6.2."""

from __future__ import annotations

from extractors.unit_words import Words

JOINTS = {",", "và", "&", "/", "cùng"}
"""Joints behind which a name may begin where the one before ends in unknown words."""
_CLOSING = (".", ",", ":", ";", "/")
_CLOSING = (".", ",", ":", ";", "/")


def after_parenthesis(words: Words, j: int) -> int:
    for m in range(j + 1, min(len(words), j + 25)):
        if words.word(m) == ")":
            return m + 1
    return j


def behind(words: Words, j: int) -> int:
    """The word behind the joint at ``j``: «cùng | với» has two words, «, | và» a mark and a word."""
    return j + 1 + (words.word(j + 1) == {"cùng": "với", ",": "và"}.get(words.word(j)))


def trim(words: Words, i: int, j: int) -> int:
    """``j`` without closing punctuation and a trailing parenthesis."""
    while j > i + 1 and words.word(j - 1) in _CLOSING:
        j -= 1
    if words.word(j - 1) == ")":
        for m in range(j - 1, i, -1):
            if words.word(m) == "(":
                return m
        while j > i + 1 and words.word(j - 1) in (*_CLOSING, ")"):
            j -= 1  # «(…; phối hợp: Sở B|)»: opened before these names
    return j


def skip_separators(words: Words, i: int) -> int:
    while i < len(words):
        word = words.word(i)
        if word == "(":
            j = after_parenthesis(words, i)
            if j == i:
                return len(words)
            i = j
        elif word in (",", ";", ".", ":", "/", "-", "+", ")", "&", "và", "hoặc"):
            i += 1
        elif word == "cùng":
            i = behind(words, i)
        else:
            return i
    return i
