"""Pictures of the graph: static SVG and the self-contained page, the latter in a real browser."""

from __future__ import annotations

import base64
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pipeline.graph import build
from pipeline.graph.picture import lane_of, layout, shown_documents, to_svg
from pipeline.graph.questions import find
from pipeline.graph.routes import Router, Spot, Track
from pipeline.graph.shape import Graph
from pipeline.graph.synthetic import Generator, Said, write
from pipeline.report.graph_html import graph_data, to_html
from schemas.record import Document

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM = Path("/usr/bin/chromium")
SVG = "{http://www.w3.org/2000/svg}"
RULE = Said("57-QĐ/TW", "Quy định", "2023-02-10", "Bộ Chính trị", "implements")
PROVINCE = Said("91-KH/TU", "Kế hoạch", "2023-04-05", "Ban Thường vụ Tỉnh ủy", "implements")


def plan(name: str, issuer: str, key: str | None = None, day: str | None = None, title: str = "") -> Document:
    return Document(
        key=key, kind="Kế hoạch", regime="party" if "Đảng ủy" in issuer else "state", issued_on=day, issuer=issuer, title=title or name
    )


@pytest.fixture(scope="module")
def small() -> Graph:
    early = Said("3-KH/TU", "Kế hoạch", "2024-09-09", "Ban Thường vụ Tỉnh ủy", "implements")
    return build(
        [
            write("dat-do.txt", plan("a", "Đảng ủy xã Đất Đỏ", "5-KH/ĐU", "2023-05-01"), [RULE, PROVINCE], parents=("91-KH/TU",)),
            write("so.txt", plan("b", "Sở Tư pháp", title="</script><b>&"), [RULE, PROVINCE], parents=("91-KH/TU",)),
            write("som.txt", plan("c", "Sở Y tế", "8/KH-SYT", "2024-01-01"), [early], parents=("3-KH/TU",)),
        ]
    )


@pytest.fixture(scope="module")
def large() -> Graph:
    return build(Generator(seed=5).records(400))


def rects(svg: str, look: str) -> int:
    return sum(look in r.get("class", "").split() for r in ET.fromstring(svg).iter(f"{SVG}rect"))


def test_svg_is_well_formed_and_marks_what_it_must(small: Graph) -> None:
    svg = to_svg(small, focus=find(small, "so.txt"))
    assert rects(svg, "held") == 3 + 1  # and the legend's
    assert rects(svg, "cited") == 3 + 1
    assert rects(svg, "here") == 1
    paths = [p.get("class", "").split() for p in ET.fromstring(svg).iter(f"{SVG}path")]
    assert sum("suspect" in p for p in paths) == 1 + 1
    assert "<b>" not in svg
    assert svg == to_svg(small, focus=find(small, "so.txt"))


def test_boxes_do_not_overlap_and_parents_stand_above(small: Graph) -> None:
    spots, *_ = layout(small, shown_documents(small))
    for i, a in enumerate(spots):
        for b in spots[i + 1 :]:
            assert abs(a.x - b.x) >= 196 or abs(a.y - b.y) >= 78
    by_node = {s.node: s for s in spots}
    assert by_node["57-QĐ/TW"].y < by_node["91-KH/TU"].y < by_node["5-KH/ĐU"].y
    assert by_node["5-KH/ĐU"].lane == "party"


def test_overview_has_a_square_for_each_document(large: Graph) -> None:
    svg = to_svg(large)
    assert rects(svg, "b") == len(shown_documents(large)) + 2
    assert "Trung ương" in svg


def test_page_names_the_hash_of_every_script_and_style(small: Graph) -> None:
    page = to_html(small)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy
    for text in re.findall(r"<style>(.*?)</style>", page, re.S) + re.findall(r"<script>(.*?)</script>", page, re.S):
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy.group(1).replace("&#43;", "+")
    assert not re.search(r'(?:src|href)="', page)
    assert "</script><b>" not in page
    assert page == to_html(small)


def test_page_data_carry_evidence(small: Graph) -> None:
    data = graph_data(small)
    edge = next(e for e in data["edges"] if e["target"] == "91-KH/TU" and e["source"] == "5-KH/ĐU")
    assert edge["quotes"] == [["Kế hoạch số 91-KH/TU ngày 05/04/2023 của Ban Thường vụ Tỉnh ủy", "dat-do.txt"]]


@pytest.mark.browser
def test_chain_shows_candidates_and_date_conflicts(page: Page, tmp_path: Path) -> None:
    wrong = Said("57-QĐ/TW", "Quy định", "2023-04-05", "Bộ Chính trị", "implements")
    edges = (("91-KH/TU", "57-QĐ/TW", "implements"),)
    child = write("so.txt", plan("b", "Sở Tư pháp"), [RULE, RULE, PROVINCE, wrong], parents=("91-KH/TU",), edges=edges)
    committee = Document(kind="Kế hoạch", regime="party", issuer="Ban Thường vụ Tỉnh ủy", title="thực hiện Quy định")
    graph = build([child, write("tinhuy.txt", committee, [RULE], parents=("57-QĐ/TW",))])
    trouble = opened(page, graph, tmp_path)
    page.fill("#seek", "tu phap")
    page.press("#seek", "Enter")
    assert find(graph, "tinhuy.txt") in page.locator("g.doc").evaluate_all("gs => gs.map(g => g.dataset.id)")
    assert "có chỗ ghi ngày của 57-QĐ/TW là 05/4/2023" in page.locator("#panel").inner_text()
    assert trouble == []


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    if not CHROMIUM.exists():
        pytest.skip("cần Chromium")
    api = pytest.importorskip("playwright.sync_api", reason="cần playwright")
    args = ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(CHROMIUM), args=args)
        yield browser.new_page(viewport={"width": 1300, "height": 800})
        browser.close()


def opened(page: Page, graph: Graph, tmp_path: Path) -> list[str]:
    """Opens the page; what it asks of the network and complains of gathers in the list."""
    file = tmp_path / "g.html"
    file.write_text(to_html(graph), encoding="utf-8")
    trouble: list[str] = []
    page.on("request", lambda r: None if r.url == file.as_uri() else trouble.append(r.url))
    page.on("console", lambda m: trouble.append(m.text))
    page.on("pageerror", lambda e: trouble.append(str(e)))
    page.goto(file.as_uri())
    return trouble


@pytest.mark.browser
def test_search_without_marks_shows_the_chain_alone(page: Page, small: Graph, tmp_path: Path) -> None:
    trouble = opened(page, small, tmp_path)
    assert page.locator("g.doc").count() == 6
    page.fill("#seek", "dat do")
    page.press("#seek", "Enter")
    assert page.locator("#crumb").inner_text() == "Chuỗi của 5-KH/ĐU"
    assert sorted(page.locator("g.doc").evaluate_all("gs => gs.map(g => g.dataset.id)")) == ["5-KH/ĐU", "57-QĐ/TW", "91-KH/TU"]
    assert "Kế hoạch số 91-KH/TU ngày 05/04/2023" in page.locator("#panel").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("g.doc").count() == 6
    assert trouble == []


@pytest.mark.browser
def test_large_graph_opens_as_overview_and_click_focuses(page: Page, large: Graph, tmp_path: Path) -> None:
    trouble = opened(page, large, tmp_path)
    assert page.locator("g.doc").count() == len(shown_documents(large))
    page.locator("g.doc").nth(2).click()
    assert 1 <= page.locator("g.doc").count() <= 42
    page.locator("#out").click()
    page.mouse.move(400, 400)
    page.mouse.wheel(0, -200)
    assert trouble == []


SMALLEST = """() => {
  const svg = document.querySelector("#stage svg"), scale = svg.getScreenCTM().a;
  return Math.min(...[...svg.querySelectorAll("text")].map(t => parseFloat(getComputedStyle(t).fontSize) * scale));
}"""


@pytest.mark.browser
@pytest.mark.parametrize("documents", [3, 10, 32, 60, 400])
def test_text_is_readable_at_first_sight(page: Page, tmp_path: Path, documents: int) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    trouble = opened(page, build(list(Generator(seed=5, unnumbered=0.3).records(documents))[:documents]), tmp_path)
    assert page.evaluate(SMALLEST) >= 10.99
    page.locator("#fit").click()
    box, stage = (page.locator(place).bounding_box() for place in ("#stage svg > g", "#stage"))
    assert box
    assert stage
    assert box["y"] >= stage["y"] - 1  # the whole picture is one click away
    assert box["y"] + box["height"] <= stage["y"] + stage["height"] + 1
    assert trouble == []


@pytest.mark.parametrize(
    "document, name",
    [
        (plan("x", "Sở Tư pháp", "8/KH-STP"), "8/KH-STP"),
        (plan("x", "Sở Tư pháp", title="Phổ biến pháp luật"), "Kế hoạch phổ biến pháp luật của Sở Tư pháp, chưa có số"),
        (plan("x", "Sở Tư pháp", title="Kế hoạch Phổ biến pháp luật"), "Kế hoạch phổ biến pháp luật của Sở Tư pháp, chưa có số"),
        (plan("x", "Sở Y tế", title="a " * 40), "Kế hoạch " + "a " * 23 + "… của Sở Y tế, chưa có số"),
        (Document(kind="Kế hoạch", title="Kiểm tra"), "Kế hoạch kiểm tra, chưa có số"),
        (Document(), "le.txt"),  # nothing is known but the file
    ],
)
def test_a_plan_without_number_is_called_by_kind_matter_and_body(document: Document, name: str) -> None:
    graph = build([write("le.txt", document, [RULE])])
    data = graph_data(graph)
    assert name in [n["name"] for n in data["nodes"]]
    if not document.key and document.title:
        assert "chưa có số" in to_svg(graph)


@pytest.mark.browser
def test_print_shows_picture_and_table(page: Page, small: Graph, tmp_path: Path) -> None:
    opened(page, small, tmp_path)
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("table").is_visible()
    assert not page.locator("#seek").is_visible()
    page.emulate_media(media="screen")


def test_a_line_goes_round_the_box_that_would_hide_it() -> None:
    below, above, between, aside = (Spot(n, (0, 0), "party", x, y) for n, x, y in (("a", 0, 300), ("b", 0, 0), ("c", 0, 150), ("d", 214, 150)))
    assert Router({s.node: s for s in (below, above, aside)}).way("a", "b").startswith("M98 300C")
    assert Router({s.node: s for s in (below, above, between, aside)}).way("a", "b") == "M98 300V294H-9V90H98V82"
    assert "C" in Router({s.node: s for s in (below, above, between)}).way("b", "a")


def pieces(line: str) -> list[Track]:
    """The straight pieces of a way between the columns."""
    x, y = (float(n) for n in re.findall(r"M([-\d.]+) ([-\d.]+)", line)[0])
    found = []
    for letter, value in re.findall(r"([VH])([-\d.]+)", line):
        to = float(value)
        found.append(Track(True, x, y, to) if letter == "V" else Track(False, y, x, to))
        x, y = (x, to) if letter == "V" else (to, y)
    assert len(found) == 5
    return found


def test_lines_to_different_targets_run_on_different_tracks() -> None:
    places = {"a": (0, 300), "b": (214, 300), "p": (0, 0), "q": (214, 0), "c": (0, 150), "d": (214, 150)}
    spots = {n: Spot(n, (0, 0), "party", x, y) for n, (x, y) in places.items()}
    lines = Router(spots).routes([("a", "p"), ("a", "q"), ("b", "p"), ("b", "q")])
    for one, first in lines.items():
        for other, second in lines.items():
            if one[1] != other[1]:
                assert not [(p, q) for p in pieces(first) for q in pieces(second) if p.meets(q)]
    assert len({lines["a", t].split("V")[0] for t in "pq"}) == 2  # each leaves from its own place


def test_mass_organisations_stand_in_their_own_lane_whatever_their_numbers_look_like() -> None:
    assert lane_of({"regime": "state", "issuer": "Ban Thường vụ Hội Nông dân tỉnh"}) == "other"
    assert lane_of({"regime": "party", "issuer": "Tỉnh Đoàn"}) == "other"
    assert lane_of({"regime": "state", "issuer": "Sở Y tế"}) == "state"
    assert lane_of({"regime": "party", "issuer": None}) == "party"
