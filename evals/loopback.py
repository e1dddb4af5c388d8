"""An OpenAI-compatible endpoint on loopback whose answers are worked out from the call, whole or as a stream."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

__all__ = ["Answer", "Call", "Reply", "answering", "serving"]

_PIECE = 7  # characters of a streamed answer that come at once


class Call(NamedTuple):
    """What came in: the body of the request, and who says they are asking."""

    body: dict[str, Any]
    authorization: str

    @property
    def text(self) -> str:
        """The last message."""
        return str(self.body["messages"][-1]["content"])


class Answer(NamedTuple):
    """A text that ends for a reason other than being complete, or the arguments of a tool that is called."""

    text: str
    finish_reason: str = "stop"
    tool: str = ""


Reply = Answer | str | int | None
"""A text, an HTTP status, or ``None``: silence until the client gives up."""


@contextmanager
def answering(reply: Callable[[str], Reply]) -> Iterator[str]:
    """``serving`` for who needs the last message of each call alone."""
    with serving(lambda call: reply(call.text)) as url:
        yield url


@contextmanager
def serving(reply: Callable[[Call], Reply], released: threading.Event | None = None) -> Iterator[str]:
    """The base URL, for as long as the block runs; ``reply`` is given each call. The last quarter of a stream waits
    until ``released`` is set."""
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = reply(Call(body, self.headers.get("Authorization", "")))
            if answer is None:
                closing.wait(30)
            elif isinstance(answer, int):
                self._send(answer, "application/json", json.dumps({"error": {"message": "out of order"}}).encode())
            elif body.get("stream"):
                self._send(200, "text/event-stream", *_events(_told(answer)))
            else:
                self._send(200, "application/json", json.dumps(_completion(_told(answer))).encode())

        def _send(self, status: int, kind: str, *data: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(sum(map(len, data))))
            self.end_headers()
            for at, piece in enumerate(data):
                if released and at > 3 * len(data) / 4:
                    released.wait(30)
                self.wfile.write(piece)

        def log_message(self, *_: object) -> None:
            """Nothing is printed between the lines of an eval."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _told(answer: Answer | str) -> Answer:
    return Answer(answer) if isinstance(answer, str) else answer


def _completion(answer: Answer) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": answer.text}
    if answer.tool:
        message |= {"content": None, "tool_calls": [_called(answer.tool, answer.text)]}
    return {
        "id": "scripted", "object": "chat.completion", "created": 0, "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": answer.finish_reason}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


def _called(tool: str | None, arguments: str) -> dict[str, Any]:
    """A call of a tool; of one that comes in piece by piece only the first names it."""
    named = {"id": "call", "type": "function"} if tool else {}
    return {"index": 0, **named, "function": {"arguments": arguments, **({"name": tool} if tool else {})}}


def _events(answer: Answer) -> list[bytes]:
    """The same answer as a stream asks for it: a few characters at a time."""
    pieces = [answer.text[at : at + _PIECE] for at in range(0, len(answer.text), _PIECE)]
    deltas: list[dict[str, Any]] = [{"role": "assistant"}]
    if answer.tool:
        deltas += ({"tool_calls": [_called(answer.tool if not n else None, one)]} for n, one in enumerate(pieces))
    else:
        deltas += ({"content": piece} for piece in pieces)
    chunks: list[dict[str, Any]] = [{"index": 0, "delta": delta, "finish_reason": None} for delta in deltas]
    chunks.append({"index": 0, "delta": {}, "finish_reason": answer.finish_reason})
    frame = {**_completion(answer), "object": "chat.completion.chunk", "usage": None}
    told = ({**frame, "choices": [chunk]} for chunk in chunks)
    return [*(f"data: {json.dumps(one)}\n\n".encode() for one in told), b"data: [DONE]\n\n"]
