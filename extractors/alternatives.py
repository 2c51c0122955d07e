"""Several rules asked as one: a pattern that tries them in order at the beginning of a text and tells which one holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from extractors.rulebook import Rule


class Alternatives:
    """``Alternatives(rules).match(text)`` is the first of the rules that holds at the beginning of ``text``, with what it found there."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {f"rule{number}": rule for number, rule in enumerate(rules)}
        engine = re if all(rule.engine == "re" for rule in self._rules.values()) else regex
        one = "|".join(f"(?P<{group}>(?{rule.flags}:{rule.expression}))" for group, rule in self._rules.items())
        self._match = engine.compile(one).match

    def match(self, text: str) -> tuple[Rule, re.Match[str]] | None:
        found = self._match(text)
        return (self._rules[found.lastgroup or ""], found) if found else None


__all__ = ["Alternatives"]
