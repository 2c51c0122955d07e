"""Checks that need more than one document: what is cited, what is in force, who existed, what the superior ordered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from extractors.checks import day, finding
from extractors.checks_citation_form import difference
from extractors.checks_citations import two_terms
from extractors.keys import normal_key
from extractors.registry import existed, name_of, successors
from extractors.rulebook import Row, lexicon, rules
from pipeline.audit.library import Library, amendments_of, changes_of, latest_date, law_of, same_body
from schemas.record import Citation, Finding, Record

StoreCheck = Callable[[Library, Record], Iterator[Finding]]

_LATER = "2099-01-01"
_ENDING = frozenset({"replaces", "repeals", "amends"})


def _mentions(record: Record) -> Iterator[Citation]:
    """First mention of each document cited by number or law name, and all dated ones."""
    for citation in record.citations:
        if citation.key and citation.form in ("full", "name", "short"):
            yield citation


def _firsts(record: Record) -> list[Citation]:
    seen: dict[str, Citation] = {}
    for citation in _mentions(record):
        seen.setdefault(citation.key or "", citation)
    return list(seen.values())


def subject_drift(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-SUBJECT-DRIFT against the title of the cited document in hand."""
    for citation in _firsts(record):
        cited = library.find(citation)
        if not cited or not cited.document.title or not citation.subject:
            continue
        change = difference(_bare(cited.document.title), _bare(citation.subject))
        if change:
            message = f"Trích yếu của {citation.key} khác văn bản gốc ({cited.source.name}): {change}. Chép theo bản gốc."
            yield finding(record, "CIT-SUBJECT-DRIFT", citation.start, citation.end, message)


def _bare(subject: str) -> str:
    return re.sub(r"^(?:về việc|về|V/v)\s+", "", subject.strip(), flags=re.I)


def date_of_original(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-DATE-CONFLICT against the date on the cited document in hand."""
    told = {f.start for f in record.findings if f.rule == "CIT-DATE-CONFLICT"}
    for citation in _mentions(record):
        cited = library.find(citation, dated=False) if citation.issued_on and citation.form == "full" else None
        if cited is None or citation.start in told or not cited.document.issued_on or cited.document.issued_on == citation.issued_on:
            continue
        message = (
            f"{citation.key} ở đây ghi ngày {day(citation.issued_on or '')}, bản gốc ({cited.source.name}) ghi ngày "
            f"{day(cited.document.issued_on)}. Sửa theo bản gốc."
        )
        yield finding(record, "CIT-DATE-CONFLICT", citation.start, citation.end, message)


def child_before_parent(library: Library, record: Record) -> Iterator[Finding]:
    """DATE-CHILD-BEFORE-PARENT where the mention has no date and the document in hand has."""
    issued = record.document.issued_on
    told = {f.start for f in record.findings if f.rule == "DATE-CHILD-BEFORE-PARENT"}
    dated = {c.key for c in record.citations if c.issued_on}
    for citation in _firsts(record):
        cited = library.find(citation)
        if not issued or cited is None or citation.key in dated or citation.start in told or not cited.document.issued_on:
            continue
        if cited.document.issued_on > issued:
            later = day(cited.document.issued_on)
            message = f"Văn bản này ban hành ngày {day(issued)} nhưng viện dẫn {citation.key} ngày {later}. Kiểm tra lại hai ngày."
            yield finding(record, "DATE-CHILD-BEFORE-PARENT", citation.start, citation.end, message)


def number_reused(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-NUMBER-REUSED: an undated party number of which two documents of two terms are known."""
    dated = {c.key for c in record.citations if c.issued_on}
    for citation in _firsts(record):
        dates = sorted(library.dates.get(citation.key or "", ()))
        key = normal_key(citation.key or "")
        if key.regime != "party" or citation.key in dated or len(dates) < 2 or not two_terms(dates[0], dates[-1], key.issuer_symbol):
            continue
        message = f"{citation.key} không ghi ngày, mà số này có ở hai nhiệm kỳ: {day(dates[0])} và {day(dates[-1])}. Ghi rõ ngày."
        yield finding(record, "CIT-NUMBER-REUSED", citation.start, citation.end, message)


def force(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-REPEALED, CIT-NOT-YET-IN-FORCE, CIT-AMENDED after the dated lexicons ``laws.csv`` and ``act_changes.csv``."""
    on = latest_date(record)
    if not on:
        return
    cited = {c.key for c in record.citations}
    for citation in _firsts(record):
        if citation.relation in _ENDING:
            continue
        law = law_of(citation.key)
        name = f"{law['kind']} {law['name']} {law['year']} ({law['number']})" if law else citation.key or ""
        repealed = changes_of(citation.key, "repealed", on)
        if repealed or (law and law["valid_to"] and law["valid_to"] < on):
            message = f"{name} hết hiệu lực {_since(law, repealed)}, văn bản này ngày {day(on)}. Thay bằng văn bản còn hiệu lực."
            yield finding(record, "CIT-REPEALED", citation.start, citation.end, message)
        elif law and law["valid_from"] > on and record.document.issued_on:
            message = f"{name} có hiệu lực từ ngày {day(law['valid_from'])}, sau ngày văn bản này ({day(on)}). Kiểm tra lại căn cứ."
            yield finding(record, "CIT-NOT-YET-IN-FORCE", citation.start, citation.end, message)
        else:
            later = [a["number"] for a in amendments_of(law) if a["valid_from"] <= on] if law else []
            later += [row["by"] for row in changes_of(citation.key, "amended", on) if row["by"] not in later]
            if later and not cited & set(later) and not _says_amended(record, citation):
                message = f"{name} đã được sửa đổi, bổ sung bởi {', '.join(later)}. Ghi thêm “đã được sửa đổi, bổ sung …”."
                yield finding(record, "CIT-AMENDED", citation.start, citation.end, message)


def _since(law: Row | None, repealed: list[Row]) -> str:
    if repealed:
        return f"từ ngày {day(repealed[0]['on'])} (thay bằng {repealed[0]['by']})"
    return f"sau ngày {day(law['valid_to'])}" if law else ""


def _says_amended(record: Record, citation: Citation) -> bool:
    return "sửa đổi" in record.text[citation.end : citation.end + 160]


def ended(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-REPEALED by a document in hand."""
    on = record.document.issued_on
    for citation in _firsts(record):
        for since, by in library.ended.get((citation.key or "").lstrip("0").upper(), ()):
            if by is record or citation.relation in _ENDING or not on or since >= on:
                continue
            if same_body(citation.issuer, by.document.issuer):
                message = f"{citation.key} đã bị {by.document.key} ngày {day(since)} thay thế hoặc bãi bỏ. Viện dẫn văn bản mới."
                yield finding(record, "CIT-REPEALED", citation.start, citation.end, message)


def unresolved(library: Library, record: Record) -> Iterator[Finding]:
    """CIT-UNRESOLVED: a number of which the store holds no text; not said of a single file."""
    if len(library.records) < 2:
        return
    acts = {row["key"] for row in lexicon("acts")}
    for citation in _firsts(record):
        if citation.form != "full" or library.find(citation, dated=False) or citation.key in acts or law_of(citation.key):
            continue
        message = f"Chưa có {citation.key} trong kho, nên chưa đối chiếu được nội dung. Thu thập văn bản này."
        yield finding(record, "CIT-UNRESOLVED", citation.start, citation.end, message)


def pinpoint_range(library: Library, record: Record) -> Iterator[Finding]:
    """REF-PINPOINT-RANGE: an article beyond the last one of the document in hand."""
    for citation in record.citations:
        cited = library.find(citation) if citation.pinpoints and citation.form in ("full", "short") else None
        articles = [int(m[1]) for s in (cited.sections if cited else ()) if (m := re.search(r"Điều (\d+)$", s.id))]
        for label in citation.pinpoints if articles else ():
            found = re.search(r"điều (\d+)", label)
            if found and int(found[1]) > max(articles):
                message = f"{citation.key} chỉ có {max(articles)} điều, không có Điều {found[1]}. Sửa số điều hoặc số văn bản."
                yield finding(record, "REF-PINPOINT-RANGE", citation.start, citation.end, message)


def _stood(name: str, on: str) -> bool | None:
    """Whether a body of this name stood on the day; None where that is not known. A body of a district, with the district's own
    name, is in no registry, but all of them ended with the district level."""
    known = existed(name, on)
    rule = rules("checks")["district_body"]
    if known is None and on >= rule.value["ended"] and rule.pattern.search(name):
        return False
    return known


def org_obsolete(library: Library, record: Record) -> Iterator[Finding]:
    """ORG-OBSOLETE: a body that the dated registry does not know on the document's day; each name once.

    Bodies inside citations (issuers of older acts) and those told of as past are left out; without a date of its own only
    bodies that had ended before the youngest citation count."""
    on = latest_date(record)
    if not on:
        return
    spans = [(c.start, c.end) for c in record.citations]
    seen: set[str] = set()
    for unit in record.units:
        if unit.name in seen or any(a <= unit.start < b for a, b in spans) or _stood(unit.name, on) is not False:
            continue
        if not record.document.issued_on and _stood(unit.name, _LATER) is not False:
            continue
        if rules("audit").pattern("of_the_past").search(record.text[max(0, unit.start - 60) : unit.end + 40]):
            continue
        seen.add(unit.name)
        heirs = ", ".join(filter(None, (name_of(s) for s in successors(unit.name, on)))) or "cơ quan kế tục"
        message = f"“{unit.name}” không tồn tại vào ngày {day(on)}. Thay bằng {heirs}."
        yield finding(record, "ORG-OBSOLETE", unit.start, unit.end, message, confidence=0.8)


STORE_CHECKS: tuple[StoreCheck, ...] = (
    subject_drift, date_of_original, child_before_parent, number_reused, force, ended, unresolved, pinpoint_range, org_obsolete,
)  # fmt: skip
