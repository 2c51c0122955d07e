"""Lesser checks of form: date, signing prefix, end mark, marks of the other rule book, and doubts of the reading."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import labels
from extractors.checks import Check, day, finding
from extractors.plan import Plan
from extractors.rulebook import rules
from schemas.record import Finding
from schemas.text import Anchor, LineAnchor, PageAnchor, WordAnchor

_BEFORE_END = frozenset({"body", "purpose", "closing", "opening"})


def no_date(plan: Plan) -> Iterator[Finding]:
    """DOC-NO-DATE with the days between which the plan must lie."""
    if plan.document.issued_on or not plan.paragraphs:
        return
    low, high = plan.document.issued_between or (None, None)
    span = f"từ {day(low)} đến {day(high)}" if low and high else f"không sớm hơn {day(low)}" if low else ""
    between = span or (f"không muộn hơn {day(high)}" if high else "")
    source = "phần đầu và nội dung" if "issued_between" in plan.document.provenance else "nội dung"
    message = "Không rõ ngày ban hành" + (f"; theo {source}, văn bản ra đời {between}" if between else "")
    yield finding(plan, "DOC-NO-DATE", 0, 0, message + ". Bổ sung địa danh và ngày, tháng, năm.")


def sign_form(plan: Plan) -> Iterator[Finding]:
    """DOC-SIGN-FORM: TM., KT., TL. belong to state documents, T/M, K/T, T/L to party documents."""
    authority = plan.document.signing_authority or ""
    where = plan.document.provenance.get("signing_authority")
    prefix = authority.split(" ")[0]
    wrong = {"party": "." in prefix, "state": "/" in prefix}.get(plan.document.regime or "", False)
    if wrong and where:
        right = prefix.replace("TM.", "T/M").replace("KT.", "K/T").replace("TL.", "T/L")
        right = right if "/" not in prefix else prefix.replace("/", "") + "."
        message = f"“{prefix}” là cách viết của hệ thống khác. Viết “{right}”."
        yield finding(plan, "DOC-SIGN-FORM", where.start, where.end, message)


def end_mark(plan: Plan) -> Iterator[Finding]:
    """DOC-END-MARK on the last paragraph before recipients and signature."""
    regime = plan.document.regime
    if regime not in ("party", "state") or "signature" not in plan.zones:
        return
    tail = next(i for i, zone in enumerate(plan.zones) if zone in ("recipients", "signature"))
    before = [p for p, zone in zip(plan.paragraphs[:tail], plan.zones[:tail], strict=True) if zone in _BEFORE_END]
    last = before[-1] if before else None
    words = plan.words(last).rstrip() if last else ""
    if not last or last.kind != "paragraph" or len(words.split()) < 6:
        return
    ends = words.endswith(("./.", ".\\.", "./", ". /."))
    if regime == "state" and not ends:
        message = "Văn bản nhà nước kết thúc bằng “./.”. Thêm dấu kết thúc."
    elif regime == "party" and ends:
        message = "Văn bản của Đảng kết thúc bằng dấu chấm. Bỏ “./.”."
    else:
        return
    yield finding(plan, "DOC-END-MARK", plan.text.rfind(" ", 0, last.end - 5) + 1, last.end, message)


def regime_dissent(plan: Plan) -> Iterator[Finding]:
    """DOC-REGIME-DISSENT: numbering of the other rule book (once), motto of the other rule book."""
    regime = plan.document.regime
    wanted, wrong = ("-", "I.") if regime == "party" else (".", "I-")
    if regime not in ("party", "state"):
        return
    romans = [s for s in plan.sections if s.label and labels.parse(s.label).style == "roman"]
    odd = [s for s in romans if s.label.rstrip()[-1] in ".-" and s.label.rstrip()[-1] != wanted]
    if romans and len(odd) == len(romans):
        of = "Đảng" if regime == "party" else "nhà nước"
        right = "I-, II-" if regime == "party" else "I., II."
        message = f"Văn bản của {of} đánh số mục “{wrong}”. Thể thức {of}: {right}."
        yield finding(plan, "DOC-REGIME-DISSENT", odd[0].start, odd[0].start + len(odd[0].label), message)
    other = rules("structure").pattern("state_motto" if regime == "party" else "party_motto")
    for paragraph, zone in zip(plan.paragraphs, plan.zones, strict=True):
        if zone == "header" and other.search(plan.words(paragraph)):
            message = "Quốc hiệu, tiêu ngữ không dùng trong văn bản của Đảng." if regime == "party" else "Tiêu đề Đảng không dùng ở đây."
            yield finding(plan, "DOC-REGIME-DISSENT", paragraph.body, paragraph.end, message)
            return


def _place(plan: Plan, anchor: Anchor) -> tuple[int, int]:
    """Text that came from an anchor; an empty span at the start where none did (a stamp, a deleted run)."""
    for segment in plan.source.map.segments:
        if segment.anchor == anchor:
            return segment.start, segment.end
    for segment in plan.source.map.segments:
        here = segment.anchor
        if isinstance(here, WordAnchor) and isinstance(anchor, WordAnchor) and here.path == anchor.path:
            return segment.start, segment.end
        if isinstance(here, PageAnchor) and isinstance(anchor, PageAnchor) and here.page == anchor.page and _inside(anchor, here):
            return segment.start, segment.end
    return 0, 0


def _inside(small: PageAnchor, big: PageAnchor) -> bool:
    """The middle of one box lies in the other."""
    x, y = (small.box.x0 + small.box.x1) / 2, (small.box.y0 + small.box.y1) / 2
    return big.box.x0 <= x <= big.box.x1 and big.box.y0 <= y <= big.box.y1


def _where(anchor: Anchor) -> str:
    if isinstance(anchor, LineAnchor):
        return f"dòng {anchor.line}"
    return f"trang {anchor.page}" if anchor.page else "trong văn bản"


def _narrow(plan: Plan, start: int, end: int, words: str) -> tuple[int, int]:
    """The words themselves inside the run they stand in."""
    at = plan.text.find(words, start, end) if words.strip() else -1
    return (at, at + len(words)) if at >= 0 else (start, end)


def read_doubts(plan: Plan) -> Iterator[Finding]:
    """READ-DOUBT: every place where the reader was not sure."""
    for doubt in plan.source.doubts:
        start, end = _narrow(plan, *_place(plan, doubt.anchor), doubt.text)
        message = f"Đọc chưa chắc ở {_where(doubt.anchor)}: {doubt.reason} (“{doubt.text[:60]}”). Đối chiếu bản gốc."
        yield finding(plan, "READ-DOUBT", start, end, message, confidence=round(1 - max(0.0, min(1.0, doubt.confidence)), 2))


def read_revisions(plan: Plan) -> Iterator[Finding]:
    """READ-REVISION: every tracked change; deleted words are no longer in the text and have an empty span where they stood."""
    for revision in plan.source.revisions:
        start, end = _place(plan, revision.anchor)
        if revision.kind == "insert":
            start, end = _narrow(plan, start, end, revision.text)
        else:
            end = start
        by = f" của {revision.author}" if revision.author else ""
        on = f" ngày {day(revision.date[:10])}" if revision.date and re.match(r"\d{4}-\d\d-\d\d", revision.date) else ""
        verb = "Thêm" if revision.kind == "insert" else "Xóa"
        message = f"{verb} “{' '.join(revision.text.split())[:80]}”{by}{on} còn ở dạng theo dõi thay đổi. Chấp nhận hoặc từ chối."
        yield finding(plan, "READ-REVISION", start, end, message)


CHECKS: tuple[Check, ...] = (no_date, sign_form, end_mark, regime_dissent, read_doubts, read_revisions)
