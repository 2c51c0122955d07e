"""Citations composed from parts with known values: kind × number × date × issuer × pinpoint × list × place in the text.

A document is drawn with its kind, number, symbol, date and issuer; ``mention`` writes it in one of the ways of offices, with the slips
that offices make; a frame puts the mentions where a plan cites. Words are drawn by a seed, so a run is the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from extractors.citations import find_citations
from schemas.record import Citation
from tests.forms.papers import SORTS, SUBJECTS, Mention, Paper, a_day, date_words, law, letter, mention, norm, number, party, state

Text = tuple[str, Sequence[Mention]]
Frame = Callable[[random.Random], Text]
FRAMES: dict[str, Frame] = {}


def frame(function: Frame) -> Frame:
    FRAMES[function.__name__] = function
    return function


def any_paper(rng: random.Random) -> Paper:
    return SORTS[rng.choice(("party", "party", "state", "state", "norm", "norm", "letter", "assembly"))](rng)


def _put(words: str, *said: Mention) -> Text:
    return words, said


@frame
def alone(rng: random.Random) -> Text:
    one = mention(rng, any_paper(rng))
    subject = rng.choice(SUBJECTS)
    return _put(rng.choice((
        f"Thực hiện {one.words} {subject}, Ủy ban nhân dân tỉnh xây dựng Kế hoạch như sau:", f"Căn cứ {one.words} {subject};", f"- Căn cứ {one.words};",
        f"Căn cứ {one.words} {subject} và tình hình thực tế của địa phương, Sở Y tế ban hành kế hoạch.", f"Triển khai {one.words}, các đơn vị rà soát hồ sơ.",
        f"Tổ chức quán triệt, tuyên truyền {one.words} {subject} đến cán bộ, đảng viên.", f"Xây dựng báo cáo (theo {one.words}).", f"Thi hành {one.words} {subject}.",
        f"Tiếp tục thực hiện có hiệu quả {one.words}; kịp thời tháo gỡ khó khăn.", f"Tham mưu kế hoạch triển khai {one.words} {subject} trước ngày 30/6/2026.",
    )), one)  # fmt: skip


@frame
def with_pinpoint(rng: random.Random) -> Text:
    one = mention(rng, any_paper(rng), pin=True)
    return _put(rng.choice((
        f"Thực hiện chế độ theo quy định tại {one.words}.", f"Xử lý theo {one.words}; báo cáo kết quả.", f"Nghiêm cấm các hành vi nêu tại {one.words}.",
        f"Công khai các nội dung quy định tại {one.words} trên trang thông tin.", f"Bảo đảm đúng đối tượng ({one.words}).", f"Căn cứ {one.words};",
    )), one)  # fmt: skip


@frame
def listed(rng: random.Random) -> Text:
    """Several documents side by side, each with its kind."""
    said = [mention(rng, any_paper(rng)) for _ in range(rng.randint(2, 4))]
    subjects = [rng.choice(("", "", " " + rng.choice(SUBJECTS))) for _ in said]
    joint = rng.choice(("; ", ", ", "; "))
    parts = [m.words + s for m, s in zip(said, subjects, strict=True)]
    last = rng.choice((joint, " và "))
    text = joint.join(parts[:-1]) + last + parts[-1]
    return _put(rng.choice((f"Thực hiện {text}.", f"Căn cứ {text}, Sở Y tế xây dựng Kế hoạch như sau:", f"Phổ biến {text} đến toàn thể viên chức.")), *said)


@frame
def lines_of_grounds(rng: random.Random) -> Text:
    said = [mention(rng, any_paper(rng)) for _ in range(3)]
    lines = [f"Căn cứ {m.words} {rng.choice(SUBJECTS)};" for m in said]
    return _put("\n".join(lines), *said)


@frame
def sharing_a_kind(rng: random.Random) -> Text:
    """«các Nghị quyết: số 18-NQ/TW ngày …, số 19-NQ/TW ngày …»: each member after the first has only its number."""
    make = SORTS[rng.choice(("party", "state", "norm"))]
    first = make(rng)
    papers = [first]
    while len(papers) < rng.randint(2, 3):
        other = make(rng)
        if other.kind == first.kind:
            papers.append(other)
    dated, issued = rng.random() < 0.6, rng.random() < 0.4
    said, out = [], []
    for n, paper in enumerate(papers):
        words = ("số " if n or rng.random() < 0.7 else "") + paper.key
        words += f" ngày {paper.day.day:02}/{paper.day.month:02}/{paper.day.year}" if dated else ""
        words += f" của {paper.issuer}" if issued else ""
        out.append(words)
        said.append(Mention(words if not n else words.removeprefix("số "), paper.key, paper.day.isoformat() if dated else None, paper.issuer if issued else None))
    joint = rng.choice((", ", "; "))
    text = joint.join(out[:-1]) + rng.choice((joint, " và ")) + out[-1]
    colon = rng.choice((" ", " ", ": "))
    said[0] = Mention(f"{first.kind}{colon}{said[0].words}", said[0].key, said[0].issued_on, said[0].issuer)
    return _put(f"Tổ chức thực hiện các {first.kind}{colon}{text}.", *said)


@frame
def sharing_a_symbol(rng: random.Random) -> Text:
    """«các Quyết định số 12, 13/QĐ-UBND»."""
    paper = rng.choice((party, state))(rng)
    numbers = sorted(rng.sample(range(10, 99), rng.randint(2, 3)))
    bare = rng.choice((", ", ", ", " và ")).join(map(str, numbers[:-1])) if len(numbers) == 2 else ", ".join(map(str, numbers[:-1]))
    joint = rng.choice((", ", " và ", " và số "))
    said = [Mention(f"{paper.kind} số {numbers[0]}", f"{numbers[0]}{paper.symbol}")]
    said += [Mention(str(n), f"{n}{paper.symbol}") for n in numbers[1:-1]]
    said += [Mention(f"{numbers[-1]}{paper.symbol} của {paper.issuer}", f"{numbers[-1]}{paper.symbol}", None, paper.issuer)]
    return _put(f"Rà soát việc thực hiện các {paper.kind} số {bare}{joint}{numbers[-1]}{paper.symbol} của {paper.issuer}.", *said)


@frame
def nested(rng: random.Random) -> Text:
    """One that carries out another that carries out a third."""
    said = [mention(rng, any_paper(rng)) for _ in range(rng.randint(2, 3))]
    via = rng.choice((" về thực hiện ", " về việc triển khai thực hiện ", " triển khai thực hiện ", " về triển khai ", " hướng dẫn thực hiện ", " ban hành Kế hoạch thực hiện "))
    return _put(f"Căn cứ {via.join(m.words for m in said)} {rng.choice(SUBJECTS)};", *said)


@frame
def amended(rng: random.Random) -> Text:
    old, new = norm(rng), norm(rng)
    first, second = mention(rng, old), mention(rng, new)
    link = rng.choice((
        " (được sửa đổi, bổ sung bởi {})", " được sửa đổi, bổ sung tại {}", "; {} sửa đổi, bổ sung một số điều của ", " thay thế ", " bãi bỏ ", ", được thay thế bởi {}",
        " sửa đổi, bổ sung ", " đã được sửa đổi, bổ sung một số điều theo {}", " về việc sửa đổi, bổ sung một số điều của ",
    ))  # fmt: skip
    if link.startswith("; "):
        third = mention(rng, old, bare=True)
        return _put(f"Căn cứ {first.words}; {second.words} sửa đổi, bổ sung một số điều của {third.words};", first, second, third)
    if "{}" in link:
        return _put(f"Căn cứ {first.words}{link.format(second.words)};", first, second)
    return _put(f"Căn cứ {first.words}{link}{second.words};", first, second)


@frame
def annexed(rng: random.Random) -> Text:
    one = mention(rng, rng.choice((state, norm))(rng))
    return _put(rng.choice((
        f"Thực hiện Quy chế làm việc ban hành kèm theo {one.words}.", f"Áp dụng bộ tiêu chí (ban hành kèm theo {one.words}).", f"Kế hoạch này được ban hành kèm theo {one.words}.",
        f"Đánh giá theo Bộ chỉ số được phê duyệt tại {one.words}.", f"Triển khai Đề án phát triển làng nghề (theo {one.words}).",
    )), one)  # fmt: skip


@frame
def short_forms(rng: random.Random) -> Text:
    paper = rng.choice((party, state, norm))(rng)
    kind = paper.kind
    first = mention(rng, paper)
    first = Mention(kind + first.words[len(kind):], *(first.key, first.issued_on, first.issuer))
    words = rng.choice((f"{kind} số {paper.number}", f"{kind} {paper.number}"))
    intro = rng.choice(("", f" (sau đây gọi tắt là {kind} {paper.number})", f" (sau đây viết tắt là {kind} số {paper.number})", f" (gọi tắt là {kind} số {paper.number})"))
    said = [first]
    if intro:
        said.append(Mention(intro.split(" là ")[1].rstrip(")"), paper.key))
    said.append(Mention(words, paper.key))
    return _put(f"Thực hiện {first.words}{intro} {rng.choice(SUBJECTS)}. Các đơn vị tiếp tục quán triệt {words} bằng nhiều hình thức.", *said)


@frame
def short_forms_listed(rng: random.Random) -> Text:
    """«các Nghị quyết số 57-NQ/TW, …; tiếp tục thực hiện các Nghị quyết 57, 59 và 66»."""
    numbers = sorted(rng.sample(range(11, 99), rng.randint(2, 4)))
    whole = [f"{n}-NQ/TW" for n in numbers]
    said = [Mention(("Nghị quyết số " if not i else "") + key, key) for i, key in enumerate(whole)]
    short = [Mention(("Nghị quyết " if not i else "") + str(n), f"{n}-NQ/TW") for i, n in enumerate(numbers)]
    listed = ", ".join(map(str, numbers[:-1])) + rng.choice((", ", " và ")) + str(numbers[-1])
    return _put(f"Quán triệt các Nghị quyết số {', '.join(whole)}. Tiếp tục thực hiện các Nghị quyết {listed} trong năm 2026.", *said, *short)


@frame
def in_a_cell(rng: random.Random) -> Text:
    said = [mention(rng, any_paper(rng)) for _ in range(2)]
    return _put(f"1\tTriển khai {said[0].words}\tSở Y tế\tQuý II/2026\t{said[1].words}", *said)


@frame
def issuer_first(rng: random.Random) -> Text:
    """«Công văn của Bộ Nội vụ số 12/BNV-TL»."""
    paper = rng.choice((party, state, letter))(rng)
    dated = rng.random() < 0.7
    when = date_words(rng, paper.day) if dated else ""
    words = f"{paper.kind} của {paper.issuer} số {paper.key}{when}"
    return _put(f"Thực hiện {words} {rng.choice(SUBJECTS)}.", Mention(words, paper.key, paper.day.isoformat() if dated else None, paper.issuer))


@frame
def short_kinds(rng: random.Random) -> Text:
    """«QĐ số 45/QĐ-UBND», «NQ 57-NQ/TW», «NĐ số 30/2020/NĐ-CP», and numbers without a kind."""
    paper = rng.choice((party, state, norm))(rng)
    letters = paper.symbol.split("/")[-1].split("-")[0] if paper.symbol[0] == "/" else paper.symbol[1:].split("/")[0]
    words = rng.choice((f"{letters} số {paper.key}", f"{letters} {paper.key}", f"{paper.key}"))
    words += date_words(rng, paper.day) if (dated := rng.random() < 0.5) else ""
    words += f" của {paper.issuer}" if (issued := rng.random() < 0.5) else ""
    one = Mention(words, paper.key, paper.day.isoformat() if dated else None, paper.issuer if issued else None)
    return _put(rng.choice((f"Thực hiện {words}.", f"Rà soát theo {words}; báo cáo kết quả.", f"Hoàn thành nhiệm vụ được giao ({words}).")), one)


@frame
def dated_otherwise(rng: random.Random) -> Text:
    paper = any_paper(rng)
    d, m, y = f"{paper.day.day:02}", f"{paper.day.month:02}", paper.day.year
    when, known = rng.choice((
        (f" ban hành ngày {d}/{m}/{y}", True), (f" cùng ngày {d}/{m}/{y}", True), (f" được ban hành ngày {d}/{m}/{y}", True), (f" (ngày {d}/{m}/{y})", True), (f" ký ngày {d}/{m}/{y}", True), (f" ngày{d}/{m}/{y}", True),
        (f" ngày {d} / {m} / {y}", True), (f" ngày {d}tháng{m}năm {y}", True), (f" ngày {d}/{m}/ {y}", True), (f" năm {y}", False), (f" ngày     /{m}/{y}", False),
        (f" ngày ... tháng ... năm {y}", False), (f" ngày {d}  tháng {m}  năm {y}", True), (f"\nngày {d}/{m}/{y}", True), (f" ngày {d}/{m} /{y}", True), (f" tháng {m}/{y}", False),
    ))  # fmt: skip
    words = f"{paper.kind} số {paper.key}{when} của {paper.issuer}"
    return _put(f"Thực hiện {words} {rng.choice(SUBJECTS)}.", Mention(words, paper.key, paper.day.isoformat() if known else None, paper.issuer))


@frame
def broken_lines(rng: random.Random) -> Text:
    one = mention(rng, replace(any_paper(rng), issuer="Ban Thường vụ Tỉnh ủy"))
    blanks = [i for i, c in enumerate(one.words) if c == " "]
    at, of = rng.choice(blanks), one.words.find(" của ")
    ends = ("\n", "  ", "\xa0") if of < 0 or at < of else ("  ", "\xa0")  # a capital on a new line may open a paragraph
    words = one.words[:at] + rng.choice(ends) + one.words[at + 1 :]
    return _put(f"Thực hiện {words} {rng.choice(SUBJECTS)}.", Mention(words, one.key, one.issued_on, one.issuer))


@frame
def joint(rng: random.Random) -> Text:
    """Documents of several bodies."""
    day = a_day(rng)
    kind, symbol, bodies = rng.choice((
        ("Thông tư liên tịch", f"/{day.year}/TTLT-BCA-BQP", ("Bộ Công an", "Bộ Quốc phòng")), ("Kế hoạch liên ngành", "/KHLN-SYT-SGDĐT", ("Sở Y tế", "Sở Giáo dục và Đào tạo")),
        ("Quy chế phối hợp", "/QCPH-CAT-SYT", ("Công an tỉnh", "Sở Y tế")), ("Kế hoạch phối hợp", "/KHPH-SNV-TĐ", ("Sở Nội vụ", "Tỉnh đoàn")),
        ("Chương trình phối hợp", "/CTrPH-UBND-UBMTTQ", ("Ủy ban nhân dân tỉnh", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh")), ("Nghị quyết liên tịch", f"/{day.year}/NQLT-CP-UBTWMTTQVN", ("Chính phủ", "Đoàn Chủ tịch Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam")),
    ))  # fmt: skip
    key = number(rng, 400) + symbol
    among = rng.choice((" của {} và {}", " giữa {} và {}", " giữa {} với {}", " của {}, {}"))
    words = f"{kind} số {key}{date_words(rng, day)}{among.format(*bodies)}"
    issuer = among.format(*bodies).removeprefix(" của ").removeprefix(" giữa ")
    return _put(f"Triển khai {words} {rng.choice(SUBJECTS)}.", Mention(words, key, day.isoformat(), issuer))


@frame
def slips(rng: random.Random) -> Text:
    """Numbers misspelt in the usual ways; the key is the right one."""
    d = a_day(rng)
    when = f" ngày {d.day:02}/{d.month:02}/{d.year}"
    n = rng.randint(11, 99)
    words, key, issuer = rng.choice((
        (f"Quy định số {n}-QĐ/TƯ{when} của Bộ Chính trị", f"{n}-QĐ/TW", "Bộ Chính trị"), (f"Chỉ thị số {n}-CT/T.Ư{when} của Ban Bí thư", f"{n}-CT/TW", "Ban Bí thư"),
        (f"Nghị định số {n}/2024/ND-CP{when} của Chính phủ", f"{n}/2024/NĐ-CP", "Chính phủ"), (f"Quyết định số {n}/QĐ-TTG{when} của Thủ tướng Chính phủ", f"{n}/QĐ-TTg", "Thủ tướng Chính phủ"),
        (f"Quyết định số {n}/QD-UBND{when} của UBND tỉnh", f"{n}/QĐ-UBND", "UBND tỉnh"), (f"Kế hoạch số {n}/KHUBND{when} của UBND tỉnh", f"{n}/KH-UBND", "UBND tỉnh"),
        (f"Kế hoạch số {n} -KH/ĐU{when} của Đảng ủy xã Tân An", f"{n}-KH/ĐU", "Đảng ủy xã Tân An"), (f"Chương trình số {n}-CTR/TU{when} của Tỉnh ủy", f"{n}-CTr/TU", "Tỉnh ủy"),
        (f"Quyết định số {n}/QĐ-TTTP{when} của Thanh tra Chính phủ", f"{n}/QĐ-TTCP", "Thanh tra Chính phủ"), (f"Tờ trình số {n}/TTR-SNV{when} của Sở Nội vụ", f"{n}/TTr-SNV", "Sở Nội vụ"),
        (f"Chỉ thị số {n}/CTTg{when} của Thủ tướng Chính phủ", f"{n}/CT-TTg", "Thủ tướng Chính phủ"), (f"Nghị quyết số {n}-QN/TW{when} của Bộ Chính trị", f"{n}-NQ/TW", "Bộ Chính trị"),
        (f"Quyết định số {n} /QĐ- UBND{when} của UBND tỉnh", f"{n}/QĐ-UBND", "UBND tỉnh"), (f"Kế hoạch số {n}/ KH-UBND{when} của UBND tỉnh", f"{n}/KH-UBND", "UBND tỉnh"),
        (f"quyết định số {n}/qđ-ubnd{when} của ubnd tỉnh", f"{n}/QĐ-UBND", "ubnd tỉnh"), (f"Kế hoạch số{n}/KH-UBND{when} của UBND tỉnh", f"{n}/KH-UBND", "UBND tỉnh"),
        (f"Nghị quyết số {n}/NQ-TW{when} của Bộ Chính trị", f"{n}/NQ-TW", "Bộ Chính trị"),
        (f"Kế hoạch số {n}KH/TU{when} của Tỉnh ủy", f"{n}-KH/TU", "Tỉnh ủy"),
        (f"Quyết định số {n}/QĐ.UBND{when} của UBND tỉnh", f"{n}/QĐ-UBND", "UBND tỉnh"),
        (f"Quyết định số {n}/QĐ-UB{when} của UBND tỉnh", f"{n}/QĐ-UB", "UBND tỉnh"),
    ))  # fmt: skip
    return _put(f"Căn cứ {words};", Mention(words, key, d.isoformat(), issuer))


@frame
def laws(rng: random.Random) -> Text:
    said = [law(rng) for _ in range(rng.randint(1, 3))]
    joint = rng.choice(("; ", ", "))
    text = joint.join(m.words for m in said)
    return _put(rng.choice((
        f"Căn cứ {text};", f"Thực hiện {text} và các văn bản hướng dẫn thi hành.", f"Tuyên truyền, phổ biến {text} đến Nhân dân.", f"Thi hành nghiêm {text}.",
        f"Xử lý vi phạm theo {text}; báo cáo kết quả.",
    )), *said)  # fmt: skip


@frame
def laws_with_pinpoints(rng: random.Random) -> Text:
    one = law(rng, pin=True)
    return _put(rng.choice((f"Giải quyết theo quy định tại {one.words}.", f"Căn cứ {one.words};", f"Bảo đảm quyền của người dân ({one.words}).")), one)


@frame
def laws_and_others(rng: random.Random) -> Text:
    said = [law(rng), mention(rng, norm(rng)), mention(rng, any_paper(rng))]
    rng.shuffle(said)
    joint = rng.choice(("; ", ", "))
    return _put(f"Căn cứ {joint.join(m.words for m in said)};", *said)


@frame
def in_capitals(rng: random.Random) -> Text:
    """A title: «TRIỂN KHAI KẾ HOẠCH SỐ 15/KH-SGDĐT …»; who issued it is left to the case of names."""
    paper = rng.choice((party, state, norm))(rng)
    words = f"{paper.kind.upper()} SỐ {paper.key.upper()} NGÀY {paper.day.day:02}/{paper.day.month}/{paper.day.year}"
    return _put(f"TRIỂN KHAI THỰC HIỆN {words} VỀ CHUYỂN ĐỔI SỐ", Mention(words, paper.key, paper.day.isoformat()))


def said(found: Citation) -> Mention:
    return Mention(" ".join(found.text.split()), found.key or "", found.issued_on, found.issuer, found.pinpoints)


def errors(text: str, want: Sequence[Mention]) -> Iterator[str]:
    have = [said(c) for c in find_citations(text) if c.form != "anaphora"]
    wanted = [Mention(" ".join(m.words.split()), m.key, m.issued_on, m.issuer, m.pinpoints) for m in want]
    if have != wanted:
        lost = [m for m in wanted if m not in have]
        more = [m for m in have if m not in wanted]
        yield f"{text!r}: {lost} read as {more}"


def tried(name: str, seed: int) -> list[str]:
    return list(errors(*FRAMES[name](random.Random(f"{name} {seed}"))))
