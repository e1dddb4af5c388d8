"""Opening and rebuilding the index in the store that ``ASSISTANT_VECTORS`` names."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path

from assistant.errors import LibraryError
from assistant.library.vectors import chroma, milvus
from assistant.library.vectors.index import Vectors
from assistant.settings import settings

__all__ = ["open_vectors", "rebuilding", "updating"]

_MILVUS = "milvus:"


def open_vectors(folder: Path, embedding: str, *, create: bool = True) -> Vectors:
    """The index of ``embedding`` for the library whose index is kept under ``folder``; with ``create`` made when
    missing.

    Each embedding has its own space: vectors of two models are never mixed.

    Raises:
        LibraryError: there is none and it is not to be made; it was not written by this program; the store is damaged,
            away or not installed; ``ASSISTANT_VECTORS`` cannot be understood.
    """
    address = _milvus_address()
    if address is None:
        return chroma.open_index(folder, embedding, create=create)
    return milvus.open_index(address, folder, embedding, create=create)


def rebuilding(folder: Path, embedding: str) -> AbstractContextManager[Vectors]:
    """A new, empty index, which takes the place of the one there is when the block ends, and is thrown away when it
    ends by an error. The old one answers until then. One process at a time: the caller holds the library's lock.

    Raises:
        LibraryError: as ``open_vectors``.
    """
    address = _milvus_address()
    return chroma.rebuilding(folder, embedding) if address is None else milvus.rebuilding(address, folder, embedding)


def updating(folder: Path, embedding: str) -> AbstractContextManager[Vectors]:
    """The index as it is, to add to and to drop from. A folder of files is copied and takes its own place when the
    block ends, the old one answers until then; a server knows itself how to be asked while it is written. As for
    ``rebuilding``, the caller holds the library's lock.

    Raises:
        LibraryError: as ``open_vectors``.
    """
    address = _milvus_address()
    if address is None:
        return chroma.rebuilding(folder, embedding, keep=True)
    return milvus.open_index(address, folder, embedding, create=True)


def _milvus_address() -> str | None:
    """The address after ``milvus:``; ``None`` for Chroma."""
    store = settings().vectors.strip()
    if store == "chroma":
        return None
    address = store.removeprefix(_MILVUS)
    if address == store or not address:
        raise LibraryError(
            f"不认识向量库“{milvus.without_login(store)}”",
            where="ASSISTANT_VECTORS",
            help="可以是 chroma（默认），或 milvus:地址，如 milvus:http://主机:19530、milvus:vectors.db。",
        )
    return address
