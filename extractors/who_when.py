"""Who leads, who helps and when, in any order: «Sở A chủ trì, phối hợp với B, C; xong trước 30/6», «Quý II; Sở A (chủ trì)».

A line, bracket or sentence is cut at its marks, and each clause read by itself: a time, names with the word of their role, «phối hợp
với» and names, a label. Where every clause is one of these the line tells no work of its own. Source: domain.md 3.4, 4.5, 5.2.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Literal

from extractors.actions import begins_with_act
from extractors.role_words import signs
from extractors.rulebook import rules, word_class
from extractors.unit_names import list_names
from extractors.unit_persons import persons
from extractors.unit_words import Words

Role = Literal["lead", "support", "time"]
_MOST = 520
"""Characters of the longest line that tells nothing but who and when."""
_NOTE = 120
"""Characters of the longest line that tells a time alone."""
_MARKS = (")", " - ", " – ", "→", "=>", "->", "⇒", "➔")
"""One of them stands before names that lead without the word of a role."""
_TASK = 12
"""Characters of work that stand before a note at least."""
_NO_NAME = word_class("unit_grammar", "tells-more")
"""Words that stand in no name: what holds one of them tells more."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a line tells, in its order; ``handed``: it says «giao», «do» or an arrow shows it; ``plain``: its only role is «thực hiện»,
    which may be a command to those named; ``done``: its time says of what it is («hoàn thành trong …», «thời hạn: …»)."""

    parts: tuple[tuple[Role, int, int], ...]
    handed: bool = False
    plain: bool = False
    done: bool = False

    def has(self, role: Role) -> bool:
        return any(part[0] == role for part in self.parts)


@dataclass(frozen=True, slots=True)
class Note:
    """What the end of an item tells, and where its work ends."""

    start: int
    told: Told
    bracket: bool


@dataclass(slots=True)
class _Clause:
    start: int
    end: int
    strong: bool  # a semicolon or full stop stands before it


@dataclass(slots=True)
class _Reader:
    """Clauses of one line from left to right; ``names`` holds the place of names whose role is still to come."""

    said: str
    bare: bool
    parts: list[tuple[Role, int, int]] = field(default_factory=list)
    names: tuple[int, int] | None = None
    helping: bool = False  # the names stand behind «phối hợp với»
    leading: bool = False  # the names stand behind «đơn vị chủ trì là»
    restart: int | None = None  # where names behind a semicolon begin that may go on with the list or open another role
    roles: set[str] = field(default_factory=set)
    handed: bool = False
    done: bool = False
    joint: bool = False  # names without a word of their role stand before «phối hợp với»: they lead where all of them prepare
    prepared: bool = False  # the helpers end in «tham mưu», «chuẩn bị»

    def close(self) -> bool:
        """Ends the names at hand: helpers need no word behind them, bare names lead where the place allows it."""
        if self.names is None:
            return True
        bare = self.bare and not self.parts
        role: Role | None = "support" if self.helping else "lead" if bare or self.leading else None
        if role is None or (bare and not self.helping and not _only_names(self._unhanded())):
            return False
        if not self.give(role, *self.names):
            return False
        self.names, self.helping, self.leading, self.restart = None, False, False, None
        return True

    def _unhanded(self) -> str:
        """The names at hand without «giao» before them."""
        start, end = _strip(self.said, *self.names) if self.names else (0, 0)
        found = rules("who_when").pattern("hands").match(self.said, start, end)
        return self.said[found.end() if found else start : end]

    def give(self, role: Role, start: int, end: int) -> bool:
        start, end = _strip(self.said, start, end)
        if role != "time":
            found = rules("who_when").pattern("hands").match(self.said, start, end)
            if found:
                self.handed, start = True, found.end()
            asked = rules("duties").pattern("asks_first").match(self.said, start, end)  # stays with the names: it makes a request
            if not _names(self.said[asked.end() if asked else start : end]):
                return False
        self.parts.append((role, start, end))
        return True

    def take(self, clause: _Clause) -> bool:
        """Reads one clause; False where it says more."""
        book, said = rules("who_when"), self.said
        when = _when(said, clause) or (_finished(said, clause) if self.parts or self.names else None)
        if when is not None:
            if not self.close():
                return False
            self.done = self.done or clause.start < when[0]
            last = self.parts[-1] if self.parts else None
            if last and last[0] == "time" and not clause.strong and said[last[2] : when[0]].strip() == ",":
                self.parts[-1] = ("time", last[1], when[1])  # «Quý I, Quý II/2026»
            else:
                self.parts.append(("time", *when))
            return True
        if label := book.pattern("label_alone").match(said, clause.start, clause.end):
            first = not self.parts and self.names is None
            if (first and label.group().rstrip().endswith(":")) or not self.close():
                return False  # a field line, read by its label
            self.leading = not (label["support"] or label["part"])
            self.helping, self.names, self.handed = not self.leading, (label.end(), label.end()), True
            clause = _Clause(label.end(), clause.end, False)
        elif helps := book.pattern("helps_with").match(said, clause.start, clause.end):
            self.joint = self.names is not None and not (self.parts or self.bare or self.leading)
            self.leading = self.leading or self.joint
            if not self.close():
                return False
            self.helping, self.names = True, (helps.end(), helps.end())
            clause = _Clause(helps.end(), clause.end, False)
        elif book.pattern("only_verb").fullmatch(said, clause.start, clause.end) and (self.parts or self.names):
            return self.close()
        elif self.names is not None and clause.strong:
            if not (self.helping or self.leading or self.bare):
                return False
            self.restart = clause.start
        return self.named(clause)

    def named(self, clause: _Clause) -> bool:
        """Names, or the end of them with the word of their role."""
        role = rules("who_when").pattern("role").search(self.said, clause.start, clause.end)
        if role is None:
            self.names = (self.names[0] if self.names else clause.start, clause.end)
            return True
        start = self.names[0] if self.names else clause.start
        prepares = role["prepares"] or ""
        if self.helping and (role["either"] or prepares) and self.restart is None:
            self.prepared = self.prepared or bool(prepares)
            self.names = (start, role.start())
            return self.close()  # «phối hợp với Sở B, Sở C | thực hiện»
        if self.helping:
            cut = clause.start if self.restart is None else self.restart
            self.names = (start, cut)
            if cut == start or not self.close():
                return False
            start = cut
        helps = role["support"] or (role["either"] and role["either"].startswith("tham")) or ("hối hợp" in prepares and self.parts)
        kind: Role = "support" if helps else "lead"
        self.roles.add("support" if helps else "lead" if role["lead"] or (prepares and not prepares.startswith("chuẩn")) else "either")
        self.names, self.restart = None, None
        return self.give(kind, start, role.start())


@lru_cache(maxsize=4096)
def who_when(said: str, bare: bool = False) -> Told | None:
    """What the line ``said`` tells of who and when; None where it says more. ``bare``: names without the word of a role lead
    («(Sở A; quý II)»)."""
    if len(said) > _MOST:
        return None
    frame = rules("who_when").pattern("frame").match(said)
    start, end = frame.end() if frame else 0, len(said)
    start, end = _strip(said, start, end)
    if start >= end or not _may_end(said, start, end):
        return None
    reader = _Reader(said, bare)
    reader.handed = any(sign in said[:start] for sign in "=>→⇒➔")
    clauses = _clauses(said, start, end)
    if not all(reader.take(clause) for clause in clauses) or not reader.close() or not reader.parts:
        return None
    if reader.joint and not reader.prepared:
        return None  # «Các xã phối hợp với Công an thực hiện» tells them to act
    return Told(tuple(reader.parts), reader.handed, reader.roles <= {"either"}, reader.done)


def note_at_end(text: str, start: int, end: int) -> Note | None:
    """The last sentences, clauses or the bracket of an item that tell who does it and when: «Rà soát sổ. | Sở A chủ trì; Sở B phối
    hợp.», «Rà soát sổ (| Sở A; xong trong quý II)», «Rà soát sổ – | Sở A thực hiện»; None where work stands before none of them."""
    low = max(start + _TASK, end - _MOST)
    note = _note_in(text[low:end])
    if note is None:
        return None
    parts = tuple((role, low + a, low + b) for role, a, b in note.told.parts)
    return Note(low + note.start, replace(note.told, parts=parts), note.bracket)


@lru_cache(maxsize=1024)
def _note_in(tail: str) -> Note | None:
    """The same with offsets in ``tail``: times and duties ask for the same ends of items, one after the other."""
    if not (signs(tail) or any(mark in tail for mark in _MARKS)):
        return None
    for mark in rules("who_when").pattern("opens_note").finditer(tail):
        at = mark.end()
        bracket = mark["bracket"] is not None
        said = tail[at:]
        if mark["person"] and rules("who_when").pattern("ends_in_person").search(tail, 0, mark.start()):
            continue  # «Họp với đ/c Hùng, | đ/c Lan phụ trách»
        if bracket and said.count(")") != said.count("(") + 1:
            continue
        told = handed_on(said, bracket or not mark.group().isspace())
        if told is not None and (told.done or told.has("lead") or told.has("support")):
            return Note(mark.start(), replace(told, parts=tuple((role, at + a, at + b) for role, a, b in told.parts)), bracket)
    return None


def only_time(said: str) -> Told | None:
    """«Hoàn thành trong quý II/2026.», «(Xong trước ngày 30/6)»: a line without a label that says nothing but when what stands above it
    is done."""
    if len(said) > _NOTE or ":" in said or rules("who_when").pattern("opens_time").match(said) is None:
        return None
    told = who_when(said)
    return told if told and told.done else None


def says_time(said: str) -> bool:
    """«Quý II/2026», «hằng tháng»: a time and nothing else."""
    return _when(said, _Clause(0, len(said), False)) is not None


def more_than_time(said: str) -> bool:
    """«Hằng tuần | kiểm tra nền nếp», «Trước ngày 30/6 | nộp báo cáo»: words that go on behind a time that is already told."""
    book = rules("who_when")
    found = book.pattern("time_then_more").match(said)
    return found is not None and book.pattern("dated").search(found["time"]) is not None


def handed_on(said: str, bare: bool = False) -> Told | None:
    """What ``who_when`` reads, and the same where the last clause adds to whom the one who leads reports: «Sở A chủ trì thực hiện, |
    báo cáo Ủy ban trước ngày 30/6.»"""
    told = who_when(said, bare)
    reports = rules("who_when").pattern("reports").search(said) if told is None and len(said) <= _MOST else None
    if reports is None or any(mark in reports["rest"] for mark in ";:."):
        return told
    told = who_when(said[: reports.start()], bare)
    if told is None or not told.has("lead") or (told.plain and not told.handed):
        return None  # «Các thôn thực hiện, báo cáo Ủy ban …» tells them to act
    timed = rules("who_when").pattern("dated").search(reports["rest"]) is not None
    return replace(told, parts=(*told.parts, ("time", *reports.span("rest")))) if timed else told


def _strip(said: str, start: int, end: int) -> tuple[int, int]:
    while end > start and said[end - 1] in " \t\n.;,:)*_":
        if said[end - 1] == ")" and said.count("(", start, end) >= said.count(")", start, end) and said[start] != "(":
            break
        end -= 1
    end -= len(said[start:end]) - len(said[start:end].rstrip(" ("))
    while start < end and said[start] in " \t\n(*_":
        start += 1
    return start, end


def _clauses(said: str, start: int, end: int) -> list[_Clause]:
    """Clauses between the marks; a time behind the word of a role is a clause of its own."""
    book, out = rules("who_when"), list[_Clause]()
    at, strong = start, True

    def add(first: int, last: int, strong: bool) -> None:
        timed = book.pattern("when_at_end").search(said, first + 1, last)
        whole = _Clause(first, last, strong)
        if timed and book.pattern("dated").search(timed["time"]) and not (_when(said, whole) or (out and _finished(said, whole))):
            out.append(_Clause(first, timed.start(), strong))
            first, strong = timed.end(), False
        out.append(_Clause(first, last, strong))

    posts = _posts(said) if "(" in said else []
    for cut in book.pattern("cuts").finditer(said, start, end):
        if any(first <= cut.start() < last for first, last in posts):
            continue
        if cut.start() > at:
            add(at, cut.start(), strong)
        at, strong = cut.end(), bool(cut["strong"] or cut["stop"])
    if at < end:
        add(at, end, strong)
    return out


def _posts(said: str) -> list[tuple[int, int]]:
    """The brackets behind names of persons that say who they are: «đ/c Quân | (bảo vệ), đ/c Thủy | (y tế) thực hiện»."""
    named = [n for m in rules("who_when").pattern("person").finditer(said) for n in persons(said, m.start(), len(said))[:1]]
    return [(len(said[: said.index("(", n.start)].rstrip()), n.end) for n in named if n.name.endswith(")")]


def _may_end(said: str, start: int, end: int) -> bool:
    """Whether the line ends as such lines do; asked before it is cut, since most lines do not."""
    if "hối hợp" in said:
        return True
    book, at = rules("who_when"), max(start, *(said.rfind(mark, start, end) + 1 for mark in ";,.("))
    while said[at] in " \n\t":
        at += 1
    if book.pattern("role").search(said, at, end) or book.pattern("when_at_end").search(said, max(at - 1, start), end):
        return True
    if any(book.pattern(name).match(said, at, end) for name in ("label_alone", "helps_with")):
        return True
    if book.pattern("only_verb").fullmatch(said, at, end):
        return True
    clause = _Clause(at, end, False)
    return (_when(said, clause) or _finished(said, clause)) is not None


def _when(said: str, clause: _Clause) -> tuple[int, int] | None:
    """The time of a clause that holds nothing else."""
    book = rules("who_when")
    found = book.pattern("when").fullmatch(said, clause.start, clause.end)
    if found and book.pattern("dated").search(found["time"]):
        return found.span("time")
    found = book.pattern("occasion").fullmatch(said, clause.start, clause.end)
    if found is None:
        return None
    return found.start("event") if found["event"] else found.start("term"), found.end("rest")


def _finished(said: str, clause: _Clause) -> tuple[int, int] | None:
    """The time of «xong danh mục trong quý IV»: behind those who do it, what they finish is what stands above."""
    book = rules("who_when")
    found = book.pattern("finishes").fullmatch(said, clause.start, clause.end)
    return found.span("time") if found and book.pattern("dated").search(found["time"]) else None


def _only_names(said: str) -> bool:
    """Whether the grammar of names reads all of it: what stands without the word of a role has no other sign."""
    words = Words(said)
    return bool(len(words)) and list_names(words, 0)[1] == len(words)


def _names(said: str) -> bool:
    """Whether nothing but names stands there: the grammar reads them all, or at least no act among them."""
    if ":" in rules("who_when").pattern("names_of_group").sub("", said):
        return False
    named = persons(said, 0, len(said))
    if named and named[0].start == 0 and named[-1].end == len(said):
        return True
    words = Words(said)
    i = 0
    while i < len(words):
        found, j = list_names(words, i)
        if not found and not words.cap(i) and words.hit(i, "verb", "modal") and words.word(i - 1) not in ("", ",", "và"):
            return False
        if not found and (words.word(i) in _NO_NAME or words.hit(i, "adverb")):
            return False
        if not found and i == 0 and (begins_with_act(said) or not (words.cap(0) or words.hit(0, "determiner"))):
            return False
        i = j if found else i + 1
    return bool(len(words))
