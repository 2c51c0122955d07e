"""Floors: the lowest figure each measure may have, F1 or a share of the audits.

``corpus/floors.json`` holds one entry a set, with a digest of the documents and gold it was measured on. A figure below its
floor is red; another digest is red too, because the floor then says nothing. Floors are raised by ``--update-floors`` and
lowered by ``--lower-floors`` alone.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from schemas.errors import UsageError

FLOORS = Path(__file__).resolve().parent.parent / "corpus" / "floors.json"
_STEP = 1000
"""Floors keep three decimals, rounded down: one item of a thousand is the finest fall that shows."""

Floors = dict[str, dict[str, Any]]


def digest(paths: Iterable[Path]) -> str:
    """SHA-256 over names and contents, in order of name."""
    total = hashlib.sha256()
    for path in sorted(paths, key=lambda p: p.name):
        total.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def read_floors(path: Path | None = None) -> Floors:
    """The kept floors; none where the file is not there."""
    path = path or FLOORS
    if not path.exists():
        return {}
    try:
        kept: Floors = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        raise UsageError(f"Tệp điểm sàn hỏng: {error}.", path=str(path), remedy="Khôi phục tệp từ lịch sử phiên bản.") from error
    return kept


def write_floors(floors: Floors, path: Path | None = None) -> None:
    (path or FLOORS).write_text(json.dumps(floors, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def round_down(value: float) -> float:
    """Three decimals, never above the value itself."""
    return math.floor(value * _STEP + 1e-9) / _STEP


def shortfalls(kept: Mapping[str, Any] | None, stamp: str, figures: Mapping[str, float]) -> list[str]:
    """Vietnamese sentences on what is below its floor; empty where all is well."""
    if kept is None:
        return ["chưa có điểm sàn cho bộ này: chạy với --update-floors"]
    out = []
    if kept["digest"] != stamp:
        out.append("bộ văn bản hoặc đáp án đã đổi từ khi ghi điểm sàn: xem lại điểm rồi chạy với --update-floors")
    for name, floor in kept["least"].items():
        value = figures.get(name)
        if value is None or value + 1e-9 < floor:
            out.append(f"{name}: {'không đo được' if value is None else f'{value:.3f}'} dưới sàn {floor:.3f}")
    return out


def updated(kept: Mapping[str, Any] | None, stamp: str, documents: int, figures: Mapping[str, float], *, lower: bool) -> dict[str, Any]:
    """The new entry of a set. Without ``lower`` a floor only rises; ``UsageError`` where a figure would need it lower."""
    old: Mapping[str, float] = (kept or {}).get("least", {})
    new = {name: round_down(value) for name, value in figures.items()}
    falling = [f"{name} {new.get(name, 0):.3f} < {floor:.3f}" for name, floor in old.items() if new.get(name, 0.0) < floor]
    if falling and not lower:
        raise UsageError(
            "Điểm thấp hơn sàn đang giữ: " + "; ".join(falling) + ".",
            remedy="Sửa cho điểm lên lại; chỉ khi có lý do chính đáng mới chạy với --lower-floors.",
        )
    return {"digest": stamp, "documents": documents, "least": dict(sorted(new.items()))}
