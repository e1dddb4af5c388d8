"""Settings → a chat model behind LangChain, or ``None`` when the assistant runs without one.

``ASSISTANT_LLM`` is ``none``, ``openai:<model>`` (any OpenAI-compatible endpoint), ``local:<file.gguf>`` (llama.cpp in
this process, extra ``[local]``) or ``<provider>:<model>`` of any installed LangChain package.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from assistant.errors import ModelUnavailable
from assistant.settings import Settings, settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

__all__ = ["Model", "open_model"]

_SPELLINGS = "none、openai:模型名、local:模型文件.gguf、供应商:模型名"


@dataclass(frozen=True, slots=True)
class Model:
    """A chat model that can be asked. ``method`` is how it is held to a schema; ``engine`` keeps a local one alive;
    ``seconds`` bound a whole call."""

    name: str
    chat: BaseChatModel
    method: Literal["json_schema", "function_calling", "json_mode"] = "json_schema"
    engine: Any = field(default=None, repr=False)
    seconds: float = Settings().whole_call_seconds


def open_model(config: Settings | None = None) -> Model | None:
    """The model that the settings name; ``None`` for ``ASSISTANT_LLM=none``. Nothing is sent yet.

    Raises:
        ModelUnavailable: the setting cannot be understood, a package or a key is missing, or the file is not there.
    """
    config = config or settings()
    spec = config.llm.strip()
    if spec.lower() in ("", "none"):
        return None
    provider, _, model = spec.partition(":")
    if not model.strip():
        raise ModelUnavailable(
            f"看不懂模型设置“{spec}”", where="ASSISTANT_LLM", help=f"可以写：{_SPELLINGS}。不用模型请设为 none。"
        )
    if provider == "openai":
        return Model(spec, _openai_chat(model, config), config.llm_method, seconds=config.whole_call_seconds)
    if provider == "local":
        return _local(spec, Path(model).expanduser(), config)
    chat = _vendor_chat(provider, model, config)
    return Model(spec, chat, config.llm_method, seconds=config.whole_call_seconds)


def _openai_chat(model: str, config: Settings, base_url: str | None = None) -> BaseChatModel:
    from langchain_openai import ChatOpenAI  # takes seconds: only for commands that use a model
    from pydantic import SecretStr

    from assistant.network import client

    endpoint = base_url or config.openai_base_url
    key = config.openai_api_key
    if not endpoint and not key:
        raise ModelUnavailable(
            "没有设置密钥",
            where="OPENAI_API_KEY",
            help="请设置 OPENAI_API_KEY；使用本单位的服务时，同时把 OPENAI_BASE_URL 设为服务地址。",
        )
    # OpenAI itself wants max_completion_tokens, which LangChain sends; compatible endpoints often know only max_tokens.
    length: dict[str, Any] = (
        {"extra_body": {"max_tokens": config.llm_max_tokens}}
        if endpoint
        else {"max_completion_tokens": config.llm_max_tokens}
    )
    return ChatOpenAI(
        model=model,
        base_url=endpoint,
        # An endpoint inside an office often needs no key, but the client insists on one.
        api_key=key if key and not base_url else SecretStr("none"),
        timeout=config.llm_timeout_seconds,
        max_retries=0,  # who asks decides whether to ask again (ask.py, drafting.writer): one layer only
        temperature=config.llm_temperature,
        http_client=client(endpoint, config),
        **length,
    )


def _vendor_chat(provider: str, model: str, config: Settings) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    try:
        chat: BaseChatModel = init_chat_model(
            model,
            model_provider=provider,
            timeout=config.llm_timeout_seconds,
            max_retries=0,
            temperature=config.llm_temperature,
        )
    except ImportError as error:
        raise ModelUnavailable(
            f"没有安装“{provider}”的程序包（{error.name or error}）",
            where="ASSISTANT_LLM",
            help=f"请安装 langchain-{provider}，或改用 {_SPELLINGS}。",
        ) from error
    except Exception as error:  # each vendor's package has its own errors for a missing key or an unknown name
        raise ModelUnavailable(
            f"打不开模型“{provider}:{model}”（{type(error).__name__}）",
            where="ASSISTANT_LLM",
            help=f"请核对供应商名、模型名和该供应商的密钥设置。可以写：{_SPELLINGS}。",
        ) from error
    return chat


def _local(spec: str, file: Path, config: Settings) -> Model:
    """A model file served by llama.cpp inside this process, on a loopback port of its own choosing."""
    if not file.is_file():
        raise ModelUnavailable("没有这个模型文件", where=str(file), help="请检查 ASSISTANT_LLM=local: 后面的路径。")
    try:
        import xllamacpp
    except ImportError as error:
        raise ModelUnavailable(
            "没有安装在本机运行模型的程序包（xllamacpp）",
            where="ASSISTANT_LLM",
            help="请运行 pip install 'disclosure-report-assistant[local]'，或改用 openai:模型名。",
        ) from error
    params = xllamacpp.CommonParams()
    params.model.path = str(file)
    params.port = 0
    params.n_ctx = config.llm_context_tokens
    params.n_parallel = 1
    params.verbosity = 0  # llama.cpp else writes some fifty lines over the user's terminal
    try:
        server = xllamacpp.Server(params)
    except Exception as error:  # llama.cpp reports a broken file in several ways
        raise ModelUnavailable(
            "模型文件装载不了", where=str(file), help="请确认它是完整的 GGUF 文件，并且内存足够。"
        ) from error
    chat = _openai_chat(file.stem, config, f"{server.listening_address}/v1")
    return Model(spec, chat, config.llm_method, server, config.whole_call_seconds)
