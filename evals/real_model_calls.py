"""Every call of a model as it is made: what was asked, what came back, the tokens and the seconds."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.messages import BaseMessage
from langchain_core.outputs import LLMResult

__all__ = ["Call", "Calls", "reasons"]

_PARTICULARS = re.compile(r"\{\{[^{}]*\}\}|“[^“”]*”|《[^《》]*》|（[^（）]*）|\d+")


@dataclass(frozen=True, slots=True)
class Call:
    """One call; ``tokens`` in and out are those that the endpoint counts."""

    asked: str
    answered: str
    seconds: float
    tokens_in: int
    tokens_out: int


class Calls(BaseCallbackHandler):
    """``made`` are the calls so far, ``model`` is what the endpoint calls it; each is written to ``log`` as soon as it
    is over."""

    def __init__(self, log: Path | None = None) -> None:
        self.made: list[Call] = []
        self._log = log
        self._open: dict[UUID, tuple[str, float]] = {}
        self.model = ""

    def on_chat_model_start(
        self,
        serialized: dict[str, Any],  # noqa: ARG002  # the name is the base class's
        messages: list[list[BaseMessage]],
        *,
        run_id: UUID,
        **_: Any,
    ) -> None:
        self._open[run_id] = (str(messages[0][-1].content), time.perf_counter())

    def on_llm_end(self, response: LLMResult, *, run_id: UUID, **_: Any) -> None:
        message = getattr(response.generations[0][0], "message", None)
        usage = getattr(message, "usage_metadata", None) or {}
        self.model = Path(str(getattr(message, "response_metadata", {}).get("model_name", ""))).name or self.model
        self._keep(run_id, str(getattr(message, "content", "")), usage)

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **_: Any) -> None:
        self._keep(run_id, f"（{type(error).__name__}：{error}）", {})

    def _keep(self, run_id: UUID, answered: str, usage: dict[str, Any]) -> None:
        asked, begun = self._open.pop(run_id)
        seconds = round(time.perf_counter() - begun, 1)
        call = Call(asked, answered, seconds, usage.get("input_tokens", 0), usage.get("output_tokens", 0))
        self.made.append(call)
        if self._log:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(json.dumps(asdict(call), ensure_ascii=False) + "\n")


def reasons(refusals: Iterable[str]) -> dict[str, int]:
    """Refusals counted by reason, most frequent first: what they say, without what was quoted, named or counted."""
    counted = Counter(_PARTICULARS.sub("…", fault) for refusal in refusals for fault in refusal.split("；"))
    return dict(counted.most_common())
