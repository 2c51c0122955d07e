"""Writes the published JSON Schemas from the models; a stale file turns a test red (``make schemas`` mends it)."""

from __future__ import annotations

import json
from pathlib import Path

from schemas.coverage import audit_json_schema
from schemas.graph import graph_json_schema
from schemas.record import record_json_schema

TARGET = Path(__file__).resolve().parent.parent / "schemas" / "json"


def published() -> dict[str, str]:
    """File name → JSON text of every published schema."""
    documents = {"record.json": record_json_schema(), "audit.json": audit_json_schema(), "graph.json": graph_json_schema()}
    return {name: json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n" for name, schema in documents.items()}


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, text in published().items():
        (TARGET / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
