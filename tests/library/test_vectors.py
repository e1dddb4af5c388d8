"""The vector index, the same over every store, each for real: nearest first, spaces apart, rebuilt aside."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from library.vector_stores import MilvusServer, needs_milvus, store_set_to

from assistant.errors import LibraryError
from assistant.library.vectors import open_vectors, rebuilding


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    running = MilvusServer(tmp_path_factory.mktemp("milvus") / "data")
    running.start()
    yield running
    running.stop()


@pytest.fixture(
    params=["chroma", pytest.param("lite", marks=needs_milvus), pytest.param("server", marks=needs_milvus)],
    autouse=True,
)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[None]:
    name: str = request.param
    setting = name
    if name == "lite":
        setting = f"milvus:{tmp_path / 'vectors.db'}"
    if name == "server":
        setting = request.getfixturevalue("server").setting
    with store_set_to(setting):
        yield


def vector(*numbers: float) -> bytes:
    return np.asarray(numbers, dtype="<f4").tobytes()


def test_the_nearest_come_first_and_what_is_dropped_is_gone(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "toy") as index:
        assert index.nearest([1.0, 0.0], 3) == [] and index.hashes() == set()
        index.drop({"nothing is there to drop"})
        index.add({"east": vector(1, 0), "north": vector(0, 1), "northeast": vector(0.6, 0.8)})
        found = index.nearest([0.8, 0.6], 2)
        assert [name for name, _ in found] == ["northeast", "east"]
        assert [likeness for _, likeness in found] == pytest.approx([0.96, 0.8], abs=1e-5), "cosine similarity"
        assert len(index.nearest([0.8, 0.6], 30)) == 3
        index.drop({"east", "never added"})
        assert [name for name, _ in index.nearest([1.0, 0.0], 3)] == ["northeast", "north"]
    with open_vectors(tmp_path / "v", "toy", create=False) as index:
        assert index.hashes() == {"north", "northeast"}, "kept"
        assert [name for name, _ in index.nearest([1.0, 0.0], 3)] == ["northeast", "north"]


def test_a_hash_that_comes_again_is_replaced(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "toy") as index:
        index.add({"a": vector(1, 0), "b": vector(0, 1)})
        index.add({"a": vector(0, 1)})
        assert dict(index.nearest([0.0, 1.0], 5)) == pytest.approx({"a": 1.0, "b": 1.0})


def test_many_are_added_found_and_dropped(tmp_path: Path) -> None:
    """More than one call of any store takes; neighbours as comparing with every vector gives them."""
    rows = np.random.default_rng(7).standard_normal((7_000, 8)).astype("<f4")
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    names = [f"{number:064x}" for number in range(len(rows))]
    with open_vectors(tmp_path / "v", "toy") as index:
        index.add({name: row.tobytes() for name, row in zip(names, rows, strict=True)})
        assert index.hashes() == set(names)
        exact = {names[place] for place in np.argsort(-(rows @ rows[5]))[:10]}
        found = [name for name, _ in index.nearest(rows[5].tolist(), 10)]
        assert found[0] == names[5] and len(exact & set(found)) >= 9
        index.drop(set(names[1:]))
        assert index.hashes() == {names[0]}


def test_each_embedding_has_a_space_of_its_own(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "two-dimensions") as index:
        index.add({"a": vector(1, 0)})
    with open_vectors(tmp_path / "v", "openai:三维 模型/很长的名字" * 5) as index:
        assert index.hashes() == set()
        index.add({"b": vector(1, 0, 0)})
        assert [name for name, _ in index.nearest([1.0, 0.0, 0.0], 5)] == ["b"]


def test_two_libraries_do_not_share_an_index(tmp_path: Path) -> None:
    for library in ("一", "二"):
        (tmp_path / library).mkdir()
        with open_vectors(tmp_path / library / "vectors", "toy") as index:
            assert index.hashes() == set()
            index.add({library: vector(1, 0)})


def test_what_is_not_there_is_not_made_for_a_search(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="还没有向量索引"):
        open_vectors(tmp_path / "v", "toy", create=False)
    with open_vectors(tmp_path / "v", "toy") as index:
        index.add({"a": vector(1, 0)})
    with pytest.raises(LibraryError, match="还没有向量索引"):
        open_vectors(tmp_path / "v", "another", create=False)


def test_vectors_of_another_length_are_refused(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with open_vectors(tmp_path / "v", "toy") as index:
        index.add({"a": vector(1, 0)})
        with pytest.raises(LibraryError, match="用不了"):
            index.add({"b": vector(1, 0, 0)})
        with pytest.raises(LibraryError, match="用不了"):
            index.nearest([1.0, 0.0, 0.0], 5)
        assert index.hashes() == {"a"}
    assert capfd.readouterr() == ("", ""), "errors are told once, by who asked"


def test_a_rebuilt_index_replaces_the_old_one_at_the_end(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with open_vectors(folder, "toy") as index:
        index.add({"old": vector(1, 0)})
    with rebuilding(folder, "toy") as new:
        new.add({"new": vector(0, 1)})
        assert new.hashes() == {"new"}
        with open_vectors(folder, "toy", create=False) as old:
            assert old.hashes() == {"old"} and old.nearest([0.0, 1.0], 3)[0][0] == "old", "it answers until then"
    with open_vectors(folder, "toy", create=False) as index:
        assert index.hashes() == {"new"} and index.nearest([0.0, 1.0], 3)[0][0] == "new"


def test_a_rebuilding_that_fails_changes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with open_vectors(folder, "toy") as index:
        index.add({"old": vector(1, 0)})
    with pytest.raises(RuntimeError, match="半路"), rebuilding(folder, "toy") as new:
        new.add({"new": vector(0, 1)})
        raise RuntimeError("半路")
    with open_vectors(folder, "toy", create=False) as index:
        assert index.hashes() == {"old"}
        index.add({"more": vector(0, 1)})
        assert index.hashes() == {"old", "more"}


def test_rebuilding_from_nothing_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with open_vectors(folder, "toy") as index:
        index.add({"old": vector(1, 0)})
    with rebuilding(folder, "toy"):
        pass
    with open_vectors(folder, "toy") as index:
        assert index.hashes() == set() and index.nearest([1.0, 0.0], 3) == []
