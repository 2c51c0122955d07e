"""Build the corpus: samples and gold from the sources beside this file.

    python corpus/build/build.py               rebuild text, Markdown, Word and gold; PDFs only where their source changed
    python corpus/build/build.py --no-pdf      print no PDF, fail where one is older than its source
    python corpus/build/build.py --out DIR     build into another folder (the test asks for the same bytes as committed)

The bytes of a PDF change with the version of LibreOffice, so PDFs are committed as built; ``pdf.lock`` beside the sources keeps
the digest of the Word file that each was printed from.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import gold
import text
import word
from markup import Source, SourceError, read

HERE = Path(__file__).resolve().parent
PDF_FONT = "TeX Gyre Termes"


def pdf(source: Source, path: Path, *, make: bool) -> None:
    """Print through LibreOffice where the source changed; with ``make`` off a PDF older than its source is an error.

    Raises ``CalledProcessError`` where the conversion fails.
    """
    package = word.package(source, PDF_FONT)
    lock = HERE / "sources" / "pdf.lock"
    known = json.loads(lock.read_text(encoding="utf-8")) if lock.exists() else {}
    digest = word.digest(package)
    if known.get(source.id) == digest and (path.exists() or not make):
        return
    if not make:
        raise SourceError(f"{source.id}: the committed PDF is older than its source")
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{source.id}.docx"
        made.write_bytes(package)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        path.write_bytes(made.with_suffix(".pdf").read_bytes())
    lock.write_text(gold.dump(dict(sorted((known | {source.id: digest}).items()))), encoding="utf-8")


def sample(source: Source, folder: Path, *, make_pdf: bool) -> None:
    kind = source.head["format"]
    path = folder / f"{source.id}.{kind}"
    if kind == "docx":
        path.write_bytes(word.package(source))
    elif kind == "pdf":
        pdf(source, path, make=make_pdf)
    else:
        styles = {"wrapped": text.wrapped, "lines": text.lined, "markdown": text.markdown}
        path.write_text(styles[source.head["style"]](source), encoding="utf-8")


def data_card(path: Path, table: str) -> None:
    """Put the fresh table between the marks of the data card."""
    start, end = "<!-- bảng -->\n", "\n<!-- hết bảng -->"
    before, _, rest = path.read_text(encoding="utf-8").partition(start)
    path.write_text(before + start + table + end + rest.partition(end)[2], encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE.parent)
    parser.add_argument("--no-pdf", action="store_true", help="print no PDF; fail where one is older than its source")
    args = parser.parse_args()
    samples, records, pairs = args.out / "samples", args.out / "gold" / "records", args.out / "gold" / "coverage"
    for folder in (samples, records, pairs):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        sources = [read(path) for path in sorted((HERE / "sources").glob("*.plan"))]
        for source in sources:
            sample(source, samples, make_pdf=not args.no_pdf)
            (records / f"{source.id}.json").write_text(gold.dump(gold.record(source)), encoding="utf-8")
        by_id = {source.id: source for source in sources}
        for path in sorted((HERE / "sources").glob("*.toml")):
            pair = gold.coverage(path, by_id)
            (pairs / f"{pair['parent']}-{pair['child']}.json").write_text(gold.dump(pair), encoding="utf-8")
        (args.out / "gold" / "graph.json").write_text(gold.dump(gold.graph(sources)), encoding="utf-8")
        (args.out / "gold" / "faults.json").write_text(gold.dump(gold.faults(sources)), encoding="utf-8")
        if args.out == HERE.parent:
            data_card(HERE.parent / "README.md", gold.card(sources))
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    duties, cited = sum(len(s.duties) for s in sources), sum(len(s.citations) for s in sources)
    due = sum(len(s.deadlines) for s in sources)
    print(f"{len(sources)} documents, {duties} duties, {cited} citations, {due} deadlines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
