"""Checks of form: header, number, signature (Nghị định 30/2020/NĐ-CP, Phụ lục I; Hướng dẫn 36-HD/VPTW, 05-HD/VPTW)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from extractors.casing import is_caps
from extractors.checks import Check, finding
from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.document import Paragraph
from schemas.record import Finding

_PLACE = re.compile(r"(\d+)/\d+$")
"""Place of a document in its file («văn bản 2/2»)."""
_MOTTOS = ("state_motto", "party_motto", "union_motto")


def _header(plan: Plan) -> list[Paragraph]:
    return [p for p, zone in zip(plan.paragraphs, plan.zones, strict=True) if zone == "header"]


def _has_issuer(plan: Plan, header: list[Paragraph]) -> bool:
    """A line in capitals that is neither motto nor number."""
    mottos = [rules("structure").pattern(name) for name in _MOTTOS]
    return any(
        is_caps(words) and len(words.split()) > 1 and not any(m.search(words) for m in mottos)
        for words in (plan.words(p) for p in header)
    )


def _behind_its_act(plan: Plan) -> bool:
    """A plan in one file behind the decision that issues it («Ban hành kèm theo Quyết định số …»): number, date and signature are
    the decision's."""
    attached = rules("structure").pattern("attached_line")
    placed = _PLACE.search(plan.source.part or "")
    if placed is None or placed[1] == "1":
        return False
    return any(
        zone in {"header", "title", "opening"} and attached.match(plan.text[p.start : p.end])
        for p, zone in zip(plan.paragraphs, plan.zones, strict=True)
    )


def header_missing(plan: Plan) -> Iterator[Finding]:
    """DOC-HEADER-MISSING. A blank number or date counts as present: that is another fault."""
    if _behind_its_act(plan):
        return
    header = _header(plan)
    lines = [plan.text[p.start : p.end] for p in header]
    book, own = rules("structure"), rules("checks")
    missing = []
    if not any(book.pattern(name).search(line) for name in _MOTTOS for line in lines):
        missing.append("tiêu đề Đảng Cộng sản Việt Nam" if plan.document.regime == "party" else "quốc hiệu, tiêu ngữ")
    if not _has_issuer(plan, header):
        missing.append("tên cơ quan ban hành")
    if not any(own.pattern("number_place").match(line) for line in lines) and not plan.document.symbol:
        missing.append("số và ký hiệu")
    if not plan.document.issued_on and not any(own.pattern("date_place").search(line) for line in lines):
        missing.append("địa danh và ngày tháng năm")
    if missing:
        yield finding(plan, "DOC-HEADER-MISSING", 0, 0, f"Phần đầu văn bản thiếu {'; '.join(missing)}. Bổ sung theo bản phát hành.")


def number_blank(plan: Plan) -> Iterator[Finding]:
    """DOC-NUMBER-BLANK: the symbol stands there, the number does not; also where number line and symbol fell apart."""
    document = plan.document
    message = "Số văn bản để trống trước ký hiệu “{}”. Điền số đã cấp trước khi phát hành."
    if document.number:
        return
    if document.symbol and (where := document.provenance.get("symbol")):
        yield finding(plan, "DOC-NUMBER-BLANK", where.start, where.end, message.format(document.symbol))
        return
    own, header = rules("checks"), _header(plan)
    for here, after in pairwise(header):
        symbol = plan.text[after.start : after.end].strip()
        if own.pattern("number_bare").match(plan.text[here.start : here.end]) and own.pattern("symbol_bare").match(symbol):
            yield finding(plan, "DOC-NUMBER-BLANK", here.start, after.end, message.format(symbol.lstrip("/-– ")))
            return


def signature_missing(plan: Plan) -> Iterator[Finding]:
    """DOC-SIGNATURE-MISSING: neither authority, position nor name of a signer."""
    document = plan.document
    if _behind_its_act(plan):
        return
    if not (document.signer or document.signer_position or document.signing_authority) and plan.paragraphs:
        message = "Không thấy quyền hạn, chức vụ và tên người ký. Bổ sung phần ký hoặc dùng bản đã ký."
        yield finding(plan, "DOC-SIGNATURE-MISSING", len(plan.text), len(plan.text), message)


CHECKS: tuple[Check, ...] = (header_missing, number_blank, signature_missing)
