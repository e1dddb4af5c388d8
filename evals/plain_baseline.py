"""Retrieval as most people would build it, for comparison: fixed-size chunks of the files' text, vectors only, top
five.

The embedding is the one the library uses, so that the difference is in what is done around it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from assistant.library.embeddings import open_embeddings
from evals.questions_evidence import FIRST, Excerpt

__all__ = ["OVERLAP", "SIZE", "PlainBaseline", "chunks"]

SIZE, OVERLAP = 500, 50  # characters; the sizes that tutorials start from
_AT_ONCE = 16


def chunks(text: str) -> list[str]:
    """``text`` in pieces of ``SIZE`` characters, each repeating the last ``OVERLAP`` of the one before."""
    return [text[start : start + SIZE] for start in range(0, max(len(text) - OVERLAP, 1), SIZE - OVERLAP)]


class PlainBaseline:
    """A ``Retrieve`` over files; of two files with one name the later stands."""

    def __init__(self) -> None:
        embeddings = open_embeddings()
        assert embeddings is not None, "the baseline is vectors only"
        self._embeddings = embeddings
        self._files: dict[str, tuple[list[str], np.ndarray]] = {}

    def add(self, files: Iterable[Path]) -> None:
        """Read, chunk and embed files, whatever is in them."""
        for file in files:
            pieces = chunks(file.read_text(encoding="utf-8"))
            rows = [
                row
                for start in range(0, len(pieces), _AT_ONCE)
                for row in self._embeddings.embed_documents(pieces[start : start + _AT_ONCE])
            ]
            self._files[file.stem] = pieces, np.asarray(rows, dtype=np.float32)

    def __call__(self, question: str) -> Sequence[Excerpt]:
        """The five chunks nearest to the question, best first."""
        vector = np.asarray(self._embeddings.embed_query(question), dtype=np.float32)
        scored = [
            (float(nearness), Excerpt(name, piece))
            for name, (pieces, matrix) in self._files.items()
            for piece, nearness in zip(pieces, matrix @ vector, strict=True)
        ]
        scored.sort(key=lambda one: -one[0])
        return [excerpt for _, excerpt in scored[:FIRST]]
