"""A finished plan as the record that leaves extraction."""

from __future__ import annotations

from extractors.confidence import with_confidence
from extractors.plan import Plan
from schemas.document import SourceDocument
from schemas.record import Page, Record, Region, Source
from schemas.text import LineAnchor, PageAnchor, Segment, WordAnchor


def _pages(source: SourceDocument) -> tuple[Page, ...]:
    """Pages in reading order as ranges of canonical text that cover it without a gap."""
    starts: list[tuple[int, int]] = []
    for segment in source.map.segments:
        anchor = segment.anchor
        page = anchor.page if isinstance(anchor, (PageAnchor, WordAnchor)) else None
        if page is not None and (not starts or page > starts[-1][0]):
            starts.append((page, segment.start if starts else 0))
    if not starts:
        return ()
    ends = [start for _, start in starts[1:]] + [len(source.text)]
    return tuple(Page(number=n, start=a, end=b) for (n, a), b in zip(starts, ends, strict=True))


def _region(segment: Segment) -> Region:
    anchor = segment.anchor
    if isinstance(anchor, LineAnchor):
        return Region(start=segment.start, end=segment.end, line=anchor.line, raw=segment.raw)
    if isinstance(anchor, PageAnchor):
        box = (round(anchor.box.x0, 1), round(anchor.box.y0, 1), round(anchor.box.x1, 1), round(anchor.box.y1, 1))
        confidence = None if anchor.confidence >= 1 else round(anchor.confidence, 3)
        return Region(
            start=segment.start, end=segment.end, page=anchor.page, box=box, confidence=confidence, raw=segment.raw, repair=segment.repair
        )
    if isinstance(anchor, WordAnchor):
        return Region(
            start=segment.start, end=segment.end, page=anchor.page, path=anchor.path, raw=segment.raw, repair=segment.repair
        )  # fmt: skip
    return Region(start=segment.start, end=segment.end, raw=segment.raw)


def to_record(plan: Plan, *, calibrate: bool = True) -> Record:
    """The record of a finished plan. ``calibrate`` False keeps the confidence that each rule states of itself."""
    source = plan.source
    citations, deadlines, duties = plan.citations, plan.deadlines, plan.duties
    if calibrate:
        citations, deadlines, duties = with_confidence(citations), with_confidence(deadlines), with_confidence(duties)
    return Record(
        source=Source(
            name=source.name, sha256=source.sha256, media_type=source.media_type, pages=source.pages,
            ocr_pages=source.ocr_pages, warnings=source.warnings, part=source.part,
        ),
        text=source.text, pages=_pages(source), regions=tuple(_region(s) for s in source.map.segments), document=plan.document,
        sections=plan.sections, citations=citations, units=plan.units, deadlines=deadlines, duties=duties,
        links=plan.links, edges=plan.edges, findings=plan.findings,
    )  # fmt: skip
