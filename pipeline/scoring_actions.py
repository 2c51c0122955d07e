"""What underthesea's words and tags add to action and object of duties: the same table with and without them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from extractors.actions import Tagger, action_of
from extractors.words import pos
from pipeline.scoring_match import overlap, words

TABLE = Path(__file__).resolve().parent.parent / "tests" / "tables" / "actions.toml"
SAME_OBJECT = 0.8


def read_table(path: Path = TABLE) -> list[dict[str, str]]:
    """Rows with ``text``, ``action`` and, where there is one, ``object``; none where the file is not there (an installed wheel)."""
    if not path.exists():
        return []
    rows: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))["row"]
    return rows


def judge(row: Mapping[str, str], tagger: Tagger | None) -> tuple[bool, bool]:
    """Whether the action is right, and whether action and object both are."""
    action, target = action_of(row["text"], tagger)
    right = words(action) == words(row["action"])
    return right, right and overlap(target, row.get("object")) >= SAME_OBJECT


def shares(rows: Sequence[Mapping[str, str]], tagger: Tagger | None) -> tuple[float, float]:
    """Share of rows with the right action, and with action and object right."""
    verdicts = [judge(row, tagger) for row in rows]
    size = len(verdicts) or 1
    return sum(a for a, _ in verdicts) / size, sum(o for _, o in verdicts) / size


def ablation() -> str:
    """One Vietnamese line: lexicons alone against lexicons with tags."""
    rows = read_table()
    if not rows:
        return "hành động, đối tượng: không có bảng tests/tables/actions.toml, bỏ qua"
    (action, both), (action_with, both_with) = shares(rows, None), shares(rows, pos)
    return (
        f"hành động, đối tượng ({len(rows)} câu): từ điển {action:.3f}, {both:.3f}; thêm underthesea {action_with:.3f}, {both_with:.3f}"
        f" (thêm {action_with - action:+.3f}, {both_with - both:+.3f})"
    )
