"""Opens a database: SQLite by a path, any other by URL. Engine settings, transactions and the version check live here."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Table, create_engine, event, inspect, select, text, true
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from pipeline.store.graph_tables import GRAPH, GRAPH_VERSION, changes
from pipeline.store.tables import SCHEMA_VERSION, decisions, documents, meta, metadata
from schemas.errors import StoreError

_WITHOUT_GRAPH, _WITHOUT_WORDS = "1", "2"  # older versions that lack tables or columns and nothing else
CACHE = 65_536  # KiB of pages kept at most: with SQLite's own 2 MiB a big write goes to disk twice
BUSY = 5_000  # milliseconds a writer waits for another: an auditor's click during a batch waited 0.23 s at most


def connect(url: str) -> Engine:
    """An engine for a path, ``sqlite:///…`` or ``postgresql+psycopg://…``. Raises ``StoreError``."""
    try:
        target = make_url(url) if "://" in url else URL.create("sqlite", database=url)
        if target.get_backend_name() == "sqlite":
            return _sqlite(target, url)
        return create_engine(target)
    except (ArgumentError, NoSuchModuleError) as error:
        raise StoreError(f"Địa chỉ kho không hợp lệ: {_masked(url)}.") from error
    except ImportError as error:
        remedy = "Cài trình điều khiển: pip install 'psycopg[binary]'."
        raise StoreError(f"Thiếu thư viện để mở kho {_masked(url)}.", remedy=remedy) from error


def _masked(url: str) -> str:
    """The address without its password."""
    try:
        return make_url(url).render_as_string(hide_password=True) if "://" in url else url
    except ArgumentError:
        return url.partition("://")[0] + "://…"


def _sqlite(target: URL, shown: str) -> Engine:
    if target.database and target.database != ":memory:" and not Path(target.database).absolute().parent.is_dir():
        raise StoreError("Thư mục chứa kho dữ liệu không có.", path=shown, remedy="Tạo thư mục hoặc sửa đường dẫn kho.")
    engine = create_engine(target)

    @event.listens_for(engine, "connect")
    def settings(connection: sqlite3.Connection, _record: object) -> None:
        # The driver's own transaction control begins too late for a consistent read; "begin" below takes over.
        connection.isolation_level = None
        cache = f"cache_size = -{CACHE}"
        for pragma in (f"busy_timeout = {BUSY}", "journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON", cache):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that reads first and writes later fails where another wrote in between.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")

    return engine


@contextmanager
def transaction(engine: Engine, *, writes: bool = False) -> Iterator[Connection]:
    """One transaction; database errors come out as ``StoreError`` with a reason a user understands."""
    try:
        with engine.connect().execution_options(writes=writes) as connection, connection.begin():
            yield connection
    except SQLAlchemyError as error:
        raise _explained(error, engine) from error


@contextmanager
def unwiped(connection: Connection) -> Iterator[None]:
    """Pages set free inside are not filled with zeros, as many builds of SQLite do: what is written anew at once would go to disk
    three times. Rows deleted one by one are wiped as ever."""
    if connection.dialect.name != "sqlite":
        yield
        return
    before = int(connection.exec_driver_sql("PRAGMA secure_delete").scalar() or 0)
    connection.exec_driver_sql("PRAGMA secure_delete = FAST")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA secure_delete = {('OFF', 'ON', 'FAST')[before]}")


def _explained(error: SQLAlchemyError, engine: Engine) -> StoreError:
    where = engine.url.database
    reason = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    for sign, message, remedy in (
        ("locked", "Kho dữ liệu đang bị tiến trình khác giữ.", "Đợi tiến trình kia xong rồi chạy lại."),
        ("not a database", "Tệp này không phải kho dữ liệu.", "Chọn đường dẫn kho khác."),
        ("malformed", "Kho dữ liệu hỏng.", "Khôi phục từ bản sao lưu, hoặc xóa kho và chạy lại: dữ kiện được trích lại từ văn bản."),
        ("readonly", "Không có quyền ghi vào kho dữ liệu.", "Kiểm tra quyền ghi của tệp và thư mục."),
        ("disk is full", "Hết dung lượng đĩa.", "Giải phóng dung lượng rồi chạy lại."),
    ):
        if sign in reason:
            return StoreError(message, path=where, remedy=remedy)
    return StoreError(f"Lỗi kho dữ liệu: {reason.splitlines()[0][:200]}.", path=where)


def prepare(engine: Engine, *, any_version: bool = False) -> None:
    """Create the tables in an empty database; refuse a database of something else or of another version (``StoreError``)."""
    with transaction(engine, writes=True) as connection:
        present = set(inspect(connection).get_table_names())
        if not present:
            metadata.create_all(connection)
            connection.execute(meta.insert(), {"key": "schema_version", "value": str(SCHEMA_VERSION)})
            return
        version = connection.scalar(select(meta.c.value).where(meta.c.key == "schema_version")) if "meta" in present else None
        if version in (_WITHOUT_GRAPH, _WITHOUT_WORDS) and not any_version:
            metadata.create_all(connection)
            _add_columns(connection, decisions)
            if version == _WITHOUT_GRAPH:
                connection.execute(note_changes(engine, true()))
            connection.execute(meta.update().where(meta.c.key == "schema_version").values(value=str(SCHEMA_VERSION)))
            return
    if version is None:
        raise StoreError("Cơ sở dữ liệu này không phải kho của trienkhai.", path=engine.url.database, remedy="Chọn đường dẫn kho khác.")
    if version == str(SCHEMA_VERSION) or any_version:
        return
    newer = version.isdigit() and int(version) > SCHEMA_VERSION
    raise StoreError(
        f"Kho dữ liệu viết bởi phiên bản khác (cấu trúc {version}, chương trình này dùng {SCHEMA_VERSION}).",
        path=engine.url.database,
        remedy="Cập nhật chương trình." if newer else "Xuất các quyết định, tạo kho mới rồi chạy lại: dữ kiện được trích lại từ văn bản.",
    )


def columns_of(connection: Connection, table: Table) -> set[str]:
    """Names of the columns a table has in this database, which may be of an older version."""
    return {column["name"] for column in inspect(connection).get_columns(table.name)}


def _add_columns(connection: Connection, table: Table) -> None:
    """Columns a later version added, all of text with an empty default."""
    have = columns_of(connection, table)
    for name in [c.name for c in table.columns if c.name not in have]:
        connection.execute(text(f"ALTER TABLE {table.name} ADD COLUMN {name} TEXT NOT NULL DEFAULT ''"))


def note_changes(engine: Engine, which: ColumnElement[bool]) -> Any:
    """Marks documents as changed since the graph was last brought up to date. One statement."""
    insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    return insert(changes).from_select(["document"], select(documents.c.id).where(which)).on_conflict_do_nothing()


def renew_graph(engine: Engine) -> None:
    """Make the graph's tables anew where another version of the program made them; all documents count as changed."""
    with transaction(engine) as connection:
        if connection.scalar(select(meta.c.value).where(meta.c.key == "graph_version")) == str(GRAPH_VERSION):
            return
    with transaction(engine, writes=True) as connection:
        metadata.drop_all(connection, tables=list(GRAPH))
        metadata.create_all(connection)
        connection.execute(note_changes(engine, true()))
        connection.execute(upsert(engine, meta), {"key": "graph_version", "value": str(GRAPH_VERSION)})


def upsert(engine: Engine, table: Table, *, replace: bool = True) -> Any:
    """Insert, or replace by primary key (with ``replace`` False: or leave as it is): one statement, the same on both engines."""
    insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table)
    if not replace:
        return statement.on_conflict_do_nothing()
    keys = [column.name for column in table.primary_key]
    rest = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=rest)
