"""Documentation is tested: an undocumented command, error code or lexicon turns the build red."""

from __future__ import annotations

import inspect
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer.main

from pipeline.cli import app
from pipeline.report.errors import explain_error
from pipeline.report.texts import LANGUAGES
from schemas import errors

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _commands() -> list[str]:
    group = typer.main.get_command(app)
    names = []
    for name, command in group.commands.items():
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return sorted(names)


@pytest.mark.parametrize("command", _commands())
def test_every_command_is_documented(command):
    assert f"trienkhai {command}" in README


def test_error_codes_are_unique_and_documented():
    kinds = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, errors.TrienkhaiError)]
    codes = [e.code for e in kinds]
    assert len(set(codes)) == len(codes)
    for kind in kinds:
        assert kind.code in README, f"{kind.__name__} ({kind.code}) is not in the README"


def test_error_codes_are_explained():
    kinds = [e for _, e in inspect.getmembers(errors, inspect.isclass) if issubclass(e, errors.TrienkhaiError)]
    for language in LANGUAGES:
        for kind in kinds:
            assert kind.default_remedy in (explain_error(kind.code.lower(), language) or "")
    assert explain_error("CIT-REPEALED") is None


def test_every_make_target_says_what_it_does():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z][a-z-]*):(?!=)(.*)$", makefile, re.M)
    for name, rest in targets:
        assert "##" in rest, f"make {name} has no description"


def test_nothing_names_a_machine():
    """No absolute path of a machine, no registry host in what the repository holds as text."""
    forbidden = re.compile(r"/(?:home|work|root|Users)/[a-z]|pypi\.org|files\.pythonhosted|registry\.npmjs|deb\.debian\.org")
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if not path.is_file() or parts[0] in {".git", ".venv", "out"} or "__pycache__" in parts or (parts[0].startswith(".") and parts[0] != ".ci"):
            continue
        if path.suffix in {".py", ".md", ".toml", ".csv", ".lock", ".j2", ".ipynb", ".txt", ".json", ""} and path != Path(__file__):
            found = forbidden.search(path.read_text(encoding="utf-8", errors="ignore"))
            assert not found, f"{path.relative_to(ROOT)} names {found.group()}"


@pytest.mark.parametrize(("folder", "column"), [("rules", 2), ("lexicons", 3)])
def test_every_file_of_knowledge_is_in_the_table_of_the_readme(folder, column):
    section = README[README.index("## Tri thức là dữ liệu") :]
    cells = [line.split("|")[column] for line in section.splitlines() if line.startswith("| ")]
    named = [name for cell in cells for name in re.findall(r"`([a-z_*]+)`", cell)]
    files = {path.stem for path in (ROOT / "extractors" / folder).iterdir()} - {"confidence"}
    assert {file for file in files if not any(fnmatch(file, name) for name in named)} == set()
    assert [name for name in named if name != folder and not any(fnmatch(file, name) for file in files)] == []
