"""Short commands over lines that only tell of them: the command is the duty, the line is none."""

from __future__ import annotations

from extractors.actions import begins_with_act
from extractors.duty_reading import SENTENCE, Reading, span_of
from extractors.plan import Node
from extractors.rulebook import rules
from extractors.unit_roles import assignment_of
from extractors.unit_subjects import subject_of

_MOST = 2
"""Lines below a short command that may tell of it."""


def over_remarks(plan: Reading, node: Node, words: str) -> bool:
    """«1. Lập danh mục cây cấm trồng.» over «Nguồn kinh phí lấy từ ngân sách tỉnh.»: a command, and a line that commands nothing."""
    if not plan.paragraphs[node.index].label or node.index in plan.with_fields or not words.rstrip().endswith((".", ";")):
        return False
    below = [n for n in plan.nodes[node.index + 1 : node.index + 2 + _MOST] if n.parent == node.index]
    if not below or len(below) > _MOST or any(n.role != "text" or n.lead_in for n in below) or not begins_with_act(words):
        return False
    said = [part for n in below for part in SENTENCE.split(plan.text[slice(*span_of(plan, n))])]
    return not any(_commands(part) for part in said)


def noted(plan: Reading, node: Node, words: str) -> bool:
    """A numbered sentence that acts, with a note below it («3. Văn phòng lập danh sách.» | «* Lưu ý: …»): the note lists nothing."""
    after = node.index + 1
    if not plan.paragraphs[node.index].label or not words.rstrip().endswith(".") or after >= len(plan.nodes):
        return False
    below = plan.paragraphs[after]
    note = below.label.strip() == "*" or rules("duties").pattern("note_label").match(plan.text, below.body, below.end)
    return plan.nodes[after].parent == node.index and bool(note) and acts(words)


def acts(words: str) -> bool:
    """Begins with a verb of work, or with a body and its verb."""
    return begins_with_act(words) or bool(subject_of(words))


def _commands(said: str) -> bool:
    if acts(said) or rules("duties").pattern("modal").search(said):
        return True
    return bool(assignment_of(said).lead)
