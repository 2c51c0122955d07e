"""Where an aside opens behind a comma: «Tổ công tác, | gồm đại diện các phòng, họp …», «Thủ kho, | sau mỗi đợt kiểm kê, báo cáo …».

Source: domain.md 4.4.
"""

from __future__ import annotations

from extractors.rulebook import rules
from extractors.unit_qualifiers import CLAUSE, Np
from extractors.unit_words import Words


def aside_at(words: Words, j: int, rule: str = "sets_off") -> bool:
    """Whether the comma at word ``j`` opens an aside of the sort that ``rule`` tells."""
    opens = words.word(j) == "," and j + 1 < len(words)
    return opens and rules("units").pattern(rule).match(words.text, words.start(j + 1), words.end(len(words))) is not None


def ends_in_act(words: Words, j: int) -> bool:
    """Whether a field of work ends right before word ``j`` («sau khi | kiểm tra |, giám sát …»)."""
    hits = (words.hit(i, "activity") for i in range(max(0, j - 4), j))
    return any(hit is not None and hit[0] == j for hit in hits)


def named_by_work(words: Words, np: Np) -> bool:
    """«Tổ | rà soát thủ tục hành chính|, gồm …», «Hội đồng | nghiệm thu|, do Phó Giám đốc làm chủ tịch, …»: the work after which a body is
    called, up to the comma behind which its members or its head are told."""
    if np.cls != "head" or np.proper or np.closed or np.determiner or np.first:
        return False
    for j in range(np.last, min(len(words), np.last + CLAUSE)):
        if words.word(j) == ",":
            found = j > np.last and aside_at(words, j, "made_up_of")
            if found:
                np.describe(j)
            return found
        if not (words.word(j).isalpha() and words.adjacent(j)) or words.hit(j, "modal", "stop") is not None:
            return False
    return False


__all__ = ["aside_at", "ends_in_act", "named_by_work"]
