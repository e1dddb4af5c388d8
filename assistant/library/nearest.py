"""Passages near a question in meaning: the vector index where it is fast, the catalog's own vectors where it is exact."""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Collection, Sequence
from heapq import nlargest
from itertools import chain
from typing import TYPE_CHECKING

from assistant.errors import AssistantError, LibraryError
from assistant.library.documents import Passage
from assistant.library.store import Library

if TYPE_CHECKING:
    from assistant.library.embeddings import Embedding
    from assistant.library.vectors import Vectors

__all__ = ["Nearest"]

_FEW_DOCUMENTS = 60  # some 2,000 vectors: compared one by one in 10 ms, and exactly
_MANY_CANDIDATES = 400  # of the whole index, when those of many documents are picked afterwards
_FEWEST = 10  # picked that way; with less, every vector is compared after all
_TRY_AGAIN_SECONDS = 60.0  # a store that is away is not waited for at every question


class Nearest:
    """Nearness in meaning over a library. ``notice`` says in Chinese what kept it from working; empty when it does.

    The index stays open between questions: Chroma reads its graph anew at each opening (0.4 s for 60,000 passages).
    """

    def __init__(self, library: Library, embedding: Embedding) -> None:
        self.notice = ""
        self._library = library
        self._embedding = embedding
        self._last: tuple[str, list[float] | None] = ("", None)  # one question is looked at several times
        self._index: Vectors | None = None
        self._index_not_before = 0.0

    def close(self) -> None:
        """Close the index; it is opened again when it is needed."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def find(self, query: str, limit: int, documents: Collection[int] | None) -> list[int]:
        """Ids of the ``limit`` nearest passages, best first; within ``documents`` when given."""
        vector = self._vector(query)
        if vector is None:
            return []
        nearest = self._contents(vector, limit, documents)
        return [
            passage.id
            for passage in self._library.catalog.by_hash(nearest)
            if documents is None or passage.document in documents
        ][:limit]

    def cosines(self, query: str, passages: Sequence[Passage]) -> dict[int, float]:
        """Cosine similarity of passages to a query by passage id; those without a vector are left out."""
        vector = self._vector(query)
        if vector is None:
            return {}
        held = self._library.catalog.embeddings_of(self._embedding.name, {passage.hash for passage in passages})
        return {
            passage.id: sum(a * b for a, b in zip(vector, _numbers(held[passage.hash]), strict=True))
            for passage in passages
            if passage.hash in held
        }

    def _vector(self, query: str) -> list[float] | None:
        """The question as a vector of length one; ``None``, with a notice, when the embedding does not give one."""
        if self._last[0] != query:
            self._last = query, self._embedded(query)
        return self._last[1]

    def _embedded(self, query: str) -> list[float] | None:
        from assistant.library.embeddings import as_bytes

        try:
            vector = list(_numbers(as_bytes(self._embedding.embed_query(query))))
        except AssistantError as error:
            self.notice = f"{error.what}，只按词语检索。{error.help}"
            return None
        held = self._library.catalog.dimensions(self._embedding.name)
        if held is not None and held != len(vector):
            self.notice = f"向量模型给出{len(vector)}维，资料库中是{held}维，不能混用，只按词语检索；请核对 ASSISTANT_EMBEDDINGS。"
            return None
        return vector

    def _contents(self, vector: list[float], limit: int, documents: Collection[int] | None) -> list[str]:
        """Hashes, nearest first. A filter makes Chroma ten times slower: few documents are compared one by one."""
        few = documents is not None and len(documents) <= _FEW_DOCUMENTS
        if few or time.monotonic() < self._index_not_before:
            return self._compared(vector, limit, documents)
        try:
            found = self._opened().nearest(vector, limit if documents is None else _MANY_CANDIDATES)
        except LibraryError as error:
            self.notice = str(error)
            self._index_not_before = time.monotonic() + _TRY_AGAIN_SECONDS
            self.close()
            return self._compared(vector, limit, documents)  # slower, and as exact: the catalog holds every vector
        self.notice = ""
        names = [content for content, _ in found]
        if documents is None:
            return names
        inside = {passage.hash for passage in self._library.catalog.by_hash(names) if passage.document in documents}
        picked = [content for content in names if content in inside]
        return picked[:limit] if len(picked) >= _FEWEST else self._compared(vector, limit, documents)

    def _opened(self) -> Vectors:
        from assistant.library.vectors import open_vectors

        if self._index is None:
            self._index = open_vectors(self._library.vectors_folder, self._embedding.name, create=False)
        return self._index

    def _compared(self, vector: list[float], limit: int, documents: Collection[int] | None) -> list[str]:
        import numpy as np

        wanted = np.asarray(vector, dtype=np.float32)
        best: list[tuple[float, str]] = []
        for held in self._library.catalog.embeddings(self._embedding.name, documents):
            matrix = np.frombuffer(b"".join(held.values()), dtype="<f4").reshape(len(held), -1)
            near, names = matrix @ wanted, list(held)
            first = np.argsort(-near)[:limit]
            best = nlargest(limit, chain(best, ((float(near[place]), names[place]) for place in first)))
        return [content for _, content in best]


def _numbers(stored: bytes) -> array[float]:
    numbers = array("f", stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
