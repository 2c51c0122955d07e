"""Copies of duties with one thing wrong, and untouched copies in other clothes: does the audit see the one and pass the other?

A mutant is the parent itself as the child, with one duty rewritten. It is caught where the row of that duty is no longer covered
without a disagreeing slot. Untouched copies vary tokenisation and tone marks; anything but covered there is a false alarm.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractors.addressee import classify
from extractors.citations import extract_citations
from extractors.deadlines import extract_deadlines
from extractors.normalize import from_text
from extractors.plan import Plan
from extractors.rulebook import rules
from extractors.tones import OLD_TONES
from extractors.unit_words import fold
from pipeline.audit.candidates import claims_of
from pipeline.audit.clauses import split_acts
from pipeline.audit.coverage import audit_duty
from pipeline.audit.doing import opens_with_verb
from pipeline.audit.matching import Side, match, prepare
from pipeline.audit.terms import says, tokens_of
from schemas.coverage import AuditRow
from schemas.record import Citation, Duty, Record, Source

KINDS = (
    "negation", "deadline", "number", "clause", "addressee", "qualifier", "member", "hedge", "exception", "bound", "outside", "start",
)  # fmt: skip
"""Ways to spoil a copy, and what each stands for in life: a slip of negation, a later date, a lower figure, a lost act, another
addressee, a condition that empties the duty; a member lost from a row, striving for doing, an exception, a floor made a ceiling, the
work asked of a body outside, a day to begin for a day to be done."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A child text derived from the parent's duty ``duty``; ``kind`` is one of ``KINDS`` or ``untouched``."""

    duty: str
    kind: str
    text: str
    lead: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    mutant: Mutant
    caught: bool
    row: AuditRow


def mutants(text: str, duty: str, lead: tuple[str, ...] = ()) -> Iterator[Mutant]:
    """All mutants of one duty's text, in a fixed order; kinds that the text gives no hold for are left out."""
    makers: tuple[tuple[str, Callable[[str], str | None]], ...] = (
        ("negation", lambda t: _negate(t, lead)), ("deadline", _later), ("number", _renumber), ("clause", _drop), ("qualifier", _qualify),
        ("member", _drop_member), ("hedge", lambda t: _before(t, "Phấn đấu")), ("exception", _except), ("bound", _turn),
        ("outside", lambda t: _ask(t, lead)), ("start", _begin),
    )  # fmt: skip
    for kind, make in makers:
        spoiled = make(text)
        if spoiled and spoiled != text:
            yield Mutant(duty, kind, spoiled)
    other = _other_addressee(lead)
    if other:
        yield Mutant(duty, "addressee", text, other)
    for dressed in dict.fromkeys((text, old_tones(text), _loose(text))):
        yield Mutant(duty, "untouched", dressed)


def _negate(text: str, lead: tuple[str, ...]) -> str | None:
    """The first negator goes; where there is none, the duty is forbidden (unless a subject or a circumstance stands first)."""
    found = rules("audit").pattern("negator").search(text)
    if found is None:
        if (
            any(fold(text).startswith(fold(name)[:8]) for name in lead)
            or classify(text[:40]).kind != "unknown"
            or not opens_with_verb(text)
        ):
            return None
        return "Không " + text[0].lower() + text[1:]
    rest = re.sub(r"^\s*(?:được|phải|để)\s+", " ", text[found.end() :]) if found.group().lower() == "không" else text[found.end() :]
    out = (text[: found.start()] + rest.lstrip()).strip()
    return out[0].upper() + out[1:] if out else None


def _later(text: str) -> str | None:
    """Every written date moves two years on."""
    pattern = re.compile(r"(?<=/)20(\d\d)(?!\d)(?![/-][A-ZĐ])")
    dated = re.search(r"(?:trước|đến|hết|chậm\s+nhất|hoàn\s+thành|trong)[^;.]{0,40}?\d{1,2}/\d{1,2}/20\d\d", text, re.I)
    if dated is None:
        return None
    moved = pattern.sub(lambda m: f"20{int(m.group(1)) + 2:02}", dated.group())
    return text[: dated.start()] + moved + text[dated.end() :]


def _renumber(text: str) -> str | None:
    """The first number that counts something becomes a third of itself plus one, or grows where it bounds from above."""
    for found in rules("audit").pattern("number").finditer(text):
        unit = (found.group("unit") or "").lower()
        before = text[max(0, found.start() - 12) : found.start()].lower()
        if not unit or unit.split()[0] in _NOT_COUNTED or re.search(r"(?:điều|khoản|điểm|mục|số|quý|tháng|ngày|năm|phụ lục)\s*$", before):
            continue
        value = found.group("number")
        if not value.isdigit() or int(value) > 1000:
            continue
        if int(value) == 1 and (re.search(r"ít nhất|tối thiểu|từ", before) or unit.split()[0] in ("lần", "buổi", "lượt")):
            continue
        grown = int(value) * 3 + 1 if re.search(r"không quá|tối đa|trong", before) else max(int(value) // 3, 1) if int(value) > 1 else 4
        return text[: found.start("number")] + str(grown) + text[found.end("number") :]
    return None


_NOT_COUNTED = {"năm", "ngày", "tháng", "giờ", "phút", "tuần", "quý", "của", "về", "và", "đến"}


def _drop(text: str) -> str | None:
    """The last act goes, where there is more than one and it is not a mere tail."""
    acts = split_acts(text)
    if len(acts) < 2 or len(acts[-1].text.split()) < 5 or text.rstrip().endswith(":"):
        return None
    return text[: acts[-2].end] + "."


def _qualify(text: str) -> str:
    """A way out at the end of the first act."""
    end = split_acts(text)[0].end
    return text[:end] + " nếu có điều kiện" + text[end:]


def _drop_member(text: str) -> str | None:
    """The last member of a row («…, thuyền thúng và bình chữa cháy»), where it names something that stands nowhere else."""
    for found in reversed(list(_ROW_END.finditer(text))):
        member = found.group("member")
        rest = text[: found.start("joint")] + text[found.end("member") :]
        words = [t for t in tokens_of(member, 0, _EMPTY) if t.weight >= _TELLS and t.word not in fold(rest)]
        if sum(t.weight for t in words) >= _MEMBER and not says("light_member", member):
            return rest
    return None


_ROW_END = re.compile(r",\s[^,;.:()]{4,60}?(?P<joint>\s+và\s+)(?P<member>[^\W\dA-ZĐÀ-Ỹ][^,;.:()]{5,60}?)(?=[;.]|$)")
_TELLS, _MEMBER = 0.5, 2.0
_EMPTY = Record(source=Source(name="", sha256="", media_type="text/plain"), text="")


def _before(text: str, words: str) -> str | None:
    """Words put before a command; None where a subject, a circumstance or a ban stands first."""
    if classify(text[:40]).kind != "unknown" or not opens_with_verb(text) or rules("audit").pattern("negator").match(text):
        return None
    return f"{words} {text[0].lower()}{text[1:]}" if words.split()[0].lower() not in text.lower() else None


def _ask(text: str, lead: tuple[str, ...]) -> str | None:
    """The work asked of a ministry, where nothing is proposed to anybody and no ministry is meant."""
    if says("proposes", text) or any(part.kind == "ministry" for name in lead for part in classify(name).members):
        return None
    return _before(text, "Đề nghị Bộ Nội vụ")


def _except(text: str) -> str:
    """An exception at the end of the first act."""
    end = split_acts(text)[0].end
    return text[:end] + ", trừ một vài trường hợp đặc biệt" + text[end:]


def _turn(text: str) -> str | None:
    """The first floor becomes a ceiling, or the other way round, where a number follows that counts something."""
    found = re.search(r"(?<!\w)(?:(?P<floor>ít nhất|tối thiểu)|không quá|tối đa)(?=\s+\d+\s*(?:%|[^\W\d_]{2}))", text, re.I)
    after = text[found.end() :].split()[1:2] if found else []
    if found is None or (after and after[0].lower().strip(".,;") in _NOT_COUNTED | {"lần", "buổi"}):
        return None
    return text[: found.start()] + ("không quá" if found["floor"] else "ít nhất") + text[found.end() :]


def _begin(text: str) -> str | None:
    """The day by which work is to be done becomes the day on which it begins."""
    dated = re.search(r"\s*,?\s*(?:hoàn\s+thành\s+|xong\s+)?trước\s+ngày\s+(?P<day>\d{1,2}/\d{1,2}/20\d\d)", text, re.I)
    return text[: dated.start()] + f", bắt đầu từ ngày {dated['day']}" + text[dated.end() :] if dated else None


def _other_addressee(lead: tuple[str, ...]) -> tuple[str, ...] | None:
    """Ordinary staff for a body or its head, an office for persons; None where nobody is named."""
    parts = [part for name in lead for part in classify(name).members]
    if not parts:
        return None
    persons = any(p.kind in ("staff", "person", "member", "team-head", "team-member", "public") for p in parts)
    return ("Văn phòng",) if persons else ("công chức, viên chức",)


def old_tones(text: str) -> str:
    """The same words with tone marks as older keyboards set them («hóa» → «hoá»)."""
    back = {new: old for old, new in OLD_TONES.items()}
    pattern = re.compile(r"(?<!q)(?:" + "|".join(back) + r")(?!\w)")
    return pattern.sub(lambda m: back[m.group()], text)


def _loose(text: str) -> str:
    """Spaces lost after commas and doubled elsewhere, as files copied from a PDF have them."""
    return re.sub(r",\s+(?=\D)", ",", text, count=1).replace(" và ", "  và ")


def try_out(parent: Record) -> Iterator[Outcome]:
    """Every mutant of every duty, put into a copy of the whole parent in the place of the duty it comes from. The copy has no
    issuer, so that every duty is judged, and is no plan by kind, so that none is fulfilled by its being there. A duty that the
    rest of the plan carries without it (a twin for another addressee) makes no mutants: nothing would be lost."""
    above = prepare(parent)
    bare = parent.model_copy(update={"document": parent.document.model_copy(update={"issuer": None, "kind": None, "issued_on": None})})
    claims = claims_of(match(above, replace(above, record=bare)))
    for number, item in enumerate(above.items):
        rest = Side(bare, (*above.items[:number], *above.items[number + 1 :]))
        left = {n - (n > number): share for n, share in claims.items() if n != number}
        twin = audit_duty(above, number, rest, claims=left).verdict == "covered"
        for mutant in mutants(item.duty.text, item.duty.id, item.duty.lead):
            if twin and mutant.kind != "untouched":
                continue
            copy = _spliced(bare, item.duty, mutant)
            one = prepare(copy.model_copy(update={"duties": (copy.duties[number],)})).items
            child = Side(copy, (*above.items[:number], *one, *above.items[number + 1 :]))
            row = audit_duty(above, number, child, claims=claims)
            yield Outcome(mutant, not passes(row), row)


def _spliced(record: Record, duty: Duty, mutant: Mutant) -> Record:
    """The record with the mutant's text at its end and the duty moved there; its dates and citations are read anew."""
    offset = len(record.text) + 1
    plan = Plan(from_text(mutant.text, "vế.txt"))
    text = plan.source.text

    def moved(found: Any, prefix: str) -> Any:
        return found.model_copy(update={"id": f"{prefix}{found.id}", "start": found.start + offset, "end": found.end + offset})

    deadlines = tuple(moved(d, "m") for d in extract_deadlines(plan))
    known = {(c.key or "").split("-")[0].split("/")[0]: c.key for c in record.citations if duty.start <= c.start < duty.end and c.key}
    cited = tuple(moved(_resolved(c, known), "m") for c in extract_citations(plan))
    inside = {d.id for d in record.deadlines if duty.start <= d.start < duty.end}
    new = duty.model_copy(
        update={
            "start": offset, "end": offset + len(text), "text": text, "lead": mutant.lead if mutant.lead is not None else duty.lead,
            "deadlines": tuple(d for d in duty.deadlines if d not in inside) + tuple(d.id for d in deadlines),
            "citations": tuple(c.id for c in cited),
        }
    )  # fmt: skip
    return record.model_copy(
        update={
            "text": f"{record.text}\n{text}", "duties": tuple(new if d.id == duty.id else d for d in record.duties),
            "deadlines": record.deadlines + deadlines, "citations": record.citations + cited,
        }
    )  # fmt: skip


def _resolved(found: Citation, known: Mapping[str, str | None]) -> Citation:
    """«Quy định 612» read alone has no symbol: it keeps the one that the whole document gave it."""
    number = re.findall(r"\d+", found.text)
    key = next((known[n] for n in number if n in known), None) if found.key is None or "/" not in found.key else None
    return found.model_copy(update={"key": key}) if key else found


def passes(row: AuditRow) -> bool:
    """Covered and nothing said against it."""
    return row.verdict == "covered" and all(s.agrees for s in row.slots if s.slot != "citation")


def table(outcomes: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """Per kind: how many, and how many were caught (for ``untouched``: false alarms)."""
    out: dict[str, tuple[int, int]] = {}
    for outcome in outcomes:
        total, caught = out.get(outcome.mutant.kind, (0, 0))
        out[outcome.mutant.kind] = (total + 1, caught + outcome.caught)
    return out
