"""What a plan does to the documents that it cites, composed: title × opening × purposes × duties, with links, parents and edges known.

The issuer is a province's committee, department, commune or party committee; the documents stand above it in the State's or the Party's
line. ``errors`` says which relation, link, parent or edge is read otherwise.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from schemas.record import Record
from tests.forms.composed import read_plan
from tests.forms.papers import Paper, a_day

TAIL = "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n{role}\nNguyễn Văn An\n"
ISSUERS = {
    "province": ("ỦY BAN NHÂN DÂN\nTỈNH BẮC GIANG", "UBND", "Ủy ban nhân dân tỉnh", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
    "department": ("UBND TỈNH BẮC GIANG\nSỞ NỘI VỤ", "SNV", "Sở Nội vụ", "GIÁM ĐỐC"),
    "commune": ("ỦY BAN NHÂN DÂN\nXÃ TÂN AN", "UBND", "Ủy ban nhân dân xã", "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH"),
}
PARTY_HEAD = "ĐẢNG BỘ TỈNH BẮC GIANG\nBAN THƯỜNG VỤ ĐẢNG ỦY XÃ TÂN AN\n*\nSố 57-KH/ĐU\nĐẢNG CỘNG SẢN VIỆT NAM\nTân An, ngày 12 tháng 01 năm 2026\n"
SUBJECTS = ("về phát triển kinh tế tư nhân", "về chuyển đổi số", "về công tác dân vận trong tình hình mới", "về bảo vệ môi trường làng nghề")


@dataclass
class Case:
    """A plan and what it says: relations of the mentions of each key in reading order, implemented parents, edges."""

    text: str
    relations: dict[str, list[str]] = field(default_factory=dict)
    parents: frozenset[str] = frozenset()
    edges: frozenset[tuple[str, str, str]] = frozenset()


Composer = Callable[[random.Random], Case]
COMPOSERS: dict[str, Composer] = {}


def composer(function: Composer) -> Composer:
    COMPOSERS[function.__name__] = function
    return function


def _paper(rng: random.Random, kind: str, symbol: str, issuer: str) -> Paper:
    return Paper(kind, f"{rng.randint(11, 400)}", symbol, issuer, a_day(rng))


def central_party(rng: random.Random) -> Paper:
    kind, letters = rng.choice((("Nghị quyết", "NQ"), ("Kết luận", "KL"), ("Chỉ thị", "CT"), ("Quy định", "QĐ")))
    return _paper(rng, kind, f"-{letters}/TW", rng.choice(("Bộ Chính trị", "Ban Bí thư")))


def provincial_party(rng: random.Random) -> Paper:
    kind, letters = rng.choice((("Kế hoạch", "KH"), ("Chương trình hành động", "CTr"), ("Nghị quyết", "NQ"), ("Chỉ thị", "CT")))
    return _paper(rng, kind, f"-{letters}/TU", rng.choice(("Tỉnh ủy", "Ban Thường vụ Tỉnh ủy")))


def government(rng: random.Random) -> Paper:
    kind, letters, symbol, issuer = rng.choice((
        ("Nghị quyết", "NQ", "CP", "Chính phủ"), ("Quyết định", "QĐ", "TTg", "Thủ tướng Chính phủ"), ("Chỉ thị", "CT", "TTg", "Thủ tướng Chính phủ"),
        ("Công điện", "CĐ", "TTg", "Thủ tướng Chính phủ"),
    ))  # fmt: skip
    return _paper(rng, kind, f"/{letters}-{symbol}", issuer)


def provincial(rng: random.Random) -> Paper:
    kind, letters = rng.choice((("Kế hoạch", "KH"), ("Quyết định", "QĐ"), ("Chỉ thị", "CT")))
    return _paper(rng, kind, f"/{letters}-UBND", rng.choice(("Ủy ban nhân dân tỉnh", "UBND tỉnh")))


def decree(rng: random.Random) -> Paper:
    day = a_day(rng)
    return Paper("Nghị định", f"{rng.randint(11, 190)}", f"/{day.year}/NĐ-CP", "Chính phủ", day)


LAWS = (("Luật Tổ chức chính quyền địa phương năm 2025", "72/2025/QH15"), ("Luật Đất đai năm 2024", "31/2024/QH15"), ("Luật Trẻ em năm 2016", "102/2016/QH13"))


def whole(paper: Paper, *, dated: bool = True) -> str:
    day = f" ngày {paper.day.day:02}/{paper.day.month}/{paper.day.year}" if dated else ""
    return f"{paper.kind} số {paper.key}{day} của {paper.issuer}"


def plan(rng: random.Random, level: str, title: str, opening: str, purpose: str = "", duty: str = "") -> str:
    if level == "party":
        head, name, role = PARTY_HEAD, "Ban Thường vụ Đảng ủy xã", "T/M BAN THƯỜNG VỤ\nBÍ THƯ"
    else:
        letters, symbol, name, role = ISSUERS[level]
        head = f"{letters}\nSố: 57/KH-{symbol}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nTân An, ngày 12 tháng 01 năm 2026\n"
    opening = opening.replace("{name}", name).replace("{Name}", name)
    purpose = purpose or "Nâng cao nhận thức, trách nhiệm của cán bộ, đảng viên và Nhân dân."
    duty = duty or "Tuyên truyền sâu rộng trong toàn địa bàn bằng nhiều hình thức phù hợp."
    return (
        f"{head}KẾ HOẠCH\n{title}\n{opening}\nI. MỤC ĐÍCH, YÊU CẦU\n1. {purpose}\n2. Bảo đảm thiết thực, hiệu quả.\nII. NHIỆM VỤ\n1. {duty}\n"
        f"2. Kiểm tra việc chấp hành tại các thôn, tổ dân phố.{TAIL.format(role=role)}"
    )  # fmt: skip


def launch(rng: random.Random) -> str:
    return rng.choice((
        "{name} xây dựng Kế hoạch thực hiện như sau:", "{name} ban hành Kế hoạch với các nội dung sau:", "{name} xây dựng kế hoạch như sau:",
        "{name} ban hành Kế hoạch triển khai thực hiện, cụ thể như sau:",
    ))  # fmt: skip


def carries_out(rng: random.Random) -> str:
    return rng.choice(("Thực hiện", "Triển khai thực hiện", "Triển khai", "Thi hành", "Tổ chức thực hiện"))


TOPIC = "Nâng cao chất lượng phục vụ Nhân dân năm 2026"


@composer
def opened(rng: random.Random) -> Case:
    """The opening carries one out; the title states an aim."""
    paper = rng.choice((government, provincial_party, central_party))(rng)
    text = plan(rng, "province", TOPIC, f"{carries_out(rng)} {whole(paper)} {rng.choice(SUBJECTS)}, {launch(rng)}")
    return Case(text, {paper.key: ["implements"]}, frozenset({paper.key}))


@composer
def titled(rng: random.Random) -> Case:
    paper = rng.choice((provincial, provincial_party, government))(rng)
    subject = rng.choice(SUBJECTS)
    level = rng.choice(("department", "commune")) if "UBND" in paper.symbol else "province"
    title = f"{carries_out(rng)} {whole(paper, dated=rng.random() < 0.7)} {subject}"
    text = plan(rng, level, title, f"{carries_out(rng)} {whole(paper)} {subject}, {launch(rng)}")
    return Case(text, {paper.key: ["implements", "implements"]}, frozenset({paper.key}))


@composer
def grounds_and_order(rng: random.Random) -> Case:
    """Lines «Căn cứ …;» and then the order that is carried out."""
    (law, number), norm, order = rng.choice(LAWS), decree(rng), rng.choice((provincial_party, government))(rng)
    opening = f"Căn cứ {law};\nCăn cứ {whole(norm)} quy định chi tiết thi hành;\n{carries_out(rng)} {whole(order)} {rng.choice(SUBJECTS)};\n{launch(rng)}"
    return Case(plan(rng, "province", TOPIC, opening), {number: ["based_on"], norm.key: ["based_on"], order.key: ["implements"]}, frozenset({order.key}))


@composer
def grounded_and_purposed(rng: random.Random) -> Case:
    """«Căn cứ Kế hoạch …» and a purpose that carries it out."""
    paper = rng.choice((provincial, provincial_party))(rng)
    level = "department" if "UBND" in paper.symbol else "province"
    purpose = rng.choice(("Triển khai thực hiện có hiệu quả {}.", "Cụ thể hóa và tổ chức thực hiện {}.", "Quán triệt, triển khai kịp thời {} đến cán bộ, công chức."))
    text = plan(rng, level, TOPIC, f"Căn cứ {whole(paper)} {rng.choice(SUBJECTS)}, {launch(rng)}", purpose.format(f"{paper.kind} số {paper.key}"))
    return Case(text, {paper.key: ["based_on", "implements"]}, frozenset({paper.key}))


@composer
def chained(rng: random.Random) -> Case:
    """A carries out B, which carries out C."""
    chain = [provincial(rng), provincial_party(rng), central_party(rng)][rng.choice((0, 1)):]
    level = "department" if len(chain) == 3 else "province"
    via = rng.choice((" về thực hiện ", " về triển khai thực hiện ", " triển khai thực hiện ", " về việc thực hiện "))
    text = plan(rng, level, TOPIC, f"{carries_out(rng)} {via.join(whole(p) for p in chain)} {rng.choice(SUBJECTS)}, {launch(rng)}")
    relations = {p.key: ["cites"] for p in chain[1:]} | {chain[0].key: ["implements"]}
    edges = frozenset((a.key, b.key, "implements") for a, b in pairwise(chain))
    return Case(text, relations, frozenset({chain[0].key}), edges)


@composer
def side_by_side(rng: random.Random) -> Case:
    """Two of one line: the one of the issuer closest in the line of command is the parent."""
    upper, lower = central_party(rng), provincial_party(rng)
    joint = rng.choice((" và ", ", ", "; "))
    subjects = rng.choice((("", ""), (" " + rng.choice(SUBJECTS), "")))
    text = plan(rng, "party", TOPIC, f"{carries_out(rng)} {whole(upper)}{subjects[0]}{joint}{whole(lower)} {rng.choice(SUBJECTS)}, {launch(rng)}")
    return Case(text, {upper.key: ["implements"], lower.key: ["implements"]}, frozenset({lower.key}))


@composer
def line_by_line(rng: random.Random) -> Case:
    """«Thực hiện …;» line by line: Government and province's committee before a department."""
    upper, lower = government(rng), provincial(rng)
    opening = f"{carries_out(rng)} {whole(upper)} {rng.choice(SUBJECTS)};\n{carries_out(rng)} {whole(lower)} {rng.choice(SUBJECTS)};\n{launch(rng)}"
    return Case(plan(rng, "department", TOPIC, opening), {upper.key: ["implements"], lower.key: ["implements"]}, frozenset({lower.key}))


@composer
def told_in_a_duty(rng: random.Random) -> Case:
    """What a duty tells others to carry out, or follows, is cited."""
    parent, other = provincial_party(rng), rng.choice((decree, government, provincial))(rng)
    duty = rng.choice((
        "Đẩy mạnh thực hiện {} trong các cơ quan, đơn vị.", "Tiếp tục thực hiện nghiêm {}.", "Giải quyết chế độ theo Điều 5 {}.", "Công khai thông tin theo quy định tại {}.",
        "Rà soát, sửa đổi quy chế bảo đảm phù hợp với {}.", "Tổ chức tập huấn, phổ biến {} cho công chức cấp xã.",
        "Xử lý nghiêm các trường hợp vi phạm {}.", "Lồng ghép với việc thực hiện {}.", "Hướng dẫn các đơn vị thực hiện {}.", "Đăng tải toàn văn {} trên Trang thông tin điện tử.",
    )).format(whole(other))  # fmt: skip
    text = plan(rng, "province", TOPIC, f"{carries_out(rng)} {whole(parent)} {rng.choice(SUBJECTS)}, {launch(rng)}", duty=duty)
    return Case(text, {parent.key: ["implements"], other.key: ["cites"]}, frozenset({parent.key}))


@composer
def carried_out_again(rng: random.Random) -> Case:
    """The parent named again: where a duty carries it out, and where it only points into it."""
    parent = provincial_party(rng)
    short = f"{parent.kind} số {parent.key}"
    duty, relation = rng.choice((
        (f"Tổ chức quán triệt, triển khai thực hiện {short} đến toàn thể đảng viên.", "implements"), (f"Giám sát việc thực hiện {short}.", "implements"),
        (f"Sơ kết việc thực hiện {short} trước ngày 30/6/2026.", "implements"), (f"Xử lý các hành vi vi phạm {short}.", "cites"),
        (f"Đăng tải {short} trên Trang thông tin điện tử.", "cites"),
        (f"Cụ thể hóa {short} thành chương trình công tác của đơn vị.", "implements"),
    ))  # fmt: skip
    text = plan(rng, "province", TOPIC, f"{carries_out(rng)} {whole(parent)} {rng.choice(SUBJECTS)}, {launch(rng)}", duty=duty)
    return Case(text, {parent.key: ["implements", relation]}, frozenset({parent.key}))


@composer
def replaced(rng: random.Random) -> Case:
    """The plan does away with an earlier one of its own issuer."""
    parent, old = provincial_party(rng), Paper("Kế hoạch", f"{rng.randint(11, 400)}", "/KH-UBND", "Ủy ban nhân dân tỉnh", a_day(rng))
    duty, relation = rng.choice((
        ("Kế hoạch này thay thế {}.", "replaces"), ("Kế hoạch này bãi bỏ {}.", "repeals"), ("Kế hoạch này sửa đổi, bổ sung {}.", "amends"),
    ))  # fmt: skip
    text = plan(rng, "province", TOPIC, f"{carries_out(rng)} {whole(parent)} {rng.choice(SUBJECTS)}, {launch(rng)}", duty=duty.format(whole(old)))
    return Case(text, {parent.key: ["implements"], old.key: [relation]}, frozenset({parent.key}))


@composer
def reworked_ground(rng: random.Random) -> Case:
    """A ground that a later act changed: the change is an edge between the two."""
    first, second, order = decree(rng), decree(rng), government(rng)
    link, relation = rng.choice((
        (" (được sửa đổi, bổ sung bởi {})", "amends"), (" được sửa đổi, bổ sung tại {}", "amends"), (", được sửa đổi, bổ sung một số điều bởi {}", "amends"),
        (" đã được thay thế bởi {}", "replaces"),
    ))  # fmt: skip
    opening = f"Căn cứ {whole(first)}{link.format(whole(second))};\n{carries_out(rng)} {whole(order)} {rng.choice(SUBJECTS)};\n{launch(rng)}"
    case = Case(plan(rng, "province", TOPIC, opening), {first.key: ["based_on"], order.key: ["implements"]}, frozenset({order.key}))
    case.edges = frozenset({(second.key, first.key, relation)})
    return case


@composer
def changing_ground(rng: random.Random) -> Case:
    """«Nghị định B sửa đổi, bổ sung một số điều của Nghị định A» as a ground."""
    old, new, order = decree(rng), decree(rng), government(rng)
    link, relation = rng.choice(((" sửa đổi, bổ sung một số điều của ", "amends"), (" thay thế ", "replaces"), (" bãi bỏ ", "repeals"), (" hướng dẫn thi hành ", "guides"),
                                 (" về việc sửa đổi, bổ sung ", "amends")))  # fmt: skip
    opening = f"Căn cứ {whole(new)}{link}{whole(old)};\n{carries_out(rng)} {whole(order)} {rng.choice(SUBJECTS)};\n{launch(rng)}"
    case = Case(plan(rng, "province", TOPIC, opening), {new.key: ["based_on"], order.key: ["implements"]}, frozenset({order.key}))
    case.edges = frozenset({(new.key, old.key, relation)})
    return case


@composer
def promulgated(rng: random.Random) -> Case:
    """A line under the title: «(Ban hành kèm theo Quyết định số …)»."""
    parent, act = government(rng), Paper("Quyết định", f"{rng.randint(11, 400)}", "/QĐ-UBND", "Ủy ban nhân dân tỉnh", a_day(rng))
    line = rng.choice(("(Ban hành kèm theo {})", "(Kèm theo {})", "(Ban hành kèm theo {})"))
    title = f"{TOPIC}\n{line.format(whole(act))}"
    text = plan(rng, "province", title, f"{carries_out(rng)} {whole(parent)} {rng.choice(SUBJECTS)}, {launch(rng)}")
    return Case(text, {act.key: ["promulgates"], parent.key: ["implements"]}, frozenset({parent.key}))


@composer
def announced(rng: random.Random) -> Case:
    """«Thực hiện các Nghị quyết của Tỉnh ủy: …», «Căn cứ các văn bản sau: …», in a line or line by line under it."""
    a, b = provincial_party(rng), provincial_party(rng)
    words, relation = rng.choice((
        ("Thực hiện các văn bản của Tỉnh ủy: {}, {}, ", "implements"), ("Thực hiện các chủ trương của Tỉnh ủy: {} và {}; ", "implements"),
        ("Thực hiện các văn bản:\n- {};\n- {}.\n", "implements"), ("Thực hiện:\n- {};\n- {};\n", "implements"), ("Triển khai thực hiện các văn bản sau:\n- {};\n- {}.\n", "implements"),
        ("Thực hiện các văn bản chỉ đạo của Tỉnh ủy gồm: {}; {}, ", "implements"),
    ))  # fmt: skip
    text = plan(rng, "province", TOPIC, words.format(whole(a), whole(b)) + launch(rng))
    return Case(text, {a.key: [relation], b.key: [relation]}, frozenset({a.key, b.key}))


@composer
def grounds_announced(rng: random.Random) -> Case:
    """«Căn cứ:» over its lines, and the order behind them."""
    (law, number), norm, order = rng.choice(LAWS), decree(rng), rng.choice((provincial_party, government))(rng)
    words = rng.choice((
        "Căn cứ:\n- {};\n- {};\n", "Căn cứ các văn bản sau:\n- {};\n- {};\n", "Căn cứ các văn bản: {}; {};\n", "Căn cứ pháp lý:\n- {};\n- {}.\n", "Căn cứ các quy định tại {}, {};\n",
        "Căn cứ vào {}; {};\n", "- Căn cứ {};\n- Căn cứ {};\n",
    ))  # fmt: skip
    opening = f"{words.format(law, whole(norm))}{carries_out(rng)} {whole(order)} {rng.choice(SUBJECTS)}, {launch(rng)}"
    return Case(plan(rng, "province", TOPIC, opening), {number: ["based_on"], norm.key: ["based_on"], order.key: ["implements"]}, frozenset({order.key}))


@composer
def launched_in_other_words(rng: random.Random) -> Case:
    """Openings of other shapes: the aim first, the order behind; two sentences; the issuer first."""
    paper = rng.choice((provincial_party, government))(rng)
    words = rng.choice((
        "Để triển khai thực hiện {}, {{name}} ban hành Kế hoạch như sau:", "Nhằm thực hiện có hiệu quả {}, {{name}} xây dựng Kế hoạch với các nội dung sau:",
        "{{name}} xây dựng Kế hoạch thực hiện {} như sau:", "{{name}} ban hành Kế hoạch triển khai {} với những nội dung sau đây:",
        "Thực hiện {}. {{name}} xây dựng Kế hoạch như sau:", "Tiếp tục triển khai thực hiện {}, {{name}} ban hành Kế hoạch như sau:",
        "Quán triệt và tổ chức thực hiện {}, {{name}} ban hành Kế hoạch như sau:", "Cụ thể hóa {}, {{name}} xây dựng kế hoạch cụ thể như sau:",
        "Thực hiện chỉ đạo của cấp trên tại {}, {{name}} xây dựng Kế hoạch như sau:",
    ))  # fmt: skip
    text = plan(rng, "province", TOPIC, words.format(f"{whole(paper)} {rng.choice(SUBJECTS)}").replace("{{name}}", "{name}"))
    return Case(text, {paper.key: ["implements"]}, frozenset({paper.key}))


def errors(case: Case) -> Sequence[str]:
    record: Record = read_plan(case.text)
    out = []
    for key, want in case.relations.items():
        have = [c.relation for c in record.citations if c.key == key and c.form != "anaphora"]
        if have != want:
            out.append(f"relation of {key}: {have}, not {want}")
    parents = {link.target for link in record.links if link.parent}
    if parents != case.parents:
        out.append(f"parents: {sorted(parents)}, not {sorted(case.parents)}")
    edges = {(e.source, e.target, e.relation) for e in record.edges}
    if edges != case.edges:
        out.append(f"edges: {sorted(edges)}, not {sorted(case.edges)}")
    return out


def tried(name: str, seed: int) -> list[str]:
    case = COMPOSERS[name](random.Random(f"{name} {seed}"))
    return [f"{said}\n{case.text}" for said in errors(case)]
