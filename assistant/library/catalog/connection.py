"""Opening the catalog's SQLite file: is it ours, is it of our time; and transactions on it."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError
from assistant.library.catalog.rows import packed
from assistant.library.catalog.schema import APPLICATION_ID, TABLES, UPGRADES, VERSION

__all__ = ["Connection"]

_BUSY_MILLISECONDS = 10_000
_AT_ONCE = 2000  # rows; so many vectors are 3 MB
_DAMAGED = (
    "请用 assistant library verify 查看坏在哪里：只坏了索引，用 assistant library rebuild 重建；"
    "否则移走这个文件，再重新导入原始报告。"
)
_MAY_NOT_WRITE = (
    "资料库所在的位置只能读，不能写，而查询时也要在旁边写临时文件",
    "请用建立它的账户运行，或者把整个资料库文件夹复制到可写的位置，用 --library 指定。",
)
_NO_ROOM = (
    "磁盘已满，资料库写不进去，查询时也要在旁边写临时文件",
    "请在资料库所在的磁盘上腾出空间（或把整个资料库文件夹移到空间大的磁盘），再做一次；已经导入的都在。",
)
_HELD = "另一个程序正占着资料库", "请等它做完（导入、重建或备份），稍后再试。"
_READ_ERRORS = {
    sqlite3.SQLITE_BUSY: _HELD,
    sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_READONLY: _MAY_NOT_WRITE,
    sqlite3.SQLITE_CANTOPEN: _MAY_NOT_WRITE,
    sqlite3.SQLITE_FULL: _NO_ROOM,
    # A file could not be made longer, or memory be shared that lies in one: no room, whatever SQLite calls it.
    sqlite3.SQLITE_IOERR_WRITE: _NO_ROOM,
    sqlite3.SQLITE_IOERR_FSYNC: _NO_ROOM,
    sqlite3.SQLITE_IOERR_TRUNCATE: _NO_ROOM,
    sqlite3.SQLITE_IOERR_SHMSIZE: _NO_ROOM,
    sqlite3.SQLITE_IOERR_SHMMAP: _NO_ROOM,
}
# What SQLite says in English, by the lower byte of its code.
_SAID = {
    sqlite3.SQLITE_BUSY: _HELD[0],
    sqlite3.SQLITE_LOCKED: _HELD[0],
    sqlite3.SQLITE_READONLY: "没有写的权限",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_IOERR: "磁盘读写出错，可能已满",
    sqlite3.SQLITE_CORRUPT: "内容已损坏",
    sqlite3.SQLITE_NOTADB: "不是数据库",
    sqlite3.SQLITE_CANTOPEN: "打不开",
    sqlite3.SQLITE_NOMEM: "内存不足",
    sqlite3.SQLITE_TOOBIG: "有一段内容过长",
    sqlite3.SQLITE_PERM: "没有权限",
}


class Connection:
    """One SQLite file of this program, made when it is not there; readers go on while one writes (WAL).

    ``after_upgrade`` is called in the transaction that brings an older catalog to our time.

    Raises:
        LibraryError: the file is no catalog of this program, is newer than it, or is damaged.
    """

    def __init__(self, file: Path, after_upgrade: Callable[[Connection], None]) -> None:
        self.file = file
        self._after_upgrade = after_upgrade
        with contextlib.suppress(OSError):  # sqlite3 says better what is wrong with the place
            # Drafts may lie here before they are published; SQLite makes its files beside it with the same mode.
            file.touch(mode=0o600)
        try:
            # Autocommit: transactions are opened where they are meant, in ``transaction``.
            self._db = sqlite3.connect(file, isolation_level=None)
        except sqlite3.Error as error:
            raise self.damaged(error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._db.close()
            raise self._read_error(error) from error
        except LibraryError:
            self._db.close()
            raise
        with contextlib.suppress(OSError):
            file.chmod(0o600)

    def close(self) -> None:
        self._db.close()

    @property
    def stamp(self) -> tuple[tuple[int, int], ...]:
        """When the catalog's files were last changed, and their sizes: another one after whatever wrote them."""
        return tuple(_changed_at(file) for file in (self.file, self.file.with_name(f"{self.file.name}-wal")))

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a statement gives.

        Raises:
            LibraryError: a page of the file is damaged, or another process holds the file too long.
        """
        return [row for page in self.pages(sql, *values) for row in page]

    def pages(self, sql: str, *values: object) -> Iterator[list[tuple[Any, ...]]]:
        """As ``rows``, some thousands at a time: for what memory should not hold all of.

        Raises:
            LibraryError: the file is damaged, locked or gone.
        """
        try:
            found = self._db.execute(sql, values)
            while page := found.fetchmany(_AT_ONCE):
                yield page
        except sqlite3.DatabaseError as error:
            raise self._read_error(error) from error

    def execute(self, sql: str, *values: object) -> int:
        """A statement that changes something, inside ``transaction``; the id of the row that it inserted, if one."""
        return self._db.execute(sql, values).lastrowid or 0

    def execute_each(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """A statement once for each tuple of values."""
        self._db.executemany(sql, values)

    @property
    def state(self) -> tuple[int, int]:
        """Another one after each change of the file, by whichever process."""
        return self.number("PRAGMA data_version"), self._db.total_changes

    def number(self, sql: str, *values: object) -> int:
        """The one number that a statement gives."""
        return int(self.rows(sql, *values)[0][0])

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing.

        Raises:
            LibraryError: the disk is full, or the file damaged, locked or not to be written.
        """
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError):
                raise self._write_error(error) from error
            raise

    def drop_tables(self, names: str) -> None:
        """Take the tables named like ``names`` (GLOB) out of the schema unread, in a transaction: a damaged table
        cannot be dropped. Their pages stay where they are until ``compact``."""
        self._db.execute("PRAGMA writable_schema = ON")
        try:
            self._db.execute("DELETE FROM sqlite_master WHERE name GLOB ?", (names,))
        finally:
            self._db.execute("PRAGMA writable_schema = RESET")

    def compact(self) -> None:
        """Write the file anew without pages that belong to nothing.

        Raises:
            LibraryError: there is no room for a copy of it, or another table is damaged.
        """
        try:
            self._db.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            raise self._write_error(error) from error

    def damaged(self, error: Exception | str) -> LibraryError:
        """The error that says that the file is damaged, and what to do."""
        why = error if isinstance(error, str) else _said(error)
        return LibraryError(f"资料库文件打不开或已损坏（{why}）", where=str(self.file), help=_DAMAGED)

    def _prepare(self) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.execute("PRAGMA cell_size_check = ON")  # a damaged page is noticed before it is read as another one
        # At one moment: another process may be making the file.
        self._db.execute("BEGIN")
        try:
            version, application = self.number("PRAGMA user_version"), self.number("PRAGMA application_id")
            tables = self.number("SELECT count(*) FROM sqlite_master")
        finally:
            if self._db.in_transaction:  # SQLite takes it back by itself where the disk is full
                self._db.execute("COMMIT")
        fresh = not (tables or version or application)
        if not fresh and application != APPLICATION_ID:
            raise LibraryError(
                "这个数据库不是本程序建立的", where=str(self.file), help="请换一个文件夹作资料库（--library）。"
            )
        if version > VERSION:
            raise LibraryError(
                "资料库由更新版本的程序建立", where=str(self.file), help="请升级本程序，或换一个文件夹重新导入。"
            )
        if not fresh and not (tables and version > 0):
            raise self.damaged(f"版本标记为{version}" if tables else "没有数据表")
        self._journal()
        # A power cut may take the last documents, whole: the next ingest takes them in again. It damages nothing.
        self._db.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            self._make()
        elif version < VERSION:
            self._upgrade()

    def _journal(self) -> None:
        """Readers go on while one writes. Of two processes that make the file at once, SQLite lets one wait for nothing
        here, whatever ``busy_timeout`` says."""
        until = time.monotonic() + _BUSY_MILLISECONDS / 1000
        while True:
            try:
                self._db.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                    raise
                time.sleep(0.05)
            else:
                return

    def _make(self) -> None:
        with self.transaction():
            if self.number("SELECT count(*) FROM sqlite_master"):
                return  # another process was first
            for statement in TABLES.split(";\n"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _upgrade(self) -> None:
        self._db.create_function("packed", 1, lambda text: None if text is None else packed(text), deterministic=True)
        with self.transaction():
            for version in range(self.number("PRAGMA user_version"), VERSION):
                for statement in UPGRADES[version].split(";\n"):
                    self._db.execute(statement)
            self._after_upgrade(self)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _read_error(self, error: sqlite3.Error) -> LibraryError:
        # The lower byte is what went wrong, the upper one where.
        code = getattr(error, "sqlite_errorcode", None) or 0
        cause = _READ_ERRORS.get(code) or _READ_ERRORS.get(code & 0xFF)
        return LibraryError(cause[0], where=str(self.file), help=cause[1]) if cause else self.damaged(error)

    def _write_error(self, error: sqlite3.DatabaseError) -> LibraryError:
        if not isinstance(error, sqlite3.OperationalError):
            return self.damaged(error)
        return LibraryError(
            f"资料库写不进去（{_said(error)}）",
            where=str(self.file),
            help="请检查磁盘空间、文件权限，稍后再试（已经导入的都在，会接着做）；"
            "还不行，用 assistant library verify 查看有没有损坏。",
        )


def _said(error: Exception) -> str:
    """What went wrong, without the English of SQLite: its own name for it where we have none."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    return _SAID.get(code & 0xFF) or getattr(error, "sqlite_errorname", None) or type(error).__name__


def _changed_at(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
