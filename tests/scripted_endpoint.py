"""A real HTTP server on loopback that speaks the OpenAI protocol and answers from a queue."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

_PIECE = 7  # characters of a streamed answer that come at once

Reply = str | int | None
"""What to answer: a text, an HTTP status, or ``None`` to keep silent until the client gives up."""


@dataclass
class Endpoint:
    """``replies`` are given in order, then ``otherwise`` for ever; ``requests`` are the bodies that came in."""

    url: str = ""
    replies: deque[Reply] = field(default_factory=deque)
    otherwise: Reply = 500
    finish_reason: str = "stop"
    requests: list[dict[str, Any]] = field(default_factory=list)
    authorizations: list[str] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def says(self, *replies: Reply | dict[str, Any]) -> None:
        self.replies.extend(json.dumps(r, ensure_ascii=False) if isinstance(r, dict) else r for r in replies)

    def last_message(self) -> str:
        return str(self.requests[-1]["messages"][-1]["content"])


@contextmanager
def serving() -> Iterator[Endpoint]:
    """The endpoint for as long as the block runs."""
    endpoint = Endpoint()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            endpoint.requests.append(body)
            endpoint.authorizations.append(self.headers.get("Authorization", ""))
            reply = endpoint.replies.popleft() if endpoint.replies else endpoint.otherwise
            if reply is None:
                endpoint.closing.wait(30)
                return
            status, payload = (
                (reply, {"error": {"message": "out of order"}})
                if isinstance(reply, int)
                else (200, _answer(reply, endpoint.finish_reason))
            )
            streamed = status == 200 and body.get("stream")
            data = _events(payload) if streamed else json.dumps(payload).encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/event-stream" if streamed else "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            """Requests are kept in ``endpoint``, not printed."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    endpoint.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield endpoint
    finally:
        endpoint.closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _events(answer: dict[str, Any]) -> bytes:
    """The same answer as a stream asks for it: a few characters at a time."""
    choice = answer["choices"][0]
    text = choice["message"]["content"]
    deltas = [{"content": text[at : at + _PIECE]} for at in range(0, len(text), _PIECE)]
    chunks = [{"index": 0, "delta": delta, "finish_reason": None} for delta in ({"role": "assistant"}, *deltas)]
    chunks.append({"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]})
    told = ({**answer, "object": "chat.completion.chunk", "choices": [chunk], "usage": None} for chunk in chunks)
    return b"".join(f"data: {json.dumps(one)}\n\n".encode() for one in told) + b"data: [DONE]\n\n"


def _answer(text: str, finish_reason: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "scripted",
        "object": "chat.completion",
        "created": 0,
        "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": finish_reason}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }
