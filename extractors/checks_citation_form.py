"""Checks of how citations are written: completeness, spacing, subjects, pinpoints, dates against the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from extractors.checks import Check, day, finding
from extractors.checks_citations import in_letters, number_span, numbered
from extractors.keys import fold, normal_key
from extractors.plan import Plan
from extractors.rulebook import rules, word_class
from schemas.record import Citation, Finding

_BROUGHT = word_class("citation_grammar", "brought")
"""Papers whose sender usually stands before them ("theo đề nghị của Sở A tại Tờ trình …") and whose subject is left out."""
_OWN_SUBJECT = word_class("citation_grammar", "own-subject")
"""Kinds that say by themselves what the document is about."""
_SPACE_IN_NUMBER = re.compile(r"\s")


def first_incomplete(plan: Plan) -> Iterator[Finding]:
    """CIT-FIRST-INCOMPLETE: the first mention outside the title lacks date, issuer or subject (Nghị định 30/2020/NĐ-CP)."""
    seen = {normal_key(plan.document.key).key} if plan.document.key else set[str]()  # its own number needs no more
    titled = {c.key: c for c in numbered(plan) if plan.zone_at(c.start) == "title" and c.key}
    for citation in numbered(plan):
        zone = plan.zone_at(citation.start)
        if zone in ("title", "header") or not citation.key or citation.key in seen or _in_cell(plan, citation):
            continue
        seen.add(citation.key)
        missing = _missing(plan, citation, titled.get(citation.key))
        if missing:
            message = f"Lần đầu viện dẫn {citation.key} thiếu {', '.join(missing)}. Ghi đủ ở lần đầu, các lần sau chỉ cần tên loại và số."
            yield finding(plan, "CIT-FIRST-INCOMPLETE", citation.start, citation.end, message)


def _in_cell(plan: Plan, citation: Citation) -> bool:
    """A cell points at a document by kind letters and number alone («KH 45/KH-UBND»), for want of room."""
    return plan.paragraphs[plan.paragraph_at(citation.start)].kind == "row" and in_letters(citation)


def _missing(plan: Plan, citation: Citation, titled: Citation | None) -> list[str]:
    """What a full mention lacks, and the one in the title does not give; the subject has not to stand inside a chain."""
    out = []
    subject = titled is None and citation.within is None
    if not citation.issued_on and not citation.review and not (titled and titled.issued_on):
        out.append("ngày ban hành")
    key = normal_key(citation.key or "")
    if citation.kind in _BROUGHT or key.year is not None:
        return out
    if not citation.issuer and not (titled and titled.issuer):
        out.append("cơ quan ban hành")
    after = plan.text[citation.end : citation.end + 40]
    said = _tells(plan, citation)
    if subject and not said and not citation.subject and not rules("checks").pattern("subject_follows").match(after):
        out.append("trích yếu")
    return out


def _tells(plan: Plan, citation: Citation) -> bool:
    """The words between kind and number name the matter («Kế hoạch giáo dục nhà trường số 5»), or the kind does («Quy chế làm việc»)."""
    kind = (citation.kind or "").lower()
    named = plan.text[citation.start : number_span(plan, citation)[0]].lower()
    between = named.rpartition(kind)[2].split() if kind and kind in named else []
    return citation.kind in _OWN_SUBJECT or any(word.strip(":,") != "số" for word in between)


def no_number(plan: Plan) -> Iterator[Finding]:
    """CIT-NO-NUMBER: a duty that carries out "các Nghị quyết của Tỉnh ủy …" without saying which; a cited number left blank."""
    yield from _left_out(plan)
    rule, spans = rules("checks").pattern("unnumbered"), [(c.start, c.end) for c in plan.citations]
    own = fold(plan.document.issuer or "")
    for duty in plan.duties:
        for found in rule.finditer(plan.text, duty.start, duty.end):
            if any(a < found.end() and found.start() < b for a, b in spans) or (own and fold(found["issuer"]) in own):
                continue
            message = f"“{found.group()}” không có số, ngày. Ghi rõ số, ký hiệu và ngày của văn bản phải thực hiện."
            yield finding(plan, "CIT-NO-NUMBER", found.start(), found.end(), message)


def _left_out(plan: Plan) -> Iterator[Finding]:
    """ "Kế hoạch số      /KH-SYT ngày 05/3/2026": there is a document and its symbol, its number was not filled in."""
    for found in rules("checks").pattern("number_left_out").finditer(plan.text):
        message = f"“{' '.join(found.group().split())}” để trống số. Điền số đã cấp; khi chưa có số thì chưa nối được với văn bản này."
        yield finding(plan, "CIT-NO-NUMBER", found.start(), found.end(), message)


def so_missing(plan: Plan) -> Iterator[Finding]:
    """CIT-SO-MISSING, once: how many of the mentions leave out "số"."""
    said = [(c, _says_so(plan, c)) for c in numbered(plan) if c.kind]
    with_kind = [(c, so) for c, so in said if so or _has_kind(plan, c)]
    bare = [c for c, so in with_kind if not so]
    if bare:
        message = f"{len(bare)}/{len(with_kind)} lần viện dẫn thiếu chữ “số” trước số văn bản. Viết thống nhất “{bare[0].kind} số …”."
        yield finding(plan, "CIT-SO-MISSING", bare[0].start, bare[0].end, message)


def _says_so(plan: Plan, citation: Citation) -> bool:
    return re.search(r"\bsố\W*$", plan.text[citation.start : number_span(plan, citation)[0]], re.I) is not None


def _has_kind(plan: Plan, citation: Citation) -> bool:
    """The kind word stands directly before the number (not shared from a list before it)."""
    before = plan.text[citation.start : number_span(plan, citation)[0]]
    return bool(citation.kind) and (citation.kind or "").lower() in before.lower()


def spacing(plan: Plan) -> Iterator[Finding]:
    """CIT-SPACING: blanks inside a number, or none before it."""
    spans = [number_span(plan, c) for c in numbered(plan) if c.rule != "citations.shared_symbol"]
    own = plan.document.provenance.get("key")
    if own:
        found = re.search(r"\d[^\n]*", plan.text[own.start : own.end])
        spans += [(own.start + found.start(), own.start + found.end())] if found else []
    for start, end in spans:
        written = plan.text[start:end].strip()
        if _SPACE_IN_NUMBER.search(written):
            message = f"Số “{written}” có dấu cách thừa. Viết liền “{''.join(written.split())}”."
            yield finding(plan, "CIT-SPACING", start, end, message)
        elif start and plan.text[start - 1].isalpha():
            first = max(plan.text.rfind(" ", 0, start), plan.text.rfind("\n", 0, start)) + 1
            yield finding(plan, "CIT-SPACING", first, end, f"Thiếu dấu cách trước số “{written}”.")


def subject_drift(plan: Plan) -> Iterator[Finding]:
    """CIT-SUBJECT-DRIFT inside one document: two nearly equal subjects of one number."""
    first: dict[str, str] = {}
    told: set[tuple[str, str]] = set()
    for citation in numbered(plan):
        if not citation.subject or not citation.key:
            continue
        subject = " ".join(citation.subject.split())
        known = first.setdefault(citation.key, subject)
        change = difference(known, subject)
        if change and (citation.key, change) not in told:
            told.add((citation.key, change))
            at = plan.text.find(citation.subject, citation.end)
            start, end = (at, at + len(citation.subject)) if at >= 0 else (citation.start, citation.end)
            message = f"Trích yếu của {citation.key} viết khác nhau: {change}. Chép theo bản gốc."
            yield finding(plan, "CIT-SUBJECT-DRIFT", start, end, message)


def difference(left: str, right: str) -> str | None:
    """What differs between two subjects that are meant to be one; None where they agree or one only goes on longer."""
    left, right = (rules("checks").pattern("subject_opener").sub("về", words.lower()) for words in (left, right))
    a, b = re.findall(r"\w+|[^\w\s]", left), re.findall(r"\w+|[^\w\s]", right)
    size = min(len(a), len(b))
    if size < 5 or a[:size] == b[:size]:
        return None
    matcher = SequenceMatcher(None, a[: size + 4], b[: size + 4], autojunk=False)
    blocks = [op for op in matcher.get_opcodes() if op[0] != "equal"]
    inner = [op for op in blocks if op[2] < size or op[4] < size]
    changed = sum(max(i2 - i1, j2 - j1) for _, i1, i2, j1, j2 in inner)
    if not inner or matcher.ratio() < 0.8 or changed > 4:
        return None
    _, i1, i2, j1, j2 = inner[0]
    before = " ".join(a[max(0, i1 - 2) : i2 + 1])
    after = " ".join(b[max(0, j1 - 2) : j2 + 1])
    return f"“{_join(before)}” và “{_join(after)}”"


def _join(words: str) -> str:
    return re.sub(r"\s+([,.;:)])", r"\1", words)


def date_future(plan: Plan) -> Iterator[Finding]:
    """DATE-FUTURE against the day the caller gives; nothing without one."""
    today, own = plan.today, plan.document.provenance.get("issued_on")
    if not today:
        return
    if plan.document.issued_on and own and plan.document.issued_on > today:
        message = f"Ngày ban hành {day(plan.document.issued_on)} sau ngày hôm nay {day(today)}. Kiểm tra lại."
        yield finding(plan, "DATE-FUTURE", own.start, own.end, message)
    for citation in numbered(plan):
        if citation.issued_on and citation.issued_on > today:
            message = f"{citation.key} ghi ngày {day(citation.issued_on)}, sau ngày hôm nay {day(today)}. Kiểm tra lại."
            yield finding(plan, "DATE-FUTURE", citation.start, citation.end, message)


def date_lag(plan: Plan) -> Iterator[Finding]:
    """DATE-LAG: the result of a year told in a document two calendar years later."""
    rule = rules("checks").pattern("result_year")
    for citation in numbered(plan):
        if not citation.issued_on:
            continue
        base = max(0, citation.start - 220)
        found = list(rule.finditer(plan.text, base, citation.start))
        if found and int(citation.issued_on[:4]) - int(found[-1]["year"]) >= 2:
            message = f"Kết quả năm {found[-1]['year']} được dẫn từ văn bản ngày {day(citation.issued_on)}. Xem có kết quả mới hơn không."
            yield finding(plan, "DATE-LAG", found[-1].start(), citation.end, message)


def pinpoint_form(plan: Plan) -> Iterator[Finding]:
    """REF-PINPOINT-FORM: dotted clauses, letters that Vietnamese lists do not have."""
    for citation in plan.citations:
        for label in citation.pinpoints:
            if found := re.search(r"khoản \d+\.[\d.]+", label):
                message = f"“{found.group()}”: khoản thường đánh số nguyên. Đối chiếu cách đánh số của văn bản được dẫn."
            elif found := re.search(r"điểm [fjwz]\b", label):
                message = f"“{found.group()}”: thứ tự điểm theo bảng chữ cái tiếng Việt, không có chữ này. Đối chiếu lại."
            else:
                continue
            yield finding(plan, "REF-PINPOINT-FORM", citation.start, citation.end, message)


CHECKS: tuple[Check, ...] = (
    first_incomplete, no_number, so_missing, spacing, subject_drift, date_future, date_lag, pinpoint_form,
)  # fmt: skip
