"""The stores that the tests of the vector index run over, each for real: Chroma, Milvus Lite, and a Milvus server of its
own process, which is Milvus Lite's server."""

from __future__ import annotations

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.settings import settings

MILVUS = importlib.util.find_spec("pymilvus") and importlib.util.find_spec("milvus_lite")
needs_milvus = pytest.mark.skipif(not MILVUS, reason="needs the [cluster] extra: pymilvus and milvus-lite")


@contextmanager
def store_set_to(store: str, **others: str) -> Iterator[None]:
    """``ASSISTANT_VECTORS``, and what else is named (``token="…"`` is ``ASSISTANT_VECTORS_TOKEN``)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_VECTORS", store)
        for name, value in others.items():
            patch.setenv(f"ASSISTANT_VECTORS_{name.upper()}", value)
        settings.cache_clear()
        yield
    settings.cache_clear()


class MilvusServer:
    """A server on a free port of this machine; it can be stopped and started again on the same port and data."""

    def __init__(self, data: Path) -> None:
        self._data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def setting(self) -> str:
        return f"milvus:http://127.0.0.1:{self.port}"

    def start(self) -> None:
        call = ["server", "--data-dir", str(self._data), "--host", "127.0.0.1", "--port", str(self.port)]
        program = f"from milvus_lite.cmdline import main; main({call!r})"
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen([sys.executable, "-c", program], stdout=quiet, stderr=quiet)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            assert self._process.poll() is None, "the server has ended"
            time.sleep(0.05)
        raise AssertionError("the server does not answer")

    def stop(self) -> None:
        """At once, as when its machine fails."""
        if self._process:
            self._process.kill()
            self._process.wait()
