"""Opening the catalog's SQLite file: is it ours, is it of our time; and transactions on it."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError
from assistant.library.catalog.rows import packed

__all__ = ["APPLICATION_ID", "SCHEMA", "UPGRADES", "VERSION", "WORDS", "Database"]

# The tables of the catalog. The file is ours when it carries ``APPLICATION_ID``; ``VERSION`` grows with its shape.

APPLICATION_ID = 0x5A464742  # "ZFGB": written into the head of the SQLite file
VERSION = 3

# Files that another file of the same unit and year took the place of: a folder often has a report as .docx and as .pdf,
# and taking it in again must change nothing.
_REPLACED = """
CREATE TABLE replaced (
    path     TEXT PRIMARY KEY,
    sha256   TEXT NOT NULL,
    cutting  INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX replaced_by ON replaced (document);
"""

# The full-text index: made anew by itself when it is damaged.
WORDS = """
CREATE VIRTUAL TABLE passage_words USING fts5 (heading, text, tokenize = "unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE word_counts USING fts5vocab (passage_words, row);
"""

# AUTOINCREMENT: an id that was given once is never given to another document or passage, so that a citation
# written down yesterday cannot point to something else today.
SCHEMA = (
    """
CREATE TABLE documents (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind    TEXT NOT NULL CHECK (kind IN ('report', 'regulation')),
    unit    TEXT NOT NULL,
    year    INTEGER,
    title   TEXT NOT NULL,
    edition TEXT NOT NULL,
    file    TEXT NOT NULL,
    path    TEXT NOT NULL,
    sha256  TEXT NOT NULL,
    cutting INTEGER NOT NULL,
    source  BLOB NOT NULL,
    report  BLOB,
    digest  TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX one_report_a_year ON documents (unit, year) WHERE kind = 'report' AND unit <> '';
CREATE UNIQUE INDEX one_document_a_file ON documents (path);
CREATE INDEX documents_named ON documents (kind, unit, year, title);

CREATE TABLE figures (
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    metric   TEXT NOT NULL,
    value    TEXT,
    raw      TEXT NOT NULL,
    place    TEXT NOT NULL,
    line     TEXT NOT NULL,
    PRIMARY KEY (document, metric)
) WITHOUT ROWID;

CREATE TABLE passages (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal  INTEGER NOT NULL,
    heading  TEXT NOT NULL,
    place    TEXT NOT NULL,
    article  INTEGER,
    text     TEXT NOT NULL,
    hash     TEXT NOT NULL,
    UNIQUE (document, ordinal)
);
CREATE INDEX passages_by_hash ON passages (hash);

CREATE TABLE embeddings (
    hash   TEXT NOT NULL,
    model  TEXT NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (hash, model)
) WITHOUT ROWID;
"""
    + _REPLACED
    + WORDS
)

# What brings a catalog of each older version to the next; ``packed`` is ``rows.packed``. Digests come with the next ingest.
UPGRADES = {
    1: """
ALTER TABLE documents ADD COLUMN digest TEXT NOT NULL DEFAULT '';
UPDATE documents SET source = packed(source), report = packed(report);
CREATE INDEX documents_named ON documents (kind, unit, year, title);
""",
    2: _REPLACED,
}


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
_HELD = "另一个程序正占着资料库", "请等它做完（导入、重建或备份），稍后再试。"
_UNREAD = {
    sqlite3.SQLITE_BUSY: _HELD, sqlite3.SQLITE_LOCKED: _HELD,
    sqlite3.SQLITE_READONLY: _MAY_NOT_WRITE, sqlite3.SQLITE_CANTOPEN: _MAY_NOT_WRITE,
}  # fmt: skip


class Database:
    """One SQLite file of this program, made when it is not there; readers go on while one writes (WAL).

    Raises:
        LibraryError: the file is no catalog of this program, is newer than it, or is damaged.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        with contextlib.suppress(OSError):  # sqlite3 says better what is wrong with the place
            # Drafts may lie here before they are published; SQLite makes its files beside it with the same mode.
            file.touch(mode=0o600)
        try:
            # Autocommit: transactions are opened where they are meant, in ``_transaction``.
            self._db = sqlite3.connect(file, isolation_level=None)
        except sqlite3.Error as error:
            raise self._damaged(error) from error
        try:
            self._prepare()
        except sqlite3.Error as error:
            self._db.close()
            raise (self._unread(error) if isinstance(error, sqlite3.DatabaseError) else self._damaged(error)) from error
        except LibraryError:
            self._db.close()
            raise
        with contextlib.suppress(OSError):
            file.chmod(0o600)

    def close(self) -> None:
        self._db.close()

    def _prepare(self) -> None:
        self._db.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        self._db.execute("PRAGMA foreign_keys = ON")
        version, application = self._number("PRAGMA user_version"), self._number("PRAGMA application_id")
        fresh = not self._number("SELECT count(*) FROM sqlite_master")
        if not fresh and application != APPLICATION_ID:
            raise LibraryError(
                "这个数据库不是本程序建立的", where=str(self.file), help="请换一个文件夹作资料库（--library）。"
            )
        if version > VERSION:
            raise LibraryError(
                "资料库由更新版本的程序建立", where=str(self.file), help="请升级本程序，或换一个文件夹重新导入。"
            )
        self._db.execute("PRAGMA journal_mode = WAL")
        # A power cut may take the last documents, whole: the next ingest takes them in again. It damages nothing.
        self._db.execute("PRAGMA synchronous = NORMAL")
        if fresh:
            self._make()
        elif version < VERSION:
            self._upgrade()

    def _make(self) -> None:
        with self._transaction():
            if self._number("SELECT count(*) FROM sqlite_master"):
                return  # another process was first
            for statement in SCHEMA.split(";\n"):
                self._db.execute(statement)
            self._db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _upgrade(self) -> None:
        self._db.create_function("packed", 1, lambda text: None if text is None else packed(text), deterministic=True)
        with self._transaction():
            for version in range(self._number("PRAGMA user_version"), VERSION):
                for statement in UPGRADES[version].split(";\n"):
                    self._db.execute(statement)
            self._db.execute(f"PRAGMA user_version = {VERSION}")

    def _unread(self, error: sqlite3.DatabaseError) -> LibraryError:
        # The lower byte is what went wrong, the upper one where.
        told = _UNREAD.get((getattr(error, "sqlite_errorcode", None) or 0) & 0xFF)
        return LibraryError(told[0], where=str(self.file), help=told[1]) if told else self._damaged(error)

    def _damaged(self, error: Exception) -> LibraryError:
        return LibraryError(f"资料库文件打不开或已损坏（{error}）", where=str(self.file), help=_DAMAGED)

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What a statement gives.

        Raises:
            LibraryError: a page of the file is damaged, or another process holds the file too long.
        """
        return [row for page in self._pages(sql, *values) for row in page]

    def _pages(self, sql: str, *values: object) -> Iterator[list[tuple[Any, ...]]]:
        """As ``_rows``, some thousands at a time: for what memory should not hold all of."""
        try:
            found = self._db.execute(sql, values)
            while page := found.fetchmany(_AT_ONCE):
                yield page
        except sqlite3.DatabaseError as error:
            raise self._unread(error) from error

    def _number(self, sql: str, *values: object) -> int:
        return int(self._rows(sql, *values)[0][0])

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        """All or nothing; a full disk or a file that may not be written is a LibraryError."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield
            self._db.execute("COMMIT")
        except BaseException as error:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")
            if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.IntegrityError):
                raise self._unwritten(error) from error
            raise

    def _unwritten(self, error: sqlite3.DatabaseError) -> LibraryError:
        if not isinstance(error, sqlite3.OperationalError):
            return self._damaged(error)
        return LibraryError(
            f"资料库写不进去（{error}）",
            where=str(self.file),
            help="请检查磁盘空间、文件权限，稍后再试；还不行，用 assistant library verify 查看有没有损坏。",
        )

    def _forget_tables(self, names: str) -> None:
        """Take the tables named like ``names`` (GLOB) out of the schema unread, in a transaction: a damaged table cannot be
        dropped. Their pages stay where they are until ``_give_back``."""
        self._db.execute("PRAGMA writable_schema = ON")
        try:
            self._db.execute("DELETE FROM sqlite_master WHERE name GLOB ?", (names,))
        finally:
            self._db.execute("PRAGMA writable_schema = RESET")

    def _give_back(self) -> None:
        """Write the file anew without pages that belong to nothing.

        Raises:
            LibraryError: there is no room for a copy of it, or another table is damaged.
        """
        try:
            self._db.execute("VACUUM")
        except sqlite3.DatabaseError as error:
            raise self._unwritten(error) from error
