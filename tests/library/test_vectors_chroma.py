"""Chroma, embedded: nothing foreign is opened, what replaces an index is whole."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.library.vectors import open_vectors, rebuilding


def test_a_folder_from_elsewhere_is_neither_opened_nor_deleted(tmp_path: Path) -> None:
    foreign = tmp_path / "v"
    foreign.mkdir()
    (foreign / "chroma.sqlite3").write_bytes(b"whatever")
    with pytest.raises(LibraryError, match="不是本程序建立的"):
        open_vectors(foreign, "toy")
    with pytest.raises(LibraryError, match="不是本程序建立的"), rebuilding(foreign, "toy"):
        pass
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


def test_what_a_killed_rebuilding_left_is_cleared_away(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with rebuilding(folder, "toy") as index:
        index.add({"a": np.asarray([1, 0], dtype="<f4").tobytes()})
    with open_vectors(tmp_path / "v.new", "toy") as index:  # as if the process had ended here
        index.add({"b": np.asarray([0, 1], dtype="<f4").tobytes()})
    (tmp_path / "v.old").mkdir()
    with rebuilding(folder, "toy") as index:
        index.add({"c": np.asarray([1, 1], dtype="<f4").tobytes()})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["v"]
    with open_vectors(folder, "toy", create=False) as index:
        assert index.hashes() == {"c"}


def test_a_damaged_index_is_one_error_and_is_rebuilt(tmp_path: Path) -> None:
    folder = tmp_path / "v"
    with open_vectors(folder, "toy") as index:
        index.add({"a": np.asarray([1, 0], dtype="<f4").tobytes()})
    (folder / "chroma.sqlite3").write_bytes(b"broken" * 1000)
    with pytest.raises(LibraryError, match="向量索引打不开"):
        open_vectors(folder, "toy")
    with rebuilding(folder, "toy") as index:
        index.add({"a": np.asarray([1, 0], dtype="<f4").tobytes()})
    with open_vectors(folder, "toy", create=False) as index:
        assert index.hashes() == {"a"}
