"""A made-up corpus of directives with known truth, to measure what the graph finds. Same seed, same records.

A central directive is carried out by provincial committees, each followed by its people's committee, departments, and
communes. Documents cite their parents, the root, laws and neighbours; some are not in hand, some have no number, subjects
resemble each other, and every mention may be written wrong (``noise``).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from schemas.record import Citation, Document, Edge, Link, Record, Relation, Source

_PROVINCES = (
    "Cà Mau", "An Giang", "Đồng Tháp", "Vĩnh Long", "Tây Ninh", "Đồng Nai", "Lâm Đồng", "Đắk Lắk", "Khánh Hòa", "Gia Lai", "Quảng Ngãi",
    "Quảng Trị", "Hà Tĩnh", "Nghệ An", "Thanh Hóa", "Ninh Bình", "Hưng Yên", "Bắc Ninh", "Phú Thọ", "Thái Nguyên", "Lào Cai",
    "Tuyên Quang", "Cao Bằng", "Lạng Sơn", "Sơn La", "Lai Châu", "Điện Biên", "Quảng Ninh",
)  # fmt: skip
_DEPARTMENTS = (
    ("Nội vụ", "SNV"),
    ("Tài chính", "STC"),
    ("Y tế", "SYT"),
    ("Tư pháp", "STP"),
    ("Giáo dục và Đào tạo", "SGDĐT"),
    ("Xây dựng", "SXD"),
)
_COMMUNES = ("Tân Lộc", "Phú Mỹ", "Đất Đỏ", "Hòa Bình", "Long Điền", "Bình Minh", "Thạnh Phú", "Mỹ Xuân", "An Trạch", "Vĩnh Hậu")
_TOPICS = (
    "phòng, chống tham nhũng trong công tác cán bộ",
    "phòng, chống lãng phí trong đầu tư công",
    "chuyển đổi số trong cơ quan nhà nước",
    "chuyển đổi số trong cơ quan đảng",
    "cải cách hành chính giai đoạn mới",
    "nâng cao chất lượng sinh hoạt chi bộ",
    "bảo vệ bí mật nhà nước",
    "phổ biến, giáo dục pháp luật",
    "xây dựng nông thôn mới",
    "giảm nghèo bền vững",
    "bảo đảm an toàn thực phẩm",
    "phòng, chống thiên tai",
)
_CENTRAL_KINDS = (("Quy định", "QĐ"), ("Chỉ thị", "CT"), ("Kết luận", "KL"), ("Nghị quyết", "NQ"))
_LAWS = (("36/2018/QH14", "Luật", "2018-11-20", "Quốc hội"), ("59/2019/NĐ-CP", "Nghị định", "2019-07-01", "Chính phủ"))


@dataclass(frozen=True, slots=True)
class Said:
    """A mention as a text makes it."""

    key: str
    kind: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    relation: Relation = "cites"
    subject: str | None = None
    pinpoints: tuple[str, ...] = ()


def write(
    name: str,
    document: Document,
    said: list[Said],
    *,
    parents: tuple[str, ...] = (),
    edges: tuple[tuple[str, str, Relation], ...] = (),
) -> Record:
    """A record whose text holds the mentions one under the other, with offsets, and links as extraction would give them."""
    text = ""
    citations: list[Citation] = []
    for mention in said:
        day = "/".join(reversed(mention.issued_on.split("-"))) if mention.issued_on else ""
        quote = " ".join(
            x
            for x in (
                *mention.pinpoints,
                mention.kind,
                "số",
                mention.key,
                day and f"ngày {day}",
                mention.issuer and f"của {mention.issuer}",
            )
            if x
        )
        text += "Thực hiện "
        place: dict[str, Any] = {"id": f"c{len(citations) + 1}", "start": len(text), "end": len(text) + len(quote), "text": quote}
        citations.append(Citation(**place, rule="synthetic", form="full", **asdict(mention)))
        text += quote + ".\n"
    by_key: dict[str, list[Citation]] = {}
    for citation in citations:
        by_key.setdefault(citation.key or "", []).append(citation)
    order: list[Relation] = ["implements", "based_on", "amends", "replaces", "repeals", "guides", "promulgates", "cites"]
    links = tuple(
        Link(
            target=key,
            relation=min((c.relation for c in cs), key=order.index),
            parent=key in parents,
            citations=tuple(c.id for c in cs),
        )
        for key, cs in by_key.items()
    )
    stated = tuple(
        Edge(source=s, target=t, relation=r, citations=tuple(c.id for c in by_key.get(s, [])[:1] + by_key.get(t, [])[:1]))
        for s, t, r in edges
    )
    sha = hashlib.sha256(f"{name}\n{text}".encode()).hexdigest()
    source = Source(name=name, sha256=sha, media_type="text/plain")
    return Record(source=source, text=text, document=document, citations=tuple(citations), links=links, edges=stated)


@dataclass(frozen=True, slots=True)
class Made:
    """A document of the made world. ``parent`` is the uid of the one it carries out."""

    uid: int
    key: str
    kind: str
    issuer: str
    regime: str
    issued_on: str
    subject: str
    parent: int | None
    root: int
    in_hand: bool
    numbered: bool


@dataclass
class World:
    """All documents, and who cites whom: ``cited[uid]`` holds the uids that the record of ``uid`` cites."""

    made: dict[int, Made] = field(default_factory=dict)
    cited: dict[int, set[int]] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)


class Generator:
    """``missing``: share of documents not in hand; ``unnumbered``: share of those in hand whose number is lost; ``noise``:
    share of mentions written wrong, half in the number, half in the date; ``mentions``: citations of a document, about."""

    def __init__(self, *, seed: int = 1, noise: float = 0.05, missing: float = 0.3, unnumbered: float = 0.05, mentions: int = 10) -> None:
        self.random = random.Random(seed)
        self.noise, self.missing, self.unnumbered, self.mentions = noise, missing, unnumbered, mentions
        self.world = World()
        self._numbers: dict[tuple[str, str, str], int] = {}

    def records(self, documents: int) -> Iterator[Record]:
        """At least that many documents in hand, directive by directive."""
        made = 0
        while made < documents:
            for uid in self._tree():
                if self.world.made[uid].in_hand:
                    made += 1
                    yield self._record(uid)

    # --- the world --------------------------------------------------------------------------------------------------

    def _tree(self) -> list[int]:
        kind, symbol = self.random.choice(_CENTRAL_KINDS)
        start = date(2016, 3, 1) + timedelta(days=self.random.randrange(3500))
        topic = self.random.choice(_TOPICS)
        root = self._make(kind, f"-{symbol}/TW", "Bộ Chính trị", "party", start, topic, None)
        uids = [root]
        for province in self.random.sample(_PROVINCES, 4):
            committee = self._below(root, "Kế hoạch", "-KH/TU", f"Ban Thường vụ Tỉnh ủy {province}", "party")
            board = self._below(committee, "Kế hoạch", "/KH-UBND", f"Ủy ban nhân dân tỉnh {province}", "state")
            uids += [committee, board]
            for name, short in self.random.sample(_DEPARTMENTS, 3):
                uids.append(self._below(board, "Kế hoạch", f"/KH-{short}", f"Sở {name} tỉnh {province}", "state"))
            for name in self.random.sample(_COMMUNES, 3):
                uids.append(self._below(board, "Kế hoạch", "/KH-UBND", f"Ủy ban nhân dân xã {name}, tỉnh {province}", "state"))
                uids.append(self._below(committee, "Kế hoạch", "-KH/ĐU", f"Đảng ủy xã {name}, tỉnh {province}", "party"))
        return uids

    def _below(self, parent: int, kind: str, symbol: str, issuer: str, regime: str) -> int:
        above = self.world.made[parent]
        when = date.fromisoformat(above.issued_on) + timedelta(days=self.random.randrange(5, 80))
        return self._make(kind, symbol, issuer, regime, when, above.subject, parent)

    def _make(self, kind: str, symbol: str, issuer: str, regime: str, when: date, subject: str, parent: int | None) -> int:
        year = str(when.year) if regime == "state" else str((when.year - 1) // 5)
        place = (issuer, symbol, year)
        self._numbers[place] = self._numbers.get(place, self.random.randrange(1, 300)) + self.random.randrange(1, 25)
        uid = len(self.world.made)
        root = self.world.made[parent].root if parent is not None else uid
        in_hand = self.random.random() >= self.missing
        numbered = self.random.random() >= self.unnumbered
        self.world.made[uid] = Made(
            uid, f"{self._numbers[place]:02d}{symbol}", kind, issuer, regime, when.isoformat(), subject, parent, root, in_hand, numbered
        )
        return uid

    # --- what a document says ---------------------------------------------------------------------------------------

    def _record(self, uid: int) -> Record:
        made = self.world.made[uid]
        above: list[int] = []
        at = made.parent
        while at is not None:
            above.append(at)
            at = self.world.made[at].parent
        said = [self._full(u, "implements") for u in above]
        steps = [(self.world.made[a].key, self.world.made[b].key) for a, b in pairwise(above)]
        others = self._neighbours(made)
        for _ in range(max(0, self.mentions - len(said))):
            pick = self.random.random()
            if above and pick < 0.7:
                said.append(self._short(self.random.choice(above), "implements"))
            elif others and pick < 0.85:
                said.append(self._full(self.random.choice(others), "cites"))
            else:
                key, kind, when, issuer = self.random.choice(_LAWS)
                said.append(Said(key, kind, when, issuer, "based_on"))
        spoken = [self._spoil(s) for s in said]
        parents = {spoken[0].key, self.world.made[above[0]].key} if above else set()
        known = {s.key for s in spoken}
        self.world.cited[uid] = set(above) | {o for o in others if self.world.made[o].key in {s.key for s in said}}
        document = Document(
            key=made.key if made.numbered else None, kind=made.kind, regime="party" if made.regime == "party" else "state",
            issued_on=made.issued_on if made.numbered else None, issuer=made.issuer, title=f"Thực hiện chủ trương về {made.subject}",
        )  # fmt: skip
        name = f"vb-{uid:06d}.txt"
        self.world.names[name] = uid
        kept: list[tuple[str, str, Relation]] = [(a, b, "implements") for a, b in steps if a in known and b in known]
        return write(name, document, spoken, parents=tuple(p for p in parents if p in known), edges=tuple(kept))

    def _neighbours(self, made: Made) -> list[int]:
        """Siblings dated before this one: cited for coordination, never implemented."""
        if made.parent is None:
            return []
        near = range(max(0, made.uid - 6), made.uid)
        return [u for u in near if self.world.made[u].parent == made.parent and self.world.made[u].issued_on <= made.issued_on][:2]

    def _full(self, uid: int, relation: Relation) -> Said:
        made = self.world.made[uid]
        return Said(made.key, made.kind, made.issued_on, made.issuer, relation, f"về {made.subject}")

    def _short(self, uid: int, relation: Relation) -> Said:
        full = self._full(uid, relation)
        if self.random.random() < 0.5:
            return replace(full, issuer=None, subject=None)
        return replace(full, issuer=None, subject=None, issued_on=None)

    # --- slips of the hand ------------------------------------------------------------------------------------------

    def _spoil(self, said: Said) -> Said:
        if self.random.random() >= self.noise:
            return said
        if said.issued_on is None or self.random.random() < 0.5:
            return replace(said, key=self._spoil_number(said.key))
        return replace(said, issued_on=self._spoil_date(said.issued_on))

    def _spoil_number(self, key: str) -> str:
        digits = key[: next(i for i, c in enumerate(key) if not c.isdigit())]
        rest = key[len(digits) :]
        place = self.random.randrange(len(digits))
        how = self.random.randrange(3)
        if how == 0 and len(digits) > 1:
            place = min(place, len(digits) - 2)
            wrong = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
        elif how == 1 and len(digits) > 1:
            wrong = digits[:place] + digits[place + 1 :]
        else:
            wrong = digits[:place] + self.random.choice([d for d in "123456789" if d != digits[place]]) + digits[place + 1 :]
        return (wrong.lstrip("0") or digits) + rest

    def _spoil_date(self, when: str) -> str:
        year, month, day = (int(x) for x in when.split("-"))
        how = self.random.randrange(3)
        if how == 0:
            year += self.random.choice((-1, 1))
        elif how == 1:
            month = self.random.choice([m for m in range(1, 13) if m != month])
        else:
            day = self.random.choice([d for d in range(1, 29) if d != day])
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return f"{year:04d}-{month:02d}-{min(day, last):02d}"
