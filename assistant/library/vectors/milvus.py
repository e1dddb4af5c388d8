"""The index in Milvus, for many machines; a library's vectors are collections of its own on the server.

A collection is reached by an alias, named for the library and the embedding: what is rebuilt is built aside, under a
name of its own, and the alias then points at it.
"""

from __future__ import annotations

import logging
import os
import re
import secrets
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError, reason
from assistant.library.documents import content_hash
from assistant.library.vectors.index import REBUILD, batches, no_index_error
from assistant.settings import settings

__all__ = ["MilvusVectors", "Server", "open_index", "rebuilding", "without_login"]

_LITE = ".db"  # pymilvus takes an address that ends so for Milvus Lite
_AWAY = "请检查地址、密钥（ASSISTANT_VECTORS_TOKEN）和网络；在那以前检索较慢，查数字和检查报告不受影响。"
_lite_opened: Counter[str] = Counter()  # Milvus Lite serves a folder once in a process, however many connect to it
_HASH, _VECTOR = "hash", "vector"
_LONGEST_HASH = 64  # SHA-256 in hex
_AT_ONCE = 1_000  # rows in a call: 2 to 4 MB, of the 64 MB that a server takes
_NAMES_AT_ONCE = 10_000  # of the 16,384 that a server gives
_GRAPH = {"M": 16, "efConstruction": 200}  # as Chroma's; a million vectors are searched in some ms
_LOOKED_AT = 100  # of the graph, at least: what Chroma looks at


class Server:
    """A connection to Milvus: a server or cluster by address, or Milvus Lite, which keeps a folder on this machine.

    ``client`` is pymilvus's, to be used within ``as_library_errors``; ``seconds`` bound each call.

    Raises:
        LibraryError: Milvus cannot be reached, its client is not installed, or the address cannot be understood.
    """

    def __init__(self, address: str) -> None:
        self.where = without_login(address)
        self.seconds = settings().vectors_timeout_seconds
        self.lite = not re.match(r"https?://", address)
        if self.where != address:
            raise LibraryError(
                "地址里不要写用户名和密钥",
                where="ASSISTANT_VECTORS",
                help="请写在 ASSISTANT_VECTORS_TOKEN（用户名:密码，或令牌）。",
            )
        self._uri = _lite_folder(address) if self.lite else address
        self.client: Any = self._connected()

    def close(self) -> None:
        """Close the connection; Milvus Lite lets its folder go when the last one in this process is closed."""
        if self.client is None:
            return
        with suppress(Exception):  # what is away cannot be told goodbye
            self.client.close()
        self.client = None
        if self.lite:
            self._let_go()

    @contextmanager
    def as_library_errors(self) -> Iterator[None]:
        """Whatever goes wrong with a call, as one error without the address's answer: that may hold anything.

        Raises:
            LibraryError: the call has failed.
        """
        try:
            yield
        except LibraryError:
            raise
        except Exception as error:  # pymilvus's own, grpc's, or an OSError
            raise LibraryError(f"向量库 Milvus 用不了（{_kind(error)}）", where=self.where, help=_AWAY) from error

    def collections(self, prefix: str) -> list[str]:
        with self.as_library_errors():
            held: list[str] = self.client.list_collections(timeout=self.seconds)
        return sorted(name for name in held if name.startswith(prefix))

    def aliases(self, collection: str) -> list[str]:
        with self.as_library_errors():
            held: dict[str, list[str]] = self.client.list_aliases(collection_name=collection, timeout=self.seconds)
        return held["aliases"]

    def remove(self, collection: str) -> None:
        """Delete a collection, and the aliases that point at it: Milvus wants these gone first."""
        for alias in self.aliases(collection):
            with self.as_library_errors():
                self.client.drop_alias(alias, timeout=self.seconds)
        with self.as_library_errors():
            self.client.drop_collection(collection, timeout=self.seconds)

    def _connected(self) -> Any:
        client = _client_class(lite=self.lite)
        token = settings().vectors_token
        if self.lite:
            _lite_opened[self._uri] += 1
        try:
            return client(
                self._uri, token=token.get_secret_value() if token else "", timeout=self.seconds, dedicated=True
            )
        except Exception as error:  # as in ``as_library_errors``
            if not self.lite:
                raise LibraryError(f"连不上向量库 Milvus（{_kind(error)}）", where=self.where, help=_AWAY) from error
            self._let_go()
            raise LibraryError(
                "打不开 Milvus Lite 的文件夹，可能有另一个进程正在使用",
                where=self.where,
                help="同一时间只能有一个进程使用；要多个进程、多台机器一起用，请改用 Milvus 服务。"
                f"仍打不开的，{REBUILD}",
            ) from error

    def _let_go(self) -> None:
        from milvus_lite.server_manager import server_manager_instance

        _lite_opened[self._uri] -= 1
        if _lite_opened[self._uri] <= 0:
            del _lite_opened[self._uri]
            server_manager_instance.release_server(self._uri)


class MilvusVectors:
    """The vectors of one alias as ``Vectors``. ``collection`` is what the alias points at, empty while there is none:
    it is made with the first vector, which tells the dimensions. ``aside`` leaves the alias alone until ``publish``.
    """

    def __init__(self, server: Server, alias: str, collection: str = "", *, aside: bool = False) -> None:
        self._server = server
        self._client = server.client
        self._alias = alias
        self._collection = collection
        self._aside = aside

    def __enter__(self) -> MilvusVectors:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._server.close()

    def hashes(self) -> set[str]:
        if not self._collection:
            return set()
        found: set[str] = set()
        with self._server.as_library_errors():
            rows = self._client.query_iterator(
                self._collection,
                batch_size=_NAMES_AT_ONCE,
                output_fields=[_HASH],
                consistency_level="Strong",
                timeout=self._server.seconds,
            )
            while batch := rows.next():
                found.update(row[_HASH] for row in batch)
            rows.close()
        return found

    def add(self, vectors: Mapping[str, bytes]) -> None:
        import numpy as np

        for batch in batches(vectors, _AT_ONCE):
            rows = [{_HASH: name, _VECTOR: np.frombuffer(vectors[name], dtype="<f4")} for name in batch]
            if not self._collection:
                self._collection = self._made(len(rows[0][_VECTOR]))
                if not self._aside:
                    self.publish()
            with self._server.as_library_errors():
                self._client.upsert(self._collection, rows, timeout=self._server.seconds)

    def drop(self, hashes: set[str]) -> None:
        if not self._collection:
            return
        for batch in batches(sorted(hashes), _AT_ONCE):
            with self._server.as_library_errors():
                self._client.delete(self._collection, ids=batch, timeout=self._server.seconds)

    def nearest(self, vector: list[float], limit: int) -> list[tuple[str, float]]:
        if not self._collection:
            return []
        with self._server.as_library_errors():
            found = self._client.search(
                self._collection,
                data=[vector],
                limit=limit,
                output_fields=[_HASH],
                search_params={"params": {} if self._server.lite else {"ef": max(limit, _LOOKED_AT)}},
                timeout=self._server.seconds,
            )
            return [(hit[_HASH], float(hit["distance"])) for hit in found[0]]

    def publish(self) -> None:
        """Let the alias point at this collection, and delete every other one that it pointed at or was to point at."""
        name, seconds = self._alias, self._server.seconds
        former = _pointed_at(self._server, name)
        with self._server.as_library_errors():
            if not self._collection:
                pass  # nothing was added: what was there goes
            elif former:
                self._client.alter_alias(self._collection, name, timeout=seconds)
            else:
                self._client.create_alias(self._collection, name, timeout=seconds)
        for other in self._server.collections(f"{name}_"):
            if other != self._collection:
                self._server.remove(other)

    def abandon(self) -> None:
        """Delete what was built aside, where the server can still be reached."""
        if self._collection:
            with suppress(LibraryError):
                self._server.remove(self._collection)

    def _made(self, dimensions: int) -> str:
        from pymilvus import DataType

        name = f"{self._alias}_{secrets.token_hex(4)}"
        with self._server.as_library_errors():
            schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
            schema.add_field(_HASH, DataType.VARCHAR, is_primary=True, max_length=_LONGEST_HASH)
            schema.add_field(_VECTOR, DataType.FLOAT_VECTOR, dim=dimensions)
            index = self._client.prepare_index_params()
            index.add_index(_VECTOR, metric_type="COSINE", **_index_kind(lite=self._server.lite))
            self._client.create_collection(name, schema=schema, index_params=index, timeout=self._server.seconds)
        return name


def open_index(address: str, folder: Path, embedding: str, *, create: bool) -> MilvusVectors:
    """The collection of ``embedding`` for the library at ``folder``.

    Raises:
        LibraryError: as ``open_vectors``.
    """
    library = _library_id(folder, create=create)
    if not library:
        raise no_index_error(without_login(address))
    server, alias = Server(address), _alias(library, embedding)
    try:
        collection = _pointed_at(server, alias)
        if collection:
            with server.as_library_errors():
                server.client.load_collection(collection, timeout=server.seconds)  # nothing to do where it is loaded
        elif not create:
            raise no_index_error(server.where)
    except BaseException:
        server.close()
        raise
    return MilvusVectors(server, alias, collection)


@contextmanager
def rebuilding(address: str, folder: Path, embedding: str) -> Iterator[MilvusVectors]:
    """A collection that the alias points at in the end."""
    alias = _alias(_library_id(folder, create=True), embedding)
    with MilvusVectors(Server(address), alias, aside=True) as index:
        try:
            yield index
            index.publish()
        except BaseException:
            index.abandon()
            raise


def without_login(address: str) -> str:
    """The address as it may be shown."""
    return re.sub(r"//[^/]*@", "//…@", address)


def _pointed_at(server: Server, alias: str) -> str:
    """The collection behind the alias; empty where there is none."""
    return next((name for name in server.collections(f"{alias}_") if alias in server.aliases(name)), "")


def _alias(library: str, embedding: str) -> str:
    return f"assistant_{library}_{content_hash(embedding)[:16]}"


def _library_id(folder: Path, *, create: bool) -> str:
    """What sets this library's collections apart from those of others on the same server: drawn once, and kept beside
    the folder. Empty where there is none and none is to be made."""
    file = folder.with_name(f"{folder.name}.id")
    with suppress(OSError, UnicodeDecodeError):
        if re.fullmatch(r"[0-9a-f]{16}", known := file.read_text(encoding="ascii").strip()):
            return known
    if not create:
        return ""
    drawn = secrets.token_hex(8)
    try:
        file.unlink(missing_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"{drawn}\n", encoding="ascii")
    except OSError as error:
        raise LibraryError(
            f"资料库写不进去（{reason(error)}）", where=str(file), help="请检查磁盘空间和文件权限。"
        ) from error
    return drawn


def _index_kind(*, lite: bool) -> dict[str, Any]:
    """Lite compares with every vector, exactly: a library on one machine is small, and a graph takes long to build."""
    return {"index_type": "FLAT"} if lite else {"index_type": "HNSW", "params": _GRAPH}


def _lite_folder(address: str) -> str:
    """The folder of Milvus Lite, made for its owner alone."""
    folder = Path(address).expanduser().absolute()
    if "://" in address or folder.suffix != _LITE:
        raise LibraryError(
            f"不认识 Milvus 的地址“{address}”",
            where="ASSISTANT_VECTORS",
            help="服务写 milvus:http://主机:19530（或 https://），"
            "Milvus Lite 写以 .db 结尾的位置，如 milvus:vectors.db。",
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"无法建立 Milvus Lite 的文件夹（{reason(error)}）",
            where=str(folder),
            help="请换一个可写的位置。",
        ) from error
    return str(folder)


def _client_class(*, lite: bool) -> Any:
    # pymilvus reads a .env file that lies above it; the environment of this program has one reader, settings.
    os.environ.setdefault("PYTHON_DOTENV_DISABLED", "1")
    try:
        from pymilvus import MilvusClient

        if lite:
            import milvus_lite.server_manager  # noqa: F401
    except ImportError as error:
        raise LibraryError(
            "没有安装 Milvus 的客户端" if not lite else "没有安装 Milvus Lite",
            where="ASSISTANT_VECTORS",
            help="请运行 pip install 'disclosure-report-assistant[cluster]'，或改回 ASSISTANT_VECTORS=chroma。",
        ) from error
    for name in ("pymilvus", "milvus_lite", "grpc"):  # every error is told once, by us
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return MilvusClient


def _kind(error: Exception) -> str:
    code = getattr(error, "code", None)
    return f"{type(error).__name__} {code}" if isinstance(code, int) else type(error).__name__
