"""A connection to Milvus: a server or cluster by address, or Milvus Lite, which keeps a folder on this machine."""

from __future__ import annotations

import logging
import os
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from assistant.errors import LibraryError, reason
from assistant.library.vectors.index import REBUILD
from assistant.settings import settings

__all__ = ["Server", "without_login"]

_LITE = ".db"  # pymilvus takes an address that ends so for Milvus Lite
_AWAY = "请检查地址、密钥（ASSISTANT_VECTORS_TOKEN）和网络；在那以前检索较慢，查数字和检查报告不受影响。"
_lite_opened: Counter[str] = Counter()  # Milvus Lite serves a folder once in a process, however many connect to it


class Server:
    """A connection. ``client`` is pymilvus's, to be used within ``told``; ``seconds`` bound each call.

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
    def told(self) -> Iterator[None]:
        """Whatever goes wrong with a call, as one error without the address's answer: that may hold anything."""
        try:
            yield
        except LibraryError:
            raise
        except Exception as error:  # pymilvus's own, grpc's, or an OSError
            raise LibraryError(f"向量库 Milvus 用不了（{_kind(error)}）", where=self.where, help=_AWAY) from error

    def collections(self, prefix: str) -> list[str]:
        with self.told():
            held: list[str] = self.client.list_collections(timeout=self.seconds)
        return sorted(name for name in held if name.startswith(prefix))

    def aliases(self, collection: str) -> list[str]:
        with self.told():
            told: dict[str, list[str]] = self.client.list_aliases(collection_name=collection, timeout=self.seconds)
        return told["aliases"]

    def remove(self, collection: str) -> None:
        """Delete a collection, and the aliases that point at it: Milvus wants these gone first."""
        for alias in self.aliases(collection):
            with self.told():
                self.client.drop_alias(alias, timeout=self.seconds)
        with self.told():
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
        except Exception as error:  # as in ``told``
            if not self.lite:
                raise LibraryError(f"连不上向量库 Milvus（{_kind(error)}）", where=self.where, help=_AWAY) from error
            self._let_go()
            raise LibraryError(
                "打不开 Milvus Lite 的文件夹，可能有另一个进程正在使用",
                where=self.where,
                help=f"同一时间只能有一个进程使用；要多个进程、多台机器一起用，请改用 Milvus 服务。仍打不开的，{REBUILD}",
            ) from error

    def _let_go(self) -> None:
        from milvus_lite.server_manager import server_manager_instance

        _lite_opened[self._uri] -= 1
        if _lite_opened[self._uri] <= 0:
            del _lite_opened[self._uri]
            server_manager_instance.release_server(self._uri)


def without_login(address: str) -> str:
    """The address as it may be shown."""
    return re.sub(r"//[^/]*@", "//…@", address)


def _lite_folder(address: str) -> str:
    """The folder of Milvus Lite, made for its owner alone."""
    folder = Path(address).expanduser().absolute()
    if "://" in address or folder.suffix != _LITE:
        raise LibraryError(
            f"不认识 Milvus 的地址“{address}”",
            where="ASSISTANT_VECTORS",
            help="服务写 milvus:http://主机:19530（或 https://），Milvus Lite 写以 .db 结尾的位置，如 milvus:vectors.db。",
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
