"""The one source of a corpus document: text with the reader's annotations beside the words.

A source is a TOML head between two ``+++`` lines (identity, header, recipients, signature, parents, edges, findings) and a body
of one block a line::

    H1 I. MỤC ĐÍCH                      heading; the digit is its depth, the first word its label
    H2!o 1. {Sở Y tế} kiểm tra …         numbered item that is a duty
    -!o … +!p … •!o … P!q …              bullets of three glyphs, plain paragraph
    T2 - Thời gian: <<…|…>>              trailer of the last two duties
    F1!o …                               footnote 1
    TABLE section=Phụ lục task=1 widths=1,6,3   then TH (header), G (group row), R (row); cells are parted by " | "; ENDTABLE
    ANNEX PHỤ LỤC | caption              everything below stands after the signature
    @lead A ; B                          addressee of the duties below that name nobody (a heading's addressee); "-" for none
    @level 1                             what follows stands directly under the heading of that depth

Duty letters: o obligation, p prohibition, m permission, s sanction, q request, 0 no duty; ``~`` after the letter empties the addressee.
``%%`` parts a block into several duties (``%%q`` with a letter of its own). Inline marks::

    [[text|relation|key=A ~ B|p=điều 4; điều 5|date=2026-03-12|issuer=X]]   citation (relation: i b a s x g y c)
    <<text|spec>>   deadline: 2026-06-30, <2026-06-30, A..B (period), r A..B, R RRULE, R -, C, P10D, E; a final * = governs no duty
    {body} {+supporting body} {shown=>as listed} {=>listed, not shown}
    [^1] footnote mark    ⟪+inserted⟫ ⟪-deleted⟫ tracked changes
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

RELATIONS = {
    "i": "implements", "b": "based_on", "a": "amends", "s": "replaces", "x": "repeals", "g": "guides", "y": "promulgates", "c": "cites",
}
MODALITIES = {"o": "obligation", "p": "prohibition", "m": "permission", "s": "sanction", "q": "request"}

INLINE = re.compile(
    r"\[\[(?P<cite>.+?)\]\]|<<(?P<due>.+?)\|(?P<spec>[^|]+?)>>|\{(?P<unit>[^{}]+)\}|\[\^(?P<note>\d+)\]|⟪\+(?P<ins>.+?)⟫|⟪-(?P<dele>.+?)⟫"
)
BLOCK = re.compile(r"^(?P<tag>H[1-7]|-|\+|•|P|T\d*|F\d+|TH|G|R)(?:!(?P<mod>[opmsq0]~?))? (?P<text>.+)$")
LABEL = re.compile(r"^(Phần thứ \w+|Chương [IVXLC]+|Điều \d+\.|\S+)\s+(.*)$")
NUMBER = re.compile(r"\d[\w.]*(?:/\d{4})?\s?[-/]\s?[A-ZĐƯ][\w&.]*(?:[-/][\w&.]+)*|\d+/\d{4}/QH\d+")
KIND = re.compile(
    "Nghị quyết|Nghị định|Quy định|Quyết định|Chỉ thị|Kết luận|Kế hoạch|Thông tư liên tịch|Thông tư|Công văn|Chương trình|Hướng dẫn"
    "|Luật|Đề án|Thông báo|Tờ trình"
)
DATE = re.compile(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})")


class SourceError(ValueError):
    """A source that cannot be read; the message names file and line."""


@dataclass(slots=True)
class Unit:
    name: str
    support: bool


@dataclass(slots=True)
class Marks:
    """What one stretch of text carries, in reading order."""

    citations: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    governing: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)


@dataclass(slots=True)
class Duty:
    text: str
    section: str
    modality: str
    lead: list[str]
    support: list[str]
    deadlines: list[str]
    id: str = ""


@dataclass(slots=True)
class Row:
    kind: str  # header, group, row
    cells: list[str]


@dataclass(slots=True)
class Block:
    """One block as it is shown. ``text`` keeps ⟪⟫ and [^n], nothing else of the markup."""

    kind: str  # heading, bullet, plus, dot, para, trailer, note, table, annex
    text: str = ""
    label: str = ""
    level: int = 0
    item: bool = False  # a numbered item that is a duty: set in normal weight
    rows: list[Row] = field(default_factory=list)
    widths: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Source:
    id: str
    head: dict[str, Any]
    title: str
    blocks: list[Block] = field(default_factory=list)
    citations: list[dict[str, Any]] = field(default_factory=list)
    deadlines: list[dict[str, Any]] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)


def shown(text: str, *, keep: bool = False) -> str:
    """The words as printed. ``keep`` leaves tracked changes and footnote marks for the renderer; else the final text is returned."""

    def one(match: re.Match[str]) -> str:
        groups = match.groupdict()
        if groups["cite"]:
            return groups["cite"].split("|")[0]
        if groups["due"]:
            return groups["due"]
        if groups["unit"]:
            return groups["unit"].split("=>")[0].lstrip("+")
        if groups["note"]:
            return match.group(0) if keep else ""
        if groups["ins"]:
            inner = shown(groups["ins"], keep=keep)
            return f"⟪+{inner}⟫" if keep else inner
        return match.group(0) if keep else ""

    return re.sub(r" {2,}", " ", INLINE.sub(one, text)) if not keep else INLINE.sub(one, text)


def citation(raw: str) -> dict[str, Any]:
    """Gold of one marked mention. Kind, key, date and issuer are read from the marked words unless the mark gives them."""
    text, relation, *rest = raw.split("|")
    given = dict(part.split("=", 1) for part in rest)
    number, date = NUMBER.search(text), DATE.search(text)
    key = [k.strip() for k in given["key"].split("~")] if "key" in given else [re.sub(r"\s", "", number.group(0))] if number else []
    if not key:
        raise SourceError(f"citation without a key: {text}")
    body = re.search(r".*\bcủa (?P<issuer>.+)$", text)
    kind = KIND.search(text)
    issuer = given.get("issuer", body.group("issuer") if body and key != ["self"] else "")
    issued = given.get("date", f"{int(date[3]):04}-{int(date[2]):02}-{int(date[1]):02}" if date else "")
    return {
        "text": text, "key": key, "kind": kind.group(0) if kind else None, "issued_on": issued or None, "issuer": issuer or None,
        "pinpoints": [p.strip() for p in given["p"].split(";")] if "p" in given else [], "relation": RELATIONS[relation],
    }


def deadline(text: str, spec: str) -> dict[str, Any]:
    """Gold of one marked deadline; ``spec`` is the reading, as listed at the head of this module."""
    out: dict[str, Any] = {"text": text, "kind": "date", "start_on": None, "due": None, "inclusive": None, "rrule": None}
    if spec == "C":
        out["kind"] = "continuous"
    elif spec == "E":
        out["kind"] = "event"
    elif spec.startswith("R "):
        out |= {"kind": "recurring", "rrule": None if spec == "R -" else spec[2:]}
    elif spec.startswith("P"):
        out |= {"kind": "relative", "due": spec}
    elif spec.startswith("r "):
        start, end = spec[2:].split("..")
        out |= {"kind": "range", "start_on": start, "due": end}
    else:
        start, _, end = spec.lstrip("<").rpartition("..")
        out |= {"start_on": start or None, "due": end, "inclusive": not spec.startswith("<")}
    return out


def marks(text: str) -> Marks:
    """Annotations of ``text``, deleted words left out."""
    found = Marks()
    for match in INLINE.finditer(text):
        groups = match.groupdict()
        if groups["cite"]:
            found.citations.append(citation(groups["cite"]))
        elif groups["due"]:
            spec = groups["spec"].strip()
            item = deadline(groups["due"], spec.removesuffix("*"))
            found.deadlines.append(item)
            if not spec.endswith("*"):
                found.governing.append(groups["due"])
        elif groups["unit"]:
            name = groups["unit"].split("=>")[-1]
            found.units.append(Unit(name.lstrip("+"), groups["unit"].startswith("+")))
        elif groups["ins"]:
            inner = marks(groups["ins"])
            found.citations += inner.citations
            found.deadlines += inner.deadlines
            found.governing += inner.governing
            found.units += inner.units
    return found


class Reader:
    """Reads the body of one source, line by line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.stack: list[tuple[int, str]] = []
        self.context: list[str] = []
        self.table: Block | None = None
        self.table_section, self.task = "", 1
        self.above: dict[int, Marks] = {}
        self.annex = ""

    def section(self) -> str:
        return ".".join([self.annex] if self.annex and not self.stack else [part for _, part in self.stack])

    def line(self, line: str) -> None:
        if line.startswith("@lead "):
            self.context = [] if line[6:].strip() == "-" else [p.strip() for p in line[6:].split(" ; ")]
        elif line.startswith("@level "):
            self.stack = [(level, part) for level, part in self.stack if level <= int(line[7:])]
        elif line.startswith("TABLE"):
            given = dict(re.findall(r"(\w+)=(.+?)(?= \w+=|$)", line))
            self.table = Block("table", widths=[float(w) for w in given["widths"].split(",")])
            self.table_section, self.task = given.get("section", self.section()), int(given.get("task", 1))
            self.above = {}
            self.source.blocks.append(self.table)
        elif line == "ENDTABLE":
            self.table = None
        elif line.startswith("ANNEX "):
            self.stack, self.annex = [], "Phụ lục"
            for i, part in enumerate(line[6:].split(" | ")):
                self.source.blocks.append(Block("annex", shown(part, keep=True), level=i))
                self.record(marks(part))
        else:
            self.block(line)

    def block(self, line: str) -> None:
        match = BLOCK.match(line)
        if not match:
            raise SourceError(f"unreadable line: {line[:80]}")
        tag, modality, text = match["tag"], match["mod"] or "0", match["text"]
        if tag in ("TH", "G", "R"):
            self.row(tag, modality, text)
            return
        kinds = {"-": "bullet", "+": "plus", "•": "dot", "P": "para", "T": "trailer", "F": "note", "H": "heading"}
        block = Block(kinds[tag[0]], item=modality[0] != "0")
        if tag[0] == "H":
            block.level = int(tag[1])
            label = LABEL.match(text)
            if not label:
                raise SourceError(f"heading without a label: {line[:80]}")
            block.label, text = label[1], label[2]
            self.enter(block.level, block.label)
        elif tag[0] == "F":
            block.label = tag[1:]
        block.text = shown(text, keep=True).replace(" %% ", " ")
        block.text = re.sub(r" %%[opmsq0]~? ", " ", block.text)
        self.source.blocks.append(block)
        if tag[0] == "T":
            self.trailer(marks(text), int(tag[1:] or 1))
        else:
            self.duties(text, modality)

    def enter(self, level: int, label: str) -> None:
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        part = label if label.startswith(("Phần", "Chương")) else label.rstrip(".-)").split(".")[-1]
        self.stack.append((level, part))

    def record(self, found: Marks) -> None:
        self.source.citations.extend(found.citations)
        self.source.deadlines.extend(found.deadlines)

    def duties(self, text: str, modality: str) -> None:
        parts = re.split(r" %%([opmsq0]~?)? ", text)
        letters = [modality, *(letter or modality for letter in parts[1::2])]
        for letter, part in zip(letters, parts[::2], strict=True):
            found = marks(part)
            self.record(found)
            if letter[0] == "0":
                continue
            lead = [u.name for u in found.units if not u.support] or ([] if "~" in letter else list(self.context))
            support = [u.name for u in found.units if u.support]
            self.add(Duty(self.gold_text(part), self.section(), MODALITIES[letter[0]], lead, support, list(found.governing)))

    def gold_text(self, part: str) -> str:
        marked = re.sub(r"\[\^(\d)\]", lambda m: "¹²³⁴⁵⁶⁷⁸⁹"[int(m[1]) - 1], part) if self.source.head["format"] in ("txt", "md") else part
        return shown(marked).strip()

    def add(self, duty: Duty) -> None:
        duty.id = f"{duty.section}#{1 + sum(d.section == duty.section for d in self.source.duties)}"
        self.source.duties.append(duty)

    def trailer(self, found: Marks, count: int) -> None:
        self.record(found)
        lead = [u.name for u in found.units if not u.support]
        for duty in self.source.duties[-count:]:
            duty.lead = list(lead) or duty.lead
            duty.support += [u.name for u in found.units if u.support]
            duty.deadlines += found.governing

    def row(self, tag: str, modality: str, text: str) -> None:
        if self.table is None:
            raise SourceError(f"row outside a table: {text[:60]}")
        raw = [c.strip() for c in text.split(" | ")]
        self.table.rows.append(Row({"TH": "header", "G": "group", "R": "row"}[tag], [shown(c, keep=True) for c in raw]))
        if tag != "R":
            return
        own: dict[int, Marks] = {}
        for column, cell in enumerate(raw):
            own[column] = self.above.get(column, Marks()) if cell in ('"', "nt", "-nt-") else marks(cell)
            if cell not in ('"', "nt", "-nt-"):
                self.record(own[column])
        self.above = own
        if modality[0] != "0":
            units = [u for m in own.values() for u in m.units]
            due = [t for m in own.values() for t in m.governing]
            section = f"{self.table_section}.{raw[0].rstrip('.')}" if raw[0] else self.table_section
            self.add(Duty(self.gold_text(raw[self.task]), section, MODALITIES[modality[0]],
                          [u.name for u in units if not u.support], [u.name for u in units if u.support], due))


def read(path: Path) -> Source:
    """Read one source file. Raises ``SourceError`` with file and line."""
    _, head, body = path.read_text(encoding="utf-8").split("+++\n", 2)
    meta = tomllib.loads(head)
    source = Source(path.stem, meta, shown(meta["title"]))
    reader = Reader(source)
    reader.record(marks(meta["title"]))
    offset = head.count("\n") + 3
    for number, line in enumerate(body.splitlines(), offset):
        if not line.strip() or line.startswith("# "):
            continue
        try:
            reader.line(line.rstrip())
        except (SourceError, KeyError, ValueError) as error:
            raise SourceError(f"{path.name}:{number}: {error}") from error
    return source
