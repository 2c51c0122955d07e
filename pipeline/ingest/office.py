"""Old Word files, RTF and OpenDocument text (.doc, .rtf, .odt) through LibreOffice to .docx, then ``word``.

Measured: LibreOffice returns 0 for files it could not read, loses files when two runs share a profile, fetches remote links while
loading and opens HTML or random bytes named .doc. So: known magic only, a fresh profile per run, no network, a time limit,
every output checked. One run for many files costs 0.08 s a file, one run per file about 1 s.
"""

from __future__ import annotations

import functools
import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from pipeline.ingest.confine import child_setup
from pipeline.ingest.limits import check_zip
from pipeline.ingest.sniff import DOC, NAMES, ODT, OLE_ENCRYPTED, RTF, mismatch, sniff
from pipeline.ingest.word import read_docx
from schemas.document import RawDocument
from schemas.errors import Damaged, Encrypted, NeedsOffice, ReadError, TimedOut, WrongType

TIME_LIMIT = 60.0  # seconds for a run of one file
SECONDS_PER_FILE = 2.0  # added for each further file of a batch; measured 0.08 on average, 0.5 for the heaviest
BATCH = 20
MAX_MEMORY = 350 * 1024**2  # bytes; a run over ordinary files takes 100
_SUFFIXES: Mapping[str, str] = {DOC: ".doc", RTF: ".rtf", ODT: ".odt"}
# Only the filter of the sniffed type may read the file: otherwise LibreOffice guesses again and opens HTML or text.
_FILTERS: Mapping[str, str] = {DOC: "MS Word 97", RTF: "Rich Text Format", ODT: "writer8"}

# No macros, no update of links, nothing taken from untrusted places, no recovery dialogue.
_OPTIONS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Writer/Content/Update", "Link", "2"),
    ("Recovery/RecoveryInfo", "Enabled", "false"),
)
_SETTINGS = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    + "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}"><value>{setting}</value></prop></item>\n'
        for path, name, setting in _OPTIONS
    )
    + "</oor:items>\n"
)


def soffice() -> str | None:
    """Path of LibreOffice, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def read_office(path: Path) -> RawDocument:
    """Read a .doc, .rtf or .odt.

    ``media_type`` and ``sha256`` are those of the file itself. Raises ``NotFound``, ``EmptyFile``, ``WrongType``, ``Encrypted``,
    ``NeedsOffice``, ``TimedOut``, ``Damaged`` and what ``read_docx`` raises.
    """
    with tempfile.TemporaryDirectory(prefix="trienkhai-office-") as folder:
        made = convert_many([path], Path(folder))[path]
        if isinstance(made, ReadError):
            raise made
        return read_converted(path, made)


def read_converted(path: Path, made: Path) -> RawDocument:
    """Read the .docx that ``convert_many`` made of ``path``, under the name and type of the file itself."""
    try:
        raw = read_docx(made)
    except ReadError as error:
        error.path = str(path)
        raise
    media_type = sniff(path)
    warning = mismatch(path, media_type)
    return replace(
        raw, name=path.name, sha256=sha256(path.read_bytes()).hexdigest(), media_type=media_type,
        warnings=((warning,) if warning else ()) + raw.warnings,
    )  # fmt: skip


def convert_many(paths: Sequence[Path], out: Path, *, time_limit: float = TIME_LIMIT, retry: bool = True) -> dict[Path, Path | ReadError]:
    """Convert files to .docx in ``out`` (an existing folder), up to 20 in one LibreOffice run.

    Every path has an entry: the file made, or the error that says why not. With ``retry`` a batch that hangs or dies is tried again
    file by file, so that one bad file does not take its neighbours with it.
    """
    results: dict[Path, Path | ReadError] = {}
    ready: dict[str, list[Path]] = {}
    for path in dict.fromkeys(paths):
        try:
            ready.setdefault(_checked_type(path), []).append(path)
        except ReadError as error:
            results[path] = error
    program = soffice()
    for media_type, files in sorted(ready.items()):
        for start in range(0, len(files), BATCH):
            batch = files[start : start + BATCH]
            if program is None:
                results |= {p: NeedsOffice(f"Cần LibreOffice để đọc {NAMES[media_type]}.", path=str(p)) for p in batch}
            else:
                results |= _convert(program, media_type, batch, out, time_limit, retry)
    return {path: results[path] for path in paths}


def _checked_type(path: Path) -> str:
    media_type = sniff(path)
    if media_type == OLE_ENCRYPTED:
        raise Encrypted("Tệp Word đặt mật khẩu.", path=str(path))
    if media_type not in _SUFFIXES:
        raise WrongType(f"Không phải .doc, .rtf, .odt mà là {NAMES.get(media_type, media_type)}.", path=str(path))
    if media_type == ODT:
        check_zip(path)
    if (media_type == DOC and _is_encrypted_doc(path)) or (media_type == ODT and _is_encrypted_odt(path)):
        raise Encrypted(f"Tệp {_SUFFIXES[media_type]} đặt mật khẩu.", path=str(path))
    return media_type


def _is_encrypted_doc(path: Path) -> bool:
    """The fEncrypted bit of the file information block ([MS-DOC] §2.5.2), which begins the WordDocument stream.

    Writers put that stream on a sector border; its magic 0xA5EC is looked for there, so that no directory need be walked.
    """
    data = path.read_bytes()
    for at in range(512, min(len(data) - 12, 4_000_000), 512):
        if data[at : at + 2] == b"\xec\xa5" and data[at + 2] in (0xC1, 0xC0, 0xD9, 0x65):
            return bool(data[at + 11] & 0x01)
    return False


def _is_encrypted_odt(path: Path) -> bool:
    """Whether the manifest names encrypted parts (OpenDocument 1.2 part 3, §4.4)."""
    try:
        with zipfile.ZipFile(path) as archive:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError):
        return False  # without a readable manifest LibreOffice decides


def _convert(
    program: str, media_type: str, files: Sequence[Path], out: Path, time_limit: float, retry: bool
) -> dict[Path, Path | ReadError]:
    with tempfile.TemporaryDirectory(prefix="trienkhai-soffice-") as folder:
        work = Path(folder)
        copies = _copies(files, work / "in", _SUFFIXES[media_type])
        limit = time_limit + SECONDS_PER_FILE * (len(files) - 1)
        error = _run(program, media_type, copies.values(), work, limit)
        made: dict[Path, Path | ReadError | None] = {
            path: _collect(path, work / "out" / f"{copy.stem}.docx", out) for path, copy in copies.items()
        }
    missing = [path for path, result in made.items() if result is None]
    if missing and retry and len(files) > 1:
        for path in missing:
            made |= _convert(program, media_type, [path], out, time_limit, retry)
    return {path: result if result is not None else _failure(path, error, time_limit) for path, result in made.items()}


def _failure(path: Path, error: str, time_limit: float) -> ReadError:
    if error == "timeout":
        return TimedOut(f"LibreOffice chưa đọc xong sau {time_limit:.0f} giây.", path=str(path))
    return Damaged("LibreOffice không đọc được tệp; tệp có thể hỏng.", path=str(path))


def _copies(files: Iterable[Path], folder: Path, suffix: str) -> dict[Path, Path]:
    """Copies under plain names: two files of one name would overwrite each other, and a name may look like an option."""
    folder.mkdir()
    copies: dict[Path, Path] = {}
    for n, path in enumerate(files):
        copies[path] = folder / f"{n:04d}{suffix}"
        shutil.copyfile(path, copies[path])
    return copies


def _collect(path: Path, made: Path, out: Path) -> Path | None:
    """Move a made file to ``out`` under a name of its own; None where it was not made or is no whole .docx."""
    try:
        with zipfile.ZipFile(made) as archive:
            if "word/document.xml" not in archive.namelist():
                return None
    except (OSError, zipfile.BadZipFile):
        return None
    digest = sha256(str(path).encode("utf-8", "surrogateescape")).hexdigest()[:12]
    target = out / f"{path.stem}-{digest}.docx"
    shutil.move(made, target)
    return target


def _run(program: str, media_type: str, files: Iterable[Path], work: Path, limit: float) -> str:
    """One LibreOffice run; "" when it ended, "timeout" when it was stopped. The exit code says nothing and is not looked at."""
    profile = work / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    command = [
        *_without_network(), program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
        "--nodefault", "--nofirststartwizard", f"--infilter={_FILTERS[media_type]}", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(work / "out"), *map(str, files),
    ]  # fmt: skip
    environment = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(work), "TMPDIR": str(work), "LANG": "C.UTF-8"}
    child = subprocess.Popen(
        command, env=environment, cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True, preexec_fn=child_setup(MAX_MEMORY),
    )  # fmt: skip
    try:
        child.wait(limit)
    except subprocess.TimeoutExpired:
        return "timeout"
    finally:
        _end(child)
    return ""


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the whole session: ``soffice`` is a script whose worker (`soffice.bin`) would live on."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        child.wait()


@functools.lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """``unshare`` with what the system lets users have: no network, and own process ids, so that all of LibreOffice ends with it.

    Nothing where user namespaces are forbidden; links are still not updated then.
    """
    tool = shutil.which("unshare")
    for options in (("-rnpf", "--kill-child", "--mount-proc"), ("-rn", "--kill-child")) if tool else ():
        command = (tool or "", *options)
        try:
            done = subprocess.run([*command, "true"], capture_output=True, timeout=10, check=False)
        except (OSError, subprocess.TimeoutExpired):
            continue
        if done.returncode == 0:
            return command
    return ()
