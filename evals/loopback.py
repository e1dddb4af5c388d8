"""An OpenAI-compatible endpoint on loopback whose answers are worked out from the question."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = str | int | None
"""A text, an HTTP status, or ``None``: silence until the client gives up."""


@contextmanager
def answering(reply: Callable[[str], Reply]) -> Iterator[str]:
    """The base URL, for as long as the block runs; ``reply`` is given the last message of each call."""
    closing = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = reply(str(body["messages"][-1]["content"]))
            if answer is None:
                closing.wait(30)
                return
            status, payload = (
                (answer, {"error": {"message": "out of order"}})
                if isinstance(answer, int)
                else (200, _completion(answer))
            )
            data = json.dumps(payload).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

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


def _completion(text: str) -> dict[str, object]:
    message = {"role": "assistant", "content": text}
    return {
        "id": "scripted", "object": "chat.completion", "created": 0, "model": "scripted",
        "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip
