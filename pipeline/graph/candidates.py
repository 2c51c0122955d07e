"""Documents in hand without a number, and the cited identities each may be. Candidates are proposed to a person, with
score and reasons; nothing here merges anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from extractors.rulebook import word_class
from pipeline.graph.facts import DocumentFacts
from pipeline.graph.index import GraphIndex
from pipeline.graph.keys import parts
from pipeline.graph.names import compatible, fold_name, level_of
from pipeline.graph.resolve import Identity, vn_date
from schemas.graph import Candidate

# Weights of what speaks for a candidate, 1.0 in all. What is unknown gives nothing and still counts half in the sum it is
# measured against, so that a match on little is never a high score.
_ISSUER, _PARENTS, _SUBJECT, _DATES, _KIND = 0.35, 0.25, 0.2, 0.1, 0.1
_LEAST = 0.5
_SUREST = 0.99  # only a person makes it certain
MOST = 5  # offered to one document
TITLES = 20  # of those that cite an identity, looked at where none says its subject
_LAST = "\U0010ffff"  # behind every name
_COMMON = frozenset(word for words in word_class("graph_grammar", "common-in-titles") for word in fold_name(words).split())


class _Asked(NamedTuple):
    """A document without a number, with what every comparison asks of it worked out once."""

    facts: DocumentFacts
    cited: list[str]  # dates of what it cites, in order
    parents: frozenset[str]
    title: frozenset[str]  # its telling words
    issuer: str
    kind: str
    level: tuple[str | None, bool]


class _Known(NamedTuple):
    """An identity, with what every comparison asks of it worked out once: many documents of one body are held against it."""

    identity: Identity
    regime: str | None
    issuer: str
    kind: str
    level: tuple[str | None, bool]
    parents: Collection[str]
    words: frozenset[str]


class _Body(NamedTuple):
    """Identities of one body as (ISO date or "", name), in order: all, those of which parents or words are unknown, and by their words."""

    every: list[tuple[str, str]]
    open: list[tuple[str, str]]
    by_word: dict[str, list[tuple[str, str]]]


class CandidateFinder:
    """``parents``: for every identity the identities it is said to implement; for every open document those it implements."""

    def __init__(
        self,
        index: GraphIndex,
        identities: Mapping[str, Identity],
        parents: Mapping[str, set[str]],
        document_parents: Mapping[str, set[str]],
        refused: Iterable[tuple[str, str]],
    ) -> None:
        self.index, self.identities = index, identities
        self.parents, self.document_parents = parents, document_parents
        self.refused = set(refused)
        self._seen: dict[str, _Known] = {}
        self._by_parent: dict[str, list[str]] = {}
        self._by_body: dict[frozenset[str], list[str]] = {}
        self._bodies: dict[frozenset[str], _Body] = {}
        for name, identity in identities.items():
            if not identity.holders:
                for parent in parents.get(name, ()):
                    self._by_parent.setdefault(parent, []).append(name)
                if identity.core:
                    self._by_body.setdefault(identity.core, []).append(name)

    def candidates(self, facts: DocumentFacts) -> list[Candidate]:
        """Best first, at most five, none below 0.5."""
        own_targets = {t for t in facts.targets if t}
        asked = self._asked(facts, own_targets)
        pool = self._of_body(asked)
        for parent in asked.parents:
            pool.update(self._by_parent.get(parent, ()))
        found: list[tuple[float, str]] = []
        for name in pool - own_targets:
            if not self._against(asked, known := self._known(name)) and (facts.id, name) not in self.refused:
                score = self._score(asked, known, None)
                if score >= _LEAST:
                    found.append((-score, name))
        return [Candidate(facts.id, name, -score, self._reasons(asked, self._known(name))) for score, name in sorted(found)[:MOST]]

    def _known(self, name: str) -> _Known:
        if name not in self._seen:
            identity = self.identities[name]
            texts = list(identity.subjects) or [self.index.documents[d].title or "" for d in sorted(identity.citing)[:TITLES]]
            self._seen[name] = _Known(
                identity,
                parts(identity.fold).regime,
                fold_name(identity.issuer or ""),
                fold_name(identity.kind or ""),
                level_of(identity.key, identity.issuer),
                self.parents.get(name, ()),
                frozenset(w for t in texts for w in fold_name(t).split()) - _COMMON,
            )
        return self._seen[name]

    def _asked(self, facts: DocumentFacts, targets: Iterable[str]) -> _Asked:
        return _Asked(
            facts,
            sorted(d for t in targets if t in self.identities and (d := self.identities[t].issued_on)),
            frozenset(self.document_parents.get(facts.id, ())),
            frozenset(fold_name(facts.title or "").split()) - _COMMON,
            fold_name(facts.issuer or ""),
            fold_name(facts.kind or ""),
            level_of(facts.key, facts.issuer),
        )

    def _of_body(self, asked: _Asked) -> set[str]:
        """Identities of the same body for which something else may speak: of the day of the document where that is known, else none
        older than what it cites (but for one date, which may be a slip); a body of ten years has thousands of documents, a plan
        few that it can be."""
        core = asked.facts.core
        if core not in self._bodies:
            self._bodies[core] = self._body(self._by_body.get(core, []))
        body, day = self._bodies[core], asked.facts.issued_on
        first = day or (asked.cited[-2] if len(asked.cited) > 1 else "0")
        last = (day or "9", _LAST)
        lists = [body.every] if not asked.parents or not asked.title else [body.open, *(body.by_word.get(w, []) for w in asked.title)]
        found: set[str] = set()
        for listed in lists:
            found.update(name for _, name in listed[: bisect_left(listed, ("0", ""))])  # undated
            found.update(name for _, name in listed[bisect_left(listed, (first, "")) : bisect_right(listed, last)])
        return found

    def _body(self, names: Iterable[str]) -> _Body:
        body = _Body(sorted((self.identities[name].issued_on or "", name) for name in names), [], {})
        for dated in body.every:
            known = self._known(dated[1])
            if not known.words or not known.parents:
                body.open.append(dated)
            for word in known.words:
                body.by_word.setdefault(word, []).append(dated)
        return body

    def _score(self, asked: _Asked, known: _Known, reasons: list[str] | None) -> float:
        """What speaks for it; each with its words, where ``reasons`` asks for them."""
        told = (
            (_ISSUER, self._issuer(asked, known, reasons)),
            (_PARENTS, self._parents(asked, known, reasons)),
            (_SUBJECT, self._subject(asked, known, reasons)),
            (_DATES, self._dates(asked, known, reasons)),
            (_KIND, self._kind(asked, known, reasons)),
        )
        top = got = 0.0
        for weight, value in told:
            top += weight if value is not None else 0.5 * weight
            got += weight * value if value is not None else 0.0
        return round(min(got / top, _SUREST), 3)

    def _reasons(self, asked: _Asked, known: _Known) -> tuple[str, ...]:
        """Put into words for the few that are offered only."""
        reasons: list[str] = []
        self._score(asked, known, reasons)
        return tuple(reasons)

    @staticmethod
    def _against(asked: _Asked, known: _Known) -> bool:
        """Whether something speaks against it: an impossible date, another regime, kind, body or level; or nothing but the body
        for it, as both carry out other documents under other words."""
        facts, when = asked.facts, known.identity.issued_on
        # it cannot have been issued before what it cites; one later date may be a slip, two are not
        if when and (len(asked.cited) - bisect_right(asked.cited, when) > 1 or (facts.issued_on and facts.issued_on != when)):
            return True
        if facts.regime != known.regime and {facts.regime, known.regime} == {"party", "state"}:
            return True
        if asked.kind and known.kind and asked.kind != known.kind:
            return True
        if not compatible(facts.core, known.identity.core):
            return True
        (here, sure), (there, sure_too) = asked.level, known.level
        if here and there and here != there and sure and sure_too:
            return True
        if not known.parents or not asked.parents or not asked.title or not asked.parents.isdisjoint(known.parents):
            return False
        return bool(known.words) and asked.title.isdisjoint(known.words)

    @staticmethod
    def _issuer(asked: _Asked, known: _Known, reasons: list[str] | None) -> float | None:
        facts, identity = asked.facts, known.identity
        if not facts.core or not identity.core:
            return None
        same = asked.issuer == known.issuer
        if reasons is not None:
            alike = f"cơ quan tương hợp: {facts.issuer} – {identity.issuer}"
            reasons.append(f"cùng cơ quan ban hành: {identity.issuer}" if same else alike)
        return 1.0 if same else 0.5 + 0.4 * len(facts.core & identity.core) / len(facts.core | identity.core)

    def _parents(self, asked: _Asked, known: _Known, reasons: list[str] | None) -> float | None:
        if not known.parents:
            return None
        shared = asked.parents.intersection(known.parents)
        if shared and reasons is not None:
            names = ", ".join(sorted(self.identities[s].key for s in shared if s in self.identities))
            reasons.append(f"cùng thực hiện {names}")
        return len(shared) / len(asked.parents.union(known.parents)) if shared else 0.0

    @staticmethod
    def _subject(asked: _Asked, known: _Known, reasons: list[str] | None) -> float | None:
        """Words of the title against the subject under which others cite the identity, or else against their own titles."""
        if not asked.title or not known.words:
            return None
        value = len(asked.title & known.words) / min(len(asked.title), len(known.words))
        if value >= 0.5 and reasons is not None:
            reasons.append(f"trích yếu trùng {round(100 * value)} % số từ")
        return value

    @staticmethod
    def _dates(asked: _Asked, known: _Known, reasons: list[str] | None) -> float | None:
        """A document is dated after all it cites and before all that cite it."""
        when = asked.facts.issued_on or known.identity.issued_on
        if not when:
            return None
        after = asked.cited[-1] if asked.cited else None
        if after and when < after:
            return 0.0
        if reasons is not None:
            reasons.append(f"ngày {vn_date(when)} sau mọi văn bản nó dẫn" + (f" (muộn nhất {vn_date(after)})" if after else ""))
        return 1.0

    @staticmethod
    def _kind(asked: _Asked, known: _Known, reasons: list[str] | None) -> float | None:
        if not asked.kind or not known.kind:
            return None
        if reasons is not None:
            reasons.append(f"cùng là {in_sentence(asked.facts.kind or '')}")
        return 1.0


def in_sentence(kind: str) -> str:
    """«Kế hoạch» inside a sentence."""
    return kind[:1].lower() + kind[1:]
