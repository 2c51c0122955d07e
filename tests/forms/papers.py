"""Documents drawn with kind, number, symbol, day and issuer, and mentions of them in the ways of offices."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from extractors.rulebook import lexicon


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: ``key`` in normal form, ``number`` and ``symbol`` as it is printed."""

    kind: str
    number: str
    symbol: str  # with its first separator: "/QĐ-TTg", "-NQ/TW", "/2024/NĐ-CP"
    issuer: str
    day: date

    @property
    def key(self) -> str:
        return self.number + self.symbol


@dataclass(frozen=True, slots=True)
class Mention:
    """What a mention says; fields as in the record."""

    words: str
    key: str
    issued_on: str | None = None
    issuer: str | None = None
    pinpoints: tuple[str, ...] = ()


PARTY = (
    ("Nghị quyết", "NQ"), ("Chỉ thị", "CT"), ("Kết luận", "KL"), ("Quy định", "QĐ"), ("Quyết định", "QĐ"), ("Hướng dẫn", "HD"), ("Kế hoạch", "KH"),
    ("Chương trình", "CTr"), ("Thông báo", "TB"), ("Công văn", "CV"), ("Báo cáo", "BC"), ("Quy chế", "QC"), ("Chương trình hành động", "CTr"),
    ("Thông tri", "TT"), ("Đề án", "ĐA"), ("Tờ trình", "TTr"),
)  # fmt: skip
PARTY_BODIES = (
    ("TW", "Bộ Chính trị"), ("TW", "Ban Bí thư"), ("TW", "Ban Chấp hành Trung ương"), ("TW", "Ban Bí thư Trung ương Đảng"), ("TW", "Bộ Chính trị khóa XIII"),
    ("TU", "Tỉnh ủy"), ("TU", "Ban Thường vụ Tỉnh ủy"), ("TU", "Thành ủy Hải Phòng"), ("TU", "Ban Chấp hành Đảng bộ tỉnh"), ("ĐU", "Đảng ủy xã Tân An"),
    ("ĐU", "Đảng ủy Ủy ban nhân dân tỉnh"), ("BTCTW", "Ban Tổ chức Trung ương"), ("UBKTTU", "Ủy ban Kiểm tra Tỉnh ủy"), ("ĐU", "Ban Thường vụ Đảng ủy phường Kinh Bắc"),
    ("BTGDVTU", "Ban Tuyên giáo và Dân vận Tỉnh ủy"), ("VPTU", "Văn phòng Tỉnh ủy"), ("BCĐTW", "Ban Chỉ đạo Trung ương về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số"),
    ("TU", "Ban Thường vụ Tỉnh ủy Bắc Ninh"), ("TU", "Tỉnh ủy khóa XX"), ("BNCTW", "Ban Nội chính Trung ương"),
)  # fmt: skip
STATE = (
    ("Quyết định", "QĐ"), ("Kế hoạch", "KH"), ("Chỉ thị", "CT"), ("Công điện", "CĐ"), ("Thông báo", "TB"), ("Hướng dẫn", "HD"), ("Báo cáo", "BC"),
    ("Tờ trình", "TTr"), ("Chương trình", "CTr"), ("Nghị quyết", "NQ"), ("Phương án", "PA"), ("Đề án", "ĐA"), ("Quy chế", "QC"), ("Chương trình hành động", "CTr"),
    ("Thông báo kết luận", "TB"),
)  # fmt: skip
STATE_BODIES = (
    ("TTg", "Thủ tướng Chính phủ"), ("CP", "Chính phủ"), ("UBND", "Ủy ban nhân dân tỉnh"), ("UBND", "UBND tỉnh Bắc Giang"), ("UBND", "Chủ tịch UBND tỉnh"),
    ("UBND", "Ủy ban nhân dân thành phố Hải Phòng"), ("UBND", "UBND xã Tân An"), ("HĐND", "Hội đồng nhân dân tỉnh"), ("HĐND", "HĐND tỉnh khóa XVIII"), ("BNV", "Bộ Nội vụ"),
    ("BTC", "Bộ trưởng Bộ Tài chính"), ("BNNMT", "Bộ Nông nghiệp và Môi trường"), ("BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"), ("VPCP", "Văn phòng Chính phủ"),
    ("SNV", "Sở Nội vụ"), ("SGDĐT", "Sở Giáo dục và Đào tạo"), ("SYT", "Giám đốc Sở Y tế"), ("TTCP", "Thanh tra Chính phủ"), ("BGDĐT", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ("BKHCN", "Bộ Khoa học và Công nghệ"), ("CAT", "Công an tỉnh"), ("UBND", "Ủy ban nhân dân phường Kinh Bắc"), ("BCA", "Bộ Công an"),
    ("BHXH", "Bảo hiểm xã hội Việt Nam"), ("TANDTC", "Tòa án nhân dân tối cao"), ("BCT", "Bộ Công Thương"), ("UBDT", "Ủy ban Dân tộc"), ("KBNN", "Kho bạc Nhà nước"),
)  # fmt: skip
NORMS = (
    ("Nghị định", "NĐ", "CP", "Chính phủ"), ("Thông tư", "TT", "BTC", "Bộ Tài chính"), ("Thông tư", "TT", "BGDĐT", "Bộ trưởng Bộ Giáo dục và Đào tạo"),
    ("Quyết định", "QĐ", "TTg", "Thủ tướng Chính phủ"), ("Quyết định", "QĐ", "UBND", "UBND tỉnh"), ("Nghị quyết", "NQ", "HĐND", "Hội đồng nhân dân tỉnh"),
    ("Thông tư", "TT", "BNNMT", "Bộ Nông nghiệp và Môi trường"), ("Nghị quyết", "NQ", "CP", "Chính phủ"), ("Thông tư", "TT", "BVHTTDL", "Bộ Văn hóa, Thể thao và Du lịch"),
    ("Thông tư", "TT", "NHNN", "Ngân hàng Nhà nước Việt Nam"),
)  # fmt: skip
LETTERS = (
    ("UBND", "NC", "UBND tỉnh"), ("BNV", "TCBC", "Bộ Nội vụ"), ("SGDĐT", "GDTH", "Sở Giáo dục và Đào tạo"), ("VPCP", "KTTH", "Văn phòng Chính phủ"), ("STC", "NS", "Sở Tài chính"),
    ("TTCP", "C.IV", "Thanh tra Chính phủ"), ("SNV", "CCHC&PC", "Sở Nội vụ"), ("BYT", "KCB", "Bộ Y tế"), ("UBND", "VX", "Ủy ban nhân dân tỉnh"), ("BKHĐT", "TH", "Bộ Kế hoạch và Đầu tư"),
)  # fmt: skip
SUBJECTS = (
    "về phát triển kinh tế tư nhân", "về việc tăng cường quản lý đất đai", "về chuyển đổi số", "phê duyệt Chương trình phát triển thanh niên", "ban hành Quy chế làm việc",
    "quy định chế độ báo cáo", "về công tác dân vận trong tình hình mới", "hướng dẫn thực hiện dân chủ ở cơ sở", "V/v triển khai tháng hành động vì trẻ em",
)  # fmt: skip

_FIRST = date(2019, 1, 1)


def a_day(rng: random.Random) -> date:
    return _FIRST + timedelta(rng.randrange(2500))


def party(rng: random.Random) -> Paper:
    (kind, letters), (symbol, issuer) = rng.choice(PARTY), rng.choice(PARTY_BODIES)
    return Paper(kind, number(rng, 700), f"-{letters}/{symbol}", issuer, a_day(rng))


def state(rng: random.Random) -> Paper:
    (kind, letters), (symbol, issuer) = rng.choice(STATE), rng.choice(STATE_BODIES)
    return Paper(kind, number(rng, 4000), f"/{letters}-{symbol}", issuer, a_day(rng))


def norm(rng: random.Random) -> Paper:
    kind, letters, symbol, issuer = rng.choice(NORMS)
    day = a_day(rng)
    return Paper(kind, number(rng, 200), f"/{day.year}/{letters}-{symbol}", issuer, day)


def letter(rng: random.Random) -> Paper:
    symbol, unit, issuer = rng.choice(LETTERS)
    return Paper(rng.choice(("Công văn", "Công văn", "Văn bản")), number(rng, 9000), f"/{symbol}-{unit}", issuer, a_day(rng))


def assembly(rng: random.Random) -> Paper:
    day = a_day(rng)
    if rng.random() < 0.5:
        return Paper("Nghị quyết", number(rng, 300), f"/{day.year}/QH15", "Quốc hội", day)
    return Paper("Nghị quyết", number(rng, 1900), f"/{day.year}/UBTVQH15", "Ủy ban Thường vụ Quốc hội", day)


SORTS: dict[str, Callable[[random.Random], Paper]] = {f.__name__: f for f in (party, state, norm, letter, assembly)}


def number(rng: random.Random, high: int) -> str:
    return f"{rng.randint(1, high):02}"


def date_words(rng: random.Random, day: date) -> str:
    d, m = f"{day.day:02}", rng.choice((f"{day.month:02}", str(day.month)))
    return rng.choice((
        f" ngày {d}/{m}/{day.year}", f" ngày {d}/{m}/{day.year}", f", ngày {d}/{m}/{day.year}", f" ngày {d} tháng {m} năm {day.year}", f" ngày {d}-{m}-{day.year}",
        f" ngày {d}.{m}.{day.year}", f" ngày {day.day}/{day.month}/{day.year}", f" ngày {d} tháng {m} năm {day.year},"[:-1],
    ))  # fmt: skip


def number_words(rng: random.Random, paper: Paper) -> str:
    """The number as it is printed, sometimes with a slip: blanks at the separators, long dashes, no «số»."""
    printed = paper.key
    slip = rng.random()
    if slip < 0.06:
        printed = printed.replace("-", " - ", 1)
    elif slip < 0.1:
        printed = printed.replace("-", "–", 1)
    elif slip < 0.13:
        printed = printed.replace("/", " /", 1)
    elif slip < 0.16:
        printed = printed.replace("-", "- ", 1)
    elif slip < 0.18:
        printed = printed.replace("Đ", "Ð", 1)
    return rng.choice(("số ",) * 6 + ("", "số: ", "Số ")) + printed


PINS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Điều 4", ("điều 4",)), ("khoản 2 Điều 5", ("khoản 2 điều 5",)), ("điểm b khoản 3 Điều 12", ("điểm b khoản 3 điều 12",)), ("Điều 5, Điều 6", ("điều 5", "điều 6")),
    ("các Điều 7, 8 và 9"[4:], ("điều 7", "điều 8", "điều 9")), ("khoản 1, khoản 2 Điều 3", ("khoản 1 điều 3", "khoản 2 điều 3")), ("Chương II", ("chương ii",)),
    ("khoản 1 và khoản 3 Điều 8", ("khoản 1 điều 8", "khoản 3 điều 8")), ("điểm a, b, đ khoản 2 Điều 9", ("điểm a khoản 2 điều 9", "điểm b khoản 2 điều 9", "điểm đ khoản 2 điều 9")),
    ("Mục III", ("mục iii",)), ("Phụ lục II", ("phụ lục ii",)), ("Mục 2 Chương III", ("mục 2 chương iii",)), ("tiết a điểm 2 mục III", ("tiết a điểm 2 mục iii",)),
    ("khoản 4, Điều 10", ("khoản 4 điều 10",)), ("Điều 15 và Điều 17", ("điều 15", "điều 17")), ("điểm c, khoản 1, Điều 2", ("điểm c khoản 1 điều 2",)),
    ("khoản 2, 3, 4 Điều 6", ("khoản 2 điều 6", "khoản 3 điều 6", "khoản 4 điều 6")), ("Phần II", ("phần ii",)), ("Phụ lục I, II", ("phụ lục i", "phụ lục ii")),
    ("điểm a khoản 1, điểm b khoản 2 Điều 7", ("điểm a khoản 1 điều 7", "điểm b khoản 2 điều 7")), ("Điều 5 đến Điều 8", ("điều 5", "điều 6", "điều 7", "điều 8")),
    ("điểm 2.1 khoản 2 Mục III", ("điểm 2.1 khoản 2 mục iii",)), ("Điều 12a", ("điều 12a",)), ("khoản 1a Điều 4", ("khoản 1a điều 4",)), ("Mục II.3", ("mục ii.3",)),
    ("khoản 1, 2 Điều 3 và khoản 5 Điều 4", ("khoản 1 điều 3", "khoản 2 điều 3", "khoản 5 điều 4")), ("điểm a khoản 1 Mục II Phần B", ("điểm a khoản 1 mục ii phần b",)),
)  # fmt: skip


def mention(rng: random.Random, paper: Paper, *, pin: bool = False, bare: bool = False) -> Mention:
    """A mention of the paper, mostly with date and issuer."""
    kind = rng.choice((paper.kind,) * 9 + (paper.kind.lower(),))
    words = f"{kind} {number_words(rng, paper)}"
    when = None if bare or rng.random() < 0.2 else paper.day.isoformat()
    words += date_words(rng, paper.day) if when else ""
    issuer = None if bare or rng.random() < 0.2 else paper.issuer
    words += rng.choice((" của ",) * 9 + (", của ",)) + issuer if issuer else ""
    labels: tuple[str, ...] = ()
    if pin:
        place, labels = rng.choice(PINS)
        words = place + rng.choice((" ", " ", " ", ", ", " của ")) + words
    return Mention(words, paper.key, when, issuer, labels)


_ROWS = [row for row in lexicon("laws") if row["kind"] == "Luật" and row["number"] and row["passed"] and "sửa đổi" not in row["name"]]
_TITLES = Counter((row["name"], row["year"]) for row in _ROWS)
LAWS = tuple(row for row in _ROWS if _TITLES[row["name"], row["year"]] == 1)
"""The laws that the lexicon knows, but for those of which one year saw two."""


def law(rng: random.Random, *, pin: bool = False) -> Mention:
    """A law by its name with its year, number or day."""
    row = rng.choice(LAWS)
    name, year, key, day = row["name"], row["year"], row["number"], date.fromisoformat(row["passed"])
    tail, when, issuer = rng.choice((
        (f" năm {year}", None, None), (f" năm {year}", None, None), (f" số {key}", None, None), (f" (năm {year})", None, None), (f", năm {year}", None, None),
        (f" số {key} ngày {day.day:02}/{day.month}/{year}", day, None), (f" ngày {day.day:02} tháng {day.month} năm {year}", day, None), (f" {year}", None, None),
        (f" ngày {day.day:02}/{day.month}/{year} của Quốc hội", day, "Quốc hội"), (f" (Luật số {key})", None, None),
    ))  # fmt: skip
    words, labels = f"Luật {name}{tail}", ()
    if pin:
        place, labels = rng.choice([p for p in PINS if "điều" in p[1][0] or "chương" in p[1][0]])
        words = place + rng.choice((" ", " ", ", ", " của ")) + words
    return Mention(words, key, when.isoformat() if when else None, issuer, labels)
