"""Milvus: away and back, its folder in use, keys that are not shown, what a killed rebuilding left."""

from __future__ import annotations

import builtins
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library.vector_stores import MilvusServer, needs_milvus, store_set_to
from small_report import report

from assistant.cli import run
from assistant.errors import LibraryError
from assistant.library import Library
from assistant.library.embeddings import unavailable_reason
from assistant.library.search import open_search
from assistant.library.vectors import open_vectors, rebuilding
from assistant.settings import settings

pytestmark = needs_milvus
NOBODY = "milvus:http://127.0.0.1:9"  # the port "discard", where nothing listens


@pytest.fixture
def server(tmp_path: Path) -> Iterator[MilvusServer]:
    running = MilvusServer(tmp_path / "data")
    running.start()
    yield running
    running.stop()


def vector(*numbers: float) -> bytes:
    return np.asarray(numbers, dtype="<f4").tobytes()


def test_a_server_that_fails_is_one_error_and_serves_again_when_it_is_back(
    tmp_path: Path, server: MilvusServer
) -> None:
    with store_set_to(server.setting, timeout_seconds="3"):
        with open_vectors(tmp_path / "v", "toy") as index:
            index.add({"a": vector(1, 0)})
            server.stop()
            for call in (index.hashes, lambda: index.nearest([1.0, 0.0], 1), lambda: index.drop({"a"})):
                with pytest.raises(LibraryError, match="Milvus 用不了"):
                    call()
        with pytest.raises(LibraryError, match="连不上"):
            open_vectors(tmp_path / "v", "toy")
        server.start()
        with open_vectors(tmp_path / "v", "toy", create=False) as index:
            assert index.hashes() == {"a"}, "what was added had been kept"


def test_what_a_killed_rebuilding_left_goes_with_the_next(tmp_path: Path, server: MilvusServer) -> None:
    from pymilvus import MilvusClient

    program = f"""if True:
        import os, signal
        from pathlib import Path
        import numpy as np
        from assistant.library.vectors import rebuilding
        with rebuilding(Path({str(tmp_path / "v")!r}), "toy") as index:
            index.add({{"half": np.asarray([0, 1], dtype="<f4").tobytes()}})
            os.kill(os.getpid(), signal.SIGKILL)
    """
    with store_set_to(server.setting):
        with open_vectors(tmp_path / "v", "toy") as index:
            index.add({"a": vector(1, 0)})
        assert subprocess.run([sys.executable, "-c", program]).returncode == -signal.SIGKILL
        with open_vectors(tmp_path / "v", "toy", create=False) as index:
            assert index.hashes() == {"a"}
        client = MilvusClient(server.setting.removeprefix("milvus:"))
        assert len(client.list_collections()) == 2
        with rebuilding(tmp_path / "v", "toy") as index:
            index.add({"b": vector(1, 0)})
        assert len(client.list_collections()) == 1
        client.close()


def test_the_folder_of_milvus_lite_serves_one_process_and_its_owner(tmp_path: Path) -> None:
    folder = tmp_path / "neu" / "vectors.db"
    program = f"""if True:
        import sys
        from pathlib import Path
        from assistant.library.vectors import open_vectors
        with open_vectors(Path({str(tmp_path / "v")!r}), "toy"):
            print("open", flush=True)
            sys.stdin.read()
    """
    with store_set_to(f"milvus:{folder}"):
        pipe = subprocess.PIPE
        with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe) as other:
            assert other.stdout and other.stdout.readline() == b"open\n"
            with pytest.raises(LibraryError, match="可能有另一个进程正在使用"):
                open_vectors(tmp_path / "v", "toy")
            other.communicate()
        with open_vectors(tmp_path / "v", "toy") as first:
            first.add({"a": vector(1, 0)})
            second = open_vectors(tmp_path / "v", "toy")
            first.close()
            assert second.hashes() == {"a"}, "it stays open for the others of this process"
            with open_vectors(tmp_path / "v", "toy") as third:
                assert third.hashes() == {"a"}
            second.close()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "v.id").stat().st_mode) == 0o600


def test_keys_are_never_shown(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with store_set_to(NOBODY, token="root:sehr-geheim"):
        assert "geheim" not in repr(settings())
        with pytest.raises(LibraryError, match="连不上") as away:
            open_vectors(tmp_path / "v", "toy")
    for setting in ("milvus:http://root:sehr-geheim@127.0.0.1:9", "milvsu:http://root:sehr-geheim@127.0.0.1:9"):
        with store_set_to(setting), pytest.raises(LibraryError, match="ASSISTANT_VECTORS") as refused:
            open_vectors(tmp_path / "v", "toy")
        assert "geheim" not in str(refused.value)
    assert "geheim" not in str(away.value)
    assert capfd.readouterr() == ("", ""), "nothing is logged past us"


@pytest.mark.parametrize("setting", ["milvus", "milvus:", "qdrant", "milvus:ftp://host/x.db", "milvus:vectors", ""])
def test_a_setting_that_says_nothing_names_what_can_be_set(setting: str, tmp_path: Path) -> None:
    with store_set_to(setting), pytest.raises(LibraryError) as error:
        open_vectors(tmp_path / "v", "toy")
    assert error.value.where == "ASSISTANT_VECTORS" and "milvus:http" in error.value.help


@pytest.mark.parametrize(("setting", "package"), [(NOBODY, "pymilvus"), ("milvus:{}/x.db", "milvus_lite")])
def test_what_is_not_installed_is_named(
    setting: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def without(name: str, *rest: Any, **named: Any) -> Any:
        if name.partition(".")[0] == package:
            raise ModuleNotFoundError(f"No module named {name!r}")
        return found(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    with store_set_to(setting.format(tmp_path)), pytest.raises(LibraryError, match=r"没有安装.*\n.*\[cluster\]"):
        open_vectors(tmp_path / "v", "toy")


def test_a_damaged_name_of_the_library_is_drawn_anew(tmp_path: Path) -> None:
    with store_set_to(f"milvus:{tmp_path / 'vectors.db'}"):
        with open_vectors(tmp_path / "v", "toy") as index:
            index.add({"a": vector(1, 0)})
        (tmp_path / "v.id").write_bytes(b"\xff../../")
        with pytest.raises(LibraryError, match="还没有向量索引"):
            open_vectors(tmp_path / "v", "toy", create=False)
        with open_vectors(tmp_path / "v", "toy") as index:
            assert index.hashes() == set()


@pytest.mark.skipif(bool(unavailable_reason()), reason=f"no embeddings here: {unavailable_reason()}")
def test_questions_are_answered_while_the_cluster_is_away(tmp_path: Path, server: MilvusServer) -> None:
    (tmp_path / "甲区_2024.md").write_text(report(), encoding="utf-8")
    call = ["--library", str(tmp_path / "library")]
    with store_set_to(server.setting, timeout_seconds="3"):
        assert run([*call, "ingest", str(tmp_path / "甲区_2024.md")]) == 0
        assert not (tmp_path / "library" / "vectors").exists(), "nothing of Chroma's"
        with Library(tmp_path / "library") as library, open_search(library) as search:
            near = [passage.id for passage in search("培训", 3)]
            assert near and search.notice == ""
        server.stop()
        with Library(tmp_path / "library") as library, open_search(library) as search:
            assert [passage.id for passage in search("培训", 3)] == near, "the catalog's own vectors are compared"
            assert "连不上" in search.notice
        assert run([*call, "ask", "甲区2024年新收政府信息公开申请多少件？"]) == 0
        with pytest.raises(LibraryError, match="连不上"):
            run([*call, "ingest", str(tmp_path / "甲区_2024.md")])
