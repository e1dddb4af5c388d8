"""Finding passages: BM25 over words and nearness of vectors propose some, what fits the question best comes first."""

from __future__ import annotations

import sys
import time
from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from heapq import nlargest
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from assistant.errors import AssistantError, LibraryError
from assistant.lexicon.synonyms import same_meaning
from assistant.library.documents import Passage
from assistant.library.ranking import fit, fuse, order_by_fit, without_repeats, word_weights
from assistant.library.regulation import lists_questions, superseded_regulations, with_official_articles
from assistant.library.store import Library
from assistant.library.words import content_words, indexed_words, words
from assistant.logs import step

if TYPE_CHECKING:
    from assistant.library.embeddings import Embedding
    from assistant.library.vectors import Vectors

__all__ = ["FUSED", "LEXICAL", "VECTORS", "FusedSearch", "Nearest", "Search", "Weights", "open_search"]

Search = Callable[[str, int], list[Passage]]

# Of each list: several questions may lead to one article; what is ranked lower never reaches the first five.
_CANDIDATES = 60
_COMMON = 0.4  # a word in more than this part of all passages finds nothing, and costs reading all of them
_FEWEST_WORDS = 2
# Of a whole library, passages with the rarest words asked for are scored until there are so many: with 120,000 passages
# that takes half the time and finds the same first ten. A library of some 800 reports is scored whole.
_SCORED = 10_000
_FEW_DOCUMENTS = 60  # some 2,000 vectors: compared one by one in 10 ms, and exactly
_MANY_CANDIDATES = 400  # of the whole index, when those of many documents are picked afterwards
_FEWEST = 10  # picked that way; with less, every vector is compared after all
_TRY_AGAIN_SECONDS = 60.0  # a store that is away is not waited for at every question


class Weights(NamedTuple):
    """What each ranking counts for; zero leaves it out."""

    words: float
    vectors: float


# Measured on the 146 questions of evals/questions.jsonl with evidence, as they stand, recall@5 and MRR: words alone
# 0.95, 0.86 (ordered by how much of the question they cover); vectors alone 0.83, 0.71; both 0.97, 0.91, with words at
# half the weight of vectors as well as at one and a half times.
FUSED, LEXICAL, VECTORS = Weights(1.0, 1.0), Weights(1.0, 0.0), Weights(0.0, 1.0)


class FusedSearch:
    """A ``Search`` over a library, or over some of its documents. A context manager: it keeps the vector index open.

    ``notice`` says in Chinese why search is by words alone, or for how many documents it still is; empty when
    vectors are complete.
    """

    def __init__(self, library: Library, nearest: Nearest | None, notice: str, weights: Weights = FUSED) -> None:
        self._notice = notice
        self._library = library
        self._nearest = nearest
        self._weights = weights
        self._leading: dict[int, list[Passage]] = {}
        self._unsound: dict[int, str] = {}

    def __enter__(self) -> FusedSearch:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the vector index; searching again opens it again."""
        if self._nearest is not None:
            self._nearest.close()

    @property
    def notice(self) -> str:
        """What the user should know about how this search works; what happened last comes first."""
        happened = self._library.catalog.words.fault + (self._nearest.notice if self._nearest else "")
        return "\n".join(self._unsound.values()) or happened or self._notice

    @step("search")
    def __call__(
        self,
        query: str,
        limit: int,
        documents: Collection[int] | None = None,
        *,
        sections: Collection[str] = (),
        every_year: bool = False,
    ) -> list[Passage]:
        """The ``limit`` passages that fit best, best first; within ``documents`` when given.

        ``sections`` (一 to 六) are preferred. What one unit repeats from year to year comes once, the latest, unless
        ``every_year`` is asked for. Articles are the official ones where those are here.
        """
        hidden = superseded_regulations(self._library)
        within = (
            None if documents is None else {*documents, *(own for own, text in hidden.items() if text in documents)}
        )
        near = self._nearest.find(query, _CANDIDATES, within) if self._nearest and self._weights.vectors else []
        by_words = self._by_words(query, within) if self._weights.words else []
        ids = fuse([by_words, near], self._weights)
        found, self._leading = with_official_articles(self._library.catalog.passages(ids), hidden, self._library)
        if self._weights.words:
            found = order_by_fit(found, self.fits(query, found), sections)
        return self._sound(found, lambda some: some[:limit] if every_year else without_repeats(some, limit))

    def phrase(self, words: str, limit: int, documents: Collection[int] | None = None) -> list[Passage]:
        """The passages in which these very words stand, best first."""
        ids = self._library.catalog.words.matching([indexed_words(words)], _CANDIDATES, documents)
        found = [one for one in self._library.catalog.passages(ids) if words in one.text]
        return self._sound(found, lambda some: some[:limit])

    def _sound(self, found: list[Passage], chosen: Callable[[list[Passage]], list[Passage]]) -> list[Passage]:
        """What is chosen of what was found, without documents that are damaged; those are told of in ``notice``."""
        while True:
            best, before = chosen(found), set(self._unsound)
            for document in {passage.document for passage in best}:
                try:
                    self._library.catalog.prove(document)
                except LibraryError as error:
                    self._unsound[document] = str(error)
            if self._unsound.keys() == before:
                return best
            found = [passage for passage in found if passage.document not in self._unsound]

    def fits(self, query: str, passages: Sequence[Passage]) -> dict[int, float]:
        """How well passages fit a query, by passage id; an article also by what the digest says of it, and how people
        ask."""
        weights = word_weights(query, self._library.catalog)
        leading = {passage.id: self._leading.get(passage.id, []) for passage in passages}
        looked_at = [*passages, *(one for led in leading.values() for one in led)]
        near = self._nearest.cosines(query, looked_at) if self._nearest and self._weights.vectors else {}
        return {
            passage.id: fit(
                weights,
                passage,
                max((near[one.id] for one in (passage, *leading[passage.id]) if one.id in near), default=None),
                [
                    one.text if lists_questions(one.title) else f"{one.heading} {one.text}"
                    for one in leading[passage.id]
                ],
            )
            for passage in passages
        }

    def _by_words(self, query: str, documents: Collection[int] | None) -> list[int]:
        asked = content_words(query) or words(query)
        all_words = list(dict.fromkeys([*asked, *(other for word in asked for other in same_meaning(word))]))
        passages, counts = self._library.catalog.words.counts(all_words)
        known = [word for word in all_words if word in counts]
        telling = [word for word in known if counts[word] <= _COMMON * passages]
        chosen = telling if len(telling) >= _FEWEST_WORDS else known
        if not chosen:
            return []
        rarest = _rarest(sorted(chosen, key=lambda word: (word not in asked, counts[word])), counts)
        required = rarest if documents is None and len(rarest) < len(chosen) else ()
        return self._library.catalog.words.matching(chosen, _CANDIDATES, documents, required)


def open_search(library: Library, weights: Weights = FUSED) -> FusedSearch:
    """Search over a library with whatever this machine, the settings and the state of the library allow.

    Raises:
        ModelUnavailable: ``ASSISTANT_EMBEDDINGS`` cannot be understood, or its package is missing.
    """
    from assistant.library.embeddings import embedding_name, open_embeddings, unavailable_reason

    reason = unavailable_reason()
    if reason:
        return FusedSearch(library, None, f"{reason}，只按词语检索。", weights)
    name, catalog = embedding_name(), library.catalog
    if catalog.dimensions(name) is None and any(catalog.titles(kind) for kind in ("report", "regulation")):
        return FusedSearch(library, None, _not_built(name, catalog.embedding_models()), weights)
    waiting = catalog.documents_without_embedding(name)
    notice = f"有{waiting}份资料的向量还没有建完，暂按词语检索；再次运行 assistant ingest 可以补上。" if waiting else ""
    embedding = open_embeddings()
    return FusedSearch(library, Nearest(library, embedding) if embedding else None, notice, weights)


class Nearest:
    """Nearness in meaning over a library: the vector index where it is fast, the catalog's own vectors where it is
    exact.

    ``notice`` says in Chinese what kept it from working; empty when it does.

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
            self.notice = (
                f"向量模型给出{len(vector)}维，资料库中是{held}维，不能混用，只按词语检索；"
                "请核对 ASSISTANT_EMBEDDINGS。"
            )
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


def _rarest(ordered: Sequence[str], counts: Mapping[str, int]) -> list[str]:
    """The first of the words that together stand in enough passages for the best to be among them."""
    before = accumulate((counts[word] for word in ordered), initial=0)
    return [word for word, passages in zip(ordered, before, strict=False) if passages < _SCORED]


def _not_built(name: str, others: Sequence[str]) -> str:
    if others:
        return (
            f"资料的向量是用“{others[0]}”建立的，现在设置的是“{name}”，两者不能混用，只按词语检索；"
            "请再次运行 assistant ingest 重建向量，或改回原来的设置（ASSISTANT_EMBEDDINGS）。"
        )
    return "资料还没有建立向量，只按词语检索；再次运行 assistant ingest 可以补上。"
