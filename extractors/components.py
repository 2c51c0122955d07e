"""The extraction as a spaCy pipeline: each step a registered component that reads and grows the ``Plan`` of the ``Doc``.

``doc._.plan`` is the working paper, ``doc._.record`` the record; findings of each step also stand in ``doc.spans`` under the
names of the record's lists. Span groups die with their Doc: convert to a record before returning one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from importlib.metadata import entry_points
from typing import Any, Protocol

import spacy
import srsly  # type: ignore[import-untyped]  # spaCy stores its docs with it
from spacy.attrs import NORM
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extractors.citations import extract_citations
from extractors.collector import paused
from extractors.deadlines import extract_deadlines
from extractors.duties import extract_duties
from extractors.findings import extract_findings
from extractors.identity import with_identity
from extractors.normalize import from_text
from extractors.plan import Node, Plan, Zone
from extractors.record import to_record
from extractors.relations import extract_links
from extractors.structure import outline
from extractors.tokens import SyllableTokenizer, norm
from extractors.undated import with_bounds
from extractors.units import extract_units
from schemas.document import SourceDocument
from schemas.record import Record


class Located(Protocol):
    """Anything with a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Step = Callable[[Plan], Plan]


def _citations(plan: Plan) -> Plan:
    return replace(plan, citations=extract_citations(plan))


def _units(plan: Plan) -> Plan:
    return replace(plan, units=extract_units(plan))


def _deadlines(plan: Plan) -> Plan:
    return replace(plan, deadlines=extract_deadlines(plan))


def _duties(plan: Plan) -> Plan:
    return replace(plan, duties=extract_duties(plan))


def _relations(plan: Plan) -> Plan:
    links, edges = extract_links(plan)
    return replace(plan, links=links, edges=edges)


def _words(plan: Plan) -> Plan:
    from extractors.actions import with_actions

    return with_actions(plan)


def _findings(plan: Plan) -> Plan:
    return replace(plan, findings=extract_findings(plan))


EXTRACTORS: tuple[tuple[str, Step, str | None], ...] = (
    ("outline", outline, "sections"),
    ("identity", with_identity, None),
    ("citations", _citations, "citations"),
    ("units", _units, "units"),
    ("deadlines", _deadlines, "deadlines"),
    ("dating", with_bounds, None),
    ("duties", _duties, "duties"),
    ("relations", _relations, None),
    ("findings", _findings, "findings"),
)
"""The way of the data: component name, step, span group (the record's list of that name), in order."""

OPTIONAL: tuple[tuple[str, Step, str | None], ...] = (("words", _words, None),)
"""Steps outside the fast path, added by ``load(words=True)``: action and object of duties, with underthesea's votes."""

_LABEL = {"sections": "label", "citations": "form", "units": "kind", "deadlines": "kind", "duties": "modality", "findings": "rule"}
_PREFIX = "trienkhai_"


def without_outline(plan: Plan) -> Plan:
    """A plan whose paragraphs all stand side by side in the body: what the other steps read where the outline was left out."""
    if plan.zones or not plan.paragraphs:
        return plan
    nodes = tuple(Node(i, "text", 0, None, "") for i in range(len(plan.paragraphs)))
    zones: tuple[Zone, ...] = tuple("body" for _ in nodes)
    return replace(plan, zones=zones, nodes=nodes)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is left of a plan in a Doc that was stored or came from another process: its record."""

    record: Record


def _record_of(doc: Doc) -> Record | None:
    plan: Plan | Kept | None = doc._.plan
    return plan.record if isinstance(plan, Kept) else None if plan is None else to_record(plan)


_STORED = "trienkhai_record"


def _encode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    """A plan as its record, for ``doc.to_bytes()``, ``DocBin`` and ``nlp.pipe(n_process=…)``."""
    if isinstance(obj, Plan | Kept):
        return {_STORED: (obj.record if isinstance(obj, Kept) else to_record(obj)).to_json()}
    return obj if chain is None else chain(obj)


def _decode(obj: Any, chain: Callable[[Any], Any] | None = None) -> Any:
    if isinstance(obj, dict) and set(obj) == {_STORED}:
        return Kept(Record.model_validate_json(obj[_STORED]))
    return obj if chain is None else chain(obj)


def _spans(doc: Doc, items: Iterable[Located], label: str) -> list[Span]:
    out: list[Span] = []
    for item in items:
        span = doc.char_span(item.start, item.end, label=str(getattr(item, label)), alignment_mode="expand")
        if span is not None:
            span.id_ = str(getattr(item, "id", ""))
            out.append(span)
    return out


class Component:
    """One step as a spaCy component; ``spans=False`` leaves span groups out, which a batch does not need."""

    def __init__(self, step: Step, group: str | None, spans: bool) -> None:
        self.step, self.group, self.spans = step, group, spans

    def __call__(self, doc: Doc) -> Doc:
        plan = doc._.plan
        doc._.plan = self.step(plan if self.step is outline else without_outline(plan))
        if self.group and self.spans:
            doc.spans[self.group] = _spans(doc, getattr(doc._.plan, self.group), _LABEL[self.group])
        return doc


def _register() -> None:
    for name, step, group in (*EXTRACTORS, *OPTIONAL):

        def factory(nlp: Language, name: str, spans: bool, _step: Step = step, _group: str | None = group) -> Component:
            return Component(_step, _group, spans)

        Language.factory(_PREFIX + name, default_config={"spans": True}, func=factory)
    for extension, setting in (("plan", {"default": None}), ("record", {"getter": _record_of})):
        if not Doc.has_extension(extension):
            Doc.set_extension(extension, **setting)
    srsly.msgpack_encoders(_STORED, func=_encode)
    srsly.msgpack_decoders(_STORED, func=_decode)


class PlanTokenizer(SyllableTokenizer):
    """Takes any text: loose lines are joined first, so ``doc.text`` is the canonical text and ``doc._.plan.source.map`` leads back."""

    def __call__(self, text: str) -> Doc:
        return self.of_source(from_text(text))

    def of_source(self, source: SourceDocument) -> Doc:
        """Doc of a document that a reader has already made canonical."""
        doc = super().__call__(source.text)
        doc._.plan = Plan(source)
        return doc

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Vocab]]:
        return PlanTokenizer, (self.vocab,)


@spacy.registry.tokenizers(_PREFIX + "tokenizer.v1")  # type: ignore[attr-defined, untyped-decorator]
def create_tokenizer() -> Callable[[Language], PlanTokenizer]:
    """Tokenizer factory named in the pipeline's config."""
    return lambda nlp: PlanTokenizer(nlp.vocab)


def load(*, disable: Iterable[str] = (), spans: bool = True, plugins: bool = True, words: bool = False) -> Language:
    """The pipeline. ``disable`` names components to leave out; ``spans`` fills the span groups; ``words`` adds the step that
    names action and object of duties; ``plugins`` adds components that other packages offer under the entry-point group
    ``trienkhai.components`` (name → spaCy factory name). Raises ``ValueError`` for a name in ``disable`` that is no component."""
    off = set(disable)
    known = {name for name, _, _ in (*EXTRACTORS, *OPTIONAL)}
    if off - known:
        raise ValueError(f"Không có thành phần {', '.join(sorted(off - known))}; các thành phần: {', '.join(sorted(known))}.")
    nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": _PREFIX + "tokenizer.v1"}}})
    nlp.max_length = 20_000_000
    nlp.vocab.lex_attr_getters[NORM] = norm  # type: ignore[attr-defined]
    for name, _, _ in (*EXTRACTORS, *(OPTIONAL if words else ())):
        if name not in off:
            nlp.add_pipe(_PREFIX + name, name=name, config={"spans": spans})
    if plugins:
        for point in sorted(entry_points(group="trienkhai.components"), key=lambda p: p.name):
            point.load()
            nlp.add_pipe(point.name)
    return nlp


def _through(ours: Iterable[Component], plan: Plan) -> Record:
    """Record of a plan after its steps. Nobody looks at tokens: a Doc would take a tenth of the time of the record and be thrown away.
    The plan is gone when the collector runs again, which then has less to look at."""
    for part in ours:
        plan = part.step(plan)
    return to_record(plan)


def read_source(nlp: Language, source: SourceDocument, *, today: str | None = None) -> Record:
    """Record of a canonical document. ``today``: ISO date for checks that need one; extraction has no clock of its own."""
    plan = Plan(source, today=today)
    ours = [part for _, part in nlp.pipeline if type(part) is Component and not part.spans]
    if len(ours) == len(nlp.pipeline):
        if not any(part.step is outline for part in ours):
            plan = without_outline(plan)
        with paused():
            return _through(ours, plan)
    tokenizer = nlp.tokenizer
    if not isinstance(tokenizer, PlanTokenizer):
        tokenizer = PlanTokenizer(nlp.vocab)
    doc = tokenizer.of_source(source)
    doc._.plan = plan
    return to_record(nlp(doc)._.plan)


_register()
