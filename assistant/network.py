"""The HTTP client for the endpoint that is set: it goes nowhere else, and every answer has an end.

openai's own client follows redirects, question and all, to any host, waits anew for every byte that drips in, and reads
whatever comes. Imported with a model or an endpoint only.
"""

from __future__ import annotations

import ipaddress
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx2
from openai import DefaultHttpxClient

from assistant.errors import ModelUnavailable
from assistant.settings import Settings

__all__ = ["client"]


def client(address: str | None, config: Settings) -> httpx2.Client:
    """A client for the service at ``address``; without one, for the vendor's own. No redirects; at most
    ``max_answer_bytes`` an answer, within some minutes. A service on this machine is never asked through a proxy.

    Raises:
        ModelUnavailable: from a call whose answer is too large or packed; openai may wrap it as the cause of its own
        error.
    """

    def bound(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            raise _refused("回答是压缩过的", "请让服务不压缩回答。")  # a few bytes may unpack to gigabytes
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _Bounded(response.stream, config.max_answer_bytes, config.whole_call_seconds)

    return DefaultHttpxClient(
        timeout=config.llm_timeout_seconds,
        follow_redirects=False,
        trust_env=not _on_this_machine(address),
        headers={"Accept-Encoding": "identity"},
        event_hooks={"response": [bound]},
    )


class _Bounded(httpx2.SyncByteStream):
    """A body that ends with an error once it is too long, in bytes or in time."""

    def __init__(self, stream: httpx2.SyncByteStream, most: int, seconds: float) -> None:
        self._stream, self._left, self._until = stream, most, time.monotonic() + seconds

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            self._left -= len(piece)
            if self._left < 0:
                raise _refused("回答过大", "请核对服务地址；确需时调高 ASSISTANT_MAX_ANSWER_BYTES。")
            if time.monotonic() > self._until:
                raise httpx2.ReadTimeout("the answer has no end")
            yield piece

    def close(self) -> None:
        self._stream.close()


def _refused(what: str, way_out: str) -> ModelUnavailable:
    return ModelUnavailable(f"没有采用服务的回答：{what}", where="OPENAI_BASE_URL", help=way_out)


def _on_this_machine(address: str | None) -> bool:
    host = urlsplit(address or "").hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
