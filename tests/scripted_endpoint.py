"""The endpoint of ``evals.loopback`` with a queue of answers, and what it was asked."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from evals import loopback
from evals.loopback import Answer, Call, Reply


@dataclass
class Endpoint:
    """``replies`` are given in order, then ``otherwise`` for ever; ``requests`` are the bodies that came in."""

    url: str = ""
    replies: deque[Reply] = field(default_factory=deque)
    otherwise: Reply = 500
    finish_reason: str = "stop"
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)

    def says(self, *replies: Reply | dict[str, Any]) -> None:
        self.replies.extend(json.dumps(r, ensure_ascii=False) if isinstance(r, dict) else r for r in replies)

    def last_message(self) -> str:
        return str(self.requests[-1]["messages"][-1]["content"])

    def answer(self, call: Call) -> Reply:
        self.requests.append(call.body)
        self.authorizations.append(call.authorization)
        reply = self.replies.popleft() if self.replies else self.otherwise
        return Answer(reply, self.finish_reason) if isinstance(reply, str) else reply


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint for as long as the block runs."""
    endpoint = Endpoint()
    with loopback.serving(endpoint.answer) as url:
        endpoint.url = url
        yield endpoint
