"""Checks of citations (viện dẫn): numbers, dates, issuers and kinds that contradict each other inside one document."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

import regex

from extractors.checks import Check, day, finding
from extractors.keys import Key, bare_letters, fold, normal_key
from extractors.plan import Plan
from extractors.registry import spell_out
from extractors.rulebook import Row, lexicon, rules, word_class
from extractors.signs import lower
from extractors.undated import latest
from schemas.record import Citation, Finding

_PRODUCTS = tuple(sorted(word_class("citation_grammar", "product")))
"""What a decision promulgates is often cited with the number of the decision itself ("Đề án 06/QĐ-TTg")."""
_LOOSE = word_class("citation_grammar", "loosely-named")

_DAY_AND_MONTH = re.compile(r"(?P<d>\d\d?)(?=[/.\-](?P<m>\d{1,2})(?!\d)|\s{1,2}tháng\s{1,2}(?P<month>\d{1,2}))")
"""Day and month of every form that the rules for dates read, and much else that has two numbers."""
_DAY_WORD = re.compile(r"[Nn]gày\s{1,2}\Z")
_DAY_REACH = 6
_DAYS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months of a common year: what is not among them may still be right, in a leap year."""


def numbered(plan: Plan) -> list[Citation]:
    """Mentions by number of other documents."""
    return [c for c in plan.citations if c.form == "full" and c.key]


def _written(citation: Citation) -> Key:
    """The number as the text has it, before any correction."""
    return normal_key(citation.raw_key or citation.key or "")


def number_span(plan: Plan, citation: Citation) -> tuple[int, int]:
    """Span of number and symbol inside a mention."""
    start, end = _number_in(citation.text, citation.raw_key or citation.key or "")
    return citation.start + start, citation.start + end


@lru_cache(maxsize=4096)
def _number_in(text: str, number: str) -> tuple[int, int]:
    """Where ``number`` stands in a mention, however it is spaced; the whole mention where it is not found."""
    written = lower("".join(number.split()))
    at = lower("".join(text.split())).find(written)
    if at < 0 or not written:
        return 0, len(text) if at < 0 else 0
    places = [i for i, c in enumerate(text) if not c.isspace()]
    return places[at], places[at + len(written) - 1] + 1


def two_terms(first: str, last: str, symbol: str) -> bool:
    """Whether a congress of that level lies between two dates (``committee_terms.csv``): party numbers start anew after it."""
    low, high = sorted((first, last))
    scope = "central" if symbol.endswith("TW") else "province" if symbol.endswith("TU") else "base"
    return any(row["scope"] == scope and low < row["earliest"] and row["latest"] <= high for row in lexicon("committee_terms"))


def _same_document(left: str, right: str, key: Key) -> bool:
    """Two dates of one number: one document misdated, or two documents of two numbering cycles (domain.md 1.2)?

    State numbers start anew each year, so two years are two documents unless day and month agree; party numbers run through a
    committee's term."""
    if left[:4] == right[:4] or left[5:] == right[5:]:
        return True
    return key.regime == "party" and abs(int(left[:4]) - int(right[:4])) <= 5 and not two_terms(left, right, key.issuer_symbol)


def date_conflict(plan: Plan) -> Iterator[Finding]:
    """CIT-DATE-CONFLICT: the date in the minority, or the later in the text, is marked; and a date of another year than the number's."""
    groups: dict[str, list[Citation]] = {}
    for citation in numbered(plan):
        if citation.issued_on and citation.key:
            groups.setdefault(citation.key, []).append(citation)
    for key, mentions in groups.items():
        counts = Counter(c.issued_on for c in mentions if c.issued_on)
        usual = max(counts, key=lambda d: (counts[d], -next(c.start for c in mentions if c.issued_on == d)))
        for citation in mentions:
            date = citation.issued_on or usual
            if date == usual or not _same_document(usual, date, normal_key(key)):
                continue
            others = [c for c in mentions if c.issued_on == usual]
            if _two_bodies(others, citation) or _two_kinds(others, citation):
                continue
            other = next((o for o in numbered(plan) if o.issued_on == date and o.key != key), None)
            hint = f" Ngày này trùng ngày của {other.key}, có thể do chép nhầm." if other else ""
            message = f"{key} ở đây ghi ngày {day(date)}, nơi khác ghi ngày {day(usual)} ({counts[usual]} lần).{hint} Sửa lại một ngày."
            yield finding(plan, "CIT-DATE-CONFLICT", citation.start, citation.end, message)
        if (alone := _other_year(key, usual)) is not None and len(counts) == 1:
            yield finding(plan, "CIT-DATE-CONFLICT", mentions[0].start, mentions[0].end, alone)


_OF_A_YEAR = re.compile(r"/\d{4}/(?:NĐ-CP|NQ-CP|QĐ-TTg|QĐ-UBND|NQ-HĐND|CT-UBND|TT(?:LT)?-|QH\d|UBTVQH|NQ-UBTVQH)")
"""Numbers of normative acts, whose year is that of their date; files of contracts and courts may be dated later."""


def _other_year(key: str, issued_on: str) -> str | None:
    """What is wrong with a number whose year is not that of its date («46/2002/QĐ-UBND ngày 12/9/2022»); None where they agree."""
    year = normal_key(key).year
    if year is None or issued_on.startswith(f"{year}-") or _OF_A_YEAR.search(key) is None:
        return None
    return f"{key} mang năm {year} trong số nhưng ghi ngày {day(issued_on)}. Một trong hai chỗ sai: tra lại số, ngày của văn bản."


def _two_kinds(others: list[Citation], odd: Citation) -> bool:
    """Quyết định and Quy định of a party committee share the letters QĐ and are numbered apart (domain.md 1.4)."""
    key = normal_key(odd.key or "")
    kinds = {c.kind for c in others if c.kind}
    return key.regime == "party" and key.kind_abbr == "QĐ" and bool(odd.kind and kinds) and odd.kind not in kinds


def _two_bodies(others: list[Citation], odd: Citation) -> bool:
    """The same number of two bodies ("12/KH-UBND" of a province and of a ward) is two documents."""
    named = {fold(spell_out(c.issuer)) for c in others if c.issuer}
    mine = fold(spell_out(odd.issuer)) if odd.issuer else ""
    return bool(mine and named) and not any(mine in name or name in mine for name in named)


@lru_cache(maxsize=4096)
def _regime_of(issuer: str) -> str | None:
    """Regime of a body by its name; None where the name does not tell."""
    low = spell_out(issuer).lower()
    return next((row["regime"] for row in lexicon("issuer_regimes") if re.search(row["pattern"], low)), None)


@cache
def _rows_by_symbol() -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in lexicon("symbols"):
        out.setdefault(row["symbol"], []).append(row)
    return out


def _symbol_rows(symbol: str) -> list[Row]:
    return _rows_by_symbol().get(symbol, [])


@cache
def _owners() -> tuple[tuple[str, str], ...]:
    """Folded names of the bodies whose symbol is theirs alone, with the symbol."""
    return tuple(
        (fold(name), row["symbol"])
        for row in lexicon("symbols")
        if row["level"] in {"central", "ministry", "department"} or row["symbol"] in {"UBND", "HĐND"}
        for name in row["names"].split("|")
        if name
    )


def _other_owner(key: Key, issuer: str) -> str | None:
    """Symbol of the body that ``issuer`` names, where it is certainly none of those in the number (joint acts have several)."""
    name = fold(spell_out(issuer))
    symbols = {key.issuer_symbol, *re.split(r"[-/]", key.symbol)}
    own = [fold(n) for symbol in symbols for row in _symbol_rows(symbol) for n in row["names"].split("|") if n]
    if not own or any(n in name for n in own):
        return None
    fits = [(len(n), symbol) for n, symbol in _owners() if name.startswith(n) and (len(name) == len(n) or name[len(n)] == " ")]
    return max(fits)[1] if fits else None


def issuer_symbol(plan: Plan) -> Iterator[Finding]:
    """CIT-ISSUER-SYMBOL: party body with a state number or the reverse; another body than the symbol's."""
    for citation in numbered(plan):
        key = normal_key(citation.key or "")
        if not citation.issuer or not key.issuer_symbol or key.regime not in ("party", "state"):
            continue
        regime = _regime_of(citation.issuer)
        system = {"party": "Đảng", "state": "nhà nước"}
        if _neutral(key.issuer_symbol):
            continue
        of_symbol = {row["regime"] for row in _symbol_rows(key.issuer_symbol)}
        if regime in system and regime != key.regime and regime not in of_symbol:
            message = (
                f"{key.key} là số theo thể thức văn bản của {system[key.regime]}, nhưng nơi ban hành ghi là “{citation.issuer}”, "
                f"thuộc hệ thống {system[regime]}. Kiểm tra lại số hoặc cơ quan ban hành."
            )
        elif other := _other_owner(key, citation.issuer):
            message = (
                f"Ký hiệu {key.issuer_symbol} trong {key.key} không phải của “{citation.issuer}” (ký hiệu {other}). "
                "Kiểm tra lại số hoặc cơ quan ban hành."
            )
        else:
            continue
        start = number_span(plan, citation)[0]
        yield finding(plan, "CIT-ISSUER-SYMBOL", start, citation.end, message)


def _neutral(symbol: str) -> bool:
    """Symbols that party and state bodies share: steering committees, offices."""
    rows = _symbol_rows(symbol)
    return not rows or symbol == "VP" or any(not row["regime"] for row in rows)


def _bare_kind(citation: Citation) -> str | None:
    """Kind letters typed without their mark ("QD", "ND"), where the kind word says which are meant; None where they are right."""
    abbr = normal_key(citation.key or "").kind_abbr or ""
    bare = bare_letters(abbr)
    if abbr == bare or not citation.kind or not re.search(rf"(?<![^\W_]){bare}(?![^\W_])", citation.raw_key or ""):
        return None
    kinds = {row["kind"] for row in lexicon("kinds") if row["abbr"] == abbr}
    return bare if any(_related(citation.kind, kind) for kind in kinds) else None


@cache
def _kind_letters() -> frozenset[str]:
    return frozenset({row["abbr"] for row in lexicon("kinds")} | {"CV"})


def _odd_kind(citation: Citation) -> str | None:
    """Kind letters that no kind has ("12-QN/TW", "7/QN-UBND") after a kind word; None where they are known or left out."""
    if not citation.kind or not citation.key:
        return None
    wrong, right = normal_key(citation.raw_key or citation.key), normal_key(citation.key)
    letters = wrong.kind_abbr if wrong.regime == "party" else None
    if wrong.kind_abbr is None and right.kind_abbr:
        letters = wrong.symbol.rpartition("/")[2].partition("-")[0]
    return letters if letters and letters not in _kind_letters() else None


def _meant(citation: Citation) -> str:
    """What the kind word is abbreviated to."""
    abbrs = sorted({row["abbr"] for row in lexicon("kinds") if row["kind"] == citation.kind and row["abbr"]})
    return f"; “{citation.kind}” viết tắt là {' hoặc '.join(abbrs)}" if abbrs else ""


def symbol_unknown(plan: Plan) -> Iterator[Finding]:
    """CIT-SYMBOL-UNKNOWN: no such symbol, one known symbol a letter away; once for each wrong symbol."""
    seen: set[str] = set()
    for citation in numbered(plan):
        fault = next(((wrong, why) for wrong, why in _symbol_faults(citation) if wrong not in seen), None)
        if fault:
            seen.add(fault[0])
            yield finding(plan, "CIT-SYMBOL-UNKNOWN", *number_span(plan, citation), fault[1])


def _symbol_faults(citation: Citation) -> Iterator[tuple[str, str]]:
    """Wrong letters of a number, with what is wrong with them: those of the kind before that of the issuer."""
    wrong, right = _written(citation), normal_key(citation.key or "")
    if bare := _bare_kind(citation):
        yield bare, f"{citation.raw_key}: không có ký hiệu {bare}; “{citation.kind}” viết tắt là {right.kind_abbr}: {right.key}. Sửa lại."
    if odd := _odd_kind(citation):
        yield odd, f"{citation.raw_key or citation.key}: không có ký hiệu loại {odd}{_meant(citation)}. Đối chiếu và sửa."
    issuer = wrong.issuer_symbol
    if citation.raw_key and issuer not in (right.issuer_symbol, "") and not _symbol_rows(issuer):
        yield issuer, f"{wrong.key}: không có ký hiệu {issuer}; có lẽ là {right.issuer_symbol}: {right.key}. Đối chiếu và sửa."


@lru_cache(maxsize=4096)
def _kinds_of(key: Key) -> frozenset[str]:
    if not key.kind_abbr:
        return frozenset()
    norm = key.year is not None
    regimes = {"norm", "state"} if key.regime == "state" else {key.regime or ""}
    rows = [r for r in lexicon("kinds") if r["abbr"] == key.kind_abbr]
    return frozenset(r["kind"] for r in rows if r["regime"] in regimes or norm or key.regime in ("front", "union"))


def kind_mismatch(plan: Plan) -> Iterator[Finding]:
    """CIT-KIND-MISMATCH: a kind word that the number rules out, or that other mentions of the same document contradict."""
    mentions = [c for c in plan.citations if c.key and c.kind and c.form == "full" and c.kind not in _LOOSE and not in_letters(c)]
    by_key: dict[str | None, list[Citation]] = {}
    for citation in mentions:
        by_key.setdefault(citation.key, []).append(citation)
    seen: set[tuple[str, str]] = set()
    for citation in mentions:
        key, kind = normal_key(citation.key or ""), citation.kind or ""
        most, fitting = _usual_kind(by_key[citation.key], citation), _kinds_of(key)
        if (key.key, kind) in seen:
            continue
        if not _related(kind, most) and not (_promulgated(key, kind) or _promulgated(key, most)):
            wrong = f"nơi khác gọi là {most}"
        elif fitting and not any(_related(kind, k) for k in fitting) and not _promulgated(key, kind):
            wrong = f"{key.kind_abbr} trong số là {' hoặc '.join(sorted(fitting)).lower()}"
        else:
            continue
        seen.add((key.key, kind))
        end = number_span(plan, citation)[1]
        message = f"{key.key} được gọi là {kind}, nhưng {wrong}. Sửa tên loại hoặc số."
        yield finding(plan, "CIT-KIND-MISMATCH", _kind_start(citation), end, message)


def in_letters(citation: Citation) -> bool:
    """ "QĐ 131-QĐ/TW": the kind is written in the number's own letters and says no more than they do."""
    abbr = normal_key(citation.key or "").kind_abbr
    return abbr is not None and re.search(rf"(?<![^\W_]){abbr}(?:\s+số)?\s*:?\s*\d", citation.text) is not None


def _usual_kind(mentions: list[Citation], citation: Citation) -> str:
    """Kind that most ``mentions`` of one number give, and the lexicon of central acts where it knows the day.

    Mentions of the same number with another day are left out: a Quyết định and a Quy định of a party committee are numbered
    apart and may share a number (domain.md 1.2, 1.4)."""
    on = citation.issued_on
    same = [c for c in mentions if not c.issued_on or not on or c.issued_on == on]
    counts = Counter(c.kind or "" for c in same)
    dates = {c.issued_on for c in same if c.issued_on}
    for row in lexicon("acts"):
        if row["key"] == citation.key and dates == {row["issued_on"]}:
            counts[row["kind"]] += 2
    return counts.most_common(1)[0][0]


def _kind_start(citation: Citation) -> int:
    """Where the kind word begins, behind the pinpoints."""
    at = citation.text.lower().find((citation.kind or "").lower())
    return citation.start + max(at, 0)


def _related(left: str, right: str) -> bool:
    """One kind word is the other with an addition: Chương trình, Chương trình hành động."""
    return left.startswith(right) or right.startswith(left)


def _promulgated(key: Key, kind: str) -> bool:
    """The number is that of the decision or notice that carries the named document. A party QĐ may be a quy định by itself."""
    by_decision = key.kind_abbr == "QĐ" and key.regime != "party" and kind.startswith(_PRODUCTS)
    return by_decision or (key.kind_abbr, kind) in (("TB", "Kết luận"), ("KL", "Thông báo kết luận"))


def regime_mix(plan: Plan) -> Iterator[Finding]:
    """CIT-REGIME-MIX: hyphen and slash in the order of the other rule book ("131/QĐ-TW", "33-KH/UBND")."""
    seen: set[str] = set()
    own = plan.document.provenance.get("key")
    written = [(_written(c), *number_span(plan, c)) for c in numbered(plan)]
    if plan.document.key and own:
        written.append((normal_key(plan.document.key), own.start, own.end))
    for key, start, end in written:
        regimes = {row["regime"] for row in _symbol_rows(key.issuer_symbol)}
        if key.regime not in ("party", "state") or not key.kind_abbr or _neutral(key.issuer_symbol) or key.key in seen:
            continue
        if key.regime in regimes or not regimes <= {"party", "state"}:
            continue
        seen.add(key.key)
        right = _turned(key)
        message = f"{key.key} viết dấu ngăn theo thể thức {'Đảng' if key.regime == 'party' else 'nhà nước'}, trong khi {key.issuer_symbol} "
        message += f"là cơ quan của {'nhà nước' if key.regime == 'party' else 'Đảng'}. Viết là {right}."
        yield finding(plan, "CIT-REGIME-MIX", start, end, message)


def _turned(key: Key) -> str:
    rest = re.sub(r"^" + re.escape(key.kind_abbr or "") + r"[-/]", "", key.symbol)
    return f"{key.number}/{key.kind_abbr}-{rest}" if key.regime == "party" else f"{key.number}-{key.kind_abbr}/{rest}"


def date_impossible(plan: Plan) -> Iterator[Finding]:
    """CIT-DATE-IMPOSSIBLE: a day that no calendar has, in a citation or a deadline. A date without year must at least look like
    one ("ngày 31/4"); "ngày 24/24 giờ" is none."""
    for found in _odd_dates(plan.text):
        d, m = int(found["d"]), int(found["m"])
        y = int(found["y"]) if "y" in found.groupdict() and found["y"] else None
        if not _exists(d, m, y) and (y is not None or (1 <= m <= 12 and d <= 31)):
            yield finding(plan, "CIT-DATE-IMPOSSIBLE", found.start(), found.end(), _impossible(found.group(), d, m, y))


def _odd_dates(text: str) -> Iterator[regex.Match[str]]:
    """Matches of the rules for dates whose day and month no common year has, in no order. Nearly all dates of a plan are sound, so
    the rules are asked only where two numbers that go together are not."""
    patterns = [rules("checks").pattern(name) for name in ("calendar_date", "long_date", "short_date")]
    for pair in _DAY_AND_MONTH.finditer(text):
        d, m = int(pair["d"]), int(pair["m"] or pair["month"])
        if 1 <= m <= 12 and 1 <= d <= _DAYS[m]:
            continue
        word = _DAY_WORD.search(text, max(0, pair.start() - _DAY_REACH), pair.start())
        for pattern in patterns:
            found = (pattern.match(text, word.start()) if word else None) or pattern.match(text, pair.start())
            if found:
                yield found


def _exists(d: int, m: int, y: int | None) -> bool:
    return 1 <= m <= 12 and 1 <= d <= calendar.monthrange(y or 2024, m)[1]


def _impossible(words: str, d: int, m: int, y: int | None) -> str:
    if not 1 <= m <= 12:
        return f"“{words}”: không có tháng {m}. Tra lại ngày đúng."
    last = calendar.monthrange(y or 2024, m)[1]
    return f"“{words}”: tháng {m}{f'/{y}' if y else ''} chỉ có {last} ngày. Tra lại ngày đúng."


def child_before_parent(plan: Plan) -> Iterator[Finding]:
    """DATE-CHILD-BEFORE-PARENT: a cited document is younger than this one; once for each number."""
    issued, high, seen = plan.document.issued_on, latest(plan.document), set()
    if not high:
        return
    when = f"ngày {day(issued)}" if issued else f"không muộn hơn ngày {day(high)}"
    younger = [c for c in numbered(plan) if c.issued_on and c.issued_on > high]
    conflicts = {f.start for f in date_conflict(plan)} if younger else set()
    for citation in younger:
        if not citation.issued_on or citation.key in seen or citation.start in conflicts:
            continue
        seen.add(citation.key)
        message = (
            f"Văn bản này ban hành {when} nhưng viện dẫn {citation.key} ngày {day(citation.issued_on)}. "
            "Kiểm tra lại hai ngày."
        )  # fmt: skip
        yield finding(plan, "DATE-CHILD-BEFORE-PARENT", citation.start, citation.end, message)


CHECKS: tuple[Check, ...] = (
    date_conflict, issuer_symbol, symbol_unknown, kind_mismatch, regime_mix, date_impossible, child_before_parent,
)  # fmt: skip
