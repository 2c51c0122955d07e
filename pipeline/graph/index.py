"""Facts of a whole corpus: all documents, and per number who has or cites it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.graph.facts import DocumentFacts, Shared, document_id, facts_of
from schemas.record import Record


class GraphIndex:
    """Facts of all documents and, per number, who has or cites it. Feed it in any order; results do not depend on it.
    ``duties=False`` forgets the duties, which are most of a record, where no question needs them; ``quotes=False`` the words of
    duties and mentions, which only evidence shows."""

    def __init__(self, records: Iterable[Record] = (), *, duties: bool = True, quotes: bool = True) -> None:
        self.documents: dict[str, DocumentFacts] = {}
        self.citing: dict[str, list[str]] = {}  # in the order of arrival, in which documents lie in memory
        self.holders: dict[str, set[str]] = {}
        self.vocabularies: dict[str, frozenset[str]] = {}  # filled by resolution, forgotten with the document
        self.keeps_duties, self.keeps_quotes = duties, quotes
        self._shared = Shared()
        for record in records:
            self.add(record)
        self._shared = Shared()  # what it has made lives on in the documents

    def __len__(self) -> int:
        return len(self.documents)

    def add(self, record: Record) -> str:
        """Takes in one record and returns its document id. The same file under a second name adds the name only; a new
        reading of a known file replaces the old one."""
        name, known = record.source.name, self.documents.get(document_id(record))
        names = sorted({name, *known.names}) if known else [name]
        if known:
            self.remove(known.id)
        facts = facts_of(record, duties=self.keeps_duties, quotes=self.keeps_quotes, shared=self._shared)
        facts.names = names
        self.documents[facts.id] = facts
        if facts.fold:
            self.holders.setdefault(facts.fold, set()).add(facts.id)
        for fold in facts.places:
            self.citing.setdefault(fold, []).append(facts.id)
        return facts.id

    def remove(self, document: str) -> None:
        """Forgets a document; unknown ids are ignored."""
        facts = self.documents.pop(document, None)
        self.vocabularies.pop(document, None)
        if facts is None:
            return
        if facts.fold:
            self.holders[facts.fold].discard(document)
            if not self.holders[facts.fold]:
                del self.holders[facts.fold]
        for fold in facts.places:
            self.citing[fold].remove(document)
            if not self.citing[fold]:
                del self.citing[fold]

    def in_order(self) -> list[DocumentFacts]:
        """All documents by name, as a store gives them: what is read together lies together in memory, and a corpus that
        outgrows the processor's cache is walked along, not across."""
        return sorted(self.documents.values(), key=lambda facts: (facts.names, facts.id))


def numbers_of(documents: Iterable[DocumentFacts]) -> Iterator[str]:
    """All numbers had or cited, each once, as the documents name them."""
    seen: set[str] = set()
    for facts in documents:
        for fold in (facts.fold, *facts.places):
            if fold and fold not in seen:
                seen.add(fold)
                yield fold
