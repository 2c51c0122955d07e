"""Old Word files of a run, made into .docx in groups before their turn: one start of LibreOffice for twenty files instead of one each.

Only a saving of time. What a group does not give (a bad file, a neighbour of a bad file, a group over its limits) is read alone when its
turn comes, as it would be without this module, and so are refusals found; the answer for a file does not depend on its group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pipeline.ingest.guard import call
from pipeline.ingest.office import BATCH, SECONDS_PER_FILE, TIME_LIMIT, convert_many, soffice
from schemas.errors import ReadError

T = TypeVar("T")
SUFFIXES = frozenset({".doc", ".dot", ".rtf", ".odt"})
AHEAD = 200  # files looked at ahead of their turn to fill a group
KINDS = 3  # a group of .doc, .rtf and .odt takes a run for each


@dataclass(frozen=True, slots=True)
class Group:
    """Files to convert into the folder ``out``."""

    paths: tuple[Path, ...]
    out: Path


def convert_group(group: Group) -> dict[Path, Path]:
    """The files that were made, by the file they were made of. Runs in a child process."""
    made = convert_many(group.paths, group.out, retry=False)
    return {path: result for path, result in made.items() if isinstance(result, Path)}


def convert_ahead(items: Iterable[T], path_of: Callable[[T], Path], out: Path) -> Iterator[tuple[T, Path | None]]:
    """Every item in its order, with the .docx made of its file where there is one in the folder ``out``."""
    if soffice() is None:
        yield from ((item, None) for item in items)
        return
    waiting: list[T] = []
    old: list[Path] = []
    for item in items:
        path = path_of(item)
        if path.suffix.lower() in SUFFIXES:
            old.append(path)
        waiting.append(item)
        if not old or len(old) == BATCH or len(waiting) == AHEAD:
            yield from _with_made(waiting, old, path_of, out)
            waiting, old = [], []
    yield from _with_made(waiting, old, path_of, out)


def _with_made(items: list[T], old: list[Path], path_of: Callable[[T], Path], out: Path) -> Iterator[tuple[T, Path | None]]:
    made: dict[Path, Path] = {}
    if len(old) > 1:
        limit = KINDS * TIME_LIMIT + SECONDS_PER_FILE * len(old)
        try:
            made = call(convert_group, Group(tuple(old), out), timeout=limit)
        except ReadError:
            made = {}  # each is read alone and says for itself what is wrong
    yield from ((item, made.get(path_of(item))) for item in items)
