"""The other direction: what the child adds, tightens or merely repeats, and what the audit could not look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from extractors.reasons import said, shown
from extractors.rulebook import rules
from pipeline.audit.applicability import supporter
from pipeline.audit.candidates import Thresholds
from pipeline.audit.finding import Finding
from pipeline.audit.matching import DutyMatch, Side, match
from pipeline.audit.references import own_keys, upstream
from schemas.coverage import Extra, NotChecked
from schemas.record import Record, Section

COPIED = 0.9
"""From this share on a duty of the child is a copy of one of the parent."""


def extras(
    parent: Side, child: Side, findings: Sequence[Finding], limits: Thresholds, language: str = "vi"
) -> tuple[tuple[Extra, ...], dict[str, float]]:
    """Duties of the child by their relation to the parent, those that merely answer it left out, and the shares of the plan:
    ``copy_index`` (duties that repeat the parent word for word) and ``own_share`` (duties that the parent does not have)."""
    used: dict[int, list[Finding]] = {}
    for finding in findings:
        for number, _ in finding.evidence:
            used.setdefault(number, []).append(finding)
    helped = frozenset(n for n, f in enumerate(findings) if f.verdict == "not_applicable" and supporter(f.item.duty, child.record.document))
    out: list[Extra] = []
    for number, found in enumerate(match(child, parent)):
        answers = used.get(number, [])
        extra = None if any(map(_owes, answers)) else _extra(found, answers, helped, parent, limits, language)
        if extra:
            out.append(extra)
    total = len(child.items) or 1
    copies = sum(e.relation == "repeats" for e in out)
    own = sum(e.relation == "own" for e in out)
    return tuple(out), {"copy_index": round(copies / total, 4), "own_share": round(own / total, 4)}


def _owes(finding: Finding) -> bool:
    """Whether what a duty of the child answers is turned round or made less binding by it: nothing of that is more or stricter."""
    return finding.verdict == "contradicted" or finding.rule in _LESS


_LESS = ("slot.modality", "slot.qualifier", "slot.permission", "reference.narrowed")


def _extra(
    found: DutyMatch, answers: Sequence[Finding], helped: Collection[int], parent: Side, limits: Thresholds, language: str
) -> Extra | None:
    duty = found.item.duty
    if any(finding.relation == "by_reference" for finding in answers):
        return None
    shares = [(act, act.best[0] if act.best else (0, 0.0)) for act in found.acts]
    best = max(shares, key=lambda s: s[1][1]) if shares else None
    if best is None:
        return None
    if not answers and best[1][1] < limits.full:
        near = parent.items[best[1][0]].duty if best[1][1] >= limits.low else None
        why = said("extra_near", place=near.section) if near else said("extra_own")
        return Extra(duty=duty.id, text=duty.text, relation="own", why=shown(why, language))
    stricter = _stricter(answers)
    if all(share >= COPIED for _, (_, share) in shares):
        place = parent.items[best[1][0]].duty.section
        copy: str = stricter or said("extra_copy", place=place)
        return Extra(duty=duty.id, text=duty.text, relation="stricter" if stricter else "repeats", why=shown(copy, language))
    if not answers and best[1][0] in helped:
        return None
    more = [act.act.text for act, (_, share) in shares if share < limits.low]
    if more and not (answers and len(more) == len(shares)):  # what answers a duty as a whole in other words adds nothing to it
        return Extra(duty=duty.id, text=duty.text, relation="goes_further", why=shown(said("extra_more", more=more[0]), language))
    return Extra(duty=duty.id, text=duty.text, relation="stricter", why=shown(stricter, language)) if stricter else None


def _stricter(answers: Sequence[Finding]) -> str:
    """The earlier date that makes the child stricter than a duty it carries whole; a condition of its own makes it narrower
    instead, and what leaves a part out is not stricter for doing the rest sooner."""
    for finding in answers:
        for slot in finding.slots if finding.earlier and finding.verdict == "covered" else ():
            if slot.slot == "deadline" and slot.agrees:
                return said("extra_earlier", child=slot.child, parent=slot.parent)
    return ""


def not_checked(parent: Side, child: Side, findings: Sequence[Finding], language: str = "vi") -> tuple[NotChecked, ...]:
    """What stands outside this audit: levels between the two plans, provisions not in hand, purposes, missing identity."""
    above, below = parent.record, child.record
    out: list[NotChecked] = []
    key = above.document.key
    known = {*own_keys(above), *upstream(above)}
    for link in below.links:
        if link.relation == "implements" and link.target not in known and link.target != below.document.key:
            out.append(NotChecked(what=link.target, why=shown(said("unchecked_level"), language), kind="level"))
    if key and below.links and key not in {link.target for link in below.links}:
        out.append(NotChecked(what=key, why=shown(said("unchecked_kin"), language), kind="identity"))
    out.extend(
        NotChecked(what=f.provision, why=shown(said("unchecked_provision"), language), kind="provision") for f in findings if f.provision
    )
    purposes = [s for s in above.sections if rules("audit").pattern("purpose_heading").search(s.title) and not _holds_duties(s.id, above)]
    tops = [s for s in purposes if s.parent not in {p.id for p in purposes}]
    out.extend(
        NotChecked(what=f"{s.label} {s.title}".strip(), why=shown(said("unchecked_purpose"), language), kind="purpose") for s in tops
    )
    out.extend(
        NotChecked(what=f"{s.label} {s.title}".strip(), why=shown(said("unchecked_empty_section"), language), kind="section")
        for s in _without_duties(above, purposes)
    )
    if not below.document.issuer:
        out.append(NotChecked(what=shown(said("issuer"), language), why=shown(said("unchecked_issuer"), language), kind="identity"))
    if not below.duties:
        out.append(NotChecked(what=below.source.name, why=shown(said("unchecked_empty"), language), kind="identity"))
    return tuple(dict.fromkeys(out))


def _without_duties(record: Record, purposes: Sequence[Section]) -> list[Section]:
    """Sections with words of their own of which no duty was read, the widest only; purposes are told of by themselves."""
    aside = {s.id for s in purposes}
    out: list[Section] = []
    for section in record.sections:
        if section.parent in aside or section.id in aside:
            aside.add(section.id)
            continue
        words = record.text[section.start : section.end]
        if len(words) - len(section.title) > _WORTH_TELLING and not _holds_duties(section.id, record):
            aside.add(section.id)
            out.append(section)
    return out


_WORTH_TELLING = 60
"""Characters beyond its title from which a section says something."""


def _holds_duties(section: str, record: Record) -> bool:
    """Whether a duty stands in a section or below it; «Yêu cầu các trường ký cam kết» is one, though it opens like a purpose."""
    return any(d.section == section or d.section.startswith(f"{section}.") for d in record.duties)
