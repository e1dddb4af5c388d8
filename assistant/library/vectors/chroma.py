"""The index in Chroma, embedded in this process: a folder of files, nothing to run beside it."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from assistant.errors import LibraryError
from assistant.files import no_room_in
from assistant.library.documents import content_hash
from assistant.library.vectors.index import REBUILD, ROOM, batches, no_index_error
from assistant.patterns import regex

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

__all__ = ["ChromaVectors", "open_index", "rebuilding"]

_MARKER = "written-by-disclosure-report-assistant.json"
_DATABASE = "chroma.sqlite3"
_PLAIN = regex(r"[A-Za-z0-9][\w.-]{0,60}[A-Za-z0-9]", re.ASCII)  # what Chroma takes as a name


class ChromaVectors:
    """One collection of Chroma's as ``Vectors``."""

    def __init__(self, client: Client, collection: Collection, folder: Path) -> None:
        self._client = client
        self._collection = collection
        self._folder = folder

    def __enter__(self) -> ChromaVectors:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._client.close()

    def hashes(self) -> set[str]:
        with _as_library_error(self._folder):
            return set(self._collection.get(include=[])["ids"])

    def add(self, vectors: Mapping[str, bytes]) -> None:
        import numpy as np

        with _as_library_error(self._folder):
            for batch in batches(vectors, self._client.get_max_batch_size()):
                rows = np.stack([np.frombuffer(vectors[name], dtype="<f4") for name in batch])
                self._collection.upsert(ids=batch, embeddings=rows)

    def drop(self, hashes: set[str]) -> None:
        with _as_library_error(self._folder):
            for batch in batches(sorted(hashes), self._client.get_max_batch_size()):
                self._collection.delete(ids=batch)

    def nearest(self, vector: list[float], limit: int) -> list[tuple[str, float]]:
        import numpy as np

        wanted = np.asarray([vector], dtype=np.float32)
        with _as_library_error(self._folder):
            held = self._collection.count()
            if not held:
                return []
            found = self._collection.query(query_embeddings=wanted, n_results=min(limit, held), include=["distances"])
        distances = found["distances"] or [[]]
        return [(name, 1 - float(distance)) for name, distance in zip(found["ids"][0], distances[0], strict=True)]


def open_index(folder: Path, embedding: str, *, create: bool) -> ChromaVectors:
    """The collection of ``embedding`` in ``folder``.

    Raises:
        LibraryError: as ``open_vectors``.
    """
    if not create and not (folder / _DATABASE).is_file():
        raise no_index_error(str(folder))
    _ours_or_new(folder)
    name = f"passages-{embedding if _PLAIN.fullmatch(embedding) else content_hash(embedding)[:32]}"
    with _as_library_error(folder, "打不开"):
        client = _client(folder)
        try:
            if not create and name not in {held.name for held in client.list_collections()}:
                raise no_index_error(str(folder))
            collection = client.get_or_create_collection(
                name,
                embedding_function=None,  # vectors are always given; Chroma would fetch a model of its own otherwise
                configuration={"hnsw": {"space": "cosine"}},
                metadata={"embedding": embedding},
            )
            if (collection.metadata or {}).get("embedding") != embedding:
                raise LibraryError("向量索引由另一种向量模型建立", where=str(folder), help=REBUILD)
        except BaseException:
            client.close()
            raise
    return ChromaVectors(client, collection, folder)


@contextmanager
def rebuilding(folder: Path, embedding: str, *, keep: bool = False) -> Iterator[ChromaVectors]:
    """A new index beside ``folder``, which it replaces at the end; with ``keep`` it begins as a copy of what is
    there."""
    if folder.exists():
        _ours_or_new(folder)
    new, old = folder.with_name(f"{folder.name}.new"), folder.with_name(f"{folder.name}.old")
    _discard(new)  # of a rebuilding that was killed
    try:
        if keep and folder.exists():
            with _as_library_error(folder):
                shutil.copytree(folder, new)
        with open_index(new, embedding, create=True) as index:
            yield index
        _discard(old)
        with _as_library_error(folder):
            for path in [new, *new.rglob("*")]:
                path.chmod(0o700 if path.is_dir() else 0o600)
            if folder.exists():
                folder.rename(old)
            new.rename(folder)
        _discard(old)
    finally:
        _discard(new)


def _discard(folder: Path) -> None:
    """Delete the folder, if this program wrote it."""
    if folder.exists():
        _ours_or_new(folder)
        with _as_library_error(folder):
            shutil.rmtree(folder)


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    try:
        return cast("Client", chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False)))
    except BaseException:
        # Chroma keeps what has failed to open, and would hand it out again when the folder has been mended.
        SharedSystemClient.clear_system_cache()
        raise


@contextmanager
def _as_library_error(folder: Path, what: str = "用不了") -> Iterator[None]:
    """Whatever goes wrong with the files, as one error: Chroma raises a dozen unrelated types, and seldom tells that it
    was for want of room."""
    try:
        yield
    except (LibraryError, KeyboardInterrupt, SystemExit, GeneratorExit):
        raise
    except BaseException as error:  # a damaged page makes Chroma's Rust part panic, which is no Exception
        if no_room := no_room_in(folder if folder.is_dir() else folder.parent):
            raise LibraryError(f"向量索引写不进去（{no_room}）", where=str(folder), help=ROOM) from error
        raise LibraryError(f"向量索引{what}（{type(error).__name__}）", where=str(folder), help=REBUILD) from error


def _ours_or_new(folder: Path) -> None:
    """Refuse a folder from elsewhere: opening it would run what its stored configuration names."""
    marker = folder / _MARKER
    if not folder.exists() or not any(folder.iterdir()):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        marker.write_text(json.dumps({"purpose": "vector index, can be rebuilt"}), encoding="utf-8")
    if not marker.is_file() or _names_an_embedding_function(folder / _DATABASE):
        raise LibraryError(
            "这个文件夹里的向量索引不是本程序建立的，没有打开",
            where=str(folder),
            help="请移走这个文件夹，再运行 assistant library rebuild；报告和数字不受影响。",
        )


def _names_an_embedding_function(database: Path) -> bool:
    """Whether a stored collection names code to be run; ours never do (seen in Chroma 1.5.9: in ``schema_str``)."""
    if not database.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{database.resolve().as_uri()}?mode=ro", uri=True)) as db:
            stored = [cell for row in db.execute("SELECT * FROM collections") for cell in row]
        return any(_has_function(json.loads(cell)) for cell in stored if isinstance(cell, str) and cell.startswith("{"))
    except sqlite3.Error:
        return False  # no collections yet, or damaged: Chroma will say so itself


def _has_function(config: object) -> bool:
    if isinstance(config, dict):
        function = config.get("embedding_function")
        return bool(isinstance(function, dict) and function.get("name")) or any(
            _has_function(v) for v in config.values()
        )
    return isinstance(config, list) and any(_has_function(item) for item in config)
