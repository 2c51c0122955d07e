"""Lead-ins over lists of circumstances: «Các trường cho học sinh nghỉ học khi:», «… trong các trường hợp sau:»."""

from __future__ import annotations

from extractors import modality
from extractors.rulebook import rules
from extractors.signs import search

_REACH = 400
"""Characters at the end of a lead-in in which it says what follows."""


def before_conditions(words: str) -> str | None:
    """What a lead-in tells to do before or behind the circumstances that its list names («Các trường cho học sinh nghỉ | khi:»). What is
    punished, spared, allowed or forbidden «trong các trường hợp sau:» lends its force to each case instead."""
    if not words.endswith(":"):
        return None
    lent = modality.of_lead_in(words)
    if lent is not None and lent[0] != "request":
        return None
    behind = search(rules("duties")["conditions_follow"], words[-_REACH:])
    if behind and (before := words[: max(0, len(words) - _REACH) + behind.start()].rstrip(" ,")):
        return before if len(before.split()) > 1 else None
    fronted = rules("duties").pattern("conditions_fronted").match(words)
    return fronted["act"] if fronted and not rules("duties").pattern("introduces_only").search(words) else None
