"""Human decisions: what nobody can compute again. Kept apart from facts, exported as JSON lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import Field, ValidationError

from schemas.errors import StoreError
from schemas.record import Model


class Decision(Model):
    """One verdict of one person at one time.

    ``id`` names what was decided on (derived from content by the caller, such as an audit row); ``parent_stamp`` and
    ``child_stamp`` are the contents it was decided on: where they no longer agree, the decision is suspect. ``parent_words``
    and ``child_words`` are those contents in words, one piece a line, so that the change can be shown; ``""`` where they were
    not kept. ``at`` is ISO time.
    """

    id: str = Field(min_length=1)
    parent_stamp: str
    child_stamp: str
    verdict: str = Field(min_length=1)
    note: str = ""
    who: str = Field(min_length=1)
    at: str = Field(min_length=1)
    parent_words: str = ""
    child_words: str = ""


def write_lines(path: Path, found: Iterable[Decision]) -> int:
    """Write JSON lines, replacing the file only when all is written; the number of lines. Raises ``StoreError``."""
    count = 0
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as out:
            for decision in found:
                out.write(decision.model_dump_json() + "\n")
                count += 1
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(f"Không ghi được tệp quyết định: {error.strerror or error}.", path=str(path)) from error
    return count


def read_lines(path: Path) -> Iterator[Decision]:
    """Decisions of a JSON-lines file. Raises ``StoreError`` that names the line."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _parse(line, path, number)
    except OSError as error:
        raise StoreError(f"Không đọc được tệp quyết định: {error.strerror or error}.", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise StoreError("Tệp quyết định không phải UTF-8.", path=str(path)) from error


def _parse(line: str, path: Path, number: int) -> Decision:
    try:
        return Decision.model_validate_json(line)
    except ValidationError as error:
        where = ", ".join(".".join(map(str, e["loc"])) or "JSON" for e in error.errors())
        raise StoreError(
            f"Dòng {number} không phải một quyết định ({where}).", path=str(path), remedy="Sửa dòng được nêu; chưa có dòng nào được nạp."
        ) from error
