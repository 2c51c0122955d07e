"""What an office hands over: a file, a folder tree, a .zip with folders and further zips in it. Lists files, reads none.

Everything found is said: a file to read, a file left out and why, an archive that must not be opened and why. Order is by name,
the same on every machine. Archives are unpacked to a folder that never lies inside the delivery.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import shutil
import tempfile
import unicodedata
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.ingest.limits import BROKEN, DELIVERY, check_members, open_directory
from pipeline.ingest.sniff import PLAIN, ZIP, sniff
from schemas.errors import Damaged, NotFound, ReadError, TooLarge

MAX_NESTING = 3  # zips within zips; mail gateways add one, ministries' portals one more
MAX_UNPACKED = 4 * 1024**3  # bytes over a whole delivery, all nested archives together
MAX_FOLDERS = 60  # levels of folders
MAX_NAME = 200  # bytes of one name on disk; file systems take 255
COPY = 1024 * 1024

_JUNK = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db", "__macosx"})
RESULTS = frozenset(
    "report.md register.xlsx graph.html audit.html matrix.xlsx calendar.ics records.jsonl graph.graphml trienkhai.db".split()
)
"""Names of what a run writes. A folder that holds several of them is the output of an earlier run."""
_RESULTS_ENOUGH = 4
_EARLIER = "kết quả của một lần chạy trước, không phải văn bản"
# Plain text that is no letter to anybody; left out of folders, read where it is named itself.
_DATA = frozenset(".json .jsonl .csv .tsv .graphml .gexf .xml .css .js .py .toml .yaml .yml .ini .cfg .log .sql".split())


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of a delivery.

    ``path`` is where its bytes are, ``name`` its place in the delivery with ``/`` (members of an archive stand under the
    archive's name). ``skipped`` says why it is not to be read (it is no document); ``error`` why it cannot be reached. Both None:
    read it.
    """

    path: Path
    name: str
    skipped: str | None = None
    error: ReadError | None = None


def walk(source: Path, *, into: Path | None = None) -> Iterator[Delivery]:
    """Every file below ``source`` (folder, zip or single file), sorted by name.

    Archives are unpacked below ``into``; without it below a temporary folder that is removed when the program ends. Raises
    ``NotFound`` where ``source`` is missing; whatever is wrong further down comes as a ``Delivery`` with ``error``.
    """
    if not source.exists():
        raise NotFound("Không có tệp hoặc thư mục này.", path=str(source))
    walker = _Walker(into)
    if source.is_dir():
        yield from walker.folder(source, PurePosixPath(), 0)
    else:
        yield from walker.file(source, PurePosixPath(source.name), 0, named=True)


class _Walker:
    """State of one walk: where archives go and how much has been unpacked so far."""

    def __init__(self, into: Path | None) -> None:
        self._into = into
        self._unpacked = 0
        self._archives: dict[str, str] = {}  # sha256 → name of the first archive with that content
        self._seen: set[tuple[int, int]] = set()  # device and inode: links may lead back, or to one folder twice

    def folder(self, folder: Path, name: PurePosixPath, depth: int) -> Iterator[Delivery]:
        """Files of a folder tree, each folder once. ``depth`` counts the archives it lies in."""
        try:
            status = folder.stat()
            entries = sorted(os.scandir(folder), key=lambda e: _order(e.name))
        except OSError as error:
            yield Delivery(folder, str(name), error=ReadError(f"Không mở được thư mục: {error.strerror or error}.", path=str(folder)))
            return
        if (identity := (status.st_dev, status.st_ino)) in self._seen:
            yield Delivery(folder, str(name), skipped="liên kết tới thư mục đã đọc")
            return
        self._seen.add(identity)
        if len(name.parts) > MAX_FOLDERS:
            yield Delivery(folder, str(name), error=TooLarge(f"Thư mục lồng nhau quá {MAX_FOLDERS} lớp.", path=str(folder)))
            return
        results = RESULTS & {e.name for e in entries}
        earlier = len(results) >= _RESULTS_ENOUGH
        if earlier and name.parts and all(e.name in results or _not_a_document(e.name) for e in entries):
            yield Delivery(folder, str(name), skipped=f"thư mục {_EARLIER}")
            return
        for entry in entries:
            path, place = Path(entry.path), name / _shown(entry.name)
            if earlier and entry.name in results:
                yield Delivery(path, str(place), skipped=_EARLIER)
            elif reason := _not_a_document(entry.name):
                yield Delivery(path, str(place), skipped=reason)
            elif _is_dir(entry):
                yield from self.folder(path, place, depth)
            elif _is_file(entry):
                yield from self.file(path, place, depth)
            else:
                yield Delivery(path, str(place), skipped="không phải tệp thường (liên kết hỏng, thiết bị, ống dẫn)")

    def file(self, path: Path, name: PurePosixPath, depth: int, *, named: bool = False) -> Iterator[Delivery]:
        """The file itself, or what is inside where it is a plain zip. ``named``: the user asked for this very file."""
        suffix = path.suffix.lower()
        try:
            media_type = sniff(path)
        except ReadError as error:
            yield Delivery(path, str(name), error=error)
            return
        if media_type == PLAIN and suffix in _DATA and not named:
            yield Delivery(path, str(name), skipped="tệp dữ liệu hoặc mã nguồn, không phải văn bản")
            return
        if media_type != ZIP or suffix in (".docx", ".odt", ".docm"):
            yield Delivery(path, str(name))
            return
        yield from self._archive(path, name, depth)

    def _archive(self, path: Path, name: PurePosixPath, depth: int) -> Iterator[Delivery]:
        """What is in a zip; an archive of the same bytes as an earlier one is said, not unpacked under the reader's feet."""
        try:
            digest = _digest(path)
            if (twin := self._archives.setdefault(digest, str(name))) != str(name):
                yield Delivery(path, str(name), skipped=f"trùng nội dung với “{twin}”")
                return
            folder = self._unpack(path, digest, depth)
        except ReadError as error:
            error.path = str(path)
            yield Delivery(path, str(name), error=error)
            return
        yield from self.folder(folder, name, depth + 1)

    def _unpack(self, path: Path, digest: str, depth: int) -> Path:
        if depth >= MAX_NESTING:
            raise TooLarge(f"Tệp nén lồng nhau quá {MAX_NESTING} lớp.", remedy="Giải nén bằng tay rồi chạy lại trên thư mục.")
        members = open_directory(path)
        check_members(members, path, DELIVERY)
        total = sum(member.file_size for member in members)
        if self._unpacked + total > MAX_UNPACKED:
            raise TooLarge(f"Các tệp nén giải ra hơn {MAX_UNPACKED // 1024**3} GB.", remedy="Chia gói hồ sơ thành nhiều phần.")
        self._unpacked += total
        if self._into is None:
            self._into = Path(tempfile.mkdtemp(prefix="trienkhai-"))
            atexit.register(shutil.rmtree, self._into, ignore_errors=True)
        try:
            return _unpack_fresh(path, self._into / digest[:32])
        except OSError as error:
            raise ReadError(f"Không giải nén được: {error.strerror or error}.", remedy="Kiểm tra dung lượng đĩa và quyền ghi.") from error


def _digest(archive: Path) -> str:
    try:
        with archive.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ReadError(f"Không đọc được tệp nén: {error.strerror or error}.") from error


def _unpack_fresh(archive: Path, target: Path) -> Path:
    """Unpack to ``target``, named by content: a later run over the same archive takes the same place and no more. What stands
    there from an earlier run is not trusted to be whole or untouched."""
    unfinished = target.with_suffix(".part")
    for left_over in (target, unfinished):
        if left_over.exists():
            shutil.rmtree(left_over)
    unpack(archive, unfinished)
    return unfinished.rename(target)


def unpack(archive: Path, target: Path) -> None:
    """Unpack a checked zip below ``target``, which must not exist yet.

    Names that would leave ``target`` (``..``, absolute, drive letters) lose those parts; links become nothing but their text; a
    member never writes more than its declared size. Raises ``Damaged``.
    """
    target.mkdir(parents=True)
    try:
        with zipfile.ZipFile(archive) as source:
            for member in source.infolist():
                parts = _safe_parts(_member_name(member))
                if not parts:
                    continue
                place = target.joinpath(*parts)
                if member.is_dir():
                    place.mkdir(parents=True, exist_ok=True)
                    continue
                place = _free(place)
                place.parent.mkdir(parents=True, exist_ok=True)
                with source.open(member) as packed, place.open("xb") as out:
                    shutil.copyfileobj(packed, out, COPY)
    except (*BROKEN, RuntimeError) as error:  # RuntimeError: zipfile's word for a missing password
        raise Damaged("Tệp nén hỏng: có mục không giải nén được.", path=str(archive)) from error


def _member_name(member: zipfile.ZipInfo) -> str:
    """The name as it was typed. Without the UTF-8 flag zipfile reads cp437; Windows in Viet Nam writes UTF-8 or cp1258."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        raw = member.filename.encode("cp437")
    except UnicodeEncodeError:
        return member.filename
    for encoding in ("utf-8", "cp1258"):
        try:
            return unicodedata.normalize("NFC", raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return member.filename


def _safe_parts(name: str) -> list[str]:
    parts = []
    for part in name.replace("\\", "/").split("/"):
        part = "".join(sign for sign in part if sign.isprintable() and sign != ":").strip()
        if part in ("", ".", ".."):
            continue
        parts.append(_shorten(part))
    return parts[-20:]


def _shorten(part: str) -> str:
    """A name the file system takes, with its suffix."""
    if len(part.encode()) <= MAX_NAME:
        return part
    stem, dot, suffix = part.rpartition(".")
    suffix = dot + suffix if stem and len(suffix) <= 8 else ""
    return (part.encode()[: MAX_NAME - len(suffix.encode())].decode(errors="ignore")) + suffix


def _free(place: Path) -> Path:
    """``place``, numbered where the archive holds the name twice, so that nothing is overwritten."""
    number, free = 2, place
    while free.exists():
        free = place.with_name(f"{place.stem} ({number}){place.suffix}")
        number += 1
    return free


def _not_a_document(name: str) -> str | None:
    if name.startswith(("~$", ".~lock.")):
        return "tệp khóa của Word, không phải văn bản"
    if name.lower() in _JUNK:
        return "tệp của hệ điều hành"
    if name.startswith("."):
        return "tệp ẩn"
    if name.lower().endswith((".tmp", ".part", ".crdownload")):
        return "tệp tạm, chưa tải xong"
    if name.lower().endswith((".db", ".db-wal", ".db-shm", ".sqlite")):
        return "cơ sở dữ liệu, không phải văn bản"
    return None


def _order(name: str) -> tuple[str, str]:
    """By name as a person sees it, then by bytes: the order does not depend on how the disk lists entries."""
    return unicodedata.normalize("NFC", name), name


def _shown(name: str) -> str:
    """A name that can be written as UTF-8; bytes that are none are shown as ``\\xNN``."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_file(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file()
    except OSError:
        return False
