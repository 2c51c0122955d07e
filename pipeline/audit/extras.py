"""The other direction: what the child adds, tightens or merely repeats, and what the audit could not look at."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.rulebook import rules
from pipeline.audit.candidates import Thresholds
from pipeline.audit.matching import DutyMatch, Side, match
from pipeline.audit.references import upstream
from pipeline.audit.verdicts import Finding
from schemas.coverage import Extra, NotChecked

COPIED = 0.9
"""From this share on a duty of the child is a copy of one of the parent."""


def extras(parent: Side, child: Side, findings: Sequence[Finding], limits: Thresholds) -> tuple[tuple[Extra, ...], dict[str, float]]:
    """Duties of the child by their relation to the parent, those that merely answer it left out, and the shares of the plan:
    ``copy_index`` (duties that repeat the parent word for word) and ``own_share`` (duties that the parent does not have)."""
    used = {number: finding for finding in reversed(findings) for number, _ in finding.evidence}
    out: list[Extra] = []
    for number, found in enumerate(match(child, parent)):
        extra = _extra(found, used.get(number), parent, limits)
        if extra:
            out.append(extra)
    total = len(child.items) or 1
    copies = sum(e.relation == "repeats" for e in out)
    own = sum(e.relation == "own" for e in out)
    return tuple(out), {"copy_index": round(copies / total, 4), "own_share": round(own / total, 4)}


def _extra(found: DutyMatch, finding: Finding | None, parent: Side, limits: Thresholds) -> Extra | None:
    duty = found.item.duty
    if finding is not None and finding.relation == "by_reference":
        return None
    shares = [(act, act.best[0] if act.best else (0, 0.0)) for act in found.acts]
    best = max(shares, key=lambda s: s[1][1]) if shares else None
    if best is None:
        return None
    if finding is None and best[1][1] < limits.full:
        near = parent.items[best[1][0]].duty if best[1][1] >= limits.low else None
        why = f"Gần nhất là nhiệm vụ {near.section} của văn bản trên, nhưng việc khác." if near else "Văn bản trên không giao việc này."
        return Extra(duty=duty.id, text=duty.text, relation="own", why=why)
    if all(share >= COPIED for _, (_, share) in shares):
        stricter = _stricter(finding)
        if stricter:
            return Extra(duty=duty.id, text=duty.text, relation="stricter", why=stricter)
        place = parent.items[best[1][0]].duty.section
        return Extra(duty=duty.id, text=duty.text, relation="repeats", why=f"Chép lại nhiệm vụ {place} của văn bản trên.")
    more = [act.act.text for act, (_, share) in shares if share < limits.low]
    if more:
        return Extra(duty=duty.id, text=duty.text, relation="goes_further", why=f"Thêm: {more[0]}.")
    stricter = _stricter(finding)
    return Extra(duty=duty.id, text=duty.text, relation="stricter", why=stricter) if stricter else None


def _stricter(finding: Finding | None) -> str:
    """The earlier date that makes the child stricter than the duty it answers; a condition of its own makes it narrower instead."""
    for slot in finding.slots if finding else ():
        if slot.slot == "deadline" and slot.agrees and finding and finding.earlier:
            return f"Thời hạn sớm hơn: “{slot.child}” so với “{slot.parent}”."
    return ""


def not_checked(parent: Side, child: Side, findings: Sequence[Finding]) -> tuple[NotChecked, ...]:
    """What stands outside this audit: levels between the two plans, provisions not in hand, purposes, missing identity."""
    above, below = parent.record, child.record
    out: list[NotChecked] = []
    key = above.document.key
    known = {key, *upstream(above)}
    for link in below.links:
        if link.relation == "implements" and link.target not in known and link.target != below.document.key:
            out.append(
                NotChecked(
                    what=link.target, why="kế hoạch con thực hiện văn bản này nhưng lần rà soát này không đối chiếu với nó", kind="level"
                )
            )
    if key and below.links and key not in {link.target for link in below.links}:
        out.append(
            NotChecked(
                what=key, why="kế hoạch con không viện dẫn văn bản trên; cần xác nhận hai văn bản có quan hệ trên – dưới", kind="identity"
            )
        )
    out.extend(
        NotChecked(what=f.provision, why="điều khoản được dẫn chiếu không có trong tay", kind="provision") for f in findings if f.provision
    )
    purposes = [s for s in above.sections if rules("audit").pattern("purpose_heading").search(s.title)]
    tops = [s for s in purposes if s.parent not in {p.id for p in purposes}]
    out.extend(
        NotChecked(what=f"{s.label} {s.title}".strip(), why="mục đích, yêu cầu, quan điểm không phải nhiệm vụ", kind="purpose")
        for s in tops
    )
    if not below.document.issuer:
        out.append(
            NotChecked(
                what="cơ quan ban hành kế hoạch con", why="không đọc được nên không xác định được nhiệm vụ nào áp dụng", kind="identity"
            )
        )
    if not below.duties:
        out.append(NotChecked(what=below.source.name, why="không tìm thấy nhiệm vụ nào trong kế hoạch con", kind="identity"))
    return tuple(dict.fromkeys(out))
