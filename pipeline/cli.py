"""The command line. Commands only parse arguments, call the pipeline and print; imports stand inside them so that help is instant."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pipeline import __version__
from schemas.errors import ReadError, TrienkhaiError, UsageError

if TYPE_CHECKING:
    from schemas.record import Record

app = typer.Typer(
    name="trienkhai", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Đọc kế hoạch triển khai: trích nhiệm vụ, nối các văn bản thành đồ thị, rà soát mức bao phủ. Chạy hoàn toàn ngoại tuyến.",
)  # fmt: skip
graph_app = typer.Typer(no_args_is_help=True, help="Hỏi đồ thị văn bản: chuỗi trên dưới, tác động, khoảng trống, xuất tệp.")
decisions_app = typer.Typer(no_args_is_help=True, help="Quyết định của người rà soát: xuất và nhập lại (JSON lines).")
app.add_typer(graph_app, name="graph")
app.add_typer(decisions_app, name="decisions")

StoreOption = Annotated[Path | None, typer.Option("--store", help="Tệp kho dữ liệu (mặc định: out/trienkhai.db hoặc TRIENKHAI_STORE).")]


class RecordFormat(StrEnum):
    json = "json"
    table = "table"


class AuditFormat(StrEnum):
    table = "table"
    json = "json"
    html = "html"
    docx = "docx"
    xlsx = "xlsx"


class CheckFormat(StrEnum):
    text = "text"
    table = "table"
    json = "json"
    sarif = "sarif"


def _version(shown: bool) -> None:
    if shown:
        typer.echo(f"trienkhai {__version__}")
        raise typer.Exit


@app.callback()
def _main(version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="In phiên bản.")] = False) -> None:
    """Cửa vào chung."""


def _store_path(store: Path | None) -> Path:
    from pipeline.config import default_store

    return store or default_store()


def _read(path: Path) -> tuple[Record, ...]:
    """Records of a file, read in a child process with limits."""
    from pipeline.batch import TIMEOUT
    from pipeline.ingest.guard import call
    from pipeline.process import process_file

    if not path.exists():
        from schemas.errors import NotFound

        raise NotFound("Không có tệp này.", path=str(path))
    return call(process_file, path, timeout=TIMEOUT)


def _one(reference: str, store: Path | None) -> Record:
    """Record that a user names: a file, or a key or name in the store."""
    if Path(reference).is_file():
        return _read(Path(reference))[0]
    from pipeline.store import Store

    where = _store_path(store)
    if where.exists():
        with Store.open(where) as opened:
            found = opened.record(reference)
        if found:
            return found
    raise UsageError(f"“{reference}” không phải tệp và cũng không có trong kho {where}.")


def _all(references: list[Path], store: Path | None) -> list[Record]:
    """Records of files and folders named, or of the whole store where none is named."""
    if references:
        from pipeline.run import read_all

        return read_all(references)
    from pipeline.store import Store

    where = _store_path(store)
    if not where.exists():
        raise UsageError(f"Chưa có kho dữ liệu {where}.", remedy="Chạy «trienkhai run THƯ_MỤC --out out» trước, hoặc nêu tệp.")
    with Store.open(where) as opened:
        return list(opened.records())


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Tệp .txt, .md, .html, .docx, .doc, .rtf, .odt, .pdf hoặc ảnh quét.")],
    form: Annotated[RecordFormat, typer.Option("--format", help="json: bản ghi đầy đủ; table: bảng để đọc.")] = RecordFormat.json,
) -> None:
    """Trích mọi dữ kiện của một hay nhiều văn bản (bản ghi trienkhai/record/1)."""
    failed: ReadError | None = None
    for path in files:
        try:
            records = _read(path)
        except ReadError as error:
            typer.echo(error.describe(), err=True)
            failed = failed or error
            continue
        for record in records:
            if form is RecordFormat.json:
                typer.echo(record.to_json(indent=2 if len(files) == 1 and len(records) == 1 else None))
            else:
                from pipeline.report.console import print_record

                print_record(record)
    if failed:
        raise typer.Exit(failed.exit_code)


@app.command()
def run(
    folder: Annotated[Path, typer.Argument(help="Thư mục (hoặc .zip) chứa các kế hoạch.")],
    out: Annotated[Path, typer.Option("--out", help="Thư mục kết quả.")],
    workers: Annotated[int | None, typer.Option("--workers", help="Số tiến trình đọc; mặc định bằng số lõi.")] = None,
    store: StoreOption = None,
    english: Annotated[bool, typer.Option("--english", help="Báo cáo bằng tiếng Anh.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="Không hiện thanh tiến độ.")] = False,
) -> None:
    """Việc chính: đọc cả thư mục, ra sổ nhiệm vụ, đồ thị, rà soát bao phủ và báo cáo."""
    from pipeline.run import run_folder

    result = run_folder(folder, out, workers=workers, store=store, language="en" if english else None, quiet=quiet)
    from pipeline.report.console import print_result

    print_result(result)


@app.command()
def chain(
    document: Annotated[str, typer.Argument(help="Tệp, hoặc số và ký hiệu (282/KH-UBND) có trong kho.")],
    store: StoreOption = None,
    short: Annotated[bool, typer.Option("--short", help="Chỉ in chuỗi, không giải thích.")] = False,
) -> None:
    """Chuỗi chỉ đạo từ văn bản gốc xuống văn bản này; nêu rõ văn bản nào có trong tay, văn bản nào chỉ được dẫn."""
    from pipeline.graph import questions
    from pipeline.run import graph_with

    graph, name = graph_with(document, _store_path(store))
    answer = questions.chain(graph, name)
    typer.echo(questions.render_chain(answer) if short else questions.explain_chain(answer))


@app.command()
def audit(
    child: Annotated[str, typer.Argument(help="Kế hoạch cấp dưới: tệp, hoặc số và ký hiệu trong kho.")],
    parent: Annotated[str, typer.Option("--parent", help="Văn bản cấp trên: tệp, hoặc số và ký hiệu trong kho.")],
    form: Annotated[
        AuditFormat, typer.Option("--format", help="table, json, html, docx (biên bản) hoặc xlsx (ma trận).")
    ] = AuditFormat.table,
    out: Annotated[Path | None, typer.Option("--out", help="Tệp kết quả cho html, docx, xlsx.")] = None,
    store: StoreOption = None,
) -> None:
    """Rà soát: kế hoạch cấp dưới đã mang đủ nhiệm vụ của cấp trên chưa.

    Mã thoát: 0 sạch, 1 còn thiếu, 2 quyết định đáng ngờ, 3 lỗi đầu vào.
    """
    from pipeline.run import audit_pair, write_audit

    where = _store_path(store)
    result, upper, lower, code = audit_pair(_one(parent, store), _one(child, store), where)
    if form is AuditFormat.json:
        typer.echo(result.to_json(indent=2))
    elif form is AuditFormat.table:
        from pipeline.report.console import print_audit

        print_audit(result)
    else:
        if out is None:
            raise UsageError(f"Định dạng {form.value} cần --out TỆP.")
        write_audit(result, upper, lower, out, form.value)
        typer.echo(str(out))
    raise typer.Exit(code)


@app.command()
def check(
    files: Annotated[list[Path] | None, typer.Argument(help="Tệp hoặc thư mục; bỏ trống: cả kho.")] = None,
    select: Annotated[list[str] | None, typer.Option("--select", help="Chỉ các mã (hoặc tiền tố) này.")] = None,
    ignore: Annotated[list[str] | None, typer.Option("--ignore", help="Bỏ các mã (hoặc tiền tố) này.")] = None,
    form: Annotated[CheckFormat, typer.Option("--format", help="text, table, json hoặc sarif.")] = CheckFormat.text,
    store: StoreOption = None,
) -> None:
    """Soát lỗi văn bản (viện dẫn, thể thức, cấu trúc, thời hạn …), theo lối của các bộ soát mã nguồn."""
    from pipeline.audit import lint
    from pipeline.run import findings_of

    found = findings_of(_all(files or [], store), _codes(select), _codes(ignore))
    typer.echo(lint.render(found, form.value), nl=False)
    raise typer.Exit(1 if any(f.finding.severity == "error" for f in found) else 0)


def _codes(values: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for value in values or [] for code in value.split(",") if code.strip())


@app.command()
def explain(code: Annotated[str, typer.Argument(help="Mã của một kiểm tra, ví dụ CIT-DATE-CONFLICT.")]) -> None:
    """Giải thích một mã: nghĩa, vì sao quan trọng, ví dụ."""
    from pipeline.audit.lint import explain as text_of

    typer.echo(text_of(code.upper()))


@app.command()
def doctor() -> None:
    """Máy này có gì (tesseract, LibreOffice …) và thiếu gì thì mất việc gì."""
    from pipeline.doctor import checks
    from pipeline.report.console import print_checks

    print_checks(checks())


def _question(name: str, ask: Callable[..., Any], arguments: tuple[str, ...], store: Path | None) -> None:
    from pipeline.report.console import print_answer
    from pipeline.run import graph_of_store

    print_answer(name, ask(graph_of_store(_store_path(store), duties=name == "gaps"), *arguments))


@graph_app.command("children")
def graph_children(document: str, store: StoreOption = None) -> None:
    """Các văn bản triển khai trực tiếp văn bản này."""
    from pipeline.graph import questions

    _question("children", questions.children, (document,), store)


@graph_app.command("siblings")
def graph_siblings(document: str, store: StoreOption = None) -> None:
    """Các văn bản cùng triển khai một văn bản cấp trên."""
    from pipeline.graph import questions

    _question("siblings", questions.siblings, (document,), store)


@graph_app.command("impact")
def graph_impact(document: str, store: StoreOption = None) -> None:
    """Nếu văn bản này được sửa đổi, thay thế: mọi kế hoạch, nhiệm vụ, cơ quan bên dưới."""
    from pipeline.graph import questions

    _question("impact", questions.impact, (document,), store)


@graph_app.command("gaps")
def graph_gaps(document: str, store: StoreOption = None) -> None:
    """Nơi được giao ban hành kế hoạch mà chưa thấy kế hoạch."""
    from pipeline.graph import gaps

    _question("gaps", gaps.gaps, (document,), store)


@graph_app.command("timeline")
def graph_timeline(document: str, store: StoreOption = None) -> None:
    """Số ngày từ văn bản gốc tới từng cấp."""
    from pipeline.graph import questions

    _question("timeline", questions.timeline, (document,), store)


@graph_app.command("path")
def graph_path(first: str, second: str, store: StoreOption = None) -> None:
    """Đường nối hai văn bản."""
    from pipeline.graph import questions

    _question("path", questions.path, (first, second), store)


@graph_app.command("duplicates")
def graph_duplicates(store: StoreOption = None) -> None:
    """Văn bản có nhiều bản, hoặc trùng số."""
    from pipeline.graph import questions

    _question("duplicates", questions.duplicates, (), store)


@graph_app.command("export")
def graph_export(
    out: Annotated[Path, typer.Argument(help="Tệp ra; đuôi quyết định dạng: .graphml .gexf .json .csv .parquet .jsonld .dot .svg .html")],
    store: StoreOption = None,
) -> None:
    """Xuất đồ thị ra dạng chuẩn."""
    from pipeline.run import export_graph, graph_of_store

    export_graph(graph_of_store(_store_path(store)), out)
    typer.echo(str(out))


@decisions_app.command("export")
def decisions_export(out: Path, store: StoreOption = None) -> None:
    """Ghi mọi quyết định ra tệp JSON lines."""
    from pipeline.store import Store

    with Store.open(_store_path(store)) as opened:
        typer.echo(f"{opened.export_decisions(out)} quyết định → {out}")


@decisions_app.command("import")
def decisions_import(source: Path, store: StoreOption = None) -> None:
    """Nhập quyết định từ tệp JSON lines; nhập lại không tạo bản trùng."""
    from pipeline.store import Store

    with Store.open(_store_path(store)) as opened:
        typer.echo(f"{opened.import_decisions(source)} quyết định ← {source}")


@decisions_app.command("add")
def decisions_add(
    child: Annotated[str, typer.Argument(help="Kế hoạch cấp dưới: tệp, hoặc số và ký hiệu trong kho.")],
    parent: Annotated[str, typer.Option("--parent", help="Văn bản cấp trên.")],
    duty: Annotated[str, typer.Option("--duty", help="Mã nhiệm vụ cấp trên, như trong cột đầu của rà soát (II.1#1).")],
    verdict: Annotated[str, typer.Option("--verdict", help="covered, partial, contradicted, not_covered, not_applicable, needs_review")],
    who: Annotated[str, typer.Option("--who", help="Người quyết định.")],
    note: Annotated[str, typer.Option("--note", help="Lý do; bắt buộc khi đổi kết luận của máy.")] = "",
    store: StoreOption = None,
) -> None:
    """Ghi quyết định của người rà soát về một nhiệm vụ; gắn với nội dung hai bên lúc quyết định."""
    from pipeline.run import decide

    kept = decide(_one(parent, store), _one(child, store), duty, verdict, who, note, _store_path(store))
    typer.echo(f"Đã ghi: {kept.id} → {kept.verdict}")


def main() -> None:
    """Entry point: errors of the tree become one Vietnamese line and their exit code."""
    try:
        app()
    except TrienkhaiError as error:
        typer.echo(error.describe(), err=True)
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        typer.echo("Đã dừng.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
