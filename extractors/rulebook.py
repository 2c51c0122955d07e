"""Loads, validates and compiles the knowledge: ``rules/*.toml`` (patterns) and ``lexicons/*.csv`` (closed lists).

A rules file holds optional ``[fragments]`` and a list of ``[[rule]]`` tables::

    [fragments]
    day = '(?:0?[1-9]|[12]\\d|3[01])'

    [[rule]]
    name = "before_day"
    pattern = '''trước\\s+ngày\\s+<<day>>'''
    source = "domain.md 5.2 #8"
    match = ["trước ngày 15", { text = "xong trước ngày 15 tới", found = "trước ngày 15" }]
    reject = ["trước mắt"]

``<<name>>`` is replaced by a fragment of the same file, ``<<lexicon.column>>`` by an alternation of that lexicon column,
longest first. ``match`` and ``reject`` run as tests. ``engine = "re"`` compiles with the standard library (faster where its
features suffice); default is the ``regex`` package. ``flags`` are inline letters ("i", "m", "x"). ``value`` carries data for the
extractor; ``value.opens`` the words in lower case with one of which every match begins, ``value.needs`` the signs of which every match
holds one. An error names file, rule and line.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import regex

from schemas.errors import RulebookError

RULES = Path(__file__).parent / "rules"
LEXICONS = Path(__file__).parent / "lexicons"
_REFERENCE = re.compile(r"<<([a-z_0-9]+)(?:\.([a-z_0-9]+))?>>")

Row = Mapping[str, str]


@dataclass(frozen=True)
class Example:
    """A text and what the rule must find in it; ``found`` None: anything."""

    text: str
    found: str | None = None


@dataclass(frozen=True)
class Rule:
    """One pattern with its origin and examples."""

    name: str
    expression: str
    file: str
    line: int
    source: str = ""
    flags: str = ""
    engine: str = "regex"
    match: tuple[Example, ...] = ()
    reject: tuple[str, ...] = ()
    value: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def opens(self) -> tuple[str, ...]:
        """Words in lower case with one of which every match begins, where the rule says so (see ``signs``)."""
        return tuple(self.value.get("opens", ()))

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """Signs in lower case of which every text that matches holds one, where the rule says so."""
        return tuple(self.value.get("needs", ()))

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled pattern. ``re`` and ``regex`` patterns share the methods used here."""
        prefix = f"(?{self.flags})" if self.flags else ""
        try:
            if self.engine == "re":
                return re.compile(prefix + self.expression)  # type: ignore[return-value]
            return regex.compile(prefix + self.expression, regex.VERSION0)
        except (re.error, regex.error) as error:
            raise RulebookError(f"{self.file}:{self.line}: luật “{self.name}” sai mẫu: {error}") from error


class RuleSet(dict[str, Rule]):
    """The rules of one file in file order. Asked for some hundred times a page, so a look into a dictionary and nothing more."""

    def __init__(self, name: str, rules: tuple[Rule, ...], about: str) -> None:
        super().__init__((rule.name, rule) for rule in rules)
        self.name = name
        self.about = about
        self.pattern: Callable[[str], regex.Pattern[str]] = _Patterns(self).__getitem__
        """The compiled pattern of a rule."""

    def __missing__(self, name: str) -> Rule:
        raise RulebookError(f"{self.name}.toml: không có luật “{name}”")


class _Patterns(dict[str, "regex.Pattern[str]"]):
    """Patterns of a rule set by name, compiled when first asked for."""

    def __init__(self, book: RuleSet) -> None:
        super().__init__()
        self._book = book

    def __missing__(self, name: str) -> regex.Pattern[str]:
        return self.setdefault(name, self._book[name].pattern)


_NAMED = re.compile(r"""^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]+)["']""", re.M)


def _lines_of(text: str) -> dict[str, int]:
    """The line on which each rule of a file names itself, found in one pass over it."""
    lines: dict[str, int] = {}
    line, last = 1, 0
    for found in _NAMED.finditer(text):
        line, last = line + text.count("\n", last, found.start()), found.start()
        lines.setdefault(found[1], line)
    return lines


def alternation(words: list[str]) -> str:
    """Alternatives, longest first so that a shorter word never hides a longer one."""
    return "(?:" + "|".join(regex.escape(w, special_only=True) for w in sorted(set(words), key=lambda w: (-len(w), w))) + ")"


def _expand(expression: str, fragments: Mapping[str, str], where: str, depth: int = 0) -> str:
    if depth > 12:
        raise RulebookError(f"{where}: các mảnh mẫu tham chiếu vòng tròn")

    def replace(found: re.Match[str]) -> str:
        name, column = found.group(1), found.group(2)
        if column:
            return alternation([row[column] for row in lexicon(name) if row[column]])
        if name not in fragments:
            raise RulebookError(f"{where}: không có mảnh mẫu <<{name}>>")
        return _expand(fragments[name], fragments, where, depth + 1)

    return _REFERENCE.sub(replace, expression)


def _examples(entries: list[Any]) -> tuple[Example, ...]:
    return tuple(Example(e) if isinstance(e, str) else Example(e["text"], e.get("found")) for e in entries)


def parse_rules(text: str, name: str) -> RuleSet:
    """Rules of one TOML text; ``RulebookError`` with file, rule and line where it is broken."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulebookError(f"{name}.toml: {error}") from error
    fragments = data.get("fragments", {})
    lines = _lines_of(text)
    rules: list[Rule] = []
    seen: set[str] = set()
    for entry in data.get("rule", []):
        rule_name = entry.get("name", "")
        line = lines.get(rule_name, 1)
        where = f"{name}.toml:{line}: luật “{rule_name}”"
        missing = [key for key in ("name", "pattern", "source") if not entry.get(key)]
        unknown = set(entry) - {"name", "pattern", "source", "flags", "engine", "match", "reject", "value"}
        if missing or unknown or rule_name in seen:
            raise RulebookError(f"{where}: thiếu {missing}, lạ {sorted(unknown)}, trùng {rule_name in seen}")
        seen.add(rule_name)
        rules.append(
            Rule(
                name=rule_name,
                expression=_expand(entry["pattern"], fragments, where),
                file=f"{name}.toml",
                line=line,
                source=entry["source"],
                flags=entry.get("flags", ""),
                engine=entry.get("engine", "regex"),
                match=_examples(entry.get("match", [])),
                reject=tuple(entry.get("reject", [])),
                value=entry.get("value", {}),
            )
        )
    return RuleSet(name, tuple(rules), data.get("about", ""))


@cache
def rules(name: str) -> RuleSet:
    """The rules of ``rules/<name>.toml``, loaded once."""
    path = RULES / f"{name}.toml"
    try:
        return parse_rules(path.read_text(encoding="utf-8"), name)
    except OSError as error:
        raise RulebookError(f"không đọc được {path.name}: {error.strerror}") from error


@cache
def standard(book: str, name: str) -> re.Pattern[str]:
    """The pattern of a rule that is compiled with the standard engine; a rule of the other engine is refused."""
    rule = rules(book)[name]
    if rule.engine != "re":
        raise RulebookError(f"{rule.file}:{rule.line} {name}: cần engine = \"re\"")
    return rule.pattern  # type: ignore[return-value]


@cache
def lexicon(name: str) -> tuple[Row, ...]:
    """Rows of ``lexicons/<name>.csv`` (UTF-8, header line, ``#`` lines are remarks), loaded once."""
    path = LEXICONS / f"{name}.csv"
    try:
        return parse_lexicon(path.read_text(encoding="utf-8-sig"), name)
    except OSError as error:
        raise RulebookError(f"không đọc được {path.name}: {error.strerror}") from error


def parse_lexicon(text: str, name: str) -> tuple[Row, ...]:
    """Rows of one CSV text. A spreadsheet that saves it puts remarks with quotation marks in quotes and fills lines up with commas."""
    kept = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip(" \t,") and not line.startswith(("#", '"#'))]
    reader = csv.reader([line for _, line in kept])
    heads = next(reader, [])
    rows: list[Row] = []
    for (number, _), row in zip(kept[1:], reader, strict=False):
        if len(row) != len(heads):
            raise RulebookError(f"{name}.csv:{number}: số cột không khớp dòng tiêu đề")
        rows.append({head: value.strip() for head, value in zip(heads, row, strict=True) if head})
    return tuple(rows)


@cache
def word_class(name: str, kind: str) -> frozenset[str]:
    """Words of one class of a lexicon with the columns ``word`` and ``class``; ``RulebookError`` where nothing of it is left."""
    found = _classes(name).get(kind)
    if not found:
        raise RulebookError(f"{name}.csv: không có từ nào thuộc lớp “{kind}”")
    return frozenset(found)


@cache
def _classes(name: str) -> dict[str, list[str]]:
    classes: dict[str, list[str]] = {}
    for row in lexicon(name):
        classes.setdefault(row["class"], []).append(row["word"])
    return classes


def all_rules() -> dict[str, RuleSet]:
    """Every rules file by name, in alphabetical order."""
    return {path.stem: rules(path.stem) for path in sorted(RULES.glob("*.toml"))}


def all_lexicons() -> dict[str, tuple[Row, ...]]:
    """Every lexicon by name, in alphabetical order."""
    return {path.stem: lexicon(path.stem) for path in sorted(LEXICONS.glob("*.csv"))}
