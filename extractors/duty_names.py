"""Items that are nothing but names («Huyện A, huyện B, thị xã C.»): they tell where or with whom the line above them is done.

Source: the annotation guide: one duty is one item by which somebody is told to do something.
"""

from __future__ import annotations

from extractors.actions import begins_with_act
from extractors.duty_reading import Reading, span_of
from extractors.plan import Node
from extractors.rulebook import word_class
from extractors.unit_names import list_names
from extractors.unit_words import Words

_LONGEST = 600
"""Characters of the longest list of names."""
_TURNS_TO = tuple(f"{word} " for word in sorted(word_class("unit_grammar", "turns-to")))
"""Words that turn to those whose names stand below."""
_SEVERAL = 2
"""Names from which on an item is known as a list by itself; a single one may be the heading of a body's duties."""


def lists_names(text: str) -> bool:
    """Whether an item holds several names and nothing else."""
    said = text.strip().rstrip(" .;") if len(text) < _LONGEST else ""
    if not said or said.endswith(":"):
        return False
    words = Words(said)
    found, behind = list_names(words, 0)
    return len(found) >= _SEVERAL and behind == len(words)


def over_names(plan: Reading, node: Node, words: str) -> bool:
    """«2. Tổ chức kiểm tra tại các địa bàn sau:» over lists of names alone: the line is the duty, since nothing below it is one."""
    if not node.lead_in or not begins_with_act(words) or words.lower().startswith(_TURNS_TO):
        return False
    below = plan.below(node.index)
    return bool(below) and all(lists_names(plan.text[slice(*span_of(plan, plan.nodes[i]))]) for i in below)


__all__ = ["lists_names", "over_names"]
