"""The three forms of an audit: page, minutes, matrix. Their figures are read back and compared; the page runs in a real browser."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import openpyxl
import pytest

from pipeline.report import audit_word_template
from pipeline.report.audit_html import to_html, write_audit_html
from pipeline.report.audit_matrix import write_audit_matrix
from pipeline.report.audit_view import ORDER, counts, diff, in_order, left_out, most_open_first, new_words
from pipeline.report.audit_word import TEMPLATE, write_audit_word
from pipeline.report.texts import texts
from schemas.coverage import Audit, AuditRow, Clause, Evidence, Extra, NearMiss, NotChecked, Party, RowDecision, Slot, Verdict
from schemas.record import Document, Duty, Page, Record, Regime, Section, Source

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

CHROMIUM = Path("/usr/bin/chromium")
T = texts("vi")
PARENT = Party(key="145/KH-UBND", name="cha.pdf", sha256="p" * 64, issuer="Ủy ban nhân dân tỉnh An Hòa")
CHILD = Party(key="118/KH-SYT", name="con.docx", sha256="c" * 64, issuer="Sở Y tế")
OTHER = Party(key=None, name="xa.txt", sha256="d" * 64, issuer="Ủy ban nhân dân xã Thạnh Lộc")
TEXTS: dict[Verdict, str] = {
    "covered": "Tập huấn lưu mẫu thức ăn mỗi năm 01 lần.",
    "partial": "Kiểm tra tối thiểu 30% số bếp ăn và công khai kết quả.",
    "contradicted": "Hoàn thành ký cam kết trước ngày 30/6/2026.",
    "not_covered": "Xây dựng bộ tài liệu truyền thông cho <b>học sinh</b> & phụ huynh.",
    "needs_review": "Phối hợp theo dõi nguồn cung thực phẩm.",
    "not_applicable": "Sở Tài chính cân đối kinh phí.",
}


def row(number: int, verdict: Verdict, **known: Any) -> AuditRow:
    text = TEXTS[verdict]
    base: dict[str, Any] = {
        "duty": f"II.{number}#1", "text": text, "section": f"II.{number}", "addressees": ("Sở Y tế",), "verdict": verdict, "confidence": 0.9,
        "band": "cao", "reason": f"Lý do {number}.",
    }  # fmt: skip
    if verdict in ("covered", "partial", "contradicted"):
        said = text.replace("30/6", "31/8").replace(" và công khai kết quả", "")
        base["evidence"] = (Evidence(duty="II.1#1", start=10, end=10 + len(said), text=said, score=0.9),)
    return AuditRow(**(base | known))


def made(child: Party, *verdicts: Verdict, **known: Any) -> Audit:
    rows = tuple(row(n, v, **known.pop(f"row{n}", {})) for n, v in enumerate(verdicts, 1))
    return Audit(parent=PARENT, child=child, rows=rows, **known)


@pytest.fixture
def first() -> Audit:
    part = {
        "missing": ("công khai kết quả",),
        "clauses": (Clause(start=0, end=9, text="Kiểm tra tối thiểu 30% số bếp ăn", covered=True), Clause(start=9, end=19, text="công khai kết quả", covered=False)),
        "slots": (Slot(slot="deadline", parent="trong năm 2026", child=None, agrees=False),),
        "near_misses": (NearMiss(duty="II.9#1", start=0, end=4, text="Công khai thực đơn.", score=0.4, why="Việc khác."),),
    }  # fmt: skip
    verdicts: tuple[Verdict, ...] = ("covered", "not_applicable", "partial", "not_covered", "contradicted", "needs_review", "covered")
    return made(
        CHILD, *verdicts, row3=part, extra=(Extra(duty="II.7#1", text="Lập đường dây nóng.", relation="own", why="Cha không giao."),),
        not_checked=(NotChecked(what="điều 4 131-QĐ/TW", why="không có trong tay"),), measures={"copy_index": 0.25, "own_share": 0.1},
    )  # fmt: skip


@pytest.fixture
def second() -> Audit:
    return made(OTHER, "covered", "covered", "not_applicable")


@pytest.fixture
def records() -> list[Record]:
    pages = (Page(number=1, start=0, end=5), Page(number=2, start=5, end=900))
    up = Record(
        source=Source(name=PARENT.name, sha256=PARENT.sha256, media_type="application/pdf"), text="x" * 900, pages=pages,
        document=Document(key=PARENT.key, kind="Kế hoạch", issued_on="2026-04-29", title="Bếp ăn an toàn"),
        sections=(Section(id="II.3", label="3.", title="Kiểm tra bếp ăn", level=2, parent="II", start=0, end=900),),
        duties=(Duty(start=7, end=9, text="xx", rule="r", id="II.3#1", section="II.3", modality="obligation"),),
    )  # fmt: skip
    low = Record(
        source=Source(name=CHILD.name, sha256=CHILD.sha256, media_type="application/msword"), text="y" * 900, pages=pages,
        document=Document(key=CHILD.key, kind="Kế hoạch", title="Kế hoạch của ngành"),
    )  # fmt: skip
    return [up, low]


class Counting(HTMLParser):
    """Rows and table figures of the page, as a reader's eyes find them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.verdicts: dict[str, list[str]] = {}
        self.pair = ""
        self.outside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "section" and known.get("data-pair"):
            self.pair = known["data-pair"] or ""
        if tag == "article":
            self.verdicts.setdefault(self.pair, []).append(known["data-verdict"] or "")
        self.outside += [value or "" for name, value in attrs if name in ("src", "href", "action") and not (value or "").startswith("#")]


def test_rows_in_the_order_of_a_reader(first: Audit) -> None:
    assert [r.verdict for r in in_order(first)] == [*ORDER[:4], "covered", "covered", "not_applicable"]
    assert [r.duty for r in in_order(first) if r.verdict == "covered"] == ["II.1#1", "II.7#1"]


def test_what_a_person_justified_waits_no_longer_but_counts() -> None:
    own = RowDecision(verdict="not_applicable", state="valid", who="Lan", at="2026-05-02T08:00:00", note="Đã giao Sở Công Thương.")
    old = own.model_copy(update={"state": "suspect", "changed": ("child",)})
    audit = made(CHILD, "not_covered", "not_covered", "not_covered", row1={"decision": own}, row2={"decision": old})
    c = counts(audit)
    assert (c.by_verdict["not_covered"], c.open, c.waiting) == (3, 3, 2)
    assert [r.duty for r in in_order(audit)] == ["II.2#1", "II.3#1", "II.1#1"]
    assert (c.people, c.standing["not_covered"], c.standing["not_applicable"], c.applicable) == (1, 2, 1, 2)
    page = to_html([audit])
    assert "Tỷ lệ đã tính 1 quyết định của người rà soát." in page
    assert "Không thuộc đối tượng (Lan, 02/05/2026). Đã giao Sở Công Thương." in page
    assert "Cần xem lại vì nội dung đã đổi ở: văn bản dưới." in page


def test_most_open_pair_comes_first(first: Audit, second: Audit) -> None:
    assert most_open_first([second, first]) == [first, second]


@pytest.mark.parametrize(
    ("parent", "others", "left", "right"),
    [
        ("Kiểm tra bếp ăn hằng quý", ["Kiểm tra bếp ăn hằng năm"], ["=Kiểm tra bếp ăn hằng", "quý"], [["=Kiểm tra bếp ăn hằng", "năm"]]),
        ("a b c d", ["c d", "x a b"], ["=a b c d"], [["=c d"], ["x", "=a b"]]),
        ("Báo cáo; trước 15/6", ["báo cáo trước 15/6."], ["=Báo cáo; trước 15/6"], [["=báo cáo trước 15/6."]]),
        ("một và hai", ["ba và bốn"], ["một và hai"], [["ba và bốn"]]),
        ("theo 88-CT/TW ngay", ["tại 88-CT/TW luôn"], ["theo", "=88-CT/TW", "ngay"], [["tại", "=88-CT/TW", "luôn"]]),
        ("một hai", [], ["một hai"], []),
    ],
)
def test_differing_words(parent: str, others: list[str], left: list[str], right: list[list[str]]) -> None:
    def shown(pieces: Any) -> list[str]:
        return [("=" if p.same else "") + p.text for p in pieces]

    ours, theirs = diff(parent, others)
    assert shown(ours) == left
    assert [shown(pieces) for pieces in theirs] == right


@pytest.mark.parametrize(
    ("heading", "text", "left"),
    [("Đối với Sở Y tế", "Tập huấn.", "Đối với Sở Y tế"), ("Kiểm tra bếp ăn…", "Kiểm tra bếp ăn hằng quý.", ""), ("", "Tập huấn.", "")],
)
def test_headings_that_repeat_their_duty(heading: str, text: str, left: str) -> None:
    assert new_words(heading, text) == left


def test_nothing_of_a_duty_has_no_parts_to_list() -> None:
    assert left_out(row(1, "not_covered", missing=("a", "b"))) == ()
    assert left_out(row(1, "partial", missing=("a",))) == ("a",)


def test_page_says_everything_about_a_row(first: Audit, records: list[Record]) -> None:
    page = to_html([first], records)
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for said in (
        "145/KH-UBND", "Bếp ăn an toàn", "II.3 Kiểm tra bếp ăn", "trang 2", "Lý do 3.", "✗ thiếu công khai kết quả", "Thời hạn", "(không ghi)",
        "✗ lệch", "Công khai thực đơn.", "Việc khác.", "Lập đường dây nóng.", "điều 4 131-QĐ/TW", "Chép lại 25%.", "Không tìm thấy nội dung",
    ):  # fmt: skip
        assert said in words, said
    assert "<del>30/6/2026.</del>" in page
    assert "<ins>31/8/2026.</ins>" in page


def test_text_of_plans_cannot_break_the_page(first: Audit) -> None:
    page = to_html([first])
    assert "<b>học sinh</b>" not in page
    assert "&lt;b&gt;học sinh&lt;/b&gt; &amp; phụ huynh" in page


def test_page_asks_for_nothing_outside(first: Audit, second: Audit) -> None:
    page = to_html([first, second])
    assert Counting(page).outside == []
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert " style=" not in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_page_without_pairs_says_so(language: str) -> None:
    assert texts(language)("audit.empty") in to_html([], language=language)


def test_same_audits_same_bytes(first: Audit, second: Audit, records: list[Record], tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_audit_html([second, first] if name == "a" else [first, second], tmp_path / f"{name}.html", records)
        write_audit_word(first, tmp_path / f"{name}.docx", records)
        write_audit_matrix([second, first] if name == "a" else [first, second], tmp_path / f"{name}.xlsx", records)
    for suffix in ("html", "docx", "xlsx"):
        assert (tmp_path / f"a.{suffix}").read_bytes() == (tmp_path / f"b.{suffix}").read_bytes()


def _from_page(audits: list[Audit], place: int) -> dict[str, int]:
    found = Counting(to_html(audits)).verdicts[f"p{place}"]
    return {v: found.count(v) for v in ORDER}


def _from_minutes(audit: Audit, path: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Figures of the table, and rows that are spelt out below."""
    write_audit_word(audit, path)
    document = docx.Document(str(path))
    told = {cells[0].text: int(cells[1].text) for cells in (r.cells for r in document.tables[1].rows[1:])}
    titles = [p.text for p in document.paragraphs if re.match(r"\d+\. .*: \d+ nhiệm vụ$", p.text)]
    listed = {t.split(". ", 1)[1].split(":")[0]: len(table.rows) - 1 for t, table in zip(titles, document.tables[2:-1], strict=True)}
    return {v: told[T(f"verdict.{v}")] for v in ORDER}, listed


def _from_matrix(audits: list[Audit], audit: Audit, path: Path) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """Figures of the summary, of the matrix, of the rows."""
    write_audit_matrix(audits, path)
    workbook = openpyxl.load_workbook(path)
    summary, matrix, rows = (list(sheet.iter_rows(values_only=True)) for sheet in workbook.worksheets[:3])
    name = audit.child.key or f"{audit.child.issuer} ({audit.child.name})"
    own = dict(zip(summary[0], next(r for r in summary if r[0] == name), strict=True))
    at = next(n for n, title in enumerate(matrix[0]) if str(title).endswith(audit.child.key or audit.child.name))
    cells = ["not_applicable" if r[at] == "–" else r[at] for r in matrix[1:]]
    verdicts = [r[rows[0].index("Kết luận")] for r in rows if r[0] == name]
    words = {v: T(f"verdict.{v}") for v in ORDER}
    return (
        {v: own[words[v]] for v in ORDER},
        {v: sum(c in (v, words[v]) for c in cells) for v in ORDER},
        {v: verdicts.count(words[v]) for v in ORDER},
    )


def test_three_forms_one_set_of_figures(first: Audit, second: Audit, tmp_path: Path) -> None:
    short = first.model_copy(update={"rows": first.rows[:3], "child": OTHER})
    for audits in ([first, short], [second]):
        for place, audit in enumerate(most_open_first(audits), 1):
            wanted = dict(counts(audit).by_verdict)
            assert sum(wanted.values()) == len(audit.rows)
            told, listed = _from_minutes(audit, tmp_path / "m.docx")
            assert _from_page(audits, place) == wanted
            assert told == wanted
            assert {T(f"verdict.{v}"): wanted[v] for v in ORDER[:4] if wanted[v]} == listed
            assert _from_matrix(audits, audit, tmp_path / "m.xlsx") == (wanted, wanted, wanted)


def test_minutes_are_laid_out_as_the_decree_has_them(first: Audit, records: list[Record], tmp_path: Path) -> None:
    write_audit_word(first, tmp_path / "m.docx", records)
    document = docx.Document(str(tmp_path / "m.docx"))
    section = document.sections[0]
    assert [round(x.mm) for x in (section.page_width, section.page_height, section.left_margin, section.right_margin)] == [210, 297, 30, 15]
    words = [p.text for p in document.paragraphs]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in document.tables[0].rows[0].cells[1].text
    assert "BIÊN BẢN" in words
    assert "Văn bản trên: Kế hoạch số 145/KH-UBND ngày 29/04/2026 của Ủy ban nhân dân tỉnh An Hòa: “Bếp ăn an toàn” (tệp cha.pdf)." in words
    assert "- Lập đường dây nóng. (việc riêng)" in words
    gap = next(r for table in document.tables for r in table.rows if "<b>học sinh</b> & phụ huynh" in r.cells[1].text)
    assert "Không tìm thấy nội dung tương ứng." in gap.cells[2].text
    assert "{" not in "".join([*words, *(c.text for table in document.tables for r in table.rows for c in r.cells)])


@pytest.mark.parametrize("regime", ["party", "state", "front", None])
def test_head_of_the_minutes_follows_the_body(first: Audit, records: list[Record], tmp_path: Path, regime: Regime | None) -> None:
    own = [
        r.model_copy(update={"document": r.document.model_copy(update={"regime": regime})}) if r.source.name == first.child.name else r
        for r in records
    ]
    write_audit_word(first, tmp_path / "m.docx", own)
    document = docx.Document(str(tmp_path / "m.docx"))
    left, right = (cell.text for cell in document.tables[0].rows[0].cells)
    assert ("ĐẢNG CỘNG SẢN VIỆT NAM" in right) is (regime == "party")
    assert ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in right) is (regime != "party")
    assert ("*" in left.split("\n")) is (regime == "party")
    assert not any("người ký đã đối chiếu" in p.text for p in document.paragraphs)


def test_template_kept_is_the_template_built() -> None:
    def parts(packed: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(packed)) as held:
            return {name: held.read(name) for name in held.namelist()}

    assert parts(TEMPLATE.read_bytes()) == parts(audit_word_template.build())


@pytest.fixture(scope="module")
def tab() -> Iterator[Tab]:
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium at /usr/bin/chromium")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page()
        browser.close()


@pytest.mark.browser
def test_page_in_a_browser(tab: Tab, first: Audit, second: Audit, records: list[Record], tmp_path: Path) -> None:
    write_audit_html([first, second], tmp_path / "audit.html", records)
    asked: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: errors.append(message.text))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto((tmp_path / "audit.html").as_uri())
    assert asked == [(tmp_path / "audit.html").as_uri()]
    assert errors == []

    def shown() -> int:
        return tab.locator("article.row:visible").count()

    assert shown() == 10
    tab.uncheck("input[value=covered]")
    assert shown() == 6
    tab.select_option("#pair", "p1")
    assert shown() == 5
    tab.check("#waits")
    assert shown() == 4
    assert "4" in tab.locator("#shown").inner_text()
    tab.fill("#search", "truyen thong")
    assert shown() == 1
    tab.fill("#search", "không có chữ này")
    assert tab.locator("#none").is_visible()
    tab.click("#reset")
    assert shown() == 10
    tab.keyboard.press("j")
    tab.locator("body").press("j")
    assert tab.evaluate("document.activeElement.className").startswith("row")
    tab.select_option("#section", "II.3 Kiểm tra bếp ăn")
    assert shown() == 2
    tab.uncheck("#diff")
    assert tab.evaluate("document.body.classList.contains('plain')")


def test_matrix_says_what_all_bodies_together_owe(tmp_path: Path) -> None:
    texts_of = ("Sở Y tế tập huấn.", "Các sở, ngành công khai kết quả.", "Các xã, phường kiểm tra.")
    leads = (("Sở Y tế",), ("Các sở, ban, ngành tỉnh",), ("Ủy ban nhân dân các xã, phường",))
    duties = tuple(
        Duty(start=0, end=0, text=text, rule="r", id=f"I.{n}#1", section=f"I.{n}", modality="obligation", lead=lead)
        for n, (text, lead) in enumerate(zip(texts_of, leads, strict=True), 1)
    )
    parent = Record(
        source=Source(name=PARENT.name, sha256=PARENT.sha256, media_type="x"), text="", document=Document(key=PARENT.key), duties=duties
    )
    verdicts: tuple[Verdict, ...] = ("covered", "not_covered", "not_applicable")
    rows = tuple(
        AuditRow(duty=d.id, text=d.text, section=d.section, addressees=d.lead, verdict=v, confidence=0.9, reason="")
        for d, v in zip(duties, verdicts, strict=True)
    )
    audit = Audit(parent=PARENT, child=CHILD, rows=rows)

    def told(records: list[Record]) -> list[Any]:
        write_audit_matrix([audit], tmp_path / "m.xlsx", records)
        head, *body = openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets[1].iter_rows(values_only=True)
        return [(r[head.index("Cách giao")], r[head.index("Đạt chung")]) for r in body]

    assert told([parent]) == [
        ("nơi được nêu tên", "đạt"), ("mỗi nơi", "chưa đạt: cả mục bị mọi nơi bỏ"),
        ("mỗi nơi", "chưa có nơi thuộc đối tượng"),
    ]  # fmt: skip
    assert told([]) == [(None, None)] * 3
    assert told([parent.model_copy(update={"duties": duties[:2]})]) == [(None, None)] * 3


def test_decisions_stand_in_minutes_and_matrix(tmp_path: Path) -> None:
    own = RowDecision(verdict="not_applicable", state="valid", who="Lan", at="2026-05-02T08:00:00", note="Đã giao nơi khác.")
    old = own.model_copy(update={"state": "suspect", "changed": ("parent",)})
    audit = made(CHILD, "not_covered", "not_covered", row1={"decision": own}, row2={"decision": old})
    write_audit_word(audit, tmp_path / "m.docx")
    minutes = docx.Document(str(tmp_path / "m.docx"))
    figures = {row.cells[0].text: [c.text for c in row.cells[1:]] for row in minutes.tables[1].rows}
    assert figures["Chưa bao phủ"] == ["2", "1", "100%"]
    assert figures["Không thuộc đối tượng"] == ["0", "1", ""]
    told = [r.cells[4].text for r in minutes.tables[2].rows[1:]]
    again = "Không thuộc đối tượng (Lan, 02/05/2026). Cần xem lại vì nội dung đã đổi ở: văn bản trên. Đã giao nơi khác."
    assert told == [again, "Không thuộc đối tượng (Lan, 02/05/2026). Đã giao nơi khác."]
    write_audit_matrix([audit], tmp_path / "m.xlsx")
    head, *rows = openpyxl.load_workbook(tmp_path / "m.xlsx")["Từng nhiệm vụ"].iter_rows(values_only=True)
    at = head.index("Ý kiến người rà soát")
    assert [r[at : at + 2] for r in rows] == [(None, again), ("Không thuộc đối tượng", "Đã giao nơi khác. (Lan)")]
