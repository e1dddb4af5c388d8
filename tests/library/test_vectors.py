"""The vector index with the real Chroma, embedded: nearest first, spaces apart, nothing foreign opened."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.library.vectors import discard, open_vectors

np = pytest.importorskip("numpy")


def _bytes(*numbers: float) -> bytes:
    return bytes(np.asarray(numbers, dtype="<f4").tobytes())


def test_the_nearest_come_first_and_what_is_dropped_is_gone(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "toy") as index:
        assert index.nearest([1.0, 0.0], 3) == []
        index.add({"east": _bytes(1, 0), "north": _bytes(0, 1), "northeast": _bytes(0.7, 0.7)})
        assert [name for name, _ in index.nearest([1.0, 0.1], 3)] == ["east", "northeast", "north"]
        index.drop({"east"})
    with open_vectors(tmp_path / "v", "toy") as index:
        assert index.hashes() == {"north", "northeast"}, "kept on disk"


def test_more_than_one_batch_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_vectors(tmp_path / "v", "toy") as index:
        monkeypatch.setattr(index._client, "get_max_batch_size", lambda: 7)
        index.add({f"n{number}": _bytes(1, number) for number in range(20)})
        assert len(index.hashes()) == 20
        index.drop({f"n{number}" for number in range(19)})
        assert index.hashes() == {"n19"}


def test_each_embedding_has_a_space_of_its_own(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "two-dimensions") as index:
        index.add({"a": _bytes(1, 0)})
    with open_vectors(tmp_path / "v", "three-dimensions") as index:
        assert index.hashes() == set()
        index.add({"b": _bytes(1, 0, 0)})
        assert [name for name, _ in index.nearest([1.0, 0.0, 0.0], 5)] == ["b"]


def test_a_folder_from_elsewhere_is_neither_opened_nor_deleted(tmp_path: Path) -> None:
    foreign = tmp_path / "v"
    foreign.mkdir()
    (foreign / "chroma.sqlite3").write_bytes(b"whatever")
    with pytest.raises(LibraryError, match="不是本程序建立的"):
        open_vectors(foreign, "toy")
    with pytest.raises(LibraryError, match="不是本程序建立的"):
        discard(foreign)
    assert (foreign / "chroma.sqlite3").read_bytes() == b"whatever"


def test_a_stored_configuration_that_names_code_is_not_opened(tmp_path: Path) -> None:
    """Even with our marker copied into it: opening a collection builds the embedding function it names."""
    with open_vectors(tmp_path / "v", "toy"):
        pass
    import chromadb
    from chromadb.config import Settings

    built: list[dict[str, object]] = []

    class Theirs(chromadb.EmbeddingFunction):  # type: ignore[type-arg]
        def __init__(self) -> None:
            """Nothing to set up."""

        def __call__(self, input: chromadb.Documents) -> chromadb.Embeddings:
            return [np.zeros(2, dtype=np.float32) for _ in input]

        @staticmethod
        def name() -> str:
            return "theirs"

        def get_config(self) -> dict[str, object]:
            return {"run": "this"}

        @staticmethod
        def build_from_config(config: dict[str, object]) -> Theirs:
            built.append(config)
            return Theirs()

    client = chromadb.PersistentClient(str(tmp_path / "v"), Settings(anonymized_telemetry=False))
    client.create_collection("planted", embedding_function=Theirs())
    client.close()  # type: ignore[attr-defined]
    built.clear()
    with pytest.raises(LibraryError, match="不是本程序建立的"):
        open_vectors(tmp_path / "v", "toy")
    assert built == []


def test_the_marker_is_there_before_chroma_is(tmp_path: Path) -> None:
    with open_vectors(tmp_path / "v", "toy"):
        names = {file.name for file in (tmp_path / "v").iterdir()}
    assert "written-by-disclosure-report-assistant.json" in names
    assert json.loads((tmp_path / "v" / "written-by-disclosure-report-assistant.json").read_text(encoding="utf-8"))
