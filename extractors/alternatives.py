"""Several rules asked as one: a pattern that tries them in order at the beginning of a text and tells which one holds."""

from __future__ import annotations

import re
from collections.abc import Iterable

import regex

from extractors.rulebook import Rule
from schemas.errors import RulebookError

_BY_NUMBER = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?\([1-9])")
"""«\\1», «(?(1)»: a group by its number, which is another one where several patterns stand in one."""
_NAMED = re.compile(r"\(\?P<(\w+)>")


class Alternatives:
    """``Alternatives(rules).match(text)`` is the first of the rules that holds at the beginning of ``text``, with what it found there.

    Raises ``RulebookError`` with file and line for a rule that calls its groups by number, or names one as a rule before it does."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = {f"rule{number}": rule for number, rule in enumerate(rules)}
        engine = re if all(rule.engine == "re" for rule in self._rules.values()) else regex
        taken = set(self._rules)
        for rule in self._rules.values():
            names = set(_NAMED.findall(rule.expression))
            if names & taken or _BY_NUMBER.search(rule.expression):
                why = "gọi nhóm theo số hoặc trùng tên nhóm, không gộp được với luật khác"
                raise RulebookError(f"{rule.file}:{rule.line}: luật “{rule.name}” {why}")
            taken |= names
        one = "|".join(f"(?P<{group}>(?{rule.flags}:{rule.expression}))" for group, rule in self._rules.items())
        self._match = engine.compile(one).match

    def match(self, text: str) -> tuple[Rule, re.Match[str]] | None:
        found = self._match(text)
        return (self._rules[found.lastgroup or ""], found) if found else None


__all__ = ["Alternatives"]
