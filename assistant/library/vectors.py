"""The vector index: Chroma, embedded. Disposable: the catalog holds every vector, this only finds the nearest fast.

Entries are named by content hash, so that an entry can never stand for another text than the one it was made of.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.errors import LibraryError
from assistant.library.documents import content_hash

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

__all__ = ["Vectors", "discard", "open_vectors"]

_MARKER = "written-by-disclosure-report-assistant.json"
_DATABASE = "chroma.sqlite3"
_PLAIN = re.compile(r"[A-Za-z0-9][\w.-]{0,60}[A-Za-z0-9]", re.ASCII)  # what Chroma takes as a name


class Vectors:
    """Vectors of one embedding by content hash, compared by cosine. A context manager: it closes its files."""

    def __init__(self, client: Client, collection: Collection) -> None:
        self._client = client
        self._collection = collection

    def __enter__(self) -> Vectors:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def hashes(self) -> set[str]:
        """What the index holds."""
        return set(self._collection.get(include=[])["ids"])

    def add(self, vectors: Mapping[str, bytes]) -> None:
        """Add vectors (float32 bytes), in batches as large as the store takes."""
        import numpy as np

        names, step = list(vectors), self._client.get_max_batch_size()
        for start in range(0, len(names), step):
            batch = names[start : start + step]
            rows = np.stack([np.frombuffer(vectors[name], dtype="<f4") for name in batch])
            self._collection.upsert(ids=batch, embeddings=rows)

    def drop(self, hashes: set[str]) -> None:
        names, step = sorted(hashes), self._client.get_max_batch_size()
        for start in range(0, len(names), step):
            self._collection.delete(ids=names[start : start + step])

    def nearest(self, vector: list[float], limit: int) -> list[tuple[str, float]]:
        """(hash, cosine similarity) of the ``limit`` nearest, best first.

        Raises:
            LibraryError: the index is damaged, or was rebuilt by another process.
        """
        import numpy as np

        wanted = np.asarray([vector], dtype=np.float32)
        try:
            held = self._collection.count()
            if not held:
                return []
            found = self._collection.query(query_embeddings=wanted, n_results=min(limit, held), include=["distances"])
        except Exception as error:  # Chroma raises a dozen unrelated types
            raise LibraryError(f"向量索引用不了（{type(error).__name__}）", help=_REBUILD) from error
        distances = found["distances"] or [[]]
        return [(name, 1 - float(distance)) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def open_vectors(folder: Path, embedding: str) -> Vectors:
    """The index of ``embedding`` under ``folder``; made when missing.

    Each embedding has its own collection: spaces are never mixed.

    Raises:
        LibraryError: the folder was not written by this program, or Chroma cannot open it.
    """
    _ours_or_new(folder)
    import chromadb
    from chromadb.config import Settings

    try:
        settings = Settings(anonymized_telemetry=False)
        client = cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
        collection = client.get_or_create_collection(
            f"passages-{embedding if _PLAIN.fullmatch(embedding) else content_hash(embedding)[:32]}",
            embedding_function=None,  # vectors are always given; Chroma would fetch a model of its own otherwise
            configuration={"hnsw": {"space": "cosine"}},
            metadata={"embedding": embedding},
        )
        if (collection.metadata or {}).get("embedding") != embedding:
            raise LibraryError("向量索引由另一种向量模型建立", where=str(folder), help=_REBUILD)
    except LibraryError:
        raise
    except Exception as error:  # Chroma raises a dozen unrelated types; whichever it is, the index is rebuilt
        raise LibraryError(f"向量索引打不开（{type(error).__name__}）", where=str(folder), help=_REBUILD) from error
    return Vectors(client, collection)


_REBUILD = "删除这个文件夹后再运行 assistant ingest，索引会自动重建；报告和数字不受影响。"


def discard(folder: Path) -> None:
    """Delete the index (never anything but what this program wrote); the next ingest rebuilds it from the catalog."""
    if folder.exists():
        _ours_or_new(folder)
        shutil.rmtree(folder)


def _ours_or_new(folder: Path) -> None:
    """Refuse a folder from elsewhere: opening it would run what its stored configuration names."""
    marker = folder / _MARKER
    if not folder.exists() or not any(folder.iterdir()):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.write_text(json.dumps({"purpose": "vector index, can be rebuilt"}), encoding="utf-8")
    if not marker.is_file() or _names_an_embedding_function(folder / _DATABASE):
        raise LibraryError("这个文件夹里的向量索引不是本程序建立的，没有打开", where=str(folder), help=_REBUILD)


def _names_an_embedding_function(database: Path) -> bool:
    """Whether a stored collection names code to be run; ours never do (seen in Chroma 1.5.9: in ``schema_str``)."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            stored = [cell for row in db.execute("SELECT * FROM collections") for cell in row]
        return any(_named(json.loads(cell)) for cell in stored if isinstance(cell, str) and cell.startswith("{"))
    except sqlite3.Error:
        return False  # no collections yet, or damaged: Chroma will say so itself


def _named(config: object) -> bool:
    if isinstance(config, dict):
        function = config.get("embedding_function")
        return bool(isinstance(function, dict) and function.get("name")) or any(_named(v) for v in config.values())
    return isinstance(config, list) and any(_named(item) for item in config)
