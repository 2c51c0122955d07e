"""Build the corpus: samples and gold from the sources beside this file.

    python corpus/build/build.py              rebuild text, Markdown, Word and gold; PDFs only where one is missing
    python corpus/build/build.py --pdf        rebuild the PDFs too (LibreOffice; their bytes change with its version)
    python corpus/build/build.py --out DIR    build into another folder (used by the test: same bytes as committed)
"""

from __future__ import annotations

import argparse
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


def pdf(source: Source, path: Path) -> None:
    """Print through LibreOffice. Raises ``CalledProcessError`` where the conversion fails."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / f"{source.id}.docx"
        word.write(source, made, PDF_FONT)
        command = ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "pdf", "--outdir", folder, str(made)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        path.write_bytes(made.with_suffix(".pdf").read_bytes())


def sample(source: Source, folder: Path, *, with_pdf: bool) -> None:
    kind = source.head["format"]
    path = folder / f"{source.id}.{kind}"
    if kind == "docx":
        word.write(source, path)
    elif kind == "pdf":
        if with_pdf or not path.exists():
            pdf(source, path)
    else:
        styles = {"wrapped": text.wrapped, "lines": text.lined, "markdown": text.markdown}
        path.write_text(styles[source.head["style"]](source), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=HERE.parent)
    parser.add_argument("--pdf", action="store_true", help="rebuild PDFs that are already there")
    parser.add_argument("--no-pdf", action="store_true", help="leave PDFs alone, missing ones too")
    args = parser.parse_args()
    samples, records, pairs = args.out / "samples", args.out / "gold" / "records", args.out / "gold" / "coverage"
    for folder in (samples, records, pairs):
        folder.mkdir(parents=True, exist_ok=True)
    try:
        sources = [read(path) for path in sorted((HERE / "sources").glob("*.plan"))]
        for source in sources:
            if not (args.no_pdf and source.head["format"] == "pdf"):
                sample(source, samples, with_pdf=args.pdf)
            (records / f"{source.id}.json").write_text(gold.dump(gold.record(source)), encoding="utf-8")
        by_id = {source.id: source for source in sources}
        for path in sorted((HERE / "sources").glob("*.toml")):
            pair = gold.coverage(path, by_id)
            (pairs / f"{pair['parent']}-{pair['child']}.json").write_text(gold.dump(pair), encoding="utf-8")
        (args.out / "gold" / "graph.json").write_text(gold.dump(gold.graph(sources)), encoding="utf-8")
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    duties, cited = sum(len(s.duties) for s in sources), sum(len(s.citations) for s in sources)
    due = sum(len(s.deadlines) for s in sources)
    print(f"{len(sources)} documents, {duties} duties, {cited} citations, {due} deadlines")
    return 0


if __name__ == "__main__":
    sys.exit(main())
