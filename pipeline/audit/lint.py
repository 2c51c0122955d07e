"""Findings for people and machines: lines, table, JSON, SARIF 2.1.0, and the explanation of a code."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any
from urllib.parse import quote

from extractors.checks import catalogue
from pipeline.audit.checks import Located
from schemas.errors import UsageError
from schemas.record import Severity

SEVERITY: dict[Severity, str] = {"error": "lỗi", "warning": "cảnh báo", "note": "ghi chú"}
_COLOUR = {"error": "red", "warning": "yellow", "note": "dim"}
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_QUOTE = 70
_WIDTH = 160


def _quote(item: Located) -> str:
    words = " ".join(item.finding.text.split())
    return words if len(words) <= _QUOTE else words[: _QUOTE - 1].rstrip() + "…"


def _place(item: Located) -> str:
    return f"{item.file}:{item.page}:{item.line}" if item.page else f"{item.file}:{item.line}"


def _summary(found: Sequence[Located]) -> str:
    counts = Counter(item.finding.severity for item in found)
    if not found:
        return "Không có cảnh báo nào."
    parts = ", ".join(f"{counts[s]} {name}" for s, name in SEVERITY.items() if counts[s])
    return f"{len(found)} mục trong {len({item.file for item in found})} văn bản: {parts}."


def _text(found: Sequence[Located]) -> str:
    lines = []
    for item in found:
        shown = f" «{_quote(item)}»" if item.finding.text.strip() else ""
        lines.append(f"{_place(item)}: {item.finding.rule} {SEVERITY[item.finding.severity]}: {item.finding.message}{shown}")
    return "\n".join([*lines, _summary(found)]) + "\n"


def _entry(item: Located) -> dict[str, Any]:
    f = item.finding
    return {
        "file": item.file, "page": item.page, "line": item.line, "code": f.rule, "severity": f.severity, "title": item.code.title,
        "message": f.message, "quote": f.text, "start": f.start, "end": f.end, "confidence": f.confidence,
    }  # fmt: skip


def _json(found: Sequence[Located]) -> str:
    return json.dumps([_entry(item) for item in found], ensure_ascii=False, indent=2) + "\n"


def _table(found: Sequence[Located]) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=_summary(found), title_justify="left", expand=True)
    for column in ("Chỗ", "Mức", "Mã", "Nội dung", "Trích"):
        table.add_column(column, overflow="fold")
    for item in found:
        f = item.finding
        table.add_row(_place(item), SEVERITY[f.severity], f.rule, f.message, _quote(item), style=_COLOUR[f.severity])
    out = io.StringIO()
    Console(file=out, width=_WIDTH, highlight=False, markup=False).print(table)
    return out.getvalue()


def _rule(code: str) -> dict[str, Any]:
    entry = catalogue()[code]
    return {
        "id": code, "shortDescription": {"text": entry.title}, "fullDescription": {"text": entry.why},
        "help": {"text": f"{entry.why} Ví dụ: {entry.example}"}, "defaultConfiguration": {"level": entry.severity},
    }  # fmt: skip


def _result(item: Located, index: dict[str, int]) -> dict[str, Any]:
    f = item.finding
    region: dict[str, Any] = {"startLine": item.line}
    if f.text.strip():
        region["snippet"] = {"text": f.text}
    mark = hashlib.sha256(f"{f.rule}\n{item.file}\n{f.text}\n{f.message}".encode()).hexdigest()[:32]
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": quote(item.file)}, "region": region}}
    if item.page:
        location["logicalLocations"] = [{"name": f"trang {item.page}", "kind": "page"}]
    return {
        "ruleId": f.rule, "ruleIndex": index[f.rule], "level": f.severity, "message": {"text": f.message}, "locations": [location],
        "partialFingerprints": {"trienkhai/v1": mark}, "rank": round(100 * f.confidence, 1),
    }  # fmt: skip


def _sarif(found: Sequence[Located]) -> str:
    codes = sorted({item.finding.rule for item in found})
    index = {code: i for i, code in enumerate(codes)}
    driver = {"name": "trienkhai", "language": "vi", "rules": [_rule(code) for code in codes]}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": [_result(item, index) for item in found]}
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


FORMATS: dict[str, Callable[[Sequence[Located]], str]] = {"text": _text, "table": _table, "json": _json, "sarif": _sarif}


def render(found: Sequence[Located], fmt: str = "text") -> str:
    """Findings in one format, ending in a line break; ``UsageError`` for an unknown one."""
    try:
        return FORMATS[fmt](found)
    except KeyError:
        raise UsageError(f"Không có định dạng “{fmt}”.", remedy=f"Dùng một trong: {', '.join(FORMATS)}.") from None


def explain(code: str) -> str:
    """What a code means, why it matters, an example; ``UsageError`` with near codes where it does not exist."""
    entry = catalogue().get(code.strip().upper())
    if entry is None:
        near = get_close_matches(code.strip().upper(), list(catalogue()), n=3, cutoff=0.4)
        hint = f" Gần giống: {', '.join(near)}." if near else ""
        raise UsageError(f"Không có mã “{code}”.{hint}", remedy=f"Dùng một trong các mã: {', '.join(sorted(catalogue()))}.")
    scope = "xét trong một văn bản" if entry.scope == "document" else "cần đối chiếu với văn bản, danh mục khác"
    return (
        f"{entry.code} ({SEVERITY[entry.severity]}; {scope})\n{entry.title}\n\n"
        f"Vì sao: {entry.why}\nVí dụ: {entry.example}\n"
    )  # fmt: skip
