"""The commands of ``trienkhai graph``: questions asked of the store's graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipeline.graph.shape import Graph

graph_app = typer.Typer(no_args_is_help=True, help="Hỏi đồ thị văn bản: chuỗi trên dưới, tác động, khoảng trống, xuất tệp.")

StoreOption = Annotated[Path | None, typer.Option("--store", help="Tệp kho dữ liệu (mặc định: out/trienkhai.db hoặc TRIENKHAI_STORE).")]
EnglishOption = Annotated[bool, typer.Option("--english", help="Câu trả lời bằng tiếng Anh.")]


def _graph(store: Path | None, *, duties: bool = False) -> Graph:
    from pipeline.config import default_store
    from pipeline.run import graph_of_store

    return graph_of_store(store or default_store(), duties=duties)


def _language(english: bool) -> str:
    from pipeline.config import language

    return "en" if english else language()


@graph_app.command("children")
def graph_children(document: str, store: StoreOption = None, english: EnglishOption = False) -> None:
    """Các văn bản triển khai trực tiếp văn bản này."""
    from pipeline.graph import questions
    from pipeline.report import answers

    typer.echo(answers.steps(questions.children(_graph(store), document), _language(english)))


@graph_app.command("siblings")
def graph_siblings(document: str, store: StoreOption = None, english: EnglishOption = False) -> None:
    """Các văn bản cùng triển khai một văn bản cấp trên."""
    from pipeline.graph import questions
    from pipeline.report import answers

    typer.echo(answers.steps(questions.siblings(_graph(store), document), _language(english)))


@graph_app.command("impact")
def graph_impact(
    document: str,
    every: Annotated[bool, typer.Option("--all", help="Liệt kê mọi văn bản có dẫn, dù nhiều.")] = False,
    store: StoreOption = None,
    english: EnglishOption = False,
) -> None:
    """Nếu văn bản này được sửa đổi, thay thế: mọi kế hoạch, nhiệm vụ, cơ quan bên dưới."""
    from pipeline.config import default_store
    from pipeline.report import answers
    from pipeline.run import impact_of

    answer, words = impact_of(document, store or default_store(), every=every)
    typer.echo(answers.impact(answer, words, _language(english)))


@graph_app.command("gaps")
def graph_gaps(document: str, store: StoreOption = None, english: EnglishOption = False) -> None:
    """Nơi được giao ban hành kế hoạch mà chưa thấy kế hoạch."""
    from pipeline.graph.gaps import gaps
    from pipeline.report import answers

    typer.echo(answers.gaps(gaps(_graph(store, duties=True), document), _language(english)))


@graph_app.command("timeline")
def graph_timeline(document: str, store: StoreOption = None, english: EnglishOption = False) -> None:
    """Số ngày từ văn bản gốc tới từng cấp."""
    from pipeline.graph import questions
    from pipeline.report import answers

    typer.echo(answers.timeline(questions.timeline(_graph(store), document), _language(english)))


@graph_app.command("path")
def graph_path(first: str, second: str, store: StoreOption = None, english: EnglishOption = False) -> None:
    """Đường nối hai văn bản, mỗi bước là quan hệ gì; ưu tiên tuyến chỉ đạo."""
    from pipeline.graph.ways import path
    from pipeline.report import answers

    typer.echo(answers.way(path(_graph(store), first, second), _language(english)))


@graph_app.command("duplicates")
def graph_duplicates(store: StoreOption = None, english: EnglishOption = False) -> None:
    """Văn bản có nhiều bản, hoặc trùng số."""
    from pipeline.graph import questions
    from pipeline.report import answers

    typer.echo(answers.duplicates(questions.duplicates(_graph(store)), _language(english)))


@graph_app.command("decide")
def graph_decide(
    child: Annotated[str, typer.Argument(help="Văn bản cấp dưới: số và ký hiệu, hoặc tên tệp trong kho.")],
    parent: Annotated[str, typer.Argument(help="Văn bản cấp trên.")],
    verdict: Annotated[str, typer.Option("--verdict", help="confirmed (đúng) hoặc refused (bác)")],
    who: Annotated[str, typer.Option("--who", help="Người quyết định.")],
    relation: Annotated[
        str, typer.Option("--relation", help="Quan hệ: implements, based_on, amends, …; may_be: tệp chưa có số là văn bản được dẫn.")
    ] = "implements",
    note: Annotated[str, typer.Option("--note", help="Lý do.")] = "",
    store: StoreOption = None,
) -> None:
    """Xác nhận hoặc bác một quan hệ của đồ thị; gắn với lời văn làm căn cứ, căn cứ đổi thì quyết định thành đáng ngờ."""
    from pipeline.config import default_store
    from pipeline.run import decide_relation

    kept = decide_relation(child, parent, relation, verdict, who, note, store or default_store())
    typer.echo(f"Đã ghi: {child} – {parent} ({relation}) → {kept.verdict}")


@graph_app.command("export")
def graph_export(
    out: Annotated[Path, typer.Argument(help="Tệp ra; đuôi quyết định dạng: .graphml .gexf .json .csv .parquet .jsonld .dot .svg .html")],
    store: StoreOption = None,
) -> None:
    """Xuất đồ thị ra dạng chuẩn."""
    from pipeline.run import export_graph

    export_graph(_graph(store), out)
    typer.echo(str(out))
