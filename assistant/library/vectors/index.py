"""What every vector index can do, whichever store keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Protocol, Self, TypeVar

from assistant.errors import LibraryError

__all__ = ["REBUILD", "ROOM", "Vectors", "batches", "no_index_error"]

Item = TypeVar("Item")

REBUILD = "请再次运行 assistant ingest，或运行 assistant library rebuild，由资料库重建索引；报告和数字不受影响。"
ROOM = (
    "请在资料库所在的磁盘上腾出空间（或把整个资料库文件夹移到空间大的磁盘），再运行 assistant library rebuild；"
    "报告和数字都在，在那以前按词检索。"
)


class Vectors(Protocol):
    """Vectors of one embedding by content hash, compared by cosine. A context manager: it closes what it has opened.

    Every method raises LibraryError where the store is damaged, away, or was rebuilt by another process.
    """

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...

    def hashes(self) -> set[str]:
        """What the index holds."""

    def add(self, vectors: Mapping[str, bytes]) -> None:
        """Add vectors (float32 bytes, little endian), in batches as large as the store takes; those of a hash that is
        there already are replaced."""

    def drop(self, hashes: set[str]) -> None:
        """Take vectors out; those that are not there are passed over."""

    def nearest(self, vector: list[float], limit: int) -> list[tuple[str, float]]:
        """(hash, cosine similarity) of the ``limit`` nearest, best first."""


def batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of at most ``size``."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def no_index_error(where: str) -> LibraryError:
    """There is no index where one is to be searched."""
    return LibraryError("还没有向量索引，或者已被删除", where=where, help=REBUILD)
