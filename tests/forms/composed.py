"""Plans composed from tasks with known answers: every layout is tried with many bodies, times and acts, not with one sentence.

A layout writes tasks down the way some office does: ``layout(tasks, rng)`` gives the text, or a ``File`` where the form needs one, and
the tasks as it tells them (one without times tells none). ``tried`` draws tasks, writes, reads and says what came out otherwise. Words are drawn by a seed, so a run
is the same everywhere.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from extractors import load, read_source
from extractors.normalize import assemble
from extractors.parts import split_parts
from pipeline.ingest import read
from schemas.record import Duty, Record

HEAD = """ỦY BAN NHÂN DÂN
TỈNH BẮC GIANG
Số: 57/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bắc Giang, ngày 12 tháng 01 năm 2026
KẾ HOẠCH
Nâng cao chất lượng phục vụ người dân và doanh nghiệp năm 2026
Thực hiện Kế hoạch số 21-KH/TU ngày 05/01/2026 của Tỉnh ủy, Ủy ban nhân dân tỉnh ban hành Kế hoạch như sau:
I. MỤC ĐÍCH, YÊU CẦU
Bảo đảm sự thống nhất trong chỉ đạo, điều hành.
"""
TAIL = """
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Nguyễn Văn An
"""
ACTS = (
    "Rà soát, cập nhật danh mục cơ sở dữ liệu dùng chung của tỉnh",
    "Ban hành quy chế tiếp nhận và trả lời kiến nghị của cử tri",
    "Tổ chức tập huấn kỹ năng số cho cán bộ thôn, tổ dân phố",
    "Xây dựng đề án sắp xếp các trạm cấp nước tập trung",
    "Kiểm tra việc thu, nộp học phí tại các trường mầm non ngoài công lập",
    "Số hóa hồ sơ đất đai lưu trữ từ năm 2015 đến năm 2020",
    "Lắp đặt hệ thống quan trắc mực nước tại các hồ chứa, đập dâng",
    "Tuyên truyền, vận động Nhân dân giao nộp vũ khí, vật liệu nổ",
    "Mở đợt cao điểm xử lý xe quá tải, xe hết niên hạn sử dụng",
    "Tham mưu ban hành chính sách hỗ trợ người trồng rừng gỗ lớn",
    "Đánh giá mức độ hài lòng của người bệnh nội trú",
    "Công khai kết quả giải quyết thủ tục hành chính trên Cổng Dịch vụ công quốc gia",
    "Bố trí kinh phí duy tu, sửa chữa các tuyến đường liên xã",
    "Sơ kết mô hình tổ công nghệ số cộng đồng, nhân rộng cách làm hiệu quả",
    "Thẩm định hồ sơ công nhận xã đạt chuẩn nông thôn mới nâng cao",
    "Khảo sát nhu cầu học nghề của lao động trở về địa phương; lập danh sách đối tượng cần hỗ trợ",
    "Đẩy mạnh thanh toán không dùng tiền mặt trong thu viện phí",
    "Phổ biến Luật Căn cước và các văn bản hướng dẫn thi hành",
    "Trồng mới 120 ha rừng phòng hộ ven sông",
    "Nâng cấp phần mềm một cửa điện tử, kết nối với Cơ sở dữ liệu quốc gia về dân cư",
    "Tiêm phòng vắc xin cho đàn gia súc",
    "Lập danh mục cây cấm trồng",
    "Giám sát chặt chẽ nguồn nước thải của các cụm công nghiệp",
    "Thực hiện chuẩn hóa quy trình nội bộ giải quyết thủ tục hành chính về đất đai",
    "Biên soạn tài liệu giáo dục địa phương lớp 9",
    "Thanh tra việc chấp hành pháp luật về an toàn thực phẩm tại các bếp ăn tập thể",
)
BODIES = (
    "Sở Tài chính", "Sở Nội vụ", "Sở Khoa học và Công nghệ", "Sở Nông nghiệp và Môi trường", "Sở Y tế", "Sở Giáo dục và Đào tạo",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Xây dựng", "Sở Công Thương", "Sở Tư pháp", "Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh",
    "Thanh tra tỉnh", "Văn phòng UBND tỉnh", "Báo và Phát thanh, Truyền hình tỉnh", "Ban Quản lý các khu công nghiệp tỉnh",
    "Trung tâm Phục vụ hành chính công tỉnh", "Kho bạc Nhà nước khu vực VI", "Thuế tỉnh", "Bảo hiểm xã hội tỉnh",
    "Liên đoàn Lao động tỉnh", "Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh", "Hội Nông dân tỉnh", "Chi cục Kiểm lâm",
    "Trường Cao đẳng Kỹ thuật Công nghiệp", "Bệnh viện Đa khoa tỉnh", "Ngân hàng Nhà nước Khu vực 12", "UBND các xã, phường",
    "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", "các sở, ban, ngành", "Phòng Văn hóa - Xã hội", "Phòng Kinh tế", "Công an xã",
    "Hiệp hội Doanh nghiệp tỉnh", "Công ty Điện lực Bắc Giang", "Ban Tuyên giáo và Dân vận Tỉnh ủy", "Trạm Y tế",
)  # fmt: skip
TIMES = (
    "Quý II/2026", "quý III năm 2026", "tháng 9/2026", "trước ngày 30/6/2026", "trước 15/11/2026", "năm 2026",
    "hằng năm", "hằng quý", "thường xuyên", "giai đoạn 2026 - 2030", "6 tháng đầu năm 2026", "chậm nhất ngày 20 tháng 12 năm 2026",
    "từ tháng 3 đến tháng 8 năm 2026", "trong tháng 10 năm 2026", "Quý I, Quý II/2026", "trước ngày 25 hằng tháng",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be done, by whom, with whom and when, in the words of the plan."""

    act: str
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    when: str = ""

    @property
    def helpers(self) -> str:
        return join(self.support)


@dataclass(frozen=True, slots=True)
class File:
    """A whole plan in a file of another kind than plain text: its suffix and what writes it."""

    suffix: str
    write: Callable[[Path], object]


Written = tuple[str | File, Sequence[Task]]
Layout = Callable[[Sequence[Task], random.Random], Written]


def join(names: Sequence[str], last: str = ", ") -> str:
    """«A, B, C», or with another word before the last: «A, B và C»."""
    return last.join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def upper(words: str) -> str:
    """With a capital: as a sentence, line or cell begins."""
    return words[:1].upper() + words[1:]


def lower(words: str) -> str:
    """With a small letter: as words go on inside a sentence."""
    return words[:1].lower() + words[1:]


def drawn(rng: random.Random, count: int, *, helpers: bool = True, times: bool = True) -> list[Task]:
    """``count`` different tasks with one lead, up to three helpers and mostly a time."""
    out = []
    for act in rng.sample(ACTS, count):
        names = rng.sample(BODIES, 1 + (rng.randrange(4) if helpers else 0))
        when = rng.choice(TIMES) if times and rng.random() < 0.85 else ""
        out.append(Task(act, tuple(names[:1]), tuple(names[1:]), when))
    return out


def plan(body: str) -> str:
    return f"{HEAD}II. NHIỆM VỤ\n{body}{TAIL}"


@cache
def language():  # type: ignore[no-untyped-def]
    return load(spans=False)


def read_plan(written: str | File) -> Record:
    """The record of a whole plan."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"plan{written.suffix if isinstance(written, File) else '.txt'}"
        if isinstance(written, File):
            written.write(path)
        else:
            path.write_text(written, encoding="utf-8")
        return read_source(language(), split_parts(assemble(read(path)))[0])


def tried(layout: Layout, seed: int, count: int = 6) -> list[str]:
    """What is read otherwise than it was written, of ``count`` tasks drawn by the seed."""
    rng = random.Random(seed)
    written, tasks = layout(drawn(rng, count), rng)
    return errors(tasks, read_plan(plan(written) if isinstance(written, str) else written))


def errors(tasks: Sequence[Task], record: Record) -> list[str]:
    """One line for each duty lost, split, not asked for, or with other doers or another time."""
    out: list[str] = []
    times = {d.id: d.text for d in record.deadlines}
    taken: set[str] = set()
    for task in tasks:
        mine = [d for d in record.duties if d.id not in taken and _words(task.act) in _words(d.text)]
        if not mine:
            out.append(f"lost: {task.act}")
            continue
        duty = mine[0]
        taken.add(duty.id)
        said = [times[i] for i in duty.deadlines]
        out += _other("lead", task, task.lead, duty.lead) + _other("support", task, task.support, duty.support)
        if not _same_time(task.when, said):
            out.append(f"time: {task.when!r} read as {said}: {task.act}")
    out += [f"surplus: {d.text}" for d in record.duties if d.id not in taken and not _foreword(d)]
    return out


def without(tasks: Sequence[Task], **fields: object) -> list[Task]:
    """The tasks with some fields set otherwise, for layouts that do not tell them."""
    return [replace(t, **fields) for t in tasks]  # type: ignore[arg-type]


def _words(text: str) -> str:
    return " ".join(text.split()).casefold().rstrip(".;")


def _other(role: str, task: Task, want: Sequence[str], have: Sequence[str]) -> list[str]:
    same = sorted(map(_words, want)) == sorted(map(_words, have))
    return [] if same else [f"{role}: {list(want)} read as {list(have)}: {task.act}"]


def _same_time(want: str, have: Sequence[str]) -> bool:
    if not want:
        return not have
    return bool(have) and all(_words(h) in _words(want) or _words(want) in _words(h) for h in have)


def _foreword(duty: Duty) -> bool:
    return "thống nhất trong chỉ đạo" in duty.text
