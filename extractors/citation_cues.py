"""What a mention does in its sentence: relation by cue and place, nesting, the subject that follows (domain.md 2.3, 2.5).

Nearest cue wins; a list shares the cue before it; what stands in the subject of another mention is nested in it. Whether this
document carries another out is decided in title, opening and purposes and then holds for the rest of the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import cast

from extractors.casing import is_caps
from extractors.citation_draft import Draft
from extractors.citation_nearest import BOUNDARIES, Cue, nearest_cue, sentence_start
from extractors.citation_nesting import (
    CHANGES,
    PROGRAMMES,
    amended_too,
    amends_too,
    beside_in_subject,
    carried_too,
    edge_relation,
    is_passive,
    listed_below,
    own_act,
    stands_outside,
    younger,
)
from extractors.citation_ranks import issuer_rank
from extractors.citation_reports import fell_short, looks_back, others_did
from extractors.keys import fold, kind_names
from extractors.plan import Zone
from extractors.rulebook import standard
from schemas.record import Relation

_CLAUSE = re.compile(rf"[{BOUNDARIES}]")
_TAIL = 16
"""Characters that the pattern below looks at, at most."""
_OPENED = re.compile(r"\([^()]*$")
_SUBJECT_END = re.compile(r"[;.:(\n]")
_CLAUSE_END = re.compile(r"[;.:()\n]")


_pattern = partial(standard, "relations")


def _carries_out(draft: Draft, before: Draft, gap: str) -> bool:
    """ "Thực hiện Kế hoạch A của Bộ X, triển khai |Quyết định B của Thủ tướng": A carries B out where B is older and of a body above."""
    if not _pattern("carries_beside").fullmatch(gap) or before.kind not in PROGRAMMES or not younger(before, draft, days=True):
        return False
    low, high = issuer_rank(before.issuer, before.key), issuer_rank(draft.issuer, draft.key)
    return low is not None and high is not None and low < high


def _line(text: str, start: int) -> str:
    end = text.find("\n", start)
    return text[start : end if end >= 0 else len(text)]


def _names_kind(line: str) -> bool:
    """A line that is the name of a kind and nothing else, in whatever letters: «kind_line» of the structure rules asks for capitals, may
    go on behind them and knows only the kinds that head a document."""
    return fold(line.strip(" *\n")) in kind_names()


def _before_so(text: str, at: int) -> int:
    """Where the mention begins for its cue: before the «số» that a number without a kind word of its own has."""
    found = _pattern("so_before").search(text, max(0, at - 6), at)
    return found.start() if found else at


_BEFORE = 32
"""Characters before a mention in which «ban hành kèm theo» stands."""
_SAID = 80
"""Characters before a cue that say whether this document itself does it."""


class Relater:
    """Walks over the mentions of one text in reading order and sets relation, nesting and subject."""

    def __init__(self, text: str, zone_at: Callable[[int], Zone], notes: Mapping[int, int] | None = None) -> None:
        self.text, self.zone_at, self.notes = text, zone_at, notes or {}
        self.places: dict[int, int] = {}
        self.cues: dict[int, Cue | None] = {}
        self.bases: dict[int, str] = {}
        self.announced: set[int] = set()

    def run(self, drafts: Sequence[Draft]) -> None:
        """Sets ``relation``, ``within``, ``edge``, ``passive`` and ``subject`` of every draft."""
        previous: int | None = None
        for i, draft in enumerate(drafts):
            if draft.form in ("self", "anaphora"):
                if draft.key and _pattern("promulgated").search(self.text[max(0, draft.start - _BEFORE) : draft.start]):
                    draft.relation = "promulgates"  # «(Ban hành kèm theo Nghị quyết số …)» above what this very act issues
                continue
            self._place(drafts, i, previous)
            previous = i
        self._decide(drafts)
        for i, draft in enumerate(drafts):
            draft.subject = self._subject(drafts, i)

    def _place(self, drafts: Sequence[Draft], i: int, p: int | None) -> None:
        draft, text = drafts[i], self.text
        if (at := self.notes.get(draft.start)) is not None:
            return self._place_note(drafts, i, at)
        zone = self.zone_at(draft.start)
        start = sentence_start(text, draft.start)
        while zone == "title" and start > 1 and self.zone_at(start - 2) == "title":
            line = sentence_start(text, start - 1)
            if is_caps(text[line:start]) and (_names_kind(text[line:start]) or not is_caps(_line(text, start))):
                break  # the line that names this document, or capitals above small letters
            start = line
        before = drafts[p] if p is not None else None
        linked = before is not None and before.end > start
        if before is not None and not linked and zone == "opening" and self.zone_at(before.start) == "opening":
            linked = True
        if before is not None and p is not None and linked:
            gap = text[before.end : draft.start]
            if self._parenthesis(drafts, i, p, gap) or self._nested(drafts, i, p, gap):
                return
            own_start = max(start, before.end)
        else:
            own_start = start
        hung = self.places.get(before.start) if before is not None and linked and zone == "footnote" else None
        zone = zone if hung is None else self.zone_at(hung)
        cue = self.cues[i] = self._cue(drafts, i, p if linked else None, own_start, start, zone)
        if hung is not None and p is not None and cue is self.cues.get(p):
            self.places[draft.start] = hung  # «¹ Công văn A …; Quyết định B»: one list

    def _place_note(self, drafts: Sequence[Draft], i: int, at: int) -> None:
        """The mention that opens a footnote stands where the note hangs: behind the same paper it says it again, in the subject of another
        it is nested there."""
        draft, text = drafts[i], self.text
        self.places[draft.start] = at
        start = sentence_start(text, at)
        named = (j for j in range(i - 1, -1, -1) if drafts[j].form not in ("self", "anaphora") and drafts[j].end <= at)
        p = next(named, None)
        if p is None or drafts[p].end <= start:
            self.cues[i] = self._cue(drafts, i, None, start, start, self.zone_at(at), at)
        elif drafts[p].key == draft.key:
            draft.host, self.cues[i] = p, self.cues.get(p)
        elif not self._nested(drafts, i, p, text[drafts[p].end : at]):
            self.cues[i] = self._cue(drafts, i, p, drafts[p].end, start, self.zone_at(at), at)

    def _spot(self, draft: Draft) -> int:
        """Where a mention speaks from: its own place, or where the footnote hangs that it opens."""
        return self.places.get(draft.start, draft.start)

    def _parenthesis(self, drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
        """The mention that introduces a short form, or tells by which act the host was changed."""
        draft, before = drafts[i], drafts[p]
        if passive := is_passive(gap):
            draft.within, draft.passive, draft.edge = _changed(drafts, i, p), True, passive
            self.cues[i] = None
            return True
        opened = _OPENED.search(gap)
        if not opened:
            if before.host is not None and ")" not in gap and len(gap) < 12:
                draft.host = self._host(drafts, i, p, before.host)
                self.cues[i], draft.relation = self.cues.get(draft.host), drafts[draft.host].relation
                return True
            return False
        inside = opened.group()[1:].strip(' “"')
        if inside == "" or _pattern("names_short").match(inside):
            draft.host = self._host(drafts, i, p, p)
            return True
        found = _pattern("cue").match(inside)
        if found and found.lastgroup in ("replaces", "amends", "repeals", "implements"):
            draft.within, draft.edge = p, cast(Relation, found.lastgroup)
            self.cues[i] = None
            return True
        return False

    def _host(self, drafts: Sequence[Draft], i: int, p: int, closest: int) -> int:
        """Which mention a short form in parentheses belongs to: the one of its key before, else the closest. Several short forms behind a
        chain stand for what the document carries out and what that carries out in turn; a base among them is named again, no more."""
        close = self.text.find(")", drafts[i].end, drafts[i].end + 200)
        several = p != closest or any(d.end <= close for d in drafts[i + 1 : i + 3])
        start = sentence_start(self.text, drafts[i].start)
        for j in range(p, -1, -1):
            if drafts[j].start < start:
                break
            if drafts[j].key == drafts[i].key and drafts[j].form not in ("self", "anaphora"):
                cue = self.cues.get(j)
                return closest if several and cue is not None and cue.name == "based_on" else j
        return closest

    def _nested(self, drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
        """In the subject of the mention before it ("về thực hiện …"), or a fellow of one that is."""
        draft, before = drafts[i], drafts[p]
        if before.host is not None and gap.startswith(")") and listed_below(self.text, draft, drafts, before.host):
            return self._beside(drafts, i, before.host)
        if before.within is not None and not before.passive and _pattern("fellow").fullmatch(gap):
            return not stands_outside(draft, before, drafts[before.within]) and self._beside(drafts, i, p)
        if self._shares_host(drafts, i, p, gap):
            return self._beside(drafts, i, p)
        if before.host is not None and gap.startswith(")"):
            p, gap = before.host, gap[1:]  # «Kế hoạch số 91 … (sau đây gọi là Kế hoạch 91) triển khai …»
        gap = _pattern("remark_in_subject").sub(" ", _pattern("short_name_behind").sub("", gap))
        named = _pattern("announced").search(gap)
        if not _pattern("subject").match(gap) or _CLAUSE_END.search(gap, 0, named.start() if named else len(gap)):
            return False
        if own_act(gap) is not None or _pattern("member").search(gap):
            return False
        if _pattern("fresh").search(gap) and not _carries_out(draft, drafts[p], gap):
            return False
        draft.within, draft.edge = p, edge_relation(gap)
        if named:
            self.announced.add(p)
        if _pattern("promulgated").search(gap):
            draft.relation = "promulgates"
        self.cues[i] = None
        return True

    def _beside(self, drafts: Sequence[Draft], i: int, mate: int) -> bool:
        """Nests a mention where ``mate`` is nested."""
        draft, other = drafts[i], drafts[mate]
        draft.within, draft.edge, draft.passive = other.within, other.edge, other.passive
        self.cues[i] = None
        return True

    def _shares_host(self, drafts: Sequence[Draft], i: int, p: int, gap: str) -> bool:
        text = self.text
        if amended_too(text, drafts, i, p, gap) or carried_too(text, drafts, i, p, gap, self.announced):
            return True
        return beside_in_subject(drafts, i, p, gap) or amends_too(drafts, i, p, gap)

    def _cue(self, drafts: Sequence[Draft], i: int, p: int | None, own: int, start: int, zone: Zone, spot: int | None = None) -> Cue | None:
        """The nearest cue of the mention, else the one it shares with the mention before, else the one that opens the sentence."""
        text, at = self.text, _before_so(self.text, drafts[i].start) if spot is None else spot
        top = p
        while top is not None and (drafts[top].within is not None or drafts[top].host is not None):
            top = drafts[top].within if drafts[top].within is not None else drafts[top].host
        shared = self.cues.get(top) if top is not None else None
        if shared is not None and shared.name == "promulgates":  # it governs the one mention that follows it
            shared = self._opening_cue(start, start, at)
        shared = shared or self._base(at, zone)
        tight = top is not None and _pattern("list_goes_on").search(text[max(own, at - _TAIL) : at]) is not None
        cue = nearest_cue(text, own, at)
        beside = cue is not None and cue.name == "linked"  # «Thực hiện A gắn với Nghị quyết Đại hội …, |B»
        if tight and not beside and _pattern("coordination").search(text[max(own, at - 14) : at]) and text[own:at].strip():
            return shared
        if tight and cue is None:
            return shared
        if shared is not None and shared.name in ("implements", "based_on") and _pattern("orders_beside").fullmatch(text, own, at):
            return shared
        if zone == "opening" and shared is not None and _pattern("proposes_beside").fullmatch(text, own, at):
            return Cue("based_on", own)
        if zone in ("opening", "title") and (cue is None or cue.name in ("neutral", "follows")):
            opening = self._opening_cue(own, start, at)
            if cue is None or cue.name == "neutral":
                cue = opening or self._clause_cue(own, at) or cue or shared
            elif opening and opening.name == "implements" and zone == "title":
                cue = opening
        if zone == "purpose" and cue is not None and cue.name in ("neutral", "follows"):
            opening = self._opening_cue(own, start, at)
            if opening and opening.name == "implements" and _pattern("contents_of").fullmatch(text, opening.start, cue.start):
                cue = Cue("linked", opening.start)  # «Cụ thể hóa các nhiệm vụ được nêu trong | Chỉ thị A», which the title carries out
        if cue is not None and cue.name == "promulgates" and (change := self._change(own, cue, zone)):
            return change
        if cue is not None and cue.name == "follows" and zone == "opening" and fell_short(text, start, cue.start, at):
            return None
        if cue is not None:
            cue.own = bool(_pattern("own_statement").match(text[start : cue.start])) or "để" in text[max(start, cue.start - 5) : cue.start]
            if zone == "closing" and _pattern("plan_itself").search(text, start, cue.start):
                cue.own = True
        return cue

    def _change(self, own: int, cue: Cue, zone: Zone) -> Cue | None:
        """ "Sửa đổi một số điều của Quy chế … ban hành kèm theo |Quyết định A": where this document changes the rules, it changes A."""
        words = self.text[own : cue.start]
        found = _pattern("cue").search(self.text, own, cue.start)
        if found is None or found.lastgroup not in CHANGES or _CLAUSE.search(words):
            return None
        lead = _pattern("about_before").sub("", self.text[own : found.start()]).strip(" -+•*–\t\n")
        if lead and not _names_kind(lead):
            return None
        ours = zone == "title" or _pattern("this_acts").search(self.text[max(0, found.start() - 80) : found.start()])
        return Cue(found.lastgroup, found.start()) if ours else None

    def _base(self, at: int, zone: Zone) -> Cue | None:
        """ "I. CĂN CỨ LẬP KẾ HOẠCH": each line of the opening below it is a basis; «Thực hiện các văn bản:»: each is carried out."""
        if zone != "opening":
            return None
        lines: list[int] = []
        found, line = "", self.text.rfind("\n", 0, at) + 1
        while line not in self.bases and self.zone_at(line) == "opening":
            lines.append(line)
            end = self.text.find("\n", line)
            if end - line < 160:
                words = self.text[line : end if end >= 0 else None]
                found = "based_on" if _pattern("bases_line").match(words) else "implements" if _pattern("orders_line").match(words) else ""
            if found or line == 0:
                break
            line = self.text.rfind("\n", 0, line - 1) + 1
        found = found or self.bases.get(line, "")
        self.bases |= dict.fromkeys(lines, found)
        return Cue(found, lines[-1] if lines else line) if found else None

    def _clause_cue(self, own: int, at: int) -> Cue | None:
        """ "…; theo đề nghị của Sở Y tại Tờ trình": the first cue of the clause governs a neutral "tại" after it."""
        gap = self.text[own:at]
        begin = max((m.end() for m in _CLAUSE.finditer(gap)), default=0)
        for found in _pattern("cue").finditer(gap, begin):
            if found.lastgroup in ("implements", "based_on", "follows"):
                return Cue(found.lastgroup, own + found.start())
        return None

    def _opening_cue(self, own: int, start: int, at: int) -> Cue | None:
        """ "Căn cứ kết quả … tại Công văn": in title and opening the first word of the sentence governs what it leads to."""
        words = self.text[start:at]
        found = _pattern("cue").match(self.text, start + len(words) - len(words.lstrip(" -+•*–\t")))
        if not found or own != start or found.lastgroup not in ("implements", "based_on", "follows"):
            return None
        return Cue(found.lastgroup, found.start())

    def _decide(self, drafts: Sequence[Draft]) -> None:
        carried = set()
        chained = {d.key for d in drafts if d.within is not None and d.edge == "implements"}
        for i, cue in self.cues.items():
            draft = drafts[i]
            if cue is None or draft.key is None or cue.name != "implements":
                continue
            zone = self.zone_at(self._spot(draft))
            told = cue.own or (zone == "purpose" and draft.key in chained)
            said = zone in ("title", "opening") or (zone in ("purpose", "closing") and told) or self._issues(draft, cue)
            if said and not self._looks_back(draft, cue):
                carried.add(draft.key)
        for i, draft in enumerate(drafts):
            if i in self.cues and draft.within is None:
                draft.relation = self._acts_too(drafts, i) or self._relation(draft, self.cues[i], carried)
            elif draft.key in carried and self._proposed(drafts, draft):
                draft.relation = "implements"
            if draft.host is not None and draft.form not in ("self", "anaphora"):
                draft.relation = drafts[draft.host].relation

    def _issues(self, draft: Draft, cue: Cue) -> bool:
        """ "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch triển khai |Quyết định A": the decision carries A out."""
        start = sentence_start(self.text, self._spot(draft))
        issued = _pattern("issues_plan").match(self.text[start : cue.start])
        return issued is not None and bool(issued["with"] or _pattern("first_article").search(self.text[max(0, start - 12) : start]))

    def _acts_too(self, drafts: Sequence[Draft], i: int) -> Relation | None:
        """ "Kế hoạch này thay thế Kế hoạch A và bãi bỏ Kế hoạch B": the second act is this document's as well."""
        cue, before = self.cues[i], drafts[i - 1] if i else None
        if cue is None or cue.name not in CHANGES or before is None or before.relation not in CHANGES:
            return None
        return cast(Relation, cue.name) if _pattern("listed").fullmatch(self.text, before.end, cue.start) else None

    def _looks_back(self, draft: Draft, cue: Cue) -> bool:
        """What was done is told; that this document carries it out is not."""
        spot = self._spot(draft)
        start, end = sentence_start(self.text, spot), draft.end if spot == draft.start else spot
        opening = self.zone_at(spot) == "opening"
        return looks_back(self.text, start, cue.start) or (opening and others_did(self.text, start, end))

    def _proposed(self, drafts: Sequence[Draft], draft: Draft) -> bool:
        """ "Theo đề nghị của Sở A tại Tờ trình … về Kế hoạch thực hiện Nghị quyết C": the plan proposed is this document."""
        paper = drafts[draft.within] if draft.within is not None and draft.edge == "implements" else None
        if paper is None or self.zone_at(paper.start) != "opening":
            return False
        proposal = _pattern("proposal").match(self.text, sentence_start(self.text, paper.start), paper.start)
        return proposal is not None and _pattern("proposed").search(self.text, paper.end, draft.start) is not None

    def _relation(self, draft: Draft, cue: Cue | None, carried: set[str]) -> Relation:
        if cue is None:
            return "cites"
        zone = self.zone_at(self._spot(draft))
        if cue.name == "implements" or (cue.name == "linked" and draft.key in carried):
            return "implements" if draft.key in carried else "cites"
        if cue.name in ("based_on", "promulgates"):
            return cast(Relation, cue.name)
        if cue.name == "follows":
            return "based_on" if zone == "opening" else "cites"
        before = self.text[max(0, cue.start - _SAID) : cue.start]
        if cue.name == "guides":
            ours = zone == "title" or _pattern("issues_act" if zone == "opening" else "this_acts").search(before)
            return "guides" if ours else "implements" if draft.key in carried else "cites"
        if cue.name in CHANGES:
            beside = zone == "opening" and _pattern("replaces_beside").search(before)
            own = zone == "title" or beside or _pattern("this_acts").search(before)
            return cast(Relation, cue.name) if own else "cites"
        return "cites"

    def _subject(self, drafts: Sequence[Draft], i: int) -> str | None:
        """The words after "về", to the end of the clause; nested mentions are part of them."""
        draft, text = drafts[i], self.text
        found = _pattern("subject").match(text, draft.end)
        if not found or draft.form in ("self", "anaphora"):
            return None
        limit = min(len(text), draft.end + 500)
        stop = _SUBJECT_END.search(text, found.end(), limit)
        end = stop.start() if stop else limit
        for other in drafts[i + 1 : i + 6]:
            if other.start >= end:
                break
            if other.within is None and other.form not in ("self", "anaphora"):
                end = other.start
                break
        if (launch := own_act(text[draft.end : end])) is not None:
            comma = text.rfind(",", found.end(), draft.end + launch)
            end = comma if comma > 0 else draft.end + launch
        words = _pattern("subject_tail").sub("", text[found.start() : end]).strip(" ,;")
        return " ".join(words.split()) or None


def _changed(drafts: Sequence[Draft], i: int, p: int) -> int:
    """Which mention a later act changed: in «Nghị định A quy định chi tiết Luật B, được sửa đổi bởi Nghị định C» A, the closest of its own
    kind that the mention before it stands below; where none is of its kind the one before it."""
    at: int | None = p
    while at is not None and drafts[at].kind != drafts[i].kind:
        at = None if drafts[at].passive else drafts[at].within
    return p if at is None else at
