"""The command line. Commands only parse arguments, call the pipeline and print; imports stand inside them so that help is instant."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import __version__
from pipeline.cli_graph import StoreOption, graph_app
from schemas.errors import NotFound, ReadError, StoreError, TrienkhaiError, UsageError

if TYPE_CHECKING:
    from schemas.record import Record

app = typer.Typer(
    name="trienkhai", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False,
    help="Đọc kế hoạch triển khai: trích nhiệm vụ, nối các văn bản thành đồ thị, rà soát mức bao phủ. Chạy hoàn toàn ngoại tuyến.",
)  # fmt: skip
decisions_app = typer.Typer(no_args_is_help=True, help="Quyết định của người rà soát: xuất và nhập lại (JSON lines).")
app.add_typer(graph_app, name="graph")
app.add_typer(decisions_app, name="decisions")

NOT_DECISIONS = "Dùng tệp do «trienkhai decisions export» ghi ra, hoặc sửa chỗ được nêu; chưa có dòng nào được nạp."
NOTHING = "Kiểm tra thư mục có tệp văn bản (.docx, .pdf, .txt …) và xem danh sách tệp chưa đọc được trong report.md."


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


def _all(references: list[Path], store: Path | None) -> tuple[list[Record], list[ReadError]]:
    """Records of files and folders named, or of the whole store where none is named; and what could not be read."""
    from pipeline.run import open_store, read_each

    if references:
        found, failed = read_each(references)
        if not found and not failed:
            raise UsageError("Không có văn bản nào để soát: chưa tệp nào được kiểm tra.", remedy="Nêu tệp hoặc thư mục có văn bản.")
        return found, failed
    with open_store(_store_path(store)) as opened:
        kept = list(opened.records())
    if not kept:
        raise UsageError("Kho chưa có văn bản nào: chưa có gì được kiểm tra.", remedy="Chạy «trienkhai run THƯ_MỤC --out out» trước.")
    return kept, []


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
    if not result.records:
        raise UsageError("Không có văn bản nào đọc được: không có gì để trích, nối hay rà soát.", path=str(folder), remedy=NOTHING)


@app.command()
def chain(
    document: Annotated[str, typer.Argument(help="Tệp, hoặc số và ký hiệu (282/KH-UBND) có trong kho.")],
    store: StoreOption = None,
    short: Annotated[bool, typer.Option("--short", help="Chỉ in chuỗi, không giải thích.")] = False,
) -> None:
    """Chuỗi chỉ đạo từ văn bản gốc xuống văn bản này; nêu rõ văn bản nào có trong tay, văn bản nào chỉ được dẫn."""
    from pipeline.graph import questions
    from pipeline.run import chain_of

    answer = chain_of(document, _store_path(store))
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
    english: Annotated[bool, typer.Option("--english", help="Nhãn và lý do bằng tiếng Anh (biên bản vẫn là tiếng Việt).")] = False,
) -> None:
    """Rà soát: kế hoạch cấp dưới đã mang đủ nhiệm vụ của cấp trên chưa.

    Mã thoát: 0 sạch, 1 còn thiếu, 2 quyết định đáng ngờ, 3 lỗi đầu vào.
    """
    from pipeline import config
    from pipeline.run import audit_pair, write_audit

    where = _store_path(store)
    language = "vi" if form is AuditFormat.docx else "en" if english else config.language()
    result, upper, lower, code = audit_pair(_one(parent, store), _one(child, store), where, language)
    if form is AuditFormat.json:
        typer.echo(result.to_json(indent=2))
    elif form is AuditFormat.table:
        from pipeline.report.console import print_audit

        print_audit(result, language)
    else:
        if out is None:
            raise UsageError(f"Định dạng {form.value} cần --out TỆP.")
        write_audit(result, upper, lower, out, form.value, language)
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
    """Soát lỗi văn bản (viện dẫn, thể thức, cấu trúc, thời hạn …), theo lối của các bộ soát mã nguồn.

    Mã thoát: 0 không có lỗi, 1 có lỗi, 3 có tệp chưa đọc được nên chưa được soát.
    """
    from pipeline.audit import lint
    from pipeline.run import findings_of

    records, failed = _all(files or [], store)
    found = findings_of(records, _codes(select), _codes(ignore))
    if records or form is not CheckFormat.text:
        typer.echo(lint.render(found, form.value), nl=False)
    if failed:
        typer.echo(f"Chưa đọc được {len(failed)} tệp, nên chưa soát:", err=True)
        for error in failed:
            typer.echo(f"  {error.describe()}", err=True)
        raise typer.Exit(failed[0].exit_code)
    raise typer.Exit(1 if any(f.finding.severity == "error" for f in found) else 0)


def _codes(values: list[str] | None) -> tuple[str, ...]:
    return tuple(code.strip().upper() for value in values or [] for code in value.split(",") if code.strip())


@app.command()
def explain(code: Annotated[str, typer.Argument(help="Mã của một kiểm tra (CIT-DATE-CONFLICT) hoặc mã lỗi (R213).")]) -> None:
    """Giải thích một mã: nghĩa, vì sao quan trọng, ví dụ; với mã lỗi là nghĩa và cách xử lý."""
    from pipeline.audit.lint import explain as text_of
    from pipeline.report.errors import explain_error

    typer.echo(explain_error(code) or text_of(code.upper()))


@app.command()
def doctor() -> None:
    """Máy này có gì (tesseract, LibreOffice …) và thiếu gì thì mất việc gì."""
    from pipeline.doctor import checks
    from pipeline.report.console import print_checks

    print_checks(checks())


@decisions_app.command("export")
def decisions_export(out: Path, store: StoreOption = None) -> None:
    """Ghi mọi quyết định ra tệp JSON lines."""
    from pipeline.run import open_store

    with open_store(_store_path(store)) as opened:
        typer.echo(f"{opened.export_decisions(out)} quyết định → {out}")


@decisions_app.command("import")
def decisions_import(source: Path, store: StoreOption = None) -> None:
    """Nhập quyết định từ tệp JSON lines; nhập lại không tạo bản trùng."""
    from pipeline.store import Store
    from pipeline.store.decisions import read_lines

    if not source.is_file():
        raise NotFound("Không có tệp quyết định này.", path=str(source))
    try:
        for _ in read_lines(source):
            pass
    except StoreError as error:  # the file is at fault here, not the store
        raise UsageError(error.message, path=error.path, remedy=NOT_DECISIONS) from error
    with Store.open(_store_path(store)) as opened:
        typer.echo(f"{opened.import_decisions(source)} quyết định ← {source}")


@decisions_app.command("add")
def decisions_add(
    child: Annotated[str, typer.Argument(help="Kế hoạch cấp dưới: tệp, hoặc số và ký hiệu trong kho.")],
    parent: Annotated[str, typer.Option("--parent", help="Văn bản cấp trên.")],
    duty: Annotated[str, typer.Option("--duty", help="Mục trong cột đầu của rà soát (II.1); mục có nhiều nhiệm vụ thì ghi mã (II.1#2).")],
    verdict: Annotated[str, typer.Option("--verdict", help="covered, partial, contradicted, not_covered, not_applicable, needs_review")],
    who: Annotated[str, typer.Option("--who", help="Người quyết định.")],
    note: Annotated[str, typer.Option("--note", help="Lý do; bắt buộc khi đổi kết luận của máy.")] = "",
    store: StoreOption = None,
) -> None:
    """Ghi quyết định của người rà soát về một nhiệm vụ; gắn với nội dung hai bên lúc quyết định."""
    from pipeline.run import decide

    kept = decide(_one(parent, store), _one(child, store), duty, verdict, who, note, _store_path(store))
    typer.echo(f"Đã ghi: {kept.id} → {kept.verdict}")


_WRONG_CALL: type[Exception] = next(k for k in typer.BadParameter.__mro__ if k.__name__ == "UsageError" and issubclass(k, Exception))
"""What the command-line library raises for wrong arguments."""
_KINDS = {
    "NoSuchOption": "không có tùy chọn này", "NoSuchCommand": "không có lệnh này", "MissingParameter": "thiếu tham số",
    "BadParameter": "giá trị của tham số không hợp lệ", "BadOptionUsage": "tùy chọn dùng chưa đúng",
    "BadArgumentUsage": "thừa hoặc sai tham số",
}  # fmt: skip


def wrong_call(error: BaseException) -> UsageError:
    """A wrong command line in the words of the tree of errors: what is wrong and with which argument."""
    option, parameter = getattr(error, "option_name", None), getattr(error, "param", None)
    named = option or getattr(error, "command_name", None) or getattr(error, "param_hint", None)
    if named is None and parameter is not None:
        named = parameter.opts[0] if str(parameter.opts[0]).startswith("-") else parameter.name.upper()
    kind = _KINDS.get(type(error).__name__, "sai tham số")
    said = str(getattr(error, "message", "")).strip()
    for shown in re.findall(r"'([^']+)'|\(([^()]+)\)$", said) if named is None else ():
        named = shown[0] or shown[1]
        break
    if said.startswith("No such command"):
        kind = _KINDS["NoSuchCommand"]
    choices = re.findall(r"'([^']+)'", said.partition("is not one of")[2])
    near = getattr(error, "possibilities", None)
    more = f" Các giá trị nhận: {', '.join(choices)}." if choices else ""
    more += f" Gần giống: {', '.join(near)}." if near else ""
    return UsageError(f"Lệnh gọi sai: {kind}{f' “{named}”' if named else ''}.{more}")


def main() -> None:
    """Entry point: errors of the tree, and wrong command lines, become one Vietnamese line and their exit code."""
    try:
        code = app(standalone_mode=False)
    except TrienkhaiError as error:
        typer.echo(error.describe(), err=True)
        sys.exit(error.exit_code)
    except _WRONG_CALL as error:
        if type(error).__name__ == "NoArgsIsHelpError":
            typer.echo(str(getattr(error, "message", error)))
            sys.exit(UsageError.exit_code)
        told = wrong_call(error)
        typer.echo(told.describe(), err=True)
        sys.exit(told.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        typer.echo("Đã dừng.", err=True)
        sys.exit(130)
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
