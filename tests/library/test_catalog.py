"""The catalog's file: ours, of our time, whole; and queries that cannot break out of their quotes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from small_report import report

from assistant.errors import LibraryError
from assistant.library import Library
from assistant.library.catalog.schema import VERSION
from assistant.library.ingest import ingest
from assistant.library.words import content_words


def _file(root: Path) -> Path:
    root.mkdir()
    return root / "catalog.sqlite3"


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    file = _file(tmp_path / "foreign")
    with closing(sqlite3.connect(file)) as db:
        db.execute("CREATE TABLE theirs (x)")
        db.commit()
    with pytest.raises(LibraryError, match="不是本程序建立的"):
        Library(file.parent)
    with closing(sqlite3.connect(file)) as db:
        assert [row[0] for row in db.execute("SELECT name FROM sqlite_master")] == ["theirs"]


def test_a_newer_catalog_is_refused(library: Library) -> None:
    library.catalog.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(LibraryError, match="更新版本的程序"):
        Library(library.root)


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be read as a header" * 20, b"SQLite format 3\x00"]
)
def test_a_damaged_file_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    _file(tmp_path / "broken").write_bytes(content)
    with pytest.raises(LibraryError, match="已损坏"):
        Library(tmp_path / "broken")


def test_a_failed_write_leaves_nothing_behind(library: Library) -> None:
    with pytest.raises(RuntimeError), library.catalog.connection.transaction():
        library.catalog.connection.execute(
            "INSERT INTO documents VALUES (NULL, 'report', '', NULL, '', '', '', 'x', '', 1, '', NULL, '', 0)"
        )
        raise RuntimeError("power cut")
    assert library.documents() == ()


def test_a_catalog_that_cannot_be_written_says_so_and_stays_whole(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    library.catalog.connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LibraryError, match="资料库写不进去"):
        ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
    assert library.documents() == ()


@pytest.mark.parametrize(
    "query", ['"', '" OR "', "培训 NEAR/2 *", "heading:培训", "培训' --", "培训) OR (", "NOT 培训", "^培训"]
)
def test_a_query_is_words_and_never_operators(library: Library, tmp_path: Path, query: str) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
    found = library.catalog.words.matching([query], 5)  # as if a tokenizer had let it through whole
    assert isinstance(found, list) and not library.catalog.words.fault
    asked = content_words(query)
    assert bool(library.catalog.words.matching(asked, 5) if asked else []) == ("培训" in query)


def test_of_many_words_only_passages_with_a_rare_one_are_scored_in_the_same_order(
    library: Library, corpus: Path
) -> None:
    ingest([corpus / "regulation"], library, vectors=False)
    catalog = library.catalog
    rare, every = catalog.words.matching(["期限"], 99), catalog.words.matching(["申请", "期限"], 99)
    assert 0 < len(rare) < len(every)
    assert catalog.words.matching(["申请", "期限"], 99, required=["期限"]) == [one for one in every if one in rare]
    assert catalog.words.matching(["申请", "期限"], 99, [77]) == []


def test_how_often_words_occur_is_counted_anew_when_another_writes(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    passages, counts = library.catalog.words.counts(["培训", "没有的词"])
    assert (passages, counts) == (0, {})
    with Library(library.root) as another:
        ingest([tmp_path / "甲区_2024.md"], another, vectors=False)
    passages, counts = library.catalog.words.counts(["培训", "没有的词"])
    assert passages > counts["培训"] > 0 and "没有的词" not in counts


def test_an_empty_catalog_is_no_library(tmp_path: Path) -> None:
    _file(tmp_path / "空").write_bytes(b"")
    with pytest.raises(LibraryError, match="还没有资料库"):
        Library(tmp_path / "空")


@pytest.mark.parametrize(("pragma", "told"), [("query_only = ON", "只能读"), ("query_only = OFF", "占着")])
def test_why_a_catalog_cannot_be_used_is_told(library: Library, pragma: str, told: str) -> None:
    catalog = library.catalog
    catalog.connection.execute(f"PRAGMA {pragma}")
    catalog.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(catalog.connection.file, isolation_level=None)) as another:
        another.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryError, match=told):
            catalog.connection.rows("DELETE FROM documents")


@pytest.mark.parametrize("version", [0, -5])
def test_a_stamp_that_no_version_wrote_is_an_error_that_says_what_to_do(library: Library, version: int) -> None:
    library.catalog.connection.execute(f"PRAGMA user_version = {version}")
    with pytest.raises(LibraryError, match=f"版本标记为{version}") as caught:
        Library(library.root)
    assert "library verify" in caught.value.help


def test_a_file_that_lost_its_tables_is_damaged_and_not_begun_anew(library: Library, tmp_path: Path) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    ingest([tmp_path / "甲区_2024.md"], library, vectors=False)
    library.close()
    file = library.root / "catalog.sqlite3"
    with file.open("r+b") as stream:
        stream.seek(103)  # how many cells the first page has
        stream.write(b"\0\0")
    before = file.read_bytes()
    with pytest.raises(LibraryError, match="没有数据表"):
        Library(library.root)
    assert file.read_bytes() == before
