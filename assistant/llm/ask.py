"""Asking a model for an instance of a schema; what it gets wrong goes back to it, a few times, then is refused.

The endpoint is handed the plain JSON schema and its raw text is validated here, with the caller's context: LangChain's
own parsing would raise on a failing validator, and mends broken JSON where a refusal is wanted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from assistant.deadline import pieces_within, within
from assistant.errors import AssistantError, ModelUnavailable
from assistant.logs import step
from assistant.settings import without_secrets
from assistant.text import printable

if TYPE_CHECKING:
    from assistant.llm.model import Model

__all__ = ["Answered", "Budget", "Refused", "Unfit", "ask"]

T = TypeVar("T", bound=BaseModel)
_TOO_LONG = "回答太长，没有写完就被截断。请写短一些"
_LONGEST_CAUSE = 160


class Refused(AssistantError):
    """The model answered, but never in a form that may be used; ``refusals`` tells what was wrong each time."""

    def __init__(self, refusals: tuple[str, ...]) -> None:
        super().__init__(
            f"模型的回答{len(refusals)}次都不合要求：{refusals[-1]}", help="可以换一个能力更强的模型，或不用模型。"
        )
        self.refusals = refusals


class Unfit(ValueError):
    """What a model has written so far cannot be used; says why, for the model."""


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """A valid answer, how often the model was asked again, and why."""

    value: T
    retries: int
    refusals: tuple[str, ...]


@dataclass(slots=True)
class Budget:
    """How many calls a whole job may still make; shared by everything that asks on its behalf."""

    calls: int

    def spend(self) -> None:
        """One call less.

        Raises:
            ModelUnavailable: none is left.
        """
        if self.calls <= 0:
            raise ModelUnavailable(
                "这项工作调用模型的次数已到上限", where="ASSISTANT_LLM_MAX_CALLS", help="其余部分不再使用模型。"
            )
        self.calls -= 1


def ask(
    model: Model,
    prompt: str,
    schema: type[T],
    *,
    context: Mapping[str, Any] | None = None,
    retries: int = 2,
    budget: Budget | None = None,
    hear: Callable[[str], None] | None = None,
    tool: tuple[str, type[BaseModel], type[BaseModel]] | None = None,
) -> Answered[T]:
    """An instance of ``schema``, validated with ``context``; the model is asked at most ``1 + retries`` times.

    ``tool`` is (field of ``schema``, what fills it, ``schema`` without it): where the endpoint has tool calling, the
    model chooses between the two as tools; elsewhere the field is one of the JSON.

    ``hear`` is told the JSON text so far as it comes in; ``Unfit``, raised by it, refuses the answer before its end.

    Raises:
        Refused: every answer was unusable.
        ModelUnavailable: the endpoint is down, slow, refuses the call or answers nothing; or the budget is spent.
    """
    question = _with_schema(model, prompt, schema)
    asked = question
    refusals: list[str] = []
    for _ in range(1 + retries):
        if budget:
            budget.spend()
        try:
            with step("model", name=model.name, try_number=len(refusals) + 1):
                text = _answer(model, asked, schema, hear, tool)
                value = schema.model_validate(_json(text), context=dict(context or {}))
        except ValidationError as error:
            refusals.append(_faults(error))
        except ValueError as error:
            refusals.append(str(error))
        else:
            return Answered(value, len(refusals), tuple(refusals))
        # The wrong answer itself is not shown again: small models repeat what they see (1.5B: 15 of 15 word for word).
        asked = (
            f"{question}\n\n上一次的回答没有采用：{refusals[-1]}。\n请避免这些问题，重新输出完整的 JSON，只输出 JSON。"
        )
    raise Refused(tuple(refusals))


def _with_schema(model: Model, prompt: str, schema: type[BaseModel]) -> str:
    if model.method != "json_mode":
        return prompt
    wanted = json.dumps(schema.model_json_schema(), ensure_ascii=False)
    return f"{prompt}\n\n只输出一个 JSON 对象，符合这个 JSON Schema：\n{wanted}"


def _answer(
    model: Model,
    question: str,
    schema: type[BaseModel],
    hear: Callable[[str], None] | None,
    tool: tuple[str, type[BaseModel], type[BaseModel]] | None,
) -> str:
    structured: Any = model.chat.with_structured_output(
        schema.model_json_schema(), method=model.method, include_raw=True
    )  # a plain dict: with the class itself LangChain would run our validators, without their context
    asked: Any = structured.first
    if tool and model.method == "function_calling":
        asked = model.chat.bind_tools([one.model_json_schema() for one in tool[1:]], tool_choice="any")
        structured = asked
    from langsmith import tracing_context

    try:
        # Other programs' settings on this machine may switch tracing on: a copy of every prompt to its maker.
        with tracing_context(enabled=False):
            if hear is None:
                result = within(model.seconds, partial(structured.invoke, question))
            else:
                # Only the model's own part is run: the parser behind it would wait for the end.
                result = _heard(pieces_within(model.seconds, partial(asked.stream, question)), hear)
    except (AssistantError, Unfit):
        raise  # what was heard is not to be used
    except Exception as error:
        if type(error).__name__ == "LengthFinishReasonError":
            return ""  # reported below as an answer that is no JSON
        raise _unavailable(model, error) from None  # the vendor's chain may carry the request and its key
    raw: Any = result["raw"] if isinstance(result, dict) else result
    if (
        tool
        and (calls := getattr(raw, "tool_calls", None))
        and calls[0]["name"] == tool[1].model_json_schema()["title"]
    ):
        return json.dumps({tool[0]: calls[0]["args"]}, ensure_ascii=False)
    if chunks := getattr(raw, "tool_call_chunks", None):
        return str(chunks[0]["args"] or "")  # as it came in: LangChain's own reading of it mends what was cut off
    if getattr(raw, "tool_calls", None):
        return json.dumps(raw.tool_calls[0]["args"], ensure_ascii=False)
    text = str(getattr(raw, "text", "") or "")
    if not text.strip() and not getattr(raw, "invalid_tool_calls", None):
        raise ModelUnavailable("模型回答了空白", where=model.name, help="请核对模型名，或换一个模型。")
    return text


def _heard(pieces: Iterable[Any], hear: Callable[[str], None]) -> Any:
    """The message as it comes in."""
    message: Any = None
    for piece in pieces:
        part = piece["raw"] if isinstance(piece, dict) else piece
        message = part if message is None else message + part
        chunks = getattr(message, "tool_call_chunks", None)
        hear(str(chunks[0]["args"] or "") if chunks else str(message.text))
    return message


def _json(text: str) -> Any:
    if not text.strip():
        raise ValueError(_TOO_LONG)
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        raise ValueError("不是一个完整的 JSON 对象。不要代码围栏，不要解释") from None


def _faults(error: ValidationError) -> str:
    """Every fault in one line of Chinese, as our validators put it; pydantic's own are named by their field."""
    faults = []
    for fault in error.errors(include_url=False, include_input=False):
        place = ".".join(str(part) for part in fault["loc"])
        message = fault["msg"].removeprefix("Value error, ")
        known = {"missing": "缺少这一项", "extra_forbidden": "多出这一项", "string_type": "应为文字"}.get(fault["type"])
        faults.append(message if fault["type"] == "value_error" else f"{place}：{known or message}")
    return "；".join(dict.fromkeys(faults))


def _unavailable(model: Model, error: Exception) -> ModelUnavailable:
    """What went wrong at the endpoint, told by status and kind: every vendor's package has its own error classes."""
    status = getattr(error, "status_code", None)
    kind = type(error).__name__
    if isinstance(error.__cause__, ModelUnavailable):
        return error.__cause__  # our client's own refusal, in openai's wrapping
    if status in (401, 403):
        return ModelUnavailable("模型服务拒绝了密钥", where=model.name, help="请核对 OPENAI_API_KEY。")
    if status == 404:
        what, way_out = (
            "模型服务没有这个地址或模型",
            "请核对 OPENAI_BASE_URL（通常以 /v1 结尾）和 ASSISTANT_LLM 中的模型名。",
        )
    elif status is not None and 300 <= status < 400:
        what, way_out = "模型服务要求转到别的地址，没有跟去", "请把 OPENAI_BASE_URL 设为最终的地址。"
    elif status == 429:
        what, way_out = "模型服务说请求太多或额度已用完", "请稍后再试，或核对额度。"
    elif status is not None and status >= 500:
        what, way_out = f"模型服务出错（{status}）", "请稍后再试，或查看模型服务的日志。"
    elif isinstance(error, TimeoutError) or "Timeout" in kind:
        what, way_out = "模型没有在时限内回答", "可调高 ASSISTANT_LLM_TIMEOUT_SECONDS，或换一个更快的模型。"
    elif "Connection" in kind:
        what, way_out = "连接不上模型服务", "请确认服务已启动、OPENAI_BASE_URL 正确。"
    elif status is not None:
        what = f"模型服务不接受这个请求（{status}：{_cause(error)}）"
        way_out = "端点可能不支持这种约束方式，可把 ASSISTANT_LLM_METHOD 改为 function_calling 或 json_mode。"
    else:
        what, way_out = f"调用模型失败（{kind}：{_cause(error)}）", "请核对模型设置，或设 ASSISTANT_LLM=none 不用模型。"
    return ModelUnavailable(what, where=model.name, help=way_out)


def _cause(error: Exception) -> str:
    return without_secrets(printable(str(error)))[:_LONGEST_CAUSE]
