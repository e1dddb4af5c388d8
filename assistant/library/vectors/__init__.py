"""The vector index behind one door: Chroma, embedded, or Milvus, as ``ASSISTANT_VECTORS`` says.

Disposable: the catalog holds every vector, an index only finds the nearest fast. Entries are named by content hash, so
that an entry can never stand for another text than the one it was made of.
"""

from assistant.library.vectors.index import Vectors
from assistant.library.vectors.opening import open_vectors, rebuilding, updating

__all__ = ["Vectors", "open_vectors", "rebuilding", "updating"]
