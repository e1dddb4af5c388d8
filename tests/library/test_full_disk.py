"""A full disk while the library is written or asked: in Chinese what, where and what to do, and the catalog is whole.

Each file is stopped at a size, as where no more room is (RLIMIT_FSIZE): that takes no small file system, and no rights.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import small_report

from assistant.library import Library
from assistant.library.embeddings import unavailable_reason
from assistant.library.ingest import ingest
from assistant.library.verify import verify

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a limit of the size of files is POSIX's")

_LIMITED = """
import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))
"""
_ASSISTANT = "sys.argv[0] = 'assistant'; runpy.run_module('assistant', run_name='__main__')"
_ENGLISH = re.compile(r"[A-Za-z]{3,}")


def _said(size: int, then: str, *words: str) -> tuple[int, str]:
    call = [sys.executable, "-c", _LIMITED.format(size=size) + then, *words]
    told = subprocess.run(call, capture_output=True, check=False, timeout=120)
    return told.returncode, told.stderr.decode(errors="replace")


def _clear(said: str, place: Path) -> bool:
    """What, where and what to do; no English but paths, names of commands and of settings."""
    rest = re.sub(r"assistant(?: [a-z]+)*|--\w+|ASSISTANT_\w+", "", said.replace(str(place), ""))
    return str(place) in said and "怎么办" in said and not _ENGLISH.search(rest)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    folder = tmp_path / "报告"
    folder.mkdir()
    for year in (2023, 2024):
        (folder / f"甲区_{year}.md").write_text(small_report.report(year), encoding="utf-8")
    return folder


@pytest.fixture
def held(tmp_path: Path, reports: Path) -> Path:
    """A library of two reports, without vectors."""
    with Library(tmp_path / "library", create=True) as library:
        ingest([reports], library, vectors=False)
    return tmp_path / "library"


def _whole(root: Path) -> bool:
    with Library(root) as library:
        return not verify(library, vectors=False) and len(next(iter(library.units().values()))) == 2


@pytest.mark.parametrize("size", [1_000, 20_000])
@pytest.mark.parametrize("words", [("ask", "甲区2024年新收多少件申请？"), ("library", "verify")])
def test_a_full_disk_is_told_to_who_asks(size: int, words: tuple[str, ...], held: Path) -> None:
    """The catalog is read beside a file that SQLite writes: this was told as damage, or as “no transaction is active”,
    with the advice to move the catalog away."""
    code, said = _said(size, _ASSISTANT, "--library", str(held), *words)
    assert code == 2 and "磁盘已满" in said and "移走" not in said and _clear(said, held / "catalog.sqlite3"), said
    assert _whole(held)


@pytest.mark.parametrize("size", [100_000, 150_000, 200_000])
def test_a_full_disk_leaves_whole_documents_of_an_ingest(
    size: int, tmp_path: Path, reports: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASSISTANT_EMBEDDINGS", "none")
    root = tmp_path / "library"
    code, said = _said(size, _ASSISTANT, "--library", str(root), "ingest", str(reports), "--jobs", "1")
    assert code == 2 and ("磁盘" in said) and _clear(said, root / "catalog.sqlite3"), said
    with Library(root, create=True) as library:
        assert not verify(library, vectors=False)
        ingest([reports], library, vectors=False)
    assert _whole(root)


_INDEX = """
import secrets
from pathlib import Path
from assistant.errors import LibraryError
from assistant.library.vectors import rebuilding
try:
    with rebuilding(Path(sys.argv[1]), "toy") as index:
        index.add({secrets.token_hex(32): secrets.token_bytes(4 * 384) for _ in range(400)})
except LibraryError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("size", [100_000, 400_000])
def test_a_full_disk_is_told_of_the_vector_index(size: int, tmp_path: Path) -> None:
    """Chroma tells it as an InternalError that says nothing of the disk."""
    code, said = _said(size, _INDEX, str(tmp_path / "vectors"))
    assert code == 1 and "写不进去" in said and "腾出空间" in said and _clear(said, tmp_path / "vectors.new"), said
    assert list(tmp_path.iterdir()) == [], "what was half written is gone"


@pytest.mark.skipif(bool(unavailable_reason()), reason="needs vectors made on this machine")
def test_the_catalog_answers_while_the_index_has_no_room(held: Path) -> None:
    with Library(held) as library:
        ingest([], library)  # the vectors of what is there
    size = (held / "catalog.sqlite3").stat().st_size
    code, said = _said(max(size, 140_000), _ASSISTANT, "--library", str(held), "library", "rebuild")
    assert code == 2 and "腾出空间" in said and _clear(said, held / "vectors.new"), said
    assert (held / "vectors").is_dir(), "the old index is still there"
    assert _whole(held)
